//! Regret of an estimate: what a plan costs more than the best one when all volumes turn out differently together.
//!
//! As for a [single service](crate::insight::Regret): modes and slots of each group stay, purchases wait until they are needed,
//! postpaid takes the rest where it is on. Where queued work of several services does not fit into the slots, the same share
//! of the calls of each is carried.

use serde::Serialize;

use super::prepared::{Group, Needs, PreparedEstimate, Settled, Usages, reason};
use super::rows::LeftOutPercent;
use super::strategies::strategies;
use crate::capacity::PooledRule;
use crate::insight::Followed;
use crate::insight::postponed::purchases_when_needed;
use crate::insight::regret::{PERCENTS, followed_code};
use crate::ledger::{Ledger, as_text, as_text_or_null};
use crate::money::{Decimal, Money};
use crate::planner::{Purchase, Slots, Strategy, Task, per_call_usage, plan};
use crate::problem::ErrorKind;
use crate::settlement::{Mode, Postpaid};
use crate::usage::MONTHS;

/// The regret of each plan at each volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EstimateRegret {
    /// The recommendation first, then the strategies that are available.
    pub plans: Vec<FollowedPlan>,
    /// The plan with the fewest unsafe variants, then the least largest regret, among those that cost at most one and a
    /// half times the recommendation at the given volume.
    #[serde(serialize_with = "followed_code")]
    pub safest: Followed,
    /// Volumes that have no variants, by rising volume.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOutPercent>,
}

/// One plan at every volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowedPlan {
    /// Which plan.
    #[serde(serialize_with = "followed_code")]
    pub plan: Followed,
    /// By rising volume; the same volumes for every plan.
    pub variants: Vec<EstimateVariant>,
}

/// One plan at one volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EstimateVariant {
    /// Of the given volume.
    pub percent: u64,
    /// The cost of following the plan.
    #[serde(serialize_with = "as_text")]
    pub cost: Money,
    /// The cost of the best plan for this volume; `None` where no plan settles every call.
    #[serde(serialize_with = "as_text_or_null")]
    pub cheapest: Option<Money>,
    /// `cost` less `cheapest`; `None` where the variant is unsafe or there is no best plan.
    #[serde(serialize_with = "as_text_or_null")]
    pub regret: Option<Money>,
    /// Calls of the year that fail, of all lines.
    pub failing_calls: u64,
    /// The largest share of a busiest hour's calls that fails in a planned month; `None` where no slots of the plan are sized for
    /// live traffic.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    pub busy_hour_failure: Option<Decimal>,
    /// Whether calls fail, or more of a busiest hour's calls than accepted.
    #[serde(skip)]
    pub is_unsafe: bool,
}

/// The modes and purchases of a plan.
struct Fixed {
    plan: Followed,
    modes: Vec<[Mode; MONTHS]>,
    purchases: Vec<Vec<Purchase>>,
    /// Whether it costs at most one and a half times the recommendation.
    may_be_safest: bool,
}

impl EstimateRegret {
    /// Follows the recommendation, which is `settled`, and each strategy at other volumes.
    pub(super) fn of(prepared: &PreparedEstimate<'_>, usages: &Usages, needs: &Needs, settled: &Settled) -> Self {
        let fixed_plans = fixed_plans(prepared, usages, needs, settled);
        let mut plans: Vec<FollowedPlan> =
            fixed_plans.iter().map(|fixed| FollowedPlan { plan: fixed.plan, variants: Vec::new() }).collect();
        let mut left_out = Vec::new();
        for percent in PERCENTS {
            match variants(prepared, needs, &fixed_plans, percent) {
                Ok(variants) => plans.iter_mut().zip(variants).for_each(|(plan, variant)| plan.variants.push(variant)),
                Err(reason) => left_out.push(LeftOutPercent { percent, reason }),
            }
        }
        let candidates = plans.iter().zip(&fixed_plans).filter(|(_, fixed)| fixed.may_be_safest).map(|(plan, _)| plan);
        // The first of equals is chosen, and the recommendation comes first.
        let safest = candidates.min_by_key(|plan| {
            let largest = plan.variants.iter().filter_map(|variant| variant.regret).fold(Money::ZERO, Money::max);
            (plan.variants.iter().filter(|variant| variant.is_unsafe).count(), largest)
        });
        let safest = safest.map_or(Followed::Recommended, |plan| plan.plan);
        Self { plans, safest, left_out }
    }
}

/// The recommendation and the available strategies.
fn fixed_plans(prepared: &PreparedEstimate<'_>, usages: &Usages, needs: &Needs, settled: &Settled) -> Vec<Fixed> {
    let mut plans = vec![Fixed {
        plan: Followed::Recommended,
        modes: settled.modes.clone(),
        purchases: settled.purchases.clone(),
        may_be_safest: true,
    }];
    let Ok(available) = strategies(prepared, usages, needs) else { return plans };
    let nothing = || vec![Vec::new(); prepared.lines.len()];
    let most = || settled.total.plus(settled.total).and_then(|twice| twice.plus(settled.total));
    for row in available {
        let Some(cost) = row.total else { continue };
        let per_call = vec![[Mode::PerCall; MONTHS]; prepared.groups.len()];
        let (modes, purchases) = match row.strategy {
            Strategy::PackagesOnly => {
                let bought = (0..prepared.lines.len()).map(|line| {
                    let task = prepared.task(line, usages, needs);
                    plan(&Task { postpaid: Postpaid::Off, may_be_concurrent: false, ..task }).map_or(Vec::new(), |plan| plan.purchases)
                });
                (per_call, bought.collect())
            }
            Strategy::PostpaidOnly => (per_call, nothing()),
            Strategy::ConcurrentOnly => (prepared.groups.iter().map(|group| concurrent_once_needed(group, usages)).collect(), nothing()),
        };
        let may_be_safest = cost.plus(cost).and_then(|twice| most().map(|most| twice <= most)).unwrap_or(false);
        plans.push(Fixed { plan: Followed::Strategy(row.strategy), modes, purchases, may_be_safest });
    }
    plans
}

/// Concurrent from the first month that has calls.
fn concurrent_once_needed(group: &Group<'_>, usages: &Usages) -> [Mode; MONTHS] {
    let mut mode = Mode::PerCall;
    std::array::from_fn(|month| {
        if group.lines.iter().any(|&line| usages[line][month] > 0) {
            mode = Mode::Concurrent;
        }
        mode
    })
}

/// One variant for each plan.
fn variants(prepared: &PreparedEstimate<'_>, planned: &Needs, plans: &[Fixed], percent: u64) -> Result<Vec<EstimateVariant>, ErrorKind> {
    let usages = prepared.usages(percent);
    let needs = prepared.needs(&usages, percent).map_err(reason)?;
    let cheapest = match prepared.cheapest(&usages, &needs) {
        Ok(settled) => Some(settled.total),
        Err(errors) => match reason(errors) {
            ErrorKind::NoPlan => None,
            reason => return Err(reason),
        },
    };
    plans.iter().map(|fixed| variant(prepared, planned, fixed, &usages, percent, cheapest)).collect()
}

/// What the planned slots carry of a volume.
#[derive(Default)]
struct Carried {
    beyond_slots: u64,
    busy_hour_failure: Option<Decimal>,
    fails_too_often: bool,
}

fn variant(
    prepared: &PreparedEstimate<'_>,
    planned: &Needs,
    fixed: &Fixed,
    usages: &Usages,
    percent: u64,
    cheapest: Option<Money>,
) -> Result<EstimateVariant, ErrorKind> {
    let mut real = usages.clone();
    let mut carried = Carried::default();
    for (index, group) in prepared.groups.iter().enumerate() {
        for month in 0..MONTHS {
            let modes = fixed.modes.get(index).copied().unwrap_or_default();
            let of_group = planned.of_groups.get(index).map_or(Slots::Unknown, |slots| slots[month]);
            if modes[month] == Mode::Concurrent {
                let at_hand = if let Slots::Needed(slots) = of_group { slots } else { 0 };
                carry(prepared, group, &group.lines, (month, at_hand), percent, &mut real, &mut carried);
                continue;
            }
            for line in &group.lines {
                // Where the need is not known, nothing says that the included slots are too few.
                let planned = planned.of_lines.get(*line).map_or(Slots::Unknown, |slots| slots[month]);
                if let (Some(included), Slots::Needed(slots)) = (prepared.lines[*line].service.included_slots(), planned) {
                    let at_hand = (month, included.max(slots));
                    carry(prepared, group, std::slice::from_ref(line), at_hand, percent, &mut real, &mut carried);
                }
            }
        }
    }
    let purchases = (0..prepared.lines.len()).map(|line| {
        let modes = prepared.modes_of(line, &fixed.modes);
        let usage = per_call_usage(&real[line], &modes);
        let task = Task { usage: &usage, ..prepared.task(line, &real, planned) };
        purchases_when_needed(&task, &modes, &fixed.purchases[line])
    });
    let settled = prepared.settled(&real, planned, fixed.modes.clone(), purchases.collect()).map_err(reason)?;
    let failing_calls = carried.beyond_slots + settled.ledgers.iter().map(Ledger::failing_calls).sum::<u64>();
    let is_unsafe = failing_calls > 0 || carried.fails_too_often;
    let regret = cheapest.filter(|_| !is_unsafe).and_then(|cheapest| settled.total.minus(cheapest).ok());
    let busy_hour_failure = carried.busy_hour_failure;
    Ok(EstimateVariant { percent, cost: settled.total, cheapest, regret, failing_calls, busy_hour_failure, is_unsafe })
}

/// Takes from `real` the calls of some lines of a group that so many slots do not carry in a month.
fn carry(
    prepared: &PreparedEstimate<'_>,
    group: &Group<'_>,
    lines: &[usize],
    (month, at_hand): (usize, u64),
    percent: u64,
    real: &mut Usages,
    carried: &mut Carried,
) {
    let busy: Vec<usize> = lines.iter().copied().filter(|&line| real[line][month] > 0).collect();
    let rule = group.need.and_then(|need| need.rule);
    let work = rule.and_then(|rule| Some((rule, prepared.work(&rule, &busy, real, month)?)));
    let fits: Vec<u64> = match work {
        // No slots are bought for a month that was to have no calls.
        _ if at_hand == 0 => vec![0; busy.len()],
        None => vec![0; busy.len()],
        Some((PooledRule::Slots(_), _)) => return,
        Some((rule, work)) if !work.is_empty() => {
            if let Some(blocking) = rule.blocking(&work, percent, at_hand) {
                carried.busy_hour_failure = carried.busy_hour_failure.max(Some(blocking.share));
            }
            carried.fails_too_often |= !rule.is_enough(&work, percent, at_hand);
            let calls = rule.carried(&work, at_hand).into_iter().zip(work).zip(&busy);
            calls
                .map(|((fits, work), &line)| match fits == work.calls {
                    true => real[line][month],
                    false => prepared.lines[line].scenario.usage().units_of(month, fits).min(real[line][month]),
                })
                .collect()
        }
        Some(_) => return,
    };
    for (&line, fits) in busy.iter().zip(fits) {
        carried.beyond_slots += real[line][month] - fits;
        real[line][month] = fits;
    }
}
