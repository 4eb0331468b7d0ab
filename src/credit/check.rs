//! What the tests of the rules share: a text in, its credits out, in short.

use super::{OutletTable, find};
use crate::document::Document;
use crate::limits::Limits;
use crate::quotation;
use crate::text::Text;

/// The credits of a document, each as `source | relation | scope | evidence`.
pub(super) fn of(document: &Document) -> Vec<String> {
    let text = Text::new(document.text());
    let (stretches, _) = quotation::find(&text, &Limits::DEFAULT);
    let word = |value: &dyn erased::Name| value.name();
    find(&text, &stretches, document, OutletTable::shipped())
        .iter()
        .map(|credit| {
            let (relation, scope) = (word(&credit.relation), word(&credit.scope));
            let evidence = credit.span.text(document.text());
            format!("{} | {relation} | {scope} | {evidence}", credit.source)
        })
        .collect()
}

/// The credits of a text of an outlet that nobody knows.
pub(super) fn credits(text: &str) -> Vec<String> {
    of(&Document::new("d", text).with_outlet("The Harbor Ledger"))
}

/// The sources alone.
pub(super) fn sources(text: &str) -> Vec<String> {
    let first = |credit: &String| credit.split(" | ").next().unwrap_or("").to_owned();
    credits(text).iter().map(first).collect()
}

/// The quotation that each governs.
pub(super) fn links(text: &str) -> Vec<Option<usize>> {
    let document = Document::new("d", text).with_outlet("The Harbor Ledger");
    let text = Text::new(document.text());
    let (stretches, _) = quotation::find(&text, &Limits::DEFAULT);
    let credits = find(&text, &stretches, &document, OutletTable::shipped());
    credits.iter().map(|credit| credit.quotation).collect()
}

mod erased {
    pub(super) trait Name {
        fn name(&self) -> String;
    }

    impl<T: serde::Serialize> Name for T {
        fn name(&self) -> String {
            serde_json::to_string(self).unwrap().trim_matches('"').to_owned()
        }
    }
}
