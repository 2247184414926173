//! The table of the year, month by month.
//!
//! It shows how each call is paid, and is the text alternative of the charts.

use super::QuotedScenario;
use super::purchases::purchases;
use crate::app::markup::{El, el};
use crate::app::table::{Fit, Row, Table, table};
use crate::money::Money;
use crate::quote::{MonthRow, Quote};
use crate::scenario::Scenario;
use crate::settlement::Postpaid;
use crate::wording::{self, LEDGER_HEADS as HEADS};

/// A column.
///
/// Whether it is shown depends on the scenario rather than on the answer, so that the table keeps its columns while a
/// volume is typed. A column with any figure in it is always shown.
struct Column {
    head: &'static str,
    figure: Figure,
    total: ColumnTotal,
    is_relevant: fn(&Scenario) -> bool,
}

/// The cell of a month.
enum Figure {
    Calls(fn(&MonthRow) -> u64),
    Charge(fn(&MonthRow) -> Money),
    UnitPrice,
}

/// The cell of the year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ColumnTotal {
    Sum,
    LastMonth,
    Empty,
}

const fn column(head: &'static str, figure: Figure, total: ColumnTotal, is_relevant: fn(&Scenario) -> bool) -> Column {
    Column { head, figure, total, is_relevant }
}

const ALWAYS: fn(&Scenario) -> bool = |_| true;
const FREE: fn(&Scenario) -> bool = |scenario| scenario.free_calls() > 0;
const POSTPAID: fn(&Scenario) -> bool = |scenario| scenario.postpaid() == Postpaid::On;
const SLOTS: fn(&Scenario) -> bool = |scenario| scenario.concurrency().is_some();
const NEVER: fn(&Scenario) -> bool = |_| false;

static COLUMNS: [Column; 12] = [
    column(HEADS[0], Figure::Calls(|month| month.calls), ColumnTotal::Sum, ALWAYS),
    column(HEADS[1], Figure::Calls(|month| month.free), ColumnTotal::Sum, FREE),
    column(HEADS[2], Figure::Calls(|month| month.prepaid), ColumnTotal::Sum, ALWAYS),
    column(HEADS[3], Figure::Calls(|month| month.postpaid), ColumnTotal::Sum, ALWAYS),
    column(HEADS[4], Figure::UnitPrice, ColumnTotal::Empty, POSTPAID),
    column(HEADS[5], Figure::Calls(|month| month.slots), ColumnTotal::Empty, SLOTS),
    column(HEADS[6], Figure::Charge(|month| month.package_charge), ColumnTotal::Sum, ALWAYS),
    column(HEADS[7], Figure::Charge(|month| month.postpaid_charge), ColumnTotal::Sum, POSTPAID),
    column(HEADS[8], Figure::Charge(|month| month.concurrent_charge), ColumnTotal::Sum, SLOTS),
    column(HEADS[9], Figure::Charge(|month| month.charge), ColumnTotal::Sum, ALWAYS),
    column(HEADS[10], Figure::Calls(|month| month.prepaid_left), ColumnTotal::LastMonth, ALWAYS),
    column(HEADS[11], Figure::Calls(|month| month.expired), ColumnTotal::Sum, NEVER),
];

/// The months, followed by the packages to buy.
pub fn ledger(quoted: &QuotedScenario) -> El {
    let QuotedScenario { quote, scenario, .. } = quoted;
    // Hidden columns keep their place, so that the cells beside them are reused.
    let columns = COLUMNS.each_ref().map(|column| column.is_shown(quoted).then_some(column));
    let cells = |cell: &dyn Fn(&Column) -> String| columns.iter().map(|column| column.map(cell)).collect::<Vec<_>>();
    let row = |month: &MonthRow| {
        let figures = cells(&|column| column.of_month(month, &quote.currency));
        Row::sparse(wording::month_title(scenario.start(), month.month), figures)
    };
    let table = table(Table {
        caption: wording::LEDGER.into(),
        is_caption_visible: false,
        fit: Fit::CompactFixed,
        heads: std::iter::once(Some(wording::LEDGER_MONTH.into())).chain(cells(&|column| column.head.into())).collect(),
        rows: quote.months.iter().map(row).collect(),
        sum: Some(Row::sparse(wording::LEDGER_YEAR, cells(&|column| column.of_year(quote)))),
    });
    el("section.ledger panel")
        .attr("aria-labelledby", "ledger-title")
        .with(el("h2").attr("id", "ledger-title").with(wording::LEDGER))
        .with(table)
        .with(el("p.note").with(wording::LEDGER_NOTE))
        .with(purchases(quoted))
}

impl Column {
    fn is_shown(&self, quoted: &QuotedScenario) -> bool {
        let has = |month| match self.figure {
            Figure::Calls(calls) => calls(month) > 0,
            Figure::Charge(charge) => !charge(month).is_zero(),
            Figure::UnitPrice => month.unit_price.is_some(),
        };
        (self.is_relevant)(&quoted.scenario) || quoted.quote.months.iter().any(has)
    }

    fn of_month(&self, month: &MonthRow, currency: &str) -> String {
        match self.figure {
            Figure::Calls(calls) => wording::count_or_dash(calls(month)),
            Figure::Charge(charge) => wording::money_or_dash(charge(month), currency),
            Figure::UnitPrice => month.unit_price.map_or_else(|| wording::DASH.into(), |price| wording::money(price, currency)),
        }
    }

    /// The engine refuses a scenario whose sums would have too many digits, so no sum fails here.
    fn of_year(&self, quote: &Quote) -> String {
        match (self.total, &self.figure) {
            (ColumnTotal::Sum, Figure::Calls(calls)) => wording::count_or_dash(quote.months.iter().map(calls).sum()),
            (ColumnTotal::Sum, Figure::Charge(charge)) => {
                let sum = quote.months.iter().fold(Money::ZERO, |sum, month| sum.plus(charge(month)).unwrap_or(sum));
                wording::money_or_dash(sum, &quote.currency)
            }
            (ColumnTotal::LastMonth, _) => quote.months.last().map(|month| self.of_month(month, &quote.currency)).unwrap_or_default(),
            _ => String::new(),
        }
    }
}
