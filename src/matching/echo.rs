//! Echoes: a few words of a statement once more (“a raft with no paddles”).
//!
//! They tell too little to be matched by themselves. Who says them, where, and that they stand in a row in a statement
//! at hand makes up for it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::frequency::Frequencies;
use super::printing::Printing;
use super::voices::{is_name, surname};
use super::words::{has_run, key, keys};
use crate::document::Published;
use crate::mention::identity;
use crate::quotation::Kind;

/// The longest echo, in words.
const WORDS: usize = 12;
/// What an echo must tell, in nats: of a statement in its own article, and of one in another.
const NEAR: f32 = 5.0;
const FAR: f32 = 8.0;
/// What an echo of a single word must tell: in its own article, and in another.
const WORD_NEAR: f32 = 8.0;
const WORD_FAR: f32 = 9.0;
/// What an echo of two and more words must tell where one side names nobody: “the suit”, “her lawyers”.
const UNNAMED: f32 = 12.0;
/// What a word must tell, in nats, to find by it a statement whose speaker has no name.
const TELLING: f32 = 5.0;
/// How far apart, in seconds, an echo and its statement may be published.
const DAYS: i64 = 4 * 86_400;
/// By how many names of its speaker a statement is found.
const SPEAKERS: usize = 8;
/// How many statements are looked at for one echo: of its speaker, and of all that have its rarest word.
const CANDIDATES: usize = 128;
/// How many statements of its speaker are asked whether they have that word.
const ASKED: usize = 1024;

/// Who says something, taken apart once: many are held against many.
struct Speaker {
    name: identity::Name,
    is_named: bool,
}

impl Speaker {
    fn of(printing: &Printing) -> Option<Self> {
        let printed = printing.speaker.as_deref()?;
        Some(Self { name: identity::Name::parse(printed), is_named: is_name(printed) })
    }
}

/// A few words between marks.
pub(super) struct Echo<'a> {
    printing: &'a Printing,
    speaker: Option<Speaker>,
    pub(super) words: Vec<u32>,
    /// What they tell, in nats.
    told: f32,
}

impl<'a> Echo<'a> {
    /// What `printing` says, if that is short and tells enough.
    pub(super) fn of(printing: &'a Printing, table: &Frequencies) -> Option<Self> {
        let words = keys(&printing.text);
        let short = (1..=WORDS).contains(&words.len()) && printing.kind != Kind::Indirect;
        let told = if short { table.information(&printing.text) } else { 0.0 };
        (told >= NEAR).then(|| Self { printing, speaker: Speaker::of(printing), words, told })
    }

    /// The words without an article before them, which is the outlet's as often as the speaker's.
    fn core(&self) -> &[u32] {
        const ARTICLES: [u32; 3] = [key("a"), key("an"), key("the")];
        match &self.words[..] {
            [article, rest @ ..] if !rest.is_empty() && ARTICLES.contains(article) => rest,
            words => words,
        }
    }

    /// Whether it tells enough to echo a statement in its own article.
    pub(super) fn tells_near(&self) -> bool {
        self.told >= if self.core().len() == 1 { WORD_NEAR } else { NEAR }
    }

    /// Whether it tells enough to echo a statement in another article.
    pub(super) fn tells_far(&self) -> bool {
        self.told >= if self.core().len() == 1 { WORD_FAR } else { FAR }
    }
}

/// Whether `text` is a few words of `statement` once more.
pub(super) fn repeats(text: &str, statement: &str) -> bool {
    let words = keys(text);
    (1..=WORDS).contains(&words.len()) && has_run(&keys(statement), &words)
}

/// What an echo may repeat: by the surname of who says it, and, as the echo or the statement may be given to nobody
/// with a name, by the words that tell.
#[derive(Default)]
pub(super) struct Hosts {
    all: Vec<Statement>,
    by_surname: HashMap<u64, Vec<usize>>,
    by_word: HashMap<u32, Vec<usize>>,
}

impl Hosts {
    /// With what a group of printings says, the longest of them in full.
    pub(super) fn push<'a>(
        &mut self,
        group: usize,
        longest: &Printing,
        printings: impl Iterator<Item = &'a Printing>,
        table: &Frequencies,
    ) {
        let index = self.all.len();
        let mut surnames: BTreeSet<u64> = longest.speaker.as_deref().and_then(surname).into_iter().collect();
        for printing in printings.filter(|printing| printing.kind != Kind::Indirect) {
            if surnames.len() < SPEAKERS {
                surnames.extend(printing.speaker.as_deref().and_then(surname));
            }
        }
        for surname in surnames {
            self.by_surname.entry(surname).or_default().push(index);
        }
        for (_, word) in table.telling(&longest.text, TELLING) {
            let with = self.by_word.entry(word).or_default();
            if with.last() != Some(&index) {
                with.push(index);
            }
        }
        let (speaker, published) = (Speaker::of(longest), longest.published);
        self.all.push(Statement { group, speaker, published, words: keys(&without_asides(&longest.text)) });
    }

    /// The statements that `echo` may repeat, and how many were not looked at. Each has all its words, so that where one
    /// of them tells, only those that have it count.
    pub(super) fn of(
        &self,
        echo: &Echo<'_>,
        table: &Frequencies,
    ) -> (impl Iterator<Item = &Statement>, usize) {
        let surname = echo.printing.speaker.as_deref().and_then(surname);
        let rarest = table.telling(&echo.printing.text, TELLING).max_by(|a, b| a.0.total_cmp(&b.0));
        let same = surname.and_then(|surname| self.by_surname.get(&surname)).map_or(&[][..], Vec::as_slice);
        let telling = rarest.map(|(_, word)| self.by_word.get(&word).map_or(&[][..], Vec::as_slice));
        let mut not_asked = same.iter();
        let has_word = |index: &&usize| telling.is_none_or(|telling| telling.binary_search(index).is_ok());
        let asked = not_asked.by_ref().take(ASKED);
        let of_speaker: Vec<usize> = asked.filter(has_word).take(CANDIDATES).copied().collect();
        let telling = telling.unwrap_or_default();
        let left = not_asked.len() + telling.len().saturating_sub(CANDIDATES);
        let looked_at = of_speaker.into_iter().chain(telling.iter().take(CANDIDATES).copied());
        (looked_at.filter_map(|index| self.all.get(index)), left)
    }
}

/// What a group of printings says between marks.
pub(super) struct Statement {
    pub(super) group: usize,
    speaker: Option<Speaker>,
    published: Option<Published>,
    pub(super) words: Vec<u32>,
}

impl Statement {
    /// Whether the words of `echo` stand in it in a row.
    pub(super) fn has(&self, echo: &Echo<'_>) -> bool {
        self.words.len() >= echo.words.len() && has_run(&self.words, echo.core())
    }

    /// Whether the one who says `echo` said it, or may have, as nobody is named and the words tell much.
    pub(super) fn may_be_of(&self, echo: &Echo<'_>) -> bool {
        let (ours, theirs) = (self.speaker.as_ref(), echo.speaker.as_ref());
        let same = ours.zip(theirs).is_some_and(|(ours, theirs)| ours.name.fits(&theirs.name));
        let is_named = |speaker: Option<&Speaker>| speaker.is_some_and(|speaker| speaker.is_named);
        let unnamed = !is_named(ours) || !is_named(theirs);
        same || unnamed && echo.core().len() > 1 && echo.told >= UNNAMED
    }

    /// Whether the two were published within days, as far as that is known.
    pub(super) fn is_near(&self, echo: &Echo<'_>) -> bool {
        match (self.published, echo.printing.published) {
            (Some(a), Some(b)) => (a.from() - b.from()).abs() <= DAYS,
            _ => true,
        }
    }
}

/// A statement without what the outlet has put in round brackets.
fn without_asides(text: &str) -> Cow<'_, str> {
    let mut depth = 0_usize;
    let mut said = String::new();
    let bracketed = text.contains('(');
    for c in text.chars().filter(|_| bracketed) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => said.push(c),
            _ => {}
        }
    }
    // One that is never closed is none.
    if said.is_empty() || depth > 0 { Cow::Borrowed(text) } else { Cow::Owned(said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asides_are_left_out_where_they_are_closed() {
        assert_eq!(without_asides("We voted for (Petra) Holm"), "We voted for  Holm");
        assert_eq!(without_asides("We voted :( for Holm"), "We voted :( for Holm");
        assert_eq!(without_asides("We voted for Holm"), "We voted for Holm");
    }
}
