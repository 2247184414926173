//! How do calls and charges run over the year?
//!
//! Two panels of stacked bars over the same twelve months, and one read-out for both: the whole year, or the month
//! that the pointer or the arrow keys are on.

use yew::prelude::*;

use super::Answered;
use crate::app::chart::bars::{Bars, Column, bars};
use crate::app::chart::read_out::{self, Key, Length};
use crate::app::chart::{magnitude, use_point_keys};
use crate::app::markup::{El, On, el};
use crate::money::Money;
use crate::quote::{MonthRow, Quote};
use crate::settlement::Mode;
use crate::wording::{self, charts as words, grouped};

/// Who pays for calls, from the bottom of a bar up, as the read-out calls them.
const PARTS: [(&str, &str); 4] =
    [("Free", "series--free"), ("Packages", "series--prepaid"), ("Postpaid", "series--postpaid"), ("Concurrent", "series--concurrent")];
const CALL_CLASSES: &[&str] = &["series--free", "series--prepaid", "series--postpaid", "series--concurrent"];
const CHARGE_CLASSES: &[&str] = &["series--prepaid", "series--postpaid", "series--concurrent"];
/// How many characters of figures the narrowest screen has beside the names.
const ROOM: usize = 18;

/// What the chart needs.
#[derive(Properties, PartialEq)]
pub struct YearProps {
    /// The question and its answer.
    pub answered: Answered,
}

/// Calls and charges by part, of a month or of the year.
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

    /// Of all months; a sum with too many digits was refused before the quote was made.
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

/// The year as bars.
#[component]
pub fn Year(props: &YearProps) -> Html {
    let Answered { quote, scenario, .. } = &props.answered;
    let selected = use_state_eq(|| None);
    let on_point = {
        let selected = selected.setter();
        Callback::from(move |place| selected.set(place))
    };
    let chart = use_node_ref();
    use_point_keys(&chart, *selected, quote.months.len(), 3, &on_point);
    let (drawn_calls, drawn_charges) = (use_node_ref(), use_node_ref());
    let drawn = use_memo(props.answered.clone(), columns);
    let month = selected.and_then(|place: usize| quote.months.get(place));
    let when = month.map_or_else(|| words::WHOLE_YEAR.into(), |month| wording::month_title(scenario.start, month.month));
    let (parts, total) = month.map_or_else(|| (Parts::of_year(quote), quote.total), |month| (Parts::of_month(month), month.charge));
    let (calls, charges) = &*drawn;
    let panel = |title: String, columns, classes, whole, drawn: &NodeRef| {
        bars(&Bars { title, columns, classes, whole, selected: *selected, on_point: on_point.clone(), drawn: drawn.clone() })
    };
    el("section.year panel")
        .attr("aria-labelledby", "year-title")
        .with(el("h2").attr("id", "year-title").with(words::YEAR))
        .with(read_out(&when, &parts, total, quote))
        .with(
            el("div.chart chart--pair")
                .known_as(&chart)
                .attr("tabindex", "0")
                .attr("role", "slider")
                .attr("aria-label", words::YEAR_CHART)
                .attr("aria-valuemin", "0")
                .attr("aria-valuemax", quote.months.len().to_string())
                .attr("aria-valuenow", selected.map_or(0, |place| place + 1).to_string())
                .attr("aria-valuetext", spoken(&when, &parts, total, quote))
                .on(On::Blur, on_point.reform(|_| None))
                .with(panel(words::CALLS.into(), calls, CALL_CLASSES, true, &drawn_calls))
                .with(panel(words::charges(&quote.currency), charges, CHARGE_CLASSES, false, &drawn_charges)),
        )
        .into()
}

type Columns = (Vec<Column>, Vec<Column>);

fn columns(answered: &Answered) -> Columns {
    let Answered { quote, scenario, .. } = answered;
    let column = |month: &MonthRow, parts| Column { label: wording::month_label(scenario.start, month.month), parts };
    let calls = quote.months.iter().map(|month| column(month, Parts::of_month(month).calls.map(|calls| calls as f64).to_vec()));
    let charges = quote.months.iter().map(|month| column(month, Parts::of_month(month).charges.iter().map(magnitude).collect()));
    (calls.collect(), charges.collect())
}

/// The legend, with the figures of what is pointed at.
fn read_out(when: &str, parts: &Parts, total: Money, quote: &Quote) -> El {
    let charge = |place: usize| place.checked_sub(1).and_then(|place| parts.charges.get(place)).filter(|charge| !charge.is_zero());
    let row = |(place, (&(name, class), calls)): (usize, (&(&'static str, &'static str), u64))| {
        let calls = wording::count_or_dash(calls);
        let charge = charge(place).map_or_else(|| wording::NOTHING.into(), |charge| wording::money(*charge, &quote.currency));
        (Key::Bar(class), name, vec![calls, charge])
    };
    let calls = quote.months.iter().map(|month| month.calls).sum();
    let longest = [grouped(calls), wording::money(quote.total, &quote.currency)].concat();
    read_out::read_out(
        Length::of(&longest, ROOM),
        vec![when.into(), words::CALLS.into(), words::CHARGE.into()],
        PARTS.iter().zip(parts.calls).enumerate().map(row).collect(),
        Some(vec![grouped(parts.calls.iter().sum()), wording::money(total, &quote.currency)]),
    )
}

/// The read-out as one sentence.
fn spoken(when: &str, parts: &Parts, total: Money, quote: &Quote) -> String {
    let mut text = format!("{when}: {}", wording::calls(parts.calls.iter().sum()));
    for ((name, _), calls) in PARTS.iter().zip(parts.calls).filter(|(_, calls)| *calls > 0) {
        text.push_str(&format!(", {} {}", grouped(calls), name.to_ascii_lowercase()));
    }
    text.push_str(&format!("; charge {}", wording::money(total, &quote.currency)));
    text
}
