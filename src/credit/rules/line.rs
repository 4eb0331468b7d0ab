//! Lines and sentences that credit an article or a quotation whole: “Source: X”, “h/t X”, “X contributed to this
//! report.”, “This article first appeared in X”, “This article is based on a report by X.”, “Via X.” And, as such a
//! sentence can be about nothing else, they take outlets that nobody knows, as printed.

use std::ops::Range;

use super::phrase::person_at;
use super::{Candidate, Credited, Hit, Phrase, Rule, via};
use crate::credit::lexicon::{CARRIED, CUE, DAY, IMAGE, ORG, STOP, TITLE};
use crate::credit::name::{Form, Source};
use crate::credit::scene::Scene;
use crate::credit::{Relation, Scope, SourceKind};
use crate::text::{TokenKind, key};

/// “The Associated Press and Reuters contributed to this report.”
pub(super) fn contributed(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let sentence = scene.sentence(phrase.name.tokens.start);
    let own = |index: &usize| Source::Known(*index) == phrase.name.source;
    if sentence.len() > 60 || phrase.staff || scene.own.as_ref().is_some_and(own) {
        return None;
    }
    let here = phrase.name.tokens.end;
    let contributed = (here..sentence.end).find(|at| {
        scene.word(*at) == "contributed"
            && (scene.word(at + 1) == "to" || scene.word(at + 1) == "." || at + 1 == sentence.end)
            && (at + 1..sentence.end).all(|at| !scene.is_mark(at))
    });
    let material =
        scene.key(sentence.start) == key("material") || scene.key(sentence.start) == key("information");
    let used = (here..sentence.end).any(|at| matches!(scene.word(at), "used" | "included"))
        && matches!(scene.word(sentence.end.saturating_sub(2)), "report" | "story" | "article");
    let dashes = usize::from(matches!(scene.word(sentence.start), "—" | "–" | "-" | "--"));
    let opens = usize::from(scene.word(sentence.start + dashes).eq_ignore_ascii_case("with"));
    let files = dashes + opens > 0
        && matches!(
            scene.word(sentence.start + dashes + opens),
            "files" | "reporting" | "inputs" | "information" | "AFP" | "material"
        );
    let wire = phrase.name.source.kind(scene) == SourceKind::Wire;
    // “– with AAP”, alone
    let with = sentence.start + dashes;
    let ends = phrase.end >= sentence.end.saturating_sub(1);
    let beside =
        wire && ends && scene.word(with).eq_ignore_ascii_case("with") && phrase.name.tokens.start == with + 1;
    let story = |at: usize| {
        let end = sentence.end.min(at + 6);
        at + 1 == sentence.end
            || (at + 1..end)
                .any(|at| matches!(scene.word(at), "report" | "story" | "article" | "reporting" | "."))
    };
    let line =
        contributed.is_some_and(story) || (material && used) || (files && sentence.len() < 16) || beside;
    if !line || phrase.journalist.is_some() {
        return None;
    }
    let hit = Hit::new(sentence.start, sentence.end, Rule::Contributed).with_scope(Scope::Article);
    Some(if wire { hit.with_relation(Relation::Wire) } else { hit })
}

/// “Source: X”, “(Source: X)”, “h/t X”.
pub(super) fn source(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let cue = phrase.before?;
    let opened = opening(scene, &scene.sentence(cue), cue);
    let (start, rule, scope) = match (cue_before(scene, cue), opened) {
        (Some(start), _) => (start, Rule::Line, Some(Scope::Article)),
        (None, Some((start, _, rule, scope))) if rule != Rule::Via && !phrase.staff => (start, rule, scope),
        _ => return None,
    };
    Some(Hit { scope, ..Hit::new(start, phrase.end, rule) })
}

/// “This story first appeared in X”, “originally published on X”.
pub(super) fn appeared(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let prep = phrase.before.filter(|at| matches!(scene.word(*at), "in" | "on" | "at" | "by"))?;
    let sentence = scene.sentence(prep);
    let cue = prep
        .checked_sub(1)
        .filter(|at| matches!(scene.word(*at), "appeared" | "published" | "posted" | "ran"))?;
    let adverb = cue.checked_sub(1).filter(|at| matches!(scene.word(*at), "first" | "originally"))?;
    let head = (sentence.start..adverb).take(6);
    let this = matches!(scene.word(sentence.start), "This" | "A" | "Originally" | "First")
        && head.into_iter().any(|at| is_article(scene, at));
    let hit = Hit::new(sentence.start.max(adverb.saturating_sub(4)), phrase.end, Rule::Line)
        .with_scope(Scope::Article);
    this.then_some(hit)
}

fn is_article(scene: &Scene<'_>, at: usize) -> bool {
    matches!(
        scene.lower(at).as_ref(),
        "article"
            | "story"
            | "post"
            | "piece"
            | "report"
            | "column"
            | "essay"
            | "quotations"
            | "quotes"
            | "text"
            | "version"
    )
}

/// Where a cue begins that ends at `at` and that nothing but a source follows: “Source:”, “h/t”, “Quelle:”.
fn cue_before(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let cue = if scene.word(at) == ":" { at.checked_sub(1)? } else { at };
    let colon = cue != at;
    let word = scene.lower(cue);
    let source = matches!(
        word.as_ref(),
        "source" | "sources" | "quelle" | "quellen" | "fuente" | "vía" | "quell" | "fonte"
    );
    if source && colon {
        let opens = cue == scene.sentence(cue).start
            || matches!(scene.word(cue.saturating_sub(1)), "(" | "[" | "•" | "-" | "*" | "|" | "—" | "–")
            || scene.text.token(cue)?.is_capitalised() && scene.word(cue - 1) == ".";
        return opens.then_some(cue);
    }
    // h / t, in three tokens
    if word == "t" && matches!(scene.word(cue.checked_sub(1)?), "/") {
        let head = cue.checked_sub(2)?;
        return scene.word(head).eq_ignore_ascii_case("h").then_some(head);
    }
    if word == "tip" && scene.word(cue.checked_sub(1)?).eq_ignore_ascii_case("hat") && colon {
        return Some(cue - 1);
    }
    None
}

/// Sentences that are nothing but a credit, with any name at all.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for cue in scene.all::<CUE>() {
        let sentence = scene.sentence(cue);
        let Some((start, from, rule, scope)) = opening(scene, &sentence, cue) else { continue };
        let Some(tokens) = free_name(scene, from, sentence.end) else { continue };
        let last = scene.name_at(tokens.end.saturating_sub(1));
        if last.is_some_and(|name| {
            name.form != Form::Noun && name.tokens.end == tokens.end && name.tokens.start <= tokens.start + 1
        }) {
            continue;
        }
        let source = Source::Printed(tokens.clone());
        let kind = source.kind(scene);
        let relation = None;
        let (tokens, credited) = (start..tokens.end, Credited::Outlet(source));
        out.push(Candidate { tokens, credited, kind, rule, relation, scope });
    }
    let mut told = None;
    for verb in scene.all::<CARRIED>().filter(|at| !scene.is_capitalised(*at)) {
        let sentence = scene.sentence(verb);
        out.extend(first_report(scene, &sentence, verb));
        // The first such verb of a sentence is the one that counts.
        if told.replace(sentence.start) != Some(sentence.start) {
            out.extend(plain_report(scene, &sentence, verb));
        }
    }
}

/// Where a cue starts, where its name does, and how much it governs.
fn opening(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    cue: usize,
) -> Option<(usize, usize, Rule, Option<Scope>)> {
    let article = |start: usize| Some((start, cue + 1, Rule::Line, Some(Scope::Article)));
    let word = scene.word(cue);
    if (word == ":" || word == "t" || word == "T")
        && let Some(start) = cue_before(scene, cue)
    {
        let chart = scene.is(start.saturating_sub(1), IMAGE);
        return if chart { None } else { article(start) };
    }
    // “Via X.” alone
    if word == "Via" && cue == sentence.start && via::is_credit(scene, cue, sentence.end) {
        return Some((cue, cue + 1, Rule::Via, None));
    }
    // “According to sgsnews:” with what follows set off
    if word == "to" && cue == sentence.start + 1 && scene.word(sentence.start) == "According" {
        let colon = matches!(scene.word(sentence.end.saturating_sub(1)), ":" | ",");
        let alone = sentence.end >= scene.paragraph(cue).end && sentence.len() <= 8;
        return (colon && alone).then_some((
            sentence.start,
            cue + 1,
            Rule::According,
            Some(Scope::Paragraph),
        ));
    }
    // “This article is based on a report by X.”, “All quotations in this article are taken from X.”,
    // “The remarks were reported by X.”, “That is according to X.”
    if !matches!(word, "by" | "from" | "to" | "in" | "on") || sentence.len() > 18 {
        return None;
    }
    let before = cue.checked_sub(1).map_or("", |at| scene.word(at));
    let about = |what: fn(&Scene<'_>, usize) -> bool| (sentence.start..cue).any(|at| what(scene, at));
    let whole = about(is_article)
        && matches!(scene.word(sentence.start), "This" | "All" | "The" | "These" | "Quotations" | "Quotes");
    match (word, before) {
        ("by", "report" | "article" | "story" | "piece" | "reporting" | "published" | "provided")
        | (
            "from",
            "taken" | "adapted" | "reprinted" | "reproduced" | "drawn" | "republished" | "report" | "reports"
            | "material" | "reporting" | "syndicated",
        )
        | ("in" | "on", "appeared" | "published")
            if whole =>
        {
            article(sentence.start)
        }
        ("by", "reported" | "published" | "obtained") if about(is_remark) => {
            Some((sentence.start, cue + 1, Rule::By, None))
        }
        ("to", "according")
            if matches!(scene.word(sentence.start), "That" | "This" | "It") && cue < sentence.start + 5 =>
        {
            Some((sentence.start, cue + 1, Rule::According, None))
        }
        _ => None,
    }
}

/// “The Lamplight first reported …”: only the news is first with anything, so whoever is, is an outlet, if it has an
/// article and is no body of the state.
fn first_report(scene: &Scene<'_>, sentence: &Range<usize>, verb: usize) -> Option<Candidate> {
    let first =
        verb.checked_sub(1).filter(|at| scene.word(verb) == "reported" && scene.word(*at) == "first")?;
    let floor = sentence.start.max(first.saturating_sub(5));
    let mut start = first;
    while start > floor
        && scene.is_word(start - 1)
        && scene.is_capitalised(start - 1)
        && !scene.is(start - 1, DAY)
    {
        start -= 1;
    }
    let known = start == first || scene.name_at(first - 1).is_some_and(|name| name.form != Form::Noun);
    let opens = start == sentence.start
        || matches!(scene.word(start - 1), "," | "As" | "as") && start > sentence.start;
    let lead = usize::from(matches!(scene.word(start), "As" | "After"));
    let tokens = start + lead..first;
    // “Residents first reported”, “Ada Quill first reported” and “The CDC first reported” are of other news
    let article = scene.word(tokens.start) == "The" && tokens.len() > 1;
    let loud = |at: usize| scene.text.token(at).is_some_and(|token| token.is_upper());
    let other = tokens.clone().any(|at| scene.is(at, ORG | TITLE) || loud(at));
    if known || !opens || !article || other || is_speaker(scene, tokens.start, tokens.end) {
        return None;
    }
    let source = Source::Printed(tokens);
    Some(Candidate {
        tokens: start..verb + 1,
        kind: source.kind(scene),
        credited: Credited::Outlet(source),
        rule: Rule::Reported,
        relation: Some(Relation::Origin),
        scope: Some(Scope::Article),
    })
}

fn is_remark(scene: &Scene<'_>, at: usize) -> bool {
    matches!(
        scene.word(at),
        "remarks"
            | "comments"
            | "remark"
            | "comment"
            | "words"
            | "statement"
            | "statements"
            | "quote"
            | "quotes"
            | "quotation"
    )
}

/// “X reported the remarks.”: a sentence that is a name, a verb and what was said.
fn plain_report(scene: &Scene<'_>, sentence: &Range<usize>, verb: usize) -> Option<Candidate> {
    if sentence.len() > 14 {
        return None;
    }
    let remarks = (verb + 1..sentence.end).any(|at| is_remark(scene, at));
    let tokens = free_name(scene, sentence.start, verb).filter(|tokens| tokens.end == verb)?;
    let known = scene.name_at(tokens.start).is_some_and(|name| name.form != Form::Noun);
    let source = Source::Printed(tokens);
    (remarks && !known).then(|| Candidate {
        tokens: sentence.start..verb + 1,
        kind: source.kind(scene),
        credited: Credited::Outlet(source),
        rule: Rule::Reported,
        relation: None,
        scope: None,
    })
}

/// A name that no table and no form tells: up to six capitalised words, or one word in small letters, that the
/// sentence ends with.
fn free_name(scene: &Scene<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let mut start = from;
    if matches!(scene.word(start), "the" | "The") {
        start += 1;
    }
    let article = start > from && scene.word(from) == "The";
    let mut end = start;
    while end < limit && end < start + 7 {
        let joins = matches!(scene.word(end), "&" | "of" | "and" | "." | "-" | "/") && end > start && {
            let tight = scene.text.token(end).is_some_and(|token| !token.is_spaced());
            let next = scene.text.token(end + 1);
            let spaced = next.is_none_or(|token| token.is_spaced());
            end + 1 < limit
                && ((scene.word(end) == "." && tight && !spaced)
                    || (scene.word(end) != "." && scene.is_capitalised(end + 1)))
        };
        let fits = (scene.is_word(end)
            && (scene.is_capitalised(end) || end > start && scene.word(end - 1) == "."))
            || scene.kind(end) == Some(TokenKind::Number)
            || joins;
        if !fits || (scene.is(end, STOP) && !joins && !scene.is_capitalised(end)) {
            break;
        }
        end += 1;
    }
    // “Source: sgsnews”
    if end == start && scene.is_word(start) && !scene.is(start, STOP) && scene.word(start).len() > 3 {
        end = start + 1;
        while scene.word(end) == "."
            && end + 1 < limit
            && scene.text.token(end + 1).is_some_and(|t| !t.is_spaced())
        {
            end += 2;
        }
    }
    let ends = end >= limit
        || matches!(scene.word(end), "." | ")" | "]" | ":" | "," | "reported" | "published" | "carried");
    let whole =
        end >= limit || !matches!(scene.word(end), ",") || scene.word(end + 1).is_empty() || end + 1 >= limit;
    let person =
        person_at(scene, start).is_some_and(|person| person.end == end) && is_speaker(scene, start, end);
    (end > start && ends && whole && !person).then_some(if article { from..end } else { start..end })
}

/// Whether the last of these words says something elsewhere in the text: then they are a person.
fn is_speaker(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    let Some(last) = end.checked_sub(1) else { return false };
    let who = scene.key(last);
    let window = start.saturating_sub(400)..(end + 400).min(scene.text.tokens().len());
    window.into_iter().any(|at| {
        scene.key(at) == who
            && !(start..end).contains(&at)
            && (matches!(
                scene.word(at + 1),
                "said" | "says" | "told" | "wrote" | "added" | "tweeted" | "warned"
            ) || at
                .checked_sub(1)
                .is_some_and(|at| matches!(scene.word(at), "said" | "says" | "added" | "wrote")))
    })
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn lines_govern_the_article() {
        assert_eq!(
            credits("Source: The Lead Post\n\nThe mayor spoke."),
            ["The Lead Post | repeat | article | Source: The Lead Post"]
        );
        assert_eq!(
            credits("The mayor spoke.\n\nThe Associated Press contributed to this report."),
            ["Associated Press | wire | article | The Associated Press contributed to this report."]
        );
        assert_eq!(
            sources("The mayor spoke.\n\n— With files from The Canadian Press"),
            ["The Canadian Press"]
        );
        assert_eq!(
            credits("The mayor spoke.\n\n– with AAP"),
            ["Australian Associated Press | wire | article | – with AAP"]
        );
        for text in [
            "The mayor spoke.\n\nThis article is based on a report by The Beacon.",
            "The mayor spoke.\n\nAll quotations in this article are taken from The Beacon.",
            "The mayor spoke.\n\nSource: The Beacon",
            "The mayor spoke.\n\n(h/t The Beacon)",
        ] {
            let credits = credits(text);
            assert_eq!(credits.len(), 1, "{text}");
            assert!(credits[0].starts_with("The Beacon | repeat | article"), "{credits:?}");
        }
    }

    /// Found by fuzzing: there is nothing before the first word.
    #[test]
    fn a_text_may_start_with_the_name_in_small_letters() {
        assert_eq!(sources("sgsnews reported the remarks."), ["sgsnews"]);
    }

    #[test]
    fn whoever_first_reports_is_an_outlet() {
        assert_eq!(
            credits("The Lamp first reported that the bridge is old."),
            ["The Lamp | origin | article | The Lamp first reported"]
        );
        assert_eq!(sources("Quill first reported the smell in May. “It was bad,” Quill said."), [""; 0]);
        for text in [
            "She first reported the smell in May.",
            "Residents first reported the smell in May.",
            "The Ministry first reported the smell in May.",
        ] {
            assert_eq!(sources(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_phrase_governs_the_quotation_beside_it() {
        for text in [
            "“We are ready for it,” Quill said. Via PolicyWatch.",
            "“We are ready for it,” Quill said. That is according to PolicyWatch.",
            "“We are ready for it,” Quill said. The remarks were reported by PolicyWatch.",
            "“We are ready for it,” Quill said. PolicyWatch reported the remarks.",
        ] {
            let credits = credits(text);
            assert_eq!(credits.len(), 1, "{text}");
            assert!(credits[0].starts_with("PolicyWatch | repeat | quotation"), "{credits:?}");
        }
    }

    #[test]
    fn own_staff_and_other_sources_are_none() {
        assert_eq!(sources("Ada Quill contributed to this report."), [""; 0]);
        assert_eq!(sources("Sources said the bridge is old."), [""; 0]);
    }
}
