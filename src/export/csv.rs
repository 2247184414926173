//! The estimate as CSV, for spreadsheets.
//!
//! One table with a row for each purchase, then a row for each month. Every column of numbers can be summed, because no
//! amount appears in it twice: "Total" sums to the quote's total, and "Package cost" to the cost of all packages. The text is
//! UTF-8 with a byte order mark, which Excel needs to recognise it; lines and quotes follow RFC 4180. Text that a spreadsheet
//! would evaluate as a formula starts with an apostrophe.

use super::Document;
use crate::month_columns::{Figure, MonthColumn, MonthSection, in_documents};
use crate::quote::{MonthRow, PurchaseRow};
use crate::wording::columns::{self, BILLING_MODE};
use crate::wording::export::{CSV_COLUMNS, CSV_MONTH, CSV_PURCHASE, mode_name};
use crate::wording::month_name;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The purchases and the months of a quote as CSV.
pub fn csv(document: &Document<'_>) -> String {
    let mut text = BYTE_ORDER_MARK.to_string();
    let names = CSV_COLUMNS.into_iter().chain([BILLING_MODE]).chain(figures(document).map(|column| column.name));
    push(&mut text, names.map(Into::into));
    for purchase in &document.quote.purchases {
        let of_month = figures(document).map(|_| String::new());
        push(&mut text, purchase_row(document, purchase).into_iter().chain([String::new()]).chain(of_month));
    }
    for month in &document.quote.months {
        let of_month = figures(document).map(|column| written(column.of_month(month)));
        push(&mut text, month_row(document, month).into_iter().chain([mode_name(month.mode).into()]).chain(of_month));
    }
    text
}

/// The columns of a month, without what its purchases say in their own rows.
fn figures(document: &Document<'_>) -> impl Iterator<Item = &'static MonthColumn> {
    in_documents(&document.quote.months).filter(|column| column.section != MonthSection::Packages)
}

/// A figure as programs read it.
fn written(figure: Figure<'_>) -> String {
    match figure {
        Figure::Count(count) => count.to_string(),
        Figure::Charge(charge) => charge.to_string(),
        Figure::Rates(rates) => columns::rates(rates, |price| price.to_string(), |calls| calls.to_string()),
    }
}

/// The cells before those of a month.
fn purchase_row(document: &Document<'_>, row: &PurchaseRow) -> [String; CSV_COLUMNS.len()] {
    let [kind, month, calendar, service, currency] = head(document, CSV_PURCHASE, row.month);
    [kind, month, calendar, service, currency, row.calls.to_string(), row.count.to_string(), row.amount.to_string()]
}

fn month_row(document: &Document<'_>, row: &MonthRow) -> [String; CSV_COLUMNS.len()] {
    let [kind, month, calendar, service, currency] = head(document, CSV_MONTH, row.month);
    [kind, month, calendar, service, currency, String::new(), String::new(), String::new()]
}

/// The first five cells.
fn head(document: &Document<'_>, row: &str, month: u32) -> [String; 5] {
    let calendar = document.scenario.start().map(|start| month_name(Some(start), month)).unwrap_or_default();
    let [service, currency] = [document.service_name(), document.quote.currency.as_str()].map(harmless);
    [row.into(), month.to_string(), calendar, service, currency]
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
