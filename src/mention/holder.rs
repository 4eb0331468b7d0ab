//! Whom a definite noun means: who holds the role, the body or outlet in mind, somebody new.

use super::entity::Entity;
use super::focus::Focus;
use super::language::{Class, Gender, KeyMap};
use super::recent::SUBJECT_TOKENS;
use super::scan::{Found, Kind, Opening, Role};
use crate::text::{Token, TokenKind, key};

/// What is taken from an outlet, or what nothing tells to be a business, where a noun for one is used.
const UNLIKELY: f32 = -1.5;

/// Which entities hold a role.
pub(super) struct Holders {
    by_noun: KeyMap<Vec<u32>>,
}

impl Holders {
    pub(super) fn new(entities: &[Entity]) -> Self {
        let mut by_noun = KeyMap::<Vec<u32>>::default();
        for (id, entity) in entities.iter().enumerate() {
            for held in &entity.roles {
                let list = by_noun.entry(held.role.noun).or_default();
                if list.len() < 64 && list.last() != Some(&(id as u32)) {
                    list.push(id as u32);
                }
            }
        }
        Self { by_noun }
    }
}

impl Focus<'_> {
    /// Who or what a definite noun is.
    pub(super) fn noun(&self, mention: &Found, entities: &[Entity]) -> Option<u32> {
        if mention.class.is(Class::PLURAL) {
            return None;
        }
        if mention.kind == Kind::Person {
            // Quill's brother, his brother: whoever is known as somebody's, and not the nearest one.
            let before = (mention.start as usize).checked_sub(1).and_then(|before| self.text.token(before));
            let first = self.text.token(mention.start as usize).filter(|_| mention.end > mention.start + 1);
            let owns = |token: &Token| self.language.word(token.key()).class.is(Class::POSSESSIVE);
            if first.is_some_and(owns)
                || before.is_some_and(|token| token.kind() == TokenKind::Clitic || owns(token))
            {
                return self.holder(mention, entities);
            }
            let of = self.text.token(mention.end as usize).is_some_and(|next| next.key() == key("of"));
            if let Some(holder) = self.holder(mention, entities) {
                return Some(holder);
            }
            // the Brazilian leader: whoever holds anything Brazilian
            let modifier = mention.role.modifier;
            if modifier != 0 && self.language.word(modifier).class.is(Class::DEMONYM) {
                return self.best(mention, entities, |entity| {
                    entity.roles.iter().any(|held| held.role.modifier == modifier).then_some(0.0)
                });
            }
            return self.anybody(mention, entities).filter(|_| !of || mention.role.former);
        }
        if mention.kind == Kind::Organisation {
            if mention.class.is(Class::OUTLET_NOUN) && !mention.class.is(Class::ORG_NOUN) {
                return self.outlet(mention, entities);
            }
            return self.organisation(mention, entities);
        }
        None
    }

    /// The organisation in mind: the agency; the department, which has the word in its name.
    fn organisation(&self, mention: &Found, entities: &[Entity]) -> Option<u32> {
        // What is no company: the head of a public body's name.
        const PUBLIC: &[u64] = &[
            key("force"),
            key("army"),
            key("navy"),
            key("department"),
            key("ministry"),
            key("committee"),
            key("court"),
            key("congress"),
            key("senate"),
            key("house"),
            key("police"),
            key("party"),
            key("university"),
            key("council"),
            key("commission"),
            key("agency"),
            key("authority"),
            key("bureau"),
            key("office"),
            key("ministerium"),
            key("ministère"),
        ];
        let noun = self.text.token((mention.end as usize).checked_sub(1)?)?.key();
        let company = mention.class.is(Class::COMPANY);
        let any = company || mention.class.is(Class::ANY_BODY);
        // the Quill administration, the federal government: something else; not so the Harbor-based company
        let modifier = (mention.end as usize).checked_sub(2).map_or("", |before| self.text.word(before));
        let compound = mention.class.is(Class::WHOEVER);
        if mention.role.modifier != 0 && !modifier.contains('-') && !compound {
            return None;
        }
        self.best(mention, entities, |entity| {
            let words = self.text.tokens().get(entity.tokens.0 as usize..entity.tokens.1 as usize)?;
            let in_name = words.iter().any(|word| word.key() == noun);
            let public = company && words.iter().any(|word| PUBLIC.contains(&word.key()));
            let unknown = company && entity.kind == Kind::Unknown && entity.gender == Gender::Unknown;
            let fits = (entity.kind == Kind::Organisation || unknown) && (in_name || any && !public);
            fits.then_some(if in_name {
                2.0
            } else if unknown || entity.outlet {
                UNLIKELY
            } else {
                0.0
            })
        })
    }

    /// Whether somebody named holds the office, which only one can: “a president who is tired” is no other one.
    pub(super) fn has_named_holder(&self, mention: &Found, entities: &[Entity]) -> bool {
        let holders = self.holders.by_noun.get(&mention.role.noun).map_or(&[][..], Vec::as_slice);
        let named = || holders.iter().filter_map(|&id| entities.get(id as usize)).filter(|e| !e.described);
        mention.class.is(Class::SOLE)
            && named().any(|e| e.roles.iter().any(|held| fit(&mention.role, &held.role).is_some()))
    }

    /// Makes an entity of somebody who is described and not named.
    pub(super) fn describe(&mut self, mention: &Found, entities: &mut Vec<Entity>) -> u32 {
        let id = entities.len() as u32;
        let entity = Entity::described(self.text, mention);
        // The Indiana governor is not the former governor of somewhere else.
        if mention.opening == Opening::Indefinite || mention.role.modifier == 0 {
            let list = self.holders.by_noun.entry(mention.role.noun).or_default();
            if list.len() < 64 {
                list.push(id);
            }
        }
        entities.push(entity);
        id
    }

    /// The outlet in mind: the newspaper, the article.
    pub(super) fn outlet(&self, mention: &Found, entities: &[Entity]) -> Option<u32> {
        let recent = self.best(mention, entities, |entity| {
            let outlet = entity.kind == Kind::Organisation && entity.outlet;
            outlet.then(|| 2.0 * (entity.count as f32 + 1.0).ln())
        });
        recent.or(self.main_outlet.filter(|_| mention.role.noun == key("article")))
    }

    /// The one that holds the role: of several the one whose role fits best, then the one mentioned last.
    fn holder(&self, mention: &Found, entities: &[Entity]) -> Option<u32> {
        let list = self.holders.by_noun.get(&mention.role.noun)?;
        let mut best: Option<(i64, u32)> = None;
        for &id in list {
            let Some(entity) = entities.get(id as usize) else { continue };
            if mention.gender != Gender::Unknown
                && entity.gender != Gender::Unknown
                && mention.gender != entity.gender
            {
                continue;
            }
            let fit = entity.roles.iter().filter_map(|held| fit(&mention.role, &held.role)).max();
            let Some(fit) = fit else { continue };
            let last = self.recent.iter().find(|recent| recent.entity == id);
            let near = match last {
                Some(recent) => i64::from(recent.token) + (SUBJECT_TOKENS * recent.subject) as i64,
                // Mentioned long ago, or only later.
                None => -i64::from(entity.first),
            };
            let score = fit * 100_000_000 + near;
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// The woman, the candidate: whoever of the people in mind it fits.
    fn anybody(&self, mention: &Found, entities: &[Entity]) -> Option<u32> {
        if !mention.class.is(Class::PERSON.or(Class::ROLE)) || mention.class.is(Class::UNNAMED) {
            return None;
        }
        let whoever = mention.class.is(Class::WHOEVER);
        self.best(mention, entities, |entity| {
            if entity.kind != Kind::Person {
                return None;
            }
            // Somebody known by another role is hardly meant by this one.
            let other = mention.class.is(Class::ROLE)
                && entity.roles.iter().any(|held| !self.language.word(held.role.noun).class.is(Class::PARTY));
            if other && !whoever && !mention.class.is(Class::PERSON) {
                return None;
            }
            let known = if other && !whoever { -1.5 } else { 0.0 };
            match (mention.gender, entity.gender) {
                (Gender::Unknown, _) => Some(known),
                (_, Gender::Unknown) => Some(known - 0.8),
                (a, b) if a == b => Some(known),
                _ => None,
            }
        })
    }
}

/// How well a role that is asked for fits one that is held; `None` if it is another.
fn fit(asked: &Role, held: &Role) -> Option<i64> {
    if asked.noun != held.noun || asked.vice != held.vice {
        return None;
    }
    let mut fit = 4;
    if asked.former == held.former {
        fit += 2;
    } else if asked.former {
        fit -= 1;
    }
    if asked.modifier != 0 && asked.modifier == held.modifier {
        fit += 2;
    } else if asked.modifier != 0 && held.modifier != 0 {
        fit -= 1;
    }
    Some(fit)
}
