//! Citing X, quoting X, per X, at X.

use super::{Hit, Phrase, Rule};
use crate::credit::name::Form;
use crate::credit::scene::Scene;

pub(super) fn citing(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let cue = phrase.before?;
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
}
