//! What a closed part of the options says about itself.

use crate::app::state::{Draft, Field, Shape, SlotsKnown, State, VolumeInput};
use crate::price_book::MAX_CALLS;
use crate::typed_number;
use crate::wording::form as words;
use crate::wording::{self, grouped};

/// A part of the options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OptionsPart {
    /// How calls are spread over the year, and where it begins.
    Profile,
    /// Concurrent slots.
    Slots,
    /// Packages that are owned already.
    Owned,
    /// Negotiated discounts.
    Discount,
    /// How the volume is entered.
    VolumeInput,
    /// The tier basis and the other assumptions.
    Assumptions,
}

impl OptionsPart {
    /// The visible name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => words::PROFILE,
            Self::Slots => words::SLOTS_KNOWN,
            Self::Owned => words::OWNED.name,
            Self::Discount => words::DISCOUNT.name,
            Self::VolumeInput => words::VOLUME_INPUT,
            Self::Assumptions => words::ASSUMPTIONS,
        }
    }

    /// Whether a field is in this part.
    fn has(self, field: Field) -> bool {
        match field {
            Field::Start | Field::Month(_) | Field::Months | Field::PeakShare | Field::Peaks => self == Self::Profile,
            Field::Slots
            | Field::Secs
            | Field::QueuedHours
            | Field::QueuedUtilisation
            | Field::LiveCalls
            | Field::LiveShare
            | Field::LiveFailure => self == Self::Slots,
            Field::OwnedCalls(_) | Field::OwnedMonths(_) => self == Self::Owned,
            Field::DiscountPackages | Field::DiscountPostpaid | Field::DiscountConcurrent => self == Self::Discount,
            Field::Calls
            | Field::Budget
            | Field::Api(_)
            | Field::Free
            | Field::PlanMonth(_)
            | Field::PlanSize(_)
            | Field::PlanCount(_)
            | Field::PlanSlots
            | Field::Note(_) => false,
        }
    }
}

/// What is set.
pub(super) struct Summary {
    /// In a few words.
    pub text: String,
    /// Whether somebody has set it.
    pub is_own: bool,
    /// Whether a field has an error.
    pub is_wrong: bool,
}

/// What is set in a part of the options.
pub(super) fn summary(state: &State, section: OptionsPart) -> Summary {
    let draft = &*state.draft;
    if state.errors.fields().any(|field| section.has(field)) {
        return Summary { text: words::CHECK.into(), is_own: true, is_wrong: true };
    }
    let (text, is_own) = match section {
        OptionsPart::Profile => profile(draft),
        OptionsPart::Slots => slots(draft),
        OptionsPart::Owned => owned(state),
        OptionsPart::Discount => discount(draft),
        OptionsPart::VolumeInput => {
            (state.in_asked_unit(words::VOLUME_CHOICES[draft.volume_input as usize].name), draft.volume_input != VolumeInput::default())
        }
        OptionsPart::Assumptions => (state.in_unit(words::tier_basis(draft.tier_basis)), draft.tier_basis.is_some()),
    };
    Summary { text, is_own, is_wrong: false }
}

fn profile(draft: &Draft) -> (String, bool) {
    let start = wording::typed_month(draft.text(Field::Start));
    let profile = words::PROFILES[draft.shape as usize].name;
    (start.map_or_else(|| profile.into(), |start| words::profile_from(profile, start)), draft.shape != Shape::default())
}

fn slots(draft: &Draft) -> (String, bool) {
    let typed = draft.text(Field::Slots);
    let text = match draft.slots {
        SlotsKnown::Directly if !typed.is_empty() => words::slots_typed(typed),
        known => words::SLOTS_CHOICES[known as usize].name.into(),
    };
    (text, draft.slots != SlotsKnown::No)
}

fn owned(state: &State) -> (String, bool) {
    let draft = &*state.draft;
    let calls = |row: &u32| typed_number::read(draft.text(Field::OwnedCalls(*row)), MAX_CALLS).ok();
    match draft.owned.iter().map(calls).try_fold(0_u64, |sum, calls| sum.checked_add(calls?)) {
        Some(0) | None if draft.owned.is_empty() => (words::NONE.into(), false),
        Some(calls) => (state.in_unit(&words::calls_left(&grouped(calls))), true),
        None => (words::CHECK.into(), true),
    }
}

fn discount(draft: &Draft) -> (String, bool) {
    let typed = |field: Field| Some(draft.text(field).trim()).filter(|text| !text.is_empty() && *text != "0");
    let of = |(field, name): (Field, &str)| typed(field).map(|percent| words::percent_off(name, percent));
    let fields = [Field::DiscountPackages, Field::DiscountPostpaid, Field::DiscountConcurrent];
    let parts: Vec<String> = fields.into_iter().zip(words::DISCOUNT_PARTS).filter_map(of).collect();
    if parts.is_empty() { (words::NONE.into(), false) } else { (parts.join(", "), true) }
}
