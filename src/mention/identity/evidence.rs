//! What documents say of a bearer of a name: role and place, and when two of them cannot be one person.

use super::super::language::{Class, Gender, Language};
use crate::text::key_of;

/// A role as said: its noun, and the words that say of what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    noun: u64,
    of: Vec<u64>,
}

/// Reads “Mayor of Harbor”, “Harbor mayor”, “a spokesman for the ferry line”.
pub(super) fn read(role: &str) -> Option<Said> {
    let languages = Language::all();
    let class =
        |key: u64| languages.iter().fold(Class::default(), |all, language| all.or(language.word(key).class));
    let keys: Vec<(u64, bool)> = role
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .filter(|word| !word.is_empty())
        .take(24)
        .map(|word| (key_of(word), word.chars().next().is_some_and(char::is_uppercase)))
        .collect();
    let is_role = |key: u64| class(key).is(Class::ROLE.or(Class::TITLE));
    let head = keys.iter().position(|&(key, _)| is_role(key))?;
    let noun = keys.get(head).map_or(0, |&(key, _)| {
        languages.iter().map(|language| language.word(key).noun).find(|&noun| noun != 0).unwrap_or(key)
    });
    let mut of: Vec<u64> = keys
        .iter()
        .enumerate()
        .filter(|&(at, &(key, capital))| {
            at != head
                && capital
                && !class(key).is(Class::CLOSED.or(Class::ROLE).or(Class::PARTY).or(Class::FORMER))
        })
        .map(|(_, &(key, _))| key)
        .collect();
    of.sort_unstable();
    of.dedup();
    Some(Said { noun, of })
}

/// All that is known of one bearer.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    said: Vec<Said>,
    gender: Gender,
}

impl Known {
    pub(super) fn new(said: Option<Said>, gender: Gender) -> Self {
        Self { said: Vec::from_iter(said), gender }
    }

    /// Whether the two cannot be one: another gender, or the same role of something else.
    pub(super) fn clashes(&self, other: &Self) -> bool {
        let gender =
            self.gender != Gender::Unknown && other.gender != Gender::Unknown && self.gender != other.gender;
        let role = self.said.iter().any(|a| {
            other.said.iter().any(|b| {
                a.noun == b.noun
                    && !a.of.is_empty()
                    && !b.of.is_empty()
                    && !a.of.iter().any(|word| b.of.contains(word))
            })
        });
        // The same role of the same thing, said once, outweighs a second that differs.
        gender || (role && !self.shares(other))
    }

    /// Whether the two share a role, or the place of it.
    pub(super) fn shares(&self, other: &Self) -> bool {
        self.said.iter().any(|a| {
            other.said.iter().any(|b| {
                let same_of = a.of.iter().any(|word| b.of.contains(word));
                same_of || (a.noun == b.noun && (a.of.is_empty() || b.of.is_empty()))
            })
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.said.is_empty() && self.gender == Gender::Unknown
    }

    pub(super) fn absorb(&mut self, other: &Self) {
        for said in &other.said {
            if self.said.len() < 32 && !self.said.contains(said) {
                self.said.push(said.clone());
            }
        }
        if self.gender == Gender::Unknown {
            self.gender = other.gender;
        }
    }
}
