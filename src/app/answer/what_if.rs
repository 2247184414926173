//! What other volumes would cost, and what else there is to know about a plan.

use yew::prelude::*;

use super::QuotedScenario;
use super::curve::{CostChart, CurveSpan};
use super::explanation::Explanation;
use crate::app::markup::{El, On, el, group};
use crate::app::table::{Fit, Row, Table, heads, table};
use crate::capacity::Blocking;
use crate::insight::{Insights, Variant};
use crate::price_book::Service;
use crate::quote::Quote;
use crate::settlement::Mode;
use crate::sizing::Sizing;
use crate::wording::{self, charts as words, page};

/// The section with the last finished explanation; `computing` while a newer one is computed.
pub fn what_if(explanation: Option<&Explanation>, computing: bool) -> El {
    let content = explanation.cloned().map(|explanation| html! { <WhatIf {explanation} /> });
    let status = el("span.explained__computing").with(if computing { words::COMPUTING } else { "" });
    el("section.explained section")
        .attr("aria-labelledby", "what-if-title")
        .attr("aria-busy", computing.then_some("true"))
        .with(el("h2").attr("id", "what-if-title").with(words::WHAT_IF).with(status))
        .with(el(if computing { "div.explained__body explained__body--old" } else { "div.explained__body" }).with(content))
}

/// The properties of the section's content, which is a component so that it is not rendered again before there is a newer
/// explanation.
#[derive(Properties, PartialEq)]
struct ExplanationProps {
    explanation: Explanation,
}

#[component]
fn WhatIf(props: &ExplanationProps) -> Html {
    let explanation = &props.explanation;
    let whole = use_state_eq(|| false);
    let on_whole = {
        let whole = whole.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            whole.set(!*whole);
        })
    };
    let in_unit = |text: &str| explanation.quoted.in_unit(text);
    let insights = &explanation.insights;
    let currency = &explanation.quoted.quote.currency;
    let has_calls = explanation.quoted.scenario.usage().total() > 0;
    let chart = |span| {
        let explanation = explanation.clone();
        has_calls.then(|| html! { <CostChart {explanation} {span} /> })
    };
    let whole_range = el("details.disclosure")
        .flag("open", *whole)
        .with(el("summary.disclosure__summary chevron").on(On::Click, on_whole).with(in_unit(words::WHOLE_RANGE)))
        .with(if *whole { chart(CurveSpan::Whole) } else { None });
    let sentences = sentences(explanation);
    let reasons = (!sentences.is_empty()).then(|| {
        group()
            .with(el("h3.explained__title").with(words::REASONS))
            .with(el("ul.explained__reasons").each(sentences.iter().map(|sentence| el("li").with(in_unit(sentence)))))
    });
    group()
        .with(
            el("p.explained__lead")
                .with(in_unit(&wording::range_sentence(&insights.range)))
                .with(" ")
                .with(in_unit(&wording::regret_sentence(&insights.regret, currency)))
                .with(" ")
                .with(wording::safest_sentence(&insights.regret, currency).map(|sentence| in_unit(&sentence))),
        )
        .with(chart(CurveSpan::Around))
        .with(el("div.explained__more").with(regret(explanation)).with(has_calls.then_some(whole_range)))
        .with(reasons)
        .into()
}

fn sentences(explanation: &Explanation) -> Vec<String> {
    let Insights { break_even, cliffs, other_reading, without_free_calls, leftover, left_out, one_order, any_order, .. } =
        &*explanation.insights;
    let QuotedScenario { scenario, quote, .. } = &explanation.quoted;
    let start = scenario.start();
    let currency = &quote.currency;
    let mut sentences: Vec<String> = left_out.as_ref().map(wording::larger_volumes_sentence).into_iter().collect();
    let buys = !quote.purchases.is_empty();
    sentences.extend(one_order.as_ref().and_then(|other| wording::own_plan::one_order_sentence(other, buys, currency)));
    sentences.extend(any_order.as_ref().and_then(|other| wording::own_plan::any_order_sentence(other, buys, currency)));
    let bought = explanation
        .bought_by_other_orders
        .map(|calls| wording::own_plan::bought_sentence(calls, scenario.usage().total(), scenario.orders(), explanation.quoted.unit()));
    sentences.extend(bought.filter(|_| buys));
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

/// The table of other volumes, on demand.
fn regret(explanation: &Explanation) -> Option<El> {
    let regret = &explanation.insights.regret;
    let in_unit = |text: &str| explanation.quoted.in_unit(text);
    let currency = &explanation.quoted.quote.currency;
    let recommended = regret.plans.first()?;
    let row = |(place, variant): (usize, &Variant)| {
        let cheapest = variant.cheapest.map_or_else(|| wording::DASH.into(), |cheapest| wording::money(cheapest, currency));
        let plans = regret.plans.iter();
        let cells =
            plans.map(|plan| plan.variants.get(place).map(|variant| in_unit(&wording::regret_cell(variant, currency))).unwrap_or_default());
        let name = page::volume_name(variant.percent, variant.calls);
        Row { is_highlighted: variant.percent == 100, ..Row::new(name, std::iter::once(cheapest).chain(cells).collect()) }
    };
    let plans = regret.plans.iter().map(|plan| wording::regret_head(plan.plan));
    let table = table(Table {
        caption: words::REGRET_TABLE.into(),
        is_caption_visible: false,
        fit: Fit::Compact,
        heads: heads(words::REGRET_HEADS.map(in_unit).into_iter().chain(plans.map(String::from))),
        rows: recommended.variants.iter().enumerate().map(row).collect(),
    });
    let details = el("details.disclosure")
        .with(el("summary.disclosure__summary chevron").with(in_unit(words::OTHER_VOLUMES)))
        .with(el("p.note").with(in_unit(wording::REGRET_NOTE)))
        .with(table)
        .with(wording::left_out_sentence(regret).map(|sentence| el("p.note").with(in_unit(&sentence))));
    Some(details)
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
