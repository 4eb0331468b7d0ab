//! Indirect speech: whether a word reports, where its content starts and ends, who the source is.

use std::collections::BTreeMap;

use quotetrace::Span;
use quotetrace::model::Model;
use quotetrace::speaker::learn::indirect::{Annotation, decisions};
use quotetrace::speaker::learn::{ENGLISH_WORDS, Lexicon};
use quotetrace::text::Text;

use crate::fit::{Decision, fit};
use crate::gold::{Article, core, same_mention};

/// Size of the model, as a power of two.
const BITS: u32 = 18;
/// Penalty on the weights; high enough that probabilities are as sure as they are right.
const L2: f32 = 5.0;
/// Parts that the articles are cut into: the levels of cue words used for one come from the others, so that no
/// word is known by its own annotation alone.
const FOLDS: usize = 4;

/// The attributions of an article that are not wholly between marks.
pub(crate) fn annotations(article: &Article) -> Vec<Annotation> {
    let mut by_id: BTreeMap<usize, Annotation> = BTreeMap::new();
    for quote in article.quotes.iter().filter(|quote| quote.kind != "direct") {
        let (Some(id), Some(cue)) = (quote.attribution, quote.cue.as_ref().and_then(|cue| cue.span())) else {
            continue;
        };
        let content = core(&article.text, Span::new(quote.start, quote.end));
        let annotation = by_id.entry(id).or_default();
        annotation.cue = cue;
        annotation.source = quote.speaker.as_ref().and_then(|speaker| speaker.span());
        let [before, after] = &mut annotation.contents;
        if content.start < cue.start {
            *before = Some(before.map_or(content, |old: Span| old.max(content)));
        } else {
            *after = Some(after.map_or(content, |old: Span| old.min(content)));
        }
    }
    by_id.into_values().collect()
}

/// The weights learned from articles, as they are shipped.
pub(crate) fn train(articles: &[Article]) -> Vec<u8> {
    let mut all = Vec::new();
    let mut counts = [0; 3];
    let mut about: BTreeMap<&str, usize> = BTreeMap::new();
    for fold in 0..FOLDS {
        let others = articles.iter().enumerate().filter(|(index, _)| index % FOLDS != fold);
        let cues = crate::words::learn(others.map(|(_, article)| article));
        let lexicon = Lexicon::new(&cues, ENGLISH_WORDS, None);
        for article in articles.iter().skip(fold).step_by(FOLDS) {
            let text = Text::new(&article.text);
            let parts = crate::rank::parts(&text);
            let (decisions, count) = decisions(&text, &lexicon, &parts, &annotations(article), same_mention);
            counts.iter_mut().zip(count).for_each(|(sum, count)| *sum += count);
            for decision in decisions {
                *about.entry(decision.about).or_default() += 1;
                all.push(Decision::new(&decision.options, BITS, decision.right, vec![]));
            }
        }
    }
    eprintln!(
        "{} attributions, {} with a known cue, {} within the options; {about:?}",
        counts[0], counts[1], counts[2]
    );
    Model::write(&fit(&all, BITS, L2, 80))
}
