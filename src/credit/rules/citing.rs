//! Citing X, quoting X, per X, at X.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::SAY;
use crate::credit::name::Form;
use crate::credit::scene::Scene;

pub(super) fn citing(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let cue = phrase.before?;
    if let Some(hit) = column(scene, phrase, cue) {
        return Some(hit);
    }
    let certain = super::is_certain(phrase.name) || phrase.name.form == Form::Shaped;
    if phrase.staff || !certain {
        return None;
    }
    match scene.lower(cue).as_ref() {
        "citing" | "quoting" | "cited" | "cites" | "quotes" | "referencing" => {
            let by_it = scene.word(cue).eq_ignore_ascii_case("cited") && scene.word(cue + 1) == "by";
            (!by_it).then(|| Hit::new(cue, phrase.end, Rule::Citing))
        }
        "per" => Some(Hit::new(cue, phrase.end, Rule::According)),
        // “At The Washington Post, A. B. has …”, “Over at …”, “Writing in …”
        "at" | "in" | "for" => {
            let sentence = scene.sentence(cue);
            let head = sentence.start;
            let opens =
                cue == head || (cue == head + 1 && matches!(scene.word(head), "Over" | "Writing" | "Back"));
            let comma = scene.word(phrase.end) == ",";
            let writing = scene.word(head) == "Writing" && cue == head + 1;
            let at = scene.word(cue).eq_ignore_ascii_case("at");
            (opens && comma && (at || writing)).then(|| Hit::new(head, phrase.end, Rule::ReportOf))
        }
        _ => None,
    }
}

/// “In The Hill, A. B. argues that …”: a column, its author and what its author says.
fn column(scene: &Scene<'_>, phrase: &Phrase<'_>, cue: usize) -> Option<Hit> {
    let head = scene.sentence(cue).start;
    let opens = cue == head && scene.word(cue) == "In" && scene.word(phrase.end) == ",";
    if !opens || phrase.staff {
        return None;
    }
    let author = super::phrase::person_at(scene, phrase.end + 1)?;
    let says = scene.is(author.end, SAY) && !scene.is_capitalised(author.end);
    says.then(|| Hit::new(head, phrase.end, Rule::ReportOf))
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn the_source_of_the_source() {
        assert_eq!(
            sources("The Straits Times, citing Reuters, reports that he left."),
            ["The Straits Times", "Reuters"]
        );
        assert_eq!(sources("He left, per the New York Times, in June."), ["The New York Times"]);
    }

    #[test]
    fn a_column_and_its_author() {
        assert_eq!(sources("In The Guardian, Ada Quill argues that the bridge is old."), ["The Guardian"]);
        assert_eq!(sources("In Politico, nobody was at work on Sunday."), [""; 0]);
    }
}
