//! How is a table of figures written?
//!
//! One way for all of them, so that the code of the page stays small: a head of each column, a name in front of each
//! row, figures to the right. A table with many columns scrolls sideways by itself, so that the page does not, and can
//! be reached by keyboard for that.

use super::markup::{El, el};

/// A table.
pub struct Table {
    /// Its name.
    pub caption: String,
    /// Where the name stands as a heading already, it is left to those who hear the page.
    pub is_caption_seen: bool,
    /// How much room it needs.
    pub fit: Fit,
    /// Of the columns, that of the names first; `None` keeps the place of a column that is not there at present.
    pub heads: Vec<Option<String>>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The last row, which sums the others.
    pub sum: Option<Row>,
}

/// How much room a table needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// So little that it always has it.
    Narrow,
    /// More than a narrow screen has, where figures are long.
    Boxed,
    /// Many columns, closer together, the first one always in sight.
    Wide,
    /// The same, each column as wide as its longest figure, so that the others hold still when one figure changes.
    Still,
}

/// The head of a column whose longest figure, or word of its head, has at most so many characters; few steps, so that it
/// seldom changes.
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
    /// Its name.
    pub name: String,
    /// What it says.
    pub cells: Cells,
    /// Is it the one that the others are compared with?
    pub is_best: bool,
}

/// What a row says.
pub enum Cells {
    /// A figure in each column; `None` where the column is not there.
    Figures(Vec<Option<String>>),
    /// Words, dates for one, in each column.
    Words(El),
}

impl Row {
    /// A row of figures.
    pub fn new(name: impl Into<String>, figures: Vec<String>) -> Self {
        Self::sparse(name, figures.into_iter().map(Some).collect())
    }

    /// A row of figures with places for columns that are not there.
    pub fn sparse(name: impl Into<String>, figures: Vec<Option<String>>) -> Self {
        Self { name: name.into(), cells: Cells::Figures(figures), is_best: false }
    }

    /// How long what it says in a column is, that of the names first.
    fn characters(&self, place: usize) -> usize {
        let text = match (place.checked_sub(1), &self.cells) {
            (None, _) => Some(&self.name),
            (Some(place), Cells::Figures(figures)) => figures.get(place).and_then(Option::as_ref),
            (Some(_), Cells::Words(_)) => None,
        };
        text.map_or(0, |text| text.chars().count())
    }
}

/// Heads of columns.
pub fn heads(heads: impl IntoIterator<Item = impl Into<String>>) -> Vec<Option<String>> {
    heads.into_iter().map(|head| Some(head.into())).collect()
}

/// The table, in its box where it is wide.
#[inline(never)]
pub fn table(table: Table) -> El {
    let Table { caption, is_caption_seen, fit, heads, rows, sum } = table;
    let span = heads.iter().flatten().count().saturating_sub(1);
    let label = [&*caption, ", scrolls sideways"].concat();
    let head = |place: usize, text: &str| {
        if fit != Fit::Still {
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
        Fit::Narrow | Fit::Boxed => "table.table",
        Fit::Wide => "table.table table--close",
        Fit::Still => "table.table table--close table--still",
    };
    let written = el(kind)
        .with(el(if is_caption_seen { "caption" } else { "caption.visually-hidden" }).with(caption))
        .with(el("thead").with(el("tr").each(heads)))
        .with(el("tbody").each(rows.into_iter().map(line)))
        .with(sum.map(|sum| el("tfoot").with(line(sum))));
    if fit == Fit::Narrow {
        return written;
    }
    el("div.scroll-box").attr("tabindex", "0").attr("role", "group").attr("aria-label", label).with(written)
}

fn line(row: Row, span: usize) -> El {
    let line = el(if row.is_best { "tr.table__row--best" } else { "tr" }).with(el("th").attr("scope", "row").with(row.name));
    match row.cells {
        Cells::Figures(figures) => line.each(figures.into_iter().map(|figure| figure.map(|figure| el("td").with(figure)))),
        Cells::Words(words) => line.with(el("td.table__reason").attr("colspan", span.to_string()).with(words)),
    }
}
