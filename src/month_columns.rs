//! Columns of a month: the one list from which the page's table and CSV take theirs.
//!
//! Each column has a name and a figure. A table only decides how its figures are written, and in which order: the page has
//! counts before costs, as [`COLUMNS`] has them; CSV keeps the figures of one way of paying together ([`in_csv`]).

use crate::ledger::MonthRow;
use crate::money::Money;
use crate::settlement::PostpaidRate;
use crate::wording::columns as names;

/// A column.
#[derive(Debug)]
pub struct MonthColumn {
    /// The heading.
    pub name: &'static str,
    /// The way of paying that the figure belongs to.
    pub section: MonthSection,
    figure: FigureOf,
    /// Whether the service has what the column is about. Without it, CSV leaves the column out.
    is_offered: fn(&MonthRow) -> bool,
}

/// A way of paying, in the order of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthSection {
    /// All calls, and those that are paid before postpaid.
    Calls,
    /// Postpaid calls.
    Postpaid,
    /// Slots, in either billing mode.
    Slots,
    /// Packages bought.
    Packages,
    /// The sum of the month, and what is left at its end.
    Sum,
}

/// A figure of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure<'a> {
    /// A number of calls or slots.
    Count(u64),
    /// Money.
    Charge(Money),
    /// The prices per call, each with its calls; none where no call was postpaid.
    Rates(&'a [PostpaidRate]),
}

#[derive(Debug)]
enum FigureOf {
    Count(fn(&MonthRow) -> u64),
    Charge(fn(&MonthRow) -> Money),
    Rates,
}

/// All columns after the month's name, in the order of the page.
pub static COLUMNS: [MonthColumn; 15] = {
    use FigureOf::{Charge, Count, Rates};
    use MonthSection as In;
    [
        column(names::CALLS, In::Calls, Count(|month| month.calls)),
        column(names::FREE_CALLS, In::Calls, Count(|month| month.free)),
        only_where(HAS_MONTHLY, column(names::FREE_MONTHLY, In::Calls, Count(|month| or_none(month.free_monthly)))),
        column(names::PACKAGE_CALLS, In::Calls, Count(|month| month.prepaid)),
        column(names::POSTPAID_CALLS, In::Postpaid, Count(|month| month.postpaid)),
        column(names::POSTPAID_PRICE, In::Postpaid, Rates),
        column(names::SLOTS, In::Slots, Count(|month| month.slots)),
        only_where(HAS_INCLUDED, column(names::ADD_ON_SLOTS, In::Slots, Count(|month| or_none(month.add_on_slots)))),
        column(names::PACKAGE_COST, In::Packages, Charge(|month| month.package_charge)),
        column(names::POSTPAID_COST, In::Postpaid, Charge(|month| month.postpaid_charge)),
        column(names::SLOT_COST, In::Slots, Charge(|month| month.concurrent_charge)),
        only_where(HAS_INCLUDED, column(names::ADD_ON_COST, In::Slots, Charge(add_on_charge))),
        column(names::TOTAL, In::Sum, Charge(|month| month.charge)),
        column(names::PACKAGE_CALLS_LEFT, In::Sum, Count(|month| month.prepaid_left)),
        column(names::EXPIRING, In::Sum, Count(|month| month.expired)),
    ]
};

const fn column(name: &'static str, section: MonthSection, figure: FigureOf) -> MonthColumn {
    MonthColumn { name, section, figure, is_offered: |_| true }
}

const fn only_where(is_offered: fn(&MonthRow) -> bool, column: MonthColumn) -> MonthColumn {
    MonthColumn { is_offered, ..column }
}

const HAS_MONTHLY: fn(&MonthRow) -> bool = |month| month.free_monthly.is_some();
const HAS_INCLUDED: fn(&MonthRow) -> bool = |month| month.add_on_slots.is_some();

fn or_none(count: Option<u64>) -> u64 {
    count.unwrap_or(0)
}

fn add_on_charge(month: &MonthRow) -> Money {
    month.add_on_charge.unwrap_or(Money::ZERO)
}

/// All columns in the order of CSV, which keeps the figures of one way of paying together.
static IN_CSV: [&MonthColumn; COLUMNS.len()] = {
    let mut ordered = [&COLUMNS[0]; COLUMNS.len()];
    let (mut place, mut section) = (0, 0);
    while place < COLUMNS.len() {
        let mut column = 0;
        while column < COLUMNS.len() {
            if COLUMNS[column].section as usize == section {
                ordered[place] = &COLUMNS[column];
                place += 1;
            }
            column += 1;
        }
        section += 1;
    }
    ordered
};

/// The columns of plans in the order of CSV, without those that are about what no service has, by a month of each service. They
/// depend on the services alone, so that files of several estimates fit together.
pub fn in_csv(months: &[&MonthRow]) -> Vec<&'static MonthColumn> {
    IN_CSV.into_iter().filter(|column| months.iter().any(|month| (column.is_offered)(month))).collect()
}

impl MonthColumn {
    /// The figure of a month.
    pub fn of_month<'a>(&self, month: &'a MonthRow) -> Figure<'a> {
        match self.figure {
            FigureOf::Count(count) => Figure::Count(count(month)),
            FigureOf::Charge(charge) => Figure::Charge(charge(month)),
            FigureOf::Rates => Figure::Rates(&month.postpaid_rates),
        }
    }
}

impl Figure<'_> {
    /// Whether it is zero, or there is none.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Count(count) => count == 0,
            Self::Charge(charge) => charge.is_zero(),
            Self::Rates(rates) => rates.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_has_every_column_once() {
        let names = IN_CSV.map(|column| column.name);
        assert!(COLUMNS.iter().all(|column| names.contains(&column.name)), "{names:?}");
    }
}
