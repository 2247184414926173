//! Range queries over small totals, where not every label applies yet.
//!
//! A label applies to totals from its own sum up. So the lowest net cost of a range is reached either at a total that is
//! the sum of a label, or by a label whose sum is below the whole range. The first kind is a range of labels ordered by
//! sum; the second is a range of residues with an upper bound on the sum. Each kind has a binary tree, which is searched
//! branch and bound, with the more promising half first.
//!
//! The bound uses the *excess* of labels: their cost above the best package's price per call, rounded up. It is never
//! negative and does not depend on the unit price. The lowest excess of a half, plus the straight line at the ends of
//! its totals, is a lower bound on every net cost in it. A half of the residues has its lowest excess for every bound
//! on the sum: a list of its labels by rising sum, without those that an earlier one beats.

use std::ops::RangeInclusive;

use super::{Label, NetCosts, PackageCosts, PackageSet};
use crate::money::Units;

/// A label as the search needs it.
#[derive(Debug, Clone, Copy)]
struct EarlyLabel {
    excess: Units,
    count: i64,
    sum: u64,
    /// The label's calls at the best package's price per call, rounded down.
    line: Units,
}

impl EarlyLabel {
    fn key(&self) -> (Units, i64) {
        (self.excess, self.count)
    }
}

/// All labels, prepared for ranges of totals to which not all of them apply.
#[derive(Debug, Default)]
pub(super) struct EarlyLabels {
    /// The labels by rising sum.
    labels: Vec<EarlyLabel>,
    /// By node of the tree over the labels, with the root at 1: the lowest key below the node.
    lowest: Vec<(Units, i64)>,
    /// By node of the tree over the residues, with the root at 1: the start of the node's labels in `steps`.
    starts: Vec<u32>,
    /// The labels of each node, by rising sum and falling key.
    steps: Vec<u32>,
}

/// The order of totals: lowest net cost, then fewest packages (only at a unit price of zero), then smallest total.
type Rank = (Units, i64, u64);

/// One range query: a unit price, and the best total found so far.
struct Lookup<'a> {
    early: &'a EarlyLabels,
    lines: &'a [Units],
    unit_price_per_grain: Units,
    best: Rank,
}

/// The totals of a range of residues plus a number of periods.
struct ResidueRange {
    periods: u64,
    /// The net cost of these periods.
    offset: Units,
    /// Grains in these periods.
    base: u64,
    residues: RangeInclusive<usize>,
    /// How many of the labels, by rising sum, apply to all of these totals.
    applicable: u32,
}

impl EarlyLabels {
    /// Prepares `labels`, given by rising sum, for residues with the given `lines`.
    pub(super) fn prepare(labels: &[Label], lines: &[Units], period_price: Units) -> Self {
        let period = lines.len() as u64;
        let early: Vec<EarlyLabel> = labels
            .iter()
            .map(|label| {
                let line = lines[(label.sum % period) as usize];
                let whole = Units::from(label.sum / period) * period_price;
                EarlyLabel { excess: label.cost - line, count: label.count, sum: label.sum, line: line + whole }
            })
            .collect();
        let mut lowest = vec![(Units::MAX, 0); 2 * early.len().next_power_of_two()];
        let leaves = lowest.len() / 2;
        for (label, place) in early.iter().zip(leaves..) {
            lowest[place] = label.key();
        }
        for node in (1..leaves).rev() {
            lowest[node] = lowest[2 * node].min(lowest[2 * node + 1]);
        }
        let (starts, steps) = Self::residue_tree(&early, period);
        Self { labels: early, lowest, starts, steps }
    }

    /// Builds the tree over the residues, from its leaves up, by merging the labels of two halves.
    fn residue_tree(labels: &[EarlyLabel], period: u64) -> (Vec<u32>, Vec<u32>) {
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

    /// The lowest key of the applicable labels below `node` of the tree over the residues.
    #[inline]
    fn lowest_of(&self, node: usize, applicable: u32) -> Option<(Units, i64)> {
        let steps = &self.steps[self.starts[node] as usize..self.starts[node + 1] as usize];
        let known = steps.partition_point(|&label| label < applicable);
        known.checked_sub(1).map(|last| self.labels[steps[last] as usize].key())
    }
}

impl Lookup<'_> {
    /// A lower bound on the rank of totals from `first` up, given the lowest excess and count among them and the net
    /// costs of the straight line at their two ends.
    #[inline]
    fn bound(&self, lowest: (Units, i64), ends: (Units, Units), periods: impl Fn() -> u64, first: u64) -> Rank {
        let count = if self.unit_price_per_grain == 0 { lowest.1 + periods() as i64 } else { 0 };
        (lowest.0 + ends.0.min(ends.1), count, first)
    }

    /// Searches the labels between two places in the order of sums, each at the total that is its own sum.
    fn labels(&mut self, first: usize, last: usize, period: u64) {
        let leaves = self.early.lowest.len() / 2;
        self.label_node(1, (0, leaves - 1), (first, last), period);
    }

    /// The lower bound of a node whose labels inside the searched range are those from `first` to `last`.
    fn label_bound(&self, node: usize, (first, last): (usize, usize), period: u64) -> Rank {
        let value = |label: &EarlyLabel| label.line - self.unit_price_per_grain * Units::from(label.sum);
        let (from, to) = (&self.early.labels[first], &self.early.labels[last]);
        self.bound(self.early.lowest[node], (value(from), value(to)), || from.sum / period, from.sum)
    }

    fn label_node(&mut self, node: usize, span: (usize, usize), range: (usize, usize), period: u64) {
        let clipped = (span.0.max(range.0), span.1.min(range.1));
        if span.0 == span.1 {
            // The bound of a leaf is exact.
            self.best = self.best.min(self.label_bound(node, clipped, period));
            return;
        }
        let middle = span.0.midpoint(span.1);
        let halves = [(2 * node, (span.0, middle)), (2 * node + 1, (middle + 1, span.1))];
        let bounds = halves.map(|(node, span)| {
            let clipped = (span.0.max(range.0), span.1.min(range.1));
            (clipped.0 <= clipped.1).then(|| self.label_bound(node, clipped, period))
        });
        for half in in_order(&bounds) {
            if bounds[half].is_some_and(|bound| bound < self.best) {
                let (node, span) = halves[half];
                self.label_node(node, span, range, period);
            }
        }
    }

    /// Searches the totals of a range of residues, by the labels that apply to all of them.
    fn residues(&mut self, range: &ResidueRange) {
        let leaves = self.lines.len().next_power_of_two();
        self.residue_node(1, (0, leaves - 1), range);
    }

    /// The lower bound of a node with the residues from `first` to `last`; `None` where it has nothing in the range.
    fn residue_bound(&self, node: usize, (first, last): (usize, usize), range: &ResidueRange) -> Option<Rank> {
        let first = first.max(*range.residues.start());
        let last = last.min(*range.residues.end());
        if first > last {
            return None;
        }
        let lowest = self.early.lowest_of(node, range.applicable)?;
        let value = |residue: usize| self.lines[residue] - self.unit_price_per_grain * residue as Units + range.offset;
        Some(self.bound(lowest, (value(first), value(last)), || range.periods, range.base + first as u64))
    }

    fn residue_node(&mut self, node: usize, span: (usize, usize), range: &ResidueRange) {
        if span.0 == span.1 {
            self.best = self.residue_bound(node, span, range).map_or(self.best, |rank| self.best.min(rank));
            return;
        }
        let middle = span.0.midpoint(span.1);
        let halves = [(2 * node, (span.0, middle)), (2 * node + 1, (middle + 1, span.1))];
        let bounds = halves.map(|(node, span)| self.residue_bound(node, span, range));
        for half in in_order(&bounds) {
            if bounds[half].is_some_and(|bound| bound < self.best) {
                let (node, span) = halves[half];
                self.residue_node(node, span, range);
            }
        }
    }
}

/// The order in which to search two halves: the lower bound first.
fn in_order(bounds: &[Option<Rank>; 2]) -> [usize; 2] {
    match bounds {
        [Some(left), Some(right)] if right < left => [1, 0],
        _ => [0, 1],
    }
}

impl PackageCosts {
    /// The set with the lowest net cost from `from` to `to` grains, where labels may not apply yet. `None` where the
    /// lowest net cost is above `limit`.
    pub(super) fn cheapest_early(&self, net: &NetCosts, from: u64, to: u64, limit: Units) -> Option<PackageSet> {
        let (start, end) = self.best_period(net, from, to);
        let early = &self.early;
        let nothing = (limit, i64::MAX, u64::MAX);
        let mut lookup = Lookup { early, lines: &self.excess.lines, unit_price_per_grain: net.unit_price_per_grain, best: nothing };
        let applicable = early.labels.partition_point(|label| label.sum <= start);
        let ending = applicable + early.labels[applicable..].partition_point(|label| label.sum <= to);
        let periods = start / self.period;
        let base = periods * self.period;
        let (first, last) = ((start - base) as usize, (end - base) as usize);
        let period = self.far.len();
        let range = |extra: u64, residues: RangeInclusive<usize>| ResidueRange {
            periods: periods + extra,
            offset: Units::from(periods + extra) * net.per_period,
            base: base + extra * self.period,
            residues,
            applicable: applicable as u32,
        };
        lookup.residues(&range(0, first..=last.min(period - 1)));
        if last >= period {
            lookup.residues(&range(1, 0..=last - period));
        }
        if applicable < ending {
            lookup.labels(applicable, ending - 1, self.period);
        }
        let (_, _, grains) = lookup.best;
        if lookup.best == nothing { None } else { self.exactly(grains) }
    }
}
