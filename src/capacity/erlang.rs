//! Erlang B: the share of calls that fail when every slot may be taken.
//!
//! Answers how many slots keep the share of failing calls, the blocking probability, at or below an accepted share. Loads
//! are in erlangs and exact fractions; shares are exact decimals from 0 to 1. Where the load comes from is left to
//! [`capacity`](super).
//!
//! # Exactness
//!
//! With B(k) the blocking of k slots under a load a, the inverse I(k) = 1/B(k) follows I(0) = 1, I(k) = 1 + I(k−1)·k/a. A
//! number of slots is enough where I(k) × share ≥ 1.
//!
//! *Binary floats* decide where the two sides are further apart than every rounding together can move them. All terms are
//! positive, so the relative error of I grows by no more than that of the operations in each step. Floats use nothing but
//! the basic operations and the square root, which IEEE 754 fixes to the bit, so every platform takes the same path.
//!
//! *Whole numbers* decide the rest. For a = p/q and I(k) = N(k)/pᵏ, N(k) = pᵏ + k·q·N(k−1). Numerator and denominator lose
//! their lowest limbs together once they are long; where the two sides are too close for that, the calculation is
//! repeated with twice as many limbs, in the end with all of them. Equality is possible for few slots only: with
//! share = m/D, p and q without common factor, (D − m)·pᵏ = m·Σ (k!/i!)·pⁱ·qᵏ⁻ⁱ, i < k. For a prime that divides p, the term of
//! i = 0 alone has the fewest factors of that prime, so k is below 40, or p is 1 or 2, and then B(40) is far below any share.
//!
//! # Large loads
//!
//! A difference in I(j) shrinks by (I − 1)/I in each step. So for a large load the recursion may start with I(j) = 1 some way
//! below the load, where 1 ≤ I(j) ≤ a/(a − j): x slots further on, at or below the load, the relative error of that is at
//! most a/x · e^(−x²/2a).
//!
//! Source: Erlang B as in ITU-T E.501 and any textbook of teletraffic.

#![expect(clippy::float_arithmetic, reason = "loads are measured, not money; see above")]

use super::natural::{LIMB_BITS, Natural};
use super::parts;
use crate::money::Decimal;

/// Above the relative error of one step: of the load, the division, the product and the sum.
const ERROR_PER_STEP: f64 = 8.0 * f64::EPSILON;
/// Steps that stand for the errors of the accepted share and the last product.
const FURTHER_STEPS: f64 = 4.0;
/// A start is chosen so that its error falls below 2 to the power of minus this.
const START_BITS: usize = 60;
/// Limbs of the first exact attempt.
const FIRST_LIMBS: usize = 8;

/// The load that a busiest hour offers, in erlangs, exactly: calls × seconds per call ÷ 3600.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    numerator: Natural,
    denominator: Natural,
}

impl Load {
    /// The quotient of two products. No factor may be 0.
    pub(super) fn of<const N: usize, const D: usize>(numerators: [u128; N], denominators: [u128; D]) -> Self {
        Self { numerator: product(numerators), denominator: product(denominators) }
    }

    /// The quotient of a sum of products, at least one, and a product. No factor may be 0.
    pub(super) fn of_sum<const N: usize, const D: usize>(terms: impl Iterator<Item = [u128; N]>, denominators: [u128; D]) -> Self {
        let sum = terms.fold(Natural::from(0), |sum, term| sum.plus(&product(term)));
        Self { numerator: sum, denominator: product(denominators) }
    }

    /// The load in erlangs, as a float.
    pub fn erlangs(&self) -> f64 {
        self.numerator.to_float() / self.denominator.to_float()
    }
}

fn product<const N: usize>(factors: [u128; N]) -> Natural {
    factors.into_iter().fold(Natural::from(1), |product, factor| product.times(&Natural::from(factor)))
}

impl From<Decimal> for Load {
    fn from(erlangs: Decimal) -> Self {
        let (mantissa, decimals) = parts(erlangs);
        Self::of([mantissa], [10_u128.pow(decimals)])
    }
}

/// The blocking probability of `slots` slots under a load of `load` erlangs, 0 to 1, as a float.
///
/// ```
/// let percent = callmix::capacity::erlang_b(8.108, 15) * 100.0;
/// assert!((percent - 1.0).abs() < 0.001);
/// ```
pub fn erlang_b(load: f64, slots: u64) -> f64 {
    1.0 / inverse(load, slots).0
}

/// The fewest slots, at most `most`, at which the blocking probability is at most `accepted`; `None` where `most` are too few.
///
/// ```
/// use callmix::capacity::{Load, fewest_slots};
/// use callmix::money::Decimal;
/// let decimal = |text| Decimal::parse(text).unwrap();
/// let load = Load::from(decimal("158.333"));
/// assert_eq!(fewest_slots(&load, decimal("0.03"), 1_000), Some(168));
/// assert_eq!(fewest_slots(&load, decimal("0.03"), 167), None);
/// // B(1, 1.5) is 1.5 / 2.5, which is the accepted share itself.
/// assert_eq!(fewest_slots(&Load::from(decimal("1.5")), decimal("0.6"), 50), Some(1));
/// ```
pub fn fewest_slots(load: &Load, accepted: Decimal, most: u64) -> Option<u64> {
    let (erlangs, share) = (load.erlangs(), to_float(accepted));
    // The slots carry no more than one erlang each, and at least the load less the accepted share of it.
    let first = start(erlangs, erlangs * (1.0 - share), START_BITS);
    let mut inverse = 1.0;
    let mut error = FURTHER_STEPS * ERROR_PER_STEP;
    for slots in first + 1..=most {
        inverse = next_inverse(inverse, erlangs, slots);
        error += ERROR_PER_STEP;
        let accepted_blockings = inverse * share;
        if accepted_blockings >= 1.0 + error || (accepted_blockings > 1.0 - error && is_enough_exactly(load, slots, accepted)) {
            return Some(slots);
        }
    }
    None
}

/// Whether the blocking probability of `slots` slots is at most `accepted`, exactly.
///
/// ```
/// use callmix::capacity::{Load, is_enough};
/// use callmix::money::Decimal;
/// let decimal = |text| Decimal::parse(text).unwrap();
/// // B(3, 1) is 1/16.
/// let is_enough = |share| is_enough(&Load::from(decimal("1")), 3, decimal(share));
/// assert_eq!((is_enough("0.0625"), is_enough("0.062499999")), (true, false));
/// ```
pub fn is_enough(load: &Load, slots: u64, accepted: Decimal) -> bool {
    let (inverse, steps) = inverse(load.erlangs(), slots);
    let accepted_blockings = inverse * to_float(accepted);
    let error = (steps as f64 + FURTHER_STEPS) * ERROR_PER_STEP;
    accepted_blockings >= 1.0 + error || (accepted_blockings > 1.0 - error && is_enough_exactly(load, slots, accepted))
}

/// 1/B and the steps that led to it.
fn inverse(load: f64, slots: u64) -> (f64, u64) {
    let first = start(load, slots as f64, START_BITS);
    let inverse = (first + 1..=slots).fold(1.0, |inverse, slots| next_inverse(inverse, load, slots));
    (inverse, slots - first)
}

/// 1/B with one more slot. It only grows; once it exceeds what a float holds, the blocking is 0 for every purpose.
fn next_inverse(inverse: f64, load: f64, slots: u64) -> f64 {
    1.0 + inverse * (slots as f64 / load)
}

/// The number of slots from which the recursion may start with 1, so that the error of that is below 2^−`bits` at
/// `until` slots and beyond.
fn start(load: f64, until: f64, bits: usize) -> u64 {
    // A power of two is a power of e with 0.7 times the exponent, rounded up; the logarithm of any load is below 100.
    let distance = 1.0 + (2.0 * load * (0.7 * bits as f64 + 100.0)).sqrt();
    (until.min(load) - distance).max(0.0) as u64
}

fn is_enough_exactly(load: &Load, slots: u64, accepted: Decimal) -> bool {
    let (share, decimals) = parts(accepted);
    let (share, whole) = (Natural::from(share), Natural::from(10_u128.pow(decimals)));
    let mut limbs = FIRST_LIMBS;
    loop {
        let first = start(load.erlangs(), slots as f64, limbs * LIMB_BITS);
        let mut is_rounded = first > 0;
        let mut numerator = Natural::from(1);
        let mut denominator = Natural::from(1);
        for slots in first + 1..=slots {
            denominator = denominator.times(&load.numerator);
            numerator = numerator.times(&load.denominator).times(&Natural::from(u128::from(slots))).plus(&denominator);
            let excess = denominator.limbs().saturating_sub(limbs);
            if excess > 0 {
                is_rounded = true;
                denominator = denominator.without_lowest(excess);
                numerator = numerator.without_lowest(excess);
            }
        }
        let (accepted_blockings, one) = (numerator.times(&share), denominator.times(&whole));
        // Fewer than 2^31 steps lose less than two units in the last place each, so all but the lowest two limbs of
        // the quotient are right.
        let error = one.without_lowest(limbs - 2).plus(&Natural::from(1));
        if !is_rounded || accepted_blockings.distance(&one) > error {
            return accepted_blockings >= one;
        }
        limbs *= 2;
    }
}

/// The number as the nearest float, or one of its neighbours.
pub(super) fn to_float(number: Decimal) -> f64 {
    let (mantissa, decimals) = parts(number);
    mantissa as f64 / 10_u64.pow(decimals) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same decision with every limb, from the first slot on.
    fn is_enough_with_every_limb(load: &Load, slots: u64, accepted: Decimal) -> bool {
        let mut numerator = Natural::from(1);
        let mut denominator = Natural::from(1);
        for slots in 1..=slots {
            denominator = denominator.times(&load.numerator);
            numerator = numerator.times(&load.denominator).times(&Natural::from(u128::from(slots))).plus(&denominator);
        }
        let (share, decimals) = parts(accepted);
        numerator.times(&Natural::from(share)) >= denominator.times(&Natural::from(10_u128.pow(decimals)))
    }

    /// The largest load, in units of 2^−120 erlangs, for which `slots` are enough, and the next one.
    #[track_caller]
    fn check_next_to_the_edge(slots: u64, accepted: &str) {
        let accepted = Decimal::parse(accepted).expect("a decimal");
        let load = |units: u128| Load::of([units], [1 << 60, 1 << 60]);
        let (mut enough, mut too_much) = (1_u128, u128::MAX);
        while too_much - enough > 1 {
            let middle = enough + (too_much - enough) / 2;
            if is_enough_with_every_limb(&load(middle), slots, accepted) {
                enough = middle;
            } else {
                too_much = middle;
            }
        }
        assert!(is_enough(&load(enough), slots, accepted) && !is_enough(&load(too_much), slots, accepted), "{slots} at {accepted}");
        assert_eq!(fewest_slots(&load(enough), accepted, 1_000), Some(slots));
        assert_eq!(fewest_slots(&load(too_much), accepted, 1_000), Some(slots + 1));
    }

    #[test]
    fn rounded_limbs_decide_as_every_limb_does() {
        check_next_to_the_edge(1, "0.3");
        check_next_to_the_edge(2, "0.4");
        check_next_to_the_edge(45, "0.01");
        check_next_to_the_edge(80, "0.000000001");
        check_next_to_the_edge(120, "0.5");
    }

    /// B(k) under a load of k erlangs, next to which no share of nine decimals lies closer than 10^−10.
    #[test]
    fn large_loads_decide_exactly_from_a_later_start() {
        let load = Load::from(Decimal::from(1_000_000));
        assert!(start(1e6, 1e6, FIRST_LIMBS * LIMB_BITS) > 0);
        let billionths = (erlang_b(1e6, 1_000_000) * 1e9) as u128;
        let share = |billionths: u128| Decimal::from_billionths(billionths).expect("few digits");
        assert!(is_enough_exactly(&load, 1_000_000, share(billionths + 1)));
        assert!(!is_enough_exactly(&load, 1_000_000, share(billionths)));
    }
}
