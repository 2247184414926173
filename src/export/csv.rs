//! The estimate as CSV, for spreadsheets.
//!
//! One table with a row for each month of each service, and nothing else: every column of money sums to a cost of the year, "Total" to its
//! total, and what to buy is a text in its month. There is no row of totals, which a sum would count twice. The columns
//! depend on the service alone, so that the rows of several estimates fit into one table. The text is UTF-8 with a byte order
//! mark, which Excel needs to recognise it; lines and quotes follow RFC 4180. Text that a spreadsheet would evaluate as a
//! formula starts with an apostrophe.

use super::contents::{Contents, CostItem};
use super::{Document, EstimateDocument};
use crate::ledger::MonthRow;
use crate::money::Money;
use crate::month_columns::{Figure, in_csv};
use crate::price_book::Service;
use crate::wording::export::{
    CSV_CHEAPEST, CSV_COLUMNS, CSV_FAILING, CSV_LIST_PRICE, CSV_UNIT, block_price, csv_packages, mode_name, postpaid_price_column,
};
use crate::wording::{columns, month_title};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The months of the plan as CSV.
pub fn csv(document: &Document<'_>) -> String {
    table(&Contents::of(document))
}

/// The months of the plan for several services as CSV: a row for each service and month, and for each month with slots that
/// several services share.
pub fn estimate_csv(document: &EstimateDocument<'_>) -> String {
    table(&Contents::of_estimate(document, &document.quote.shown_plan()))
}

fn table(contents: &Contents<'_>) -> String {
    let firsts: Vec<&MonthRow> = contents.items.iter().filter_map(|item| item.plan.rows().next()).collect();
    let figures = in_csv(&firsts);
    // Services that count different things have a column for that. Prices for different numbers are written for one.
    let has_units = contents.unit().is_none() && contents.only_item().is_none();
    let first = contents.items.first().and_then(|item| item.service).filter(|_| !has_units);
    let is_same = |item: &CostItem<'_>| item.service.map(Service::price_per) == first.map(Service::price_per);
    let common = first.filter(|_| contents.items.iter().all(is_same));
    let [month, calendar_month, service, rest @ ..] = CSV_COLUMNS;
    let heads = [month, calendar_month, service].into_iter().chain(has_units.then_some(CSV_UNIT)).chain(rest);
    let name = |name: &'static str| match common {
        Some(service) if name == columns::POSTPAID_PRICE => postpaid_price_column(service),
        _ => name.into(),
    };
    let mut names: Vec<String> = heads.chain(figures.iter().map(|column| column.name)).map(name).collect();
    names.extend(contents.list_price.map(|_| CSV_LIST_PRICE.into()));
    names.extend(contents.cheapest.iter().flat_map(|_| [CSV_FAILING, CSV_CHEAPEST].map(String::from)));
    let mut text = BYTE_ORDER_MARK.to_string();
    push(&mut text, names.iter().map(|name| harmless(&contents.in_unit(name))));
    for item in &contents.items {
        let unit = item.unit.filter(|_| !item.is_shared()).map_or("", |unit| &unit.one);
        for (place, &(row, failing)) in item.plan.months.iter().enumerate() {
            let cheapest = item.cheapest.get(place).copied();
            if item.is_shared() && row.slots == 0 && cheapest.is_none_or(Money::is_zero) {
                continue;
            }
            let calendar = contents.start.map(|start| month_title(Some(start), row.month)).unwrap_or_default();
            let bought: Vec<String> = item.plan.bought(row.month).map(|bought| csv_packages(bought.count, bought.calls)).collect();
            let mut cells = vec![row.month.to_string(), calendar, harmless(&item.name)];
            cells.extend(has_units.then(|| harmless(unit)));
            cells.extend([harmless(contents.currency), item.in_unit(mode_name(row.mode)), bought.join("; ")]);
            cells.extend(figures.iter().map(|column| written(column.of_month(row), common)));
            cells.extend(contents.list_price.map(|list_price| list_price.months.get(place).map(Money::to_string).unwrap_or_default()));
            let cheapest = cheapest.map(|charge| charge.to_string()).unwrap_or_default();
            cells.extend(contents.cheapest.iter().flat_map(|_| [failing.to_string(), cheapest.clone()]));
            push(&mut text, cells.into_iter());
        }
    }
    text
}

/// A figure as programs read it.
fn written(figure: Figure<'_>, service: Option<&Service>) -> String {
    match figure {
        Figure::Count(count) => count.to_string(),
        Figure::Charge(charge) => charge.to_string(),
        Figure::Rates(rates) => {
            let price = |price| service.map_or(price, |service| block_price(price, service)).to_string();
            columns::rates(rates, price, |calls| calls.to_string())
        }
    }
}

fn push(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A cell, quoted as RFC 4180 requires.
fn quoted(cell: &str) -> String {
    let plain = !cell.contains([',', '"', '\r', '\n']) && cell.trim() == cell;
    if plain { cell.into() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

/// Text that no spreadsheet evaluates as a formula, even after leading white space.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, cell: &str) {
        assert_eq!(quoted(&harmless(text)), cell, "{text:?}");
    }

    #[test]
    fn quotes_cells_where_necessary() {
        check("", "");
        check("Image Animate", "Image Animate");
        check("a,b", "\"a,b\"");
        check("a\"b", "\"a\"\"b\"");
        check("a\r\nb", "\"a\r\nb\"");
        check(" a", "\" a\"");
    }

    #[test]
    fn turns_formulas_into_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(quoted(&harmless(formula)).trim_start_matches('"').starts_with('\''), "{formula:?}");
        }
        check("=HYPERLINK(\"http://a.example\",\"x\")", "\"'=HYPERLINK(\"\"http://a.example\"\",\"\"x\"\")\"");
        check(" =1", "' =1");
        check("\n=1", "\"'\n=1\"");
    }
}
