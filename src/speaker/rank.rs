//! The decision: for each quotation the candidate that the ranker thinks likeliest, or nobody, or no quotation.

use std::ops::Range;

use super::candidate::Candidate;
use super::layout::{self, Named};
use super::lexicon::{Grammar, lexicon, shorts};
use super::scene::{Scene, UNKNOWN};
use super::site::Site;
use super::{Attribution, cue, kind};
use crate::confidence::Confidence;
use crate::limits::{Limits, Notice};
use crate::mention::Cast;
use crate::model::{Model, logistic, softmax};
use crate::quotation::{Kind, Stretch};
use crate::text::{Span, Text};

/// What is decided of one stretch.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// Its kind; `Scare` or `Title` where nobody's words are given.
    pub kind: Kind,
    /// Who says it.
    pub attribution: Option<Attribution>,
}

/// Share of probability from which a marked string counts as no quotation.
const NOTHING: f32 = 0.4;
/// The same where a whole sentence stands between the marks.
const NOTHING_OF_A_SENTENCE: f32 = 0.9;

/// How sure a layout that names somebody is, and how sure that a line with a colon names the speaker; by hand.
const LAID_OUT: f32 = 0.95;
const ANNOUNCED: f32 = 0.8;

/// How likely a source of a block must be that no layout names.
const BLOCK: f32 = 0.5;

/// How many weights the models have.
pub(super) const SPEAKER: usize = 1 << 17;
const CUE: usize = 1 << 13;
const KIND: usize = 1 << 13;

/// The shipped weights.
struct Models {
    speaker: Model<'static, SPEAKER>,
    cue: Model<'static, CUE>,
    kind: Model<'static, KIND>,
}

impl Models {
    fn shipped() -> Self {
        Self {
            speaker: Model::read(include_bytes!("weights.bin")),
            cue: Model::read(include_bytes!("cue.bin")),
            kind: Model::read(include_bytes!("kind.bin")),
        }
    }
}

/// Decides, for each of `stretches`, its kind and who says it, by the name that `cast` has for the mention.
///
/// O(n) in the text; work for one quotation is bounded by `limits.candidates`.
#[must_use]
pub fn attribute(
    text: &Text<'_>,
    stretches: &[Stretch],
    cast: &Cast<'_>,
    limits: &Limits,
) -> (Vec<Verdict>, Vec<Notice>) {
    if stretches.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut verdicts: Vec<Verdict> =
        stretches.iter().map(|stretch| Verdict { kind: stretch.kind, attribution: None }).collect();
    let mut ranker = Ranker {
        text,
        cast,
        lexicon: lexicon(cast.language()),
        models: Models::shipped(),
        limits,
        cut: 0,
        sums: Vec::new(),
        scores: Vec::new(),
        weights: Vec::new(),
        ranges: Vec::new(),
        options: Vec::new(),
    };
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    let parent = |index: &usize| stretches.get(*index).and_then(|stretch| stretch.within);
    order.sort_by_key(parent);
    for level in order.chunk_by(|a, b| parent(a) == parent(b)) {
        let Some(outer) = level.first().and_then(parent).and_then(|parent| stretches.get(parent)) else {
            ranker.level(stretches, level, 0..text.tokens().len(), &mut verdicts);
            continue;
        };
        // In order of their first byte, so those in one part stand together.
        let start = |index: &usize| stretches.get(*index).map_or(0, |inner| inner.span().start);
        for part in &outer.parts {
            let from = level.partition_point(|index| start(index) < part.start);
            let to = level.partition_point(|index| start(index) < part.end);
            if let Some(inside) = level.get(from..to).filter(|inside| !inside.is_empty()) {
                ranker.level(stretches, inside, text.tokens_in(*part), &mut verdicts);
            }
        }
    }
    let notices = if ranker.cut > 0 { vec![Notice::new("candidates", ranker.cut)] } else { Vec::new() };
    (verdicts, notices)
}

struct Ranker<'a, 't> {
    text: &'a Text<'t>,
    cast: &'a Cast<'a>,
    lexicon: &'a super::lexicon::Lexicon,
    models: Models,
    limits: &'a Limits,
    cut: usize,
    sums: Vec<i32>,
    scores: Vec<f32>,
    weights: Vec<f32>,
    ranges: Vec<Range<usize>>,
    options: Vec<usize>,
}

impl Ranker<'_, '_> {
    /// Decides the stretches `chosen`, whose parts all lie in `tokens` and in no part of each other.
    fn level(
        &mut self,
        stretches: &[Stretch],
        chosen: &[usize],
        tokens: Range<usize>,
        verdicts: &mut [Verdict],
    ) {
        let mut parts: Vec<(Span, usize)> = Vec::new();
        for index in chosen {
            let stretch = stretches.get(*index);
            parts.extend(stretch.iter().flat_map(|stretch| &stretch.parts).map(|part| (*part, *index)));
        }
        parts.sort_unstable();
        let scene = Scene::new(self.text, self.lexicon, tokens, parts.iter().map(|(part, _)| *part));
        self.sums.clear();
        self.sums.resize(scene.candidates.len(), UNKNOWN);
        let mut sites: Vec<(usize, &Site)> =
            parts.iter().map(|(_, index)| *index).zip(&scene.sites).collect();
        sites.sort_by_key(|(index, _)| *index);
        let mut last: Option<(u32, Option<Attribution>)> = None;
        for group in sites.chunk_by(|a, b| a.0 == b.0) {
            let (Some((index, first)), Some((_, end))) = (group.first(), group.last()) else { continue };
            let Some(verdict) = verdicts.get_mut(*index) else { continue };
            let block = verdict.kind == Kind::Block;
            *verdict = self.decide(&scene, group, verdict.kind);
            // A block right after a block goes on with it.
            let above = last.take().filter(|(paragraph, _)| paragraph + 1 == first.paragraph);
            if block && verdict.attribution.is_none() && !layout::labelled(&scene, first) {
                verdict.attribution = above.and_then(|(_, attribution)| attribution);
            }
            if block {
                last = Some((end.paragraph, verdict.attribution.clone()));
            }
        }
    }

    /// Decides one stretch from its parts.
    fn decide(&mut self, scene: &Scene<'_, '_>, group: &[(usize, &Site)], given: Kind) -> Verdict {
        let sites = || group.iter().map(|(_, site)| *site);
        let (Some(first), Some(last)) = (sites().next(), sites().next_back()) else {
            return Verdict { kind: given, attribution: None };
        };
        let mut ranges = std::mem::take(&mut self.ranges);
        ranges.clear();
        for site in sites() {
            let (range, cut) = scene.reach(site, self.limits.candidates);
            self.cut += usize::from(cut);
            ranges.push(range);
        }
        let low = ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let high = ranges.iter().map(|range| range.end).max().unwrap_or(0).max(low);
        self.weights.clear();
        self.weights.resize(high - low + 2, 0.0);
        let share = 1.0 / group.len() as f32;
        for (site, range) in sites().zip(&ranges) {
            self.scores.clear();
            scene.score(&self.models.speaker, site, range.clone(), &mut self.sums, &mut self.scores);
            softmax(&mut self.scores);
            let indices = range.clone().map(|index| index - low).chain([high - low, high - low + 1]);
            for (index, score) in indices.zip(&self.scores) {
                if let Some(weight) = self.weights.get_mut(index) {
                    *weight += score * share;
                }
            }
        }
        self.ranges = ranges;
        let nothing = self.weights.pop().unwrap_or(0.0);
        let most = most_nothing(scene, sites());
        let layout = layout::look(scene, first, last);
        if nothing > most && given != Kind::Block && layout.is_none() {
            let kind = if first.capitals == 9 && first.words > 1 { Kind::Title } else { Kind::Scare };
            return Verdict { kind, attribution: None };
        }
        let kind = self.kind(scene, group, given);
        let attribution = self.source(scene, layout, low, given).and_then(|(index, probability)| {
            let index = behind_report(scene, index);
            Some(self.attribution(scene, group, scene.candidates.get(index)?, probability))
        });
        Verdict { kind, attribution }
    }

    /// The likeliest source and its probability: what the layout says goes before what the ranker thinks.
    /// `low` is the index of the first candidate that has been weighed; the last weight is that of nobody.
    fn source(
        &self,
        scene: &Scene<'_, '_>,
        layout: Option<Named>,
        low: usize,
        kind: Kind,
    ) -> Option<(usize, f32)> {
        let nobody = low + self.weights.len().saturating_sub(1);
        let weight = |index: usize| self.weights.get(index.checked_sub(low)?).copied();
        let weighed =
            |from: usize, to: usize| (from..to).filter_map(move |index| Some((index, weight(index)?)));
        match layout {
            Some(Named::Source(index)) => return Some((index, LAID_OUT)),
            Some(Named::Nobody) => return None,
            Some(Named::Announced(from, to)) => {
                let among: f32 = (from..to.min(nobody)).filter_map(weight).sum();
                let person = |(index, _): &(usize, f32)| {
                    scene.candidates.get(*index).is_some_and(|c| layout::is_person(&scene.units, c))
                };
                let found = weighed(from, to.min(nobody)).filter(person).max_by(|a, b| a.1.total_cmp(&b.1));
                if let Some((index, probability)) = found {
                    return Some((index, probability.max(ANNOUNCED * probability / among.max(1e-6))));
                }
            }
            None => {}
        }
        let best = weighed(low, nobody + 1).max_by(|a, b| a.1.total_cmp(&b.1));
        // Nothing near a block need have to do with it.
        let least = if kind == Kind::Block { BLOCK } else { 0.0 };
        best.filter(|(index, probability)| *index < nobody && *probability > least)
    }

    fn kind(&self, scene: &Scene<'_, '_>, group: &[(usize, &Site)], given: Kind) -> Kind {
        if given == Kind::Block {
            return given;
        }
        let score: f32 = group
            .iter()
            .map(|(_, site)| self.models.kind.score(|sink| kind::features(sink, &scene.units, site)))
            .sum();
        if score > 0.0 { Kind::Mixed } else { Kind::Direct }
    }

    fn attribution(
        &mut self,
        scene: &Scene<'_, '_>,
        group: &[(usize, &Site)],
        source: &Candidate,
        probability: f32,
    ) -> Attribution {
        let mut attribution = Attribution::to(
            scene.text,
            self.cast,
            layout::without_verb(scene, source),
            calibrated(probability, scene.units.grammar()),
        );
        attribution.cue = self.cue(scene, group, source);
        attribution
    }

    /// The likeliest reporting word over all parts.
    fn cue(&mut self, scene: &Scene<'_, '_>, group: &[(usize, &Site)], source: &Candidate) -> Option<Span> {
        let units = &scene.units;
        let model = &self.models.cue;
        let mut best: Option<(f32, usize)> = None;
        for (_, site) in group {
            let none = model.score(|sink| cue::none(sink, units, site, source));
            cue::options(units, site, source, &mut self.options);
            for &at in &self.options {
                let score = model.score(|sink| cue::features(sink, units, site, source, at)) - none;
                if score > best.map_or(0.0, |(best, _)| best) {
                    best = Some((score, at));
                }
            }
        }
        let unit = units.at(best?.1);
        scene.text.span_of(unit.first_token as usize..unit.end_token as usize)
    }
}

/// The greatest probability of being no quotation that one may have and yet be one.
fn most_nothing<'s>(scene: &Scene<'_, '_>, mut sites: impl Iterator<Item = &'s Site> + Clone) -> f32 {
    let units = &scene.units;
    let announced = |site: &Site| site.is_sentence() && site.follows_colon(units);
    if sites.clone().any(|site| announced(site) || site.is_reported(units)) {
        1.0
    } else if sites.any(Site::is_sentence) {
        NOTHING_OF_A_SENTENCE
    } else {
        NOTHING
    }
}

/// “According to reports from the Ledger”: whose report it is, where the ranker found the report.
fn behind_report(scene: &Scene<'_, '_>, index: usize) -> usize {
    let Some(report) = scene.candidates.get(index) else { return index };
    let end = report.end as usize;
    let [last, by] = [scene.units.at(end.wrapping_sub(1)), scene.units.at(end)];
    if !REPORT.contains(&last.key) || !BY.contains(&by.key) {
        return index;
    }
    layout::name_at(scene, end + 1).map_or(index, |(index, _)| index)
}

const REPORT: [u32; 6] = shorts(["report", "reports", "story", "stories", "article", "reporting"]);
const BY: [u32; 3] = shorts(["from", "by", "in"]);

/// By how many logits the ranker is less sure than it is right; from PolNeAR dev.
const MODESTY: f32 = 0.4;

/// By how much its logits count in a language that it has not learned but reads through English; from German
/// Wikinews dev.
const UNLEARNED: f32 = 0.65;

/// The probability of a choice as the share of such choices that are right.
fn calibrated(probability: f32, grammar: Grammar) -> Confidence {
    let odds = (probability / (1.0 - probability).max(1e-4)).max(1e-4);
    Confidence::new(logistic(if grammar.learned { odds.ln() + MODESTY } else { UNLEARNED * odds.ln() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Setting;
    use crate::quotation;

    /// Every quotation's kind, mention and cue.
    fn told(raw: &str) -> Vec<(Kind, Option<String>, Option<String>)> {
        let text = Text::new(raw);
        let limits = Limits::default();
        let (stretches, _) = quotation::find(&text, &limits);
        let cast = Cast::read(&text, &Setting::new());
        let (verdicts, _) = attribute(&text, &stretches, &cast, &limits);
        let words = |span: Option<Span>| span.map(|span| span.text(raw).to_owned());
        verdicts
            .into_iter()
            .map(|verdict| {
                let (mention, cue) = verdict
                    .attribution
                    .map_or((None, None), |attribution| (attribution.mention, attribution.cue));
                (verdict.kind, words(mention), words(cue))
            })
            .collect()
    }

    fn one(raw: &str) -> (Kind, String, String) {
        let (kind, mention, cue) = told(raw).swap_remove(0);
        (kind, mention.unwrap_or_default(), cue.unwrap_or_default())
    }

    fn verdict(kind: Kind, mention: &str, cue: &str) -> (Kind, String, String) {
        (kind, mention.to_owned(), cue.to_owned())
    }

    #[test]
    fn the_source_stands_before_or_after_the_reporting_word() {
        let direct = |raw| one(raw);
        let said = |mention| verdict(Kind::Direct, mention, "said");
        assert_eq!(direct("“We will open the harbor on Monday,” Ada Quill said."), said("Ada Quill"));
        assert_eq!(
            direct("“We will open the harbor on Monday,” said Ada Quill, the port's chief."),
            said("Ada Quill")
        );
        assert_eq!(direct("Ada Quill said: “We will open the harbor on Monday.”"), said("Ada Quill"));
    }

    #[test]
    fn a_fragment_in_the_outlets_own_sentence_is_mixed() {
        let found =
            one("Mayor Ada Quill said on Tuesday that the harbor would be “open to everyone” by spring.");
        assert_eq!(found, verdict(Kind::Mixed, "Mayor Ada Quill", "said"));
    }

    #[test]
    fn several_who_call_something_something_are_named_without_the_verb() {
        for text in ["Many call the harbor a “sanctuary on the water”.", "Many call it “a disgrace”."]
        {
            assert_eq!(one(text).1, "Many", "{text}");
        }
    }

    #[test]
    fn a_text_of_nothing_but_marks_is_told_without_a_source() {
        assert!(told("“”“”“ ”").iter().all(|(_, mention, _)| mention.is_none()));
    }
}
