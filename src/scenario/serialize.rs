//! The scenario as JSON.
//!
//! Writes the fields in the contract's names and order, and leaves out those that have their default, so that equal
//! scenarios have equal JSON. [`Scenario::from_json`] reads it back as the same scenario, except that a named profile
//! has become its twelve months.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Scenario;
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use crate::json::Node;
use crate::money::Decimal;
use crate::planner::OwnedPackage;
use crate::price_book::Discount;
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Profile, Usage};

/// A field's name and value.
type Entry = (&'static str, Node);

impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("usage", &usage_node(&self.usage))?;
        for (name, node) in account_fields(self) {
            map.serialize_entry(name, &node)?;
        }
        if let Some(book) = &self.price_book {
            map.serialize_entry("price_book", book)?;
        }
        for (name, node) in quote_fields(self) {
            map.serialize_entry(name, &node)?;
        }
        map.end()
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

/// The fields between usage and price book that differ from their defaults.
fn account_fields(scenario: &Scenario) -> Vec<Entry> {
    let owned = &scenario.owned_packages;
    let fields = [
        ("start", scenario.start.map(|start| Node::text(&start.to_string()))),
        ("free_calls", (scenario.free_calls > 0).then(|| Node::whole(scenario.free_calls))),
        ("owned_packages", (!owned.is_empty()).then(|| owned_node(owned))),
        ("postpaid", (scenario.postpaid == Postpaid::Off).then(|| Node::switch(false))),
        ("tier_basis", scenario.tier_basis.map(|basis| Node::text(basis.code()))),
        ("concurrency", scenario.concurrency.as_ref().map(concurrency_node)),
        ("discount", (!scenario.discount.is_zero()).then(|| discount_node(scenario.discount))),
    ];
    present(fields)
}

/// The fields after the price book that differ from their defaults.
fn quote_fields(scenario: &Scenario) -> Vec<Entry> {
    let insights = scenario.insights.then(|| Node::switch(true));
    present([("service", scenario.service.as_deref().map(Node::text)), ("insights", insights)])
}

fn present<const N: usize>(fields: [(&'static str, Option<Node>); N]) -> Vec<Entry> {
    fields.into_iter().filter_map(|(name, node)| Some((name, node?))).collect()
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

fn usage_node(usage: &Usage) -> Node {
    match usage.profile() {
        Profile::Even => Node::object([("yearly", Node::whole(usage.total()))]),
        _ => Node::object([("monthly", Node::wholes(&usage.months()))]),
    }
}

fn owned_node(packages: &[OwnedPackage]) -> Node {
    Node::list(
        packages
            .iter()
            .map(|package| Node::object([("calls", Node::whole(package.calls)), ("months_left", Node::whole(package.months_left.into()))])),
    )
}

fn discount_node(Discount { packages, postpaid, concurrent }: Discount) -> Node {
    let [packages, postpaid, concurrent] = [packages, postpaid, concurrent].map(|percentage| Node::text(&percentage.to_string()));
    Node::object([("packages", packages), ("postpaid", postpaid), ("concurrent", concurrent)])
}

fn concurrency_node(concurrency: &Concurrency) -> Node {
    let decimal = |number: Decimal| Node::text(&short(number));
    match *concurrency {
        Concurrency::Slots(months) => Node::object([("slots", all_equal(&months).map_or_else(|| Node::wholes(&months), Node::whole))]),
        Concurrency::Queued(QueuedWork { seconds_per_call, busy_hours_per_month, target_utilisation }) => {
            let queued = [
                ("seconds_per_call", decimal(seconds_per_call)),
                ("busy_hours_per_month", decimal(busy_hours_per_month)),
                ("target_utilisation", decimal(target_utilisation)),
            ];
            Node::object([("queued", Node::object(queued))])
        }
        Concurrency::Live(LiveTraffic { seconds_per_call, busy_hour, accepted_failure }) => {
            let busy_hour = match busy_hour {
                BusyHour::Calls(calls) => ("busy_hour_calls", decimal(calls)),
                BusyHour::Share(share) => ("busy_hour_share", decimal(share)),
            };
            let live = [("seconds_per_call", decimal(seconds_per_call)), busy_hour, ("accepted_failure", decimal(accepted_failure))];
            Node::object([("live", Node::object(live))])
        }
    }
}
