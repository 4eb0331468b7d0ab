//! Datelines, “WASHINGTON (Reuters) - …”, and tags, “… he said. (NYT)”, “(APA/dpa, 1.11.2015)”.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::{DAY, IMAGE};
use crate::credit::name::Form;
use crate::credit::scene::Scene;
use crate::credit::{Relation, Scope, SourceKind};
use crate::text::TokenKind;

/// How many paragraphs a dateline may stand after: title, byline and image lines.
const HEAD: usize = 8;

pub(super) fn dateline(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let name = &phrase.name.tokens;
    let open = name.start.checked_sub(1).filter(|at| scene.word(*at) == "(")?;
    let index = scene.text.token(open)?.paragraph();
    let paragraph = scene.paragraph(open);
    if scene.word(name.end) != ")" || index >= HEAD || open - paragraph.start > 14 {
        return None;
    }
    // places and dates stand before it, in capitals or capitalised
    let place = (paragraph.start..open).all(|at| {
        scene.is_capitalised(at)
            || !scene.is_word(at)
            || matches!(scene.word(at), "de" | "del" | "of" | "and" | "la" | "al")
    });
    let after = name.end + 1;
    let dash = matches!(scene.word(after), "-" | "–" | "—" | "--" | "―");
    let first = open == paragraph.start || (open - paragraph.start <= 6);
    let goes_on = after < paragraph.end && (scene.is_capitalised(after) || scene.is_mark(after));
    if !place || !(dash || (first && goes_on)) || phrase.name.form == Form::Ambiguous {
        return None;
    }
    Some(
        Hit::new(paragraph.start, after, Rule::Dateline)
            .with_relation(Relation::Wire)
            .with_scope(Scope::Article),
    )
}

/// “(NYT)”, “(AP)”, “(APA/dpa, 1.11.2015)” after a sentence.
pub(super) fn tag(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let (start, end) = bracket(scene, phrase.name.tokens.start)?;
    let before = start.checked_sub(1)?;
    let ended = matches!(scene.word(before), "." | "…" | "?" | "!" | ")") || scene.is_mark(before);
    let paragraph = scene.paragraph(start);
    let closes = end >= paragraph.end || matches!(scene.word(end), ".") || scene.is_capitalised(end);
    if !ended || !closes || start == paragraph.start {
        return None;
    }
    let image =
        (scene.sentence(before).start.max(before.saturating_sub(12))..before).any(|at| scene.is(at, IMAGE));
    if image {
        return None;
    }
    let wire = phrase.name.source.kind(scene) == SourceKind::Wire;
    let last = paragraph.end + 60 >= scene.text.tokens().len();
    let hit = Hit::new(start, end, Rule::Tag);
    if wire && last {
        return Some(hit.with_relation(Relation::Wire).with_scope(Scope::Article));
    }
    Some(hit.with_scope(Scope::Paragraph))
}

/// The round brackets around a token that hold nothing but names, dates and slashes.
fn bracket(scene: &Scene<'_>, at: usize) -> Option<(usize, usize)> {
    let mut start = at;
    loop {
        start = start.checked_sub(1)?;
        match scene.word(start) {
            "(" | "[" => break,
            "/" | "," => {}
            word if word.len() <= 5 && scene.is_word(start) => {}
            _ => return None,
        }
        if at - start > 8 {
            return None;
        }
    }
    let mut end = at;
    while end < at + 14 {
        let small = matches!(scene.kind(end), Some(TokenKind::Number | TokenKind::Punctuation));
        if matches!(scene.word(end), ")" | "]") {
            return Some((start, end + 1));
        }
        let fits = small || scene.name_at(end).is_some() || scene.is(end, DAY) || scene.word(end).len() <= 5;
        if !fits {
            return None;
        }
        end += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn a_dateline_is_the_agency_of_the_article() {
        assert_eq!(
            credits("HARBOR CITY (Reuters) - The mayor spoke on Friday."),
            ["Reuters | wire | article | HARBOR CITY (Reuters)"]
        );
    }

    #[test]
    fn a_dateline_of_its_own_is_its_own() {
        use crate::document::Document;
        let document = Document::new("d", "(CNN) The mayor spoke.").with_outlet("CNN (Web News)");
        assert_eq!(crate::credit::check::of(&document), ["CNN | self | article | (CNN)"]);
    }

    #[test]
    fn a_tag_after_a_sentence() {
        assert_eq!(
            credits("“I would go,” he said. (NYT)\n\nMore was to come."),
            ["The New York Times | repeat | paragraph | (NYT)"]
        );
        assert_eq!(sources("Die Insel ist leer. (APA/dpa, 1.11.2015)"), ["APA", "dpa"]);
    }
}
