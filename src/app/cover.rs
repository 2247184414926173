//! What a recipient reads beside a quote: for whom it is, who made it, and what it is based on.

use yew::prelude::*;

use super::markup::{El, On, button, el, group};
use super::state::State;
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
    let based = state.scenario.as_ref().map(|scenario| {
        let item = |assumed: wording::Assumption| {
            el("div").with(el("dt").with(state.in_asked_unit(assumed.label))).with(el("dd").with(state.in_asked_unit(&assumed.text)))
        };
        el("dl.cover__facts").each(assumptions(scenario).into_iter().map(item))
    });
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
