//! How many calls are expected in each month?
//!
//! A year's usage is twelve whole numbers of successful calls. A yearly figure is spread over the months by a
//! profile of whole weights. Source: the planning problem's usage and profiles.

use crate::price_book::MAX_CALLS;

/// Months in the horizon.
pub const MONTHS: usize = 12;

/// Calls in each of the horizon's twelve months, at most 10^12 together, and the shape by which the year would grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    months: [u64; MONTHS],
    profile: Profile,
}

impl Default for Usage {
    /// An even year without calls.
    fn default() -> Self {
        Self { months: [0; MONTHS], profile: Profile::Even }
    }
}

impl Usage {
    /// Twelve months as given, which are their own profile; `None` above 10^12 calls together.
    pub fn monthly(months: [u64; MONTHS]) -> Option<Self> {
        let total = months.iter().try_fold(0_u64, |sum, &calls| sum.checked_add(calls))?;
        (total <= MAX_CALLS).then_some(Self { months, profile: Profile::Own(months) })
    }

    /// `calls` a year, spread by `profile`; `None` above 10^12.
    ///
    /// ```
    /// use callmix::usage::{Profile, Usage};
    /// let even = Usage::yearly(300, Profile::Even).unwrap();
    /// assert_eq!(even.months(), [25; 12]);
    /// let odd = Usage::yearly(7, Profile::Even).unwrap();
    /// assert_eq!(odd.months(), [0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1]);
    /// ```
    pub fn yearly(calls: u64, profile: Profile) -> Option<Self> {
        if calls > MAX_CALLS {
            return None;
        }
        let weights = profile.weights();
        let whole: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        let mut running = 0;
        let mut before = 0;
        let months = weights.map(|weight| {
            running += u128::from(weight);
            // Weights add up to at most 10^12, or are twelve ones; so the product fits, and no quotient exceeds `calls`.
            let until = u64::try_from(u128::from(calls) * running / whole).unwrap_or(calls);
            let month = until - before;
            before = until;
            month
        });
        Some(Self { months, profile })
    }

    /// The same shape with another number of calls a year; `None` above 10^12.
    ///
    /// ```
    /// use callmix::usage::{Profile, Usage};
    /// let year = Usage::monthly([0, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]).unwrap();
    /// assert_eq!(year.scaled_to(10).unwrap().months(), [0, 7, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0]);
    /// assert_eq!(year.scaled_to(4).unwrap(), year);
    /// ```
    pub fn scaled_to(&self, calls: u64) -> Option<Self> {
        Self::yearly(calls, self.profile)
    }

    /// The fewest and the most calls that each month has when the same shape has so many calls a year: N·w_i/W rounded
    /// down and up. Unlike the months themselves, both only grow with N.
    ///
    /// ```
    /// use callmix::usage::{Profile, Usage};
    /// let year = Usage::yearly(12, Profile::Even).unwrap();
    /// assert_eq!((year.bounds(23)[0], year.bounds(24)[0]), ((1, 2), (2, 2)));
    /// ```
    pub fn bounds(&self, calls: u64) -> [(u64, u64); MONTHS] {
        let weights = self.profile.weights();
        let whole: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        weights.map(|weight| {
            let product = u128::from(calls.min(MAX_CALLS)) * u128::from(weight);
            let rounded = |quotient: u128| u64::try_from(quotient).unwrap_or(MAX_CALLS);
            (rounded(product / whole), rounded(product.div_ceil(whole)))
        })
    }

    /// Calls by month, the first month first.
    pub fn months(&self) -> [u64; MONTHS] {
        self.months
    }

    /// Calls in the year.
    pub fn total(&self) -> u64 {
        self.months.iter().sum()
    }

    /// The shape.
    pub fn profile(&self) -> Profile {
        self.profile
    }
}

/// How a yearly figure is spread: month i gets floor(N·W_i/W) − floor(N·W_{i−1}/W), W_i the running sum of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// The same every month.
    #[default]
    Even,
    /// 10, 11, … 21.
    Growing,
    /// A peak at the year's end.
    Seasonal,
    /// Twelve months as somebody gave them, at most 10^12 together; twelve zeros have no shape and count as even.
    Own([u64; MONTHS]),
}

impl Profile {
    fn weights(self) -> [u64; MONTHS] {
        match self {
            Self::Even | Self::Own([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) => [1; MONTHS],
            Self::Growing => [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
            Self::Seasonal => [8, 8, 8, 8, 9, 9, 9, 10, 11, 12, 14, 16],
            Self::Own(months) => months,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(calls: u64, profile: Profile, months: [u64; MONTHS]) {
        let usage = Usage::yearly(calls, profile).expect("within the limit");
        assert_eq!((usage.months(), usage.total()), (months, calls));
    }

    #[test]
    fn spreads_exactly() {
        check(0, Profile::Even, [0; 12]);
        check(1, Profile::Even, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        check(1_100, Profile::Even, [91, 92, 92, 91, 92, 92, 91, 92, 92, 91, 92, 92]);
        check(186, Profile::Growing, [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
        check(122, Profile::Seasonal, [8, 8, 8, 8, 9, 9, 9, 10, 11, 12, 14, 16]);
    }

    #[test]
    fn own_months_grow_in_their_own_shape() {
        let limit = [MAX_CALLS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        check(MAX_CALLS, Profile::Own(limit), limit);
        check(7, Profile::Own(limit), [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        check(24, Profile::Own([0; 12]), [2; 12]);
        check(6, Profile::Own([1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), [2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        // The running sums are 10, 21, …, 91 (seven months), 108 (eight): half of 186 is passed in month 8.
        check(2, Profile::Growing, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    }

    #[test]
    fn the_limit_is_a_year() {
        assert!(Usage::yearly(MAX_CALLS, Profile::Growing).is_some_and(|usage| usage.total() == MAX_CALLS));
        assert_eq!(Usage::yearly(MAX_CALLS + 1, Profile::Even), None);
        assert_eq!(Usage::monthly([u64::MAX; 12]), None);
    }
}
