//! The timeline: all calls in the order of their starts, and how many run at once without a limit.

use super::Call;

/// Calls sorted by start, those of one start in the order of their files, and what follows from that alone.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// The starts, in microseconds after the first one.
    pub starts: Vec<u64>,
    /// The lengths, in microseconds.
    pub lengths: Vec<u64>,
    /// How many calls run when each one starts, itself included.
    pub levels: Vec<u32>,
    /// The month of each start, as a place in `months`.
    pub month_places: Vec<u16>,
    /// The months of all starts, sorted.
    pub months: Vec<u32>,
    /// The first and the last start, in microseconds since 1970.
    pub span: Option<(i64, i64)>,
    /// The ends of all calls with a length, sorted, in microseconds after the first start.
    pub ends: Vec<u64>,
    /// For each of these ends, the place of its call.
    pub by_end: Vec<u32>,
    /// The sum of all lengths, and the longest.
    pub all_lengths: (u128, u64),
    /// The time during which exactly as many calls run as the place says, in microseconds, from the first start to the last
    /// end.
    time_at: Vec<u128>,
}

impl Timeline {
    /// The timeline of calls, of which there are at most 2^32.
    pub fn new(mut calls: Vec<Call>) -> Self {
        // Stable: calls of one start keep their order.
        calls.sort_by_key(|call| call.start);
        let (Some(first), Some(last)) = (calls.first().copied(), calls.last().copied()) else { return Self::default() };
        let after = |time: i64| u64::try_from(i128::from(time) - i128::from(first.start)).unwrap_or(0);
        let mut months: Vec<u32> = Vec::new();
        for call in &calls {
            if months.last() != Some(&call.month)
                && let Err(place) = months.binary_search(&call.month)
            {
                months.insert(place, call.month);
            }
        }
        let month_places = calls.iter().map(|call| u16::try_from(months.partition_point(|&month| month < call.month)).unwrap_or(u16::MAX));
        let month_places = month_places.collect();
        let mut ends: Vec<(u64, u32)> =
            (0_u32..).zip(&calls).filter(|(_, call)| call.end > call.start).map(|(place, call)| (after(call.end), place)).collect();
        ends.sort_unstable();
        let starts: Vec<u64> = calls.iter().map(|call| after(call.start)).collect();
        let lengths: Vec<u64> = calls.iter().map(|call| call.end.abs_diff(call.start)).collect();
        drop(calls);
        let mut timeline = Self { starts, lengths, month_places, months, span: Some((first.start, last.start)), ..Self::default() };
        let lengths = || timeline.lengths.iter().copied();
        timeline.all_lengths = (lengths().map(u128::from).sum(), lengths().max().unwrap_or(0));
        timeline.run(&ends);
        timeline.ends = ends.iter().map(|(end, _)| *end).collect();
        timeline.by_end = ends.into_iter().map(|(_, place)| place).collect();
        timeline
    }

    /// Runs all calls without a limit.
    fn run(&mut self, ends: &[(u64, u32)]) {
        let mut running = 0_usize;
        let mut ended = 0;
        let mut now = 0;
        self.levels.reserve_exact(self.starts.len());
        for (&start, &length) in self.starts.iter().zip(&self.lengths) {
            while let Some(&(end, _)) = ends.get(ended).filter(|(end, _)| *end <= start) {
                add_time(&mut self.time_at, running, end - now);
                (running, ended, now) = (running - 1, ended + 1, end);
            }
            add_time(&mut self.time_at, running, start - now);
            now = start;
            self.levels.push(u32::try_from(running + 1).unwrap_or(u32::MAX));
            running += usize::from(length > 0);
        }
        for &(end, _) in ends.iter().skip(ended) {
            add_time(&mut self.time_at, running, end - now);
            (running, now) = (running.saturating_sub(1), end);
        }
    }

    /// The most calls at once.
    pub fn peak(&self) -> u32 {
        self.levels.iter().copied().max().unwrap_or(0)
    }

    /// The least number that at most as many calls as it run for this share of the time, in thousandths.
    pub fn at_once(&self, thousandths: u128) -> u32 {
        let all: u128 = self.time_at.iter().sum();
        let mut so_far = 0;
        let enough = |time: &u128| {
            so_far += time;
            so_far * 1_000 >= all * thousandths
        };
        let least = if all == 0 { Some(0) } else { self.time_at.iter().position(enough) };
        least.and_then(|least| u32::try_from(least).ok()).unwrap_or(0)
    }

    /// The calls of each month, and the most at once as one of them starts.
    pub fn by_month(&self) -> Vec<(u64, u32)> {
        let mut rows = vec![(0, 0); self.months.len()];
        for (&place, &level) in self.month_places.iter().zip(&self.levels) {
            if let Some((calls, peak)) = rows.get_mut(usize::from(place)) {
                *calls += 1;
                *peak = level.max(*peak);
            }
        }
        rows
    }
}

fn add_time(time_at: &mut Vec<u128>, running: usize, time: u64) {
    if time_at.len() <= running {
        time_at.resize(running + 1, 0);
    }
    time_at[running] += u128::from(time);
}
