//! What the first lines of a text file tell: title, byline, a block of `Key: value` lines.

use super::date;
use crate::document::Metadata;
use crate::error::{Error, Result};

/// How many lines from the top may hold the header.
const LINES: usize = 12;

/// The metadata that stand at the top of `text`; the text itself stays as it is.
///
/// A `Source:` line is no metadata: it credits somebody else, and is read as a credit with the text.
pub(super) fn read(text: &str, place: &str) -> Result<Metadata> {
    let mut told = Metadata::default();
    let mut in_block = true;
    for (index, line) in text.lines().take(LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() {
            // A blank line ends the block once it has begun.
            in_block &= index == 0 || !began(&told);
            continue;
        }
        let place = || format!("{place}:{}", index + 1);
        if in_block && take(line, &mut told, place)? {
            continue;
        }
        in_block = false;
        if let Some(author) = byline(line) {
            told.author = told.author.or_else(|| Some(author.to_owned()));
        } else if told.title.is_none() && !is_source(line) {
            told.title = Some(line.to_owned());
        }
    }
    Ok(told)
}

fn began(told: &Metadata) -> bool {
    [&told.outlet, &told.title, &told.url, &told.language].iter().any(|field| field.is_some())
        || told.published.is_some()
}

/// Takes a `Key: value` line; `false` if it is none.
fn take(line: &str, told: &mut Metadata, place: impl Fn() -> String) -> Result<bool> {
    let Some((key, value)) = line.split_once(':') else { return Ok(false) };
    let value = value.trim();
    let field = match key.trim().to_ascii_lowercase().as_str() {
        "outlet" | "publication" | "publisher" | "newspaper" | "site" => &mut told.outlet,
        "title" | "headline" => &mut told.title,
        "url" | "link" => &mut told.url,
        "language" | "lang" => &mut told.language,
        "author" | "byline" => &mut told.author,
        "date" | "published" => {
            let published = date::read(value).ok_or_else(|| Error::BadHeader {
                place: place(),
                reason: format!("{value:?} is no date"),
            })?;
            told.published = Some(published);
            return Ok(true);
        }
        _ => return Ok(false),
    };
    if !value.is_empty() {
        *field = Some(value.to_owned());
    }
    Ok(true)
}

/// The names in a byline: `By Jane Doe`.
fn byline(line: &str) -> Option<&str> {
    let rest = line.get(..3).filter(|by| by.eq_ignore_ascii_case("by "))?;
    let names = line.get(rest.len()..)?.trim();
    let short = names.split_whitespace().count() <= 12 && !names.ends_with(['.', '!', '?', '”', '"']);
    (short && names.starts_with(char::is_uppercase)).then_some(names)
}

fn is_source(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    line.get(..7).is_some_and(|key| key.eq_ignore_ascii_case("source:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Metadata {
        read(text, "f.txt").unwrap()
    }

    #[test]
    fn the_first_line_is_the_title_and_a_by_line_the_author() {
        let told = told("\nFerry to sail again\n\nBy Jane Doe Staff reporter\n\n“Yes,” she said.");
        assert_eq!(told.title.as_deref(), Some("Ferry to sail again"));
        assert_eq!(told.author.as_deref(), Some("Jane Doe Staff reporter"));
    }

    #[test]
    fn a_source_line_is_neither_title_nor_outlet() {
        let told = told("  • Source: The Lantern\nFerry to sail again\nText.");
        assert_eq!((told.title.as_deref(), told.outlet), (Some("Ferry to sail again"), None));
    }

    #[test]
    fn a_first_block_gives_outlet_url_and_date() {
        let told = told(
            "Outlet: Harbor Ledger\nURL: https://ledger.example/1\nDate: June 21, 2019\n\nFerry to sail\n\nDate: never.",
        );
        assert_eq!(told.outlet.as_deref(), Some("Harbor Ledger"));
        assert_eq!(told.url.as_deref(), Some("https://ledger.example/1"));
        assert_eq!(told.published, "2019-06-21".parse().ok());
        assert_eq!(told.title.as_deref(), Some("Ferry to sail"));
    }

    #[test]
    fn a_date_that_is_none_is_an_error_with_its_line_and_value() {
        let error = read("Outlet: Harbor Ledger\nDate: the day after\n", "f.txt").err().unwrap();
        assert_eq!(error.to_string(), "f.txt:2: \"the day after\" is no date");
    }

    #[test]
    fn a_sentence_with_a_colon_is_no_block() {
        assert_eq!(
            told("Mayor: “No ferry”\nBy then it was late.").title.as_deref(),
            Some("Mayor: “No ferry”")
        );
    }
}
