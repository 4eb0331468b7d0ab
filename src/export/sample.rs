//! Small stories for the tests of the formats: a plain one, and one in which everything is hostile.

use crate::{Document, ProvenanceGraph, Tracker};

/// Texts that break a careless writer.
pub(super) const HOSTILE: &[&str] = &[
    "",
    "</script><script>alert(1)</script>",
    "<!-- ]]> <![CDATA[ &amp; &#60; \" '",
    "evil\"]; b [URL=\"https://x.example",
    "back\\slash\\\\ \\N \\\"",
    "a,b;c\td\r\ne\nf\u{85}g\u{2028}h\u{2029}i",
    "\0\u{1}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{9b}",
    "\u{202e}turned\u{202c} \u{2066}apart\u{2069} \u{200f}\u{61c}",
    "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{feff}",
    "=1+1|cmd",
    "'=1+1",
    "+1",
    "-2 degrees",
    "@sum",
    "\t=1",
    "＝1+1",
    "𝄞 naïve — “ünïcode”",
];

/// Two articles, one utterance, a credit.
pub(super) fn documents() -> Vec<Document> {
    let date = |date: &str| date.parse().unwrap();
    vec![
        Document::new("a", "“The old bridge will close for good in May,” said Mayor Ada Quill.")
            .with_outlet("The Harbor Ledger")
            .with_title("Bridge to close")
            .with_url("https://ledger.example/bridge?a=1&b=2")
            .with_published(date("2026-03-01")),
        Document::new(
            "b",
            "Così è. “The old bridge will close for good in May,” Mayor Ada Quill told Reuters. She wrote on Twitter: “Nobody will miss the rust and the noise of it.”",
        )
        .with_outlet("Northfield Courier")
        .with_published(date("2026-03-02T08:30:00Z")),
    ]
}

/// An article for every hostile text, which is its id, outlet, title and part of what is said.
pub(super) fn hostile_documents() -> Vec<Document> {
    let document = |(number, hostile): (usize, &&str)| {
        let said = format!("We will not close the ferry line this year {hostile} and nobody asked us to");
        let text = format!("“{said},” Mayor Ada Quill told the Harbor Ledger. {hostile}\n\n“{said}.”");
        Document::new(format!("{number}{hostile}"), text)
            .with_outlet(format!("{hostile}Outlet"))
            .with_title(*hostile)
            .with_url(format!("javascript:alert('{hostile}')"))
    };
    HOSTILE.iter().enumerate().map(document).collect()
}

/// The graph of [`documents`].
pub(super) fn graph() -> ProvenanceGraph {
    of(documents())
}

/// The graph of [`hostile_documents`].
pub(super) fn hostile() -> ProvenanceGraph {
    of(hostile_documents())
}

fn of(documents: Vec<Document>) -> ProvenanceGraph {
    let mut tracker = Tracker::new();
    assert!(tracker.add_all(documents).is_empty());
    tracker.graph().clone()
}
