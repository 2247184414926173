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
    /// The column heads, beginning with that of the row names.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
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
}

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
    /// A figure in each column.
    Figures(Vec<String>),
    /// Text across all columns.
    Text(El),
}

impl Row {
    /// A row of figures.
    pub fn new(name: impl Into<String>, figures: Vec<String>) -> Self {
        Self { name: name.into(), cells: Cells::Figures(figures), is_highlighted: false }
    }
}

/// The heads of columns.
pub fn heads(heads: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    heads.into_iter().map(Into::into).collect()
}

/// The table, inside its scroll box if it has one.
#[inline(never)]
pub fn table(table: Table) -> El {
    let Table { caption, is_caption_visible, fit, heads, rows } = table;
    let span = heads.len().saturating_sub(1);
    let label = scroll_box_name(&caption);
    let head = |text: String| el("th").attr("scope", "col").with(text);
    let line = |row: Row| line(row, span);
    let table = el(if fit == Fit::Compact { "table.table table--compact" } else { "table.table" })
        .with(el(if is_caption_visible { "caption" } else { "caption.visually-hidden" }).with(caption))
        .with(el("thead").with(el("tr").each(heads.into_iter().map(head))))
        .with(el("tbody").each(rows.into_iter().map(line)));
    if fit == Fit::Narrow {
        return table;
    }
    el("div.scroll-box").attr("tabindex", "0").attr("role", "group").attr("aria-label", label).with(table)
}

fn line(row: Row, span: usize) -> El {
    let line = el(if row.is_highlighted { "tr.table__row--highlighted" } else { "tr" }).with(el("th").attr("scope", "row").with(row.name));
    match row.cells {
        Cells::Figures(figures) => line.each(figures.into_iter().map(|figure| el("td").with(figure))),
        Cells::Text(text) => line.with(el("td.table__reason").attr("colspan", span.to_string()).with(text)),
    }
}
