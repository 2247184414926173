//! The values of a scenario in a link, both ways.
//!
//! A value becomes the JSON node of its field, and the scenario validates it, so that links and scenarios have the same
//! rules. Only the form of the values is decided here.

use super::{Key, Why};
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::json::Node;
use crate::money::Decimal;
use crate::planner::OwnedPackage;
use crate::price_book::{Discount, MAX_CALLS};
use crate::problem::ErrorKind;
use crate::scenario::serialize::{all_equal, short, sorted};
use crate::typed_number::{self, Misread};
use crate::usage::{MONTHS, Profile};

/// The names of profiles in links.
pub(super) const PROFILES: &[&str] = &["even", "growing", "seasonal"];

/// Numbers with commas between them.
pub(super) fn listed(numbers: &[u64]) -> String {
    joined(numbers.iter().map(ToString::to_string))
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(",")
}

/// The name of a profile, if it is neither the default nor given by its months.
pub(super) fn profile_name(profile: Profile) -> Option<&'static str> {
    match profile {
        Profile::Growing => Some("growing"),
        Profile::Seasonal => Some("seasonal"),
        Profile::Even | Profile::Own(_) => None,
    }
}

/// The profile with this name.
pub(super) fn profile(name: &str) -> Result<Profile, Why> {
    match name {
        "even" => Ok(Profile::Even),
        "growing" => Ok(Profile::Growing),
        "seasonal" => Ok(Profile::Seasonal),
        _ => Err(Why::Refused(ErrorKind::UnknownValue { known: PROFILES })),
    }
}

/// `350x3,100x12`: calls left x months left.
pub(super) fn owned(packages: &[OwnedPackage]) -> String {
    joined(sorted(packages).iter().map(|package| format!("{}x{}", package.calls, package.months_left)))
}

/// `10,0,5`: percent off packages, postpaid and slots.
pub(super) fn discount(discount: Discount) -> String {
    let Discount { packages, postpaid, concurrent } = discount;
    joined([packages, postpaid, concurrent].iter().map(ToString::to_string))
}

/// The key for this kind of concurrency, and its value.
pub(super) fn concurrency(concurrency: &Concurrency) -> (Key, String) {
    match concurrency {
        Concurrency::Slots(months) => (Key::Slots, all_equal(months).map_or_else(|| listed(months), |slots| slots.to_string())),
        Concurrency::Queued(QueuedWork { seconds_per_call, busy_hours_per_month, target_utilisation }) => {
            (Key::Queued, joined([seconds_per_call, busy_hours_per_month, target_utilisation].map(|&number| short(number)).into_iter()))
        }
        Concurrency::Live(LiveTraffic { seconds_per_call, busy_hour, accepted_failure }) => {
            let busy_hour = match busy_hour {
                BusyHour::Calls(calls) => short(*calls),
                BusyHour::Share(share) => format!("{}%", percent(*share)),
            };
            (Key::Live, joined([short(*seconds_per_call), busy_hour, short(*accepted_failure)].into_iter()))
        }
    }
}

/// A share in percent: 0.005 is 0.5.
fn percent(share: Decimal) -> String {
    let text = share.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "00"));
    // A decimal is written with at least two decimals.
    let (hundredths, rest) = fraction.split_at(2);
    let digits = format!("{whole}{hundredths}");
    let digits = digits.trim_start_matches('0');
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{}{point}{rest}", if digits.is_empty() { "0" } else { digits })
}

/// A percentage as a share: 0.5 is 0.005. `None` if the text is not a decimal.
fn share(percent: &str) -> Option<String> {
    Decimal::parse(percent)?;
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, ""));
    let padded = format!("{whole:0>3}");
    let (ones, hundredths) = padded.split_at(padded.len() - 2);
    Some(format!("{ones}.{hundredths}{}", fraction.trim_end_matches('0')))
}

/// A whole number from `least` to `most`, written as people write numbers.
pub(super) fn whole(text: &str, least: u64, most: u64) -> Result<u64, Why> {
    match typed_number::read(text, most) {
        Ok(number) if number >= least => Ok(number),
        Ok(_) | Err(Misread::TooLarge { .. }) => Err(Why::Refused(ErrorKind::OutOfRange { least, most })),
        Err(Misread::NotPlain { meant: Some(meant) }) if meant >= least => Err(Why::NotPlain { meant }),
        Err(_) => Err(Why::Refused(ErrorKind::NotAWholeNumber { least, most })),
    }
}

/// Twelve whole numbers.
pub(super) fn twelve(text: &str) -> Result<[u64; MONTHS], Why> {
    let parts: Vec<&str> = text.split(',').collect();
    let given = parts.len();
    let months = parts.into_iter().map(|part| whole(part, 0, MAX_CALLS)).collect::<Result<Vec<u64>, Why>>()?;
    months.try_into().map_err(|_| Why::Refused(ErrorKind::NotTwelveMonths { given }))
}

/// The scenario's field for a key, and its value in JSON; `None` for a key that is not a field of its own.
pub(super) fn field(key: Key, text: &str) -> Result<Option<(&'static str, Node)>, Why> {
    let field = match key {
        Key::Start => ("start", Node::text(text)),
        Key::Free => ("free_calls", Node::whole(whole(text, 0, MAX_CALLS)?)),
        Key::Owned => ("owned_packages", owned_node(text)?),
        Key::Postpaid => match text {
            "on" => ("postpaid", Node::switch(true)),
            "off" => ("postpaid", Node::switch(false)),
            _ => return Err(Why::Refused(ErrorKind::UnknownValue { known: &["off", "on"] })),
        },
        Key::Tier => ("tier_basis", Node::text(text)),
        Key::Slots => {
            let slots = match whole(text, 0, MAX_CALLS) {
                Ok(slots) => Node::whole(slots),
                Err(_) if text.contains(',') => Node::wholes(&twelve(text)?),
                Err(why) => return Err(why),
            };
            ("concurrency", Node::object([("slots", slots)]))
        }
        Key::Queued => {
            let [seconds, hours, utilisation] = three(text, "60,720,0.8")?.map(Node::text);
            let queued = [("seconds_per_call", seconds), ("busy_hours_per_month", hours), ("target_utilisation", utilisation)];
            ("concurrency", Node::object([("queued", Node::object(queued))]))
        }
        Key::Live => {
            const EXAMPLE: &str = "60,500,0.01";
            let [seconds, busy_hour, accepted] = three(text, EXAMPLE)?;
            let (name, busy_hour) = match busy_hour.strip_suffix('%') {
                Some(percent) => ("busy_hour_share", share(percent).ok_or(Why::Form { example: "60,0.5%,0.01" })?),
                None => ("busy_hour_calls", busy_hour.into()),
            };
            let [seconds, busy_hour, accepted] = [seconds, &busy_hour, accepted].map(Node::text);
            let live = [("seconds_per_call", seconds), (name, busy_hour), ("accepted_failure", accepted)];
            ("concurrency", Node::object([("live", Node::object(live))]))
        }
        Key::Discount => {
            let [packages, postpaid, concurrent] = three(text, "10,0,5")?.map(|percent| Node::text(percent.trim_end_matches(['%', ' '])));
            ("discount", Node::object([("packages", packages), ("postpaid", postpaid), ("concurrent", concurrent)]))
        }
        Key::Service => ("service", Node::text(text)),
        Key::Version | Key::Check | Key::Calls | Key::Months | Key::Profile | Key::Note(_) | Key::Book | Key::Quoted => return Ok(None),
    };
    Ok(Some(field))
}

fn owned_node(text: &str) -> Result<Node, Why> {
    const FORM: Why = Why::Form { example: "350x3,100x12" };
    let packages = text.split(',').map(|package| {
        let (calls, months) = package.split_once('x').ok_or(FORM)?;
        let (calls, months) = (whole(calls, 1, MAX_CALLS)?, whole(months, 1, u64::from(u32::MAX))?);
        Ok(Node::object([("calls", Node::whole(calls)), ("months_left", Node::whole(months))]))
    });
    Ok(Node::list(packages.collect::<Result<Vec<_>, Why>>()?.into_iter()))
}

/// Three decimals, without the spaces around them.
fn three<'a>(text: &'a str, example: &'static str) -> Result<[&'a str; 3], Why> {
    text.split(',').map(str::trim).collect::<Vec<_>>().try_into().map_err(|_| Why::Form { example })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(percentage: &str, decimal: &str) {
        let exact = Decimal::parse(decimal).expect("a decimal");
        assert_eq!(percent(exact), percentage);
        assert_eq!(share(percentage).and_then(|share| Decimal::parse(&share)), Some(exact), "{percentage} %");
    }

    #[test]
    fn reads_whole_numbers_as_people_write_them() {
        for text in
            ["12000", "12,000", "12 000", "\u{ff11}\u{ff12}\u{ff0c}000", "\u{661}\u{662}\u{660}\u{660}\u{660}", "\"12'000\"", "12000.00"]
        {
            assert_eq!(whole(text, 1, MAX_CALLS), Ok(12_000), "{text:?}");
        }
        for text in ["12k", "12 000,00", "12.000", "12000 calls"] {
            assert_eq!(whole(text, 1, MAX_CALLS), Err(Why::NotPlain { meant: 12_000 }), "{text:?}");
        }
        assert_eq!(whole("0", 1, 9), Err(Why::Refused(ErrorKind::OutOfRange { least: 1, most: 9 })));
        assert_eq!(whole("10", 1, 9), Err(Why::Refused(ErrorKind::OutOfRange { least: 1, most: 9 })));
        for text in ["", "x", "0.0k"] {
            assert_eq!(whole(text, 1, 9), Err(Why::Refused(ErrorKind::NotAWholeNumber { least: 1, most: 9 })), "{text:?}");
        }
    }

    #[test]
    fn converts_shares_and_percentages_exactly() {
        for (percentage, decimal) in [("0.5", "0.005"), ("1", "0.01"), ("100", "1"), ("0.0000001", "0.000000001"), ("12.5", "0.125")] {
            check(percentage, decimal);
        }
        check("99.9999999", "0.999999999");
        check("10", "0.1");
        for text in ["", ".", "-1", "1e2", "0.5%", "1,5", " 1", "."] {
            assert_eq!(share(text), None, "{text:?}");
        }
        // A share has at most nine decimals.
        assert_eq!(share("0.00000001").and_then(|share| Decimal::parse(&share)), None);
        assert_eq!(share("0.500000000").as_deref(), Some("0.005"));
    }
}
