//! Floor 4: fingerprints, the index, verdicts on pairs, alignment, variants, utterances.
//!
//! # What a link is
//! Two quotations are **linked** if they share words that are no coincidence. How telling the shared words are is
//! counted in information (nats): a word adds what it tells given the word before it, by an explicit table of
//! [`Frequencies`]. “Greenhouse gas emissions” tells little more than “greenhouse”; a stock phrase tells too little
//! to link anything. [`verify`] says so for a pair: it aligns the two (dots and brackets announce where words are
//! missing or put in; misspellings count as the word they stand for), sums what the common words tell, and asks
//!
//! 1. whether that is more than a collection of this size has by chance (a few nats beyond the logarithm of the
//!    number of texts that the table was learned from), and
//! 2. whether it is most of the shorter of the two: containment of parts, not resemblance of wholes, so that eight
//!    words out of eighty are a match; or else whether the two overlap end to end by a long run.
//!
//! The verdict is symmetric and depends on the pair and the table, nothing else.
//!
//! # From links to utterances
//! [`QuoteIndex`] finds the linked pairs among many quotations and groups them. Longest first, each quotation joins
//! the group of the known ones that fits it best. A fragment has one parent and never bridges two; one that fits two
//! groups equally well is ambiguous and stays alone. Near-equals (most of *either* is in common) merge freely. The
//! groups are a function of the set of links, so order changes nothing. [`assemble`] then makes a group's canonical
//! wording and places every printing at its interval of it.
//!
//! ```
//! use quotetrace::matching::{assemble, Frequencies, Printing, QuoteIndex};
//! use quotetrace::quotation::Kind;
//! use quotetrace::Span;
//!
//! let print = |document, text: &str| Printing::new(document, 0, Kind::Direct, Span::new(0, text.len()), text);
//! let printings = [
//!     print("ledger", "We kept the ferry running all winter, and not one crossing was cancelled."),
//!     print("courier", "not one crossing was canceled"),
//!     print("herald", "The dredging levy pays for dredging and for nothing else."),
//! ];
//! let mut index = QuoteIndex::new(Frequencies::background().clone());
//! for printing in &printings {
//!     index.insert(&printing.text);
//! }
//! let groups = index.groups();
//! assert_eq!(groups.len(), 2);
//! for group in groups {
//!     let members: Vec<Printing> = group.members.iter().map(|slot| printings[slot.index()].clone()).collect();
//!     assert_eq!(assemble(&members).len(), 1);
//! }
//! ```

mod align;
mod assemble;
mod ballot;
mod candidates;
mod chain;
mod change;
mod common;
mod contraction;
mod echo;
mod edit;
mod fingerprint;
mod forms;
mod frequency;
mod gather;
mod index;
pub(crate) mod leb128;
mod link;
mod margin;
mod meeting;
#[cfg(test)]
mod oracle;
mod partial;
mod passages;
mod postings;
mod printing;
mod reported;
mod resolve;
mod sequence;
mod spelling;
#[cfg(test)]
mod stress;
mod succession;
mod table;
mod utterance;
mod verdict;
mod vocabulary;
mod voices;
mod votes;
mod words;

pub use align::{CELLS, Pair, align};
pub use assemble::assemble;
pub use candidates::{Candidates, IndexLimits};
pub use change::{Change, changes};
pub(crate) use edit::has_word;
pub use edit::{Placement, place};
pub use fingerprint::fingerprints;
pub use frequency::{Counts, Frequencies};
pub use gather::{gather, gather_linked};
pub use index::{Fit, Group, QuoteIndex, Slot};
pub use link::{Link, LinkKind, verify};
pub use meeting::{FirstPrinting, Meeting, Reducer, first_printings};
pub use partial::{Linked, Partial, merge};
pub(crate) use passages::{Likely, Passages};
#[cfg(feature = "store")]
pub(crate) use passages::{Listed, Lists, likely};
pub use printing::Printing;
#[doc(hidden)]
pub use reported::{Spoken, report_features};
pub use utterance::{Edit, Occurrence, Op, Utterance, Variant};

/// The version of word keys, fingerprints and verdicts: two releases of one version agree.
pub const VERSION: u32 = 2;
