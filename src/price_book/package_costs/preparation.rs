//! Preparation of [`PackageCosts`]: labels by shortest paths over residues, and net costs for range queries.
//!
//! Runs once for each validated service. What labels are is explained in the parent module.

use std::cmp::Ordering;

use super::early::EarlyLabels;
use super::{Excess, Label, NearLabels, NetCosts, Order, PackageCosts, Size, UNREACHED, gcd};
use crate::money::Units;
use crate::price_book::range_minimum::RangeMinimum;

/// The next label with one more package of some size.
struct Candidate {
    size: usize,
    /// The place of the label without that package.
    before: usize,
    /// Grains in the candidate.
    sum: u64,
}

impl Candidate {
    /// The sum where no candidate is known.
    const NONE: u64 = u64::MAX;
}

impl PackageCosts {
    /// Finds the far labels: shortest paths over residues, one package size after the other.
    ///
    /// Adding packages of one size walks the residues in cycles. Two rounds carry the lowest label of a cycle to all of
    /// its residues, and a full round without a change ends the walk early.
    pub(super) fn prepare_far(&mut self) {
        let period = self.period as usize;
        self.far = vec![Label::UNREACHED; period];
        self.far[0] = Label::EMPTY;
        for size in (0..self.sizes.len()).filter(|&size| size != self.best) {
            let Size { grains, price } = self.sizes[size];
            let shift = (grains % self.period) as usize;
            let whole = (grains / self.period) as i64;
            for start in 0..gcd(shift as u64, self.period) as usize {
                let (mut from, mut unchanged) = (start, 0);
                for _ in 0..2 * period {
                    let (to, wraps) = if from + shift >= period { (from + shift - period, whole + 1) } else { (from + shift, whole) };
                    let before = self.far[from];
                    unchanged += 1;
                    if before.cost < UNREACHED {
                        let label = self.extended(before, size, price, wraps);
                        let present = self.far[to];
                        match label.key().cmp(&present.key()).then(label.sum.cmp(&present.sum)) {
                            Ordering::Less => {
                                let tie = label.key() == present.key();
                                self.far[to] = Label { has_ties: label.has_ties || tie, ..label };
                                unchanged = 0;
                            }
                            _ if label.key() == present.key() => {
                                // With the same last package, two sets differ only where the sets without it differ.
                                let has_ties = label.has_ties || usize::from(present.last_package) != size;
                                if has_ties && !present.has_ties {
                                    self.far[to].has_ties = true;
                                    unchanged = 0;
                                }
                            }
                            _ => {}
                        }
                    }
                    if unchanged * gcd(shift as u64, self.period) as usize >= period {
                        break;
                    }
                    from = to;
                }
            }
        }
    }

    /// `before` with one more package of index `size`, which takes the total past a multiple of the period `wraps` times.
    fn extended(&self, before: Label, size: usize, price: Units, wraps: i64) -> Label {
        Label {
            cost: before.cost + price - Units::from(wraps) * self.period_price,
            count: before.count + 1 - wraps,
            sum: before.sum + self.sizes[size].grains,
            last_package: size as u8,
            has_ties: before.has_ties,
        }
    }

    /// Prepares the excess of the far labels.
    pub(super) fn prepare_excess(&mut self) {
        let line = |residue: u64| self.period_price * Units::from(residue) / Units::from(self.period);
        let lines: Vec<Units> = (0..self.period).map(line).collect();
        let values: Vec<Units> = self.far.iter().zip(&lines).map(|(label, line)| label.cost - line).collect();
        let minima = self.minima(&values, Order::ByValue);
        self.excess = Excess { lines, values, minima };
    }

    /// Finds the near labels, in the order of their sums. Each costs less than all labels of its residue before it.
    ///
    /// Every label but the empty one is an earlier label with one more package. Packages of one size are added to the labels
    /// in turn, so their sums rise, and the next label is the first of as many candidates as there are sizes.
    pub(super) fn prepare_near(&mut self) {
        // All labels by rising sum. The far labels are among them, because no part of a far label's set is dominated.
        let mut labels = vec![Label::EMPTY];
        // By residue, the key of its last label. Once that is far, no other key is lower.
        let mut lowest = vec![Label::UNREACHED.key(); self.far.len()];
        lowest[0] = Label::EMPTY.key();
        let residue = |label: &Label| (label.sum % self.period) as usize;
        // The first of equal candidates is taken: the one whose last package is the largest.
        let others = (0..self.sizes.len()).rev().filter(|&size| size != self.best);
        let mut candidates: Vec<Candidate> = others.map(|size| Candidate { size, before: 0, sum: Candidate::NONE }).collect();
        loop {
            for candidate in candidates.iter_mut().filter(|candidate| candidate.sum == Candidate::NONE) {
                while let Some(&before) = labels.get(candidate.before) {
                    let label = self.with_one_more(before, candidate.size);
                    if label.key() < lowest[residue(&label)] {
                        candidate.sum = label.sum;
                        break;
                    }
                    candidate.before += 1;
                }
            }
            let sum = candidates.iter().map(|candidate| candidate.sum).min().unwrap_or(Candidate::NONE);
            if sum == Candidate::NONE {
                break;
            }
            let mut least: Option<Label> = None;
            for candidate in candidates.iter_mut().filter(|candidate| candidate.sum == sum) {
                let label = self.with_one_more(labels[candidate.before], candidate.size);
                if least.is_none_or(|least| label.key() < least.key()) {
                    least = Some(label);
                }
                candidate.before += 1;
                candidate.sum = Candidate::NONE;
            }
            if let Some(label) = least.filter(|label| label.key() < lowest[residue(label)]) {
                lowest[residue(&label)] = label.key();
                labels.push(label);
            }
        }
        self.near = NearLabels::prepare(&labels, &self.far);
        self.early = EarlyLabels::prepare(&labels, &self.excess.lines, self.period_price);
    }

    /// `before` with one more package of index `size`.
    fn with_one_more(&self, before: Label, size: usize) -> Label {
        let Size { grains, price } = self.sizes[size];
        let wraps = (before.sum + grains) / self.period - before.sum / self.period;
        self.extended(before, size, price, wraps as i64)
    }

    fn minima(&self, values: &[Units], order: Order) -> RangeMinimum {
        RangeMinimum::prepare(values.len(), |a, b| self.precedes(values, order, a, b))
    }

    /// Prepares the net costs at a unit price of zero and at each of `unit_prices`.
    pub(super) fn prepare_net_costs(&mut self, unit_prices: &[Units]) {
        let grain = Units::from(self.grain);
        self.net_costs = std::iter::once(0)
            .chain(unit_prices.iter().copied())
            .map(|unit_price| {
                let unit_price_per_grain = unit_price * grain;
                let values: Vec<Units> =
                    self.far.iter().zip(0..).map(|(label, residue)| label.cost - unit_price_per_grain * residue).collect();
                let minima = self.minima(&values, Order::at(unit_price_per_grain));
                let per_period = self.period_price - unit_price_per_grain * Units::from(self.period);
                NetCosts { unit_price_per_grain, per_period, values, minima }
            })
            .collect();
    }
}

impl NearLabels {
    /// Those of `labels`, given by rising sum, that are not far.
    fn prepare(labels: &[Label], far: &[Label]) -> Self {
        let residue = |label: &Label| (label.sum % far.len() as u64) as usize;
        let near = || labels.iter().filter(|label| label.sum != far[residue(label)].sum);
        let mut starts = vec![0_u32; far.len() + 1];
        near().for_each(|label| starts[residue(label) + 1] += 1);
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut ends = starts.clone();
        let mut by_residue = vec![Label::EMPTY; near().count()];
        for label in near() {
            let end = &mut ends[residue(label)];
            by_residue[*end as usize] = Label { has_ties: true, ..*label };
            *end += 1;
        }
        Self { starts, labels: by_residue }
    }
}
