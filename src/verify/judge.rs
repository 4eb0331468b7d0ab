//! The claim placed in a candidate's words: how much of it is there, and what became of the rest.

use super::answer::{Match, Verdict};
use super::candidate::Place;
use super::claim::{Claim, go_together};
use crate::analysis::{Analysis, Quotation};
use crate::document::Document;
use crate::matching::{Edit, Op, Placement, Variant, changes, place};
use crate::text::{Span, Text};

/// The claim placed at a place where it may be; `None` if it has too little of them. With it where it stands in the
/// place. O(n·m) for n words of one and m of
/// the other, as [`place`] bounds it.
pub(super) fn hold(
    claim: &Claim<'_>,
    candidate: &Place<'_>,
    document: &Document,
    analysis: &Analysis,
) -> Option<(Span, Match)> {
    let wording = candidate.wording;
    // A long claim is not placed in every few words: a word takes two bytes with what parts it from the next.
    let most = wording.len().div_ceil(2) as f32;
    if most < claim.options.least_score * claim.words as f32 {
        return None;
    }
    let placed = place(wording, claim.text)?;
    let kept = kept(&placed, wording);
    // Where a stretch ends inside of what is one word in the whole (`e.e.`), its pieces may be more words than that.
    let score = kept as f32 / claim.words.max(theirs(&placed, wording)).max(kept).max(1) as f32;
    if score < claim.options.least_score || kept < claim.options.least_words.min(claim.words) {
        return None;
    }
    let span = candidate.span(placed.at)?;
    let quotation = innermost(analysis, span.start);
    if claim.options.quoted_only && quotation.is_none() {
        return None;
    }
    let speaker = quotation.and_then(|index| analysis.quotations.get(index)).and_then(Quotation::speaker);
    let changes = changes(wording, &placed.edits);
    let edits = placed.edits.into_iter().filter_map(|edit| {
        let at = if edit.at.is_empty() { candidate.point(edit.at.start) } else { candidate.span(edit.at)? };
        Some(Edit::new(edit.op, at, edit.text))
    });
    let edits: Vec<Edit> = edits.collect();
    let verdict = if is_stitched(&edits, document.text(), analysis) {
        Verdict::Spliced
    } else {
        verdict(&placed.variants)
    };
    let found = Match {
        document: document.id().to_owned(),
        span,
        quotation,
        speaker: speaker.map(str::to_owned),
        utterance: None,
        edits,
        changes,
        score: (score * 1000.0).round() / 1000.0,
        verdict,
    };
    Some((placed.at, found))
}

/// The quotation that a place of the text lies in: the innermost one.
fn innermost(analysis: &Analysis, at: usize) -> Option<usize> {
    let all = analysis.quotations.iter().enumerate();
    let around = all.filter(|(_, one)| one.parts.iter().any(|part| part.contains(at)));
    around.min_by_key(|(_, one)| one.span.len()).map(|(index, _)| index)
}

/// Whether dots of the claim bring words together that stand apart: in two quotations that don't go together, one in a
/// quotation and one outside, or in two paragraphs of the outlet's own words.
fn is_stitched(edits: &[Edit], text: &str, analysis: &Analysis) -> bool {
    let inner = edits.windows(3).filter_map(|three| match three {
        [before, elided, after] if elided.op == Op::Elide => Some((before.at, elided.at, after.at)),
        _ => None,
    });
    inner.into_iter().any(|(before, elided, after)| {
        let left = innermost(analysis, before.end.saturating_sub(1).max(before.start));
        match (left, innermost(analysis, after.start)) {
            (None, None) => elided.text(text).contains('\n'),
            (Some(a), Some(b)) if a != b => {
                let both = (analysis.quotations.get(a.min(b)), analysis.quotations.get(a.max(b)));
                let together = matches!(both, (Some(a), Some(b)) if go_together(a, b));
                !together || a.abs_diff(b) > 1
            }
            (a, b) => a != b,
        }
    })
}

/// How many words of the claim are as the document has them.
fn kept(placed: &Placement, wording: &str) -> usize {
    let same = placed.edits.iter().filter(|edit| matches!(edit.op, Op::Keep | Op::Typography));
    same.map(|edit| count(edit.at.text(wording)).min(count(&edit.text))).sum()
}

/// How many words the document has there, those aside that dots stand for.
fn theirs(placed: &Placement, wording: &str) -> usize {
    let elided = placed.edits.iter().filter(|edit| edit.op == Op::Elide);
    let elided: usize = elided.map(|edit| count(edit.at.text(wording))).sum();
    count(placed.at.text(wording)).saturating_sub(elided)
}

pub(super) fn count(text: &str) -> usize {
    Text::new(text).tokens().iter().filter(|token| token.is_word()).count()
}

fn verdict(variants: &[Variant]) -> Verdict {
    let has = |wanted: &[Variant]| variants.iter().any(|variant| wanted.contains(variant));
    if has(&[Variant::Spliced]) {
        Verdict::Spliced
    } else if has(&[Variant::Reworded, Variant::Elided, Variant::Interpolated]) {
        Verdict::Altered
    } else if has(&[Variant::Typographic]) {
        Verdict::Typographic
    } else {
        Verdict::Verbatim
    }
}

/// Whether a span lies before another.
pub(super) const fn is_before(a: Span, b: Span) -> bool {
    a.end <= b.start
}
