//! Who a span of the text means.

use super::cast::{Cast, EntityId};
use super::entity::Entity;
use super::language::{Class, Gender};
use super::scan::{Form, Found, Kind, NONE, Opening};
use crate::text::{Span, TokenKind, key, spaced};

/// The longest description given as printed, in bytes.
const LONGEST: usize = 160;

/// On what a resolution rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// The span names it.
    Name,
    /// The noun's role is held by it.
    Role,
    /// The pronoun stands for it.
    Pronoun,
    /// Nobody is named: the words as printed.
    Printed,
}

/// Who a span means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    name: String,
    entities: Vec<EntityId>,
    basis: Basis,
}

impl Resolved {
    /// The fullest name in the document, without titles; several are joined by `; `; an unnamed source is
    /// described as printed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same, owned.
    #[must_use]
    pub fn into_name(self) -> String {
        self.name
    }

    /// The entities meant; none for an unnamed source.
    #[must_use]
    pub fn entities(&self) -> &[EntityId] {
        &self.entities
    }

    /// On what it rests.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        self.basis
    }
}

impl Cast<'_> {
    /// Who `span` means: a name, a short name, a noun phrase, a pronoun, several of them; with or without its
    /// title and apposition. `None` if the span holds no word. O(log n) plus the length of the span.
    #[must_use]
    pub fn resolve(&self, span: Span) -> Option<Resolved> {
        let (start, end) = self.trimmed(span)?;
        let end = self.whole_phrase(start, end);
        let from = self.found.partition_point(|found| (found.end as usize) <= start);
        let inside: Vec<usize> = (from..self.found.len())
            .take_while(|&index| self.found.get(index).is_some_and(|found| (found.start as usize) < end))
            .filter(|&index| {
                self.found
                    .get(index)
                    .is_some_and(|found| found.end as usize <= end && found.start as usize >= start)
            })
            .take(64)
            .collect();
        let Some(head) = self.head(&inside, start, end) else {
            // Part of a longer name or noun phrase, or nothing that is known.
            if let Some(found) = self.covering(start, end).and_then(|index| self.found.get(index))
                && found.entity != NONE
                && found.opening != Opening::Indefinite
            {
                let basis = if found.form == Form::Name { Basis::Name } else { Basis::Role };
                return self.named(&[found.entity], basis);
            }
            return self.surname(start, end).or_else(|| self.printed(start, end));
        };
        self.of_head(head, &inside, start, end)
    }

    /// A word that is nobody's name where it stands, as far as it shows, but is a surname of somebody of the text:
    /// Green said.
    fn surname(&self, start: usize, end: usize) -> Option<Resolved> {
        let token = self.text.token(start).filter(|token| token.is_capitalised() && end == start + 1)?;
        let id = self.surnames.get(token.key())?;
        if self.is_person(id) { self.named(&[id], Basis::Name) } else { None }
    }

    fn of_head(&self, head: usize, inside: &[usize], start: usize, end: usize) -> Option<Resolved> {
        let found = self.found.get(head)?;
        match found.form {
            Form::Name => {
                let list = self.list(head, inside);
                if list.is_empty() { self.printed(start, end) } else { self.named(&list, Basis::Name) }
            }
            Form::Noun => self.of_noun(head, inside, start, end),
            Form::Pronoun => self.of_pronoun(head, start, end),
        }
    }

    /// Whom the noun at `head` means: who it is known to be, who is named beside it, else itself.
    fn of_noun(&self, head: usize, inside: &[usize], start: usize, end: usize) -> Option<Resolved> {
        let found = self.found.get(head)?;
        if found.entity != NONE && found.opening != Opening::Indefinite {
            return self.named(&[found.entity], Basis::Role);
        }
        if let Some(name) = self.found.get(found.link as usize).filter(|f| f.form == Form::Name) {
            return self.named(&[name.entity], Basis::Role);
        }
        // Scott's niece, Marcia Price: the name after the comma
        let named = inside.iter().filter_map(|&index| self.found.get(index)).find(|name| {
            name.form == Form::Name
                && name.whole >= found.end
                && name.entity != NONE
                && self.after_comma(name.whole as usize)
                && self.is_person(name.entity)
                && is_close(found.end as usize, name.whole as usize)
        });
        if let Some(name) = named.filter(|_| !found.class.is(Class::PLURAL)) {
            return self.named(&[name.entity], Basis::Name);
        }
        // the former secretary and current nominee
        let other = inside.iter().filter_map(|&index| self.found.get(index)).find(|noun| {
            noun.form == Form::Noun
                && noun.entity != NONE
                && noun.start >= found.end
                && self.text.word((noun.start as usize).saturating_sub(1)) == "and"
        });
        if let Some(noun) = other.filter(|_| found.opening == Opening::Definite) {
            return self.named(&[noun.entity], Basis::Role);
        }
        if found.class.is(Class::DOCUMENT)
            && let Some(owner) = self.owner(head)
        {
            return self.named(&[owner], Basis::Role);
        }
        if let Some(name) = self.apposed(head) {
            return self.named(&[name], Basis::Name);
        }
        let (start, end) = self.noun_phrase(head, start, end);
        if found.class.is(Class::DOCUMENT) && found.opening == Opening::Definite {
            return self.document(head, start, end);
        }
        self.printed(start, end)
    }

    /// Whom the pronoun at `head` means.
    fn of_pronoun(&self, head: usize, start: usize, end: usize) -> Option<Resolved> {
        let found = self.found.get(head)?;
        if found.entity != NONE {
            return self.named(&[found.entity], Basis::Pronoun);
        }
        if found.class.is(Class::PRONOUN_I)
            && !found.quoted
            && let Some(author) = self.author
        {
            return Some(Resolved { name: author.to_owned(), entities: Vec::new(), basis: Basis::Pronoun });
        }
        if found.class.is(Class::PRONOUN_THEY) {
            return self.they(head).or_else(|| self.printed(start, end));
        }
        if found.class.is(Class::PRONOUN_IT.or(Class::PRONOUN_WHICH).or(Class::PRONOUN_WHO)) {
            return self.it(head).or_else(|| self.printed(start, end));
        }
        self.printed(start, end)
    }

    /// Whose a noun for something written is: Quill’s letter, her statement.
    fn owner(&self, head: usize) -> Option<u32> {
        let noun = self.found.get(head)?;
        let before = self.found.get(head.saturating_sub(3)..head)?.iter().rev();
        let mut owners = before.filter(|other| other.possessive && other.entity != NONE);
        let owner = owners.find(|other| match other.form {
            Form::Name => other.end + 1 == noun.start,
            Form::Pronoun => other.start == noun.start,
            Form::Noun => false,
        })?;
        (!matches!(self.entities.get(owner.entity as usize)?.kind, Kind::Place | Kind::Other))
            .then_some(owner.entity)
    }

    /// The name in apposition just after a noun that somebody owns: Scott’s niece, state Del. Marcia Price (D).
    fn apposed(&self, head: usize) -> Option<u32> {
        let noun = self.found.get(head).filter(|noun| !noun.class.is(Class::PLURAL))?;
        let end = noun.end as usize;
        let owned = (noun.start as usize)
            .checked_sub(1)
            .and_then(|before| self.text.token(before))
            .is_some_and(|before| before.kind() == TokenKind::Clitic);
        let name = self.found.get(head + 1..)?.iter().take(2).find(|other| other.form == Form::Name)?;
        let near = (end + 1..end + 3).contains(&(name.whole as usize));
        let after = self.text.token(name.end as usize);
        let of = after.is_some_and(|token| self.language.word(token.key()).class.is(Class::PREPOSITION));
        let closes = of || matches!(self.text.word(name.end as usize), "," | "(");
        let somebody = self.entities.get(name.entity as usize);
        let somebody = somebody.is_some_and(|who| matches!(who.kind, Kind::Person | Kind::Organisation));
        (owned && near && closes && self.text.word(end) == "," && somebody).then_some(name.entity)
    }

    /// A span about the noun at `head`, with the noun’s article, and without a verb at its end: the letter *read*.
    fn noun_phrase(&self, head: usize, start: usize, end: usize) -> (usize, usize) {
        let Some(noun) = self.found.get(head) else { return (start, end) };
        let (first, last) = (noun.start as usize, noun.end as usize);
        let one_more = end == last + 1
            && self.text.token(last).is_some_and(|token| token.is_word() && !token.is_capitalised());
        (start.min(first), if one_more { last } else { end })
    }

    /// The first and last word of a span, as token indices.
    fn trimmed(&self, span: Span) -> Option<(usize, usize)> {
        let tokens = self.text.tokens_in(span);
        let is_word =
            |at: &usize| self.text.token(*at).is_some_and(|t| t.is_word() || t.kind() == TokenKind::Number);
        let start = tokens.clone().find(is_word)?;
        let end = tokens.rev().find(is_word)? + 1;
        Some((start, end))
    }

    fn is_described(&self, entity: u32) -> bool {
        self.entities.get(entity as usize).is_some_and(|entity| entity.described)
    }

    fn is_person(&self, entity: u32) -> bool {
        self.entities.get(entity as usize).is_some_and(|entity| entity.kind == Kind::Person)
    }

    /// Whether a comma, with a word of a title after it at the most, stands before the token.
    fn after_comma(&self, at: usize) -> bool {
        self.text.word(at.saturating_sub(1)) == "," || self.text.word(at.saturating_sub(2)) == ","
    }

    /// The mention that a span is about.
    fn head(&self, inside: &[usize], start: usize, end: usize) -> Option<usize> {
        let get = |index: &usize| self.found.get(*index);
        // A name with all that belongs to it at the start of the span.
        let first_name = inside.iter().copied().find(|index| {
            get(index).is_some_and(|f| {
                f.form == Form::Name
                    && f.entity != NONE
                    && ((f.whole as usize) <= start + 1 || self.only_modifiers(start, f.whole as usize))
                    && (f.end as usize >= end || self.ends_phrase(f.end as usize))
            })
        });
        let noun = inside
            .iter()
            .copied()
            .find(|index| get(index).is_some_and(|f| f.form == Form::Noun && f.start as usize <= start + 1));
        // the company's own *director*
        let owned =
            noun.and_then(|noun| self.found.get(noun)).filter(|owner| owner.possessive).and_then(|owner| {
                let next =
                    inside.iter().copied().find(|index| get(index).is_some_and(|f| f.start > owner.end));
                let is_known = |index: &usize, f: &Found| f.entity != NONE || self.apposed(*index).is_some();
                let of_it = |index: &usize, f: &Found| {
                    f.form == Form::Noun && f.start == owner.end + 1 && is_known(index, f)
                };
                next.filter(|index| get(index).is_some_and(|f| of_it(index, f)))
            });
        let noun = owned.or(noun);
        let pronoun = inside
            .iter()
            .copied()
            .find(|index| get(index).is_some_and(|f| f.form == Form::Pronoun && f.start as usize == start));
        if let Some(pronoun) = pronoun.filter(|_| end == start + 1) {
            return Some(pronoun);
        }
        if first_name.is_some() {
            return first_name;
        }
        if noun.is_some() {
            return noun;
        }
        if pronoun.is_some() {
            return pronoun;
        }
        // his operatives, one Democratic source on the panel
        inside.iter().copied().find(|index| {
            get(index).is_some_and(|f| f.form == Form::Noun && self.only_modifiers(start, f.start as usize))
        })
    }

    /// Whether only adjectives and the like stand between two tokens: no comma, preposition or verb.
    fn only_modifiers(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| {
            self.text.token(at).is_some_and(|token| {
                let class = self.language.word(token.key()).class;
                match token.kind() {
                    TokenKind::Clitic | TokenKind::Number => true,
                    TokenKind::Word => class.is(Class::DETERMINER) || !class.is(Class::CLOSED),
                    _ => self.text.word(at) == "-",
                }
            })
        })
    }

    /// Whether the phrase that a name closes goes no further at the token `at`.
    fn ends_phrase(&self, at: usize) -> bool {
        let Some(token) = self.text.token(at) else { return true };
        match token.kind() {
            TokenKind::Punctuation => self.text.word(at) != "-",
            TokenKind::Mark => true,
            TokenKind::Clitic => false,
            TokenKind::Number => true,
            TokenKind::Word => self.language.word(token.key()).class.is(Class::CLOSED) || !self.noun_at(at),
        }
    }

    /// Where the noun phrase ends of which a span gives only the modifiers: *Democratic* nominee Ada Quill,
    /// *Millford* police Chief Ben Marlow.
    fn whole_phrase(&self, start: usize, end: usize) -> usize {
        let from = self.found.partition_point(|found| (found.end as usize) <= start);
        let mut reached = end;
        for found in self.found.get(from..).unwrap_or(&[]).iter().take(8) {
            if found.form == Form::Pronoun || found.whole as usize > reached {
                break;
            }
            // What goes on past the span must go on at once, with nothing but a space between.
            let goes_on = found.end as usize > reached
                && self.text.token(reached).is_some_and(|next| {
                    next.is_word() && next.is_spaced() || self.text.word(reached) == "-" && !next.is_spaced()
                })
                && !self.found.get(from).is_some_and(|first| first.titled && first.end as usize <= end);
            // Citizens for Harbor Justice advocates …: as likely a verb.
            let verb = found.form == Form::Noun && found.class.is(Class::PLURAL) && end - start > 2;
            if goes_on
                && !verb
                && !(found.form == Form::Name && found.whole as usize == reached && !found.titled)
            {
                reached = found.end as usize;
            }
        }
        reached
    }

    /// Whether a noun goes on at `at` after a name that ends there: Harbor officials.
    fn noun_at(&self, at: usize) -> bool {
        let from = self.found.partition_point(|found| (found.end as usize) <= at);
        self.found
            .get(from..)
            .unwrap_or(&[])
            .iter()
            .take(2)
            .any(|found| (found.form == Form::Noun || found.titled) && found.whole as usize <= at)
    }

    /// The names joined to the one at `head`: Neera Tanden and Blair Effron.
    fn list(&self, head: usize, inside: &[usize]) -> Vec<u32> {
        let mut list = Vec::new();
        let Some(first) = self.found.get(head) else { return list };
        if first.entity == NONE {
            return list;
        }
        list.push(first.entity);
        let mut end = first.end as usize;
        let mut pending = Vec::new();
        for found in inside.iter().filter(|&&index| index > head).filter_map(|&index| self.found.get(index)) {
            if found.form != Form::Name || found.entity == NONE || found.possessive {
                continue;
            }
            let from = self.after_brackets(end);
            let between = self.text.tokens().get(from..found.whole as usize).unwrap_or(&[]);
            let and = between.last().is_some_and(|token| {
                token.key() == key("and") || token.key() == key("und") || token.key() == key("et")
            });
            let comma = between.len() == 1 && self.text.word(from) == ",";
            let only = between
                .iter()
                .all(|token| matches!(token.span().text(self.text.raw()), "," | "and" | "und" | "et"));
            if !only || between.is_empty() || !(and || comma) {
                break;
            }
            if self
                .text
                .token(found.end as usize)
                .is_some_and(|t| t.is_word() && !self.ends_phrase(found.end as usize))
            {
                break;
            }
            pending.push(found.entity);
            end = found.end as usize;
            if and {
                list.append(&mut pending);
            }
        }
        let mut seen = Vec::with_capacity(list.len());
        for id in list {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        seen
    }

    /// The token after a short bracket at `at`: (D-Ohio)
    fn after_brackets(&self, at: usize) -> usize {
        if self.text.word(at) == "("
            && let Some(close) = (at..at + 6).find(|&close| self.text.word(close) == ")")
        {
            return close + 1;
        }
        at
    }

    fn named(&self, ids: &[u32], basis: Basis) -> Option<Resolved> {
        let mut name = String::new();
        for &id in ids {
            if !name.is_empty() {
                name.push_str("; ");
            }
            name.push_str(self.entities.get(id as usize).map(Entity::name)?);
        }
        Some(Resolved { name, entities: ids.iter().map(|&id| EntityId(id)).collect(), basis })
    }

    /// The words as printed, up to a comma or a relative clause; several sources are joined by `; `: a complaint by
    /// the one and a suit by the other.
    fn printed(&self, start: usize, end: usize) -> Option<Resolved> {
        let mut name = String::new();
        let (mut first, mut last) = (start, end);
        for at in start + 1..end {
            // The word that a further source starts with ends none.
            if at == first {
                continue;
            }
            let token = self.text.token(at)?;
            let word = self.text.word(at);
            let long = self.text.span_of(first..at + 1).is_some_and(|span| span.len() > LONGEST);
            let relative = token.is_word()
                && self.language.word(token.key()).class.is(Class::PRONOUN_WHO.or(Class::PRONOUN_WHICH));
            let second = token.key() == key("and")
                && self.text.token(at + 1).is_some_and(|next| {
                    at + 1 < end && self.language.word(next.key()).class.is(Class::INDEFINITE)
                });
            if second {
                name.push_str(&self.words(first..at));
                name.push_str("; ");
                first = at + 1;
                continue;
            }
            if matches!(word, "," | ";" | ":" | "—" | "–" | "(") || relative || long {
                last = at;
                break;
            }
        }
        name.push_str(&self.words(first..last));
        Some(Resolved { name, entities: Vec::new(), basis: Basis::Printed })
    }

    /// The text of a range of tokens, white space made one space.
    fn words(&self, tokens: std::ops::Range<usize>) -> String {
        let span = self.text.span_of(tokens).unwrap_or_default();
        spaced(span.text(self.text.raw()))
    }

    /// Who “they” are: the last pair or list of names, noun for several or organisation before it.
    fn they(&self, index: usize) -> Option<Resolved> {
        let here = self.found.get(index)?;
        let sentence = self.text.token(here.start as usize)?.sentence();
        for before in (index.saturating_sub(24)..index).rev() {
            let found = self.found.get(before)?;
            let place = self.text.token(found.start as usize)?;
            if sentence.saturating_sub(place.sentence()) > 3 || (found.quoted && !here.quoted) {
                continue;
            }
            match found.form {
                Form::Name if found.entity != NONE => {
                    let joined = self.joined_before(before);
                    if let Some(other) = joined {
                        return self.named(&[other, found.entity], Basis::Pronoun);
                    }
                    let organisation = self.entities.get(found.entity as usize).is_some_and(|entity| {
                        entity.kind == Kind::Organisation
                            || entity.kind == Kind::Unknown && entity.gender == Gender::Unknown
                    });
                    if organisation && !found.oblique && !found.possessive && !found.attributive {
                        return self.named(&[found.entity], Basis::Pronoun);
                    }
                }
                // A spokesperson … they said
                Form::Noun
                    if found.kind == Kind::Person && self.is_described(found.entity) && !found.oblique =>
                {
                    return self.named(&[found.entity], Basis::Pronoun);
                }
                Form::Noun if found.class.is(Class::PLURAL) && !found.oblique => {
                    return self.printed(found.start as usize, self.with_body(before));
                }
                _ => {}
            }
        }
        None
    }

    /// Where the phrase of a noun ends with the body that it is of or at: analysts at Marlow Partners.
    fn with_body(&self, index: usize) -> usize {
        let end = self.found.get(index).map_or(0, |noun| noun.end as usize);
        let next = self.found.get(index + 1).filter(|next| next.form == Form::Name);
        let behind = self.text.token(end).is_some_and(|token| {
            token.is_word() && [key("at"), key("with"), key("from"), key("of")].contains(&token.key())
        });
        next.filter(|next| behind && next.whole as usize == end + 1).map_or(end, |next| next.end as usize)
    }

    /// A report or the like: by the noun that introduced it.
    fn document(&self, index: usize, start: usize, end: usize) -> Option<Resolved> {
        let noun = self.found.get(index)?;
        match self.found.get(noun.link as usize) {
            Some(first) => {
                let head = self.text.word((first.end as usize).checked_sub(1)?);
                Some(Resolved { name: format!("the {head}"), entities: Vec::new(), basis: Basis::Printed })
            }
            None => self.printed(start, end),
        }
    }

    /// The entity of the name that “and” joins to the name at `index`, with an aside between at the most.
    fn joined_before(&self, index: usize) -> Option<u32> {
        let second = self.found.get(index)?;
        let and = (second.whole as usize).checked_sub(1)?;
        if self.text.token(and)?.key() != key("and") {
            return None;
        }
        let first =
            self.found.get(index.saturating_sub(5)..index)?.iter().rev().find(|other| {
                other.form == Form::Name && other.entity != NONE && other.kind == Kind::Person
            })?;
        let between = and.checked_sub(first.end as usize)?;
        let aside = between == 0 || matches!(self.text.word(first.end as usize), "," | "(") && between <= 14;
        (aside && first.entity != second.entity && !first.possessive).then_some(first.entity)
    }

    /// What “it” or “which” is: the last organisation or document before it.
    fn it(&self, index: usize) -> Option<Resolved> {
        let here = self.found.get(index)?;
        let sentence = self.text.token(here.start as usize)?.sentence();
        let (mut told, mut acts) = (None, None);
        for before in (index.saturating_sub(16)..index).rev() {
            let found = self.found.get(before)?;
            let place = self.text.token(found.start as usize)?;
            if sentence.saturating_sub(place.sentence()) > 2 || (found.quoted && !here.quoted) {
                continue;
            }
            let document = found.form == Form::Noun && found.class.is(Class::DOCUMENT);
            if let Some(entity) = self.entities.get(found.entity as usize) {
                let unknown = entity.kind == Kind::Unknown && entity.gender == Gender::Unknown;
                let outlet = entity.outlet && found.oblique;
                if entity.kind == Kind::Organisation && !found.possessive && !outlet {
                    return self.named(&[found.entity], Basis::Pronoun);
                }
                // Told *the Ledger*: whoever told it is likelier meant, though nothing says that it is a body.
                told = told.or((outlet && !found.possessive).then_some(found.entity));
                acts = acts.or((unknown && self.is_subject(found)).then_some(found.entity));
            } else if document && !found.oblique {
                return self.document(before, found.start as usize, found.end as usize);
            }
        }
        self.named(&[acts.filter(|_| told.is_some()).or(told)?], Basis::Pronoun)
    }

    /// Whether a name stands before a verb, and is neither owner nor object.
    fn is_subject(&self, name: &Found) -> bool {
        let next = self.text.token(name.end as usize);
        let verb = next.is_some_and(|next| {
            let class = self.language.word(next.key()).class;
            next.is_word() && !next.is_capitalised() && !class.is(Class::PREPOSITION.or(Class::CONJUNCTION))
        });
        name.form == Form::Name && verb && !name.possessive && !name.oblique && !name.attributive
    }
}

/// Whether a token is at most a few behind another.
const fn is_close(from: usize, to: usize) -> bool {
    to.saturating_sub(from) <= 8
}
