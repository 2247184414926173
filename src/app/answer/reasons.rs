//! The three explanations of an answer: its reasons, the cost of other volumes, and the cost of a wrong estimate.

use yew::prelude::*;

use super::QuotedScenario;
use super::curve::{self, CurveView};
use super::explanation::Explanation;
use crate::app::chart::{Places, use_point_keys};
use crate::app::markup::{El, el, group};
use crate::app::table::{Fit, Row, Table, heads, table};
use crate::capacity::Blocking;
use crate::insight::{Insights, Variant};
use crate::price_book::Service;
use crate::quote::Quote;
use crate::settlement::Mode;
use crate::sizing::Sizing;
use crate::wording::{self, charts as words, page};

/// The three sections with the last finished explanation; `computing` while a newer one is computed.
pub fn reasons(explanation: Option<&Explanation>, computing: bool) -> El {
    let why = explanation.cloned().map(|explanation| html! { <Why {explanation} /> });
    let by_volume = explanation.cloned().map(|explanation| html! { <ByVolume {explanation} /> });
    let what_if = explanation.cloned().map(|explanation| html! { <WhatIf {explanation} /> });
    group()
        .with(section("reasons", words::REASONS, computing, why))
        .with(section("curve", words::CURVE, computing, by_volume))
        .with(section("what-if", words::WHAT_IF, computing, what_if))
}

/// The properties of a section's content, which is a component so that it is not rendered again before there is a newer
/// explanation.
#[derive(Properties, PartialEq)]
struct ExplanationProps {
    explanation: Explanation,
}

#[component]
fn Why(props: &ExplanationProps) -> Html {
    el("ul.explained__reasons").each(sentences(&props.explanation).into_iter().map(|sentence| el("li").with(sentence))).into()
}

#[component]
fn ByVolume(props: &ExplanationProps) -> Html {
    let cost = use_memo(props.explanation.clone(), curve::cost_of);
    let selected = use_state_eq(|| None);
    let on_point = {
        let selected = selected.setter();
        Callback::from(move |place| selected.set(place))
    };
    let chart = use_node_ref();
    let places = Places { count: cost.len(), selected: *selected, rest: Some(cost.given), page: cost.len() / 10 };
    use_point_keys(&chart, places, &on_point);
    let view = CurveView { selected: *selected, on_point, drawn: use_node_ref(), chart };
    curve::cost_curve(&cost, &props.explanation.quoted.quote.currency, view).map(Html::from).unwrap_or_default()
}

#[component]
fn WhatIf(props: &ExplanationProps) -> Html {
    regret(&props.explanation).map(Html::from).unwrap_or_default()
}

/// A section that announces when it is out of date. It reserves its space before it has content.
fn section(name: &'static str, title: &'static str, computing: bool, content: Option<Html>) -> El {
    let id = [name, "-title"].concat();
    let status = el("span.explained__computing").with(if computing { words::COMPUTING } else { "" });
    el("section")
        .attr("class", ["explained explained--", name, " panel"].concat())
        .attr("aria-labelledby", id.clone())
        .attr("aria-busy", computing.then_some("true"))
        .with(el("h2").attr("id", id).with(title).with(status))
        .with(el(if computing { "div.explained__body explained__body--old" } else { "div.explained__body" }).with(content))
}

fn sentences(explanation: &Explanation) -> Vec<String> {
    let Insights { break_even, range, cliffs, other_reading, without_free_calls, leftover, left_out, one_order, any_order, .. } =
        &*explanation.insights;
    let QuotedScenario { scenario, quote, .. } = &explanation.quoted;
    let start = scenario.start();
    let currency = &quote.currency;
    let mut sentences = vec![wording::range_sentence(range)];
    sentences.extend(left_out.as_ref().map(wording::larger_volumes_sentence));
    let buys = !quote.purchases.is_empty();
    sentences.extend(one_order.as_ref().and_then(|other| wording::own_plan::one_order_sentence(other, buys, currency)));
    sentences.extend(any_order.as_ref().and_then(|other| wording::own_plan::any_order_sentence(other, buys, currency)));
    // Where the need is known, the plan has the slots for it.
    let included = explanation.quoted.service().and_then(Service::included_slots).filter(|_| scenario.concurrency().is_none());
    sentences.extend(
        included
            .filter(|_| quote.months.iter().any(|month| month.mode == Mode::PerCall && month.calls > 0))
            .map(wording::included_slots_sentence),
    );
    // With a given number of slots, the plan itself is the answer.
    let break_even = break_even.as_ref().filter(|_| scenario.concurrency().is_none());
    sentences.extend(break_even.map(|break_even| wording::break_even_sentence(break_even, currency)));
    if let Some(sizing) = &quote.sizing {
        sentences.extend(wording::above_maximum_sentence(sizing));
        sentences.extend(choices(quote, sizing).map(wording::blocking_sentence));
    }
    sentences.extend(cliffs.iter().map(|cliff| wording::cliff_sentence(cliff, start, currency)));
    sentences.extend(other_reading.as_ref().map(|other| wording::other_reading_sentence(other, currency)));
    sentences.extend(without_free_calls.as_ref().map(|without| wording::without_free_calls_sentence(without, currency)));
    sentences.extend(leftover.iter().map(|left| wording::leftover_sentence(left, start)));
    sentences
}

/// The failing calls of the busiest month, for each number of slots from one to the most that can be bought.
fn choices<'a>(quote: &Quote, sizing: &'a Sizing) -> impl Iterator<Item = &'a Blocking> {
    let months = sizing.months.iter().zip(&quote.months);
    let busiest = months.max_by_key(|(sized, month)| (sized.slots.unwrap_or(u64::MAX), month.calls));
    let blocking = busiest.into_iter().flat_map(|(sized, _)| &sized.blocking);
    blocking.filter(|blocking| (1..=sizing.max_slots).contains(&blocking.slots))
}

fn regret(explanation: &Explanation) -> Option<El> {
    let regret = &explanation.insights.regret;
    let currency = &explanation.quoted.quote.currency;
    let recommended = regret.plans.first()?;
    let row = |(place, variant): (usize, &Variant)| {
        let cheapest = variant.cheapest.map_or_else(|| wording::DASH.into(), |cheapest| wording::money(cheapest, currency));
        let plans = regret.plans.iter();
        let cells = plans.map(|plan| plan.variants.get(place).map(|variant| wording::regret_cell(variant, currency)).unwrap_or_default());
        let name = page::volume_name(variant.percent, variant.calls);
        Row { is_highlighted: variant.percent == 100, ..Row::new(name, std::iter::once(cheapest).chain(cells).collect()) }
    };
    let plans = regret.plans.iter().map(|plan| wording::regret_head(plan.plan));
    let table = table(Table {
        caption: words::REGRET_TABLE.into(),
        is_caption_visible: false,
        fit: Fit::Compact,
        heads: heads(words::REGRET_HEADS.into_iter().chain(plans)),
        rows: recommended.variants.iter().enumerate().map(row).collect(),
        sum: None,
    });
    let regrets = group()
        .with(el("p").with(wording::regret_sentence(regret, currency)))
        .with(el("p.note").with(wording::REGRET_NOTE))
        .with(table)
        .with(wording::left_out_sentence(regret).map(|sentence| el("p.note").with(sentence)))
        .with(wording::safest_sentence(regret, currency).map(|sentence| el("p.note").with(sentence)));
    Some(regrets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::State;

    #[track_caller]
    fn check(link: &str, slots: &[u64]) {
        let quote = State::at(link).quote.expect("an answer");
        let sizing = quote.sizing.as_ref().expect("sized");
        assert_eq!(choices(&quote, sizing).map(|blocking| blocking.slots).collect::<Vec<_>>(), slots, "{link}");
    }

    #[test]
    fn lists_only_numbers_of_slots_that_can_be_bought() {
        check("v=1&calls=1000&live=60,500,0.01", &[15, 16, 17]);
        check("v=1&calls=1000&live=1,1,0.5", &[1, 2]);
        check("v=1&calls=1000&live=60,3000,0.01", &[49, 50]);
        // The last month, with 1% of its calls in the busiest hour, needs more slots than can be bought.
        check("v=1&m=100,0,0,0,0,0,0,0,0,0,0,500000&live=60,1%25,0.01", &[49, 50]);
    }

    /// 9,000 calls of one minute in an hour are 150 erlangs, of which 50 slots block more than 100.
    #[test]
    fn picks_the_month_with_the_most_calls_where_several_need_too_many_slots() {
        let quote = State::at("v=1&m=900000,0,0,0,0,0,0,0,0,0,0,500000&live=60,1%25,0.01").quote.expect("an answer");
        let sizing = quote.sizing.as_ref().expect("sized");
        let failing = choices(&quote, sizing).last().expect("50 slots").failing_calls.to_string();
        assert!(failing.starts_with("60"), "{failing}");
    }
}
