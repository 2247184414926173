//! How is a scenario written as JSON?
//!
//! The way back of the gate, in the contract's names and order: what is written here is read as the same scenario.
//! What equals its default is left out, so equal questions are written alike. A named profile becomes its twelve
//! months. Owned packages are written by months left, then calls, as in links.

use serde::{Serialize, Serializer};

use super::Scenario;
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::money::Decimal;
use crate::order;
use crate::planner::OwnedPackage;
use crate::price_book::{Discount, PriceBook};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Profile, Usage};

#[derive(Serialize)]
struct ScenarioRow<'a> {
    usage: UsageRow,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    free_calls: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    owned_packages: Vec<OwnedRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postpaid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier_basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    concurrency: Option<ConcurrencyRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<DiscountRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_book: Option<&'a PriceBook>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    insights: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum UsageRow {
    Yearly(u64),
    Monthly([u64; MONTHS]),
}

#[derive(Serialize)]
struct OwnedRow {
    calls: u64,
    months_left: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ConcurrencyRow {
    Slots(SlotsRow),
    Queued { seconds_per_call: String, busy_hours_per_month: String, target_utilisation: String },
    Live(LiveRow),
}

#[derive(Serialize)]
#[serde(untagged)]
enum SlotsRow {
    One(u64),
    Twelve([u64; MONTHS]),
}

#[derive(Serialize)]
struct LiveRow {
    seconds_per_call: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    busy_hour_calls: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    busy_hour_share: Option<String>,
    accepted_failure: String,
}

#[derive(Serialize)]
struct DiscountRow {
    packages: String,
    postpaid: String,
    concurrent: String,
}

impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Discount { packages, postpaid, concurrent } = self.discount;
        let owned = in_order(&self.owned_packages);
        let discount = (!self.discount.is_zero()).then(|| DiscountRow {
            packages: packages.to_string(),
            postpaid: postpaid.to_string(),
            concurrent: concurrent.to_string(),
        });
        let row = ScenarioRow {
            usage: usage_row(&self.usage),
            start: self.start.map(|start| start.to_string()),
            free_calls: (self.free_calls > 0).then_some(self.free_calls),
            owned_packages: owned.into_iter().map(|OwnedPackage { calls, months_left }| OwnedRow { calls, months_left }).collect(),
            postpaid: (self.postpaid == Postpaid::Off).then_some(false),
            tier_basis: self.tier_basis.map(|basis| basis.code()),
            concurrency: self.concurrency.as_ref().map(concurrency_row),
            discount,
            price_book: self.price_book.as_ref(),
            service: self.service.as_deref(),
            insights: self.insights.then_some(true),
        };
        row.serialize(serializer)
    }
}

impl Scenario {
    /// The scenario as one line of JSON, which [`Scenario::from_json`] reads as the same scenario.
    ///
    /// ```
    /// use callmix::scenario::Scenario;
    /// use callmix::usage::{Profile, Usage};
    /// let scenario = Scenario::new(Usage::yearly(300, Profile::Even).unwrap());
    /// assert_eq!(scenario.to_json(), r#"{"usage":{"yearly":300}}"#);
    /// ```
    pub fn to_json(&self) -> String {
        // Rows of text and whole numbers always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Owned packages as they are written: by months left, then calls. Their order changes no price.
pub(crate) fn in_order(owned: &[OwnedPackage]) -> Vec<OwnedPackage> {
    let mut sorted = owned.to_vec();
    order::by_key(&mut sorted, |package| order::pair(package.months_left, package.calls));
    sorted
}

/// One number where all twelve are equal.
pub(crate) fn all_equal(months: &[u64; MONTHS]) -> Option<u64> {
    months.iter().all(|&month| month == months[0]).then_some(months[0])
}

fn usage_row(usage: &Usage) -> UsageRow {
    match usage.profile() {
        Profile::Even => UsageRow::Yearly(usage.total()),
        _ => UsageRow::Monthly(usage.months()),
    }
}

fn concurrency_row(concurrency: &Concurrency) -> ConcurrencyRow {
    match concurrency {
        Concurrency::Slots(months) => ConcurrencyRow::Slots(all_equal(months).map_or(SlotsRow::Twelve(*months), SlotsRow::One)),
        Concurrency::Queued(QueuedWork { seconds_per_call, busy_hours_per_month, target_utilisation }) => ConcurrencyRow::Queued {
            seconds_per_call: short(*seconds_per_call),
            busy_hours_per_month: short(*busy_hours_per_month),
            target_utilisation: short(*target_utilisation),
        },
        Concurrency::Live(LiveTraffic { seconds_per_call, busy_hour, accepted_failure }) => {
            let (calls, share) = match busy_hour {
                BusyHour::Calls(calls) => (Some(short(*calls)), None),
                BusyHour::Share(share) => (None, Some(short(*share))),
            };
            ConcurrencyRow::Live(LiveRow {
                seconds_per_call: short(*seconds_per_call),
                busy_hour_calls: calls,
                busy_hour_share: share,
                accepted_failure: short(*accepted_failure),
            })
        }
    }
}

/// A number without zeros behind the point that say nothing: `60`, `0.8`.
pub(crate) fn short(number: Decimal) -> String {
    let text = number.to_string();
    text.trim_end_matches('0').trim_end_matches('.').into()
}
