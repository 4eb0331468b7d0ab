//! Indirect speech: said that …, according to …, denied, accused … of …; content, cue and source without marks.
//!
//! Every word that is known to report now and then is looked at with its sentence. Four small decisions follow,
//! each a softmax over bounded options with weights learned from annotated articles (see `weights.md`): whether
//! and on which side it reports; where the content's near end is; where its far end is, given the near one; and
//! who the source is. The product of the first three is the probability that exactly these words are reported
//! ([`Reported::extent`]); the fourth is the probability that whoever reports them is this source, which is the
//! confidence of the attribution, as it is that of a marked quotation's. Both are measured on articles that the
//! weights have not seen (see `weights.md`).

mod clause;
mod feature;
pub mod learn;

use clause::{Clause, Side, triggers};
use feature::{CLASSES, of_class};

use super::Attribution;
use super::lexicon::{Roles, lexicon};
use super::scene::Scene;
use super::unit::Class;
use crate::confidence::Confidence;
use crate::mention::Cast;
use crate::model::{Feature, Model, softmax};
use crate::text::{Span, Text};

/// One stretch of indirect speech.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reported {
    /// Its words: one part, or two where the reporting clause stands in their midst.
    pub parts: Vec<Span>,
    /// Who says it, and how sure it is that it is they, given that these words are reported.
    pub attribution: Attribution,
    /// How sure it is that these words are reported, and exactly these.
    pub extent: Confidence,
}

/// Confidence from which indirect speech is reported at all. Exact spans are hard (people agree on 62 in 100), and
/// F1 is best where this is near half of it.
const LEAST: f32 = 0.24;
/// Level from which a word of a language whose commas set off what is reported reports whatever the model, which has learned English, says.
const SURE: u8 = 6;
/// How far after it the comma may stand that sets its content off.
const SET_OFF: usize = 9;
/// How sure such content is; a guess, as there is nothing to learn it from.
const SET_OFF_SHARE: f32 = 0.6;
/// By how much the scores of sources are stretched so that they are as sure as they are right: the out-of-fold
/// likelihood of the sources of PolNeAR train is greatest so (`train indirect-fit`).
const SURENESS: f32 = 1.2;
/// Near ends that are followed up.
const BEAM: usize = 3;

/// How many weights the model has.
const SLOTS: usize = 1 << 18;

/// Finds the indirect speech of `text` outside `marked`, the marked stretches in order, none in another; of these
/// `speech` are somebody's words, and no indirect speech runs over them.
///
/// O(n): a bounded number of words around each reporting word is looked at.
#[must_use]
pub fn find(text: &Text<'_>, marked: &[Span], speech: &[Span], cast: &Cast<'_>) -> Vec<Reported> {
    let words = lexicon(cast.language());
    let scene = Scene::new(text, words, 0..text.tokens().len(), marked.iter().copied());
    let model = Model::read(include_bytes!("weights.bin"));
    let mut reader = Reader {
        scene: &scene,
        model,
        speech,
        cast,
        near: Vec::new(),
        far: Vec::new(),
        features: Vec::new(),
    };
    let commas = words.grammar().comma_reports;
    let read = |at: usize| match reader.read(at) {
        None if commas => reader.set_off(at),
        found => found,
    };
    let mut found: Vec<Reported> = triggers(&scene.units).filter_map(read).collect();
    found.sort_by_key(order);
    found.dedup_by(|later, first| later.parts == first.parts);
    found
}

/// By place, and the surest first.
fn order(reported: &Reported) -> (Span, std::cmp::Reverse<u32>) {
    let sure = (reported.extent.value() * 1000.0) as u32;
    (reported.parts.first().copied().unwrap_or_default(), std::cmp::Reverse(sure))
}

struct Reader<'a, 't> {
    scene: &'a Scene<'a, 't>,
    model: Model<'static, SLOTS>,
    speech: &'a [Span],
    cast: &'a Cast<'a>,
    near: Vec<usize>,
    far: Vec<usize>,
    features: Vec<Feature>,
}

/// Content as its first and last unit, with its probability.
#[derive(Clone, Copy, Debug)]
struct Content {
    first: usize,
    last: usize,
    probability: f32,
}

impl Reader<'_, '_> {
    /// What the word at `at` reports, if it does.
    fn read(&mut self, at: usize) -> Option<Reported> {
        let clause = Clause::new(&self.scene.units, at);
        let [_, after, before, both] = self.classes(&clause);
        let mut contents: Vec<Content> = Vec::new();
        for (side, share) in [(Side::Before, before + both), (Side::After, after + both)] {
            if share < LEAST {
                continue;
            }
            if let Some(mut content) = self.content(&clause, side) {
                content.probability *= share;
                if content.probability >= LEAST && self.tells(&content) && self.outside_marks(&content) {
                    contents.push(content);
                }
            }
        }
        let nearest = contents.last()?;
        let sure = contents.iter().map(|content| content.probability).fold(1.0, f32::min);
        let (source, share) = self.source(&clause, (nearest.first, nearest.last));
        if sure * share < LEAST {
            return None;
        }
        let parts = contents.iter().filter_map(|content| self.span(content.first, content.last)).collect();
        Some(self.reported(at, parts, (source, share), sure))
    }

    /// German content, which a comma sets off from the clause that reports it: “sagte am Montag, er habe …”.
    fn set_off(&self, at: usize) -> Option<Reported> {
        let units = &self.scene.units;
        let clause = Clause::new(units, at);
        let reports = |at: usize| units.at(at).cue >= SURE;
        if !reports(at) {
            return None;
        }
        let comma = (at + 1..clause.end)
            .take(SET_OFF)
            .find(|at| units.at(*at).is(Class::COMMA.or(Class::QUOTE).or(Class::COLON)) || reports(*at))?;
        let first = comma + 1;
        let last = (first..clause.end).rev().find(|at| units.at(*at).is(Class::WORD.or(Class::NUMBER)))?;
        let follows =
            at.checked_sub(1).is_some_and(|before| units.at(before).is(Class::COMMA.or(Class::QUOTE)));
        let content = Content { first, last, probability: SET_OFF_SHARE };
        let whole = units.at(comma).is(Class::COMMA) && last > first + 1 && !follows;
        if !whole || !self.outside_marks(&content) || (first..last).any(reports) {
            return None;
        }
        let (source, share) = self.source(&clause, (first, last));
        let parts = self.span(first, last).into_iter().collect();
        Some(self.reported(at, parts, (source, share), SET_OFF_SHARE))
    }

    fn reported(&self, at: usize, parts: Vec<Span>, source: (Option<Span>, f32), extent: f32) -> Reported {
        let (mention, share) = source;
        let sure = Confidence::new(share);
        let mut attribution = match mention {
            Some(mention) => Attribution::to(self.scene.text, self.cast, mention, sure),
            None => Attribution::new("", sure),
        };
        attribution.cue = self.span(at, at);
        Reported { parts, attribution, extent: Confidence::new(extent) }
    }

    /// The probabilities of the classes.
    fn classes(&mut self, clause: &Clause) -> [f32; CLASSES as usize] {
        self.features.clear();
        feature::trigger(&mut self.features, self.scene, clause);
        let mut scores = [0.0; CLASSES as usize];
        for (class, score) in (0..CLASSES).zip(&mut scores).skip(1) {
            *score = self.model.score(|sum| {
                use crate::model::Sink;
                self.features.iter().for_each(|feature| sum.put(of_class(*feature, class)));
            });
        }
        softmax(&mut scores);
        scores
    }

    /// The likeliest content on one side.
    fn content(&mut self, clause: &Clause, side: Side) -> Option<Content> {
        let (scene, model) = (self.scene, self.model);
        let mut near = std::mem::take(&mut self.near);
        let mut far = std::mem::take(&mut self.far);
        clause.near(scene.text, &scene.units, side, &mut near);
        let scores = near.iter().map(|at| model.score(|sum| feature::near(sum, scene, clause, side, *at)));
        let mut nears: Vec<(f32, usize)> = probable(scores.collect()).zip(near.iter().copied()).collect();
        nears.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best: Option<Content> = None;
        for (near_share, first) in nears.into_iter().take(BEAM) {
            let least = best.map_or(0.0, |best| best.probability);
            if near_share < least {
                break;
            }
            clause.far(scene.text, &scene.units, side, first, &mut far);
            let scores = far.iter().enumerate().map(|(rank, at)| {
                let rank = feature::rank(side, rank, far.len());
                model.score(|sum| feature::far(sum, scene, clause, side, first, *at, rank))
            });
            for (far_share, last) in probable(scores.collect()).zip(far.iter().copied()) {
                let probability = near_share * far_share;
                if probability > best.map_or(0.0, |best| best.probability) {
                    best = Some(Content { first: first.min(last), last: first.max(last), probability });
                }
            }
        }
        (self.near, self.far) = (near, far);
        best
    }

    /// The likeliest source, and its probability.
    fn source(&self, clause: &Clause, content: (usize, usize)) -> (Option<Span>, f32) {
        let (scene, model) = (self.scene, self.model);
        let candidates = clause.sources(scene);
        let scores = candidates
            .clone()
            .map(|index| model.score(|sum| feature::source(sum, scene, clause, content, index)))
            .chain([model.score(|sum| feature::nobody(sum, scene, clause, content))])
            .map(|score| SURENESS * score);
        let best = probable(scores.collect()).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        let (index, probability) = best.unwrap_or((0, 0.0));
        let chosen = scene.candidates.get(candidates.start + index).filter(|_| index < candidates.len());
        (chosen.map(|c| c.span), probability)
    }

    /// Whether it says more than a pronoun does (“which he denied”).
    fn tells(&self, content: &Content) -> bool {
        let pronoun =
            self.scene.units.at(content.first).has(Roles::PRONOUN.or(Roles::RELATIVE).or(Roles::OBJECT));
        content.first < content.last || !pronoun
    }

    fn outside_marks(&self, content: &Content) -> bool {
        let Some(span) = self.span(content.first, content.last) else { return false };
        let next = self.speech.partition_point(|speech| speech.end <= span.start);
        self.speech.get(next).is_none_or(|speech| speech.start >= span.end)
    }

    fn span(&self, first: usize, last: usize) -> Option<Span> {
        let units = &self.scene.units;
        self.scene.text.span_of(units.at(first).first_token as usize..units.at(last).end_token as usize)
    }
}

fn probable(mut scores: Vec<f32>) -> impl Iterator<Item = f32> {
    softmax(&mut scores);
    scores.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Setting;

    /// Every stretch as `source | cue | parts`.
    fn told(raw: &str) -> Vec<String> {
        told_in("en", raw)
    }

    fn told_in(language: &str, raw: &str) -> Vec<String> {
        let text = Text::new(raw);
        let cast = Cast::read(&text, &Setting::new().with_language(Some(language)));
        let words = |span: Option<Span>| span.map_or("", |span| span.text(raw));
        find(&text, &[], &[], &cast)
            .iter()
            .map(|reported| {
                let attribution = &reported.attribution;
                let parts: Vec<&str> = reported.parts.iter().map(|part| part.text(raw)).collect();
                format!("{} | {} | {}", words(attribution.mention), words(attribution.cue), parts.join(" … "))
            })
            .collect()
    }

    #[test]
    fn content_stands_after_the_reporting_word() {
        let found =
            told("The repairs will take weeks. Mayor Ada Quill said that the harbor would open in May.");
        assert_eq!(found, ["Mayor Ada Quill | said | that the harbor would open in May"]);
    }

    #[test]
    fn content_stands_before_the_reporting_word() {
        let found = told("The harbor would open in May, Ada Quill said.");
        assert_eq!(found, ["Ada Quill | said | The harbor would open in May"]);
    }

    #[test]
    fn a_document_is_a_source_too() {
        let found = told("The bridge is older than its plans, according to a new port report.");
        assert_eq!(found, ["a new port report | according to | The bridge is older than its plans"]);
    }

    #[test]
    fn content_may_stand_on_both_sides() {
        let found = told("The bridge, Ada Quill said, was never meant to carry trucks.");
        assert_eq!(found, ["Ada Quill | said | The bridge … was never meant to carry trucks"]);
    }

    #[test]
    fn who_says_it_is_surer_than_where_it_ends() {
        let text =
            Text::new("The repairs will take weeks. Mayor Ada Quill said that the harbor would open in May.");
        let cast = Cast::read(&text, &Setting::new());
        let found = find(&text, &[], &[], &cast);
        assert!(found.iter().all(|reported| reported.attribution.confidence > reported.extent), "{found:?}");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn plain_news_reports_nothing() {
        assert_eq!(told("The ferry left the harbor at noon. Rain fell over the islands all day."), [""; 0]);
    }

    #[test]
    fn german_content_is_set_off_by_a_comma() {
        let found = told_in("de", "Ada Quill sagte am Montag, der Hafen werde im Mai wieder öffnen.");
        assert_eq!(found, ["Ada Quill | sagte | der Hafen werde im Mai wieder öffnen"]);
        let found = told_in("de", "Der Hafen sei sicher, sagte Ada Quill am Montag.");
        assert_eq!(found, ["Ada Quill | sagte | Der Hafen sei sicher"]);
    }

    #[test]
    fn french_is_read_by_its_table_alone() {
        let found = told_in("fr", "D'après un rapport, le pont ne portera pas de camions.");
        assert_eq!(found, ["un rapport | D'après | le pont ne portera pas de camions"]);
    }

    #[test]
    fn a_pronoun_alone_is_no_content() {
        assert_eq!(told("The plan, which Quill denied, was never printed."), [""; 0]);
    }

    #[test]
    fn no_speech_between_marks_is_reported_again() {
        let raw = "Ada Quill said the harbor “would open in May” and stay open.";
        let text = Text::new(raw);
        let cast = Cast::read(&text, &Setting::new());
        let marked = [Span::new(raw.find('“').unwrap_or(0), raw.find(" and").unwrap_or(0))];
        assert_eq!(find(&text, &marked, &marked, &cast), []);
    }

    #[test]
    fn nothing_but_reporting_words_is_read_in_linear_time() {
        let raw = "said that ".repeat(20_000);
        assert!(told(&raw).len() < 20_000);
    }
}
