//! Everybody a document names, and every mention of them.

use super::entity::{Entity, Grouper, HeldRole, Surnames};
use super::focus;
use super::language::{Class, Gender, Language};
use super::scan::{self, Form, Found, Kind, NONE};
use crate::text::{Span, Text, key};

/// What is known about a text beside its words.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Setting<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) quoted: &'a [Span],
    pub(super) outlets: &'a [Span],
    pub(super) language: Option<&'a str>,
    pub(super) author: Option<&'a str>,
}

impl<'a> Setting<'a> {
    /// Nothing is known.
    #[must_use]
    pub const fn new() -> Self {
        Self { title: None, quoted: &[], outlets: &[], language: None, author: None }
    }

    /// With the title, which may hold fuller names than the text.
    #[must_use]
    pub const fn with_title(mut self, title: Option<&'a str>) -> Self {
        self.title = title;
        self
    }

    /// With the parts that stand between quotation marks, in order of their first byte: a pronoun outside does
    /// not refer to somebody named only inside.
    #[must_use]
    pub const fn with_quoted(mut self, quoted: &'a [Span]) -> Self {
        self.quoted = quoted;
        self
    }

    /// With the names that are known to be outlets', in order of their first byte: no pronoun for a person means one.
    #[must_use]
    pub const fn with_outlets(mut self, outlets: &'a [Span]) -> Self {
        self.outlets = outlets;
        self
    }

    /// With the language by its code (`en`, `de-AT`); told from the words where it is not given or not known.
    #[must_use]
    pub const fn with_language(mut self, language: Option<&'a str>) -> Self {
        self.language = language;
        self
    }

    /// With the author, who is “I” where the text itself speaks.
    #[must_use]
    pub const fn with_author(mut self, author: Option<&'a str>) -> Self {
        self.author = author;
        self
    }
}

/// An entity of one [`Cast`]: its index in [`Cast::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub(super) u32);

impl EntityId {
    /// The index in [`Cast::entities`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One mention of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// The name, noun phrase or pronoun, without titles.
    pub span: Span,
    /// With its titles and the noun before it: *Chicago Mayor* Lori Lightfoot.
    pub whole: Span,
    /// Name, noun or pronoun.
    pub form: Form,
    /// What it stands for.
    pub kind: Kind,
    /// What the pronoun, title or given name tells.
    pub gender: Gender,
    /// Whose mention it is, where that is known.
    pub entity: Option<EntityId>,
    /// Whether a possessive ending follows, or it is a possessive pronoun.
    pub possessive: bool,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
    /// Whether a preposition or a verb of telling stands just before it.
    pub oblique: bool,
    /// Whether it is a noun phrase that introduces somebody: *a* senior official.
    pub indefinite: bool,
    /// Whether it is a noun for several people: officials.
    pub plural: bool,
}

/// Everybody a document names, and every mention of them, in order of the text.
///
/// Reading is a fixed number of passes over the tokens and the mentions: O(n) time and memory whatever the text holds.
#[derive(Debug)]
pub struct Cast<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) language: &'static Language,
    pub(super) found: Vec<Found>,
    pub(super) entities: Vec<Entity>,
    pub(super) surnames: Surnames,
    pub(super) author: Option<&'a str>,
}

impl<'a> Cast<'a> {
    /// Reads `text`: finds all mentions and who they are.
    #[must_use]
    pub fn read(text: &'a Text<'a>, setting: &Setting<'a>) -> Self {
        let language = Language::of(text, setting.language);
        let mut found = scan::scan(text, language, setting);
        let mut grouper = Grouper::new(text);
        grouper.full_names(&mut found);
        grouper.civil_titles(&found);
        // Roles of full names first: they tell namesakes apart.
        hold_roles(text, &found, &mut grouper.entities);
        assign_singles(text, &mut grouper, &mut found);
        if let Some(title) = setting.title {
            grouper.complete_from_title(title, language);
        }
        let (mut entities, surnames) = grouper.finish();
        hold_roles(text, &found, &mut entities);
        focus::follow(text, language, &mut found, &mut entities);
        Self { text, language, found, entities, surnames, author: setting.author }
    }

    /// The ISO 639-1 code of the language that the text is read in: that of the setting, if there is a file for it
    /// and the text is not plainly in another; else that which most of its small words belong to.
    #[must_use]
    pub fn language(&self) -> &'static str {
        self.language.code()
    }

    /// All entities, in order of the first name found of them.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// One entity.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.index())
    }

    /// All mentions, in order of their last byte.
    pub fn mentions(&self) -> impl ExactSizeIterator<Item = Mention> + '_ {
        self.found.iter().map(|found| self.mention(found))
    }

    /// The mentions that end inside `span`, in order of their last byte. O(log n) to find the first.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = Mention> + '_ {
        let tokens = self.text.tokens_in(span);
        let from = self.found.partition_point(|found| (found.end as usize) <= tokens.start);
        self.found
            .get(from..)
            .unwrap_or(&[])
            .iter()
            .take_while(move |found| found.end as usize <= tokens.end)
            .map(|found| self.mention(found))
    }

    /// The mention that covers the byte `offset`, the shortest if there are several. O(log n).
    #[must_use]
    pub fn mention_at(&self, offset: usize) -> Option<Mention> {
        let token = self.text.tokens().partition_point(|token| token.span().end <= offset);
        self.covering(token, token + 1)
            .and_then(|index| self.found.get(index))
            .map(|found| self.mention(found))
            .filter(|mention| mention.span.contains(offset))
    }

    /// The index of the shortest mention that covers the tokens.
    pub(super) fn covering(&self, start: usize, end: usize) -> Option<usize> {
        let from = self.found.partition_point(|found| (found.end as usize) < end);
        let list = self.found.get(from..)?;
        list.iter()
            .take(4)
            .enumerate()
            .filter(|(_, found)| found.start as usize <= start && end <= found.end as usize)
            .min_by_key(|(_, found)| found.end - found.start)
            .map(|(offset, _)| from + offset)
    }

    pub(super) fn mention(&self, found: &Found) -> Mention {
        let span = |start: u32| self.text.span_of(start as usize..found.end as usize).unwrap_or_default();
        Mention {
            span: span(found.start),
            whole: span(found.whole),
            form: found.form,
            kind: self.entities.get(found.entity as usize).map_or(found.kind, |entity| entity.kind),
            gender: found.gender,
            entity: (found.entity != NONE).then_some(EntityId(found.entity)),
            possessive: found.possessive,
            quoted: found.quoted,
            oblique: found.oblique,
            indefinite: found.opening == scan::Opening::Indefinite,
            plural: found.class.is(Class::PLURAL),
        }
    }
}

/// Gives every name of one word its entity: the one named last before it, or first after it.
fn assign_singles(text: &Text<'_>, grouper: &mut Grouper<'_>, found: &mut [Found]) {
    let mut last: Vec<u32> = vec![NONE; grouper.entities.len()];
    for phase in 0..3 {
        for index in 0..found.len() {
            let Some(mut mention) = found.get(index).copied().filter(|found| found.form == Form::Name) else {
                continue;
            };
            // A civil title tells namesakes apart, so these go first; headlines name nobody new.
            let civil = mention.titled && mention.gender != Gender::Unknown;
            let own_phase = if mention.headline { 2 } else { u8::from(!civil) };
            if mention.entity == NONE && own_phase == phase {
                let after_the = (mention.start as usize)
                    .checked_sub(1)
                    .and_then(|before| text.token(before))
                    .is_some_and(|before| before.key() == key("the"));
                let recent = |id: u32| last.get(id as usize).copied().unwrap_or(NONE);
                let mut asked = mention;
                if mention.gender == Gender::Unknown && grouper.has_namesakes(&mention) {
                    asked.gender = gender_after(text, found, index);
                }
                if let Some(id) = grouper.single(&asked, recent, after_the) {
                    mention.entity = id;
                    if let Some(slot) = found.get_mut(index) {
                        slot.entity = id;
                    }
                }
            }
            if mention.entity != NONE {
                last.resize(grouper.entities.len().max(last.len()), NONE);
                if let Some(slot) = last.get_mut(mention.entity as usize) {
                    *slot = mention.start;
                }
            }
        }
        last.fill(NONE);
    }
}

/// The gender of the pronoun that goes on about a name in its sentence, if nobody else comes between: Quill said *she* ….
fn gender_after(text: &Text<'_>, found: &[Found], index: usize) -> Gender {
    let sentence = |found: &Found| text.token(found.start as usize).map(|token| token.sentence());
    let Some(name) = found.get(index) else { return Gender::Unknown };
    let rest = found.get(index + 1..).unwrap_or_default().iter().take(4);
    let next = rest
        .take_while(|other| sentence(other) == sentence(name) && other.quoted == name.quoted)
        .find(|other| other.form != Form::Noun || other.kind == Kind::Person);
    match next.map(|other| other.class) {
        Some(class) if class.is(Class::PRONOUN_M) => Gender::Male,
        Some(class) if class.is(Class::PRONOUN_F) => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// Gives every entity the roles that titles and appositions tell.
fn hold_roles(text: &Text<'_>, found: &[Found], entities: &mut [Entity]) {
    for mention in found {
        match mention.form {
            Form::Name => {
                let Some(entity) = entities.get_mut(mention.entity as usize) else { continue };
                if mention.titled && mention.role.noun != 0 {
                    let span = text.span_of(mention.whole as usize..mention.start as usize);
                    hold(entity, mention, span);
                }
                if let Some(noun) = found.get(mention.link as usize).filter(|noun| is_role(noun)) {
                    hold(entity, noun, text.span_of(noun.start as usize..noun.end as usize));
                }
                if let Some(party) = party(text, mention.end as usize) {
                    let role = scan::Role { noun: party, ..scan::Role::default() };
                    let span = text.token(mention.end as usize + 1).map(|token| token.span());
                    keep(entity, HeldRole { role, span: span.unwrap_or_default() });
                }
            }
            Form::Noun => {
                let name = found.get(mention.link as usize).filter(|_| is_role(mention));
                let Some(name) = name else { continue };
                if let Some(entity) = entities.get_mut(name.entity as usize) {
                    hold(entity, mention, text.span_of(mention.start as usize..mention.end as usize));
                }
            }
            Form::Pronoun => {}
        }
    }
}

/// Whether a noun tells what a person is; an outlet that is a newspaper holds no role.
fn is_role(noun: &Found) -> bool {
    noun.kind != Kind::Organisation
}

/// The party in brackets after a name: (D), (R-Ohio).
fn party(text: &Text<'_>, at: usize) -> Option<u64> {
    if text.word(at) != "(" {
        return None;
    }
    match text.word(at + 1) {
        "D" => Some(key("democrat")),
        "R" => Some(key("republican")),
        word if word.starts_with("D-") => Some(key("democrat")),
        word if word.starts_with("R-") => Some(key("republican")),
        _ => None,
    }
}

fn hold(entity: &mut Entity, noun: &Found, span: Option<Span>) {
    if entity.kind == Kind::Unknown {
        entity.kind = Kind::Person;
    }
    let told = noun.form == Form::Noun || noun.gender_told;
    if told && noun.gender != Gender::Unknown && !entity.gender_certain {
        entity.gender = noun.gender;
        entity.gender_certain = true;
    }
    keep(entity, HeldRole { role: noun.role, span: span.unwrap_or_default() });
}

fn keep(entity: &mut Entity, held: HeldRole) {
    // A person has few roles; what a text beyond that calls somebody is not kept.
    if entity.roles.len() < 16 && !entity.roles.iter().any(|other| other.role == held.role) {
        entity.roles.push(held);
    }
}
