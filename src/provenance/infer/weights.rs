//! The weights of the features, from a file.

use std::sync::LazyLock;

use super::feature::{COUNT, NAMES};

/// `name<TAB>weight` a line; `#` begins a comment.
const FILE: &str = include_str!("weights.tsv");

/// The weights as shipped.
pub(super) static WEIGHTS: LazyLock<[f32; COUNT]> = LazyLock::new(|| read(FILE));

/// Reads weights; a feature without a line has none.
pub(super) fn read(file: &str) -> [f32; COUNT] {
    let mut weights = [0.0; COUNT];
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, value)) = line.split_once('\t') else { continue };
        let slot = NAMES.iter().position(|known| *known == name).and_then(|at| weights.get_mut(at));
        if let (Some(slot), Ok(value)) = (slot, value.trim().parse()) {
            *slot = value;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_feature_with_a_number() {
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            let (name, value) = line.split_once('\t').unwrap();
            assert!(NAMES.contains(&name), "{name}");
            assert!(value.trim().parse::<f32>().unwrap().is_finite(), "{line}");
        }
    }
}
