//! The fields of concurrent slots.

use super::View;
use super::choice::choice;
use super::text_field::text_field;
use crate::app::markup::{El, el, group};
use crate::app::state::{Action, BusyHourAs, Field, SlotsKnown};
use crate::price_book::Service;
use crate::wording::form as words;
use crate::wording::{lines, question};

/// The choice of how to enter the slots, and the fields of the chosen way, unless the answer asks for them.
pub(super) fn slots(view: View<'_>) -> El {
    let known = view.state.draft.slots;
    let is_asked = view.state.question.is_some();
    let fields = match known {
        SlotsKnown::No => None,
        SlotsKnown::Directly => Some(text_field(view, Field::Slots)),
        SlotsKnown::Queued | SlotsKnown::Live if is_asked => None,
        SlotsKnown::Queued | SlotsKnown::Live => {
            Some(super::field_group(words::SLOTS_CHOICES[known as usize].name).with(sized_fields(view)))
        }
    };
    let beside = (is_asked && known != SlotsKnown::Directly).then(|| el("p.field__hint").with(view.state.in_asked_unit(question::BESIDE)));
    let choose = |place| Action::SetSlots(SlotsKnown::ALL.get(place).copied().unwrap_or_default());
    let sharing: Vec<&str> = view.state.shares_slots_with().into_iter().map(Service::name).collect();
    let shared = (!sharing.is_empty()).then(|| el("p.field__hint").with(lines::shared_by(&sharing)));
    group()
        .with(shared)
        .with(choice(view, "slots-known", words::SLOTS_KNOWN, &words::SLOTS_CHOICES, known as usize, choose))
        .with(fields)
        .with(beside)
}

/// The fields from which slots are sized; those of queued work until somebody chooses live traffic.
pub(super) fn sized_fields(view: View<'_>) -> El {
    // With several services, the durations stand with the line.
    let durations = !view.state.draft.has_several_lines();
    if view.state.draft.slots != SlotsKnown::Live {
        let secs = durations.then(|| text_field(view, Field::Secs));
        let fields = [Field::QueuedHours, Field::QueuedUtilisation];
        return fields.into_iter().fold(group().with(secs), |group, field| group.with(text_field(view, field)));
    }
    let busy_hour = view.state.draft.busy_hour;
    let field = if busy_hour == BusyHourAs::Calls { Field::LiveCalls } else { Field::LiveShare };
    let choose = |place| Action::SetBusyHour(BusyHourAs::ALL.get(place).copied().unwrap_or_default());
    let secs = durations.then(|| text_field(view, Field::Secs));
    let field = durations.then(|| text_field(view, field));
    group().with(secs).with(field).with(text_field(view, Field::LiveFailure)).with(choice(
        view,
        "busy-hour",
        words::BUSY_HOUR,
        &words::BUSY_HOUR_CHOICES,
        busy_hour as usize,
        choose,
    ))
}

/// The choice between queued work and live traffic.
pub(super) fn kind_choice(view: View<'_>) -> El {
    let is_live = view.state.draft.slots == SlotsKnown::Live;
    let choose = |place| Action::SetSlots(if place == 1 { SlotsKnown::Live } else { SlotsKnown::Queued });
    choice(view, "traffic", question::TRAFFIC, &question::TRAFFIC_CHOICES, usize::from(is_live), choose)
}
