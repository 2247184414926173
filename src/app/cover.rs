//! What a recipient reads beside a quote: for whom it is, who made it, and what it is based on.

use yew::prelude::*;

use super::markup::{El, On, button, el, group};
use super::state::{JointAnswer, State};
use crate::estimate::{LineRow, ServiceLine};
use crate::notes::NoteField;
use crate::wording::{self, assumptions, cover as words, note_label};

/// The cover of an estimate that was sent; `on_change` shows the form. On a small screen its head comes before the answer, and
/// the rest after it.
pub fn cover(state: &State, on_change: Callback<Event>) -> El {
    let notes = &state.notes;
    let service = state.service();
    let [customer, title, note] = [NoteField::Customer, NoteField::Title, NoteField::Note].map(|field| notes.get(field));
    let title = if title.is_empty() { service.map_or_else(String::new, |service| service.name().into()) } else { title };
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
        (Some(joint), _) => Some(of_services(joint)),
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

/// What an estimate of several services is based on: the whole, then each service.
fn of_services(joint: &JointAnswer) -> El {
    let item = |assumed: wording::Assumption| el("div").with(el("dt").with(assumed.label)).with(el("dd").with(assumed.text));
    let facts = |assumed: Vec<wording::Assumption>| el("dl.cover__facts").each(assumed.into_iter().map(item));
    let line = |(line, row): (&ServiceLine, &LineRow)| {
        let heading = el("h3.cover__service").with(row.name.clone());
        el("div").with(heading).with(facts(wording::line_assumptions(line)))
    };
    let lines = joint.estimate.lines().iter().zip(&joint.quote.services).map(line);
    let slots = joint.quote.groups.iter().map(|group| {
        let of_group = joint.quote.services.iter().filter(|row| group.services.contains(&row.service));
        let names: Vec<&str> = of_group.map(|row| row.name.as_str()).collect();
        let heading = el("h3.cover__service").with(wording::lines::names(&names));
        el("div").with(heading).with(facts(vec![wording::slots_assumption(joint.estimate.slots_rule(&group.group))]))
    });
    let whole = facts(wording::estimate_assumptions(&joint.estimate));
    el("div").with(whole).with(el("div").each(lines)).with(el("div").each(slots))
}
