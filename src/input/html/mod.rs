//! Web pages to documents (feature `html`): the article's text with its paragraphs, hyperlinks and quoted blocks, and
//! what the page says of itself.
//!
//! The text that comes out is the document's text, to which every span refers; the page itself is not kept.

mod body;
mod charset;
mod guard;
mod linked_data;
mod markup;
mod metadata;
mod render;

pub use charset::decode;

use dom_query::Document as Page;

use crate::credit::OutletTable;
use crate::document::{Document, Metadata};
use crate::error::{Error, Result};

/// The longest page that is read, in bytes.
pub const MAX_BYTES: usize = 16 << 20;

/// The article of a web page.
///
/// `id` becomes the document's id; `address` is where the page was found, if that is known, and serves where the page
/// doesn't name its own. Title, outlet, date, author, language and canonical address are read from JSON-LD, Open
/// Graph, `meta` and `time` elements; an outlet that the page doesn't name is known by its domain. A clock without a
/// zone gives the day alone. Elements nested too deep are unwrapped, their text kept.
///
/// Linear in the page but for Readability's scoring, whose depth is bounded; at most [`MAX_BYTES`].
///
/// ```
/// use quotetrace::input::html;
///
/// let page = "<html lang=en><meta property=og:site_name content='The Harbor Ledger'>
///     <article><h1>Ferry stays</h1><p>“We will not close the ferry line this year or the next, and not one sailing will
///     be cancelled,” said Mayor Ada Quill on Monday.</p><p>As <a href='https://lantern.example/1'>the Lantern</a>
///     reported, the commission had asked for it.</p></article>";
/// let document = html::article(page, "a", Some("https://ledger.example/ferry"))?;
/// assert_eq!(document.outlet(), Some("The Harbor Ledger"));
/// assert_eq!(document.links()[0].span.text(document.text()), "the Lantern");
/// # Ok::<(), quotetrace::Error>(())
/// ```
///
/// # Errors
/// [`Error::TooLong`] for a page of more than [`MAX_BYTES`], [`Error::NoText`] for one without words.
pub fn article(html: &str, id: &str, address: Option<&str>) -> Result<Document> {
    let (metadata, text) = read(html, id, address)?;
    metadata.document(id.to_owned(), text)
}

/// What a page tells of its article, and the article's text.
pub(super) fn read(html: &str, place: &str, address: Option<&str>) -> Result<(Metadata, String)> {
    if html.len() > MAX_BYTES {
        return Err(Error::TooLong { place: place.to_owned(), limit: MAX_BYTES as u64 });
    }
    let page = Page::from(guard::flatten(html, guard::Bounds::DEFAULT).as_ref());
    let mut metadata = metadata::read(&page, address);
    let rendered = body::read(&page, metadata.url.as_deref().or(address));
    if rendered.text.is_empty() {
        return Err(Error::NoText { place: place.to_owned() });
    }
    metadata.outlet = metadata.outlet.or_else(|| outlet_of(metadata.url.as_deref()?));
    metadata.links = Some(rendered.links);
    metadata.blocks = Some(rendered.blocks);
    Ok((metadata, rendered.text))
}

/// The outlet of an address: by the table of outlets, else the host's name.
fn outlet_of(url: &str) -> Option<String> {
    if let Some(outlet) = OutletTable::shipped().by_url(url) {
        return Some(outlet.name().to_owned());
    }
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase()).filter(|host| !host.is_empty())
}
