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
    let cell = |figure| written(figure, &quote.currency);
    let row = |month: &MonthRow| {
        let figures = cells(&|column| cell(column.of_month(month)));
        Row::sparse(wording::month_title(scenario.start(), month.month), figures)
    };
    let table = table(Table {
        caption: wording::LEDGER.into(),
        is_caption_visible: false,
        fit: Fit::CompactFixed,
        heads: std::iter::once(Some(wording::columns::MONTH.into())).chain(cells(&|column| column.name.into())).collect(),
        rows: quote.months.iter().map(row).collect(),
        sum: Some(Row::sparse(wording::LEDGER_YEAR, cells(&|column| column.of_year(&quote.months).map(cell).unwrap_or_default()))),
    });
    el("section.ledger panel")
        .attr("aria-labelledby", "ledger-title")
        .with(el("h2").attr("id", "ledger-title").with(wording::LEDGER))
        .with(table)
        .with(el("p.note").with(wording::LEDGER_NOTE))
        .with(purchases(quoted))
}

/// A figure on the page: zeros are dashes, so that the others stand out.
fn written(figure: Figure, currency: &str) -> String {
    match figure {
        Figure::Count(count) => wording::count_or_dash(count),
        Figure::Charge(charge) => wording::money_or_dash(charge, currency),
        Figure::UnitPrice(price) => price.map_or_else(|| wording::DASH.into(), |price| wording::money(price, currency)),
    }
}
