//! The entities of a document: mentions that name one and the same, grouped.

use super::language::{Class, Gender, KeyMap, Language, bare_key, same_given};
use super::scan::{Form, Found, Kind, NONE, Role};
use crate::text::{Hasher, Span, Text, TokenKind, spaced};

/// How many entities of one surname are looked at for one mention; more than any real article has.
const NAMESAKES: usize = 48;

/// How many entities a document may have that a misspelt name is held against all of them.
const NAMED: usize = 48;

/// How long a surname is that may be misspelt, in bytes.
const MISSPELT: std::ops::RangeInclusive<usize> = 6..=64;

/// Somebody or something that a document names: a person, an organisation, a place.
#[derive(Clone, Debug)]
pub struct Entity {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) gender: Gender,
    /// The gender is told by a title or a role, not by the given name alone.
    pub(super) gender_certain: bool,
    pub(super) count: u32,
    pub(super) first: u32,
    pub(super) roles: Vec<HeldRole>,
    /// The tokens of the fullest name.
    pub(super) tokens: (u32, u32),
    pub(super) words: u8,
    pub(super) given: u64,
    pub(super) suffix: u64,
    pub(super) outlet: bool,
    /// Described and not named: a senior official.
    pub(super) described: bool,
    /// Named outside quotation marks.
    pub(super) outside: bool,
    /// How many names of one word are its own.
    pub(super) singles: u32,
    next_surname: u32,
    next_given: u32,
}

/// A role that an entity holds, and where the document says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeldRole {
    pub(super) role: Role,
    pub(super) span: Span,
}

impl Entity {
    /// Somebody who is described and not named.
    pub(super) fn described(text: &Text<'_>, noun: &Found) -> Self {
        let start = owner_before(text, noun.start as usize).unwrap_or(noun.start as usize);
        let span = text.span_of(start..noun.end as usize).unwrap_or_default();
        Self {
            name: spaced(span.text(text.raw())),
            kind: Kind::Person,
            gender: noun.gender,
            gender_certain: noun.gender != Gender::Unknown,
            count: 0,
            first: noun.start,
            roles: vec![HeldRole { role: noun.role, span }],
            tokens: (noun.start, noun.end),
            words: 0,
            given: 0,
            suffix: 0,
            outlet: false,
            described: true,
            outside: true,
            singles: 0,
            next_surname: NONE,
            next_given: NONE,
        }
    }

    /// Whether it is described and not named: a senior official.
    #[must_use]
    pub fn is_described(&self) -> bool {
        self.described
    }

    /// The fullest name in the document, without titles; of somebody unnamed the words that brought them in.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, as far as the document tells.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Grammatical gender, as far as titles, roles and the given name tell.
    #[must_use]
    pub fn gender(&self) -> Gender {
        self.gender
    }

    /// How many mentions it has, pronouns and nouns included.
    #[must_use]
    pub fn mentions(&self) -> usize {
        self.count as usize
    }

    /// Where the document says what the person is or does: the spans of titles and appositions, in order.
    pub fn roles(&self) -> impl Iterator<Item = Span> + '_ {
        self.roles.iter().map(|held| held.span)
    }
}

/// The people of a document by surname, for words that no mention was made of: Green, at the start of a sentence.
#[derive(Debug, Default)]
pub(super) struct Surnames(KeyMap<u32>);

impl Surnames {
    /// The only person, or the one named last, of a surname.
    pub(super) fn get(&self, surname: u64) -> Option<u32> {
        self.0.get(&surname).copied()
    }
}

/// Groups the names of `found`: sets the entity of every name of two words and more.
pub(super) struct Grouper<'a> {
    text: &'a Text<'a>,
    pub(super) entities: Vec<Entity>,
    by_surname: KeyMap<u32>,
    by_given: KeyMap<u32>,
    by_org: KeyMap<u32>,
    by_acronym: KeyMap<u32>,
    by_single: KeyMap<u32>,
    by_org_edge: KeyMap<u32>,
    /// By a word between a person's first and last: Lau of Regina Lau Suk-yin; [`NONE`] for one of several.
    by_middle: KeyMap<u32>,
}

impl<'a> Grouper<'a> {
    pub(super) fn new(text: &'a Text<'a>) -> Self {
        Self {
            text,
            entities: Vec::new(),
            by_surname: KeyMap::default(),
            by_given: KeyMap::default(),
            by_org: KeyMap::default(),
            by_acronym: KeyMap::default(),
            by_single: KeyMap::default(),
            by_org_edge: KeyMap::default(),
            by_middle: KeyMap::default(),
        }
    }

    /// Makes entities of all names of several words, those of headlines last. O(n).
    pub(super) fn full_names(&mut self, found: &mut [Found]) {
        for (headline, doubtful) in [(false, false), (false, true), (true, false), (true, true)] {
            for mention in found.iter_mut() {
                let now = mention.headline == headline && mention.doubtful == doubtful;
                if mention.form == Form::Name && mention.words > 1 && now {
                    if doubtful && self.by_surname.contains_key(&mention.given) {
                        // Clinton Plan, where somebody is called Clinton
                        mention.kind = Kind::Unknown;
                        mention.gender = Gender::Unknown;
                    }
                    let entity = match mention.kind {
                        Kind::Organisation => self.organisation(mention),
                        _ => self.person(mention),
                    };
                    mention.entity = entity;
                }
            }
        }
        self.acronyms(found);
    }

    /// All entities, and who of them bears which surname.
    pub(super) fn finish(self) -> (Vec<Entity>, Surnames) {
        (self.entities, Surnames(self.by_surname))
    }

    fn person(&mut self, found: &Found) -> u32 {
        let mut at = self.by_surname.get(&found.surname).copied().unwrap_or(NONE);
        for _ in 0..NAMESAKES {
            let Some(entity) = self.entities.get(at as usize) else { break };
            let next = entity.next_surname;
            if self.same_person(entity, found) {
                self.merge(at, found);
                return at;
            }
            at = next;
        }
        let id = self.add(found);
        self.index_person(id, found);
        self.index_middle(id, found);
        id
    }

    /// Notes the words between the first and the last of a name of three and more.
    fn index_middle(&mut self, id: u32, found: &Found) {
        if found.kind != Kind::Person || found.words < 3 {
            return;
        }
        let words = found.start as usize + 1..(found.end as usize).saturating_sub(1);
        for token in self.text.tokens().get(words).unwrap_or(&[]).iter().take(4) {
            if token.is_capitalised() && !token.is_abbreviation() && token.span().len() > 2 {
                let other = self.by_middle.entry(token.key()).or_insert(id);
                if *other != id {
                    *other = NONE;
                }
            }
        }
    }

    fn index_person(&mut self, id: u32, found: &Found) {
        let before = self.by_surname.insert(found.surname, id).unwrap_or(NONE);
        let before_given = self.by_given.insert(found.given, id).unwrap_or(NONE);
        if let Some(entity) = self.entities.get_mut(id as usize) {
            entity.next_surname = before;
            entity.next_given = before_given;
        }
    }

    fn same_person(&self, entity: &Entity, found: &Found) -> bool {
        if entity.suffix != 0 && found.suffix != 0 && entity.suffix != found.suffix {
            return false;
        }
        if entity.kind != found.kind && (entity.kind == Kind::Place || found.kind == Kind::Place) {
            return false;
        }
        if entity.given == found.given || same_given(entity.given, found.given) {
            return true;
        }
        let clash = entity.gender != Gender::Unknown
            && found.gender != Gender::Unknown
            && entity.gender != found.gender;
        if clash {
            return false;
        }
        let other = self.initial(entity.tokens.0);
        let own = self.initial(found.start);
        if let (Some((a, a_alone)), Some((b, b_alone))) = (other, own)
            && a == b
            && (a_alone || b_alone)
        {
            return true;
        }
        // Suu Kyi and Aung San Suu Kyi
        self.holds(entity.tokens, found.given) || self.holds((found.start, found.end), entity.given)
    }

    /// The first letter of a name and whether it stands there alone.
    fn initial(&self, token: u32) -> Option<(char, bool)> {
        let token = self.text.token(token as usize)?;
        let mut chars = token.span().text(self.text.raw()).chars();
        let first = chars.next()?.to_lowercase().next()?;
        Some((first, chars.next().is_none_or(|c| c == '.')))
    }

    fn holds(&self, tokens: (u32, u32), word: u64) -> bool {
        let range = tokens.0 as usize..(tokens.1 as usize).min(tokens.0 as usize + 8);
        self.text.tokens().get(range).is_some_and(|list| list.iter().any(|token| token.key() == word))
    }

    fn merge(&mut self, id: u32, found: &Found) {
        let name = self.printed(found);
        let Some(entity) = self.entities.get_mut(id as usize) else { return };
        let better_case = is_shouted(&entity.name) && !is_shouted(&name) && found.words >= entity.words;
        let fuller =
            found.words > entity.words || (found.words == entity.words && name.len() > entity.name.len() + 4);
        let fuller = fuller && (entity.kind == Kind::Organisation || !is_glued(&name));
        if better_case || fuller && (!is_shouted(&name) || is_shouted(&entity.name)) {
            entity.words = found.words;
            entity.tokens = (found.start, found.end);
            entity.name = name;
        }
        if entity.suffix == 0 {
            entity.suffix = found.suffix;
        }
        learn(entity, found);
    }

    pub(super) fn add(&mut self, found: &Found) -> u32 {
        let id = self.entities.len() as u32;
        let mut entity = Entity {
            name: self.printed(found),
            kind: found.kind,
            gender: Gender::Unknown,
            gender_certain: false,
            count: 0,
            first: found.start,
            roles: Vec::new(),
            tokens: (found.start, found.end),
            words: found.words,
            given: found.given,
            suffix: found.suffix,
            outlet: found.class.is(Class::OUTLET_HEAD),
            described: false,
            outside: false,
            singles: 0,
            next_surname: NONE,
            next_given: NONE,
        };
        learn(&mut entity, found);
        self.entities.push(entity);
        id
    }

    /// The name as printed, white space made one space, brackets taken off.
    fn printed(&self, found: &Found) -> String {
        let Some(span) = self.text.span_of(found.start as usize..found.end as usize) else {
            return String::new();
        };
        let raw = span.text(self.text.raw());
        if !raw.contains(['[', ']', '\n', '\r', '\t', '\u{a0}', '\u{200b}']) && !raw.contains("  ") {
            return raw.to_owned();
        }
        let mut name = String::with_capacity(raw.len());
        for word in raw.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '\u{200b}')) {
            if !word.is_empty() {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(word);
            }
        }
        name
    }

    fn organisation(&mut self, found: &Found) -> u32 {
        let mut sum = 0_u64;
        let mut acronym = Hasher::new();
        let mut first = None;
        let mut last = 0;
        let range = found.start as usize..found.end as usize;
        for token in self.text.tokens().get(range).unwrap_or(&[]) {
            if !token.is_capitalised() || token.key() == crate::text::key("the") {
                continue;
            }
            let word = bare_key(self.text, token);
            sum = sum.wrapping_add(word);
            first = first.or(Some(word));
            last = word;
            if let Some(c) = token.span().text(self.text.raw()).chars().next().filter(char::is_ascii) {
                acronym.byte(c.to_ascii_lowercase() as u8);
            }
        }
        if let Some(&id) = self.by_org.get(&sum) {
            self.merge(id, found);
            return id;
        }
        let id = self.add(found);
        self.by_org.insert(sum, id);
        self.by_acronym.entry(acronym.finish()).or_insert(id);
        if let Some(first) = first {
            self.by_org_edge.entry(first).or_insert(id);
        }
        self.by_org_edge.insert(last, id);
        id
    }

    /// Immigration and Customs Enforcement (ICE): ties what stands in brackets to the name before it.
    fn acronyms(&mut self, found: &mut [Found]) {
        for index in 1..found.len() {
            let (Some(before), Some(short)) = (found.get(index - 1).copied(), found.get(index).copied())
            else {
                break;
            };
            let brackets = short.start == before.end + 1
                && self.text.word(before.end as usize) == "("
                && self.text.word(short.end as usize) == ")";
            if brackets && before.entity != NONE && short.words == 1 && short.form == Form::Name {
                let upper = self.text.token(short.start as usize).is_some_and(|t| t.is_upper());
                if upper && before.kind != Kind::Person {
                    self.by_acronym.insert(short.surname, before.entity);
                    if let Some(entity) = self.entities.get_mut(before.entity as usize) {
                        entity.kind = Kind::Organisation;
                    }
                }
            }
        }
    }

    /// Takes a given name from the title for those whom the text calls by one word alone.
    pub(super) fn complete_from_title(&mut self, title: &str, language: &Language) {
        let title = Text::new(title);
        for pair in title.tokens().windows(2) {
            let [given, surname] = pair else { continue };
            let fits = given.is_capitalised()
                && surname.is_capitalised()
                && language.name(given.key()).class.is(Class::GIVEN);
            if !fits {
                continue;
            }
            let Some(&id) = self.by_single.get(&surname.key()) else { continue };
            let Some(entity) = self.entities.get_mut(id as usize) else { continue };
            if entity.words == 1 && !matches!(entity.kind, Kind::Organisation | Kind::Place) {
                let (first, last) = (given.span().text(title.raw()), surname.span().text(title.raw()));
                entity.name = format!("{first} {last}");
                entity.words = 2;
                entity.given = given.key();
                entity.kind = Kind::Person;
                if entity.gender == Gender::Unknown {
                    entity.gender = language.name(given.key()).gender;
                }
            }
        }
    }

    /// Makes an entity of every surname whose civil title is of another gender than all who bear it with a given
    /// name: Mr. Doe, where only Jane Doe is named in full.
    pub(super) fn civil_titles(&mut self, found: &[Found]) {
        for mention in found {
            let civil = mention.form == Form::Name && mention.words == 1 && mention.titled;
            if !civil || mention.gender == Gender::Unknown {
                continue;
            }
            let mut at = self.by_surname.get(&mention.surname).copied().unwrap_or(NONE);
            let mut clash = false;
            for _ in 0..NAMESAKES {
                let Some(entity) = self.entities.get(at as usize) else { break };
                clash = entity.gender != Gender::Unknown && entity.gender != mention.gender;
                if !clash {
                    break;
                }
                at = entity.next_surname;
            }
            if clash {
                let id = self.add(mention);
                let before = self.by_surname.insert(mention.surname, id).unwrap_or(NONE);
                if let Some(entity) = self.entities.get_mut(id as usize) {
                    entity.next_surname = before;
                    entity.gender_certain = true;
                }
            }
        }
    }

    /// A surname one letter off that of somebody named in full.
    fn misspelt(&self, found: &Found) -> Option<u32> {
        let word = self.text.word(found.start as usize);
        let one_word = found.end == found.start + 1;
        if !one_word || !MISSPELT.contains(&word.len()) || self.entities.len() > NAMED {
            return None;
        }
        let near = |entity: &Entity| {
            let surname = self.text.word((entity.tokens.1 as usize).saturating_sub(1));
            entity.kind == Kind::Person
                && entity.words > 1
                && surname.get(..2) == word.get(..2)
                && MISSPELT.contains(&surname.len())
                && strsim::osa_distance(surname, word) == 1
                && !word.starts_with(surname)
        };
        self.entities.iter().position(near).map(|id| id as u32)
    }

    /// Whether several people of the text bear the surname.
    pub(super) fn has_namesakes(&self, found: &Found) -> bool {
        let last = self.by_surname.get(&found.surname).and_then(|&id| self.entities.get(id as usize));
        last.is_some_and(|entity| entity.next_surname != NONE)
    }

    /// The best of those who bear a name of one word as their surname, else of those who bear it as their given name.
    fn bearer(&self, found: &Found, recent: &impl Fn(u32) -> u32) -> Option<u32> {
        let mut best: Option<(i64, u32)> = None;
        for (map, given) in [(&self.by_surname, false), (&self.by_given, true)] {
            if best.is_some() || (given && found.titled) {
                break;
            }
            let mut at = map.get(&found.surname).copied().unwrap_or(NONE);
            for _ in 0..NAMESAKES {
                let Some(entity) = self.entities.get(at as usize) else { break };
                let here = at;
                at = if given { entity.next_given } else { entity.next_surname };
                if let Some(fit) = fits(entity, found, given) {
                    let last = recent(here);
                    // Mentioned before beats named later; the nearest on either side beats the rest.
                    let near = if last == NONE {
                        i64::from(entity.singles) * 1000 - i64::from(entity.first) - 50_000_000
                    } else {
                        i64::from(last)
                    };
                    let score = fit * 100_000_000 + near;
                    if best.is_none_or(|(most, _)| score > most) {
                        best = Some((score, here));
                    }
                }
            }
        }
        best.map(|(_, id)| id)
    }

    /// The entity of a name of one word, or a new one. `recent` tells how recently an entity was mentioned.
    pub(super) fn single(
        &mut self,
        found: &Found,
        recent: impl Fn(u32) -> u32,
        after_the: bool,
    ) -> Option<u32> {
        let upper = self.text.token(found.start as usize).is_some_and(|token| token.is_upper());
        if upper
            && !found.titled
            && let Some(&id) = self.by_acronym.get(&found.surname)
        {
            return Some(id);
        }
        if let Some(id) = self.bearer(found, &recent) {
            if let Some(entity) = self.entities.get_mut(id as usize) {
                entity.singles += 1;
                if found.titled {
                    learn(entity, found);
                }
            }
            return Some(id);
        }
        if !found.titled
            && after_the
            && let Some(&id) = self.by_org_edge.get(&found.surname)
            && self.entities.get(id as usize).is_some_and(|entity| entity.outlet)
        {
            return Some(id);
        }
        if let Some(&id) = self.by_single.get(&found.surname) {
            let fit = self.entities.get(id as usize).is_some_and(|entity| {
                entity.gender == Gender::Unknown
                    || found.gender == Gender::Unknown
                    || entity.gender == found.gender
            });
            if fit {
                if let Some(entity) = self.entities.get_mut(id as usize) {
                    learn(entity, found);
                }
                return Some(id);
            }
        }
        if found.headline {
            return None;
        }
        if let Some(id) = self.misspelt(found) {
            return Some(id);
        }
        if let Some(&id) = self.by_middle.get(&found.surname).filter(|id| **id != NONE) {
            return Some(id);
        }
        let id = self.add(found);
        self.by_single.insert(found.surname, id);
        Some(id)
    }
}

/// Where the name begins that owns the noun at `noun`: *Ada Quill’s* agent.
fn owner_before(text: &Text<'_>, noun: usize) -> Option<usize> {
    let clitic = noun.checked_sub(1)?;
    text.token(clitic).filter(|token| token.kind() == TokenKind::Clitic)?;
    let named = |at: &usize| text.token(*at).is_some_and(|token| token.is_word() && token.is_capitalised());
    let words = (1..=3).map_while(|back| clitic.checked_sub(back)).take_while(named).count();
    (words > 0).then(|| clitic - words)
}

/// Whether a name is all capitals.
fn is_shouted(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// Whether two words of a name are run together, as markup that was stripped leaves them: QuillHarbor, MarlowGOP;
/// not: McQuill, DeMarlow, Lindqvist-Moor.
fn is_glued(name: &str) -> bool {
    name.split([' ', '-', '’', '\'']).any(|word| {
        let small = word.chars().skip(1).take_while(|c| c.is_lowercase()).count();
        small >= 3 && word.chars().nth(small + 1).is_some_and(char::is_uppercase)
    })
}

/// How well a name of one word fits an entity; `None` if it cannot be it.
fn fits(entity: &Entity, found: &Found, given: bool) -> Option<i64> {
    if matches!(entity.kind, Kind::Organisation | Kind::Place | Kind::Other) {
        return None;
    }
    if entity.kind == Kind::Unknown && !found.titled {
        return None;
    }
    if given && entity.kind != Kind::Person {
        return None;
    }
    let mut fit = if entity.words == 1 { 11 } else { 10 };
    if found.gender != Gender::Unknown && entity.gender != Gender::Unknown {
        if entity.gender == found.gender {
            fit += 2;
        } else if found.titled {
            return None;
        }
    }
    if found.titled && found.role.noun != 0 {
        let same = |held: &HeldRole| held.role.noun == found.role.noun && held.role.vice == found.role.vice;
        if entity.roles.iter().any(same) {
            fit += 3;
        }
    }
    Some(fit)
}

/// What a mention tells about its entity.
fn learn(entity: &mut Entity, found: &Found) {
    let tells = found.gender_told || entity.gender == Gender::Unknown;
    if found.gender != Gender::Unknown && !entity.gender_certain && tells {
        entity.gender = found.gender;
        entity.gender_certain = found.gender_told;
    }
    if found.titled || found.kind == Kind::Person {
        entity.kind = Kind::Person;
    } else if entity.kind == Kind::Unknown {
        entity.kind = found.kind;
    }
}
