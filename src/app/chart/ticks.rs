//! The round numbers of an axis.
//!
//! They are multiples of 1, 2, 2.5 or 5 times a power of ten, in short form: `2.5k`, `10M`. Digits and power are kept
//! apart, so that no binary float is ever printed.

use crate::wording::grouped;

/// The suffixes of numbers that are shortened by three digits each.
const SUFFIXES: [&str; 5] = ["", "k", "M", "B", "T"];
/// The round steps, in tenths.
const ROUND: [u64; 5] = [10, 20, 25, 50, 100];
/// The power of ten that no amount of a valid price book reaches.
const MOST_POWER: i32 = 40;

/// Evenly spaced round numbers from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticks {
    /// The size of a step, in units of 10 to the power of `power`.
    digits: u64,
    power: i32,
    /// The number of steps to the top of the axis; at least 1.
    pub steps: u32,
}

impl Ticks {
    /// About `wanted` steps that reach `most` or a little more, or 1 where `most` is zero; whole numbers if `whole`.
    pub fn up_to(most: f64, wanted: u32, whole: bool) -> Self {
        let whole = whole || most <= 0.0;
        let least = if whole { 1.0 } else { 1e-9 };
        let step = (most / f64::from(wanted.max(1))).max(least * 0.999);
        let mut power = -10;
        while power < MOST_POWER && power_of_ten(power + 1) <= step {
            power += 1;
        }
        let unit = power_of_ten(power - 1);
        let fits = |digits: u64| digits as f64 * unit >= step * (1.0 - 1e-9) && (!whole || power > 0 || digits != 25);
        let digits = ROUND.into_iter().find(|&digits| fits(digits)).unwrap_or(100);
        let mut steps = 1;
        while steps < wanted * 2 && f64::from(steps) * digits as f64 * unit < most * (1.0 - 1e-9) {
            steps += 1;
        }
        Self { digits, power: power - 1, steps }
    }

    /// The number at the top of the axis.
    pub fn top(&self) -> f64 {
        self.digits as f64 * f64::from(self.steps) * power_of_ten(self.power)
    }

    /// The label of a step, counted from 0.
    pub fn label(&self, step: u32) -> String {
        short(self.digits * u64::from(step), self.power)
    }
}

/// 10 to the power of `power`, for positions on the screen.
pub fn power_of_ten(power: i32) -> f64 {
    let size = (0..power.unsigned_abs()).fold(1.0, |product, _| product * 10.0);
    if power < 0 { 1.0 / size } else { size }
}

/// `digits` times 10 to the power of `power`, in short form: `2.5k`.
pub fn short(digits: u64, power: i32) -> String {
    if digits == 0 {
        return "0".into();
    }
    let (mut digits, mut power) = (digits, power);
    while digits.is_multiple_of(10) {
        (digits, power) = (digits / 10, power + 1);
    }
    let text = digits.to_string();
    let before_point = text.len() as i32 + power;
    let group = ((before_point - 1) / 3).clamp(0, SUFFIXES.len() as i32 - 1);
    let suffix = SUFFIXES[group as usize];
    let point = before_point - 3 * group;
    if point <= 0 {
        return format!("0.{}{text}{suffix}", "0".repeat(point.unsigned_abs() as usize));
    }
    let point = point.unsigned_abs() as usize;
    match text.split_at_checked(point) {
        Some((whole, "")) => format!("{whole}{suffix}"),
        Some((whole, fraction)) => format!("{whole}.{fraction}{suffix}"),
        None => {
            let whole = format!("{text}{}", "0".repeat(point - text.len()));
            format!("{}{suffix}", whole.parse().map_or(whole.clone(), grouped))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(most: f64, whole: bool, labels: &[&str]) {
        let ticks = Ticks::up_to(most, 4, whole);
        assert_eq!((0..=ticks.steps).map(|step| ticks.label(step)).collect::<Vec<_>>(), labels, "{most}");
        assert!(ticks.top() >= most * (1.0 - 1e-9), "{most}");
    }

    #[test]
    fn picks_round_numbers() {
        check(0.0, true, &["0", "1"]);
        check(1.0, true, &["0", "1"]);
        check(3.0, true, &["0", "1", "2", "3"]);
        check(10.0, true, &["0", "5", "10"]);
        check(100.0, true, &["0", "25", "50", "75", "100"]);
        check(101.0, true, &["0", "50", "100", "150"]);
        check(1_000.0, true, &["0", "250", "500", "750", "1k"]);
        check(9_000.0, true, &["0", "2.5k", "5k", "7.5k", "10k"]);
        check(83_333_333_334.0, true, &["0", "25B", "50B", "75B", "100B"]);
        check(1e12, true, &["0", "250B", "500B", "750B", "1T"]);
    }

    #[test]
    fn labels_an_axis_without_amounts_in_whole_numbers() {
        check(0.0, false, &["0", "1"]);
        check(1e-9, false, &["0", "0.000000001"]);
    }

    #[test]
    fn keeps_decimals_of_small_amounts() {
        check(0.3, false, &["0", "0.1", "0.2", "0.3"]);
        check(0.075, false, &["0", "0.02", "0.04", "0.06", "0.08"]);
        check(4.8, false, &["0", "2", "4", "6"]);
        check(420.0, false, &["0", "200", "400", "600"]);
    }

    #[test]
    fn shortens_numbers_by_three_digits() {
        for (digits, power, text) in [(25, 2, "2.5k"), (1, 3, "1k"), (125, 0, "125"), (1, -3, "0.001"), (1, 15, "1,000T"), (999, 0, "999")]
        {
            assert_eq!(short(digits, power), text);
        }
    }
}
