//! Concurrent slots: how many a month needs, and what a number of slots carries.
//!
//! There are three ways to know: the number as given; *queued work*, where calls wait for a free slot; and *live traffic*,
//! where a call that finds no free slot fails, sized by [Erlang B](erlang). Whether so many slots are sold is left to the
//! price book. Durations are in seconds, loads in erlangs. Numbers of slots are decided exactly: equality is enough. Only
//! the probabilities that are shown, and never decide anything, are rounded.
//!
//! Source: sections 4 and 5 of the pricing rules.

mod erlang;
mod natural;
mod pooled;

pub use self::erlang::{Load, erlang_b, fewest_slots, is_enough};
pub use self::pooled::{PooledRule, Work};
use crate::money::Decimal;
use crate::order::last_that;
use crate::price_book::MAX_CALLS;
use crate::usage::MONTHS;

const SECS_PER_HOUR: u128 = 3_600;
/// The largest load, in erlangs, whose slots are counted where more than as many slots are sold; a millisecond of work.
const MAX_LOAD: f64 = 1e7;
/// Where more slots than these are sold, what they all carry is not computed.
const MOST_SLOTS_SEARCHED: u64 = 100_000;

/// How the number of calls that run at the same time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concurrency {
    /// The slots of each month, as given.
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
    /// Hours of a month in which calls run; above 0, at most 744.
    pub busy_hours_per_month: Decimal,
    /// The share of those hours for which a slot should be busy; above 0, at most 1.
    pub target_utilisation: Decimal,
}

/// Calls that cannot wait: the busiest hour decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveTraffic {
    /// The average duration of a call; above 0.
    pub seconds_per_call: Decimal,
    /// Calls offered in the busiest hour.
    pub busy_hour: BusyHour,
    /// The share of the busiest hour's calls that may fail; above 0 and below 1.
    pub accepted_failure: Decimal,
}

/// Calls in the busiest hour of every month that has calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BusyHour {
    /// A number of calls, above 0, whatever the month's calls are. It grows with the year's volume.
    Calls(Decimal),
    /// A share of the month's calls; above 0, at most 1.
    Share(Decimal),
}

/// The volume of a year in proportion to the one that was given.
///
/// A busiest hour that was given in calls belongs to the given volume, and grows with it: 500 calls in the busiest hour of
/// a year of 100,000 are 600 in a year of 120,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    calls: u64,
    given: u64,
}

impl Growth {
    /// The given volume itself.
    pub const NONE: Self = Self { calls: 1, given: 1 };

    /// From `given` calls a year to `calls`. Where either is 0, there is no proportion, and the busiest hour stays as given.
    pub fn new(given: u64, calls: u64) -> Self {
        if given == 0 || calls == 0 { Self::NONE } else { Self { calls, given } }
    }
}

impl Concurrency {
    /// Whether the slots of a month with `calls` calls can be counted up to `most` in reasonable time.
    pub fn is_countable(&self, calls: u64, growth: Growth, most: u64) -> bool {
        match self {
            Self::Live(traffic) => most as f64 <= MAX_LOAD || traffic.load(calls, growth).erlangs() <= MAX_LOAD,
            Self::Slots(_) | Self::Queued(_) => true,
        }
    }

    /// The slots that a month (counted from 0) with `calls` calls needs, where they are at most `most`; `None` above.
    /// A month without calls needs none, every other month at least one, unless 0 was given for it.
    pub fn slots_needed(&self, month: usize, calls: u64, growth: Growth, most: u64) -> Option<u64> {
        if calls == 0 {
            return Some(0);
        }
        match self {
            Self::Slots(months) => months.get(month).copied().filter(|&slots| slots <= most),
            Self::Queued(work) => work.slots(calls).filter(|&slots| slots <= most),
            Self::Live(traffic) => fewest_slots(&traffic.load(calls, growth), traffic.accepted_failure, most),
        }
    }

    /// The most calls for which `most` slots are enough: in a month, or in a busiest hour that was given in calls. At
    /// most 10^12; `None` where slots are given, and where `most` is above 100,000 for live traffic.
    pub fn most_calls(&self, most: u64) -> Option<MostCalls> {
        match self {
            Self::Slots(_) => None,
            Self::Queued(work) => {
                let fits = |calls: u64| work.slots(calls).is_some_and(|slots| slots <= most);
                Some(MostCalls::InMonth(last_that(MAX_CALLS, fits)))
            }
            Self::Live(_) if most > MOST_SLOTS_SEARCHED => None,
            Self::Live(traffic) => {
                let fits = |traffic: LiveTraffic, calls: u64| {
                    calls == 0 || is_enough(&traffic.load(calls, Growth::NONE), most, traffic.accepted_failure)
                };
                Some(match traffic.busy_hour {
                    BusyHour::Share(_) => MostCalls::InMonth(last_that(MAX_CALLS, |calls| fits(*traffic, calls))),
                    BusyHour::Calls(_) => {
                        let busy_hour = |calls: u64| BusyHour::Calls(Decimal::from(calls));
                        let offered = |calls: u64| LiveTraffic { busy_hour: busy_hour(calls), ..*traffic };
                        MostCalls::InBusyHour(last_that(MAX_CALLS, |calls| fits(offered(calls), calls)))
                    }
                })
            }
        }
    }
}

/// The most calls for which a number of slots is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MostCalls {
    /// Calls offered in the busiest hour.
    InBusyHour(u64),
    /// Calls in a month.
    InMonth(u64),
}

impl QueuedWork {
    /// ceil(calls × seconds per call ÷ (busy hours × 3600 × target utilisation)); `None` where that is more than 10^14,
    /// and so more than can be sold.
    ///
    /// ```
    /// use callmix::capacity::QueuedWork;
    /// use callmix::money::Decimal;
    /// let decimal = |text| Decimal::parse(text).unwrap();
    /// // 34,560 calls of a minute are 2,073,600 s; a slot busy for 80% of 720 hours gives 2,073,600 s.
    /// let work = QueuedWork {
    ///     seconds_per_call: decimal("60"),
    ///     busy_hours_per_month: decimal("720"),
    ///     target_utilisation: decimal("0.8"),
    /// };
    /// assert_eq!(work.slots(34_560), Some(1));
    /// assert_eq!(work.slots(34_561), Some(2));
    /// ```
    pub fn slots(&self, calls: u64) -> Option<u64> {
        let (seconds, seconds_decimals) = parts(self.seconds_per_call);
        let (hours, hours_decimals) = parts(self.busy_hours_per_month);
        let (share, share_decimals) = parts(self.target_utilisation);
        // Both sides as whole numbers of the same power of ten. A slot has at most 744 hours, so its capacity fits, and
        // work that does not fit needs more than 10^14 slots.
        let decimals = seconds_decimals.max(hours_decimals + share_decimals);
        let work = u128::from(calls).checked_mul(seconds)?.checked_mul(10_u128.pow(decimals - seconds_decimals))?;
        let capacity = hours.checked_mul(SECS_PER_HOUR * share)?.checked_mul(10_u128.pow(decimals - hours_decimals - share_decimals))?;
        if capacity == 0 { None } else { u64::try_from(work.div_ceil(capacity)).ok() }
    }

    /// The most calls that `slots` slots carry in a month when they are busy in all of its busy hours:
    /// floor(slots × busy hours × 3600 ÷ seconds per call), at most 10^12. The target utilisation is headroom, and no limit.
    ///
    /// ```
    /// # use callmix::capacity::QueuedWork;
    /// # use callmix::money::Decimal;
    /// # let decimal = |text| Decimal::parse(text).unwrap();
    /// let work = QueuedWork {
    ///     seconds_per_call: decimal("90"),
    ///     busy_hours_per_month: decimal("720"),
    ///     target_utilisation: decimal("0.8"),
    /// };
    /// // 250,000 calls need 11 slots to be busy for 80% of the time; at 100% they carry 11 × 28,800.
    /// assert_eq!((work.slots(250_000), work.carried(11)), (Some(11), 316_800));
    /// ```
    pub fn carried(&self, slots: u64) -> u64 {
        let (seconds, seconds_decimals) = parts(self.seconds_per_call);
        let (hours, hours_decimals) = parts(self.busy_hours_per_month);
        let decimals = seconds_decimals.max(hours_decimals);
        let capacity = (u128::from(slots) * SECS_PER_HOUR).saturating_mul(hours * 10_u128.pow(decimals - hours_decimals));
        let seconds = seconds * 10_u128.pow(decimals - seconds_decimals);
        capacity.checked_div(seconds).map_or(MAX_CALLS, |calls| calls.min(MAX_CALLS.into()) as u64)
    }
}

/// What fails in the busiest hour with a number of slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocking {
    /// The slots.
    pub slots: u64,
    /// The share of the busiest hour's calls that fails, 0 to 1, rounded to nine decimals.
    pub share: Decimal,
    /// Calls that are expected to fail in a busiest hour, rounded to nine decimals.
    pub failing_calls: Decimal,
}

impl LiveTraffic {
    /// The load that the busiest hour of a month with `calls` calls offers. `calls` must be above 0.
    pub fn load(&self, calls: u64, growth: Growth) -> Load {
        let (seconds, seconds_decimals) = parts(self.seconds_per_call);
        let (BusyHour::Calls(busy_hour) | BusyHour::Share(busy_hour)) = self.busy_hour;
        let (busy_hour, busy_hour_decimals) = parts(busy_hour);
        let (times, per) = self.busy_hour_factors(calls, growth);
        let unit = 10_u128.pow(seconds_decimals + busy_hour_decimals);
        Load::of([busy_hour, seconds, times.into()], [unit, SECS_PER_HOUR, per.into()])
    }

    /// What fails in the busiest hour of a month with `calls` calls; `None` where it has more digits than a number holds.
    #[expect(clippy::float_arithmetic, reason = "a probability that is shown, not money")]
    pub fn blocking(&self, calls: u64, growth: Growth, slots: u64) -> Option<Blocking> {
        let (BusyHour::Calls(busy_hour) | BusyHour::Share(busy_hour)) = self.busy_hour;
        let (times, per) = self.busy_hour_factors(calls, growth);
        let offered = erlang::to_float(busy_hour) * times as f64 / per as f64;
        let share = erlang_b(self.load(calls, growth).erlangs(), slots);
        Some(Blocking { slots, share: nine_decimals(share)?, failing_calls: nine_decimals(share * offered)? })
    }

    /// What the given busiest hour is multiplied with and divided by, to have its calls.
    fn busy_hour_factors(&self, calls: u64, growth: Growth) -> (u64, u64) {
        match self.busy_hour {
            BusyHour::Calls(_) => (growth.calls, growth.given),
            BusyHour::Share(_) => (calls, 1),
        }
    }

    /// The largest load, in erlangs rounded down to thousandths, of which `slots` slots fail no more than accepted.
    ///
    /// ```
    /// use callmix::capacity::{BusyHour, LiveTraffic};
    /// use callmix::money::Decimal;
    /// let decimal = |text| Decimal::parse(text).unwrap();
    /// let busy_hour = BusyHour::Calls(decimal("1"));
    /// let traffic = LiveTraffic { seconds_per_call: decimal("60"), busy_hour, accepted_failure: decimal("0.01") };
    /// assert_eq!(traffic.largest_load(15).to_string(), "8.108");
    /// ```
    #[expect(clippy::float_arithmetic, reason = "an upper bound of a search whose steps are exact")]
    pub fn largest_load(&self, slots: u64) -> Decimal {
        const PER_ERLANG: u64 = 1_000;
        // What is carried is at most one erlang per slot, and at least the accepted share less than what is offered.
        let most = (slots as f64 / (1.0 - erlang::to_float(self.accepted_failure)) * PER_ERLANG as f64) as u64 + 1;
        let load = |thousandths: u64| Decimal::from_billionths(u128::from(thousandths) * 1_000_000).unwrap_or(Decimal::from(0));
        load(last_that(most, |thousandths| is_enough(&load(thousandths).into(), slots, self.accepted_failure)))
    }
}

/// A measured number that is not negative, to nine decimals.
#[expect(clippy::float_arithmetic, reason = "a probability that is shown, not money")]
fn nine_decimals(number: f64) -> Option<Decimal> {
    Decimal::from_billionths((number * 1e9).round() as u128)
}

/// The number as a whole number of units, and the decimals that such a unit has.
fn parts(number: Decimal) -> (u128, u32) {
    let decimal = number.decimal();
    (decimal.mantissa().unsigned_abs(), decimal.scale())
}
