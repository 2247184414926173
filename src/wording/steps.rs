//! The steps of a plan: what to buy and when.
//!
//! A list by date: switch the billing mode, buy packages, make sure that postpaid is on. Each step has its cost, and the
//! costs add up to the total. Months in a row with the same instructions are one step.

use super::amounts::money;
use super::calendar::{expiry, first_day, month_inside, month_list, nth_day, ordinal};
use super::numbers::{capitalized, counted, grouped, of_unit, units};
use crate::money::{Decimal, Money};
use crate::order;
use crate::price_book::{Service, Unit};
use crate::quote::{MonthRow, Quote, ShownPlan};
use crate::scenario::{CalendarMonth, Scenario};
use crate::settlement::Mode;

/// The last day that every month has.
const LAST_DAY_OF_EVERY_MONTH: u32 = 28;

/// What to do at the start of a month, or of each of several months in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number. Steps that begin in the same month share one.
    pub number: u64,
    /// The months, 1 to 12.
    pub months: Vec<u32>,
    /// The day or the months by name: `1 January 2027`, `March to May 2027`, `Month 1`.
    pub when: String,
    /// The instructions.
    pub lines: Vec<StepLine>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// The service that it concerns, or those that share the slots; `None` where there is only one.
    pub of: Option<String>,
    /// The instruction.
    pub what: String,
    /// What it covers, or until when it can be refunded and when it expires.
    pub more: Option<String>,
    /// What it costs in the year; `None` where it costs nothing by itself.
    pub cost: Option<Money>,
}

/// One instruction of a step. Its cost is that of the year.
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
    /// Keep postpaid on, for the calls of these months.
    KeepPostpaidOn { calls: u64, months: Vec<u32>, prices: Option<(Decimal, Decimal)>, amount: Option<Money> },
}

/// How a number of slots comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SlotChange {
    Switch,
    Increase,
    Reduce,
}

/// The plan of a service, or of the slots that several services share.
#[derive(Debug)]
pub struct PlanOf<'a> {
    /// The names of these services; `None` where there is only one service.
    pub of: Option<String>,
    /// The plan.
    pub plan: ShownPlan<'a>,
    /// The service, or the first of those that share the slots.
    pub service: &'a Service,
}

/// The steps of the plan that the quote shows, in the order of time; empty where there is nothing to do. With `is_quote`, each
/// purchase is a step of its own, with its last day of refund and its expiry.
pub fn steps(scenario: &Scenario, quote: &Quote, service: &Service, is_quote: bool) -> Vec<Step> {
    steps_of(&[PlanOf { of: None, plan: quote.shown_plan(), service }], scenario.start(), &quote.currency, is_quote)
}

/// The same for the plans of several services together. Those of the same months are one step.
pub fn steps_of(parts: &[PlanOf<'_>], start: Option<CalendarMonth>, currency: &str, is_quote: bool) -> Vec<Step> {
    let mut found: Vec<(Vec<u32>, Vec<StepLine>)> = Vec::new();
    for part in parts {
        let words = Words { start, currency, service: part.service, is_quote, of: part.of.as_deref() };
        let line = |(months, instructions): (Vec<u32>, Vec<Instruction>)| {
            let lines = instructions.iter().map(|instruction| words.line(&months, instruction)).collect();
            (months, lines)
        };
        found.extend(runs(&part.plan, is_quote).into_iter().map(line));
    }
    order::by_key(&mut found, |(months, _)| months.first().copied().unwrap_or_default().into());
    let mut steps: Vec<Step> = Vec::new();
    for (months, lines) in found {
        match steps.last_mut() {
            Some(step) if step.months == months => step.lines.extend(lines),
            _ => {
                let when = match months[..] {
                    [month] => first_day(start, month),
                    _ => month_list(start, &months),
                };
                let last = steps.last().map_or(0, |last| last.number);
                let is_same = steps.last().is_some_and(|last| last.months.first() == months.first());
                steps.push(Step { number: if is_same { last } else { last + 1 }, months, when, lines });
            }
        }
    }
    steps
}

/// The instructions of a plan, with the months in a row that have the same.
fn runs(plan: &ShownPlan<'_>, is_quote: bool) -> Vec<(Vec<u32>, Vec<Instruction>)> {
    let mut runs: Vec<(Vec<u32>, Vec<Instruction>)> = Vec::new();
    for (month, instructions) in instructions(plan) {
        match runs.last_mut() {
            Some((months, same)) if !is_quote && *same == instructions && months.last() == Some(&(month - 1)) => months.push(month),
            _ => runs.push((vec![month], instructions)),
        }
    }
    runs
}

/// The months that have instructions, with these.
fn instructions(plan: &ShownPlan<'_>) -> Vec<(u32, Vec<Instruction>)> {
    let rows: Vec<&MonthRow> = plan.rows().collect();
    let mut found = Vec::new();
    let mut mode = Mode::PerCall;
    let mut slots = 0;
    let mut added = 0;
    let mut needs_postpaid = false;
    for (place, row) in rows.iter().enumerate() {
        let mut instructions = Vec::new();
        if row.mode == Mode::Concurrent && row.slots > 0 && (mode, slots) != (row.mode, row.slots) {
            let same =
                rows[place..].iter().take_while(|later| later.mode == Mode::Concurrent && (later.slots == 0 || later.slots == row.slots));
            let later = same.skip(1).filter(|later| later.slots > 0).map(|later| later.month).collect();
            // Slots that were not needed in the month before are not reduced or increased.
            let had_slots = place.checked_sub(1).and_then(|before| rows.get(before)).is_some_and(|before| before.slots > 0);
            let change = match mode {
                Mode::PerCall => SlotChange::Switch,
                Mode::Concurrent if !had_slots => SlotChange::Switch,
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
                let same = rows[place..].iter().take_while(|later| later.add_on_slots == row.add_on_slots);
                let later = same.skip(1).map(|later| later.month).collect();
                instructions.push(Instruction::AddSlots { slots: add_on, charge, later });
            }
        }
        instructions.extend(plan.bought(row.month).map(|purchase| Instruction::Buy {
            calls: purchase.calls,
            count: purchase.count,
            amount: purchase.amount,
        }));
        if row.postpaid > 0 && !needs_postpaid {
            needs_postpaid = true;
            instructions.push(postpaid(plan));
        }
        if !instructions.is_empty() {
            found.push((row.month, instructions));
        }
    }
    found
}

/// All postpaid calls of the year.
fn postpaid(plan: &ShownPlan<'_>) -> Instruction {
    let months = || plan.rows().filter(|row| row.postpaid > 0);
    let prices = || months().flat_map(|row| row.postpaid_rates.iter().map(|rate| rate.unit_price));
    Instruction::KeepPostpaidOn {
        calls: months().map(|row| row.postpaid).sum(),
        months: months().map(|row| row.month).collect(),
        prices: prices().min().zip(prices().max()),
        amount: months().try_fold(Money::ZERO, |sum, row| sum.plus(row.postpaid_charge)).ok(),
    }
}

/// What the instructions of a plan have in common.
struct Words<'a> {
    start: Option<CalendarMonth>,
    currency: &'a str,
    service: &'a Service,
    is_quote: bool,
    of: Option<&'a str>,
}

impl Words<'_> {
    fn line(&self, months: &[u32], instruction: &Instruction) -> StepLine {
        let step = |what: String, more: Option<String>, cost: Option<Money>| StepLine { of: self.of.map(String::from), what, more, cost };
        let times = |amount: Money, months: usize| (0..months).try_fold(Money::ZERO, |sum, _| sum.plus(amount)).ok();
        match instruction {
            Instruction::UseSlots { change, slots, charge, later } => {
                let what = match change {
                    SlotChange::Switch => "Switch to concurrent billing with",
                    SlotChange::Increase => "Increase to",
                    SlotChange::Reduce => "Reduce to",
                };
                let what = format!("{what} {}", of_unit(&grouped(*slots), "slot"));
                let months = [months, later].concat();
                step(what, Some(self.slots_of(*charge, &months)), times(*charge, months.len()))
            }
            Instruction::AddSlots { slots, charge, later } => {
                let what = format!("Buy {}", of_unit(&grouped(*slots), "add-on slot"));
                let months = [months, later].concat();
                step(what, Some(self.slots_of(*charge, &months)), times(*charge, months.len()))
            }
            Instruction::SwitchBack => step("Switch back to billing per call".into(), None, None),
            Instruction::Buy { calls, count, amount } => {
                let what = format!("Buy {}", packages(*count, *calls, self.service.unit()));
                match months {
                    [month] => step(what, self.dates(*month), Some(*amount)),
                    _ => step(what + " each month", Some(self.each_time(*amount)), times(*amount, months.len())),
                }
            }
            Instruction::KeepPostpaidOn { calls, months, prices, amount } => {
                let price = prices.map(|(least, most)| self.prices(least, most)).unwrap_or_default();
                let more = format!("{} in {}{price}", units(*calls, self.service.unit()), self.month_list(months));
                step("Make sure postpaid is on".into(), Some(more), *amount)
            }
        }
    }

    /// The price of slots and how long they are needed.
    fn slots_of(&self, charge: Money, months: &[u32]) -> String {
        let charge = money(charge, self.currency);
        match (months, months.is_sorted_by(|one, next| one + 1 == *next)) {
            ([_], _) => "For this month".into(),
            ([.., last], true) => format!("{charge} a month until the end of {}", month_inside(self.start, *last)),
            _ => format!("{charge} a month in {}. Months in between have no calls, so they need no slots.", self.month_list(months)),
        }
    }

    fn month_list(&self, months: &[u32]) -> String {
        month_list(self.start, months).replace("Month", "month")
    }

    fn each_time(&self, amount: Money) -> String {
        format!("{} each time", money(amount, self.currency))
    }

    /// The prices of postpaid calls: ` at $4.20 each`.
    fn prices(&self, least: Decimal, most: Decimal) -> String {
        let price = |unit_price: Decimal| money(unit_price, self.currency);
        if least == most { format!(", at {} each", price(least)) } else { format!(", at {} to {} each", price(least), price(most)) }
    }

    /// Until when packages bought in a month can be refunded, and when they expire.
    fn dates(&self, month: u32) -> Option<String> {
        self.is_quote.then(|| {
            let expires = ["expires ", &expiry(self.start, self.service.last_month_of_packages(month))].concat();
            match refundable_until(self.start, month, self.service) {
                Some(until) => format!("Refundable until {until}, {expires}"),
                None => capitalized(&expires),
            }
        })
    }
}

/// Packages of one size: `one 100-call package`, `12 packages of 1,000 calls`.
pub fn packages(count: u64, calls: u64, unit: &Unit) -> String {
    match counted(count) {
        Some("one") => format!("one {}-{} package", grouped(calls), unit.one),
        Some(count) => format!("{count} {}-{} packages", grouped(calls), unit.one),
        None => format!("{} packages of {}", grouped(count), units(calls, unit)),
    }
}

/// The refund period of the service's packages; `None` where it has none.
///
/// The day of the purchase counts as the first day. This is the cautious reading, as a refund that comes too late costs
/// the price of the package.
pub fn refund_note(service: &Service) -> Option<String> {
    let days = service.refund_period()?;
    let period = of_unit(&grouped(days.into()), "day");
    let until =
        if days <= LAST_DAY_OF_EVERY_MONTH { format!(": until the {} if you buy on the 1st", ordinal(days)) } else { String::new() };
    Some(format!("Unused packages can be refunded within {period} of purchase{until}."))
}

/// The last day for a refund of packages bought on the first of a month: `7 January 2027`, or `7th of the month`; `None`
/// where the service has no refunds.
pub fn refundable_until(start: Option<CalendarMonth>, month: u32, service: &Service) -> Option<String> {
    let days = service.refund_period()?;
    let numbered = || match days {
        ..=LAST_DAY_OF_EVERY_MONTH => format!("{} of the month", ordinal(days)),
        _ => format!("{} days after purchase", grouped(days.into())),
    };
    Some(nth_day(start, month, days).unwrap_or_else(numbered))
}

/// The expiry of packages bought on the first of a month: `At the end of December 2027`, `9 months after this plan ends`.
pub fn expires(start: Option<CalendarMonth>, month: u32, service: &Service) -> String {
    capitalized(&expiry(start, service.last_month_of_packages(month)))
}

#[cfg(test)]
mod tests;
