//! A pasted table: its titles, headings and labels, and which of its rows and columns are the months.

use super::LeftOut;
use super::cells::{are_names, is_average, is_dash, is_label, is_month, is_number, is_total, is_year};
use crate::usage::MONTHS;

/// Cells in rows of the same length, and what was taken away from them.
pub(super) struct Grid {
    pub(super) rows: Vec<Vec<String>>,
    pub(super) left_out: Vec<LeftOut>,
    /// The headings of the columns, and the labels of the rows; empty where there are none.
    heads: Vec<String>,
    labels: Vec<String>,
}

impl Grid {
    /// A grid without rows and columns that are empty throughout. In a single row or column, empty cells are months.
    pub(super) fn new(mut rows: Vec<Vec<String>>) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        rows.iter_mut().for_each(|row| row.resize(width, String::new()));
        let mut grid = Self { rows, left_out: Vec::new(), heads: Vec::new(), labels: Vec::new() };
        let mut empty_rows: Vec<bool> = grid.rows.iter().map(|row| row.iter().all(String::is_empty)).collect();
        let empty_columns: Vec<bool> = (0..width).map(|place| grid.column(place).all(String::is_empty)).collect();
        let filled = |empty: &[bool]| empty.iter().filter(|empty| !**empty).count();
        if filled(&empty_rows) > 1 {
            grid.take_columns(None, &empty_columns);
        }
        if filled(&empty_columns) < 2 {
            let first = empty_rows.iter().position(|empty| !empty).unwrap_or(0);
            let last = empty_rows.iter().rposition(|empty| !empty).unwrap_or(0);
            empty_rows.iter_mut().take(last).skip(first).for_each(|empty| *empty = false);
        }
        grid.take_rows(None, &empty_rows);
        grid
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    fn column(&self, place: usize) -> impl Iterator<Item = &String> + Clone {
        self.rows.iter().filter_map(move |row| row.get(place))
    }

    /// Takes the titles, headings and labels around the numbers of a table, the sums that they name, and further numbers.
    pub(super) fn take_frame(&mut self) {
        let titles = (0..self.height()).take_while(|&row| self.is_title(row)).count();
        let headings = titles + usize::from(self.is_heading(titles));
        self.heads = self.rows.drain(..headings).next_back().unwrap_or_default();
        if self.width() > 1 && (are_names(self.column(0), self.width() - 1) || self.has_years()) {
            self.labels = self.rows.iter_mut().map(|row| row.remove(0)).collect();
            self.heads.drain(..self.heads.len().min(1));
        }
        if headings > 0 || !self.labels.is_empty() {
            self.left_out.push(LeftOut::Header);
        }
        let calls = self.column_of_calls();
        for (part, is_named) in [(LeftOut::Total, is_total as fn(&str) -> bool), (LeftOut::Average, is_average)] {
            let rows: Vec<bool> = self.labels.iter().map(|label| is_named(label)).collect();
            self.take_rows(Some(part), &rows);
            if calls.is_none() {
                let columns: Vec<bool> = self.heads.iter().map(|head| is_named(head)).collect();
                self.take_columns(Some(part), &columns);
            }
        }
        match calls {
            Some(calls) => self.take_columns(Some(LeftOut::Others), &all_but(calls, self.width())),
            None => self.take_others(),
        }
    }

    /// Whether a row is a title above headings, or a heading of any kind above months.
    fn is_title(&self, row: usize) -> bool {
        let [first, second, ..] = &self.rows[row..] else { return false };
        let is_month_in = |row: &[String]| row.first().is_some_and(|cell| is_month(cell));
        let is_free = |cell: &String| cell.is_empty() || is_year(cell);
        if !first.iter().skip(1).all(|cell| is_free(cell) || is_label(cell)) {
            return false;
        }
        let is_above_headings = first.iter().filter(|cell| !is_free(cell)).count() < 2 && filled(second) > 1 && are_names(second.iter(), 0);
        is_above_headings || is_month_in(second) && !is_month_in(first)
    }

    /// Whether a row is headings. A month above a month is a label, and so may be the first of twelve without a number.
    fn is_heading(&self, row: usize) -> bool {
        let [first, second, ..] = &self.rows[row..] else { return false };
        let are_months = [first, second].iter().all(|row| row.first().is_some_and(|cell| is_month(cell)));
        let others = self.height() - row - 1;
        !are_months && (filled(first) > 1 || others + 1 != MONTHS) && are_names(first.iter(), others)
    }

    /// Whether the first column is years beside columns that are headed as months.
    fn has_years(&self) -> bool {
        matches!(&self.heads[..], [corner, month, ..] if !is_month(corner) && is_month(month))
            && self.column(0).all(|cell| cell.is_empty() || is_year(cell) || is_label(cell))
    }

    /// The one column that is headed as calls.
    fn column_of_calls(&self) -> Option<usize> {
        let heads: Vec<String> = self.heads.iter().map(|head| head.to_lowercase()).collect();
        let named = |head: &String| head.contains("call") && !head.contains("per ");
        let only = heads.iter().position(named).filter(|_| heads.iter().filter(|head| named(head)).count() == 1);
        heads.iter().position(|head| head == "calls").or(only)
    }

    /// Keeps the first column or row of numbers where each is a year, or all together are more than one.
    fn take_others(&mut self) {
        let (height, width) = (self.height(), self.width());
        let are_months = |names: &[String]| matches!(names, [first, second, ..] if is_month(first) && is_month(second));
        let (down, across) = (are_months(&self.labels), are_months(&self.heads));
        if height < 2 || width < 2 || !down && !across && height * width <= MONTHS {
            return;
        }
        let is_figure = |cell: &String| is_number(cell) || is_dash(cell);
        if down || !across && height >= width {
            let texts: Vec<bool> = (0..width).map(|place| !self.column(place).any(is_figure)).collect();
            self.take_columns(Some(LeftOut::Header), &texts);
            self.take_columns(Some(LeftOut::Others), &all_but(0, self.width()));
        } else {
            let texts: Vec<bool> = self.rows.iter().map(|row| !row.iter().any(is_figure)).collect();
            self.take_rows(Some(LeftOut::Header), &texts);
            self.take_rows(Some(LeftOut::Others), &all_but(0, self.height()));
        }
    }

    /// Takes the rows that are marked, unless these are all, and remembers what they were.
    fn take_rows(&mut self, part: Option<LeftOut>, taken: &[bool]) {
        if are_some(taken) {
            self.left_out.extend(part);
            take(&mut self.rows, taken);
            take(&mut self.labels, taken);
        }
    }

    fn take_columns(&mut self, part: Option<LeftOut>, taken: &[bool]) {
        if are_some(taken) {
            self.left_out.extend(part);
            self.rows.iter_mut().chain([&mut self.heads]).for_each(|row| take(row, taken));
        }
    }
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

fn all_but(place: usize, count: usize) -> Vec<bool> {
    (0..count).map(|other| other != place).collect()
}

fn are_some(taken: &[bool]) -> bool {
    taken.contains(&true) && taken.contains(&false)
}

fn take<T>(items: &mut Vec<T>, taken: &[bool]) {
    let mut taken = taken.iter();
    items.retain(|_| taken.next() != Some(&true));
}
