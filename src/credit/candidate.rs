//! What rules propose, before it is decided what governs what.

use std::ops::Range;

use super::name::Source;
use super::{Relation, Scope, SourceKind};

/// Which idea found a credit; the order is that in which one goes before another where they overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rule {
    Line,
    Dateline,
    Tag,
    Contributed,
    Embed,
    Told,
    Given,
    By,
    Interview,
    According,
    Reported,
    ReportOf,
    Via,
    Citing,
    Anaphor,
    Post,
    Press,
    Document,
    Event,
}

/// Who is credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Credited {
    /// An outlet.
    Outlet(Source),
    /// A platform, document or event, by its words.
    Label(String),
}

/// A credit that a rule proposes.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The words that give it.
    pub(super) tokens: Range<usize>,
    pub(super) credited: Credited,
    pub(super) kind: SourceKind,
    pub(super) rule: Rule,
    /// The relation, where the rule knows it better than the source does.
    pub(super) relation: Option<Relation>,
    /// The scope, where the rule knows it.
    pub(super) scope: Option<Scope>,
}

impl Candidate {
    pub(super) fn channel(
        tokens: Range<usize>,
        label: impl Into<String>,
        kind: SourceKind,
        rule: Rule,
    ) -> Self {
        Self {
            tokens,
            credited: Credited::Label(label.into()),
            kind,
            rule,
            relation: Some(Relation::Channel),
            scope: None,
        }
    }
}
