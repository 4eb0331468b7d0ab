//! Whether one word is a misspelling of another.

/// Whether one word may be a misspelling of the other: a letter or two off, by length; short words never. Letters
/// are counted in bytes: a wrong letter outside ASCII counts for as many as it takes.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let allowed = match a.len().min(b.len()) {
        0..=2 => return false,
        3..=7 => 1,
        _ => 2,
    };
    within(a.as_bytes(), b.as_bytes(), allowed)
}

/// Whether at most `edits` letters are wrong, left out, put in, or exchanged with the next. It calls itself `edits`
/// deep: what both begin or end with is off the table, so that one edit must be right at the start.
fn within(mut a: &[u8], mut b: &[u8], edits: usize) -> bool {
    if a.len().abs_diff(b.len()) > edits {
        return false;
    }
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first()) else {
        return a.len().max(b.len()) <= edits;
    };
    let Some(left) = edits.checked_sub(1) else { return false };
    let exchanged = match (rest_a, rest_b) {
        ([v, after_a @ ..], [w, after_b @ ..]) if x == w && y == v => within(after_a, after_b, left),
        _ => false,
    };
    exchanged || within(rest_a, rest_b, left) || within(rest_a, b, left) || within(a, rest_b, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_a_letter_or_two_off() {
        assert!(alike("emissions", "emisions"));
        assert!(alike("because", "becuase"));
        assert!(alike("colour", "color"));
        assert!(!alike("is", "it"));
        assert!(!alike("may", "will"));
    }

    proptest::proptest! {
        #[test]
        fn letters_off_are_counted_as_optimal_string_alignment_counts_them(a in "[ab]{0,9}", b in "[ab]{0,9}") {
            for edits in 0..3 {
                let expected = strsim::osa_distance(&a, &b) <= edits;
                proptest::prop_assert_eq!(within(a.as_bytes(), b.as_bytes(), edits), expected);
            }
        }
    }
}
