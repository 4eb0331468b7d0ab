//! Times become columns, evenly spaced and in order; coarser times where there would be too many.

use std::collections::BTreeSet;

use crate::document::Published;

/// The most columns of time that can be told apart.
const MOST: usize = 24;

/// Lengths of time that columns may have, in seconds: a second, an hour, six hours, a day, a week, about a month, a
/// quarter and a year.
const LENGTHS: [i64; 8] = [1, 3_600, 21_600, 86_400, 604_800, 2_629_800, 7_889_400, 31_557_600];

/// The columns of time of a drawing.
pub(super) struct Columns {
    /// The first second of each, in order.
    pub(super) starts: Vec<i64>,
    /// How long each is; one second where every time has a column of its own.
    pub(super) length: i64,
    /// Whether a column of one second has a time of day, and not a date alone.
    pub(super) timed: Vec<bool>,
    exact: Vec<(i64, i64)>,
}

impl Columns {
    /// The columns for some times.
    pub(super) fn new(times: impl Iterator<Item = Published>) -> Self {
        let exact: BTreeSet<(i64, i64)> = times.map(|time| (time.from(), time.until())).collect();
        let exact: Vec<(i64, i64)> = exact.into_iter().collect();
        if exact.len() <= MOST {
            return Self {
                starts: exact.iter().map(|(from, _)| *from).collect(),
                timed: exact.iter().map(|(from, until)| until.saturating_sub(*from) < 86_400).collect(),
                length: 1,
                exact,
            };
        }
        let starts = |length: i64| -> BTreeSet<i64> {
            exact.iter().map(|(from, _)| from.div_euclid(length).saturating_mul(length)).collect()
        };
        let mut length = 1;
        for longer in LENGTHS {
            length = longer;
            if starts(length).len() <= MOST {
                break;
            }
        }
        while starts(length).len() > MOST {
            length = length.saturating_mul(2);
        }
        let starts: Vec<i64> = starts(length).into_iter().collect();
        let timed = vec![length < 86_400; starts.len()];
        Self { starts, length, timed, exact: Vec::new() }
    }

    /// The column of a time. O(log n).
    pub(super) fn of(&self, time: Published) -> usize {
        if self.exact.is_empty() {
            self.starts.partition_point(|start| *start <= time.from()).saturating_sub(1)
        } else {
            self.exact.partition_point(|exact| *exact < (time.from(), time.until()))
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(all: &[&str]) -> Vec<Published> {
        all.iter().map(|time| time.parse().unwrap()).collect()
    }

    #[test]
    fn few_times_have_a_column_each_and_a_date_stands_before_the_hours_of_its_day() {
        let all = times(&["2026-03-02T19:40:00Z", "2026-03-02", "2026-03-03"]);
        let columns = Columns::new(all.iter().copied());
        assert_eq!(all.iter().map(|time| columns.of(*time)).collect::<Vec<_>>(), [1, 0, 2]);
        assert_eq!(columns.timed, [false, true, false]);
    }

    #[test]
    fn many_times_share_columns() {
        let all: Vec<Published> = (0..500)
            .map(|n| format!("2026-03-{:02}T{:02}:{:02}:00Z", n / 48 + 1, n % 24, n % 60).parse().unwrap())
            .collect();
        let columns = Columns::new(all.iter().copied());
        assert!(columns.len() <= MOST && columns.length >= 86_400);
        let mut sorted = all.clone();
        sorted.sort_by_key(|time| time.from());
        assert!(sorted.is_sorted_by_key(|time| columns.of(*time)));
    }

    #[test]
    fn the_ends_of_time_are_times() {
        let all = times(&["0001-01-01", "9999-12-30T00:00:00Z"]);
        assert_eq!(Columns::new(all.into_iter()).len(), 2);
    }
}
