//! How many calls run at once?

use yew::prelude::*;

use super::View;
use super::choice::choice;
use super::text_field::{Keypad, text_field};
use crate::app::state::{Action, BusyHourAs, Field, SlotsKnown};

/// The ways to know the number of slots, and the fields of the one that is chosen.
pub(super) fn slots(view: View<'_>) -> Html {
    let draft = &view.state.draft;
    html! {
        <>
            { choice(
                view,
                "slots-known",
                "Concurrent slots",
                &[
                    (SlotsKnown::No, "Not known", "Concurrent billing is then not planned; the answer says up to how many slots it would pay."),
                    (SlotsKnown::Directly, "I know the number", ""),
                    (SlotsKnown::Queued, "Queued work", "Calls can wait for a free slot, such as a batch in the night."),
                    (SlotsKnown::Live, "Live traffic", "A call that finds no free slot fails, such as visitors of an app."),
                ],
                draft.slots,
                Action::SetSlots,
            ) }
            { match draft.slots {
                SlotsKnown::No => html! {},
                SlotsKnown::Directly => text_field(
                    view,
                    Field::Slots,
                    "Concurrent slots needed",
                    "Tasks at once in every month that has calls; or twelve numbers, one for each month.",
                    Keypad::Text,
                ),
                SlotsKnown::Queued => queued(view),
                SlotsKnown::Live => live(view),
            } }
        </>
    }
}

fn queued(view: View<'_>) -> Html {
    html! {
        <fieldset class="group">
            <legend class="group__legend">{ "Queued work" }</legend>
            { text_field(view, Field::QueuedSecs, "Seconds per call", "How long a call takes, on average.", Keypad::Decimal) }
            { text_field(view, Field::QueuedHours, "Busy hours per month", "Hours in which calls may run; 720 is around the clock.", Keypad::Decimal) }
            { text_field(
                view,
                Field::QueuedUtilisation,
                "Target utilisation, %",
                "How much of those hours a slot is to be busy; 80 leaves room for peaks.",
                Keypad::Decimal,
            ) }
        </fieldset>
    }
}

fn live(view: View<'_>) -> Html {
    let busy_hour = view.state.draft.busy_hour;
    html! {
        <fieldset class="group">
            <legend class="group__legend">{ "Live traffic" }</legend>
            { text_field(view, Field::LiveSecs, "Seconds per call", "How long a call takes, on average.", Keypad::Decimal) }
            { choice(
                view,
                "busy-hour",
                "Busiest hour given",
                &[(BusyHourAs::Calls, "In calls", ""), (BusyHourAs::Share, "As a share of the month", "")],
                busy_hour,
                Action::SetBusyHour,
            ) }
            if busy_hour == BusyHourAs::Calls {
                { text_field(view, Field::LiveCalls, "Calls in the busiest hour", "Of any month that has calls.", Keypad::Decimal) }
            } else {
                { text_field(
                    view,
                    Field::LiveShare,
                    "Share in the busiest hour, %",
                    "Of the month's calls. An even month has about 0.14 in every hour.",
                    Keypad::Decimal,
                ) }
            }
            { text_field(
                view,
                Field::LiveFailure,
                "Accepted failures, %",
                "How many of the busiest hour's calls may find no free slot; 1 is common.",
                Keypad::Decimal,
            ) }
        </fieldset>
    }
}
