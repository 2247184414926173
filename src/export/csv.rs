//! The estimate as CSV, for spreadsheets.
//!
//! One table with a row for each purchase, then a row for each month. Every column of numbers can be summed, because no
//! amount appears in it twice: "Total" sums to the quote's total, and "Package cost" to the cost of all packages. The text is
//! UTF-8 with a byte order mark, which Excel needs to recognise it; lines and quotes follow RFC 4180. Text that a spreadsheet
//! would evaluate as a formula starts with an apostrophe.

use super::Document;
use crate::month_columns::{Figure, MonthSection, in_documents};
use crate::wording::columns::{self, BILLING_MODE};
use crate::wording::export::{CSV_COLUMNS, CSV_MONTH, CSV_PURCHASE, mode_name};
use crate::wording::month_name;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The purchases and the months of a quote as CSV.
pub fn csv(document: &Document<'_>) -> String {
    let mut columns = in_documents(&document.quote.months);
    columns.retain(|column| column.section != MonthSection::Packages);
    let mut text = BYTE_ORDER_MARK.to_string();
    let mut names = CSV_COLUMNS.map(String::from).to_vec();
    names.push(BILLING_MODE.into());
    names.extend(columns.iter().map(|column| column.name.into()));
    push(&mut text, &names);
    for row in &document.quote.purchases {
        let mut cells = head(document, CSV_PURCHASE, row.month);
        cells.extend([row.calls.to_string(), row.count.to_string(), row.amount.to_string()]);
        cells.resize(names.len(), String::new());
        push(&mut text, &cells);
    }
    for row in &document.quote.months {
        let mut cells = head(document, CSV_MONTH, row.month);
        cells.resize(CSV_COLUMNS.len(), String::new());
        cells.push(mode_name(row.mode).into());
        cells.extend(columns.iter().map(|column| written(column.of_month(row))));
        push(&mut text, &cells);
    }
    text
}

/// A figure as programs read it.
fn written(figure: Figure<'_>) -> String {
    match figure {
        Figure::Count(count) => count.to_string(),
        Figure::Charge(charge) => charge.to_string(),
        Figure::Rates(rates) => columns::rates(rates, |price| price.to_string(), |calls| calls.to_string()),
    }
}

/// The first five cells.
fn head(document: &Document<'_>, row: &str, month: u32) -> Vec<String> {
    let calendar = document.scenario.start().map(|start| month_name(Some(start), month)).unwrap_or_default();
    let [service, currency] = [document.service_name(), document.quote.currency.as_str()].map(harmless);
    vec![row.into(), month.to_string(), calendar, service, currency]
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
