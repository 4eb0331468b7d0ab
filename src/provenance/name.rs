//! When two names of an outlet are the same name.

use crate::credit::OutletTable;
use crate::text::key;

/// Words that an outlet's name has in one place and lacks in another.
const LOOSE: [&str; 9] =
    ["news", "agency", "tv", "network", "channel", "magazine", "newspaper", "online", "com"];

/// A key that is equal for two forms of one outlet's name: case, punctuation, a leading article and words such as
/// *News* or *Magazine* don't count, unless nothing else is left. Names that the outlet table knows (AP,
/// NYT) count as what they stand for.
pub(crate) fn outlet_key(name: &str) -> u64 {
    let name = OutletTable::shipped().resolve(name).map_or(name, |outlet| outlet.name());
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = match words.split_first() {
        Some((&"the", rest)) if !rest.is_empty() => rest,
        _ => &words[..],
    };
    let firm: Vec<&str> = words.iter().copied().filter(|word| !LOOSE.contains(word)).collect();
    key(&if firm.is_empty() { words.join(" ") } else { firm.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::outlet_key;

    #[test]
    fn articles_case_and_loose_words_do_not_count() {
        assert_eq!(outlet_key("The Harbor Ledger"), outlet_key("harbor ledger"));
        assert_eq!(outlet_key("Quill News"), outlet_key("Quill"));
        assert_ne!(outlet_key("The Beacon"), outlet_key("The Lantern"));
        assert_ne!(outlet_key("The News"), outlet_key("The Magazine"));
        assert_eq!(outlet_key("The"), outlet_key("the"));
    }
}
