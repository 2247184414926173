//! The values of a scenario in a link, both ways.
//!
//! Only the form of the values is decided here: a value becomes a [`Setting`] of the scenario, whose builder has the rules.

use std::borrow::Cow;

use super::{LinkKey, Why};
use crate::capacity::Concurrency;
use crate::money::Decimal;
use crate::planner::{Orders, OwnedPackage};
use crate::price_book::{Discount, TierBasis};
use crate::problem::{ErrorKind, WholeRange, shortened};
use crate::scenario::{ApiUsage, CalendarMonth, OwnPurchase, ScenarioBuilder, rules};
use crate::settlement::Postpaid;
use crate::typed_number::{self, Misread};
use crate::usage::{MONTHS, Peaks, Profile, Usage};

/// The names of profiles in links.
pub(super) const PROFILES: &[&str] = &["even", "growing", "seasonal", "peaks,40,11,12"];

/// Numbers with commas between them.
pub(super) fn listed(numbers: &[u64]) -> String {
    joined(numbers.iter().map(ToString::to_string))
}

pub(super) fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(",")
}

/// The name of peaks, before their share and months.
const PEAKS: &str = "peaks";

/// The name of a profile, if it is neither the default nor given by its months.
pub(super) fn profile_name(profile: Profile) -> Option<String> {
    match profile {
        Profile::Growing => Some("growing".into()),
        Profile::Seasonal => Some("seasonal".into()),
        Profile::Peaks(peaks) => Some(format!("{PEAKS},{},{}", peaks.share(), joined(peaks.numbers().map(|month| month.to_string())))),
        Profile::Even | Profile::Own(_) => None,
    }
}

/// The profile with this name.
pub(super) fn profile(name: &str) -> Result<Profile, Why> {
    match name {
        "even" => Ok(Profile::Even),
        "growing" => Ok(Profile::Growing),
        "seasonal" => Ok(Profile::Seasonal),
        _ => match name.strip_prefix(PEAKS).and_then(|rest| rest.strip_prefix(',')) {
            Some(peaks) => peaks_in(peaks),
            None => Err(Why::Refused(ErrorKind::UnknownValue { known: PROFILES })),
        },
    }
}

/// `40,11,12`: the share of the year in percent, and the months in which it falls.
fn peaks_in(text: &str) -> Result<Profile, Why> {
    const FORM: Why = Why::Form { example: "peaks,40,11,12" };
    let (share, listed) = text.split_once(',').ok_or(FORM)?;
    let share = rules::percentage(share.trim().trim_end_matches('%')).map_err(Why::Refused)?;
    let mut peaks = [false; MONTHS];
    for month in months(listed)? {
        *(month as usize).checked_sub(1).and_then(|place| peaks.get_mut(place)).ok_or(FORM)? = true;
    }
    Peaks::new(peaks, share).map(Profile::Peaks).ok_or(FORM)
}

/// `350x3,100x12`: calls left x months left.
pub(super) fn owned(packages: &[OwnedPackage]) -> String {
    joined(packages.iter().map(|package| format!("{}x{}", package.calls, package.months_left)))
}

/// The value of a plan without purchases.
const NO_PURCHASES: &str = "none";

/// `1:1000x2,5:100x1`: month, calls in a package, and how many.
pub(super) fn purchases(purchases: &[OwnPurchase]) -> String {
    if purchases.is_empty() {
        return NO_PURCHASES.into();
    }
    joined(purchases.iter().map(|OwnPurchase { month, calls, count }| format!("{month}:{calls}x{count}")))
}

fn own_purchases(text: &str) -> Result<Vec<OwnPurchase>, Why> {
    const FORM: Why = Why::Form { example: "1:1000x2,5:100x1" };
    let purchase = |purchase: &str| {
        let (month, packages) = purchase.split_once(':').ok_or(FORM)?;
        let (calls, count) = packages.split_once('x').ok_or(FORM)?;
        let (month, calls) = (whole(month, rules::PLAN_MONTHS)?, whole(calls, rules::OWNED_CALLS)?);
        Ok(OwnPurchase { month: u32::try_from(month).unwrap_or(u32::MAX), calls, count: whole(count, rules::PACKAGES)? })
    };
    if text == NO_PURCHASES { Ok(Vec::new()) } else { text.split(',').map(purchase).collect() }
}

pub(super) fn months(text: &str) -> Result<Vec<u32>, Why> {
    text.split(',').map(|month| Ok(u32::try_from(whole(month, rules::PLAN_MONTHS)?).unwrap_or(u32::MAX))).collect()
}

/// `10,0,5`: percent off packages, postpaid and slots.
pub(super) fn discount(discount: Discount) -> String {
    let Discount { packages, postpaid, concurrent } = discount;
    joined([packages, postpaid, concurrent].iter().map(ToString::to_string))
}

/// The key for the calls of an API, and its value.
pub(super) fn api(usage: &Usage) -> (LinkKey, String) {
    match usage.profile() {
        Profile::Own(_) => (LinkKey::Months, listed(&usage.months())),
        _ => (LinkKey::Calls, usage.total().to_string()),
    }
}

/// A whole number in `range`, written as people write numbers.
pub(super) fn whole(text: &str, range: WholeRange) -> Result<u64, Why> {
    match typed_number::read(text, range.most) {
        Ok(number) if range.contains(number) => Ok(number),
        Ok(_) | Err(Misread::TooLarge { .. }) => Err(Why::Refused(ErrorKind::OutOfRange(range))),
        Err(Misread::NotPlain { meant: Some(meant) }) if range.contains(meant) => Err(Why::NotPlain { meant }),
        Err(_) => Err(Why::Refused(ErrorKind::NotAWholeNumber(range))),
    }
}

/// Twelve whole numbers.
pub(super) fn twelve(text: &str) -> Result<[u64; MONTHS], Why> {
    let parts: Vec<&str> = text.split(',').collect();
    let given = parts.len();
    let months = parts.into_iter().map(|part| whole(part, rules::CALLS)).collect::<Result<Vec<u64>, Why>>()?;
    months.try_into().map_err(|_| Why::Refused(ErrorKind::NotTwelveMonths { given }))
}

/// A part of the scenario that one key sets.
#[derive(Debug, Clone)]
pub(super) enum Setting {
    Api(Box<ApiUsage>),
    Start(CalendarMonth),
    FreeCalls(u64),
    OwnedPackages(Vec<OwnedPackage>),
    Postpaid(Postpaid),
    TierBasis(TierBasis),
    Concurrency(Concurrency),
    Discount(Discount),
    Orders(Orders),
    Purchases(Vec<OwnPurchase>),
    ConcurrentMonths(Vec<u32>),
    Service(String),
}

impl Setting {
    /// Reads the value of a key; `None` for a key that is not a part of its own.
    pub(super) fn read(key: LinkKey, text: &str) -> Result<Option<Self>, Why> {
        let setting = match key {
            LinkKey::Start => Self::Start(CalendarMonth::parse(text).ok_or(Why::Refused(ErrorKind::MalformedMonth))?),
            LinkKey::Free => Self::FreeCalls(whole(text, rules::FREE_CALLS)?),
            LinkKey::Owned => Self::OwnedPackages(owned_packages(text)?),
            LinkKey::Postpaid => Self::Postpaid(match text {
                "on" => Postpaid::On,
                "off" => Postpaid::Off,
                _ => return Err(Why::Refused(ErrorKind::UnknownValue { known: &["off", "on"] })),
            }),
            LinkKey::Tier => Self::TierBasis(TierBasis::parse(text).ok_or(Why::Refused(TierBasis::UNKNOWN))?),
            LinkKey::Discount => {
                let percentage = |text: &str| rules::percentage(text.trim_end_matches(['%', ' '])).map_err(Why::Refused);
                let [packages, postpaid, concurrent] = three(text, "10,0,5", percentage)?;
                Self::Discount(Discount { packages, postpaid, concurrent })
            }
            LinkKey::Orders => Self::Orders(Orders::parse(text).ok_or(Why::Refused(Orders::UNKNOWN))?),
            LinkKey::Buy => Self::Purchases(own_purchases(text)?),
            LinkKey::ConcurrentMonths => Self::ConcurrentMonths(months(text)?),
            LinkKey::Service => Self::Service(text.into()),
            LinkKey::Version
            | LinkKey::Check
            | LinkKey::Calls
            | LinkKey::Months
            | LinkKey::Profile
            | LinkKey::Slots
            | LinkKey::Queued
            | LinkKey::Live
            | LinkKey::Secs
            | LinkKey::Busy
            | LinkKey::Note(_)
            | LinkKey::Budget
            | LinkKey::Book
            | LinkKey::Quoted => {
                return Ok(None);
            }
        };
        Ok(Some(setting))
    }

    /// The field of the scenario, as errors name it.
    pub(super) fn field(&self) -> Cow<'static, str> {
        let name = match self {
            Self::Api(api) => return format!("usage.apis.{}", shortened(&api.id)).into(),
            Self::Start(_) => "start",
            Self::FreeCalls(_) => "free_calls",
            Self::OwnedPackages(_) => "owned_packages",
            Self::Postpaid(_) => "postpaid",
            Self::TierBasis(_) => "tier_basis",
            Self::Concurrency(_) => "concurrency",
            Self::Discount(_) => "discount",
            Self::Orders(_) => "orders",
            Self::Purchases(_) => "plan.purchases",
            Self::ConcurrentMonths(_) => "plan.concurrent_months",
            Self::Service(_) => "service",
        };
        name.into()
    }

    /// Leaves out the entry of a list that an error at `path` refuses, if the setting is a list of a plan.
    pub(super) fn leave_out(&mut self, path: &str) -> bool {
        let place = path.rsplit_once('[').and_then(|(list, rest)| {
            let index = rest.split(']').next()?.parse::<usize>().ok()?;
            (list == self.field()).then_some(index)
        });
        match (self, place) {
            (Self::Purchases(purchases), Some(index)) if index < purchases.len() => {
                purchases.remove(index);
            }
            (Self::ConcurrentMonths(months), Some(index)) if index < months.len() => {
                months.remove(index);
            }
            _ => return false,
        }
        true
    }

    /// Sets it.
    pub(super) fn apply(&self, builder: ScenarioBuilder) -> ScenarioBuilder {
        match self {
            Self::Api(api) => builder.api(ApiUsage::clone(api)),
            Self::Start(start) => builder.start(Some(*start)),
            Self::FreeCalls(calls) => builder.free_calls(*calls),
            Self::OwnedPackages(packages) => builder.owned_packages(packages.clone()),
            Self::Postpaid(postpaid) => builder.postpaid(*postpaid),
            Self::TierBasis(basis) => builder.tier_basis(Some(*basis)),
            Self::Concurrency(concurrency) => builder.concurrency(Some(*concurrency)),
            Self::Discount(discount) => builder.discount(*discount),
            Self::Orders(orders) => builder.orders(*orders),
            Self::Purchases(purchases) => builder.purchases(purchases.clone()),
            Self::ConcurrentMonths(months) => builder.concurrent_months(months.clone()),
            Self::Service(id) => builder.service(Some(id)),
        }
    }
}

fn owned_packages(text: &str) -> Result<Vec<OwnedPackage>, Why> {
    const FORM: Why = Why::Form { example: "350x3,100x12" };
    let package = |package: &str| {
        let (calls, months) = package.split_once('x').ok_or(FORM)?;
        let (calls, months) = (whole(calls, rules::OWNED_CALLS)?, whole(months, rules::months_left(None))?);
        Ok(OwnedPackage { calls, months_left: u32::try_from(months).unwrap_or(u32::MAX) })
    };
    text.split(',').map(package).collect()
}

/// A budget, in the currency of the price book.
pub(super) fn budget(text: &str) -> Result<Decimal, Why> {
    typed_number::read_decimal(text).map_err(|_| Why::Refused(ErrorKind::MalformedDecimal))
}

pub(super) fn decimal(text: &str) -> Result<Decimal, Why> {
    Decimal::parse(text).ok_or(Why::Refused(ErrorKind::MalformedDecimal))
}

/// Three values, without the spaces around them.
fn three<T>(text: &str, example: &'static str, read: impl Fn(&str) -> Result<T, Why>) -> Result<[T; 3], Why> {
    let parts: [&str; 3] = text.split(',').map(str::trim).collect::<Vec<_>>().try_into().map_err(|_| Why::Form { example })?;
    let [first, second, third] = parts.map(read);
    Ok([first?, second?, third?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_numbers_as_people_write_them() {
        let read = |text: &str| whole(text, rules::OWNED_CALLS);
        for text in
            ["12000", "12,000", "12 000", "\u{ff11}\u{ff12}\u{ff0c}000", "\u{661}\u{662}\u{660}\u{660}\u{660}", "\"12'000\"", "12000.00"]
        {
            assert_eq!(read(text), Ok(12_000), "{text:?}");
        }
        for text in ["12k", "12 000,00", "12.000", "12000 calls"] {
            assert_eq!(read(text), Err(Why::NotPlain { meant: 12_000 }), "{text:?}");
        }
        let range = WholeRange::new(1, 9);
        assert_eq!(whole("0", range), Err(Why::Refused(ErrorKind::OutOfRange(range))));
        assert_eq!(whole("10", range), Err(Why::Refused(ErrorKind::OutOfRange(range))));
        for text in ["", "x", "0.0k"] {
            assert_eq!(whole(text, range), Err(Why::Refused(ErrorKind::NotAWholeNumber(range))), "{text:?}");
        }
    }
}
