//! Makes the shipped table of frequencies from counts of words and of adjacent pairs.
//!
//! `make_background WORDS.tsv PAIRS.tsv OUT.bin`: each line is a word (or two words) and its count, divided by a
//! tab; lines that start with `#` are passed over.

use std::io::{self, BufRead, BufReader};

use quotetrace::matching::{Counts, Frequencies};

/// How many words and pairs are kept: with these the file stays below 400 kB.
const WORDS: usize = 45_000;
const PAIRS: usize = 90_000;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [words, pairs, out] = arguments.as_slice() else {
        eprintln!("make_background WORDS.tsv PAIRS.tsv OUT.bin");
        std::process::exit(2);
    };
    let mut counts = Counts::new();
    for path in [words, pairs] {
        for line in BufReader::new(std::fs::File::open(path)?).lines() {
            let line = line?;
            if line.starts_with('#') {
                continue;
            }
            if let Some((text, count)) = line.split_once('\t')
                && let Ok(count) = count.trim().parse()
            {
                counts.add(text, count);
            }
        }
    }
    std::fs::write(out, Frequencies::background_bytes(&counts, WORDS, PAIRS))
}
