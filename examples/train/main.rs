//! Learns the weights of `src/speaker` from annotated articles.
//!
//! `cargo run --release --example train -- cv ARTICLES.jsonl ALL.jsonl` cross-validates by document;
//! `… -- write ARTICLES.jsonl ALL.jsonl src/speaker` writes the tables and weights. The first file holds marked
//! quotations, the second all attributions of the same articles, indirect ones too.
//! `… -- clusters WORDS.tsv PAIRS.tsv src/speaker` writes the classes of words, which all weights depend on.
//! `… -- indirect ALL.jsonl src/speaker/indirect` writes the weights of indirect speech;
//! `… -- indirect-fit ALL.jsonl` finds how sure its sources are, out of fold.

#![expect(clippy::indexing_slicing, reason = "a command over indices that it made itself")]

mod clusters;
mod fit;
mod gold;
mod indirect;
mod lbfgs;
mod rank;
mod words;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["cv", marked, all, rest @ ..] => {
            let folds = rest.first().and_then(|folds| folds.parse().ok()).unwrap_or(5);
            rank::cross_validate(&gold::read(marked)?, &gold::read(all)?, folds);
            Ok(())
        }
        ["clusters", words, pairs, room] => {
            let table = clusters::learn(&fs::read_to_string(words)?, &fs::read_to_string(pairs)?);
            fs::write(Path::new(room).join("clusters.tsv"), table)
        }
        ["indirect", all, room] => {
            let weights = indirect::train(&gold::read(all)?);
            fs::write(Path::new(room).join("weights.bin"), weights)
        }
        ["indirect-fit", all] => {
            indirect::sureness(&gold::read(all)?);
            Ok(())
        }
        ["write", marked, all, room] => {
            let (marked, all) = (gold::read(marked)?, gold::read(all)?);
            let cues = words::learn(all.iter());
            let models =
                rank::train(&marked.iter().collect::<Vec<_>>(), &all.iter().collect::<Vec<_>>(), &cues);
            let room = Path::new(room);
            fs::write(room.join("cues.tsv"), cues)?;
            fs::write(room.join("weights.bin"), models.speaker)?;
            fs::write(room.join("cue.bin"), models.cue)?;
            fs::write(room.join("kind.bin"), models.kind)?;
            fs::write(room.join("indirect/weights.bin"), indirect::train(&all))
        }
        _ => Err(io::Error::other(
            "usage: train cv MARKED ALL [FOLDS] | train write MARKED ALL ROOM | train indirect ALL ROOM | train clusters WORDS PAIRS ROOM",
        )),
    }
}
