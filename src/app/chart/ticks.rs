//! The round numbers of an axis.
//!
//! They are multiples of 1, 2, 2.5 or 5 times a power of ten. Digits and power are kept apart, so that no binary float is
//! ever printed.

/// The round steps, in tenths.
const ROUND: [u64; 5] = [10, 20, 25, 50, 100];
/// The powers of ten that heights stay between.
const POWERS: (i32, i32) = (-12, 40);

/// Evenly spaced round numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticks {
    /// The first number, in steps.
    first: u64,
    /// The last number, in steps; more than the first.
    last: u64,
    /// The size of a step, in units of 10 to the power of `power`.
    digits: u64,
    power: i32,
}

impl Ticks {
    /// About `wanted` steps around heights from `least` to `most`, neither below zero.
    pub fn between(least: f64, most: f64, wanted: u32) -> Self {
        let room = if most > least { most - least } else { most.max(1.0) / 4.0 };
        let step = room / f64::from(wanted.max(1));
        let mut power = POWERS.0;
        while power < POWERS.1 && power_of_ten(power + 1) <= step {
            power += 1;
        }
        let unit = power_of_ten(power - 1);
        let digits = ROUND.into_iter().find(|&digits| digits as f64 * unit >= step * (1.0 - 1e-9)).unwrap_or(100);
        let step = digits as f64 * unit;
        // Casts of negative and of huge numbers saturate.
        let first = (least / step + 1e-9) as u64;
        let last = ((most / step - 1e-9) as u64 + 1).max(first + 1);
        Self { first, last, digits, power: power - 1 }
    }

    /// The numbers at both ends of the axis.
    pub fn ends(&self) -> (f64, f64) {
        let at = |steps: u64| steps as f64 * self.digits as f64 * power_of_ten(self.power);
        (at(self.first), at(self.last))
    }

    /// The numbers as decimals, from the bottom up: `3.25`, `100.00`.
    pub fn labels(&self) -> impl Iterator<Item = String> {
        let Self { first, last, digits, power } = *self;
        (first..=last).map(move |steps| decimal(steps.saturating_mul(digits), power))
    }
}

/// 10 to the power of `power`, for positions on the screen.
fn power_of_ten(power: i32) -> f64 {
    let size = (0..power.unsigned_abs()).fold(1.0, |product, _| product * 10.0);
    if power < 0 { 1.0 / size } else { size }
}

/// `digits` times 10 to the power of `power`, with at least two decimals.
fn decimal(digits: u64, power: i32) -> String {
    let zeros = if digits == 0 { 0 } else { usize::try_from(power).unwrap_or(0) };
    let text = digits.to_string() + &"0".repeat(zeros);
    let decimals = usize::try_from(-power).unwrap_or(0);
    let padded = format!("{text:0>width$}", width = decimals + 1);
    let (whole, fraction) = padded.split_at(padded.len() - decimals);
    let fraction = fraction.trim_end_matches('0');
    format!("{whole}.{fraction:0<2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(least: f64, most: f64, labels: &[&str]) {
        let ticks = Ticks::between(least, most, 4);
        assert_eq!(ticks.labels().collect::<Vec<_>>(), labels, "{least} to {most}");
        let (bottom, top) = ticks.ends();
        assert!(bottom <= least * (1.0 + 1e-9) && top >= most * (1.0 - 1e-9), "{bottom} to {top}");
    }

    #[test]
    fn picks_round_numbers_around_the_heights() {
        check(3.07, 3.98, &["3.00", "3.25", "3.50", "3.75", "4.00"]);
        check(3.5, 4.8, &["3.50", "4.00", "4.50", "5.00"]);
        check(0.0, 4.8, &["0.00", "2.00", "4.00", "6.00"]);
        check(0.00012, 0.00031, &["0.0001", "0.00015", "0.0002", "0.00025", "0.0003", "0.00035"]);
        check(1_000.0, 9_000.0, &["0.00", "2000.00", "4000.00", "6000.00", "8000.00", "10000.00"]);
    }

    #[test]
    fn surrounds_a_single_height() {
        check(0.0, 0.0, &["0.00", "0.10"]);
        check(4.2, 4.2, &["4.00", "4.50"]);
    }
}
