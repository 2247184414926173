//! Slots that several services share.
//!
//! Queued work adds up, and so do the loads of live traffic: Erlang B holds for calls of mixed durations. So services need
//! fewer slots together than each for itself. Loads and work are added exactly, as fractions of whole numbers.

use super::erlang::{Load, erlang_b, fewest_slots, is_enough, to_float};
use super::{Blocking, BusyHour, MAX_LOAD, SECS_PER_HOUR, nine_decimals, parts};
use crate::money::Decimal;
use crate::usage::MONTHS;

/// How the slots of several services together are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PooledRule {
    /// The slots of each month, as given.
    Slots([u64; MONTHS]),
    /// Calls wait for a free slot.
    Queued {
        /// Hours of a month in which calls run; above 0, at most 744.
        busy_hours_per_month: Decimal,
        /// The share of those hours for which a slot should be busy; above 0, at most 1.
        target_utilisation: Decimal,
    },
    /// Calls that find no free slot fail.
    Live {
        /// The share of the busiest hour's calls that may fail; above 0 and below 1.
        accepted_failure: Decimal,
    },
}

/// The calls of one service in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Above 0.
    pub calls: u64,
    /// The average duration of a call; above 0.
    pub seconds_per_call: Decimal,
    /// The calls of the busiest hour at the given volume, for live traffic.
    pub busy_hour: Option<BusyHour>,
}

impl PooledRule {
    /// The slots that the work of a month, counted from 0, needs, where they are at most `most`; `None` above. Busiest hours that
    /// were given in calls grow to `percent`. No work needs no slots.
    ///
    /// ```
    /// use callmix::capacity::{PooledRule, Work};
    /// use callmix::money::Decimal;
    /// let decimal = |text| Decimal::parse(text).unwrap();
    /// let work = |calls, seconds| Work { calls, seconds_per_call: decimal(seconds), busy_hour: None };
    /// let rule = PooledRule::Queued { busy_hours_per_month: decimal("10"), target_utilisation: decimal("1") };
    /// // A slot has 36,000 s. 54,000 s need two slots, and two times as much needs three.
    /// assert_eq!(rule.slots_needed(0, &[work(900, "60")], 100, 50), Some(2));
    /// assert_eq!(rule.slots_needed(0, &[work(900, "60"), work(600, "90")], 100, 50), Some(3));
    /// ```
    pub fn slots_needed(&self, month: usize, work: &[Work], percent: u64, most: u64) -> Option<u64> {
        if work.is_empty() {
            return Some(0);
        }
        match *self {
            Self::Slots(months) => months.get(month).copied().filter(|&slots| slots <= most),
            Self::Queued { busy_hours_per_month, target_utilisation } => {
                queued_slots(work, busy_hours_per_month, target_utilisation).filter(|&slots| slots <= most)
            }
            Self::Live { accepted_failure } => fewest_slots(&load(work, percent), accepted_failure, most),
        }
    }

    /// Whether the slots of a month can be counted up to `most` in reasonable time.
    pub fn is_countable(&self, work: &[Work], percent: u64, most: u64) -> bool {
        match self {
            Self::Live { .. } => most as f64 <= MAX_LOAD || work.is_empty() || load(work, percent).erlangs() <= MAX_LOAD,
            Self::Slots(_) | Self::Queued { .. } => true,
        }
    }

    /// The calls of each service that `slots` slots carry when they are busy in all busy hours, where the work is queued: all of
    /// them, or of each service the same share, rounded down. For other rules, all of them.
    ///
    /// ```
    /// use callmix::capacity::{PooledRule, Work};
    /// use callmix::money::Decimal;
    /// let decimal = |text| Decimal::parse(text).unwrap();
    /// let work = |calls, seconds| Work { calls, seconds_per_call: decimal(seconds), busy_hour: None };
    /// let rule = PooledRule::Queued { busy_hours_per_month: decimal("10"), target_utilisation: decimal("0.8") };
    /// // 72,000 s of work, of which a slot carries half.
    /// assert_eq!(rule.carried(&[work(301, "60"), work(899, "60")], 1), [150, 449]);
    /// assert_eq!(rule.carried(&[work(301, "60"), work(899, "60")], 2), [301, 899]);
    /// ```
    pub fn carried(&self, work: &[Work], slots: u64) -> Vec<u64> {
        let all = || work.iter().map(|work| work.calls).collect();
        let Self::Queued { busy_hours_per_month, .. } = *self else { return all() };
        let (hours, hours_decimals) = parts(busy_hours_per_month);
        let decimals = decimals_of_seconds(work).max(hours_decimals);
        let capacity = (SECS_PER_HOUR * hours * 10_u128.pow(decimals - hours_decimals)).checked_mul(slots.into());
        let (Some(capacity), Some(seconds)) = (capacity, seconds_of(work, decimals)) else { return all() };
        if seconds <= capacity {
            return all();
        }
        let share = |work: &Work| u128::from(work.calls).checked_mul(capacity).map_or(0, |product| (product / seconds) as u64);
        work.iter().map(share).collect()
    }

    /// What fails of live traffic with `slots` slots; `None` for other rules, and where it has more digits than a number holds.
    #[expect(clippy::float_arithmetic, reason = "a probability that is shown, not money")]
    pub fn blocking(&self, work: &[Work], percent: u64, slots: u64) -> Option<Blocking> {
        let Self::Live { .. } = self else { return None };
        let offered = work.iter().filter_map(|work| {
            let (busy_hour, times, per) = busy_hour(work, percent)?;
            Some(to_float(busy_hour) * times as f64 / per as f64)
        });
        let share = erlang_b(load(work, percent).erlangs(), slots);
        Some(Blocking { slots, share: nine_decimals(share)?, failing_calls: nine_decimals(share * offered.sum::<f64>())? })
    }

    /// Whether `slots` slots keep the share of failing calls within what is accepted; always for other rules than live traffic.
    pub fn is_enough(&self, work: &[Work], percent: u64, slots: u64) -> bool {
        match *self {
            Self::Live { accepted_failure } => work.is_empty() || is_enough(&load(work, percent), slots, accepted_failure),
            Self::Slots(_) | Self::Queued { .. } => true,
        }
    }
}

/// ceil(the sum of calls × seconds per call ÷ (busy hours × 3600 × target utilisation)); `None` where that is more than can be
/// sold.
fn queued_slots(work: &[Work], busy_hours_per_month: Decimal, target_utilisation: Decimal) -> Option<u64> {
    let (hours, hours_decimals) = parts(busy_hours_per_month);
    let (share, share_decimals) = parts(target_utilisation);
    // Both sides as whole numbers of the same power of ten.
    let decimals = decimals_of_seconds(work).max(hours_decimals + share_decimals);
    let seconds = seconds_of(work, decimals)?;
    let capacity = hours.checked_mul(SECS_PER_HOUR * share)?.checked_mul(10_u128.pow(decimals - hours_decimals - share_decimals))?;
    if capacity == 0 { None } else { u64::try_from(seconds.div_ceil(capacity)).ok() }
}

/// The seconds of all calls, in units of so many decimals; `None` where they are too many.
fn seconds_of(work: &[Work], decimals: u32) -> Option<u128> {
    work.iter().try_fold(0_u128, |sum, work| {
        let (seconds, own_decimals) = parts(work.seconds_per_call);
        sum.checked_add(seconds.checked_mul(work.calls.into())?.checked_mul(10_u128.pow(decimals - own_decimals))?)
    })
}

fn decimals_of_seconds(work: &[Work]) -> u32 {
    work.iter().map(|work| parts(work.seconds_per_call).1).max().unwrap_or(0)
}

/// A busiest hour, with what it is multiplied with and divided by to have its calls.
fn busy_hour(work: &Work, percent: u64) -> Option<(Decimal, u64, u64)> {
    Some(match work.busy_hour? {
        BusyHour::Calls(calls) if percent == 100 => (calls, 1, 1),
        BusyHour::Calls(calls) => (calls, percent, 100),
        BusyHour::Share(share) => (share, work.calls, 1),
    })
}

/// The loads of all services together.
fn load(work: &[Work], percent: u64) -> Load {
    let busy_hours = || work.iter().filter_map(|work| Some((busy_hour(work, percent)?, parts(work.seconds_per_call))));
    // As hundredths, whichever way the busiest hour is given; at the given volume as it is.
    let parts_of_percent: u64 = if percent == 100 { 1 } else { 100 };
    let decimals = busy_hours().map(|((busy_hour, ..), seconds)| parts(busy_hour).1 + seconds.1).max().unwrap_or(0);
    let terms = busy_hours().map(|((busy_hour, times, per), (seconds, seconds_decimals))| {
        let (busy_hour, busy_hour_decimals) = parts(busy_hour);
        let times = u128::from(times) * u128::from(parts_of_percent / per);
        [busy_hour, seconds, times, 10_u128.pow(decimals - busy_hour_decimals - seconds_decimals)]
    });
    Load::of_sum(terms, [10_u128.pow(decimals), SECS_PER_HOUR, parts_of_percent.into()])
}

#[cfg(test)]
mod tests {
    use super::super::{Concurrency, Growth, LiveTraffic, QueuedWork};
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect("a decimal")
    }

    fn live(calls: u64, seconds: &str, busy_hour: BusyHour) -> Work {
        Work { calls, seconds_per_call: decimal(seconds), busy_hour: Some(busy_hour) }
    }

    #[test]
    fn equality_is_enough() {
        // 280 calls of 30 s in the busiest hour are 7/3 erlangs, and B(1, 7/3) is 0.7.
        let rule = PooledRule::Live { accepted_failure: decimal("0.7") };
        let half = live(1, "30", BusyHour::Calls(decimal("140")));
        assert_eq!(rule.slots_needed(0, &[half, half], 100, 50), Some(1));
        assert_eq!(rule.slots_needed(0, &[half, half], 101, 50), Some(2));
        // 840 calls of 0.3 s fill 0.1 hours at 70%.
        let rule = PooledRule::Queued { busy_hours_per_month: decimal("0.1"), target_utilisation: decimal("0.7") };
        let half = Work { calls: 420, seconds_per_call: decimal("0.3"), busy_hour: None };
        assert_eq!(rule.slots_needed(0, &[half, half], 100, 50), Some(1));
        assert_eq!(rule.slots_needed(0, &[half, Work { calls: 421, ..half }], 100, 50), Some(2));
    }

    #[test]
    fn loads_of_mixed_durations_add_up() {
        let rule = PooledRule::Live { accepted_failure: decimal("0.03") };
        // 100 and 58.333 erlangs.
        let work = [live(1, "60", BusyHour::Calls(decimal("6000"))), live(300_000, "1.4", BusyHour::Share(decimal("0.499997142")))];
        assert_eq!(rule.slots_needed(0, &work, 100, 1_000), Some(168));
        assert!(rule.is_enough(&work, 100, 168) && !rule.is_enough(&work, 100, 167));
        assert!(rule.blocking(&work, 100, 168).is_some_and(|blocking| blocking.share <= decimal("0.03")));
    }

    proptest! {
        /// Work of one service is what it is without a pool, and work that is split into parts of the same kind stays the same.
        #[test]
        fn one_service_is_a_pool(calls in 1_u64..2_000, part in 0_u64..2_000, tenths in 1_u64..900, share in 1_u64..100) {
            let seconds_per_call = decimal(&format!("{}.{}", tenths / 10, tenths % 10));
            let percent = decimal(&format!("0.{share:02}"));
            let busy_hour = BusyHour::Share(percent);
            let one = Work { calls, seconds_per_call, busy_hour: Some(busy_hour) };
            let part = part.min(calls - 1);
            let mut parts = vec![Work { calls: calls - part, ..one }];
            if part > 0 {
                parts.push(Work { calls: part, ..one });
            }
            let (hours, most) = (decimal("12.5"), 10_000);
            let queued = PooledRule::Queued { busy_hours_per_month: hours, target_utilisation: percent };
            let alone = Concurrency::Queued(QueuedWork { seconds_per_call, busy_hours_per_month: hours, target_utilisation: percent });
            let live = PooledRule::Live { accepted_failure: percent };
            let traffic = Concurrency::Live(LiveTraffic { seconds_per_call, busy_hour, accepted_failure: percent });
            for (rule, alone) in [(queued, alone), (live, traffic)] {
                let slots = alone.slots_needed(0, calls, Growth::NONE, most);
                prop_assert_eq!(rule.slots_needed(0, &[one], 100, most), slots);
                prop_assert_eq!(rule.slots_needed(0, &parts, 100, most), slots);
            }
        }
    }
}
