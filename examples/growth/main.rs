//! How matching grows: time, latency and memory from ten thousand quotations to a million, and a picture of it.
//!
//! `growth [MOST] [PICTURE.svg]` builds an index of 10,000, 30,000, … up to MOST quotations (100,000 unless told
//! otherwise) that the program makes up itself, a line each, and draws the time over the number. A quarter of the
//! quotations are fragments of others: how many of the pairs that are put together are a quotation and its fragment, and
//! how many of these are put together, says whether precision drifts as the collection grows.

use std::io;
use std::time::{Duration, Instant};

use quotetrace::matching::{Frequencies, Group, QuoteIndex};

#[expect(unreachable_pub, reason = "the benches use it too")]
mod generator;
use generator::Generator;

struct Row {
    count: usize,
    time: Duration,
    median: Duration,
    p99: Duration,
    bytes: usize,
    text: usize,
    groups: usize,
    /// Pairs in one group that are a quotation and its fragment, pairs in one group, and pairs that should be.
    pairs: [usize; 3],
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let most = arguments.next().and_then(|most| most.parse().ok()).unwrap_or(100_000);
    let sizes = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];
    let from = if most < 30_000 { 1_000 } else { 10_000 };
    println!(
        "{:>10} {:>9} {:>11} {:>11} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "quotations", "seconds", "p50 us", "p99 us", "bytes", "of text", "groups", "precision", "recall"
    );
    let rows: Vec<Row> = sizes.into_iter().filter(|size| (from..=most).contains(size)).map(measure).collect();
    if let [first, .., last] = rows.as_slice() {
        let exponent = (last.time.as_secs_f64() / first.time.as_secs_f64()).ln()
            / (last.count as f64 / first.count as f64).ln();
        println!("exponent {exponent:.2} from {} to {}", first.count, last.count);
    }
    match arguments.next() {
        Some(path) => std::fs::write(path, picture(&rows)),
        None => Ok(()),
    }
}

/// The time that this thread was at work, where the system tells; else the time that went by.
struct Clock(Instant, Option<Duration>);

impl Clock {
    fn start() -> Self {
        Self(Instant::now(), Self::at_work())
    }

    fn elapsed(&self) -> Duration {
        let worked = Self::at_work().zip(self.1).map(|(now, then)| now.saturating_sub(then));
        worked.unwrap_or_else(|| self.0.elapsed())
    }

    /// Of Linux: nanoseconds on a processor, first of three numbers.
    fn at_work() -> Option<Duration> {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
    }
}

fn quotations(count: usize) -> Vec<String> {
    let mut generator = Generator::new(7);
    let mut quotations: Vec<String> = Vec::with_capacity(count);
    for at in 0..count {
        let next = match quotations.last() {
            Some(last) if at % 4 == 3 => generator.fragment(last),
            _ => generator.quotation(),
        };
        quotations.push(next);
    }
    quotations
}

fn measure(count: usize) -> Row {
    let quotations = quotations(count);
    let mut index = QuoteIndex::new(Frequencies::background().clone());
    let mut latencies = Vec::with_capacity(count);
    let text: usize = quotations.iter().map(String::len).sum();
    let clock = Clock::start();
    for quotation in &quotations {
        let start = Instant::now();
        index.insert(quotation);
        latencies.push(start.elapsed());
    }
    let groups = index.groups();
    let time = clock.elapsed();
    latencies.sort_unstable();
    let at = |share: f64| latencies.get((count as f64 * share) as usize).copied().unwrap_or_default();
    let row = Row {
        count,
        time,
        median: at(0.5),
        p99: at(0.99),
        bytes: index.bytes() / count,
        text: text / count,
        groups: groups.len(),
        pairs: pairs(&groups, count),
    };
    let [right, given, there] = row.pairs.map(|pairs| pairs as f64);
    println!(
        "{:>10} {:>9.2} {:>11.1} {:>11.1} {:>9} {:>9} {:>9} {:>9.2} {:>9.2}",
        row.count,
        row.time.as_secs_f64(),
        row.median.as_secs_f64() * 1e6,
        row.p99.as_secs_f64() * 1e6,
        row.bytes,
        row.text,
        row.groups,
        100.0 * right / given.max(1.0),
        100.0 * right / there.max(1.0)
    );
    row
}

/// Every fourth quotation is a fragment of the one before it; nothing else goes together.
fn pairs(groups: &[Group], count: usize) -> [usize; 3] {
    let (mut right, mut given) = (0, 0);
    for group in groups {
        let members: Vec<usize> = group.members.iter().map(|slot| slot.index()).collect();
        given += members.len() * (members.len() - 1) / 2;
        let is_with_parent = |at: &&usize| **at % 4 == 3 && members.contains(&(**at - 1));
        right += members.iter().filter(is_with_parent).count();
    }
    [right, given, count / 4]
}

/// Time over number, both on logarithmic axes, with the line that growth in proportion would follow.
fn picture(rows: &[Row]) -> String {
    const WIDTH: f64 = 640.0;
    const HEIGHT: f64 = 400.0;
    const MARGIN: f64 = 60.0;
    let decades = |values: &mut dyn Iterator<Item = f64>| {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        (low.log10().floor(), high.log10().ceil().max(low.log10().floor() + 1.0))
    };
    let across = decades(&mut rows.iter().map(|row| row.count as f64));
    let up = decades(&mut rows.iter().map(|row| row.time.as_secs_f64()));
    let x = |count: f64| MARGIN + (count.log10() - across.0) / (across.1 - across.0) * (WIDTH - 2.0 * MARGIN);
    let y = |time: f64| HEIGHT - MARGIN - (time.log10() - up.0) / (up.1 - up.0) * (HEIGHT - 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{}\" y=\"28\" text-anchor=\"middle\" font-size=\"15\">Building an index: seconds of one thread over quotations</text>\n",
        WIDTH / 2.0
    );
    for decade in across.0 as i32..=across.1 as i32 {
        let at = x(10_f64.powi(decade));
        svg += &format!(
            "<path d=\"M{at:.1} {MARGIN}V{:.1}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n",
            HEIGHT - MARGIN,
            HEIGHT - MARGIN + 20.0,
            10_u64.pow(decade.max(0) as u32)
        );
    }
    for decade in up.0 as i32..=up.1 as i32 {
        let at = y(10_f64.powi(decade));
        svg += &format!(
            "<path d=\"M{MARGIN} {at:.1}H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{} s</text>\n",
            WIDTH - MARGIN,
            MARGIN - 8.0,
            at + 4.0,
            10_f64.powi(decade)
        );
    }
    if let [first, .., last] = rows {
        let proportional = first.time.as_secs_f64() * last.count as f64 / first.count as f64;
        svg += &format!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#999\" stroke-dasharray=\"5 5\"/><text x=\"{:.1}\" y=\"{:.1}\" fill=\"#666\" text-anchor=\"end\">in proportion</text>\n",
            x(first.count as f64),
            y(first.time.as_secs_f64()),
            x(last.count as f64),
            y(proportional),
            x(last.count as f64) - 24.0,
            y(proportional) + 54.0
        );
    }
    let points: Vec<String> = rows
        .iter()
        .map(|row| format!("{:.1},{:.1}", x(row.count as f64), y(row.time.as_secs_f64())))
        .collect();
    svg += &format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\"/>\n",
        points.join(" ")
    );
    for point in rows {
        svg += &format!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"#1f5fa8\"/>\n",
            x(point.count as f64),
            y(point.time.as_secs_f64())
        );
    }
    svg + "</svg>\n"
}
