//! Which small sets of packages are worth knowing, for every residue?
//!
//! Fills the labels and slopes of [`PackageCosts`], once for a price book.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::early::EarlyLabels;
use super::{By, Excess, Label, NO_PACKAGE, PackageCosts, Size, Slope, UNREACHED, gcd};
use crate::money::Units;
use crate::price_book::range_minimum::RangeMinimum;

impl PackageCosts {
    /// Shortest paths over residues, one package size after the other, each around its cycles: twice round a cycle
    /// carries its least label everywhere.
    pub(super) fn prepare_far(&mut self) {
        let period = self.period as usize;
        self.far = vec![Label::UNREACHED; period];
        self.far[0] = Label::EMPTY;
        for size in (0..self.sizes.len()).filter(|&size| size != self.best) {
            let Size { grains, price } = self.sizes[size];
            let shift = (grains % self.period) as usize;
            let whole = (grains / self.period) as i64;
            for start in 0..gcd(shift as u64, self.period) as usize {
                let (mut from, mut settled) = (start, 0);
                for _ in 0..2 * period {
                    let (to, wraps) = if from + shift >= period { (from + shift - period, whole + 1) } else { (from + shift, whole) };
                    let before = self.far[from];
                    settled += 1;
                    if before.cost < UNREACHED {
                        let label = self.extended(before, size, price, wraps);
                        let present = self.far[to];
                        match label.key().cmp(&present.key()).then(label.sum.cmp(&present.sum)) {
                            Ordering::Less => {
                                let tie = label.key() == present.key();
                                self.far[to] = Label { forked: label.forked || tie, ..label };
                                settled = 0;
                            }
                            _ if label.key() == present.key() => {
                                // With the same last package, the sets differ only if the sets before it did.
                                let forked = label.forked || usize::from(present.via) != size;
                                if forked && !present.forked {
                                    self.far[to].forked = true;
                                    settled = 0;
                                }
                            }
                            _ => {}
                        }
                    }
                    if settled * gcd(shift as u64, self.period) as usize >= period {
                        break;
                    }
                    from = to;
                }
            }
        }
    }

    /// `before` with one more package of index `size`, which carries the residue over the period `wraps` times.
    fn extended(&self, before: Label, size: usize, price: Units, wraps: i64) -> Label {
        Label {
            cost: before.cost + price - Units::from(wraps) * self.period_price,
            count: before.count + 1 - wraps,
            sum: before.sum + self.sizes[size].grains,
            via: size as u8,
            forked: before.forked,
        }
    }

    pub(super) fn prepare_excess(&mut self) {
        let line = |residue: u64| self.period_price * Units::from(residue) / Units::from(self.period);
        let lines: Vec<Units> = (0..self.period).map(line).collect();
        let values: Vec<Units> = self.far.iter().zip(&lines).map(|(label, line)| label.cost - line).collect();
        let minima = self.minima(&values, By::Value);
        self.excess = Excess { lines, values, minima };
    }

    /// The labels below the far ones, in the order of their sums; each must cost less than all before it.
    pub(super) fn prepare_near(&mut self) {
        self.near = vec![Vec::new(); self.far.len()];
        let mut queue = BinaryHeap::from([(Reverse((0_u64, 0, 0)), NO_PACKAGE)]);
        let mut reached = vec![false; self.far.len()];
        // By rising sum, as they come; the far ones among them, since no part of a far label's set is dominated.
        let mut labels = Vec::new();
        while let Some((Reverse((sum, cost, count)), via)) = queue.pop() {
            let residue = (sum % self.period) as usize;
            let label = Label { cost, count, sum, via, forked: true };
            if reached[residue] || self.near[residue].last().is_some_and(|before| before.key() <= label.key()) {
                continue;
            }
            if sum == self.far[residue].sum {
                reached[residue] = true;
            } else {
                self.near[residue].push(label);
            }
            labels.push(label);
            for size in (0..self.sizes.len()).filter(|&size| size != self.best) {
                let next_sum = sum + self.sizes[size].grains;
                let next_residue = (next_sum % self.period) as usize;
                let wraps = (next_sum / self.period) as i64 - (sum / self.period) as i64;
                let next = self.extended(label, size, self.sizes[size].price, wraps);
                let dominated = self.near[next_residue].last().is_some_and(|before| before.key() <= next.key());
                if next_sum <= self.far[next_residue].sum && !reached[next_residue] && !dominated {
                    queue.push((Reverse((next_sum, next.cost, next.count)), size as u8));
                }
            }
        }
        self.early = EarlyLabels::prepare(&labels, &self.excess.lines, self.period_price);
    }

    fn minima(&self, values: &[Units], by: By) -> RangeMinimum {
        RangeMinimum::prepare(values.len(), |a, b| self.precedes(values, by, a, b))
    }

    pub(super) fn prepare_slopes(&mut self, unit_prices: &[Units]) {
        let grain = Units::from(self.grain);
        self.slopes = std::iter::once(0)
            .chain(unit_prices.iter().copied())
            .map(|unit_price| {
                let per_grain = unit_price * grain;
                let values: Vec<Units> = self.far.iter().zip(0..).map(|(label, residue)| label.cost - per_grain * residue).collect();
                let minima = self.minima(&values, By::slope(per_grain));
                Slope { per_grain, step: self.period_price - per_grain * Units::from(self.period), values, minima }
            })
            .collect();
    }
}
