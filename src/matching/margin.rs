//! How much better a quotation fits where it is than where it fits second best, said of its occurrences.

use std::collections::HashMap;

use super::index::{Fit, Group};
use super::printing::Printing;
use super::utterance::Utterance;

/// The fits of quotations that fit something: by document and by the index of the quotation there.
pub(super) struct Margins<'a>(HashMap<(&'a str, usize), Fit>);

impl<'a> Margins<'a> {
    /// Those of `printings`, which were grouped in this order. O(printings).
    pub(super) fn of(printings: &[&'a Printing], groups: &[Group]) -> Self {
        let members = groups.iter().flat_map(|group| group.members.iter().zip(&group.fits));
        let fits = members.filter(|(_, fit)| fit.evidence > 0.0).filter_map(|(slot, fit)| {
            let printing = printings.get(slot.index())?;
            Some(((printing.document.as_str(), printing.quotation), *fit))
        });
        Self(fits.collect())
    }

    /// Says of each occurrence what is known of its quotation. O(occurrences).
    pub(super) fn note(&self, utterances: &mut [Utterance]) {
        for occurrence in utterances.iter_mut().flat_map(|utterance| &mut utterance.occurrences) {
            if let Some(fit) = self.0.get(&(occurrence.document.as_str(), occurrence.quotation)) {
                // A tenth of a nat is as much as anybody can make of it.
                occurrence.margin = Some((fit.margin() * 10.0).round() / 10.0);
                occurrence.ambiguous = fit.ambiguous;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Frequencies, Occurrence, Printing, gather};
    use crate::quotation::Kind;
    use crate::text::Span;

    fn fragment_of(statements: [&str; 2], fragment: &str) -> Occurrence {
        let print =
            |document, text: &str| Printing::new(document, 0, Kind::Direct, Span::new(0, text.len()), text);
        let [a, b] = statements;
        let printings = [print("a", a), print("b", b), print("c", fragment)];
        let (utterances, _) = gather(&printings, Frequencies::background());
        let mut all = utterances.into_iter().flat_map(|utterance| utterance.occurrences);
        all.find(|occurrence| occurrence.document == "c").unwrap()
    }

    const PIER: &str =
        "Dredging starts in May. A lantern on every pier, that is what we promised the harbour town.";
    const SLOGAN: &str =
        "A lantern on every pier was his slogan, and the walrus watchers never saw one of them lit.";

    #[test]
    fn a_fragment_of_one_statement_says_by_how_much_it_fits_no_other() {
        let found = fragment_of([PIER, SLOGAN], "that is what we promised the harbour town");
        assert!(found.margin.unwrap() > 10.0 && !found.ambiguous, "{found:?}");
    }

    #[test]
    fn a_fragment_of_two_statements_says_that_it_may_be_either() {
        let found = fragment_of([PIER, SLOGAN], "a lantern on every pier");
        assert!(found.margin.unwrap() < 1.0 && found.ambiguous, "{found:?}");
    }

    #[test]
    fn what_fits_nothing_says_nothing() {
        let found = fragment_of([PIER, SLOGAN], "The ferry has never been late in all my years.");
        assert_eq!((found.margin, found.ambiguous), (None, false));
        let json = serde_json::to_value(&found).unwrap();
        assert!(json.get("margin").is_none() && json.get("ambiguous").is_none(), "{json}");
    }
}
