//! What the tests of many workers share: articles, and the answer of one process.
#![allow(dead_code, reason = "every test uses its own part of this")]

use quotetrace::{Document, Tracker, export};

/// Articles about a few statements, which they print whole, cut, altered, or with another word.
pub(crate) fn articles(count: usize) -> Vec<Document> {
    const SAID: [&str; 5] = [
        "The night ferry will run until the last of the islanders has a bridge to walk over, and not a day less",
        "Nobody asked the harbour board what the dredging of the outer channel would cost the people of Larkhill",
        "Two thousand families drink from that reservoir, and the council sold the pumps without a vote",
        "I have read the report of the engineers twice and found no bridge in it that would carry a school bus",
        "We kept the lanterns burning through three winters and we will keep them burning through a fourth",
    ];
    const WHO: [&str; 3] = ["Mayor Ada Quill", "Senator Bruno Marsh", "Judge Celia Oakden"];
    let article = |at: usize| {
        let mut text = format!("{} spoke in Larkhill.\n", WHO[at % 3]);
        for turn in 0..2 {
            let said = SAID[(at * (turn + 2) + turn) % SAID.len()];
            let words: Vec<&str> = said.split(' ').collect();
            let printed = match (at + turn) % 4 {
                0 => said.to_owned(),
                1 => words[at % 5..].join(" "),
                2 => said.replace("the ", "that ").replace("two thousand", "three thousand"),
                _ => format!("{} number {at}", words[..words.len() - at % 4].join(" ")),
            };
            text.push_str(&format!("\n“{printed},” {} said.\n", WHO[(at + turn) % 3]));
        }
        if at % 6 == 5 {
            text.push_str(&format!("\nVia Outlet {}.\n", at % 7));
        }
        let time = format!("2026-03-{:02}T{:02}:00:00Z", 1 + at % 9, at % 24).parse().unwrap();
        Document::new(format!("d{at:04}"), text)
            .with_outlet(format!("Outlet {}", at % 8))
            .with_published(time)
    };
    (0..count).map(article).collect()
}

/// A later version of an article.
pub(crate) fn corrected(document: &Document) -> Document {
    Document::new(
        document.id(),
        document.text().replace("Larkhill", "Saltmarsh") + "\nThis article was corrected.\n",
    )
    .with_outlet("Outlet 3")
    .with_published("2026-03-20".parse().unwrap())
}

/// What `trace --format json` writes of the articles, in one process.
pub(crate) fn expected(documents: &[Document]) -> Vec<u8> {
    let mut tracker = Tracker::new();
    for document in documents {
        tracker.update(document.clone()).unwrap();
    }
    let mut bytes = Vec::new();
    export::json(tracker.graph(), &mut bytes).unwrap();
    bytes
}

/// The documents as lines.
pub(crate) fn lines(documents: &[Document]) -> Vec<u8> {
    let line = |document: &Document| serde_json::to_string(document).unwrap() + "\n";
    documents.iter().map(line).collect::<String>().into_bytes()
}
