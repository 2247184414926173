//! Columns of a month: the one list from which the page's table and CSV take theirs.
//!
//! Each column has a name, a figure and, for the page, a total and a rule for when it is shown. A table only decides how its
//! figures are written, and in which order: the page has counts before costs, as [`COLUMNS`] has them; CSV keeps the figures of
//! one way of paying together ([`in_csv`]).

use crate::ledger::MonthRow;
use crate::money::Money;
use crate::scenario::Scenario;
use crate::settlement::{Postpaid, PostpaidRate};
use crate::wording::columns as names;

/// A column.
///
/// Whether the page shows it depends on the scenario rather than on the answer, so that the table keeps its columns while a
/// volume is typed. A column with any figure in it is always shown.
#[derive(Debug)]
pub struct MonthColumn {
    /// The heading.
    pub name: &'static str,
    /// The way of paying that the figure belongs to.
    pub section: MonthSection,
    figure: FigureOf,
    total: ColumnTotal,
    is_relevant: fn(&Scenario) -> bool,
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

/// A figure of a month or of the year.
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnTotal {
    Sum,
    LastMonth,
    Empty,
}

const ALWAYS: fn(&Scenario) -> bool = |_| true;
const FREE: fn(&Scenario) -> bool = |scenario| scenario.free_calls() > 0;
const POSTPAID: fn(&Scenario) -> bool = |scenario| scenario.postpaid() == Postpaid::On;
const SLOTS: fn(&Scenario) -> bool = |scenario| scenario.concurrency().is_some();
const NEVER: fn(&Scenario) -> bool = |_| false;

/// All columns after the month's name, in the order of the page.
pub static COLUMNS: [MonthColumn; 15] = {
    use ColumnTotal::{Empty, LastMonth, Sum};
    use FigureOf::{Charge, Count, Rates};
    use MonthSection as In;
    [
        column(names::CALLS, In::Calls, Count(|month| month.calls), Sum, ALWAYS),
        column(names::FREE_CALLS, In::Calls, Count(|month| month.free), Sum, FREE),
        only_where(HAS_MONTHLY, column(names::FREE_MONTHLY, In::Calls, Count(|month| or_none(month.free_monthly)), Sum, NEVER)),
        column(names::PACKAGE_CALLS, In::Calls, Count(|month| month.prepaid), Sum, ALWAYS),
        column(names::POSTPAID_CALLS, In::Postpaid, Count(|month| month.postpaid), Sum, ALWAYS),
        column(names::POSTPAID_PRICE, In::Postpaid, Rates, Empty, POSTPAID),
        column(names::SLOTS, In::Slots, Count(|month| month.slots), Empty, SLOTS),
        only_where(HAS_INCLUDED, column(names::ADD_ON_SLOTS, In::Slots, Count(|month| or_none(month.add_on_slots)), Empty, NEVER)),
        column(names::PACKAGE_COST, In::Packages, Charge(|month| month.package_charge), Sum, ALWAYS),
        column(names::POSTPAID_COST, In::Postpaid, Charge(|month| month.postpaid_charge), Sum, POSTPAID),
        column(names::SLOT_COST, In::Slots, Charge(|month| month.concurrent_charge), Sum, SLOTS),
        only_where(HAS_INCLUDED, column(names::ADD_ON_COST, In::Slots, Charge(add_on_charge), Sum, NEVER)),
        column(names::TOTAL, In::Sum, Charge(|month| month.charge), Sum, ALWAYS),
        column(names::PACKAGE_CALLS_LEFT, In::Sum, Count(|month| month.prepaid_left), LastMonth, ALWAYS),
        column(names::EXPIRING, In::Sum, Count(|month| month.expired), Sum, NEVER),
    ]
};

const fn column(
    name: &'static str,
    section: MonthSection,
    figure: FigureOf,
    total: ColumnTotal,
    is_relevant: fn(&Scenario) -> bool,
) -> MonthColumn {
    MonthColumn { name, section, figure, total, is_relevant, is_offered: |_| true }
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

/// The columns of a plan in the order of CSV, without those that are about what the service does not have. They depend on
/// the service alone, so that files of several estimates fit together.
pub fn in_csv(month: &MonthRow) -> Vec<&'static MonthColumn> {
    IN_CSV.into_iter().filter(|column| (column.is_offered)(month)).collect()
}

impl MonthColumn {
    /// Whether the page shows it in the ledger of `months`.
    pub fn is_shown(&self, scenario: &Scenario, months: &[MonthRow]) -> bool {
        (self.is_relevant)(scenario) || months.iter().any(|month| !self.of_month(month).is_zero())
    }

    /// The figure of a month.
    pub fn of_month<'a>(&self, month: &'a MonthRow) -> Figure<'a> {
        match self.figure {
            FigureOf::Count(count) => Figure::Count(count(month)),
            FigureOf::Charge(charge) => Figure::Charge(charge(month)),
            FigureOf::Rates => Figure::Rates(&month.postpaid_rates),
        }
    }

    /// The figure of the year; `None` where months have none in common.
    ///
    /// The engine refuses a scenario whose sums would have too many digits, so no sum fails here.
    pub fn of_year<'a>(&self, months: &'a [MonthRow]) -> Option<Figure<'a>> {
        match (self.total, &self.figure) {
            (ColumnTotal::Sum, FigureOf::Count(count)) => Some(Figure::Count(months.iter().map(count).sum())),
            (ColumnTotal::Sum, FigureOf::Charge(charge)) => {
                Some(Figure::Charge(months.iter().fold(Money::ZERO, |sum, month| sum.plus(charge(month)).unwrap_or(sum))))
            }
            (ColumnTotal::LastMonth, _) => months.last().map(|month| self.of_month(month)),
            _ => None,
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
