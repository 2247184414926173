//! How is a table of figures written?
//!
//! One way for all of them, so that the code of the page stays small: a head of each column, a name in front of each
//! row, figures to the right. A table with many columns scrolls sideways by itself, so that the page does not, and can
//! be reached by keyboard for that.

use yew::prelude::*;

/// A table.
pub struct Table {
    /// Its name.
    pub caption: String,
    /// Where the name stands as a heading already, it is left to those who hear the page.
    pub is_caption_seen: bool,
    /// How much room it needs.
    pub fit: Fit,
    /// Of the columns, that of the names first.
    pub heads: Vec<String>,
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
}

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
    /// A figure in each column.
    Figures(Vec<String>),
    /// Words, dates for one, in each column.
    Words(Html),
}

impl Row {
    /// A row of figures.
    pub fn new(name: impl Into<String>, figures: Vec<String>) -> Self {
        Self { name: name.into(), cells: Cells::Figures(figures), is_best: false }
    }
}

/// Heads of columns.
pub fn heads<const N: usize>(heads: [&str; N]) -> Vec<String> {
    heads.map(String::from).into()
}

/// The table, in its box where it is wide.
pub fn table(table: Table) -> Html {
    let Table { caption, is_caption_seen, fit, heads, rows, sum } = table;
    let is_wide = fit == Fit::Wide;
    let span = heads.len().saturating_sub(1).to_string();
    let label = format!("{caption}, scrolls sideways");
    let name_class = is_wide.then_some("table__fixed");
    let mut columns = heads.into_iter();
    let first = columns.next();
    let columns = columns.map(|head| html! { <th scope="col" class="table__number">{ head }</th> });
    let line = |row: Row| {
        let cells = match row.cells {
            Cells::Figures(figures) => {
                html! { { for figures.into_iter().map(|figure| html! { <td class="table__number">{ figure }</td> }) } }
            }
            Cells::Words(words) => html! { <td class="table__reason" colspan={span.clone()}>{ words }</td> },
        };
        html! { <tr class={row.is_best.then_some("table__row--best")}><th scope="row" class={name_class}>{ row.name }</th>{ cells }</tr> }
    };
    let written = html! {
        <table class={classes!("table", is_wide.then_some("table--close"))}>
            <caption class={(!is_caption_seen).then_some("visually-hidden")}>{ caption }</caption>
            <thead><tr><th scope="col" class={name_class}>{ first }</th>{ for columns }</tr></thead>
            <tbody>{ for rows.into_iter().map(line) }</tbody>
            if let Some(sum) = sum {
                <tfoot>{ line(sum) }</tfoot>
            }
        </table>
    };
    if fit == Fit::Narrow {
        return written;
    }
    html! { <div class="scroll-box" tabindex="0" role="group" aria-label={label}>{ written }</div> }
}
