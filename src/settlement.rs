//! Settlement of one month: what pays for each call, and what is charged.
//!
//! This is the only module that knows how a month is billed. The calls of a per-call month are paid in this order:
//!
//! 1. the free quota;
//! 2. packages owned before the horizon, earliest expiry first;
//! 3. packages bought in the horizon, oldest first;
//! 4. postpaid, where it is on, for the remaining calls.
//!
//! A concurrent month is charged for its slots and uses none of these. In either mode, packages expire at the end of
//! their last month.
//!
//! Which mode a month has and which packages are bought is left to the [`planner`](crate::planner). The order of
//! payment and the tiers are the price page's; the rest is the planning problem of the pricing rules.

use crate::money::{Decimal, Money, Overflow};
use crate::price_book::{Service, TierBasis};

/// The account's postpaid switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Postpaid {
    /// Calls beyond free quota and packages are charged.
    #[default]
    On,
    /// Calls beyond free quota and packages fail.
    Off,
}

/// The billing mode of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Calls are paid by free quota, packages and postpaid.
    #[default]
    PerCall,
    /// Slots are paid, whatever the number of calls.
    Concurrent,
}

impl Mode {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::PerCall => "per_call",
            Self::Concurrent => "concurrent",
        }
    }
}

/// Calls left in one or more packages that expire at the end of the same month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// Calls left.
    pub calls: u64,
    /// The last month that the packages serve, counted from the horizon's month 1. Packages with 12 or more serve the whole
    /// horizon.
    pub last_month: u32,
}

/// The free quota and packages of an account, between two months.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Free calls left. They do not expire within the horizon.
    pub free: u64,
    /// Packages owned before the horizon, earliest expiry first.
    owned: Vec<Lot>,
    /// Packages bought in the horizon, oldest first.
    bought: Vec<Lot>,
}

impl Account {
    /// An account at the start of month 1, with its free quota and owned packages. Packages that expire together are
    /// interchangeable, so they become one lot.
    pub fn new(free: u64, packages: impl IntoIterator<Item = Lot>) -> Self {
        let mut owned: Vec<Lot> = Vec::new();
        for package in packages {
            match owned.binary_search_by_key(&package.last_month, |lot| lot.last_month) {
                Ok(place) => owned[place].calls = owned[place].calls.saturating_add(package.calls),
                Err(place) => owned.insert(place, package),
            }
        }
        Self { free, owned, bought: Vec::new() }
    }

    /// Adds newly bought packages, which are used after all others.
    pub fn buy(&mut self, lot: Lot) {
        self.bought.push(lot);
    }

    /// The package balance: calls left in all packages.
    pub fn prepaid_left(&self) -> u64 {
        self.lots().map(|lot| lot.calls).sum()
    }

    /// The packages that have calls left, in the order in which they are used.
    pub fn lots(&self) -> impl Iterator<Item = &Lot> {
        self.owned.iter().chain(&self.bought).filter(|lot| lot.calls > 0)
    }

    /// Uses up to `calls` package calls and returns how many it used.
    fn draw(&mut self, calls: u64) -> u64 {
        let mut wanted = calls;
        for lot in self.owned.iter_mut().chain(&mut self.bought) {
            let taken = lot.calls.min(wanted);
            lot.calls -= taken;
            wanted -= taken;
        }
        calls - wanted
    }

    /// Removes the packages that expire at the end of `month` and returns how many calls were left in them.
    fn expire(&mut self, month: u32) -> u64 {
        let expiring = self.owned.iter_mut().chain(&mut self.bought).filter(|lot| lot.last_month <= month);
        expiring.map(|lot| std::mem::take(&mut lot.calls)).sum()
    }
}

/// The terms by which an account is billed.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The service and its prices, after any discount.
    pub service: &'a Service,
    /// The account's postpaid switch.
    pub postpaid: Postpaid,
    /// The calls that count towards a tier.
    pub tier_basis: TierBasis,
}

/// The usage of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthUse {
    /// The month, 1 to 12.
    pub month: u32,
    /// The billing mode.
    pub mode: Mode,
    /// Successful calls.
    pub calls: u64,
    /// Slots to pay for. Only a concurrent month pays for slots.
    pub slots: u64,
}

/// The result of settling one month. In a per-call month, free, prepaid and postpaid calls add up to the month's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settlement {
    /// Calls paid by the free quota.
    pub free: u64,
    /// Package calls: calls paid by packages.
    pub prepaid: u64,
    /// Calls charged to postpaid.
    pub postpaid: u64,
    /// The price per postpaid call; `None` where no call is postpaid.
    pub unit_price: Option<Decimal>,
    /// The charge for the postpaid calls.
    pub postpaid_charge: Money,
    /// Slots paid for.
    pub slots: u64,
    /// The charge for the slots.
    pub concurrent_charge: Money,
    /// The package balance after the settlement, before packages expire at the end of the month.
    pub prepaid_left: u64,
    /// How many of those calls expire at the end of the month.
    pub expired: u64,
}

/// The reason why a month cannot be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettlementError {
    /// Calls fail: neither free quota nor packages cover them, and postpaid is off or not offered.
    CallsFail {
        /// How many calls fail.
        calls: u64,
    },
    /// The service has no concurrent billing.
    NotConcurrent,
    /// A charge has too many digits for [`Money`].
    Overflow,
}

impl From<Overflow> for SettlementError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// Settles one month. Removes from `account` the calls that the month uses and those that expire at its end.
///
/// # Errors
/// [`SettlementError`]. The account is then partly settled and must not be used further.
///
/// ```
/// use callmix::price_book::{PriceBook, TierBasis};
/// use callmix::settlement::{Account, Mode, MonthUse, Postpaid, Terms, settle};
/// // The price page's example: 1,100 calls in a month with 5 free calls left cost (1100 − 5) × 3.8 USD.
/// let book = PriceBook::built_in().unwrap();
/// let terms = Terms { service: &book.services()[0], postpaid: Postpaid::On, tier_basis: TierBasis::Billed };
/// let mut account = Account::new(5, Vec::new());
/// let month = MonthUse { month: 1, mode: Mode::PerCall, calls: 1_100, slots: 0 };
/// let settled = settle(&terms, &month, &mut account).unwrap();
/// assert_eq!((settled.free, settled.postpaid), (5, 1_095));
/// assert_eq!(settled.postpaid_charge.to_string(), "4161.00");
/// ```
pub fn settle(terms: &Terms<'_>, month: &MonthUse, account: &mut Account) -> Result<Settlement, SettlementError> {
    let mut settled = match month.mode {
        Mode::PerCall => settle_per_call(terms, month.calls, account)?,
        Mode::Concurrent if month.calls == 0 => Settlement::default(),
        Mode::Concurrent => {
            let price = terms.service.concurrent().ok_or(SettlementError::NotConcurrent)?.price_per_slot_month;
            Settlement { slots: month.slots, concurrent_charge: price.times(month.slots)?, ..Settlement::default() }
        }
    };
    settled.prepaid_left = account.prepaid_left();
    settled.expired = account.expire(month.month);
    Ok(settled)
}

fn settle_per_call(terms: &Terms<'_>, calls: u64, account: &mut Account) -> Result<Settlement, SettlementError> {
    let free = account.free.min(calls);
    account.free -= free;
    let prepaid = account.draw(calls - free);
    let postpaid = calls - free - prepaid;
    let settled = Settlement { free, prepaid, postpaid, ..Settlement::default() };
    if postpaid == 0 {
        return Ok(settled);
    }
    let reached_by = match terms.tier_basis {
        TierBasis::Billed => postpaid,
        TierBasis::All => calls,
    };
    match (terms.postpaid, terms.service.tier_for(reached_by)) {
        (Postpaid::On, Some(tier)) => {
            let postpaid_charge = tier.unit_price.times(postpaid)?;
            Ok(Settlement { unit_price: Some(tier.unit_price), postpaid_charge, ..settled })
        }
        _ => Err(SettlementError::CallsFail { calls: postpaid }),
    }
}
