//! A name taken apart, and whether two can be one person's.

use unicode_normalization::UnicodeNormalization;

use super::super::language::{Class, Language, same_given};
use crate::text::{is_combining, is_invisible, key};

/// The shortest surname in which one letter may be wrong, in characters.
const TYPO_LENGTH: usize = 7;

/// The longest such surname, in bytes: longer ones are compared whole.
const TYPO_LONGEST: usize = 64;

/// How alike two names must be, by Jaro-Winkler, for one wrong letter to be taken as a slip.
const TYPO_LIKENESS: f64 = 0.93;

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A person, by surname or more.
    Person,
    /// An organisation or outlet: only the same words are the same.
    Organisation,
    /// Somebody described and not named: never the same across documents.
    Unnamed,
}

/// A name in parts: lower case, accents and titles taken off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(super) sort: Sort,
    pub(super) surname: String,
    /// Given and middle names, in order; an initial is one letter.
    pub(super) given: Vec<String>,
    pub(super) nickname: Option<String>,
    /// jr, sr, ii, iii
    pub(super) suffix: Option<String>,
    /// Letters of two scripts in one word: it is nobody but its own spelling.
    pub(super) mixed: bool,
    /// All words joined, for those that are only themselves.
    pub(super) whole: String,
}

impl Name {
    /// Takes `name` apart. O(n).
    pub(crate) fn parse(name: &str) -> Self {
        let mixed = name.split_whitespace().any(is_mixed);
        let unnamed = is_unnamed(name);
        let mut words = Vec::new();
        let mut nickname = None;
        let mut quoted = false;
        for raw in name.split_whitespace() {
            let opens = raw.starts_with(['"', '“', '‘', '\'', '(', '„', '«']);
            let closes = raw.trim_end_matches([',', '.']).ends_with(['"', '”', '’', '\'', ')', '“', '»']);
            let word = fold(raw, mixed);
            if word.is_empty() {
                continue;
            }
            if opens || quoted {
                nickname.get_or_insert_with(|| word.clone());
                quoted = !closes;
            } else {
                words.push(word);
            }
        }
        if words.is_empty() {
            words.extend(nickname.take());
        }
        if words.first().is_some_and(|word| word == "the") && words.len() > 1 {
            words.remove(0);
        }
        let whole = words.join(" ");
        let shouted = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
        let sort = if unnamed {
            Sort::Unnamed
        } else if is_organisation(&words, shouted) {
            Sort::Organisation
        } else {
            Sort::Person
        };
        let mut parsed =
            Self { sort, surname: String::new(), given: Vec::new(), nickname, suffix: None, mixed, whole };
        if sort == Sort::Person {
            parsed.take_apart(words);
        }
        parsed
    }

    fn take_apart(&mut self, mut words: Vec<String>) {
        let titles = words.iter().take_while(|word| is_title(word)).count();
        words.drain(..titles.min(words.len().saturating_sub(1)));
        while words.len() > 1
            && words.last().is_some_and(|word| is_class(word, Class::SUFFIX.or(Class::DEGREE)))
        {
            let last = words.pop();
            if last.as_deref().is_some_and(|word| is_class(word, Class::SUFFIX)) {
                self.suffix = last;
            }
        }
        self.surname = words.pop().unwrap_or_default();
        // van der Berg and Van der Berg are one; the particles are no part of the key.
        while words.last().is_some_and(|word| is_class(word, Class::PARTICLE)) && !words.is_empty() {
            let given_al = words.len() == 1 && words.last().is_some_and(|word| is_given(word));
            if given_al {
                break;
            }
            words.pop();
        }
        self.given = words;
    }

    /// How much it tells: the more, the earlier it founds a speaker of its own.
    pub(super) fn weight(&self) -> usize {
        let full = self.given.iter().filter(|word| word.chars().count() > 1).count();
        full * 4 + (self.given.len() - full) * 2 + usize::from(self.suffix.is_some())
    }

    /// Whether it is a surname (or one word) alone.
    pub(super) fn is_bare(&self) -> bool {
        self.given.is_empty() && self.nickname.is_none()
    }

    /// Whether two names can be one person's. Symmetric.
    pub(crate) fn fits(&self, other: &Self) -> bool {
        if self.sort != other.sort || self.sort == Sort::Unnamed {
            return false;
        }
        if self.mixed || other.mixed || self.sort == Sort::Organisation {
            return self.whole == other.whole && self.mixed == other.mixed;
        }
        if let (Some(a), Some(b)) = (&self.suffix, &other.suffix)
            && a != b
        {
            return false;
        }
        let surname = self.surname == other.surname || self.is_slip(other);
        surname && self.given_fits(other)
    }

    /// Whether given names, initials and nicknames agree as far as both have them.
    fn given_fits(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.given.first(), other.given.first()) else {
            // A nickname instead of a given name, or a surname alone.
            let nick = |name: &Self, nick: &Option<String>| match (nick, name.given.first()) {
                (Some(nick), Some(given)) => same_word(nick, given),
                _ => true,
            };
            return nick(self, &other.nickname) && nick(other, &self.nickname);
        };
        let by_nick =
            |nick: &Option<String>, given: &str| nick.as_ref().is_some_and(|nick| same_word(nick, given));
        if same_word(a, b) {
            return middles_fit(self.given.get(1..).unwrap_or(&[]), other.given.get(1..).unwrap_or(&[]));
        }
        if by_nick(&self.nickname, b) || by_nick(&other.nickname, a) {
            return true;
        }
        // J. Edgar Doe is called Edgar Doe.
        let middle = |long: &[String], word: &str| {
            word.chars().count() > 1 && long.iter().skip(1).any(|middle| middle == word)
        };
        (other.given.len() == 1 && middle(&self.given, b))
            || (self.given.len() == 1 && middle(&other.given, a))
    }

    /// One letter wrong in a long surname, the given name being the same and no mere initial.
    fn is_slip(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.given.first(), other.given.first()) else { return false };
        a == b
            && a.chars().count() > 1
            && self.surname.len().max(other.surname.len()) <= TYPO_LONGEST
            && self.surname.chars().count() >= TYPO_LENGTH
            && other.surname.chars().count() >= TYPO_LENGTH
            && self.surname.chars().next() == other.surname.chars().next()
            && strsim::osa_distance(&self.surname, &other.surname) == 1
            && strsim::jaro_winkler(&self.surname, &other.surname) >= TYPO_LIKENESS
    }
}

/// Whether two names can be one person's, by themselves: titles, accents and case aside; an initial stands for
/// a name, a short form for its given name, a surname alone for any bearer; Jr. and Sr., another middle initial,
/// and letters of another script keep apart. Symmetric. O(length).
///
/// ```
/// use quotetrace::mention::identity::same_person;
///
/// assert!(same_person("Gov. Bob Marlow", "Robert Marlow"));
/// assert!(same_person("R. Marlow", "Robert Marlow"));
/// assert!(!same_person("Robert Marlow Jr.", "Robert Marlow Sr."));
/// assert!(!same_person("Robert Marlow", "Rоbert Marlow"), "the second has a Cyrillic letter");
/// ```
#[must_use]
pub fn same_person(a: &str, b: &str) -> bool {
    Name::parse(a).fits(&Name::parse(b))
}

/// Whether a speaker as printed means something only beside what was said before it: “the company”, “his lawyers”,
/// “they”.
pub(crate) fn refers_back(speaker: &str) -> bool {
    let mut words = speaker.split_whitespace();
    let leads = words.next().is_some_and(|first| {
        is_class(&fold(first, false), Class::DEFINITE.or(Class::POSSESSIVE).or(Class::PRONOUN))
    });
    leads && !words.next_back().is_some_and(|last| last.starts_with(char::is_uppercase))
}

/// Two given names: the same, one the other's initial, or a short form.
fn same_word(a: &str, b: &str) -> bool {
    let (mut first, mut second) = (a.chars(), b.chars());
    let same_letter = first.next() == second.next();
    let initial = first.next().is_none() || second.next().is_none();
    a == b || (same_letter && initial) || same_given(key(a), key(b))
}

/// Middle names agree as far as both have them: George W. and George H. W. do not.
fn middles_fit(a: &[String], b: &[String]) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    if a.len() != b.len() {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        return short.first().zip(long.first()).is_some_and(|(x, y)| same_word(x, y));
    }
    a.iter().zip(b).all(|(x, y)| same_word(x, y))
}

/// Lower case without accents, marks and stops at the edges; a word of mixed scripts keeps its letters.
fn fold(word: &str, keep: bool) -> String {
    let trimmed = word.trim_matches(|c: char| !c.is_alphanumeric());
    let trimmed = trimmed.strip_suffix("'s").or_else(|| trimmed.strip_suffix("’s")).unwrap_or(trimmed);
    let lower = trimmed.chars().flat_map(char::to_lowercase);
    if keep {
        return lower.collect();
    }
    lower
        .nfkd()
        .filter(|c| !is_combining(*c) && !is_invisible(*c))
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { c })
        .collect()
}

fn entry(word: &str) -> Class {
    Language::all().iter().fold(Class::default(), |all, language| all.or(language.word(key(word)).class))
}

fn is_class(word: &str, class: Class) -> bool {
    entry(word).is(class)
}

fn is_given(word: &str) -> bool {
    Language::all().first().is_some_and(|language| language.name(key(word)).class.is(Class::GIVEN))
}

fn is_title(word: &str) -> bool {
    is_class(word, Class::TITLE.or(Class::ROLE).or(Class::FORMER).or(Class::VICE)) && !is_given(word)
}

fn is_organisation(words: &[String], shouted: bool) -> bool {
    let Some(last) = words.last() else { return false };
    let english = Language::all().first();
    let class = english.map_or_else(Class::default, |language| language.word(key(last)).class);
    if words.len() == 1 {
        return shouted && last.chars().count() <= 6 && !is_given(last);
    }
    let head = Class::ORG_HEAD.or(Class::ORG_SUFFIX);
    let opens = words.first().is_some_and(|word| is_class(word, Class::ORG_HEAD));
    let of = words.iter().any(|word| matches!(word.as_str(), "of" | "for" | "and" | "&" | "für"));
    let first_given = words.first().is_some_and(|word| is_given(word));
    class.is(head) || (opens && of) || (of && !first_given) || (class.is(Class::OUTLET_HEAD) && !first_given)
}

/// a senior official, officials, the report: an article or a small letter at the start and no name.
fn is_unnamed(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let Some(first) = words.next() else { return true };
    let lower = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let article = matches!(
        first.to_lowercase().as_str(),
        "a" | "an"
            | "one"
            | "the"
            | "some"
            | "several"
            | "his"
            | "her"
            | "their"
            | "ein"
            | "eine"
            | "der"
            | "die"
            | "das"
            | "un"
            | "une"
            | "le"
            | "la"
    );
    if article {
        return name.split_whitespace().skip(1).last().is_none_or(lower);
    }
    let particle = is_class(&first.to_lowercase(), Class::PARTICLE);
    lower(first)
        && !particle
        && words.all(lower)
        && name
            .split_whitespace()
            .any(|word| is_class(word, Class::PLURAL.or(Class::ROLE).or(Class::PERSON).or(Class::DOCUMENT)))
}

/// Whether one word has letters of two of the scripts whose letters look alike.
fn is_mixed(word: &str) -> bool {
    let mut scripts = [false; 4];
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        let script = match u32::from(c) {
            0x41..=0x24f | 0x1e00..=0x1eff | 0xff21..=0xff5a => 0,
            0x370..=0x3ff | 0x1f00..=0x1fff => 1,
            0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => 2,
            0x530..=0x58f | 0x13a0..=0x13ff | 0xab70..=0xabbf => 3,
            _ => continue,
        };
        if let Some(slot) = scripts.get_mut(script) {
            *slot = true;
        }
    }
    scripts.iter().filter(|&&script| script).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_under_several_forms() {
        for (a, b) in [
            ("Lora Quillfoot", "Mayor Lora Quillfoot"),
            ("Lora B. Quillfoot", "Lora Quillfoot"),
            ("L. Quillfoot", "Lora Quillfoot"),
            ("LORA QUILLFOOT", "Lora Quillfoot"),
            ("Bill Marlow", "William Marlow"),
            ("Robert “Bobby” Marlow", "Bobby Marlow"),
            ("Zoë Brontë", "Zoe Bronte"),
            ("Pieter van der Berg", "Pieter Van Der Berg"),
            ("Sean O’Dowd", "Sean O'Dowd"),
            ("J. Edgar Finch", "Edgar Finch"),
            ("Joseph Prime, Jr.", "Joseph Prime Jr."),
            ("Joseph Prime Jr.", "Joseph Prime"),
            ("Ada Lindqvist-Moor", "Ada Lindquist-Moor"),
            ("Marlow", "Sen. Ben Marlow"),
            ("the Harbor Ferry Authority", "Harbor Ferry Authority"),
        ] {
            assert!(same_person(a, b), "{a} / {b}");
            assert!(same_person(b, a), "{b} / {a}");
        }
    }

    #[test]
    fn two_people_who_look_alike() {
        for (a, b) in [
            ("Ada Quill", "Adam Quill"),
            ("Marco Finch", "Mario Finch"),
            ("Joseph Prime Jr.", "Joseph Prime Sr."),
            ("George W. Finch", "George H. W. Finch"),
            ("Jon Hansen", "Jon Hanson"),
            ("Ada Quill", "Аda Quill"),
            ("Quill", "Quіll"),
            ("a senior official", "a senior official"),
            ("Harbor Ferry Authority", "Harbor Port Authority"),
            ("Ben Marlow", "Ada Quill"),
        ] {
            assert!(!same_person(a, b), "{a} / {b}");
            assert!(!same_person(b, a), "{b} / {a}");
        }
    }

    #[test]
    fn odd_names_are_taken_as_they_are() {
        for odd in
            ["", " ", "“", "’s", "Jr.", "Mr.", "Mr. Jr.", "()", "\u{200b}", "王小明", "von", "X Æ A-12"]
        {
            let _ = Name::parse(odd);
        }
        assert!(same_person("王小明", "王小明"));
        assert!(!same_person("王小明", "王大明"));
    }
}
