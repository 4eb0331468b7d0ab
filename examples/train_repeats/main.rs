//! Learns the weights by which the source of a document is chosen, from stories whose provenance is known.
//!
//! ```text
//! cargo run --release --example train_repeats -- FOLDER… > src/provenance/infer/weights.tsv
//! ```
//!
//! A folder holds `docs.jsonl` and `truth.json`. Credits are not looked at: what they weigh is set by hand, below.

mod truth;

use quotetrace::provenance::{Options, learn};

/// Weights that the stories can't teach, because nobody in them links, and what surrounds a quotation is random.
const BY_HAND: [(&str, f64); 5] =
    [("around", 1.0), ("link", 4.0), ("credit_article", 8.0), ("credit_part", 5.0), ("none_own", 3.0)];
const ROUNDS: usize = 3;
const STEPS: usize = 1500;
const RIDGE: f64 = 1.0;

/// The choices of one document, and which is the true one.
struct Case {
    choices: Vec<Vec<f64>>,
    right: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let stories: Vec<truth::Story> =
        folders.iter().map(|folder| truth::read(folder)).collect::<Result<_, _>>()?;
    let names = learn::names();
    let mut file = include_str!("../../src/provenance/infer/weights.tsv").to_owned();
    for round in 0..ROUNDS {
        let cases: Vec<Case> = stories.iter().flat_map(|story| cases(story, &file)).collect();
        let (weights, loss, right) = fit(&cases, names);
        eprintln!("round {round}: {} documents, loss {loss:.4}, right {right:.4}", cases.len());
        file = names.iter().zip(&weights).map(|(name, weight)| format!("{name}\t{weight:.4}\n")).collect();
    }
    println!(
        "# Learned by `cargo run --release --example train_repeats` from simulated cascades of quotations;"
    );
    println!("# the words of Quotebank quotations (CC BY 4.0) were the material, none is in here.");
    println!("# By hand: {}.", BY_HAND.map(|(name, _)| name).join(", "));
    print!("{file}");
    Ok(())
}

fn cases(story: &truth::Story, file: &str) -> Vec<Case> {
    let articles: Vec<_> = story.articles.iter().map(|(document, analysis)| (document, analysis)).collect();
    let rows = learn::rows(&articles, &story.utterances, &Options::default(), file);
    let cases = rows.into_iter().filter_map(|row| {
        let source = story.sources.get(&row.document);
        let right = row.choices.iter().position(|(choice, _)| choice.as_ref() == source)?;
        let choices: Vec<Vec<f64>> = row
            .choices
            .into_iter()
            .map(|(_, features)| features.into_iter().map(f64::from).collect())
            .collect();
        (choices.len() > 1).then_some(Case { choices, right })
    });
    cases.collect()
}

/// Maximum likelihood with a ridge, by gradient ascent with a step for each weight (J. Duchi et al., *Adaptive
/// subgradient methods*, 2011).
fn fit(cases: &[Case], names: &[&str]) -> (Vec<f64>, f64, f64) {
    let fixed: Vec<Option<f64>> = names
        .iter()
        .map(|name| BY_HAND.iter().find(|(hand, _)| hand == name).map(|(_, weight)| *weight))
        .collect();
    let mut weights: Vec<f64> = fixed.iter().map(|weight| weight.unwrap_or(0.0)).collect();
    let mut squares = vec![1e-6; weights.len()];
    let (mut loss, mut right) = (0.0, 0.0);
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| -RIDGE * weight).collect();
        (loss, right) = (0.0, 0.0);
        for case in cases {
            let scores: Vec<f64> = case
                .choices
                .iter()
                .map(|choice| choice.iter().zip(&weights).map(|(x, w)| x * w).sum())
                .collect();
            let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = scores.iter().map(|score| (score - most).exp()).sum();
            for (index, (choice, score)) in case.choices.iter().zip(&scores).enumerate() {
                let chance = (score - most).exp() / total;
                let missing = f64::from(u8::from(index == case.right)) - chance;
                if index == case.right {
                    loss -= chance.max(1e-12).ln();
                    right += f64::from(u8::from(*score >= most));
                }
                for (slot, x) in gradient.iter_mut().zip(choice) {
                    *slot += missing * x;
                }
            }
        }
        for (((weight, slope), square), fixed) in
            weights.iter_mut().zip(&gradient).zip(&mut squares).zip(&fixed)
        {
            *square += slope * slope;
            if fixed.is_none() {
                *weight += 0.3 * slope / square.sqrt();
            }
        }
    }
    let n = cases.len() as f64;
    (weights, loss / n, right / n)
}
