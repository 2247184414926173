//! The parts of a document for people: texts in their order, before a format writes them.

/// The texts of an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The sender's title, or one that names the service.
    pub title: String,
    /// The total; where discounts apply, behind the list price and what they take off it.
    pub sums: Vec<Line>,
    /// What readers must know about the total: that it is out of date, or that the plan is not the cheapest.
    pub cautions: Vec<String>,
    /// For and from whom it is, its number, its days, and the prices.
    pub facts: Vec<Line>,
    /// The sender's note, perhaps of several lines; empty where there is none.
    pub note: String,
    /// The other ways to pay, beside the total.
    pub options: Section,
    /// The rest, in order.
    pub sections: Vec<Section>,
}

/// A labelled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The label.
    pub label: String,
    /// The text.
    pub text: String,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: &'static str,
    /// The parts below the heading.
    pub parts: Vec<Part>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A list of labelled texts.
    Lines(Vec<Line>),
    /// An address with its label.
    Link {
        /// The label.
        label: &'static str,
        /// The address. Only one of the web can be followed.
        address: String,
        /// What is read in its place, where it is too long to be read itself.
        words: Option<&'static str>,
    },
    /// A table with its first column to name the rows.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// The rows, each with one cell per column; the last cell of a shorter row is in words, across the rest of the columns.
        rows: Vec<Vec<Cell>>,
        /// The last row, which sums the others.
        total: Option<Vec<Cell>>,
    },
    /// A sentence.
    Sentence(String),
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub name: String,
    /// Whether its cells are figures, which are aligned at their end.
    pub has_figures: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What the reader must do; it comes first. Empty in most cells.
    pub strong: String,
    /// The rest.
    pub text: String,
}

impl Line {
    pub(super) fn of((label, text): (&str, String)) -> Self {
        Self { label: label.into(), text }
    }
}

impl Column {
    pub(super) fn words(name: &str) -> Self {
        Self { name: name.into(), has_figures: false }
    }

    pub(super) fn figures(name: &str) -> Self {
        Self { name: name.into(), has_figures: true }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { strong: String::new(), text }
    }
}
