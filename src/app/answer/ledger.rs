//! How is each month settled?
//!
//! The year as a table, which is also what the charts say to those who do not see them.

use yew::prelude::*;

use super::Answered;
use super::purchases::purchases;
use crate::app::markup::{El, el};
use crate::app::table::{Fit, Row, Table, table};
use crate::money::Money;
use crate::quote::{MonthRow, Quote};
use crate::wording::{self, grouped};

/// What the table needs.
#[derive(Properties, PartialEq)]
pub struct LedgerProps {
    /// The question and its answer.
    pub answered: Answered,
}

/// A column: its head, what a month has in it, and the year. What is nowhere needed in the year is left out.
struct Column {
    head: &'static str,
    months: Vec<String>,
    year: String,
}

/// Nothing to count is a dash, so that what counts is seen.
const NOTHING: &str = "–";

/// The year month by month, with what is bought: who pays each call, what is charged, and what is left.
#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    ledger(&props.answered).into()
}

fn ledger(answered: &Answered) -> El {
    let Answered { quote, scenario, .. } = answered;
    let columns = columns(quote);
    let row = |(place, month): (usize, &MonthRow)| {
        let figures = columns.iter().map(|column| column.months.get(place).cloned().unwrap_or_default());
        Row::new(wording::month_title(scenario.start, month.month), figures.collect())
    };
    let written = table(Table {
        caption: wording::LEDGER.into(),
        is_caption_seen: false,
        fit: Fit::Wide,
        heads: std::iter::once("Month").chain(columns.iter().map(|column| column.head)).map(String::from).collect(),
        rows: quote.months.iter().enumerate().map(row).collect(),
        sum: Some(Row::new("Year", columns.iter().map(|column| column.year.clone()).collect())),
    });
    el("section.ledger panel")
        .attr("aria-labelledby", "ledger-title")
        .with(el("h2").attr("id", "ledger-title").with(wording::LEDGER))
        .with(written)
        .with(el("p.note").with(wording::LEDGER_NOTE))
        .with(purchases(answered))
}

fn columns(quote: &Quote) -> Vec<Column> {
    let calls = |head, part: fn(&MonthRow) -> u64| {
        let year: u64 = quote.months.iter().map(part).sum();
        Column { head, months: quote.months.iter().map(|month| count(part(month))).collect(), year: count(year) }
    };
    let charges = |head, part: fn(&MonthRow) -> Money| {
        let year = quote.months.iter().try_fold(Money::ZERO, |sum, month| sum.plus(part(month))).unwrap_or(Money::ZERO);
        let written = |charge: Money| if charge.is_zero() { NOTHING.into() } else { wording::money(charge, &quote.currency) };
        Column { head, months: quote.months.iter().map(|month| written(part(month))).collect(), year: written(year) }
    };
    let unit_price = |month: &MonthRow| month.unit_price.map_or_else(|| NOTHING.into(), |price| wording::money(price, &quote.currency));
    let always = [true, true, true, true, false, false, false, false, false, true, false, false];
    let columns = [
        calls("Calls", |month| month.calls),
        calls("Free", |month| month.free),
        calls("From packages", |month| month.prepaid),
        calls("Postpaid", |month| month.postpaid),
        Column { head: "Per postpaid call", months: quote.months.iter().map(unit_price).collect(), year: String::new() },
        Column { year: String::new(), ..calls("Slots", |month| month.slots) },
        charges("Packages bought", |month| month.package_charge),
        charges("Postpaid charge", |month| month.postpaid_charge),
        charges("Slots charge", |month| month.concurrent_charge),
        charges("Charge", |month| month.charge),
        Column { year: count(quote.unused_prepaid), ..calls("Left in packages", |month| month.prepaid_left) },
        calls("Of them lapse", |month| month.expired),
    ];
    let needed = columns.into_iter().zip(always).filter(|(column, always)| *always || column.months.iter().any(|cell| cell != NOTHING));
    needed.map(|(column, _)| column).collect()
}

fn count(calls: u64) -> String {
    if calls == 0 { NOTHING.into() } else { grouped(calls) }
}
