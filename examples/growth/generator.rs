//! Quotations for measuring: as many distinct ones as one likes, the same ones every time, nobody's words.

/// Words that every sentence is full of.
const COMMON: [&str; 48] = [
    "the", "of", "and", "to", "a", "in", "that", "is", "we", "it", "for", "on", "with", "not", "are", "this",
    "have", "be", "will", "our", "they", "from", "as", "at", "by", "was", "has", "but", "you", "all", "more",
    "can", "their", "about", "who", "what", "there", "when", "would", "people", "need", "going", "one",
    "want", "because", "now", "time", "make",
];
const SYLLABLES: [&str; 24] = [
    "bar", "ten", "lo", "mi", "rad", "sul", "ve", "kor", "ni", "pal", "dun", "ste", "ga", "wel", "ho", "ric",
    "ta", "zem", "ble", "fin", "ru", "cha", "mon", "der",
];

/// Gives distinct quotations of 8 to 44 words, about half of them everyday words, the others drawn as words of a
/// language are (the n-th most frequent about 1/n as often as the first), from some 20,000 made-up ones.
#[derive(Clone, Debug)]
pub struct Generator(u64);

impl Generator {
    /// The same seed gives the same quotations.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`: xorshift64*.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }

    fn word(&mut self, text: &mut String) {
        if self.below(2) == 0 {
            let at = self.below(COMMON.len()) * self.below(COMMON.len()) / COMMON.len();
            text.push_str(COMMON.get(at).copied().unwrap_or_default());
            return;
        }
        // 1/n by drawing the logarithm evenly.
        let mut rank = (20_000_f64.powf(self.below(1 << 20) as f64 / f64::from(1 << 20))) as usize * 7919;
        for _ in 0..3 {
            text.push_str(SYLLABLES.get(rank % SYLLABLES.len()).copied().unwrap_or_default());
            rank /= SYLLABLES.len();
        }
    }

    /// The next quotation.
    pub fn quotation(&mut self) -> String {
        let words = 8 + self.below(13) + self.below(13) + self.below(13);
        let mut text = String::with_capacity(words * 7);
        for at in 0..words {
            if at > 0 {
                text.push_str(if self.below(12) == 0 { ", " } else { " " });
            }
            self.word(&mut text);
        }
        text.push('.');
        text
    }

    /// A piece of a quotation: five words and more of it.
    pub fn fragment(&mut self, text: &str) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        let length = 5 + self.below(words.len().saturating_sub(5));
        let from = self.below(words.len().saturating_sub(length) + 1);
        words.iter().skip(from).take(length).copied().collect::<Vec<_>>().join(" ")
    }
}
