//! Why is this the answer, and what if the volume turns out otherwise?

use yew::prelude::*;

use super::curve::{self, Look};
use super::explained::Explained;
use crate::app::chart::use_point_keys;
use crate::app::markup::{El, el, group};
use crate::app::table::{Fit, Row, Table, heads, table};
use crate::capacity::Blocking;
use crate::insight::{Insights, Variant};
use crate::quote::Quote;
use crate::sizing::Sizing;
use crate::wording::{self, charts as words, grouped};

/// What speaks for the answer, what other volumes cost, and what being wrong about the volume costs, by the last
/// explanation that was finished; `computing` while a newer one is in the making.
pub fn reasons(explained: Option<&Explained>, computing: bool) -> El {
    let why = explained.cloned().map(|explained| html! { <Why {explained} /> });
    let by_volume = explained.cloned().map(|explained| html! { <ByVolume {explained} /> });
    let what_if = explained.cloned().map(|explained| html! { <WhatIf {explained} /> });
    group()
        .with(section("reasons", words::REASONS, computing, why))
        .with(section("curve", words::CURVE, computing, by_volume))
        .with(section("what-if", words::WHAT_IF, computing, what_if))
}

/// What is in a section; a component of its own, as it stays the same while a newer explanation is in the making.
#[derive(Properties, PartialEq)]
struct InsideProps {
    explained: Explained,
}

#[component]
fn Why(props: &InsideProps) -> Html {
    el("ul.explained__reasons").each(sentences(&props.explained).into_iter().map(|sentence| el("li").with(sentence))).into()
}

#[component]
fn ByVolume(props: &InsideProps) -> Html {
    let cost = use_memo(props.explained.clone(), curve::cost_of);
    let selected = use_state_eq(|| None);
    let on_point = {
        let selected = selected.setter();
        Callback::from(move |place| selected.set(place))
    };
    let chart = use_node_ref();
    use_point_keys(&chart, *selected, cost.len(), cost.len() / 10, &on_point);
    let look = Look { selected: *selected, on_point, drawn: use_node_ref(), chart };
    curve::cost_curve(&cost, &props.explained.answered.quote.currency, look).map(Html::from).unwrap_or_default()
}

#[component]
fn WhatIf(props: &InsideProps) -> Html {
    regret(&props.explained).map(Html::from).unwrap_or_default()
}

/// A section that says when it is about to change. Its place is kept free before it is there.
fn section(name: &'static str, title: &'static str, computing: bool, inside: Option<Html>) -> El {
    let id = [name, "-title"].concat();
    let said = el("span.explained__computing").with(if computing { words::COMPUTING } else { "" });
    el("section")
        .attr("class", ["explained explained--", name, " panel"].concat())
        .attr("aria-labelledby", id.clone())
        .attr("aria-busy", computing.then_some("true"))
        .with(el("h2").attr("id", id).with(title).with(said))
        .with(el(if computing { "div.explained__body explained__body--old" } else { "div.explained__body" }).with(inside))
}

fn sentences(explained: &Explained) -> Vec<String> {
    let Insights { break_even, range, cliffs, other_reading, without_free_calls, leftover, .. } = &*explained.insights;
    let answered = &explained.answered;
    let (quote, start) = (&answered.quote, answered.scenario.start);
    let currency = &quote.currency;
    let mut said = vec![wording::range_sentence(range)];
    said.extend(break_even.as_ref().map(|break_even| wording::break_even_sentence(break_even, currency)));
    if let Some(sizing) = &quote.sizing {
        said.extend(wording::above_maximum_sentence(sizing));
        said.extend(choices(quote, sizing).map(wording::blocking_sentence));
    }
    said.extend(cliffs.iter().map(|cliff| wording::cliff_sentence(cliff, &wording::month_title(start, cliff.month), currency)));
    said.extend(other_reading.as_ref().map(|other| wording::other_reading_sentence(other, currency)));
    said.extend(without_free_calls.as_ref().map(|without| wording::without_free_calls_sentence(without, currency)));
    let until = |last_month| wording::month_inside(start, last_month);
    said.extend(leftover.iter().map(|left| wording::leftover_sentence(left, &until(left.last_month))));
    said
}

/// What fails in the busiest month with each number of slots that can be chosen: not none, nor more than can be bought.
fn choices<'a>(quote: &Quote, sizing: &'a Sizing) -> impl Iterator<Item = &'a Blocking> {
    let months = sizing.months.iter().zip(&quote.months);
    let busiest = months.max_by_key(|(sized, month)| (sized.slots.unwrap_or(u64::MAX), month.calls));
    let blocking = busiest.into_iter().flat_map(|(sized, _)| &sized.blocking);
    blocking.filter(|blocking| (1..=sizing.max_slots).contains(&blocking.slots))
}

fn regret(explained: &Explained) -> Option<El> {
    let regret = &explained.insights.regret;
    let currency = &explained.answered.quote.currency;
    let recommended = regret.plans.first()?;
    let row = |(place, variant): (usize, &Variant)| {
        let cheapest = variant.cheapest.map_or_else(|| wording::NOTHING.into(), |cheapest| wording::money(cheapest, currency));
        let plans = regret.plans.iter();
        let cells = plans.map(|plan| plan.variants.get(place).map(|variant| wording::regret_cell(variant, currency)).unwrap_or_default());
        let name = format!("{} % · {}", variant.percent, grouped(variant.calls));
        Row { is_best: variant.percent == 100, ..Row::new(name, std::iter::once(cheapest).chain(cells).collect()) }
    };
    let plans = regret.plans.iter().map(|plan| wording::regret_head(plan.plan));
    let written = table(Table {
        caption: words::REGRET_TABLE.into(),
        is_caption_seen: false,
        fit: Fit::Wide,
        heads: heads(words::REGRET_HEADS.into_iter().chain(plans)),
        rows: recommended.variants.iter().enumerate().map(row).collect(),
        sum: None,
    });
    let regrets = group()
        .with(el("p").with(wording::regret_sentence(regret, currency)))
        .with(el("p.note").with(wording::REGRET_NOTE))
        .with(written)
        .with(el("p.note").with(wording::safest_sentence(regret, currency)));
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
    fn only_slots_that_can_be_chosen_are_told_of() {
        check("v=1&calls=1000&live=60,500,0.01", &[15, 16, 17]);
        check("v=1&calls=1000&live=1,1,0.5", &[1, 2]);
        check("v=1&calls=1000&live=60,3000,0.01", &[49, 50]);
        // The last month, at 1 percent in its busy hour, needs more than can be bought.
        check("v=1&m=100,0,0,0,0,0,0,0,0,0,0,500000&live=60,1%25,0.01", &[49, 50]);
    }

    /// 9,000 calls of a minute in an hour are 150 erlangs, of which 50 slots refuse more than 100.
    #[test]
    fn of_months_that_need_too_much_the_one_with_the_most_calls_counts() {
        let quote = State::at("v=1&m=900000,0,0,0,0,0,0,0,0,0,0,500000&live=60,1%25,0.01").quote.expect("an answer");
        let sizing = quote.sizing.as_ref().expect("sized");
        let failing = choices(&quote, sizing).last().expect("50 slots").failing_calls.to_string();
        assert!(failing.starts_with("60"), "{failing}");
    }
}
