//! Exact quantities: decimals of any usual length, their sums, and the number in front of a unit.
//!
//! A quantity is a whole number and a fraction in units of 10^-36, so that cells such as `4.16666666666667E-05` are summed
//! without rounding. [`Quantity::rounded_up`] rounds once, at the end.

/// Units of the fraction in a whole.
const WHOLE: u128 = 10_u128.pow(36);
/// The most digits behind the decimal point.
const MOST_DECIMALS: u32 = 36;
/// The largest whole number of a cell. Sums of 10^10 such cells fit into 128 bits.
const MOST: i128 = 10_i128.pow(27);

/// An exact decimal: `whole` + `fraction` · 10^-36. The fraction is never negative, so −0.25 has the whole number −1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quantity {
    whole: i128,
    fraction: u128,
}

impl Quantity {
    /// A whole number.
    pub fn whole(whole: u32) -> Self {
        Self { whole: whole.into(), fraction: 0 }
    }

    /// Reads a cell: digits with a point, groups of three divided by commas, an exponent, a sign. `None` where it is no such
    /// number, or has more than 36 decimals or 27 digits before them.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        if text.len() <= 18 && text.iter().all(u8::is_ascii_digit) && !text.is_empty() {
            let whole = text.iter().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
            return Some(Self { whole: whole.into(), fraction: 0 });
        }
        let (is_negative, text) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        let (number, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
            Some(place) => (&text[..place], exponent(&text[place + 1..])?),
            None => (text, 0),
        };
        let (whole, decimals) = match number.iter().position(|&byte| byte == b'.') {
            Some(place) => (&number[..place], &number[place + 1..]),
            None => (number, &number[number.len()..]),
        };
        if whole.len() + decimals.len() == 0 || !decimals.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let decimals = &decimals[..decimals.iter().rposition(|&digit| digit != b'0').map_or(0, |place| place + 1)];
        let digits = without_commas(whole)?;
        let quantity = Self::scaled(&digits, decimals, exponent)?;
        Some(if is_negative { quantity.negated() } else { quantity })
    }

    /// The number with these digits before and behind the point, times 10^`exponent`.
    fn scaled(whole: &[u8], decimals: &[u8], exponent: i32) -> Option<Self> {
        let mut sum = Self::default();
        let places = i32::try_from(whole.len()).ok()?;
        for (place, &digit) in whole.iter().chain(decimals).enumerate() {
            let digit = u128::from(digit - b'0');
            if digit == 0 {
                continue;
            }
            // The digit counts 10^power.
            let power = places - 1 - i32::try_from(place).ok()? + exponent;
            if power >= 0 {
                let value = 10_i128.checked_pow(power.unsigned_abs())?.checked_mul(i128::try_from(digit).ok()?)?;
                sum.whole = sum.whole.checked_add(value).filter(|&whole| whole <= MOST)?;
            } else {
                sum.fraction += digit * 10_u128.pow(MOST_DECIMALS.checked_sub(power.unsigned_abs())?);
            }
        }
        Some(sum)
    }

    fn negated(self) -> Self {
        if self.fraction == 0 {
            Self { whole: -self.whole, fraction: 0 }
        } else {
            Self { whole: -self.whole - 1, fraction: WHOLE - self.fraction }
        }
    }

    /// Whether it is below 0.
    pub fn is_negative(self) -> bool {
        self.whole < 0
    }

    /// The sum. It saturates beyond 10^38, which is above the limits of everything that is made from it.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let fraction = self.fraction + other.fraction;
        let carry = i128::from(fraction >= WHOLE);
        let whole = self.whole.saturating_add(other.whole).saturating_add(carry);
        Self { whole, fraction: if carry == 1 { fraction - WHOLE } else { fraction } }
    }

    /// The product with `factor`, rounded up to a whole number, and 0 where it is negative.
    pub fn rounded_up(self, factor: u64) -> u128 {
        let (whole, has_rest) = self.times(factor);
        u128::try_from(whole.saturating_add(i128::from(has_rest))).unwrap_or(0)
    }

    /// The product with `factor`, rounded down to a whole number of 64 bits, and 0 where it is negative.
    pub fn rounded_down(self, factor: u64) -> u64 {
        u64::try_from(self.times(factor).0.max(0)).unwrap_or(u64::MAX)
    }

    /// The whole part of the product, and whether there is a fraction besides.
    fn times(self, factor: u64) -> (i128, bool) {
        // Split, so that no product has more than 128 bits: both halves of the fraction are below 10^18.
        let half = 10_u128.pow(18);
        let low = (self.fraction % half) * u128::from(factor);
        let high = (self.fraction / half) * u128::from(factor) + low / half;
        let whole = self.whole.saturating_mul(factor.into());
        let carried = i128::try_from(high / half).unwrap_or(i128::MAX);
        (whole.saturating_add(carried), low % half + high % half > 0)
    }
}

fn exponent(text: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(text).ok()?;
    text.parse::<i32>().ok().filter(|exponent| exponent.abs() <= 99)
}

/// The digits of a whole number, which may be in groups of three.
fn without_commas(text: &[u8]) -> Option<std::borrow::Cow<'_, [u8]>> {
    if !text.contains(&b',') {
        return text.iter().all(u8::is_ascii_digit).then_some(text.into());
    }
    let mut groups = text.split(|&byte| byte == b',');
    let starts_well = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let is_grouped = starts_well && groups.all(|group| group.len() == 3);
    let digits: Vec<u8> = text.iter().copied().filter(|&byte| byte != b',').collect();
    (is_grouped && digits.iter().all(u8::is_ascii_digit)).then_some(digits.into())
}

/// The number in front of a unit, which multiplies its quantities: 10,000 for `10K`, `10,000 calls` and `万次`, 1 where there
/// is none.
pub fn factor(unit: &str) -> u64 {
    let unit = unit.trim();
    let digits = unit.len() - unit.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').len();
    let (number, rest) = unit.split_at(digits);
    let number = match number {
        "" => Some(1),
        _ => without_commas(number.as_bytes()).and_then(|digits| std::str::from_utf8(&digits).ok()?.parse().ok()),
    };
    let thousands = match rest.chars().next() {
        // A letter counts directly behind digits and in front of no other letter: `10K`, not `10 KB`.
        Some('K' | 'k') if digits > 0 && ends_word(rest) => 1_000,
        Some('M') if digits > 0 && ends_word(rest) => 1_000_000,
        Some('B') if digits > 0 && ends_word(rest) => 1_000_000_000,
        Some('千') => 1_000,
        Some('万') => 10_000,
        Some('百') if rest.starts_with("百万") => 1_000_000,
        Some('亿') => 100_000_000,
        _ => 1,
    };
    // A number with decimals, or a larger one than any unit has, is part of a name.
    let factor = number.filter(|&number| number > 0 && !rest.starts_with('.')).and_then(|number: u64| number.checked_mul(thousands));
    factor.filter(|&factor| factor <= 1_000_000_000_000).unwrap_or(1)
}

fn ends_word(rest: &str) -> bool {
    !rest.chars().nth(1).is_some_and(|next| next.is_alphanumeric() || next == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(cells: &[&str], factor: u64) -> u128 {
        cells.iter().fold(Quantity::default(), |sum, cell| sum.plus(Quantity::parse(cell.as_bytes()).expect(cell))).rounded_up(factor)
    }

    #[test]
    fn sums_are_exact_and_rounded_up_once() {
        assert_eq!(sum(&["0.1"; 10], 1), 1);
        assert_eq!(sum(&["0.1", "0.2", "0.7000000000000000000000000001"], 1), 2);
        assert_eq!(sum(&["2.000000000000000", "12", "1,204,310"], 1), 1_204_324);
        assert_eq!(sum(&["4.16666666666667E-05"; 24_000], 1), 2);
        assert_eq!(sum(&["1e3", "1E+2", ".5", "5."], 1), 1_106);
        assert_eq!(sum(&["0.1351"], 10_000), 1_351);
        assert_eq!(sum(&["0.13510000000000000000000000000001"], 10_000), 1_352);
        assert_eq!(sum(&["999999999999999999999999999"], 1), 999_999_999_999_999_999_999_999_999);
        assert_eq!(sum(&["1e-36"], 1), 1);
        assert_eq!(sum(&["0.999999999999999999999999999999999999"], 1_000_000_000_000), 1_000_000_000_000);
    }

    #[test]
    fn negative_quantities_correct() {
        assert_eq!(sum(&["10", "-0.5"], 1), 10);
        assert_eq!(sum(&["10", "-1.000"], 1), 9);
        assert_eq!(sum(&["-0.25", "0.25"], 1), 0);
        assert_eq!(sum(&["-0.25", "0.26"], 1), 1);
        assert_eq!(sum(&["-7", "3.5"], 10_000), 0);
        assert_eq!(sum(&["-1.0E-2", "0.5"], 100), 49);
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in
            ["", "-", ".", "NULL", "1.2.3", "1,2", "1,2345", ",123", "12 3", "0x1", "1e", "1e400", "1e-37", "1e28", "--1", "½", "1.5x"]
        {
            assert_eq!(Quantity::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn numbers_in_front_of_a_unit_multiply() {
        for (unit, expected) in [
            ("10K", 10_000),
            ("1M", 1_000_000),
            ("1 Hour", 1),
            ("10,000 calls", 10_000),
            ("100", 100),
            ("10K/Month", 10_000),
            ("万次", 10_000),
            ("1万次", 10_000),
            ("百万次", 1_000_000),
            ("千次", 1_000),
            ("1000 Requests", 1_000),
            ("10 KB", 10),
            ("1 GB", 1),
            ("Requests", 1),
            ("", 1),
            ("0 Hours", 1),
            ("1.5 GB", 1),
            ("GB-Mo", 1),
            ("次", 1),
            ("99999999999999999999", 1),
            ("100K Tokens", 100_000),
            ("1MB", 1),
        ] {
            assert_eq!(factor(unit), expected, "{unit}");
        }
    }
}
