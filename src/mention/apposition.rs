//! Names beside a noun that says who they are.

use super::language::Class;
use super::scan::{Form, Found, Kind, NONE, Opening, Scanner};
use crate::text::{TokenKind, key};

impl Scanner<'_> {
    /// Whether “of” and what goes with a role stand between it and a name: Secretary *of State* Ada Quill.
    fn of_something(&self, from: usize, to: usize) -> bool {
        (from + 2..from + 5).contains(&to)
            && self.text.word(from) == "of"
            && (from + 1..to).all(|at| self.is_namely(at))
    }

    /// “spokesman John Doe”, “the mayor of Chicago, Jane Roe,”: ties the name to the noun before it.
    pub(super) fn link_noun_before(&mut self, found: &mut Found) {
        let index = self.found.len().checked_sub(1);
        let Some((index, noun)) = index.and_then(|i| self.found.get(i).map(|noun| (i, *noun))) else {
            return;
        };
        // The role may stand behind a place or organisation: the mayor of Chicago, Jane Roe
        let (index, noun) = if noun.form == Form::Noun {
            (index, noun)
        } else {
            let Some(before) = index.checked_sub(1).and_then(|i| self.found.get(i).map(|noun| (i, *noun)))
            else {
                return;
            };
            if noun.kind == Kind::Person || before.1.form != Form::Noun {
                return;
            }
            before
        };
        if !noun.class.is(Class::ROLE.or(Class::PERSON)) || noun.class.is(Class::PLURAL) || noun.link != NONE
        {
            return;
        }
        if found.kind == Kind::Place && !found.titled {
            return;
        }
        let whole = found.whole as usize;
        let here = self.found.len() as u32;
        if noun.end as usize == whole || self.of_something(noun.end as usize, whole) && found.words > 1 {
            found.whole = noun.whole;
            found.link = index as u32;
            if let Some(noun) = self.found.get_mut(index) {
                noun.link = here;
            }
            found.kind = Kind::Person;
            found.oblique = noun.oblique;
            return;
        }
        let Some(comma) = whole.checked_sub(1) else { return };
        // der Vorsitzende der CDU, Otto Prime
        let of_words = if self.language.capital_nouns {
            Class::PREPOSITION.or(Class::DEFINITE)
        } else {
            Class::PREPOSITION
        };
        let near = comma >= noun.end as usize && comma - noun.end as usize <= 9;
        let of_between = comma == noun.end as usize
            || self
                .text
                .token(noun.end as usize)
                .is_some_and(|t| t.is_word() && self.language.word(t.key()).class.is(of_words));
        let ends = matches!(self.text.word(found.end as usize), "," | "." | ";" | ":" | "—" | "–" | "(")
            || self.text.token(found.end as usize).is_none_or(|t| t.kind() == TokenKind::Mark);
        // a spokesman for the city, Ada Quill, said
        let introduced = noun.opening != Opening::Indefinite
            || (noun.role.noun == key("spokesperson") && self.text.word(found.end as usize) == ",");
        let directly_named =
            comma != whole && self.text.word(comma) != "," && near && of_between && self.is_capital(comma);
        if (self.text.word(comma) == "," && near && of_between && ends && introduced || directly_named)
            && self.sentence_of(noun.start) == self.sentence_of(found.start)
            && !found.titled
        {
            found.link = index as u32;
            found.kind = Kind::Person;
            if let Some(noun) = self.found.get_mut(index) {
                noun.link = here;
            }
        }
    }
}
