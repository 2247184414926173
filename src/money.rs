//! What is an amount of money, exactly?
//!
//! The only module that knows decimals and scales. Prices and amounts are exact decimals of the price book's
//! currency, never rounded and never binary floats. The search works on integers: a [`Scale`] turns prices into
//! whole numbers of the smallest unit in which all of them are whole, and turns sums of those back into [`Money`].
//! Which currency it is, and how people write amounts, is left to others.
//!
//! Source of the number format: `[0-9]{1,12}(\.[0-9]{1,9})?`, at least two decimals when written.

use std::fmt;

use rust_decimal::Decimal;

/// The most digits a price may have before the point.
const MAX_WHOLE_DIGITS: usize = 12;
/// The most digits a price may have after the point.
const MAX_FRACTION_DIGITS: usize = 9;
/// Decimals of the factor that a discount multiplies a price by: two of the percentage, two of the hundred.
const DISCOUNT_FACTOR_DECIMALS: u32 = 4;

/// An amount as a whole number of a [`Scale`]'s smallest units. For the search, where speed counts.
pub type Scaled = i128;

/// A non-negative decimal number with at most 12 digits before the point and 9 after it, as prices, durations
/// and shares are given. No sign, no exponent, no grouping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(Decimal);

impl Exact {
    /// Reads `text`, or `None` where it is not of that form.
    ///
    /// ```
    /// use callmix::money::Exact;
    /// assert_eq!(Exact::parse("4.80").map(|price| price.to_string()), Some("4.80".into()));
    /// assert_eq!(Exact::parse("-4.8"), None);
    /// assert_eq!(Exact::parse("1e3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, MAX_WHOLE_DIGITS) || !digits(fraction, MAX_FRACTION_DIGITS) {
            return None;
        }
        text.parse().ok().map(|value: Decimal| Self(value.normalize()))
    }

    /// The number as a decimal, for exact arithmetic elsewhere in this module's users (sizing of slots).
    pub(crate) fn decimal(self) -> Decimal {
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
    /// use callmix::money::{Exact, Percentage};
    /// let list = Exact::parse("4.8").unwrap();
    /// let tenth = Percentage::parse("10").unwrap();
    /// assert_eq!(list.discounted(tenth).to_string(), "4.32");
    /// ```
    pub fn discounted(self, discount: Percentage) -> Self {
        // At most 21 digits times 5 digits: within the 28 of a decimal, so the fall-back is never taken.
        let factor = Decimal::new(10_000 - i64::from(discount.hundredths), DISCOUNT_FACTOR_DECIMALS);
        Self(self.0.checked_mul(factor).unwrap_or(self.0).normalize())
    }

    /// This price for each of `count` things.
    ///
    /// # Errors
    /// [`Overflow`] where the product has more digits than a decimal holds.
    pub fn times(self, count: u64) -> Result<Money, Overflow> {
        let product = self.0.checked_mul(Decimal::from(count)).ok_or(Overflow)?;
        // A decimal that runs out of digits rounds the fraction away instead of failing; that must not pass.
        if product.scale() < self.0.scale() { Err(Overflow) } else { Ok(Money(product)) }
    }
}

impl From<u64> for Exact {
    fn from(number: u64) -> Self {
        Self(Decimal::from(number))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_plain(f, self.0)
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
        let hundredths = Exact::parse(text)?.0.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
        if hundredths.scale() > 0 || hundredths > Decimal::from(10_000) {
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
        write!(f, "{}", Decimal::new(i64::from(self.hundredths), 2).normalize())
    }
}

/// An exact amount of money, in the price book's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(Decimal);

impl Money {
    /// Nothing to pay.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The sum.
    ///
    /// # Errors
    /// [`Overflow`] where it has more digits than a decimal holds.
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        let sum = self.0.checked_add(other.0).ok_or(Overflow)?;
        if sum.scale() < self.0.scale().max(other.0.scale()) { Err(Overflow) } else { Ok(Self(sum)) }
    }

    /// This amount less `other`; negative where `other` is more.
    ///
    /// # Errors
    /// [`Overflow`] where it has more digits than a decimal holds.
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.plus(Self(-other.0))
    }

    /// Is there nothing to pay?
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl fmt::Display for Money {
    /// As in JSON: at least two decimals, no trailing zeros beyond those.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_plain(f, self.0)
    }
}

/// A sum or product with more digits than a decimal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// The smallest unit in which all prices at hand are whole numbers: 10 to the power of −`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    decimals: u32,
}

impl Scale {
    /// The coarsest scale in which every one of `prices` is a whole number.
    pub fn of(prices: impl Iterator<Item = Exact>) -> Self {
        Self { decimals: prices.map(Exact::decimals).max().unwrap_or(0) }
    }

    /// `price` in smallest units, below 10^25. The price must be one that the scale was made of.
    pub fn scaled(self, price: Exact) -> Scaled {
        debug_assert!(price.decimals() <= self.decimals);
        price.0.mantissa() * 10_i128.pow(self.decimals.saturating_sub(price.decimals()))
    }

    /// `amount` smallest units as money.
    ///
    /// # Errors
    /// [`Overflow`] above 2^96 smallest units, which is the most that a decimal holds.
    pub fn money(self, amount: Scaled) -> Result<Money, Overflow> {
        Decimal::try_from_i128_with_scale(amount, self.decimals).map(|amount| Money(amount.normalize())).map_err(|_| Overflow)
    }

    /// Can `amount`, and so every smaller amount of this scale, be written as money?
    pub fn can_write(self, amount: Scaled) -> bool {
        self.money(amount).is_ok()
    }
}

/// Writes without exponent, with at least two decimals and no trailing zeros beyond those.
fn write_plain(f: &mut fmt::Formatter<'_>, value: Decimal) -> fmt::Result {
    let mut value = value.normalize();
    if value.scale() < 2 {
        value.rescale(2);
    }
    if value.scale() < 2 {
        // Rescaling stops where 28 digits would not be enough; the two zeros are then only written.
        return write!(f, "{value}{}", if value.scale() == 0 { ".00" } else { "0" });
    }
    write!(f, "{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, written: Option<&str>) {
        assert_eq!(Exact::parse(text).map(|price| price.to_string()).as_deref(), written, "{text:?}");
    }

    #[test]
    fn a_decimal_is_digits_with_a_point() {
        check("0", Some("0.00"));
        check("420", Some("420.00"));
        check("4.8", Some("4.80"));
        check("4.80", Some("4.80"));
        check("0.075", Some("0.075"));
        check("0.0750", Some("0.075"));
        check("007", Some("7.00"));
        check("999999999999.999999999", Some("999999999999.999999999"));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", ".", "4.", ".5", "-1", "+1", "1e3", "1,000", " 1", "1 ", "0x1", "NaN", "1.2.3", "٣", "1_000"] {
            check(text, None);
        }
        check("1234567890123", None);
        check("1.1234567890", None);
    }

    #[track_caller]
    fn check_discount(price: &str, percentage: &str, discounted: &str) {
        let percentage = Percentage::parse(percentage).expect("a percentage");
        assert_eq!(Exact::parse(price).expect("a price").discounted(percentage).to_string(), discounted);
    }

    #[test]
    fn discounts_are_exact() {
        check_discount("4.8", "0", "4.80");
        check_discount("4.8", "10", "4.32");
        check_discount("3.8", "12.34", "3.33108");
        check_discount("350000", "100", "0.00");
        check_discount("999999999999.999999999", "0.01", "999899999999.9999999990001");
    }

    #[test]
    fn a_percentage_has_at_most_two_decimals() {
        for (text, written) in [("0", Some("0")), ("100", Some("100")), ("12.50", Some("12.5")), ("0.01", Some("0.01"))] {
            assert_eq!(Percentage::parse(text).map(|p| p.to_string()).as_deref(), written);
        }
        for text in ["100.01", "0.001", "-1", "ten", ""] {
            assert_eq!(Percentage::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_an_overflow_and_never_rounded() {
        let most = Exact::parse("999999999999.999999999").expect("a price");
        assert_eq!(most.times(10).map(|money| money.to_string()), Ok("9999999999999.99999999".into()));
        assert_eq!(most.times(1_000_000_000_000), Err(Overflow));
    }

    #[test]
    fn a_scale_makes_every_price_whole() {
        let prices = ["4.8", "420", "0.125"].map(|text| Exact::parse(text).expect("a price"));
        let scale = Scale::of(prices.into_iter());
        assert_eq!(prices.map(|price| scale.scaled(price)), [4_800, 420_000, 125]);
        assert_eq!(scale.money(4_161_000).map(|money| money.to_string()), Ok("4161.00".into()));
        assert!(!scale.can_write(1 << 100));
    }
}
