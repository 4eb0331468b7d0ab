//! Softmax regression over options that are lists of features, with an L2 penalty.

use quotetrace::model::Feature;

use crate::lbfgs;

/// One decision: its options' slots, which of them are right, and which are neither right nor wrong.
pub(crate) struct Decision {
    pub(crate) options: Vec<Vec<u32>>,
    pub(crate) right: Vec<usize>,
    pub(crate) skip: Vec<usize>,
    pub(crate) weight: f32,
}

impl Decision {
    /// A decision in a model of `1 << bits` weights.
    pub(crate) fn new(options: &[Vec<Feature>], bits: u32, right: Vec<usize>, skip: Vec<usize>) -> Self {
        let slots = |features: &Vec<Feature>| features.iter().map(|feature| feature.slot(bits)).collect();
        Self { options: options.iter().map(slots).collect(), right, skip, weight: 1.0 }
    }
}

/// The weights that make the right options likeliest.
pub(crate) fn fit(decisions: &[Decision], bits: u32, l2: f32, steps: usize) -> Vec<f32> {
    let mut weights = vec![0.0; 1 << bits];
    let mut scores = Vec::new();
    let loss = |weights: &[f32], gradient: &mut [f32]| {
        let mut loss = 0.0;
        for (gradient, weight) in gradient.iter_mut().zip(weights) {
            *gradient = l2 * weight;
            loss += f64::from(0.5 * l2 * weight * weight);
        }
        for decision in decisions {
            scores.clear();
            scores.extend(
                decision
                    .options
                    .iter()
                    .map(|slots| slots.iter().map(|slot| weights[*slot as usize]).sum::<f32>()),
            );
            for skip in &decision.skip {
                scores[*skip] = f32::NEG_INFINITY;
            }
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            scores.iter_mut().for_each(|score| *score = (*score - top).exp());
            let all: f32 = scores.iter().sum();
            let right = decision.right.iter().map(|index| scores[*index]).sum::<f32>().max(1e-30);
            loss -= f64::from(decision.weight * (right / all).ln());
            for (index, slots) in decision.options.iter().enumerate() {
                let share = scores[index];
                let mut push = share / all;
                if decision.right.contains(&index) {
                    push -= share / right;
                }
                push *= decision.weight;
                if push.abs() > 1e-6 {
                    slots.iter().for_each(|slot| gradient[*slot as usize] += push);
                }
            }
        }
        loss
    };
    let value = lbfgs::minimise(&mut weights, steps, loss);
    eprintln!("{} decisions, loss {:.4} each", decisions.len(), value / decisions.len() as f64);
    weights
}
