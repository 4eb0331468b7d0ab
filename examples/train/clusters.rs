//! Classes of words by the words beside them: the exchange algorithm (Kneser and Ney 1993; Martin, Liermann and
//! Ney 1998), which moves one word at a time to the class that makes the text likeliest.

use std::collections::BTreeMap;
use std::fmt::Write;

/// How many classes there are.
const CLASSES: usize = 64;
/// Words of the table; the most frequent ones.
const WORDS: usize = 12_000;
/// Passes over all words at the most.
const PASSES: usize = 20;

/// A word's neighbours and how often they stand beside it.
type Beside = Vec<(usize, f64)>;

/// The table `word class` learned from lines `word count` and `word word count`, both by falling count.
pub(crate) fn learn(words: &str, pairs: &str) -> String {
    let vocabulary: Vec<&str> = rows(words).take(WORDS).map(|(word, _)| word).collect();
    let index: BTreeMap<&str, usize> = vocabulary.iter().enumerate().map(|(at, word)| (*word, at)).collect();
    let mut after: Vec<Beside> = vec![Vec::new(); vocabulary.len()];
    let mut before: Vec<Beside> = vec![Vec::new(); vocabulary.len()];
    for (pair, count) in rows(pairs) {
        let Some((first, second)) = pair.split_once(' ') else { continue };
        if let (Some(&first), Some(&second)) = (index.get(first), index.get(second)) {
            after[first].push((second, count));
            before[second].push((first, count));
        }
    }
    let classes = Exchange::new(&before, &after).run();
    let mut table = String::from(
        "# Classes of words by the words beside them, learned by examples/train; see weights.md.\n",
    );
    for (word, class) in vocabulary.iter().zip(classes) {
        let _ = writeln!(table, "{word}\t{}", class + 1);
    }
    table
}

fn rows(file: &str) -> impl Iterator<Item = (&str, f64)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (words, count) = line.split_once('\t')?;
        Some((words, count.parse().ok()?))
    })
}

struct Exchange<'a> {
    before: &'a [Beside],
    after: &'a [Beside],
    class: Vec<usize>,
    /// How often a class stands before another.
    pairs: Vec<f64>,
    /// How often a class stands first, and second.
    sums: [Vec<f64>; 2],
}

/// A word's counts by class of its neighbours, and with itself.
struct Counts {
    before: Vec<f64>,
    after: Vec<f64>,
    itself: f64,
}

fn entropy(count: f64) -> f64 {
    if count > 0.5 { count * count.ln() } else { 0.0 }
}

impl<'a> Exchange<'a> {
    fn new(before: &'a [Beside], after: &'a [Beside]) -> Self {
        let class = (0..after.len()).map(|word| word % CLASSES).collect();
        let sums = [vec![0.0; CLASSES], vec![0.0; CLASSES]];
        let mut new = Self { before, after, class, pairs: vec![0.0; CLASSES * CLASSES], sums };
        for (word, list) in after.iter().enumerate() {
            for (next, count) in list {
                let (first, second) = (new.class[word], new.class[*next]);
                new.pairs[first * CLASSES + second] += count;
                new.sums[0][first] += count;
                new.sums[1][second] += count;
            }
        }
        new
    }

    fn run(mut self) -> Vec<usize> {
        for pass in 0..PASSES {
            let moved = (0..self.class.len()).filter(|word| self.exchange(*word)).count();
            eprintln!("pass {pass}: {moved} moved");
            if moved * 200 < self.class.len() {
                break;
            }
        }
        self.class
    }

    fn counts(&self, word: usize) -> Counts {
        let mut counts = Counts { before: vec![0.0; CLASSES], after: vec![0.0; CLASSES], itself: 0.0 };
        for (other, count) in &self.after[word] {
            if *other == word {
                counts.itself += count;
            } else {
                counts.after[self.class[*other]] += count;
            }
        }
        for (other, count) in self.before[word].iter().filter(|(other, _)| *other != word) {
            counts.before[self.class[*other]] += count;
        }
        counts
    }

    /// Moves a word to its best class; whether that is another one.
    fn exchange(&mut self, word: usize) -> bool {
        let counts = self.counts(word);
        let old = self.class[word];
        self.shift(old, &counts, -1.0);
        let mut best = (f64::NEG_INFINITY, old);
        for class in 0..CLASSES {
            let gain = self.gain(class, &counts);
            if gain > best.0 + 1e-6 {
                best = (gain, class);
            }
        }
        self.shift(best.1, &counts, 1.0);
        self.class[word] = best.1;
        best.1 != old
    }

    fn shift(&mut self, class: usize, counts: &Counts, sign: f64) {
        for other in 0..CLASSES {
            self.pairs[class * CLASSES + other] += sign * counts.after[other];
            self.pairs[other * CLASSES + class] += sign * counts.before[other];
        }
        self.pairs[class * CLASSES + class] += sign * counts.itself;
        let [first, second] = &mut self.sums;
        first[class] += sign * (counts.after.iter().sum::<f64>() + counts.itself);
        second[class] += sign * (counts.before.iter().sum::<f64>() + counts.itself);
    }

    /// By how much the text is likelier with the word in `class` than in none, up to what is the same for all.
    fn gain(&self, class: usize, counts: &Counts) -> f64 {
        let mut gain = 0.0;
        let step = |old: f64, add: f64| entropy(old + add) - entropy(old);
        for other in (0..CLASSES).filter(|other| *other != class) {
            if counts.after[other] > 0.0 {
                gain += step(self.pairs[class * CLASSES + other], counts.after[other]);
            }
            if counts.before[other] > 0.0 {
                gain += step(self.pairs[other * CLASSES + class], counts.before[other]);
            }
        }
        let both = counts.after[class] + counts.before[class] + counts.itself;
        gain += step(self.pairs[class * CLASSES + class], both);
        let first = counts.after.iter().sum::<f64>() + counts.itself;
        let second = counts.before.iter().sum::<f64>() + counts.itself;
        // The neighbours' own sums stay as they are.
        gain - step(self.sums[0][class], first) - step(self.sums[1][class], second)
    }
}
