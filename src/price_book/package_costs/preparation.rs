//! Preparation of [`PackageCosts`]: labels by shortest paths over residues, and net costs for range queries.
//!
//! Runs once for each validated service. What labels are is explained in the parent module.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::early::EarlyLabels;
use super::{Excess, Label, NO_PACKAGE, NetCosts, Order, PackageCosts, Size, UNREACHED, gcd};
use crate::money::Units;
use crate::price_book::range_minimum::RangeMinimum;

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
    pub(super) fn prepare_near(&mut self) {
        self.near = vec![Vec::new(); self.far.len()];
        let mut queue = BinaryHeap::from([(Reverse((0_u64, 0, 0)), NO_PACKAGE)]);
        let mut reached = vec![false; self.far.len()];
        // All labels by rising sum. The far labels are among them, because no part of a far label's set is dominated.
        let mut labels = Vec::new();
        while let Some((Reverse((sum, cost, count)), last_package)) = queue.pop() {
            let residue = (sum % self.period) as usize;
            let label = Label { cost, count, sum, last_package, has_ties: true };
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
