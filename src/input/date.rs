//! Publication times as people, headers and web pages write them.

use crate::document::Published;

/// Forms with a day and no clock, tried in this order (`strptime`).
const DAYS: &[&str] = &[
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%B %d, %Y",
    "%b %d, %Y",
    "%b. %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%A, %B %d, %Y",
    "%A, %d %B %Y",
    "%d.%m.%Y",
];

/// Forms with a clock and a zone.
const TIMES: &[&str] = &[
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%Y-%m-%d %H:%M:%S%.f%z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%dT%H:%M%:z",
    "%Y-%m-%dT%H:%MZ",
];

/// The time that `value` gives. A clock without a zone tells the day alone, since nobody knows whose clock it was;
/// what stands behind a day (`March 2, 2026 at 8:15 a.m.`) is passed over. `None` if it is no date.
pub(super) fn read(value: &str) -> Option<Published> {
    let value = value.trim();
    if let Ok(published) = value.parse() {
        return Some(published);
    }
    zoned(value)
        .or_else(|| day(value))
        .or_else(|| value.get(..10).and_then(day))
        .or_else(|| first_words(value))
}

fn zoned(value: &str) -> Option<Published> {
    let stamp = TIMES.iter().find_map(|form| jiff::Timestamp::strptime(form, value).ok());
    let stamp = stamp.or_else(|| jiff::fmt::rfc2822::parse(value).ok().map(|zoned| zoned.timestamp()))?;
    stamp.to_string().parse().ok()
}

fn day(value: &str) -> Option<Published> {
    // `strptime` takes the start of a year for a year.
    let is_modern = |date: &jiff::civil::Date| (1000..=2999).contains(&date.year());
    let read = |form: &&str| jiff::civil::Date::strptime(form, value).ok().filter(is_modern);
    let date = DAYS.iter().find_map(read)?;
    date.to_string().parse().ok()
}

/// The day at the start of a longer string: its first three or four words.
fn first_words(value: &str) -> Option<Published> {
    let words: Vec<&str> = value.split_whitespace().take(4).collect();
    (3..=words.len()).find_map(|count| {
        let start = words.get(..count)?.join(" ");
        day(start.trim_end_matches([',', '|', '-', '–', ' ']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_in_many_forms() {
        let cases = [
            ("2026-03-02", "2026-03-02"),
            ("2026-03-02T08:15:00Z", "2026-03-02T08:15:00Z"),
            ("2026-03-02T08:15:00+01:00", "2026-03-02T07:15:00Z"),
            ("2026-03-02T08:15:00+0100", "2026-03-02T07:15:00Z"),
            ("2026-03-02T08:15:00.000-0500", "2026-03-02T13:15:00Z"),
            ("2026-03-02T08:15:00", "2026-03-02"),
            ("2026-03-02 08:15", "2026-03-02"),
            ("Mon, 02 Mar 2026 08:15:00 +0000", "2026-03-02T08:15:00Z"),
            ("20260302", "2026-03-02"),
            ("March 2, 2026", "2026-03-02"),
            ("March 2, 2026 at 8:15 a.m.", "2026-03-02"),
            ("2 March 2026, 8:15", "2026-03-02"),
            ("02.03.2026", "2026-03-02"),
        ];
        for (value, expected) in cases {
            assert_eq!(read(value).map(|found| found.to_string()).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for value in ["", "soon", "the day after", "13/13/2026", "2026", "\u{2603}\u{2603}\u{2603}\u{2603}"] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
