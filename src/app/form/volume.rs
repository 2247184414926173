//! How much, and when in the year?

use web_sys::wasm_bindgen::JsCast;
use yew::prelude::*;

use super::View;
use super::choice::choice;
use super::slider::slider;
use super::text_field::{Extra, Keypad, custom_field, text_field};
use crate::app::state::{Action, Asked, Field, Shape};
use crate::price_book::MAX_CALLS;
use crate::typed_number;
use crate::usage::MONTHS;
use crate::wording::{form, grouped};

/// The field that matters most: calls, or a budget, with the slider.
pub(super) fn volume(view: View<'_>) -> Html {
    let draft = &view.state.draft;
    let total = view.state.scenario.as_ref().filter(|_| !view.state.is_stale()).map(|scenario| scenario.usage.total());
    if draft.shape == Shape::Monthly {
        let fixed = Some(total.map_or_else(String::new, grouped));
        let extra = Extra { fixed, ..Extra::default() };
        return custom_field(view, Field::Calls, "Calls per year", "The sum of the twelve months below.", Keypad::Digits, &extra);
    }
    let (label, hint) = match draft.asked {
        Asked::Year => ("Calls per year", "Successful calls you expect in twelve months, such as 12,000."),
        Asked::Month => ("Calls per month", "Successful calls you expect in a month; a year has twelve."),
        Asked::Day => ("Calls per day", "Successful calls you expect in a day; a year has 365."),
        Asked::Budget => return budget(view, total),
    };
    let extra = Extra { beside: slider(view, label), ..Extra::default() };
    custom_field(view, Field::Calls, label, hint, Keypad::Digits, &extra)
}

/// Money in place of calls; the calls that it buys stand where calls are otherwise typed.
fn budget(view: View<'_>, total: Option<u64>) -> Html {
    let currency = view.state.book().map_or_else(String::new, |book| book.currency.clone());
    let label = format!("Budget per year, {currency}");
    let extra = Extra { fixed: Some(total.map_or_else(String::new, grouped)), ..Extra::default() };
    html! {
        <>
            { text_field(view, Field::Budget, &label, "What you can spend in twelve months, such as 5,000.", Keypad::Decimal) }
            { custom_field(view, Field::Calls, "Calls per year", "The most that this budget pays for.", Keypad::Digits, &extra) }
        </>
    }
}

/// How the volume is given and spread.
pub(super) fn shape(view: View<'_>) -> Html {
    let draft = &view.state.draft;
    html! {
        <>
            if draft.shape != Shape::Monthly {
                { choice(
                    view,
                    "asked",
                    "Volume given",
                    &[
                        (Asked::Year, "Per year", ""),
                        (Asked::Month, "Per month", ""),
                        (Asked::Day, "Per day", ""),
                        (Asked::Budget, "As a budget", ""),
                    ],
                    draft.asked,
                    Action::SetAsked,
                ) }
            }
            { choice(
                view,
                "profile",
                "Usage profile",
                &[
                    (Shape::Even, "Even", "The same every month."),
                    (Shape::Growing, "Growing", "The last month has about twice the calls of the first."),
                    (Shape::Seasonal, "Seasonal", "A peak at the end of the twelve months, twice as high as their start."),
                    (Shape::Monthly, "Month by month", "Your own twelve numbers, typed or pasted from a spreadsheet."),
                ],
                draft.shape,
                Action::SetShape,
            ) }
            if draft.shape == Shape::Monthly {
                { months(view) }
            }
        </>
    }
}

fn months(view: View<'_>) -> Html {
    let error = view.state.errors.get(Field::Months);
    let start = view.state.scenario.as_ref().and_then(|scenario| scenario.start);
    let month = |month: usize| {
        let label = format!("Calls in month {}", month + 1);
        let named = start.map_or_else(String::new, |_| crate::wording::month_name(start, month as u32 + 1));
        let extra = Extra { on_paste: Some(on_paste(view, month)), ..Extra::default() };
        custom_field(view, Field::Month(month), &label, &named, Keypad::Digits, &extra)
    };
    html! {
        <fieldset class="group" aria-describedby="months-hint months-error">
            <legend class="group__legend">{ "Twelve months" }</legend>
            <p class="field__hint" id="months-hint">{ "Paste a row or a column of numbers into any of them to fill it and those after it." }</p>
            <div class="group__grid">{ for (0..MONTHS).map(month) }</div>
            <p class="field__error" id="months-error">
                if let Some(error) = error {
                    { error }
                }
            </p>
        </fieldset>
    }
}

/// Several numbers at once fill the months from here on; a single one is pasted as usual.
fn on_paste(view: View<'_>, month: usize) -> Callback<Event> {
    let on_action = view.on_action.clone();
    Callback::from(move |event: Event| {
        let Some(data) = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data) else { return };
        let text = data.get_data("text/plain").unwrap_or_default();
        if form::parts(&text).len() > 1 && typed_number::read(&text, MAX_CALLS).is_err() {
            event.prevent_default();
            on_action.emit(Action::PasteMonths(month, text));
        }
    })
}
