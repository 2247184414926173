//! The budget search: the most calls that a budget pays for.
//!
//! Finds the largest year, of the scenario's profile, whose best plan costs no more than the budget. The total is not
//! monotone in the volume, so a binary search would miss volumes. Instead the search descends from 10^12 calls and skips
//! volumes that are proven to cost too much. Month i of N' calls has between floor and ceil of N'·w_i/W calls; unlike the
//! months themselves, these bounds only grow with N'. There are three proofs.
//!
//! # By a cheaper price list
//!
//! Let every volume tier that any month reaches cost no more than the cheapest of it and the later ones within reach, and the
//! same for tiers of slots. Prices then only rise with the calls of a month. No plan costs less by the real list, and by this
//! one more calls never cost less. So where the lower bounds of N' cost too much by the cheaper list, every volume from N' on
//! costs too much, as long as it reaches the same tiers. A binary search finds N'.
//!
//! # By a cheaper price list for calls alone
//!
//! Between two volumes whose bounds need the same slots in every month, so do all volumes. There the slots cost what they cost,
//! and only the prices of calls have to rise.
//!
//! # By the rise
//!
//! Take a volume N whose best plan costs c, and a smaller one N'. Every plan for N' becomes one for N if it keeps its modes
//! and purchases, so c − cost(N') is at most the *rise*, the sum of:
//! - for calls that a month has more at N: each makes at most one more call postpaid, either itself or, by using up a
//!   package's call, a later one. That costs at most the highest unit price and, where a tier costs more than the one
//!   below it, once a month the increase for all calls at that tier's start.
//! - for calls that a month has fewer at N (rounding shifts single calls between months): each makes at most one call
//!   fewer postpaid, which costs at most the largest fall of a charge at a tier's start.
//! - the additional slots of concurrent months; unbounded where N needs more than are sold and N' may not.
//!
//! With the lower bounds in the first and last part and the upper bounds in the second, the rise is bounded by parts that
//! only grow or only shrink as N' falls, and every N' whose rise is below c − budget costs too much.

use crate::money::{Money, Units};
use crate::order::last_that;
use crate::planner::{Slots, Task, plan};
use crate::price_book::charge::{Piece, TieredCharge};
use crate::price_book::{MAX_CALLS, PriceBook, RisingSlots, Service, TierMode};
use crate::problem::ValidationError;
use crate::scenario::{Pipeline, Scenario};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Usage};

/// The most calls a year that `budget` pays for, at most 10^12, with the profile of `scenario`.
///
/// The volume of `scenario` matters only to a busiest hour that is given in calls: it grows in proportion to that volume,
/// and stays as given where the volume is 0. Volumes that have no plan or cannot be calculated are passed over.
///
/// # Errors
/// The service is not in the price book, or its packages cannot be planned with at this discount.
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
    Ok(Budget { pipeline: &pipeline, usage: *scenario.usage(), budget, units }.descend())
}

struct Budget<'a> {
    pipeline: &'a Pipeline<'a>,
    usage: Usage,
    budget: Money,
    /// The budget in smallest units of the prices, rounded down.
    units: Units,
}

/// A volume whose best plan, if there is one, costs more than the budget.
struct Volume {
    months: [u64; MONTHS],
    slots: [Slots; MONTHS],
    cost: Option<Units>,
}

impl Budget<'_> {
    fn months(&self, calls: u64) -> [u64; MONTHS] {
        self.usage.scaled_to(calls).map_or([0; MONTHS], |usage| usage.months())
    }

    fn descend(&self) -> u64 {
        let mut calls = MAX_CALLS;
        let mut within_reach = None;
        while calls > 0 {
            // The fewer tiers are within reach, the more the cheaper list proves.
            let tiers = self.tiers_within_reach(calls);
            if within_reach != Some(tiers) {
                within_reach = Some(tiers);
                calls = self.skip_by_cheaper_list(calls, tiers);
                continue;
            }
            let months = self.months(calls);
            let Ok(task) = self.pipeline.task(&months) else {
                calls -= 1;
                continue;
            };
            let cost = plan(&task).map(|plan| plan.total);
            if cost.is_some_and(|cost| cost <= self.units) {
                break;
            }
            let volume = Volume { months, slots: task.slots, cost };
            let by_stretch = if self.may_cheapen_slots() { self.skip_by_stretch(calls, tiers) } else { calls - 1 };
            calls = if self.may_charge() { self.skip_by_rise(calls, &volume).min(by_stretch) } else { by_stretch };
        }
        calls
    }

    /// Whether any call can be postpaid.
    fn may_charge(&self) -> bool {
        self.pipeline.scenario.postpaid() == Postpaid::On && !self.pipeline.service.tiers().is_empty()
    }

    /// Whether more slots can cost less than fewer. Otherwise the cheaper list has their real prices, and proves as much.
    fn may_cheapen_slots(&self) -> bool {
        let service = &self.pipeline.service;
        let mut prices = [service.concurrent(), service.add_on_slots()].into_iter().flatten();
        prices.any(|prices| prices.tier_mode == TierMode::Volume && prices.tiers.len() > 1)
    }

    fn tiers_within_reach(&self, calls: u64) -> usize {
        let most = self.usage.bounds(calls).iter().map(|&(_, most)| most).max().unwrap_or(0);
        self.pipeline.service.tiers().iter().take_while(|tier| tier.from <= most).count()
    }

    /// The largest volume up to `calls` that does not cost too much by a list of the first `tiers` tiers whose prices only
    /// rise, and so do the prices of slots.
    fn skip_by_cheaper_list(&self, calls: u64, tiers: usize) -> u64 {
        let Some(service) = self.pipeline.service.with_rising_prices(tiers, RisingSlots::Yes) else { return calls };
        self.last_within(&service, 0, calls, None)
    }

    /// The largest volume below `calls` that does not cost too much by a cheaper list for as long as the slots of no month
    /// change, and by the real prices of slots.
    fn skip_by_stretch(&self, calls: u64, tiers: usize) -> u64 {
        let slots_of = |months: [u64; MONTHS]| self.pipeline.task(&months).ok().map(|task| task.slots);
        let fewest = |calls: u64| slots_of(self.usage.bounds(calls).map(|(fewest, _)| fewest));
        let slots = slots_of(self.usage.bounds(calls).map(|(_, most)| most));
        if slots.is_none() || fewest(calls) != slots {
            return calls - 1;
        }
        // The fewest calls of a month only grow with the volume, and so do the slots for them.
        let same = calls - last_that(calls - 1, |fewer| fewest(calls - fewer) == slots);
        let Some(service) = self.pipeline.service.with_rising_prices(tiers, RisingSlots::No) else { return calls - 1 };
        self.last_within(&service, same - 1, calls - 1, slots)
    }

    /// The largest volume above `open` and up to `last` that does not cost too much by the prices of `service`, which only rise
    /// with volume; `open` if there is none. The slots are those of each volume, or as given.
    fn last_within(&self, service: &Service, open: u64, last: u64, slots: Option<[Slots; MONTHS]>) -> u64 {
        let Ok(units) = service.rates().scale().whole_units(self.budget) else { return last };
        let fits = |calls: u64| {
            let months = self.usage.bounds(calls).map(|(fewest, _)| fewest);
            let task = self.pipeline.task(&months).ok();
            let best = task.and_then(|task| plan(&Task { service, slots: slots.unwrap_or(task.slots), ..task }));
            best.is_some_and(|plan| plan.total <= units)
        };
        open + last_that(last - open, |more| fits(open + more))
    }

    /// The largest volume below `calls` that the rise does not prove to cost too much.
    fn skip_by_rise(&self, calls: u64, volume: &Volume) -> u64 {
        let Some(cost) = volume.cost else { return calls - 1 };
        let excess = cost - self.units;
        let fall = self.largest_fall(volume);
        // Every volume from `proven` on costs too much. Of each stretch below it, the shrinking part of the rise is taken at
        // the upper end and the growing part at the lower end.
        let mut proven = calls;
        while proven > 0 {
            let shifted = self.may_have_more(proven - 1, volume);
            let costs_too_much = |lower: u64| {
                let rise = self.growing_rise(lower, volume);
                rise.is_some_and(|rise| rise.saturating_add(fall.saturating_mul(shifted)) < excess)
            };
            if !costs_too_much(proven - 1) {
                return proven - 1;
            }
            let (mut good, mut bad) = (proven - 1, None);
            let mut step = 1;
            while bad.is_none() && good > 0 {
                let lower = good.saturating_sub(step);
                if costs_too_much(lower) {
                    good = lower;
                    step = step.saturating_mul(2);
                } else {
                    bad = Some(lower);
                }
            }
            while let Some(lower) = bad.filter(|&lower| good - lower > 1) {
                let middle = lower + (good - lower) / 2;
                if costs_too_much(middle) {
                    good = middle;
                } else {
                    bad = Some(middle);
                }
            }
            proven = good;
        }
        0
    }

    /// How many months may have one call more at `calls` than in `volume`.
    fn may_have_more(&self, calls: u64, volume: &Volume) -> Units {
        self.usage.bounds(calls).iter().zip(volume.months).filter(|&(&(_, most), month)| most > month).count() as Units
    }

    /// The part of the rise from `calls` up to `volume` that grows as `calls` falls; `None` where it is unbounded.
    fn growing_rise(&self, calls: u64, volume: &Volume) -> Option<Units> {
        let fewest = self.usage.bounds(calls).map(|(fewest, _)| fewest);
        let rates = self.pipeline.service.rates();
        let more: u64 = fewest.iter().zip(volume.months).map(|(&few, month)| month.saturating_sub(few)).sum();
        let postpaid = rates.postpaid();
        let dearest = postpaid.highest_unit_price();
        let edges = match postpaid.mode() {
            TierMode::Volume => postpaid.pieces().windows(2).map(|pair| rise_at_start(pair).max(0)).fold(0, Units::saturating_add),
            TierMode::Graduated => 0,
        };
        let edges = edges.saturating_mul(MONTHS as Units);
        let for_calls = dearest.at_most(more).saturating_add(edges);
        let mut for_slots: Units = 0;
        for (month, (now, &before)) in volume.slots.iter().zip(&self.pipeline.task(&fewest).ok()?.slots).enumerate() {
            match (now, before) {
                (&Slots::Needed(now), Slots::Needed(before)) => {
                    let [now_allowed, before_allowed] = [now, before].map(|slots| allowed_modes(&self.pipeline.service, slots));
                    if (0..2).any(|mode| before_allowed[mode] && !now_allowed[mode]) {
                        return None;
                    }
                    let rise =
                        [rates.concurrent(), rates.add_on_slots()].into_iter().flatten().map(|prices| rise_of_slots(prices, before, now));
                    for_slots = for_slots.saturating_add(rise.max().unwrap_or(0));
                }
                (Slots::AboveMaximum, Slots::Needed(_)) if volume.months[month] > 0 => return None,
                _ => {}
            }
        }
        Some(for_slots.saturating_add(for_calls))
    }

    /// The most by which a charge can rise when a month misses the start of a tier within reach by one call.
    fn largest_fall(&self, volume: &Volume) -> Units {
        let postpaid = self.pipeline.service.rates().postpaid();
        if postpaid.mode() == TierMode::Graduated {
            return 0;
        }
        let most = volume.months.iter().max().map_or(0, |&calls| calls.saturating_add(1));
        let falls = postpaid.pieces().windows(2).filter(|pair| pair[1].from <= most);
        falls.map(|pair| (-rise_at_start(pair)).max(0)).max().unwrap_or(0)
    }
}

/// Whether a month that needs so many slots can be per call and concurrent.
fn allowed_modes(service: &Service, slots: u64) -> [bool; 2] {
    let per_call = service.included_slots().is_none_or(|included| slots.saturating_sub(included) <= service.most_add_on_slots());
    [per_call, service.concurrent().is_some_and(|prices| slots <= prices.max_slots)]
}

/// How much more as many calls as start the second of two volume tiers cost there than on the first.
fn rise_at_start(pair: &[Piece]) -> Units {
    pair[1].charge(pair[1].from) - pair[0].charge(pair[1].from)
}

/// The most that `now` slots cost more than `before` slots, which are no more; with several prices, as if the lowest were paid
/// before and the highest now.
fn rise_of_slots(prices: &TieredCharge, before: u64, now: u64) -> Units {
    let (lowest, highest) = (prices.lowest_unit_price(), prices.highest_unit_price());
    highest.at_most(now).saturating_sub(lowest.at_most(before))
}
