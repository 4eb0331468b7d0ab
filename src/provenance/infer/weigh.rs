//! Every document's choice: its candidates as sources, what speaks for each, and how likely each is.
//!
//! A newsroom mostly takes a whole story from one place, so a document's printings are weighed together: its *main
//! source* is chosen over all of them. One printing that does not fit the main source costs it a bounded amount
//! and may have come from elsewhere.

use std::collections::BTreeMap;

use super::article::{Article, Lag, Sequences, lag};
use super::candidate::Candidates;
use super::feature::{COUNT, Feature, Features, local, log};
use super::fits::Fits;
use super::printing::Printings;
use super::stated::Stated;

/// How many documents are weighed as the main source of one.
const SOURCES: usize = 64;
/// What a printing can cost its document's main source at the most, as a logarithm.
const FLOOR: f32 = -6.0;

/// All that inference knows before it weighs anything.
pub(super) struct Known<'a> {
    pub(super) articles: &'a [Article],
    pub(super) printings: &'a Printings,
    pub(super) stated: &'a [Stated],
    pub(super) sequences: &'a Sequences,
}

/// What is kept of a choice: of 100,000 documents the features alone are 150 MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Scores,
    Features,
}

/// One document's choice of a main source. The last choice is always that there is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    /// The sources, as indices of documents, in order.
    pub(super) sources: Vec<u32>,
    /// The features of each source, then of none; kept only where something is learned from them.
    pub(super) features: Vec<Features>,
    /// The score of each source, then of none; empty once these have become chances.
    pub(super) scores: Vec<f32>,
    /// How likely each source is, then none.
    pub(super) chances: Vec<f32>,
    /// The printings that are shared with any source.
    pub(super) printings: Vec<u32>,
    /// How well each printing fits as taken from each source, if it can be.
    pub(super) fits: Fits,
    /// How often candidates were left aside.
    pub(super) left: usize,
}

/// Weighs the sources of one document.
pub(super) fn choice(
    ground: &Known<'_>,
    candidates: &Candidates<'_>,
    number: u32,
    weights: &[f32; COUNT],
    keep: Keep,
) -> Choice {
    let mut choice = Choice::default();
    let ours = ground.printings.by_document.get(number as usize).map_or(&[][..], Vec::as_slice);
    let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
    for &printing in ours {
        let (found, left) = candidates.of(printing);
        choice.left += usize::from(left > 0);
        if !found.is_empty() {
            choice.printings.push(printing);
        }
        for id in found {
            if let Some(source) = ground.printings.get(id) {
                *shared.entry(source.document).or_default() += 1;
            }
        }
    }
    let wire = ground.stated.get(number as usize).map_or(&[][..], |stated| stated.wire.as_slice());
    shared.retain(|&source, _| {
        let theirs = ground.stated.get(source as usize).map_or(&[][..], |stated| stated.wire.as_slice());
        !wire.iter().any(|agency| theirs.contains(agency))
    });
    if shared.len() > SOURCES {
        choice.left += 1;
        let mut by_count: Vec<(std::cmp::Reverse<usize>, u32)> =
            shared.iter().map(|(&source, &count)| (std::cmp::Reverse(count), source)).collect();
        by_count.sort_unstable();
        let keep: Vec<u32> = by_count.iter().take(SOURCES).map(|&(_, source)| source).collect();
        shared.retain(|source, _| keep.contains(source));
    }
    choice.sources = shared.into_keys().collect();
    weigh(ground, number, weights, &mut choice);
    choice.scores = choice.scores(weights);
    if keep == Keep::Scores {
        choice.features = Vec::new();
    }
    choice
}

#[expect(clippy::cast_precision_loss, reason = "counts and seconds")]
fn weigh(ground: &Known<'_>, number: u32, weights: &[f32; COUNT], choice: &mut Choice) {
    let Some(article) = ground.articles.get(number as usize) else { return };
    let stated = ground.stated.get(number as usize);
    let lags: Vec<Lag> = choice
        .sources
        .iter()
        .map(|&source| {
            ground.articles.get(source as usize).map_or(Lag::Unknown, |other| lag(other.time, article.time))
        })
        .collect();
    let mut none = Features::new();
    choice.fits = Fits::new(choice.sources.len(), choice.printings.len());
    let (mut most_shared, mut fitting) = (0.0_f32, vec![false; choice.printings.len()]);
    for (&source, &lag) in choice.sources.iter().zip(&lags) {
        let mut features = Features::new();
        let mut places = Vec::new();
        for (index, &printing) in choice.printings.iter().enumerate() {
            let copy = ground.printings.get(printing);
            let theirs = copy.and_then(|copy| ground.printings.find(copy.utterance, source));
            let (Some(copy), Some(theirs)) = (copy, theirs) else {
                features.add(Feature::Missing, 1.0);
                choice.fits.push(None);
                continue;
            };
            let (here, likeness) = local(ground.printings, copy, theirs);
            if !likeness.lost
                && let Some(fitting) = fitting.get_mut(index)
            {
                *fitting = true;
            }
            places.push(theirs.place);
            choice.fits.push(Some(here.dot(weights)));
            for (sum, value) in features.0.iter_mut().zip(here.0) {
                *sum += value;
            }
        }
        most_shared = most_shared.max(features.get(Feature::Shared));
        let theirs = ground.printings.by_document.get(source as usize).map_or(0, Vec::len);
        features.add(Feature::Extra, log(theirs.saturating_sub(places.len())));
        let turned = places.windows(2).filter(|pair| matches!(pair, [a, b] if a > b)).count();
        if places.len() > 1 {
            features.add(Feature::Disorder, turned as f32 / (places.len() - 1) as f32);
        }
        in_time(&mut features, lag, &lags);
        if let Some(other) = ground.articles.get(source as usize) {
            features.add(Feature::Around, article.common_around(other, ground.sequences).ln_1p());
            if article.links_to(other) {
                features.add(Feature::Link, 1.0);
            }
            let claims = stated.map_or(&[][..], |stated| stated.claims.as_slice());
            let mine = claims.iter().filter(|claim| Some(claim.source) == other.outlet);
            match (mine.clone().any(|claim| claim.whole), mine.count()) {
                (true, _) => features.add(Feature::CreditArticle, 1.0),
                (false, 1..) => features.add(Feature::CreditPart, 1.0),
                _ => {}
            }
        }
        choice.features.push(features);
    }
    none.add(Feature::NoneAtAll, 1.0);
    none.add(Feature::NoneShared, most_shared);
    none.add(Feature::NoneCandidates, log(choice.sources.len()));
    let all = choice.printings.len().max(1) as f32;
    none.add(Feature::NoneLost, fitting.iter().filter(|fits| !**fits).count() as f32 / all);
    let states = choice
        .printings
        .iter()
        .filter_map(|&id| ground.printings.get(id))
        .map(|p| ground.printings.states(p).len())
        .sum::<usize>();
    none.add(Feature::NoneStates, states as f32 / all);
    let known =
        lags.iter().filter_map(|lag| if let Lag::Known(seconds) = lag { Some(*seconds) } else { None });
    match known.clone().max() {
        Some(longest) => none.add(Feature::NoneLag, hours(longest.max(0)).ln_1p()),
        None => none.add(Feature::NoneTimeless, 1.0),
    }
    let earlier = known.filter(|seconds| *seconds > 0).count();
    none.add(Feature::NoneLater, earlier as f32 / lags.len().max(1) as f32);
    if stated.is_some_and(|stated| !stated.own.is_empty()) {
        none.add(Feature::NoneOwn, 1.0);
    }
    choice.features.push(none);
}

#[expect(clippy::cast_precision_loss, reason = "seconds")]
fn hours(seconds: i64) -> f32 {
    seconds as f32 / 3600.0
}

fn in_time(features: &mut Features, lag: Lag, all: &[Lag]) {
    match lag {
        Lag::Unknown => features.add(Feature::Timeless, 1.0),
        Lag::Known(seconds) => {
            if seconds < 0 {
                features.add(Feature::Backward, 1.0);
                features.add(Feature::BackwardHours, hours(-seconds).min(6.0));
            } else {
                features.add(Feature::Lag, hours(seconds).ln_1p());
                features.add(Feature::Hours, hours(seconds).min(48.0));
            }
            let earlier =
                all.iter().filter(|other| matches!(other, Lag::Known(other) if *other > seconds)).count();
            features.add(Feature::Earlier, log(earlier));
            if earlier == 0 {
                features.add(Feature::Earliest, 1.0);
            }
        }
    }
}

impl Choice {
    /// The score of every choice, none last; one printing that does not fit costs a bounded amount.
    fn scores(&self, weights: &[f32; COUNT]) -> Vec<f32> {
        let best: Vec<f32> = (0..self.printings.len()).map(|index| self.fits.best(index)).collect();
        let costs = self.fits.rows().map(|row| -> f32 {
            row.zip(&best).filter_map(|(fit, best)| fit.map(|fit| (best + FLOOR - fit).max(0.0))).sum()
        });
        self.features
            .iter()
            .zip(costs.chain([0.0]))
            .map(|(features, cost)| features.dot(weights) + cost)
            .collect()
    }

    /// By how much the fit of printing `index` from each source is worse than was counted.
    pub(super) fn residuals(&self, index: usize) -> impl Iterator<Item = Option<f32>> + '_ {
        let best = self.fits.best(index);
        self.fits.column(index).map(move |fit| fit.map(|fit| (fit - best - FLOOR).min(0.0)))
    }
}

/// Scores to probabilities; the sharper, the more the best takes.
pub(super) fn softmax(scores: &[f32], sharpness: f32) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (sharpness * (score - most)).exp()).collect();
    let total: f32 = powers.iter().sum();
    powers.iter().map(|power| power / total).collect()
}

/// Adds to every source how many other documents seem to have it from there.
pub(super) fn add_hubs(choices: &mut [Choice], weights: &[f32; COUNT]) {
    let chances: Vec<Vec<f32>> = choices.iter().map(|choice| softmax(&choice.scores, 1.0)).collect();
    let mut children = vec![0.0_f32; choices.len()];
    for (choice, chances) in choices.iter().zip(&chances) {
        for (&source, chance) in choice.sources.iter().zip(chances) {
            if let Some(sum) = children.get_mut(source as usize) {
                *sum += chance;
            }
        }
    }
    let weight = weights.get(Feature::Hub as usize).copied().unwrap_or(0.0);
    for (choice, chances) in choices.iter_mut().zip(&chances) {
        let hubs: Vec<f32> = choice
            .sources
            .iter()
            .zip(chances)
            .map(|(&source, chance)| {
                children.get(source as usize).map_or(0.0, |sum| (sum - chance).max(0.0).ln_1p())
            })
            .collect();
        for (score, hub) in choice.scores.iter_mut().zip(&hubs) {
            *score += weight * hub;
        }
        for (features, hub) in choice.features.iter_mut().zip(&hubs) {
            features.add(Feature::Hub, *hub);
        }
    }
}
