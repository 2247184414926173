//! What stands at the place that a chart is pointed at?
//!
//! The legend and the read-out in one small table above the drawing: a key and a name for each part, and its figures.
//! For eyes only; the chart says the same as its value.

use crate::app::markup::{El, el};

/// The key of a part, as it is drawn.
#[derive(Clone, Copy)]
pub enum Key {
    /// A filled part of a bar.
    Bar(&'static str),
    /// A line.
    Line(&'static str),
}

/// How long the longest figures get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// There is room for them on every screen.
    Short,
    /// On a narrow screen their letters are smaller.
    Long,
    /// On a narrow screen they stand one beneath the other.
    Longest,
}

impl Length {
    /// Of the longest figure in each column, one after the other, whatever is pointed at, as nothing may move meanwhile;
    /// `room` is how many characters the narrowest screen has for them.
    pub fn of(longest: &str, room: usize) -> Self {
        match longest.chars().count().saturating_sub(room) {
            0 => Self::Short,
            1..=6 => Self::Long,
            _ => Self::Longest,
        }
    }
}

/// The read-out: heads, a row for each part, and what they come to.
pub fn read_out(length: Length, heads: Vec<String>, rows: Vec<(Key, &'static str, Vec<String>)>, sum: Option<Vec<String>>) -> El {
    let line = |key: Option<Key>, name: &'static str, figures: Vec<String>| {
        el("tr").with(el("th").with(key.map(drawn)).with(name)).each(figures.into_iter().map(|figure| el("td").with(figure)))
    };
    let kind = match length {
        Length::Short => "table.read-out",
        Length::Long => "table.read-out read-out--long",
        Length::Longest => "table.read-out read-out--longest",
    };
    el(kind)
        .attr("aria-hidden", "true")
        .with(el("thead").with(el("tr").each(heads.into_iter().map(|head| el("th").with(head)))))
        .with(el("tbody").each(rows.into_iter().map(|(key, name, figures)| line(Some(key), name, figures))))
        .with(sum.map(|sum| el("tfoot").with(line(None, "Together", sum))))
}

fn drawn(key: Key) -> El {
    match key {
        Key::Bar(class) => el("svg.read-out__key").with(el("rect").attr("class", class).attr("width", "100%").attr("height", "100%")),
        Key::Line(class) => el("svg.read-out__key read-out__key--line")
            .with(el("line").attr("class", class).attr("x1", "0").attr("x2", "100%").attr("y1", "50%").attr("y2", "50%")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(longest: &[&str], length: Length) {
        assert_eq!(Length::of(&longest.concat(), 18), length, "{longest:?}");
    }

    #[test]
    fn the_figures_of_a_row_share_its_room() {
        check(&[], Length::Short);
        check(&["123,456", "$432,096.00"], Length::Short);
        check(&["123,456", "€432,096.00"], Length::Short);
        check(&["1,234,567", "$32,096.00"], Length::Long);
        check(&["12,345,678", "$43,209,873.00"], Length::Long);
        check(&["123,456,789", "$43,209,873.00"], Length::Longest);
    }
}
