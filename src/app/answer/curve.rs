//! The chart of the cost per year over the calls per year.
//!
//! It draws the recommended plan and each billing mode alone, and marks the estimate's own volume and the range in which
//! the recommended kind of plan stays the cheapest.

use std::rc::Rc;

use yew::prelude::*;

use super::explanation::Explanation;
use crate::app::chart::legend::{self, FigureLength, Key};
use crate::app::chart::lines::{ChartLine, LineChart, Lines, Mark, PreparedLines, line_chart};
use crate::app::chart::magnitude;
use crate::app::markup::{El, el, group};
use crate::insight::Point;
use crate::money::Money;
use crate::wording::{self, charts as words, page};

/// The horizontal axis is logarithmic where the range reaches beyond this many times the estimate's volume.
const WIDE: u64 = 8;
/// A logarithmic axis starts at this fraction of the estimate's volume.
const SMALL_PART: u64 = 32;
/// The classes of the lines: the strategies in their order, and on top the recommended plan.
const CLASSES: [&str; 4] = ["line--packages", "line--postpaid", "line--concurrent", "line--best"];
const GIVEN_MARK: &str = "chart__mark chart__mark--given";
const RANGE_MARK: &str = "chart__mark";

/// The characters of an amount that fit beside the names on the narrowest screen.
const ROOM: usize = 12;

/// The points of the chart and their drawing.
pub struct CostCurve {
    points: Vec<Point>,
    /// The index of the estimate's own volume.
    pub given: usize,
    length: FigureLength,
    drawing: Rc<PreparedLines>,
    /// The marks by class, with their names.
    marks: Vec<(&'static str, String)>,
}

impl CostCurve {
    /// The number of points.
    pub fn len(&self) -> usize {
        self.points.len()
    }
}

/// The interactive state of the chart.
pub struct CurveView {
    /// The index of the point in the legend; `None` is the estimate's own volume.
    pub selected: Option<usize>,
    /// Called with the point that the pointer or the keyboard reaches.
    pub on_point: Callback<Option<usize>>,
    /// The drawing.
    pub drawn: NodeRef,
    /// The chart, which receives the keys.
    pub chart: NodeRef,
}

/// The chart with its legend.
pub fn cost_curve(cost: &CostCurve, currency: &str, view: CurveView) -> Option<El> {
    let selected = view.selected.filter(|&place| place < cost.points.len());
    let point = cost.points.get(selected.unwrap_or(cost.given))?;
    let chart = line_chart(&LineChart {
        title: words::yearly_cost_axis(currency),
        below: words::CALLS_PER_YEAR,
        label: words::CURVE_CHART,
        drawing: cost.drawing.clone(),
        selected,
        rest: cost.given,
        value_text: page::curve_value(point, currency),
        on_point: view.on_point,
        drawn: view.drawn,
        chart: view.chart,
    });
    let mark = |(class, name): &(&'static str, String)| {
        let line = el("line").attr("class", *class).attr("x1", "50%").attr("x2", "50%").attr("y1", "0").attr("y2", "100%");
        el("li").with(el("svg.marks__key").attr("aria-hidden", "true").with(line)).with(name.clone())
    };
    let marks = el("ul.marks").each(cost.marks.iter().map(mark));
    Some(group().with(legend(cost.length, point, currency)).with(chart).with(marks))
}

/// Draws the curve of an explanation.
pub fn cost_of(explanation: &Explanation) -> CostCurve {
    let given = explanation.quoted.scenario.usage().total();
    let last = explanation.curve.points().next_back().map_or(0, |point| point.calls);
    let is_logarithmic = last / WIDE > given && given > 0;
    let from = if is_logarithmic { (given / SMALL_PART).max(1) } else { 0 };
    let points: Vec<Point> = explanation.curve.points().filter(|point| point.calls >= from).cloned().collect();
    let line = |class, amount: &dyn Fn(&Point) -> Option<Money>| ChartLine {
        class,
        heights: points.iter().map(|point| amount(point).as_ref().map(magnitude)).collect(),
    };
    let [packages, postpaid, concurrent, best] = CLASSES;
    let lines = vec![
        line(packages, &|point| point.strategies[0]),
        line(postpaid, &|point| point.strategies[1]),
        line(concurrent, &|point| point.strategies[2]),
        line(best, &|point| point.best),
    ];
    let range = explanation.insights.range;
    let (range_from, range_to) = (Some(range.from).filter(|&edge| edge > from), range.to.filter(|&edge| edge < last));
    let edge = |place: u64| Mark { place, class: RANGE_MARK };
    let marks = [range_from.map(edge), Some(Mark { place: given, class: GIVEN_MARK }), range_to.map(edge)];
    let has_range = range_from.is_some() || range_to.is_some();
    let names = std::iter::once((GIVEN_MARK, page::given_mark(given)))
        .chain(has_range.then(|| (RANGE_MARK, page::range_mark(range.kind, range_from, range_to))))
        .collect();
    let places: Vec<u64> = points.iter().map(|point| point.calls).collect();
    let given = places.binary_search(&given).unwrap_or_else(|place| place.min(places.len().saturating_sub(1)));
    let most = points.last().and_then(|last| last.strategies.into_iter().chain([last.best]).max().flatten()).unwrap_or_default();
    let length = FigureLength::of(&wording::money(most, &explanation.quoted.quote.currency), ROOM);
    let lines = Lines { places, lines, marks: marks.into_iter().flatten().collect(), is_logarithmic };
    CostCurve { points, given, length, drawing: Rc::new(PreparedLines::of(lines)), marks: names }
}

/// The legend with the costs at one volume; the recommended plan comes first.
fn legend(length: FigureLength, point: &Point, currency: &str) -> El {
    let row = |((name, cost), class): ((&'static str, Option<Money>), &'static str)| {
        (Key::Line(class), name, vec![cost.map_or_else(|| wording::DASH.into(), |cost| wording::money(cost, currency))])
    };
    let heads = vec![wording::calls(point.calls), words::COST_PER_YEAR.into()];
    let mut rows: Vec<_> = page::curve_costs(point).into_iter().zip(CLASSES).map(row).collect();
    rows.rotate_right(1);
    legend::legend(length, heads, rows, None)
}
