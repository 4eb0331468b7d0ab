//! The table of channels and recipients (`channels.tsv`): what a word can be, by its key.

use std::sync::LazyLock;

use super::lexicon::pair;
use crate::text::key_of;

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
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    key: u64,
    pub(super) part: Part,
    /// The channel's name; of a verb and noun alike the same.
    pub(super) name: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| read(include_str!("channels.tsv")));

fn read(file: &'static str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(words), Some(part)) = (columns.next(), columns.next()) else { continue };
        let key = match words.split_once(' ') {
            Some((first, second)) => pair(key_of(first), key_of(second)),
            None => key_of(words),
        };
        rows.push(Row { key, part: Part::named(part), name: columns.next().unwrap_or("") });
    }
    rows.sort_by_key(|row| row.key);
    rows.dedup_by(|later, first| {
        let same = later.key == first.key;
        if same {
            first.part = first.part.or(later.part);
            if first.name.is_empty() {
                first.name = later.name;
            }
        }
        same
    });
    rows
}

/// The row of a word by its key, or of two words by [`pair`]. O(log n) in the table.
pub(super) fn row(key: u64) -> Option<&'static Row> {
    let rows = &*ROWS;
    rows.get(rows.binary_search_by_key(&key, |row| row.key).ok()?)
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
        for row in read(include_str!("channels.tsv")) {
            assert_ne!(row.part, Part::default());
        }
    }
}
