//! The fields of the volume and its spread over the year.

use web_sys::wasm_bindgen::JsCast;
use yew::prelude::*;

use super::choice::{choice, drawn_choice};
use super::slider::slider;
use super::text_field::{Extra, custom_field, error_sentence, name, text_field};
use super::{View, field_group};
use crate::app::markup::{El, On, el, group};
use crate::app::state::{Action, Field, Shape, VolumeInput, usual_peaks};
use crate::pasted::Pasted;
use crate::price_book::Api;
use crate::usage::{MONTHS, Profile, Usage};
use crate::wording::form::{self as words, Named};
use crate::wording::{grouped, month_label, month_title, typed_month};

/// The calls with their slider, or a budget.
pub(super) fn volume(view: View<'_>) -> El {
    let draft = &view.state.draft;
    let apis = view.state.apis();
    if !apis.is_empty() {
        let field = |(place, api): (usize, &Api)| {
            let (name, hint) = (words::calls_of_api(api), if place == 0 { words::CALLS_OF_API_HINT } else { "" });
            custom_field(view, Field::Api(place), name, hint.into(), Extra::default())
        };
        return group().each(apis.iter().enumerate().map(field));
    }
    let calls = match (draft.shape, draft.volume_input) {
        (Shape::Monthly, _) => return group().with(fixed(view, words::CALLS_OF_MONTHS)),
        (_, VolumeInput::Budget) => return budget(view),
        (_, VolumeInput::Year) => words::CALLS_PER_YEAR,
        (_, VolumeInput::Month) => words::CALLS_PER_MONTH,
        (_, VolumeInput::Day) => words::CALLS_PER_DAY,
    };
    let [name, hint] = [calls.name, calls.hint].map(|text| view.state.in_asked_unit(text));
    let extra = Extra { beside: Some(slider(view, &name)), ..Extra::default() };
    // Always a group, as for a budget: otherwise Yew would replace the field, and it would lose the focus.
    group().with(custom_field(view, Field::Calls, name, hint, extra))
}

/// Calls that are calculated from other fields.
fn fixed(view: View<'_>, calls: Named) -> El {
    let total = view.state.scenario.as_ref().filter(|_| !view.state.is_stale()).map(|scenario| scenario.usage().total());
    let extra = Extra { fixed: Some(total.map(grouped).unwrap_or_default()), ..Extra::default() };
    custom_field(view, Field::Calls, view.state.in_asked_unit(calls.name), view.state.in_asked_unit(calls.hint), extra)
}

/// A budget; the field of the calls shows how many it buys.
fn budget(view: View<'_>) -> El {
    group()
        .with(custom_field(view, Field::Budget, name(view.state, Field::Budget), words::BUDGET_HINT.into(), Extra::default()))
        .with(fixed(view, words::CALLS_BOUGHT))
}

/// How the calls are spread over the year.
pub(super) fn profile(view: View<'_>) -> El {
    let shape = view.state.draft.shape;
    let spread = |place| Action::SetShape(Shape::ALL.get(place).copied().unwrap_or_default());
    // Months of an API are entered in its own field.
    let profiles = if view.state.apis().is_empty() { &words::PROFILES[..] } else { &words::PROFILES[..4] };
    group().with(drawn_choice(view, "profile", words::PROFILE, profiles, shape as usize, spread, sparkline)).with(match shape {
        Shape::Monthly => Some(months(view)),
        Shape::Peaks => Some(peaks(view)),
        Shape::Even | Shape::Growing | Shape::Seasonal => None,
    })
}

/// The twelve months of a profile, as small columns; none where somebody enters them.
fn sparkline(place: usize) -> Option<El> {
    const CALLS: u64 = 12_000;
    const HEIGHT: u64 = 14;
    let profile = [Profile::Even, Profile::Growing, Profile::Seasonal].into_iter().chain(usual_peaks().map(Profile::Peaks)).nth(place)?;
    let months = Usage::yearly(CALLS, profile)?.months();
    let most = months.into_iter().max().filter(|&most| most > 0)?;
    let column = |(month, calls): (usize, u64)| {
        let height = calls * HEIGHT / most;
        format!("M{} {}h3v{height}h-3z", 4 * month, HEIGHT + 2 - height)
    };
    let path: String = months.into_iter().enumerate().map(column).collect();
    Some(el("svg.choice__drawing").attr("viewBox", "0 0 47 16").attr("aria-hidden", "true").with(el("path").attr("d", path)))
}

/// The share of the year in its peaks, and their months.
fn peaks(view: View<'_>) -> El {
    let state = view.state;
    let start = typed_month(state.draft.text(Field::Start));
    let error = error_sentence(state, Field::Peaks);
    let toggle = |(month, &is_peak): (usize, &bool)| {
        let number = month as u32 + 1;
        let input = el("input.toggles__input")
            .attr("type", "checkbox")
            .attr("aria-label", words::peak_name(start, number))
            .attr("aria-invalid", error.as_ref().map(|_| "true"))
            .attr("aria-describedby", "peaks-error")
            .checked(is_peak)
            .on(On::Change, view.does(Action::TogglePeak(month)));
        el("label.toggles__option").with(input).with(el("span.toggles__label").with(month_label(start, number)))
    };
    let months = field_group(words::PEAKS)
        .with(el("div.toggles").each(state.draft.peaks.iter().enumerate().map(toggle)))
        .with(el("p.field__error").attr("id", "peaks-error").with(error.clone()));
    field_group(words::PROFILES[Shape::Peaks as usize].name).with(text_field(view, Field::PeakShare)).with(months)
}

/// How the volume is entered; `None` where the months or the APIs say it.
pub(super) fn volume_input(view: View<'_>) -> Option<El> {
    let draft = &view.state.draft;
    let ask = |place| Action::SetVolumeInput(VolumeInput::ALL.get(place).copied().unwrap_or_default());
    // A budget buys calls of one service.
    let choices = if draft.has_several_lines() { &words::VOLUME_CHOICES[..3] } else { &words::VOLUME_CHOICES[..] };
    (draft.shape != Shape::Monthly && view.state.apis().is_empty())
        .then(|| choice(view, "volume_input", words::VOLUME_INPUT, choices, draft.volume_input as usize, ask))
}

fn months(view: View<'_>) -> El {
    let start = view.state.scenario.as_ref().and_then(|scenario| scenario.start());
    let month = |month: usize| {
        let named = start.map(|_| month_title(start, month as u32 + 1)).unwrap_or_default();
        let extra = Extra { on_paste: Some(on_paste(view, month)), ..Extra::default() };
        custom_field(view, Field::Month(month), view.state.in_asked_unit(&words::month_field_name(month + 1)), named, extra)
    };
    let pasted = view.state.pasted.as_ref().map(|pasted| words::pasted_months(pasted.count, &pasted.left_out));
    field_group(words::MONTHS.name)
        .attr("aria-describedby", "months-hint months-error")
        .with(el("p.field__hint group__hint").attr("id", "months-hint").with(words::MONTHS.hint))
        .with(el("div.group__grid").each((0..MONTHS).map(month)))
        .with(el("p.field__hint group__hint").attr("role", "status").with(pasted))
        .with(el("p.field__error").attr("id", "months-error").with(error_sentence(view.state, Field::Months)))
}

/// Pastes several numbers into the months from this one on. The browser pastes a single number itself.
fn on_paste(view: View<'_>, month: usize) -> Callback<Event> {
    let on_action = view.on_action.clone();
    Callback::from(move |event: Event| {
        let Some(data) = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data) else { return };
        let text = data.get_data("text/plain").unwrap_or_default();
        if Pasted::read(&text).is_many() {
            event.prevent_default();
            on_action.emit(Action::PasteMonths(month, text));
        }
    })
}
