//! The estimate as JSON.
//!
//! Writes the fields in the contract's names and order, and leaves out those that have their default, so that equal estimates
//! have equal JSON. [`JointEstimate::from_json`] reads it back as the same estimate, except that a named profile has become its
//! twelve months.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{GroupNeed, JointEstimate, ServiceLine};
use crate::capacity::{BusyHour, PooledRule};
use crate::planner::Orders;
use crate::price_book::PriceBook;
use crate::scenario::serialize::{DiscountRow, GivenSlotsRow, OwnedPackageRow, PlanRow, UsageRow, short};
use crate::settlement::Postpaid;

#[derive(Serialize)]
struct EstimateRow<'a> {
    services: Vec<ServiceRow<'a>>,
    #[serde(skip_serializing_if = "<[GroupNeed]>::is_empty", serialize_with = "by_name")]
    groups: &'a [GroupNeed],
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postpaid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    orders: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_book: Option<&'a PriceBook>,
    #[serde(skip_serializing_if = "Option::is_none")]
    insights: Option<bool>,
}

#[derive(Serialize)]
struct ServiceRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'a str>,
    usage: UsageRow<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    free_calls: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    owned_packages: Vec<OwnedPackageRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier_basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<DiscountRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<PlanRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds_per_call: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    busy_hour_calls: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    busy_hour_share: Option<String>,
}

#[derive(Serialize)]
struct GroupSettings<'a> {
    #[serde(flatten)]
    rule: Option<RuleRow>,
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    concurrent_months: &'a [u32],
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum RuleRow {
    Slots(GivenSlotsRow),
    Queued { busy_hours_per_month: String, target_utilisation: String },
    Live { accepted_failure: String },
}

impl Serialize for JointEstimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // All lines have the same switches.
        let is_any = |holds: fn(&ServiceLine) -> bool| self.lines.iter().any(holds);
        let row = EstimateRow {
            services: self.lines.iter().map(ServiceRow::from).collect(),
            groups: &self.needs,
            start: self.start.map(|start| start.to_string()),
            postpaid: is_any(|line| line.scenario.postpaid() == Postpaid::Off).then_some(false),
            orders: is_any(|line| line.scenario.orders() == Orders::Once).then_some(Orders::Once.code()),
            price_book: self.price_book.as_ref(),
            insights: self.insights.then_some(true),
        };
        row.serialize(serializer)
    }
}

fn by_name<S: Serializer>(needs: &&[GroupNeed], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for need in *needs {
        let concurrent_months = need.concurrent_months.as_deref().unwrap_or_default();
        let settings = GroupSettings { rule: need.rule.map(RuleRow::from), concurrent_months };
        // A plan without concurrent months is there where its purchases are.
        if settings.rule.is_some() || !concurrent_months.is_empty() {
            map.serialize_entry(&need.group, &settings)?;
        }
    }
    map.end()
}

impl<'a> From<&'a ServiceLine> for ServiceRow<'a> {
    fn from(line: &'a ServiceLine) -> Self {
        let ServiceLine { scenario, seconds_per_call, busy_hour } = line;
        let (busy_hour_calls, busy_hour_share) = match busy_hour {
            None => (None, None),
            Some(BusyHour::Calls(calls)) => (Some(short(*calls)), None),
            Some(BusyHour::Share(share)) => (None, Some(short(*share))),
        };
        Self {
            service: scenario.service(),
            usage: UsageRow::of(scenario),
            free_calls: Some(scenario.free_calls()).filter(|&calls| calls > 0),
            owned_packages: OwnedPackageRow::all(scenario.owned_packages()),
            tier_basis: scenario.tier_basis().map(|basis| basis.code()),
            discount: DiscountRow::of(scenario.discount()),
            plan: scenario.plan().map(PlanRow::from),
            seconds_per_call: seconds_per_call.map(short),
            busy_hour_calls,
            busy_hour_share,
        }
    }
}

impl From<PooledRule> for RuleRow {
    fn from(rule: PooledRule) -> Self {
        match rule {
            PooledRule::Slots(months) => Self::Slots(months.into()),
            PooledRule::Queued { busy_hours_per_month, target_utilisation } => {
                Self::Queued { busy_hours_per_month: short(busy_hours_per_month), target_utilisation: short(target_utilisation) }
            }
            PooledRule::Live { accepted_failure } => Self::Live { accepted_failure: short(accepted_failure) },
        }
    }
}

impl JointEstimate {
    /// The estimate as one line of JSON, which [`JointEstimate::from_json`] reads as the same estimate.
    ///
    /// ```
    /// use callmix::estimate::JointEstimate;
    /// use callmix::price_book::PriceBook;
    /// let book = PriceBook::built_in().unwrap();
    /// let estimate = JointEstimate::from_json(r#"{"services": [{"usage": {"yearly": 300}, "free_calls": 0}]}"#, &book).unwrap();
    /// assert_eq!(estimate.to_json(), r#"{"services":[{"usage":{"yearly":300}}]}"#);
    /// ```
    pub fn to_json(&self) -> String {
        // Texts and whole numbers always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}
