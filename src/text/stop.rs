//! Stops: those that belong to abbreviations and acronyms, and those that end a sentence.

use std::sync::LazyLock;

use super::Lookup;
use super::key::{key, key_of};
use super::read::{Reader, is_mark};
use super::token::{ABBREVIATION, TokenKind};

/// Abbreviations whose stop does not end a sentence, in lower case and without the stop; [`TITLES`] are more.
const ABBREVIATIONS: &[&str] = &[
    "jr", "sr", "op", "cit", "approx", "dept", "univ", "assn", "bros", "inc", "ltd", "co", "corp", "ave",
    "blvd", "rd", "fig", "sec", "ala", "ariz", "ark", "calif", "colo", "conn", "fla", "ga", "ill", "ind",
    "kan", "ky", "la", "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn",
    "tex", "va", "vt", "wash", "wis", "wyo", "usw", "evtl", "str", "hl",
];

/// The longest abbreviation, in bytes.
pub(super) const LONGEST_ABBREVIATION: usize = 6;

/// Abbreviations that nothing but more of the name follows: a capital after their stop starts no sentence.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "rep", "reps", "sen", "sens", "gov", "govs", "gen", "lt", "col", "maj",
    "capt", "cpl", "sgt", "pvt", "adm", "cmdr", "supt", "insp", "det", "hon", "rev", "fr", "st", "ste", "mt",
    "vs", "no", "nos", "atty", "asst", "pres", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept",
    "sep", "oct", "nov", "dec", "bzw", "ca", "nr", "mme", "mlle", "del",
];

/// Those of [`TITLES`] that are no other word in small letters; *gen* and *mar* are.
const SMALL_TITLES: &[&str] = &["vs", "bzw", "ca", "nr"];

/// The abbreviations by their keys, and whether each is one of [`TITLES`].
pub(super) static ABBREVIATED: LazyLock<Lookup<bool>> = LazyLock::new(|| {
    let mut known = Lookup::default();
    ABBREVIATIONS.iter().for_each(|word| known.change(key(word), |_| ()));
    TITLES.iter().for_each(|word| known.change(key(word), |title| *title = true));
    known
});

impl Reader<'_> {
    /// Whether a known abbreviation really is one here: a title always is, another only before a small letter,
    /// a digit or punctuation (`Fla., said`), and a word such as `no` only before a digit.
    pub(super) fn abbreviates(&self, word: &str, title: bool, after: usize) -> bool {
        let rest = self.raw.get(after..).unwrap_or("");
        let next = rest.chars().find(|c| !c.is_whitespace());
        if word.eq_ignore_ascii_case("no") || word.eq_ignore_ascii_case("nos") {
            return next.is_some_and(|c| c.is_ascii_digit());
        }
        if title {
            let small = SMALL_TITLES.iter().any(|small| small.eq_ignore_ascii_case(word));
            return small || word.chars().next().is_some_and(char::is_uppercase);
        }
        next.is_some_and(|c| {
            c.is_lowercase() || c.is_ascii_digit() || matches!(c, ',' | ';' | ':' | ')' | '-')
        })
    }

    /// Whether the sentence read so far, which may end, ends before a token that starts with `c`.
    pub(super) fn sentence_ended(&self, c: char) -> bool {
        let here = self.text.tokens.get(self.sentence_start..).unwrap_or(&[]);
        // Closing marks and brackets belong to the sentence that they close; a few at the most are skipped.
        let mut last = None;
        let mut closers = 0;
        for token in here.iter().rev().take(4) {
            let closer = token.kind == TokenKind::Mark || matches!(token.span().text(self.raw), ")" | "]");
            if !closer {
                last = Some(token);
                break;
            }
            closers += 1;
        }
        let Some(last) = last else { return false };
        let opens = c.is_uppercase()
            || c.is_numeric()
            || is_mark(c)
            || matches!(c, '(' | '[' | '•' | '—' | '–' | '@' | '#' | '$' | '…');
        if last.flags & ABBREVIATION != 0 {
            let word = last.span().text(self.raw);
            let known = word.strip_suffix('.').and_then(|word| self.abbreviated.get(key_of(word)));
            let title = known == Some(true);
            let initial = word.chars().count() == 2;
            // U.S. The …: an acronym ends a sentence where an everyday sentence opener follows.
            return !title && !initial && c.is_uppercase() && self.opener_follows();
        }
        match last.span().text(self.raw) {
            "." => opens || (closers == 0 && !c.is_lowercase()),
            "?" | "!" | "…" => opens && (closers == 0 || c.is_uppercase() || is_mark(c)),
            _ => false,
        }
    }

    /// Whether the word that comes now is one that often opens a sentence and seldom goes on with a name.
    fn opener_follows(&self) -> bool {
        const OPENERS: &[&str] = &[
            "the", "he", "she", "it", "they", "we", "but", "and", "in", "on", "at", "a", "an", "this",
            "that", "these", "there", "his", "her", "their", "its", "as", "if", "when", "while", "for", "i",
            "you",
        ];
        let at = self.text.tokens.last().map_or(0, |token| token.end as usize);
        let rest = self.raw.get(at..).unwrap_or("");
        let Some(word) = rest.split_whitespace().next() else { return false };
        OPENERS.iter().any(|opener| opener.eq_ignore_ascii_case(word))
    }
}

/// The most letters of an acronym with stops: what goes on longer is looked at no further and is none.
pub(super) const ACRONYM: usize = 12;

/// Where an initial (`J.`) or an acronym with stops (`U.S.`, `a.m.`) at the start of `text` ends.
pub(super) fn acronym_end(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let mut end = None;
    let mut pairs = 0;
    let mut capital = false;
    while let (Some((_, letter)), Some((stop, '.'))) = (chars.next(), chars.next()) {
        if !letter.is_alphabetic() {
            break;
        }
        if pairs == ACRONYM {
            return None;
        }
        pairs += 1;
        capital = letter.is_uppercase();
        end = Some(stop + 1);
    }
    let end = end?;
    let after = text.get(end..)?;
    let whole = !after.starts_with(char::is_alphanumeric);
    (whole && (pairs > 1 || capital && name_may_follow(after))).then_some(end)
}

/// Whether what comes after one capital with a stop lets it be an initial (`J. Smith`) and not a letter that ends its
/// sentence (`posted on X.`): no end of a paragraph, and no word that is no name.
fn name_may_follow(after: &str) -> bool {
    const OPENERS: &[&str] =
        &["The", "She", "They", "We", "But", "This", "That", "These", "There", "His", "Her", "Their", "It"];
    let rest = after.trim_start_matches([' ', '\u{a0}']);
    // a mark beside the stop closes; one after a space may open a nickname (Otto J. “Buzz” Prime)
    if rest.is_empty() || rest.starts_with(['\n', '\r']) || after.starts_with(['”', '’', '"']) {
        return false;
    }
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    !OPENERS.contains(&word)
}
