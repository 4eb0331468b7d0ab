//! Invented articles as JSON Lines, to try things on at any size: stories in which outlets quote, cut, alter and credit
//! each other. The same number gives the same bytes.
//!
//!     cargo run --release --example simulate -- 1000 > articles.jsonl

mod common;
#[path = "growth/generator.rs"]
#[expect(unreachable_pub, dead_code, reason = "other examples use it too")]
mod generator;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use generator::Generator;
use rand_mt::Mt64;
use serde_json::json;

/// Writes invented articles, a JSON object a line: stories in which outlets quote, cut, alter and credit each other.
#[derive(Parser)]
#[command(
    name = "simulate",
    after_help = "Example:\n  cargo run --release --example simulate -- 1000 > articles.jsonl"
)]
struct Arguments {
    /// How many articles
    articles: usize,
    /// Other numbers give other articles
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Put into ids, titles, outlets and texts what breaks careless readers: markup, controls, formulas
    #[arg(long)]
    hostile: bool,
    /// Say in every story what is said in no other, in made-up words: there are as many wordings as one likes
    #[arg(long)]
    distinct: bool,
    /// How many sentences are said in a story, at the least
    #[arg(long, default_value_t = 2)]
    sentences: usize,
}

const FIRST: &[&str] = &[
    "Ada", "Bruno", "Celia", "Dorian", "Edda", "Farid", "Greta", "Hollis", "Imke", "Jonas", "Kalea", "Lorcan",
];
const LAST: &[&str] = &[
    "Quill", "Marsh", "Oakden", "Varga", "Thistle", "Brandt", "Calloway", "Denholm", "Eskola", "Farrow",
    "Ito",
];
const ROLES: &[&str] = &["Mayor", "Senator", "Governor", "Judge", "Professor", "Sheriff"];
const TOWNS: &[&str] =
    &["Harbor", "Northfield", "Saltmarsh", "Larkhill", "Dunmore", "Westlake", "Ravenna", "Elmstead"];
const PAPERS: &[&str] = &["Ledger", "Courier", "Lantern", "Dispatch", "Chronicle"];
const WHO: &[&str] =
    &["We", "The council", "Our engineers", "The teachers of this town", "The pilots", "My neighbors"];
const WILL: &[&str] = &["will not", "will", "must", "should never", "cannot", "may well"];
const DO: &[&str] = &["close", "repair", "sell", "rename", "flood", "rebuild", "abandon", "measure"];
const WHAT: &[&str] = &[
    "the ferry line",
    "the old bridge",
    "the eastern canal",
    "the public library",
    "the salt works",
    "the night school",
];
const WHEN: &[&str] = &[
    "before the winter",
    "in the coming spring",
    "on anybody's orders",
    "without a vote",
    "while I am here",
];
const WHY: &[&str] = &[
    "because nobody asked the people who live there",
    "because the figures in that report are wrong",
    "and two thousand families know it",
    "and the harbor pays for it every single year",
    "so that our children have something to come back to",
];
const HOSTILE: &[&str] = &[
    "</script><script>alert(1)</script>",
    "a\"]; b [URL=\"x",
    "=1+1",
    "\u{0}\u{1}\u{1b}[31m",
    "\u{202e}turned\u{202c}",
    "\u{fffe}\u{ffff}",
    "<![CDATA[ & ]]> 'x' \\",
    "line\r\nline,\ttab;",
    "𝄞 naïve",
];

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut world = World {
        dice: Mt64::new(arguments.seed),
        hostile: arguments.hostile,
        sentences: arguments.sentences,
        words: arguments.distinct.then(|| Generator::new(arguments.seed)),
    };
    let written = world.write(arguments.articles, &mut out).and_then(|()| out.flush());
    common::status(0, written)
}

/// What is said once, and by whom.
struct Said {
    speaker: String,
    role: &'static str,
    sentences: Vec<String>,
}

struct World {
    dice: Mt64,
    hostile: bool,
    sentences: usize,
    /// Where what is said comes from, if not from the lists above.
    words: Option<Generator>,
}

impl World {
    fn below(&mut self, limit: usize) -> usize {
        (self.dice.next_u64() % limit.max(1) as u64) as usize
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        let at = self.below(from.len());
        from.get(at).copied().unwrap_or("")
    }

    fn spice(&mut self) -> &'static str {
        if self.hostile && self.below(3) == 0 { self.pick(HOSTILE) } else { "" }
    }

    /// Stories of two to twelve articles, until there are enough.
    fn write(&mut self, articles: usize, out: &mut impl Write) -> io::Result<()> {
        let mut written = 0;
        let mut story = 0;
        while written < articles {
            let said = self.said();
            let size = (2 + self.below(11)).min(articles - written);
            let day = self.below(28) + 1;
            let mut printed: Vec<String> = Vec::new();
            for number in 0..size {
                let outlet = format!("The {} {}{}", self.pick(TOWNS), self.pick(PAPERS), self.spice());
                let text = self.article(&said, &printed);
                let published = match self.below(5) {
                    0 => json!(null),
                    1 => json!(format!("2026-03-{day:02}")),
                    _ => json!(format!("2026-03-{day:02}T{:02}:{:02}:00Z", 6 + number, self.below(60))),
                };
                let id = format!("story{story}-{number}{}", self.spice());
                let title = format!("{} speaks out {}", said.speaker, self.spice());
                let line = json!({
                    "id": id, "text": text, "outlet": outlet, "title": title, "published": published,
                    "url": format!("https://news{}.example/{story}/{number}", self.below(40)), "language": "en",
                });
                writeln!(out, "{line}")?;
                printed.push(outlet);
            }
            written += size;
            story += 1;
        }
        Ok(())
    }

    fn said(&mut self) -> Said {
        let sentences = (0..self.sentences + self.below(3))
            .map(|_| {
                if let Some(words) = &mut self.words {
                    return words.quotation().trim_end_matches('.').to_owned();
                }
                let parts = [WHO, WILL, DO, WHAT, WHEN, WHY].map(|words| self.pick(words));
                format!("{} {} {} {} {}, {}", parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
            })
            .collect();
        let speaker = format!("{} {}", self.pick(FIRST), self.pick(LAST));
        Said { speaker, role: self.pick(ROLES), sentences }
    }

    /// One article: some of the sentences, each printed as one of the ways outlets have.
    fn article(&mut self, said: &Said, printed: &[String]) -> String {
        let Said { speaker, role, .. } = said;
        let mut text = format!("{role} {speaker} spoke to the town on Monday. {}\n", self.spice());
        for (number, sentence) in said.sentences.iter().enumerate() {
            if number > 0 && self.below(3) == 0 {
                continue;
            }
            let sentence = self.printing(sentence);
            let cue = match (self.below(4), printed.len()) {
                (0, 1..) => {
                    let at = self.below(printed.len());
                    format!("{speaker} told {}", printed.get(at).map_or("", String::as_str))
                }
                (1, 1..) => {
                    format!("{speaker} said, according to {}", printed.first().map_or("", String::as_str))
                }
                (2, _) => format!("{speaker} wrote on Twitter"),
                _ => format!("{role} {speaker} said"),
            };
            text.push_str(&format!("\n“{sentence},” {cue}.\n"));
        }
        text
    }

    /// A sentence whole, cut short, or with a word changed.
    fn printing(&mut self, sentence: &str) -> String {
        match self.below(6) {
            0 => sentence.split_once(", ").map_or(sentence, |(first, _)| first).to_owned(),
            1 => sentence.replace(" will not ", " will ").replace("two thousand", "three thousand"),
            2 => sentence.replace("nobody", "no one"),
            _ => sentence.to_owned(),
        }
    }
}
