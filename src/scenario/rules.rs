//! The rules of a scenario: the range of each value, and what the values must be for each other.
//!
//! JSON, links and the form take the ranges from here, and the builder checks every value against them, so that each rule
//! is written once. Errors have the paths of the JSON document, wherever the values come from.

use super::{ApiUsage, OwnPlan, Scenario};
use crate::capacity::{BusyHour, Concurrency};
use crate::money::{Decimal, Percentage};
use crate::planner::Orders;
use crate::price_book::{MAX_CALLS, MAX_PACKAGES, PriceBook, Service};
use crate::problem::{Allowed, ErrorKind, ValidationError, WholeRange, shortened};
use crate::usage::{MONTHS, Usage};

/// The calls of a year, and of each of its months.
pub const CALLS: WholeRange = WholeRange::new(0, MAX_CALLS);
/// Free calls left.
pub const FREE_CALLS: WholeRange = WholeRange::new(0, MAX_CALLS);
/// Calls left in an owned package.
pub const OWNED_CALLS: WholeRange = WholeRange::new(1, MAX_CALLS);
/// The slots of a month.
pub const SLOTS: WholeRange = WholeRange::new(0, MAX_CALLS);
/// The slots of every month that has calls.
pub const SLOTS_FOR_CALLS: WholeRange = WholeRange::new(1, MAX_CALLS);
/// The duration of a call.
pub const SECONDS_PER_CALL: Allowed = Allowed::Positive;
/// Queued work: the hours of a month in which calls run.
pub const BUSY_HOURS_PER_MONTH: Allowed = Allowed::HoursOfMonth;
/// Queued work: how busy slots may be.
pub const TARGET_UTILISATION: Allowed = Allowed::Share;
/// Live traffic: the calls of the busiest hour.
pub const BUSY_HOUR_CALLS: Allowed = Allowed::Positive;
/// Live traffic: the busiest hour's share of the month's calls.
pub const BUSY_HOUR_SHARE: Allowed = Allowed::Share;
/// Live traffic: the share of calls that may fail.
pub const ACCEPTED_FAILURE: Allowed = Allowed::ProperShare;

/// The months of a plan.
pub const PLAN_MONTHS: WholeRange = WholeRange::new(1, MONTHS as u64);
/// The packages of one purchase.
pub const PACKAGES: WholeRange = WholeRange::new(1, MAX_CALLS);

/// The most purchases of a plan: one for each month and size.
pub const MOST_PURCHASES: usize = MONTHS * MAX_PACKAGES as usize;

/// The months in which packages may be bought.
pub fn purchase_months(orders: Orders) -> WholeRange {
    match orders {
        Orders::Any => PLAN_MONTHS,
        Orders::Once => WholeRange::new(1, 1),
    }
}

/// The most ids of services or APIs that an error lists.
const MOST_SERVICES: usize = 20;

/// The months left of an owned package: at most the validity of the service's packages, where the service is known.
pub fn months_left(service: Option<&Service>) -> WholeRange {
    WholeRange::new(1, service.map_or(u32::MAX, Service::package_validity_months).into())
}

/// Reads a discount in percent.
///
/// # Errors
/// The text is not a decimal with at most two decimals, or is above 100.
pub fn percentage(text: &str) -> Result<Percentage, ErrorKind> {
    Percentage::parse(text).ok_or_else(|| match Decimal::parse(text) {
        Some(number) if number > Decimal::from(100) => ErrorKind::PercentageAboveHundred,
        _ => ErrorKind::MalformedPercentage,
    })
}

/// The error of an id that `book` does not have.
pub(crate) fn unknown_service(book: &PriceBook) -> ErrorKind {
    let known = book.services().iter().take(MOST_SERVICES).map(|service| shortened(service.id())).collect();
    ErrorKind::UnknownService { known, further: book.services().len().saturating_sub(MOST_SERVICES) }
}

/// The error of an API that `service` does not have.
pub(super) fn unknown_api(service: &Service) -> ErrorKind {
    ErrorKind::UnknownApi { known: service.apis().iter().take(MOST_SERVICES).map(|api| shortened(&api.id)).collect() }
}

/// Every error of a scenario that may be invalid, in the order of the document. Without a price book, the rules that need
/// its service are left out.
pub(super) fn errors(scenario: &Scenario, book: Option<&PriceBook>) -> Vec<ValidationError> {
    let mut found = Found(Vec::new());
    let service = book.and_then(|book| book.service(scenario.service.as_deref()));
    if let Some(service) = service {
        found.apis(scenario, service);
    }
    found.whole("free_calls", FREE_CALLS, scenario.free_calls);
    for (index, package) in scenario.owned_packages.iter().enumerate() {
        found.whole(&format!("owned_packages[{index}].calls"), OWNED_CALLS, package.calls);
        found.whole(&format!("owned_packages[{index}].months_left"), months_left(service), package.months_left.into());
    }
    if let Some(plan) = &scenario.plan {
        found.plan(plan, scenario.orders, service);
    }
    match &scenario.concurrency {
        None => {}
        Some(Concurrency::Slots(slots)) => {
            // A service that does not need slots ignores them, so it accepts 0 of them.
            let needed = service.is_some_and(Service::needs_slots);
            found.slots(slots, if needed { scenario.usage.months() } else { [0; MONTHS] });
        }
        Some(Concurrency::Queued(work)) => {
            found.decimal("concurrency.queued.seconds_per_call", SECONDS_PER_CALL, work.seconds_per_call);
            found.decimal("concurrency.queued.busy_hours_per_month", BUSY_HOURS_PER_MONTH, work.busy_hours_per_month);
            found.decimal("concurrency.queued.target_utilisation", TARGET_UTILISATION, work.target_utilisation);
        }
        Some(Concurrency::Live(traffic)) => {
            found.decimal("concurrency.live.seconds_per_call", SECONDS_PER_CALL, traffic.seconds_per_call);
            match traffic.busy_hour {
                BusyHour::Calls(calls) => found.decimal("concurrency.live.busy_hour_calls", BUSY_HOUR_CALLS, calls),
                BusyHour::Share(share) => found.decimal("concurrency.live.busy_hour_share", BUSY_HOUR_SHARE, share),
            }
            found.decimal("concurrency.live.accepted_failure", ACCEPTED_FAILURE, traffic.accepted_failure);
        }
    }
    if let Some(service) = service
        && !scenario.discount.is_zero()
        && let Err(error) = service.discounted(scenario.discount)
    {
        found.0.push(error);
    }
    if let (Some(book), None) = (book, service) {
        found.refuse("service", unknown_service(book));
    }
    found.0
}

struct Found(Vec<ValidationError>);

impl Found {
    fn refuse(&mut self, field: &str, kind: ErrorKind) {
        self.0.push(ValidationError { field: field.into(), kind });
    }

    fn whole(&mut self, field: &str, range: WholeRange, number: u64) {
        if !range.contains(number) {
            self.refuse(field, ErrorKind::OutOfRange(range));
        }
    }

    fn decimal(&mut self, field: &str, allowed: Allowed, number: Decimal) {
        if !allowed.contains(number) {
            self.refuse(field, ErrorKind::DecimalOutOfRange { allowed });
        }
    }

    /// Each API must be one of the service, and the units of all of them within the limit of a year.
    fn apis(&mut self, scenario: &Scenario, service: &Service) {
        let mut counted = Vec::new();
        for ApiUsage { id, usage } in &scenario.apis {
            let field = format!("usage.apis.{}", shortened(id));
            match service.apis().iter().find(|api| api.id == *id) {
                None => self.refuse(&field, unknown_api(service)),
                Some(api) => {
                    counted.push((api.units_per_call, *usage));
                    if Usage::of_apis(&counted).is_none() {
                        self.refuse(&field, ErrorKind::YearAboveLimit { most: CALLS.most });
                        counted.pop();
                    }
                }
            }
        }
    }

    /// Every purchase must be of a package that is sold, in a month in which something may be bought, and each only once.
    fn plan(&mut self, plan: &OwnPlan, orders: Orders, service: Option<&Service>) {
        if plan.purchases.len() > MOST_PURCHASES {
            self.refuse("plan.purchases", ErrorKind::TooManyEntries { most: MOST_PURCHASES as u64 });
            return;
        }
        let mut known = Vec::new();
        let mut bought: u64 = 0;
        for (index, purchase) in plan.purchases.iter().enumerate() {
            let field = format!("plan.purchases[{index}]");
            self.whole(&format!("{field}.month"), purchase_months(orders), purchase.month.into());
            if let Some(service) = service
                && service.packages().iter().all(|package| package.calls != purchase.calls)
            {
                let known = service.packages().iter().map(|package| package.calls).collect();
                self.refuse(&format!("{field}.calls"), ErrorKind::UnknownPackage { known });
            }
            self.whole(&format!("{field}.count"), PACKAGES, purchase.count);
            if known.contains(&(purchase.month, purchase.calls)) {
                self.refuse(&field, ErrorKind::Duplicate);
            }
            known.push((purchase.month, purchase.calls));
            bought = bought.saturating_add(purchase.calls.saturating_mul(purchase.count));
        }
        if bought > CALLS.most {
            self.refuse("plan.purchases", ErrorKind::OrderAboveLimit { most: CALLS.most });
        }
        let mut seen = [false; MONTHS + 1];
        for (index, &month) in plan.concurrent_months.iter().enumerate() {
            let field = format!("plan.concurrent_months[{index}]");
            self.whole(&field, PLAN_MONTHS, month.into());
            match seen.get_mut(month as usize) {
                Some(true) => self.refuse(&field, ErrorKind::Duplicate),
                Some(seen) => *seen = true,
                None => {}
            }
        }
    }

    fn slots(&mut self, slots: &[u64; MONTHS], calls: [u64; MONTHS]) {
        for (month, (&slots, calls)) in slots.iter().zip(calls).enumerate() {
            let field = format!("concurrency.slots[{month}]");
            if calls > 0 && slots == 0 {
                self.refuse(&field, ErrorKind::MonthWithoutSlots);
            } else {
                self.whole(&field, SLOTS, slots);
            }
        }
    }
}
