//! What the documents themselves say: which credit governs which printing.

use std::collections::BTreeMap;

use super::printing::Printings;
use crate::credit::{Credit, Relation, Scope};
use crate::document::Document;
use crate::provenance::name::outlet_key;
use crate::text::Span;

/// One credit of a source for one printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The printing.
    pub(super) printing: u32,
    /// The credit, as an index into all.
    pub(super) credit: u32,
    /// The source's name, as a number.
    pub(super) source: u64,
    /// Whether it governs the whole article.
    pub(super) whole: bool,
    /// Whether it is carried on from another quotation of the same speaker.
    pub(super) is_carried: bool,
}

/// What one document says of its printings' sources.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    /// Repeats, in order of printing; the narrowest credits of each.
    pub(super) claims: Vec<Claim>,
    /// Printings of which the document says that it has them itself, in order.
    pub(super) own: Vec<u32>,
    /// The agencies whose copy this is.
    pub(super) wire: Vec<u64>,
}

impl Stated {
    /// Reads the credits of `document`, whose index is `number`; `first` is the index of its first credit among
    /// all. O(credits × printings of a paragraph), and log of all printings.
    pub(super) fn of(
        document: &Document,
        number: u32,
        credits: &[Credit],
        first: usize,
        printings: &Printings,
    ) -> Self {
        let own_outlet = document.outlet().map(outlet_key);
        let mut stated = Self::default();
        let mut narrow: BTreeMap<u32, Vec<Claim>> = BTreeMap::new();
        let mut whole: Vec<(u32, u64)> = Vec::new();
        let mut channelled: Vec<u32> = Vec::new();
        let page = if credits.is_empty() {
            Page { lines: Vec::new(), by_quotation: Vec::new(), number, printings }
        } else {
            Page::new(document.text(), number, printings)
        };
        for (index, credit) in credits.iter().enumerate() {
            let source = outlet_key(&credit.source);
            let is_own = credit.relation == Relation::Own || Some(source) == own_outlet;
            let index = u32::try_from(first + index).unwrap_or(u32::MAX);
            match credit.relation {
                // The speaker's own channel: whatever else is credited is not for this quotation.
                Relation::Channel => {
                    if credit.quotation.is_some() {
                        channelled.extend(page.governed(credit));
                    }
                }
                // Who had the story first is not whom these words are from.
                Relation::Origin if credit.scope == Scope::Article && !is_own => {}
                Relation::Wire if !is_own => stated.wire.push(source),
                _ if is_own => {
                    if credit.scope != Scope::Article {
                        stated.own.extend(page.governed(credit));
                    }
                }
                _ if credit.scope == Scope::Article => {
                    if whole.len() < MOST && !whole.iter().any(|&(_, known)| known == source) {
                        whole.push((index, source));
                    }
                }
                _ => {
                    for printing in page.governed(credit) {
                        let claims = narrow.entry(printing).or_default();
                        if claims.len() < MOST && !claims.iter().any(|claim| claim.source == source) {
                            claims.push(Claim {
                                printing,
                                credit: index,
                                source,
                                whole: false,
                                is_carried: false,
                            });
                        }
                    }
                }
            }
        }
        stated.own.sort_unstable();
        stated.own.dedup();
        channelled.sort_unstable();
        page.carry(&mut narrow, &stated.own, &channelled);
        for &printing in printings.by_document.get(number as usize).into_iter().flatten() {
            match narrow.remove(&printing) {
                Some(claims) => stated.claims.extend(claims),
                None if stated.own.binary_search(&printing).is_ok() => {}
                None => stated.claims.extend(whole.iter().map(|&(credit, source)| Claim {
                    printing,
                    credit,
                    source,
                    whole: true,
                    is_carried: false,
                })),
            }
        }
        stated.claims.sort_by_key(|claim| claim.printing);
        stated
    }
}

/// How many sources of one printing are taken in.
const MOST: usize = 4;

struct Page<'a> {
    lines: Vec<Span>,
    /// The printings of the document's quotations, in order of quotation and place.
    by_quotation: Vec<(u32, u32)>,
    number: u32,
    printings: &'a Printings,
}

impl<'a> Page<'a> {
    fn new(text: &str, number: u32, printings: &'a Printings) -> Self {
        let mut by_quotation = Vec::new();
        for &id in printings.by_document.get(number as usize).into_iter().flatten() {
            let quotations = printings.get(id).map_or(&[][..], |printing| printings.quotations(printing));
            by_quotation.extend(quotations.iter().map(|&quotation| (quotation, id)));
        }
        // Stable: those of one quotation stay in order of place.
        by_quotation.sort_by_key(|(quotation, _)| *quotation);
        Self { lines: lines(text), by_quotation, number, printings }
    }

    /// The printings of a quotation, in order of place. O(log n).
    fn of_quotation(&self, quotation: usize) -> Vec<u32> {
        let from = self.by_quotation.partition_point(|(at, _)| (*at as usize) < quotation);
        let rest = self.by_quotation.iter().skip(from);
        rest.take_while(|(at, _)| *at as usize == quotation).map(|(_, id)| *id).collect()
    }

    /// The printings that a credit of less than the article governs: those of its quotation, else those of its
    /// paragraph, else those of the next paragraph, else of the one before.
    fn governed(&self, credit: &Credit) -> Vec<u32> {
        let ours = self.printings.by_document.get(self.number as usize).map_or(&[][..], Vec::as_slice);
        if let Some(quotation) = credit.quotation {
            let found = self.of_quotation(quotation);
            if !found.is_empty() || credit.scope == Scope::Quotation {
                return found;
            }
        }
        let here = self.lines.partition_point(|line| line.end < credit.span.start);
        let near = [Some(here), here.checked_add(1), here.checked_sub(1)];
        let lines = near.into_iter().flatten().filter_map(|index| self.lines.get(index));
        lines.map(|&line| self.on(line, ours)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Carries a credit on to the other quotations of the same speaker: who “told the paper” one thing told it the
    /// rest too, unless the document names another source for it, or two for that speaker. `own` and `channelled` are in
    /// order.
    fn carry(&self, narrow: &mut BTreeMap<u32, Vec<Claim>>, own: &[u32], channelled: &[u32]) {
        let speaker = |id: &u32| self.printings.get(*id).and_then(|p| p.speaker);
        let mut by_speaker: BTreeMap<u64, Option<Claim>> = BTreeMap::new();
        for (id, claims) in &*narrow {
            for claim in claims {
                let Some(speaker) = speaker(id) else { continue };
                let known = by_speaker.entry(speaker).or_insert(Some(*claim));
                if known.is_some_and(|known| known.source != claim.source) {
                    *known = None;
                }
            }
        }
        for id in self.printings.by_document.get(self.number as usize).into_iter().flatten() {
            let has_another = own.binary_search(id).is_ok() || channelled.binary_search(id).is_ok();
            if has_another || narrow.contains_key(id) {
                continue;
            }
            let claim = speaker(id).and_then(|speaker| by_speaker.get(&speaker).copied().flatten());
            if let Some(claim) = claim {
                narrow.insert(*id, vec![Claim { printing: *id, is_carried: true, ..claim }]);
            }
        }
    }

    /// Of `ours`, in order of place, those that begin on `line`.
    fn on(&self, line: Span, ours: &[u32]) -> Vec<u32> {
        let place = |id: &u32| self.printings.get(*id).map_or(0, |p| p.place);
        let from = ours.partition_point(|id| place(id) < line.start);
        ours.iter().skip(from).take_while(|id| place(id) < line.end).copied().collect()
    }
}

/// The lines of a text that are not blank.
fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push(Span::new(at, at + line.len()));
        }
        at += line.len();
    }
    lines
}
