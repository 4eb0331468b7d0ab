//! What is ruled and not learned, as too seldom or otherwise in the articles that were learned from: who passes words
//! on, who is quoted as saying them, who acts before them, and the order of words in other languages.

use super::candidate::{Candidate, Shape};
use super::feature::Standing;
use super::layout;
use super::lexicon::{Roles, pair, short, shorts};
use super::site::{AS, Act, Site, THAT};
use super::unit::{CUE, Class, REPORTS, Units};
use crate::text::key;

/// What is ruled of a candidate alone and added to what is learned, in logits.
pub(crate) fn alone(units: &Units, c: &Candidate) -> f32 {
    let before = match units.at((c.start as usize).wrapping_sub(1)).key {
        AS => puts_it(units, c),
        ACCORDING_TO => -relays(units, c),
        _ => 0.0,
    };
    match c.shape {
        Shape::Phrase | Shape::NamedPhrase | Shape::Noun => before - pauses(units, c) - relative(units, c),
        _ => before,
    }
}

/// What is ruled of a candidate and a quotation together and added to what is learned, in logits.
pub(crate) fn together(units: &Units, site: &Site, c: &Candidate, standing: &Standing) -> f32 {
    let named = quoted_as(site, c) + claims(units, site, c);
    grammar(units, site, c) + named + acts(units, site, c, standing) - aside(units, site, c)
}

/// How much less likely one who passes words on is to be their speaker, in logits; set by hand.
const RELAYED: f32 = 6.0;

const ACCORDING_TO: u32 = short(pair(key("according"), key("to")));

/// Who only passes on what another said is not the speaker: “…,” X said, according to *Y*.
fn relays(units: &Units, c: &Candidate) -> f32 {
    if follows_speech(units, c.start as usize) { RELAYED } else { 0.0 }
}

/// Whether a quotation stands before the unit `start` in its sentence, and a word that plainly reports beside it, what
/// stands right before `start` aside: “…,” X *said*, according to; X *told* the crew it “…,” according to.
fn follows_speech(units: &Units, start: usize) -> bool {
    let sentence = units.at(start).sentence;
    let (mut said, mut quote) = (false, false);
    for back in 1..=REACH {
        let unit = units.at(start.wrapping_sub(back));
        if unit.sentence != sentence {
            break;
        }
        quote |= unit.is(Class::QUOTE);
        said |= back > 1 && unit.cue >= REPORTS || quote && TOLD.contains(&unit.key);
        if said && quote {
            return true;
        }
    }
    false
}

/// How far back words that another passes on are looked for, in units.
const REACH: usize = 20;

const TOLD: [u32; 4] = shorts(["told", "wrote", "tells", "writes"]);

/// “X quoted *Y* as saying: …”: Y speaks, and not X.
fn quoted_as(site: &Site, c: &Candidate) -> f32 {
    let Some(verb) = site.quoted_as else { return 0.0 };
    match (c.start as usize, c.end as usize) {
        (start, _) if start == verb + 1 => QUOTED_AS,
        (start, end) if end <= verb && start >= site.sentence_start => -QUOTED_AS,
        _ => 0.0,
    }
}

/// How sure it is that whoever is quoted as saying something says it, in logits; set by hand.
const QUOTED_AS: f32 = 6.0;

/// “…”, as *a memo* put it, whose verb may be taken for a part of the phrase.
fn puts_it(units: &Units, c: &Candidate) -> f32 {
    let end = c.end as usize;
    let puts = layout::is_put(units, end) || layout::is_put(units, end.wrapping_sub(1));
    if puts { PUTS_IT } else { 0.0 }
}

/// How sure it is that whoever puts it so speaks, in logits; set by hand.
const PUTS_IT: f32 = 4.0;

/// Whose claim it is: *Quill’s* repeated claim that the bridge is “safe”, *her* belief that.
fn claims(units: &Units, site: &Site, c: &Candidate) -> f32 {
    let Some(noun) = site.claim else { return 0.0 };
    let (start, end) = (c.start as usize, c.end as usize);
    let near = |owner: usize| owner < noun && noun - owner <= ADJECTIVES + 1;
    let owner = c.possessive && near(end);
    let pronoun = units.at(start).has(Roles::POSSESSIVE) && near(start);
    if owner || pronoun { CLAIMS } else { 0.0 }
}

/// How sure it is that whoever makes a claim says what is quoted of it, in logits; set by hand.
const CLAIMS: f32 = 4.0;

/// How much less likely a phrase is to speak that opens a relative clause: standards *that prohibit lawyers* from. In
/// logits; set by hand.
const RELATIVE: f32 = 4.0;

fn relative(units: &Units, c: &Candidate) -> f32 {
    let start = c.start as usize;
    if units.at(start).key != THAT {
        return 0.0;
    }
    let before = units.at(start.wrapping_sub(1));
    let noun = before.is(Class::WORD) && before.roles == Roles::NONE && before.cue < CUE;
    if noun && before.sentence == units.at(start).sentence { RELATIVE } else { 0.0 }
}

/// Who has just acted, where no word reports: *Callum* is more relaxed: “…”; *Quill* shook her head. “…”
fn acts(units: &Units, site: &Site, c: &Candidate, standing: &Standing) -> f32 {
    let start = c.start as usize;
    if start > site.unit || site.act == Act::None || !opens_as_subject(units, c, standing) {
        return 0.0;
    }
    let sentence = units.at(start).sentence;
    match site.act {
        Act::Colon if sentence == site.sentence => COLON,
        Act::Before(before) if sentence == before => BEFORE,
        _ => 0.0,
    }
}

/// How much likelier the subject of a sentence with a colon and no word that reports is to speak after the colon, and
/// that of the sentence before words that stand by themselves, in logits; set by hand.
const COLON: f32 = 3.0;
const BEFORE: f32 = 5.0;

/// How much less likely a phrase is to speak that is a sentence by itself: *A pause.* “…” In logits; set by hand.
const PAUSES: f32 = 5.0;

fn pauses(units: &Units, c: &Candidate) -> f32 {
    let (first, end) = (units.at(c.start as usize), c.end as usize);
    let alone = first.is(Class::OPENS_SENTENCE)
        && units.at(end).is(Class::STOP)
        && units.at(end + 1).sentence != first.sentence;
    if alone && c.shape != Shape::NamedPhrase { PAUSES } else { 0.0 }
}

/// How much less likely what stands in brackets is to say what stands outside: Quill (Green, *St Anne*) said. In logits;
/// set by hand.
const ASIDE: f32 = 6.0;

fn aside(units: &Units, site: &Site, c: &Candidate) -> f32 {
    let (start, end) = (c.start as usize, c.end as usize);
    if !site.bracketed || units.at(start).sentence != site.sentence {
        return 0.0;
    }
    let stops = |at: &usize| {
        let unit = units.at(*at);
        unit.is(Class::BRACKET.or(Class::QUOTE)) || unit.sentence != site.sentence
    };
    let key = |at: Option<usize>| at.map_or(0, |at| units.at(at).key);
    let open = key((1..=BRACKETS).map(|back| start.wrapping_sub(back)).find(stops));
    if OPENS.contains(&open) && CLOSES.contains(&key((end..end + BRACKETS).find(stops))) {
        ASIDE
    } else {
        0.0
    }
}

/// How far from a candidate brackets are looked for, in units.
const BRACKETS: usize = 6;
const OPENS: [u32; 2] = shorts(["(", "["]);
const CLOSES: [u32; 2] = shorts([")", "]"]);

/// Whether a person or body is the subject that a sentence opens with, a noun that says what they are before it aside.
fn opens_as_subject(units: &Units, c: &Candidate, standing: &Standing) -> bool {
    let before = units.at((c.start as usize).wrapping_sub(1));
    let first = standing.rank == 0 || standing.rank == 1 && before.source > 1;
    first && standing.is_subject() && !c.possessive && layout::is_person(units, c)
}

/// What the grammar of the language adds: where the verb comes second and something else than the subject comes
/// first (“Am Montag sagte X: …”), the subject follows the verb.
fn grammar(units: &Units, site: &Site, c: &Candidate) -> f32 {
    if !units.grammar().verb_second {
        return 0.0;
    }
    order(units, site, c) - if is_no_subject(units, c) { OTHER_CASE } else { 0.0 }
}

/// Whether a phrase is, by its case or its place, the object or the attribute of something: sagte *dem Blatt*, die
/// Entscheidung *der Behörde*. After a preposition or “laut” its case tells nothing, nor does it where a verb of
/// quoting has the speaker as its object; but a noun within a phrase after a preposition is no subject.
fn is_no_subject(units: &Units, c: &Candidate) -> bool {
    let (start, end) = (c.start as usize, c.end as usize);
    let Some(open) = open_of(units, start) else { return false };
    let (first, before, before2) =
        (units.at(open), units.at(open.wrapping_sub(1)), units.at(open.wrapping_sub(2)));
    let told = [before.key, before2.key, units.at(end).key];
    if told.iter().any(|key| [ACCORDING_TO, QUOTED, BY].contains(key)) {
        return false;
    }
    if before.has(Roles::PREPOSITION) {
        return open < start;
    }
    let after_noun = before.is(Class::WORD) && before.is(Class::CAPITAL) && before.roles == Roles::NONE;
    first.has(Roles::OBLIQUE) || (after_noun && before.sentence == first.sentence)
}

/// The determiner of the phrase that the unit `at` is in, or is itself.
fn open_of(units: &Units, at: usize) -> Option<usize> {
    let opens = |at: usize| units.at(at).has(Roles::DETERMINER);
    if opens(at) {
        return Some(at);
    }
    let adjective = |back: &usize| {
        let unit = units.at(at.wrapping_sub(*back));
        unit.is(Class::WORD) && !unit.is(Class::CAPITAL) && unit.roles == Roles::NONE
    };
    let open = at.checked_sub((1..=ADJECTIVES).take_while(adjective).count() + 1)?;
    (opens(open) && units.at(open).sentence == units.at(at).sentence).then_some(open)
}

/// Adjectives that a phrase may have.
const ADJECTIVES: usize = 3;

/// How much less likely what is no subject is to be the source, in logits; set by hand.
const OTHER_CASE: f32 = 2.0;

const QUOTED: u32 = short(key("quoted"));
const BY: u32 = short(key("by"));

/// What the place of a candidate before or after its verb adds.
fn order(units: &Units, site: &Site, c: &Candidate) -> f32 {
    let (start, end) = (c.start as usize, c.end as usize);
    if units.at(start).sentence != site.sentence {
        return 0.0;
    }
    if start > site.unit {
        // „…“, hatte X am Montag gesagt: the finite verb first, then its subject.
        let finite = units.at(site.unit + 1).has(Roles::AUXILIARY);
        let follows = if start == site.unit + 2 { VERB_SECOND } else { -VERB_SECOND };
        return if finite { follows } else { 0.0 };
    }
    let inverted = |cue: usize| {
        let before = units.at(cue.wrapping_sub(1));
        units.at(cue).cue >= CUE
            && (before.sentence != units.at(cue).sentence
                || before.has(Roles::ADVERB.or(Roles::AUXILIARY).or(Roles::PREPOSITION))
                || before.is(Class::COMMA.or(Class::NUMBER))
                || prepositional(units, cue)
                || open_of(units, cue - 1).is_some_and(|open| units.at(open).has(Roles::OBLIQUE)))
    };
    let after = units.at(start.wrapping_sub(1));
    if after.cue >= CUE && inverted(start - 1) {
        return VERB_SECOND;
    }
    // A phrase of the first constituent, before the verb, is not the subject then.
    let ahead = (end..site.unit).take(3).find(|at| units.at(*at).cue >= CUE);
    if ahead.is_some_and(inverted) { -VERB_SECOND } else { 0.0 }
}

/// How strongly the subject is expected after the verb, in logits; set by hand.
const VERB_SECOND: f32 = 3.0;

/// Whether the phrase that ends before the unit `at` opens with a preposition.
fn prepositional(units: &Units, at: usize) -> bool {
    let sentence = units.at(at).sentence;
    let phrase = (1..8).map(|back| units.at(at.wrapping_sub(back)));
    let mut phrase =
        phrase.take_while(|unit| unit.sentence == sentence && unit.is(Class::WORD.or(Class::NUMBER)));
    phrase.any(|unit| unit.has(Roles::PREPOSITION))
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analyzer;
    use crate::document::Document;

    /// Who says the last quotation.
    fn last(text: &str) -> String {
        let analysis = Analyzer::new().analyze(&Document::new("d", text));
        analysis.quotations.last().and_then(|said| said.speaker()).unwrap_or_default().to_owned()
    }

    #[test]
    fn who_is_quoted_as_saying_it_says_it() {
        let told = "The Ledger quoted Mayor Ada Quill as telling her council: “We did not seek this.”";
        assert_eq!(last(told), "Ada Quill");
        let told =
            "The Ledger, which quoted a former clerk as saying that letters had been “filed in the bin”.";
        assert_eq!(last(told), "a former clerk");
    }

    #[test]
    fn whoever_acts_just_before_says_it() {
        let said = "“What a day,” said Fergus Marlow.";
        let told = format!("{said} But Otto Prime missed his boat: “I am sad, to be honest.”");
        assert_eq!(last(&told), "Otto Prime");
        let told = format!("{said} Ada Quill shook her head. “He has been saying that for years.”");
        assert_eq!(last(&told), "Ada Quill");
        let told =
            "Asked about the mill, Ada Quill sighs. “We were young, all of us.” A pause. “I was young.”";
        assert_ne!(last(told), "A pause");
    }

    #[test]
    fn what_stands_in_brackets_says_nothing() {
        assert_eq!(
            last("Cllr Linda Quill (Green, St Anne) said: “I’m not against visitors at all.”"),
            "Linda Quill"
        );
    }

    #[test]
    fn who_passes_on_what_somebody_told_is_not_the_speaker() {
        let told = "The suspect, Tyrell Marlow, told detectives that the lamp “went off by itself,” according to a police report.";
        assert_eq!(last(told), "Tyrell Marlow");
    }

    #[test]
    fn whose_claim_it_is_says_what_is_quoted_of_it() {
        let told =
            "The council doubted Ada Quill’s repeated claim that the bridge is “perfectly safe for all.”";
        assert_eq!(last(told), "Ada Quill");
    }

    #[test]
    fn as_somebody_puts_it() {
        let told = "The main need of the plan is a “lawful source of sand,” as a harbor memo put it.";
        assert_eq!(last(told), "a harbor memo");
    }
}
