//! What is paid, month by month, when a plan is followed?
//!
//! A plan's modes and purchases are replayed through [`settle`]; every amount of a quote or an insight is taken from
//! here, never from the planner's own arithmetic. A plan can also be followed at another volume than it was made for;
//! calls that nothing covers then fail, and are counted.

use serde::{Serialize, Serializer};

use crate::money::{Decimal, Money};
use crate::order;
use crate::planner::{Purchase, Slots, Task};
use crate::settlement::{Account, Lot, Mode, MonthUse, Postpaid, Terms, Unsettled, settle};
use crate::usage::MONTHS;

/// A year as it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
    /// Twelve.
    pub months: Vec<MonthRow>,
    /// Everything paid in the horizon.
    pub total: Money,
    /// Calls left in packages when month 12 is settled, by the last month in which they are good.
    pub leftover: Vec<Lot>,
    /// Calls that nothing covers, while postpaid is off or no slot is bought.
    pub failing_calls: u64,
}

/// Packages to buy at the start of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseRow {
    /// 1 to 12.
    pub month: u32,
    /// In one package.
    pub calls: u64,
    /// Packages.
    pub count: u64,
    /// For all of them.
    #[serde(serialize_with = "as_text")]
    pub amount: Money,
}

/// How one month is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthRow {
    /// 1 to 12.
    pub month: u32,
    /// Per call or concurrent.
    #[serde(serialize_with = "mode_code")]
    pub mode: Mode,
    /// Successful calls; in a per-call month the sum of the next three.
    pub calls: u64,
    /// Covered by free quota.
    pub free: u64,
    /// Covered by packages.
    pub prepaid: u64,
    /// Charged.
    pub postpaid: u64,
    /// Per postpaid call.
    #[serde(serialize_with = "as_text_or_null")]
    pub unit_price: Option<Decimal>,
    /// For the postpaid calls.
    #[serde(serialize_with = "as_text")]
    pub postpaid_charge: Money,
    /// Slots paid for.
    pub slots: u64,
    /// For the slots.
    #[serde(serialize_with = "as_text")]
    pub concurrent_charge: Money,
    /// For packages bought this month.
    #[serde(serialize_with = "as_text")]
    pub package_charge: Money,
    /// The sum of the three charges.
    #[serde(serialize_with = "as_text")]
    pub charge: Money,
    /// Calls left in packages after the settlement, before expiry.
    pub prepaid_left: u64,
    /// How many of them then lapse.
    pub expired: u64,
}

/// Which ways of paying a year uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kind {
    /// New packages.
    pub packages: bool,
    /// Postpaid calls.
    pub postpaid: bool,
    /// Concurrent months.
    pub concurrent: bool,
}

impl Serialize for Kind {
    /// A list of those used: `["packages", "postpaid"]`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let used = [(self.packages, "packages"), (self.postpaid, "postpaid"), (self.concurrent, "concurrent")];
        serializer.collect_seq(used.iter().filter(|(used, _)| *used).map(|(_, name)| name))
    }
}

impl Ledger {
    /// Which ways of paying it uses.
    pub fn kind(&self) -> Kind {
        Kind {
            packages: !self.purchases.is_empty(),
            postpaid: self.months.iter().any(|month| month.postpaid > 0),
            concurrent: self.months.iter().any(|month| month.mode == Mode::Concurrent && month.calls > 0),
        }
    }
}

/// Follows a plan through the year that `task` describes, with the slots that it names.
///
/// # Errors
/// Amounts with more digits than money holds.
pub fn follow(task: &Task<'_>, modes: &[Mode; MONTHS], purchases: &[Purchase]) -> Result<Ledger, Unsettled> {
    let service = task.service;
    let owned = task.owned.iter().map(|package| Lot { calls: package.calls, last_month: package.months_left }).collect();
    let mut account = Account::new(task.free_calls, owned);
    let terms = Terms { service, postpaid: task.postpaid, tier_basis: task.tier_basis };
    let may_fail = task.postpaid == Postpaid::Off || service.tiers.is_empty();
    let mut ledger = Ledger {
        purchases: Vec::with_capacity(purchases.len()),
        months: Vec::with_capacity(MONTHS),
        total: Money::ZERO,
        leftover: Vec::new(),
        failing_calls: 0,
    };
    for (month, (&mode, (&calls, slots))) in (1..).zip(modes.iter().zip(task.usage.iter().zip(task.slots))) {
        let mut package_charge = Money::ZERO;
        for purchase in purchases.iter().filter(|purchase| purchase.month == month) {
            let package = service.packages[purchase.package];
            let amount = package.price.times(purchase.count)?;
            package_charge = package_charge.plus(amount)?;
            account
                .buy(Lot { calls: package.calls * purchase.count, last_month: service.package_validity_months.saturating_add(month - 1) });
            ledger.purchases.push(PurchaseRow { month, calls: package.calls, count: purchase.count, amount });
        }
        let slots = if let Slots::Needed(slots) = slots { slots } else { 0 };
        let mut month_use = MonthUse { month, mode, calls, slots };
        if mode == Mode::Concurrent && slots == 0 {
            month_use.calls = 0;
        }
        let before = may_fail.then(|| account.clone());
        let settled = match (settle(&terms, &month_use, &mut account), before) {
            (Err(Unsettled::CallsFail { calls }), Some(before)) => {
                account = before;
                month_use.calls -= calls;
                settle(&terms, &month_use, &mut account)?
            }
            (settled, _) => settled?,
        };
        ledger.failing_calls += calls - month_use.calls;
        let charge = package_charge.plus(settled.postpaid_charge)?.plus(settled.concurrent_charge)?;
        ledger.total = ledger.total.plus(charge)?;
        ledger.months.push(MonthRow {
            month,
            mode,
            calls: month_use.calls,
            free: settled.free,
            prepaid: settled.prepaid,
            postpaid: settled.postpaid,
            unit_price: settled.unit_price,
            postpaid_charge: settled.postpaid_charge,
            slots: settled.slots,
            concurrent_charge: settled.concurrent_charge,
            package_charge,
            charge,
            prepaid_left: settled.prepaid_left,
            expired: settled.expired,
        });
    }
    // What lapses with month 12 was still good in it.
    let lapsing = ledger.months.last().map_or(0, |month| month.expired);
    ledger.leftover = merged(Some(Lot { calls: lapsing, last_month: MONTHS as u32 }).iter().chain(account.lots()));
    Ok(ledger)
}

/// Lots by their last month, those with the same one together.
fn merged<'a>(lots: impl Iterator<Item = &'a Lot>) -> Vec<Lot> {
    let mut lots: Vec<Lot> = lots.filter(|lot| lot.calls > 0).copied().collect();
    order::by_key(&mut lots, |lot| lot.last_month.into());
    lots.dedup_by(|next, kept| {
        let same = next.last_month == kept.last_month;
        if same {
            kept.calls += next.calls;
        }
        same
    });
    lots
}

/// An amount in the contract's notation, for `serialize_with`.
pub(crate) fn as_text<S: Serializer>(amount: &impl ToString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&amount.to_string())
}

/// The same where there may be none.
pub(crate) fn as_text_or_null<S: Serializer>(amount: &Option<impl ToString>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => as_text(amount, serializer),
        None => serializer.serialize_none(),
    }
}

fn mode_code<S: Serializer>(mode: &Mode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(mode.code())
}
