//! The report on a replay: peak, quantiles, failures and waits by number of slots, and the slots of each month.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::calls::Collecting;
use super::live::{Failures, Live};
use super::timeline::Timeline;
use super::{Call, MOST_NUMBERS, ReplayOptions, TimeIs, queued};
use crate::money::Decimal;
use crate::usage_files::problem::FileErrorKind;
use crate::usage_files::tally::{ZoneSeen, calendar_month};
use crate::usage_files::times::{DAY, SECOND, civil};
use crate::usage_files::{Left, LeftOutRow, Note, left_out_rows};

/// The numbers of slots that are simulated together while the slots of months are looked for.
const SEARCHED_TOGETHER: u32 = 64;

/// What a replay shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplayReport {
    /// All rows but headings.
    pub rows: u64,
    /// Rows that are no calls, by reason.
    pub left_out: Vec<LeftOutRow>,
    /// The calls.
    pub calls: u64,
    /// The first start.
    pub first: Option<String>,
    /// The last start.
    pub last: Option<String>,
    /// The most calls at once, without a limit.
    pub peak: u32,
    /// How many calls run at most for 95, 99 and 99.9 percent of the time.
    pub at_once: AtOnce,
    /// Failures and waits by number of slots.
    pub slots: Vec<SlotsRow>,
    /// The months of the starts.
    pub months: Vec<ReplayMonth>,
    /// What else there is to know.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

/// How many calls run at most for shares of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AtOnce {
    /// For 95% of the time.
    pub p95: u32,
    /// For 99% of the time.
    pub p99: u32,
    /// For 99.9% of the time.
    pub p999: u32,
}

impl Serialize for AtOnce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        for (name, calls) in [("95", self.p95), ("99", self.p99), ("99.9", self.p999)] {
            map.serialize_entry(name, &calls)?;
        }
        map.end()
    }
}

/// What becomes of the calls with a number of slots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlotsRow {
    /// The number of slots.
    pub slots: u32,
    /// The calls that fail where none waits.
    pub failed: u64,
    /// Their share of all calls, with at most six decimals.
    pub share: String,
    /// The longest wait where none fails.
    pub longest_wait_seconds: String,
}

/// A month of a replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplayMonth {
    /// The month, as in `2026-01`.
    pub month: String,
    /// The calls that start in it.
    pub calls: u64,
    /// The most calls at once as one of them starts.
    pub peak: u32,
    /// The first number of slots at which no more than the accepted share of them fail.
    pub slots: u32,
}

/// The calls of all files.
#[derive(Debug, Default)]
pub struct Collected {
    pub(super) calls: Vec<Call>,
    pub(super) notes: Vec<Note>,
    left_out: [u64; Left::ALL.len()],
    rows: u64,
    zone: ZoneSeen,
}

impl Collected {
    /// Adds the calls of a file.
    pub(super) fn add(&mut self, mut file: Collecting, name: &str) -> Result<(), FileErrorKind> {
        let calls = file.take_calls()?;
        if self.calls.is_empty() {
            self.calls = calls;
        } else {
            self.calls.extend(calls);
        }
        for (sum, further) in self.left_out.iter_mut().zip(file.left_out) {
            *sum += further;
        }
        self.rows += file.rows;
        self.zone = self.zone.merged(file.zone);
        let file_name = || String::from(name);
        if let Some(bad) = file.first_malformed {
            self.notes.push(Note::Malformed { file: file_name(), row: bad.row, column: bad.column });
        }
        if let Some(taken) = file.taken {
            self.notes.push(Note::TimeTaken { file: file_name(), is_end: taken == TimeIs::End });
        }
        if file.jumps.0 > 0 {
            self.notes.push(Note::ClockWentBack { file: file_name(), times: file.jumps.0, row: file.jumps.1 });
        }
        Ok(())
    }
}

/// Replays the calls.
pub fn report(collected: Collected, options: &ReplayOptions) -> ReplayReport {
    let offset = match (options.zone, collected.zone) {
        (Some(zone), _) | (None, ZoneSeen::One(zone)) => zone,
        (None, _) => 0,
    };
    let calls = collected.calls.len() as u64;
    let timeline = Timeline::new(collected.calls);
    let peak = timeline.peak();
    let numbers = match options.slots {
        Some(slots) => vec![slots],
        None => spread(peak),
    };
    let live = Live::new(&timeline);
    let failures = live.failures(&numbers);
    let waits = queued::longest_waits(&timeline, &numbers);
    let by_month = timeline.by_month();
    let month_slots = slots_of_months(&live, &failures, &by_month, peak, options.accepted_failure);
    let row = |((&slots, failed), wait): ((&u32, &Vec<u64>), u128)| {
        let failed = failed.iter().sum();
        SlotsRow { slots, failed, share: share(failed, calls), longest_wait_seconds: seconds(wait) }
    };
    let months = timeline.months.iter().zip(by_month).zip(month_slots).map(|((&month, (calls, peak)), slots)| {
        let month = calendar_month(month.into()).map(|month| month.to_string()).unwrap_or_default();
        ReplayMonth { month, calls, peak, slots }
    });
    ReplayReport {
        rows: collected.rows,
        left_out: left_out_rows(&collected.left_out),
        calls,
        first: timeline.span.map(|(first, _)| moment(first, offset)),
        last: timeline.span.map(|(_, last)| moment(last, offset)),
        peak,
        at_once: AtOnce { p95: timeline.at_once(950), p99: timeline.at_once(990), p999: timeline.at_once(999) },
        slots: failures.slots.iter().zip(&failures.by_month).zip(waits).map(row).collect(),
        months: months.collect(),
        notes: collected.notes,
    }
}

/// The numbers from 1 to the peak, or as many as are listed, evenly spread, with 1 and the peak among them.
fn spread(peak: u32) -> Vec<u32> {
    let (most, steps) = (MOST_NUMBERS as u64, MOST_NUMBERS as u64 - 1);
    if u64::from(peak) <= most {
        return (1..=peak).collect();
    }
    // Rounded to the nearest.
    (0..most).filter_map(|step| u32::try_from(1 + (step * u64::from(peak - 1) * 2 + steps) / (steps * 2)).ok()).collect()
}

/// The first number of slots for each month, counting from 1, at which at most the accepted share of its calls fail.
fn slots_of_months(live: &Live<'_>, known: &Failures, months: &[(u64, u32)], peak: u32, accepted: Decimal) -> Vec<u32> {
    let mut known: BTreeMap<u32, Vec<u64>> = known.slots.iter().copied().zip(known.by_month.iter().cloned()).collect();
    let most_failed: Vec<u64> = months.iter().map(|&(calls, _)| share_of(calls, accepted)).collect();
    let mut found = vec![0; months.len()];
    let mut slots = 1;
    while found.contains(&0) && slots <= peak.max(1) {
        if !known.contains_key(&slots) {
            let together: Vec<u32> =
                (slots..=peak.max(1)).filter(|number| !known.contains_key(number)).take(SEARCHED_TOGETHER as usize).collect();
            let failures = live.failures(&together);
            known.extend(failures.slots.into_iter().zip(failures.by_month));
        }
        for (place, failed) in known.get(&slots).into_iter().flatten().enumerate() {
            if found[place] == 0 && *failed <= most_failed[place] {
                found[place] = slots;
            }
        }
        slots += 1;
    }
    found
}

/// The most whole calls that are no more than a share of all.
fn share_of(calls: u64, share: Decimal) -> u64 {
    let share = share.decimal();
    // A share has at most 9 decimals and is at most 1.
    let part = u128::from(calls) * share.mantissa().unsigned_abs() / 10_u128.pow(share.scale());
    u64::try_from(part).unwrap_or(calls)
}

/// A share with at most six decimals, rounded half up, without zeros at its end.
fn share(part: u64, whole: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    decimal((part * 2_000_000 + whole) / (whole * 2))
}

fn seconds(micros: u128) -> String {
    decimal(micros)
}

/// Millionths as a decimal without zeros at its end.
fn decimal(millionths: u128) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').into()
}

/// A moment in RFC 3339, with the offset.
fn moment(instant: i64, offset: i32) -> String {
    let local = instant.saturating_add(i64::from(offset) * SECOND);
    let (year, month, day) = civil(local.div_euclid(DAY));
    let micros = local.rem_euclid(DAY);
    let (seconds, rest) = (micros / SECOND, micros % SECOND);
    let fraction = if rest == 0 { String::new() } else { format!(".{rest:06}").trim_end_matches('0').into() };
    let minutes = offset.abs() / 60;
    let zone = match offset {
        0 => "Z".into(),
        _ => format!("{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60),
    };
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}{fraction}{zone}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_many_numbers_evenly() {
        assert!(spread(0).is_empty());
        assert_eq!(spread(3), [1, 2, 3]);
        assert_eq!(spread(200), (1..=200).collect::<Vec<_>>());
        for peak in [201, 1_000, 4_294_967_295] {
            let numbers = spread(peak);
            assert_eq!((numbers.len(), numbers[0], numbers[199]), (200, 1, peak));
            assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{peak}");
        }
        assert_eq!(spread(399)[..4], [1, 3, 5, 7]);
    }

    #[test]
    fn rounds_shares_half_up() {
        for (part, whole, expected) in [
            (0, 3, "0"),
            (1, 3, "0.333333"),
            (2, 3, "0.666667"),
            (1, 2_000_000, "0.000001"),
            (1, 2_000_001, "0"),
            (3, 3, "1"),
            (1, 4, "0.25"),
        ] {
            assert_eq!(share(part, whole), expected, "{part} of {whole}");
        }
        assert_eq!([0, 4_200_000, 1, 10_000_000].map(seconds), ["0", "4.2", "0.000001", "10"]);
    }

    #[test]
    fn writes_moments() {
        assert_eq!(moment(0, 0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(1_767_225_600_123_400, 28_800), "2026-01-01T08:00:00.1234+08:00");
        assert_eq!(moment(-1, -19_800), "1969-12-31T18:29:59.999999-05:30");
    }
}
