//! Whether an alteration touches the meaning: a negation, a number, a modal verb, the subject.

use serde::{Deserialize, Serialize};

use super::edit::words;
use super::utterance::{Edit, Op};
use crate::text::{key, key_of};

/// A change of wording that changes what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Change {
    /// A negation was dropped or put in.
    Negation,
    /// A number was changed, dropped or put in.
    Number,
    /// A modal verb was changed, dropped or put in: `may` to `will`.
    Modality,
    /// Somebody or something else is spoken of: `we` to `they`.
    Subject,
}

/// The changes of meaning that `edits` make, in the order of [`Change`]. `wording` is what they start from.
///
/// Words left out with dots, and words in brackets, are marked as such by the outlet and are no changes here.
/// O(length of the edits).
///
/// ```
/// use quotetrace::matching::{changes, place, Change};
///
/// let wording = "We will not close 12 schools.";
/// let placed = place(wording, "We may close 21 schools.").unwrap();
/// assert_eq!(changes(wording, &placed.edits), [Change::Negation, Change::Number, Change::Modality]);
/// ```
#[must_use]
pub fn changes(wording: &str, edits: &[Edit]) -> Vec<Change> {
    let mut found = Vec::new();
    for edit in edits {
        if !matches!(edit.op, Op::Delete | Op::Insert | Op::Replace) {
            continue;
        }
        let (before, after) = (edit.at.text(wording), edit.text.as_str());
        for change in [Change::Negation, Change::Number, Change::Modality, Change::Subject] {
            // A subject that goes with everything around it (a clause left out) is no other subject.
            if change == Change::Subject && edit.op != Op::Replace {
                continue;
            }
            if tell(before, change) != tell(after, change) {
                found.push(change);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What `text` has to tell of one kind, in a form that compares.
fn tell(text: &str, change: Change) -> Vec<u64> {
    let mut told: Vec<u64> = words(text)
        .iter()
        .filter_map(|word| {
            let printed = word.span.text(text);
            match change {
                // Which negation does not matter: how many there are does.
                Change::Negation => is_negation(word.key, printed).then_some(0),
                Change::Number => is_number(word.key, printed).then(|| number(word.key, printed)),
                Change::Modality => modal(word.key, printed),
                Change::Subject => (SUBJECTS.contains(&word.key) || is_name(printed)).then_some(word.key),
            }
        })
        .collect();
    told.sort_unstable();
    told
}

fn is_negation(word: u64, printed: &str) -> bool {
    NEGATIONS.contains(&word) || printed.ends_with("n't") || printed.ends_with("n’t")
}

/// The modal verb that a word is, without its negation: “can't” and “cannot” are “can”, “won't” is “will”.
fn modal(word: u64, printed: &str) -> Option<u64> {
    const IRREGULAR: [(u64, u64); 6] = [
        (key("cannot"), key("can")),
        (key("can't"), key("can")),
        (key("cant"), key("can")),
        (key("won't"), key("will")),
        (key("wont"), key("will")),
        (key("shan't"), key("shall")),
    ];
    let irregular = IRREGULAR.iter().find(|(form, _)| *form == word).map(|(_, modal)| *modal);
    let base = || printed.strip_suffix("n't").or_else(|| printed.strip_suffix("n’t")).map_or(word, key_of);
    Some(irregular.unwrap_or_else(base)).filter(|modal| MODALS.contains(modal))
}

fn is_number(word: u64, printed: &str) -> bool {
    printed.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.iter().any(|&(name, _)| name == word)
}

/// The value of a number where it is small and spelled out, so that `twelve` is `12`; else the word itself.
fn number(word: u64, printed: &str) -> u64 {
    if let Some(&(_, value)) = NUMBERS.iter().find(|&&(name, _)| name == word) {
        return value;
    }
    let digits: String = printed.chars().filter(|c| *c != ',').collect();
    digits.parse().ok().filter(|_| is_grouped(printed)).unwrap_or(word)
}

/// Whether the commas of a number part groups of digits, as in “1,200,000” or “1,50,000”: not so in “1,5”.
fn is_grouped(printed: &str) -> bool {
    printed.rsplit_once(',').is_none_or(|(front, last)| {
        last.len() == 3 && front.split(',').skip(1).all(|group| matches!(group.len(), 2 | 3))
    })
}

fn is_name(printed: &str) -> bool {
    let mut chars = printed.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

const NEGATIONS: &[u64] = &[
    key("not"),
    key("no"),
    key("never"),
    key("none"),
    key("nobody"),
    key("nothing"),
    key("nowhere"),
    key("neither"),
    key("nor"),
    key("without"),
    key("hardly"),
    key("barely"),
    key("scarcely"),
    key("cannot"),
    key("cant"),
    key("dont"),
    key("wont"),
    key("nicht"),
    key("nie"),
    key("niemals"),
    key("nichts"),
    key("niemand"),
    key("kein"),
    key("keine"),
    key("keinen"),
    key("keiner"),
    key("keinem"),
    key("ohne"),
    key("weder"),
    key("pas"),
    key("jamais"),
    key("rien"),
    key("aucun"),
    key("aucune"),
    key("sans"),
];

const MODALS: &[u64] = &[
    key("may"),
    key("might"),
    key("can"),
    key("could"),
    key("will"),
    key("would"),
    key("shall"),
    key("should"),
    key("must"),
    key("perhaps"),
    key("probably"),
    key("possibly"),
    key("certainly"),
    key("kann"),
    key("können"),
    key("könnte"),
    key("könnten"),
    key("darf"),
    key("dürfen"),
    key("muss"),
    key("müssen"),
    key("soll"),
    key("sollen"),
    key("sollte"),
    key("wird"),
    key("werden"),
    key("würde"),
    key("würden"),
    key("peut"),
    key("peuvent"),
    key("pourrait"),
    key("doit"),
    key("doivent"),
    key("devrait"),
];

const SUBJECTS: &[u64] = &[
    key("i"),
    key("we"),
    key("you"),
    key("he"),
    key("she"),
    key("they"),
    key("it"),
    key("ich"),
    key("wir"),
    key("er"),
    key("sie"),
    key("es"),
    key("je"),
    key("nous"),
    key("vous"),
    key("il"),
    key("elle"),
    key("ils"),
    key("elles"),
];

const NUMBERS: &[(u64, u64)] = &[
    (key("one"), 1),
    (key("two"), 2),
    (key("three"), 3),
    (key("four"), 4),
    (key("five"), 5),
    (key("six"), 6),
    (key("seven"), 7),
    (key("eight"), 8),
    (key("nine"), 9),
    (key("ten"), 10),
    (key("eleven"), 11),
    (key("twelve"), 12),
    (key("thirteen"), 13),
    (key("fourteen"), 14),
    (key("fifteen"), 15),
    (key("sixteen"), 16),
    (key("seventeen"), 17),
    (key("eighteen"), 18),
    (key("nineteen"), 19),
    (key("twenty"), 20),
    (key("thirty"), 30),
    (key("forty"), 40),
    (key("fifty"), 50),
    (key("sixty"), 60),
    (key("seventy"), 70),
    (key("eighty"), 80),
    (key("ninety"), 90),
    (key("hundred"), 100),
    (key("thousand"), 1_000),
    (key("million"), 1_000_000),
    (key("billion"), 1_000_000_000),
    (key("zwei"), 2),
    (key("drei"), 3),
    (key("vier"), 4),
    (key("fünf"), 5),
    (key("zehn"), 10),
    (key("zwölf"), 12),
    (key("hundert"), 100),
    (key("tausend"), 1_000),
    (key("deux"), 2),
    (key("trois"), 3),
    (key("quatre"), 4),
    (key("cinq"), 5),
    (key("dix"), 10),
    (key("cent"), 100),
    (key("mille"), 1_000),
];

#[cfg(test)]
mod tests {
    use super::super::edit::place;
    use super::*;

    fn changed(wording: &str, printing: &str) -> Vec<Change> {
        changes(wording, &place(wording, printing).unwrap().edits)
    }

    #[test]
    fn a_negation_dropped_or_put_in() {
        assert_eq!(changed("we will not sell it", "we will sell it"), [Change::Negation]);
        assert_eq!(changed("they can sell it", "they can't sell it"), [Change::Negation]);
        assert_eq!(changed("she had hardly left", "she had left"), [Change::Negation]);
        assert_eq!(changed("they sell with no permit", "they sell without a permit"), []);
    }

    #[test]
    fn a_contraction_says_the_same() {
        for (long, short) in [
            ("we cannot sell the ferry", "we can't sell the ferry"),
            ("we will not sell the ferry", "we won’t sell the ferry"),
            ("they should not sell the ferry", "they shouldn't sell the ferry"),
            ("it does not sail", "it doesn't sail"),
        ] {
            assert_eq!(changed(long, short), [], "{long} / {short}");
            assert_eq!(changed(short, long), [], "{short} / {long}");
        }
    }

    #[test]
    fn a_number_by_its_value() {
        assert_eq!(changed("all 12 ferries sail", "all twelve ferries sail"), []);
        assert_eq!(changed("all 12 ferries sail", "all 20 ferries sail"), [Change::Number]);
        assert_eq!(changed("some 5 boats sank", "some five boats sank"), []);
        assert_eq!(changed("it cost 12,000 crowns", "it cost 12000 crowns"), []);
        assert_eq!(changed("it cost nine million crowns", "it cost nine billion crowns"), [Change::Number]);
        assert_eq!(changed("it cost 1,200,000 crowns", "it cost 1200000 crowns"), []);
        assert_eq!(changed("it cost 1,50,000 crowns", "it cost 150000 crowns"), []);
        assert_eq!(changed("it cost 1,5 million crowns", "it cost 15 million crowns"), [Change::Number]);
    }

    #[test]
    fn a_modal_and_a_subject() {
        assert_eq!(changed("we may sell the ferry", "we will sell the ferry"), [Change::Modality]);
        assert_eq!(changed("we sell the ferry", "they sell the ferry"), [Change::Subject]);
    }

    #[test]
    fn what_the_outlet_marks_as_its_own_is_no_change() {
        assert_eq!(
            changed("he will sell the ferry not the bridge", "[Doe] will sell the ferry … the bridge"),
            []
        );
    }
}
