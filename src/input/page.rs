//! A saved page: one article, if the feature `html` is there to read it.

use std::path::Path;

use super::ReadOptions;
use crate::document::Document;
use crate::error::Result;

/// The article in the page at `path`; its id is the path from `root`, without the ending.
#[cfg(feature = "html")]
pub(super) fn read(path: &Path, root: &Path, options: &ReadOptions) -> Result<Document> {
    use super::{html, text};

    let bytes = text::content(path, options)?;
    let (told, found) = html::read(&html::decode(&bytes, None), &path.display().to_string(), None)?;
    text::document(path, root, told, found, options)
}

/// Says what is missing.
#[cfg(not(feature = "html"))]
pub(super) fn read(path: &Path, _root: &Path, _options: &ReadOptions) -> Result<Document> {
    Err(crate::error::Error::NeedsFeature { place: path.display().to_string(), feature: "html" })
}
