//! Everything in reach of a quotation that could be its source, by rules that rather take too much.
//!
//! Runs of names, pronouns (who and which too), phrases after a determiner, phrases after a possessive, bare
//! nouns that are often sources (officials, critics), any word beside one that reports, and `NAME:` at the
//! start of a quotation. Choosing among them is learned.

use super::lexicon::{Roles, short};
use super::unit::{CUE, Class, ING, Unit, Units};
use crate::text::{Span, Text, TokenKind};

/// What shape a candidate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One, two, or three and more words of a name.
    Name(u8),
    /// A name with a title before it.
    Titled,
    /// A word or more all in capitals.
    Upper,
    /// A pronoun.
    Pronoun,
    /// A relative pronoun.
    Relative,
    /// A phrase after a determiner.
    Phrase,
    /// A phrase after a determiner that ends in a capitalised word.
    NamedPhrase,
    /// A phrase after a possessive.
    Possessed,
    /// A bare noun that is often a source.
    Noun,
    /// A word beside one that reports.
    Neighbour,
    /// A name and a colon at the start of a quotation.
    Label,
}

impl Shape {
    /// As a feature value, with what stands for a pronoun and whether a possessive ending follows.
    const fn code(self, key: u32, possessive: bool) -> u32 {
        let shape = match self {
            Self::Pronoun | Self::Relative => return key,
            Self::Name(words) => words as u32,
            Self::Titled => 4,
            Self::Upper => 5,
            Self::Phrase => 8,
            Self::NamedPhrase => 9,
            Self::Possessed => 10,
            Self::Noun => 11,
            Self::Neighbour => 12,
            Self::Label => 13,
        };
        if possessive { shape + 32 } else { shape }
    }
}

/// A stretch of units that could be a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Its first unit.
    pub(crate) start: u32,
    /// One past its last unit.
    pub(crate) end: u32,
    /// Its bytes.
    pub(crate) span: Span,
    /// What stands for the person or thing: a surname, the head of a phrase.
    pub(crate) key: u32,
    pub(crate) shape: Shape,
    /// Whether a possessive ending follows.
    pub(crate) possessive: bool,
    /// Both as a feature value; every pronoun its own.
    pub(crate) code: u32,
}

/// Level from which a noun counts as one that is often a source.
const SOURCE: u8 = 2;
/// Level from which a word ends a phrase because it reports.
const REPORTS: u8 = 5;
/// Level from which a word hardly does anything but report.
const SAYS: u8 = 8;
/// Words that a phrase may have after its determiner.
const PHRASE: usize = 6;
/// Words that a name may have.
const RUN: usize = 10;

/// Fills `candidates` with all candidates among `units`, in order of their first unit. O(units).
pub(crate) fn find(text: &Text<'_>, units: &Units, candidates: &mut Vec<Candidate>) {
    candidates.clear();
    let mut finder = Finder { text, units, candidates };
    let mut at = 0;
    let mut covered = 0;
    while at < units.len() {
        at = finder.step(at, &mut covered);
    }
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    units: &'a Units,
    candidates: &'a mut Vec<Candidate>,
}

impl Finder<'_, '_> {
    /// Looks at the unit `at`; returns the next one to look at. Up to `covered`, bare nouns belong to a phrase.
    fn step(&mut self, at: usize, covered: &mut usize) -> usize {
        let units = self.units;
        let unit = units.at(at);
        if unit.is(Class::QUOTE) {
            self.label(at);
            return at + 1;
        }
        if !unit.is(Class::WORD) && !unit.is(Class::NUMBER) {
            return at + 1;
        }
        if unit.has(Roles::RELATIVE) {
            self.push(at, at + 1, Shape::Relative);
            return at + 1;
        }
        if unit.has(Roles::PRONOUN) {
            self.push(at, at + 1, Shape::Pronoun);
            if !unit.has(Roles::DETERMINER) {
                return at + 1;
            }
        }
        if unit.has(Roles::DETERMINER) {
            let end = self.phrase_end(at + 1, PHRASE);
            if end > at + 1 {
                let last = units.at(end - 1);
                let named = last.is(Class::CAPITAL)
                    && (!units.grammar().capital_nouns || units.at(end - 2).is(Class::CAPITAL));
                let shape = if named { Shape::NamedPhrase } else { Shape::Phrase };
                self.push(at, end, shape);
                *covered = (*covered).max(end);
            } else if self.stands_alone(at) {
                self.push(at, at + 1, Shape::Pronoun);
            }
            return at + 1;
        }
        if self.starts_name(unit) || self.is_name_in_spite(at) {
            return self.name(at);
        }
        if unit.source >= SOURCE && at >= *covered && !unit.has(NEVER) {
            self.push(at, at + 1, Shape::Noun);
        } else if at >= *covered
            && !unit.has(NEVER.or(Roles::PRONOUN))
            && unit.cue < REPORTS
            && self.beside_cue(at, at + 1)
        {
            self.push(at, at + 1, Shape::Neighbour);
        }
        at + 1
    }

    /// Whether a determiner may be a source by itself: *her* “own words”, *some* say.
    fn stands_alone(&self, at: usize) -> bool {
        let unit = self.units.at(at);
        if unit.has(Roles::POSSESSIVE) {
            return self.units.at(at + 1).is(Class::QUOTE);
        }
        !unit.has(Roles::PRONOUN) && self.beside_cue(at, at + 1)
    }

    fn beside_cue(&self, start: usize, end: usize) -> bool {
        let before = self.units.at(start.wrapping_sub(1));
        let after = self.units.at(end);
        before.cue > CUE || after.cue > CUE
    }

    /// A name that is an everyday word too, before a word that reports: *Will* said.
    fn is_name_in_spite(&self, at: usize) -> bool {
        let (unit, next) = (self.units.at(at), self.units.at(at + 1));
        unit.is(Class::CAPITAL)
            && unit.has(Roles::AUXILIARY.or(Roles::PREPOSITION))
            && !unit.is(Class::UPPER)
            && !next.is(Class::CAPITAL)
            && next.ending != ING
            && next.cue >= if unit.is(Class::OPENS_SENTENCE) { SAYS } else { REPORTS }
    }

    fn starts_name(&self, unit: &Unit) -> bool {
        unit.is(Class::WORD) && unit.is(Class::CAPITAL) && !unit.has(NO_NAME) && unit.cue < REPORTS
    }

    /// A run of capitalised words, and the phrase that it owns if a possessive follows.
    fn name(&mut self, start: usize) -> usize {
        let units = self.units;
        let mut end = start + 1;
        let mut last_word = start;
        while end < start + RUN {
            let unit = units.at(end);
            let next = units.at(end + 1);
            if unit.is(Class::OPENS_PARAGRAPH) {
                break;
            }
            let glued = unit.is(Class::OPENS_SENTENCE);
            if !glued && self.starts_name(unit) {
                last_word = end;
                end += 1;
                continue;
            }
            let joins = unit.has(Roles::PARTICLE)
                || self.word(unit) == "&"
                || (self.word(unit) == "of" && end == start + 1);
            if !glued && joins && self.starts_name(next) && !next.is(Class::OPENS_SENTENCE) {
                last_word = end + 1;
                end += 2;
                continue;
            }
            break;
        }
        let first = units.at(start);
        let words = (end - start).min(3) as u8;
        let shape = if first.has(Roles::TITLE) && end > start + 1 {
            Shape::Titled
        } else if first.is(Class::UPPER)
            && units.at(last_word).is(Class::UPPER)
            && !first.is(Class::ABBREVIATION)
        {
            Shape::Upper
        } else {
            Shape::Name(words)
        };
        self.push(start, end, shape);
        if let Some(joined) = self.titled_end(end) {
            self.push(start, joined, Shape::Titled);
        }
        if units.at(end).is(Class::CLITIC) {
            let owned = self.phrase_end(end + 1, PHRASE);
            if owned > end + 1 {
                self.push(start, owned, Shape::Possessed);
            }
        }
        end
    }

    /// Where a name ends that follows after small words of a title: ICE *spokesperson Ada Quill*.
    fn titled_end(&self, from: usize) -> Option<usize> {
        let is_title = |unit: &Unit| {
            unit.is(Class::WORD)
                && !unit.is(Class::CAPITAL.or(Class::OPENS_SENTENCE))
                && !unit.has(ENDS_PHRASE)
                && unit.cue <= CUE
        };
        let small = (from..from + 3).take_while(|at| is_title(self.units.at(*at))).count();
        let name = from + small;
        let source =
            (from..name).any(|at| self.units.at(at).source >= SOURCE || self.units.at(at).has(Roles::TITLE));
        if !source || !self.starts_name(self.units.at(name)) {
            return None;
        }
        let more = |at: &usize| {
            let unit = self.units.at(*at);
            self.starts_name(unit) && !unit.is(Class::OPENS_SENTENCE)
        };
        Some(name + (name..name + RUN).take_while(more).count())
    }

    /// Where a noun phrase that goes on at `at` ends: at punctuation, a small word, a word that reports.
    fn phrase_end(&self, at: usize, most: usize) -> usize {
        let mut end = at;
        let mut noun = false;
        while end < at + most {
            let unit = self.units.at(end);
            // Where nouns have capitals, a small letter after one ends the phrase.
            if self.units.grammar().capital_nouns && unit.is(Class::WORD) {
                if noun && !unit.is(Class::CAPITAL) {
                    break;
                }
                noun |= unit.is(Class::CAPITAL);
            }
            let goes_on = unit.is(Class::WORD.or(Class::NUMBER).or(Class::CLITIC))
                && !unit.is(Class::OPENS_SENTENCE)
                && !unit.has(ENDS_PHRASE)
                && (unit.cue < REPORTS || (end == at && unit.source >= SOURCE));
            if !goes_on {
                break;
            }
            end += 1;
        }
        if self.units.at(end.wrapping_sub(1)).is(Class::CLITIC) { end - 1 } else { end }
    }

    /// `NAME:` at the start of the quotation at `at`.
    fn label(&mut self, at: usize) {
        let unit = self.units.at(at);
        let inside =
            self.text.tokens().get(unit.first_token as usize..unit.end_token as usize).unwrap_or(&[]);
        let first = unit.first_token as usize
            + inside.iter().take_while(|token| token.kind() == TokenKind::Mark).take(2).count();
        let mut end = first;
        while end < first + 4
            && self.text.token(end).is_some_and(|token| token.is_word() && token.is_capitalised())
        {
            end += 1;
        }
        if end == first || end >= unit.end_token as usize || self.text.word(end) != ":" {
            return;
        }
        let (Some(span), Some(last)) = (self.text.span_of(first..end), self.text.token(end - 1)) else {
            return;
        };
        self.candidates.push(Candidate {
            start: at as u32,
            end: at as u32,
            span,
            key: short(last.key()),
            shape: Shape::Label,
            possessive: false,
            code: Shape::Label.code(short(last.key()), false),
        });
    }

    fn word(&self, unit: &Unit) -> &str {
        self.text.word(unit.first_token as usize)
    }

    fn push(&mut self, start: usize, end: usize, shape: Shape) {
        let (first, last) = (self.units.at(start), self.units.at(end - 1));
        let Some(span) = self.text.span_of(first.first_token as usize..last.end_token as usize) else {
            return;
        };
        let possessive = self.units.at(end).is(Class::CLITIC) && shape != Shape::Possessed;
        let code = shape.code(last.key, possessive);
        let (start, end) = (start as u32, end as u32);
        self.candidates.push(Candidate { start, end, span, key: last.key, shape, possessive, code });
    }
}

/// Words that are no source by themselves.
const NEVER: Roles = Roles::PREPOSITION
    .or(Roles::CONJUNCTION)
    .or(Roles::AUXILIARY)
    .or(Roles::BREAK)
    .or(Roles::ADVERB)
    .or(Roles::OBJECT)
    .or(Roles::DAY)
    .or(Roles::DETERMINER);

/// Words that no name has in it, capital or not.
const NO_NAME: Roles = NEVER.or(Roles::PRONOUN).or(Roles::RELATIVE);

/// Words that end a noun phrase.
const ENDS_PHRASE: Roles = NO_NAME;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speaker::lexicon::lexicon;

    fn found(raw: &str) -> Vec<String> {
        let text = Text::new(raw);
        let mut units = Units::default();
        let quotes = raw.find('“').into_iter().map(|start| Span::new(start, raw.find('”').unwrap() + 3));
        units.read(&text, 0..text.tokens().len(), quotes, lexicon("en"));
        let mut candidates = Vec::new();
        find(&text, &units, &mut candidates);
        candidates.iter().map(|candidate| candidate.span.text(raw).to_owned()).collect()
    }

    #[test]
    fn names_run_over_titles_initials_and_particles() {
        assert_eq!(found("Then Rep. J. J. van Doe left."), ["Rep. J. J. van Doe"]);
    }

    #[test]
    fn a_possessive_owns_the_phrase_after_it() {
        assert_eq!(found("Doe’s campaign manager left."), ["Doe", "Doe’s campaign manager left"]);
    }

    #[test]
    fn phrases_pronouns_and_relatives_are_candidates() {
        assert_eq!(found("The angry mayor, who was there, and she"), ["The angry mayor", "who", "she"]);
    }

    #[test]
    fn a_label_inside_the_marks_is_a_candidate() {
        assert_eq!(found("“DOE: We won.”"), ["DOE"]);
    }
}
