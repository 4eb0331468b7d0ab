//! Floor 6: the story in the formats that others read; one small file a format.
//!
//! Everything that comes from an article is escaped: an export is well-formed whatever the text holds.

mod dot;
mod flow;
mod html;
mod json;
mod text;

pub use dot::dot;
pub use flow::svg;
pub use html::html;
pub use json::json;
pub use text::{TextOptions, text};
