//! How is each month settled?
//!
//! The year as a table, which is also what the charts say to those who do not see them.

use super::Answered;
use super::purchases::purchases;
use crate::app::markup::{El, el};
use crate::app::table::{Fit, Row, Table, table};
use crate::money::Money;
use crate::quote::{MonthRow, Quote};
use crate::scenario::Scenario;
use crate::settlement::Postpaid;
use crate::wording::{self, LEDGER_HEADS as HEADS};

/// A column: its head, what a month has in it, and the year.
///
/// It is there by what was asked, not by what the answer is, so that the table holds still while a volume is typed. What
/// has something is there in any case.
struct Column {
    head: &'static str,
    figure: Figure,
    year: Year,
    is_asked: fn(&Scenario) -> bool,
}

/// What a month has in a column.
enum Figure {
    Calls(fn(&MonthRow) -> u64),
    Charge(fn(&MonthRow) -> Money),
    UnitPrice,
}

/// What the year has in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Year {
    Sum,
    Last,
    Nothing,
}

const fn column(head: &'static str, figure: Figure, year: Year, is_asked: fn(&Scenario) -> bool) -> Column {
    Column { head, figure, year, is_asked }
}

const ALWAYS: fn(&Scenario) -> bool = |_| true;
const FREE: fn(&Scenario) -> bool = |scenario| scenario.free_calls > 0;
const POSTPAID: fn(&Scenario) -> bool = |scenario| scenario.postpaid == Postpaid::On;
const SLOTS: fn(&Scenario) -> bool = |scenario| scenario.concurrency.is_some();
const SELDOM: fn(&Scenario) -> bool = |_| false;

static COLUMNS: [Column; 12] = [
    column(HEADS[0], Figure::Calls(|month| month.calls), Year::Sum, ALWAYS),
    column(HEADS[1], Figure::Calls(|month| month.free), Year::Sum, FREE),
    column(HEADS[2], Figure::Calls(|month| month.prepaid), Year::Sum, ALWAYS),
    column(HEADS[3], Figure::Calls(|month| month.postpaid), Year::Sum, ALWAYS),
    column(HEADS[4], Figure::UnitPrice, Year::Nothing, POSTPAID),
    column(HEADS[5], Figure::Calls(|month| month.slots), Year::Nothing, SLOTS),
    column(HEADS[6], Figure::Charge(|month| month.package_charge), Year::Sum, ALWAYS),
    column(HEADS[7], Figure::Charge(|month| month.postpaid_charge), Year::Sum, POSTPAID),
    column(HEADS[8], Figure::Charge(|month| month.concurrent_charge), Year::Sum, SLOTS),
    column(HEADS[9], Figure::Charge(|month| month.charge), Year::Sum, ALWAYS),
    column(HEADS[10], Figure::Calls(|month| month.prepaid_left), Year::Last, ALWAYS),
    column(HEADS[11], Figure::Calls(|month| month.expired), Year::Sum, SELDOM),
];

/// The year month by month, with what is bought: who pays each call, what is charged, and what is left.
pub fn ledger(answered: &Answered) -> El {
    let Answered { quote, scenario, .. } = answered;
    // All have a place, so that the cells beside one that comes or goes stay what they are.
    let columns = COLUMNS.each_ref().map(|column| column.is_needed(answered).then_some(column));
    let cells = |cell: &dyn Fn(&Column) -> String| columns.iter().map(|column| column.map(cell)).collect::<Vec<_>>();
    let row = |month: &MonthRow| {
        let figures = cells(&|column| column.of_month(month, &quote.currency));
        Row::sparse(wording::month_title(scenario.start, month.month), figures)
    };
    let written = table(Table {
        caption: wording::LEDGER.into(),
        is_caption_seen: false,
        fit: Fit::Still,
        heads: std::iter::once(Some(wording::LEDGER_MONTH.into())).chain(cells(&|column| column.head.into())).collect(),
        rows: quote.months.iter().map(row).collect(),
        sum: Some(Row::sparse(wording::LEDGER_YEAR, cells(&|column| column.of_year(quote)))),
    });
    el("section.ledger panel")
        .attr("aria-labelledby", "ledger-title")
        .with(el("h2").attr("id", "ledger-title").with(wording::LEDGER))
        .with(written)
        .with(el("p.note").with(wording::LEDGER_NOTE))
        .with(purchases(answered))
}

impl Column {
    fn is_needed(&self, answered: &Answered) -> bool {
        let has = |month| match self.figure {
            Figure::Calls(calls) => calls(month) > 0,
            Figure::Charge(charge) => !charge(month).is_zero(),
            Figure::UnitPrice => month.unit_price.is_some(),
        };
        (self.is_asked)(&answered.scenario) || answered.quote.months.iter().any(has)
    }

    fn of_month(&self, month: &MonthRow, currency: &str) -> String {
        match self.figure {
            Figure::Calls(calls) => wording::count_or_dash(calls(month)),
            Figure::Charge(charge) => wording::money_or_dash(charge(month), currency),
            Figure::UnitPrice => month.unit_price.map_or_else(|| wording::NOTHING.into(), |price| wording::money(price, currency)),
        }
    }

    /// A sum with too many digits was refused before the quote was made.
    fn of_year(&self, quote: &Quote) -> String {
        match (self.year, &self.figure) {
            (Year::Sum, Figure::Calls(calls)) => wording::count_or_dash(quote.months.iter().map(calls).sum()),
            (Year::Sum, Figure::Charge(charge)) => {
                let sum = quote.months.iter().fold(Money::ZERO, |sum, month| sum.plus(charge(month)).unwrap_or(sum));
                wording::money_or_dash(sum, &quote.currency)
            }
            (Year::Last, _) => quote.months.last().map(|month| self.of_month(month, &quote.currency)).unwrap_or_default(),
            _ => String::new(),
        }
    }
}
