//! What is told of a document beside its text: by a line, a header, a sidecar or a page.

use serde::Deserialize;

use crate::document::{Document, Link, Published};
use crate::error::Result;
use crate::text::Span;

/// What may be told of a document beside its text.
#[derive(Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default)]
    pub(super) outlet: Option<String>,
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) published: Option<Published>,
    #[serde(default)]
    pub(super) language: Option<String>,
    #[serde(default)]
    pub(super) author: Option<String>,
    #[serde(default)]
    pub(super) links: Option<Vec<Link>>,
    #[serde(default)]
    pub(super) blocks: Option<Vec<Span>>,
}

impl Metadata {
    /// What `self` tells, and what `other` tells where `self` says nothing.
    pub(super) fn or(self, other: Self) -> Self {
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
    pub(super) fn document(self, id: String, text: String) -> Result<Document> {
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
