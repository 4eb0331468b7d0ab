//! What the words beside them tell of names: gender, that something is a body, that it is a place.

use super::entity::Entity;
use super::language::{Class, Gender};
use super::scan::{Form, Found, Kind, NONE};
use crate::text::{Text, key};

/// How many tokens after a name “it” or “its” still speaks of it.
const ITS_TOKENS: u32 = 4;

/// Marks who is named outside quotation marks.
///
/// Also counts the pronouns that follow a person where nobody else is meant, and corrects the gender that the given
/// name or nothing tells: Senator Lindsey Doe … he.
pub(super) fn vote(text: &Text<'_>, found: &[Found], entities: &mut [Entity]) {
    for mention in found.iter().filter(|mention| !mention.quoted && !mention.headline) {
        if let Some(entity) = entities.get_mut(mention.entity as usize) {
            entity.outside = true;
        }
    }
    let mut votes: Vec<(u32, u32)> = vec![(0, 0); entities.len()];
    let mut paragraph = usize::MAX;
    let mut only = NONE;
    for mention in found.iter().filter(|mention| !mention.quoted && !mention.headline) {
        let here = text.token(mention.start as usize).map_or(0, |token| token.paragraph());
        if here != paragraph {
            paragraph = here;
            only = NONE;
        }
        match mention.form {
            Form::Name if mention.kind == Kind::Place || mention.entity == NONE => {}
            Form::Name => {
                let person = entities.get(mention.entity as usize).is_some_and(|e| e.kind == Kind::Person);
                if person && only == NONE {
                    only = mention.entity;
                } else if person && only != mention.entity {
                    only = NONE - 1;
                }
            }
            Form::Pronoun if mention.class.is(Class::PRONOUN_M.or(Class::PRONOUN_F)) => {
                if let Some(vote) = votes.get_mut(only as usize) {
                    let male = mention.class.is(Class::PRONOUN_M);
                    vote.0 = vote.0.saturating_add(u32::from(male));
                    vote.1 = vote.1.saturating_add(u32::from(!male));
                }
            }
            Form::Noun | Form::Pronoun => {}
        }
    }
    for (entity, (male, female)) in entities.iter_mut().zip(votes) {
        if entity.gender_certain || entity.kind != Kind::Person {
            continue;
        }
        let needed = if entity.gender == Gender::Unknown { 0 } else { 1 };
        let outvotes = |more: u32, less: u32| more > less.saturating_mul(2).saturating_add(needed);
        if outvotes(male, female) {
            entity.gender = Gender::Male;
        } else if outvotes(female, male) {
            entity.gender = Gender::Female;
        }
    }
}

/// Makes a body of what nothing else is known of and what is an “it” in its own clause: Norvik said *its* ships stay.
pub(super) fn bodies(text: &Text<'_>, found: &[Found], entities: &mut [Entity]) {
    for pair in found.windows(2) {
        let [name, pronoun] = pair else { continue };
        let close = pronoun.start.saturating_sub(name.end) <= ITS_TOKENS
            && text.token(name.start as usize).map(|token| token.sentence())
                == text.token(pronoun.start as usize).map(|token| token.sentence());
        let subject = name.form == Form::Name && !name.possessive && !name.oblique && !name.attributive;
        let its = pronoun.form == Form::Pronoun && pronoun.class.is(Class::PRONOUN_IT);
        if close
            && subject
            && its
            && name.quoted == pronoun.quoted
            && let Some(entity) = entities.get_mut(name.entity as usize)
            && entity.kind == Kind::Unknown
            && entity.gender == Gender::Unknown
        {
            entity.kind = Kind::Organisation;
        }
    }
}

/// Makes a place of what nothing else is known of and what only ever stands where places do: *in* Skarvik.
pub(super) fn places(text: &Text<'_>, found: &[Found], entities: &mut [Entity]) {
    const WHERE: [u64; 7] =
        [key("in"), key("near"), key("outside"), key("around"), key("across"), key("throughout"), key("off")];
    const TO: [u64; 4] = [key("to"), key("from"), key("of"), key("at")];
    let mut seen: Vec<(bool, bool)> = vec![(false, false); entities.len()];
    for name in found.iter().filter(|name| name.form == Form::Name && name.kind == Kind::Unknown) {
        let Some((there, else_where)) = seen.get_mut(name.entity as usize) else { continue };
        let before = (name.whole as usize).checked_sub(1).and_then(|before| text.token(before));
        let word = before.map_or(0, |before| before.key());
        *there |= WHERE.contains(&word) && !name.attributive && !name.possessive;
        *else_where |= !WHERE.contains(&word) && !TO.contains(&word) && !name.attributive && !name.possessive;
    }
    for (entity, (there, else_where)) in entities.iter_mut().zip(seen) {
        let unknown = entity.kind == Kind::Unknown && entity.gender == Gender::Unknown;
        if unknown && there && !else_where {
            entity.kind = Kind::Place;
        }
    }
}
