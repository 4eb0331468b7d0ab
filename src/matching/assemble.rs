//! Utterances from printings, the way a genome comes from reads.
//!
//! One outlet prints four sentences as one quotation, the next splits them over three paragraphs, a third prints
//! two of them. Given printings that matching has linked, directly or through others, this takes the longest
//! wording as the backbone, lays every other along it, lets those that run over an end make it longer, and places
//! each at its interval. What does not fit (a part that holds places of two utterances) is cut off and assembled
//! by itself. The result is a function of the set of printings: their order does not matter.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::align::{Pair, align};
use super::ballot::most_likely;
use super::edit::{Word, place, words};
use super::printing::{Part, Printing};
use super::utterance::{Edit, Occurrence, Op, Utterance, Variant};
use crate::quotation::Kind;
use crate::text::{Span, key};

/// How many utterances one group is cut into at the most; what is left then stands for itself.
const ROUNDS: usize = 64;
/// The fewest words that stand for themselves when a part is cut, and that two wordings must share to be joined.
const PIECE: usize = 4;
/// The fewest words that make a backbone longer.
const OVERHANG: usize = 2;

/// Assembles one group of linked printings into utterances, usually one.
///
/// Every printing, or every piece of one, is an occurrence of exactly one of them, placed at its interval with its
/// edits. Indirect speech never lends its words to the canonical wording if a printing with marks is there.
/// Utterances come in order of their wording. O(p · n · m) for p printings of n words and a canonical wording of m.
///
/// ```
/// use quotetrace::matching::{assemble, Printing};
/// use quotetrace::quotation::Kind;
/// use quotetrace::Span;
///
/// let print = |document, text: &str| Printing::new(document, 0, Kind::Direct, Span::new(0, text.len()), text);
/// let group = [
///     print("a", "We kept the ferry running. Not one trip was cancelled"),
///     print("b", "Not one trip was cancelled all winter long."),
///     print("c", "kept the ferry running"),
/// ];
/// let utterances = assemble(&group);
/// assert_eq!(utterances.len(), 1);
/// assert_eq!(utterances[0].text, "We kept the ferry running. Not one trip was cancelled all winter long.");
/// assert_eq!(utterances[0].occurrences[2].at.text(&utterances[0].text), "kept the ferry running");
/// ```
#[must_use]
pub fn assemble(group: &[Printing]) -> Vec<Utterance> {
    assembled(group.to_vec())
}

/// What [`assemble`] gives.
pub(super) fn assembled(group: Vec<Printing>) -> Vec<Utterance> {
    let mut left = wordings(group);
    let mut utterances = Vec::new();
    while !left.is_empty() {
        let rest = if utterances.len() + 1 < ROUNDS { &left[..] } else { left.get(..1).unwrap_or(&[]) };
        let (utterance, mut over) = one(rest);
        over.extend(left.iter().skip(rest.len()).flat_map(|wording| wording.printings.iter().cloned()));
        utterances.extend(utterance);
        left = wordings(over);
    }
    utterances.sort_by(|a, b| (&a.text, &a.id).cmp(&(&b.text, &b.id)));
    utterances
}

/// Printings of the very same words, in whatever marks and case.
struct Wording {
    words: Vec<Word>,
    keys: Vec<u64>,
    text: String,
    /// The words that a part after the first begins with: what stands before them is the outlet's doing.
    joints: Vec<usize>,
    printings: Vec<Printing>,
}

impl Wording {
    fn of(printings: Vec<Printing>) -> Option<Self> {
        let best = best_printed(&printings)?;
        let text = best.text.clone();
        let words = words(&text);
        let joint = |part: &Part| words.iter().position(|word| word.span.start >= part.at.start);
        let joints = best.parts.iter().skip(1).filter_map(joint).filter(|&at| at > 0).collect();
        let keys = words.iter().map(|word| word.key).collect();
        Some(Self { words, keys, text, joints, printings })
    }

    /// What stands between the word at `after` and the one before it; from the last word on for one past it.
    fn between(&self, after: usize) -> Span {
        let start = after.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |w| w.span.end);
        Span::new(start, self.words.get(after).map_or(self.text.len(), |word| word.span.start))
    }

    /// Indirect speech is no backbone while there is anything else.
    fn is_marked(&self) -> bool {
        self.printings.iter().any(|printing| printing.kind != Kind::Indirect)
    }

    /// Words that the speaker did not say, or that are left out, make a wording a worse backbone.
    fn is_tampered(&self) -> bool {
        self.text.contains(['[', '…']) || self.text.contains("...") || self.text.contains(". . .")
    }

    fn span(&self, words: std::ops::Range<usize>) -> Span {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}

/// The one whose form most printings have, those printed in one go before those that an outlet divided, the first in
/// alphabetical order on a tie.
fn best_printed(printings: &[Printing]) -> Option<&Printing> {
    let mut count: BTreeMap<(bool, &str), (usize, &Printing)> = BTreeMap::new();
    for printing in printings {
        let form = (printing.parts.len() == 1, printing.text.as_str());
        count.entry(form).or_insert((0, printing)).0 += 1;
    }
    let best = count.iter().max_by_key(|&(form, entry)| (form.0, entry.0, std::cmp::Reverse(form.1)))?;
    Some(best.1.1)
}

/// Printings by wording, the best backbone first.
fn wordings(printings: Vec<Printing>) -> Vec<Wording> {
    let mut by_words: BTreeMap<Vec<u64>, Vec<Printing>> = BTreeMap::new();
    for printing in printings {
        let keys = words(&printing.text).iter().map(|word| word.key).collect();
        by_words.entry(keys).or_default().push(printing);
    }
    let mut wordings: Vec<Wording> = by_words.into_values().filter_map(Wording::of).collect();
    wordings.sort_by(|a, b| {
        let rank =
            |w: &Wording| (!w.is_marked(), std::cmp::Reverse(w.keys.len()), w.is_tampered(), w.joints.len());
        rank(a).cmp(&rank(b)).then_with(|| a.text.cmp(&b.text))
    });
    wordings
}

/// The utterance of the first wording and all that fit it; what is left over, whole or in pieces.
fn one(wordings: &[Wording]) -> (Option<Utterance>, Vec<Printing>) {
    let Some((first, rest)) = wordings.split_first() else { return (None, Vec::new()) };
    let mut canonical = mended(first, rest);
    for other in rest.iter().filter(|wording| wording.is_marked() && !wording.is_tampered()) {
        if let Some(longer) = lengthened(&canonical, other) {
            canonical = longer;
        }
    }
    // A comma that leads over to the outlet's own words is none of the speaker's.
    canonical.truncate(canonical.trim_end_matches([',', ';', '–', '—', ' ']).len());
    let (keys, mut placed, mut over) = (keys_of(&canonical), Vec::new(), Vec::new());
    for (index, wording) in wordings.iter().enumerate() {
        // The backbone fits itself, even if it has no word at all.
        let whole = (index == 0).then_some(0..wording.keys.len());
        let Some(fit) = whole.or_else(|| fit(&keys, wording)) else {
            over.extend(wording.printings.iter().cloned());
            continue;
        };
        for printing in &wording.printings {
            // The places of the words are the same in every printing of a wording.
            let printed = words(&printing.text);
            let cut = |range: std::ops::Range<usize>| {
                let start =
                    if range.start == 0 { 0 } else { printed.get(range.start).map_or(0, |w| w.span.start) };
                let end = printed.get(range.end).map_or(printing.text.len(), |w| w.span.start);
                let piece = Span::new(start, end);
                let trimmed = piece.text(&printing.text).trim_end();
                Span::new(start, start + trimmed.len())
            };
            if fit == (0..printed.len()) {
                placed.push(printing.clone());
                continue;
            }
            placed.push(printing.piece(cut(fit.clone())));
            for rest in [0..fit.start, fit.end..printed.len()] {
                if rest.len() >= PIECE {
                    over.push(printing.piece(cut(rest)));
                }
            }
        }
    }
    (Some(utterance(canonical, placed)), over)
}

/// The text of a wording, with what stands at its joints, and dots at its end, as those who print the words in one go
/// have it: most of them, the first in alphabetical order on a tie.
fn mended(wording: &Wording, others: &[Wording]) -> String {
    let mut text = wording.text.clone();
    let end = wording.keys.len();
    let dotted = has_dots(wording.between(end).text(&wording.text));
    // From the last to the first, so that what is before stays where it is.
    for at in dotted.then_some(end).into_iter().chain(wording.joints.iter().rev().copied()) {
        let gap = wording.between(at);
        let own = gap.text(&wording.text);
        let supported = supported(wording, at, others);
        // Without support: a comma before a new sentence led over to the outlet's own words.
        let next = wording.words.get(at).map_or("", |word| word.span.text(&wording.text));
        let starts = next.starts_with(char::is_uppercase)
            && !matches!(next.as_bytes(), [b'I'] | [b'I', b'\'' | 0xe2, ..]);
        let closed = (starts && own.starts_with(',')).then(|| own.replacen(',', ".", 1));
        if let Some(better) = supported.map(str::to_owned).or(closed) {
            text.replace_range(gap.start..gap.end, &better);
        }
    }
    text
}

/// What most others print between the two words at a joint (after the last word, for one past it).
fn supported<'a>(wording: &Wording, at: usize, others: &'a [Wording]) -> Option<&'a str> {
    let before = at.checked_sub(1)?;
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for other in others.iter().filter(|other| other.is_marked()) {
        for (place, key) in other.keys.iter().enumerate() {
            let is_here = Some(key) == wording.keys.get(before)
                && other.keys.get(place + 1) == wording.keys.get(at)
                // A word more, so that an everyday pair elsewhere is not taken for this one.
                && (before == 0 || place == 0 || other.keys.get(place - 1) == wording.keys.get(before - 1));
            if is_here && !other.joints.contains(&(place + 1)) {
                let between = other.between(place + 1).text(&other.text);
                if !has_dots(between) {
                    *votes.entry(between).or_default() += other.printings.len();
                }
            }
        }
    }
    votes.into_iter().max_by_key(|&(text, votes)| (votes, std::cmp::Reverse(text))).map(|(text, _)| text)
}

fn has_dots(text: &str) -> bool {
    text.contains('…') || text.contains("..") || text.contains(". .")
}

fn keys_of(text: &str) -> Vec<u64> {
    words(text).iter().map(|word| word.key).collect()
}

/// Which of its words a wording gives of the canonical one: all of them, or the stretch that fits; `None` if too
/// little does.
fn fit(canonical: &[u64], wording: &Wording) -> Option<std::ops::Range<usize>> {
    let length = wording.keys.len();
    if length == 0 {
        return None;
    }
    let pairs = align(canonical, &wording.keys, &[]);
    let indirect = !wording.is_marked();
    let (first, last) = core(&pairs)?;
    let inside = pairs.iter().filter(|pair| (first..=last).contains(&pair.b)).count();
    // Indirect speech was linked by more than its words.
    if indirect || 2 * inside >= length && length - (last + 1 - first) < 2 * PIECE {
        return Some(0..length);
    }
    (inside >= PIECE && 2 * inside > last + 1 - first).then_some(first..last + 1)
}

/// From the first to the last word of the runs of pairs, stray pairs at the ends left out.
fn core(pairs: &[Pair]) -> Option<(usize, usize)> {
    let near = |x: &Pair, y: &Pair| y.b - x.b <= 2 && y.a - x.a <= 3;
    let runs: Vec<&[Pair]> = pairs.chunk_by(near).collect();
    let longest = runs.iter().map(|run| run.len()).max()?;
    let solid = |run: &&&[Pair]| run.len() >= longest.min(3);
    let first = runs.iter().find(solid)?.first()?;
    let last = runs.iter().rev().find(solid)?.last()?;
    Some((first.b, last.b))
}

/// The canonical wording made longer by one that overlaps an end of it and runs on.
fn lengthened(canonical: &str, other: &Wording) -> Option<String> {
    let ours = words(canonical);
    let pairs = align(&keys_of(canonical), &other.keys, &[]);
    let (first, last) = core(&pairs)?;
    let start = pairs.iter().find(|pair| pair.b == first)?;
    let end = pairs.iter().rev().find(|pair| pair.b == last)?;
    let overlap = pairs.len();
    if overlap < PIECE {
        return None;
    }
    // What is over must begin, or end, right where the canonical wording does.
    if end.a + 1 == ours.len() && other.keys.len() - (last + 1) >= OVERHANG && 2 * overlap >= end.a - start.a
    {
        let head = canonical.get(..ours.get(end.a)?.span.end)?;
        let from = other.span(last..last + 1).end;
        return Some(format!("{head}{}", other.text.get(from..)?));
    }
    if start.a == 0 && first >= OVERHANG && 2 * overlap >= end.a - start.a {
        let until = other.span(first..first + 1).start;
        let tail = canonical.get(ours.first()?.span.start..)?;
        return Some(format!("{}{tail}", other.text.get(..until)?));
    }
    None
}

fn utterance(text: String, printings: Vec<Printing>) -> Utterance {
    let (speaker, confidence) = most_likely(&printings);
    // Nearly all print the same few wordings.
    let mut before = HashMap::new();
    let mut occurrences: Vec<Occurrence> =
        printings.iter().flat_map(|printing| occurrences(&text, printing, &mut before)).collect();
    occurrences.sort_by(|a, b| (&a.document, a.span).cmp(&(&b.document, b.span)));
    occurrences.shrink_to_fit();
    Utterance { id: id(&text).into(), text, speaker, person: None, confidence, occurrences }
}

/// Where a wording stands in an utterance, with its edits and what they amount to.
type Placed = (Span, Arc<[Edit]>, Vec<Variant>);

/// Places a wording; one without a word in common (indirect speech, say) stands for the whole.
fn placed(text: &str, printed: &str) -> Placed {
    if let Some(placement) = place(text, printed) {
        return (placement.at, placement.edits.into(), placement.variants);
    }
    let whole = Span::new(0, text.len());
    let op = if text == printed { Op::Keep } else { Op::Replace };
    (whole, [Edit::new(op, whole, printed)].into(), vec![Variant::Reworded])
}

/// An occurrence for every part of a printing; `before` has the wordings that were placed already.
fn occurrences<'p>(
    text: &str,
    printing: &'p Printing,
    before: &mut HashMap<&'p str, Placed>,
) -> Vec<Occurrence> {
    let occurrence = |part: &Part| {
        let printed = part.at.text(&printing.text);
        let (at, edits, mut variants) =
            before.entry(printed).or_insert_with(|| placed(text, printed)).clone();
        if printing.kind == Kind::Indirect {
            variants.retain(|variant| matches!(variant, Variant::Truncated));
            variants.push(Variant::Reported);
        }
        Occurrence {
            document: printing.document.clone(),
            quotation: part.quotation,
            kind: printing.kind,
            speaker: printing.speaker.clone(),
            span: part.span,
            at,
            variants,
            edits,
            margin: None,
            ambiguous: false,
        }
    };
    printing.parts.iter().map(occurrence).collect()
}

/// An id made from the words alone.
fn id(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in words(text) {
        joined.push_str(word.span.text(text).to_lowercase().as_str());
        joined.push(' ');
    }
    format!("u{:016x}", key(&joined))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BACKBONE: &str = "We kept the ferry running through the storm. Not one trip was cancelled. The bridge, on the \
         other hand, will stay closed until the spring";

    fn print(document: &str, text: &str) -> Printing {
        Printing::new(document, 0, Kind::Direct, Span::new(100, 100 + text.len()), text)
    }

    #[test]
    fn parts_of_one_statement_are_one_utterance_with_a_place_each() {
        let utterances = assemble(&[
            print("b", "Not one trip was cancelled."),
            print("a", BACKBONE),
            print("c", "will stay closed until the spring"),
        ]);
        assert_eq!(utterances.len(), 1);
        let places: Vec<&str> = utterances[0].occurrences.iter().map(|o| o.at.text(BACKBONE)).collect();
        assert_eq!(places, [BACKBONE, "Not one trip was cancelled.", "will stay closed until the spring"]);
    }

    #[test]
    fn a_part_of_two_utterances_is_cut_in_two() {
        let utterances = assemble(&[
            print("a", BACKBONE),
            print("b", "Nobody told us about the new harbour fees. Not one trip was cancelled."),
            print("c", "Nobody told us about the new harbour fees."),
        ]);
        let shape: Vec<(usize, &str)> =
            utterances.iter().map(|u| (u.occurrences.len(), u.occurrences[1].document.as_str())).collect();
        assert_eq!(shape, [(2, "c"), (2, "b")]);
        let cut = &utterances[1].occurrences[1];
        assert_eq!(cut.span, Span::new(143, 170));
        assert_eq!(cut.at.text(&utterances[1].text), "Not one trip was cancelled.");
    }

    #[test]
    fn indirect_speech_is_placed_and_lends_no_words() {
        let mut reported = print(
            "b",
            "the mayor's office had kept the ferry running through the whole of the storm, and that there would be more",
        );
        reported.kind = Kind::Indirect;
        let utterances = assemble(&[reported, print("a", "We kept the ferry running through the storm")]);
        assert_eq!(utterances.len(), 1);
        assert_eq!(utterances[0].text, "We kept the ferry running through the storm");
        assert_eq!(utterances[0].occurrences[1].variants, [Variant::Reported]);
    }

    #[test]
    fn printings_without_a_word_stand_for_themselves() {
        assert_eq!(assemble(&[print("a", "…"), print("b", "!"), print("c", "")]).len(), 1);
        assert_eq!(assemble(&[]), []);
    }

    #[test]
    fn a_split_quotation_is_read_as_one_and_placed_part_by_part() {
        let split = Printing::new("a", 0, Kind::Direct, Span::new(1, 26), "We kept the ferry running")
            .with_part(Span::new(40, 66), "and not one trip was lost.");
        let utterances = assemble(&[split, print("b", "not one trip was lost")]);
        assert_eq!(utterances.len(), 1);
        assert_eq!(utterances[0].text, "We kept the ferry running and not one trip was lost.");
        let spans: Vec<Span> = utterances[0].occurrences.iter().map(|o| o.span).collect();
        assert_eq!(spans, [Span::new(1, 26), Span::new(40, 66), Span::new(100, 121)]);
    }

    #[test]
    fn a_joint_has_the_punctuation_of_those_who_print_it_in_one_go() {
        let divided = |document: &str| {
            Printing::new(document, 0, Kind::Direct, Span::new(1, 31), "The ferry leaves at the usual hour,")
                .with_part(Span::new(50, 90), "Nobody will be left on the pier … .")
        };
        // With nobody to ask, a comma before a new sentence becomes a stop.
        assert_eq!(
            assemble(&[divided("a"), divided("b")])[0].text,
            "The ferry leaves at the usual hour. Nobody will be left on the pier … ."
        );
        let whole = print("c", "leaves at the usual hour! Nobody will be left on the pier.");
        assert_eq!(
            assemble(&[divided("a"), divided("b"), whole])[0].text,
            "The ferry leaves at the usual hour! Nobody will be left on the pier."
        );
    }

    #[test]
    fn the_canonical_wording_counts_its_support() {
        let utterance =
            assemble(&[print("a", BACKBONE), print("b", "Not one trip was cancelled.")]).remove(0);
        let support: Vec<(&str, usize)> =
            utterance.support().into_iter().map(|(span, count)| (span.text(BACKBONE), count)).collect();
        assert_eq!(support[1], ("Not one trip was cancelled.", 2));
        assert_eq!(support.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 2, 1]);
    }

    #[test]
    fn forty_fragments_and_the_statement_are_one_utterance_with_a_place_each() {
        let list = words(BACKBONE);
        let mut group = vec![print("z", BACKBONE)];
        for at in 0..40 {
            let from = at % (list.len() - 6);
            let span = list[from].span.cover(list[from + 5].span);
            group.push(print(&format!("d{at:02}"), span.text(BACKBONE)));
        }
        let utterances = assemble(&group);
        assert_eq!(utterances.len(), 1);
        assert_eq!(utterances[0].text, BACKBONE);
        assert_eq!(utterances[0].occurrences.len(), 41);
        for occurrence in &utterances[0].occurrences {
            let printed = &group.iter().find(|p| p.document == occurrence.document).unwrap().text;
            assert_eq!(occurrence.at.text(BACKBONE), printed);
        }
    }

    proptest! {
        #[test]
        fn the_order_of_printings_changes_nothing(
            texts in proptest::collection::vec("[a-c]{0,2}( [a-c]{1,2}){0,12}", 1..8),
            turn in 0_usize..8,
        ) {
            let group: Vec<Printing> = texts.iter().enumerate().map(|(i, t)| print(&format!("d{i}"), t)).collect();
            let mut turned = group.clone();
            turned.rotate_left(turn % group.len());
            turned.reverse();
            prop_assert_eq!(assemble(&group), assemble(&turned));
        }

        #[test]
        fn every_printing_is_somewhere_and_its_edits_give_it(
            texts in proptest::collection::vec("[a-c]{0,2}([ ,.…]{1,2}[a-c]{1,2}){0,12}", 1..8),
        ) {
            let group: Vec<Printing> = texts.iter().enumerate().map(|(i, t)| print(&format!("d{i}"), t)).collect();
            let utterances = assemble(&group);
            for printing in &group {
                let found = utterances.iter().flat_map(|u| &u.occurrences).any(|o| o.document == printing.document);
                prop_assert!(found);
            }
            for utterance in &utterances {
                for o in &utterance.occurrences {
                    let printing = group.iter().find(|p| p.document == o.document).unwrap();
                    let printed = Span::new(o.span.start - 100, o.span.end - 100).text(&printing.text);
                    let edited: String = o.edits.iter().map(|edit| edit.text.as_str()).collect();
                    prop_assert_eq!(edited, printed);
                }
            }
        }
    }
}
