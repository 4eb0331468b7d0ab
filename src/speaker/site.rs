//! One quotation's part and what surrounds it, looked at once before candidates are weighed against it.

use super::lexicon::{Roles, short, shorts};
use super::unit::{CUE, Class, REPORTS, Units};
use crate::text::{Text, Token, TokenKind, key};

/// How far from a quotation a word that reports it is looked for, in units.
const REACH: usize = 14;
/// How far the whole sentence is looked through, in units.
const SENTENCE: usize = 40;

/// A part of a quotation as the ranker sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    /// Its unit.
    pub(crate) unit: usize,
    pub(crate) paragraph: u32,
    pub(crate) sentence: u32,
    /// Words inside, as a bucket 0 to 9.
    pub(crate) length: u32,
    /// Words inside.
    pub(crate) words: usize,
    /// Whether it starts with a small letter.
    pub(crate) lower: bool,
    /// What closes it: 0 nothing, 1 comma, 2 stop, 3 question or exclamation mark; 4 a stop after the mark.
    pub(crate) close: u32,
    /// Share of words with a capital, in eighths; 9 if all have one.
    pub(crate) capitals: u32,
    /// Whether it opens, and whether it closes its paragraph: two bits.
    pub(crate) edges: u32,
    /// The nearest unit that reports, before and after, in the same paragraph.
    pub(crate) cue_before: Option<usize>,
    pub(crate) cue_after: Option<usize>,
    /// The unit before `cue_before` that reports, in the quotation's sentence.
    pub(crate) earlier_cue: Option<usize>,
    /// The nearest unit before it that opens a clause, in the same sentence.
    pub(crate) breaker: Option<usize>,
    /// Keys of its first words and of its last.
    pub(crate) first: [u32; 4],
    pub(crate) last: u32,
    /// The whole, word by word, as one key.
    pub(crate) whole: u32,
    /// Whether it holds a word of the first or second person; whether it holds a finite auxiliary verb.
    pub(crate) person: bool,
    pub(crate) verb: bool,
    /// The first unit of its sentence that is near.
    pub(crate) sentence_start: usize,
    /// The nearest unit in its sentence that reports, however far, before and after.
    pub(crate) sentence_cues: [usize; 2],
    /// How many quotations of the document have the same words.
    pub(crate) repeats: u32,
    /// The quotations before and after it in its sentence, as what they look like; nought for none.
    pub(crate) neighbours: [u32; 2],
    /// How many subjects stand before it in the text, and before the nearest
    /// unit before it that reports.
    pub(crate) subjects: [u32; 2],
    /// The verb that says whose words another passes on, if one does: *quoted* X as saying.
    pub(crate) quoted_as: Option<usize>,
    /// Whether a bracket stands near before it, in its sentence.
    pub(crate) bracketed: bool,
    /// The noun that says that it is of what somebody holds: Quill’s *claim* that.
    pub(crate) claim: Option<usize>,
    /// Where somebody acts just before it.
    pub(crate) act: Act,
    /// Where it stands: whether in the first paragraph.
    pub(crate) headline: bool,
    /// What opens it, as a small number; whether most quotations of the document open otherwise.
    pub(crate) mark: u8,
    pub(crate) odd_mark: bool,
}

/// Where the sentence is whose subject acts just before words that nothing else reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Act {
    /// Nowhere: a word reports, or another quotation is nearer.
    #[default]
    None,
    /// It is that of the words, and a colon stands before them.
    Colon,
    /// It is this one, right before that of the words.
    Before(u32),
}

/// Kinds of opening marks, [`Site::mark`].
pub(crate) const MARKS: usize = 8;

/// An opening mark as a small number.
fn mark(printed: &str) -> u8 {
    match printed {
        "\"" => 1,
        "“" | "„" => 2,
        "'" => 3,
        "‘" | "‚" => 4,
        "''" | "``" => 5,
        "«" | "»" => 6,
        _ => 0,
    }
}

/// Whether a paragraph ends as a sentence does, so that it is no headline.
fn ends_with_stop(text: &Text<'_>, paragraph: u32) -> bool {
    let tokens = text.paragraphs().get(paragraph as usize).map_or(0..0, |paragraph| paragraph.tokens.clone());
    let is_mark = |at: &usize| text.token(*at).is_some_and(|token| token.kind() == TokenKind::Mark);
    tokens.rev().find(|at| !is_mark(at)).is_some_and(|last| text.word(last) == ".")
}

impl Site {
    /// Looks at the unit `at`, which is a part. O(tokens of the part).
    pub(crate) fn look(text: &Text<'_>, units: &Units, roles: impl Fn(usize) -> Roles, at: usize) -> Self {
        let unit = units.at(at);
        let inside = text.tokens().get(unit.first_token as usize..unit.end_token as usize).unwrap_or(&[]);
        let mut site = Self {
            unit: at,
            paragraph: unit.paragraph,
            sentence: unit.sentence,
            headline: unit.paragraph == units.first_paragraph(),
            ..Self::default()
        };
        site.mark = inside.first().map_or(0, |token| mark(token.span().text(text.raw())));
        site.look_inside(text, units, inside, roles);
        // A text need not start with its headline: what is punctuated as speech in a lead is speech.
        let spoken = !site.lower && site.words > 1 && site.capitals < 7 && matches!(site.close, 1..=3);
        site.headline &= !(spoken && ends_with_stop(text, unit.paragraph));
        let next = units.at(at + 1);
        if site.close == 0 && next.paragraph == unit.paragraph && next.is(Class::STOP) {
            site.close = 4;
        }
        if site.close == 2 && next.cue >= REPORTS && next.sentence == unit.sentence {
            site.close = 1;
        }
        let closes = next.paragraph != unit.paragraph
            || (next.is(Class::STOP) && units.at(at + 2).paragraph != unit.paragraph);
        site.edges = u32::from(unit.is(Class::OPENS_PARAGRAPH)) | u32::from(closes) << 1;
        site.look_around(units);
        site.look_far(units);
        site.quoted_as = site.find_quoted_as(units);
        site.claim = site.find_claim(units);
        site.act = site.find_act(units);
        site
    }

    fn look_inside(
        &mut self,
        text: &Text<'_>,
        units: &Units,
        inside: &[Token],
        roles: impl Fn(usize) -> Roles,
    ) {
        let mut capitals = 0;
        let mut small = 0;
        let mut shouted = 0;
        let mut whole = 0_u64;
        let first = units.at(self.unit).first_token as usize;
        for (at, token) in (first..).zip(inside) {
            if !matches!(token.kind(), TokenKind::Word | TokenKind::Number) {
                continue;
            }
            let known = roles(at);
            if let Some(slot) = self.first.get_mut(self.words) {
                *slot = short(token.key());
            }
            self.lower |= self.words == 0 && token.is_word() && !token.is_capitalised();
            self.words += 1;
            self.last = short(token.key());
            whole = (whole.rotate_left(7) ^ token.key()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            shouted += usize::from(token.is_upper());
            if token.is_capitalised() || token.kind() == TokenKind::Number {
                capitals += 1;
            } else if known.any(Roles::PREPOSITION.or(Roles::CONJUNCTION).or(Roles::DETERMINER)) {
                small += 1;
            }
            self.person |= PERSONS.contains(&token.key());
            self.verb |= known.any(Roles::AUXILIARY);
        }
        self.whole = short(whole);
        self.length = bucket(self.words as u32);
        let weighed = self.words.saturating_sub(small);
        if units.grammar().capital_nouns && capitals < weighed {
            capitals /= 2;
        }
        // All in capitals: they tell nothing.
        if shouted > 2 && 2 * shouted > self.words {
            capitals = 0;
        }
        self.capitals = match (capitals, weighed) {
            (_, 0) => 10,
            (some, all) if some >= all => 9,
            (some, all) => (8 * some / all) as u32,
        };
        let mut ends = inside.iter().rev().filter(|token| token.kind() != TokenKind::Mark);
        self.close = ends.next().map_or(0, |token| match token.span().text(text.raw()) {
            "," => 1,
            "." | "…" => 2,
            "?" | "!" => 3,
            _ => 0,
        });
    }

    /// Whether it holds a whole sentence: capital, two words and more not all with capitals, and a closing stop.
    pub(crate) const fn is_sentence(&self) -> bool {
        !self.lower && self.words > 1 && self.capitals < 7 && matches!(self.close, 2 | 3)
    }

    /// Whether the outlet's sentence says that it is somebody's words: a whole sentence or the start of one, with
    /// a comma and a word that reports after it.
    pub(crate) fn is_reported(&self, units: &Units) -> bool {
        let after = |cue: usize| units.at(cue).sentence == self.sentence && units.at(cue).cue > CUE;
        !self.lower
            && self.words > 1
            && self.capitals < 7
            && self.close == 1
            && self.cue_after.is_some_and(after)
    }

    /// Whether a colon stands before it.
    pub(crate) fn follows_colon(&self, units: &Units) -> bool {
        units.at(self.unit.wrapping_sub(1)).is(Class::COLON)
    }

    /// What it looks like from another quotation of its sentence.
    pub(crate) fn looks(&self) -> u32 {
        1 + self.capitals + 16 * self.length + 256 * u32::from(self.lower)
    }

    /// Looks for words that report in the whole sentence. Bounded: [`SENTENCE`] units either way.
    fn look_far(&mut self, units: &Units) {
        let at = self.unit;
        let same = |at: &usize| units.at(*at).sentence == self.sentence;
        let reports = |at: &usize| units.at(*at).cue >= CUE;
        let before = (1..=SENTENCE).map(|back| at.wrapping_sub(back)).take_while(same).find(reports);
        let after = (at + 1..=at + SENTENCE).take_while(same).find(reports);
        self.sentence_cues = [before.unwrap_or(at), after.unwrap_or(at)];
        let earlier =
            |cue: usize| (1..=SENTENCE / 2).map(move |back| cue.wrapping_sub(back)).take_while(same);
        self.earlier_cue = self.cue_before.and_then(|cue| earlier(cue).find(reports));
    }

    /// “X *quoted* Y as saying” before it in its sentence.
    fn find_quoted_as(&self, units: &Units) -> Option<usize> {
        let says = self.sentence_cues[0];
        let same = |at: &usize| units.at(*at).sentence == self.sentence;
        let back = |from: usize| (1..=SENTENCE / 2).map(move |back| from.wrapping_sub(back)).take_while(same);
        let saying =
            |at: &usize| SAYING.contains(&units.at(*at).key) && units.at(at.wrapping_sub(1)).key == AS;
        let saying = if saying(&says) { says } else { back(says).find(saying)? };
        let verb = back(saying - 1).find(|at| QUOTES.contains(&units.at(*at).key))?;
        let somebody = units.at(verb + 1).key != AS && !units.at(verb + 1).has(Roles::PREPOSITION);
        somebody.then_some(verb)
    }

    /// The nearest noun for a claim before it that “that” follows, with no other word that reports between.
    fn find_claim(&self, units: &Units) -> Option<usize> {
        let same = |at: &usize| units.at(*at).sentence == self.sentence;
        let mut before = (1..=REACH).map(|back| self.unit.wrapping_sub(back)).take_while(same);
        let noun = before.find(|at| units.at(*at).cue >= REPORTS || CLAIM.contains(&units.at(*at).key))?;
        let that = units.at(noun + 1).key == THAT || units.at(noun + 1).is(Class::QUOTE);
        (CLAIM.contains(&units.at(noun).key) && that).then_some(noun)
    }

    /// Who acts just before it, where no word reports it on either side.
    fn find_act(&self, units: &Units) -> Act {
        if self.sentence_cues != [self.unit, self.unit] || !self.is_sentence() {
            return Act::None;
        }
        if self.follows_colon(units) {
            return Act::Colon;
        }
        let last = units.at(self.unit.wrapping_sub(1));
        if last.paragraph != self.paragraph || last.sentence == self.sentence {
            return Act::None;
        }
        let back = (1..=SENTENCE).map(|back| units.at(self.unit.wrapping_sub(back)));
        let mut sentence = back.take_while(|unit| unit.sentence == last.sentence);
        let told = sentence.any(|unit| unit.is(Class::QUOTE) || unit.cue >= REPORTS);
        if told { Act::None } else { Act::Before(last.sentence) }
    }

    fn look_around(&mut self, units: &Units) {
        let at = self.unit;
        self.sentence_start = at;
        for back in 1..=REACH {
            let unit = units.at(at.wrapping_sub(back));
            if unit.paragraph != self.paragraph {
                break;
            }
            if self.cue_before.is_none() && unit.cue >= CUE {
                self.cue_before = Some(at - back);
            }
            let same = unit.sentence == self.sentence;
            if same {
                self.sentence_start = at - back;
                self.bracketed |= unit.is(Class::BRACKET);
            }
            let breaks = unit.has(BREAKERS) || unit.is(Class::COMMA.or(Class::DASH).or(Class::STOP));
            if self.breaker.is_none() && same && breaks && back > 1 {
                self.breaker = Some(at - back);
            }
        }
        for ahead in 1..=REACH {
            let unit = units.at(at + ahead);
            if unit.paragraph != self.paragraph {
                break;
            }
            if unit.cue >= CUE {
                self.cue_after = Some(at + ahead);
                break;
            }
        }
    }
}

pub(super) const THAT: u32 = short(key("that"));
const CLAIM: [u32; 17] = shorts([
    "claim",
    "statement",
    "assertion",
    "assertions",
    "argument",
    "belief",
    "comment",
    "remark",
    "contention",
    "suggestion",
    "accusation",
    "allegation",
    "admission",
    "insistence",
    "emphasis",
    "pledge",
    "promise",
]);
pub(super) const AS: u32 = short(key("as"));
const SAYING: [u32; 9] = shorts([
    "saying",
    "telling",
    "describing",
    "calling",
    "writing",
    "stating",
    "declaring",
    "asking",
    "warning",
]);
const QUOTES: [u32; 6] = shorts(["quoted", "quotes", "quoting", "cited", "cites", "citing"]);

/// Words that open a clause.
const BREAKERS: Roles = Roles::BREAK.or(Roles::CONJUNCTION).or(Roles::RELATIVE);

const PERSONS: [u64; 12] = [
    key("i"),
    key("we"),
    key("you"),
    key("my"),
    key("our"),
    key("your"),
    key("me"),
    key("us"),
    key("i'm"),
    key("we're"),
    key("ich"),
    key("wir"),
];

/// A number as one of ten steps, fine near nought.
#[inline]
pub(crate) fn bucket(number: u32) -> u32 {
    const BUCKETS: [u8; 25] = [0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8];
    BUCKETS.get(number as usize).map_or(9, |bucket| u32::from(*bucket))
}

/// A cue level as one of seven steps.
#[inline]
pub(crate) fn level(cue: u8) -> u32 {
    const LEVELS: [u8; 9] = [0, 1, 2, 3, 3, 4, 4, 5, 5];
    LEVELS.get(usize::from(cue)).map_or(6, |level| u32::from(*level))
}
