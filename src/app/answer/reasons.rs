//! Why is this the answer, and what if the volume turns out otherwise?

use yew::prelude::*;

use super::curve::{self, Look};
use super::explained::Explained;
use crate::app::table::{Fit, Row, Table, heads, table};
use crate::insight::{Insights, Variant};
use crate::wording::{self, grouped};

/// What the sections need.
#[derive(Properties, PartialEq)]
pub struct ReasonsProps {
    /// The last explanation that was finished.
    pub explained: Option<Explained>,
    /// Is a newer one in the making?
    pub computing: bool,
}

/// What speaks for the answer, what other volumes cost, and what being wrong about the volume costs.
#[component]
pub fn Reasons(props: &ReasonsProps) -> Html {
    let ReasonsProps { explained, computing } = props;
    let still = use_memo(explained.clone(), |explained| {
        explained.as_ref().map(|explained| (reasons(explained), curve::cost_of(explained), regret(explained)))
    });
    let selected = use_state_eq(|| None);
    let on_point = {
        let selected = selected.setter();
        Callback::from(move |place| selected.set(place))
    };
    let look = Look { selected: *selected, on_point, drawn: use_node_ref() };
    let currency = explained.as_ref().map(|explained| &*explained.answered.quote.currency).unwrap_or_default();
    let still = still.as_ref().as_ref();
    html! {
        <>
            { section("reasons", "Why this is the answer", *computing, still.map(|(reasons, ..)| reasons.clone())) }
            { section("curve", "Cost by volume", *computing, still.map(|(_, cost, _)| curve::cost_curve(cost, currency, look))) }
            { section("what-if", "What if I am wrong?", *computing, still.map(|(.., regret)| regret.clone())) }
        </>
    }
}

/// A section that says when it is about to change. Its place is kept free before it is there.
fn section(name: &'static str, title: &'static str, computing: bool, inside: Option<Html>) -> Html {
    let id = format!("{name}-title");
    html! {
        <section class={classes!("explained", format!("explained--{name}"), "panel")} aria-labelledby={id.clone()} aria-busy={computing.then_some("true")}>
            <h2 {id}>{ title }<span class="explained__computing">{ if computing { "Computing…" } else { "" } }</span></h2>
            <div class={classes!("explained__body", computing.then_some("explained__body--old"))}>{ inside }</div>
        </section>
    }
}

fn reasons(explained: &Explained) -> Html {
    html! {
        <ul class="explained__reasons">
            { for sentences(explained).into_iter().map(|sentence| html! { <li>{ sentence }</li> }) }
        </ul>
    }
}

fn sentences(explained: &Explained) -> Vec<String> {
    let Insights { break_even, range, cliffs, other_reading, leftover, .. } = &*explained.insights;
    let answered = &explained.answered;
    let (quote, start) = (&answered.quote, answered.scenario.start);
    let currency = &quote.currency;
    let mut said = vec![wording::range_sentence(range)];
    said.extend(break_even.as_ref().map(|break_even| wording::break_even_sentence(break_even, currency)));
    if let Some(sizing) = &quote.sizing {
        said.extend(wording::above_maximum_sentence(sizing));
        let busiest = sizing.months.iter().max_by_key(|month| month.slots);
        said.extend(busiest.into_iter().flat_map(|month| &month.blocking).map(wording::blocking_sentence));
    }
    said.extend(cliffs.iter().map(|cliff| wording::cliff_sentence(cliff, &wording::month_title(start, cliff.month), currency)));
    said.extend(other_reading.as_ref().map(|other| wording::other_reading_sentence(other, currency)));
    let until = |last_month| wording::month_inside(start, last_month);
    said.extend(leftover.iter().map(|left| wording::leftover_sentence(left, &until(left.last_month))));
    said
}

fn regret(explained: &Explained) -> Html {
    let regret = &explained.insights.regret;
    let currency = &explained.answered.quote.currency;
    let Some(recommended) = regret.plans.first() else { return Html::default() };
    let row = |(place, variant): (usize, &Variant)| {
        let cheapest = variant.cheapest.map_or_else(|| "–".into(), |cheapest| wording::money(cheapest, currency));
        let plans = regret.plans.iter();
        let cells = plans.map(|plan| plan.variants.get(place).map(|variant| wording::regret_cell(variant, currency)).unwrap_or_default());
        let name = format!("{} % · {}", variant.percent, grouped(variant.calls));
        Row { is_best: variant.percent == 100, ..Row::new(name, std::iter::once(cheapest).chain(cells).collect()) }
    };
    let plans = regret.plans.iter().map(|plan| wording::regret_head(plan.plan).into());
    let written = table(Table {
        caption: "Cost of another volume".into(),
        is_caption_seen: false,
        fit: Fit::Wide,
        heads: heads(["Real calls", "Cheapest"]).into_iter().chain(plans).collect(),
        rows: recommended.variants.iter().enumerate().map(row).collect(),
        sum: None,
    });
    html! {
        <>
            <p>{ wording::regret_sentence(regret, currency) }</p>
            <p class="note">{ wording::REGRET_NOTE }</p>
            { written }
            <p class="note">{ wording::safest_sentence(regret, currency) }</p>
        </>
    }
}
