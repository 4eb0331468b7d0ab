//! JSON Lines in, JSON Lines out: what every document says, one a line. With `--indirect`, indirect speech too.

use std::io::{self, BufRead, BufWriter, Write};

use quotetrace::{Analyzer, Document};

fn main() -> io::Result<()> {
    let indirect = std::env::args().skip(1).any(|argument| argument == "--indirect");
    let analyzer = Analyzer::new().with_indirect(indirect);
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let document: Document = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut out, &analyzer.analyze(&document))?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
