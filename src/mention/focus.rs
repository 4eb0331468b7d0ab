//! Who is being talked of: follows the text from left to right and gives nouns and pronouns their person.

use super::entity::Entity;
use super::language::{Class, Gender, KeyMap, Language};
use super::scan::{Form, Found, Kind, NONE, Opening, Role};
use crate::text::{Text, Token, TokenKind, key};

/// How many people are kept in mind at once.
const KEPT: usize = 12;

/// What being named in quoted words of the same paragraph takes from somebody's fitness as “he” or “she” beside them.
const SPOKEN_OF: f32 = 1.0;

/// How many tokens nearer a subject counts than what is no subject.
const SUBJECT_TOKENS: f32 = 40.0;

/// How many tokens after a name “it” or “its” still speaks of it.
const ITS_TOKENS: u32 = 4;

/// How much more than a subject one is that opens its sentence.
const TOPIC: f32 = 0.3;

/// How many of the words between marks after a name are read for one of the first person.
const TOLD_TOKENS: usize = 16;

/// Somebody mentioned lately.
#[derive(Clone, Copy, Debug)]
struct Recent {
    entity: u32,
    token: u32,
    sentence: u32,
    paragraph: u32,
    /// How much of a subject it is: 1 before its verb, 0 after a preposition.
    subject: f32,
    quoted: bool,
    headline: bool,
    possessive: bool,
    attributive: bool,
    /// The paragraph in which somebody's quoted words last named them.
    spoken_of: Option<u32>,
}

/// Gives every definite noun and every personal pronoun its entity. O(n): a bounded number of candidates each.
pub(super) fn follow(text: &Text<'_>, language: &Language, found: &mut [Found], entities: &mut Vec<Entity>) {
    vote(text, found, entities);
    bodies(text, found, entities);
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
                    mention.entity = focus.noun(&mention, entities).unwrap_or(NONE);
                } else if introduces(text, &mention) && !focus.has_named_holder(&mention, entities) {
                    mention.entity = focus.describe(&mention, entities);
                }
            }
            Form::Pronoun => {
                if mention.class.is(Class::PRONOUN_M.and(Class::PRONOUN_F)) {
                    mention.entity = focus
                        .named_after(&mention, found, index, entities)
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
            entity.last = mention.start;
            if entity.outlet && entity.kind == Kind::Organisation {
                let count = entity.count;
                let most = focus.main_outlet.and_then(|id| entities.get(id as usize)).map_or(0, |e| e.count);
                if count > most {
                    focus.main_outlet = Some(mention.entity);
                }
            }
            let later_name = mention.form == Form::Noun && mention.link != NONE;
            if !later_name {
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

/// Marks who is named outside quotation marks. Counts the pronouns that follow a person where nobody else is meant, and corrects the gender that the given
/// name or nothing tells: Senator Lindsey Doe … he.
fn vote(text: &Text<'_>, found: &[Found], entities: &mut [Entity]) {
    for mention in found.iter().filter(|mention| !mention.quoted && !mention.headline) {
        if let Some(entity) = entities.get_mut(mention.entity as usize) {
            entity.outside = true;
        }
    }
    let mut votes: Vec<(u16, u16)> = vec![(0, 0); entities.len()];
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
            Form::Pronoun if mention.class.is(Class::PRONOUN_M.and(Class::PRONOUN_F)) => {
                if let Some(vote) = votes.get_mut(only as usize) {
                    let male = mention.class.is(Class::PRONOUN_M);
                    vote.0 = vote.0.saturating_add(u16::from(male));
                    vote.1 = vote.1.saturating_add(u16::from(!male));
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
        if male > 2 * female + needed {
            entity.gender = Gender::Male;
        } else if female > 2 * male + needed {
            entity.gender = Gender::Female;
        }
    }
}

/// Makes a body of what nothing else is known of and what is an “it” in its own clause: Norvik said *its* ships stay.
fn bodies(text: &Text<'_>, found: &[Found], entities: &mut [Entity]) {
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

/// Which entities hold a role.
struct Holders {
    by_noun: KeyMap<Vec<u32>>,
}

impl Holders {
    fn new(entities: &[Entity]) -> Self {
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

struct Focus<'a> {
    text: &'a Text<'a>,
    language: &'a Language,
    recent: Vec<Recent>,
    holders: Holders,
    /// The outlet named most often so far.
    main_outlet: Option<u32>,
}

impl Focus<'_> {
    fn touch(&mut self, mention: &Found) {
        let place = self.text.token(mention.start as usize);
        let mut recent = Recent {
            entity: mention.entity,
            token: mention.start,
            sentence: place.map_or(0, |token| token.sentence() as u32),
            paragraph: place.map_or(0, |token| token.paragraph() as u32),
            subject: self.subject(mention) + self.topic(mention),
            quoted: mention.quoted,
            headline: mention.headline,
            possessive: mention.possessive,
            attributive: mention.attributive,
            spoken_of: None,
        };
        if mention.form == Form::Name && (mention.quoted || self.is_told_of(mention)) {
            recent.spoken_of = Some(recent.paragraph);
        }
        let old = self.recent.iter().position(|other| other.entity == mention.entity);
        if let Some(old) = old {
            let mut before = self.recent.remove(old);
            // A subject stays one through the same sentence, and a mention inside marks hides none outside.
            recent.spoken_of = recent.spoken_of.or(before.spoken_of);
            // “His” and “her” take nothing from who was the subject.
            let pronoun = mention.form == Form::Pronoun && mention.possessive;
            if pronoun || before.sentence == recent.sentence {
                recent.subject = recent.subject.max(before.subject);
            }
            if pronoun {
                recent.possessive = before.possessive;
            }
            if recent.quoted && !before.quoted && recent.paragraph.saturating_sub(before.paragraph) <= 1 {
                before.spoken_of = recent.spoken_of;
                self.recent.push(before);
            } else {
                self.recent.push(recent);
            }
            return;
        }
        if self.recent.len() >= KEPT {
            self.recent.remove(0);
        }
        self.recent.push(recent);
    }

    /// Whether somebody tells in the first person what the one named does: Quill “taught me to sail,” he said.
    fn is_told_of(&self, mention: &Found) -> bool {
        let marked = mention.end as usize + 1;
        let words = (marked..marked + TOLD_TOKENS).map_while(|at| self.text.token(at));
        let is_mark = |at: usize| self.text.token(at).is_some_and(|token| token.kind() == TokenKind::Mark);
        let first =
            |token: &Token| self.language.word(token.key()).class.is(Class::PRONOUN_I.and(Class::PRONOUN_WE));
        is_mark(mention.end as usize) && words.take_while(|token| token.kind() != TokenKind::Mark).any(first)
    }

    /// “In her statement, Ada Quill …”: the name that the clause a sentence opens with leads up to.
    fn named_after(
        &self,
        mention: &Found,
        found: &[Found],
        index: usize,
        entities: &[Entity],
    ) -> Option<u32> {
        let at = mention.start as usize;
        let sentence = self.text.token(at)?.sentence();
        let opening = self.text.sentences().get(sentence)?.start;
        let first = self.text.token(opening)?;
        let class = self.language.word(first.key()).class;
        let leads =
            class.is(Class::PREPOSITION.and(Class::CONJUNCTION)) || self.text.word(opening).ends_with("ing");
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

    /// What a name gains that opens a sentence as its subject: the next one goes on about it.
    fn topic(&self, mention: &Found) -> f32 {
        let sentence = self.text.token(mention.whole as usize).map(|token| token.sentence());
        let opening = sentence.and_then(|at| self.text.sentences().get(at)).map(|sentence| sentence.start);
        let opens = opening == Some(mention.whole as usize) && mention.form == Form::Name;
        let whole = !mention.possessive && !mention.attributive && !mention.quoted && !mention.headline;
        if opens && whole { TOPIC } else { 0.0 }
    }

    /// How much of a subject a mention is, by the words beside it.
    fn subject(&self, mention: &Found) -> f32 {
        if mention.oblique || mention.possessive || mention.attributive {
            return 0.0;
        }
        let class = |at: usize| {
            let token = self.text.token(at).filter(|token| token.is_word())?;
            Some((self.language.word(token.key()).class, token.is_capitalised()))
        };
        if mention.form == Form::Pronoun {
            let word = self.text.token(mention.start as usize).map_or(0, |token| token.key());
            let object = [key("him"), key("her"), key("whom"), key("ihn"), key("ihm")].contains(&word);
            return if object { 0.2 } else { 1.0 };
        }
        let said_before = (mention.whole as usize)
            .checked_sub(1)
            .and_then(class)
            .is_some_and(|(class, _)| class.is(Class::FUNCTION));
        let said_or = |less: f32| if said_before { 1.0 } else { less };
        match class(mention.end as usize) {
            Some((class, false)) if class.is(Class::PRONOUN_WHO) => 0.8,
            Some((class, false))
                if class.is(Class::PREPOSITION.and(Class::CONJUNCTION).and(Class::DETERMINER)) =>
            {
                said_or(0.4)
            }
            Some((_, false)) => 1.0,
            _ if said_before => 1.0,
            _ if matches!(self.text.word(mention.end as usize), "," | "(" | "—" | "–") => 0.8,
            _ => 0.4,
        }
    }

    fn pronoun(&self, mention: &Found, entities: &mut [Entity]) -> Option<u32> {
        let gender = if mention.class.is(Class::PRONOUN_M) { Gender::Male } else { Gender::Female };
        let id = self.best(mention, entities, |entity| {
            if matches!(entity.kind, Kind::Organisation | Kind::Place | Kind::Other) {
                return None;
            }
            let unknown_kind = if entity.kind == Kind::Person { 0.0 } else { -1.2 };
            match entity.gender {
                Gender::Unknown => Some(unknown_kind - 0.8),
                known if known == gender => Some(unknown_kind),
                _ if entity.gender_certain => None,
                _ => Some(unknown_kind - 5.0),
            }
        })?;
        if let Some(entity) = entities.get_mut(id as usize)
            && entity.gender == Gender::Unknown
        {
            entity.gender = gender;
        }
        Some(id)
    }

    /// The best of the people kept in mind, by closeness and prominence; `fit` gives its own measure or rejects.
    fn best(
        &self,
        mention: &Found,
        entities: &[Entity],
        fit: impl Fn(&Entity) -> Option<f32>,
    ) -> Option<u32> {
        let here = self.text.token(mention.start as usize)?;
        let (sentence, paragraph) = (here.sentence() as u32, here.paragraph() as u32);
        let mut best: Option<(f32, u32)> = None;
        for recent in self.recent.iter().rev() {
            let Some(entity) = entities.get(recent.entity as usize) else { continue };
            let Some(mut score) = fit(entity) else { continue };
            let sentences = sentence.saturating_sub(recent.sentence).min(12) as f32;
            let paragraphs = paragraph.saturating_sub(recent.paragraph).min(6) as f32;
            score -= 0.5 * sentences + 0.3 * paragraphs;
            score += recent.subject;
            if recent.possessive || recent.attributive {
                score -= 0.5;
            }
            if recent.quoted && !mention.quoted {
                // Somebody whom the article itself names elsewhere may be meant, though.
                score -= if entity.outside { 1.0 } else { 2.0 };
            }
            if recent.spoken_of == Some(paragraph) && !mention.quoted {
                // Who is named in the words beside it is hardly the one who says them.
                score -= SPOKEN_OF;
            }
            if recent.headline {
                score -= 0.5;
            }
            if entity.described {
                score -= 0.9;
            }
            score += 0.25 * (entity.count as f32 + 1.0).ln();
            score -= 0.002 * mention.start.saturating_sub(recent.token).min(500) as f32;
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, recent.entity));
            }
        }
        best.filter(|&(score, _)| score > -6.0).map(|(_, id)| id)
    }

    /// Who or what a definite noun is.
    fn noun(&self, mention: &Found, entities: &[Entity]) -> Option<u32> {
        if mention.class.is(Class::PLURAL) {
            return None;
        }
        if mention.kind == Kind::Person {
            let possessed = (mention.start as usize)
                .checked_sub(1)
                .and_then(|before| self.text.token(before))
                .is_some_and(|token| token.kind() == TokenKind::Clitic);
            if possessed {
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
        const ANY: &[u64] = &[
            key("agency"),
            key("company"),
            key("group"),
            key("organization"),
            key("organisation"),
            key("firm"),
            key("nonprofit"),
            key("charity"),
            key("behörde"),
            key("konzern"),
            key("unternehmen"),
            key("firma"),
            key("agence"),
            key("entreprise"),
            key("société"),
        ];
        const COMPANY: &[u64] = &[
            key("company"),
            key("firm"),
            key("konzern"),
            key("unternehmen"),
            key("firma"),
            key("entreprise"),
            key("société"),
        ];
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
            key("ministerium"),
            key("ministère"),
        ];
        let noun = self.text.token((mention.end as usize).checked_sub(1)?)?.key();
        // the Quill administration, the federal government: something else
        if mention.role.modifier != 0 {
            return None;
        }
        self.best(mention, entities, |entity| {
            let words = self.text.tokens().get(entity.tokens.0 as usize..entity.tokens.1 as usize)?;
            let in_name = words.iter().any(|word| word.key() == noun);
            let public = COMPANY.contains(&noun) && words.iter().any(|word| PUBLIC.contains(&word.key()));
            let fits = entity.kind == Kind::Organisation
                && (in_name || ANY.contains(&noun) && !entity.outlet && !public);
            fits.then_some(if in_name { 2.0 } else { 0.0 })
        })
    }

    /// Whether somebody named holds the office, which only one can: “a president who is tired” is no other one.
    fn has_named_holder(&self, mention: &Found, entities: &[Entity]) -> bool {
        let holders = self.holders.by_noun.get(&mention.role.noun).map_or(&[][..], Vec::as_slice);
        let named = || holders.iter().filter_map(|&id| entities.get(id as usize)).filter(|e| !e.described);
        mention.class.is(Class::SOLE)
            && named().any(|e| e.roles.iter().any(|held| fit(&mention.role, &held.role).is_some()))
    }

    /// Makes an entity of somebody who is described and not named.
    fn describe(&mut self, mention: &Found, entities: &mut Vec<Entity>) -> u32 {
        let id = entities.len() as u32;
        let entity = Entity::described(self.text, mention);
        let list = self.holders.by_noun.entry(mention.role.noun).or_default();
        if list.len() < 64 {
            list.push(id);
        }
        entities.push(entity);
        id
    }

    /// The outlet in mind: the newspaper, the article.
    fn outlet(&self, mention: &Found, entities: &[Entity]) -> Option<u32> {
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
        if !mention.class.is(Class::PERSON.and(Class::ROLE)) {
            return None;
        }
        self.best(mention, entities, |entity| {
            if entity.kind != Kind::Person {
                return None;
            }
            // Somebody known by another role is not so likely meant by this one.
            let other = mention.class.is(Class::ROLE)
                && entity.roles.iter().any(|held| !self.language.word(held.role.noun).class.is(Class::PARTY));
            let known = if other { -1.5 } else { 0.0 };
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
