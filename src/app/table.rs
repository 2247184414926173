//! Tables of figures.
//!
//! Every table of the page is built here, which keeps the page small. Each column has a header, each row a name, and
//! figures are aligned to the end. A table with many columns is in a box that scrolls sideways and takes the keyboard
//! focus, so that the page itself does not scroll.

use super::markup::{El, el};
use crate::wording::page::scroll_box_name;

/// A table.
pub struct Table {
    /// The accessible name.
    pub caption: String,
    /// Whether the name is visible; it is not where a heading has it already.
    pub is_caption_visible: bool,
    /// The layout.
    pub fit: Fit,
    /// The column heads, beginning with that of the row names; `None` keeps the place of a hidden column.
    pub heads: Vec<Option<String>>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The last row, which sums the others.
    pub sum: Option<Row>,
}

/// The layout of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Fits on every screen.
    Narrow,
    /// Scrolls where its figures are too long for the screen.
    Scrolling,
    /// Scrolls, with many narrow columns; the first one stays in view.
    Compact,
    /// The same, with columns as wide as their longest figure, so that they keep their width while one figure changes.
    CompactFixed,
}

/// The classes of column widths: the most characters of a figure or of a word in the head. There are only a few of them,
/// so that a width seldom changes.
const HEADS: [(usize, &str); 7] = [
    (6, "th.table__digits-6"),
    (8, "th.table__digits-8"),
    (12, "th.table__digits-12"),
    (15, "th.table__digits-15"),
    (18, "th.table__digits-18"),
    (24, "th.table__digits-24"),
    (usize::MAX, "th.table__digits-40"),
];

/// A row.
pub struct Row {
    /// The name.
    pub name: String,
    /// The cells after the name.
    pub cells: Cells,
    /// Whether it is the row that the others are compared with.
    pub is_highlighted: bool,
}

/// The cells of a row.
pub enum Cells {
    /// A figure in each column; `None` where the column is hidden.
    Figures(Vec<Option<String>>),
    /// Text across all columns.
    Text(El),
}

impl Row {
    /// A row of figures.
    pub fn new(name: impl Into<String>, figures: Vec<String>) -> Self {
        Self::sparse(name, figures.into_iter().map(Some).collect())
    }

    /// A row of figures in which columns can be hidden.
    pub fn sparse(name: impl Into<String>, figures: Vec<Option<String>>) -> Self {
        Self { name: name.into(), cells: Cells::Figures(figures), is_highlighted: false }
    }

    /// The characters in a column; column 0 holds the names.
    fn characters(&self, place: usize) -> usize {
        let text = match (place.checked_sub(1), &self.cells) {
            (None, _) => Some(&self.name),
            (Some(place), Cells::Figures(figures)) => figures.get(place).and_then(Option::as_ref),
            (Some(_), Cells::Text(_)) => None,
        };
        text.map_or(0, |text| text.chars().count())
    }
}

/// The heads of columns that are all shown.
pub fn heads(heads: impl IntoIterator<Item = impl Into<String>>) -> Vec<Option<String>> {
    heads.into_iter().map(|head| Some(head.into())).collect()
}

/// The table, inside its scroll box if it has one.
#[inline(never)]
pub fn table(table: Table) -> El {
    let Table { caption, is_caption_visible, fit, heads, rows, sum } = table;
    let span = heads.iter().flatten().count().saturating_sub(1);
    let label = scroll_box_name(&caption);
    let head = |place: usize, text: &str| {
        if fit != Fit::CompactFixed {
            return "th";
        }
        let figures = rows.iter().chain(&sum).map(|row| row.characters(place));
        let longest = figures.chain(text.split(' ').map(str::len)).max().unwrap_or(0);
        HEADS.iter().find(|(most, _)| longest <= *most).map_or("th", |(_, head)| head)
    };
    let heads: Vec<_> = heads
        .into_iter()
        .enumerate()
        .map(|(place, text)| text.map(|text| el(head(place, &text)).attr("scope", "col").with(text)))
        .collect();
    let line = |row: Row| line(row, span);
    let kind = match fit {
        Fit::Narrow | Fit::Scrolling => "table.table",
        Fit::Compact => "table.table table--compact",
        Fit::CompactFixed => "table.table table--compact table--fixed",
    };
    let table = el(kind)
        .with(el(if is_caption_visible { "caption" } else { "caption.visually-hidden" }).with(caption))
        .with(el("thead").with(el("tr").each(heads)))
        .with(el("tbody").each(rows.into_iter().map(line)))
        .with(sum.map(|sum| el("tfoot").with(line(sum))));
    if fit == Fit::Narrow {
        return table;
    }
    el("div.scroll-box").attr("tabindex", "0").attr("role", "group").attr("aria-label", label).with(table)
}

fn line(row: Row, span: usize) -> El {
    let line = el(if row.is_highlighted { "tr.table__row--highlighted" } else { "tr" }).with(el("th").attr("scope", "row").with(row.name));
    match row.cells {
        Cells::Figures(figures) => line.each(figures.into_iter().map(|figure| figure.map(|figure| el("td").with(figure)))),
        Cells::Text(text) => line.with(el("td.table__reason").attr("colspan", span.to_string()).with(text)),
    }
}
