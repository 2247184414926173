//! Links and estimates that are opened again.

use super::amounts::money;
use super::calendar::date_or_name;
use super::errors::{Expected, error_sentence, misread_sentence};
use super::numbers::{grouped, grouped_decimal};
use crate::import::{PriceCheck, Prices, QuotedTotal};
use crate::link::{Ignored, NoLink, Opened, Why};
use crate::typed_number::Misread;

/// Why a part of a link was ignored.
pub fn ignored_sentence(ignored: &Ignored) -> String {
    let Ignored { key, why } = ignored;
    match why {
        Why::Changed => {
            "This link was cut off or edited after it was created. Check the estimate below, or ask the sender for the link again.".into()
        }
        Why::UnknownKey => format!("We don’t recognise “{key}”."),
        Why::Doubled => format!("“{key}” appears more than once. We used the first one."),
        Why::NoValue => format!("“{key}” was ignored because it has no value."),
        Why::NoVersion => "This link has no version number, so we read it as version 1.".into(),
        Why::OtherVersion => "This link was made by a different version. We used what we could.".into(),
        Why::NotText => format!("“{key}” was ignored because its value isn’t valid text."),
        Why::TooLong { most } => format!("“{key}” was ignored because it has more than {} characters.", grouped(*most as u64)),
        Why::Form { example } => format!("“{key}” was ignored. Enter it in this format: {example}."),
        Why::Superseded { by } if by == "m" => format!("“{key}” was ignored because the link also lists monthly calls."),
        Why::Without { needed } => format!("“{key}” was ignored because the link has no “{needed}”."),
        Why::OfWhole { key: whole } => format!("“{key}” was ignored. It applies to all services, so enter it as “{whole}”."),
        Why::LeftOut { with } => format!("“{key}” was ignored together with “{with}”."),
        Why::Gap => format!("“{key}” skips a number, so we read it as the next service."),
        Why::Superseded { by } => format!("“{key}” was ignored because the link also has “{by}”."),
        Why::NotPlain { meant } => {
            let misread = Misread::NotPlain { meant: Some(*meant) };
            format!("“{key}” was ignored. {}", misread_sentence(&misread, Expected::Calls))
        }
        Why::Refused(kind) => {
            // Unlike JSON, a link has no quotes around its values.
            format!("“{key}” was ignored. {}", error_sentence(kind).replace(" in quotes", "").replace('"', ""))
        }
    }
}

/// Why an estimate has no link.
pub fn no_link_sentence(none: NoLink) -> &'static str {
    match none {
        NoLink::OwnPriceBook => {
            "Links don’t contain prices, so this estimate with its own price list has no link. Export it as JSON instead."
        }
        NoLink::TooLong => "This estimate has too many owned packages for a link. Export it as JSON instead.",
    }
}

/// An estimate's quoted total beside today's; `None` where prices and total are still the same.
pub fn price_check_sentence(opened: &Opened, price_check: &PriceCheck) -> Option<String> {
    let today = price_check.today.as_ref().ok();
    let currency = match &price_check.prices {
        Prices::Changed { then, .. } => then.as_ref().as_ref().ok(),
        Prices::Unchanged => today,
        // Without the prices, the currency of the quoted total is unknown too.
        Prices::Unknown(_) | Prices::Unsaid => None,
    };
    let quoted = opened.quoted.as_ref().map(|quoted| match currency {
        Some(quote) => money(quoted.to_string(), quote.currency()),
        None => grouped_decimal(&quoted.to_string()),
    });
    let quoted = quoted.map_or_else(|| "This estimate was quoted".into(), |quoted| format!("This estimate was quoted at {quoted}"));
    let then = match (&price_check.prices, price_check.quoted_total) {
        (Prices::Changed { version, .. }, total) => {
            let but = if total == QuotedTotal::Differs { ", but that price list gives a different total" } else { "" };
            format!("{quoted} with an older price list ({}){but}.", date_or_name(version))
        }
        (Prices::Unknown(stamp), _) => format!("{quoted} with a price list that we don’t have ({}).", date_or_name(&stamp.version)),
        (Prices::Unchanged, QuotedTotal::Differs) => format!("{quoted}, although prices haven’t changed since."),
        (Prices::Unsaid, _) if opened.quoted.is_some() => format!("{quoted}, but it doesn’t say which prices were used."),
        (Prices::Unchanged | Prices::Unsaid, _) => return None,
    };
    let now = today.map_or_else(
        || "We can’t price this estimate any more.".into(),
        |today| format!("Today’s price is {}.", money(today.total(), today.currency())),
    );
    Some(format!("{then} {now}"))
}
