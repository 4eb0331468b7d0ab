//! Who is being talked of: follows the text from left to right and gives nouns and pronouns their person.

use super::entity::Entity;
use super::gender::{bodies, places, vote};
use super::holder::Holders;
use super::language::{Class, Gender, KeyMap, Language};
use super::recent::{KEPT, Recent};
use super::scan::{Form, Found, Kind, NONE, Opening};
use crate::text::{Text, TokenKind, key};

/// Gives every definite noun and every personal pronoun its entity. O(n): a bounded number of candidates each.
pub(super) fn follow(text: &Text<'_>, language: &Language, found: &mut [Found], entities: &mut Vec<Entity>) {
    vote(text, found, entities);
    bodies(text, found, entities);
    places(text, found, entities);
    let holders = Holders::new(entities);
    let mut focus =
        Focus { text, language, recent: Vec::with_capacity(KEPT + 1), holders, main_outlet: None };
    let mut documents = KeyMap::<(u32, u64)>::default();
    for index in 0..found.len() {
        let Some(mut mention) = found.get(index).copied() else { break };
        match mention.form {
            Form::Name => {}
            Form::Noun => {
                if let Some(name) = found.get(mention.link as usize) {
                    mention.entity = name.entity;
                } else if mention.class.is(Class::DOCUMENT) {
                    mention.link = introduction(text, &mut documents, &mention, index).unwrap_or(NONE);
                    if mention.opening == Opening::Definite && mention.role.noun == key("article") {
                        mention.entity = focus.outlet(&mention, entities).unwrap_or(NONE);
                    }
                } else if mention.opening == Opening::Definite {
                    let known = focus.noun(&mention, entities).or_else(|| named_aside(text, found, index));
                    mention.entity = known.unwrap_or(NONE);
                    if mention.entity == NONE
                        && focus.acts_unnamed(&mention)
                        && !is_named_aside(text, found, index)
                    {
                        mention.entity = focus.describe(&mention, entities);
                    }
                } else if introduces(text, &mention) && !focus.has_named_holder(&mention, entities) {
                    mention.entity = focus.describe(&mention, entities);
                }
            }
            Form::Pronoun => {
                if mention.class.is(Class::PRONOUN_M.or(Class::PRONOUN_F)) {
                    mention.entity = focus
                        .led_up_to(&mention, found, index, entities)
                        .or_else(|| focus.pronoun(&mention, entities))
                        .unwrap_or(NONE);
                } else if mention.class.is(Class::PRONOUN_WHO) {
                    mention.entity = antecedent(text, found, index).unwrap_or(NONE);
                }
            }
        }
        if let Some(slot) = found.get_mut(index) {
            slot.entity = mention.entity;
            slot.link = mention.link;
        }
        if let Some(entity) = entities.get_mut(mention.entity as usize) {
            entity.count += 1;
            let unknown = entity.kind == Kind::Unknown;
            if entity.outlet && entity.kind == Kind::Organisation {
                let count = entity.count;
                let most = focus.main_outlet.and_then(|id| entities.get(id as usize)).map_or(0, |e| e.count);
                if count > most {
                    focus.main_outlet = Some(mention.entity);
                }
            }
            // “… who gave her name only as Ada” leaves the noun the subject.
            let named = found.get(mention.link as usize).is_some_and(|name| !name.oblique);
            let later_name = mention.form == Form::Noun && named;
            // A Discord message tells nothing of anybody called so.
            let modifier = mention.attributive && unknown;
            if !later_name && !modifier {
                focus.touch(&mention);
            }
        }
    }
}

/// Whether a noun phrase brings in somebody new and unnamed: a senior official; not: she is an official.
fn introduces(text: &Text<'_>, mention: &Found) -> bool {
    const BEFORE: &[u64] = &[
        key("is"),
        key("was"),
        key("as"),
        key("be"),
        key("been"),
        key("being"),
        key("became"),
        key("become"),
        key("not"),
        key("like"),
        key("were"),
        key("are"),
    ];
    let predicate = (mention.start as usize)
        .checked_sub(1)
        .and_then(|before| text.token(before))
        .is_some_and(|before| BEFORE.contains(&before.key()));
    mention.opening == Opening::Indefinite
        && mention.kind == Kind::Person
        && !mention.class.is(Class::PLURAL)
        && !mention.quoted
        && !mention.headline
        && !predicate
}

/// Who is named in the second apposition of a noun: his friend, the poet *Ada Quill*, said.
fn named_aside(text: &Text<'_>, found: &[Found], index: usize) -> Option<u32> {
    let (noun, next) = (found.get(index)?, found.get(index + 1)?);
    let beside = next.form == Form::Noun && next.start == noun.end + 1 && text.word(noun.end as usize) == ",";
    let name = found.get(next.link as usize).filter(|name| beside && name.form == Form::Name)?;
    let closes = matches!(text.word(name.end as usize), "," | "(") && name.start > next.start;
    (closes && noun.kind == Kind::Person && !noun.class.is(Class::PLURAL)).then_some(name.entity)
}

/// Whether a name in apposition stands right behind a noun: Quill’s niece, Del. *Marcia Price*.
fn is_named_aside(text: &Text<'_>, found: &[Found], index: usize) -> bool {
    let (Some(noun), Some(next)) = (found.get(index), found.get(index + 1)) else { return false };
    let near = next.whole.saturating_sub(noun.end) <= 2;
    next.form == Form::Name && near && text.word(noun.end as usize) == ","
}

/// The noun that introduced what a definite noun for something written refers to by another word: a study …
/// the report.
fn introduction(
    text: &Text<'_>,
    documents: &mut KeyMap<(u32, u64)>,
    mention: &Found,
    index: usize,
) -> Option<u32> {
    let word = text.token((mention.end as usize).checked_sub(1)?)?.key();
    if mention.opening != Opening::Definite {
        documents.entry(mention.role.noun).or_insert((index as u32, word));
        return None;
    }
    let (first, noun) = *documents.entry(mention.role.noun).or_insert((index as u32, word));
    (noun != word && first != index as u32).then_some(first)
}

/// Who “who” is: the name or noun just before it in its sentence.
fn antecedent(text: &Text<'_>, found: &[Found], index: usize) -> Option<u32> {
    let who = found.get(index)?;
    let before = (who.start as usize).checked_sub(1)?;
    let after_comma = matches!(text.word(before), "," | "—" | "–" | ")" | "(");
    let candidates = found.get(index.saturating_sub(5)..index)?;
    if !after_comma {
        // Ada Quill who; not: those who
        let next = candidates.iter().rev().find(|other| other.end == who.start)?;
        return (next.entity != NONE && !matches!(next.kind, Kind::Place)).then_some(next.entity);
    }
    let sentence = text.token(who.start as usize)?.sentence();
    // A word for several people just before the comma is meant itself.
    if candidates.iter().rev().any(|other| other.end as usize == before && other.class.is(Class::PLURAL)) {
        return None;
    }
    candidates
        .iter()
        .rev()
        .take_while(|other| text.token(other.start as usize).is_some_and(|t| t.sentence() == sentence))
        .find(|other| {
            other.entity != NONE
                && !matches!(other.kind, Kind::Place | Kind::Organisation)
                && !other.possessive
                && other.form != Form::Pronoun
        })
        .map(|other| other.entity)
}

pub(super) struct Focus<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) language: &'a Language,
    pub(super) recent: Vec<Recent>,
    pub(super) holders: Holders,
    /// The outlet named most often so far.
    pub(super) main_outlet: Option<u32>,
}

impl Focus<'_> {
    /// Whether somebody who is described and not named is a subject, so that a pronoun may mean them: when *the captain*
    /// feels like it; *my son* told me.
    fn acts_unnamed(&self, mention: &Found) -> bool {
        let one = mention.kind == Kind::Person && !mention.class.is(Class::PLURAL.or(Class::UNNAMED));
        one && !mention.quoted && !mention.headline && self.subject(mention) >= 0.8
    }

    /// “In her statement, Ada Quill …”: the name that the clause a sentence opens with leads up to.
    fn led_up_to(&self, mention: &Found, found: &[Found], index: usize, entities: &[Entity]) -> Option<u32> {
        let at = mention.start as usize;
        let sentence = self.text.token(at)?.sentence();
        let opening = self.text.sentences().get(sentence)?.start;
        let first = self.text.token(opening)?;
        let class = self.language.word(first.key()).class;
        let leads =
            class.is(Class::PREPOSITION.or(Class::CONJUNCTION)) || self.text.word(opening).ends_with("ing");
        if !leads || at == opening || at - opening > 12 || first.kind() != TokenKind::Word {
            return None;
        }
        let gender = if mention.class.is(Class::PRONOUN_M) { Gender::Male } else { Gender::Female };
        let inside = |other: &&Found| {
            self.text.token(other.start as usize).is_some_and(|token| token.sentence() == sentence)
        };
        // Nobody may stand before it in the sentence.
        if found
            .get(..index)?
            .iter()
            .rev()
            .take_while(inside)
            .any(|other| other.entity != NONE && other.form == Form::Name)
        {
            return None;
        }
        let name = found
            .get(index + 1..)?
            .iter()
            .take(4)
            .take_while(inside)
            .find(|other| other.form == Form::Name && (other.start as usize) < at + 12)?;
        let comma = self.text.word((name.whole as usize).checked_sub(1)?) == ",";
        let entity = entities.get(name.entity as usize)?;
        let fits = entity.kind == Kind::Person && matches!(entity.gender, Gender::Unknown)
            || entity.gender == gender;
        (comma && fits && !name.possessive && !name.quoted).then_some(name.entity)
    }

    fn pronoun(&self, mention: &Found, entities: &mut [Entity]) -> Option<u32> {
        let gender = if mention.class.is(Class::PRONOUN_M) { Gender::Male } else { Gender::Female };
        let id = self.best(mention, entities, |entity| {
            if matches!(entity.kind, Kind::Organisation | Kind::Place | Kind::Other) {
                return None;
            }
            let unknown_kind = if entity.kind == Kind::Person { 0.0 } else { -1.2 };
            match entity.gender {
                // What nothing tells to be a person is hardly one.
                Gender::Unknown => Some(1.7 * unknown_kind - 0.8),
                known if known == gender => Some(unknown_kind),
                _ if entity.gender_certain => None,
                _ => Some(unknown_kind - 3.5),
            }
        })?;
        if let Some(entity) = entities.get_mut(id as usize)
            && entity.gender == Gender::Unknown
        {
            entity.gender = gender;
        }
        Some(id)
    }
}
