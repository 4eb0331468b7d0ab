//! Names for things in linked data: URNs in which everything but plain letters is percent-encoded.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::confidence::Confidence;

/// What all names begin with.
const BASE: &str = "urn:quotetrace:";

/// The name of a thing of some kind: `urn:quotetrace:KIND:PART:PART…`. Different parts give different names.
pub(super) fn iri(kind: &str, parts: &[&str]) -> String {
    let mut iri = format!("{BASE}{kind}");
    for part in parts {
        iri.push(':');
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
                iri.push(char::from(byte));
            } else {
                // Writing to a string never fails.
                let _ = write!(iri, "%{byte:02X}");
            }
        }
    }
    iri
}

/// A reference to what is described elsewhere.
pub(super) fn reference(iri: &str) -> Value {
    json!({ "id": iri })
}

/// A confidence as the number it prints as.
pub(super) fn number(confidence: Confidence) -> Value {
    let thousandths = (f64::from(confidence.value()) * 1000.0).round();
    json!(thousandths / 1000.0)
}

/// An address as a thing if it is one that a browser goes to, or else as the text it is.
pub(super) fn address(url: &str) -> Value {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c));
    if is_web && is_plain { reference(url) } else { Value::String(url.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::HOSTILE;

    #[test]
    fn names_are_plain_and_differ_where_what_they_name_does() {
        let mut names: Vec<String> = HOSTILE.iter().map(|text| iri("speaker", &[text])).collect();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:%".contains(c);
        assert!(names.iter().all(|name| name.chars().all(is_plain)));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), HOSTILE.len());
        assert_ne!(iri("a", &["b:c", "d"]), iri("a", &["b", "c:d"]));
    }

    #[test]
    fn only_a_web_address_is_a_thing() {
        assert_eq!(address("https://a.example/?b=c")["id"], "https://a.example/?b=c");
        for bad in ["javascript:alert(1)", "data:text/html,x", "https://a b", "https://a.example/\"><x", ""] {
            assert!(address(bad).is_string(), "{bad}");
        }
    }
}
