//! A panel of stacked bars.
//!
//! It has an axis with round numbers and a bar for each column. Parts differ in position, brightness and pattern, not in
//! colour alone. The owner is called with the column under the pointer and shows its figures.

#![expect(clippy::float_arithmetic, reason = "positions on the screen, not prices")]

use yew::prelude::*;

use super::ticks::Ticks;
use super::{grid, on_grid, percent, stretched};
use crate::app::markup::{El, On, el};

/// The width of a bar as a fraction of its column.
const BAR_WIDTH: f64 = 0.68;

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The short label beneath it.
    pub label: String,
    /// The sizes of its parts, from the bottom up.
    pub parts: Vec<f64>,
}

/// The content of a panel.
pub struct Bars<'a> {
    /// The title of the axis.
    pub title: String,
    /// The bars.
    pub columns: &'a [Column],
    /// The class of each part, which sets its colour.
    pub classes: &'static [&'static str],
    /// Whether the axis has only whole numbers.
    pub whole: bool,
    /// The selected column.
    pub selected: Option<usize>,
    /// Called with the column under the pointer.
    pub on_point: Callback<Option<usize>>,
    /// The drawing.
    pub drawn: NodeRef,
}

/// The panel, hidden from screen readers because a table has the same figures.
pub fn bars(props: &Bars<'_>) -> El {
    let drawn = &props.drawn;
    let count = props.columns.len();
    let ticks = Ticks::up_to(props.columns.iter().map(|column| column.parts.iter().sum()).fold(0.0, f64::max), 4, props.whole);
    let point = {
        let (drawn, on_point) = (drawn.clone(), props.on_point.clone());
        Callback::from(move |event: Event| {
            if let Some(fraction) = super::fraction_at(&event, &drawn) {
                on_point.emit(Some(((fraction * count as f64) as usize).min(count.saturating_sub(1))));
            }
        })
    };
    let column = props.selected.map(|place| {
        el("rect.chart__column")
            .attr("x", percent(place as f64 / count as f64))
            .attr("y", "0")
            .attr("width", percent(1.0 / count as f64))
            .attr("height", "100%")
    });
    let bars = |(part, &class)| el("path").attr("class", class).attr("d", series(props.columns, part, ticks.top()));
    let labels = props.columns.iter().enumerate().map(|(place, column)| label(&column.label, place, props.selected == Some(place)));
    el("div.chart__panel")
        .attr("aria-hidden", "true")
        .with(el("p.chart__title").with(props.title.clone()))
        .with(
            el("div.chart__body")
                .with(
                    el("div.chart__axis")
                        .attr("translate", "no")
                        .each((0..=ticks.steps).rev().map(|step| el("span").with(ticks.label(step)))),
                )
                .with(
                    el("svg.chart__plot")
                        .known_as(drawn)
                        .on(On::PointerMove, point.clone())
                        .on(On::PointerDown, point)
                        .on(On::PointerLeave, props.on_point.reform(|_| None))
                        .with(column)
                        .with(
                            stretched()
                                .with(grid("path.chart__grid", (0..ticks.steps).map(|step| f64::from(step) / f64::from(ticks.steps))))
                                .with(grid("path.chart__grid chart__grid--base", std::iter::once(1.0)))
                                .each(props.classes.iter().enumerate().map(bars)),
                        ),
                ),
        )
        .with(el("div.chart__labels").attr("translate", "no").each(labels))
}

/// The path of one part of all bars, stacked on the parts below it.
fn series(columns: &[Column], part: usize, top: f64) -> String {
    let count = columns.len() as f64;
    let mut path = String::new();
    for (place, column) in columns.iter().enumerate() {
        let size = column.parts.get(part).copied().unwrap_or_default();
        if size > 0.0 {
            let below: f64 = column.parts.iter().take(part).sum();
            let left = place as f64 + (1.0 - BAR_WIDTH) / 2.0;
            let [left, right] = [left, left + BAR_WIDTH].map(|x| on_grid(x / count));
            let [lower, upper] = [below, below + size].map(|height| on_grid(1.0 - height / top));
            path.push_str(&format!("M{left} {lower}V{upper}H{right}V{lower}Z"));
        }
    }
    path
}

/// The label of a bar. In a narrow chart, names are cut to their first letter and every other number is hidden.
fn label(text: &str, place: usize, is_selected: bool) -> El {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let (first, rest, class) = match text.split_at_checked(1) {
        Some((first, rest)) if !is_number => (first, rest, "span.chart__rest"),
        _ if place % 2 == 1 => ("", text, "span.chart__spare"),
        _ => (text, "", "span.chart__rest"),
    };
    el(if is_selected { "span.chart__label--selected" } else { "span" }).with(first.to_owned()).with(el(class).with(rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_parts_and_skips_empty_ones() {
        let column = |parts: [f64; 2]| Column { label: String::new(), parts: parts.into() };
        let columns = [column([1.0, 3.0]), column([0.0, 2.0])];
        assert_eq!(series(&columns, 0, 4.0), "M800 10000V7500H4200V10000Z");
        assert_eq!(series(&columns, 1, 4.0), "M800 7500V0H4200V7500ZM5800 10000V5000H9200V10000Z");
        assert_eq!(series(&columns, 2, 4.0), "");
    }
}
