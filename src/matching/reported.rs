//! Indirect speech and the quotation that it reports: the same speaker, the same days, and most of the telling words,
//! whatever person and tense the outlet has put them in.

use std::collections::HashMap;

use super::edit::words;
use super::frequency::Frequencies;
use crate::text::key_of;

/// What a word must tell by itself, in nats, to count.
const TELLING: f32 = 6.5;
/// What the words in common must tell together.
const LEAST: f32 = 17.0;
/// The share of what the indirect words tell that must be in common.
const SHARE: f32 = 0.36;

/// The telling words of a text, by stem.
pub(super) struct Gist(HashMap<u64, f32>);

impl Gist {
    /// Reads a text. O(n).
    pub(super) fn of(text: &str, table: &Frequencies) -> Self {
        let mut gist = HashMap::new();
        for word in words(text) {
            let printed = word.span.text(text);
            let told = table.information(printed);
            if told >= TELLING {
                gist.insert(stem(printed), told);
            }
        }
        Self(gist)
    }

    /// What the words of this indirect speech that `statement` has too tell together, if that is enough to report it.
    pub(super) fn reports(&self, statement: &Self) -> Option<f32> {
        let mut all: Vec<(u64, f32)> = self.0.iter().map(|(stem, told)| (*stem, *told)).collect();
        // In a fixed order, so that the sum is the same everywhere.
        all.sort_unstable_by_key(|(stem, _)| *stem);
        let total: f32 = all.iter().map(|(_, told)| told).sum();
        let common: Vec<f32> =
            all.iter().filter(|(stem, _)| statement.0.contains_key(stem)).map(|(_, told)| *told).collect();
        let shared: f32 = common.iter().sum();
        (common.len() >= 2 && shared >= LEAST && shared >= SHARE * total).then_some(shared)
    }
}

/// A word without the endings that person, tense and number change: its first six letters.
fn stem(word: &str) -> u64 {
    let lower = word.to_lowercase();
    let base = ["ing", "ed", "es", "s"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending).filter(|base| base.chars().count() >= 4))
        .unwrap_or(&lower);
    let end = base.char_indices().nth(6).map_or(base.len(), |(at, _)| at);
    key_of(base.get(..end).unwrap_or(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports(indirect: &str, statement: &str) -> bool {
        let table = Frequencies::background();
        Gist::of(indirect, table).reports(&Gist::of(statement, table)).is_some()
    }

    #[test]
    fn person_and_tense_make_no_difference() {
        let statement =
            "I have directed the harbor master to suspend every dredging contract until the audit is done";
        assert!(reports("that she had directed the harbor master to suspend dredging contracts", statement));
    }

    #[test]
    fn everyday_words_in_common_report_nothing() {
        assert!(!reports(
            "that the city would do what was right",
            "We will do what is right for the people of this city"
        ));
    }
}
