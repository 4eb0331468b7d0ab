//! How sure a judgement is: a number that is always between nought and one.

use serde::{Deserialize, Serialize};

/// A probability in `0.0..=1.0`; of the judgements given 0.9, nine in ten should be right.
///
/// ```
/// use quotetrace::Confidence;
///
/// assert_eq!(Confidence::new(1.7).value(), 1.0);
/// assert_eq!(Confidence::new(f32::NAN).value(), 0.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
#[serde(from = "f32", into = "f32")]
pub struct Confidence(f32);

impl Confidence {
    /// Clamps to `0.0..=1.0`; what is not a number becomes nought. Rounded to three decimals, so that the
    /// same judgement prints the same everywhere.
    #[must_use]
    pub fn new(value: f32) -> Self {
        let value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
        Self((value * 1000.0).round() / 1000.0)
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f32 {
        self.0
    }
}

impl From<f32> for Confidence {
    fn from(value: f32) -> Self {
        Self::new(value)
    }
}

impl From<Confidence> for f32 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}
