//! Words that are set off as paragraphs of their own, with or without marks.
//!
//! A false block costs more than a missed one, so each of the layouts asks for two signs: a line that announces
//! somebody's words and words that speak of “I”, “we” or “you”; a label that comes back; a byline with a handle.

use super::mark::Family;
use super::pair::{Pairs, State};
use crate::text::{Paragraph, Span, Text, TokenKind, key};

/// The most labels of speakers that are told apart in a transcript.
const LABELS: usize = 64;
/// The most words of a label.
const LABEL_WORDS: usize = 4;
/// The fewest words of a block.
const WORDS: usize = 4;
/// How many bytes at a paragraph's end may hold a tweet's byline.
const BYLINE: usize = 160;

/// Words that announce somebody's words before a colon.
const ANNOUNCE: &[u64] = &[
    key("said"),
    key("says"),
    key("wrote"),
    key("writes"),
    key("tweeted"),
    key("tweets"),
    key("posted"),
    key("posts"),
    key("stated"),
    key("states"),
    key("added"),
    key("statement"),
    key("reads"),
    key("read"),
    key("from"),
    key("letter"),
    key("email"),
    key("tweet"),
    key("post"),
    key("message"),
    key("replied"),
    key("responded"),
    key("continued"),
    key("concluded"),
    key("explained"),
    key("noted"),
    key("declared"),
    key("announced"),
    key("statements"),
    key("following"),
    key("schrieb"),
    key("sagte"),
    key("erklärte"),
    key("teilte"),
    key("twitterte"),
    key("écrit"),
    key("déclaré"),
    key("déclare"),
    key("tweeté"),
];

/// Words of somebody who speaks for himself or to somebody.
const PERSON: &[u64] = &[
    key("i"),
    key("i'm"),
    key("i've"),
    key("i'll"),
    key("i'd"),
    key("my"),
    key("me"),
    key("we"),
    key("we're"),
    key("we've"),
    key("we'll"),
    key("our"),
    key("us"),
    key("you"),
    key("you're"),
    key("your"),
    key("let's"),
    key("ich"),
    key("mein"),
    key("meine"),
    key("wir"),
    key("unser"),
    key("unsere"),
    key("uns"),
    key("je"),
    key("nous"),
    key("notre"),
    key("nos"),
    key("vous"),
];

/// Labels before a colon that name nobody.
const NOBODY: &[u64] = &[
    key("watch"),
    key("read"),
    key("more"),
    key("video"),
    key("photos"),
    key("photo"),
    key("related"),
    key("update"),
    key("updated"),
    key("note"),
    key("live"),
    key("also"),
    key("see"),
    key("source"),
    key("listen"),
    key("breaking"),
    key("pm"),
    key("am"),
];

pub(super) struct Blocks<'a, 't> {
    text: &'a Text<'t>,
    /// The last word of each label, and how often it stands before a colon.
    labels: Vec<(u64, usize)>,
}

impl<'a, 't> Blocks<'a, 't> {
    /// Counts the labels of a transcript. O(paragraphs · [`LABELS`]).
    pub(super) fn new(text: &'a Text<'t>) -> Self {
        let mut labels: Vec<(u64, usize)> = Vec::new();
        for paragraph in text.paragraphs() {
            let Some(Label { key, .. }) = label(text, paragraph) else { continue };
            if let Some((_, count)) = labels.iter_mut().find(|(known, _)| *known == key) {
                *count += 1;
            } else if labels.len() < LABELS {
                labels.push((key, 1));
            }
        }
        Self { text, labels }
    }

    /// What of the paragraph numbered `number` is a block, given the pairs of marks in it.
    pub(super) fn of(&self, number: usize, pairs: &Pairs) -> Option<Span> {
        let text = self.text;
        let paragraph = text.paragraphs().get(number)?;
        let before = number.checked_sub(1).and_then(|before| text.paragraphs().get(before));
        let announced = before.is_some_and(|before| announces(text, before));
        if let Some(whole) = whole(text, paragraph, pairs) {
            return (whole.1 == Family::Single || announced).then_some(whole.0);
        }
        if let Some(turn) = self.turn(paragraph) {
            return Some(turn);
        }
        let block = cited(text, paragraph)
            .or_else(|| self.tweet(number, paragraph))
            .or_else(|| (announced && speaks(text, paragraph, pairs)).then_some(paragraph.span))?;
        (words(text, block) >= WORDS).then_some(block)
    }

    /// What somebody says after a label that comes back: `Q:`, `DOE:`.
    fn turn(&self, paragraph: &Paragraph) -> Option<Span> {
        let label = label(self.text, paragraph)?;
        let often =
            |key: u64| self.labels.iter().find(|(known, _)| *known == key).map_or(0, |(_, count)| *count);
        let interview = ASKED.iter().any(|key| often(*key) > 0) && ANSWERED.iter().any(|key| often(*key) > 0);
        let asks = ASKED.contains(&label.key) || ANSWERED.contains(&label.key);
        let many = self.labels.iter().map(|(_, count)| count).sum::<usize>() >= 4;
        // Names in small letters stand before colons in lists too: two of them must come back.
        let exchange = label.capitals || self.labels.iter().filter(|(_, count)| *count > 1).count() > 1;
        let turn = (interview && asks) || (many && exchange && often(label.key) > 1);
        let start = self.text.token(label.from)?.span().start;
        turn.then(|| Span::new(start, paragraph.span.end))
    }

    /// A tweet as it is pasted: its words, and “— Name (@handle) Date” after them or in the next paragraph.
    fn tweet(&self, number: usize, paragraph: &Paragraph) -> Option<Span> {
        let start = after_tag(self.text, paragraph);
        match byline(self.text, paragraph) {
            Some(at) => (at > start).then(|| Span::new(start, at)),
            None => {
                let next = self.text.paragraphs().get(number + 1)?;
                (byline(self.text, next)? <= next.span.start).then(|| Span::new(start, paragraph.span.end))
            }
        }
    }
}

/// Where a paragraph starts, a tag before its words (`<tweet …>`) left out.
fn after_tag(text: &Text<'_>, paragraph: &Paragraph) -> usize {
    let mut tokens = paragraph.tokens.clone();
    let first = (text.word(tokens.start) == "<")
        .then(|| tokens.find(|&index| text.word(index) == ">"))
        .flatten()
        .and_then(|end| text.token(end + 1));
    first.map_or(paragraph.span.start, |token| token.span().start)
}

/// Where a tweet's byline starts in a paragraph, white space before it left out.
fn byline(text: &Text<'_>, paragraph: &Paragraph) -> Option<usize> {
    let raw = text.raw();
    let mut from = paragraph.span.end.saturating_sub(BYLINE).max(paragraph.span.start);
    while !raw.is_char_boundary(from) {
        from += 1;
    }
    // Few paragraphs have one: a byte is sooner looked for than two.
    let tail = raw.get(from..paragraph.span.end).filter(|tail| tail.contains('@'))?;
    let handle = tail.rfind("(@")?;
    let head = tail.get(..handle)?;
    let dash = head.rfind(['—', '–', '―']).or_else(|| head.rfind("--"))?;
    Some(from + tail.get(..dash)?.trim_end().len())
}

/// A paragraph that one pair of marks holds from end to end, and its family.
fn whole(text: &Text<'_>, paragraph: &Paragraph, pairs: &Pairs) -> Option<(Span, Family)> {
    let pair = pairs.pairs.iter().find(|pair| pair.state != State::Dropped)?;
    let single = pair.mark.family == Family::Single;
    let span = pair.span();
    let fits = pair.mark.initial && span.start == paragraph.span.start && span.end == paragraph.span.end;
    (fits && words(text, span) >= if single { 6 } else { WORDS }).then_some((span, pair.mark.family))
}

/// A line that starts with `>`, as replies to letters have them.
fn cited(text: &Text<'_>, paragraph: &Paragraph) -> Option<Span> {
    let mut tokens = paragraph.tokens.clone();
    (text.word(tokens.start) == ">").then_some(())?;
    let first = tokens.find(|&index| text.word(index) != ">")?;
    Some(Span::new(text.token(first)?.span().start, paragraph.span.end))
}

/// A label before somebody's words.
struct Label {
    /// The key of its last word.
    key: u64,
    /// The token where the words start.
    from: usize,
    /// Whether it is all in capitals, or a letter: nothing else looks like that.
    capitals: bool,
}

/// The label that starts a paragraph: `Q:`, `DOE:`, `Ada Quill:`. Emphasis (`**A:**`) and bullets are left out.
fn label(text: &Text<'_>, paragraph: &Paragraph) -> Option<Label> {
    let decorates = |index: usize| matches!(text.word(index), "*" | "_" | "#" | "•" | "-" | "–");
    let words = |mut from: std::ops::Range<usize>| from.find(|&index| !decorates(index));
    let first = words(paragraph.tokens.clone())?;
    let (mut last, mut capitals) = (None, true);
    for index in (first..paragraph.tokens.end).take(LABEL_WORDS + 1) {
        let token = text.token(index)?;
        let letter = index == first && matches!(text.word(index), "Q." | "A.");
        if text.word(index) == ":" || letter {
            let key = if letter { token.key() } else { last? };
            return Some(Label { key, from: words(index + 1..paragraph.tokens.end)?, capitals });
        }
        if !token.is_word() || !token.is_capitalised() || NOBODY.contains(&token.key()) {
            return None;
        }
        capitals &= token.is_upper() || token.span().len() == 1 || token.is_abbreviation();
        last = Some(token.key());
    }
    None
}

/// Whether a marked stretch starts with a label in capitals (“DOE: …): another speaker's turn.
pub(super) fn starts_with_label(text: &Text<'_>, span: Span) -> bool {
    let mut tokens = text
        .tokens_in(span)
        .skip_while(|&index| text.token(index).is_some_and(|token| token.kind() == TokenKind::Mark));
    let mut words = 0;
    tokens
        .by_ref()
        .take(LABEL_WORDS + 1)
        .find(|&index| {
            let upper = text.token(index).is_some_and(|token| token.is_upper());
            words += usize::from(upper);
            !upper
        })
        .is_some_and(|index| words > 0 && text.word(index) == ":")
}

/// Labels of questions and answers.
const ASKED: &[u64] = &[key("q"), key("q."), key("question")];
const ANSWERED: &[u64] = &[key("a"), key("a."), key("answer")];

/// Whether a paragraph ends with a colon and its last sentence with it announces somebody's words.
fn announces(text: &Text<'_>, paragraph: &Paragraph) -> bool {
    let Some(last) = paragraph.tokens.end.checked_sub(1).filter(|&last| text.word(last) == ":") else {
        return false;
    };
    let sentence = text.token(last).map(|token| token.sentence());
    let from = sentence.and_then(|index| text.sentences().get(index)).map_or(last, |s| s.start);
    let near = from.max(last.saturating_sub(40))..last;
    text.tokens().get(near).unwrap_or(&[]).iter().any(|token| ANNOUNCE.contains(&token.key()))
}

/// Whether a paragraph without double marks speaks of “I”, “we” or “you”.
fn speaks(text: &Text<'_>, paragraph: &Paragraph, pairs: &Pairs) -> bool {
    let marked =
        pairs.pairs.iter().any(|pair| pair.state != State::Dropped && pair.mark.family != Family::Single);
    let tokens = text.tokens().get(paragraph.tokens.clone()).unwrap_or(&[]);
    let ends = paragraph.tokens.end.checked_sub(1).is_some_and(|last| text.word(last) == ":");
    !marked && !ends && tokens.iter().any(|token| PERSON.contains(&token.key()))
}

fn words(text: &Text<'_>, span: Span) -> usize {
    let tokens = text.tokens().get(text.tokens_in(span)).unwrap_or(&[]);
    tokens.iter().filter(|token| token.kind() == TokenKind::Word).take(WORDS.max(6)).count()
}
