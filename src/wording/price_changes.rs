//! Which price changed, in a sentence?

use super::numbers::{self, grouped, grouped_decimal};
use crate::price_book::TierBasis;
use crate::price_book::changes::{Change, PriceItem, Value};

/// One change: `Image Animate: a package of 100 calls was 420.00, now 430.00.`
pub fn change_sentence(change: &Change) -> String {
    let what = match change.item {
        PriceItem::Currency => return service_sentence(change),
        PriceItem::Package { calls } => format!("a package of {}", numbers::calls(calls)),
        PriceItem::Validity => "the validity of packages, in months,".into(),
        PriceItem::Tier { from: 0 } => "postpaid per call".into(),
        PriceItem::Tier { from } => format!("postpaid per call from {} a month on", numbers::calls(from)),
        PriceItem::TierBasis => "what decides the postpaid price".into(),
        PriceItem::Slot => "a concurrent slot for a month".into(),
        PriceItem::MaxSlots => "the largest number of concurrent slots".into(),
    };
    let service = &change.service;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{service}: {what} was {}, now {}.", value(before), value(after)),
        (None, Some(after)) => format!("{service}: {what} is new, at {}.", value(after)),
        (Some(before), None) => format!("{service}: {what} is no longer there; it was {}.", value(before)),
        (None, None) => format!("{service}: {what} is as it was."),
    }
}

fn service_sentence(change: &Change) -> String {
    let service = &change.service;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{service}: all prices were in {}, now in {}.", value(before), value(after)),
        (None, _) => format!("{service} is new."),
        (Some(_), None) => format!("{service} is no longer offered."),
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Price(price) => grouped_decimal(&price.to_string()),
        Value::Count(count) => grouped(*count),
        Value::Basis(TierBasis::Billed) => "the calls that postpaid pays".into(),
        Value::Basis(TierBasis::All) => "all calls of the month".into(),
        Value::Currency(name) => name.clone(),
    }
}
