//! “The statement read”: a document speaks, and somebody is behind it. Who issued it stands where the article first
//! speaks of it: *Quill released a statement*, *a letter from the union*, *Marlow's tweets*, *Quill said in a
//! statement*.

use super::Attribution;
use crate::mention::{Cast, Form, Kind, Mention};
use crate::text::{Span, Text, key};

/// How many tokens before the document's mention its issuer is looked for.
const REACH: usize = 400;
/// The longest mention of a document that was spoken of before, in tokens: the joint written statement.
const MENTION: usize = 4;
/// How many tokens may stand between a verb of issuing and the document: released a rather long statement.
const PHRASE: usize = 7;
/// How many tokens after the document its issuer is named: a letter sent on Monday by the union.
const AFTER: usize = 6;
/// How many tokens a clause takes until its verb: ads that Quill's campaign had posted.
const CLAUSE: usize = 10;
/// How many tokens a name that follows may take.
const NAME: usize = 12;
/// How many tokens the phrase takes that a sentence opens with: In a statement on the budget of the harbor,
const LEAD: usize = 14;
/// How many tokens before the document its issuer may stand in its sentence.
const SUBJECT: usize = 60;
/// How many tokens from an owner's end its document is: Quill's rather long statement.
const OWNED: usize = 5;

/// Nouns for documents in which somebody speaks, those for the same one in one row. Reports, studies and articles
/// speak for themselves.
const DOCUMENTS: [&[u64]; 8] = [
    &[key("reply"), key("response"), key("answer")],
    &[key("statement"), key("statements"), key("release")],
    &[key("letter"), key("letters")],
    &[key("tweet"), key("tweets"), key("post"), key("posts"), key("message"), key("messages")],
    &[key("email"), key("emails"), key("e-mail")],
    &[key("ad"), key("ads"), key("advertisement"), key("advertisements"), key("spot")],
    &[key("lawsuit"), key("suit"), key("complaint"), key("filing"), key("petition"), key("brief")],
    &[key("op-ed"), key("editorial"), key("essay"), key("column")],
];

/// Verbs of giving a document out.
const ISSUES: [u64; 22] = [
    key("released"),
    key("issued"),
    key("posted"),
    key("sent"),
    key("wrote"),
    key("written"),
    key("published"),
    key("filed"),
    key("placed"),
    key("ran"),
    key("aired"),
    key("tweeted"),
    key("signed"),
    key("shared"),
    key("distributed"),
    key("releasing"),
    key("issuing"),
    key("posting"),
    key("sending"),
    key("publishing"),
    key("filing"),
    key("penned"),
];

const THAT: [u64; 2] = [key("that"), key("which")];
const BY: [u64; 2] = [key("by"), key("from")];
const IN: [u64; 4] = [key("in"), key("via"), key("through"), key("on")];

/// Gives the documents among the sources to those who issued them, where the text before says who did. O(attributions).
pub fn authors<'q>(
    text: &Text<'_>,
    cast: &Cast<'_>,
    attributions: impl Iterator<Item = &'q mut Attribution>,
) {
    for attribution in attributions {
        let Some(mention) = attribution.mention else { continue };
        if let Some(document) = document(text, mention)
            && let Some(author) = author(text, cast, document)
        {
            attribution.speaker = author;
        }
    }
}

/// A mention of a document: the row of its noun, and its first token.
#[derive(Clone, Copy)]
struct Document {
    nouns: &'static [u64],
    start: usize,
}

/// The document that a mention such as “the statement” speaks of; one that is only now introduced speaks for itself.
fn document(text: &Text<'_>, mention: Span) -> Option<Document> {
    let tokens = text.tokens_in(mention);
    let introduced = matches!(text.word(tokens.start), "a" | "an" | "A" | "An");
    let nouns = tokens.clone().find_map(|at| nouns(text, at))?;
    (!introduced && tokens.len() <= MENTION).then_some(Document { nouns, start: tokens.start })
}

fn nouns(text: &Text<'_>, at: usize) -> Option<&'static [u64]> {
    let key = text.token(at)?.key();
    DOCUMENTS.iter().find(|row| row.contains(&key)).copied()
}

/// The name of who issued the document, from the words behind its mention or else the last place before it that says so.
fn author(text: &Text<'_>, cast: &Cast<'_>, document: Document) -> Option<String> {
    let from = document.start.saturating_sub(REACH);
    let speaks_of_it =
        |&at: &usize| text.token(at).is_some_and(|token| document.nouns.contains(&token.key()));
    let before = || (from..document.start).rev().filter(speaks_of_it).find_map(|at| issuer(text, cast, at));
    let issuer = issuer_beside(text, cast, document).or_else(before)?;
    cast.resolve(issuer.span).map(|resolved| resolved.into_name())
}

/// The reply, *from* Quill, was brief: who is named right behind the mention.
fn issuer_beside(text: &Text<'_>, cast: &Cast<'_>, document: Document) -> Option<Mention> {
    let noun = (document.start..document.start + MENTION).find(|at| nouns(text, *at).is_some())?;
    let comma = usize::from(text.word(noun + 1) == ",");
    let by = text.token(noun + 1 + comma).filter(|by| BY.contains(&by.key()))?;
    let sentence = text.sentences().get(by.sentence())?.clone();
    let name = noun + 2 + comma..sentence.end.min(noun + 2 + comma + NAME);
    cast.mentions_in(text.span_of(name)?).find(is_somebody)
}

/// Who issued the document whose noun is the token `at`, as its own sentence says.
fn issuer(text: &Text<'_>, cast: &Cast<'_>, at: usize) -> Option<Mention> {
    let sentence = text.sentences().get(text.token(at)?.sentence())?.clone();
    let key = |at: usize| text.token(at).map_or(0, |token| token.key());
    if let Some(by) = (at + 1..sentence.end.min(at + 1 + AFTER)).find(|&by| BY.contains(&key(by))) {
        return cast.mentions_in(text.span_of(by + 1..sentence.end.min(by + NAME))?).find(is_somebody);
    }
    let clause = at + 1..sentence.end.min(at + 1 + CLAUSE);
    if THAT.contains(&key(at + 1))
        && let Some(verb) = clause.clone().find(|&verb| ISSUES.contains(&key(verb)))
        && let Some(subject) = cast.mentions_in(text.span_of(clause.start..verb)?).find(is_somebody)
    {
        return Some(subject);
    }
    let from = sentence.start.max(at.saturating_sub(SUBJECT));
    let mentions = |end: usize| Some(cast.mentions_in(text.span_of(from..end)?).filter(is_somebody));
    let is_owner = |mention: &Mention| mention.possessive && text.tokens_in(mention.span).end + OWNED > at;
    if let Some(owner) = mentions(at)?.last().filter(is_owner) {
        return Some(owner);
    }
    let phrase = sentence.start.max(at.saturating_sub(PHRASE))..at;
    let verb = phrase.clone().rev().find(|&verb| ISSUES.contains(&key(verb)));
    let lead = phrase.rev().find(|&lead| IN.contains(&key(lead)));
    if verb.is_none() && lead == Some(sentence.start) {
        return subject_after(text, cast, at + 1..sentence.end);
    }
    mentions(verb.or(lead)?)?.filter(|mention| !mention.oblique).last()
}

/// In a statement on Marlow's budget, *Quill* said: the first one after the comma who stands before a verb.
fn subject_after(text: &Text<'_>, cast: &Cast<'_>, rest: std::ops::Range<usize>) -> Option<Mention> {
    let comma = rest.clone().take(LEAD).find(|&at| text.word(at) == ",")?;
    let mentions = cast.mentions_in(text.span_of(comma + 1..rest.end.min(comma + 1 + NAME))?);
    mentions.filter(is_somebody).find(|mention| !mention.possessive && !mention.oblique)
}

fn is_somebody(mention: &Mention) -> bool {
    !mention.quoted && mention.form != Form::Noun && matches!(mention.kind, Kind::Person | Kind::Organisation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;
    use crate::mention::Setting;

    /// Who is behind the document that `mention` speaks of; empty where it speaks for itself.
    fn behind(raw: &str, mention: &str) -> String {
        let text = Text::new(raw);
        let cast = Cast::read(&text, &Setting::new());
        let at = raw.rfind(mention).unwrap();
        let mut attribution = Attribution::new("", Confidence::new(0.9));
        attribution.mention = Some(Span::new(at, at + mention.len()));
        authors(&text, &cast, std::iter::once(&mut attribution));
        attribution.speaker
    }

    #[test]
    fn who_gives_out_a_document_speaks_in_it() {
        let read = "\n\n“The ferry stays,” the statement read.";
        let issued = |first: &str| behind(&format!("{first}{read}"), "the statement");
        assert_eq!(issued("Harbor chief Tomas Lindgren has since released a statement."), "Tomas Lindgren");
        assert_eq!(issued("“We will talk,” Tomas Lindgren said in a statement on Monday."), "Tomas Lindgren");
        assert_eq!(issued("A statement issued by Mayor Bea Okafor came late at night."), "Bea Okafor");
        assert_eq!(issued("The statement that Bea Okafor posted on Monday is short."), "Bea Okafor");
        assert_eq!(
            issued("In a statement about Petra Holm’s plan, Bea Okafor said the ferry is old."),
            "Bea Okafor"
        );
        assert_eq!(issued("Reporters waited for Bea Okafor’s statement all day."), "Bea Okafor");
    }

    #[test]
    fn the_last_one_who_is_said_to_have_given_it_out_counts() {
        let raw = "Bea Okafor sent a letter to the council. On Monday Tomas Lindgren published a letter of his own. \
            The letter says “the ferry stays.”";
        assert_eq!(behind(raw, "The letter"), "Tomas Lindgren");
    }

    #[test]
    fn who_is_named_right_behind_it_has_written_it() {
        assert_eq!(
            behind("The reply, from Tomas Lindgren, was brief: “Not now.”", "The reply"),
            "Tomas Lindgren"
        );
    }

    #[test]
    fn a_suit_is_a_complaint() {
        let raw =
            "Tomas Lindgren filed suit on Monday. The complaint calls the fee “a raft with no paddles.”";
        assert_eq!(behind(raw, "The complaint"), "Tomas Lindgren");
    }

    #[test]
    fn what_is_only_now_introduced_and_what_nobody_issued_speak_for_themselves() {
        assert_eq!(behind("Bea Okafor sent a letter. “No,” a letter on the door said.", "a letter"), "");
        assert_eq!(behind("Bea Okafor came late. “No,” the statement read.", "the statement"), "");
        assert_eq!(behind("Bea Okafor released a report. “No,” the report says.", "the report"), "");
    }
}
