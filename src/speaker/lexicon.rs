//! The words that matter to who says what: a table by token key, one for each language.
//!
//! A language is a file in `languages/`: a word, its roles, and the English word that it stands for, if its
//! own language is not English. All that is learned is learned over English words; a word of another language
//! is weighed as the word that it stands for. So a language costs a file and no code.

use std::sync::{LazyLock, OnceLock};

use crate::text::{Text, Token, WordTable, key, key_of};

/// What a word can be, as far as finding the speaker needs to know; a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles(u16);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $word:literal at $bit:literal;)*) => {
        impl Roles {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*

            fn named(name: &str) -> Self {
                match name {
                    $($word => Self::$name,)*
                    _ => Self(0),
                }
            }
        }
    };
}

roles! {
    /// Opens a noun phrase: the, his, several.
    DETERMINER = "determiner" at 0;
    /// Stands for a speaker by itself: she, they, others.
    PRONOUN = "pronoun" at 1;
    /// A relative or interrogative pronoun: who, which.
    RELATIVE = "relative" at 2;
    /// A preposition.
    PREPOSITION = "preposition" at 3;
    /// Joins words or clauses: and, but.
    CONJUNCTION = "conjunction" at 4;
    /// A form of be, have, do, or a modal verb.
    AUXILIARY = "auxiliary" at 5;
    /// Stands before a name: Sen., Mayor.
    TITLE = "title" at 6;
    /// A small word inside names: van, de.
    PARTICLE = "particle" at 7;
    /// A common adverb.
    ADVERB = "adverb" at 8;
    /// A pronoun that is no subject: him, them.
    OBJECT = "object" at 9;
    /// A possessive determiner: his, their.
    POSSESSIVE = "possessive" at 10;
    /// Opens a clause: that, because, while.
    BREAK = "break" at 11;
    /// A day or a month.
    DAY = "day" at 12;
    /// The first word of a pair that is read as one word: according (to).
    PAIR = "pair" at 13;
    /// Reports only straight after a quotation or a comma: so (German).
    AFTER = "after" at 14;
    /// A determiner whose case is not that of a subject: dem, einen (German).
    OBLIQUE = "oblique" at 15;
}

impl Roles {
    /// No role.
    pub(crate) const NONE: Self = Self(0);

    /// Whether it has any of `roles`.
    pub(crate) const fn any(self, roles: Self) -> bool {
        self.0 & roles.0 != 0
    }

    /// The set as a feature value, without what English words never are.
    #[must_use]
    pub(super) const fn code(self) -> u32 {
        (self.0 & !Self::OBLIQUE.0) as u32
    }

    /// Both sets together.
    pub(crate) const fn or(self, roles: Self) -> Self {
        Self(self.0 | roles.0)
    }
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What features call it: its own key, or that of the English word it stands for.
    pub(crate) key: u32,
    /// What it can be.
    pub(crate) roles: Roles,
    /// How often it reports, 0 to 9: tenths of its occurrences outside marks.
    pub(crate) cue: u8,
    /// How often it is the head of a source, 0 to 9.
    pub(crate) source: u8,
    /// The class of words that stand beside the same words as it does; nought if it is too rare to have one.
    pub(crate) cluster: u8,
}

/// A table of words by token key.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: WordTable<Entry>,
    grammar: Grammar,
}

/// What a language does that words alone do not tell: the line of a language file whose word is `*`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grammar {
    /// Every noun has a capital.
    pub(crate) capital_nouns: bool,
    /// The weights were learned from articles in it.
    pub(crate) learned: bool,
    /// A comma sets off what is reported: sagte, er habe.
    pub(crate) comma_reports: bool,
    /// The verb is the second constituent of its clause, so that its subject often follows it.
    pub(crate) verb_second: bool,
}

/// A 64-bit key as 32 bits.
#[must_use]
pub(super) const fn short(key: u64) -> u32 {
    (key ^ (key >> 32)) as u32
}

/// The keys of words, as 32 bits each.
#[must_use]
pub(super) const fn shorts<const N: usize>(words: [&str; N]) -> [u32; N] {
    let mut keys = [0; N];
    let mut at = 0;
    #[expect(clippy::indexing_slicing, reason = "bounded by the loop; get() is not const here")]
    while at < N {
        keys[at] = short(key(words[at]));
        at += 1;
    }
    keys
}

/// The key of a pair of words that is read as one.
#[must_use]
pub(super) const fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(21) ^ second.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Lexicon {
    /// Reads a language file and, beside it, how often English words report.
    ///
    /// In `cues` a line is a word, its cue level and its source level; in `language`, a word (or a pair of
    /// words), its roles, and perhaps the English word it stands for and a cue level of its own. Lines that
    /// start with `#` are comments; what cannot be read is passed over.
    #[must_use]
    pub fn new(cues: &str, english: &str, language: Option<&str>) -> Self {
        let mut lexicon = Self::default();
        // The table that has the most frequent words first comes first.
        for (word, mut rest) in rows(CLUSTERS) {
            let cluster = rest.next().and_then(|cluster| cluster.parse().ok()).unwrap_or(0);
            lexicon.put(word, |entry| entry.cluster = cluster);
        }
        for (words, mut rest) in rows(cues) {
            let cue = rest.next().and_then(|level| level.parse().ok()).unwrap_or(0);
            let source = rest.next().and_then(|level| level.parse().ok()).unwrap_or(0);
            lexicon.put(words, |entry| {
                entry.cue = cue;
                entry.source = source;
            });
        }
        for (words, mut rest) in rows(english) {
            let roles = roles_of(rest.next().unwrap_or(""));
            lexicon.put(words, |entry| entry.roles = entry.roles.or(roles));
        }
        let Some(language) = language else {
            lexicon.grammar.learned = true;
            return lexicon;
        };
        let base = lexicon;
        let mut lexicon = Self::default();
        for (words, mut rest) in rows(language) {
            let roles = rest.next().unwrap_or("");
            if words == "*" {
                lexicon.grammar.capital_nouns |= roles.contains("capital-nouns");
                lexicon.grammar.comma_reports |= roles.contains("comma-reports");
                lexicon.grammar.verb_second |= roles.contains("verb-second");
                continue;
            }
            let roles = roles_of(roles);
            let stands_for = rest.next().filter(|word| !word.is_empty());
            let model = stands_for.map(|words| base.get(key_of_words(words)).unwrap_or_default());
            lexicon.put(words, |entry| {
                if let Some(model) = model {
                    *entry = model;
                    entry.key = short(key_of_words(stands_for.unwrap_or("")));
                    let inherited = if model.roles.any(Roles::PAIR) { Roles::default() } else { model.roles };
                    entry.roles = inherited.or(roles);
                } else {
                    entry.roles = entry.roles.or(roles);
                }
            });
        }
        lexicon
    }

    /// What the language does that words alone do not tell.
    pub(super) const fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// What is known of the word or pair of words with this key. O(1).
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<Entry> {
        self.words.get(key)
    }

    /// Where what is known of each of these tokens is kept, for [`Lexicon::entry_at`]. O(tokens).
    pub(super) fn find_all(&self, text: &Text<'_>, tokens: std::ops::Range<usize>) -> Vec<u32> {
        self.words.find_all(text, tokens)
    }

    /// What was found at `found`.
    #[inline]
    pub(super) fn at(&self, found: u32) -> Entry {
        self.words.at(found)
    }

    /// What is known of a token that was found at `found`; a word that is not in the table has only its key.
    #[inline]
    pub(super) fn entry_at(&self, found: u32, token: &Token) -> Entry {
        let mut entry = self.at(found);
        if found == 0 {
            entry.key = short(token.key());
        }
        entry
    }

    /// What is known of a token; a word that is not in the table has only its key.
    #[inline]
    pub(super) fn entry(&self, token: &Token) -> Entry {
        self.entry_at(self.words.find(token.key()), token)
    }

    fn put(&mut self, words: &str, change: impl FnOnce(&mut Entry)) {
        let key = key_of_words(words);
        if let Some((first, _)) = words.split_once(' ') {
            self.change(key_of(first), |entry| entry.roles = entry.roles.or(Roles::PAIR));
        }
        self.change(key, change);
    }

    fn change(&mut self, key: u64, change: impl FnOnce(&mut Entry)) {
        self.words.change(key, |entry| {
            // A new word is called by its own key.
            if entry.key == 0 {
                entry.key = short(key);
            }
            change(entry);
        });
    }
}

fn key_of_words(words: &str) -> u64 {
    match words.split_once(' ') {
        Some((first, second)) => pair(key_of(first), key_of(second)),
        None => key_of(words),
    }
}

fn roles_of(names: &str) -> Roles {
    names.split(',').fold(Roles::default(), |roles, name| roles.or(Roles::named(name.trim())))
}

/// The rows of a table, each its first column and the rest. Its lines are short, so they are parted character by
/// character: a search made for long ones would take longer.
fn rows(file: &str) -> impl Iterator<Item = (&str, std::str::Split<'_, [char; 1]>)> {
    file.split(['\n']).filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut columns = line.split(['\t']);
        (columns.next().unwrap_or(""), columns)
    })
}

const CUES: &str = include_str!("cues.tsv");
const CLUSTERS: &str = include_str!("clusters.tsv");
/// The roles of English words, as shipped.
pub const ENGLISH_WORDS: &str = include_str!("languages/en.tsv");

/// The languages that stand for English words, by ISO 639-1 code: a line each.
const SOURCES: &[(&str, &str)] =
    &[("de", include_str!("languages/de.tsv")), ("fr", include_str!("languages/fr.tsv"))];

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(CUES, ENGLISH_WORDS, None));
static OTHERS: [OnceLock<Lexicon>; SOURCES.len()] = [const { OnceLock::new() }; SOURCES.len()];

/// The table of a language by its ISO 639-1 code (`de`, `de-AT`); English where there is no file for it.
#[must_use]
pub(super) fn lexicon(language: &str) -> &'static Lexicon {
    let code = language.get(..2).unwrap_or(language);
    let known = SOURCES.iter().zip(&OTHERS).find(|((known, _), _)| code.eq_ignore_ascii_case(known));
    known.map_or(&*ENGLISH, |((_, source), table)| {
        table.get_or_init(|| Lexicon::new(CUES, ENGLISH_WORDS, Some(source)))
    })
}

/// The keys of all English words and pairs of words, those first that stand in most texts.
pub(crate) fn words() -> impl Iterator<Item = u64> {
    ENGLISH.words.iter().map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key;

    #[test]
    fn a_word_of_another_language_is_weighed_as_the_word_it_stands_for() {
        let german = Lexicon::new("said\t9\t0\n", "said\t\n", Some("sagte\t\tsaid\nder\tdeterminer\tthe\n"));
        let sagte = german.get(key("sagte")).unwrap();
        assert_eq!((sagte.cue, sagte.key), (9, short(key("said"))));
        assert!(german.get(key("der")).unwrap().roles.any(Roles::DETERMINER));
        assert_eq!(german.get(key("said")), None);
    }

    #[test]
    fn a_pair_is_one_word_and_its_first_word_says_so() {
        let lexicon = Lexicon::new("according to\t9\t0\n", "", None);
        assert!(lexicon.get(key("according")).unwrap().roles.any(Roles::PAIR));
        assert_eq!(lexicon.get(pair(key("according"), key("to"))).unwrap().cue, 9);
    }

    #[test]
    fn every_language_file_is_found_by_its_code() {
        for (code, _) in SOURCES {
            assert!(!std::ptr::eq(lexicon(code), lexicon("en")), "{code}");
        }
        assert!(std::ptr::eq(lexicon("de-AT"), lexicon("DE")));
        assert!(std::ptr::eq(lexicon("xx"), lexicon("en")));
    }

    #[test]
    fn every_word_of_another_language_has_a_role_or_stands_for_a_word() {
        let skeleton = ("xx", include_str!("languages/xx.tsv.example"));
        for (code, source) in SOURCES.iter().chain([&skeleton]) {
            for (words, mut rest) in rows(source) {
                let (roles, stands_for) = (rest.next().unwrap_or(""), rest.next().unwrap_or(""));
                let known = words == "*" || !stands_for.is_empty() || roles_of(roles) != Roles::NONE;
                assert!(known, "{code}: {words}");
            }
        }
    }
}
