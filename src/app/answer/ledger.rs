//! The table of the year, month by month.
//!
//! It shows how each call is paid, and is the text alternative of the charts.

use super::QuotedScenario;
use super::purchases::purchases;
use crate::app::markup::{El, el};
use crate::app::table::{Fit, Row, Table, table};
use crate::month_columns::{COLUMNS, Figure, MonthColumn};
use crate::quote::MonthRow;
use crate::wording;

/// The months, followed by the packages to buy.
pub fn ledger(quoted: &QuotedScenario) -> El {
    let QuotedScenario { quote, scenario, .. } = quoted;
    // Hidden columns keep their place, so that the cells beside them are reused.
    let columns = COLUMNS.each_ref().map(|column| column.is_shown(scenario, &quote.months).then_some(column));
    let cells = |cell: &dyn Fn(&MonthColumn) -> String| columns.iter().map(|column| column.map(cell)).collect::<Vec<_>>();
    let year = |column: &MonthColumn| column.of_year(&quote.months).map(|figure| written(figure, &quote.currency)).unwrap_or_default();
    let row = |month: &MonthRow| {
        let figures = cells(&|column| written(column.of_month(month), &quote.currency));
        Row::sparse(wording::month_title(scenario.start(), month.month), figures)
    };
    let table = table(Table {
        caption: wording::LEDGER.into(),
        is_caption_visible: false,
        fit: Fit::CompactFixed,
        heads: std::iter::once(Some(wording::columns::MONTH.into())).chain(cells(&|column| column.name.into())).collect(),
        rows: quote.months.iter().map(row).collect(),
        sum: Some(Row::sparse(wording::LEDGER_YEAR, cells(&|column| year(column)))),
    });
    el("section.ledger panel")
        .attr("aria-labelledby", "ledger-title")
        .with(el("h2").attr("id", "ledger-title").with(wording::LEDGER))
        .with(table)
        .with(el("p.note").with(wording::ledger_note(quoted.service())))
        .with(purchases(quoted))
}

/// A figure on the page: zeros are dashes, so that the others stand out.
fn written(figure: Figure<'_>, currency: &str) -> String {
    match figure {
        Figure::Count(count) => wording::count_or_dash(count),
        Figure::Charge(charge) => wording::money_or_dash(charge, currency),
        Figure::Rates([]) => wording::DASH.into(),
        Figure::Rates(rates) => wording::columns::rates(rates, |price| wording::money(price, currency), wording::grouped),
    }
}
