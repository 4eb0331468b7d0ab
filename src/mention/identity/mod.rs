//! Are two names of different documents one person? Names taken apart, people of a table, and speakers of a
//! whole collection.
//!
//! ```
//! use quotetrace::mention::identity::{Naming, People, same_person, speakers};
//!
//! assert!(same_person("Mayor Ada B. Quill", "Ada Quill"));
//! assert!(!same_person("Ada Quill", "Adam Quill"));
//!
//! let namings = [Naming::new("Ada Quill", "d1"), Naming::new("Mayor Quill", "d2")];
//! let found = speakers(&namings, &People::new());
//! assert_eq!(found.len(), 1);
//! assert_eq!(found[0].name(), "Ada Quill");
//! ```

mod evidence;
mod group;
mod name;
mod people;

pub use group::{Naming, Speaker, speakers};
pub use name::same_person;
pub(crate) use name::{Name, refers_back};
pub use people::{People, Person};
