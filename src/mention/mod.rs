//! Floor 1: people, roles, organisations, outlets: found, and resolved within the document.
//!
//! [`Cast::read`] reads a text once and knows who is in it; [`Cast::resolve`] tells who a span of it means, by
//! the fullest name in the document.
//!
//! ```
//! use quotetrace::mention::{Cast, Setting};
//! use quotetrace::text::Text;
//!
//! let raw = "Harbor Mayor Ada Quill (D) spoke on Friday. “No,” the mayor said.";
//! let text = Text::new(raw);
//! let cast = Cast::read(&text, &Setting::new());
//! let at = raw.find("the mayor").unwrap();
//! let who = cast.resolve((at..at + 9).into()).unwrap();
//! assert_eq!(who.name(), "Ada Quill");
//! ```

mod apposition;
mod capitals;
mod cast;
mod entity;
mod focus;
mod gender;
mod holder;
pub mod identity;
mod language;
mod name;
mod noun;
mod office;
mod organisation;
mod piece;
mod recent;
mod resolve;
mod run;
mod scan;

pub use cast::{Cast, EntityId, Mention, Setting};
pub use entity::Entity;
pub use language::Gender;
pub(crate) use language::words;
pub use office::Office;
pub use resolve::{Basis, Resolved};
pub use scan::{Form, Kind};

#[cfg(test)]
mod tests;
