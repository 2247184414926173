//! The sizing of a quote: how many slots each month needs, and why.
//!
//! Shows the slots of each month that has calls; for live traffic what fails with them, with one fewer and with one more;
//! and how much the most slots that are sold can carry. The numbers come from [`capacity`](crate::capacity).

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::capacity::{Blocking, Concurrency, Growth, MostCalls};
use crate::ledger::as_text_or_null;
use crate::money::Decimal;
use crate::price_book::MAX_CALLS;
use crate::scenario::Pipeline;

/// The most slots that are counted where more are needed than can be had.
const MOST_NAMED: u64 = 1_000_000;

/// The slots of a year that were sized from the duration of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sizing {
    /// The months that have calls.
    pub months: Vec<SizedMonth>,
    /// The most slots that can be had, in either billing mode.
    pub max_slots: u64,
    /// The most slots that a month needs, where that is more than can be had; `None` above 10^6.
    #[serde(skip)]
    pub needed: Option<u64>,
    /// The most calls for which those are enough; `None` where that is not computed.
    #[serde(flatten)]
    pub most_calls: Option<MostCalls>,
    /// The largest load of live traffic for which those are enough, in erlangs.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    pub most_erlangs: Option<Decimal>,
}

/// The slots of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SizedMonth {
    /// 1 to 12.
    pub month: u32,
    /// `None` where the month needs more than are sold.
    pub slots: Option<u64>,
    /// What fails of live traffic with one slot fewer, with these slots (or the most that are sold), and with one more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocking: Vec<Blocking>,
}

impl Sizing {
    /// The sizing of a scenario's own volume; `None` where the slots were given or are not known, or none are sold.
    pub fn of(pipeline: &Pipeline<'_>) -> Option<Self> {
        let max_slots = pipeline.service.needs_slots().then(|| pipeline.service.most_at_once())?;
        let concurrency = pipeline.concurrency.filter(|concurrency| !matches!(concurrency, Concurrency::Slots(_)))?;
        let usage = pipeline.scenario.usage();
        let behind = |(month, units): (usize, u64)| (month as u32 + 1, usage.calls_behind(month, units));
        let months = usage.months().into_iter().enumerate().map(behind).filter(|&(_, calls)| calls > 0);
        let sized = |(month, calls): (u32, u64)| {
            let slots = concurrency.slots_needed(month as usize - 1, calls, Growth::NONE, max_slots);
            let chosen = slots.unwrap_or(max_slots);
            let blocking = match &concurrency {
                Concurrency::Live(traffic) => {
                    let choices = chosen.saturating_sub(1)..=chosen.saturating_add(1);
                    choices.filter_map(|slots| traffic.blocking(calls, Growth::NONE, slots)).collect()
                }
                Concurrency::Slots(_) | Concurrency::Queued(_) => Vec::new(),
            };
            SizedMonth { month, slots, blocking }
        };
        let most_calls = concurrency.most_calls(max_slots);
        let most_erlangs = match &concurrency {
            Concurrency::Live(traffic) if most_calls.is_some() => Some(traffic.largest_load(max_slots)),
            _ => None,
        };
        let sized: Vec<SizedMonth> = months.map(sized).collect();
        let above = sized.iter().filter(|month| month.slots.is_none()).map(|month| {
            let place = month.month as usize - 1;
            let calls = usage.calls_behind(place, usage.months().get(place).copied().unwrap_or(0));
            concurrency.slots_needed(place, calls, Growth::NONE, MOST_NAMED)
        });
        // `None` in a month, which needs even more, makes the maximum unknown.
        let needed = above.reduce(|one, other| Some(one?.max(other?))).flatten();
        Some(Self { months: sized, max_slots, needed, most_calls, most_erlangs })
    }

    /// The first month that needs more slots than are sold.
    pub fn first_above_maximum(&self) -> Option<u32> {
        self.months.iter().find(|month| month.slots.is_none()).map(|month| month.month)
    }
}

impl Serialize for Blocking {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("slots", &self.slots)?;
        map.serialize_entry("share", &self.share.to_string())?;
        map.serialize_entry("failing_calls", &self.failing_calls.to_string())?;
        map.end()
    }
}

impl Serialize for MostCalls {
    /// One field, named after what it counts. 10^12 calls are the limit of a year and not of the slots, so they are left out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, calls) = match *self {
            Self::InBusyHour(calls) => ("most_calls_per_busy_hour", calls),
            Self::InMonth(calls) => ("most_calls_per_month", calls),
        };
        let mut map = serializer.serialize_map(None)?;
        if calls < MAX_CALLS {
            map.serialize_entry(name, &calls)?;
        }
        map.end()
    }
}
