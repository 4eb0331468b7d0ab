//! What the training command (`examples/train`) needs: the options that the ranker weighs, as features.
//!
//! The features come from the same code as in use, so that nothing can be learned that is not there later.

pub use super::indirect::learn as indirect;
pub use super::lexicon::{ENGLISH_WORDS, Lexicon};
use super::scene::{NOBODY, NOTHING, Scene};
use super::site::Site;
use super::{cue, feature, kind};
use crate::model::Feature;
use crate::text::{Span, Text};

/// One decision of the ranker: who says the part `part`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Choice {
    /// The features of its being mixed rather than direct.
    pub mixed: Vec<Feature>,
    /// The part.
    pub part: Span,
    /// The candidates' spans.
    pub spans: Vec<Span>,
    /// Every option's features: the candidates in order, then nobody, then no quotation.
    pub options: Vec<Vec<Feature>>,
}

/// One decision about the reporting word of a part whose source is known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CueChoice {
    /// The words that might report.
    pub spans: Vec<Span>,
    /// Every option's features: the words in order, then there being none.
    pub options: Vec<Vec<Feature>>,
}

/// The decisions about the reporting words of one document: of each of `parts`, the candidate that `source`
/// picks by the part's index and the candidate's span is taken as the source.
#[must_use]
pub fn cue_choices(
    text: &Text<'_>,
    lexicon: &Lexicon,
    parts: &[Span],
    most: usize,
    source: impl Fn(usize, Span) -> bool,
) -> Vec<Option<CueChoice>> {
    let scene = Scene::new(text, lexicon, 0..text.tokens().len(), parts.iter().copied());
    let sites = scene.sites.iter().enumerate();
    let choice = |(index, site): (usize, &Site)| {
        let mut reach = scene.candidates.get(scene.reach(site, most).0)?.iter();
        let source = reach.find(|c| source(index, c.span))?;
        let mut choice = CueChoice { spans: Vec::new(), options: Vec::new() };
        let mut options = Vec::new();
        cue::options(&scene.units, site, source, &mut options);
        for at in options {
            let unit = scene.units.at(at);
            choice.spans.extend(text.span_of(unit.first_token as usize..unit.end_token as usize));
            let mut features = Vec::new();
            cue::features(&mut features, &scene.units, site, source, at);
            choice.options.push(features);
        }
        let mut features = Vec::new();
        cue::none(&mut features, &scene.units, site, source);
        choice.options.push(features);
        Some(choice)
    };
    sites.map(choice).collect()
}

/// The decisions of one document, one for each of `parts`, which are in order and do not overlap.
#[must_use]
pub fn choices(text: &Text<'_>, lexicon: &Lexicon, parts: &[Span], most: usize) -> Vec<Choice> {
    let scene = Scene::new(text, lexicon, 0..text.tokens().len(), parts.iter().copied());
    parts.iter().zip(&scene.sites).map(|(part, site)| choice(&scene, *part, site, most)).collect()
}

fn choice(scene: &Scene<'_, '_>, part: Span, site: &Site, most: usize) -> Choice {
    let (range, _) = scene.reach(site, most);
    let mut mixed = Vec::new();
    kind::features(&mut mixed, &scene.units, site);
    let mut choice = Choice { part, mixed, spans: Vec::new(), options: Vec::new() };
    for index in range {
        let mut features = Vec::new();
        scene.features(&mut features, site, index);
        choice.options.push(features);
        choice.spans.extend(scene.candidates.get(index).map(|c| c.span));
    }
    for base in [NOBODY, NOTHING] {
        let mut features = Vec::new();
        feature::quotation(&mut features, &scene.units, site, base);
        choice.options.push(features);
    }
    choice
}
