//! The table of channels and recipients (`channels.tsv`): what a word can be, by its key.

use std::sync::LazyLock;

use super::lexicon::pair;
use crate::text::{Lookup, key_of};

/// What a word can be to a channel or a recipient; a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part(u16);

impl Part {
    pub(super) const PLATFORM: Self = Self(1);
    pub(super) const BROADCAST: Self = Self(2);
    pub(super) const NOUN: Self = Self(4);
    pub(super) const VAGUE: Self = Self(8);
    pub(super) const VERB: Self = Self(16);
    pub(super) const BEFORE: Self = Self(32);
    pub(super) const ON: Self = Self(64);
    pub(super) const TO: Self = Self(128);
    pub(super) const TELL: Self = Self(256);
    pub(super) const SPEAK: Self = Self(512);
    pub(super) const AUDIENCE: Self = Self(1024);
    pub(super) const CAPITAL: Self = Self(2048);
    pub(super) const NET: Self = Self(4096);
    pub(super) const NEAR: Self = Self(8192);

    fn named(name: &str) -> Self {
        match name {
            "platform" => Self::PLATFORM,
            "broadcast" => Self::BROADCAST,
            "noun" => Self::NOUN,
            "nomen" => Self(Self::NOUN.0 | Self::CAPITAL.0),
            "vague" => Self::VAGUE,
            "verb" => Self::VERB,
            "before" => Self::BEFORE,
            "net" => Self(Self::BEFORE.0 | Self::NET.0),
            "on" => Self(Self::BEFORE.0 | Self::NET.0 | Self::ON.0),
            "near" => Self::NEAR,
            "to" => Self::TO,
            "tell" => Self::TELL,
            "speak" => Self::SPEAK,
            "audience" => Self::AUDIENCE,
            _ => Self(0),
        }
    }

    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One word or pair of words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    pub(super) part: Part,
    /// The channel's name; of a verb and noun alike the same.
    pub(super) name: &'static str,
}

static ROWS: LazyLock<Lookup<Row>> = LazyLock::new(|| read(include_str!("channels.tsv")));

fn read(file: &'static str) -> Lookup<Row> {
    let mut rows = Lookup::<Row>::default();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(words), Some(part)) = (columns.next(), columns.next()) else { continue };
        let key = match words.split_once(' ') {
            Some((first, second)) => pair(key_of(first), key_of(second)),
            None => key_of(words),
        };
        let name = columns.next().unwrap_or("");
        rows.change(key, |row| {
            row.part = row.part.or(Part::named(part));
            if row.name.is_empty() {
                row.name = name;
            }
        });
    }
    rows
}

/// The row of a word by its key, or of two words by [`pair`]. O(1).
pub(super) fn row(key: u64) -> Option<Row> {
    ROWS.get(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key;

    #[test]
    fn a_word_may_be_several_things() {
        let tweets = row(key("tweets")).unwrap();
        assert!(tweets.part.any(Part::VERB) && tweets.part.any(Part::NOUN));
        assert_eq!(tweets.name, "Twitter");
        assert!(row(key("harbor")).is_none());
    }

    #[test]
    fn every_row_says_what_it_is() {
        for (_, row) in read(include_str!("channels.tsv")).iter() {
            assert_ne!(row.part, Part::default());
        }
    }
}
