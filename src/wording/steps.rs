//! The steps of a plan: what to buy and when.
//!
//! A list by month: switch the billing mode, buy packages, make sure that postpaid is on. Months in a row with the same
//! steps are one entry.

use super::amounts::money;
use super::calendar::{expiry, month_inside, month_list, nth_day, ordinal};
use super::numbers::{calls, capitalized, counted, grouped, of_unit};
use crate::money::Money;
use crate::price_book::Service;
use crate::quote::Quote;
use crate::scenario::{CalendarMonth, Scenario};
use crate::settlement::Mode;

/// The last day that every month has.
const LAST_DAY_OF_EVERY_MONTH: u32 = 28;

/// The steps at the start of a month, or of each of several months in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The months by name: `January 2027`, `Months 1 to 3`.
    pub when: String,
    /// One sentence for each instruction.
    pub what: Vec<String>,
}

/// One instruction of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Instruction {
    /// Use this many slots at this price per month, in the step's month and in `later` ones.
    UseSlots { change: SlotChange, slots: u64, charge: Money, later: Vec<u32> },
    /// Leave concurrent billing.
    SwitchBack,
    /// Add so many slots to the included ones at this price per month, in the step's month and in `later` ones.
    AddSlots { slots: u64, charge: Money, later: Vec<u32> },
    /// Buy packages of one size.
    Buy { calls: u64, count: u64, amount: Money },
    /// Keep postpaid on, for this many calls of the year.
    KeepPostpaidOn { calls: u64, amount: Option<Money> },
}

/// How a number of slots comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SlotChange {
    Switch,
    Increase,
    Reduce,
}

/// The steps of the recommended plan, in the order of time; empty where there is nothing to do.
pub fn steps(scenario: &Scenario, quote: &Quote) -> Vec<Step> {
    let mut entries: Vec<(Vec<u32>, Vec<Instruction>)> = Vec::new();
    for (month, instructions) in instructions(quote) {
        match entries.last_mut() {
            Some((months, same)) if *same == instructions && months.last() == Some(&(month - 1)) => months.push(month),
            _ => entries.push((vec![month], instructions)),
        }
    }
    let step = |(months, instructions): &(Vec<u32>, Vec<Instruction>)| Step {
        when: month_list(scenario.start(), months),
        what: instructions.iter().map(|instruction| sentence(scenario.start(), &quote.currency, months, instruction)).collect(),
    };
    entries.iter().map(step).collect()
}

/// The months that have instructions, with these.
fn instructions(quote: &Quote) -> Vec<(u32, Vec<Instruction>)> {
    let mut found = Vec::new();
    let mut mode = Mode::PerCall;
    let mut slots = 0;
    let mut added = 0;
    let mut needs_postpaid = false;
    for (place, row) in quote.months.iter().enumerate() {
        let mut instructions = Vec::new();
        if row.mode == Mode::Concurrent && row.calls > 0 && (mode, slots) != (row.mode, row.slots) {
            let same = quote.months[place..]
                .iter()
                .take_while(|later| later.mode == Mode::Concurrent && (later.calls == 0 || later.slots == row.slots));
            let later = same.skip(1).filter(|later| later.calls > 0).map(|later| later.month).collect();
            let change = match mode {
                Mode::PerCall => SlotChange::Switch,
                Mode::Concurrent if row.slots > slots => SlotChange::Increase,
                Mode::Concurrent => SlotChange::Reduce,
            };
            instructions.push(Instruction::UseSlots { change, slots: row.slots, charge: row.concurrent_charge, later });
            slots = row.slots;
            mode = Mode::Concurrent;
        }
        if row.mode == Mode::PerCall && mode == Mode::Concurrent {
            instructions.push(Instruction::SwitchBack);
            mode = Mode::PerCall;
        }
        let add_on = row.add_on_slots.unwrap_or(0);
        if add_on != added {
            added = add_on;
            if let (Some(charge), true) = (row.add_on_charge, add_on > 0) {
                let same = quote.months[place..].iter().take_while(|later| later.add_on_slots == row.add_on_slots);
                let later = same.skip(1).map(|later| later.month).collect();
                instructions.push(Instruction::AddSlots { slots: add_on, charge, later });
            }
        }
        let bought = quote.purchases.iter().filter(|purchase| purchase.month == row.month);
        instructions.extend(bought.map(|purchase| Instruction::Buy {
            calls: purchase.calls,
            count: purchase.count,
            amount: purchase.amount,
        }));
        if row.postpaid > 0 && !needs_postpaid {
            needs_postpaid = true;
            let amount = quote.months.iter().try_fold(Money::ZERO, |sum, row| sum.plus(row.postpaid_charge)).ok();
            instructions.push(Instruction::KeepPostpaidOn { calls: quote.months.iter().map(|row| row.postpaid).sum(), amount });
        }
        if !instructions.is_empty() {
            found.push((row.month, instructions));
        }
    }
    found
}

fn sentence(start: Option<CalendarMonth>, currency: &str, months: &[u32], instruction: &Instruction) -> String {
    match instruction {
        Instruction::UseSlots { change, slots, charge, later } => {
            let what = match change {
                SlotChange::Switch => "Switch to concurrent billing with",
                SlotChange::Increase => "Increase to",
                SlotChange::Reduce => "Reduce to",
            };
            let (slots, charge) = (of_unit(&grouped(*slots), "slot"), money(*charge, currency));
            let needed = [months, later].concat();
            match (later.last(), needed.is_sorted_by(|one, next| one + 1 == *next)) {
                (None, _) => format!("{what} {slots} for this month ({charge})."),
                (Some(&last), true) => format!("{what} {slots} ({charge} a month) until the end of {}.", month_inside(start, last)),
                (Some(_), false) => {
                    let needed = month_list(start, &needed).replace("Months", "months");
                    format!("{what} {slots} ({charge} a month) in {needed}. Months in between have no calls, so they need no slots.")
                }
            }
        }
        Instruction::AddSlots { slots, charge, later } => {
            let (slots, charge) = (of_unit(&grouped(*slots), "add-on slot"), money(*charge, currency));
            match later.last() {
                None => format!("Buy {slots} for this month ({charge})."),
                Some(&last) => format!("Buy {slots} ({charge} a month) until the end of {}.", month_inside(start, last)),
            }
        }
        Instruction::SwitchBack => "Switch back to billing per call.".into(),
        Instruction::Buy { calls, count, amount } => {
            let (each_month, each) = if months.len() > 1 { (" each month", " each time") } else { ("", "") };
            format!("Buy {}{each_month} ({}{each}).", packages(*count, *calls), money(*amount, currency))
        }
        Instruction::KeepPostpaidOn { calls: count, amount } => {
            let amount = amount.map(|amount| format!(" ({})", money(amount, currency))).unwrap_or_default();
            format!("Make sure postpaid is on. It will cover {} this year{amount}.", calls(*count))
        }
    }
}

/// Packages of one size: `one 100-call package`, `12 packages of 1,000 calls`.
pub fn packages(count: u64, calls: u64) -> String {
    match counted(count) {
        Some("one") => format!("one {}-call package", grouped(calls)),
        Some(count) => format!("{count} {}-call packages", grouped(calls)),
        None => format!("{} packages of {}", grouped(count), super::numbers::calls(calls)),
    }
}

/// The refund period of the service's packages; `None` where it has none.
///
/// The day of the purchase counts as the first day. This is the cautious reading, as a refund that comes too late costs
/// the price of the package.
pub fn refund_note(service: &Service) -> Option<String> {
    let days = service.refund_days().filter(|&days| days > 0)?;
    let period = of_unit(&grouped(days.into()), "day");
    let until =
        if days <= LAST_DAY_OF_EVERY_MONTH { format!(": until the {} if you buy on the 1st", ordinal(days)) } else { String::new() };
    Some(format!("Unused packages can be refunded within {period} of purchase{until}."))
}

/// The last day for a refund of packages bought on the first of a month: `7 January 2027`, or `7th of the month`; `None`
/// where the service has no refunds.
pub fn refundable_until(start: Option<CalendarMonth>, month: u32, service: &Service) -> Option<String> {
    let days = service.refund_days().filter(|&days| days > 0)?;
    let numbered = || match days {
        ..=LAST_DAY_OF_EVERY_MONTH => format!("{} of the month", ordinal(days)),
        _ => format!("{} days after purchase", grouped(days.into())),
    };
    Some(nth_day(start, month, days).unwrap_or_else(numbered))
}

/// The expiry of packages bought on the first of a month: `At the end of December 2027`, `9 months after this plan ends`.
pub fn expires(start: Option<CalendarMonth>, month: u32, service: &Service) -> String {
    let last_month = month.saturating_add(service.package_validity_months().saturating_sub(1));
    capitalized(&expiry(start, last_month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capacity::Concurrency;
    use crate::money::Percentage;
    use crate::price_book::{Discount, PriceBook};
    use crate::quote::quote;
    use crate::scenario::ScenarioBuilder;
    use crate::settlement::Postpaid;
    use crate::usage::Usage;

    #[track_caller]
    fn check(start: &str, months: [u64; 12], change: impl Fn(ScenarioBuilder) -> ScenarioBuilder, written: &[&str]) {
        let book = PriceBook::built_in().expect("valid");
        let year = Scenario::builder(Usage::monthly(months).expect("a year")).start(CalendarMonth::parse(start));
        let scenario = change(year).build(&book).expect("valid");
        let quote = quote(&scenario, &book).expect("an answer");
        let lines = steps(&scenario, &quote).into_iter().map(|step| format!("{}: {}", step.when, step.what.join(" ")));
        assert_eq!(lines.collect::<Vec<_>>(), written);
    }

    #[test]
    fn has_no_steps_without_calls() {
        check("", [0; 12], |year| year, &[]);
    }

    #[test]
    fn dates_each_purchase() {
        check(
            "2027-01",
            [25; 12],
            |year| year,
            &[
                "January 2027: Buy one 100-call package ($420.00).",
                "May 2027: Buy one 100-call package ($420.00).",
                "September 2027: Buy one 100-call package ($420.00).",
            ],
        );
        check(
            "",
            [0, 0, 0, 0, 0, 0, 0, 0, 300, 0, 0, 1],
            |year| year,
            &["Month 9: Make sure postpaid is on. It will cover 301 calls this year ($1,264.80)."],
        );
    }

    #[test]
    fn merges_equal_purchases_of_adjacent_months_only() {
        let hundreds = [100, 0, 100, 100, 100, 0, 100, 100, 100, 100, 0, 100];
        check(
            "2027-01",
            hundreds,
            |year| year.postpaid(Postpaid::Off),
            &[
                "January 2027: Buy one 100-call package ($420.00).",
                "March to May 2027: Buy one 100-call package each month ($420.00 each time).",
                "July to October 2027: Buy one 100-call package each month ($420.00 each time).",
                "December 2027: Buy one 100-call package ($420.00).",
            ],
        );
    }

    /// With 10% off, a package of 100 calls costs less than 103 postpaid calls, which leaves three for postpaid.
    #[test]
    fn lists_purchases_before_postpaid() {
        check(
            "2027-01",
            [103, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            |year| year.discount(Discount { packages: Percentage::parse("10").expect("a percentage"), ..Discount::default() }),
            &["January 2027: Buy one 100-call package ($378.00). Make sure postpaid is on. It will cover 3 calls this year ($14.40)."],
        );
    }

    #[test]
    fn switches_to_concurrent_billing_and_back() {
        let mut months = [10; 12];
        months[5] = 50_000;
        check(
            "2027-01",
            months,
            |year| year.concurrency(Some(Concurrency::Slots([2; 12]))),
            &[
                "January 2027: Make sure postpaid is on. It will cover 10 calls this year ($48.00).",
                "February 2027: Buy one 100-call package ($420.00).",
                "June 2027: Switch to concurrent billing with 2 slots for this month ($14,400.00).",
                "July 2027: Switch back to billing per call.",
            ],
        );
        check(
            "",
            [50_000; 12],
            |year| year.concurrency(Some(Concurrency::Slots([1; 12]))),
            &["Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month) until the end of month 12."],
        );
        check(
            "",
            [50_000, 0, 50_000, 0, 50_000, 0, 0, 50_000, 0, 0, 0, 0],
            |year| year.concurrency(Some(Concurrency::Slots([1; 12]))),
            &["Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month) in months 1, 3, 5 and 8. \
               Months in between have no calls, so they need no slots."],
        );
    }

    #[test]
    fn says_whether_the_number_of_slots_rises_or_falls() {
        check(
            "",
            [50_000; 12],
            |year| year.concurrency(Some(Concurrency::Slots([1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1]))),
            &[
                "Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month) until the end of month 2.",
                "Month 3: Increase to 2 slots ($14,400.00 a month) until the end of month 11.",
                "Month 12: Reduce to 1 slot for this month ($7,200.00).",
            ],
        );
    }

    #[track_caller]
    fn check_refund(days: &str, note: Option<&str>, until: Option<&str>, numbered: Option<&str>) {
        let book = format!(
            r#"{{"version": "v", "currency": "USD", "services": [{{"id": "s", "name": "S", "packages": [{{"calls": 100, "price": "420"}}],
            "package_validity_months": 12, {days} "tiers": [], "concurrent": null}}]}}"#
        );
        let book = PriceBook::from_json(&book).expect("valid");
        let service = &book.services()[0];
        let start = CalendarMonth::parse("2027-04");
        assert_eq!(refund_note(service).as_deref(), note);
        assert_eq!((refundable_until(start, 1, service).as_deref(), refundable_until(None, 1, service).as_deref()), (until, numbered));
    }

    #[test]
    fn counts_the_day_of_purchase_in_the_refund_period() {
        check_refund(
            "\"refund_days\": 7,",
            Some("Unused packages can be refunded within 7 days of purchase: until the 7th if you buy on the 1st."),
            Some("7 April 2027"),
            Some("7th of the month"),
        );
        check_refund(
            "\"refund_days\": 45,",
            Some("Unused packages can be refunded within 45 days of purchase."),
            Some("15 May 2027"),
            Some("45 days after purchase"),
        );
        for none in ["", "\"refund_days\": 0,"] {
            check_refund(none, None, None, None);
        }
    }

    #[test]
    fn tells_which_slots_to_add_to_the_included_ones() {
        let book = r#"{"version":"v","currency":"USD","services":[{"id":"s","name":"S","packages":[],"package_validity_months":12,
            "tiers":[{"from":0,"unit_price":"1"}],"concurrent":null,"included_slots":2,
            "add_on_slots":{"price_per_slot_month":"30","max_slots":9}}]}"#;
        let book = PriceBook::from_json(book).expect("valid");
        let usage = Usage::monthly([5, 5, 5, 0, 5, 0, 0, 0, 0, 0, 0, 0]).expect("a small year");
        let slots = Concurrency::Slots([2, 5, 5, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        let scenario = Scenario::builder(usage).concurrency(Some(slots)).build(&book).expect("valid");
        let steps = steps(&scenario, &quote(&scenario, &book).expect("a quote"));
        let what: Vec<String> = steps.iter().map(|step| format!("{}: {}", step.when, step.what.join(" "))).collect();
        assert_eq!(
            what[1..],
            [
                "Month 2: Buy 3 add-on slots ($90.00 a month) until the end of month 3.",
                "Month 5: Buy 1 add-on slot for this month ($30.00)."
            ]
        );
    }
}
