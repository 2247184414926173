//! The bar charts of the year's calls and costs.
//!
//! Two panels of stacked bars over the same twelve months. They share one legend, which shows the figures of the whole
//! year, or of the month that the pointer or the arrow keys have reached.

use yew::prelude::*;

use super::QuotedScenario;
use crate::app::chart::bars::{Bars, Column, bars};
use crate::app::chart::legend::{self, FigureLength, Key};
use crate::app::chart::{Places, magnitude, use_point_keys};
use crate::app::markup::{El, On, el};
use crate::money::Money;
use crate::quote::{MonthRow, Quote};
use crate::settlement::Mode;
use crate::wording::{self, charts as words, grouped, page};

/// The classes of a bar's parts, from the bottom up, in the order of [`page::PAID_BY`].
const CALL_CLASSES: &[&str] = &["series--free", "series--prepaid", "series--postpaid", "series--concurrent"];
const CHARGE_CLASSES: &[&str] = &["series--prepaid", "series--postpaid", "series--concurrent"];
/// The characters of figures that fit beside the names on the narrowest screen.
const ROOM: usize = 18;

/// The properties of [`Year`].
#[derive(Properties, PartialEq)]
pub struct YearProps {
    /// The answer to draw.
    pub quoted: QuotedScenario,
}

/// The calls and charges of a month or of the year, by the way they are paid for.
struct Parts {
    calls: [u64; 4],
    charges: [Money; 3],
}

impl Parts {
    fn of_month(month: &MonthRow) -> Self {
        let concurrent = if month.mode == Mode::Concurrent { month.calls } else { 0 };
        Self {
            calls: [month.free, month.prepaid, month.postpaid, concurrent],
            charges: [month.package_charge, month.postpaid_charge, month.concurrent_charge],
        }
    }

    /// The sums over all months. The engine refuses a scenario whose sums would have too many digits, so none fails here.
    fn of_year(quote: &Quote) -> Self {
        let mut whole = Self { calls: [0; 4], charges: [Money::ZERO; 3] };
        for month in &quote.months {
            let parts = Self::of_month(month);
            for (sum, calls) in whole.calls.iter_mut().zip(parts.calls) {
                *sum += calls;
            }
            for (sum, charge) in whole.charges.iter_mut().zip(parts.charges) {
                *sum = sum.plus(charge).unwrap_or(*sum);
            }
        }
        whole
    }
}

/// The charts of calls and costs with their legend.
#[component]
pub fn Year(props: &YearProps) -> Html {
    let QuotedScenario { quote, scenario, .. } = &props.quoted;
    let selected = use_state_eq(|| None);
    let on_point = {
        let selected = selected.setter();
        Callback::from(move |place| selected.set(place))
    };
    let chart = use_node_ref();
    use_point_keys(&chart, Places { count: quote.months.len(), selected: *selected, rest: None, page: 3 }, &on_point);
    let (drawn_calls, drawn_charges) = (use_node_ref(), use_node_ref());
    let drawn = use_memo(props.quoted.clone(), columns);
    let month = selected.and_then(|place: usize| quote.months.get(place));
    let when = month.map_or_else(|| words::FULL_YEAR.into(), |month| wording::month_title(scenario.start(), month.month));
    let (parts, total) = month.map_or_else(|| (Parts::of_year(quote), quote.total), |month| (Parts::of_month(month), month.charge));
    let (calls, charges) = &*drawn;
    let panel = |title: String, columns, classes, whole, drawn: &NodeRef| {
        bars(&Bars { title, columns, classes, whole, selected: *selected, on_point: on_point.clone(), drawn: drawn.clone() })
    };
    el("section.year panel")
        .attr("aria-labelledby", "year-title")
        .with(el("h2").attr("id", "year-title").with(words::YEAR))
        .with(legend(&when, &parts, total, quote))
        .with(
            el("div.chart chart--pair")
                .known_as(&chart)
                .attr("tabindex", "0")
                .attr("role", "slider")
                .attr("aria-label", words::YEAR_CHART)
                .attr("aria-valuemin", "0")
                .attr("aria-valuemax", quote.months.len().to_string())
                .attr("aria-valuenow", selected.map_or(0, |place| place + 1).to_string())
                .attr("aria-valuetext", page::year_value(&when, parts.calls, total, &quote.currency))
                .on(On::Blur, on_point.reform(|_| None))
                .with(panel(words::CALLS.into(), calls, CALL_CLASSES, true, &drawn_calls))
                .with(panel(words::cost_axis(&quote.currency), charges, CHARGE_CLASSES, false, &drawn_charges)),
        )
        .into()
}

type Columns = (Vec<Column>, Vec<Column>);

fn columns(quoted: &QuotedScenario) -> Columns {
    let QuotedScenario { quote, scenario, .. } = quoted;
    let column = |month: &MonthRow, parts| Column { label: wording::month_label(scenario.start(), month.month), parts };
    let calls = quote.months.iter().map(|month| column(month, Parts::of_month(month).calls.map(|calls| calls as f64).to_vec()));
    let charges = quote.months.iter().map(|month| column(month, Parts::of_month(month).charges.iter().map(magnitude).collect()));
    (calls.collect(), charges.collect())
}

/// The legend with the figures of the selected month or the year.
fn legend(when: &str, parts: &Parts, total: Money, quote: &Quote) -> El {
    let charge = |place: usize| place.checked_sub(1).and_then(|place| parts.charges.get(place)).filter(|charge| !charge.is_zero());
    let row = |(place, ((name, class), calls)): (usize, ((&'static str, &'static str), u64))| {
        let calls = wording::count_or_dash(calls);
        let charge = charge(place).map_or_else(|| wording::DASH.into(), |charge| wording::money(*charge, &quote.currency));
        (Key::Bar(class), name, vec![calls, charge])
    };
    let calls = quote.months.iter().map(|month| month.calls).sum();
    let longest = [grouped(calls), wording::money(quote.total, &quote.currency)].concat();
    let names = page::PAID_BY.into_iter().zip(CALL_CLASSES.iter().copied());
    legend::legend(
        FigureLength::of(&longest, ROOM),
        vec![when.into(), words::CALLS.into(), words::COST.into()],
        names.zip(parts.calls).enumerate().map(row).collect(),
        Some(vec![grouped(parts.calls.iter().sum()), wording::money(total, &quote.currency)]),
    )
}
