//! A line chart of the cost per call over the volume.
//!
//! The volume is logarithmic, the cost linear and not from zero, since it compares lines and not areas. Positions of ticks
//! do not depend on the figures, so a keystroke only changes words. The owner is called with the place under the pointer and
//! shows its figures.

#![expect(clippy::float_arithmetic, reason = "positions on the screen, not prices")]

use std::fmt::Write;
use std::rc::Rc;

use yew::prelude::*;

use super::ticks::Ticks;
use super::{grid, on_grid, percent, stretched};
use crate::app::markup::{El, On, el};

/// The space between the names of two lines, as a fraction of the height.
const NAME_HEIGHT: f64 = 0.085;

/// Lines over a shared row of places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// The places in ascending order, from 1 on.
    pub places: Vec<u64>,
    /// The lines, in the order they are drawn.
    pub lines: Vec<ChartLine>,
    /// The numbers below the drawing.
    pub ticks: Vec<Tick>,
    /// The range to mark, from its first to its last place.
    pub band: Option<(u64, u64)>,
    /// The label above the band.
    pub band_name: String,
    /// The currency of the heights.
    pub currency: String,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLine {
    /// The class, which sets its colour and stroke.
    pub class: &'static str,
    /// The name at its end.
    pub name: &'static str,
    /// The height at each place; `None` leaves a gap.
    pub heights: Vec<Option<f64>>,
}

/// A number below the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Its place.
    pub place: u64,
    /// The number.
    pub name: String,
    /// Whether it is the volume of the estimate.
    pub is_given: bool,
    /// Whether a narrow screen leaves it out.
    pub is_spare: bool,
}

impl Lines {
    /// The horizontal position of a place, 0 to 1.
    fn fraction(&self, place: u64) -> f64 {
        let (first, last) = (self.left(), self.right());
        logarithm(place.clamp(first, last) as f64 / first as f64) / logarithm(last as f64 / first as f64)
    }

    fn left(&self) -> u64 {
        self.places.first().copied().unwrap_or(1).max(1)
    }

    fn right(&self) -> u64 {
        self.places.last().copied().unwrap_or(1).max(self.left() + 1)
    }

    /// The index of the place nearest to a horizontal position.
    fn nearest(&self, fraction: f64) -> Option<usize> {
        let far = |place: &u64| (self.fraction(*place) - fraction).abs();
        self.places.iter().enumerate().min_by(|(_, one), (_, other)| far(one).total_cmp(&far(other))).map(|(index, _)| index)
    }

    fn vertical_axis(&self) -> VerticalAxis {
        let heights = || self.lines.iter().flat_map(|line| line.heights.iter().flatten().copied());
        let (least, most) = (heights().fold(f64::MAX, f64::min), heights().fold(0.0, f64::max));
        let ticks = Ticks::between(least.min(most), most, 4);
        let (bottom, top) = ticks.ends();
        VerticalAxis { bottom, top, labels: ticks.labels().map(|label| crate::wording::money(label, &self.currency)).collect() }
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

    /// The names of the lines with their vertical positions, 0 at the top, moved apart.
    fn names(&self, axis: &VerticalAxis) -> Vec<(&'static str, f64)> {
        let end = |line: &ChartLine| Some((line.name, 1.0 - axis.fraction((*line.heights.last()?)?)));
        let mut names: Vec<(&'static str, f64)> = Vec::new();
        for (name, y) in self.lines.iter().rev().filter_map(end) {
            let place = names.partition_point(|(_, other)| *other <= y);
            names.insert(place, (name, y));
        }
        let mut free = 0.0;
        for (_, y) in &mut names {
            *y = y.max(free);
            free = *y + NAME_HEIGHT;
        }
        let mut free = 1.0;
        for (_, y) in names.iter_mut().rev() {
            *y = y.min(free);
            free = *y - NAME_HEIGHT;
        }
        names
    }
}

/// The vertical axis.
struct VerticalAxis {
    bottom: f64,
    top: f64,
    /// Evenly spaced, from the bottom up.
    labels: Vec<String>,
}

impl VerticalAxis {
    /// The position of an amount, 0 at the bottom to 1 at the top.
    fn fraction(&self, height: f64) -> f64 {
        (height - self.bottom) / (self.top - self.bottom)
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
    /// The lines.
    pub drawing: Rc<PreparedLines>,
    /// The index of the selected place.
    pub selected: Option<usize>,
    /// The index of the place that is shown while none is selected.
    pub rest: usize,
    /// The figures at the shown place, for screen readers.
    pub value_text: String,
    /// The accessible name.
    pub label: String,
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
    let PreparedLines { lines, axis, axis_labels, plot, names, below } = &*props.drawing;
    let point = {
        let (drawn, on_point, drawing) = (drawn.clone(), props.on_point.clone(), props.drawing.clone());
        Callback::from(move |event: Event| {
            if let Some(fraction) = super::fraction_at(&event, &drawn) {
                on_point.emit(drawing.lines.nearest(fraction));
            }
        })
    };
    let shown = props.selected.filter(|&index| index < lines.places.len()).unwrap_or(props.rest);
    let calls = |index: usize| lines.places.get(index).copied().unwrap_or(0).to_string();
    el("div.chart")
        .known_as(&props.chart)
        .attr("tabindex", "0")
        .attr("role", "slider")
        .attr("aria-label", props.label.clone())
        .attr("aria-valuemin", calls(0))
        .attr("aria-valuemax", calls(lines.places.len().saturating_sub(1)))
        .attr("aria-valuenow", calls(shown))
        .attr("aria-valuetext", props.value_text.clone())
        .on(On::Blur, props.on_point.reform(|_| None))
        .with(
            el("div.chart__panel").attr("aria-hidden", "true").with(
                el("div.chart__body")
                    .with(axis_labels.clone())
                    .with(
                        el("svg.chart__plot")
                            .known_as(drawn)
                            .on(On::PointerMove, point.clone())
                            .on(On::PointerDown, point)
                            .on(On::PointerLeave, props.on_point.reform(|_| None))
                            .with(plot.clone())
                            .with(cursor(lines, shown, axis)),
                    )
                    .with(names.clone())
                    .with(below.clone()),
            ),
        )
}

/// The parts of a chart that stay the same while the pointer moves.
pub struct PreparedLines {
    lines: Lines,
    axis: VerticalAxis,
    axis_labels: Html,
    plot: Html,
    names: Html,
    below: Html,
}

impl PreparedLines {
    /// Draws lines.
    pub fn of(lines: Lines) -> Self {
        let axis = lines.vertical_axis();
        let axis_labels =
            el("div.chart__axis").attr("translate", "no").each(axis.labels.iter().rev().map(|label| el("span").with(label.clone())));
        let band = lines.band.map(|(from, to)| {
            let (from, to) = (lines.fraction(from), lines.fraction(to));
            let name = el("text.chart__band-name")
                .attr("x", percent(f64::midpoint(from, to)))
                .attr("y", "-0.5em")
                .attr("text-anchor", anchor(f64::midpoint(from, to), 0.25))
                .with(lines.band_name.clone());
            let area =
                el("rect.chart__band").attr("x", percent(from)).attr("width", percent(to - from)).attr("y", "0").attr("height", "100%");
            el("g").with(area).with(name)
        });
        let paths = lines
            .lines
            .iter()
            .map(|line| el("path").attr("class", ["chart__line ", line.class].concat()).attr("d", lines.path(line, &axis)));
        let plot =
            el("g").with(band).with(stretched().with(grid("path.chart__grid", axis.label_fractions()))).with(stretched().each(paths));
        let name = |(name, y): (&'static str, f64)| el("text").attr("x", "0").attr("y", percent(y)).attr("dy", "0.35em").with(name);
        let names = el("svg.chart__names").each(lines.names(&axis).into_iter().map(name));
        let below = lines.ticks.iter().map(|tick| {
            let fraction = lines.fraction(tick.place);
            let class = match (tick.is_given, tick.is_spare) {
                (true, _) => "text.chart__tick chart__tick--given",
                (_, true) => "text.chart__tick chart__tick--spare",
                _ => "text.chart__tick",
            };
            el(class).attr("x", percent(fraction)).attr("y", "1em").attr("text-anchor", anchor(fraction, 0.06)).with(tick.name.clone())
        });
        let below = el("svg.chart__below").attr("translate", "no").each(below);
        Self { axis, axis_labels: axis_labels.into(), plot: plot.into(), names: names.into(), below: below.into(), lines }
    }
}

/// The alignment of a label, so that it stays inside the chart at both ends.
fn anchor(fraction: f64, margin: f64) -> &'static str {
    match fraction {
        fraction if fraction < margin => "start",
        fraction if fraction > 1.0 - margin => "end",
        _ => "middle",
    }
}

/// The shown place: a vertical line with a dot on each line of the chart.
fn cursor(lines: &Lines, index: usize, axis: &VerticalAxis) -> Option<El> {
    let x = percent(lines.fraction(*lines.places.get(index)?));
    let dots = lines.lines.iter().map(|line| {
        line.heights.get(index).copied().flatten().map(|height| {
            let y = percent(1.0 - axis.fraction(height));
            el("circle").attr("class", ["chart__dot ", line.class].concat()).attr("cx", x.clone()).attr("cy", y).attr("r", "4.5")
        })
    });
    let mark = el("line.chart__cursor").attr("x1", x.clone()).attr("x2", x.clone()).attr("y1", "0").attr("y2", "100%");
    Some(el("g").with(mark).each(dots))
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

    fn lines(places: &[u64], heights: &[Option<f64>]) -> Lines {
        let lines = vec![ChartLine { class: "best", name: "Best", heights: heights.to_vec() }];
        Lines { places: places.to_vec(), lines, currency: "USD".into(), ..Lines::default() }
    }

    #[test]
    fn spaces_equal_factors_equally() {
        let lines = lines(&[1, 10, 100, 10_000], &[Some(4.0), Some(3.0), None, Some(3.5)]);
        assert_eq!([1, 10, 100, 10_000].map(|place| percent(lines.fraction(place))), ["0.00%", "25.00%", "50.00%", "100.00%"]);
        assert_eq!(lines.vertical_axis().labels, ["$3.00", "$3.25", "$3.50", "$3.75", "$4.00"]);
        assert_eq!(lines.path(&lines.lines[0], &lines.vertical_axis()), "M0 0L2500 10000M10000 5000");
        assert_eq!((lines.nearest(0.6), lines.nearest(1.0)), (Some(2), Some(3)));
    }

    #[test]
    fn draws_equal_heights_inside_the_chart() {
        for height in [0.0, 4.2] {
            let lines = lines(&[1, 3], &[Some(height); 2]);
            let fraction = lines.vertical_axis().fraction(height);
            assert!((0.0..=1.0).contains(&fraction), "{height}: {fraction}");
        }
    }

    #[test]
    fn moves_names_apart_that_would_cover_each_other() {
        let mut lines = lines(&[1, 3], &[Some(3.0); 2]);
        lines.lines.extend(["Second", "Third"].map(|name| ChartLine { name, ..lines.lines[0].clone() }));
        let ys: Vec<f64> = lines.names(&lines.vertical_axis()).into_iter().map(|(_, y)| y).collect();
        assert!(ys.windows(2).all(|pair| pair[1] - pair[0] > NAME_HEIGHT - 1e-9) && ys[2] <= 1.0, "{ys:?}");
    }
}
