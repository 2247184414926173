//! Live traffic: a call fails where no slot is free at its start, and occupies nothing then.
//!
//! Which calls fail with k + 1 slots does not follow from those that fail with k: a call that is accepted may keep others
//! out, so that failures need not fall with k. So each number of slots has a simulation of its own, but [`LANES`] of them
//! run side by side: all have the same starts and ends, and differ in which calls they accepted. One step is then the same
//! few operations on a row of counters, which a compiler turns into vector instructions.

use super::timeline::Timeline;

/// The simulations that run side by side.
const LANES: usize = 64;

/// The failed calls with some numbers of slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failures {
    /// The numbers of slots.
    pub slots: Vec<u32>,
    /// For each number of slots, the failed calls that start in each month.
    pub by_month: Vec<Vec<u64>>,
}

/// A counter of running calls.
trait Counter: Copy + Default + PartialOrd + std::ops::AddAssign + std::ops::SubAssign {
    /// All bits set, which is −1.
    const ACCEPTED: Self;
    /// The number, or the largest one that there is.
    fn from_slots(slots: u32) -> Self;
    /// The number, which is at most 2^31.
    fn count(self) -> u64;
    /// The steps after which a sum of at most −1 a step must be written down.
    const STEPS: u32;
}

impl Counter for i16 {
    const ACCEPTED: Self = -1;
    const STEPS: u32 = 30_000;
    fn from_slots(slots: u32) -> Self {
        Self::try_from(slots).unwrap_or(Self::MAX)
    }
    fn count(self) -> u64 {
        self.unsigned_abs().into()
    }
}

impl Counter for i32 {
    const ACCEPTED: Self = -1;
    const STEPS: u32 = 2_000_000_000;
    fn from_slots(slots: u32) -> Self {
        Self::try_from(slots).unwrap_or(Self::MAX)
    }
    fn count(self) -> u64 {
        self.unsigned_abs().into()
    }
}

/// Starts and ends of all calls in the order of time, prepared once for all numbers of slots.
#[derive(Debug)]
pub struct Live<'a> {
    timeline: &'a Timeline,
    /// For each call, where its outcome stands while it runs. Calls that run at once have different places.
    places: Vec<u32>,
    /// For each end, in their order, the place of its call.
    end_places: Vec<u32>,
    peak: u32,
}

impl<'a> Live<'a> {
    /// Prepares the calls of a timeline.
    pub fn new(timeline: &'a Timeline) -> Self {
        let Timeline { starts, lengths, ends, by_end, .. } = timeline;
        let mut places = vec![0; starts.len()];
        let mut end_places = Vec::with_capacity(ends.len());
        // Place 0 is for calls without a length, which nothing ever ends.
        let mut free: Vec<u32> = Vec::new();
        let mut fresh = 0;
        for (call, &start) in starts.iter().enumerate() {
            while ends.get(end_places.len()).is_some_and(|&end| end <= start) {
                let place = by_end.get(end_places.len()).map_or(0, |&ended| places[index(ended)]);
                end_places.push(place);
                free.push(place);
            }
            if lengths[call] > 0 {
                places[call] = free.pop().unwrap_or_else(|| {
                    fresh += 1;
                    fresh
                });
            }
        }
        Self { timeline, places, end_places, peak: timeline.peak() }
    }

    /// The failed calls with each of these numbers of slots.
    pub fn failures(&self, slots: &[u32]) -> Failures {
        let mut by_month = Vec::with_capacity(slots.len());
        for lanes in slots.chunks(LANES) {
            // A simulation never counts more running calls than there are without a limit.
            let fails = match self.peak {
                0..=32_000 => self.run::<i16>(lanes),
                _ => self.run::<i32>(lanes),
            };
            by_month.extend(fails);
        }
        Failures { slots: slots.to_vec(), by_month }
    }

    fn run<C: Counter>(&self, slots: &[u32]) -> Vec<Vec<u64>> {
        let Timeline { starts, lengths, ends, month_places, months, .. } = self.timeline;
        let mut limits = [C::default(); LANES];
        for (limit, &slots) in limits.iter_mut().zip(slots) {
            *limit = C::from_slots(slots);
        }
        let mut by_month = vec![[0_u64; LANES]; months.len()];
        let mut accepted = vec![[C::default(); LANES]; index(self.peak) + 1];
        let mut running = [C::default(); LANES];
        // Accepted calls of a month, counted downwards, and calls of it.
        let (mut sum, mut calls) = ([C::default(); LANES], 0_u32);
        let mut ended = 0;
        let mut month = month_places.first().copied().unwrap_or_default();
        for call in 0..starts.len() {
            while ends.get(ended).is_some_and(|&end| end <= starts[call]) {
                let outcome = &accepted[index(self.end_places[ended])];
                for lane in 0..LANES {
                    running[lane] += outcome[lane];
                }
                ended += 1;
            }
            if month != month_places[call] || calls == C::STEPS {
                write_down(&mut by_month, month, &mut sum, &mut calls);
                month = month_places[call];
            }
            let outcome = &mut accepted[index(self.places[call])];
            for lane in 0..LANES {
                let is_accepted = if running[lane] < limits[lane] { C::ACCEPTED } else { C::default() };
                outcome[lane] = is_accepted;
                sum[lane] += is_accepted;
            }
            calls += 1;
            if lengths[call] > 0 {
                for lane in 0..LANES {
                    running[lane] -= outcome[lane];
                }
            }
        }
        write_down(&mut by_month, month, &mut sum, &mut calls);
        (0..slots.len()).map(|lane| by_month.iter().map(|fails| fails[lane]).collect()).collect()
    }
}

fn write_down<C: Counter>(by_month: &mut [[u64; LANES]], month: u16, sum: &mut [C; LANES], calls: &mut u32) {
    if let Some(fails) = by_month.get_mut(usize::from(month)) {
        for (fails, sum) in fails.iter_mut().zip(sum.iter()) {
            *fails += u64::from(*calls) - sum.count();
        }
    }
    *sum = [C::default(); LANES];
    *calls = 0;
}

/// A place in a list of at most 2^32 calls.
fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
