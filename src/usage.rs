//! Usage: the calls expected in each of twelve months.
//!
//! A year's usage is twelve whole numbers of successful calls. A yearly figure is spread over the months by a
//! [`Profile`] of whole weights. What a month's calls cost is left to others. The rules are the planning problem's
//! usage and profiles.

use crate::price_book::MAX_CALLS;

/// The number of months in the horizon.
pub const MONTHS: usize = 12;

/// The calls of twelve months, at most 10^12 in total, and the profile that keeps their shape at other volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    months: [u64; MONTHS],
    profile: Profile,
}

impl Default for Usage {
    /// A year without calls, with an even profile.
    fn default() -> Self {
        Self { months: [0; MONTHS], profile: Profile::Even }
    }
}

impl Usage {
    /// Usage of twelve given months, which become its profile. `None` where they total more than 10^12 calls.
    pub fn monthly(months: [u64; MONTHS]) -> Option<Self> {
        let total = months.iter().try_fold(0_u64, |sum, &calls| sum.checked_add(calls))?;
        (total <= MAX_CALLS).then_some(Self { months, profile: Profile::Own(months) })
    }

    /// Usage of `calls` a year, spread by `profile`. `None` above 10^12 calls.
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
        let weight_sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        let mut running = 0;
        let mut before = 0;
        let months = weights.map(|weight| {
            running += u128::from(weight);
            // Both factors are at most 10^12, so the product fits, and the quotient is at most `calls`.
            let so_far = u64::try_from(u128::from(calls) * running / weight_sum).unwrap_or(calls);
            let month = so_far - before;
            before = so_far;
            month
        });
        Some(Self { months, profile })
    }

    /// Usage of `calls` a year with the same profile. `None` above 10^12 calls.
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

    /// Lower and upper bounds of each month's calls at `calls` a year: N·w_i/W, rounded down and up.
    ///
    /// Unlike a month's calls, which can fall by one as the year grows, both bounds never fall as `calls` rises.
    ///
    /// ```
    /// use callmix::usage::{Profile, Usage};
    /// let year = Usage::yearly(12, Profile::Even).unwrap();
    /// assert_eq!((year.bounds(23)[0], year.bounds(24)[0]), ((1, 2), (2, 2)));
    /// ```
    pub fn bounds(&self, calls: u64) -> [(u64, u64); MONTHS] {
        let weights = self.profile.weights();
        let weight_sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        weights.map(|weight| {
            let product = u128::from(calls.min(MAX_CALLS)) * u128::from(weight);
            let rounded = |quotient: u128| u64::try_from(quotient).unwrap_or(MAX_CALLS);
            (rounded(product / weight_sum), rounded(product.div_ceil(weight_sum)))
        })
    }

    /// The calls of each month, from month 1.
    pub fn months(&self) -> [u64; MONTHS] {
        self.months
    }

    /// The calls of the year.
    pub fn total(&self) -> u64 {
        self.months.iter().sum()
    }

    /// The profile.
    pub fn profile(&self) -> Profile {
        self.profile
    }
}

/// The distribution of a yearly figure over twelve months.
///
/// With weights w_1 to w_12, W_i their running sum and W their total, month i of a year of N calls has
/// floor(N·W_i/W) − floor(N·W_{i−1}/W) calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Equal weights.
    #[default]
    Even,
    /// Weights 10, 11, … 21.
    Growing,
    /// Weights that peak in month 12, at twice those of month 1.
    Seasonal,
    /// The given months as weights, at most 10^12 in total. Twelve zeros count as even.
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
    fn spreads_every_call_exactly_once() {
        check(0, Profile::Even, [0; 12]);
        check(1, Profile::Even, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        check(1_100, Profile::Even, [91, 92, 92, 91, 92, 92, 91, 92, 92, 91, 92, 92]);
        check(186, Profile::Growing, [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
        check(122, Profile::Seasonal, [8, 8, 8, 8, 9, 9, 9, 10, 11, 12, 14, 16]);
    }

    #[test]
    fn keeps_the_shape_of_given_months() {
        let limit = [MAX_CALLS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        check(MAX_CALLS, Profile::Own(limit), limit);
        check(7, Profile::Own(limit), [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        check(24, Profile::Own([0; 12]), [2; 12]);
        check(6, Profile::Own([1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), [2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        // The running sums of the weights are 91 after seven months and 108 after eight, so half of 186 falls in month 8.
        check(2, Profile::Growing, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    }

    #[test]
    fn rejects_a_yearly_total_above_the_limit() {
        assert!(Usage::yearly(MAX_CALLS, Profile::Growing).is_some_and(|usage| usage.total() == MAX_CALLS));
        assert_eq!(Usage::yearly(MAX_CALLS + 1, Profile::Even), None);
        assert_eq!(Usage::monthly([u64::MAX; 12]), None);
    }
}
