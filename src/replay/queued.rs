//! Queued work: first come, first served; a call waits until a slot is free and then takes its full duration.
//!
//! The slots of a simulation are a tournament: the leaves are the times at which each slot is free again, and the root is
//! the earliest of them. A call takes the slot at the root, and the matches on the way up are played again. Several numbers
//! of slots run side by side, so that the processor can work on one while another waits for memory. Where no waiting has an
//! effect any more, a simulation is what it is without a limit, and goes on at the next call that finds more calls running
//! than there are slots.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::timeline::Timeline;

/// The simulations that run side by side.
const LANES: usize = 8;
/// A stretch without waiting that is shorter than this is not worth leaving out.
const SHORT: usize = 256;

/// The longest wait with each of these numbers of slots, in microseconds.
pub fn longest_waits(timeline: &Timeline, slots: &[u32]) -> Vec<u128> {
    let mut waits = vec![0; slots.len()];
    // Numbers side by side should be alike, so that the same calls can be left out.
    let mut sorted: Vec<usize> = (0..slots.len()).collect();
    sorted.sort_by_key(|&place| slots[place]);
    for lanes in sorted.chunks(LANES) {
        let numbers: Vec<u32> = lanes.iter().map(|&place| slots[place].max(1)).collect();
        for (&place, wait) in lanes.iter().zip(simulate(timeline, &numbers)) {
            waits[place] = wait;
        }
    }
    waits
}

fn simulate(timeline: &Timeline, slots: &[u32]) -> Vec<u128> {
    let most = slots.iter().copied().max().unwrap_or(1);
    let leaves = u64::from(most).next_power_of_two();
    let bits = leaves.trailing_zeros();
    // With k slots, a call waits at most for a k-th of all lengths behind the last start, and then takes its own.
    let (all, longest) = timeline.all_lengths;
    let last = timeline.starts.last().copied().unwrap_or(0);
    let least = slots.iter().copied().min().unwrap_or(1);
    let latest = u128::from(last) + all / u128::from(least) + u128::from(longest) + 1;
    if latest >= 1_u128 << (63 - bits) {
        // Times of many years and the numbers of very many slots do not fit into 64 bits together.
        return slots.iter().map(|&slots| longest_wait(timeline, slots)).collect();
    }
    // A length that is known when this is compiled saves the checks of every access.
    let waits = match leaves {
        0..=4 => run(timeline, slots, bits, [0; 8]),
        8 => run(timeline, slots, bits, [0; 16]),
        16 => run(timeline, slots, bits, [0; 32]),
        32 => run(timeline, slots, bits, [0; 64]),
        64 => run(timeline, slots, bits, [0; 128]),
        128 => run(timeline, slots, bits, [0; 256]),
        256 => run(timeline, slots, bits, [0; 512]),
        _ => run(timeline, slots, bits, vec![0; usize::try_from(leaves * 2).unwrap_or(2)]),
    };
    waits.into_iter().map(u128::from).collect()
}

/// The longest wait by a simulation with numbers of any size.
fn longest_wait(timeline: &Timeline, slots: u32) -> u128 {
    let slots = usize::try_from(slots).unwrap_or(usize::MAX).min(timeline.starts.len().max(1));
    let mut free: BinaryHeap<Reverse<u128>> = std::iter::repeat_n(Reverse(0), slots).collect();
    let mut longest = 0;
    for (&start, &length) in timeline.starts.iter().zip(&timeline.lengths) {
        let start = u128::from(start);
        if let Some(mut earliest) = free.peek_mut() {
            let begins = earliest.0.max(start);
            longest = longest.max(begins - start);
            *earliest = Reverse(begins + u128::from(length));
        }
    }
    longest
}

/// Simulates all calls with each of the numbers of slots, each with entries like `blank`.
fn run<E: AsMut<[u64]> + Clone>(timeline: &Timeline, slots: &[u32], bits: u32, blank: E) -> Vec<u64> {
    let Timeline { starts, lengths, levels, .. } = timeline;
    let bits = if blank.clone().as_mut().len() == 8 { 2 } else { bits };
    let mut lanes: Vec<Slots<E>> = slots.iter().map(|&slots| Slots { entries: blank.clone(), slots, longest_wait: 0 }).collect();
    lanes.iter_mut().for_each(|lane| lane.seed(&[], 0, bits));
    let least = slots.iter().copied().min().unwrap_or(1);
    let mut call = 0;
    // Up to here, no call finds more calls running than there are slots, if nothing waits.
    let mut quiet_until = next_crossing(levels, 0, least);
    if quiet_until > SHORT && seed(timeline, &mut lanes, (0, quiet_until), bits) {
        call = quiet_until;
    }
    // The latest end of a call that waited.
    let mut waiting_until = 0;
    while call < starts.len() {
        let (start, length) = (starts[call], lengths[call]);
        for lane in &mut lanes {
            waiting_until = lane.serve(start, length, bits).max(waiting_until);
        }
        call += 1;
        if starts.get(call).is_some_and(|&next| waiting_until <= next) {
            if call > quiet_until {
                quiet_until = next_crossing(levels, call, least);
            }
            if quiet_until - call > SHORT && seed(timeline, &mut lanes, (call, quiet_until), bits) {
                call = quiet_until;
            }
        }
    }
    lanes.into_iter().map(|lane| lane.longest_wait).collect()
}

/// The first call from `from` on that finds more calls running than `slots`, itself included.
fn next_crossing(levels: &[u32], from: usize, slots: u32) -> usize {
    levels.get(from..).and_then(|levels| levels.iter().position(|&level| level > slots)).map_or(levels.len(), |place| from + place)
}

/// Gives the lanes the calls that run when the second call starts, none of which has waited. Looks at no more calls than
/// lie between the two; `false` where that is not enough to find all of them.
fn seed<E: AsMut<[u64]>>(timeline: &Timeline, lanes: &mut [Slots<E>], (from, to): (usize, usize), bits: u32) -> bool {
    let Timeline { starts, lengths, levels, .. } = timeline;
    let (Some(&start), Some(&level)) = (starts.get(to), levels.get(to)) else {
        // No further call can wait.
        return true;
    };
    let mut missing = level - 1;
    let mut running = Vec::new();
    for call in (from..to).rev() {
        if missing == 0 {
            break;
        }
        let end = starts[call] + lengths[call];
        if end > start {
            running.push(end);
            missing -= 1;
        }
    }
    if missing > 0 {
        return false;
    }
    lanes.iter_mut().for_each(|lane| lane.seed(&running, start, bits));
    true
}

/// Slots as a tournament for the earliest time at which one is free.
struct Slots<E> {
    /// The root is at 1, the children of i are at 2i and 2i + 1. Each entry has a time, and the number of its slot in the
    /// lowest bits.
    entries: E,
    slots: u32,
    longest_wait: u64,
}

impl<E: AsMut<[u64]>> Slots<E> {
    /// Slots that are busy up to these ends; the others are free at `now`.
    fn seed(&mut self, busy: &[u64], now: u64, bits: u32) {
        let entries = self.entries.as_mut();
        let leaves = entries.len() / 2;
        for (slot, number) in (0..leaves).zip(0_u64..) {
            let time = busy.get(slot).copied().unwrap_or(now);
            entries[leaves + slot] = if number < u64::from(self.slots) { (time << bits) | number } else { u64::MAX };
        }
        for place in (1..leaves).rev() {
            entries[place] = entries[2 * place].min(entries[2 * place + 1]);
        }
    }

    /// Gives the call the slot that is free first. Returns its end if it waited, else 0.
    #[inline(always)]
    fn serve(&mut self, start: u64, length: u64, bits: u32) -> u64 {
        let entries = self.entries.as_mut();
        let within = entries.len() - 1;
        let first = entries[1];
        let begins = (first >> bits).max(start);
        let wait = begins - start;
        let end = begins + length;
        self.longest_wait = self.longest_wait.max(wait);
        let number = first & ((1 << bits) - 1);
        let mut winner = (end << bits) | number;
        let mut place = (entries.len() / 2 + usize::try_from(number).unwrap_or(0)) & within;
        entries[place] = winner;
        while place > 1 {
            winner = winner.min(entries[(place ^ 1) & within]);
            place /= 2;
            entries[place & within] = winner;
        }
        if wait > 0 { end } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::Call;

    #[test]
    fn both_simulations_agree() {
        let mut state = 7_u64;
        let mut random = |below: i64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from(state >> 33).unwrap_or(0) % below
        };
        for round in 0..200 {
            // Rushes between quiet times, so that stretches without waiting are left out.
            let mut now = 0;
            let calls: Vec<Call> = (0..3_000)
                .map(|call| {
                    now += if call % 1_000 < 100 { random(3) } else { random(100 + round) };
                    Call { start: now, end: now + random(200), month: 0 }
                })
                .collect();
            let timeline = Timeline::new(calls);
            let slots: Vec<u32> = (1..=timeline.peak() + 2).collect();
            let expected: Vec<u128> = slots.iter().map(|&slots| longest_wait(&timeline, slots)).collect();
            assert_eq!(longest_waits(&timeline, &slots), expected, "{round}");
            assert_eq!(expected[usize::try_from(timeline.peak()).unwrap() - 1], 0);
        }
    }
}
