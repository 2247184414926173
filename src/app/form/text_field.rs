//! A text field with its label, hint and error.
//!
//! The field has a fitting on-screen keyboard, and `aria-describedby` ties the hint and the error to it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::View;
use crate::app::markup::{El, On, el};
use crate::app::state::{Action, Field, State, VolumeInput};
use crate::notes::NoteField;
use crate::recommendation::EXAMPLE_CALLS;
use crate::wording::form::{self as words, Named, note_hint};
use crate::wording::{self, Expected, entry_sentence, note_label};

/// A text field whose label never changes.
#[inline(never)]
pub(super) fn text_field(view: View<'_>, field: Field) -> El {
    let Named { name, hint } = named(field);
    let [name, hint] = [name, hint].map(|text| in_unit(view.state, field, text));
    custom_field(view, field, name, hint, Extra::default())
}

/// A text about the calls of a field, in their unit. Those that are left count as units, even where the form asks for the
/// calls of APIs.
fn in_unit(state: &State, field: Field, text: &str) -> String {
    match field {
        Field::Free | Field::OwnedCalls(_) => state.in_unit(text),
        _ => state.in_asked_unit(text),
    }
}

/// Features of some fields.
#[derive(Default)]
pub(super) struct Extra<'a> {
    /// A calculated text, which makes the field read-only.
    pub fixed: Option<String>,
    /// Called on paste.
    pub on_paste: Option<Callback<Event>>,
    /// The reference through which the input takes the focus.
    pub input: Option<&'a NodeRef>,
    /// Content below the input.
    pub beside: Option<El>,
}

/// A text field with this label and hint; an empty hint is left out.
#[inline(never)]
pub(super) fn custom_field(view: View<'_>, field: Field, label: String, hint: String, extra: Extra<'_>) -> El {
    let id = id(field);
    let part = |part: &str| [&*id, part].concat();
    let error = error_sentence(view.state, field).filter(|_| extra.fixed.is_none());
    let described_by = match (hint.is_empty(), &error) {
        (true, None) => None,
        (true, Some(_)) => Some(part("-error")),
        (false, None) => Some(part("-hint")),
        (false, Some(_)) => Some([&*id, "-hint ", &*id, "-error"].concat()),
    };
    let typed = view.on_action.reform(move |event: Event| Action::Type(field, event.target_unchecked_into::<HtmlInputElement>().value()));
    // Only the note has line breaks, which an `input` would remove.
    let has_lines = field == Field::Note(NoteField::Note);
    let mut input = el(if has_lines { "textarea.field__input" } else { "input.field__input" })
        .attr("id", id.clone())
        .attr("type", (!has_lines).then_some("text"))
        .attr("inputmode", keypad(field))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", (field == Field::Calls && view.state.shows_example()).then(|| wording::grouped(EXAMPLE_CALLS)))
        .value(extra.fixed.as_deref().unwrap_or_else(|| view.state.draft.text_or_usual(field)))
        .flag("readonly", extra.fixed.is_some())
        .attr("aria-describedby", described_by)
        .attr("aria-invalid", error.as_ref().map(|_| "true"))
        .on(On::Input, typed);
    if is_whole(field) {
        input = input.on(On::Change, view.does(Action::Leave(field)));
    }
    if let Some(node) = extra.input {
        input = input.known_as(node);
    }
    if let Some(on_paste) = extra.on_paste {
        input = input.on(On::Paste, on_paste);
    }
    let (right, wrong) = elements(field);
    el(if error.is_some() { wrong } else { right })
        .with(el("label.field__label").attr("for", id.clone()).with(label))
        .with((!hint.is_empty()).then(|| el("p.field__hint").attr("id", part("-hint")).with(hint)))
        .with(el("div.field__box").with(input))
        .with(extra.beside)
        .with(el("p.field__error").attr("id", part("-error")).with(error))
}

/// The element of a field, without and with an error. Its class says where the label, the hint and the error are.
fn elements(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Calls | Field::Budget => ("div.field field--main", "div.field field--main field--wrong"),
        Field::Month(_) => ("div.field field--month", "div.field field--month field--wrong"),
        Field::OwnedCalls(_) | Field::OwnedMonths(_) => ("div.field field--in-row", "div.field field--in-row field--wrong"),
        Field::DiscountPackages | Field::DiscountPostpaid | Field::DiscountConcurrent => {
            ("div.field field--beside", "div.field field--beside field--wrong")
        }
        _ => ("div.field", "div.field field--wrong"),
    }
}

/// Whether a field takes a whole number, whose digits are grouped when it is left.
fn is_whole(field: Field) -> bool {
    matches!(field, Field::Calls | Field::Month(_) | Field::Free | Field::OwnedCalls(_))
}

/// What to enter in a field that has no value.
pub(in crate::app) fn error_sentence(state: &State, field: Field) -> Option<String> {
    state.errors.get(field).map(|error| in_unit(state, field, &entry_sentence(error, expected(state, field))))
}

/// What a field asks for.
fn expected(state: &State, field: Field) -> Expected {
    match field {
        Field::Calls => match state.draft.volume_input {
            VolumeInput::Year | VolumeInput::Budget => Expected::CallsPerYear,
            VolumeInput::Month => Expected::CallsPerMonth,
            VolumeInput::Day => Expected::CallsPerDay,
        },
        Field::Month(_) | Field::OwnedCalls(_) => Expected::Calls,
        Field::Api(_) => Expected::CallsPerYear,
        Field::Free => Expected::FreeCalls,
        Field::OwnedMonths(_) | Field::Slots | Field::PlanCount(_) => Expected::Count,
        Field::Budget => Expected::Amount,
        Field::QueuedHours => Expected::Hours,
        Field::QueuedUtilisation | Field::PeakShare => Expected::Percentage,
        Field::LiveCalls => Expected::CallsPerHour,
        Field::LiveShare | Field::LiveFailure => Expected::SmallPercentage,
        _ => Expected::Seconds,
    }
}

/// The on-screen keyboard of a phone.
fn keypad(field: Field) -> &'static str {
    match field {
        Field::Calls | Field::Month(_) | Field::Free | Field::OwnedCalls(_) => "numeric",
        Field::OwnedMonths(_) | Field::Start | Field::Slots | Field::Api(_) | Field::Note(_) => "text",
        _ => "decimal",
    }
}

/// The label and the hint of a field, as far as they never change.
fn named(field: Field) -> Named {
    match field {
        Field::Calls
        | Field::Budget
        | Field::Month(_)
        | Field::Months
        | Field::Api(_)
        | Field::OwnedCalls(_)
        | Field::OwnedMonths(_)
        | Field::PlanMonth(_)
        | Field::PlanSize(_)
        | Field::PlanCount(_)
        | Field::PlanSlots => words::CALLS_PER_YEAR,
        Field::PeakShare | Field::Peaks => words::PEAK_SHARE,
        Field::Start => words::START,
        Field::Free => words::FREE,
        Field::Slots => words::SLOTS,
        Field::Secs => words::SECS_PER_CALL,
        Field::QueuedHours => words::BUSY_HOURS,
        Field::QueuedUtilisation => words::UTILISATION,
        Field::LiveCalls => words::BUSY_HOUR_CALLS,
        Field::LiveShare => words::BUSY_HOUR_SHARE,
        Field::LiveFailure => words::FAILURE,
        Field::DiscountPackages => words::DISCOUNT_PACKAGES,
        Field::DiscountPostpaid => words::DISCOUNT_POSTPAID,
        Field::DiscountConcurrent => words::DISCOUNT_CONCURRENT,
        Field::Note(note) => Named { name: note_label(note), hint: note_hint(note) },
    }
}

/// The label of a field other than those of the calls.
pub(in crate::app) fn name(state: &State, field: Field) -> String {
    let number = |row| state.draft.owned.iter().position(|&other| other == row).map_or(0, |place| place + 1);
    match field {
        Field::Budget => words::budget_name(state.currency()),
        Field::OwnedCalls(row) => in_unit(state, field, &words::owned_calls_name(number(row))),
        Field::OwnedMonths(row) if wording::typed_month(state.draft.text(Field::Start)).is_some() => words::owned_until_name(number(row)),
        Field::OwnedMonths(row) => words::owned_months_name(number(row)),
        _ => in_unit(state, field, named(field).name),
    }
}

/// The `id` of a field's input, unique on the page.
pub(in crate::app) fn id(field: Field) -> String {
    let (name, number) = match field {
        Field::Calls => ("calls", None),
        Field::Budget => ("budget", None),
        Field::Month(month) => ("month-", Some(month as u32 + 1)),
        Field::Months => ("months", None),
        Field::Api(place) => ("api-", Some(place as u32 + 1)),
        Field::PeakShare => ("peak-share", None),
        Field::Peaks => ("peaks", None),
        Field::Start => ("start", None),
        Field::Free => ("free", None),
        Field::OwnedCalls(row) => ("owned-calls-", Some(row)),
        Field::OwnedMonths(row) => ("owned-months-", Some(row)),
        Field::Slots => ("slots", None),
        Field::Secs => ("seconds", None),
        Field::QueuedHours => ("queued-hours", None),
        Field::QueuedUtilisation => ("queued-utilisation", None),
        Field::LiveCalls => ("live-calls", None),
        Field::LiveShare => ("live-share", None),
        Field::LiveFailure => ("live-failure", None),
        Field::DiscountPackages => ("discount-packages", None),
        Field::DiscountPostpaid => ("discount-postpaid", None),
        Field::DiscountConcurrent => ("discount-concurrent", None),
        Field::PlanMonth(row) => ("plan-month-", Some(row)),
        Field::PlanSize(row) => ("plan-size-", Some(row)),
        Field::PlanCount(row) => ("plan-count-", Some(row)),
        Field::PlanSlots => ("plan-slots", None),
        Field::Note(note) => return ["note-", note.name()].concat(),
    };
    number.map_or_else(|| name.into(), |number: u32| [name, &number.to_string()].concat())
}
