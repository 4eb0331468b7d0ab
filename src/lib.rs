//! **Give it articles, and it tells you who said what, in which words each outlet printed it, and which outlet
//! had it from where.** Analysis takes time linear in the length of an article whatever is in it; matching takes
//! time in proportion to the matches there are, with a cap; nothing panics, and no limit is hit in silence.
//!
//! # Overview
//!
//! Three types carry the way:
//!
//! * [`Document`] is one article as it came in. Its text is never altered, and every span points into it, in bytes.
//! * [`Analysis`] is what an [`Analyzer`] makes of it: its quotations, who says them, and its credits.
//! * [`ProvenanceGraph`] is what comes of many: utterances with all their printings, and who has what from whom.
//!
//! [`Tracker`] is the front door to all of it.
//!
//! # Example: one article
//!
//! ```
//! use quotetrace::{Analyzer, Document};
//! use quotetrace::quotation::Kind;
//!
//! let document = Document::new(
//!     "ledger-1",
//!     "“We will not close the ferry,” Mayor Ada Quill said on Monday. She called the plan “a raft with no paddles.”",
//! );
//! let analysis = Analyzer::new().analyze(&document);
//! let [first, second] = &analysis.quotations[..] else { panic!("two quotations") };
//! assert_eq!((first.kind, first.speaker()), (Kind::Direct, Some("Ada Quill")));
//! assert_eq!((second.kind, second.speaker()), (Kind::Mixed, Some("Ada Quill")));
//! assert_eq!(second.span.text(document.text()), "“a raft with no paddles.”");
//! ```
//!
//! # Example: many articles
//!
//! ```
//! use quotetrace::{Document, Tracker};
//! use quotetrace::matching::Variant;
//!
//! let mut tracker = Tracker::new();
//! tracker.add(
//!     Document::new("a", "“Not one of those two thousand people has a second way to work,” said Ada Quill.")
//!         .with_published("2026-03-01".parse()?),
//! )?;
//! tracker.add(
//!     Document::new("b", "“Not one of those two-thousand people has a second way to work,” Ada Quill said.")
//!         .with_published("2026-03-02".parse()?),
//! )?;
//! let graph = tracker.graph();
//! let utterance = &graph.utterances()[0];
//! assert_eq!(utterance.occurrences.len(), 2);
//! assert_eq!(utterance.occurrences[1].variants, [Variant::Typographic]);
//! # Ok::<(), quotetrace::Error>(())
//! ```
//!
//! # Example: who changed the words
//!
//! ```
//! use quotetrace::matching::{changes, place, Change};
//!
//! let said = "We will not close the ferry line this year";
//! let placed = place(said, "We will close the ferry line").expect("words in common");
//! assert_eq!(placed.at.text(said), "We will not close the ferry line");
//! assert_eq!(changes(said, &placed.edits), [Change::Negation]);
//! ```
//!
//! # Stage by stage
//!
//! Whoever wants one stage uses that stage alone: [`text`], [`quotation`], [`mention`], [`speaker`], [`credit`],
//! [`matching`], [`provenance`], [`export`], [`input`]. Data goes through them once, upwards.
//!
//! # On many machines
//!
//! [`stages`] has the whole way as map, reduce and merge, for engines that exist: the same bytes as in one process.
//!
//! # Crate features
//!
//! None is on by default.
//!
//! * `html` reads saved web pages (`input::html`), and lets [`input::read`] take `.html` files. It pulls in the parser
//!   and the readability scoring of `dom_smoothie`, and `encoding_rs` for the legacy encodings of the web.
//! * `store` gives a [`Tracker`] that survives (`Tracker::open`): documents, analyses, rulings and earlier versions in
//!   one file, every change a transaction. It pulls in `redb` and `postcard`, in pure Rust, and
//!   needs Rust 1.90.
//! * `dataflow` lets the example `dataflow` be built: the stages on timely and differential-dataflow.
//!
//! # Untrusted input
//!
//! Articles are written by strangers. What is promised:
//!
//! * **No panic, no abort, no unsafe code** on any text. Reading the words of an article never fails; only
//!   configuration, input and output return a [`Result`].
//! * **Linear work.** Time and memory of an analysis grow with the length of the text. What could grow faster is
//!   bounded by [`Limits`], and a limit that was hit is a [`Notice`] in the result.
//! * **The same bytes for the same input**, on any number of threads, in any order of insertion.
//! * **Well-formed exports.** Whatever a text holds, it is escaped.
//!
//! What is not promised: memory for the documents themselves, which a [`Tracker`] keeps; that a text made to
//! deceive a reader does not deceive this one; and speed against words that were searched for so that they fall together in
//! a table of matching: its hashes are fixed, so that the same words have the same keys on every machine, and who knows them
//! can make it slow, not wrong.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod analysis;
mod confidence;
pub mod credit;
mod document;
mod error;
pub mod export;
pub mod input;
mod limits;
pub mod matching;
pub mod mention;
pub mod model;
mod name;
mod parallel;
mod progress;
pub mod provenance;
pub mod quotation;
pub mod revision;
pub mod speaker;
pub mod stages;
#[cfg(feature = "store")]
#[cfg_attr(docsrs, doc(cfg(feature = "store")))]
pub mod store;
pub mod text;
mod tracker;
mod verify;
mod watch;

pub use analysis::{Analysis, Analyzer, Quotation};
pub use confidence::Confidence;
pub use document::{Document, Link, Published};
pub use error::{Error, Result};
pub use limits::{Limits, Notice};
pub use name::Name;
pub use progress::{Progress, Stage};
pub use provenance::ProvenanceGraph;
pub use text::Span;
pub use tracker::Tracker;
pub use verify::{Match, Verdict, Verification, VerifyOptions};
pub use watch::{Arrival, Header, Seen, Sighting, Watch};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// What is public can be shared between threads.
const _: () = {
    const fn shared<T: Send + Sync + std::panic::UnwindSafe>() {}
    shared::<Analysis>();
    shared::<Analyzer>();
    shared::<Confidence>();
    shared::<Document>();
    shared::<Limits>();
    shared::<Link>();
    shared::<Name>();
    shared::<Notice>();
    shared::<ProvenanceGraph>();
    shared::<Published>();
    shared::<Quotation>();
    shared::<Span>();
    shared::<Verification>();
    shared::<Watch>();
    shared::<credit::OutletTable>();
    shared::<mention::identity::People>();
    // What follows a failure, or writes to a store, is not the same after a panic in its midst.
    const fn sent<T: Send + Sync>() {}
    sent::<Error>();
    sent::<Tracker>();
};
