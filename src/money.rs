//! Money: exact prices, amounts and discounts.
//!
//! Prices and amounts are exact decimals in the price book's currency. They are never rounded and never binary
//! floats. The planner works on integers: a [`Scale`] converts prices into whole numbers of the smallest unit in
//! which all of them are whole, and converts sums of those back into [`Money`]. Which currency an amount is in, and
//! how it is formatted for people, is left to other modules.
//!
//! The decimal format is the contract's: `[0-9]{1,12}(\.[0-9]{1,9})?` on input, at least two decimals on output.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;

/// The maximum number of digits before the decimal point of a price.
const MAX_WHOLE_DIGITS: usize = 12;
/// The maximum number of digits after the decimal point of a price.
const MAX_FRACTION_DIGITS: usize = 9;
/// The maximum number of decimals of a percentage.
const PERCENTAGE_DECIMALS: u32 = 2;
/// The exponent of the largest block of items that a price can be for.
const MAX_BLOCK_DIGITS: u32 = 6;

/// The minimum number of decimals of a rounded quotient.
const MIN_QUOTIENT_DECIMALS: u32 = 4;
/// The maximum number of decimals of a rounded quotient.
const MAX_QUOTIENT_DECIMALS: u32 = 15;
/// A rounded quotient of at least this many smallest units has three significant digits.
const THREE_DIGITS: u128 = 100;

/// An amount as a whole number of a [`Scale`]'s smallest units. The planner uses it because integers are fast.
pub type Units = i128;

/// A non-negative decimal number: a price, a duration or a share. On input it has at most 12 digits before the point
/// and 9 after it, and no sign, exponent or grouping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// The largest whole number that can be parsed.
    pub const MOST_WHOLE: u64 = 10_u64.pow(MAX_WHOLE_DIGITS as u32) - 1;

    /// Parses `text`; `None` where it does not have that format.
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

    /// The number divided by 100, exactly; `None` where the result has more than 9 decimals.
    ///
    /// ```
    /// use callmix::money::Decimal;
    /// let percent = Decimal::parse("0.5").unwrap();
    /// assert_eq!(percent.hundredth(), Decimal::parse("0.005"));
    /// ```
    pub fn hundredth(self) -> Option<Self> {
        let decimals = self.decimals() + 2;
        let fits = decimals <= MAX_FRACTION_DIGITS as u32;
        let value = rust_decimal::Decimal::try_from_i128_with_scale(self.0.mantissa(), decimals).ok()?;
        fits.then(|| Self(value.normalize()))
    }

    /// The number `count` / 10^9; `None` above 10^28 billionths. For computed shares, which are shown with nine decimals.
    pub fn from_billionths(count: u128) -> Option<Self> {
        let mantissa = i128::try_from(count).ok()?;
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, MAX_FRACTION_DIGITS as u32).ok().map(|value| Self(value.normalize()))
    }

    /// The number as a `rust_decimal` value, for exact arithmetic when slots are sized.
    pub(crate) fn decimal(self) -> rust_decimal::Decimal {
        self.0
    }

    /// The price of one where this is the price of `count`, a power of ten up to 10^6. `None` for any other count.
    ///
    /// ```
    /// use callmix::money::Decimal;
    /// assert_eq!(Decimal::parse("3.2").and_then(|price| price.each_of(1_000)), Decimal::parse("0.0032"));
    /// ```
    pub fn each_of(self, count: u64) -> Option<Self> {
        let value = rust_decimal::Decimal::try_from_i128_with_scale(self.0.mantissa(), self.decimals() + power_of_ten(count)?).ok()?;
        Some(Self(value.normalize()))
    }

    /// The inverse of [`each_of`](Self::each_of): the price of `count` where this is the price of one.
    pub fn for_all_of(self, count: u64) -> Option<Self> {
        let exponent = power_of_ten(count)?;
        let decimals = self.decimals().saturating_sub(exponent);
        let mantissa = self.0.mantissa().checked_mul(10_i128.pow((exponent + decimals).saturating_sub(self.decimals())))?;
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, decimals).ok().map(|value| Self(value.normalize()))
    }

    /// How many decimals the number needs: 0 to 9, and up to 19 for a discounted price of a part of a block.
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }

    /// Whether the number is zero.
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
        // As integers, because the subtraction of decimals would be compiled in for this alone.
        let left = Percentage::HUNDREDTHS.saturating_sub(discount.hundredths()) as i64;
        // 21 digits times 5 digits fit into the 28 digits of a decimal, so the fallback is never used.
        let price = self.0.checked_mul(rust_decimal::Decimal::new(left, PERCENTAGE_DECIMALS + 2));
        Self(price.unwrap_or(self.0).normalize())
    }

    /// The amount for `count` items at this price.
    ///
    /// # Errors
    /// [`Overflow`] where the product has too many digits for [`Money`].
    pub fn times(self, count: u64) -> Result<Money, Overflow> {
        let amount = self.0.mantissa().checked_mul(i128::from(count)).ok_or(Overflow)?;
        Ok(Money { amount, decimals: self.0.scale() })
    }
}

/// The exponent of a power of ten from 1 to 10^6.
fn power_of_ten(count: u64) -> Option<u32> {
    (0..=MAX_BLOCK_DIGITS).find(|&exponent| 10_u64.pow(exponent) == count)
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
    /// Formats the number as in JSON: at least two decimals, and no trailing zeros after those.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Money { amount: self.0.mantissa(), decimals: self.0.scale() }.fmt(f)
    }
}

/// A percentage such as a discount of the list price, 0 to 100 with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Percentage(Decimal);

impl Default for Percentage {
    /// No discount.
    fn default() -> Self {
        Self(Decimal::from(0))
    }
}

impl Percentage {
    /// The hundredths of a percent in 100%.
    pub const HUNDREDTHS: u64 = 10_000;

    /// Parses `text`; `None` where it is not a decimal number, has more than two decimals, or is above 100.
    pub fn parse(text: &str) -> Option<Self> {
        if text.split_once('.').is_some_and(|(_, fraction)| fraction.len() > PERCENTAGE_DECIMALS as usize) {
            return None;
        }
        Decimal::parse(text).filter(|&percentage| percentage <= Decimal::from(100)).map(Self)
    }

    /// Whether the discount changes no price.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The whole number of hundredths of a percent, 0 to 10,000.
    pub fn hundredths(self) -> u64 {
        let Self(Decimal(percentage)) = self;
        let missing = PERCENTAGE_DECIMALS.saturating_sub(percentage.scale());
        let hundredths = percentage.mantissa().checked_mul(10_i128.pow(missing));
        hundredths.and_then(|hundredths| u64::try_from(hundredths).ok()).unwrap_or(0)
    }
}

impl fmt::Display for Percentage {
    /// Formats the percentage without trailing zeros: `10`, `12.5`, `0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every decimal is stored without them.
        let Self(Decimal(percentage)) = self;
        percentage.fmt(f)
    }
}

/// An exact amount of money, in the price book's currency.
///
/// A year of 10^12 calls at the highest price that a book may have takes 37 digits, including a discount. A
/// `rust_decimal` value has 28, so an amount is stored as a 128-bit integer and a number of decimals.
#[derive(Debug, Clone, Copy, Default)]
pub struct Money {
    amount: i128,
    decimals: u32,
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self { amount: 0, decimals: 0 };

    /// The sum of two amounts.
    ///
    /// # Errors
    /// [`Overflow`] where the sum has too many digits.
    #[inline]
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        let decimals = self.decimals.max(other.decimals);
        let amount = self.in_units(decimals)?.checked_add(other.in_units(decimals)?).ok_or(Overflow)?;
        Ok(Self { amount, decimals })
    }

    /// This amount minus `other`; negative where `other` is larger.
    ///
    /// # Errors
    /// [`Overflow`] where the difference has too many digits.
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.plus(Self { amount: other.amount.checked_neg().ok_or(Overflow)?, ..other })
    }

    /// Whether the amount is zero.
    pub fn is_zero(self) -> bool {
        self.amount == 0
    }

    /// The amount per item, where `count` items cost this amount together; `None` where `count` is 0.
    ///
    /// A quotient that needs too many decimals is rounded, half away from zero, to at least four decimals and three
    /// significant digits.
    ///
    /// ```
    /// use callmix::money::{Decimal, Quotient};
    /// let third = Decimal::parse("2").unwrap().times(1).unwrap().divided_by(3).unwrap();
    /// assert!(matches!(third, Quotient::Rounded(amount) if amount.to_string() == "0.6667"));
    /// ```
    pub fn divided_by(self, count: u64) -> Option<Quotient> {
        let count = i128::from(count);
        let mut decimals = self.decimals.max(MIN_QUOTIENT_DECIMALS);
        let mut units = self.in_units(decimals).ok()?;
        while units.checked_rem(count)? != 0
            && (units / count).unsigned_abs() < THREE_DIGITS
            && decimals < MAX_QUOTIENT_DECIMALS
            && let Some(finer) = units.checked_mul(10)
        {
            (units, decimals) = (finer, decimals + 1);
        }
        let (amount, rest) = (units / count, units % count);
        if rest == 0 {
            return Some(Quotient::Exact(Self { amount, decimals }));
        }
        let away = if rest.unsigned_abs() >= count.unsigned_abs().div_ceil(2) { rest.signum() } else { 0 };
        Some(Quotient::Rounded(Self { amount: amount + away, decimals }))
    }

    #[inline]
    fn in_units(self, decimals: u32) -> Result<i128, Overflow> {
        // Most sums are of amounts with as many decimals, or of nothing, and a checked product takes longer than the sum.
        if self.amount == 0 || self.decimals == decimals {
            return Ok(self.amount);
        }
        let factor = 10_i128.checked_pow(decimals - self.decimals).ok_or(Overflow)?;
        self.amount.checked_mul(factor).ok_or(Overflow)
    }

    /// The same amount without trailing zeros, so that equal amounts are formatted alike.
    fn normalized(self) -> Self {
        let mut normalized = self;
        while normalized.decimals > 0 && normalized.amount % 10 == 0 {
            normalized = Self { amount: normalized.amount / 10, decimals: normalized.decimals - 1 };
        }
        normalized
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
    /// Formats the number as in JSON: at least two decimals, and no trailing zeros after those.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { amount, decimals } = self.normalized();
        let unit = 10_u128.pow(decimals);
        let digits = amount.unsigned_abs();
        let sign = if amount < 0 { "-" } else { "" };
        let fraction = if decimals == 0 { String::new() } else { format!("{:0width$}", digits % unit, width = decimals as usize) };
        write!(f, "{sign}{}.{fraction:0<2}", digits / unit)
    }
}

/// An amount divided by a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotient {
    /// The exact quotient.
    Exact(Money),
    /// The quotient rounded for reading.
    Rounded(Money),
}

impl Quotient {
    /// The quotient, exact or rounded.
    pub fn amount(self) -> Money {
        let (Self::Exact(amount) | Self::Rounded(amount)) = self;
        amount
    }
}

/// The error of a sum or product that has too many digits for [`Money`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// The unit of [`Units`]: 10 to the power of −`decimals`, the largest in which a set of prices is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    decimals: u32,
}

impl Scale {
    /// The coarsest scale in which all `prices` are whole numbers.
    pub fn of(prices: impl Iterator<Item = Decimal>) -> Self {
        Self { decimals: prices.map(Decimal::decimals).max().unwrap_or(0) }
    }

    /// The finest of several scales.
    pub fn finest(scales: impl Iterator<Item = Self>) -> Self {
        Self { decimals: scales.map(|scale| scale.decimals).max().unwrap_or(0) }
    }

    /// How many units of a scale that is as fine or finer are in one of this scale; `None` where those are too many, or the other
    /// scale is coarser.
    pub fn units_in(self, finer: Self) -> Option<Units> {
        10_i128.checked_pow(finer.decimals.checked_sub(self.decimals)?)
    }

    /// `price` in units; `None` where that has too many digits, or where the scale is too coarse for it.
    pub fn units_of(self, price: Decimal) -> Option<Units> {
        let factor = 10_i128.checked_pow(self.decimals.checked_sub(price.decimals())?)?;
        price.0.mantissa().checked_mul(factor)
    }

    /// `amount` in units, rounded down.
    ///
    /// # Errors
    /// [`Overflow`] where the number does not fit into an integer.
    pub fn whole_units(self, amount: Money) -> Result<Units, Overflow> {
        let decimals = self.decimals.max(amount.decimals);
        let divisor = 10_i128.checked_pow(decimals - self.decimals).ok_or(Overflow)?;
        Ok(amount.in_units(decimals)?.div_euclid(divisor))
    }

    /// `amount` units as money.
    pub fn money(self, amount: Units) -> Money {
        Money { amount, decimals: self.decimals }
    }
}
