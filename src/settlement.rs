//! Settlement of one month: what pays for each call, and what is charged.
//!
//! This is the only module that knows how a month is billed. The calls of a per-call month are paid in this order:
//!
//! 1. the month's own free calls;
//! 2. the free quota;
//! 3. packages owned before the horizon, earliest expiry first;
//! 4. packages bought in the horizon, oldest first;
//! 5. postpaid, where it is on, for the remaining calls.
//!
//! A per-call month also pays for slots beyond the included ones. A concurrent month is charged for its slots and uses none
//! of these. In either mode, packages expire at the end of their last month.
//!
//! Which mode a month has and which packages are bought is left to the [`planner`](crate::planner). The order of
//! payment and the tiers are the price page's; the rest is the planning problem of the pricing rules.

use std::ops::Deref;

use crate::money::{Decimal, Money, Overflow};
use crate::price_book::charge::{Piece, TierMode, TieredCharge, piece_of};
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
    /// Slots that the month needs. A concurrent month pays for all of them, a per-call month for those beyond the included
    /// ones.
    pub slots: u64,
}

/// The result of settling one month. In a per-call month, free, prepaid and postpaid calls add up to the month's calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settlement {
    /// Free calls: the month's own, and those of the free quota.
    pub free: u64,
    /// How many of them were the month's own.
    pub free_monthly: u64,
    /// Package calls: calls paid by packages.
    pub prepaid: u64,
    /// Calls charged to postpaid.
    pub postpaid: u64,
    /// How many postpaid calls had which price, in the order of the tiers.
    pub postpaid_rates: PostpaidRates,
    /// The charge for the postpaid calls.
    pub postpaid_charge: Money,
    /// Slots paid for in concurrent billing.
    pub slots: u64,
    /// The charge for those slots.
    pub concurrent_charge: Money,
    /// Slots paid for beyond the included ones in per-call billing.
    pub add_on_slots: u64,
    /// The charge for those slots.
    pub add_on_charge: Money,
    /// The package balance after the settlement, before packages expire at the end of the month.
    pub prepaid_left: u64,
    /// How many of those calls expire at the end of the month.
    pub expired: u64,
}

/// Postpaid calls by price, in the order of the tiers. Mostly there is one price, which takes no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PostpaidRates {
    /// No postpaid calls.
    #[default]
    None,
    /// All postpaid calls have this price.
    One(PostpaidRate),
    /// Several prices.
    Several(Vec<PostpaidRate>),
}

impl Deref for PostpaidRates {
    type Target = [PostpaidRate];

    fn deref(&self) -> &[PostpaidRate] {
        match self {
            Self::None => &[],
            Self::One(rate) => std::slice::from_ref(rate),
            Self::Several(rates) => rates,
        }
    }
}

impl FromIterator<PostpaidRate> for PostpaidRates {
    fn from_iter<I: IntoIterator<Item = PostpaidRate>>(rates: I) -> Self {
        let mut rates = rates.into_iter();
        match (rates.next(), rates.next()) {
            (None, _) => Self::None,
            (Some(only), None) => Self::One(only),
            (Some(first), Some(second)) => Self::Several([first, second].into_iter().chain(rates).collect()),
        }
    }
}

/// Postpaid calls of one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostpaidRate {
    /// How many calls.
    pub calls: u64,
    /// The price of each.
    pub unit_price: Decimal,
}

/// The reason why a month cannot be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettlementError {
    /// Calls fail: neither free quota nor packages cover them, and postpaid is off or not offered.
    CallsFail {
        /// How many calls fail.
        calls: u64,
    },
    /// The service does not sell the slots that the month needs.
    NoSlots,
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
/// [`SettlementError`]. The account is then partly settled and must not be used further, except after
/// [`NoSlots`](SettlementError::NoSlots), which leaves it as it was.
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
    let mut settled = Settlement::default();
    match month.mode {
        Mode::PerCall => settle_per_call(terms, month, account, &mut settled)?,
        Mode::Concurrent if month.calls == 0 => {}
        Mode::Concurrent => {
            settled.concurrent_charge = slot_charge(terms, terms.service.rates().concurrent(), month.slots)?;
            settled.slots = month.slots;
        }
    }
    settled.prepaid_left = account.prepaid_left();
    settled.expired = account.expire(month.month);
    Ok(settled)
}

fn settle_per_call(terms: &Terms<'_>, month: &MonthUse, account: &mut Account, settled: &mut Settlement) -> Result<(), SettlementError> {
    let Terms { service, .. } = *terms;
    settled.add_on_slots = service.included_slots().map_or(0, |included| month.slots.saturating_sub(included));
    if settled.add_on_slots > service.most_add_on_slots() {
        return Err(SettlementError::NoSlots);
    }
    settled.add_on_charge = slot_charge(terms, service.rates().add_on_slots(), settled.add_on_slots)?;
    settled.free_monthly = service.free_calls_per_month().min(month.calls);
    let of_quota = account.free.min(month.calls - settled.free_monthly);
    account.free -= of_quota;
    settled.free = settled.free_monthly + of_quota;
    settled.prepaid = account.draw(month.calls - settled.free);
    settled.postpaid = month.calls - settled.free - settled.prepaid;
    let postpaid = settled.postpaid;
    if postpaid == 0 {
        return Ok(());
    }
    let rates = service.rates();
    let pieces = rates.postpaid().in_month(terms.tier_basis, month.calls);
    match (terms.postpaid, piece_of(&pieces, postpaid)) {
        (Postpaid::On, Some(piece)) => {
            settled.postpaid_charge = charged(terms, piece, postpaid)?;
            let rate = |(tier, calls): (usize, u64)| PostpaidRate { calls, unit_price: service.tiers()[tier].unit_price };
            settled.postpaid_rates = match rates.postpaid().mode() {
                TierMode::Volume => PostpaidRates::One(rate((piece.tier, postpaid))),
                TierMode::Graduated => rates.postpaid().calls_by_tier(terms.tier_basis, month.calls, postpaid).map(rate).collect(),
            };
            Ok(())
        }
        _ => Err(SettlementError::CallsFail { calls: postpaid }),
    }
}

/// The charge for `slots` slots; nothing for none.
fn slot_charge(terms: &Terms<'_>, prices: Option<&TieredCharge>, slots: u64) -> Result<Money, SettlementError> {
    if slots == 0 {
        return Ok(Money::ZERO);
    }
    let piece = prices.and_then(|prices| piece_of(prices.pieces(), slots)).ok_or(SettlementError::NoSlots)?;
    charged(terms, piece, slots)
}

fn charged(terms: &Terms<'_>, piece: &Piece, count: u64) -> Result<Money, SettlementError> {
    let charge = piece.checked_charge(count).ok_or(SettlementError::Overflow)?;
    Ok(terms.service.rates().scale().money(charge))
}
