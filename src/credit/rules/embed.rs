//! Posts that are set into the text: “— A. B. (@handle) March 11, 2019”, “A. B. (@handle) …”, `<tweet …>`.

use super::{Candidate, Rule};
use crate::credit::SourceKind;
use crate::credit::lexicon::EMBED;
use crate::credit::scene::Scene;
use crate::text::TokenKind;

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for at in scene.all::<EMBED>() {
        let tokens = match scene.word(at) {
            "(" if scene.word(at + 1) == "@" => signature(scene, at),
            "<" if scene.word(at + 1) == "tweet" && scene.word(at + 2).starts_with("tweet") => {
                let close = (at..at + 30).find(|at| scene.word(*at) == ">");
                close.map(|close| at..close + 1)
            }
            _ => None,
        };
        if let Some(tokens) = tokens {
            // “(@quill.bsky.social)”: the handle says where it was posted
            let bluesky = tokens.clone().any(|at| scene.word(at) == "bsky");
            let platform = if bluesky { "Bluesky" } else { "Twitter" };
            out.push(Candidate::channel(tokens, platform, SourceKind::Platform, Rule::Embed));
        }
    }
}

/// The name before a handle and the date after it; a handle alone in a running sentence is none.
fn signature(scene: &Scene<'_>, open: usize) -> Option<std::ops::Range<usize>> {
    let close = (open..open + 8).find(|at| scene.word(*at) == ")")?;
    let paragraph = scene.paragraph(open);
    let floor = paragraph.start.max(open.saturating_sub(9));
    let dash = (floor..open).rev().find(|at| matches!(scene.word(*at), "—" | "–" | "-" | "―"));
    let month = |at: usize| scene.is(at, crate::credit::lexicon::DAY) && scene.is_capitalised(at);
    let number = |at: usize| scene.kind(at) == Some(TokenKind::Number);
    let dated = (month(close + 1) && number(close + 2)) || (number(close + 1) && month(close + 2));
    if let (Some(dash), true) = (dash, dated) {
        let mut end = close + 3;
        while end < close + 6 && (scene.word(end) == "," || number(end)) {
            end += 1;
        }
        return Some(dash..end);
    }
    // the post itself comes after its author, who opens the paragraph
    let opens = open - paragraph.start <= 6 && open > paragraph.start;
    let named = opens && (paragraph.start..open).all(|at| scene.is_capitalised(at) || !scene.is_word(at));
    (named && close + 3 < paragraph.end && !scene.is_mark(close + 1)).then_some(paragraph.start..close + 1)
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn signatures_of_embedded_posts() {
        assert_eq!(
            credits("Curious why. Break them up. — Ada Quill (@adaquill) March 11, 2019"),
            ["Twitter | channel | quotation | — Ada Quill (@adaquill) March 11, 2019"]
        );
        assert_eq!(sources("Break them up. — Ada Quill (@quill.bsky.social) March 11, 2026"), ["Bluesky"]);
        assert_eq!(sources("Write to Ada Quill (@adaquill) for more."), [""; 0]);
    }
}
