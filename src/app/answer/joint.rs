//! The answer about several services: the total, the year by what it costs, the steps of all services, and the tables that the
//! documents have too.

mod boxes;
mod months;

use yew::prelude::*;

use self::boxes::boxes;
use self::months::months;
use crate::app::answer::comparison::{Compared, comparison_of};
use crate::app::markup::{El, On, button, el, group, link};
use crate::app::state::{Action, JointAnswer, PlanEdit, State};
use crate::estimate::{EstimateQuote, GroupRow, LineRow, ShownEstimate, ShownItem};
use crate::export::{Cell, Column, EstimateCosts, EstimateDocument, Part, Section};
use crate::ledger::MonthRow;
use crate::money::Money;
use crate::price_book::{PriceBook, Service};
use crate::recommendation::strip::{Strip, StripMonth, legend};
use crate::recommendation::{self, Freshness};
use crate::wording::lines as words;
use crate::wording::page::scroll_box_name;
use crate::wording::{self, PlanOf, steps_of};

/// The recommendation and what is below it.
pub(super) fn joint(state: &State, joint: &JointAnswer, freshness: Freshness<'_>, on_action: &Callback<Action>) -> [El; 2] {
    let Some(book) = state.book() else { return [group(), group()] };
    let document = EstimateDocument {
        estimate: &joint.estimate,
        quote: &joint.quote,
        built_in: &book,
        notes: &state.notes,
        date: None,
        link: None,
        caution: None,
    };
    let shown = joint.quote.shown_plan();
    let prices = joint.estimate.book(&book);
    let costs = EstimateCosts::of(&document, &shown);
    let recommendation = El::from(recommendation::section())
        .with(recommendation::band(true, freshness))
        .with(el("h2.recommendation__title").attr("id", "recommendation-title").with(wording::RECOMMENDATION))
        .with(headline(state, joint, costs.saved, on_action))
        .with(left_out(state))
        .with(plan(state, joint, &shown, prices))
        .with(unsized_groups(joint, prices).filter(|_| !state.is_for_recipient()).map(|note| el("p.note note--strong").with(note)));
    let below = group()
        .with(costs.by_service.map(|costs| cost_section("costs-title", costs)))
        .with(costs.sharing.map(|sharing| cost_section("sharing-title", sharing).with(boxes(joint, &shown, prices))))
        .with(comparison(joint, state.origin.is_some()))
        .with(months(joint, &shown, &month_totals(&shown), prices));
    [recommendation, below]
}

/// The recommended plan, somebody's own and the three strategies, with the extra cost of each.
fn comparison(joint: &JointAnswer, is_sent: bool) -> El {
    let EstimateQuote { currency, total, alternatives, own_plan, .. } = &joint.quote;
    let own = own_plan.as_ref().map(|own| (own.total, own.difference));
    let compared = Compared { currency, total: *total, own, is_sent, alternatives };
    comparison_of(compared, &|text| text.into(), &|reason| group().with(wording::export::unavailable_to_all(reason)))
}

/// The names of the services of an item, and the first of them.
fn named<'a>(joint: &JointAnswer, item: &ShownItem<'_>, book: &'a PriceBook) -> Option<(String, &'a Service)> {
    let service = |line: &usize| book.service(joint.estimate.lines().get(*line)?.scenario().service());
    let services: Vec<&Service> = item.lines.iter().filter_map(service).collect();
    let names: Vec<&str> = services.iter().map(|service| service.name()).collect();
    Some((wording::export::names(&names), services.first()?))
}

/// The total of the cheapest plan, or of one that somebody chose, with what is to know about it.
fn headline(state: &State, joint: &JointAnswer, saved: Option<Money>, on_action: &Callback<Action>) -> El {
    let JointAnswer { estimate, quote } = joint;
    let currency = &quote.currency;
    let is_discounted = estimate.lines().iter().any(|line| !line.scenario().discount().is_zero());
    let discounted = is_discounted.then(|| el("p.note").with(wording::export::DISCOUNTS_INCLUDED));
    let Some(own) = &quote.own_plan else {
        let total = recommendation::total_headline(quote.total, currency, false);
        return group().with(total).with(facts(joint, saved)).with(discounted);
    };
    let [before, after] = if state.origin.is_some() { wording::own_plan::CHOSEN_BY_SENDER } else { words::OWN_PLAN };
    let cheapest = el("strong").with(recommendation::cheapest_total(quote.total, currency));
    let chosen = el("li").with(el("span").with(before)).with(cheapest).with(el("span").with(after));
    let failing = (own.failing_calls > 0).then(|| el("p.note note--strong").with(wording::export::would_fail(own.failing_calls)));
    let drop = on_action.reform(|_: Event| Action::Plan(PlanEdit::Drop));
    let back = (!state.is_for_recipient()).then(|| button("button.button button--plain", wording::own_plan::BACK).on(On::Click, drop));
    el("div")
        .attr("role", "group")
        .attr("aria-label", wording::own_plan::TITLE)
        .with(recommendation::total_headline(own.total, currency, true))
        .with(el("ul.facts").with(el("li").with(words::for_services(estimate.lines().len()))).with(chosen))
        .with(failing)
        .with(discounted)
        .with(back)
}

/// Services whose calls nobody has entered.
pub(super) fn left_out(state: &State) -> Option<El> {
    let names = state.services_without_calls();
    (!names.is_empty() && state.has_answer()).then(|| el("p.note note--strong").with(words::not_included(&names)))
}

fn facts(joint: &JointAnswer, saved: Option<Money>) -> El {
    let JointAnswer { estimate, quote } = joint;
    let fact =
        |figure: Option<String>, words: String| el("li").with(figure.map(|figure| el("strong").with(figure))).with(el("span").with(words));
    let saved = saved.map(|saved| fact(Some(wording::money(saved, &quote.currency)), words::SAVED_BY_SHARING.into()));
    let saving = wording::saving(&quote.alternatives, quote.total, &quote.currency);
    el("ul.facts").with(el("li").with(words::for_services(estimate.lines().len()))).with(saved).with(fact(saving.amount, saving.against))
}

/// The year as a strip, and what to buy and when.
fn plan(state: &State, joint: &JointAnswer, shown: &ShownEstimate<'_>, book: &PriceBook) -> El {
    let JointAnswer { estimate, quote } = joint;
    let steps = steps_of(&parts(joint, shown, book), estimate.start(), &quote.currency, state.is_quote());
    let months = (0..crate::usage::MONTHS).map(|month| costs(shown, month)).collect::<Vec<StripMonth>>();
    let sum = |of: fn(&MonthRow) -> Money| shown.items.iter().flat_map(|item| &item.months).map(move |(row, _)| of(row));
    let sums = [None, total(sum(packages)), total(sum(postpaid)), total(sum(slots)), None];
    let legend = legend(words::cost_by_way(sums, &quote.currency));
    let strip = Strip {
        months,
        start: estimate.start(),
        currency: &quote.currency,
        scale: &|cents| wording::cost_on_axis(cents, &quote.currency),
        name: &words::cost_chart(&month_totals(shown), estimate.start(), &quote.currency),
    };
    let has_costs = !shown.total.is_zero();
    let has_calls = shown.items.iter().flat_map(|item| &item.months).any(|(row, _)| row.calls > 0);
    let nothing =
        steps.is_empty().then(|| el("p.plan__nothing").with(if has_calls { wording::CREDITS_COVER_YEAR } else { wording::NOTHING_TO_PAY }));
    let list = (!steps.is_empty()).then(|| recommendation::step_list(&steps, shown.total, &quote.currency));
    let switches = shown.items.iter().flat_map(|item| &item.months).any(|(row, _)| row.slots > 0);
    group()
        .with(el("div.recommendation__what").with(el("h3").with(wording::STEPS_TITLE)).with(has_costs.then_some(legend)))
        .with(has_costs.then(|| strip.draw(&steps)))
        .with(nothing)
        .with(list)
        .with(switches.then(|| el("p.note").with(words::SWITCHING_NOTE)))
        .with(buying(joint, shown, book))
}

/// When to buy packages, until when they can be refunded, and where.
fn buying(joint: &JointAnswer, shown: &ShownEstimate<'_>, book: &PriceBook) -> Option<El> {
    let buys = || shown.items.iter().filter(|item| !item.purchases.is_empty()).filter_map(|item| named(joint, item, book));
    let of_service = |(name, service): (String, &Service)| {
        let refund = wording::refund_note(service).map(|refund| el("span").with(wording::export::about(&name, &refund)));
        let shop = service.links().buy.as_ref().map(|buy| link(buy, wording::BUY_PACKAGES));
        (refund.is_some() || shop.is_some()).then(|| el("p.note").with(refund).with(" ").with(shop))
    };
    buys().next()?;
    Some(group().with(el("p.note").with(wording::BUYING_NOTE)).with(el("div").each(buys().map(of_service))))
}

/// The plans of shared slots, then those of the services.
fn parts<'a>(joint: &'a JointAnswer, shown: &'a ShownEstimate<'a>, book: &'a PriceBook) -> Vec<PlanOf<'a>> {
    let part = |item: &'a ShownItem<'a>| {
        let (name, service) = named(joint, item, book)?;
        Some(PlanOf { of: Some(name), plan: item.plan(), service })
    };
    let [shared, own] = [true, false].map(|is_shared| shown.items.iter().filter(move |item| item.is_shared() == is_shared));
    shared.chain(own).filter_map(part).collect()
}

fn packages(row: &MonthRow) -> Money {
    row.package_charge
}

/// Postpaid calls, and slots added to the included ones.
fn postpaid(row: &MonthRow) -> Money {
    row.postpaid_charge.plus(row.add_on_charge.unwrap_or_default()).unwrap_or(row.postpaid_charge)
}

fn slots(row: &MonthRow) -> Money {
    row.concurrent_charge
}

/// The sum of amounts, unless it is zero or has too many digits.
fn total(mut amounts: impl Iterator<Item = Money>) -> Option<Money> {
    amounts.try_fold(Money::ZERO, Money::plus).ok().filter(|sum| !sum.is_zero())
}

fn month_totals(shown: &ShownEstimate<'_>) -> Vec<Money> {
    let of_month = |month: usize| total(shown.items.iter().filter_map(|item| item.months.get(month)).map(|(row, _)| row.charge));
    (0..crate::usage::MONTHS).map(|month| of_month(month).unwrap_or_default()).collect()
}

/// What a month costs, by how it is paid, in hundredths.
fn costs(shown: &ShownEstimate<'_>, month: usize) -> StripMonth {
    let rows = || shown.items.iter().filter_map(|item| item.months.get(month)).map(|(row, _)| row);
    let of = |way: fn(&MonthRow) -> Money| total(rows().map(way)).map_or(0, hundredths);
    let cost = total(rows().map(|row| row.charge)).unwrap_or_default();
    StripMonth { parts: [0, of(packages), of(postpaid), of(slots), 0], cost }
}

/// An amount in hundredths, rounded down: enough for a drawing.
fn hundredths(amount: Money) -> u64 {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "00"));
    let cents = fraction.get(..2).and_then(|cents| cents.parse::<u64>().ok()).unwrap_or(0);
    whole.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(100).saturating_add(cents)
}

/// Services that could share slots, where the number of slots is not known.
fn unsized_groups(joint: &JointAnswer, book: &PriceBook) -> Option<String> {
    let with_calls = |group: &GroupRow| -> Vec<&str> {
        let is_of_group = |row: &&LineRow| group.services.contains(&row.service) && row.months.iter().any(|month| month.calls > 0);
        let services = joint.quote.services.iter().filter(is_of_group).filter_map(|row| book.service(Some(&row.service)));
        services.filter(|service| service.concurrent().is_some()).map(Service::name).collect()
    };
    let group = joint.quote.groups.iter().find(|group| with_calls(group).len() > 1 && joint.estimate.slots_rule(&group.group).is_none())?;
    Some(words::could_share(&with_calls(group)))
}

/// A section of the documents on the page.
fn cost_section(id: &'static str, section: Section) -> El {
    let Section { heading, parts } = section;
    let part = |part: Part| match part {
        Part::Table { columns, rows, total } => table(heading, &columns, rows, total),
        Part::Sentence(sentence) => el("p.note").with(sentence),
        Part::Lines(_) | Part::Link { .. } => group(),
    };
    el("section.joint section").attr("aria-labelledby", id).with(el("h2").attr("id", id).with(heading)).each(parts.into_iter().map(part))
}

fn table(name: &'static str, columns: &[Column], rows: Vec<Vec<Cell>>, total: Option<Vec<Cell>>) -> El {
    let head = |(place, column): (usize, &Column)| {
        el(if place > 0 { class("th", column) } else { "th" }).attr("scope", "col").with(column.name.clone())
    };
    let cell = |place: usize, cells: usize, cell: Cell| {
        let content = group()
            .with((!cell.strong.is_empty()).then(|| el("strong").with([&cell.strong, " "].concat())))
            .with(el("span").with(cell.text));
        match columns.get(place) {
            Some(column) if place > 0 => {
                // The last cell of a shorter row is in words, across the rest.
                let rest = columns.len() - place;
                let span = (place + 1 == cells && rest > 1).then(|| rest.to_string());
                el(if span.is_some() { "td.table__reason" } else { class("td", column) }).attr("colspan", span).with(content)
            }
            _ => el("th").attr("scope", "row").with(content),
        }
    };
    let line = |cells: Vec<Cell>| {
        let count = cells.len();
        el("tr").each(cells.into_iter().enumerate().map(move |(place, of)| cell(place, count, of)))
    };
    let table = el("table.table joint__table")
        .with(el("caption.visually-hidden").with(name))
        .with(el("thead").with(el("tr").each(columns.iter().enumerate().map(head))))
        .with(el("tbody").each(rows.into_iter().map(&line)))
        .with(total.map(|total| el("tfoot").with(line(total))));
    el("div.scroll-box").attr("tabindex", "0").attr("role", "group").attr("aria-label", scroll_box_name(name)).with(table)
}

fn class(tag: &'static str, column: &Column) -> &'static str {
    match (tag, column.has_figures) {
        ("th", true) => "th",
        ("th", false) => "th.joint__words",
        (_, true) => "td",
        (_, false) => "td.joint__words",
    }
}
