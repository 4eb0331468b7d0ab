//! **Give it articles, and it tells you who said what, in which words each outlet printed it, and which outlet
//! had it from where.**

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
pub mod provenance;
pub mod quotation;
pub mod speaker;
pub mod text;
mod tracker;

pub use analysis::{Analysis, Analyzer, Quotation};
pub use confidence::Confidence;
pub use document::{Document, Link, Published};
pub use error::{Error, Result};
pub use limits::{Limits, Notice};
pub use provenance::ProvenanceGraph;
pub use text::Span;
pub use tracker::Tracker;
