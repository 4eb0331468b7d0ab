//! Quotations that are signed or announced: “… — A. B., The Hill”, “Here’s Politico’s A. B.:”.

use super::{Hit, Phrase, Rule};
use crate::credit::Scope;
use crate::credit::scene::Scene;

/// “— A. B., X” that ends a paragraph.
pub(super) fn signed(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let name = &phrase.name.tokens;
    let paragraph = scene.paragraph(name.start);
    if phrase.end + 1 < paragraph.end || phrase.staff || phrase.possessive {
        return None;
    }
    let floor = paragraph.start.max(name.start.saturating_sub(9));
    let dash =
        (floor..name.start).rev().find(|at| matches!(scene.word(*at), "—" | "–" | "―" | "--" | "~"))?;
    let signature = (dash + 1..name.start).all(|at| {
        scene.is_capitalised(at)
            || matches!(scene.word(at), "," | "." | "in" | "for" | "of" | "the" | "writing" | "via")
    });
    let quoted = dash > paragraph.start && scene.is_mark(dash - 1) || dash == paragraph.start;
    (signature && quoted).then(|| Hit::new(dash, phrase.end, Rule::Line).with_scope(Scope::Quotation))
}

/// “Here’s Politico’s A. B. with more:”, “More from The Hill:” with the words set off below.
pub(super) fn announced(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let sentence = scene.sentence(phrase.name.tokens.start);
    let head = scene.word(sentence.start);
    let opens = matches!(
        head,
        "Here" | "Here's" | "Here’s" | "Via" | "As" | "Per" | "From" | "Now" | "Writes" | "And"
    );
    let last = sentence.end.saturating_sub(1);
    let colon = scene.word(last) == ":" && sentence.end >= scene.paragraph(last).end;
    let short = sentence.len() < 18;
    (opens && colon && short && !phrase.staff).then(|| Hit::new(sentence.start, phrase.end, Rule::Reported))
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn a_signature_credits_the_quotation() {
        assert_eq!(
            credits("“It was a long night for all of us.” — Ada Quill, Politico\n\nMore was to come."),
            ["Politico | repeat | quotation | — Ada Quill, Politico"]
        );
        assert_eq!(sources("“It was a long night.” — Ada Quill, mayor of Troy"), [""; 0]);
    }

    #[test]
    fn an_announcement_credits_what_follows() {
        assert_eq!(
            sources("Here’s Politico’s Ada Quill with more on that:\n\nThe bridge is old."),
            ["Politico"]
        );
        assert_eq!(sources("RELATED: Politico moves house"), [""; 0]);
    }
}
