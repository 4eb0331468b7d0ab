//! What a credit governs: the quotation before it, after it, in the next sentence or paragraph, or the article.

use super::candidate::{Candidate, Rule};
use super::scene::Scene;
use super::{Relation, Scope};
use crate::quotation::{Kind, Stretch};
use crate::text::Span;

/// How many bytes may stand after a credit that closes its sentence: the stop, a mark.
const LAST: usize = 4;

/// The quotations of a text by place, to be looked up.
pub(super) struct Governed {
    /// Parts and the indices of their stretches, in order of their first byte.
    parts: Vec<(Span, usize)>,
    /// Likewise, of indirect speech, which a credit governs where it stands in one sentence with it.
    indirect: Vec<(Span, usize)>,
    /// The kinds of the stretches.
    kinds: Vec<Kind>,
}

impl Governed {
    pub(super) fn new(stretches: &[Stretch]) -> Self {
        let speech = |stretch: &(usize, &Stretch)| {
            stretch.1.within.is_none() && !matches!(stretch.1.kind, Kind::Scare | Kind::Title)
        };
        let parts = |indirect: bool| {
            let mut parts: Vec<(Span, usize)> = stretches
                .iter()
                .enumerate()
                .filter(speech)
                .filter(|(_, stretch)| (stretch.kind == Kind::Indirect) == indirect)
                .flat_map(|(index, stretch)| stretch.parts.iter().map(move |part| (*part, index)))
                .collect();
            parts.sort_unstable();
            parts
        };
        let kinds = stretches.iter().map(|stretch| stretch.kind).collect();
        Self { parts: parts(false), indirect: parts(true), kinds }
    }

    /// The last part that starts before `at`.
    fn before(&self, at: usize) -> Option<(Span, usize)> {
        let index = self.parts.partition_point(|(part, _)| part.start < at).checked_sub(1)?;
        self.parts.get(index).copied()
    }

    /// The first part that starts at or after `at`.
    fn after(&self, at: usize) -> Option<(Span, usize)> {
        let index = self.parts.partition_point(|(part, _)| part.start < at);
        self.parts.get(index).copied()
    }

    /// How much the candidate governs, and which stretch.
    pub(super) fn by(&self, scene: &Scene<'_>, found: &Candidate) -> (Scope, Option<usize>) {
        if found.scope == Some(Scope::Article) {
            return (Scope::Article, None);
        }
        let place = Place::of(scene, found);
        let (scope, link) = self.nearest(scene, found, &place);
        if link.is_none()
            && let Some(index) = self.reported(&place)
        {
            return (found.scope.unwrap_or(Scope::Quotation), Some(index));
        }
        (found.scope.unwrap_or(scope), link)
    }

    /// The indirect speech that shares the sentence.
    fn reported(&self, place: &Place) -> Option<usize> {
        let last =
            self.indirect.partition_point(|(part, _)| part.start < place.sentence.end).checked_sub(1)?;
        let (part, index) = self.indirect.get(last)?;
        (part.end > place.sentence.start).then_some(*index)
    }

    fn nearest(&self, scene: &Scene<'_>, found: &Candidate, place: &Place) -> (Scope, Option<usize>) {
        let quote = |at: usize| (Scope::Quotation, Some(at));
        let around = |at: usize| (Scope::Paragraph, Some(at));
        let before = self.before(place.span.start).filter(|(part, _)| part.start >= place.paragraph.start);
        let same = |part: Span| part.end > place.sentence.start;
        // inside the sentence, before: “…,” she told The Hill
        if let Some((_, index)) = before.filter(|(part, _)| same(*part) || place.closes(scene, *part)) {
            return quote(index);
        }
        let after = self.after(place.span.end);
        if let Some((part, index)) = after {
            if part.start < place.sentence.end {
                // “The lawsuit says … and “no purpose””: the credit that opens a paragraph has all of it.
                let fragment = self.kinds.get(index) == Some(&Kind::Mixed);
                let far = part.start > place.span.end + 15;
                return if fragment && far && place.opens { around(index) } else { quote(index) };
            }
            if place.colon && part.start < place.next_paragraph_end {
                return quote(index);
            }
        }
        // a sentence that is nothing but a credit looks back first
        if place.alone
            && let Some((_, index)) = before
        {
            return quote(index);
        }
        if let Some((part, index)) = after
            && part.start < place.next_sentence_end
        {
            return around(index);
        }
        if found.rule == Rule::Embed {
            return (Scope::Quotation, None);
        }
        let leads = place.ends_paragraph && !place.closes_claim(found);
        if let Some((part, index)) = after
            && (leads || (found.relation == Some(Relation::Channel) && part.start > place.paragraph.end))
            && part.start <= place.next_paragraph_start + 3
        {
            return around(index);
        }
        let lead = place.index < 2
            && (found.rule == Rule::Interview || (place.colon && found.rule == Rule::According));
        (if lead { Scope::Article } else { Scope::Paragraph }, None)
    }
}

/// Where a candidate stands.
struct Place {
    span: Span,
    sentence: Span,
    paragraph: Span,
    next_sentence_end: usize,
    next_paragraph_start: usize,
    next_paragraph_end: usize,
    /// The index of its paragraph.
    index: usize,
    /// Whether it opens its paragraph.
    opens: bool,
    /// Whether its sentence ends with a colon.
    colon: bool,
    /// Whether its sentence ends the paragraph.
    ends_paragraph: bool,
    /// Whether its sentence is nothing but the credit.
    alone: bool,
}

impl Place {
    fn of(scene: &Scene<'_>, found: &Candidate) -> Self {
        let text = scene.text;
        let last = found.tokens.end.saturating_sub(1);
        let token = text.token(last);
        let span = text.span_of(found.tokens.clone()).unwrap_or_default();
        let sentences = scene.sentence(last);
        let sentence = text.span_of(sentences.clone()).unwrap_or(span);
        let first = text.span_of(scene.sentence(found.tokens.start)).unwrap_or(span);
        let paragraph_index = token.map_or(0, |token| token.paragraph());
        let paragraph = text.paragraphs().get(paragraph_index);
        let next = text.paragraphs().get(paragraph_index + 1);
        let whole = paragraph.map_or(span, |paragraph| paragraph.span);
        let ends_paragraph = sentence.end >= whole.end;
        let next_sentence = text.sentences().get(token.map_or(0, |token| token.sentence()) + 1);
        let next_sentence_end = next_sentence
            .filter(|_| !ends_paragraph)
            .and_then(|next| text.span_of(next.clone()))
            .map_or(sentence.end, |span| span.end);
        let colon = scene.word(sentences.end.saturating_sub(1)) == ":"
            || scene.word(found.tokens.end) == ":"
            || (found.rule == Rule::According && found.scope.is_some());
        let alone = sentences.len() <= found.tokens.len() + 3;
        Self {
            span,
            sentence: first.cover(sentence),
            paragraph: whole,
            next_sentence_end,
            next_paragraph_start: next.map_or(usize::MAX - 8, |next| next.span.start),
            next_paragraph_end: next.map_or(0, |next| next.span.end),
            index: paragraph_index,
            opens: span.start <= whole.start,
            colon,
            ends_paragraph,
            alone,
        }
    }

    /// Whether it comes after what it is the source of: “She raised a million last month, CNN reported.”
    fn closes_claim(&self, found: &Candidate) -> bool {
        let claims = matches!(found.rule, Rule::Reported | Rule::According);
        claims && !self.alone && !self.colon && self.span.end + LAST >= self.sentence.end
    }

    /// Whether `part` ends where this sentence begins, its own cue: “…?” she asked in her tweet.
    fn closes(&self, scene: &Scene<'_>, part: Span) -> bool {
        let between = scene.text.raw().get(part.end..self.sentence.start);
        if !between.is_some_and(|between| between.trim().is_empty()) {
            return false;
        }
        let small = self.sentence.of(scene.text.raw()).and_then(|words| words.chars().next());
        let inside = part.text(scene.text.raw()).trim_end_matches(['”', '"', '’', '\'', '“', '»', '«']);
        let asks = inside.ends_with(['?', '!', ',']);
        let short = self.sentence.len() < 90;
        small.is_some_and(char::is_lowercase) || (short && (asks || self.ends_paragraph))
    }
}
