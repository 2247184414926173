//! The chart of the cost per call over the calls per year.
//!
//! It draws the recommended plan and each billing mode alone, and marks the range in which the recommended kind of plan stays
//! the cheapest. The chart always spans a third to three times the estimate's own volume; the whole range is drawn on demand.

use std::rc::Rc;

use yew::prelude::*;

use super::explanation::Explanation;
use crate::app::chart::lines::{ChartLine, LineChart, Lines, PreparedLines, Tick, line_chart};
use crate::app::chart::{Places, magnitude, use_point_keys};
use crate::app::markup::{El, el, group};
use crate::insight::{Curve, Point};
use crate::money::Money;
use crate::price_book::{MAX_CALLS, Unit};
use crate::wording::{self, charts as words, page};

/// The classes of the lines: the strategies in their order, and on top the recommended plan.
const CLASSES: [&str; 4] = ["line--packages", "line--postpaid", "line--concurrent", "line--best"];
/// A line that costs so many times as much as the recommended plan is named and not drawn.
const FAR: f64 = 2.0;
/// The points that Page Up and Page Down move by: ten percent of the volume.
const PAGE: usize = 7;

/// Which volumes a chart spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveSpan {
    /// A third to three times the estimate's own volume.
    Around,
    /// All that were calculated.
    Whole,
}

/// The points of a chart and their drawing.
struct CostCurve {
    points: Vec<Point>,
    /// The index of the estimate's own volume.
    given: usize,
    drawing: Rc<PreparedLines>,
    /// What lies above the drawing.
    far: Vec<String>,
}

/// The properties of [`CostChart`].
#[derive(Properties, PartialEq)]
pub struct CostChartProps {
    /// The curves.
    pub explanation: Explanation,
    /// The volumes.
    pub span: CurveSpan,
}

/// The chart with the figures at one volume.
#[component]
pub fn CostChart(props: &CostChartProps) -> Html {
    let cost = use_memo((props.explanation.clone(), props.span), |(explanation, span)| cost_of(explanation, *span));
    let selected = use_state_eq(|| None);
    let on_point = {
        let selected = selected.setter();
        Callback::from(move |place| selected.set(place))
    };
    let (chart, drawn) = (use_node_ref(), use_node_ref());
    let places = Places { count: cost.points.len(), selected: *selected, rest: Some(cost.given), page: PAGE };
    use_point_keys(&chart, places, &on_point);
    let shown = selected.filter(|&place: &usize| place < cost.points.len());
    let Some(point) = cost.points.get(shown.unwrap_or(cost.given)) else {
        return el("div.chart").attr("hidden", "").into();
    };
    let quoted = &props.explanation.quoted;
    let (currency, unit) = (&quoted.quote.currency, quoted.unit());
    let chart = line_chart(&LineChart {
        label: quoted.in_unit(words::CURVE_CHART),
        drawing: cost.drawing.clone(),
        selected: shown,
        rest: cost.given,
        value_text: page::curve_value(point, unit, currency),
        on_point,
        drawn,
        chart,
    });
    let far = (!cost.far.is_empty()).then(|| el("p.read-out__far").each(cost.far.iter().map(|far| el("span").with(far.clone()))));
    group().with(read_out(point, unit, currency)).with(far).with(chart).into()
}

/// The costs per call at one volume; the recommended plan comes first.
fn read_out(point: &Point, unit: &Unit, currency: &str) -> El {
    let item = |(line, ((_, cost), class)): (usize, ((&'static str, Option<Money>), &'static str))| {
        let cost = cost?.divided_by(point.calls)?;
        let name = page::line_name(line);
        let line = el("line").attr("class", class).attr("x1", "0").attr("x2", "100%").attr("y1", "50%").attr("y2", "50%");
        let key = el("svg.read-out__key").attr("aria-hidden", "true").with(line);
        Some(el("li.read-out__item").with(key).with(el("span").with(name)).with(el("strong").with(wording::share(cost, currency))))
    };
    let mut items: Vec<_> = page::curve_costs(point).into_iter().zip(CLASSES).enumerate().map(item).collect();
    items.rotate_right(1);
    el("ul.read-out")
        .attr("aria-hidden", "true")
        .with(el("li.read-out__at").with(page::at_volume(point.calls, unit)))
        .with(group().each(items))
}

#[expect(clippy::float_arithmetic, reason = "positions on the screen, not prices")]
fn cost_of(explanation: &Explanation, span: CurveSpan) -> CostCurve {
    let quoted = &explanation.quoted;
    let usage = quoted.scenario.usage();
    let given = usage.total();
    let (first, last) = match span {
        CurveSpan::Around => Curve::range_around(usage).into_inner(),
        CurveSpan::Whole => (1, MAX_CALLS),
    };
    let points = merged(explanation, first, last);
    let of_given = points.iter().position(|point| point.calls >= given).unwrap_or(0);
    let amount = |point: &Point, line: usize| page::curve_costs(point).get(line).and_then(|(_, cost)| *cost);
    let height = |point: &Point, line: usize| per_call(amount(point, line)?, point.calls);
    let best = points.get(of_given).and_then(|point| height(point, 3));
    let (mut lines, mut far) = (Vec::new(), Vec::new());
    for (line, class) in CLASSES.into_iter().enumerate() {
        let Some(point) = points.get(of_given) else { break };
        let name = page::line_name(line);
        let at_given = height(point, line);
        if let (Some(best), Some(cost)) = (best, at_given)
            && cost > best * FAR
        {
            let share = amount(point, line).and_then(|amount| amount.divided_by(point.calls));
            far.extend(share.map(|share| page::far_line(name, &wording::share(share, &quoted.quote.currency))));
            continue;
        }
        let limit = best.map_or(f64::MAX, |best| if span == CurveSpan::Around { best * FAR } else { f64::MAX });
        let heights: Vec<_> = points.iter().map(|point| height(point, line).filter(|&height| height <= limit || line == 3)).collect();
        if heights.iter().any(Option::is_some) {
            lines.push(ChartLine { class, name, heights });
        }
    }
    let range = explanation.insights.range;
    let (from, to) = (Some(range.from).filter(|&edge| edge > first), range.to.filter(|&edge| edge < last));
    let last_drawn = points.last().map_or(first, |point| point.calls);
    let band = (from.is_some() || to.is_some()).then(|| (from.unwrap_or(first), to.unwrap_or(last_drawn)));
    let ticks = match span {
        CurveSpan::Around => around_ticks(given, first, last_drawn),
        CurveSpan::Whole => whole_ticks(given, last_drawn),
    };
    let lines = Lines {
        places: points.iter().map(|point| point.calls).collect(),
        lines,
        ticks,
        band,
        band_name: page::range_mark(range.kind, from, to),
        currency: quoted.quote.currency.clone(),
    };
    CostCurve { points, given: of_given, drawing: Rc::new(PreparedLines::of(lines)), far }
}

/// The points of both curves from `first` to `last`, by rising volume.
fn merged(explanation: &Explanation, first: u64, last: u64) -> Vec<Point> {
    let mut around = explanation.around.points().peekable();
    let mut points: Vec<Point> = Vec::new();
    for point in explanation.curve.points() {
        while let Some(other) = around.next_if(|other| other.calls <= point.calls) {
            points.push(other.clone());
        }
        if points.last().is_none_or(|before| before.calls < point.calls) {
            points.push(point.clone());
        }
    }
    points.extend(around.cloned());
    points.retain(|point| (first..=last).contains(&point.calls));
    points
}

#[expect(clippy::float_arithmetic, reason = "a position on the screen, not a price")]
fn per_call(total: Money, calls: u64) -> Option<f64> {
    (calls > 0).then(|| magnitude(&total) / calls as f64)
}

/// A third, a half, once, twice and three times the given volume.
fn around_ticks(given: u64, first: u64, last: u64) -> Vec<Tick> {
    let tick = |place: u64, is_spare| Tick { place, name: wording::grouped(place), is_given: place == given, is_spare };
    let all = [tick(given / 3, true), tick(given / 2, false), tick(given, false), tick(given * 2, false), tick(given * 3, true)];
    let mut ticks: Vec<Tick> = all.into_iter().filter(|tick| (first..=last).contains(&tick.place)).collect();
    ticks.dedup_by_key(|tick| tick.place);
    ticks
}

/// The powers of ten, and the given volume.
fn whole_ticks(given: u64, last: u64) -> Vec<Tick> {
    let powers = (0..13).map(|power| 10_u64.pow(power)).filter(|&place| place <= last);
    let every = powers.clone().count() / 7 + 1;
    let tick = |place: u64| Tick { place, name: wording::on_axis(place), is_given: place == given, is_spare: false };
    powers.step_by(every).map(tick).collect()
}
