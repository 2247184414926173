//! What is an amount of money, exactly?
//!
//! The only module that knows decimals and scales. Prices and amounts are exact decimals of the price book's
//! currency, never rounded and never binary floats. The search works on integers: a [`Scale`] turns prices into
//! whole numbers of the smallest unit in which all of them are whole, and turns sums of those back into [`Money`].
//! Which currency it is, and how people write amounts, is left to others.
//!
//! Source of the number format: `[0-9]{1,12}(\.[0-9]{1,9})?`, at least two decimals when written.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;

/// The most digits a price may have before the point.
const MAX_WHOLE_DIGITS: usize = 12;
/// The most digits a price may have after the point.
const MAX_FRACTION_DIGITS: usize = 9;
/// Decimals of the factor that a discount multiplies a price by: two of the percentage, two of the hundred.
const DISCOUNT_FACTOR_DECIMALS: u32 = 4;

/// Places of a rounded share, at least, and how many of its smallest units it has.
const SHARE_DECIMALS: u32 = 4;
const LEAST_SHARE_UNITS: u128 = 100;
const MOST_SHARE_DECIMALS: u32 = 15;

/// An amount as a whole number of a [`Scale`]'s smallest units. For the search, where speed counts.
pub type Units = i128;

/// A non-negative decimal number with at most 12 digits before the point and 9 after it, as prices, durations
/// and shares are given. No sign, no exponent, no grouping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// The largest whole one.
    pub const MOST_WHOLE: u64 = 10_u64.pow(MAX_WHOLE_DIGITS as u32) - 1;

    /// Reads `text`, or `None` where it is not of that form.
    ///
    /// ```
    /// use callmix::money::Decimal;
    /// assert_eq!(Decimal::parse("4.80").map(|price| price.to_string()), Some("4.80".into()));
    /// assert_eq!(Decimal::parse("-4.8"), None);
    /// assert_eq!(Decimal::parse("1e3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, MAX_WHOLE_DIGITS) || !digits(fraction, MAX_FRACTION_DIGITS) {
            return None;
        }
        let mantissa = [whole, fraction].concat().parse().ok()?;
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, fraction.len() as u32).ok().map(|value| Self(value.normalize()))
    }

    /// A hundredth of the number, exactly; `None` where that has more than 9 decimals.
    ///
    /// ```
    /// use callmix::money::Decimal;
    /// let percent = Decimal::parse("0.5").unwrap();
    /// assert_eq!(percent.hundredth(), Decimal::parse("0.005"));
    /// ```
    pub fn hundredth(self) -> Option<Self> {
        let decimals = self.decimals() + 2;
        let fits = decimals <= MAX_FRACTION_DIGITS as u32 || self.is_zero();
        let value = rust_decimal::Decimal::try_from_i128_with_scale(self.0.mantissa(), decimals).ok()?;
        fits.then(|| Self(value.normalize()))
    }

    /// So many billionths; `None` above 10^28 of them. For measured numbers such as shares, which are told with nine decimals.
    pub fn from_billionths(count: u128) -> Option<Self> {
        let mantissa = i128::try_from(count).ok()?;
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, MAX_FRACTION_DIGITS as u32).ok().map(|value| Self(value.normalize()))
    }

    /// The number as a decimal, for exact arithmetic elsewhere in this module's users (sizing of slots).
    pub(crate) fn decimal(self) -> rust_decimal::Decimal {
        self.0
    }

    /// How many digits after the point the number needs, 0 to 13 (a discounted price has four more).
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }

    /// Is it zero?
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The price after a negotiated discount: price × (1 − percentage / 100), exactly.
    ///
    /// ```
    /// use callmix::money::{Decimal, Percentage};
    /// let list = Decimal::parse("4.8").unwrap();
    /// let tenth = Percentage::parse("10").unwrap();
    /// assert_eq!(list.discounted(tenth).to_string(), "4.32");
    /// ```
    pub fn discounted(self, discount: Percentage) -> Self {
        // At most 21 digits times 5 digits: within the 28 of a decimal, so the fall-back is never taken.
        let factor = rust_decimal::Decimal::new(10_000 - i64::from(discount.hundredths), DISCOUNT_FACTOR_DECIMALS);
        Self(self.0.checked_mul(factor).unwrap_or(self.0).normalize())
    }

    /// This price for each of `count` things.
    ///
    /// # Errors
    /// [`Overflow`] where the product has more digits than money holds.
    pub fn times(self, count: u64) -> Result<Money, Overflow> {
        let amount = self.0.mantissa().checked_mul(i128::from(count)).ok_or(Overflow)?;
        Ok(Money { amount, decimals: self.0.scale() })
    }
}

impl From<Decimal> for Money {
    fn from(price: Decimal) -> Self {
        Self { amount: price.0.mantissa(), decimals: price.decimals() }
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self(rust_decimal::Decimal::from(number))
    }
}

impl fmt::Display for Decimal {
    /// As in JSON: at least two decimals, no trailing zeros beyond those.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Money { amount: self.0.mantissa(), decimals: self.0.scale() }.fmt(f)
    }
}

/// A discount in percent of the list price, 0 to 100 with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Percentage {
    hundredths: u16,
}

impl Percentage {
    /// Reads `text`; `None` where it is no decimal, has more than two decimals, or is above 100.
    pub fn parse(text: &str) -> Option<Self> {
        if text.split_once('.').is_some_and(|(_, fraction)| fraction.len() > 2) {
            return None;
        }
        let hundredths = Decimal::parse(text)?.0.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?.normalize();
        if hundredths.scale() > 0 || hundredths > rust_decimal::Decimal::from(10_000) {
            return None;
        }
        u16::try_from(hundredths.mantissa()).ok().map(|hundredths| Self { hundredths })
    }

    /// Does it change no price?
    pub fn is_zero(self) -> bool {
        self.hundredths == 0
    }
}

impl fmt::Display for Percentage {
    /// The shortest form: `10`, `12.5`, `0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", rust_decimal::Decimal::new(i64::from(self.hundredths), 2).normalize())
    }
}

/// An exact amount of money, in the price book's currency.
///
/// A year of 10^12 calls at the dearest price that a book may have takes 37 digits, discount included. A decimal
/// holds 28, so amounts are whole numbers of the price's smallest unit, with the place of the point beside them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Money {
    amount: i128,
    decimals: u32,
}

impl Money {
    /// Nothing to pay.
    pub const ZERO: Self = Self { amount: 0, decimals: 0 };

    /// The sum.
    ///
    /// # Errors
    /// [`Overflow`] where it has more digits than money holds.
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        let decimals = self.decimals.max(other.decimals);
        let amount = self.in_units(decimals)?.checked_add(other.in_units(decimals)?).ok_or(Overflow)?;
        Ok(Self { amount, decimals })
    }

    /// This amount less `other`; negative where `other` is more.
    ///
    /// # Errors
    /// [`Overflow`] where it has more digits than money holds.
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.plus(Self { amount: other.amount.checked_neg().ok_or(Overflow)?, ..other })
    }

    /// Is there nothing to pay?
    pub fn is_zero(self) -> bool {
        self.amount == 0
    }

    /// What each of `count` things costs, where all of them cost this; `None` for none of them. An endless decimal is
    /// rounded to at least four places and three digits, half away from zero, and says so.
    ///
    /// ```
    /// use callmix::money::{Decimal, Share};
    /// let third = Decimal::parse("2").unwrap().times(1).unwrap().shared_by(3).unwrap();
    /// assert!(matches!(third, Share::Rounded(amount) if amount.to_string() == "0.6667"));
    /// ```
    pub fn shared_by(self, count: u64) -> Option<Share> {
        let count = i128::from(count);
        let mut decimals = self.decimals.max(SHARE_DECIMALS);
        let mut units = self.in_units(decimals).ok()?;
        while units.checked_rem(count)? != 0
            && (units / count).unsigned_abs() < LEAST_SHARE_UNITS
            && decimals < MOST_SHARE_DECIMALS
            && let Some(finer) = units.checked_mul(10)
        {
            (units, decimals) = (finer, decimals + 1);
        }
        let (amount, rest) = (units / count, units % count);
        if rest == 0 {
            return Some(Share::Exact(Self { amount, decimals }));
        }
        let away = if rest.unsigned_abs() >= count.unsigned_abs().div_ceil(2) { rest.signum() } else { 0 };
        Some(Share::Rounded(Self { amount: amount + away, decimals }))
    }

    fn in_units(self, decimals: u32) -> Result<i128, Overflow> {
        let factor = 10_i128.checked_pow(decimals - self.decimals).ok_or(Overflow)?;
        self.amount.checked_mul(factor).ok_or(Overflow)
    }

    /// Without zeros at the end that more than two decimals have, so that equal amounts are written alike.
    fn normal(self) -> Self {
        let mut normal = self;
        while normal.decimals > 0 && normal.amount % 10 == 0 {
            normal = Self { amount: normal.amount / 10, decimals: normal.decimals - 1 };
        }
        normal
    }
}

impl Ord for Money {
    fn cmp(&self, other: &Self) -> Ordering {
        let decimals = self.decimals.max(other.decimals);
        let parts = |money: &Self| {
            let unit = 10_i128.pow(money.decimals);
            (money.amount.div_euclid(unit), money.amount.rem_euclid(unit) * 10_i128.pow(decimals - money.decimals))
        };
        parts(self).cmp(&parts(other))
    }
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Money {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Money {}

impl fmt::Display for Money {
    /// As in JSON: at least two decimals, no trailing zeros beyond those.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { amount, decimals } = self.normal();
        let unit = 10_u128.pow(decimals);
        let digits = amount.unsigned_abs();
        let sign = if amount < 0 { "-" } else { "" };
        let fraction = if decimals == 0 { String::new() } else { format!("{:0width$}", digits % unit, width = decimals as usize) };
        write!(f, "{sign}{}.{fraction:0<2}", digits / unit)
    }
}

/// An amount divided by a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// To the last digit.
    Exact(Money),
    /// The quotient goes on for more digits than these.
    Rounded(Money),
}

/// A sum or product with more digits than money holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// The smallest unit in which all prices at hand are whole numbers: 10 to the power of −`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    decimals: u32,
}

impl Scale {
    /// The coarsest scale in which every one of `prices` is a whole number.
    pub fn of(prices: impl Iterator<Item = Decimal>) -> Self {
        Self { decimals: prices.map(Decimal::decimals).max().unwrap_or(0) }
    }

    /// `price` in smallest units, below 10^25. The price must be one that the scale was made of.
    pub fn scaled(self, price: Decimal) -> Units {
        debug_assert!(price.decimals() <= self.decimals);
        price.0.mantissa() * 10_i128.pow(self.decimals.saturating_sub(price.decimals()))
    }

    /// The most whole units that `amount` pays for.
    ///
    /// # Errors
    /// [`Overflow`] where they are more than an integer holds.
    pub fn units(self, amount: Money) -> Result<Units, Overflow> {
        let decimals = self.decimals.max(amount.decimals);
        let divisor = 10_i128.checked_pow(decimals - self.decimals).ok_or(Overflow)?;
        Ok(amount.in_units(decimals)?.div_euclid(divisor))
    }

    /// `amount` smallest units as money.
    pub fn money(self, amount: Units) -> Money {
        Money { amount, decimals: self.decimals }
    }
}
