//! How many concurrent slots does a month need?
//!
//! Three ways to know: as given; *queued work*, where calls wait for a free slot; and *live traffic*, where a request
//! above the slots fails, sized by Erlang B. Durations are in seconds, loads in erlangs. Whether so many slots can be
//! bought is left to the price book. Queued work is computed in exact integers. The Erlang formulas are the only
//! binary floats of the engine; they use nothing but the four basic operations, which IEEE 754 fixes to the bit, so
//! that every platform finds the same number of slots.
//!
//! Source: the sizing rules of the planning problem; Erlang B as in ITU-T E.501 and any textbook of teletraffic.

#![expect(clippy::float_arithmetic, reason = "loads are measured, not money; see above")]

use crate::money::Decimal;
use crate::price_book::MAX_CALLS;
use crate::usage::MONTHS;

const SECS_PER_HOUR: u64 = 3_600;
/// Where the blocking equals the target exactly, rounding may put it on either side; shares have at most nine decimals,
/// so nothing else comes this close.
const ROUNDING: f64 = 1e-12;
/// The largest load whose slots are counted one by one, in erlangs; a few hundredths of a second of work.
const MAX_LOAD: f64 = 1e7;

/// Where more slots can be bought, what they all carry is not searched for.
const MOST_SLOTS_SEARCHED: u64 = 100_000;

/// How the number of simultaneous tasks is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concurrency {
    /// So many slots in each month.
    Slots([u64; MONTHS]),
    /// Calls wait for a free slot.
    Queued(QueuedWork),
    /// Calls that find no free slot fail.
    Live(LiveTraffic),
}

/// Calls that can wait: a month's work is spread over its busy hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuedWork {
    /// Above 0.
    pub seconds_per_call: Decimal,
    /// Hours of a month in which there is work; above 0.
    pub busy_hours_per_month: Decimal,
    /// The share of those hours that a slot is to be busy; above 0, at most 1.
    pub target_utilisation: Decimal,
}

/// Calls that cannot wait: the busy hour decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveTraffic {
    /// The holding time of a call; above 0.
    pub seconds_per_call: Decimal,
    /// Calls offered in the busiest hour.
    pub busy_hour: BusyHour,
    /// The share of requests that may fail; above 0 and below 1.
    pub accepted_failure: Decimal,
}

/// Calls in the busiest hour, of every month that has calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BusyHour {
    /// So many, whatever the month's calls are; above 0.
    Calls(Decimal),
    /// This share of the month's calls; above 0, at most 1.
    Share(Decimal),
}

impl Concurrency {
    /// Can the slots of a month with so many calls be counted up to `most` in reasonable time?
    pub fn is_countable(&self, calls: u64, most: u64) -> bool {
        match self {
            Self::Live(traffic) => most as f64 <= MAX_LOAD || traffic.load(calls) <= MAX_LOAD,
            Self::Slots(_) | Self::Queued(_) => true,
        }
    }

    /// The slots that a month (counted from 0) with so many calls needs, where they are at most `most`; `None` above.
    /// A month without calls needs none.
    pub fn slots_needed(&self, month: usize, calls: u64, most: u64) -> Option<u64> {
        if calls == 0 {
            return Some(0);
        }
        match self {
            Self::Slots(months) => months.get(month).copied().filter(|&slots| slots <= most),
            Self::Queued(work) => work.slots(calls).filter(|&slots| slots <= most),
            Self::Live(traffic) => servers_for(traffic.load(calls), ratio(traffic.accepted_failure), most),
        }
    }
}

impl Concurrency {
    /// The most calls that `most` slots carry: in a month, or for live traffic that names them, in a busy hour. At most
    /// 10^12; `None` where slots are given, and where counting would take noticeable time.
    pub fn most_calls(&self, most: u64) -> Option<MostCalls> {
        let carries = |sizing: &Self, calls: u64| sizing.slots_needed(0, calls, most).is_some();
        match self {
            Self::Slots(_) => None,
            Self::Live(_) if most > MOST_SLOTS_SEARCHED => None,
            Self::Live(traffic) if matches!(traffic.busy_hour, BusyHour::Calls(_)) => {
                let offered = |calls: u64| Self::Live(LiveTraffic { busy_hour: BusyHour::Calls(Decimal::from(calls)), ..*traffic });
                Some(MostCalls::InBusyHour(last_that(MAX_CALLS, |calls| calls == 0 || carries(&offered(calls), 1))))
            }
            Self::Queued(_) | Self::Live(_) => Some(MostCalls::InMonth(last_that(MAX_CALLS, |calls| carries(self, calls)))),
        }
    }
}

/// The most calls that a number of slots carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MostCalls {
    /// Offered in the busiest hour.
    InBusyHour(u64),
    /// Of a month.
    InMonth(u64),
}

impl QueuedWork {
    /// ceil(calls × seconds per call / (busy hours × 3600 × target utilisation)); `None` where that is not countable.
    ///
    /// ```
    /// use callmix::capacity::QueuedWork;
    /// use callmix::money::Decimal;
    /// let exact = |text| Decimal::parse(text).unwrap();
    /// // 34,560 calls of a minute are 2,073,600 s; a slot busy for 80 % of 720 hours gives 2,073,600 s.
    /// let work = QueuedWork {
    ///     seconds_per_call: exact("60"),
    ///     busy_hours_per_month: exact("720"),
    ///     target_utilisation: exact("0.8"),
    /// };
    /// assert_eq!(work.slots(34_560), Some(1));
    /// assert_eq!(work.slots(34_561), Some(2));
    /// ```
    pub fn slots(&self, calls: u64) -> Option<u64> {
        let (seconds, seconds_decimals) = parts(self.seconds_per_call)?;
        let (hours, hours_decimals) = parts(self.busy_hours_per_month)?;
        let (share, share_decimals) = parts(self.target_utilisation)?;
        // Both sides as whole numbers of the same power of ten.
        let decimals = seconds_decimals.max(hours_decimals + share_decimals);
        let work = u128::from(calls).checked_mul(seconds)?.checked_mul(10_u128.checked_pow(decimals - seconds_decimals)?)?;
        let capacity = hours.checked_mul(u128::from(SECS_PER_HOUR))?.checked_mul(share)?;
        let capacity = capacity.checked_mul(10_u128.checked_pow(decimals - hours_decimals - share_decimals)?)?;
        if capacity == 0 {
            return None;
        }
        u64::try_from(work.div_ceil(capacity)).ok()
    }
}

impl LiveTraffic {
    /// The offered load of the busy hour, in erlangs, of a month with so many calls.
    pub fn load(&self, calls: u64) -> f64 {
        self.busy_hour_calls(calls) * ratio(self.seconds_per_call) / SECS_PER_HOUR as f64
    }
}

/// What fails in the busy hour with so many slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocking {
    /// Slots in use at most.
    pub slots: u64,
    /// Of the busy hour's requests, 0 to 1, rounded to nine decimals.
    pub share: Decimal,
    /// Requests that are expected to fail in a busy hour, rounded to nine decimals.
    pub failing_calls: Decimal,
}

impl LiveTraffic {
    /// What fails in the busy hour of a month with so many calls; `None` where it has more digits than a number holds.
    pub fn blocking(&self, calls: u64, slots: u64) -> Option<Blocking> {
        let share = erlang_b(self.load(calls), slots);
        let failing = share * self.busy_hour_calls(calls);
        Some(Blocking { slots, share: nine_decimals(share)?, failing_calls: nine_decimals(failing)? })
    }

    fn busy_hour_calls(&self, calls: u64) -> f64 {
        match self.busy_hour {
            BusyHour::Calls(calls) => ratio(calls),
            BusyHour::Share(share) => calls as f64 * ratio(share),
        }
    }

    /// The largest load, in erlangs rounded down to thousandths, of which `slots` slots fail no more than accepted.
    ///
    /// ```
    /// use callmix::capacity::{BusyHour, LiveTraffic};
    /// use callmix::money::Decimal;
    /// let exact = |text| Decimal::parse(text).unwrap();
    /// let busy_hour = BusyHour::Calls(exact("1"));
    /// let traffic = LiveTraffic { seconds_per_call: exact("60"), busy_hour, accepted_failure: exact("0.01") };
    /// assert_eq!(traffic.largest_load(15).to_string(), "8.108");
    /// ```
    pub fn largest_load(&self, slots: u64) -> Decimal {
        const PER_ERLANG: u64 = 1_000;
        let target = ratio(self.accepted_failure);
        // What is carried is at most one erlang per slot, and at least (1 − target) of what is offered.
        let most = (slots as f64 / (1.0 - target) * PER_ERLANG as f64) as u64 + 1;
        let carried = |thousandths: u64| erlang_b(thousandths as f64 / PER_ERLANG as f64, slots) * (1.0 - ROUNDING) <= target;
        let thousandths = last_that(most, carried);
        Decimal::from_billionths(u128::from(thousandths) * 1_000_000).unwrap_or(Decimal::from(0))
    }
}

/// The last number up to `most` for which `holds`, which holds for 0 and then up to some number.
fn last_that(most: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut good, mut bad) = (0, most.saturating_add(1));
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if holds(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}

/// A measured number that is not negative, to nine decimals.
fn nine_decimals(number: f64) -> Option<Decimal> {
    Decimal::from_billionths((number * 1e9).round() as u128)
}

/// The share of requests that fail when `load` erlangs are offered to `servers` slots, 0 to 1.
///
/// ```
/// let percent = callmix::capacity::erlang_b(8.108, 15) * 100.0;
/// assert!((percent - 1.0).abs() < 0.001);
/// ```
pub fn erlang_b(load: f64, servers: u64) -> f64 {
    let inverse = (1..=servers).fold(1.0, |inverse, server| next_inverse(inverse, load, server));
    1.0 / inverse
}

/// The fewest slots, at most `most`, at which no more than the share `target` of requests fails; `None` above.
///
/// ```
/// use callmix::capacity::servers_for;
/// assert_eq!(servers_for(158.333, 0.03, 1_000), Some(168));
/// assert_eq!(servers_for(158.333, 0.03, 167), None);
/// assert_eq!(servers_for(1.5, 0.6, 50), Some(1)); // B(1, 1.5) is 1.5 / 2.5, exactly the target
/// ```
pub fn servers_for(load: f64, target: f64, most: u64) -> Option<u64> {
    let mut inverse = 1.0;
    for servers in 1..=most {
        inverse = next_inverse(inverse, load, servers);
        if inverse * target >= 1.0 - ROUNDING {
            return Some(servers);
        }
    }
    None
}

/// 1/B with one server more: 1/B(k) = 1 + (1/B(k−1)) · k / load. It only grows, so it is stable for any load; once
/// it exceeds what a float holds, the blocking is zero for every purpose.
fn next_inverse(inverse: f64, load: f64, servers: u64) -> f64 {
    1.0 + inverse * (servers as f64 / load)
}

/// The number as the nearest float.
fn ratio(number: Decimal) -> f64 {
    let (mantissa, decimals) = parts(number).unwrap_or((0, 0));
    mantissa as f64 / 10_u64.pow(decimals) as f64
}

/// Digits and decimals.
fn parts(number: Decimal) -> Option<(u128, u32)> {
    let decimal = number.decimal();
    u128::try_from(decimal.mantissa()).ok().map(|mantissa| (mantissa, decimal.scale()))
}
