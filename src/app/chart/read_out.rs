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

/// The read-out: heads, a row for each part, and what they come to.
pub fn read_out(heads: Vec<String>, rows: Vec<(Key, &'static str, Vec<String>)>, sum: Option<Vec<String>>) -> El {
    let line = |key: Option<Key>, name: &'static str, figures: Vec<String>| {
        el("tr").with(el("th").with(key.map(drawn)).with(name)).each(figures.into_iter().map(|figure| el("td").with(breakable(&figure))))
    };
    el("table.read-out")
        .attr("aria-hidden", "true")
        .with(el("thead").with(el("tr").each(heads.into_iter().map(|head| el("th").with(head)))))
        .with(el("tbody").each(rows.into_iter().map(|(key, name, figures)| line(Some(key), name, figures))))
        .with(sum.map(|sum| el("tfoot").with(line(None, "Together", sum))))
}

/// A long figure may go on in the next line after a comma.
fn breakable(figure: &str) -> String {
    figure.replace(',', ",\u{200b}")
}

fn drawn(key: Key) -> El {
    match key {
        Key::Bar(class) => el("svg.read-out__key").with(el("rect").attr("class", class).attr("width", "100%").attr("height", "100%")),
        Key::Line(class) => el("svg.read-out__key read-out__key--line")
            .with(el("line").attr("class", class).attr("x1", "0").attr("x2", "100%").attr("y1", "50%").attr("y2", "50%")),
    }
}
