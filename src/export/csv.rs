//! The estimate as CSV, for spreadsheets.
//!
//! One table with a row for each purchase, then a row for each month. Every column of numbers can be summed, because no
//! amount appears in it twice: "Total" sums to the quote's total, and "Package cost" to the cost of all packages. The text is
//! UTF-8 with a byte order mark, which Excel needs to recognise it; lines and quotes follow RFC 4180. Text that a spreadsheet
//! would evaluate as a formula starts with an apostrophe.

use super::Document;
use crate::quote::{MonthRow, PurchaseRow};
use crate::wording::export::{CSV_COLUMNS, CSV_MONTH, CSV_PURCHASE, mode_name};
use crate::wording::month_name;

const BYTE_ORDER_MARK: &str = "\u{feff}";
const COLUMNS: usize = CSV_COLUMNS.len();

/// The purchases and the months of a quote as CSV.
pub fn csv(document: &Document<'_>) -> String {
    let mut text = BYTE_ORDER_MARK.to_string();
    push(&mut text, &CSV_COLUMNS.map(Into::into));
    for purchase in &document.quote.purchases {
        push(&mut text, &purchase_row(document, purchase));
    }
    for month in &document.quote.months {
        push(&mut text, &month_row(document, month));
    }
    text
}

/// The first five cells.
fn head(document: &Document<'_>, row: &str, month: u32) -> [String; 5] {
    let calendar = document.scenario.start().map(|start| month_name(Some(start), month)).unwrap_or_default();
    let [service, currency] = [document.service_name(), document.quote.currency.as_str()].map(harmless);
    [row.into(), month.to_string(), calendar, service, currency]
}

fn purchase_row(document: &Document<'_>, row: &PurchaseRow) -> [String; COLUMNS] {
    let mut cells: [String; COLUMNS] = Default::default();
    cells[..5].clone_from_slice(&head(document, CSV_PURCHASE, row.month));
    cells[5..8].clone_from_slice(&[row.calls.to_string(), row.count.to_string(), row.amount.to_string()]);
    cells
}

fn month_row(document: &Document<'_>, row: &MonthRow) -> [String; COLUMNS] {
    let mut cells: [String; COLUMNS] = Default::default();
    cells[..5].clone_from_slice(&head(document, CSV_MONTH, row.month));
    cells[8..].clone_from_slice(&[
        mode_name(row.mode).into(),
        row.calls.to_string(),
        row.free.to_string(),
        row.prepaid.to_string(),
        row.postpaid.to_string(),
        row.unit_price.map(|price| price.to_string()).unwrap_or_default(),
        row.postpaid_charge.to_string(),
        row.slots.to_string(),
        row.concurrent_charge.to_string(),
        row.charge.to_string(),
        row.prepaid_left.to_string(),
        row.expired.to_string(),
    ]);
    cells
}

fn push(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
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
