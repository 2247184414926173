//! Numbers pasted from a spreadsheet: a row, a column or a small table, as calls of consecutive months.
//!
//! Headings, month names and totals around the numbers are recognised and left out, and the caller learns which, so that
//! the page can say so. Cells stay text: what a cell means is decided where a single field is read, so that a cell that is no
//! number is shown at its month with what would be right.

use crate::typed_number::{Misread, plain_text, read};
use crate::usage::MONTHS;

/// The most that a cell can hold; larger numbers are numbers too, and their month says so.
const MOST: u64 = u64::MAX;

/// First words of a row or column that sums the others up.
const TOTALS: [&str; 7] = ["total", "sum", "grand total", "all months", "gesamt", "summe", "\u{5408}\u{8ba1}"];

/// A part of what was pasted that is not a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// A heading, or the names of the months.
    Header,
    /// The sum of the months.
    Total,
    /// Further columns or rows of numbers.
    Others,
}

/// Pasted numbers, in the order of the months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The cells, trimmed and without quotes. A dash is `0`, and an empty cell stays empty.
    pub cells: Vec<String>,
    /// What was left out, each at most once, in the order of [`LeftOut`].
    pub left_out: Vec<LeftOut>,
}

impl Pasted {
    /// Reads pasted text.
    ///
    /// ```
    /// use callmix::pasted::{LeftOut, Pasted};
    /// let pasted = Pasted::read("Month\tCalls\r\nJan\t1,000\r\nFeb\t-\r\nTotal\t1,000\r\n");
    /// assert_eq!((pasted.cells, pasted.left_out), (vec!["1,000".into(), "0".into()], vec![LeftOut::Header, LeftOut::Total]));
    /// ```
    pub fn read(text: &str) -> Self {
        let mut grid = Grid { rows: table(text), left_out: Vec::new() };
        if grid.rows.len() > 1 && grid.width() > 1 {
            grid.take_frame();
        } else {
            grid.take_heading_of_list();
        }
        grid.take_others();
        grid.take_sum_of_twelve();
        let cells = grid.rows.into_iter().flatten().map(|cell| if is_dash(&cell) { "0".into() } else { cell }).collect();
        let order = [LeftOut::Header, LeftOut::Total, LeftOut::Others];
        Self { cells, left_out: order.into_iter().filter(|part| grid.left_out.contains(part)).collect() }
    }

    /// Whether this is more than one number, so that it does not belong into a single field.
    pub fn is_many(&self) -> bool {
        self.cells.len() > 1 || !self.left_out.is_empty()
    }
}

/// The parts of a single line: divided by tabs or semicolons, else by commas before a space, else by spaces, else by
/// commas. Where a part is like `000`, the commas may be within numbers, so the line stays whole.
pub fn parts(line: &str) -> Vec<&str> {
    let line = line.trim();
    let parts: Vec<&str> = if line.contains(['\t', '\n', ';']) {
        line.split(['\t', '\n', ';']).collect()
    } else if line.contains(", ") {
        line.split(", ").collect()
    } else if line.contains(' ') {
        line.split(' ').filter(|part| !part.is_empty()).collect()
    } else if line.split(',').any(|part| part.len() == 3 && part.starts_with('0')) {
        vec![line]
    } else {
        line.split(',').collect()
    };
    parts.into_iter().map(str::trim).collect()
}

/// Rows of cells of the same number. A single number, in groups or not, is one cell.
fn table(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_matches(['\n', '\r', ' ', '\u{feff}']);
    let lines: Vec<&str> = text.lines().collect();
    let owned = |cells: Vec<&str>| cells.into_iter().map(String::from).collect::<Vec<String>>();
    let mut rows: Vec<Vec<String>> = match lines[..] {
        _ if text.contains('\t') => lines.iter().map(|line| cells(line, '\t')).collect(),
        _ if text.contains(';') => lines.iter().map(|line| cells(line, ';')).collect(),
        [line] if read(line, MOST).is_ok() || line.starts_with('"') && cells(line, ',').len() == 1 => vec![vec![plain_text(line)]],
        [line] if line.contains('"') => vec![cells(line, ',')],
        [line] => vec![owned(parts(line))],
        _ => lines.iter().map(|line| label_and_number(line)).collect(),
    };
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    rows
}

/// The cells of a line, of which each may stand in quotes that are doubled within.
fn cells(line: &str, divider: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == divider && !quoted {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
    }
    cells.into_iter().map(|cell| cell.trim().into()).collect()
}

/// One line of several without a divider of its own: a number, or a label before a number, `January, 1,000`.
fn label_and_number(line: &str) -> Vec<String> {
    let line = line.trim();
    if line.is_empty() || is_number(line) {
        return vec![line.into()];
    }
    if let Some((label, number)) = line.split_once(',')
        && !is_number(label)
        && is_number(number)
    {
        return vec![label.trim().into(), plain_text(number)];
    }
    if line.contains(',') {
        return cells(line, ',');
    }
    match line.rsplit_once([' ', ':']) {
        Some((label, number)) if is_number(number) => vec![label.trim().into(), number.into()],
        _ => vec![line.into()],
    }
}

/// Whether a cell is a number, or most likely meant as one. A month such as `01.2027` is not.
fn is_number(cell: &str) -> bool {
    let month = |cell: &str| cell.split_once(['.', '/', '-']).is_some_and(|(month, year)| month.len() <= 2 && year.len() == 4);
    !month(cell.trim()) && matches!(read(cell, MOST), Ok(_) | Err(Misread::TooLarge { .. } | Misread::NotPlain { meant: Some(_) }))
}

fn is_dash(cell: &str) -> bool {
    matches!(cell, "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" | "\u{2212}")
}

fn is_label(cell: &str) -> bool {
    !cell.is_empty() && !is_dash(cell) && !is_number(cell)
}

fn is_total(label: &str) -> bool {
    let label = label.to_lowercase();
    TOTALS.iter().any(|total| label.starts_with(total))
}

/// Whether cells name months or columns: they are labels, or, where there is only one other row or column, the numbers of the
/// months: 1, 2, 3 and so on.
fn are_names<'a>(cells: impl Iterator<Item = &'a String> + Clone, others: usize) -> bool {
    let mut numbers = cells.clone().filter(|cell| is_number(cell)).enumerate().peekable();
    if numbers.peek().is_none() {
        return cells.into_iter().any(|cell| is_label(cell));
    }
    let counted = numbers.clone().count();
    others == 1 && counted > 2 && numbers.all(|(place, cell)| read(cell, MOST) == Ok(place as u64 + 1))
}

/// Cells in rows of the same length, and what was taken away from them.
struct Grid {
    rows: Vec<Vec<String>>,
    left_out: Vec<LeftOut>,
}

impl Grid {
    fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    fn column(&self, place: usize) -> impl Iterator<Item = &String> + Clone {
        self.rows.iter().filter_map(move |row| row.get(place))
    }

    /// Takes the rows and columns of labels around the numbers of a table, and the sums that they name.
    fn take_frame(&mut self) {
        let has_header = self.rows.first().is_some_and(|row| are_names(row.iter(), self.rows.len() - 1));
        let heads = if has_header { self.rows.remove(0) } else { Vec::new() };
        let has_labels = self.width() > 1 && are_names(self.column(0), self.width() - 1);
        let labels: Vec<String> = if has_labels { self.rows.iter_mut().map(|row| row.remove(0)).collect() } else { Vec::new() };
        if has_header || has_labels {
            self.left_out.push(LeftOut::Header);
        }
        let heads = heads.get(usize::from(has_labels)..).unwrap_or_default();
        self.keep(|row, _| labels.get(row).is_none_or(|label| !is_total(label)), LeftOut::Total);
        self.keep(|_, column| heads.get(column).is_none_or(|head| !is_total(head)), LeftOut::Total);
        // Of several columns of numbers, the one that is headed as calls.
        let calls = heads.iter().position(|head| head.to_lowercase().contains("call"));
        if self.rows.len() > 2 && self.width() > 1 {
            self.keep(|_, column| calls.is_none_or(|calls| column == calls), LeftOut::Others);
        }
    }

    /// Takes a heading off a single row or column. Twelve cells are twelve months, whatever is in them.
    fn take_heading_of_list(&mut self) {
        let cells: Vec<&String> = self.rows.iter().flatten().collect();
        let labels = cells.iter().take_while(|cell| is_label(cell)).count();
        if labels > 0 && labels < cells.len() && cells.len() != MONTHS {
            let places = self.width().max(1);
            self.keep(|row, column| row * places + column >= labels, LeftOut::Header);
        }
    }

    /// Keeps the first of several columns or rows of numbers that are more than a year together.
    fn take_others(&mut self) {
        let (height, width) = (self.rows.len(), self.width());
        if height > 1 && width > 1 && height * width > MONTHS {
            let tall = height >= width;
            self.keep(|row, column| if tall { column == 0 } else { row == 0 }, LeftOut::Others);
        }
    }

    /// Takes the last of thirteen numbers where it is the sum of the twelve before it.
    fn take_sum_of_twelve(&mut self) {
        let numbers: Vec<Option<u64>> =
            self.rows.iter().flatten().map(|cell| if is_dash(cell) { Some(0) } else { read(cell, MOST).ok() }).collect();
        let is_sum = |months: &[Option<u64>], sum: &Option<u64>| {
            sum.is_some() && months.iter().try_fold(0_u64, |sum, month| sum.checked_add(month.unwrap_or(0))) == *sum
        };
        if let [months @ .., sum] = &numbers[..]
            && months.len() == MONTHS
            && is_sum(months, sum)
        {
            let width = self.width().max(1);
            self.keep(|row, column| row * width + column < MONTHS, LeftOut::Total);
        }
    }

    /// Keeps the cells at the places that `stays` names by row and column, and remembers what was taken if any was.
    fn keep(&mut self, stays: impl Fn(usize, usize) -> bool, part: LeftOut) {
        let count = |rows: &[Vec<String>]| rows.iter().map(Vec::len).sum::<usize>();
        let before = count(&self.rows);
        let kept = |(row, cells): (usize, Vec<String>)| {
            cells.into_iter().enumerate().filter(|&(column, _)| stays(row, column)).map(|(_, cell)| cell).collect::<Vec<_>>()
        };
        self.rows = std::mem::take(&mut self.rows).into_iter().enumerate().map(kept).filter(|row| !row.is_empty()).collect();
        if count(&self.rows) < before {
            self.left_out.push(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, cells: &[&str], left_out: &[LeftOut]) {
        let pasted = Pasted::read(text);
        assert_eq!(
            (pasted.cells.iter().map(String::as_str).collect::<Vec<_>>(), &pasted.left_out[..]),
            (cells.to_vec(), left_out),
            "{text:?}"
        );
    }

    const YEAR: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// Twelve lines of a label and a number, by this divider.
    fn two_columns(divider: &str) -> String {
        NAMES.iter().zip(YEAR).map(|(name, calls)| format!("{name} 2027{divider}{calls}00\r\n")).collect()
    }

    fn hundreds() -> Vec<String> {
        YEAR.iter().map(|calls| format!("{calls}00")).collect()
    }

    #[track_caller]
    fn check_hundreds(text: &str, left_out: &[LeftOut]) {
        check(text, &hundreds().iter().map(String::as_str).collect::<Vec<_>>(), left_out);
    }

    #[test]
    fn reads_rows_and_columns() {
        check("1\t2\t3\n", &["1", "2", "3"], &[]);
        check("1,000\r\n2,000\r\n", &["1,000", "2,000"], &[]);
        check("1,000, 2,000", &["1,000", "2,000"], &[]);
        check("1;;3", &["1", "", "3"], &[]);
        check("1 2  3", &["1", "2", "3"], &[]);
        check("1,2,3", &["1", "2", "3"], &[]);
        check("1,000,2,000,3,000", &["1,000,2,000,3,000"], &[]);
        check("12", &["12"], &[]);
        check("1 000 000", &["1 000 000"], &[]);
        check("1\n\n3", &["1", "", "3"], &[]);
        check(&YEAR.join("\t"), &YEAR, &[]);
    }

    #[test]
    fn reads_quotes_currencies_and_dashes() {
        check("\"1,000\"\t\"2,000\"\t-\t\u{2013}", &["1,000", "2,000", "0", "0"], &[]);
        check("\"1,000\",\"2,000\"", &["1,000", "2,000"], &[]);
        check("\"1,000\"", &["1,000"], &[]);
        check("$1,000\t$2,000.00", &["$1,000", "$2,000.00"], &[]);
    }

    #[test]
    fn leaves_out_headers_and_month_names() {
        check_hundreds(&two_columns("\t"), &[LeftOut::Header]);
        check_hundreds(&two_columns(";"), &[LeftOut::Header]);
        check_hundreds(&two_columns(","), &[LeftOut::Header]);
        check_hundreds(&two_columns(" "), &[LeftOut::Header]);
        check_hundreds(&two_columns(": "), &[LeftOut::Header]);
        check_hundreds(&format!("Month\tCalls\n{}", two_columns("\t")), &[LeftOut::Header]);
        check_hundreds(&format!("{}\n{}", NAMES.join("\t"), hundreds().join("\t")), &[LeftOut::Header]);
        check_hundreds(&format!("\t{}\nCalls\t{}", NAMES.join("\t"), hundreds().join("\t")), &[LeftOut::Header]);
        check_hundreds(&format!("Calls\t{}", hundreds().join("\t")), &[LeftOut::Header]);
        check_hundreds(&format!("Calls\n{}", hundreds().join("\n")), &[LeftOut::Header]);
        let numbered: String = YEAR.iter().map(|month| format!("{month}\t{month}00\n")).collect();
        check_hundreds(&numbered, &[LeftOut::Header]);
        check("01.2027\t100\n02.2027\t200\n", &["100", "200"], &[LeftOut::Header]);
        check("2027-01\t1,000\n2027-02\t-\n", &["1,000", "0"], &[LeftOut::Header]);
        check("Jan,1,000\nFeb,2,000", &["1,000", "2,000"], &[LeftOut::Header]);
        check("Jan\t300", &["300"], &[LeftOut::Header]);
    }

    #[test]
    fn leaves_out_totals() {
        let both = [LeftOut::Header, LeftOut::Total];
        check_hundreds(&format!("{}Total\t7800\n", two_columns("\t")), &both);
        check_hundreds(&format!("Month,Calls\n{}Sum,7800\n", two_columns(",")), &both);
        check_hundreds(&format!("{}\tTotal\n{}\t7800", NAMES.join("\t"), hundreds().join("\t")), &both);
        check_hundreds(&format!("{}\t7800", hundreds().join("\t")), &[LeftOut::Total]);
        check_hundreds(&format!("{}\n7,800\n", hundreds().join("\n")), &[LeftOut::Total]);
        // Thirteen numbers of which the last is no sum are thirteen.
        assert_eq!(Pasted::read(&format!("{}\t7801", hundreds().join("\t"))).cells.len(), 13);
    }

    #[test]
    fn takes_one_column_of_several() {
        let table = "Month\tCost\tCalls\nJan\t5.00\t100\nFeb\t6.00\t200\nMar\t7.00\t300";
        check(table, &["100", "200", "300"], &[LeftOut::Header, LeftOut::Others]);
        let quarters = "1\t2\t3\n4\t5\t6\n7\t8\t9\n10\t11\t12";
        check(quarters, &YEAR, &[]);
        let two_years: String = (1..=12).map(|month| format!("{month}00\t{month}50\n")).collect();
        check_hundreds(&two_years, &[LeftOut::Others]);
    }

    #[test]
    fn keeps_cells_that_are_no_numbers_at_their_months() {
        let row = "100\t200\tx\t1,000\t5\t6\t7.5\t8\t9\t10\t11\t-12";
        check(row, &row.split('\t').collect::<Vec<_>>(), &[]);
        check("x\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12", &["x", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"], &[]);
        check("", &[], &[]);
        check("nothing here", &["nothing", "here"], &[]);
    }
}
