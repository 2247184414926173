//! The scenario as JSON.
//!
//! Writes the fields in the contract's names and order, and leaves out those that have their default, so that equal
//! scenarios have equal JSON. [`Scenario::from_json`] reads it back as the same scenario, except that a named profile
//! has become its twelve months.

use serde::{Serialize, Serializer};

use super::{ApiUsage, OwnPlan, OwnPurchase, Scenario};
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::money::Decimal;
use crate::planner::{Orders, OwnedPackage};
use crate::price_book::{Discount, PriceBook};
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Profile, Usage};

#[derive(Serialize)]
struct ScenarioRow<'a> {
    usage: UsageRow<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    free_calls: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    owned_packages: Vec<OwnedPackageRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postpaid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    orders: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<PlanRow<'a>>,
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
pub(crate) enum UsageRow<'a> {
    Yearly(u64),
    Monthly([u64; MONTHS]),
    #[serde(serialize_with = "by_id")]
    Apis(&'a [ApiUsage]),
}

#[derive(Serialize)]
pub(crate) struct PlanRow<'a> {
    purchases: Vec<PlanPurchaseRow>,
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    concurrent_months: &'a [u32],
}

#[derive(Serialize)]
struct PlanPurchaseRow {
    month: u32,
    calls: u64,
    count: u64,
}

#[derive(Serialize)]
pub(crate) struct OwnedPackageRow {
    calls: u64,
    months_left: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ConcurrencyRow {
    Slots(GivenSlotsRow),
    Queued(QueuedRow),
    Live(LiveRow),
}

#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum GivenSlotsRow {
    EveryMonth(u64),
    ByMonth([u64; MONTHS]),
}

#[derive(Serialize)]
struct QueuedRow {
    seconds_per_call: String,
    busy_hours_per_month: String,
    target_utilisation: String,
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
pub(crate) struct DiscountRow {
    packages: String,
    postpaid: String,
    concurrent: String,
}

impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = ScenarioRow {
            usage: UsageRow::of(self),
            start: self.start.map(|start| start.to_string()),
            free_calls: Some(self.free_calls).filter(|&calls| calls > 0),
            owned_packages: OwnedPackageRow::all(&self.owned_packages),
            postpaid: (self.postpaid == Postpaid::Off).then_some(false),
            orders: (self.orders == Orders::Once).then_some(self.orders.code()),
            plan: self.plan.as_ref().map(PlanRow::from),
            tier_basis: self.tier_basis.map(|basis| basis.code()),
            concurrency: self.concurrency.map(ConcurrencyRow::from),
            discount: DiscountRow::of(self.discount),
            price_book: self.price_book.as_ref(),
            service: self.service.as_deref(),
            insights: self.insights.then_some(true),
        };
        row.serialize(serializer)
    }
}

fn by_id<S: Serializer>(apis: &[ApiUsage], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(apis.iter().map(|api| (&api.id, UsageRow::from(&api.usage))))
}

impl<'a> UsageRow<'a> {
    /// The usage of a scenario, by API where it is given so.
    pub(crate) fn of(scenario: &'a Scenario) -> Self {
        if scenario.apis.is_empty() { Self::from(&scenario.usage) } else { Self::Apis(&scenario.apis) }
    }
}

impl From<&Usage> for UsageRow<'_> {
    fn from(usage: &Usage) -> Self {
        match usage.profile() {
            Profile::Even => Self::Yearly(usage.total()),
            _ => Self::Monthly(usage.months()),
        }
    }
}

impl<'a> From<&'a OwnPlan> for PlanRow<'a> {
    fn from(plan: &'a OwnPlan) -> Self {
        let row = |&OwnPurchase { month, calls, count }: &OwnPurchase| PlanPurchaseRow { month, calls, count };
        Self { purchases: plan.purchases.iter().map(row).collect(), concurrent_months: &plan.concurrent_months }
    }
}

impl OwnedPackageRow {
    pub(crate) fn all(packages: &[OwnedPackage]) -> Vec<Self> {
        packages.iter().map(|&OwnedPackage { calls, months_left }| Self { calls, months_left }).collect()
    }
}

impl DiscountRow {
    /// `None` where no price changes.
    pub(crate) fn of(discount: Discount) -> Option<Self> {
        let Discount { packages, postpaid, concurrent } = discount;
        let [packages, postpaid, concurrent] = [packages, postpaid, concurrent].map(|percentage| percentage.to_string());
        (!discount.is_zero()).then_some(Self { packages, postpaid, concurrent })
    }
}

impl From<[u64; MONTHS]> for GivenSlotsRow {
    fn from(months: [u64; MONTHS]) -> Self {
        all_equal(&months).map_or(Self::ByMonth(months), Self::EveryMonth)
    }
}

impl From<Concurrency> for ConcurrencyRow {
    fn from(concurrency: Concurrency) -> Self {
        match concurrency {
            Concurrency::Slots(months) => Self::Slots(months.into()),
            Concurrency::Queued(QueuedWork { seconds_per_call, busy_hours_per_month, target_utilisation }) => Self::Queued(QueuedRow {
                seconds_per_call: short(seconds_per_call),
                busy_hours_per_month: short(busy_hours_per_month),
                target_utilisation: short(target_utilisation),
            }),
            Concurrency::Live(LiveTraffic { seconds_per_call, busy_hour, accepted_failure }) => {
                let (busy_hour_calls, busy_hour_share) = match busy_hour {
                    BusyHour::Calls(calls) => (Some(short(calls)), None),
                    BusyHour::Share(share) => (None, Some(short(share))),
                };
                let (seconds_per_call, accepted_failure) = (short(seconds_per_call), short(accepted_failure));
                Self::Live(LiveRow { seconds_per_call, busy_hour_calls, busy_hour_share, accepted_failure })
            }
        }
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
        // Texts and whole numbers always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The number that all twelve months have; `None` where they differ.
pub(crate) fn all_equal(months: &[u64; MONTHS]) -> Option<u64> {
    months.iter().all(|&month| month == months[0]).then_some(months[0])
}

/// A decimal without the zeros at its end: `60`, `0.8`.
pub(crate) fn short(number: Decimal) -> String {
    let text = number.to_string();
    text.trim_end_matches('0').trim_end_matches('.').into()
}
