//! What somebody is and for whom, as the document prints it: *spokesman* for the *Harbor Authority*.

use super::cast::{Cast, EntityId};
use super::language::{Class, bare_key};
use super::scan::Form;
use crate::text::{Span, TokenKind, spaced};

/// Words that a role may go on with after “of”: director of public works.
const MORE: usize = 4;

/// A role and the body it is held in; both as printed, without articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// `Mayor`, `director of public works`.
    pub role: String,
    /// `Harbor Authority`; none where none is named with the role.
    pub affiliation: Option<String>,
}

impl Cast<'_> {
    /// What the document says that somebody is, in a title or an apposition: of several roles the first that is
    /// told with an affiliation, else the first. Parties and kinship are no office. O(roles), at most 16.
    #[must_use]
    pub fn office(&self, id: EntityId) -> Option<Office> {
        let held = self.entity(id)?.roles.iter();
        let is_role = |noun: u64| self.language.word(noun).class.is(Class::ROLE);
        let spans = held.filter(|held| is_role(held.role.noun)).map(|held| held.span);
        let mut first = None;
        for office in spans.filter_map(|span| self.office_in(span)) {
            if office.affiliation.is_some() {
                return Some(office);
            }
            first.get_or_insert(office);
        }
        first
    }

    fn office_in(&self, span: Span) -> Option<Office> {
        let tokens = self.text.tokens_in(span);
        let before = self.text.word(tokens.start.wrapping_sub(1));
        let paragraph = |at: usize| self.text.token(at).map(|token| token.paragraph());
        // A title at the end of a paragraph, a byline say, is not that of a name at the start of the next.
        let ends = paragraph(tokens.end) != paragraph(tokens.end.wrapping_sub(1)) && before != ",";
        if tokens.is_empty() || before == "(" || ends {
            return None;
        }
        let mut start = tokens.start;
        while start < tokens.end && self.is(start, Class::DETERMINER) {
            start += 1;
        }
        let (own, mut role_start) = self.body_before(start, tokens.end);
        if role_start == tokens.start && self.is(role_start.wrapping_sub(1), Class::FORMER.or(Class::VICE)) {
            role_start -= 1;
        }
        let (role_end, body) = self.body_after(tokens.end);
        let role = self.printed_between(role_start, role_end)?;
        Some(Office { role, affiliation: own.or(body) })
    }

    /// Whose or which it is by the words before the role: *ICE* director, *Marsh Foods*’ founder.
    fn body_before(&self, start: usize, end: usize) -> (Option<String>, usize) {
        let clitic = |at: &usize| self.text.token(*at).is_some_and(|token| token.kind() == TokenKind::Clitic);
        let capital = |at: usize| self.text.token(at).is_some_and(|token| token.is_capitalised());
        if let Some(owned) = (start..end).find(clitic) {
            let name = if capital(start) { self.printed_between(start, owned) } else { None };
            return (name, owned + 1);
        }
        let no_body = Class::ROLE.or(Class::TITLE).or(Class::VICE).or(Class::FORMER).or(Class::PARTY);
        let no_body = no_body.or(Class::DEMONYM).or(Class::CLOSED);
        let names = |at: &usize| {
            let known = self.text.token(*at).map(|token| self.language.name(token.key()).class);
            let everyday = known.is_some_and(|class| class.is(Class::COMMON)) && !self.is(*at, Class::PLACE);
            capital(*at) && !everyday && !self.is(*at, no_body)
        };
        let head = end.saturating_sub(1);
        let to = start + (start..head).take_while(names).count();
        (self.printed_between(start, to), to)
    }

    /// Where the role ends that is told up to the token `end`, and the body named after it: *of public works* at
    /// *Marsh Foods*.
    fn body_after(&self, mut end: usize) -> (usize, Option<String>) {
        for _ in 0..2 {
            if !self.is(end, Class::PREPOSITION.or(Class::CONNECTOR)) || self.is(end, Class::CONJUNCTION) {
                break;
            }
            let mut at = end + 1;
            while self.is(at, Class::DETERMINER) {
                at += 1;
            }
            let from = self.found.partition_point(|found| (found.end as usize) <= at);
            let mut near = self.found.get(from..).unwrap_or(&[]).iter().take(3);
            let name = near.find(|found| found.form == Form::Name && found.whole as usize == at);
            if let Some(name) = name {
                return (end, self.printed_between(at, name.end as usize));
            }
            let small = |at: &usize| {
                let token = self.text.token(*at);
                token.is_some_and(|token| token.is_word() && !token.is_capitalised())
                    && !self.is(*at, Class::CLOSED)
            };
            let more = (at..at + MORE).take_while(small).count();
            if more == 0 || at > end + 1 || self.text.word(end) != "of" {
                break;
            }
            end = at + more;
        }
        (end, None)
    }

    fn is(&self, at: usize, class: Class) -> bool {
        let token = self.text.token(at);
        token.is_some_and(|token| self.language.word(bare_key(self.text, token)).class.is(class))
    }

    fn printed_between(&self, start: usize, end: usize) -> Option<String> {
        if end <= start {
            return None;
        }
        let words = spaced(self.text.span_of(start..end)?.text(self.text.raw()));
        (!words.is_empty()).then_some(words)
    }
}

#[cfg(test)]
mod tests {
    use crate::mention::{Cast, Setting};
    use crate::text::Text;

    /// Role and affiliation of Ada Quill.
    fn office(raw: &str) -> Option<(String, String)> {
        let text = Text::new(raw);
        let cast = Cast::read(&text, &Setting::new());
        let at = raw.find("Quill").unwrap();
        let who = cast.resolve((at..at + 5).into()).unwrap();
        let office = cast.office(*who.entities().first()?)?;
        Some((office.role, office.affiliation.unwrap_or_default()))
    }

    fn held(role: &str, affiliation: &str) -> Option<(String, String)> {
        Some((role.to_owned(), affiliation.to_owned()))
    }

    #[test]
    fn an_apposition_tells_role_and_affiliation() {
        let told = "“No,” said Ada Quill, a spokeswoman for the Harbor Authority.";
        assert_eq!(office(told), held("spokeswoman", "Harbor Authority"));
        assert_eq!(office("Ada Quill, the mayor of Chicago, spoke on Friday."), held("mayor", "Chicago"));
        let told = "Ada Quill, director of public works at Marsh Foods, spoke.";
        assert_eq!(office(told), held("director of public works", "Marsh Foods"));
    }

    #[test]
    fn a_title_tells_a_role() {
        assert_eq!(office("On Friday Sen. Ada Quill spoke."), held("Sen.", ""));
        assert_eq!(office("On Friday Chicago Mayor Ada Quill spoke."), held("Mayor", "Chicago"));
        assert_eq!(office("On Friday former Gov. Ada Quill spoke."), held("former Gov.", ""));
    }

    #[test]
    fn a_courtesy_or_a_party_is_no_role() {
        assert_eq!(office("On Friday Ms. Quill spoke."), None);
        assert_eq!(office("On Friday Ada Quill (D) spoke."), None);
        assert_eq!(office("On Friday Ada Quill spoke."), None);
    }
}
