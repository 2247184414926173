//! What a recipient reads beside a quote: for whom it is, who made it, and what it is based on.

use yew::prelude::*;

use super::markup::{El, On, button, el, group};
use super::state::{JointAnswer, State};
use crate::estimate::{GroupRow, LineRow, ServiceLine};
use crate::notes::NoteField;
use crate::price_book::Service;
use crate::wording::{self, assumptions, cover as words, note_label};

/// The cover of an estimate that was sent; `on_change` shows the form. On a small screen its head comes before the answer, and
/// the rest after it.
pub fn cover(state: &State, on_change: Callback<Event>) -> El {
    let notes = &state.notes;
    let service = state.service();
    let [customer, title, note] = [NoteField::Customer, NoteField::Title, NoteField::Note].map(|field| notes.get(field));
    let title = match (&state.joint, service) {
        _ if !title.is_empty() => title,
        (Some(joint), _) => wording::export::untitled_of(joint.estimate.lines().len()),
        (None, service) => service.map_or_else(String::new, |service| service.name().into()),
    };
    let given = |field: NoteField| Some(notes.get(field)).filter(|text| !text.is_empty()).map(|text| (note_label(field), text));
    let until = notes.valid_until().map(|until| (note_label(NoteField::ValidUntil), wording::day(until)));
    let line = |(label, text): (&'static str, String)| el("li").with(label).with(" ").with(el("strong").with(text));
    let facts = until.into_iter().chain(given(NoteField::Sender)).chain(given(NoteField::Reference)).map(line);
    let note = (!note.is_empty()).then(|| {
        el("div.cover__note").with(el("h2.cover__heading").with(words::NOTE)).each(note.lines().map(|line| el("p").with(line.to_owned())))
    });
    let item = |assumed: wording::Assumption| {
        el("div").with(el("dt").with(state.in_asked_unit(assumed.label))).with(el("dd").with(state.in_asked_unit(&assumed.text)))
    };
    let based = match (&state.joint, &state.scenario) {
        (Some(joint), _) => Some(of_services(state, joint)),
        (None, scenario) => scenario.as_ref().map(|scenario| el("dl.cover__facts").each(assumptions(scenario).into_iter().map(item))),
    };
    let head = el("div.cover__head")
        .with((!customer.is_empty()).then(|| el("p.cover__customer").with(words::for_customer(&customer))))
        .with(el("h1.cover__title").with(title))
        .with(el("ul.cover__lines").each(facts));
    let rest = el("div.cover")
        .with(note)
        .with(el("h2.cover__heading").with(words::BASED_ON))
        .with(based)
        .with(button("button.button", words::CHANGE).on(On::Click, on_change));
    group().with(head).with(rest)
}

/// What an estimate of several services is based on: the whole, then each service in its unit, then the slots of each group.
fn of_services(state: &State, joint: &JointAnswer) -> El {
    let book = state.book();
    let service = |id: &str| joint.estimate.book(book.as_deref()?).service(Some(id));
    let facts = |assumed: Vec<wording::Assumption>, service: Option<&Service>| {
        let in_unit = |text: &str| service.map_or_else(|| text.into(), |service| wording::in_unit(text, service.unit()));
        let item = |fact: wording::Assumption| el("div").with(el("dt").with(in_unit(fact.label))).with(el("dd").with(in_unit(&fact.text)));
        el("dl.cover__facts").each(assumed.into_iter().map(item))
    };
    let heading = |name: String| el("h3.cover__service").with(name);
    let line = |(line, row): (&ServiceLine, &LineRow)| {
        // Calls of APIs are calls, whatever the service counts.
        let service = service(&row.service).filter(|_| line.scenario().apis().is_empty());
        el("div").with(heading(row.name.clone())).with(facts(wording::line_assumptions(line), service))
    };
    let group = |group: &GroupRow| {
        let slots = wording::slots_assumption(joint.estimate.slots_rule(&group.group));
        el("div").with(heading(wording::export::names(&joint.quote.names_of(group)))).with(facts(vec![slots], None))
    };
    el("div")
        .with(facts(wording::estimate_assumptions(&joint.estimate), None))
        .with(el("div").each(joint.estimate.lines().iter().zip(&joint.quote.services).map(line)))
        .with(el("div").each(joint.quote.groups.iter().map(group)))
}
