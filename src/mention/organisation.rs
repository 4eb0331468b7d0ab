//! Names of organisations in a run of capitalised words, and beyond it.

use super::language::{Class, bare_key};
use super::piece::{NO_PERSON, Piece};
use super::scan::{Form, Kind, Scanner};
use crate::text::key;

impl Scanner<'_> {
    pub(super) fn is_organisation(&self, name: &[Piece]) -> bool {
        let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
        if last.is(Class::ORG_HEAD.or(Class::ORG_SUFFIX)) {
            return name.len() > 1;
        }
        if first.is(Class::OUTLET_OPENER) && name.len() > 1 && !last.is(Class::ROLE) {
            return true;
        }
        // Anita Hill is a person, The Hill is none.
        last.is(Class::OUTLET_HEAD) && (name.len() > 2 || !first.is_given() || first.is(Class::PLACE))
    }

    /// An organisation's name, with what `of`, `and`, `for` join to it.
    pub(super) fn organisation(
        &mut self,
        name: &[Piece],
        end: usize,
        possessive: bool,
        opens: bool,
    ) -> Option<usize> {
        let first = name.first()?;
        let start = first.token as usize;
        let mut end = end;
        let mut organisation = self.is_organisation(name);
        let heads = Class::ORG_HEAD;
        let opening_head = first.is(heads) || name.last().is_some_and(|last| last.is(heads));
        // Department of Justice; Immigration and Customs Enforcement; Citizens for Tax Justice
        if !possessive
            && !self.headline
            && let Some(after) =
                self.joined(end, opening_head, name.iter().all(|p| p.is_common() && !p.is_given()))
            && !(opens && name.len() == 1 && !opening_head && !organisation && !first.is_common())
        {
            end = after;
            organisation = true;
        }
        if !organisation {
            return None;
        }
        let mut whole = start;
        if let Some(before) = start.checked_sub(1) {
            let the = self.text.token(before).is_some_and(|t| t.is_capitalised() && t.key() == key("the"));
            if the && !self.opens_sentence(before) {
                whole = before;
            }
        }
        let mut found = self.blank(Form::Name, whole, whole, end);
        found.kind = Kind::Organisation;
        found.words = name.len().min(200) as u8;
        found.surname = name.last().map_or(0, |piece| piece.key);
        found.given = first.key;
        let known = self.is_outlet(start, end);
        if known || name.last().is_some_and(|last| last.is(Class::OUTLET_HEAD)) {
            found.class = Class::OUTLET_HEAD;
        }
        self.found.push(found);
        Some(end)
    }

    /// Where an organisation's name goes on after a joining word at `end`, if it does.
    fn joined(&self, end: usize, head_before: bool, common_before: bool) -> Option<usize> {
        let joiner = self.text.token(end)?;
        if !joiner.is_word() || self.is_capital(end) {
            return None;
        }
        let of = joiner.key() == key("of") || joiner.key() == key("for") || joiner.key() == key("on");
        let and = joiner.key() == key("and");
        let mut at = end + 1;
        if of && self.text.token(at).is_some_and(|t| t.key() == key("the") && !t.is_capitalised()) {
            at += 1;
        }
        let mut last = None;
        let from = at;
        while let Some(token) = self.text.token(at).filter(|t| t.is_spaced() && self.is_namely(at)) {
            if at > from + 6 {
                break;
            }
            last = Some(bare_key(self.text, token));
            at += 1;
        }
        let last = self.language.word(last?);
        let head_after = last.class.is(Class::ORG_HEAD.or(Class::ORG_SUFFIX));
        let good = (of && head_before && !last.class.is(Class::ROLE))
            || (and && common_before && head_after)
            || (of && common_before && !last.class.is(Class::ROLE));
        good.then_some(at)
    }

    /// the Harbor Post | Quill said: where an outlet's name ends and another name begins.
    pub(super) fn outlet_then_name(&self, pieces: &[Piece]) -> Option<usize> {
        let before = (pieces.first()?.token as usize).checked_sub(1)?;
        let the = self.text.token(before).is_some_and(|token| token.key() == key("the"));
        let (last, rest) = pieces.split_last()?;
        let outlet = rest.last()?;
        let names = !last.is_common() && !last.is(NO_PERSON.or(Class::OUTLET_HEAD).or(Class::DOCUMENT));
        (the && names && rest.len() > 1 && outlet.is(Class::OUTLET_HEAD)).then_some(rest.len())
    }

    pub(super) fn is_acronym(&self, piece: &Piece) -> bool {
        self.text.token(piece.token as usize).is_some_and(|token| {
            token.is_upper()
                && token.span().len() >= 2
                && token.span().len() <= 8
                && !self.headline
                && !piece.is_common()
        })
    }
}
