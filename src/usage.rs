//! How many calls are expected in each month?
//!
//! A year's usage is twelve whole numbers of successful calls. A yearly figure is spread over the months by a
//! profile of whole weights. Source: the planning problem's usage and profiles.

use crate::price_book::MAX_CALLS;

/// Months in the horizon.
pub const MONTHS: usize = 12;

/// Calls in each of the horizon's twelve months, at most 10^12 together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage([u64; MONTHS]);

impl Usage {
    /// Twelve months as given; `None` above 10^12 calls together.
    pub fn monthly(months: [u64; MONTHS]) -> Option<Self> {
        let total = months.iter().try_fold(0_u64, |sum, &calls| sum.checked_add(calls))?;
        (total <= MAX_CALLS).then_some(Self(months))
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
        let whole: u64 = weights.iter().sum();
        // At most 10^12 × 186, so 64 bits are enough.
        let mut running = 0;
        let mut before = 0;
        Some(Self(weights.map(|weight| {
            running += weight;
            let until = calls * running / whole;
            let month = until - before;
            before = until;
            month
        })))
    }

    /// Calls by month, the first month first.
    pub fn months(&self) -> [u64; MONTHS] {
        self.0
    }

    /// Calls in the year.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
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
}

impl Profile {
    fn weights(self) -> [u64; MONTHS] {
        match self {
            Self::Even => [1; MONTHS],
            Self::Growing => [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
            Self::Seasonal => [8, 8, 8, 8, 9, 9, 9, 10, 11, 12, 14, 16],
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
    fn the_limit_is_a_year() {
        assert!(Usage::yearly(MAX_CALLS, Profile::Growing).is_some_and(|usage| usage.total() == MAX_CALLS));
        assert_eq!(Usage::yearly(MAX_CALLS + 1, Profile::Even), None);
        assert_eq!(Usage::monthly([u64::MAX; 12]), None);
    }
}
