//! What does it cost to be wrong about the volume?
//!
//! The plan's modes, slots and purchases stay; the real year has another volume, and postpaid takes the rest where it
//! is on. Slots that were sized carry so many calls as the same sizing gives them; what is beyond fails, while slots that
//! were given are taken to be enough. Compared with the cheapest plan for that volume. Asked of the recommendation and of each strategy.

use serde::Serialize;

use super::Months;
use crate::capacity::{Concurrency, MostCalls};
use crate::ledger::{as_text, as_text_or_null, follow};
use crate::money::Money;
use crate::planner::{Plan, Purchase, Slots, Strategy, Task, plan};
use crate::problem::ValidationError;
use crate::scenario::Pipeline;
use crate::settlement::{Mode, Postpaid};
use crate::usage::MONTHS;

/// Shares of the expected volume, in percent.
const PERCENTS: [u64; 5] = [50, 80, 100, 120, 200];

/// What being wrong costs, by plan and volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regret {
    /// The recommendation first, then the strategies that are available.
    pub plans: Vec<PlanRegret>,
    /// The plan with the least largest regret; one that fails calls only where all do.
    #[serde(serialize_with = "followed_code")]
    pub safest: Followed,
}

/// Which plan is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// The cheapest mix for the expected volume.
    Recommended,
    /// One billing mode alone.
    Strategy(Strategy),
}

/// One plan at every volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanRegret {
    /// Which.
    #[serde(serialize_with = "followed_code")]
    pub plan: Followed,
    /// By rising volume; volumes above 10^12 calls a year are left out.
    pub variants: Vec<Variant>,
}

/// One plan at one volume. Three packages bought for 300 calls cost 1,260; for the 150 calls of half a year one package
/// and 50 × 4.80, 660 together, would have done, so there is 600 to regret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// Of the expected calls.
    pub percent: u64,
    /// In the year.
    pub calls: u64,
    /// What following the plan costs.
    #[serde(serialize_with = "as_text")]
    pub cost: Money,
    /// What the cheapest plan for this volume costs; `None` where none settles every call.
    #[serde(serialize_with = "as_text_or_null")]
    pub cheapest: Option<Money>,
    /// Cost less the cheapest; `None` where calls fail or there is no cheapest plan.
    #[serde(serialize_with = "as_text_or_null")]
    pub regret: Option<Money>,
    /// Calls that fail.
    pub failing_calls: u64,
    /// Those of them that the planned slots do not carry.
    #[serde(skip)]
    pub beyond_slots: u64,
}

impl PlanRegret {
    /// The largest regret of all volumes; `None` where calls fail in one of them.
    pub fn largest(&self) -> Option<Money> {
        self.variants.iter().map(|variant| variant.regret).try_fold(Money::ZERO, |largest, regret| Some(largest.max(regret?)))
    }

    fn failing_calls(&self) -> u64 {
        self.variants.iter().map(|variant| variant.failing_calls).sum()
    }

    /// Plans that fail no call first, by their largest regret; then by how many calls fail.
    fn rank(&self) -> (bool, u64, Money) {
        let largest = self.largest();
        (largest.is_none(), self.failing_calls(), largest.unwrap_or(Money::ZERO))
    }
}

/// The modes and purchases that stay.
struct Fixed {
    plan: Followed,
    modes: [Mode; MONTHS],
    purchases: Vec<Purchase>,
}

impl Regret {
    /// Asks what following `recommended`, or a strategy, costs at other volumes than those of `task`.
    pub(super) fn of(pipeline: &Pipeline<'_>, task: &Task<'_>, recommended: &Plan) -> Result<Self, Vec<ValidationError>> {
        let volumes = volumes(pipeline)?;
        let plans: Vec<PlanRegret> = fixed_plans(task, recommended)
            .into_iter()
            .map(|fixed| {
                let variants = volumes.iter().filter_map(|volume| variant(task, pipeline.concurrency, &fixed, volume)).collect();
                PlanRegret { plan: fixed.plan, variants }
            })
            .collect();
        // The first of equals is kept, and the recommendation comes first.
        let safest = plans.iter().min_by_key(|plan| plan.rank()).map_or(Followed::Recommended, |plan| plan.plan);
        Ok(Self { plans, safest })
    }
}

/// A volume that the year may turn out to have.
struct Volume {
    percent: u64,
    months: Months,
    /// That these months need.
    slots: [Slots; MONTHS],
    cheapest: Option<Money>,
}

fn volumes(pipeline: &Pipeline<'_>) -> Result<Vec<Volume>, Vec<ValidationError>> {
    let usage = *pipeline.scenario.usage();
    let mut volumes = Vec::with_capacity(PERCENTS.len());
    for percent in PERCENTS {
        let Some(usage) = usage.scaled_to(usage.total() * percent / 100) else { continue };
        let months = usage.months();
        let task = pipeline.task(&months)?;
        let cheapest = plan(&task).map(|plan| pipeline.service.rates().scale().money(plan.total));
        volumes.push(Volume { percent, months, slots: task.slots, cheapest });
    }
    Ok(volumes)
}

/// The recommendation and the strategies that are available, each with what it does when.
fn fixed_plans(task: &Task<'_>, recommended: &Plan) -> Vec<Fixed> {
    let mut plans = vec![Fixed { plan: Followed::Recommended, modes: recommended.modes, purchases: recommended.purchases.clone() }];
    for alternative in recommended.alternatives.iter().filter(|alternative| alternative.outcome.is_ok()) {
        let per_call = [Mode::PerCall; MONTHS];
        let (modes, purchases) = match alternative.strategy {
            // Without postpaid and slots, the cheapest plan is the cheapest with packages alone.
            Strategy::PackagesOnly => {
                let bought = plan(&Task { postpaid: Postpaid::Off, slots: [Slots::Unknown; MONTHS], ..*task });
                (per_call, bought.map_or(Vec::new(), |plan| plan.purchases))
            }
            Strategy::PostpaidOnly => (per_call, Vec::new()),
            Strategy::ConcurrentOnly => ([Mode::Concurrent; MONTHS], Vec::new()),
        };
        plans.push(Fixed { plan: Followed::Strategy(alternative.strategy), modes, purchases });
    }
    plans
}

fn variant(task: &Task<'_>, concurrency: Option<Concurrency>, fixed: &Fixed, volume: &Volume) -> Option<Variant> {
    let mut carried = volume.months;
    for (month, calls) in carried.iter_mut().enumerate().filter(|&(month, _)| fixed.modes[month] == Mode::Concurrent) {
        if let (Slots::Needed(planned), Some(concurrency)) = (task.slots[month], concurrency)
            && planned > 0
            && volume.slots[month] != Slots::Needed(planned)
        {
            *calls = carried_by(planned, &concurrency, task.usage[month]).min(*calls);
        }
    }
    let beyond_slots = volume.months.iter().sum::<u64>() - carried.iter().sum::<u64>();
    let real = Task { usage: &carried, ..*task };
    let ledger = follow(&real, &fixed.modes, &fixed.purchases).ok()?;
    let regret = match volume.cheapest {
        Some(cheapest) if ledger.failing_calls == 0 && beyond_slots == 0 => ledger.total.minus(cheapest).ok(),
        _ => None,
    };
    Some(Variant {
        percent: volume.percent,
        calls: volume.months.iter().sum(),
        cost: ledger.total,
        cheapest: volume.cheapest,
        regret,
        failing_calls: ledger.failing_calls + beyond_slots,
        beyond_slots,
    })
}

/// The calls of a month that so many slots carry. Where that takes noticeable time to find, those that they were
/// planned for.
fn carried_by(slots: u64, concurrency: &Concurrency, planned: u64) -> u64 {
    match (concurrency, concurrency.most_calls(slots)) {
        // Given slots are enough, and a busy hour that is given stays as it is.
        (Concurrency::Slots(_), _) | (_, Some(MostCalls::InBusyHour(_))) => u64::MAX,
        (_, Some(MostCalls::InMonth(calls))) => calls,
        (_, None) => planned,
    }
}

fn followed_code<S: serde::Serializer>(plan: &Followed, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match plan {
        Followed::Recommended => "recommended",
        Followed::Strategy(strategy) => strategy.code(),
    })
}
