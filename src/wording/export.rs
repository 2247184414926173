//! The words around the figures in exported documents.
//!
//! They speak of calls; documents say them [in the unit of the service](super::in_unit).

use super::amounts::{money, share};
use super::calendar::{date_or_name, expiry, last_day};
use super::columns;
use super::numbers::{self, grouped, grouped_decimal, list, of_unit};
use crate::date::CalendarMonth;
use crate::money::{Decimal, Money};
use crate::planner::Reason;
use crate::price_book::Service;
use crate::settlement::{Mode, PostpaidRate};

/// The columns of the CSV table before those of a month's figures. Each column of the table has a name of its own, as programs
/// look them up by name.
pub const CSV_COLUMNS: [&str; 6] = [columns::MONTH, "Calendar month", "Service", "Currency", columns::BILLING_MODE, "Packages to buy"];
/// The column of what a service counts, where several services count different things.
pub const CSV_UNIT: &str = "Unit";
/// The column of a month's total without discounts.
pub const CSV_LIST_PRICE: &str = "Total at list prices";
/// The column of the calls that nothing pays for, in a plan of the sender's own.
pub const CSV_FAILING: &str = "Failing calls";
/// The column of a month's total with the cheapest plan, beside a plan of the sender's own.
pub const CSV_CHEAPEST: &str = "Total of the cheapest plan";

/// The columns of the purchases: the first where months have names, and where they have numbers.
pub const BUY_ON: [&str; 2] = ["Buy on", "Buy on the 1st of"];
/// The columns of the purchases after the first.
pub const PURCHASE_COLUMNS: [&str; 5] = ["Packages", "Refundable until", "Expires", super::list_price::LIST_PRICE, "Cost"];
/// The columns of the months.
pub const MONTH_COLUMNS: [&str; 4] = [columns::MONTH, "What happens", columns::PACKAGE_CALLS_LEFT, "Cost"];
/// The columns of the costs of several services.
pub const COST_COLUMNS: [&str; 4] = [SERVICE, "Calls per year", "Paid by", "Cost"];
/// The columns of what an estimate of several services is based on.
pub const BASIS_COLUMNS: [&str; 3] = [SERVICE, "Detail", "Value"];
/// The columns of the comparison.
pub const STRATEGY_COLUMNS: [&str; 3] = ["Option", "Per year", "Difference"];
/// The cheapest plan, as an option beside the one that the sender chose.
pub const CHEAPEST: &str = "Cheapest plan";
/// The last row of a table.
pub const TOTAL_ROW: &str = "Total";

/// The heading of the costs of several services.
pub const COSTS_HEADING: &str = "Cost by service";
/// The heading of what shared slots save.
pub const SHARING_HEADING: &str = "What sharing slots saves";
/// The heading of the purchases.
pub const PURCHASES_HEADING: &str = "Packages to buy";
/// The heading of the months.
pub const MONTHS_HEADING: &str = "Month by month";
/// The heading of the comparison.
pub const STRATEGIES_HEADING: &str = "Compare billing modes";
/// The heading of the assumptions and unit prices.
pub const ASSUMPTIONS_HEADING: &str = "What this estimate is based on";
/// The heading of the sender's note.
pub const NOTE_HEADING: &str = "Note";
/// The heading of the prices and the link.
pub const SOURCE_HEADING: &str = "Prices and link";
/// The day of the document.
pub const DATE: &str = "Date";
/// The service that is paid for.
pub const SERVICE: &str = "Service";
/// The services that are paid for.
pub const SERVICES: &str = "Services";
/// Who publishes the prices.
pub const PROVIDER: &str = "Provider";
/// The version and the hash of the prices.
pub const PRICE_BOOK: &str = "Price list";
/// The address of the published prices.
pub const SOURCE: &str = "Price page";
/// The address that opens the estimate.
pub const LINK: &str = "Link";
/// The words that open the estimate where its address is too long to read.
pub const OPEN_LINK: &str = "Open this estimate online";
/// Replaces a code that would have too many squares.
pub const NO_CODE: &str = "This link is too long for a QR code. Open it from the PDF, or ask the sender for it.";
/// A package that the provider doesn't take back.
pub const NOT_REFUNDABLE: &str = "Not refundable";
/// Replaces an empty table of purchases.
pub const NOTHING_TO_BUY: &str = "No packages to buy.";
/// What the total of the year is called.
pub const TOTAL: &str = "Total per year, before tax";
/// The price of a package.
pub const PACKAGE_PRICE: &str = "Package price";
/// The price of postpaid calls.
pub const POSTPAID_PRICE: &str = columns::POSTPAID_PRICE;
/// The price of a slot.
pub const SLOT_PRICE: &str = "Slot price";
/// The price of a slot beyond the included ones.
pub const ADD_ON_PRICE: &str = "Add-on slot price";
/// The note on all amounts of a discounted estimate.
pub const WITH_DISCOUNTS: &str = "All options include the discounts entered by the sender.";
/// The note on the total of several services with discounts.
pub const DISCOUNTS_INCLUDED: &str = "The total and the unit prices include the discounts entered by the sender.";
/// What the price list says besides prices.
pub const PRICE_TERMS: &str = "Price terms";
/// A month that has no calls.
pub const NO_CALLS: &str = "no calls";
/// What to do before calls beyond packages are made.
pub const POSTPAID_ON: &str = "Make sure postpaid is on";
/// What to do when concurrent billing ends.
pub const SWITCH_BACK: &str = "Switch back to billing per call";

/// The heading of an estimate without a title.
pub fn untitled(service: &str) -> String {
    format!("Estimate for {service}")
}

/// The heading of an estimate of several services without a title.
pub fn untitled_of(services: usize) -> String {
    format!("Estimate for {services} services")
}

/// Names of services: `Animate, Portrait and Captions`.
pub fn names(names: &[&str]) -> String {
    list(names, "and")
}

/// A text about one of several services.
pub fn about(service: &str, text: &str) -> String {
    format!("{service}: {text}")
}

/// The plan is the sender's own, and what the cheapest costs.
pub fn chosen_sentence(cheapest: Money, currency: &str) -> String {
    format!("This plan was chosen by the sender; the cheapest plan is {}.", money(cheapest, currency))
}

/// What is true of every amount.
pub fn amounts_note(currency: &str) -> String {
    format!("All amounts are in {currency}, before tax. Failed calls are never billed.")
}

/// How much more an option costs than the plan: `+$28,000.00`, `same`, `-$180.00`.
pub fn compared(option: Money, plan: Money, currency: &str) -> String {
    match option.minus(plan) {
        Ok(none) if none.is_zero() => "same".into(),
        Ok(more) if more > Money::ZERO => format!("+{}", money(more, currency)),
        Ok(less) => money(less, currency),
        // The difference has too many digits to be exact.
        Err(_) => String::new(),
    }
}

/// A billing mode of a month.
pub fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::PerCall => "per call",
        Mode::Concurrent => "concurrent",
    }
}

/// The version of the prices with their hash: `22 November 2026 (6e1ff965)`.
pub fn price_list(version: &str, hash: &str) -> String {
    format!("{} ({hash})", date_or_name(version))
}

/// Why an option is not available, for the reader of a document, who can't change the form.
pub fn unavailable(reason: Reason) -> &'static str {
    match reason {
        Reason::PostpaidOff => "Not possible: postpaid is off",
        Reason::NotOffered => "Not offered for this service",
        Reason::SlotsUnknown => "Not considered: number of slots not given",
        Reason::SlotsAboveMaximum => "Needs more slots than are sold online; contact sales",
    }
}

/// Why an option is not available to an estimate of several services.
pub fn unavailable_to_all(reason: Reason) -> &'static str {
    match reason {
        Reason::NotOffered => "Not offered for every service",
        Reason::SlotsUnknown => "Not considered: number of slots not given for every service",
        other => unavailable(other),
    }
}

/// Slots of several services, beside the services themselves.
pub fn shared_slots(services: &str) -> String {
    format!("Slots shared by {services}")
}

/// The ways of paying that a service uses in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PayingWays {
    /// Free calls.
    pub free: bool,
    /// Packages, owned or bought.
    pub packages: bool,
    /// Postpaid.
    pub postpaid: bool,
    /// The fewest and the most slots of its concurrent months; `None` where it pays for none.
    pub slots: Option<(u64, u64)>,
    /// Slots that it shares with other services.
    pub shared_slots: bool,
    /// Slots beyond the included ones.
    pub add_on_slots: bool,
}

/// `Free calls, packages and 2 to 3 slots`.
pub fn paying_ways(ways: PayingWays) -> String {
    let slots = ways.slots.map(|(least, most)| match most {
        most if most == least => of_unit(&grouped(most), "slot"),
        most => format!("{} to {}", grouped(least), of_unit(&grouped(most), "slot")),
    });
    let names = [(ways.free, "free calls"), (ways.packages, "packages"), (ways.postpaid, "postpaid"), (ways.shared_slots, "shared slots")];
    let mut names: Vec<&str> = names.into_iter().filter(|(is_used, _)| *is_used).map(|(_, name)| name).collect();
    names.extend(slots.as_deref());
    names.extend(ways.add_on_slots.then_some("add-on slots"));
    if names.is_empty() { super::DASH.into() } else { numbers::capitalized(&list(&names, "and")) }
}

/// The most slots of the concurrent months of several services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedSlots {
    /// For all services together.
    pub together: u64,
    /// The sum of what each needs for itself.
    pub separate: u64,
    /// Whether months need different numbers.
    pub varies: bool,
    /// What the slots cost that sharing saves, over all months; `None` where that cannot be said.
    pub saved: Option<Money>,
}

/// `A and B need 3 slots together, and 4 separately. Shared, they cost $72,000.00 less per year.`
pub fn sharing_sentence(services: &str, slots: &SharedSlots, currency: &str) -> String {
    let up_to = if slots.varies { "up to " } else { "" };
    let together = of_unit(&grouped(slots.together), "slot");
    let saves = slots.saved.map(|saved| format!(" Shared, they cost {} less per year.", money(saved, currency))).unwrap_or_default();
    format!("{services} need {up_to}{together} together, and {up_to}{} separately.{saves}", grouped(slots.separate))
}

/// The package calls that are left at the end.
pub fn unused_sentence(calls: u64) -> String {
    let are = if calls == 1 { "is" } else { "are" };
    format!("{} {are} left at the end of the year.", of_unit(&grouped(calls), "package call"))
}

/// The last day of packages bought on the first of a month: `31 December 2027`, or `At the end of month 12`.
pub fn expires_on(start: Option<CalendarMonth>, month: u32, service: &Service) -> String {
    let last = service.last_month_of_packages(month);
    last_day(start, last).unwrap_or_else(|| numbers::capitalized(&expiry(start, last)))
}

/// Packages of one size in a table: `6 × 100 calls`.
pub fn packages_of(count: u64, calls: u64) -> String {
    format!("{} × {}", grouped(count), numbers::calls(calls))
}

/// The calls of the year that a plan of the sender's own leaves unpaid.
pub fn would_fail(calls: u64) -> String {
    format!("With this plan, {} would fail.", numbers::calls(calls))
}

/// Packages in a cell that programs read too: `6 × 100`.
pub fn csv_packages(count: u64, calls: u64) -> String {
    format!("{count} × {calls}")
}

/// What to do when concurrent billing begins, or its number of slots changes.
pub fn use_slots(slots: u64, before: Option<u64>) -> String {
    let what = match before {
        None => "Switch to concurrent billing with",
        Some(before) if slots > before => "Increase to",
        Some(_) => "Reduce to",
    };
    format!("{what} {}", of_unit(&grouped(slots), "slot"))
}

/// What to do when the number of add-on slots changes.
pub fn use_add_on_slots(slots: u64) -> String {
    format!("Use {}", of_unit(&grouped(slots), "add-on slot"))
}

/// The calls of a concurrent month, with what its slots cost.
pub fn concurrent_calls(calls: u64, slots: u64, charge: Money, currency: &str) -> String {
    format!("{} with {} ({})", numbers::calls(calls), of_unit(&grouped(slots), "slot"), money(charge, currency))
}

/// The calls of a concurrent month whose slots several services share.
pub fn with_shared_slots(calls: u64) -> String {
    format!("{} with shared slots", numbers::calls(calls))
}

/// The slots that several services share in a month, with what they cost.
pub fn paid_slots(slots: u64, charge: Money, currency: &str) -> String {
    format!("{} ({})", of_unit(&grouped(slots), "slot"), money(charge, currency))
}

/// The add-on slots of a month, with what they cost.
pub fn add_on_slots(slots: u64, charge: Money, currency: &str) -> String {
    format!("{} ({})", of_unit(&grouped(slots), "add-on slot"), money(charge, currency))
}

/// Calls of a month that cost nothing more: `500 free calls`, `1 package call`.
pub fn paid_calls(calls: u64, kind: PaidCalls) -> String {
    match kind {
        PaidCalls::Free => of_unit(&grouped(calls), "free call"),
        PaidCalls::Package => of_unit(&grouped(calls), "package call"),
        PaidCalls::Failing => format!("{} would fail", numbers::calls(calls)),
        PaidCalls::Expiring => format!("{} expire at the end of the month", of_unit(&grouped(calls), "package call")),
    }
}

/// What becomes of calls that cost nothing more in their month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidCalls {
    /// They are free.
    Free,
    /// A package pays for them.
    Package,
    /// Nothing pays for them.
    Failing,
    /// Calls of packages that nobody made in time.
    Expiring,
}

/// The postpaid calls of a month, with their prices and cost: `50 postpaid calls at $3.80 ($190.00)`.
pub fn postpaid_calls(calls: u64, rates: &[PostpaidRate], charge: Money, service: &Service, currency: &str) -> String {
    let prices = match rates {
        [only] => format!(" at {}", call_price(only.unit_price, service, currency)),
        _ => {
            let each = |rate: &PostpaidRate| format!("{} at {}", grouped(rate.calls), call_price(rate.unit_price, service, currency));
            let each: Vec<String> = rates.iter().map(each).collect();
            format!(": {}", list(&each.iter().map(String::as_str).collect::<Vec<_>>(), "and"))
        }
    };
    format!("{}{prices} ({})", of_unit(&grouped(calls), "postpaid call"), money(charge, currency))
}

/// A price as the service publishes it: `$3.80`, `$5.00 per 1,000`.
fn call_price(price: Decimal, service: &Service, currency: &str) -> String {
    let block = block_price(price, service);
    match service.price_per() {
        1 => money(block, currency),
        count => format!("{} per {}", money(block, currency), grouped(count)),
    }
}

/// The price of as many calls as the service publishes its prices for.
pub fn block_price(price: Decimal, service: &Service) -> Decimal {
    price.for_all_of(service.price_per()).unwrap_or(price)
}

/// The column of postpaid prices: `Postpaid price`, `Postpaid price per 1,000 calls`.
pub fn postpaid_price_column(service: &Service) -> String {
    match service.price_per() {
        1 => columns::POSTPAID_PRICE.into(),
        count => format!("{} per {} calls", columns::POSTPAID_PRICE, grouped(count)),
    }
}

/// A package's price, and what one call in it costs: `$378.00 for 100 calls ($3.78 per call)`.
pub fn package_price(calls: u64, price: Decimal, currency: &str) -> String {
    let of_one = price.times(1).ok().and_then(|price| price.divided_by(calls));
    let of_one = of_one.map(|of_one| format!(" ({} per call)", share(of_one, currency))).unwrap_or_default();
    format!("{} for {}{of_one}", money(price, currency), numbers::calls(calls))
}

/// Prices of postpaid calls: `$3.80 per call`, `$5.00 and $2.50 per 1,000 calls`.
pub fn postpaid_prices(prices: &[Decimal], service: &Service, currency: &str) -> String {
    let written: Vec<String> = prices.iter().map(|price| money(block_price(*price, service), currency)).collect();
    let written = list(&written.iter().map(String::as_str).collect::<Vec<_>>(), "and");
    match service.price_per() {
        1 => format!("{written} per call"),
        count => format!("{written} per {} calls", grouped(count)),
    }
}

/// What a slot costs in a month, the average where prices differ by number.
pub fn slot_price(charge: Money, slots: u64, currency: &str) -> Option<String> {
    charge.divided_by(slots).map(|each| format!("{} per slot per month", share(each, currency)))
}

/// An amount for people, without its currency.
pub fn amount(amount: Money) -> String {
    grouped_decimal(&amount.to_string())
}
