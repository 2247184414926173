//! The fields of concurrent slots.

use super::View;
use super::choice::choice;
use super::text_field::text_field;
use crate::app::markup::{El, group};
use crate::app::state::{Action, BusyHourAs, Field, SlotsKnown};
use crate::wording::form as words;

/// The choice of how to enter the slots, and the fields of the chosen way.
pub(super) fn slots(view: View<'_>) -> El {
    let known = view.state.draft.slots;
    let fields = match known {
        SlotsKnown::No => None,
        SlotsKnown::Directly => Some(text_field(view, Field::Slots)),
        SlotsKnown::Queued => Some(queued(view)),
        SlotsKnown::Live => Some(live(view)),
    };
    let choose = |place| Action::SetSlots(SlotsKnown::ALL.get(place).copied().unwrap_or_default());
    group().with(choice(view, "slots-known", words::SLOTS_KNOWN, &words::SLOTS_CHOICES, known as usize, choose)).with(fields)
}

fn queued(view: View<'_>) -> El {
    let fields = [Field::QueuedSecs, Field::QueuedHours, Field::QueuedUtilisation];
    fields.into_iter().fold(super::field_group(words::SLOTS_CHOICES[2].name), |group, field| group.with(text_field(view, field)))
}

fn live(view: View<'_>) -> El {
    let busy_hour = view.state.draft.busy_hour;
    let field = if busy_hour == BusyHourAs::Calls { Field::LiveCalls } else { Field::LiveShare };
    let choose = |place| Action::SetBusyHour(BusyHourAs::ALL.get(place).copied().unwrap_or_default());
    super::field_group(words::SLOTS_CHOICES[3].name)
        .with(text_field(view, Field::LiveSecs))
        .with(choice(view, "busy-hour", words::BUSY_HOUR, &words::BUSY_HOUR_CHOICES, busy_hour as usize, choose))
        .with(text_field(view, field))
        .with(text_field(view, Field::LiveFailure))
}
