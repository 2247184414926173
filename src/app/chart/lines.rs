//! A line chart with linear or logarithmic axes.
//!
//! All lines share one row of places. The owner is called with the place under the pointer and shows its figures.

#![expect(clippy::float_arithmetic, reason = "positions on the screen, not prices")]

use std::fmt::Write;
use std::rc::Rc;

use yew::prelude::*;

use super::ticks::{Ticks, power_of_ten, short};
use super::{grid, on_grid, percent, stretched};
use crate::app::markup::{El, On, el};

/// Lines over a shared row of places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// The places in ascending order.
    pub places: Vec<u64>,
    /// The lines, in the order they are drawn.
    pub lines: Vec<ChartLine>,
    /// The vertical marks, from left to right.
    pub marks: Vec<Mark>,
    /// Whether both axes are logarithmic.
    pub is_logarithmic: bool,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLine {
    /// The class, which sets its colour and stroke.
    pub class: &'static str,
    /// The height at each place; `None` leaves a gap.
    pub heights: Vec<Option<f64>>,
}

/// A vertical mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its place, which need not be one of the row.
    pub place: u64,
    /// The class, which sets its colour.
    pub class: &'static str,
}

impl Lines {
    /// The horizontal position of a place, 0 to 1.
    fn fraction(&self, place: u64) -> f64 {
        let (first, last) = (self.left(), self.right());
        if self.is_logarithmic {
            logarithm(place.max(first) as f64 / first as f64) / logarithm(last as f64 / first as f64)
        } else {
            place.saturating_sub(first) as f64 / (last - first) as f64
        }
    }

    fn left(&self) -> u64 {
        let first = self.places.first().copied().unwrap_or(0);
        if self.is_logarithmic { first.max(1) } else { first }
    }

    fn right(&self) -> u64 {
        self.places.last().copied().unwrap_or(0).max(self.left() + 1)
    }

    /// The index of the place nearest to a horizontal position.
    fn nearest(&self, fraction: f64) -> Option<usize> {
        let far = |place: &u64| (self.fraction(*place) - fraction).abs();
        self.places.iter().enumerate().min_by(|(_, one), (_, other)| far(one).total_cmp(&far(other))).map(|(index, _)| index)
    }

    fn vertical_axis(&self) -> VerticalAxis {
        let heights = || self.lines.iter().flat_map(|line| line.heights.iter().flatten().copied());
        let most = heights().fold(0.0, f64::max);
        if !self.is_logarithmic || most <= 0.0 {
            let ticks = Ticks::up_to(most, 4, false);
            return VerticalAxis { bottom: None, top: ticks.top(), labels: (0..=ticks.steps).map(|step| ticks.label(step)).collect() };
        }
        let least = heights().filter(|&height| height > 0.0).fold(most.max(1.0), f64::min);
        let (mut from, mut to) = (-9, 40);
        while power_of_ten(from + 1) <= least {
            from += 1;
        }
        while to > from + 1 && power_of_ten(to - 1) >= most {
            to -= 1;
        }
        let labels = (from..=to).map(|power| short(1, power)).collect();
        VerticalAxis { bottom: Some(power_of_ten(from)), top: power_of_ten(to), labels }
    }

    /// The round numbers of the horizontal axis, with their positions.
    fn horizontal_labels(&self) -> Vec<(f64, String)> {
        if self.is_logarithmic {
            let powers = (0..13).filter(|&power| (self.left() as f64..=self.right() as f64).contains(&power_of_ten(power)));
            let every = (powers.clone().count() / 6) + 1;
            powers.step_by(every).map(|power| (self.fraction(10_u64.pow(power as u32)), short(1, power))).collect()
        } else {
            let ticks = Ticks::up_to(self.right() as f64, 4, true);
            let places = (0..=ticks.steps).map(|step| (f64::from(step) * ticks.top() / f64::from(ticks.steps), ticks.label(step)));
            let within = places.filter(|&(place, _)| place >= self.left() as f64 && place <= self.right() as f64);
            within.map(|(place, label)| (self.fraction(place as u64), label)).collect()
        }
    }

    fn path(&self, line: &ChartLine, axis: &VerticalAxis) -> String {
        let mut path = String::new();
        let mut joined = false;
        for (&place, height) in self.places.iter().zip(&line.heights) {
            let Some(height) = height else {
                joined = false;
                continue;
            };
            let (x, y) = (on_grid(self.fraction(place)), on_grid(1.0 - axis.fraction(*height)));
            // Writing to a string never fails.
            let _ = write!(path, "{}{x} {y}", if joined { "L" } else { "M" });
            joined = true;
        }
        path
    }
}

/// The vertical axis.
struct VerticalAxis {
    /// The lowest amount of a logarithmic axis; a linear one starts at zero.
    bottom: Option<f64>,
    top: f64,
    /// Evenly spaced, from the bottom up.
    labels: Vec<String>,
}

impl VerticalAxis {
    /// The position of an amount, 0 at the bottom to 1 at the top.
    fn fraction(&self, height: f64) -> f64 {
        match self.bottom {
            Some(bottom) => logarithm(height / bottom) / logarithm(self.top / bottom),
            None => height / self.top,
        }
    }

    /// The positions of the labels, 0 at the top to 1 at the bottom.
    fn label_fractions(&self) -> impl Iterator<Item = f64> {
        let last = self.labels.len().saturating_sub(1).max(1) as f64;
        (0..self.labels.len()).map(move |step| 1.0 - step as f64 / last)
    }
}

/// The natural logarithm of a number of at least 1, accurate to a pixel. The standard library's version would add several
/// kilobytes to the page.
fn logarithm(number: f64) -> f64 {
    let (mut rest, mut doublings) = (number.max(1.0), 0.0);
    while rest >= 2.0 {
        (rest, doublings) = (rest / 2.0, doublings + 1.0);
    }
    // ln(r) = 2 artanh((r - 1) / (r + 1)), whose series converges fast for r below 2.
    let ratio = (rest - 1.0) / (rest + 1.0);
    let square = ratio * ratio;
    let series = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square / 9.0)));
    doublings * std::f64::consts::LN_2 + 2.0 * ratio * series
}

/// The content of a chart.
pub struct LineChart {
    /// The title of the vertical axis.
    pub title: String,
    /// The title of the horizontal axis.
    pub below: &'static str,
    /// The lines.
    pub drawing: Rc<PreparedLines>,
    /// The index of the selected place.
    pub selected: Option<usize>,
    /// The index of the place that is shown while none is selected.
    pub rest: usize,
    /// The figures at the shown place, for screen readers.
    pub value_text: String,
    /// The accessible name.
    pub label: &'static str,
    /// Called with the place that the pointer or the keyboard reaches.
    pub on_point: Callback<Option<usize>>,
    /// The drawing.
    pub drawn: NodeRef,
    /// The chart, which receives the keys.
    pub chart: NodeRef,
}

/// The chart, a slider that the pointer and the arrow keys move.
pub fn line_chart(props: &LineChart) -> El {
    let drawn = &props.drawn;
    let PreparedLines { lines, axis, axis_labels, plot, below } = &*props.drawing;
    let point = {
        let (drawn, on_point, drawing) = (drawn.clone(), props.on_point.clone(), props.drawing.clone());
        Callback::from(move |event: Event| {
            if let Some(fraction) = super::fraction_at(&event, &drawn) {
                on_point.emit(drawing.lines.nearest(fraction));
            }
        })
    };
    let selected = props.selected.filter(|&index| index < lines.places.len());
    el("div.chart")
        .known_as(&props.chart)
        .attr("tabindex", "0")
        .attr("role", "slider")
        .attr("aria-label", props.label)
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", lines.places.len().saturating_sub(1).to_string())
        .attr("aria-valuenow", selected.unwrap_or(props.rest).to_string())
        .attr("aria-valuetext", props.value_text.clone())
        .on(On::Blur, props.on_point.reform(|_| None))
        .with(
            el("div.chart__panel")
                .attr("aria-hidden", "true")
                .with(el("p.chart__title").with(props.title.clone()))
                .with(
                    el("div.chart__body").with(axis_labels.clone()).with(
                        el("svg.chart__plot chart__plot--tall")
                            .known_as(drawn)
                            .on(On::PointerMove, point.clone())
                            .on(On::PointerDown, point)
                            .on(On::PointerLeave, props.on_point.reform(|_| None))
                            .with(plot.clone())
                            .with(selected.map(|index| cursor(lines, index, axis))),
                    ),
                )
                .with(below.clone())
                .with(el("p.chart__below-title").with(props.below)),
        )
}

/// The parts of a chart that stay the same while the pointer moves.
pub struct PreparedLines {
    lines: Lines,
    axis: VerticalAxis,
    axis_labels: Html,
    plot: Html,
    below: Html,
}

impl PreparedLines {
    /// Draws lines.
    pub fn of(lines: Lines) -> Self {
        let axis = lines.vertical_axis();
        let axis_labels =
            el("div.chart__axis").attr("translate", "no").each(axis.labels.iter().rev().map(|label| el("span").with(label.clone())));
        let marks = lines.marks.iter().map(|mark| {
            let x = percent(lines.fraction(mark.place));
            el("line").attr("class", mark.class).attr("x1", x.clone()).attr("x2", x).attr("y1", "0").attr("y2", "100%")
        });
        let paths = lines
            .lines
            .iter()
            .map(|line| el("path").attr("class", ["chart__line ", line.class].concat()).attr("d", lines.path(line, &axis)));
        let plot =
            el("g").with(stretched().with(grid("path.chart__grid", axis.label_fractions()))).each(marks).with(stretched().each(paths));
        let below = lines.horizontal_labels().into_iter().map(|(fraction, label)| {
            el("text").attr("x", percent(fraction)).attr("y", "1em").attr("text-anchor", anchor(fraction)).with(label)
        });
        let below = el("svg.chart__below").attr("translate", "no").each(below);
        Self { axis, axis_labels: axis_labels.into(), plot: plot.into(), below: below.into(), lines }
    }
}

/// The alignment of a label, so that it stays inside the chart at both ends.
fn anchor(fraction: f64) -> &'static str {
    match fraction {
        fraction if fraction < 0.06 => "start",
        fraction if fraction > 0.94 => "end",
        _ => "middle",
    }
}

/// The selected place: a vertical line with a dot on each line of the chart.
fn cursor(lines: &Lines, index: usize, axis: &VerticalAxis) -> El {
    let x = percent(lines.fraction(lines.places[index]));
    let dots = lines.lines.iter().map(|line| {
        line.heights.get(index).copied().flatten().map(|height| {
            let y = percent(1.0 - axis.fraction(height));
            el("circle").attr("class", ["chart__dot ", line.class].concat()).attr("cx", x.clone()).attr("cy", y).attr("r", "4")
        })
    });
    el("g").with(el("line.chart__cursor").attr("x1", x.clone()).attr("x2", x.clone()).attr("y1", "0").attr("y2", "100%")).each(dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computes_logarithms_to_four_decimals() {
        for number in [1.0_f64, 1.5, 1.999, 2.0, 10.0, 12_345.678, 1e12] {
            assert!((logarithm(number) - number.ln()).abs() < 1e-4, "{number}");
        }
    }

    fn lines(places: &[u64], is_logarithmic: bool) -> Lines {
        let heights = places.iter().map(|&place| (place != 50).then_some(place as f64)).collect();
        Lines { places: places.to_vec(), lines: vec![ChartLine { class: "best", heights }], marks: Vec::new(), is_logarithmic }
    }

    #[test]
    fn leaves_a_gap_where_a_line_has_no_height() {
        let lines = lines(&[0, 25, 50, 75, 100], false);
        assert_eq!(lines.path(&lines.lines[0], &lines.vertical_axis()), "M0 10000L2500 7500M7500 2500L10000 0");
        assert_eq!(lines.nearest(0.6), Some(2));
        assert_eq!(lines.nearest(1.0), Some(4));
    }

    #[test]
    fn wide_ranges_go_is_logarithmic_of_ten_in_both_directions() {
        let lines = lines(&[1, 10, 100, 10_000], true);
        assert_eq!(lines.vertical_axis().labels, ["1", "10", "100", "1k", "10k"]);
        assert_eq!(lines.path(&lines.lines[0], &lines.vertical_axis()), "M0 10000L2500 7500L5000 5000L10000 0");
    }

    #[test]
    fn draws_zero_at_the_bottom_of_both_kinds_of_axis() {
        for is_logarithmic in [false, true] {
            let line = ChartLine { class: "best", heights: vec![Some(0.0); 2] };
            let lines = Lines { places: vec![1, 10], lines: vec![line], marks: Vec::new(), is_logarithmic };
            assert_eq!(lines.vertical_axis().labels, ["0", "1"]);
            assert_eq!(lines.path(&lines.lines[0], &lines.vertical_axis()), "M0 10000L10000 10000");
        }
    }

    #[test]
    fn places_round_numbers_under_the_chart() {
        let below = |places: &[u64], is_logarithmic| {
            lines(places, is_logarithmic)
                .horizontal_labels()
                .into_iter()
                .map(|(fraction, label)| format!("{} {label}", percent(fraction)))
                .collect::<Vec<_>>()
        };
        assert_eq!(below(&[0, 90], false), ["0.00% 0", "27.78% 25", "55.56% 50", "83.33% 75"]);
        assert_eq!(below(&[1, 100], true), ["0.00% 1", "50.00% 10", "100.00% 100"]);
        assert_eq!(below(&[], false), ["0.00% 0", "100.00% 1"]);
    }
}
