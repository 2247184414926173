//! How is a year drawn as twelve stacked bars?
//!
//! One panel: an axis with round numbers, and a bar for each column, its parts stacked in one order. Parts differ by
//! place, brightness and pattern, not by colour alone. What is pointed at is told to the owner, who writes it out.

#![expect(clippy::float_arithmetic, reason = "places on a screen, not prices")]

use yew::prelude::*;

use super::ticks::Ticks;
use super::{grid, on_grid, percent, stretched};
use crate::app::markup::{El, On, el};

/// The share of a column that its bar takes.
const BAR_SHARE: f64 = 0.68;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Beneath it, in little room.
    pub label: String,
    /// Its parts, from the bottom up.
    pub parts: Vec<f64>,
}

/// What the panel shows.
pub struct Bars<'a> {
    /// What the axis counts.
    pub title: String,
    /// The bars.
    pub columns: &'a [Column],
    /// A class for each part, which gives it its colour.
    pub classes: &'static [&'static str],
    /// Only whole numbers beside the axis?
    pub whole: bool,
    /// The column that is read out.
    pub selected: Option<usize>,
    /// Told the column that the pointer is on.
    pub on_point: Callback<Option<usize>>,
    /// Of the drawing.
    pub drawn: NodeRef,
}

/// A panel of stacked bars, for eyes only: what it shows is in a table too.
pub fn bars(props: &Bars<'_>) -> El {
    let drawn = &props.drawn;
    let count = props.columns.len();
    let ticks = Ticks::up_to(props.columns.iter().map(|column| column.parts.iter().sum()).fold(0.0, f64::max), 4, props.whole);
    let point = {
        let (drawn, on_point) = (drawn.clone(), props.on_point.clone());
        Callback::from(move |event: Event| {
            if let Some(share) = super::share_at(&event, &drawn) {
                on_point.emit(Some(((share * count as f64) as usize).min(count.saturating_sub(1))));
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
                .with(el("div.chart__axis").each((0..=ticks.steps).rev().map(|step| el("span").with(ticks.label(step)))))
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
        .with(el("div.chart__labels").each(labels))
}

/// One part of all bars, each above the parts below it.
fn series(columns: &[Column], part: usize, top: f64) -> String {
    let count = columns.len() as f64;
    let mut path = String::new();
    for (place, column) in columns.iter().enumerate() {
        let size = column.parts.get(part).copied().unwrap_or_default();
        if size > 0.0 {
            let below: f64 = column.parts.iter().take(part).sum();
            let left = place as f64 + (1.0 - BAR_SHARE) / 2.0;
            let [left, right] = [left, left + BAR_SHARE].map(|x| on_grid(x / count));
            let [lower, upper] = [below, below + size].map(|height| on_grid(1.0 - height / top));
            path.push_str(&format!("M{left} {lower}V{upper}H{right}V{lower}Z"));
        }
    }
    path
}

/// Where there is no room, the first letter of a name stays, and every other number.
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
    fn parts_are_stacked_and_what_is_nothing_is_not_drawn() {
        let column = |parts: [f64; 2]| Column { label: String::new(), parts: parts.into() };
        let columns = [column([1.0, 3.0]), column([0.0, 2.0])];
        assert_eq!(series(&columns, 0, 4.0), "M800 10000V7500H4200V10000Z");
        assert_eq!(series(&columns, 1, 4.0), "M800 7500V0H4200V7500ZM5800 10000V5000H9200V10000Z");
        assert_eq!(series(&columns, 2, 4.0), "");
    }
}
