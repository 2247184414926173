//! What is there to do, and when, to follow a plan?
//!
//! A list by month: switch the billing mode, buy packages, turn postpaid on. Months that ask for the same are put
//! together where the list would grow long; nothing is left out.

use super::amounts::money;
use super::calendar::{day_after_first, month_inside, month_list, month_title};
use super::numbers::{calls, counted, grouped, of_unit};
use crate::money::Money;
use crate::price_book::Service;
use crate::quote::Quote;
use crate::scenario::{CalendarMonth, Scenario};
use crate::settlement::Mode;

/// A longer list is shortened by putting months together that ask for the same.
const LONG: usize = 4;
/// The last day that every month has.
const SHORTEST_MONTH: u32 = 28;

/// What to do at the start of a month, or of each of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The months by name: `January 2027`, `Months 1, 5 and 9`.
    pub when: String,
    /// One sentence for each thing to do.
    pub what: Vec<String>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Instruction {
    /// Have so many slots, at so much a month, in this month and these later ones.
    Slots { slots: u64, charge: Money, switch: bool, later: Vec<u32> },
    /// Go back from concurrent billing.
    PerCall,
    /// Buy packages of one size.
    Buy { calls: u64, count: u64, amount: Money },
    /// So many calls of the year are left to postpaid.
    Postpaid { calls: u64, amount: Option<Money> },
}

/// What to do, in the order of time; empty where there is nothing to do.
pub fn to_do(scenario: &Scenario, service: &Service, quote: &Quote) -> Vec<Step> {
    let mut planned: Vec<(Vec<u32>, Vec<Instruction>)> =
        instructions(quote).into_iter().map(|(month, instructions)| (vec![month], instructions)).collect();
    if planned.len() > LONG {
        planned = together(planned);
    }
    planned.iter().map(|(months, instructions)| step(scenario.start, service, &quote.currency, months, instructions)).collect()
}

/// Each month that asks for anything, with what it asks for.
fn instructions(quote: &Quote) -> Vec<(u32, Vec<Instruction>)> {
    let mut found = Vec::new();
    let mut mode = Mode::PerCall;
    let mut slots = 0;
    let mut has_postpaid = false;
    for (place, row) in quote.months.iter().enumerate() {
        let mut instructions = Vec::new();
        if row.mode == Mode::Concurrent && row.calls > 0 && (mode, slots) != (row.mode, row.slots) {
            let same = quote.months[place..]
                .iter()
                .take_while(|later| later.mode == Mode::Concurrent && (later.calls == 0 || later.slots == row.slots));
            let later = same.skip(1).filter(|later| later.calls > 0).map(|later| later.month).collect();
            instructions.push(Instruction::Slots { slots: row.slots, charge: row.concurrent_charge, switch: mode == Mode::PerCall, later });
            slots = row.slots;
            mode = Mode::Concurrent;
        }
        if row.mode == Mode::PerCall && mode == Mode::Concurrent {
            instructions.push(Instruction::PerCall);
            mode = Mode::PerCall;
        }
        let bought = quote.purchases.iter().filter(|purchase| purchase.month == row.month);
        instructions.extend(bought.map(|purchase| Instruction::Buy {
            calls: purchase.calls,
            count: purchase.count,
            amount: purchase.amount,
        }));
        if row.postpaid > 0 && !has_postpaid {
            has_postpaid = true;
            let amount = quote.months.iter().try_fold(Money::ZERO, |sum, row| sum.plus(row.postpaid_charge)).ok();
            instructions.push(Instruction::Postpaid { calls: quote.months.iter().map(|row| row.postpaid).sum(), amount });
        }
        if !instructions.is_empty() {
            found.push((row.month, instructions));
        }
    }
    found
}

/// Months that ask for the same in one entry, at the place of the first of them.
fn together(planned: Vec<(Vec<u32>, Vec<Instruction>)>) -> Vec<(Vec<u32>, Vec<Instruction>)> {
    let mut joined: Vec<(Vec<u32>, Vec<Instruction>)> = Vec::new();
    for (months, instructions) in planned {
        match joined.iter_mut().find(|(_, known)| *known == instructions) {
            Some((known, _)) => known.extend(months),
            None => joined.push((months, instructions)),
        }
    }
    joined
}

fn step(start: Option<CalendarMonth>, service: &Service, currency: &str, months: &[u32], instructions: &[Instruction]) -> Step {
    let mut what: Vec<String> = instructions.iter().map(|instruction| sentence(start, currency, months, instruction)).collect();
    let bought: u64 =
        instructions.iter().map(|instruction| if let Instruction::Buy { count, .. } = instruction { *count } else { 0 }).sum();
    let last_bought = instructions.iter().rposition(|instruction| matches!(instruction, Instruction::Buy { .. }));
    if let (Some(days), Some(place)) = (service.refund_days(), last_bought) {
        what.insert(place + 1, refund(start, months, bought, days));
    }
    Step { when: month_list(start, months), what }
}

fn sentence(start: Option<CalendarMonth>, currency: &str, months: &[u32], instruction: &Instruction) -> String {
    let each = if months.len() > 1 { " each time" } else { "" };
    match instruction {
        Instruction::Slots { slots, charge, switch, later } => {
            let what = if *switch { "Switch to concurrent billing with" } else { "Change to" };
            let (slots, charge) = (of_unit(&grouped(*slots), "slot"), money(*charge, currency));
            // Later months make it a deed of one month alone.
            let needed = [months, later].concat();
            match (later.last(), needed.is_sorted_by(|one, next| one + 1 == *next)) {
                (None, _) => format!("{what} {slots} for this month: {charge}{each}."),
                (Some(&last), true) => format!("{what} {slots}: {charge} a month, until the end of {}.", month_inside(start, last)),
                (Some(_), false) => {
                    let needed = month_list(start, &needed).replace("Months", "months");
                    format!("{what} {slots}: {charge} a month in {needed}. The months between have no calls and need no slots.")
                }
            }
        }
        Instruction::PerCall => "Switch back to billing per call.".into(),
        Instruction::Buy { calls, count, amount } => format!("Buy {}: {}{each}.", packages(*count, *calls), money(*amount, currency)),
        Instruction::Postpaid { calls: count, amount } => {
            let calls = calls(*count);
            let amount = amount.map(|amount| format!(" for {}", money(amount, currency))).unwrap_or_default();
            format!("Turn on postpaid, if it is off: it pays for {calls} of the year{amount}.")
        }
    }
}

/// Packages of one size: `one 100-call package`, `12 packages of 1,000 calls`.
pub fn packages(count: u64, calls: u64) -> String {
    match counted(count) {
        Some("one") => format!("one {}-call package", grouped(calls)),
        Some(count) => format!("{count} {}-call packages", grouped(calls)),
        None => format!("{} packages of {} calls", grouped(count), grouped(calls)),
    }
}

fn refund(start: Option<CalendarMonth>, months: &[u32], bought: u64, days: u32) -> String {
    let what = if months.len() > 1 {
        "Each"
    } else if bought == 1 {
        "It"
    } else {
        "They"
    };
    let until = match months {
        [month] => day_after_first(start, *month, days).map(|day| format!("until {day}")),
        _ if days < SHORTEST_MONTH => start.map(|_| format!("until day {} of the month it was bought in", days + 1)),
        _ => None,
    };
    format!("{what} can be returned {} while unused.", until.unwrap_or_else(|| format!("within {days} days")))
}

/// The last day to return packages bought on the first of a month: `8 January 2027`, or `7 days later`; `None` where the
/// service takes none back.
pub fn returnable_until(start: Option<CalendarMonth>, month: u32, service: &Service) -> Option<String> {
    let days = service.refund_days()?;
    Some(day_after_first(start, month, days).unwrap_or_else(|| format!("{days} days later")))
}

/// The last month that packages bought on the first of a month serve: `December 2027`, or `Month 12`.
pub fn good_until(start: Option<CalendarMonth>, month: u32, service: &Service) -> String {
    month_title(start, month.saturating_add(service.package_validity_months().saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capacity::Concurrency;
    use crate::price_book::PriceBook;
    use crate::quote::quote;
    use crate::settlement::Postpaid;
    use crate::usage::Usage;

    #[track_caller]
    fn check(start: &str, months: [u64; 12], change: impl Fn(&mut Scenario), written: &[&str]) {
        let book = PriceBook::built_in().expect("valid");
        let mut scenario = Scenario { start: CalendarMonth::parse(start), ..Scenario::new(Usage::monthly(months).expect("a year")) };
        change(&mut scenario);
        let quote = quote(&scenario, &book).expect("an answer");
        let steps = to_do(&scenario, &book.services()[0], &quote);
        let lines: Vec<String> = steps.iter().map(|step| format!("{}: {}", step.when, step.what.join(" "))).collect();
        assert_eq!(lines, written);
    }

    #[test]
    fn a_year_without_calls_asks_for_nothing() {
        check("", [0; 12], |_| {}, &[]);
    }

    #[test]
    fn purchases_have_their_month_and_the_last_day_to_return_them() {
        check(
            "2027-01",
            [25; 12],
            |_| {},
            &[
                "January 2027: Buy one 100-call package: $420.00. It can be returned until 8 January 2027 while unused.",
                "May 2027: Buy one 100-call package: $420.00. It can be returned until 8 May 2027 while unused.",
                "September 2027: Buy one 100-call package: $420.00. It can be returned until 8 September 2027 while unused.",
            ],
        );
        check(
            "",
            [0, 0, 0, 0, 0, 0, 0, 0, 300, 0, 0, 1],
            |_| {},
            &["Month 9: Turn on postpaid, if it is off: it pays for 301 calls of the year for $1,264.80."],
        );
    }

    #[test]
    fn equal_purchases_of_many_months_are_put_together() {
        let hundreds = [100, 0, 100, 100, 100, 0, 100, 100, 100, 100, 0, 100];
        let months = "January, March to May, July to October and December 2027";
        let refund = "Each can be returned until day 8 of the month it was bought in while unused.";
        check(
            "2027-01",
            hundreds,
            |scenario| scenario.postpaid = Postpaid::Off,
            &[&format!("{months}: Buy one 100-call package: $420.00 each time. {refund}")],
        );
    }

    /// With a tenth off, a package of 100 calls costs less than 103 calls by postpaid, and three calls are left.
    #[test]
    fn what_can_be_returned_is_said_right_after_its_purchase() {
        check(
            "2027-01",
            [103, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            |scenario| scenario.discount.packages = crate::money::Percentage::parse("10").expect("a percentage"),
            &["January 2027: Buy one 100-call package: $378.00. It can be returned until 8 January 2027 while unused. \
               Turn on postpaid, if it is off: it pays for 3 calls of the year for $14.40."],
        );
    }

    #[test]
    fn slots_are_switched_on_and_off() {
        let mut months = [10; 12];
        months[5] = 50_000;
        check(
            "2027-01",
            months,
            |scenario| scenario.concurrency = Some(Concurrency::Slots([2; 12])),
            &[
                "January 2027: Turn on postpaid, if it is off: it pays for 10 calls of the year for $48.00.",
                "February 2027: Buy one 100-call package: $420.00. It can be returned until 8 February 2027 while unused.",
                "June 2027: Switch to concurrent billing with 2 slots for this month: $14,400.00.",
                "July 2027: Switch back to billing per call.",
            ],
        );
        check(
            "",
            [50_000; 12],
            |scenario| scenario.concurrency = Some(Concurrency::Slots([1; 12])),
            &["Month 1: Switch to concurrent billing with 1 slot: $7,200.00 a month, until the end of month 12."],
        );
        check(
            "",
            [50_000, 0, 50_000, 0, 50_000, 0, 0, 50_000, 0, 0, 0, 0],
            |scenario| scenario.concurrency = Some(Concurrency::Slots([1; 12])),
            &["Month 1: Switch to concurrent billing with 1 slot: $7,200.00 a month in months 1, 3, 5 and 8. \
               The months between have no calls and need no slots."],
        );
    }
}
