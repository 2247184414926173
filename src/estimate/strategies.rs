//! The three strategies: of the whole estimate, and of each line within the modes that were chosen for its group.

use serde::{Serialize, Serializer};

use super::prepared::{Needs, PreparedEstimate, Usages};
use crate::ledger::as_text_or_null;
use crate::money::Money;
use crate::planner::{Alternative, Reason, Slots, Strategy, Task, alternatives, per_call_usage};
use crate::problem::{ErrorKind, ValidationError};
use crate::quote::{AlternativeRow, strategy_code};
use crate::settlement::Mode;
use crate::usage::MONTHS;

/// A strategy of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineAlternative {
    /// The strategy.
    #[serde(serialize_with = "strategy_code")]
    pub strategy: Strategy,
    /// The total of the line; `None` where the strategy is not available.
    #[serde(serialize_with = "as_text_or_null")]
    pub total: Option<Money>,
    /// Why the strategy is not available.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<LineReason>,
}

/// Why a strategy is not available to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineReason {
    /// As for a single service.
    Of(Reason),
    /// The estimate bills the group per call in a month in which the line has calls.
    ChosenPerCall,
}

impl Serialize for LineReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Of(reason) => reason.code(),
            Self::ChosenPerCall => "chosen_per_call",
        })
    }
}

/// The strategies of a line in its per-call months. Its concurrent months cost it nothing.
pub(super) fn line_alternatives(
    prepared: &PreparedEstimate<'_>,
    line: usize,
    usages: &Usages,
    needs: &Needs,
    modes: &[Mode; MONTHS],
) -> Vec<LineAlternative> {
    let usage = per_call_usage(&usages[line], modes);
    let task = Task { usage: &usage, ..prepared.task(line, usages, needs) };
    let scale = task.service.rates().scale();
    let is_concurrent = usage.iter().all(|&calls| calls == 0);
    let row = |alternative: Alternative| {
        let strategy = alternative.strategy;
        let outcome = match strategy {
            Strategy::ConcurrentOnly if is_concurrent => Ok(0),
            Strategy::ConcurrentOnly => Err(LineReason::ChosenPerCall),
            Strategy::PackagesOnly | Strategy::PostpaidOnly => alternative.outcome.map_err(LineReason::Of),
        };
        LineAlternative { strategy, total: outcome.ok().map(|total| scale.money(total)), reason: outcome.err() }
    };
    alternatives(&task).map(row).into()
}

/// The strategies of the whole estimate. Of several reasons, the first in the order of the rules counts.
pub(super) fn strategies(
    prepared: &PreparedEstimate<'_>,
    usages: &Usages,
    needs: &Needs,
) -> Result<Vec<AlternativeRow>, Vec<ValidationError>> {
    let mut of_lines: Vec<[Result<Money, Reason>; 2]> = Vec::new();
    for line in 0..prepared.lines.len() {
        let task = prepared.task(line, usages, needs);
        let scale = task.service.rates().scale();
        let [packages, postpaid, _] = alternatives(&task);
        of_lines.push([packages, postpaid].map(|alternative| alternative.outcome.map(|total| scale.money(total))));
    }
    let of_groups = (0..prepared.groups.len()).map(|group| concurrent_only(prepared, group, usages, needs));
    let [packages, postpaid] = [0, 1].map(|strategy| of_lines.iter().map(|outcomes| outcomes[strategy]).collect::<Vec<_>>());
    Ok(vec![
        whole(Strategy::PackagesOnly, packages)?,
        whole(Strategy::PostpaidOnly, postpaid)?,
        whole(Strategy::ConcurrentOnly, of_groups.collect())?,
    ])
}

fn whole(strategy: Strategy, outcomes: Vec<Result<Money, Reason>>) -> Result<AlternativeRow, Vec<ValidationError>> {
    let reason = outcomes.iter().filter_map(|outcome| outcome.err()).min();
    let sum = || outcomes.iter().flatten().try_fold(Money::ZERO, |sum, &total| sum.plus(total));
    let too_large = |_| vec![ValidationError { field: "services".into(), kind: ErrorKind::AmountTooLarge }];
    let total = if reason.is_none() { Some(sum().map_err(too_large)?) } else { None };
    Ok(AlternativeRow { strategy, total, reason })
}

/// What a group costs where every month that has calls is concurrent.
fn concurrent_only(prepared: &PreparedEstimate<'_>, group: usize, usages: &Usages, needs: &Needs) -> Result<Money, Reason> {
    let charges = prepared.slot_charges(group, needs);
    let (Some(of_group), Some(slots)) = (prepared.groups.get(group), needs.of_groups.get(group)) else { return Ok(Money::ZERO) };
    let active: Vec<usize> = (0..MONTHS).filter(|&month| of_group.lines.iter().any(|&line| usages[line][month] > 0)).collect();
    let Some(first) = of_group.lines.first().and_then(|&line| prepared.lines.get(line)).filter(|_| !active.is_empty()) else {
        return Ok(Money::ZERO);
    };
    if prepared.max_slots(of_group).is_none() {
        return Err(Reason::NotOffered);
    }
    if active.iter().any(|&month| slots[month] == Slots::Unknown) {
        return Err(Reason::SlotsUnknown);
    }
    let total = active.iter().map(|&month| charges[month]).sum::<Option<_>>().ok_or(Reason::SlotsAboveMaximum)?;
    Ok(first.service.rates().scale().money(total))
}
