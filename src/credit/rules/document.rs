//! Statements, letters, filings, polls: said in a statement, according to court records, the lawsuit says,
//! released a statement.

use std::ops::Range;

use super::according::according_ending;
use super::{Candidate, Rule};
use crate::credit::SourceKind;
use crate::credit::lexicon::{
    AUX, DAY, DET, DOC_STRONG, DOC_SUBJECT, DOC_WEAK, POSS, REPORT, SAY, STOP, TELL,
};
use crate::credit::scene::Scene;

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for at in scene.all::<{ DOC_STRONG | DOC_WEAK }>() {
        if scene.is(at + 1, DOC_STRONG) || is_measure(scene, at) || is_somebody(scene, at) {
            continue;
        }
        let start = phrase_start(scene, at);
        if leads_up(scene, start, at) {
            continue;
        }
        let found = said_in(scene, start, at)
            .or_else(|| according(scene, start, at))
            .or_else(|| says(scene, start, at))
            .or_else(|| released(scene, start, at));
        if let Some(tokens) = found {
            let spoken = matches!(scene.word(at), "testimony" | "Testimony");
            let kind = if spoken { SourceKind::Event } else { SourceKind::Document };
            out.push(Candidate::channel(tokens, label(scene, at), kind, Rule::Document));
        }
    }
}

/// “in advance of the email’s release”, “in October of a batch of emails”: a time, and no place.
pub(super) fn leads_up(scene: &Scene<'_>, start: usize, head: usize) -> bool {
    let first = start + usize::from(scene.is(start, DET));
    let time = matches!(
        scene.word(first),
        "wake"
            | "advance"
            | "front"
            | "light"
            | "midst"
            | "run-up"
            | "lead-up"
            | "aftermath"
            | "heels"
            | "face"
    ) || scene.is(first, DAY);
    first < head && time && scene.word(first + 1) == "of"
}

/// “a 68-page opinion”: the pages are no document of their own.
fn is_measure(scene: &Scene<'_>, at: usize) -> bool {
    let numbered = at.checked_sub(2).is_some_and(|number| {
        scene.word(at - 1) == "-" && scene.kind(number) == Some(crate::text::TokenKind::Number)
    });
    numbered || (scene.word(at).ends_with("-page") && scene.is(at + 1, DOC_STRONG | DOC_WEAK))
}

/// Whether a word for a document is the name of a person here: “Page then wrote”, “Bill said”.
fn is_somebody(scene: &Scene<'_>, head: usize) -> bool {
    let singular = !scene.word(head).ends_with('s') && !matches!(scene.word(head), "Polling" | "Testimony");
    let before = head.checked_sub(1).filter(|_| head > scene.sentence(head).start);
    let alone =
        before.is_none_or(|at| !scene.is(at, DET) && !scene.is_clitic(at) && !scene.is_capitalised(at));
    let upper = scene.text.token(head).is_some_and(|token| token.is_upper());
    scene.is_capitalised(head) && singular && alone && !upper
}

/// The noun phrase that ends with its head at `head`: where it starts.
pub(super) fn phrase_start(scene: &Scene<'_>, head: usize) -> usize {
    let floor = scene.sentence(head).start;
    let mut start = head;
    while start > floor && head - start < 8 {
        let before = start - 1;
        let slash = matches!(scene.word(before), "/" | "-" | "&")
            && before > floor
            && scene.is_capitalised(before + 1);
        let of = matches!(scene.word(before), "of") && before > floor && scene.is_capitalised(before - 1);
        let number = scene.kind(before) == Some(crate::text::TokenKind::Number);
        let tight = |at: usize| scene.text.token(at).is_some_and(|token| !token.is_spaced());
        let hyphen = matches!(scene.word(before), "-" | "‑") && tight(before) && tight(start);
        let part = scene.is_clitic(before)
            || hyphen
            || slash
            || of
            || number
            || (scene.is_word(before) && !scene.is(before, STOP | AUX | TELL));
        let verb = (scene.is(before, SAY) || is_issuing(scene, before)) && !scene.is_capitalised(before);
        if !part || verb {
            break;
        }
        start = before;
        // An article opens the phrase, but for “State of the Union address”.
        if scene.is(before, DET) && before.checked_sub(1).is_none_or(|of| scene.word(of) != "of") {
            break;
        }
    }
    start
}

/// What the phrase is called: without its article.
pub(super) fn label(scene: &Scene<'_>, head: usize) -> String {
    let mut start = phrase_start(scene, head);
    // “a 14-page complaint”
    let hyphen = (start..head).take(3).find(|at| scene.word(*at) == "-");
    if let Some(hyphen) =
        hyphen.filter(|at| scene.kind(at.saturating_sub(1)) == Some(crate::text::TokenKind::Number))
        && hyphen + 2 <= head
    {
        start = hyphen + 2;
    }
    while start < head && (scene.is(start, DET | DAY) || scene.is_clitic(start) || !scene.is_word(start)) {
        start += 1;
    }
    scene.printed(start..head + 1).to_owned()
}

/// “in a statement”, “in court records unsealed on Monday”, “in his letter to …”.
fn said_in(scene: &Scene<'_>, start: usize, head: usize) -> Option<Range<usize>> {
    let sentence = scene.sentence(head);
    let prep = start.checked_sub(1).filter(|at| *at >= sentence.start)?;
    let word = scene.lower(prep);
    if !matches!(word.as_ref(), "in" | "with" | "through" | "via" | "on" | "by" | "from" | "en" | "dans") {
        return None;
    }
    if matches!(scene.word(head + 1), "of" | "on") && scene.is(head, DOC_WEAK) {
        return None;
    }
    // “also in her statement:”
    let intro = scene.word(sentence.end - 1) == ":" && sentence.end - head < 12;
    let strong = scene.is(head, DOC_STRONG) || scene.word(head) == "release";
    let possessed = scene.is(start, POSS) || (start..head).any(|at| scene.is_clitic(at));
    let verb = verb_before(scene, prep, 7);
    // “in court records unsealed on Monday, …”: what is said of it makes it a source
    let dated = matches!(
        scene.word(head + 1),
        "unsealed"
            | "filed"
            | "released"
            | "obtained"
            | "published"
            | "posted"
            | "dated"
            | "issued"
            | "sent"
            | "made"
    ) || scene.is(head + 1, DAY);
    let legal = (start..head)
        .any(|at| matches!(scene.word(at), "court" | "legal" | "police" | "internal" | "tax" | "Court"));
    let opening = prep == sentence.start
        || matches!(scene.word(prep.saturating_sub(1)), "and" | "," | "—" | "–" | "said" | "though" | "but");
    let says_later = opening && says_within(scene, head + 1, 26);
    let quoted = scene.has_marks(head);
    let fits = match word.as_ref() {
        _ if intro => strong || possessed,
        "in" | "en" | "dans" => {
            let at_once =
                verb.is_some_and(|verb| verb + 1 == prep && scene.is(verb, SAY)) && scene.is(start, DET);
            (strong && (verb.is_some() || says_later || quoted))
                || at_once
                || ((dated || legal) && opening && says_later)
                || (verb.is_some() && quoted)
                || (possessed && says_later)
        }
        "on" => matches!(scene.word(head), "form" | "website" | "page" | "blog" | "tape") && verb.is_some(),
        _ => strong && (verb.is_some() || says_later),
    };
    if !fits {
        return None;
    }
    let from = verb.filter(|verb| prep - verb < 4).unwrap_or(prep);
    Some(from..head + 1)
}

/// The nearest verb of saying in the same clause before `at`.
pub(super) fn verb_before(scene: &Scene<'_>, at: usize, reach: usize) -> Option<usize> {
    let floor = scene.sentence(at).start.max(at.saturating_sub(reach));
    (floor..at).rev().take_while(|at| !scene.is_mark(*at) || scene.is_clitic(*at)).find(|at| {
        scene.is(*at, SAY | TELL | REPORT) || matches!(scene.word(*at), "made" | "delivered" | "gave")
    })
}

/// Whether a verb of saying comes within `reach` tokens, in the same sentence.
pub(super) fn says_within(scene: &Scene<'_>, from: usize, reach: usize) -> bool {
    let end = scene.sentence(from.saturating_sub(1)).end.min(from + reach);
    (from..end).any(|at| scene.is(at, SAY | TELL))
}

/// “according to the complaint”, “according to disclosure details listed online”.
fn according(scene: &Scene<'_>, start: usize, head: usize) -> Option<Range<usize>> {
    let to = start.checked_sub(1)?;
    let cue = according_ending(scene, to)?;
    Some(cue..head + 1)
}

/// Documents in which somebody speaks.
const SPEAKERS: [&str; 10] =
    ["statement", "letter", "email", "ad", "video", "lawsuit", "complaint", "report", "memo", "release"];
/// What a document does that says something.
const SAYS: [&str; 16] = [
    "says", "said", "reads", "read", "alleges", "alleged", "argues", "argued", "claims", "claimed", "states",
    "stated", "assert", "asserts", "alleging", "say",
];
/// The same, where its subject stands beside it.
const SHOWS: [&str; 9] =
    ["describe", "show", "shows", "showed", "accuses", "proclaims", "accused", "warns", "lays"];
/// What a document does that comes to a result.
const FINDS: [&str; 6] = ["found", "finds", "concluded", "concludes", "estimates", "estimated"];
/// Documents that come to one.
const FINDERS: [&str; 9] =
    ["report", "study", "analysis", "review", "audit", "survey", "poll", "ruling", "reports"];

/// “The lawsuit says”, “the statement read”, “Records also describe”, “messages stating”; “read the ads”.
fn says(scene: &Scene<'_>, start: usize, head: usize) -> Option<Range<usize>> {
    if !scene.is(head, DOC_SUBJECT) {
        return None;
    }
    let definite = scene.is(start, DET) || scene.is_capitalised(start);
    let before = start.checked_sub(1);
    if before.is_some_and(|at| matches!(scene.word(at), "read" | "reads" | "said" | "says"))
        && matches!(scene.word(head + 1), "," | ".")
        && scene.is(start, DET)
    {
        return before.map(|verb| verb..head + 1);
    }
    let speaks = SPEAKERS.contains(&scene.word(head));
    let saying = matches!(scene.word(head + 1), "stating" | "saying" | "reading" | "claiming" | "alleging")
        || (speaks
            && scene.is(head + 1, SAY)
            && scene.word(head + 1).ends_with("ing")
            && scene.word(head + 1) != "asking")
        || (speaks && matches!(scene.word(head + 1), "charging" | "accusing" | "contradicting"));
    if saying {
        return Some(start..head + 2);
    }
    let of = before.is_some_and(|at| matches!(scene.word(at), "of" | "to" | "in" | "with" | "from"));
    if !definite || of {
        return None;
    }
    let (at, far) = verb_place(scene, head);
    let plain = SAYS.contains(&scene.word(at));
    let verb = plain || (!far && (scene.is(at, SAY) || SHOWS.contains(&scene.word(at))));
    let finds = FINDS.contains(&scene.word(at)) && FINDERS.contains(&scene.word(head));
    let spoken = finds
        || verb && !matches!(scene.word(at), "called" | "found" | "addressed" | "opened" | "began" | "ended");
    spoken.then_some(start..at + 1)
}

/// Where the verb of a subject stands that ends at `head`: over adverbs, and far off over “, filed Monday in …,”,
/// “, which …” or “filed by …”.
fn verb_place(scene: &Scene<'_>, head: usize) -> (usize, bool) {
    let sentence_end = scene.sentence(head).end;
    let mut at = head + 1;
    let mut far = false;
    if scene.word(at) == "," {
        let which = matches!(scene.word(at + 1), "which" | "that");
        let close = (at + 1..sentence_end.min(at + 18)).find(|at| scene.word(*at) == ",");
        at = if which { at + 2 } else { close.map_or(at, |close| close + 1) };
        far = true;
    } else if matches!(
        scene.word(at),
        "filed"
            | "unsealed"
            | "released"
            | "obtained"
            | "issued"
            | "dated"
            | "signed"
            | "sent"
            | "written"
            | "by"
            | "from"
            | "on"
            | "published"
            | "posted"
    ) {
        let verb = (at + 1..sentence_end.min(at + 9)).find(|at| scene.is(*at, SAY));
        at = verb.unwrap_or(at);
        far = true;
    }
    for _ in 0..3 {
        let skip = matches!(scene.word(at), "also" | "further" | "then" | "later" | "itself" | "has" | "had");
        if !skip {
            break;
        }
        at += 1;
    }
    (at, far)
}

/// What is done with a document that goes out.
fn is_issuing(scene: &Scene<'_>, at: usize) -> bool {
    matches!(
        scene.word(at),
        "issued"
            | "putting"
            | "issuing"
            | "released"
            | "releasing"
            | "put"
            | "came"
            | "issue"
            | "releases"
            | "ended"
            | "circulated"
            | "distributed"
    )
}

/// “issued a statement saying”, “released a memo”, “sent a letter to …”, “a statement issued by …”.
fn released(scene: &Scene<'_>, start: usize, head: usize) -> Option<Range<usize>> {
    if !scene.is(head, DOC_STRONG) {
        return None;
    }
    let after = scene.word(head + 1);
    if matches!(after, "issued" | "released" | "put") || (after == "from" && scene.is(start, DET)) {
        return Some(start..head + 2);
    }
    let mut verb = start.checked_sub(1)?;
    for _ in 0..2 {
        if matches!(scene.word(verb), "out" | "with") {
            verb = verb.checked_sub(1)?;
        }
    }
    let many =
        matches!(scene.word(head), "emails" | "e-mails" | "filings" | "memos" | "transcript" | "footnote");
    let issues = is_issuing(scene, verb) && !many;
    let writes = matches!(
        scene.word(verb),
        "wrote" | "published" | "penned" | "sent" | "sending" | "posted" | "writes"
    ) && matches!(scene.word(start), "a" | "an")
        && matches!(
            scene.word(head),
            "letter" | "memo" | "op-ed" | "statement" | "email" | "e-mail" | "memorandum"
        );
    if issues || writes {
        let end = if matches!(after, "saying" | "stating" | "by") { head + 2 } else { head + 1 };
        return Some(verb..end);
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn documents_that_say_something() {
        assert_eq!(
            credits("“We are sorry,” Quill said in a statement."),
            ["statement | channel | quotation | said in a statement"]
        );
        assert_eq!(sources("The lawsuit says the bridge is old."), ["lawsuit"]);
        assert_eq!(sources("The bridge is old, according to court records."), ["court records"]);
    }

    #[test]
    fn documents_by_what_they_do() {
        assert_eq!(sources("The report found that the bridge is old."), ["report"]);
        assert_eq!(sources("A 14-page complaint says the bridge is old."), ["complaint"]);
        assert_eq!(sources("In court papers filed on Monday, Quill said it would hold."), ["court papers"]);
        assert_eq!(sources("He put out a statement condemning the bridge."), ["statement"]);
    }

    #[test]
    fn words_that_are_names_or_times_here() {
        assert_eq!(sources("“No,” Page then wrote."), [""; 0]);
        assert_eq!(sources("He told them so in advance of the letter."), [""; 0]);
    }

    #[test]
    fn documents_that_say_nothing() {
        assert_eq!(sources("He signed the letter and left."), [""; 0]);
        assert_eq!(sources("A lawsuit over the bridge is pending."), [""; 0]);
    }
}
