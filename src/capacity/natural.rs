//! Natural numbers of any size, with just the arithmetic that an exact sizing needs.
//!
//! A load and a blocking probability are fractions whose parts outgrow 128 bits. How they are used is left to
//! [`erlang`](super::erlang).

use std::cmp::Ordering;

/// Binary digits in a limb.
pub(super) const LIMB_BITS: usize = 32;

/// Limbs of 32 bits, the least significant first, without zeros at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Natural(Vec<u32>);

impl Natural {
    pub(super) fn limbs(&self) -> usize {
        self.0.len()
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let mut limbs = vec![0_u32; self.0.len() + other.0.len()];
        for (place, &limb) in self.0.iter().enumerate() {
            let mut carry = 0_u64;
            for (sum, &by) in limbs[place..].iter_mut().zip(other.0.iter().chain(&[0])) {
                let product = u64::from(limb) * u64::from(by) + u64::from(*sum) + carry;
                *sum = product as u32;
                carry = product >> LIMB_BITS;
            }
        }
        Self::trimmed(limbs)
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let (mut longer, shorter) = if self.0.len() < other.0.len() { (other.0.clone(), &self.0) } else { (self.0.clone(), &other.0) };
        longer.push(0);
        let mut carry = 0_u64;
        for (sum, &limb) in longer.iter_mut().zip(shorter.iter().chain(std::iter::repeat(&0))) {
            carry += u64::from(*sum) + u64::from(limb);
            *sum = carry as u32;
            carry >>= LIMB_BITS;
        }
        Self::trimmed(longer)
    }

    /// The distance between two numbers, whichever is larger.
    pub(super) fn distance(&self, other: &Self) -> Self {
        let (larger, smaller) = if self < other { (other, self) } else { (self, other) };
        let mut limbs = larger.0.clone();
        let mut borrow = false;
        for (limb, &less) in limbs.iter_mut().zip(smaller.0.iter().chain(std::iter::repeat(&0))) {
            let (once, first) = limb.overflowing_sub(less);
            let (twice, second) = once.overflowing_sub(borrow.into());
            *limb = twice;
            borrow = first || second;
        }
        Self::trimmed(limbs)
    }

    /// The number without its lowest `limbs` limbs, which rounds it down.
    pub(super) fn without_lowest(&self, limbs: usize) -> Self {
        Self(self.0.get(limbs..).map_or_else(Vec::new, <[u32]>::to_vec))
    }

    /// The nearest float, or one of its neighbours.
    #[expect(clippy::float_arithmetic, reason = "an estimate, whose error the caller allows for")]
    pub(super) fn to_float(&self) -> f64 {
        self.0.iter().rev().fold(0.0, |sum, &limb| sum * 4_294_967_296.0 + f64::from(limb))
    }

    fn trimmed(mut limbs: Vec<u32>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self(limbs)
    }
}

impl From<u128> for Natural {
    fn from(number: u128) -> Self {
        Self::trimmed((0..4).map(|limb| (number >> (limb * LIMB_BITS)) as u32).collect())
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_arithmetic, reason = "an estimate is compared")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zero_has_no_limbs() {
        let zero = Natural::from(0);
        assert_eq!((zero.limbs(), zero.times(&Natural::from(7)), zero.plus(&zero)), (0, zero.clone(), zero));
    }

    proptest! {
        #[test]
        fn agrees_with_machine_integers(a: u64, b: u64, c in 0_u128..1 << 126, d in 0_u128..1 << 126) {
            let [x, y] = [c, d].map(Natural::from);
            prop_assert_eq!(Natural::from(u128::from(a)).times(&Natural::from(u128::from(b))), Natural::from(u128::from(a) * u128::from(b)));
            prop_assert_eq!(x.plus(&y), Natural::from(c + d));
            prop_assert_eq!(x.distance(&y), Natural::from(c.abs_diff(d)));
            prop_assert_eq!(x.cmp(&y), c.cmp(&d));
            prop_assert_eq!(x.without_lowest(1), Natural::from(c >> 32));
            prop_assert_eq!((x.to_float() / c as f64 - 1.0).abs() < 1e-15, c > 0);
        }

        #[test]
        fn multiplication_distributes_beyond_machine_integers(a: u128, b: u128, c: u128) {
            let [a, b, c] = [a, b, c].map(Natural::from);
            let product = a.times(&b.plus(&c));
            prop_assert_eq!(&product, &a.times(&b).plus(&c.times(&a)));
            prop_assert_eq!(product.distance(&a.times(&b)), a.times(&c));
        }
    }
}
