//! A table of people that the user hands in: id, name, aliases.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::name::{Name, Sort};

/// Somebody the user knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Person {
    id: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

impl Person {
    /// A person with an id of the user's own and a full name.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), aliases: Vec::new() }
    }

    /// With another name under which the person is printed.
    #[must_use]
    pub fn with_alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// The user's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The other names.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().map(String::as_str)
    }
}

/// A table of people, by id; it gives the ids back.
///
/// ```
/// use quotetrace::mention::identity::{People, Person};
///
/// let people: People = [Person::new("Q1", "Ada Quill").with_alias("The Ferrywoman")].into_iter().collect();
/// assert_eq!(people.find("Mayor A. Quill").map(|person| person.id()), Some("Q1"));
/// assert_eq!(people.find("the ferrywoman").map(|person| person.id()), Some("Q1"));
/// assert_eq!(people.find("Adam Quill"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Person>", into = "Vec<Person>")]
pub struct People {
    people: Vec<Person>,
    /// The indices of those who have a surname, by it, and of all by the whole name.
    by_surname: BTreeMap<String, Vec<u32>>,
    by_whole: BTreeMap<String, Vec<u32>>,
    by_id: BTreeMap<String, u32>,
}

impl People {
    /// An empty table.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            people: Vec::new(),
            by_surname: BTreeMap::new(),
            by_whole: BTreeMap::new(),
            by_id: BTreeMap::new(),
        }
    }

    /// Adds a person. One of the same id is replaced, which indexes the table anew.
    pub fn insert(&mut self, person: Person) {
        let old = self.by_id.get(&person.id).and_then(|&at| self.people.get_mut(at as usize));
        if let Some(old) = old {
            *old = person;
            *self = Self::from(std::mem::take(&mut self.people));
            return;
        }
        self.index(person);
    }

    fn index(&mut self, person: Person) {
        let id = self.people.len() as u32;
        for printed in person.aliases.iter().chain([&person.name]) {
            let name = Name::parse(printed);
            let surname = (name.sort == Sort::Person).then_some(name.surname);
            let keys = [(&mut self.by_surname, surname), (&mut self.by_whole, Some(name.whole))];
            for (map, key) in keys.into_iter().filter_map(|(map, key)| Some((map, key?))) {
                let list = map.entry(key).or_default();
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
        }
        self.by_id.insert(person.id.clone(), id);
        self.people.push(person);
    }

    /// The person of an id. O(log n).
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(*self.by_id.get(id)? as usize)
    }

    /// All people, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.people.iter()
    }

    /// Whether nobody is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// How many people are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// The person whom `name` means: by a name or alias word for word, else by the only one whose full name it
    /// fits (see [`same_person`](super::same_person)); `None` where nobody or several are meant.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Person> {
        let parsed = Name::parse(name);
        if let Some([only]) = self.by_whole.get(&parsed.whole).map(Vec::as_slice) {
            let person = self.people.get(*only as usize)?;
            let itself =
                person.aliases.iter().chain([&person.name]).any(|own| Name::parse(own).mixed == parsed.mixed);
            return itself.then_some(person);
        }
        if parsed.sort != Sort::Person {
            return None;
        }
        let mut fitting = self
            .by_surname
            .get(&parsed.surname)?
            .iter()
            .filter_map(|&id| self.people.get(id as usize))
            .filter(|person| {
                person.aliases.iter().chain([&person.name]).any(|own| Name::parse(own).fits(&parsed))
            });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

impl From<Vec<Person>> for People {
    fn from(people: Vec<Person>) -> Self {
        let mut table = Self::new();
        let mut last = BTreeMap::new();
        for (at, person) in people.iter().enumerate() {
            last.insert(person.id.clone(), at);
        }
        for (at, person) in people.into_iter().enumerate() {
            if last.get(&person.id) == Some(&at) {
                table.index(person);
            }
        }
        table
    }
}

impl From<People> for Vec<Person> {
    fn from(table: People) -> Self {
        table.people
    }
}

impl FromIterator<Person> for People {
    fn from_iter<I: IntoIterator<Item = Person>>(people: I) -> Self {
        Self::from(people.into_iter().collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_fits_two_people_finds_nobody() {
        let people: People =
            [Person::new("1", "Ada Quill"), Person::new("2", "Otto Quill")].into_iter().collect();
        assert_eq!(people.find("Quill"), None);
        assert_eq!(people.find("Otto Quill").map(Person::id), Some("2"));
    }

    #[test]
    fn a_body_is_found_by_its_whole_name_alone() {
        let people: People =
            [Person::new("1", "Harbor Ferry Authority"), Person::new("2", "Harbor Port Authority")]
                .into_iter()
                .collect();
        assert_eq!(people.find("the Harbor Port Authority").map(Person::id), Some("2"));
        assert_eq!(people.find("Northfield Port Authority"), None);
        assert_eq!(people.find("a senior official"), None);
        assert!(people.by_surname.is_empty());
    }

    #[test]
    fn the_same_id_again_replaces() {
        let mut people: People = [Person::new("1", "Ada Quill")].into_iter().collect();
        people.insert(Person::new("1", "Ben Marlow"));
        assert_eq!(people.len(), 1);
        assert_eq!(people.find("Ada Quill"), None);
        assert_eq!(people.find("Marlow").map(Person::id), Some("1"));
    }

    #[test]
    fn it_goes_through_json_and_back() {
        let people: People = [Person::new("1", "Ada Quill").with_alias("AQ")].into_iter().collect();
        let json = serde_json::to_string(&people).unwrap();
        assert_eq!(serde_json::from_str::<People>(&json).unwrap(), people);
    }
}
