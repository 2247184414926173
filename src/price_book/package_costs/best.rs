//! Which of the totals looked at is worth most?

use std::cmp::Ordering;

use super::{Holding, Label, PackageCosts, Slope};
use crate::money::Scaled;

/// The best total of a search so far, by its value: its cost less the slope's price of its calls.
pub(super) struct Best {
    /// Values above are of no use.
    pub limit: Scaled,
    /// With its value.
    pub found: Option<(Scaled, Holding)>,
}

impl Best {
    /// Is this strictly better: a lower value, then (where calls count for something) fewer calls, then fewer packages?
    #[inline]
    pub(super) fn would_take(&self, slope: &Slope, value: Scaled, holding: Holding) -> bool {
        let Some((best, before)) = &self.found else { return value <= self.limit };
        match value.cmp(best) {
            Ordering::Equal if slope.per_grain == 0 => (holding.count, holding.grains) < (before.count, before.grains),
            Ordering::Equal => holding.grains < before.grains,
            order => order.is_lt(),
        }
    }

    pub(super) fn offer(&mut self, slope: &Slope, value: Scaled, holding: Holding) {
        if self.would_take(slope, value, holding) {
            self.found = Some((value, holding));
        }
    }
}

impl PackageCosts {
    /// Looks at each of `labels` at the total of the range where it is worth most.
    pub(super) fn search_labels(&self, slope: &Slope, from: u64, to: u64, labels: &[Label], best: &mut Best) {
        for label in labels {
            let residue = label.sum % self.period;
            let start = from.max(label.sum);
            let first = start + (self.period + residue - start % self.period) % self.period;
            if first <= to {
                let grains = if slope.step < 0 { to - (to - first) % self.period } else { first };
                let holding = self.holding(label, grains);
                best.offer(slope, holding.cost - slope.per_grain * Scaled::from(grains), holding);
            }
        }
    }
}
