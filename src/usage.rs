//! Usage: the calls expected in each of twelve months.
//!
//! A year's usage is twelve whole numbers of successful calls. A yearly figure is spread over the months by a
//! [`Profile`] of whole weights. Where several APIs draw on one service, the months count units of the service, and the calls
//! behind them are kept beside. What a month's calls cost is left to others. The rules are the planning problem's usage and
//! profiles, and the APIs with weights of section 8.

use crate::money::Percentage;
use crate::price_book::MAX_CALLS;

/// The number of months in the horizon.
pub const MONTHS: usize = 12;

/// The calls of twelve months, at most 10^12 in total, and the profile that keeps their shape at other volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    months: [u64; MONTHS],
    profile: Profile,
    /// Where calls use several units each: the units and the calls of each month, whose proportion holds at other volumes.
    units: Option<UnitsOfCalls>,
}

/// The units that the calls of each month use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct UnitsOfCalls {
    units: [u64; MONTHS],
    calls: [u64; MONTHS],
}

impl Default for Usage {
    /// A year without calls, with an even profile.
    fn default() -> Self {
        Self { months: [0; MONTHS], profile: Profile::Even, units: None }
    }
}

impl Usage {
    /// Usage of twelve given months, which become its profile. `None` where they total more than 10^12 calls.
    pub fn monthly(months: [u64; MONTHS]) -> Option<Self> {
        let total = months.iter().try_fold(0_u64, |sum, &calls| sum.checked_add(calls))?;
        (total <= MAX_CALLS).then_some(Self { months, profile: Profile::Own(months), units: None })
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
        Some(Self { months, profile, units: None })
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
        Some(Self { units: self.units, ..Self::yearly(calls, self.profile)? })
    }

    /// The units that several APIs use together, each given by the units of one call and its calls. `None` above 10^12 units.
    ///
    /// ```
    /// use callmix::usage::{Profile, Usage};
    /// let [hd, sd] = [12, 24].map(|calls| Usage::yearly(calls, Profile::Even).unwrap());
    /// let units = Usage::of_apis(&[(5, hd), (1, sd)]).unwrap();
    /// assert_eq!((units.months(), units.calls_behind(0, 14)), ([7; 12], 6));
    /// ```
    pub fn of_apis(apis: &[(u64, Self)]) -> Option<Self> {
        let (mut units, mut calls) = ([0_u64; MONTHS], [0_u64; MONTHS]);
        for (units_per_call, usage) in apis {
            for (month, of_api) in usage.months.iter().enumerate() {
                units[month] = units[month].checked_add(of_api.checked_mul(*units_per_call)?)?;
                calls[month] = calls[month].checked_add(*of_api)?;
            }
        }
        let usage = Self::monthly(units)?;
        // A profile that all of them have keeps its name where their units follow it too.
        let profile = apis.first().map(|(_, first)| first.profile).filter(|first| apis.iter().all(|(_, usage)| usage.profile == *first));
        let named = profile.and_then(|profile| Self::yearly(usage.total(), profile)).filter(|named| named.months == units);
        Some(Self { units: (units != calls).then_some(UnitsOfCalls { units, calls }), ..named.unwrap_or(usage) })
    }

    /// The calls behind `units` units of a month, counted from 0: as many in proportion as were given, rounded up.
    pub fn calls_behind(&self, month: usize, units: u64) -> u64 {
        let Some(UnitsOfCalls { units: given, calls }) = self.units else { return units };
        let of_month = given.get(month).zip(calls.get(month)).filter(|&(&given, _)| given > 0);
        of_month.map_or(units, |(&given, &calls)| scaled(units, calls, given, u128::div_ceil))
    }

    /// The units that `calls` calls of a month, counted from 0, use: as many in proportion as were given, rounded down.
    pub fn units_of(&self, month: usize, calls: u64) -> u64 {
        let Some(UnitsOfCalls { units: given, calls: behind }) = self.units else { return calls };
        let of_month = given.get(month).zip(behind.get(month)).filter(|&(_, &behind)| behind > 0);
        of_month.map_or(calls, |(&given, &behind)| scaled(calls, given, behind, |product, by| product / by))
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

fn scaled(number: u64, times: u64, by: u64, divide: fn(u128, u128) -> u128) -> u64 {
    u64::try_from(divide(u128::from(number) * u128::from(times), by.into())).unwrap_or(u64::MAX)
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
    /// A share of the year in some months.
    Peaks(Peaks),
    /// The given months as weights, at most 10^12 in total. Twelve zeros count as even.
    Own([u64; MONTHS]),
}

impl Profile {
    fn weights(self) -> [u64; MONTHS] {
        match self {
            Self::Even | Self::Own([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) => [1; MONTHS],
            Self::Growing => [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
            Self::Seasonal => [8, 8, 8, 8, 9, 9, 9, 10, 11, 12, 14, 16],
            Self::Peaks(peaks) => peaks.weights(),
            Self::Own(months) => months,
        }
    }
}

/// A share of the year's calls that falls in some months, in equal parts. The rest falls in the other months, also in equal
/// parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peaks {
    months: [bool; MONTHS],
    share: Percentage,
}

impl Peaks {
    /// Peaks in the months that are true. `None` for no month and for all twelve, which leave a share nothing to decide.
    pub fn new(months: [bool; MONTHS], share: Percentage) -> Option<Self> {
        (months.contains(&true) && months.contains(&false)).then_some(Self { months, share })
    }

    /// Whether each month is one of the peaks.
    pub fn months(self) -> [bool; MONTHS] {
        self.months
    }

    /// The months of the peaks, 1 to 12.
    pub fn numbers(self) -> impl Iterator<Item = u32> {
        self.months.into_iter().zip(1..).filter(|(is_peak, _)| *is_peak).map(|(_, month)| month)
    }

    /// The share of the year's calls in the peaks.
    pub fn share(self) -> Percentage {
        self.share
    }

    /// Whole weights, of which those of the peaks make up the share exactly.
    fn weights(self) -> [u64; MONTHS] {
        let count = |peak: bool| self.months.iter().filter(|&&month| month == peak).count() as u64;
        let share = self.share.hundredths();
        let (peak, other) = (share * count(false), (Percentage::HUNDREDTHS - share) * count(true));
        self.months.map(|month| if month { peak } else { other })
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
        // At ten times the sum of the weights, a weight that was wrong by one would show.
        check(1_860, Profile::Growing, [100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210]);
        check(1_220, Profile::Seasonal, [80, 80, 80, 80, 90, 90, 90, 100, 110, 120, 140, 160]);
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
    fn spreads_a_share_of_the_year_over_its_peaks() {
        let peaks = |months: &[usize], share: &str| {
            let months = std::array::from_fn(|month| months.contains(&(month + 1)));
            Peaks::new(months, Percentage::parse(share).expect("a percentage")).map(Profile::Peaks)
        };
        let some = |months: &[usize], share: &str| peaks(months, share).expect("between one and eleven months");
        check(12_000, some(&[11, 12], "40"), [720, 720, 720, 720, 720, 720, 720, 720, 720, 720, 2_400, 2_400]);
        check(10_000, some(&[1], "0.01"), [1, 909, 909, 909, 909, 909, 909, 909, 909, 909, 909, 909]);
        check(12, some(&[6], "100"), [0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0]);
        check(11, some(&[6], "0"), [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]);
        check(MAX_CALLS, some(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "99.99"), {
            let mut months = [90_900_000_000; 12];
            months[11] = 100_000_000;
            months
        });
        assert_eq!(peaks(&[], "40"), None);
        assert_eq!(peaks(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "40"), None);
    }

    #[test]
    fn rejects_a_yearly_total_above_the_limit() {
        assert!(Usage::yearly(MAX_CALLS, Profile::Growing).is_some_and(|usage| usage.total() == MAX_CALLS));
        assert_eq!(Usage::yearly(MAX_CALLS + 1, Profile::Even), None);
        assert_eq!(Usage::monthly([u64::MAX; 12]), None);
    }
}
