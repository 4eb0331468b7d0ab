//! Languages as data: what a word can be in a name, a title, a role or a pronoun.
//!
//! A language is one file of `languages/`, a class of words a line (the classes are the constants of [`Class`]);
//! to add one, write the file and add it to [`SOURCES`]. Given names and their short forms are shared by all.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use crate::text::{Lookup, Text, Token, WordTable, key, key_of};

/// What a word can be; a word may be several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class(pub(crate) u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $label:literal;)*) => {
        impl Class {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*

            fn named(label: &str) -> Option<Self> {
                match label {
                    $($label => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// Frequent words that tell the language.
    MARKER = 0, "marker";
    /// Stands before a name and is nothing by itself: Mr., Sen.
    TITLE = 1, "title";
    /// A noun for one person by what they do; before a name it is a title.
    ROLE = 2, "role";
    /// A noun for any person: the woman.
    PERSON = 3, "person";
    /// A noun for several people.
    PLURAL = 4, "plural";
    /// he
    PRONOUN_M = 5, "pronoun_m";
    /// she
    PRONOUN_F = 6, "pronoun_f";
    /// they
    PRONOUN_THEY = 7, "pronoun_they";
    /// it
    PRONOUN_IT = 8, "pronoun_it";
    /// who
    PRONOUN_WHO = 9, "pronoun_who";
    /// which
    PRONOUN_WHICH = 10, "pronoun_which";
    /// I
    PRONOUN_I = 11, "pronoun_i";
    /// we
    PRONOUN_WE = 12, "pronoun_we";
    /// his, her, their
    POSSESSIVE = 13, "possessive";
    /// the, this
    DEFINITE = 14, "definite";
    /// a, one, several
    INDEFINITE = 15, "indefinite";
    /// of, at, with
    PREPOSITION = 16, "preposition";
    /// and, that, because
    CONJUNCTION = 17, "conjunction";
    /// Auxiliaries, adverbs, reporting verbs: never part of a name.
    FUNCTION = 18, "function";
    /// A verb after which the person is spoken to.
    RECIPIENT = 19, "recipient";
    /// Days, months, feasts.
    CALENDAR = 20, "calendar";
    /// Jr., III
    SUFFIX = 21, "suffix";
    /// Ph.D.
    DEGREE = 22, "degree";
    /// van, de la, bin
    PARTICLE = 23, "particle";
    /// Words that join the words of an organisation's name: Department of Justice.
    CONNECTOR = 24, "connector";
    /// The word that tells an organisation.
    ORG_HEAD = 25, "orghead";
    /// Inc., GmbH
    ORG_SUFFIX = 26, "orgsuffix";
    /// The word that tells an outlet.
    OUTLET_HEAD = 27, "outlethead";
    /// A noun that stands for an organisation named before: the agency.
    ORG_NOUN = 28, "orgnoun";
    /// A noun that stands for an outlet named before: the newspaper.
    OUTLET_NOUN = 29, "outletnoun";
    /// A noun for something written that speaks: the report.
    DOCUMENT = 30, "document";
    /// A country, state or city.
    PLACE = 31, "place";
    /// Latvian, Muslim
    DEMONYM = 32, "demonym";
    /// Democratic
    PARTY = 33, "party";
    /// former
    FORMER = 34, "former";
    /// vice, deputy
    VICE = 35, "vice";
    /// A given name.
    GIVEN = 36, "given";
    /// An everyday word, written small within a sentence.
    COMMON = 37, "common";
    /// A noun that no person's name ends with: Convention, Street.
    THING = 39, "thing";
    /// A role noun that is as often an adjective: a major bank.
    ADJECTIVAL = 40, "adjectival";
    /// An office that one person at a time holds: whoever is named with it is meant by it.
    SOLE = 41, "sole";
    /// A noun that stands for any body named before: the company, the group.
    ANY_BODY = 42, "anybody";
    /// A noun for a business, which no public body is.
    COMPANY = 43, "company";
    /// A noun right behind which stands what the body is called: the security firm *Quillguard*.
    CALLED = 44, "called";
    /// The word that an outlet's name begins with and nothing else does: Gazzetta, Radio.
    OUTLET_OPENER = 45, "outletopener";
    /// A noun for whoever was named last, whatever else they are known as: the 51-year-old.
    WHOEVER = 46, "whoever";
    /// A noun for somebody who is not named: the insider.
    UNNAMED = 47, "unnamed";
    /// A word that is a noun for one person only by itself after its article: the junior.
    ALONE = 48, "alone";
    /// Two words that make a place or the like, joined by `_`: new_york.
    PLACE_PAIR = 38, "placepair";
}

impl Class {
    /// Any personal, relative or possessive pronoun.
    pub(crate) const PRONOUN: Self = Self(
        Self::PRONOUN_M.0
            | Self::PRONOUN_F.0
            | Self::PRONOUN_THEY.0
            | Self::PRONOUN_IT.0
            | Self::PRONOUN_WHO.0
            | Self::PRONOUN_WHICH.0
            | Self::PRONOUN_I.0
            | Self::PRONOUN_WE.0,
    );
    /// What may open a noun phrase.
    pub(crate) const DETERMINER: Self = Self(Self::DEFINITE.0 | Self::INDEFINITE.0 | Self::POSSESSIVE.0);
    /// Words that no name holds and no noun phrase goes across.
    pub(crate) const CLOSED: Self = Self(
        Self::DETERMINER.0
            | Self::PRONOUN.0
            | Self::PREPOSITION.0
            | Self::CONJUNCTION.0
            | Self::FUNCTION.0
            | Self::RECIPIENT.0,
    );

    /// Whether it is any of `other`.
    pub(crate) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What is either.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Grammatical or natural gender, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Gender {
    /// Nothing tells.
    #[default]
    Unknown,
    /// She.
    Female,
    /// He.
    Male,
}

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) class: Class,
    pub(crate) gender: Gender,
    /// The key of the noun under which a title or role is kept.
    pub(crate) noun: u64,
}

/// Hashes a word's key, which is a hash already, once more: words are easily made whose keys agree in the low bits, by
/// which a map chooses a place, and a text full of those would take time in the square of its length.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        // The two halves of a product with the golden ratio: every bit of the key is in every bit of it.
        let wide = u128::from(self.0) * 0x9e37_79b9_7f4a_7c15;
        (wide >> 64) as u64 ^ wide as u64
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut hash = crate::text::Hasher::after(self.0);
        bytes.iter().for_each(|byte| hash.byte(*byte));
        self.0 = hash.finish();
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map from word keys.
pub(crate) type KeyMap<V> = HashMap<u64, V, BuildHasherDefault<KeyHasher>>;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Language {
    code: &'static str,
    words: WordTable<Entry>,
    /// Role nouns that compounds end with, where the language writes compounds as one word.
    compounds: Vec<String>,
    place_pairs: Lookup<()>,
    /// Whether every noun has a capital, so that a capital makes no name.
    pub(crate) capital_nouns: bool,
}

const SOURCES: &[(&str, &str)] = &[
    ("en", include_str!("languages/en.tsv")),
    ("de", include_str!("languages/de.tsv")),
    ("fr", include_str!("languages/fr.tsv")),
];
/// The line of a language file that says that every noun has a capital.
const CAPITAL_NOUNS: &str = "*\tcapital-nouns";

/// How many tokens are read to tell the language, and how many first where it is said.
const SAMPLE: usize = 600;
const GLANCE: usize = 200;
/// So many small words in a glance leave no doubt: 15 %, where 40 are usual.
const PLAIN: usize = 30;
/// By how many more of its small words a text shows that it is not in the language it is said to be in.
const DOUBT: usize = 5;

const GIVEN_NAMES: &str = include_str!("tables/given_names.tsv");
const COMMON_WORDS: &str = include_str!("tables/common_words.txt");
const NICKNAMES: &str = include_str!("tables/nicknames.tsv");

impl Language {
    fn read(code: &'static str, source: &str) -> Self {
        let mut words = WordTable::<Entry>::default();
        let mut place_pairs = Lookup::default();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(label), Some(gender), Some(list)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let Some(class) = Class::named(label) else { continue };
            let noun = columns.next().map(key_of);
            for word in list.split_whitespace() {
                if let Some((first, second)) = word.split_once('_') {
                    place_pairs.change(pair(key_of(first), key_of(second)), |()| ());
                    continue;
                }
                let key = key_of(word);
                words.change(key, |entry| {
                    entry.class = entry.class.or(class);
                    if class.is(Class::TITLE.or(Class::ROLE).or(Class::DOCUMENT)) {
                        entry.noun = noun.unwrap_or(key);
                    }
                    if entry.gender == Gender::Unknown {
                        entry.gender = gender_of(gender);
                    }
                });
            }
        }
        let capital_nouns = source.lines().any(|line| line == CAPITAL_NOUNS);
        let mut compounds = Vec::new();
        if capital_nouns {
            for line in source.lines().filter(|line| line.starts_with("role\t")) {
                let list = line.split('\t').nth(2).unwrap_or("");
                compounds.extend(list.split_whitespace().filter(|word| word.len() >= 6).map(str::to_owned));
            }
            // The longest first: bundeskanzlerin before kanzlerin.
            compounds.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        Self { code, words, compounds, place_pairs, capital_nouns }
    }

    /// All languages, English first.
    pub(crate) fn all() -> &'static [Self] {
        static ALL: OnceLock<Vec<Language>> = OnceLock::new();
        ALL.get_or_init(|| SOURCES.iter().map(|&(code, source)| Self::read(code, source)).collect())
    }

    /// The place in [`Language::all`] of the language called `code` (its first two letters count), if it is known.
    fn index_of_code(code: &str) -> Option<usize> {
        let code = code.get(..2)?;
        SOURCES.iter().position(|(known, _)| known.eq_ignore_ascii_case(code))
    }

    /// The language of a text: that which it is said to be in, if there is a file for it and its words do not
    /// plainly say otherwise; else that whose small words it has most of. English where nothing tells.
    /// Reads at most [`SAMPLE`] tokens.
    pub(crate) fn of(text: &Text<'_>, said: Option<&str>) -> &'static Self {
        let languages = Self::all();
        let Some(first) = languages.first() else { return empty() };
        let said = said.and_then(Self::index_of_code);
        let own = said.unwrap_or(0);
        let of_own = |counts: Counts| counts.get(own).copied().unwrap_or(0);
        if said.is_some() && of_own(small_words(text, GLANCE, None)) >= PLAIN {
            return languages.get(own).unwrap_or(first);
        }
        let counts = small_words(text, SAMPLE, Some(own));
        let mut best = (of_own(counts), own);
        for (index, count) in counts.into_iter().enumerate() {
            let more = if said.is_some() { DOUBT } else { 1 };
            if is_plainly_more(count, best.0, more) {
                best = (count, index);
            }
        }
        languages.get(best.1).unwrap_or(first)
    }

    /// Its ISO 639-1 code.
    pub(crate) const fn code(&self) -> &'static str {
        self.code
    }

    /// What `key` is among the words of the language.
    #[inline]
    pub(crate) fn word(&self, key: u64) -> Entry {
        self.words.of(key)
    }

    /// Where each token is among the words of the language, for [`Language::word_at`]. O(tokens).
    pub(crate) fn find_all(&self, text: &Text<'_>) -> Vec<u32> {
        self.words.find_all(text, 0..text.tokens().len())
    }

    /// The word that was found at `found`.
    #[inline]
    pub(crate) fn word_at(&self, found: u32) -> Entry {
        self.words.at(found)
    }

    /// Whether two words one after the other are a place.
    pub(crate) fn is_place_pair(&self, first: u64, second: u64) -> bool {
        self.place_pairs.get(pair(first, second)).is_some()
    }

    /// What `key` is among given names and everyday words.
    pub(crate) fn name(&self, key: u64) -> Entry {
        self.name_of(names().of(key))
    }

    /// The same of the token at `index`.
    pub(crate) fn name_at(&self, text: &Text<'_>, index: usize) -> Entry {
        self.name_of(names().of_token(text, index))
    }

    fn name_of(&self, name: Name) -> Entry {
        let given = if name.given { Class::GIVEN } else { Class::default() };
        // The everyday words are English.
        let common = if name.common && self.code == "en" { Class::COMMON } else { Class::default() };
        Entry { class: given.or(common), gender: name.gender, noun: 0 }
    }

    /// What a word of a text is: `entry`, which it is as it stands, or in a language of compounds what its last part
    /// is (SPD-Politiker, Außenministerin).
    #[inline]
    pub(crate) fn word_of<'t>(&self, entry: Entry, printed: impl Fn() -> &'t str, capital: bool) -> Entry {
        if entry.class != Class::default() || !capital || self.compounds.is_empty() {
            return entry;
        }
        self.compound(printed()).unwrap_or(entry)
    }

    /// What the last part of a compound is.
    fn compound(&self, printed: &str) -> Option<Entry> {
        if printed.len() < 9 {
            return None;
        }
        if let Some((_, tail)) = printed.rsplit_once('-') {
            return Some(self.word(key_of(tail)));
        }
        self.compounds
            .iter()
            .find(|tail| printed.ends_with(tail.as_str()))
            .map(|tail| self.word(key_of(tail)))
    }
}

/// The key of a token, without the stop of an abbreviation.
pub(crate) fn bare_key(text: &Text<'_>, token: &Token) -> u64 {
    if token.is_abbreviation() {
        key_of(token.span().text(text.raw()).trim_end_matches('.'))
    } else {
        token.key()
    }
}

/// A number for each language, in the order of [`SOURCES`].
type Counts = [usize; SOURCES.len()];

/// Whether `count` small words of one language are so many more than those of another that the text is in it: a name
/// such as van der Berg makes no German text.
const fn is_plainly_more(count: usize, other: usize, more: usize) -> bool {
    count > other + other / 2 + more
}

/// How many of the first `tokens` tokens are among the small words of each language: a look at each for all of them.
/// It stops early where what is left cannot make any language plainly more than `own`.
fn small_words(text: &Text<'_>, tokens: usize, own: Option<usize>) -> Counts {
    static SMALL: OnceLock<WordTable<u32>> = OnceLock::new();
    let small = SMALL.get_or_init(|| {
        let mut small = WordTable::<u32>::default();
        for (index, language) in Language::all().iter().enumerate() {
            let words = language.words.iter();
            for (key, _) in words.filter(|(_, word)| word.class.is(Class::MARKER.or(Class::CLOSED))) {
                small.change(key, |languages| *languages |= 1 << index);
            }
        }
        small
    });
    let mut counts = Counts::default();
    let tokens = tokens.min(text.tokens().len());
    for from in (0..tokens).step_by(STEP) {
        let to = tokens.min(from + STEP);
        let words = (from..to).filter(|at| text.token(*at).is_some_and(|token| token.is_word()));
        for languages in words.map(|at| small.of_token(text, at)) {
            for (index, count) in counts.iter_mut().enumerate() {
                *count += (languages >> index & 1) as usize;
            }
        }
        let (own, left) = (own.and_then(|own| counts.get(own)), tokens - to);
        if own.is_some_and(|own| !counts.iter().any(|count| is_plainly_more(count + left, *own, 1))) {
            break;
        }
    }
    counts
}

/// After how many tokens it is asked anew whether the language is told.
const STEP: usize = 50;

/// What a word is among given names and everyday words.
#[derive(Clone, Copy, Debug, Default)]
struct Name {
    given: bool,
    common: bool,
    gender: Gender,
}

/// Given names and everyday words, of all languages.
fn names() -> &'static WordTable<Name> {
    static NAMES: OnceLock<WordTable<Name>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = WordTable::<Name>::default();
        // Lines so short are parted sooner character by character than by the search that `lines` makes.
        for line in GIVEN_NAMES.split(['\n']).filter(|line| !line.starts_with('#')) {
            if let Some((name, gender)) = line.split_once(['\t']) {
                let entry = Name { given: true, common: false, gender: gender_of(gender) };
                names.change(key_of(name), |known| *known = entry);
            }
        }
        for word in COMMON_WORDS.split(['\n']).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            names.change(key_of(word), |entry| entry.common = true);
        }
        names
    })
}

/// The keys of all words that a text is looked up for here, but for given names: few texts have any one of them.
pub(crate) fn words() -> impl Iterator<Item = u64> {
    let words = Language::all().iter().flat_map(|language| language.words.iter());
    let everyday = names().iter().filter(|(_, name)| name.common);
    words.map(|(key, _)| key).chain(everyday.map(|(key, _)| key))
}

fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(17) ^ second
}

fn gender_of(column: &str) -> Gender {
    match column {
        "f" => Gender::Female,
        "m" => Gender::Male,
        _ => Gender::Unknown,
    }
}

fn empty() -> &'static Language {
    static EMPTY: OnceLock<Language> = OnceLock::new();
    EMPTY.get_or_init(|| Language::read("", ""))
}

/// Whether two given names, by their keys, are one name and its short form, or two short forms of one name.
pub(crate) fn same_given(a: u64, b: u64) -> bool {
    static FORMS: OnceLock<KeyMap<Vec<u64>>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let mut forms = KeyMap::<Vec<u64>>::default();
        for line in NICKNAMES.lines().filter(|line| !line.starts_with('#')) {
            let mut names = line.split('\t');
            let Some(name) = names.next() else { continue };
            for short in names {
                forms.entry(key(name)).or_default().push(key(short));
                forms.entry(key(short)).or_default().push(key(name));
            }
        }
        forms
    });
    a == b || forms.get(&a).is_some_and(|list| list.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ends that agree once go on to agree, so that pairs of them make 4,096 words of 48 letters.
    #[test]
    fn words_made_to_meet_in_the_low_bits_of_their_keys_do_not_meet_in_a_map() {
        const LOW: u64 = (1 << 20) - 1;
        let mut words = vec![String::new()];
        for _ in 0..12 {
            let pair = pair_after(&words[0], LOW);
            words =
                words.iter().flat_map(|word| pair.iter().map(move |end| format!("{word}{end}"))).collect();
        }
        let keys: Vec<u64> = words.iter().map(|word| crate::text::key(word)).collect();
        assert!(keys.len() == 4096 && keys.iter().all(|key| key & LOW == keys[0] & LOW));
        let place = |key: &u64| {
            let mut hasher = KeyHasher::default();
            hasher.write_u64(*key);
            hasher.finish() & LOW
        };
        let places: std::collections::HashSet<u64> = keys.iter().map(place).collect();
        assert!(places.len() > 4000, "{} places", places.len());
    }

    /// Two ends of four letters after which the keys of a word agree in the bits `low`.
    fn pair_after(word: &str, low: u64) -> [String; 2] {
        let mut seen = std::collections::HashMap::new();
        let letter = |number: u32, at: u32| char::from(b'a' + (number / 26_u32.pow(at) % 26) as u8);
        let end = |number: u32| -> String { (0..4).map(|at| letter(number, at)).collect() };
        let key = |end: &str| crate::text::key(&format!("{word}{end}")) & low;
        let met = (0..).map(end).find_map(|end| Some([seen.insert(key(&end), end.clone())?, end]));
        met.unwrap()
    }

    #[test]
    fn every_line_of_every_language_file_names_a_class() {
        let skeleton = ("xx", include_str!("languages/xx.tsv.example"));
        for (code, source) in SOURCES.iter().chain([&skeleton]) {
            for line in source.lines().filter(|line| !line.starts_with('#')) {
                let label = line.split('\t').next().unwrap();
                assert!(Class::named(label).is_some() || line == CAPITAL_NOUNS, "{code}: {line}");
            }
        }
    }

    #[test]
    fn the_language_is_told_by_its_small_words() {
        let code = |raw| Language::of(&Text::new(raw), None).code;
        assert_eq!(code("The mayor said that the bridge is closed."), "en");
        assert_eq!(code("Die Ministerin sagte, das Gesetz sei nicht fertig und werde geprüft."), "de");
        assert_eq!(code("Le maire a dit que les ponts sont fermés pour une semaine."), "fr");
        assert_eq!(code(""), "en");
    }

    #[test]
    fn a_language_that_the_text_plainly_is_not_in_is_not_believed() {
        let code = |raw, said| Language::of(&Text::new(raw), Some(said)).code;
        let german = "Die Ministerin sagte am Montag, dass der Plan nicht mit den Ländern abgestimmt sei und das \
                      Gesetz für die Häfen sich von dem alten nicht unterscheide.";
        assert_eq!(code(german, "en"), "de");
        assert_eq!(code(german, "de-AT"), "de");
        assert_eq!(code("Quill sagte: „Nein.“", "de"), "de");
        assert_eq!(code("“No,” van der Berg said.", "en"), "en");
        assert_eq!(code("Le maire a dit que les ponts sont fermés pour une semaine.", "pt"), "fr");
    }

    #[test]
    fn nicknames_go_with_their_names() {
        assert!(same_given(key("bill"), key("william")));
        assert!(!same_given(key("bill"), key("robert")));
    }
}
