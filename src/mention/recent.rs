//! Who was mentioned lately, and who of them is most likely meant again.

use super::entity::Entity;
use super::focus::Focus;
use super::language::Class;
use super::scan::{Form, Found};
use crate::text::{Token, TokenKind, key};

/// How many people are kept in mind at once.
pub(super) const KEPT: usize = 12;

/// What being named in quoted words of the same paragraph takes from somebody's fitness as “he” or “she” beside them.
const SPOKEN_OF: f32 = 1.0;

/// How many tokens nearer a subject counts than what is no subject.
pub(super) const SUBJECT_TOKENS: f32 = 40.0;

/// How many of the words between marks after a name are read for one of the first person.
const TOLD_TOKENS: usize = 16;

/// How much more than a subject one is that opens its sentence.
const TOPIC: f32 = 0.3;

/// Somebody mentioned lately.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recent {
    pub(super) entity: u32,
    pub(super) token: u32,
    sentence: u32,
    paragraph: u32,
    /// How much of a subject it is: 1 before its verb, 0 after a preposition.
    pub(super) subject: f32,
    quoted: bool,
    headline: bool,
    possessive: bool,
    attributive: bool,
    /// The paragraph in which somebody's quoted words last named them.
    spoken_of: Option<u32>,
}

impl Focus<'_> {
    pub(super) fn touch(&mut self, mention: &Found) {
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

    /// The best of the people kept in mind, by closeness and prominence; `fit` gives its own measure or rejects.
    pub(super) fn best(
        &self,
        mention: &Found,
        entities: &[Entity],
        fit: impl Fn(&Entity) -> Option<f32>,
    ) -> Option<u32> {
        let here = self.text.token(mention.start as usize)?;
        let (sentence, paragraph) = (here.sentence() as u32, here.paragraph() as u32);
        let mut best: Option<(f32, u32)> = None;
        let object = mention.form == Form::Noun && self.is_object(mention);
        for recent in self.recent.iter().rev() {
            let Some(entity) = entities.get(recent.entity as usize) else { continue };
            let Some(mut score) = fit(entity) else { continue };
            // Quill quotes the county manager, who is somebody else.
            if object && recent.sentence == sentence && recent.subject >= 1.0 {
                continue;
            }
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

    /// Whether a verb or a preposition stands right before a noun with its article.
    fn is_object(&self, mention: &Found) -> bool {
        let before = (mention.whole as usize).checked_sub(1).and_then(|before| self.text.token(before));
        before.is_some_and(|before| {
            let class = self.language.word(before.key()).class;
            let verb = !before.is_capitalised() && !class.is(Class::CLOSED);
            before.is_word() && (verb || mention.oblique)
        })
    }

    /// Whether somebody tells in the first person what the one named does: Quill “taught me to sail,” he said.
    fn is_told_of(&self, mention: &Found) -> bool {
        let marked = mention.end as usize + 1;
        let words = (marked..marked + TOLD_TOKENS).map_while(|at| self.text.token(at));
        let is_mark = |at: usize| self.text.token(at).is_some_and(|token| token.kind() == TokenKind::Mark);
        let first =
            |token: &Token| self.language.word(token.key()).class.is(Class::PRONOUN_I.or(Class::PRONOUN_WE));
        is_mark(mention.end as usize) && words.take_while(|token| token.kind() != TokenKind::Mark).any(first)
    }

    /// What a name gains that opens a sentence as its subject: the next one goes on about it.
    fn topic(&self, mention: &Found) -> f32 {
        let sentence = self.text.token(mention.whole as usize).map(|token| token.sentence());
        let opening = sentence.and_then(|at| self.text.sentences().get(at)).map(|sentence| sentence.start);
        let opens = opening == Some(mention.whole as usize) && mention.form == Form::Name;
        let whole = !mention.possessive && !mention.attributive && !mention.quoted && !mention.headline;
        if opens && whole { TOPIC } else { 0.0 }
    }

    /// Whether a noun phrase opens its sentence.
    fn opens_as_noun(&self, mention: &Found) -> bool {
        let sentence = self.text.token(mention.start as usize).map(|token| token.sentence());
        let opening = sentence.and_then(|at| self.text.sentences().get(at)).map(|sentence| sentence.start);
        mention.form == Form::Noun && opening == Some(mention.start as usize)
    }

    /// How much of a subject a mention is, by the words beside it.
    pub(super) fn subject(&self, mention: &Found) -> f32 {
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
            // A former clerk at the mill was …
            Some((class, false)) if class.is(Class::PREPOSITION) && self.opens_as_noun(mention) => 0.8,
            Some((class, false))
                if class.is(Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::DETERMINER)) =>
            {
                said_or(0.4)
            }
            Some((_, false)) => 1.0,
            _ if said_before => 1.0,
            _ if matches!(self.text.word(mention.end as usize), "," | "(" | "—" | "–") => 0.8,
            _ => 0.4,
        }
    }
}
