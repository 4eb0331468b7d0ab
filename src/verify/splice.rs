//! The pieces of a claim that may come from several places.

use super::answer::Match;
use super::judge::{count, is_before};
use crate::matching::{Edit, Op};
use crate::text::Text;

/// The shortest piece that tells a splice, in words: fewer stand somewhere by chance.
const LEAST: usize = 4;
/// … and the shortest between dots, which say themselves that something was cut there.
const LEAST_BETWEEN_DOTS: usize = 3;
/// The most pieces that are looked for.
pub(super) const MOST: usize = 32;

/// The pieces that a claim's own dots and sentences make; empty if they make fewer than two, or one is too short.
pub(super) fn pieces(claim: &str) -> Vec<&str> {
    let dotted = between_dots(claim);
    let least = if dotted.len() > 1 { LEAST_BETWEEN_DOTS } else { LEAST };
    let sentences = dotted.iter().flat_map(|piece| {
        let text = Text::new(piece);
        let spans: Vec<&str> = text
            .sentences()
            .iter()
            .filter_map(|tokens| text.span_of(tokens.clone()))
            .map(|span| span.text(piece))
            .collect();
        spans
    });
    whole(sentences, least)
}

/// The pieces that are left where the longest run of words is cut out that the best match has not.
pub(super) fn cut<'a>(claim: &'a str, best: &Match) -> Vec<&'a str> {
    let foreign = |edit: &Edit| matches!(edit.op, Op::Insert | Op::Replace);
    let (mut at, mut longest) = (0, (0, 0..0));
    for edit in &best.edits {
        let end = at + edit.text.len();
        if foreign(edit) && count(&edit.text) > longest.0 {
            longest = (count(&edit.text), at..end);
        }
        at = end;
    }
    let (words, run) = longest;
    if words < LEAST {
        return Vec::new();
    }
    let parts = [claim.get(..run.start), claim.get(run.clone()), claim.get(run.end..)];
    whole(parts.into_iter().flatten(), LEAST)
}

/// The pieces that have words; none if they are fewer than two or one is too short.
fn whole<'a>(pieces: impl Iterator<Item = &'a str>, least: usize) -> Vec<&'a str> {
    let pieces: Vec<&str> = pieces
        .map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|piece| !piece.is_empty())
        .collect();
    let good = pieces.len() > 1 && pieces.iter().take(MOST).all(|piece| count(piece) >= least);
    if good { pieces } else { Vec::new() }
}

/// Whether dots say that words were left out.
pub(super) fn has_dots(claim: &str) -> bool {
    between_dots(claim).len() > 1
}

/// What stands between the dots that say that words were left out: “…”, three full stops or more, spaced or not.
fn between_dots(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut stops, mut start) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '.' => {
                start = if stops == 0 { at } else { start };
                stops += 1;
            }
            '…' => {
                start = if stops == 0 { at } else { start };
                stops += 3;
            }
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if stops > 0 => {}
            _ => {
                if stops > 2 {
                    pieces.push(text.get(from..start).unwrap_or_default());
                    from = at;
                }
                stops = 0;
            }
        }
    }
    pieces.push(text.get(from..if stops > 2 { start } else { text.len() }).unwrap_or_default());
    pieces.retain(|piece| piece.chars().any(char::is_alphanumeric));
    pieces
}

/// Whether one quotation of one document has all the pieces, in order: then something was left out, no more.
pub(super) fn is_one_place(pieces: &[Vec<Match>]) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return false };
    first.iter().filter(|one| one.quotation.is_some()).any(|one| {
        let mut last = one;
        rest.iter().all(|piece| {
            let goes_on = |next: &&Match| {
                (&next.document, next.quotation) == (&one.document, one.quotation)
                    && is_before(last.span, next.span)
            };
            match piece.iter().filter(goes_on).min_by_key(|next| next.span.start) {
                Some(next) => {
                    last = next;
                    true
                }
                None => false,
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_and_sentences_make_pieces() {
        for dots in ["…", " … ", "...", " . . . ", " [...] ", ". … "] {
            let claim = format!("We kept the ferry running{dots}not one crossing was cancelled.");
            assert_eq!(
                pieces(&claim),
                ["We kept the ferry running", "not one crossing was cancelled"],
                "{dots}"
            );
        }
        let two = "We kept the ferry running. Nobody asked about the lights.";
        assert_eq!(pieces(two), ["We kept the ferry running", "Nobody asked about the lights"]);
        assert_eq!(pieces("We kept … the ferry running"), [""; 0]);
        assert_eq!(pieces("We kept the ferry running"), [""; 0]);
        assert_eq!(pieces("… we kept the ferry running …"), [""; 0]);
    }
}
