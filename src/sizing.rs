//! How were the slots sized, and what does live traffic lose with them?
//!
//! The part of a quote that explains the number of slots: per month what was found, for live traffic what fails with
//! it and with one slot fewer or more, and what the most slots that can be bought would carry.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::capacity::{Blocking, Concurrency, MostCalls};
use crate::ledger::as_text_or_null;
use crate::money::Decimal;
use crate::price_book::MAX_CALLS;
use crate::scenario::Pipeline;

/// How slots were sized from durations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sizing {
    /// Months that have calls.
    pub months: Vec<SizedMonth>,
    /// That can be bought.
    pub max_slots: u64,
    /// What those carry; `None` where that takes noticeable time to find.
    #[serde(flatten)]
    pub most_calls: Option<MostCalls>,
    /// What those carry of live traffic, in erlangs.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    pub most_erlangs: Option<Decimal>,
}

/// The slots of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SizedMonth {
    /// 1 to 12.
    pub month: u32,
    /// `None`: more than can be bought.
    pub slots: Option<u64>,
    /// What live traffic loses with one slot fewer, with these (or with the most that can be bought), and with one more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocking: Vec<Blocking>,
}

impl Sizing {
    /// The sizing of a scenario; `None` where slots were given, not known, or cannot be bought.
    pub fn of(pipeline: &Pipeline<'_>) -> Option<Self> {
        let max_slots = pipeline.service.concurrent()?.max_slots;
        let concurrency = pipeline.concurrency.filter(|concurrency| !matches!(concurrency, Concurrency::Slots(_)))?;
        let months = (1..).zip(pipeline.scenario.usage().months()).filter(|&(_, calls)| calls > 0);
        let sized = |(month, calls): (u32, u64)| {
            let slots = concurrency.slots_needed(month as usize - 1, calls, max_slots);
            let chosen = slots.unwrap_or(max_slots);
            let blocking = match &concurrency {
                Concurrency::Live(traffic) => {
                    (chosen.saturating_sub(1)..=chosen.saturating_add(1)).filter_map(|slots| traffic.blocking(calls, slots)).collect()
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
        Some(Self { months: months.map(sized).collect(), max_slots, most_calls, most_erlangs })
    }

    /// The first month that needs more slots than can be bought.
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
    /// One field, named by what it counts; the limit of a year is no limit of the slots, and is left out.
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
