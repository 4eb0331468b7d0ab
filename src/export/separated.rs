//! Rows of comma-separated values, as RFC 4180 has them.

use std::borrow::Cow;
use std::io::Write;

use super::careful::is_bidi;
use crate::error::Result;

/// Writes a row. Every text is one cell, whatever it holds.
///
/// There is no escape in CSV: control characters but line breaks and tabs, and direction marks, become U+FFFD.
pub(super) fn row<'a, W: Write>(out: &mut W, cells: impl IntoIterator<Item = Cow<'a, str>>) -> Result<()> {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            write!(out, ",")?;
        }
        let is_lost = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || is_bidi(c);
        let cell = if cell.contains(is_lost) {
            Cow::Owned(cell.replace("\r\n", "\n").replace(is_lost, "\u{fffd}"))
        } else {
            cell
        };
        if cell.contains(['"', ',', ';', '\n', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(out, "{cell}")?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands before one that would be, and before one
/// that has such apostrophes already. To read it back, drop one apostrophe from what [`is_formula`] holds of.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a text begins as a formula, apostrophes aside: the characters of OWASP's page on CSV injection.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::HOSTILE;

    #[test]
    fn a_real_reader_gets_every_cell_back_but_for_what_cannot_be_shown() {
        let mut written = Vec::new();
        row(&mut written, HOSTILE.iter().map(|text| Cow::Borrowed(*text))).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        let [read] = rows.as_slice() else { panic!("{} rows", rows.len()) };
        assert_eq!(read.len(), HOSTILE.len());
        for (read, hostile) in read.iter().zip(HOSTILE) {
            let lost = |c: char| c.is_control() && !"\n\t".contains(c) || is_bidi(c);
            assert_eq!(read, hostile.replace("\r\n", "\n").replace(lost, "\u{fffd}"));
        }
    }

    #[test]
    fn no_cell_is_a_formula_and_each_can_be_had_back() {
        for text in HOSTILE.iter().chain(&["'", "''=x", "'twas"]) {
            let cell = guarded(text);
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']), "{cell:?}");
            let back = if is_formula(&cell) { cell.strip_prefix('\'').unwrap() } else { &cell };
            assert_eq!(back, *text);
        }
    }
}
