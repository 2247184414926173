//! Numbers pasted from a spreadsheet: a row, a column or a small table, as calls of consecutive months.
//!
//! Headings, month names and totals around the numbers are recognised and left out, and the caller learns which, so that
//! the page can say so. Cells stay text: what a cell means is decided where a single field is read, so that a cell that is no
//! number is shown at its month with what would be right.

mod cells;
mod grid;
#[cfg(test)]
mod tests;

pub use cells::parts;

use crate::typed_number::{Misread, read};
use crate::usage::MONTHS;
use cells::{MOST, is_dash, is_label};
use grid::Grid;

/// A part of what was pasted that is not a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// A title, a heading, or the names of the months.
    Header,
    /// The sum of the months.
    Total,
    /// The average of the months.
    Average,
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
        let mut grid = Grid::new(cells::table(text));
        let is_table = grid.height() > 1 && grid.width() > 1;
        if is_table {
            grid.take_frame();
        }
        let is_column = grid.width() == 1;
        let mut pasted = Self { cells: grid.rows.into_iter().flatten().collect(), left_out: grid.left_out };
        if !is_table {
            pasted.take_heading(is_column);
        }
        pasted.take_sums();
        // Of more cells than months, empty ones at the start are beside the months.
        let surplus = pasted.cells.len().saturating_sub(MONTHS);
        let blank = pasted.cells.iter().take(surplus).take_while(|cell| cell.is_empty()).count();
        if blank > 0 {
            pasted.cells.drain(..blank);
            pasted.take_sums();
        }
        pasted.cells.iter_mut().filter(|cell| is_dash(cell)).for_each(|cell| *cell = "0".into());
        let order = [LeftOut::Header, LeftOut::Total, LeftOut::Average, LeftOut::Others];
        pasted.left_out = order.into_iter().filter(|part| pasted.left_out.contains(part)).collect();
        pasted
    }

    /// Whether this is more than one number, so that it does not belong into a single field.
    pub fn is_many(&self) -> bool {
        self.cells.len() > 1 || !self.left_out.is_empty()
    }

    /// Takes a heading off a single row or column. Twelve cells are twelve months, whatever is in them.
    fn take_heading(&mut self, is_column: bool) {
        let heads = |cell: &&String| is_label(cell) || is_column && cell.is_empty();
        let labels = self.cells.iter().take_while(heads).count();
        if labels > 0 && labels < self.cells.len() && self.cells.len() != MONTHS {
            self.cells.drain(..labels);
            self.left_out.push(LeftOut::Header);
        }
    }

    /// Takes what follows twelve months where it is their sum, their sum and their average, or empty.
    fn take_sums(&mut self) {
        let Some((months, rest)) = self.cells.split_at_checked(MONTHS) else { return };
        let number = |cell: &String| if is_dash(cell) { Some(0) } else { read(cell, MOST).ok() };
        let is_sum = |cell: &String| {
            let sum = months.iter().try_fold(0_u64, |sum, month| sum.checked_add(number(month).unwrap_or(0)));
            sum.is_some() && number(cell) == sum
        };
        let is_average = |cell: &String, sum: &String| {
            let rounded = match read(cell, MOST) {
                Ok(number) | Err(Misread::NotPlain { meant: Some(number) }) => number,
                Err(_) => return false,
            };
            number(sum).is_some_and(|sum| rounded.saturating_mul(MONTHS as u64).abs_diff(sum) <= MONTHS as u64)
        };
        match rest.iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>()[..] {
            [] => {}
            [sum] if is_sum(sum) => self.left_out.push(LeftOut::Total),
            [sum, average] if is_sum(sum) && is_average(average, sum) => self.left_out.extend([LeftOut::Total, LeftOut::Average]),
            _ => return,
        }
        self.cells.truncate(MONTHS);
    }
}
