//! What would other volumes cost?
//!
//! The curve of the best mix and of each billing mode over the calls of a year, with the present volume and the range
//! of its kind of mix marked.

use std::rc::Rc;

use yew::prelude::*;

use super::explained::Explained;
use crate::app::chart::lines::{Drawing, Line, LineChart, Lines, Mark, line_chart};
use crate::app::chart::magnitude;
use crate::app::chart::read_out::{self, Key, Length};
use crate::app::markup::{El, el, group};
use crate::insight::Point;
use crate::money::Money;
use crate::wording::{self, charts as words, grouped};

/// A range that is wider than this many times the present volume is drawn by powers of ten.
const WIDE: u64 = 8;
/// Volumes below this part of the present one are not drawn there.
const SMALL_PART: u64 = 32;
/// The lines, in the order of the contract, and the best mix on top.
const CLASSES: [&str; 4] = ["line--packages", "line--postpaid", "line--concurrent", "line--best"];

/// How many characters of an amount the narrowest screen has beside the names.
const ROOM: usize = 12;

/// The points that are drawn, and their drawing.
pub struct Cost {
    points: Vec<Point>,
    given: usize,
    length: Length,
    drawing: Rc<Drawing>,
}

impl Cost {
    /// How many points there are.
    pub fn len(&self) -> usize {
        self.points.len()
    }
}

/// What the person looks at.
pub struct Look {
    /// The point that is read out, by index; `None`: the present volume.
    pub selected: Option<usize>,
    /// Told the point that the pointer or the keyboard is on.
    pub on_point: Callback<Option<usize>>,
    /// Of the drawing.
    pub drawn: NodeRef,
    /// Of the chart, for its keys.
    pub chart: NodeRef,
}

/// The cost of a year over its calls.
pub fn cost_curve(cost: &Cost, currency: &str, look: Look) -> Option<El> {
    let selected = look.selected.filter(|&place| place < cost.points.len());
    let point = cost.points.get(selected.unwrap_or(cost.given))?;
    let chart = line_chart(&LineChart {
        title: words::cost(currency),
        below: words::CALLS_A_YEAR,
        label: words::CURVE_CHART,
        drawing: cost.drawing.clone(),
        selected,
        spoken: spoken(point, currency),
        on_point: look.on_point,
        drawn: look.drawn,
        chart: look.chart,
    });
    let mark = |mark: &Mark| {
        let line = el("line").attr("class", mark.class).attr("x1", "50%").attr("x2", "50%").attr("y1", "0").attr("y2", "100%");
        el("li").with(el("svg.marks__key").attr("aria-hidden", "true").with(line)).with(mark.label.clone())
    };
    let marks = el("ul.marks").each(cost.drawing.lines.marks.iter().map(mark));
    Some(group().with(read_out(cost.length, point, currency)).with(chart).with(marks))
}

/// Draws what was computed.
pub fn cost_of(explained: &Explained) -> Cost {
    let given = explained.answered.scenario.usage.total();
    let last = explained.curve.points().next_back().map_or(0, |point| point.calls);
    let by_powers = last / WIDE > given && given > 0;
    let from = if by_powers { (given / SMALL_PART).max(1) } else { 0 };
    let points: Vec<Point> = explained.curve.points().filter(|point| point.calls >= from).cloned().collect();
    let line = |class, amount: &dyn Fn(&Point) -> Option<Money>| Line {
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
    let range = explained.insights.range;
    let kind = wording::kind_name(range.kind);
    let edge = |place: u64, label: String| Mark { place, label, class: "chart__mark mark--edge" };
    let marks = [
        (range.from > from).then(|| edge(range.from, format!("from {} on: {kind}", grouped(range.from)))),
        Some(Mark { place: given, label: format!("{}: your year", wording::calls(given)), class: "chart__mark mark--given" }),
        range.to.filter(|&to| to < last).map(|to| edge(to, format!("up to {}: {kind}", grouped(to)))),
    ];
    let places: Vec<u64> = points.iter().map(|point| point.calls).collect();
    let given = places.binary_search(&given).unwrap_or_else(|place| place.min(places.len().saturating_sub(1)));
    let most = points.last().and_then(|last| last.strategies.into_iter().chain([last.best]).max().flatten()).unwrap_or_default();
    let length = Length::of(&wording::money(most, &explained.answered.quote.currency), ROOM);
    let lines = Lines { places, lines, marks: marks.into_iter().flatten().collect(), by_powers };
    Cost { points, given, length, drawing: Rc::new(Drawing::of(lines)) }
}

/// What is drawn, by name, with its line and what it costs.
fn costs(point: &Point) -> [(&'static str, &'static str, Option<Money>); 4] {
    let [packages, postpaid, concurrent, best] = CLASSES;
    let [packages_only, postpaid_only, concurrent_only] = point.strategies;
    [
        ("Best mix", best, point.best),
        ("Packages only", packages, packages_only),
        ("Postpaid only", postpaid, postpaid_only),
        ("Concurrent slots only", concurrent, concurrent_only),
    ]
}

fn read_out(length: Length, point: &Point, currency: &str) -> El {
    let row = |(name, class, amount): (&'static str, &'static str, Option<Money>)| {
        (Key::Line(class), name, vec![amount.map_or_else(|| wording::NOTHING.into(), |amount| wording::money(amount, currency))])
    };
    let heads = vec![wording::calls(point.calls), words::A_YEAR.into()];
    read_out::read_out(length, heads, costs(point).into_iter().map(row).collect(), None)
}

fn spoken(point: &Point, currency: &str) -> String {
    let costs: Vec<String> = costs(point)
        .into_iter()
        .filter_map(|(name, _, amount)| amount.map(|amount| format!("{} {}", name.to_ascii_lowercase(), wording::money(amount, currency))))
        .collect();
    format!("{} a year: {}", wording::calls(point.calls), costs.join(", "))
}
