//! German, Spanish and French: laut X, berichtete X, gegenüber X, unter Berufung auf X; según X, dijo a X, con
//! información de X; selon X, a déclaré à X.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::SAY;
use crate::credit::name::Form;
use crate::credit::scene::Scene;
use crate::credit::{Relation, Scope, SourceKind};

pub(super) fn foreign(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    if phrase.staff || phrase.name.form == Form::Ambiguous && phrase.before.is_none() {
        return None;
    }
    german(scene, phrase).or_else(|| romance(scene, phrase))
}

fn german(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    // “Berichten der Sender X und Y zufolge”, “X berichtet(e)”, “wie X berichtet”
    let after = scene.word(phrase.end);
    if after == "zufolge" {
        return Some(Hit::new(phrase.name.tokens.start, phrase.end + 1, Rule::According));
    }
    // “X zufolge”, “X hatte zuerst darüber berichtet”, “wie X meldet”
    if let Some(hit) = first_reported(scene, phrase) {
        return Some(hit);
    }
    if matches!(after, "berichtet" | "berichtete" | "meldet" | "meldete" | "schreibt" | "schrieb" | "zitiert")
    {
        return Some(Hit::new(phrase.name.tokens.start, phrase.end + 1, Rule::Reported));
    }
    let cue = phrase.before?;
    let back = |n: usize| cue.checked_sub(n).map_or("", |at| scene.word(at));
    match scene.word(cue) {
        "laut" | "Laut" => Some(Hit::new(cue, phrase.end, Rule::According)),
        "gegenüber" | "Gegenüber" => Some(Hit::new(cue, phrase.end, Rule::Given)),
        "berichtet" | "berichtete" | "meldet" | "meldete" | "schreibt" | "schrieb" | "berichteten"
        | "berichten" | "meldeten" | "zitiert" => Some(Hit::new(cue, phrase.end, Rule::Reported)),
        "auf" if matches!(back(1), "Berufung" | "Verweis" | "Bezug") => {
            Some(Hit::new(cue.saturating_sub(2), phrase.end, Rule::Citing))
        }
        "von" if matches!(back(1), "Bericht" | "Berichten" | "Angaben" | "Informationen") => {
            Some(Hit::new(cue - 1, phrase.end, Rule::According))
        }
        "mit" | "in" | "im" | "bei"
            if matches!(back(1), "Interview" | "Gespräch" | "Interviews" | "Gesprächs") =>
        {
            Some(Hit::new(cue - 1, phrase.end, Rule::Interview))
        }
        "Interview" | "Gespräch" | "Bericht" | "Berichten" | "Angaben" => {
            let rule = if matches!(scene.word(cue), "Interview" | "Gespräch") {
                Rule::Interview
            } else {
                Rule::According
            };
            Some(Hit::new(cue, phrase.end, rule))
        }
        _ => said_to(scene, phrase, cue),
    }
}

/// “Zuerst hatte der Spiegel berichtet”, “der Spiegel hatte zuerst darüber berichtet”.
fn first_reported(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let sentence = scene.sentence(phrase.name.tokens.start);
    let end = sentence.end.min(phrase.end + 8);
    let verb = (phrase.end..end)
        .find(|at| matches!(scene.word(*at), "berichtet" | "gemeldet" | "berichteten" | "berichtete"))?;
    let clear = (phrase.end..verb).all(|at| scene.is_word(at) && scene.word(at) != "und");
    let near = sentence.start.max(phrase.name.tokens.start.saturating_sub(4))..verb;
    let first =
        near.clone().any(|at| matches!(scene.word(at), "zuerst" | "Zuerst" | "zunächst" | "Zunächst"));
    let had = near.into_iter().any(|at| matches!(scene.word(at), "hatte" | "hatten" | "hat" | "haben"));
    if !(clear && (first || had)) {
        return None;
    }
    let hit = Hit::new(phrase.name.tokens.start, verb + 1, Rule::Reported);
    Some(if first { hit.with_relation(Relation::Origin).with_scope(Scope::Article) } else { hit })
}

/// “sagte er der Süddeutschen Zeitung”: the verb, perhaps its subject, then the outlet in the dative.
fn said_to(scene: &Scene<'_>, phrase: &Phrase<'_>, cue: usize) -> Option<Hit> {
    let article = scene.paragraph(cue).end.min(phrase.name.tokens.start);
    let dative = (cue + 1..article).any(|at| matches!(scene.word(at), "der" | "dem" | "den"));
    if !dative && !matches!(scene.word(cue), "zur" | "zu") {
        return None;
    }
    let floor = scene.sentence(cue).start;
    let verb = (floor.max(cue.saturating_sub(9))..=cue).rev().find(|at| {
        matches!(
            scene.word(*at),
            "sagte"
                | "sagt"
                | "erklärte"
                | "bestätigte"
                | "teilte"
                | "kündigte"
                | "verriet"
                | "erzählte"
                | "betonte"
        )
    })?;
    let broken = (verb..cue).any(|at| matches!(scene.word(at), "," | ";" | ":") || scene.is_mark(at));
    (!broken).then(|| Hit::new(verb, phrase.end, Rule::Told))
}

fn romance(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    // “a” is an article in English and a preposition here
    let before = phrase.name.tokens.start.checked_sub(1)?;
    let article = matches!(scene.word(before), "la" | "el" | "le" | "los" | "las");
    let to = if article { before.checked_sub(1)? } else { before };
    let cue = if matches!(scene.word(to), "a" | "à" | "al" | "au" | "aux") { to } else { phrase.before? };
    let back = |n: usize| cue.checked_sub(n).map_or("", |at| scene.word(at));
    match scene.word(cue) {
        "según" | "Según" | "selon" | "Selon" | "d'après" | "D'après" | "d’après" | "D’après" => {
            Some(Hit::new(cue, phrase.end, Rule::According))
        }
        "par"
            if matches!(
                back(1),
                "cité" | "citée" | "cités" | "citées" | "révélé" | "révélée" | "rapporté"
            ) =>
        {
            Some(Hit::new(cue - 1, phrase.end, Rule::According))
        }
        "par"
            if matches!(
                back(1).to_lowercase().as_str(),
                "interrogé" | "interrogée" | "contacté" | "contactée" | "interviewé" | "interviewée"
            ) =>
        {
            Some(Hit::new(cue - 1, phrase.end, Rule::Interview))
        }
        "de" if back(1) == "micro" => Some(Hit::new(cue.saturating_sub(2), phrase.end, Rule::Interview)),
        "sur"
            if phrase.name.source.kind(scene) == SourceKind::Broadcast
                && verb_before(scene, cue).is_some() =>
        {
            Some(Hit::new(cue, phrase.end, Rule::Interview))
        }
        "con" if back(1) == "acuerdo" => Some(Hit::new(cue.saturating_sub(2), phrase.end, Rule::According)),
        "con" | "para" | "a" | "avec" | "à" | "au" | "sur"
            if matches!(
                back(1),
                "entrevista" | "entretien" | "interview" | "declaraciones" | "exclusiva"
            ) || matches!(back(2), "entrevista" | "entretien" | "declaraciones") =>
        {
            Some(Hit::new(cue.saturating_sub(1), phrase.end, Rule::Interview))
        }
        "de" if matches!(back(1), "información" | "informations") => {
            let hit = Hit::new(cue.saturating_sub(2), phrase.end, Rule::Line);
            Some(hit.with_relation(Relation::Repeat).with_scope(Scope::Article))
        }
        "informó" | "reportó" | "reveló" | "publicó" | "señaló" | "rapporte" | "révèle" | "indique"
        | "écrit" | "publica" | "recoge" => Some(Hit::new(cue, phrase.end, Rule::Reported)),
        "a" | "à" | "al" | "au" | "aux" => {
            let verb = verb_before(scene, cue)?;
            let as_told = verb.checked_sub(2).filter(|at| matches!(scene.word(*at), "según"));
            Some(Hit::new(as_told.unwrap_or(verb), phrase.end, Rule::Told))
        }
        _ => None,
    }
}

/// The verb of saying before a preposition, near it in its sentence.
fn verb_before(scene: &Scene<'_>, cue: usize) -> Option<usize> {
    let floor = scene.sentence(cue).start.max(cue.saturating_sub(7));
    (floor..cue).rev().find(|at| {
        let word = scene.word(*at);
        word.ends_with('ó') && scene.is(*at, SAY)
            || matches!(
                word,
                "dijo"
                    | "dice"
                    | "contó"
                    | "relató"
                    | "aseguraron"
                    | "dijeron"
                    | "déclaré"
                    | "affirmé"
                    | "expliqué"
                    | "indiqué"
                    | "annoncé"
                    | "assuré"
                    | "confié"
                    | "précisé"
                    | "raconté"
                    | "dit"
            )
    })
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn german_spanish_and_french() {
        for (text, source) in [
            ("Laut CNN ist die Brücke alt.", "CNN"),
            ("Die Brücke ist alt, berichtete die Süddeutsche Zeitung am Montag.", "Süddeutsche Zeitung"),
            ("Die Brücke halte, sagte Quill der Welt am Sonntag.", "Die Welt"),
            ("Der Sender beruft sich unter Berufung auf Reuters auf Zeugen.", "Reuters"),
            ("El puente es viejo, según El Financiero.", "El Financiero"),
            ("“No”, dijo Quill a la BBC.", "BBC"),
            ("Le pont est vieux, selon Mediapart.", "Mediapart"),
            ("Wie der Spiegel berichtet, ist die Brücke alt.", "Der Spiegel"),
            ("Quill bestätigte gegenüber der Rheinischen Post den Plan.", "Rheinische Post"),
            ("„Sie hält“, sagte Quill im Interview mit dem Deutschlandfunk.", "Deutschlandfunk"),
            ("Die Brücke halte, meldet die Nachrichtenagentur Reuters unter Berufung auf Zeugen.", "Reuters"),
            ("Medienberichten zufolge, darunter laut NDR, ist die Brücke alt.", "NDR"),
            ("Zuerst hatte die Leipziger Volkszeitung darüber berichtet.", "Leipziger Volkszeitung"),
            ("Die Brücke halte, sagte Quill der Nachrichtenagentur dpa.", "dpa"),
            ("Das berichtet die Wochenzeitung Kurbel in ihrer neuen Ausgabe.", "Kurbel"),
        ] {
            assert_eq!(sources(text), [source], "{text}");
        }
    }
}
