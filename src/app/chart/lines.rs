//! How is an amount drawn over a range of numbers?
//!
//! Lines over a common row of places, from zero or over powers of ten, with labelled marks. Which place is pointed at
//! is told to the owner, who writes out what is there.

#![expect(clippy::float_arithmetic, reason = "places on a screen, not prices")]

use std::fmt::Write;
use std::rc::Rc;

use yew::prelude::*;

use super::ticks::{Ticks, power_of_ten, short};
use super::{grid, on_grid, percent, stretched};
use crate::app::markup::{El, On, el};

/// Lines over a common row of places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// The places, rising.
    pub places: Vec<u64>,
    /// Each with a height for every place; `None` leaves a gap.
    pub lines: Vec<Line>,
    /// What is marked, from left to right.
    pub marks: Vec<Mark>,
    /// Are the places spread by their powers of ten?
    pub by_powers: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Gives it its colour and stroke.
    pub class: &'static str,
    /// By place.
    pub heights: Vec<Option<f64>>,
}

/// An upright mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub place: u64,
    /// What it is, for the legend that the owner writes.
    pub label: String,
    /// Gives it its colour.
    pub class: &'static str,
}

impl Lines {
    /// How far to the right a place is, 0 to 1.
    fn share(&self, place: u64) -> f64 {
        let (first, last) = (self.left(), self.right());
        if self.by_powers {
            logarithm(place.max(first) as f64 / first as f64) / logarithm(last as f64 / first as f64)
        } else {
            place.saturating_sub(first) as f64 / (last - first) as f64
        }
    }

    fn left(&self) -> u64 {
        let first = self.places.first().copied().unwrap_or(0);
        if self.by_powers { first.max(1) } else { first }
    }

    fn right(&self) -> u64 {
        self.places.last().copied().unwrap_or(0).max(self.left() + 1)
    }

    /// The place nearest to a share of the width.
    fn nearest(&self, share: f64) -> Option<usize> {
        let far = |place: &u64| (self.share(*place) - share).abs();
        self.places.iter().enumerate().min_by(|(_, one), (_, other)| far(one).total_cmp(&far(other))).map(|(index, _)| index)
    }

    fn upright(&self) -> Upright {
        let heights = || self.lines.iter().flat_map(|line| line.heights.iter().flatten().copied());
        let most = heights().fold(0.0, f64::max);
        if !self.by_powers || most <= 0.0 {
            let ticks = Ticks::up_to(most, 4, false);
            return Upright { bottom: None, top: ticks.top(), labels: (0..=ticks.steps).map(|step| ticks.label(step)).collect() };
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
        Upright { bottom: Some(power_of_ten(from)), top: power_of_ten(to), labels }
    }

    /// Round numbers beneath the axis, with their share of the width.
    fn below(&self) -> Vec<(f64, String)> {
        if self.by_powers {
            let powers = (0..13).filter(|&power| (self.left() as f64..=self.right() as f64).contains(&power_of_ten(power)));
            let every = (powers.clone().count() / 6) + 1;
            powers.step_by(every).map(|power| (self.share(10_u64.pow(power as u32)), short(1, power))).collect()
        } else {
            let ticks = Ticks::up_to(self.right() as f64, 4, true);
            let places = (0..=ticks.steps).map(|step| (f64::from(step) * ticks.top() / f64::from(ticks.steps), ticks.label(step)));
            let within = places.filter(|&(place, _)| place >= self.left() as f64 && place <= self.right() as f64);
            within.map(|(place, label)| (self.share(place as u64), label)).collect()
        }
    }

    fn path(&self, line: &Line, upright: &Upright) -> String {
        let mut path = String::new();
        let mut joined = false;
        for (&place, height) in self.places.iter().zip(&line.heights) {
            let Some(height) = height else {
                joined = false;
                continue;
            };
            let (x, y) = (on_grid(self.share(place)), on_grid(1.0 - upright.share(*height)));
            // Writing to a string cannot fail.
            let _ = write!(path, "{}{x} {y}", if joined { "L" } else { "M" });
            joined = true;
        }
        path
    }
}

/// The upright axis.
struct Upright {
    /// Its lowest amount, where it goes by powers of ten; else it starts at nothing.
    bottom: Option<f64>,
    top: f64,
    /// Evenly spaced, from the bottom up.
    labels: Vec<String>,
}

impl Upright {
    /// How far up an amount is, 0 to 1.
    fn share(&self, height: f64) -> f64 {
        match self.bottom {
            Some(bottom) => logarithm(height / bottom) / logarithm(self.top / bottom),
            None => height / self.top,
        }
    }

    /// How far down each label is, 0 to 1.
    fn places(&self) -> impl Iterator<Item = f64> {
        let last = self.labels.len().saturating_sub(1).max(1) as f64;
        (0..self.labels.len()).map(move |step| 1.0 - step as f64 / last)
    }
}

/// The natural logarithm of a number of at least 1, to the accuracy of a screen. The standard library's would bring in
/// several kilobytes.
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

/// What the chart shows.
pub struct LineChart {
    /// What the upright axis counts.
    pub title: String,
    /// What the other axis counts.
    pub below: &'static str,
    /// What is drawn.
    pub drawing: Rc<Drawing>,
    /// The place that is read out, by index.
    pub selected: Option<usize>,
    /// The read-out in words, for those who hear the page.
    pub spoken: String,
    /// The accessible name.
    pub label: &'static str,
    /// Told the place that the pointer or the keyboard is on.
    pub on_point: Callback<Option<usize>>,
    /// Of the drawing.
    pub drawn: NodeRef,
    /// Of all of it, for its keys.
    pub chart: NodeRef,
}

/// A chart of lines that is read out by pointer and arrow keys.
pub fn line_chart(props: &LineChart) -> El {
    let drawn = &props.drawn;
    let Drawing { lines, upright, axis, plot, below } = &*props.drawing;
    let point = {
        let (drawn, on_point, drawing) = (drawn.clone(), props.on_point.clone(), props.drawing.clone());
        Callback::from(move |event: Event| {
            if let Some(share) = super::share_at(&event, &drawn) {
                on_point.emit(drawing.lines.nearest(share));
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
        .attr("aria-valuemax", lines.places.len().to_string())
        .attr("aria-valuenow", selected.map_or(0, |index| index + 1).to_string())
        .attr("aria-valuetext", props.spoken.clone())
        .on(On::Blur, props.on_point.reform(|_| None))
        .with(
            el("div.chart__panel")
                .attr("aria-hidden", "true")
                .with(el("p.chart__title").with(props.title.clone()))
                .with(
                    el("div.chart__body").with(axis.clone()).with(
                        el("svg.chart__plot chart__plot--tall")
                            .known_as(drawn)
                            .on(On::PointerMove, point.clone())
                            .on(On::PointerDown, point)
                            .on(On::PointerLeave, props.on_point.reform(|_| None))
                            .with(plot.clone())
                            .with(selected.map(|index| at(lines, index, upright))),
                    ),
                )
                .with(below.clone())
                .with(el("p.chart__below-title").with(props.below)),
        )
}

/// What does not change while the pointer moves.
pub struct Drawing {
    /// What is drawn.
    pub lines: Lines,
    upright: Upright,
    axis: Html,
    plot: Html,
    below: Html,
}

impl Drawing {
    /// Draws lines.
    pub fn of(lines: Lines) -> Self {
        let upright = lines.upright();
        let labels = upright.labels.iter().rev();
        let axis = el("div.chart__axis").each(labels.map(|label| el("span").with(label.clone())));
        let marks = lines.marks.iter().map(|mark| {
            let x = percent(lines.share(mark.place));
            el("line").attr("class", mark.class).attr("x1", x.clone()).attr("x2", x).attr("y1", "0").attr("y2", "100%")
        });
        let paths = lines
            .lines
            .iter()
            .map(|line| el("path").attr("class", ["chart__line ", line.class].concat()).attr("d", lines.path(line, &upright)));
        let plot = el("g").with(stretched().with(grid("path.chart__grid", upright.places()))).each(marks).with(stretched().each(paths));
        let below = lines
            .below()
            .into_iter()
            .map(|(share, label)| el("text").attr("x", percent(share)).attr("y", "1em").attr("text-anchor", anchor(share)).with(label));
        let below = el("svg.chart__below").each(below);
        Self { upright, axis: axis.into(), plot: plot.into(), below: below.into(), lines }
    }
}

/// Keeps what is written near an edge inside.
fn anchor(share: f64) -> &'static str {
    match share {
        share if share < 0.06 => "start",
        share if share > 0.94 => "end",
        _ => "middle",
    }
}

/// The place that is read out: a line across, and a dot on each line.
fn at(lines: &Lines, index: usize, upright: &Upright) -> El {
    let x = percent(lines.share(lines.places[index]));
    let dots = lines.lines.iter().map(|line| {
        line.heights.get(index).copied().flatten().map(|height| {
            let y = percent(1.0 - upright.share(height));
            el("circle").attr("class", ["chart__dot ", line.class].concat()).attr("cx", x.clone()).attr("cy", y).attr("r", "4")
        })
    });
    el("g").with(el("line.chart__cursor").attr("x1", x.clone()).attr("x2", x.clone()).attr("y1", "0").attr("y2", "100%")).each(dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_as_accurate_as_a_screen() {
        for number in [1.0_f64, 1.5, 1.999, 2.0, 10.0, 12_345.678, 1e12] {
            assert!((logarithm(number) - number.ln()).abs() < 1e-4, "{number}");
        }
    }

    fn lines(places: &[u64], by_powers: bool) -> Lines {
        let heights = places.iter().map(|&place| (place != 50).then_some(place as f64)).collect();
        Lines { places: places.to_vec(), lines: vec![Line { class: "best", heights }], marks: Vec::new(), by_powers }
    }

    #[test]
    fn a_line_has_a_gap_where_there_is_nothing() {
        let lines = lines(&[0, 25, 50, 75, 100], false);
        assert_eq!(lines.path(&lines.lines[0], &lines.upright()), "M0 10000L2500 7500M7500 2500L10000 0");
        assert_eq!(lines.nearest(0.6), Some(2));
        assert_eq!(lines.nearest(1.0), Some(4));
    }

    #[test]
    fn wide_ranges_go_by_powers_of_ten_in_both_directions() {
        let lines = lines(&[1, 10, 100, 10_000], true);
        assert_eq!(lines.upright().labels, ["1", "10", "100", "1k", "10k"]);
        assert_eq!(lines.path(&lines.lines[0], &lines.upright()), "M0 10000L2500 7500L5000 5000L10000 0");
    }

    #[test]
    fn nothing_lies_at_the_foot_of_both_axes() {
        for by_powers in [false, true] {
            let line = Line { class: "best", heights: vec![Some(0.0); 2] };
            let lines = Lines { places: vec![1, 10], lines: vec![line], marks: Vec::new(), by_powers };
            assert_eq!(lines.upright().labels, ["0", "1"]);
            assert_eq!(lines.path(&lines.lines[0], &lines.upright()), "M0 10000L10000 10000");
        }
    }

    #[test]
    fn numbers_beneath_are_round_and_at_their_place() {
        let below = |places: &[u64], by_powers| {
            lines(places, by_powers).below().into_iter().map(|(share, label)| format!("{} {label}", percent(share))).collect::<Vec<_>>()
        };
        assert_eq!(below(&[0, 90], false), ["0.00% 0", "27.78% 25", "55.56% 50", "83.33% 75"]);
        assert_eq!(below(&[1, 100], true), ["0.00% 1", "50.00% 10", "100.00% 100"]);
        assert_eq!(below(&[], false), ["0.00% 0", "100.00% 1"]);
    }
}
