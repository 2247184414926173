//! The services of an estimate: the closed lines around the open one, and the choice of a service.
//!
//! With a price book of one service there is none of this.

use web_sys::wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, Node};
use yew::prelude::*;

use super::View;
use super::text_field::text_field;
use crate::app::markup::{El, On, button, el, group};
use crate::app::state::{Action, BusyHourAs, Draft, Field, LineState, SlotsKnown};
use crate::estimate::MOST_LINES;
use crate::wording::lines as words;
use crate::wording::units;

/// The id of the choice of the open line's service.
pub(in crate::app) const SERVICE_ID: &str = "service";

/// The lines before the open one, and its service; `None` where there is no choice.
pub(super) fn above(view: View<'_>, service: &NodeRef) -> Option<El> {
    let draft = &view.state.draft;
    let open = draft.open_line();
    (view.state.services().len() > 1).then(|| {
        let title = draft.has_several_lines().then(|| el("h2.services__title").with(words::SERVICES));
        group().with(title).with(rows(view, 0..open)).with(choice(view, service))
    })
}

/// The durations of the open line, where the slots that it shares are sized by them.
pub(super) fn durations(view: View<'_>) -> Option<El> {
    let draft = &view.state.draft;
    let is_sized = draft.has_several_lines() && matches!(draft.slots, SlotsKnown::Queued | SlotsKnown::Live);
    is_sized.then(|| {
        let busy_hour = if draft.busy_hour == BusyHourAs::Calls { Field::LiveCalls } else { Field::LiveShare };
        let busy_hour = (draft.slots == SlotsKnown::Live).then(|| text_field(view, busy_hour));
        el("div.form__pair").with(text_field(view, Field::Secs)).with(busy_hour)
    })
}

/// The lines after the open one, and a button for one more; `None` where there is no choice.
pub(super) fn below(view: View<'_>) -> Option<El> {
    let draft = &view.state.draft;
    let (open, count) = (draft.open_line(), draft.lines().count());
    let services = view.state.services();
    (services.len() > 1).then(|| {
        let remove = draft.has_several_lines().then(|| {
            let name = view.state.service().map(|service| words::remove(service.name())).unwrap_or_default();
            let button = el("button.button button--plain").attr("type", "button").with(name);
            el("div.services__remove").with(button.on(On::Click, view.does(Action::RemoveLine(open))))
        });
        let can_add = count < MOST_LINES && services.iter().any(|service| !view.state.has_line_of(service));
        let add = can_add.then(|| button("button.button services__add", words::ADD).on(On::Click, view.does(Action::AddLine)));
        group().with(remove).with(rows(view, open + 1..count)).with(add)
    })
}

/// Closed lines.
fn rows(view: View<'_>, places: std::ops::Range<usize>) -> El {
    let (from, count) = (places.start, places.len());
    let row = |(place, line): (usize, &Draft)| {
        let service = view.state.service_of(line);
        let (text, set) = match (view.state.line_state(place, line), service) {
            (LineState::Calls(calls), Some(service)) if view.state.counts_units(line) => {
                (units(calls, service.unit()), "span.options__set options__set--own")
            }
            (LineState::Calls(calls), _) => (crate::wording::calls(calls), "span.options__set options__set--own"),
            (LineState::Empty, _) => (words::NO_CALLS_YET.into(), "span.options__set"),
            (LineState::Wrong, _) => (words::CHECK.into(), "span.options__set options__set--wrong"),
        };
        el("button.services__row chevron")
            .attr("type", "button")
            .attr("aria-expanded", "false")
            .with(el("span.options__name").with(service.map(|service| service.name().to_owned()).unwrap_or_default()))
            .with(el(set).with(text))
            .on(On::Click, view.does(Action::OpenLine(place)))
    };
    el("div.services__rows").each(view.state.draft.lines().enumerate().skip(from).take(count).map(row))
}

/// The choice of the open line's service. A browser finds an option by its first letters.
fn choice(view: View<'_>, node: &NodeRef) -> El {
    let chosen = view.state.service().map(|service| service.id());
    let option = |service: &crate::price_book::Service| {
        let is_chosen = Some(service.id()) == chosen;
        el("option")
            .attr("value", service.id().to_owned())
            .flag("selected", is_chosen)
            .flag("disabled", !is_chosen && view.state.has_line_of(service))
            .with(service.name().to_owned())
    };
    let on_change = view.on_action.reform(|event: Event| Action::SetService(event.target_unchecked_into::<HtmlInputElement>().value()));
    // Only the app can answer about another service than the first, so the choice waits for it.
    let is_prerendered = cfg!(not(target_family = "wasm"));
    let select = el("select.field__input")
        .attr("id", SERVICE_ID)
        .flag("disabled", is_prerendered)
        .attr("autocomplete", "off")
        .known_as(node)
        .each(view.state.services().iter().map(option))
        .on(On::Change, on_change);
    // With several lines, the heading above them says the same.
    let label = if view.state.draft.has_several_lines() { "label.visually-hidden" } else { "label.field__label" };
    el("div.field services__choice").with(el(label).attr("for", SERVICE_ID).with(words::SERVICE)).with(el("div.field__box").with(select))
}

/// An effect that shows the chosen service where it changed by itself: a browser keeps what somebody chose in a list.
pub(super) fn show_chosen(service: &NodeRef) -> impl FnOnce(&Option<String>) + 'static {
    let service = service.clone();
    move |chosen| {
        if let (Some(select), Some(chosen)) = (service.get(), chosen) {
            // A list has its value in the same property as a text field.
            let select: &HtmlInputElement = select.unchecked_ref::<Node>().unchecked_ref();
            select.set_value(chosen);
        }
    }
}
