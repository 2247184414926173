//! Price changes since an estimate was made.

use super::assumptions::basis_name;
use super::numbers::{self, grouped, grouped_decimal};
use crate::price_book::TierMode;
use crate::price_book::changes::{Change, ChangedValue, PriceItem, SlotKind};

/// One change: `Image Animate: a 100-call package was 450.00 and is now 420.00.`
pub fn change_sentence(change: &Change) -> String {
    let item = match &change.item {
        PriceItem::Currency => return service_sentence(change),
        PriceItem::Package { calls } => format!("a {}-call package", grouped(*calls)),
        PriceItem::Validity => "the validity of packages in months".into(),
        PriceItem::Tier { from: 0 } => "a postpaid call".into(),
        PriceItem::Tier { from } => format!("a postpaid call from {} per month", numbers::calls(*from)),
        PriceItem::TierBasis => "what counts towards a price tier".into(),
        PriceItem::TierMode => "what a price tier applies to".into(),
        PriceItem::FreeCallsPerMonth => "the number of free calls each month".into(),
        PriceItem::Slot { kind, from: 1 } => format!("{} slot per month", a_slot(*kind)),
        PriceItem::Slot { kind, from } => format!("{} slot per month from {} slots", a_slot(*kind), grouped(*from)),
        PriceItem::SlotMode(kind) => format!("what a price tier of {} slots applies to", slots(*kind)),
        PriceItem::MaxSlots(kind) => format!("the maximum number of {} slots", slots(*kind)),
        PriceItem::IncludedSlots => "the number of slots that per-call billing includes".into(),
        PriceItem::UnitsPerCall { api } => format!("what a call of “{api}” counts as"),
    };
    let service = &change.service;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{service}: {item} was {} and is now {}.", value(before), value(after)),
        (None, Some(after)) => format!("{service}: {item} is new, at {}.", value(after)),
        (Some(before), None) => format!("{service}: {item} is no longer available. It was {}.", value(before)),
        (None, None) => format!("{service}: {item} has not changed."),
    }
}

fn slots(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Concurrent => "concurrent",
        SlotKind::AddOn => "add-on",
    }
}

fn a_slot(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Concurrent => "a concurrent",
        SlotKind::AddOn => "an add-on",
    }
}

fn service_sentence(change: &Change) -> String {
    let service = &change.service;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{service}: prices were in {} and are now in {}.", value(before), value(after)),
        (None, _) => format!("{service} is new."),
        (Some(_), None) => format!("{service} is no longer offered."),
    }
}

fn value(value: &ChangedValue) -> String {
    match value {
        ChangedValue::Price(price) => grouped_decimal(&price.to_string()),
        ChangedValue::Count(count) => grouped(*count),
        ChangedValue::Mode(TierMode::Volume) => "all calls or slots of the month".into(),
        ChangedValue::Mode(TierMode::Graduated) => "the calls or slots above its start".into(),
        ChangedValue::Basis(basis) => basis_name(*basis).into(),
        ChangedValue::Currency(name) => name.clone(),
    }
}
