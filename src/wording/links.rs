//! What is said about a link and an estimate that comes back?

use super::errors::error_sentence;
use super::numbers::{grouped, grouped_decimal};
use crate::import::{PriceCheck, Prices, QuotedTotal};
use crate::link::{Ignored, NoLink, Opened, Why};
use crate::problem::ValidationError;

/// What was not used, and what would be right.
pub fn ignored_sentence(ignored: &Ignored) -> String {
    let Ignored { key, why } = ignored;
    match why {
        Why::UnknownKey => format!("“{key}” was not used: links have no such key."),
        Why::Doubled => format!("“{key}” is given more than once: the first one was used."),
        Why::NoValue => format!("“{key}” was not used: it has no value."),
        Why::NoVersion => "The link does not say its version; it was read as version 1.".into(),
        Why::OtherVersion => "The link is of another version than 1: only what version 1 knows was used.".into(),
        Why::NotText => format!("“{key}” was not used: its value is no text."),
        Why::TooLong { most } => format!("“{key}” was not used: its value has more than {} characters.", grouped(*most as u64)),
        Why::Form { example } => format!("“{key}” was not used: write it like {example}."),
        Why::Superseded { by } => format!("“{key}” was not used, because “{by}” says it."),
        Why::Refused(kind) => {
            let error = ValidationError { field: String::new(), kind: kind.clone() };
            // A link has no quotes around values, unlike JSON.
            format!("“{key}” was not used. {}", error_sentence(&error).replace(" in quotes", "").replace('"', ""))
        }
    }
}

/// Why an estimate has no link.
pub fn no_link_sentence(none: NoLink) -> &'static str {
    match none {
        NoLink::OwnPriceBook => "Links carry no prices, so an estimate with its own price book has none; export it as JSON instead.",
        NoLink::TooLong => "There are too many owned packages for a link; export the estimate as JSON instead.",
    }
}

/// How the prices of an estimate stand today; `None` where there is nothing to say.
pub fn price_check_sentence(opened: &Opened, price_check: &PriceCheck) -> Option<String> {
    let quoted = opened.quoted.as_ref().map(|quoted| grouped_decimal(&quoted.to_string()));
    let today = price_check.today.as_ref().ok().map(|quote| format!("{} {}", grouped_decimal(&quote.total.to_string()), quote.currency));
    let currency = match &price_check.prices {
        Prices::Changed { then, .. } => then.as_ref().as_ref().ok(),
        Prices::Unchanged => price_check.today.as_ref().ok(),
        // In what it was quoted is as little known as by which prices.
        Prices::Unknown(_) | Prices::Unsaid => None,
    };
    let currency = currency.map_or_else(String::new, |quote| format!(" {}", quote.currency));
    let then = quoted.map_or_else(String::new, |quoted| format!(" at {quoted}{currency}"));
    let now = today.map_or_else(|| "it can no longer be answered".into(), |today| format!("today it is {today}"));
    match (&price_check.prices, price_check.quoted_total) {
        (Prices::Changed { version, .. }, QuotedTotal::Differs) => {
            Some(format!("Quoted{then} with the prices of {version}, which do not give that total; {now}."))
        }
        (Prices::Changed { version, .. }, _) => Some(format!("Quoted{then} with the prices of {version}; {now}.")),
        (Prices::Unknown(stamp), _) => {
            Some(format!("Quoted{then} with prices that this page does not know ({} {}); {now}.", stamp.version, stamp.hash))
        }
        (Prices::Unchanged, QuotedTotal::Differs) => Some(format!("Quoted{then}, though the prices have not changed; {now}.")),
        (Prices::Unsaid, _) if opened.quoted.is_some() => Some(format!("Quoted{then} with prices that it does not say; {now}.")),
        (Prices::Unchanged | Prices::Unsaid, _) => None,
    }
}
