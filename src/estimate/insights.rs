//! The insights into an estimate: when its answer changes, and what being wrong costs.
//!
//! All lines grow and shrink together: at p percent a month of n calls has floor(n × p / 100). The range is looked for at every
//! tenth percent from 10 to 400, and its edges to whole percents. A volume that cannot be calculated is left out and reported.
//! Source: sections 5 and 9 of the pricing rules.

use serde::Serialize;

use super::prepared::{GIVEN, Needs, PreparedEstimate, Settled, Usages, reason};
use super::regret::EstimateRegret;
use super::rows::LeftOutPercent;
use crate::ledger::{Ledger, PlanKind, PurchaseRow, as_text};
use crate::money::Money;
use crate::planner::Orders;
use crate::price_book::TierBasis;
use crate::problem::ErrorKind;
use crate::settlement::Mode;

/// The range is looked for from one step to this percentage.
const MOST_PERCENT: u64 = 400;
const STEP: u64 = 10;

/// The explanation of the answer to an estimate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EstimateInsights {
    /// Where the kind of the best plan stays the same.
    pub range: PercentRange,
    /// What each plan costs more than the best one when the volume turns out differently.
    pub regret: EstimateRegret,
    /// `None` where both readings of the tiers give the same total.
    pub other_reading: Option<OtherTotal>,
    /// What one order at the start of the year would cost; `None` where that is the estimate's own choice, or no such plan covers
    /// every call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_order: Option<OtherPurchases>,
    /// What buying when needed would cost, where the estimate asked for one order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_order: Option<OtherPurchases>,
}

/// The stretch of volumes around the given one in which the kind of the best plan stays the same, in percent of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PercentRange {
    /// The kind of the best plan at the given volume, of all lines together.
    pub kind: PlanKind,
    /// The least percentage of the stretch; `None` where the kind does not change down to 10%.
    pub from: Option<u64>,
    /// The largest percentage of the stretch; `None` where the kind does not change up to 400%, or up to the volumes left out.
    pub to: Option<u64>,
    /// The kind with one percent less; `None` where the stretch has no end, or where calls would fail.
    pub below: Option<PlanKind>,
    /// The kind with one percent more; `None` where the stretch has no end, or where calls would fail.
    pub above: Option<PlanKind>,
    /// The first volume above that cannot be calculated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOutPercent>,
}

/// The best plan's total where something else is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OtherTotal {
    /// The total of the year.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
}

/// The best plan with packages bought at other times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherPurchases {
    /// The total of the year.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// How much one order costs more than buying when needed.
    #[serde(serialize_with = "as_text")]
    pub difference: Money,
    /// What each line buys, in the order of the estimate.
    pub services: Vec<LinePurchases>,
}

/// What a line buys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinePurchases {
    /// The service's identifier.
    pub service: String,
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
}

/// The answer at another volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PercentPoint {
    /// Of the given volume.
    pub percent: u64,
    /// The total of the best plan; `None` where no plan settles every call.
    pub best: Option<Money>,
    /// The ways of paying that the best plan uses; `None` where there is no plan.
    pub kind: Option<PlanKind>,
}

impl EstimateInsights {
    /// Explains the answer to an estimate.
    pub(super) fn of(prepared: &PreparedEstimate<'_>, usages: &Usages, needs: &Needs, settled: &Settled) -> Self {
        let other = |orders: Orders| other_orders(prepared, usages, needs, orders, settled.total);
        Self {
            range: range(prepared, settled.kind()),
            regret: EstimateRegret::of(prepared, usages, needs, settled),
            other_reading: other_reading(prepared, usages, needs, settled.total),
            one_order: other(Orders::Once),
            any_order: other(Orders::Any),
        }
    }
}

impl Settled {
    /// The ways of paying that the plan uses.
    pub fn kind(&self) -> PlanKind {
        let months = || self.months.iter().flatten();
        PlanKind {
            packages: self.ledgers.iter().any(|ledger| !ledger.purchases.is_empty()),
            postpaid: self.ledgers.iter().any(|ledger| ledger.months.iter().any(|month| month.postpaid > 0)),
            concurrent: months().any(|month| month.mode == Mode::Concurrent && month.slots > 0),
        }
    }
}

impl PreparedEstimate<'_> {
    /// The best plan at `percent` of the given volume.
    ///
    /// # Errors
    /// The volume cannot be calculated.
    pub fn point(&self, percent: u64) -> Result<PercentPoint, ErrorKind> {
        let usages = self.usages(percent);
        match self.needs(&usages, percent).and_then(|needs| self.cheapest(&usages, &needs)) {
            Ok(settled) => Ok(PercentPoint { percent, best: Some(settled.total), kind: Some(settled.kind()) }),
            Err(errors) => match reason(errors) {
                ErrorKind::NoPlan => Ok(PercentPoint { percent, best: None, kind: None }),
                reason => Err(reason),
            },
        }
    }
}

fn range(prepared: &PreparedEstimate<'_>, kind: PlanKind) -> PercentRange {
    let differs = |point: &PercentPoint| point.kind != Some(kind);
    let mut range = PercentRange { kind, from: None, to: None, below: None, above: None, left_out: None };
    let mut same = GIVEN;
    for percent in (1..GIVEN / STEP).rev().map(|step| step * STEP) {
        match prepared.point(percent) {
            Ok(point) if differs(&point) => {
                let (from, other) = edge(prepared, kind, same, point);
                (range.from, range.below) = (Some(from), other);
                break;
            }
            Ok(_) => same = percent,
            Err(_) => break,
        }
    }
    let mut same = GIVEN;
    for percent in (GIVEN + STEP..=MOST_PERCENT).step_by(STEP as usize) {
        match prepared.point(percent) {
            Ok(point) if differs(&point) => {
                let (to, other) = edge(prepared, kind, same, point);
                (range.to, range.above) = (Some(to), other);
                break;
            }
            Ok(_) => same = percent,
            Err(reason) => {
                range.left_out = Some(LeftOutPercent { percent, reason });
                break;
            }
        }
    }
    range
}

/// The last whole percent with this kind on the way from `same`, which has it, to `other`, and the kind that follows.
fn edge(prepared: &PreparedEstimate<'_>, kind: PlanKind, same: u64, other: PercentPoint) -> (u64, Option<PlanKind>) {
    let (mut same, mut other) = (same, other);
    while same.abs_diff(other.percent) > 1 {
        match prepared.point(same.midpoint(other.percent)) {
            Ok(point) if point.kind == Some(kind) => same = point.percent,
            Ok(point) => other = point,
            Err(_) => break,
        }
    }
    (same, other.kind)
}

/// All lines without a basis of their own, read the other way together.
fn other_reading(prepared: &PreparedEstimate<'_>, usages: &Usages, needs: &Needs, total: Money) -> Option<OtherTotal> {
    let mut other = prepared.clone();
    for line in other.lines.iter_mut().filter(|line| line.scenario.tier_basis().is_none()) {
        line.tier_basis = match line.tier_basis {
            TierBasis::Billed => TierBasis::All,
            TierBasis::All => TierBasis::Billed,
        };
    }
    let other = other.cheapest(usages, needs).ok()?.total;
    (other != total).then_some(OtherTotal { total: other })
}

/// `None` where the estimate has these orders already.
fn other_orders(prepared: &PreparedEstimate<'_>, usages: &Usages, needs: &Needs, orders: Orders, total: Money) -> Option<OtherPurchases> {
    if prepared.orders == orders {
        return None;
    }
    let settled = PreparedEstimate { orders, ..prepared.clone() }.cheapest(usages, needs).ok()?;
    let (more, less) = (total.max(settled.total), total.min(settled.total));
    let of_line = |(line, ledger): (&crate::scenario::Pipeline<'_>, Ledger)| LinePurchases {
        service: line.service.id().into(),
        purchases: ledger.purchases,
    };
    Some(OtherPurchases {
        total: settled.total,
        difference: more.minus(less).ok()?,
        services: prepared.lines.iter().zip(settled.ledgers).map(of_line).collect(),
    })
}
