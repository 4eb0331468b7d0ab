//! The decisions of [`super::find`] over annotated articles, for the training command.

use super::clause::{Clause, Side, triggers};
use super::feature::{self, CLASSES, of_class};
use crate::model::Feature;
use crate::speaker::lexicon::Lexicon;
use crate::speaker::scene::Scene;
use crate::text::{Span, Text};

/// An annotated attribution: its cue, its source, and its content before and after the cue.
#[derive(Clone, Debug, Default)]
pub struct Annotation {
    /// The words that report.
    pub cue: Span,
    /// Who says it.
    pub source: Option<Span>,
    /// The content nearest to the cue before it, and the first one after it; without punctuation at its ends.
    pub contents: [Option<Span>; 2],
}

/// One decision: every option's features, and which options are right.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Decision {
    /// The features of every option.
    pub options: Vec<Vec<Feature>>,
    /// The right ones; never empty.
    pub right: Vec<usize>,
    /// What is decided: `class`, `near`, `far` or `source`.
    pub about: &'static str,
}

/// The decisions of one document. `same` tells whether a candidate counts as the annotated source. The second
/// result counts annotations: all, those whose cue is known, and those whose content is among the options.
#[must_use]
pub fn decisions(
    text: &Text<'_>,
    lexicon: &Lexicon,
    marked: &[Span],
    annotations: &[Annotation],
    same: impl Fn(Span, Span) -> bool,
) -> (Vec<Decision>, [usize; 3]) {
    let scene = Scene::new(text, lexicon, 0..text.tokens().len(), marked.iter().copied());
    let units = &scene.units;
    let known: Vec<usize> = triggers(units).collect();
    let start =
        |at: &usize| text.token(units.at(*at).first_token as usize).map_or(0, |token| token.span().start);
    let mut truths: Vec<Option<&Annotation>> = vec![None; known.len()];
    let mut counts = [annotations.len(), 0, 0];
    for annotation in annotations {
        let first = known.partition_point(|at| start(at) < annotation.cue.start);
        let last = known.partition_point(|at| start(at) < annotation.cue.end);
        // The word of the cue that reports most often; of equals the last.
        let best = (first..last).max_by_key(|index| known.get(*index).map_or(0, |at| units.at(*at).cue));
        if let Some(truth) = best.and_then(|index| truths.get_mut(index)) {
            counts[1] += 1;
            *truth = Some(annotation);
        }
    }
    let mut all = Vec::new();
    for (at, truth) in known.iter().zip(truths) {
        let learner = Learner { scene: &scene, clause: Clause::new(units, *at) };
        let reached = learner.decide(truth, &same, &mut all);
        counts[2] += usize::from(reached);
    }
    (all, counts)
}

struct Learner<'a, 't> {
    scene: &'a Scene<'a, 't>,
    clause: Clause,
}

impl Learner<'_, '_> {
    fn decide(
        &self,
        truth: Option<&Annotation>,
        same: &impl Fn(Span, Span) -> bool,
        all: &mut Vec<Decision>,
    ) -> bool {
        let contents = truth.map_or([None, None], |annotation| annotation.contents);
        let class = usize::from(contents[1].is_some()) + 2 * usize::from(contents[0].is_some());
        let mut features = Vec::new();
        feature::trigger(&mut features, self.scene, &self.clause);
        let options = (0..CLASSES)
            .map(|class| match class {
                0 => Vec::new(),
                class => features.iter().map(|feature| of_class(*feature, class)).collect(),
            })
            .collect();
        all.push(Decision { options, right: vec![class], about: "class" });
        let mut reached = class > 0;
        let mut nearest = None;
        for (side, content) in [Side::Before, Side::After].into_iter().zip(contents) {
            let Some(content) = content else { continue };
            match self.content(side, content, all) {
                Some(ends) => nearest = Some(ends),
                None => reached = false,
            }
        }
        if let (Some(content), Some(annotation)) = (nearest, truth) {
            self.source(content, annotation.source, same, all);
        }
        reached
    }

    /// The decisions about both ends of `gold`; its first and last unit if they are among the options.
    fn content(&self, side: Side, gold: Span, all: &mut Vec<Decision>) -> Option<(usize, usize)> {
        let (scene, clause) = (self.scene, &self.clause);
        let (text, units) = (scene.text, &scene.units);
        let start = |at: usize| text.token(units.at(at).first_token as usize).map(|token| token.span().start);
        let end = |at: usize| {
            let last = (units.at(at).end_token as usize).checked_sub(1)?;
            // The stop of an abbreviation is punctuation to the annotation.
            let span = text.token(last)?.span();
            Some(span.start + span.text(text.raw()).trim_end_matches(['.', '"', '”', '\'', '’', ',']).len())
        };
        let is = |at: usize, near: bool| match (side, near) {
            (Side::After, true) | (Side::Before, false) => {
                start(at) == Some(gold.start) || inner_start(scene, at) == Some(gold.start)
            }
            _ => end(at) == Some(gold.end) || inner_end(scene, at) == Some(gold.end),
        };
        let mut options = Vec::new();
        clause.near(text, units, side, &mut options);
        let right = options.iter().position(|at| is(*at, true))?;
        let near = *options.get(right)?;
        let features = |at: &usize| {
            let mut features = Vec::new();
            feature::near(&mut features, scene, clause, side, *at);
            features
        };
        let near_options = options.iter().map(features).collect();
        all.push(Decision { options: near_options, right: vec![right], about: "near" });
        clause.far(text, units, side, near, &mut options);
        let right = options.iter().position(|at| is(*at, false))?;
        let far = *options.get(right)?;
        let features = |(index, at): (usize, &usize)| {
            let mut features = Vec::new();
            let rank = feature::rank(side, index, options.len());
            feature::far(&mut features, scene, clause, side, near, *at, rank);
            features
        };
        let far_options = options.iter().enumerate().map(features).collect();
        all.push(Decision { options: far_options, right: vec![right], about: "far" });
        Some((near.min(far), near.max(far)))
    }

    fn source(
        &self,
        content: (usize, usize),
        gold: Option<Span>,
        same: &impl Fn(Span, Span) -> bool,
        all: &mut Vec<Decision>,
    ) {
        let (scene, clause) = (self.scene, &self.clause);
        let range = clause.sources(scene);
        let candidates = scene.candidates.get(range.clone()).unwrap_or(&[]);
        let mut right: Vec<usize> = match gold {
            None => vec![candidates.len()],
            Some(gold) => {
                let same = candidates.iter().enumerate().filter(|(_, c)| same(c.span, gold));
                let same: Vec<(usize, Span)> = same.map(|(index, c)| (index, c.span)).collect();
                let starting: Vec<usize> = same
                    .iter()
                    .filter(|(_, span)| span.start == gold.start)
                    .map(|(index, _)| *index)
                    .collect();
                if starting.is_empty() {
                    same.into_iter().map(|(index, _)| index).collect()
                } else {
                    starting
                }
            }
        };
        right.dedup();
        if right.is_empty() {
            return;
        }
        let mut options: Vec<Vec<Feature>> = range
            .map(|index| {
                let mut features = Vec::new();
                feature::source(&mut features, scene, clause, content, index);
                features
            })
            .collect();
        let mut features = Vec::new();
        feature::nobody(&mut features, scene, clause, content);
        options.push(features);
        all.push(Decision { options, right, about: "source" });
    }
}

/// Where the words of a marked unit start.
fn inner_start(scene: &Scene<'_, '_>, at: usize) -> Option<usize> {
    let unit = scene.units.at(at);
    let span = scene.text.span_of(unit.first_token as usize..unit.end_token as usize)?;
    let words = span.text(scene.text.raw());
    Some(span.end - words.trim_start_matches(EDGE).len())
}

/// Where the words of a marked unit end.
fn inner_end(scene: &Scene<'_, '_>, at: usize) -> Option<usize> {
    let unit = scene.units.at(at);
    let span = scene.text.span_of(unit.first_token as usize..unit.end_token as usize)?;
    let words = span.text(scene.text.raw());
    Some(span.start + words.trim_end_matches(EDGE).len())
}

const EDGE: &[char] = &[
    '.', ',', ';', ':', '!', '?', '…', '"', '“', '”', '„', '«', '»', '\'', '‘', '’', '‹', '›', '`', '—', '–',
    '-',
];
