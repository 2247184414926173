//! Who pays each call of a month, and what is charged?
//!
//! The one place that knows how a month is billed. A per-call month settles in this order: the free quota; packages
//! owned before the horizon, earliest expiry first; packages bought in the horizon, oldest first; postpaid for the
//! rest, where it is on. A concurrent month pays for its slots and touches none of these. Packages lapse at the end
//! of their last month in either mode.
//!
//! It *owns* the order, the tier that a month reaches and the lapse of packages; it does *not own* the choice of
//! mode or purchases. Source: the price page's settlement order and tiers, and the planning problem.

use crate::money::{Decimal, Money, Overflow};
use crate::order;
use crate::price_book::{Service, TierBasis};

/// Is postpaid turned on for the account? While it is off, calls that nothing covers fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Postpaid {
    /// Calls beyond free quota and packages are charged.
    #[default]
    On,
    /// Calls beyond free quota and packages fail.
    Off,
}

/// How a month is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// By free quota, packages and postpaid.
    #[default]
    PerCall,
    /// By slots.
    Concurrent,
}

impl Mode {
    /// The contract's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::PerCall => "per_call",
            Self::Concurrent => "concurrent",
        }
    }
}

/// Calls of one package or of several alike, good up to and including a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// Calls left.
    pub calls: u64,
    /// The last month of the horizon's numbering that it serves; 12 and above outlive the horizon.
    pub last_month: u32,
}

/// What an account holds between two months.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Free calls left; they last the whole horizon.
    pub free: u64,
    /// Packages owned before the horizon, earliest expiry first.
    owned: Vec<Lot>,
    /// Packages bought in the horizon, oldest first.
    bought: Vec<Lot>,
}

impl Account {
    /// An account at the start of month 1.
    pub fn new(free: u64, mut owned: Vec<Lot>) -> Self {
        order::by_key(&mut owned, |lot| lot.last_month.into());
        Self { free, owned, bought: Vec::new() }
    }

    /// Puts newly bought packages behind all others.
    pub fn buy(&mut self, lot: Lot) {
        self.bought.push(lot);
    }

    /// Calls left in packages.
    pub fn prepaid_left(&self) -> u64 {
        self.lots().map(|lot| lot.calls).sum()
    }

    /// Packages with calls left, in the order in which they are used.
    pub fn lots(&self) -> impl Iterator<Item = &Lot> {
        self.owned.iter().chain(&self.bought).filter(|lot| lot.calls > 0)
    }

    /// Takes up to `calls` calls out of the packages; how many it took.
    fn draw(&mut self, calls: u64) -> u64 {
        let mut wanted = calls;
        for lot in self.owned.iter_mut().chain(&mut self.bought) {
            let taken = lot.calls.min(wanted);
            lot.calls -= taken;
            wanted -= taken;
        }
        calls - wanted
    }

    /// Lets the packages go whose last month is over; how many calls they still had.
    fn expire(&mut self, month: u32) -> u64 {
        let over = self.owned.iter_mut().chain(&mut self.bought).filter(|lot| lot.last_month <= month);
        over.map(|lot| std::mem::take(&mut lot.calls)).sum()
    }
}

/// What an account is billed by.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The prices.
    pub service: &'a Service,
    /// The account's switch.
    pub postpaid: Postpaid,
    /// Which calls reach a tier.
    pub tier_basis: TierBasis,
}

/// One month's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthUse {
    /// 1 to 12.
    pub month: u32,
    /// How it is settled.
    pub mode: Mode,
    /// Successful calls.
    pub calls: u64,
    /// Slots to pay for, where the month is concurrent.
    pub slots: u64,
}

/// How one month was settled. Free, prepaid and postpaid calls add up to a per-call month's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settlement {
    /// Calls covered by the free quota.
    pub free: u64,
    /// Calls covered by packages.
    pub prepaid: u64,
    /// Calls charged.
    pub postpaid: u64,
    /// Per postpaid call; `None` where there is none.
    pub unit_price: Option<Decimal>,
    /// For the postpaid calls.
    pub postpaid_charge: Money,
    /// Slots paid for.
    pub slots: u64,
    /// For the slots.
    pub concurrent_charge: Money,
    /// Calls left in packages after the settlement, before expiry at the month's end.
    pub prepaid_left: u64,
    /// How many of those then lapse.
    pub expired: u64,
}

/// Why a month cannot be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsettled {
    /// Nothing covers so many calls, and postpaid is off or not offered: they fail.
    CallsFail {
        /// How many.
        calls: u64,
    },
    /// The service has no concurrent billing.
    NotConcurrent,
    /// The charge has more digits than money holds.
    Overflow,
}

impl From<Overflow> for Unsettled {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// Settles one month and takes what it uses, and what lapses at its end, out of `account`.
///
/// # Errors
/// [`Unsettled`], with `account` then of no use.
///
/// ```
/// use callmix::price_book::{PriceBook, TierBasis};
/// use callmix::settlement::{Account, Mode, MonthUse, Postpaid, Terms, settle};
/// // The price page's own example: 1,100 calls in a month with 5 free ones left are (1100 − 5) × 3.8 USD.
/// let book = PriceBook::built_in().unwrap();
/// let terms = Terms { service: &book.services[0], postpaid: Postpaid::On, tier_basis: TierBasis::Billed };
/// let mut account = Account::new(5, Vec::new());
/// let month = MonthUse { month: 1, mode: Mode::PerCall, calls: 1_100, slots: 0 };
/// let settled = settle(&terms, &month, &mut account).unwrap();
/// assert_eq!((settled.free, settled.postpaid), (5, 1_095));
/// assert_eq!(settled.postpaid_charge.to_string(), "4161.00");
/// ```
pub fn settle(terms: &Terms<'_>, month: &MonthUse, account: &mut Account) -> Result<Settlement, Unsettled> {
    let mut settled = match month.mode {
        Mode::PerCall => settle_per_call(terms, month.calls, account)?,
        Mode::Concurrent if month.calls == 0 => Settlement::default(),
        Mode::Concurrent => {
            let price = terms.service.concurrent.ok_or(Unsettled::NotConcurrent)?.price_per_slot_month;
            Settlement { slots: month.slots, concurrent_charge: price.times(month.slots)?, ..Settlement::default() }
        }
    };
    settled.prepaid_left = account.prepaid_left();
    settled.expired = account.expire(month.month);
    Ok(settled)
}

fn settle_per_call(terms: &Terms<'_>, calls: u64, account: &mut Account) -> Result<Settlement, Unsettled> {
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
        _ => Err(Unsettled::CallsFail { calls: postpaid }),
    }
}
