//! Bytes of a page to text, by what the page and its server say of their encoding.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its `meta` element is looked for (HTML Standard, 13.2.3.2).
const PRESCAN: usize = 1024;

/// The text of a page.
///
/// The encoding is, in this order, that of the byte order mark, UTF-8 if the bytes are (which is hardly ever chance,
/// whatever the page says), the one `declared` (by the server), the one that the page names near its start, UTF-8 if
/// the bytes are but for a few, and windows-1252, the web's own fallback. What cannot be decoded becomes U+FFFD.
/// Linear in the bytes.
#[must_use]
pub fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let named =
        declared.and_then(|name| Encoding::for_label(name.trim().as_bytes())).or_else(|| prescan(bytes));
    let encoding = named.unwrap_or(if is_mostly_utf8(bytes) { UTF_8 } else { WINDOWS_1252 });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding named in a `meta` element near the start.
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..PRESCAN.min(bytes.len()))?.to_ascii_lowercase();
    let start = String::from_utf8_lossy(&start).into_owned();
    let (_, rest) = start.split_once("charset=")?;
    let name: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    Encoding::for_label(name.as_bytes())
}

/// Whether bytes that are not UTF-8 still are so but for a few places, such as a page cut off in the middle.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad.saturating_mul(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_utf8_is_utf8_whatever_the_page_says() {
        let page = "<meta charset=\"iso-8859-1\">“Grüße”";
        assert_eq!(decode(page.as_bytes(), Some("latin1")), page);
    }

    #[test]
    fn the_servers_word_goes_before_the_pages_and_a_wrong_name_is_passed_over() {
        let bytes = b"<meta charset=utf-16>Gr\xfc\xdfe";
        assert!(decode(bytes, Some("iso-8859-1")).ends_with("Grüße"));
        assert!(decode(b"Gr\xfc\xdfe", Some("no such thing")).ends_with("Grüße"));
    }

    #[test]
    fn quotation_marks_of_windows_1252_are_read() {
        assert_eq!(
            decode(b"<meta charset=windows-1252>\x93Yes\x94", None),
            "<meta charset=windows-1252>“Yes”"
        );
        assert_eq!(decode(b"\x93Yes\x94", None), "“Yes”");
    }

    #[test]
    fn a_page_cut_inside_a_character_stays_utf8() {
        let mut bytes = "“Ja”, sagte sie in der Übung für Ältere “".as_bytes().to_vec();
        bytes.pop();
        assert!(decode(&bytes, None).ends_with("Ältere \u{fffd}"));
    }
}
