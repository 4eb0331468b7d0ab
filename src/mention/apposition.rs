//! Names beside a noun that says who they are.

use super::language::Class;
use super::scan::{Form, Found, Kind, NONE, Opening, Scanner};
use crate::text::{Token, TokenKind, key};

impl Scanner<'_> {
    /// Whether “of” and what goes with a role stand between it and a name: Secretary *of State* Ada Quill.
    fn of_something(&self, from: usize, to: usize) -> bool {
        (from + 2..from + 5).contains(&to)
            && self.text.word(from) == "of"
            && (from + 1..to).all(|at| self.is_namely(at))
    }

    /// “security firm Quillguard”, “its parent company, Quillguard,”: what the noun says that it is, and no person.
    pub(super) fn link_body_before(&mut self, found: &mut Found, given: bool) {
        let Some(index) = self.found.len().checked_sub(1) else { return };
        let Some(noun) = self.found.get(index).copied() else { return };
        // the company that Ada Quill founded is not called so
        let person = found.titled || found.link != NONE || given && found.words > 1;
        if noun.form != Form::Noun || !noun.class.is(Class::CALLED) || noun.link != NONE || person {
            return;
        }
        let (end, whole) = (noun.end as usize, found.whole as usize);
        let closes = matches!(self.text.word(found.end as usize), "," | "(");
        let apposed =
            end + 1 == whole && self.text.word(end) == "," && closes && noun.opening == Opening::Definite;
        if found.kind == Kind::Place || !(end == whole || apposed) {
            return;
        }
        if self.sentence_of(noun.start) == self.sentence_of(found.start) {
            found.kind = Kind::Organisation;
            found.doubtful = false;
            if noun.class.is(Class::OUTLET_NOUN) {
                found.class = Class::OUTLET_HEAD;
            }
            self.tie(found, index);
        }
    }

    /// Ties a name that is about to be found to a noun that was.
    fn tie(&mut self, name: &mut Found, index: usize) {
        let here = self.found.len() as u32;
        name.link = index as u32;
        if let Some(noun) = self.found.get_mut(index) {
            noun.link = here;
        }
    }

    /// Whether a name with a given name goes on as an apposition: a baker, *Ada Quill* of Harbor; and not as one of a
    /// list: a baker, Ada Quill, and her aunt.
    fn is_full_name_aside(&self, name: &Found) -> bool {
        let given = self.language.name_at(self.text, name.start as usize).class.is(Class::GIVEN);
        let next = self.text.token(name.end as usize + 1).map_or(0, |next| next.key());
        name.words > 1 && given && next != key("and") && self.text.word(name.end as usize) != "."
    }

    /// “A neighbour, who gave only her first name, Ada,”, “a nurse who identified herself as Ada”: the name that
    /// somebody gives as theirs.
    pub(super) fn link_self_named(&mut self, found: &mut Found) {
        if found.link != NONE || !self.is_given_as_name(found.whole as usize) {
            return;
        }
        let sentence = self.sentence_of(found.start);
        let nouns = self.found.iter().enumerate().rev().take(6);
        let mut nouns = nouns.take_while(|(_, noun)| self.sentence_of(noun.start) == sentence);
        let somebody = nouns.find(|(_, noun)| {
            let person = noun.class.is(Class::ROLE.or(Class::PERSON)) && !noun.class.is(Class::PLURAL);
            noun.form == Form::Noun && person && noun.link == NONE && !noun.oblique
        });
        let Some((index, _)) = somebody else { return };
        found.kind = Kind::Person;
        self.tie(found, index);
    }

    /// Whether the words before the token `at` say that what follows is what somebody calls themselves.
    fn is_given_as_name(&self, at: usize) -> bool {
        const NAME: [u64; 2] = [key("name"), key("nickname")];
        const SELF: [u64; 4] = [key("himself"), key("herself"), key("themselves"), key("themself")];
        let word =
            |back: usize| at.checked_sub(back).and_then(|at| self.text.token(at)).map_or(0, |t| t.key());
        let before = at.checked_sub(1).and_then(|before| self.text.token(before));
        let leads =
            |token: &Token| !token.is_word() || token.key() == key("as") || NAME.contains(&token.key());
        if !before.is_some_and(leads) {
            return false;
        }
        let called = |from: usize| (from..from + 3).any(|back| NAME.contains(&word(back)));
        if word(1) == key("as") {
            return called(2) || SELF.contains(&word(2)) || word(2) == key("only") && SELF.contains(&word(3));
        }
        let comma = at.checked_sub(1).is_some_and(|comma| self.text.word(comma) == ",");
        NAME.contains(&word(if comma { 2 } else { 1 }))
    }

    /// The noun that may tell the role of a name after it: the last mention, or one behind a place or body: the mayor of
    /// Chicago, Jane Roe; the president of the Farmers’ League, Jane Roe.
    fn role_before(&self) -> Option<usize> {
        for index in (0..self.found.len()).rev().take(3) {
            let other = self.found.get(index)?;
            match other.form {
                Form::Name if other.kind != Kind::Person => {}
                Form::Noun if other.class.is(Class::PLURAL) => {}
                Form::Noun => return Some(index),
                Form::Name | Form::Pronoun => return None,
            }
        }
        None
    }

    /// “spokesman John Doe”, “the mayor of Chicago, Jane Roe,”: ties the name to the noun before it.
    pub(super) fn link_noun_before(&mut self, found: &mut Found) {
        let Some(index) = self.role_before() else { return };
        let Some(noun) = self.found.get(index).copied() else { return };
        if !noun.class.is(Class::ROLE.or(Class::PERSON)) || noun.class.is(Class::PLURAL) || noun.link != NONE
        {
            return;
        }
        if found.kind == Kind::Place && !found.titled {
            return;
        }
        let whole = found.whole as usize;
        if noun.end as usize == whole || self.of_something(noun.end as usize, whole) && found.words > 1 {
            found.whole = noun.whole;
            self.tie(found, index);
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
        let of = self
            .text
            .token(found.end as usize)
            .is_some_and(|of| [key("of"), key("from")].contains(&of.key()));
        let ends = of
            || matches!(self.text.word(found.end as usize), "," | "." | ";" | ":" | "—" | "–" | "(")
            || self.text.token(found.end as usize).is_none_or(|t| t.kind() == TokenKind::Mark);
        // a spokesman for the city, Ada Quill, said
        let introduced = noun.opening != Opening::Indefinite
            || self.is_full_name_aside(found)
            || (noun.role.noun == key("spokesperson") && self.text.word(found.end as usize) == ",");
        let directly_named =
            comma != whole && self.text.word(comma) != "," && near && of_between && self.is_capital(comma);
        if (self.text.word(comma) == "," && near && of_between && ends && introduced || directly_named)
            && self.sentence_of(noun.start) == self.sentence_of(found.start)
            && !found.titled
        {
            self.tie(found, index);
            found.kind = Kind::Person;
        }
    }
}
