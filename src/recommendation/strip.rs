//! The strip: the calls of the plan month by month, or what they cost, with what is to do and what each month costs.
//!
//! Twelve stacked columns over a round scale. Below each month stand its cost and, where the plan has a step, a pin with the
//! number of that step. Positions are whole hundredths of a percent, so that no figure is ever a binary float.

use super::Answer;
use crate::date::CalendarMonth;
use crate::html::{Markup, el};
use crate::money::Money;
use crate::price_book::Unit;
use crate::quote::{MonthRow, ShownPlan};
use crate::wording::{self, Step};

/// The classes of a column's parts, from the axis up: free, packages, postpaid, slots, and calls that fail.
const CLASSES: [&str; 5] = ["key--free", "key--prepaid", "key--postpaid", "key--concurrent", "key--failing"];
/// The first digits of the numbers at the top of a scale, in tenths.
const TOPS: [u64; 9] = [10, 12, 14, 20, 30, 40, 60, 80, 100];
/// The height of the scale in hundredths of a percent of the drawing; the rest is air above it.
const SCALE: u128 = 9_090;
/// The width of a month and the space on both sides of its column, in units of the drawing.
const MONTH_WIDTH: usize = 10;
/// Costs are only shown where all are this short, in characters.
const MOST_CHARACTERS: usize = 9;

/// The smallest round number from a year's largest month on; at least 1.
fn top(most: u64) -> u64 {
    let mut unit = 1_u64;
    loop {
        // Calls are at most 10^12, so this never saturates.
        if let Some(top) = TOPS.into_iter().map(|tenths| tenths.saturating_mul(unit).div_ceil(10)).find(|&top| top >= most.max(1)) {
            return top;
        }
        unit = unit.saturating_mul(10);
    }
}

/// The legend: how many calls are paid in which way.
pub(super) fn keys(plan: &ShownPlan<'_>, unit: &Unit) -> Markup {
    let mut sums = [0_u64; 5];
    for &month in &plan.months {
        for (sum, calls) in sums.iter_mut().zip(parts(month)) {
            *sum += calls;
        }
    }
    legend(wording::paid_by(sums, unit))
}

/// A legend of the parts that have a text.
pub(crate) fn legend(texts: [Option<String>; 5]) -> Markup {
    let key = |(text, class): (Option<String>, &'static str)| text.map(|text| el("li").attr("class", &["key ", class].concat()).with(text));
    el("ul.key__list").each(texts.into_iter().zip(CLASSES).map(key))
}

/// The calls of a month by how they are paid, then those that fail.
fn parts((month, failing): (&MonthRow, u64)) -> [u64; 5] {
    let [free, prepaid, postpaid, concurrent] = month.paid_by();
    [free, prepaid, postpaid, concurrent, failing]
}

/// The strip of a plan with these steps.
pub(super) fn strip(answer: &Answer<'_>, plan: &ShownPlan<'_>, steps: &[Step]) -> Markup {
    let Answer { scenario, quote, service, .. } = answer;
    let months = plan.months.iter().map(|&month| StripMonth { parts: parts(month), cost: month.0.charge });
    Strip {
        months: months.collect(),
        start: scenario.start(),
        currency: &quote.currency,
        scale: &|calls| wording::on_axis(calls),
        name: &wording::plan_chart(quote, scenario.start(), service.unit()),
    }
    .draw(steps)
}

/// A month of the strip.
pub(crate) struct StripMonth {
    /// The heights of its parts, as their [classes](CLASSES).
    pub parts: [u64; 5],
    /// Everything that is paid.
    pub cost: Money,
}

/// What a strip draws.
pub(crate) struct Strip<'a> {
    /// Twelve months.
    pub months: Vec<StripMonth>,
    /// The calendar month of the first.
    pub start: Option<CalendarMonth>,
    /// The currency of the costs.
    pub currency: &'a str,
    /// Writes a height on the scale.
    pub scale: &'a dyn Fn(u64) -> String,
    /// The strip in a sentence.
    pub name: &'a str,
}

impl Strip<'_> {
    /// Draws the strip, with a pin at each step.
    pub(crate) fn draw(&self, steps: &[Step]) -> Markup {
        let total = |month: &StripMonth| month.parts.iter().copied().fold(0, u64::saturating_add);
        let top = top(self.months.iter().map(total).max().unwrap_or(0));
        let label = |name: &'static str, height: u64| el(name).with((self.scale)(height));
        let scale = el("div.strip__scale").with(label("span.strip__top", top));
        let scale = scale.with(top.is_multiple_of(2).then(|| label("span.strip__half", top / 2))).with(label("span.strip__zero", 0));
        let columns = self.months.iter().enumerate().flat_map(|(place, month)| column(place, month.parts, top));
        let half = SCALE / 2;
        let grid = if top.is_multiple_of(2) {
            format!("M0 {}H120M0 {}H120", hundredths(10_000 - SCALE), hundredths(10_000 - half))
        } else {
            format!("M0 {}H120", hundredths(10_000 - SCALE))
        };
        let plot = el("svg.strip__plot")
            .attr("viewBox", "0 0 120 100")
            .attr("preserveAspectRatio", "none")
            .with(el("path.strip__grid").attr("d", &grid))
            .each(columns)
            .with(el("path.strip__base").attr("d", "M0 100H120"));
        let costs: Vec<String> = self.months.iter().map(|month| wording::money_on_axis(month.cost, self.currency)).collect();
        let fit = costs.iter().all(|cost| cost.chars().count() <= MOST_CHARACTERS);
        let month = |(number, (month, cost)): (u32, (&StripMonth, &String))| {
            let begins = steps.iter().find(|step| step.months.first() == Some(&number));
            let step = begins.or_else(|| steps.iter().find(|step| step.months.contains(&number)));
            let pin = step.map(|step| wording::grouped(step.number));
            let name = wording::month_label(self.start, number);
            let (first, rest) = name.split_at_checked(1).filter(|_| self.start.is_some()).unwrap_or((&name, ""));
            let cost = (fit && !month.cost.is_zero()).then(|| el("span.strip__cost").with(cost.as_str()));
            el(if pin.is_some() { "li.strip__month strip__month--pinned" } else { "li.strip__month" })
                .with(
                    el("span.strip__name").with(el("span").with(first)).with((!rest.is_empty()).then(|| el("span.strip__rest").with(rest))),
                )
                .with(cost)
                .with(pin.map(|number| el("span.pin").with(number)))
        };
        el("div.strip")
            .attr("role", "img")
            .attr("aria-label", self.name)
            .with(el("div.strip__body").with(scale).with(plot))
            .with(el("ol.strip__axis").each((1..).zip(self.months.iter().zip(&costs)).map(month)))
    }
}

/// The parts of a month's column.
fn column(place: usize, parts: [u64; 5], top: u64) -> impl Iterator<Item = Markup> {
    let mut below = 0_u64;
    let x = place * MONTH_WIDTH + 2;
    parts.into_iter().zip(CLASSES).filter(|(calls, _)| *calls > 0).map(move |(calls, class)| {
        let height = |calls: u64| u128::from(calls) * SCALE / u128::from(top);
        let (from, to) = (height(below), height(below.saturating_add(calls)));
        below = below.saturating_add(calls);
        el("rect")
            .attr("class", &["strip__part ", class].concat())
            .attr("x", &x.to_string())
            .attr("y", &hundredths(10_000 - to))
            .attr("width", "6")
            .attr("height", &hundredths(to - from))
    })
}

/// Hundredths as a decimal: 909 is `9.09`.
fn hundredths(count: u128) -> String {
    format!("{}.{:02}", count / 100, count % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_the_next_round_number() {
        let tops = [0, 1, 2, 11, 25, 101, 525, 10_000, 10_001, 83_333_333_334].map(top);
        assert_eq!(tops, [1, 1, 2, 12, 30, 120, 600, 10_000, 12_000, 100_000_000_000]);
    }
}
