//! The twelve months that a plan is made from, out of the months of the files.
//!
//! A month is whole if a billing period covers it, or if there are rows on or before its first day and on or after its last.
//! The twelve months end with the last whole one; those before the first whole one are filled. The partial months beside
//! them are shown, and everything else is outside.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::Filling;
use super::tally::{MonthNumber, first_day, month_of};
use super::times::DAY;
use crate::usage::MONTHS;

/// The number of months in the horizon.
const HORIZON: MonthNumber = MONTHS as MonthNumber;

/// Which months the files have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRange {
    /// From the first month with rows to the last.
    all: RangeInclusive<MonthNumber>,
    /// The first and the last whole month.
    whole: Option<(MonthNumber, MonthNumber)>,
    /// Months that a billing period covers, without regard to rows.
    covered: BTreeSet<MonthNumber>,
    days: (i64, i64),
}

impl MonthRange {
    /// The months with rows from one day to another, with these billing periods.
    pub fn new(days: (i64, i64), periods: &BTreeSet<(i64, i64)>) -> Self {
        let all = month_of(days.0)..=month_of(days.1);
        let covered = covered(&all, periods);
        let mut span = Self { all: all.clone(), whole: None, covered, days };
        // Between the first and the last month all are whole.
        let whole = [*all.start(), *all.start() + 1, *all.end() - 1, *all.end()].into_iter().filter(|&month| span.is_whole(month));
        let whole: Vec<MonthNumber> = whole.collect();
        span.whole = whole.first().zip(whole.last()).map(|(&first, &last)| (first, last));
        span
    }

    /// Whether all of a month's calls are there.
    pub fn is_whole(&self, month: MonthNumber) -> bool {
        let has_rows_around = self.days.0 <= first_day(month) && self.days.1 >= first_day(month + 1) - 1;
        self.all.contains(&month) && (has_rows_around || self.covered.contains(&month))
    }

    /// The months that are shown: the twelve, and the partial ones beside them.
    pub fn shown(&self) -> RangeInclusive<MonthNumber> {
        let Some((_, last)) = self.whole else { return self.all.clone() };
        let before = last - HORIZON;
        let first = if before >= *self.all.start() && self.is_whole(before) { before + 1 } else { before };
        first.max(*self.all.start())..=(last + 1).min(*self.all.end())
    }

    /// The twelve months, and how many of them are before the first whole one; `None` without a whole month.
    pub fn twelve(&self) -> Option<(RangeInclusive<MonthNumber>, MonthNumber)> {
        let (first, last) = self.whole?;
        let start = last - HORIZON + 1;
        Some((start..=last, (first - start).max(0)))
    }
}

/// The months of a range that the periods cover, one alone or several that touch.
fn covered(months: &RangeInclusive<MonthNumber>, periods: &BTreeSet<(i64, i64)>) -> BTreeSet<MonthNumber> {
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for &(start, end) in periods {
        match joined.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => joined.push((start, end)),
        }
    }
    let mut covered = BTreeSet::new();
    for (start, end) in joined {
        let mut month = month_of(start.div_euclid(DAY)).max(*months.start());
        while month <= *months.end() && first_day(month).saturating_mul(DAY) < end {
            if first_day(month).saturating_mul(DAY) >= start && first_day(month + 1).saturating_mul(DAY) <= end {
                covered.insert(month);
            }
            month += 1;
        }
    }
    covered
}

/// The calls of the twelve months, with those before the first whole one filled.
pub fn filled(twelve: &[u128], before: usize, filling: Filling) -> Vec<u128> {
    let whole = twelve.get(before..).unwrap_or_default();
    let average = match filling {
        Filling::None => 0,
        Filling::Average => whole.iter().fold(0_u128, |sum, &calls| sum.saturating_add(calls)).div_ceil(whole.len().max(1) as u128),
    };
    std::iter::repeat_n(average, before).chain(whole.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use crate::usage_files::times::day_number;

    fn day(text: &str) -> i64 {
        let date = Date::parse(text).expect("a date").to_string();
        let parts: Vec<u16> = date.split('-').map(|part| part.parse().expect("a number")).collect();
        day_number(parts[0], parts[1] as u8, parts[2] as u8).expect("a day")
    }

    /// The shown months and those of them that are whole, and the first and the last of the twelve with the number filled.
    #[track_caller]
    fn check(first: &str, last: &str, periods: &[(&str, &str)], shown: &str, whole: &str, twelve: Option<(&str, MonthNumber)>) {
        let periods = periods.iter().map(|(start, end)| (day(start) * DAY, day(end) * DAY)).collect();
        let span = MonthRange::new((day(first), day(last)), &periods);
        let name = |month: MonthNumber| format!("{:04}-{:02}", month / 12, month % 12 + 1);
        let range = |months: Vec<MonthNumber>| match months[..] {
            [] => String::new(),
            [first, ..] => format!("{} {}", name(first), name(months[months.len() - 1])),
        };
        assert_eq!(range(span.shown().collect()), shown, "shown");
        assert_eq!(range(span.shown().filter(|&month| span.is_whole(month)).collect()), whole, "whole");
        assert_eq!(span.twelve().map(|(range, filled)| (name(*range.end()), filled)), twelve.map(|(last, filled)| (last.into(), filled)));
    }

    #[test]
    fn months_are_whole_with_rows_around_them() {
        check("2026-01-01", "2026-12-31", &[], "2026-01 2026-12", "2026-01 2026-12", Some(("2026-12", 0)));
        check("2026-01-02", "2026-12-30", &[], "2026-01 2026-12", "2026-02 2026-11", Some(("2026-11", 2)));
        check("2026-01-31", "2026-02-01", &[], "2026-01 2026-02", "", None);
        check("2026-01-31", "2026-02-28", &[], "2026-01 2026-02", "2026-02 2026-02", Some(("2026-02", 11)));
        check("2026-03-01", "2026-03-31", &[], "2026-03 2026-03", "2026-03 2026-03", Some(("2026-03", 11)));
        check("2026-03-05", "2026-03-20", &[], "2026-03 2026-03", "", None);
    }

    #[test]
    fn billing_periods_make_months_whole() {
        let march = ("2026-03-01", "2026-04-01");
        check("2026-03-05", "2026-03-20", &[march], "2026-03 2026-03", "2026-03 2026-03", Some(("2026-03", 11)));
        check("2026-03-05", "2026-04-20", &[march], "2026-03 2026-04", "2026-03 2026-03", Some(("2026-03", 11)));
        check("2026-03-05", "2026-03-20", &[("2026-03-02", "2026-04-01")], "2026-03 2026-03", "", None);
        let halves = [("2026-02-15", "2026-03-15"), ("2026-03-15", "2026-04-15")];
        check("2026-03-05", "2026-03-20", &halves, "2026-03 2026-03", "2026-03 2026-03", Some(("2026-03", 11)));
    }

    #[test]
    fn more_than_twelve_months_are_outside() {
        check("2024-05-10", "2026-02-10", &[], "2025-02 2026-02", "2025-02 2026-01", Some(("2026-01", 0)));
        // A partial month right before the twelve is beside them.
        check("2025-01-10", "2026-02-10", &[], "2025-01 2026-02", "2025-02 2026-01", Some(("2026-01", 0)));
        check("2024-12-10", "2026-02-10", &[], "2025-02 2026-02", "2025-02 2026-01", Some(("2026-01", 0)));
    }

    #[test]
    fn filling_takes_the_average_rounded_up() {
        assert_eq!(filled(&[9, 0, 3, 4], 2, Filling::Average), [4, 4, 3, 4]);
        assert_eq!(filled(&[9, 0, 3, 4], 2, Filling::None), [0, 0, 3, 4]);
        assert_eq!(filled(&[1, 2], 0, Filling::Average), [1, 2]);
    }
}
