//! Which total is worth most where some labels are not usable yet?
//!
//! Below the far labels' sums, a range of totals has its least either at a total that is the sum of a label itself, or
//! by a label whose sum is below the whole range. The first kind is a stretch of the labels by sum, the second a
//! stretch of residues with a bound on the sum. Both are searched down a binary tree, the more promising half first.
//!
//! What makes halves comparable is the *excess*: what a label costs above the best package's price for as many
//! calls, rounded up. It is never negative and does not depend on the slope. The least excess of a half and the
//! straight line at the ends of its totals bound every value in it from below, and only halves that may hold
//! something better than what is known are entered. For the residues, a half knows its least excess at every bound
//! on the sum: its labels by rising sum, those alone that are better than all before.

use std::ops::RangeInclusive;

use super::{Holding, Label, PackageCosts, Slope};
use crate::money::Units;

/// A label with what the search asks of it.
#[derive(Debug, Clone, Copy)]
struct Early {
    excess: Units,
    count: i64,
    sum: u64,
    /// The best package's price for as many calls as the label has, rounded down.
    line: Units,
}

impl Early {
    fn key(&self) -> (Units, i64) {
        (self.excess, self.count)
    }
}

/// Every label, prepared for ranges of totals that not all of them can serve.
#[derive(Debug, Default)]
pub(super) struct EarlyLabels {
    /// By rising sum.
    labels: Vec<Early>,
    /// Per node of the tree over the labels, root at 1: the least key below it.
    least: Vec<(Units, i64)>,
    /// Per node of the tree over the residues, root at 1, where its labels start in `steps`.
    starts: Vec<u32>,
    /// Labels by rising sum and falling key.
    steps: Vec<u32>,
}

/// The least value known, then the fewest packages (where calls are weighed against nothing), then the least total.
type Worth = (Units, i64, u64);

/// One look-up: a slope, and the best found so far.
struct Lookup<'a> {
    early: &'a EarlyLabels,
    lines: &'a [Units],
    per_grain: Units,
    best: Worth,
}

/// Totals of a stretch of residues: so many periods, and the labels that are usable.
struct Residues {
    periods: u64,
    /// What these periods cost less the slope's price for their calls, and the total that they hold.
    offset: Units,
    base: u64,
    wanted: RangeInclusive<usize>,
    usable: u32,
}

impl EarlyLabels {
    /// Prepares `labels`, by rising sum, of which each residue has one at least, as it has a line.
    pub(super) fn prepare(labels: &[Label], lines: &[Units], period_price: Units) -> Self {
        let period = lines.len() as u64;
        let early: Vec<Early> = labels
            .iter()
            .map(|label| {
                let line = lines[(label.sum % period) as usize];
                let whole = Units::from(label.sum / period) * period_price;
                Early { excess: label.cost - line, count: label.count, sum: label.sum, line: line + whole }
            })
            .collect();
        let mut least = vec![(Units::MAX, 0); 2 * early.len().next_power_of_two()];
        let leaves = least.len() / 2;
        for (label, place) in early.iter().zip(leaves..) {
            least[place] = label.key();
        }
        for node in (1..leaves).rev() {
            least[node] = least[2 * node].min(least[2 * node + 1]);
        }
        let (starts, steps) = Self::residue_tree(&early, period);
        Self { labels: early, least, starts, steps }
    }

    /// The tree over the residues, from its leaves up.
    fn residue_tree(labels: &[Early], period: u64) -> (Vec<u32>, Vec<u32>) {
        let leaves = (period as usize).next_power_of_two();
        let mut nodes: Vec<Vec<u32>> = vec![Vec::new(); 2 * leaves];
        for (label, index) in labels.iter().zip(0..) {
            nodes[leaves + (label.sum % period) as usize].push(index);
        }
        for node in (1..leaves).rev() {
            let mut merged: Vec<u32> = Vec::with_capacity(nodes[2 * node].len() + nodes[2 * node + 1].len());
            let (mut left, mut right) = (nodes[2 * node].iter().peekable(), nodes[2 * node + 1].iter().peekable());
            while let Some(&next) = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if a > b => right.next(),
                (None, _) => right.next(),
                _ => left.next(),
            } {
                if merged.last().is_none_or(|&last| labels[next as usize].key() < labels[last as usize].key()) {
                    merged.push(next);
                }
            }
            nodes[node] = merged;
        }
        let mut starts = Vec::with_capacity(nodes.len() + 1);
        let mut steps = Vec::new();
        for node in nodes {
            starts.push(steps.len() as u32);
            steps.extend(node);
        }
        starts.push(steps.len() as u32);
        (starts, steps)
    }

    /// The least key of the usable labels below `node` of the tree over the residues.
    #[inline]
    fn least_of(&self, node: usize, usable: u32) -> Option<(Units, i64)> {
        let steps = &self.steps[self.starts[node] as usize..self.starts[node + 1] as usize];
        let known = steps.partition_point(|&label| label < usable);
        known.checked_sub(1).map(|last| self.labels[steps[last] as usize].key())
    }
}

impl Lookup<'_> {
    /// The least that anything of excess and count `least` can be worth between two totals, told by their values on
    /// the line.
    #[inline]
    fn bound(&self, least: (Units, i64), lines: (Units, Units), periods: impl Fn() -> u64, first: u64) -> Worth {
        let count = if self.per_grain == 0 { least.1 + periods() as i64 } else { 0 };
        (least.0 + lines.0.min(lines.1), count, first)
    }

    /// Searches the labels between two places in the order of sums, each at the total that is its sum.
    fn labels(&mut self, first: usize, last: usize, period: u64) {
        let leaves = self.early.least.len() / 2;
        self.label_node(1, (0, leaves - 1), (first, last), period);
    }

    /// The bound of a node whose labels, clipped to the wanted ones, are from `first` to `last`.
    fn label_bound(&self, node: usize, (first, last): (usize, usize), period: u64) -> Worth {
        let value = |label: &Early| label.line - self.per_grain * Units::from(label.sum);
        let (from, to) = (&self.early.labels[first], &self.early.labels[last]);
        self.bound(self.early.least[node], (value(from), value(to)), || from.sum / period, from.sum)
    }

    fn label_node(&mut self, node: usize, span: (usize, usize), wanted: (usize, usize), period: u64) {
        let clipped = (span.0.max(wanted.0), span.1.min(wanted.1));
        if span.0 == span.1 {
            // A leaf's bound is what the label is worth.
            self.best = self.best.min(self.label_bound(node, clipped, period));
            return;
        }
        let middle = span.0.midpoint(span.1);
        let halves = [(2 * node, (span.0, middle)), (2 * node + 1, (middle + 1, span.1))];
        let bounds = halves.map(|(node, span)| {
            let clipped = (span.0.max(wanted.0), span.1.min(wanted.1));
            (clipped.0 <= clipped.1).then(|| self.label_bound(node, clipped, period))
        });
        for half in in_order(&bounds) {
            if bounds[half].is_some_and(|bound| bound < self.best) {
                let (node, span) = halves[half];
                self.label_node(node, span, wanted, period);
            }
        }
    }

    fn residues(&mut self, residues: &Residues) {
        let leaves = self.lines.len().next_power_of_two();
        self.residue_node(1, (0, leaves - 1), residues);
    }

    fn residue_bound(&self, node: usize, (first, last): (usize, usize), residues: &Residues) -> Option<Worth> {
        let first = first.max(*residues.wanted.start());
        let last = last.min(*residues.wanted.end());
        if first > last {
            return None;
        }
        let least = self.early.least_of(node, residues.usable)?;
        let value = |residue: usize| self.lines[residue] - self.per_grain * residue as Units + residues.offset;
        Some(self.bound(least, (value(first), value(last)), || residues.periods, residues.base + first as u64))
    }

    fn residue_node(&mut self, node: usize, span: (usize, usize), residues: &Residues) {
        if span.0 == span.1 {
            self.best = self.residue_bound(node, span, residues).map_or(self.best, |worth| self.best.min(worth));
            return;
        }
        let middle = span.0.midpoint(span.1);
        let halves = [(2 * node, (span.0, middle)), (2 * node + 1, (middle + 1, span.1))];
        let bounds = halves.map(|(node, span)| self.residue_bound(node, span, residues));
        for half in in_order(&bounds) {
            if bounds[half].is_some_and(|bound| bound < self.best) {
                let (node, span) = halves[half];
                self.residue_node(node, span, residues);
            }
        }
    }
}

/// The half with the lower bound first.
fn in_order(bounds: &[Option<Worth>; 2]) -> [usize; 2] {
    match bounds {
        [Some(left), Some(right)] if right < left => [1, 0],
        _ => [0, 1],
    }
}

impl PackageCosts {
    /// The best total from `from` to `to` where labels may be unusable; nothing above `limit`.
    pub(super) fn cheapest_early(&self, slope: &Slope, from: u64, to: u64, limit: Units) -> Option<Holding> {
        let (start, end) = self.best_period(slope, from, to);
        let early = &self.early;
        let nothing = (limit, i64::MAX, u64::MAX);
        let mut lookup = Lookup { early, lines: &self.excess.lines, per_grain: slope.per_grain, best: nothing };
        let usable = early.labels.partition_point(|label| label.sum <= start);
        let ending = usable + early.labels[usable..].partition_point(|label| label.sum <= to);
        let periods = start / self.period;
        let base = periods * self.period;
        let (first, last) = ((start - base) as usize, (end - base) as usize);
        let period = self.far.len();
        let stretch = |extra: u64, wanted: RangeInclusive<usize>| Residues {
            periods: periods + extra,
            offset: Units::from(periods + extra) * slope.step,
            base: base + extra * self.period,
            wanted,
            usable: usable as u32,
        };
        lookup.residues(&stretch(0, first..=last.min(period - 1)));
        if last >= period {
            lookup.residues(&stretch(1, 0..=last - period));
        }
        if usable < ending {
            lookup.labels(usable, ending - 1, self.period);
        }
        let (_, _, grains) = lookup.best;
        if lookup.best == nothing { None } else { self.exactly(grains) }
    }
}
