//! The ledger of a year: what is paid, month by month, when a plan is followed.
//!
//! [`follow`] replays a plan's modes and purchases through [`settle`]. Every amount in a quote or an insight comes from
//! a ledger, never from the planner's integers. A plan can also be followed at a volume that it was not made for;
//! calls that nothing covers then fail, and the ledger counts them.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::money::{Decimal, Money};
use crate::order;
use crate::planner::{Purchase, Slots, Task};
use crate::settlement::{Account, Lot, Mode, MonthUse, Postpaid, PostpaidRate, PostpaidRates, Settlement, SettlementError, Terms, settle};
use crate::usage::MONTHS;

/// Everything that is bought and paid in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The purchases, by month and then by size.
    pub purchases: Vec<PurchaseRow>,
    /// The twelve months.
    pub months: Vec<MonthRow>,
    /// The total paid in the horizon.
    pub total: Money,
    /// Package calls left after month 12, by the month at whose end they expire.
    pub leftover: Vec<Lot>,
    /// Calls of each month that fail: nothing covers them, and postpaid is off or no slot was bought.
    pub failing_by_month: [u64; MONTHS],
}

/// A purchase of packages of one size at the start of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurchaseRow {
    /// The month, 1 to 12.
    pub month: u32,
    /// Calls in one package.
    pub calls: u64,
    /// How many packages.
    pub count: u64,
    /// The price of all of them.
    #[serde(serialize_with = "as_text")]
    pub amount: Money,
}

/// The settlement of one month.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MonthRow {
    /// The month, 1 to 12.
    pub month: u32,
    /// The billing mode.
    #[serde(serialize_with = "mode_code")]
    pub mode: Mode,
    /// Successful calls. In a per-call month, the sum of `free`, `prepaid` and `postpaid`.
    pub calls: u64,
    /// Free calls: the month's own, and those of the free quota.
    pub free: u64,
    /// How many of them were the month's own; `None` where the service has no free calls each month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_monthly: Option<u64>,
    /// Package calls: calls paid by packages.
    pub prepaid: u64,
    /// Calls charged to postpaid.
    pub postpaid: u64,
    /// The price per postpaid call; `None` where no call is postpaid, or where they had several prices.
    #[serde(serialize_with = "as_text_or_null")]
    pub unit_price: Option<Decimal>,
    /// How many postpaid calls had which price, in the order of the tiers.
    #[serde(skip_serializing_if = "is_none", serialize_with = "as_list")]
    pub postpaid_rates: PostpaidRates,
    /// The charge for the postpaid calls.
    #[serde(serialize_with = "as_text")]
    pub postpaid_charge: Money,
    /// Slots paid for.
    pub slots: u64,
    /// The charge for the slots.
    #[serde(serialize_with = "as_text")]
    pub concurrent_charge: Money,
    /// Slots paid for beyond the included ones; `None` where the service includes no number of slots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_on_slots: Option<u64>,
    /// The charge for those slots.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    pub add_on_charge: Option<Money>,
    /// The price of the packages bought this month.
    #[serde(serialize_with = "as_text")]
    pub package_charge: Money,
    /// The sum of the package, postpaid, slot and add-on charges.
    #[serde(serialize_with = "as_text")]
    pub charge: Money,
    /// The package balance after the settlement, before packages expire at the end of the month.
    pub prepaid_left: u64,
    /// How many of those calls expire at the end of the month.
    pub expired: u64,
}

impl MonthRow {
    /// Its calls by how they are paid: free, packages, postpaid, slots.
    pub fn paid_by(&self) -> [u64; 4] {
        let concurrent = if self.mode == Mode::Concurrent { self.calls } else { 0 };
        [self.free, self.prepaid, self.postpaid, concurrent]
    }
}

/// The kind of a plan: which ways of paying it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanKind {
    /// Whether it buys packages.
    pub packages: bool,
    /// Whether it has postpaid calls.
    pub postpaid: bool,
    /// Whether it has concurrent months with calls.
    pub concurrent: bool,
}

impl Serialize for PlanKind {
    /// Serializes the list of ways used, for example `["packages", "postpaid"]`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let used = [(self.packages, "packages"), (self.postpaid, "postpaid"), (self.concurrent, "concurrent")];
        serializer.collect_seq(used.iter().filter(|(used, _)| *used).map(|(_, name)| name))
    }
}

impl Ledger {
    /// The calls of the year that fail.
    pub fn failing_calls(&self) -> u64 {
        self.failing_by_month.iter().sum()
    }

    /// The kind of the plan that was followed.
    pub fn kind(&self) -> PlanKind {
        PlanKind {
            packages: !self.purchases.is_empty(),
            postpaid: self.months.iter().any(|month| month.postpaid > 0),
            concurrent: self.months.iter().any(|month| month.mode == Mode::Concurrent && month.calls > 0),
        }
    }
}

/// Follows a plan through the year of `task`, with the slots that `task` gives for each month.
///
/// # Errors
/// [`SettlementError::Overflow`] where an amount has too many digits, and [`SettlementError::NoSlots`] where a
/// concurrent month needs slots that the service does not sell. Failing calls are no error.
pub fn follow(task: &Task<'_>, modes: &[Mode; MONTHS], purchases: &[Purchase]) -> Result<Ledger, SettlementError> {
    let service = task.service;
    let owned = task.owned.iter().map(|package| Lot { calls: package.calls, last_month: package.months_left });
    let mut account = Account::new(task.free_calls, owned);
    let terms = Terms { service, postpaid: task.postpaid, tier_basis: task.tier_basis };
    let mut ledger = Ledger {
        purchases: Vec::with_capacity(purchases.len()),
        months: Vec::with_capacity(MONTHS),
        total: Money::ZERO,
        leftover: Vec::new(),
        failing_by_month: [0; MONTHS],
    };
    for (month, (&mode, (&calls, slots))) in (1..).zip(modes.iter().zip(task.usage.iter().zip(task.slots))) {
        let mut package_charge = Money::ZERO;
        for purchase in purchases.iter().filter(|purchase| purchase.month == month) {
            let package = service.packages()[purchase.package];
            let amount = package.price.times(purchase.count)?;
            package_charge = package_charge.plus(amount)?;
            account.buy(Lot { calls: package.calls * purchase.count, last_month: service.last_month_of_packages(month) });
            ledger.purchases.push(PurchaseRow { month, calls: package.calls, count: purchase.count, amount });
        }
        let slots = match (slots, mode) {
            _ if calls == 0 => 0,
            (Slots::Needed(slots), _) => slots,
            // More than a per-call month can have, too.
            (Slots::AboveMaximum, Mode::PerCall) => u64::MAX,
            (Slots::AboveMaximum, Mode::Concurrent) | (Slots::Unknown, _) => 0,
        };
        let mut month_use = MonthUse { month, mode, calls, slots };
        if mode == Mode::Concurrent && slots == 0 {
            month_use.calls = 0;
        }
        let mut settled = settle_what_is_covered(&terms, &mut month_use, &mut account);
        // Copying a settlement takes about as long as making it.
        let settled = settled.as_mut().map_err(|error| *error)?;
        ledger.failing_by_month[month as usize - 1] = calls - month_use.calls;
        let mut charge = package_charge.plus(settled.postpaid_charge)?.plus(settled.concurrent_charge)?;
        if settled.add_on_slots > 0 {
            charge = charge.plus(settled.add_on_charge)?;
        }
        ledger.total = ledger.total.plus(charge)?;
        ledger.months.push(MonthRow {
            month,
            mode,
            calls: month_use.calls,
            free: settled.free,
            free_monthly: (service.free_calls_per_month() > 0).then_some(settled.free_monthly),
            prepaid: settled.prepaid,
            postpaid: settled.postpaid,
            unit_price: match settled.postpaid_rates[..] {
                [only] => Some(only.unit_price),
                _ => None,
            },
            postpaid_rates: std::mem::take(&mut settled.postpaid_rates),
            postpaid_charge: settled.postpaid_charge,
            slots: settled.slots,
            concurrent_charge: settled.concurrent_charge,
            add_on_slots: service.included_slots().map(|_| settled.add_on_slots),
            add_on_charge: service.included_slots().map(|_| settled.add_on_charge),
            package_charge,
            charge,
            prepaid_left: settled.prepaid_left,
            expired: settled.expired,
        });
    }
    // Calls that expire at the end of month 12 are still left after it is settled, so they count as left over.
    let expiring = ledger.months.last().map_or(0, |month| month.expired);
    ledger.leftover = merged(Some(Lot { calls: expiring, last_month: MONTHS as u32 }).iter().chain(account.lots()));
    Ok(ledger)
}

/// Settles a month without the calls that fail, which are taken off `month`.
fn settle_what_is_covered(terms: &Terms<'_>, month: &mut MonthUse, account: &mut Account) -> Result<Settlement, SettlementError> {
    let may_fail = terms.postpaid == Postpaid::Off || terms.service.tiers().is_empty();
    let before = may_fail.then(|| account.clone());
    let settled = settle(terms, month, account);
    match (&settled, before) {
        (Err(SettlementError::CallsFail { calls }), Some(before)) => {
            *account = before;
            month.calls -= calls;
        }
        (Err(SettlementError::NoSlots), _) if month.mode == Mode::PerCall => (month.calls, month.slots) = (0, 0),
        _ => return settled,
    }
    settle(terms, month, account)
}

/// The lots by last month, with one lot for each month.
fn merged<'a>(lots: impl Iterator<Item = &'a Lot>) -> Vec<Lot> {
    let mut lots: Vec<Lot> = lots.filter(|lot| lot.calls > 0).copied().collect();
    order::by_key(&mut lots, |lot| lot.last_month.into());
    lots.dedup_by(|next, merged| {
        let same = next.last_month == merged.last_month;
        if same {
            merged.calls += next.calls;
        }
        same
    });
    lots
}

/// Serializes an amount as a JSON string. For `serialize_with`.
pub(crate) fn as_text<S: Serializer>(amount: &impl ToString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&amount.to_string())
}

/// Serializes an optional amount as a JSON string or null. For `serialize_with`.
pub(crate) fn as_text_or_null<S: Serializer>(amount: &Option<impl ToString>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => as_text(amount, serializer),
        None => serializer.serialize_none(),
    }
}

pub(crate) fn is_none(rates: &PostpaidRates) -> bool {
    rates.is_empty()
}

pub(crate) fn as_list<S: Serializer>(rates: &PostpaidRates, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rates.iter())
}

impl Serialize for PostpaidRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("calls", &self.calls)?;
        map.serialize_entry("unit_price", &self.unit_price.to_string())?;
        map.end()
    }
}

pub(crate) fn mode_code<S: Serializer>(mode: &Mode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(mode.code())
}
