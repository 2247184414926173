//! How many calls does a budget buy?
//!
//! The most calls a year, of the scenario's profile, whose cheapest plan costs no more than a budget. The total is not
//! monotone in the volume, so halving would miss volumes; instead the search comes down from 10^12 calls and leaps
//! over volumes that are proven too dear. Month i of N' calls has between floor and ceil of N'·w_i/W calls; these
//! bounds, unlike the months, only grow with N'. There are two proofs.
//!
//! # By a cheaper price list
//!
//! Let every postpaid call cost no more than the cheapest tier within reach of any month. No plan costs less than by
//! the real list, and now more calls never cost less. So where the year of the lower bounds at N' is too dear by the
//! cheaper list, every volume from N' on is too dear, as far as the same tiers are within reach. N' is found by halving.
//!
//! # By the rise
//!
//! Take a volume N whose cheapest plan costs c, and a smaller one N'. Any plan for N' becomes one for N when its modes
//! and purchases are kept, so c − cost(N') is at most the *rise*, the sum of:
//! - for calls that a month has more at N: each makes at most one call more postpaid, itself or, by taking a package's
//!   call away, one later. That costs at most the dearest unit price, and where a tier is dearer than the one below,
//!   once a month what all calls of that edge then cost more.
//! - for calls that a month has fewer at N (rounding shifts single calls between months): each makes at most one call
//!   less postpaid, which costs at most the largest fall in charge at a tier's start.
//! - the further slots of concurrent months; without bound where N needs more than can be bought and N' may not.
//!
//! With the lower bounds for the first and last part, and the upper ones for the second, the rise is told from above
//! by parts that only grow or only fall as N' falls, and every N' whose rise stays below c − budget is too dear.

use crate::money::{Money, Units};
use crate::planner::{Slots, Task, plan};
use crate::price_book::{MAX_CALLS, PriceBook, Service};
use crate::problem::ValidationError;
use crate::scenario::{Pipeline, Scenario};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Usage};

/// The most calls a year that `budget` pays for, at most 10^12, whatever volume `scenario` has; its profile is kept.
///
/// # Errors
/// What [`quote`](fn@crate::quote::quote) refuses, but for the absence of a plan: volumes without one are passed over.
///
/// ```
/// use callmix::insight::calls_for;
/// use callmix::money::Decimal;
/// use callmix::price_book::PriceBook;
/// use callmix::scenario::Scenario;
/// use callmix::usage::{Profile, Usage};
/// let book = PriceBook::built_in().unwrap();
/// let scenario = Scenario::new(Usage::yearly(1, Profile::Even).unwrap());
/// let budget = Decimal::parse("1260").unwrap().into();
/// // Three packages of 100 calls; the next call alone costs 4.80.
/// assert_eq!(calls_for(&scenario, &book, budget), Ok(300));
/// ```
pub fn calls_for(scenario: &Scenario, built_in: &PriceBook, budget: Money) -> Result<u64, Vec<ValidationError>> {
    let pipeline = Pipeline::new(scenario, built_in)?;
    let Ok(units) = pipeline.service.rates().scale().whole_units(budget) else { return Ok(MAX_CALLS) };
    Budget { pipeline: &pipeline, usage: *scenario.usage(), budget, units }.descend()
}

struct Budget<'a> {
    pipeline: &'a Pipeline<'a>,
    usage: Usage,
    budget: Money,
    /// The budget in smallest units of the prices, rounded down.
    units: Units,
}

/// A volume with its months and what they need.
struct Volume {
    months: [u64; MONTHS],
    slots: [Slots; MONTHS],
    cost: Option<Units>,
}

impl Budget<'_> {
    fn months(&self, calls: u64) -> [u64; MONTHS] {
        self.usage.scaled_to(calls).map_or([0; MONTHS], |usage| usage.months())
    }

    fn planned(&self, months: [u64; MONTHS]) -> Result<Volume, Vec<ValidationError>> {
        let task: Task<'_> = self.pipeline.task(&months)?;
        let (slots, cost) = (task.slots, plan(&task).map(|plan| plan.total));
        Ok(Volume { months, slots, cost })
    }

    fn descend(&self) -> Result<u64, Vec<ValidationError>> {
        let mut calls = MAX_CALLS;
        let mut within_reach = None;
        loop {
            // The cheaper list says more each time that fewer tiers are within reach.
            let tiers = self.tiers_within_reach(calls);
            if within_reach != Some(tiers) {
                within_reach = Some(tiers);
                calls = self.leap_by_cheaper_list(calls, tiers)?;
                continue;
            }
            let volume = self.planned(self.months(calls))?;
            if calls == 0 || volume.cost.is_some_and(|cost| cost <= self.units) {
                return Ok(calls);
            }
            calls = if self.charges() { self.leap_by_rise(calls, &volume)? } else { calls - 1 };
        }
    }

    /// May any call be postpaid?
    fn charges(&self) -> bool {
        self.pipeline.scenario.postpaid() == Postpaid::On && !self.pipeline.service.tiers().is_empty()
    }

    fn tiers_within_reach(&self, calls: u64) -> usize {
        let most = self.usage.bounds(calls).iter().map(|&(_, most)| most).max().unwrap_or(0);
        self.pipeline.service.tiers().iter().take_while(|tier| tier.from <= most).count()
    }

    /// The largest volume up to `calls` that is not proven too dear by a list whose first `tiers` tiers all have the
    /// price of the cheapest. Without postpaid calls the real list is such a list.
    fn leap_by_cheaper_list(&self, calls: u64, tiers: usize) -> Result<u64, Vec<ValidationError>> {
        let cheapest = self.pipeline.service.tiers().iter().take(tiers).map(|tier| tier.unit_price).min();
        let cheaper: Option<Service> = cheapest.filter(|_| self.charges()).and_then(|price| self.pipeline.service.with_one_tier(price));
        let service = match &cheaper {
            Some(service) => service,
            None if self.charges() => return Ok(calls),
            None => &*self.pipeline.service,
        };
        let Ok(units) = service.rates().scale().whole_units(self.budget) else { return Ok(calls) };
        let (mut open, mut dear) = (0, calls + 1);
        while dear - open > 1 {
            let middle = open + (dear - open) / 2;
            let months = self.usage.bounds(middle).map(|(fewest, _)| fewest);
            let task = Task { service, ..self.pipeline.task(&months)? };
            if plan(&task).is_some_and(|plan| plan.total <= units) {
                open = middle;
            } else {
                dear = middle;
            }
        }
        Ok(open)
    }

    /// The largest volume below `calls` that is not proven too dear by the rise.
    fn leap_by_rise(&self, calls: u64, volume: &Volume) -> Result<u64, Vec<ValidationError>> {
        let Some(cost) = volume.cost else { return Ok(calls - 1) };
        let excess = cost - self.units;
        let fall = self.largest_fall(volume);
        // Proven so far: all from `proven` on. The part that falls is taken at its start, the one that grows at its end.
        let mut proven = calls;
        while proven > 0 {
            let shifted = self.may_have_more(proven - 1, volume);
            let dear = |lower: u64| -> Result<bool, Vec<ValidationError>> {
                let Some(rise) = self.growing_rise(lower, volume)? else { return Ok(false) };
                Ok(rise.saturating_add(fall.saturating_mul(shifted)) < excess)
            };
            if !dear(proven - 1)? {
                return Ok(proven - 1);
            }
            let (mut good, mut bad) = (proven - 1, None);
            let mut step = 1;
            while bad.is_none() && good > 0 {
                let lower = good.saturating_sub(step);
                if dear(lower)? {
                    good = lower;
                    step = step.saturating_mul(2);
                } else {
                    bad = Some(lower);
                }
            }
            while let Some(lower) = bad.filter(|&lower| good - lower > 1) {
                let middle = lower + (good - lower) / 2;
                if dear(middle)? {
                    good = middle;
                } else {
                    bad = Some(middle);
                }
            }
            proven = good;
        }
        Ok(0)
    }

    /// How many months may have a call more at `calls` than in `volume`.
    fn may_have_more(&self, calls: u64, volume: &Volume) -> Units {
        self.usage.bounds(calls).iter().zip(volume.months).filter(|&(&(_, most), month)| most > month).count() as Units
    }

    /// The part of the rise from `calls` up to `volume` that grows as `calls` falls; `None` without bound.
    fn growing_rise(&self, calls: u64, volume: &Volume) -> Result<Option<Units>, Vec<ValidationError>> {
        let fewest = self.usage.bounds(calls).map(|(fewest, _)| fewest);
        let rates = self.pipeline.service.rates();
        let more: u64 = fewest.iter().zip(volume.months).map(|(&few, month)| month.saturating_sub(few)).sum();
        let dearest = rates.tiers().iter().map(|tier| tier.unit_price).max().unwrap_or(0);
        let edges =
            rates.tiers().windows(2).map(|pair| (pair[1].unit_price - pair[0].unit_price).max(0).saturating_mul(pair[1].from.into()));
        let edges = edges.fold(0, Units::saturating_add).saturating_mul(MONTHS as Units);
        let for_calls = dearest.saturating_mul(more.into()).saturating_add(edges);
        let mut slots: u64 = 0;
        for (month, (now, &before)) in volume.slots.iter().zip(&self.pipeline.task(&fewest)?.slots).enumerate() {
            match (now, before) {
                (Slots::Needed(now), Slots::Needed(before)) => slots = slots.saturating_add(now.saturating_sub(before)),
                (Slots::AboveMaximum, Slots::Needed(_)) if volume.months[month] > 0 => return Ok(None),
                _ => {}
            }
        }
        Ok(Some(rates.slot_price().unwrap_or(0).saturating_mul(slots.into()).saturating_add(for_calls)))
    }

    /// The most by which a charge can rise when a tier's start, within reach, is missed by a call.
    fn largest_fall(&self, volume: &Volume) -> Units {
        let tiers = self.pipeline.service.rates().tiers();
        let most = volume.months.iter().max().map_or(0, |&calls| calls.saturating_add(1));
        let falls = tiers.windows(2).filter(|pair| pair[1].from <= most);
        falls.map(|pair| (pair[0].unit_price - pair[1].unit_price).max(0).saturating_mul(pair[1].from.into())).max().unwrap_or(0)
    }
}
