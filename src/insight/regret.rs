//! Regret: what a plan costs more than the best one when the volume turns out differently.
//!
//! The plan's modes and slots stay; its purchases [wait](super::postponed) until they are needed; postpaid takes the rest
//! where it is on. The cost is compared with the optimum for that volume. Answered for the recommendation and for each
//! strategy that is available. Source: section 5 of the pricing rules.
//!
//! What a planned concurrent month carries depends on how its slots were found. Slots given directly are taken to be
//! enough. Slots of queued work carry what fits into all of their hours, and calls beyond fail. Under live traffic no
//! calls of the year fail, but a share of the busiest hour does.

use serde::{Serialize, Serializer};

use super::postponed::purchases_when_needed;
use super::{Months, error_code};
use crate::capacity::{Concurrency, is_enough};
use crate::ledger::{as_text, as_text_or_null, follow};
use crate::money::{Decimal, Money};
use crate::planner::{Plan, Purchase, Slots, Strategy, Task, plan};
use crate::price_book::MAX_CALLS;
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::Pipeline;
use crate::settlement::{Mode, Postpaid};
use crate::usage::MONTHS;

/// Shares of the given volume, in percent.
pub(crate) const PERCENTS: [u64; 5] = [50, 80, 100, 120, 200];

/// The regret of each plan at each volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regret {
    /// The recommendation first, then the strategies that are available.
    pub plans: Vec<PlanRegret>,
    /// The plan with the fewest unsafe variants, then the least largest regret, among those that cost at most one and a
    /// half times the recommendation at the given volume.
    #[serde(serialize_with = "followed_code")]
    pub safest: Followed,
    /// Volumes that have no variants, by rising volume.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOutVolume>,
}

/// A volume that cannot be calculated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOutVolume {
    /// Of the given volume.
    pub percent: u64,
    /// In the year.
    pub calls: u64,
    /// Why a quote for this volume is an error.
    #[serde(serialize_with = "error_code")]
    pub reason: ErrorKind,
}

/// The plan that is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// The best plan for the given volume.
    Recommended,
    /// One billing mode alone.
    Strategy(Strategy),
}

/// One plan at every volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanRegret {
    /// Which plan.
    #[serde(serialize_with = "followed_code")]
    pub plan: Followed,
    /// By rising volume; the same volumes for every plan.
    pub variants: Vec<Variant>,
}

/// One plan at one volume. Of three packages planned for 300 calls, two are bought for the 150 calls of half a year, and
/// cost 840; one package and 50 × 4.80 would have been enough, 660 in all, so the regret is 180.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// Of the given volume.
    pub percent: u64,
    /// In the year.
    pub calls: u64,
    /// The cost of following the plan.
    #[serde(serialize_with = "as_text")]
    pub cost: Money,
    /// The cost of the best plan for this volume; `None` where no plan settles every call.
    #[serde(serialize_with = "as_text_or_null")]
    pub cheapest: Option<Money>,
    /// `cost` less `cheapest`; `None` where the variant is unsafe or there is no best plan. Negative where the slots of
    /// queued work carry more than their target utilisation allows for.
    #[serde(serialize_with = "as_text_or_null")]
    pub regret: Option<Money>,
    /// Calls of the year that fail.
    pub failing_calls: u64,
    /// The share of the busiest hour's calls that fails, in the planned concurrent month where it is largest, rounded to
    /// nine decimals; `None` where no concurrent month is sized for live traffic.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    pub busy_hour_failure: Option<Decimal>,
    /// How many of the failing calls the planned slots do not carry.
    #[serde(skip)]
    pub beyond_slots: u64,
    /// Whether calls fail, or more of the busiest hour's calls than accepted.
    #[serde(skip)]
    pub is_unsafe: bool,
}

impl PlanRegret {
    /// The largest regret of the variants that have one, at least zero.
    pub fn largest(&self) -> Money {
        self.variants.iter().filter_map(|variant| variant.regret).fold(Money::ZERO, Money::max)
    }

    /// How many variants are unsafe.
    pub fn unsafe_variants(&self) -> usize {
        self.variants.iter().filter(|variant| variant.is_unsafe).count()
    }
}

/// The modes and purchases of a plan.
struct Fixed {
    plan: Followed,
    modes: [Mode; MONTHS],
    purchases: Vec<Purchase>,
    /// Whether it costs at most one and a half times the recommendation.
    may_be_safest: bool,
}

/// Another volume of the same year.
struct Volume {
    percent: u64,
    months: Months,
    cheapest: Option<Money>,
}

impl Regret {
    /// Follows `recommended`, which is for `task`, and each strategy at other volumes. Nothing here is an error: a
    /// volume that is refused is left out.
    pub(super) fn of(pipeline: &Pipeline<'_>, task: &Task<'_>, recommended: &Plan) -> Self {
        let fixed_plans = fixed_plans(task, recommended);
        let mut plans: Vec<PlanRegret> = fixed_plans.iter().map(|fixed| PlanRegret { plan: fixed.plan, variants: Vec::new() }).collect();
        let mut left_out = Vec::new();
        let given = pipeline.scenario.usage().total();
        for percent in PERCENTS {
            let calls = given * percent / 100;
            match variants(pipeline, task, &fixed_plans, percent, calls) {
                Ok(variants) => {
                    for (plan, variant) in plans.iter_mut().zip(variants) {
                        plan.variants.push(variant);
                    }
                }
                Err(reason) => left_out.push(LeftOutVolume { percent, calls, reason }),
            }
        }
        let candidates = plans.iter().zip(&fixed_plans).filter(|(_, fixed)| fixed.may_be_safest).map(|(plan, _)| plan);
        // The first of equals is chosen, and the recommendation comes first.
        let safest = candidates.min_by_key(|plan| (plan.unsafe_variants(), plan.largest()));
        let safest = safest.map_or(Followed::Recommended, |plan| plan.plan);
        Self { plans, safest, left_out }
    }
}

/// One variant for each plan.
fn variants(pipeline: &Pipeline<'_>, task: &Task<'_>, fixed_plans: &[Fixed], percent: u64, calls: u64) -> Result<Vec<Variant>, ErrorKind> {
    let usage = pipeline.scenario.usage().scaled_to(calls).ok_or(ErrorKind::YearAboveLimit { most: MAX_CALLS })?;
    let months = usage.months();
    let refused = |errors: Vec<ValidationError>| errors.into_iter().next().map_or(ErrorKind::AmountTooLarge, |error| error.kind);
    let best = plan(&pipeline.task(&months).map_err(refused)?);
    let cheapest = best.map(|plan| pipeline.service.rates().scale().money(plan.total));
    let volume = Volume { percent, months, cheapest };
    fixed_plans.iter().map(|fixed| variant(pipeline, task, fixed, &volume).ok_or(ErrorKind::AmountTooLarge)).collect()
}

/// The recommendation and the available strategies, with their modes and purchases.
fn fixed_plans(task: &Task<'_>, recommended: &Plan) -> Vec<Fixed> {
    let mut plans = vec![Fixed {
        plan: Followed::Recommended,
        modes: recommended.modes,
        purchases: recommended.purchases.clone(),
        may_be_safest: true,
    }];
    for alternative in &recommended.alternatives {
        let Ok(cost) = alternative.outcome else { continue };
        let per_call = [Mode::PerCall; MONTHS];
        let (modes, purchases) = match alternative.strategy {
            // Without postpaid and slots, the best plan is the best with packages alone.
            Strategy::PackagesOnly => {
                let bought = plan(&Task { postpaid: Postpaid::Off, may_be_concurrent: false, ..*task });
                (per_call, bought.map_or(Vec::new(), |plan| plan.purchases))
            }
            Strategy::PostpaidOnly => (per_call, Vec::new()),
            Strategy::ConcurrentOnly => (concurrent_once_needed(task.usage), Vec::new()),
        };
        let may_be_safest = cost.saturating_mul(2) <= recommended.total.saturating_mul(3);
        plans.push(Fixed { plan: Followed::Strategy(alternative.strategy), modes, purchases, may_be_safest });
    }
    plans
}

/// Concurrent from the first month that has calls; a month without calls keeps the mode of the month before.
fn concurrent_once_needed(months: &Months) -> [Mode; MONTHS] {
    let first = months.iter().position(|&calls| calls > 0).unwrap_or(MONTHS);
    let mut modes = [Mode::PerCall; MONTHS];
    modes[first..].fill(Mode::Concurrent);
    modes
}

/// A plan at a volume; `None` where its cost has more digits than money holds.
fn variant(pipeline: &Pipeline<'_>, task: &Task<'_>, fixed: &Fixed, volume: &Volume) -> Option<Variant> {
    let growth = pipeline.growth(&volume.months);
    let usage = pipeline.scenario.usage();
    let mut carried = volume.months;
    let mut busy_hour_failure = None;
    let mut fails_too_often = false;
    for (month, calls) in carried.iter_mut().enumerate().filter(|&(_, &mut calls)| calls > 0) {
        let Some(slots) = slots_at_hand(task, fixed.modes[month], month) else { continue };
        match pipeline.concurrency {
            // No slots are bought for a month that was to have no calls.
            Some(_) if slots == 0 => *calls = 0,
            None => *calls = 0,
            Some(Concurrency::Slots(_)) => {}
            Some(Concurrency::Queued(work)) => *calls = usage.units_of(month, work.carried(slots)).min(*calls),
            Some(Concurrency::Live(traffic)) => {
                let behind = usage.calls_behind(month, *calls);
                let share = traffic.blocking(behind, growth, slots).map(|blocking| blocking.share);
                busy_hour_failure = busy_hour_failure.max(share);
                fails_too_often |= !is_enough(&traffic.load(behind, growth), slots, traffic.accepted_failure);
            }
        }
    }
    let beyond_slots = volume.months.iter().sum::<u64>() - carried.iter().sum::<u64>();
    let real = Task { usage: &carried, ..*task };
    let purchases = purchases_when_needed(&real, &fixed.modes, &fixed.purchases);
    let ledger = follow(&real, &fixed.modes, &purchases).ok()?;
    let failing_calls = ledger.failing_calls() + beyond_slots;
    let is_unsafe = failing_calls > 0 || fails_too_often;
    let regret = volume.cheapest.filter(|_| !is_unsafe).and_then(|cheapest| ledger.total.minus(cheapest).ok());
    Some(Variant {
        percent: volume.percent,
        calls: volume.months.iter().sum(),
        cost: ledger.total,
        cheapest: volume.cheapest,
        regret,
        failing_calls,
        busy_hour_failure,
        beyond_slots,
        is_unsafe,
    })
}

/// How many calls can run at once in a month, counted from 0, with the slots that are planned for it; `None` for any number.
fn slots_at_hand(task: &Task<'_>, mode: Mode, month: usize) -> Option<u64> {
    let planned = match task.slots[month] {
        Slots::Needed(slots) => Some(slots),
        Slots::Unknown | Slots::AboveMaximum => None,
    };
    match mode {
        Mode::Concurrent => Some(planned.unwrap_or(0)),
        // Where the need is not known, per-call billing adds no slots, and nothing says that the included ones are too few.
        Mode::PerCall => task.service.included_slots().zip(planned).map(|(included, planned)| included.max(planned)),
    }
}

pub(crate) fn followed_code<S: Serializer>(plan: &Followed, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match plan {
        Followed::Recommended => "recommended",
        Followed::Strategy(strategy) => strategy.code(),
    })
}
