//! What is told of a document beside its text: by a line, a header, a sidecar, a page or a row of a store.

use serde::Deserialize;

use super::{Document, Link, Published};
use crate::error::Result;
use crate::text::Span;

/// What may be told of a document beside its text.
#[derive(Default, Deserialize)]
pub(crate) struct Metadata {
    #[serde(default)]
    pub(crate) outlet: Option<String>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) url: Option<String>,
    #[serde(default)]
    pub(crate) published: Option<Published>,
    #[serde(default)]
    pub(crate) language: Option<String>,
    #[serde(default)]
    pub(crate) author: Option<String>,
    #[serde(default)]
    pub(crate) links: Option<Vec<Link>>,
    #[serde(default)]
    pub(crate) blocks: Option<Vec<Span>>,
}

impl Metadata {
    /// What `self` tells, and what `other` tells where `self` says nothing.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            outlet: self.outlet.or(other.outlet),
            title: self.title.or(other.title),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
            language: self.language.or(other.language),
            author: self.author.or(other.author),
            links: self.links.or(other.links),
            blocks: self.blocks.or(other.blocks),
        }
    }

    /// The document of this id and text.
    pub(crate) fn document(self, id: String, text: String) -> Result<Document> {
        let mut document = Document::new(id, text);
        if let Some(outlet) = self.outlet {
            document = document.with_outlet(outlet);
        }
        if let Some(title) = self.title {
            document = document.with_title(title);
        }
        if let Some(url) = self.url {
            document = document.with_url(url);
        }
        if let Some(published) = self.published {
            document = document.with_published(published);
        }
        if let Some(language) = self.language {
            document = document.with_language(language);
        }
        if let Some(author) = self.author {
            document = document.with_author(author);
        }
        document.with_links(self.links.unwrap_or_default())?.with_blocks(self.blocks.unwrap_or_default())
    }
}
