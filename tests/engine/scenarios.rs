//! Scenarios from typed values: the builder accepts and rejects the same as JSON, with the same errors.

use std::sync::LazyLock;

use callmix::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use callmix::money::{Decimal, Percentage};
use callmix::planner::OwnedPackage;
use callmix::price_book::{Discount, PriceBook};
use callmix::scenario::{CalendarMonth, Scenario, ScenarioBuilder};
use callmix::usage::{Profile, Usage};
use proptest::prelude::*;

use super::estimates::scenarios;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));

fn year() -> ScenarioBuilder {
    Scenario::builder(Usage::yearly(300, Profile::Even).expect("a year"))
}

/// The errors of a builder, as `code field; code field`.
#[track_caller]
fn check(builder: ScenarioBuilder, expected: &str) {
    let errors = builder.build(&BOOK).err().unwrap_or_default();
    let errors: Vec<String> = errors.iter().map(|error| format!("{} {}", error.kind.code(), error.field)).collect();
    assert_eq!(errors.join("; "), expected);
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a decimal")
}

#[test]
fn accepts_values_up_to_their_limits() {
    const LIMIT: u64 = 1_000_000_000_000;
    let owned =
        |calls, months_left| year().owned_packages([OwnedPackage { calls: 1, months_left: 1 }, OwnedPackage { calls, months_left }]);
    check(year(), "");
    check(year().free_calls(LIMIT), "");
    check(year().free_calls(LIMIT + 1), "out_of_range free_calls");
    check(owned(LIMIT, 12), "");
    check(owned(LIMIT + 1, 13), "out_of_range owned_packages[1].calls; out_of_range owned_packages[1].months_left");
    check(owned(0, 0), "out_of_range owned_packages[1].calls; out_of_range owned_packages[1].months_left");
    check(year().service(Some("image-animate")), "");
    check(year().service(Some("")), "unknown_service service");
    check(year().service(None).start(CalendarMonth::new(9_999, 12)), "");
}

#[test]
fn validates_slots_against_the_calls() {
    let slots = |months| Some(Concurrency::Slots(months));
    let every_month = (0..12).map(|month| format!("out_of_range concurrency.slots[{month}]")).collect::<Vec<_>>().join("; ");
    check(year().concurrency(slots([0; 12])), &every_month);
    check(year().concurrency(slots([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1])), "out_of_range concurrency.slots[3]");
    check(year().concurrency(slots([0; 12])).usage(Usage::default()), "");
    // The last value counts, whatever the order of the calls.
    check(year().concurrency(slots([0; 12])).concurrency(None), "");
    check(year().concurrency(slots([1; 12])).concurrency(slots([1_000_000_000_001; 12])), &every_month);
}

#[test]
fn validates_sizing() {
    let queued = |seconds: &str, hours: &str, utilisation: &str| {
        let work = QueuedWork {
            seconds_per_call: decimal(seconds),
            busy_hours_per_month: decimal(hours),
            target_utilisation: decimal(utilisation),
        };
        year().concurrency(Some(Concurrency::Queued(work)))
    };
    check(queued("60", "744", "1"), "");
    let errors = "out_of_range concurrency.queued.seconds_per_call; out_of_range concurrency.queued.busy_hours_per_month; \
                  out_of_range concurrency.queued.target_utilisation";
    check(queued("0", "744.1", "1.01"), errors);
    let live = |busy_hour, accepted: &str| {
        let traffic = LiveTraffic { seconds_per_call: decimal("60"), busy_hour, accepted_failure: decimal(accepted) };
        year().concurrency(Some(Concurrency::Live(traffic)))
    };
    check(live(BusyHour::Calls(decimal("0.5")), "0.999999999"), "");
    check(
        live(BusyHour::Share(decimal("1.5")), "1"),
        "out_of_range concurrency.live.busy_hour_share; out_of_range concurrency.live.accepted_failure",
    );
}

#[test]
fn validates_against_its_own_price_book() {
    let book = r#"{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[{"calls":600003,"price":"900000"},
        {"calls":3,"price":"1"}],"package_validity_months":18,"tiers":[],"concurrent":null}]}"#;
    let own = || year().price_book(Some(PriceBook::from_json(book).expect("valid")));
    let owned = [OwnedPackage { calls: 1, months_left: 18 }];
    check(own().owned_packages(owned).service(Some("s")), "");
    check(own().price_book(None).owned_packages(owned), "out_of_range owned_packages[0].months_left");
    check(own().service(Some("image-animate")), "unknown_service service");
    // Free packages, of which the largest is then the best value.
    let free = Discount { packages: Percentage::parse("100").expect("a percentage"), ..Discount::default() };
    check(own().discount(free), "unsupported_sizes discount.packages");
    check(year().discount(free), "");
    // Slots are ignored where none are sold.
    check(own().concurrency(Some(Concurrency::Slots([0; 12]))), "");
}

#[test]
fn calendar_months_exist() {
    for (year, month) in [(2027, 0), (2027, 13), (10_000, 1), (u16::MAX, 12)] {
        assert_eq!(CalendarMonth::new(year, month), None);
    }
    let start = CalendarMonth::new(2027, 11).expect("a month");
    assert_eq!((start.plus_months(2).to_string(), CalendarMonth::parse("2027-11")), ("2028-01".into(), Some(start)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuilt_scenario_is_the_same(scenario in scenarios()) {
        prop_assert_eq!(scenario.to_builder().build(&BOOK), Ok(scenario.clone()));
        // With a profile of its own, so that JSON has it too.
        let usage = Usage::monthly(scenario.usage().months()).expect("within the limit");
        let rebuilt = scenario.to_builder().usage(usage).build(&BOOK).expect("valid");
        prop_assert_eq!(Scenario::from_json(&rebuilt.to_json(), &BOOK), Ok(rebuilt));
    }
}
