//! The legend of a chart, which also shows the figures at the selected place.
//!
//! A small table above the drawing with a key, a name and the figures of each part. It is for sighted readers only,
//! because the chart has the same content as its accessible value.

use crate::app::markup::{El, el};
use crate::wording::page;

/// The sample of a part, as the chart draws it.
#[derive(Clone, Copy)]
pub enum Key {
    /// A filled part of a bar, by its class.
    Bar(&'static str),
    /// A line, by its class.
    Line(&'static str),
}

/// The space that the longest figures of a legend need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureLength {
    /// They fit on every screen.
    Short,
    /// They need smaller letters on a narrow screen.
    Long,
    /// They need lines of their own on a narrow screen.
    Longest,
}

impl FigureLength {
    /// Measures `longest`, the longest figure of each column in one string, against `room`, the characters that fit on the
    /// narrowest screen. It does not depend on the selected place, so that nothing moves while that changes.
    pub fn of(longest: &str, room: usize) -> Self {
        match longest.chars().count().saturating_sub(room) {
            0 => Self::Short,
            1..=6 => Self::Long,
            _ => Self::Longest,
        }
    }
}

/// The legend: column heads, a row for each part, and their sum.
pub fn legend(length: FigureLength, heads: Vec<String>, rows: Vec<(Key, &'static str, Vec<String>)>, sum: Option<Vec<String>>) -> El {
    let line = |key: Option<Key>, name: &'static str, figures: Vec<String>| {
        el("tr").with(el("th").with(key.map(sample)).with(name)).each(figures.into_iter().map(|figure| el("td").with(figure)))
    };
    let kind = match length {
        FigureLength::Short => "table.legend",
        FigureLength::Long => "table.legend legend--long",
        FigureLength::Longest => "table.legend legend--longest",
    };
    el(kind)
        .attr("aria-hidden", "true")
        .with(el("thead").with(el("tr").each(heads.into_iter().map(|head| el("th").with(head)))))
        .with(el("tbody").each(rows.into_iter().map(|(key, name, figures)| line(Some(key), name, figures))))
        .with(sum.map(|sum| el("tfoot").with(line(None, page::TOTAL, sum))))
}

fn sample(key: Key) -> El {
    match key {
        Key::Bar(class) => el("svg.legend__key").with(el("rect").attr("class", class).attr("width", "100%").attr("height", "100%")),
        Key::Line(class) => el("svg.legend__key legend__key--line")
            .with(el("line").attr("class", class).attr("x1", "0").attr("x2", "100%").attr("y1", "50%").attr("y2", "50%")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(longest: &[&str], length: FigureLength) {
        assert_eq!(FigureLength::of(&longest.concat(), 18), length, "{longest:?}");
    }

    #[test]
    fn adds_up_the_figures_of_a_row() {
        check(&[], FigureLength::Short);
        check(&["123,456", "$432,096.00"], FigureLength::Short);
        check(&["123,456", "€432,096.00"], FigureLength::Short);
        check(&["1,234,567", "$32,096.00"], FigureLength::Long);
        check(&["12,345,678", "$43,209,873.00"], FigureLength::Long);
        check(&["123,456,789", "$43,209,873.00"], FigureLength::Longest);
    }
}
