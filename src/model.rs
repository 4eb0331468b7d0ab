//! Small linear models as data: hashed features, one byte a weight, and a softmax.
//!
//! A feature is an integer mixed from what it is about ([`Feature`]); its top bits are the slot of its weight.
//! Nothing is stored of the feature itself, so a model holds no words, and two features may share a slot;
//! training sees the same slots, so it learns around that. A weight `w` is kept as the signed byte `b` with
//! `w = scale · b · |b|`: fine steps near nought, where most weights are. Sums are taken over integers, so
//! a score is the same on every machine and in any order of the features.

/// A feature under construction: start with a template's number, mix in its values.
///
/// The mixing step is that of Firefox's `FxHash`: rotate, xor, multiply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature(u64);

impl Feature {
    const K: u64 = 0x517c_c1b7_2722_0a95;

    /// A feature of the template `template`.
    #[inline]
    #[must_use]
    pub const fn new(template: u32) -> Self {
        Self((template as u64 + 1).wrapping_mul(Self::K))
    }

    /// With one more value.
    #[inline(always)]
    #[must_use]
    pub const fn with(self, value: u32) -> Self {
        Self((self.0.rotate_left(5) ^ value as u64).wrapping_mul(Self::K))
    }

    /// The slot of its weight in a model of `1 << bits` weights, `bits` from 1 to 32.
    #[inline(always)]
    #[must_use]
    pub const fn slot(self, bits: u32) -> u32 {
        (self.0 >> (64 - bits)) as u32
    }
}

/// What features are put into: a sum of weights in use, a list of slots in training.
pub trait Sink {
    /// Takes one feature.
    fn put(&mut self, feature: Feature);
}

/// Collects the features themselves, for training.
impl Sink for Vec<Feature> {
    fn put(&mut self, feature: Feature) {
        self.push(feature);
    }
}

/// A linear model: `SLOTS` weights by slot, a power of two of them.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a, const SLOTS: usize> {
    weights: &'a [u8; SLOTS],
    scale: f32,
}

impl<'a, const SLOTS: usize> Model<'a, SLOTS> {
    /// Reads a model as [`write()`] writes it; one that has fewer weights weighs nothing.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Self {
        let scale = bytes.first_chunk::<4>().map_or(0.0, |bytes| f32::from_le_bytes(*bytes));
        let weights = bytes.get(4..).and_then(|weights| weights.first_chunk());
        Self { weights: weights.unwrap_or(&[0; SLOTS]), scale }
    }

    /// The score of the features that `features` puts.
    #[inline]
    pub fn score(&self, features: impl FnOnce(&mut Sum<'a, SLOTS>)) -> f32 {
        self.real(self.sum(features))
    }

    /// The same as an integer, to be added to others before [`Model::real`].
    #[inline]
    pub fn sum(&self, features: impl FnOnce(&mut Sum<'a, SLOTS>)) -> i32 {
        let mut sum = Sum { weights: self.weights, total: 0 };
        features(&mut sum);
        sum.total
    }

    /// A score as a sum, to be added to others; what is less than a step is cut off.
    #[inline]
    #[must_use]
    pub(crate) fn steps(&self, score: f32) -> i32 {
        if self.scale > 0.0 { (score / self.scale) as i32 } else { 0 }
    }

    /// A sum as a score.
    #[inline]
    #[must_use]
    pub fn real(&self, sum: i32) -> f32 {
        sum as f32 * self.scale
    }
}

/// The bytes of a model with these weights by slot: the scale as a little-endian `f32`, then a byte a weight, rounded to
/// the steps that a byte has.
#[must_use]
pub fn write(weights: &[f32]) -> Vec<u8> {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let scale = if largest > 0.0 { largest / (127.0 * 127.0) } else { 1.0 };
    let mut bytes = scale.to_le_bytes().to_vec();
    bytes.extend(weights.iter().map(|weight| {
        let step = (weight.abs() / scale).sqrt().round().min(127.0) as i8;
        (if *weight < 0.0 { -step } else { step }).cast_unsigned()
    }));
    bytes
}

/// What each byte of a model weighs, in steps: a sum has some thirty of them for every pair it judges.
static STEPS: [i32; 256] = steps();

const fn steps() -> [i32; 256] {
    let mut steps = [0; 256];
    let mut rest: &mut [i32] = &mut steps;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        let step = byte.cast_signed() as i32;
        *first = step * step.abs();
        byte = byte.wrapping_add(1);
        rest = others;
    }
    steps
}

/// Adds up the weights of the features put into it.
#[derive(Debug)]
pub struct Sum<'a, const SLOTS: usize> {
    weights: &'a [u8; SLOTS],
    total: i32,
}

impl<const SLOTS: usize> Sink for Sum<'_, SLOTS> {
    #[inline(always)]
    fn put(&mut self, feature: Feature) {
        const { assert!(SLOTS > 1 && SLOTS.is_power_of_two(), "a slot is the top bits of a feature") };
        // The size is known, so this is a shift and no test.
        let byte = self.weights.get(feature.slot(SLOTS.ilog2()) as usize).copied().unwrap_or(0);
        self.total = self.total.wrapping_add(STEPS.get(usize::from(byte)).copied().unwrap_or(0));
    }
}

/// Turns scores into probabilities in place. O(n).
pub fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if top == f32::NEG_INFINITY {
        return;
    }
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
        total += *score;
    }
    for score in scores {
        *score /= total;
    }
}

/// The logistic function: a score as a probability.
#[must_use]
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_survives_writing_and_reading_to_within_its_step() {
        let mut weights = vec![0.0; 1 << 10];
        let (small, large) = (Feature::new(1).with(7), Feature::new(2).with(7));
        weights[small.slot(10) as usize] = -0.01;
        weights[large.slot(10) as usize] = 3.0;
        let bytes = write(&weights);
        let model = Model::<1024>::read(&bytes);
        assert!((model.score(|sum| sum.put(small)) + 0.01).abs() < 0.001);
        assert!((model.score(|sum| sum.put(large)) - 3.0).abs() < 0.001);
    }

    #[test]
    fn a_model_cut_short_weighs_nothing() {
        assert_eq!(Model::<8>::read(&[1, 2]).score(|sum| sum.put(Feature::new(1))), 0.0);
    }

    #[test]
    fn probabilities_add_up_to_one_whatever_the_scores() {
        let mut scores = [800.0, -800.0, 799.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(scores[0] > scores[2] && scores[1] == 0.0);
    }
}
