//! Indirect speech: whether a word reports, where its content starts and ends, who the source is.

use std::collections::BTreeMap;

use quotetrace::Span;
use quotetrace::model::{softmax, write};
use quotetrace::speaker::learn::indirect::{Annotation, decisions};
use quotetrace::speaker::learn::{ENGLISH_WORDS, Lexicon};
use quotetrace::text::Text;

use crate::fit::{Decision, fit};
use crate::gold::{Article, core, same_mention};

/// Size of the model, as a power of two.
const BITS: u32 = 18;
/// Penalty on the weights; high enough that probabilities are as sure as they are right.
const L2: f32 = 5.0;
/// Steps of the optimiser.
const STEPS: usize = 80;
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
    let all: Vec<Decision> =
        every_decision(articles).into_iter().flatten().map(|(_, decision)| decision).collect();
    write(&fit(&all, BITS, L2, STEPS))
}

/// Prints by how much the scores of sources are to be stretched to be as sure as they are right: each of two
/// halves is scored with what the other taught, and the likeliest factor is looked for.
pub(crate) fn sureness(articles: &[Article]) {
    let [a, b, c, d] = every_decision(articles);
    let sources = |folds: [Vec<(&str, Decision)>; 2]| -> Vec<Decision> {
        let all = folds.into_iter().flatten();
        all.filter(|(about, _)| *about == "source").map(|(_, decision)| decision).collect()
    };
    let (first, second) = (sources([a, b]), sources([c, d]));
    let mut scored = Vec::new();
    for (known, unseen) in [(&first, &second), (&second, &first)] {
        let weights = fit(known, BITS, L2, STEPS);
        for decision in unseen {
            let score = |slots: &Vec<u32>| slots.iter().map(|slot| weights[*slot as usize]).sum::<f32>();
            scored.push((decision.options.iter().map(score).collect::<Vec<f32>>(), &decision.right));
        }
    }
    for step in 8..=20 {
        let factor = step as f32 / 10.0;
        let loss: f64 = scored.iter().map(|(scores, right)| surprise(scores, right, factor)).sum();
        println!("{factor:.1} {:.5}", loss / scored.len() as f64);
    }
}

/// How unlikely the right options are after stretching the scores by `factor`, in nats.
fn surprise(scores: &[f32], right: &[usize], factor: f32) -> f64 {
    let mut shares: Vec<f32> = scores.iter().map(|score| factor * score).collect();
    softmax(&mut shares);
    -f64::from(right.iter().map(|index| shares[*index]).sum::<f32>().max(1e-30).ln())
}

/// The decisions of all articles with what each is about, in four folds.
fn every_decision(articles: &[Article]) -> [Vec<(&'static str, Decision)>; FOLDS] {
    let mut all: [Vec<(&'static str, Decision)>; FOLDS] = Default::default();
    let mut counts = [0; 3];
    let mut about: BTreeMap<&str, usize> = BTreeMap::new();
    for (fold, held_out) in all.iter_mut().enumerate() {
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
                held_out
                    .push((decision.about, Decision::new(&decision.options, BITS, decision.right, vec![])));
            }
        }
    }
    eprintln!(
        "{} attributions, {} with a known cue, {} within the options; {about:?}",
        counts[0], counts[1], counts[2]
    );
    all
}
