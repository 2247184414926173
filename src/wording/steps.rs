//! The steps of a plan: what to buy and when.
//!
//! A list by date: switch the billing mode, buy packages, make sure that postpaid is on. Each step has its cost, and the
//! costs add up to the total. Months in a row with the same instructions are one step.

use super::amounts::money;
use super::calendar::{expiry, first_day, month_inside, month_list, nth_day, ordinal};
use super::numbers::{capitalized, counted, grouped, of_unit, units};
use crate::money::{Decimal, Money};
use crate::price_book::{Service, Unit};
use crate::quote::Quote;
use crate::scenario::{CalendarMonth, Scenario};
use crate::settlement::Mode;

/// The last day that every month has.
const LAST_DAY_OF_EVERY_MONTH: u32 = 28;

/// What to do at the start of a month, or of each of several months in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
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

/// The steps of the recommended plan, in the order of time; empty where there is nothing to do. With `is_quote`, each purchase
/// is a step of its own, with its last day of refund and its expiry.
pub fn steps(scenario: &Scenario, quote: &Quote, service: &Service, is_quote: bool) -> Vec<Step> {
    let mut entries: Vec<(Vec<u32>, Vec<Instruction>)> = Vec::new();
    for (month, instructions) in instructions(quote) {
        match entries.last_mut() {
            Some((months, same)) if !is_quote && *same == instructions && months.last() == Some(&(month - 1)) => months.push(month),
            _ => entries.push((vec![month], instructions)),
        }
    }
    let start = scenario.start();
    let words = Words { start, currency: &quote.currency, service, is_quote };
    let step = |(months, instructions): (Vec<u32>, Vec<Instruction>)| Step {
        when: match months[..] {
            [month] => first_day(start, month),
            _ => month_list(start, &months),
        },
        lines: instructions.iter().map(|instruction| words.line(&months, instruction)).collect(),
        months,
    };
    entries.into_iter().map(step).collect()
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
            instructions.push(postpaid(quote));
        }
        if !instructions.is_empty() {
            found.push((row.month, instructions));
        }
    }
    found
}

/// All postpaid calls of the year.
fn postpaid(quote: &Quote) -> Instruction {
    let months = || quote.months.iter().filter(|row| row.postpaid > 0);
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
}

impl Words<'_> {
    fn line(&self, months: &[u32], instruction: &Instruction) -> StepLine {
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
                StepLine { what, more: Some(self.slots_of(*charge, &months)), cost: times(*charge, months.len()) }
            }
            Instruction::AddSlots { slots, charge, later } => {
                let what = format!("Buy {}", of_unit(&grouped(*slots), "add-on slot"));
                let months = [months, later].concat();
                StepLine { what, more: Some(self.slots_of(*charge, &months)), cost: times(*charge, months.len()) }
            }
            Instruction::SwitchBack => StepLine { what: "Switch back to billing per call".into(), more: None, cost: None },
            Instruction::Buy { calls, count, amount } => {
                let what = format!("Buy {}", packages(*count, *calls, self.service.unit()));
                match months {
                    [month] => StepLine { what, more: self.dates(*month), cost: Some(*amount) },
                    _ => StepLine { what: what + " each month", more: Some(self.each_time(*amount)), cost: times(*amount, months.len()) },
                }
            }
            Instruction::KeepPostpaidOn { calls, months, prices, amount } => {
                let price = prices.map(|(least, most)| self.prices(least, most)).unwrap_or_default();
                let more = format!("{} in {}{price}", units(*calls, self.service.unit()), self.month_list(months));
                StepLine { what: "Make sure postpaid is on".into(), more: Some(more), cost: *amount }
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
            let expires = ["expires ", &expiry(self.start, last_month(month, self.service))].concat();
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
    capitalized(&expiry(start, last_month(month, service)))
}

/// The month at whose end packages bought in `month` expire.
fn last_month(month: u32, service: &Service) -> u32 {
    month.saturating_add(service.package_validity_months().saturating_sub(1))
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
    fn check(start: &str, months: [u64; 12], change: impl Fn(ScenarioBuilder) -> ScenarioBuilder, written_out: &[&str]) {
        let book = PriceBook::built_in().expect("valid");
        let year = Scenario::builder(Usage::monthly(months).expect("a year")).start(CalendarMonth::parse(start));
        let scenario = change(year).build(&book).expect("valid");
        let quote = quote(&scenario, &book).expect("an answer");
        let service = scenario.book(&book).service(scenario.service()).expect("a service");
        let steps = steps(&scenario, &quote, service, false);
        assert_eq!(written(&steps), written_out);
        let costs = steps.iter().flat_map(|step| step.lines.iter().filter_map(|line| line.cost));
        assert_eq!(costs.fold(Money::ZERO, |sum, cost| sum.plus(cost).expect("small")), quote.total);
    }

    /// The lines as `January 2027: Buy one 100-call package | $420.00`.
    fn written(steps: &[Step]) -> Vec<String> {
        let line = |step: &Step, line: &StepLine| {
            let more = line.more.as_ref().map(|more| format!(" ({more})")).unwrap_or_default();
            let cost = line.cost.map(|cost| format!(" | {}", money(cost, "USD"))).unwrap_or_default();
            format!("{}: {}{more}{cost}", step.when, line.what)
        };
        steps.iter().flat_map(|step| step.lines.iter().map(|part| line(step, part)).collect::<Vec<_>>()).collect()
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
                "1 January 2027: Buy one 100-call package | $420.00",
                "1 May 2027: Buy one 100-call package | $420.00",
                "1 September 2027: Buy one 100-call package | $420.00",
            ],
        );
        check(
            "",
            [0, 0, 0, 0, 0, 0, 0, 0, 300, 0, 0, 1],
            |year| year,
            &["Month 9: Make sure postpaid is on (301 calls in months 9 and 12, at $4.20 to $4.80 each) | $1,264.80"],
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
                "1 January 2027: Buy one 100-call package | $420.00",
                "March to May 2027: Buy one 100-call package each month ($420.00 each time) | $1,260.00",
                "July to October 2027: Buy one 100-call package each month ($420.00 each time) | $1,680.00",
                "1 December 2027: Buy one 100-call package | $420.00",
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
            &[
                "1 January 2027: Buy one 100-call package | $378.00",
                "1 January 2027: Make sure postpaid is on (3 calls in January 2027, at $4.80 each) | $14.40",
            ],
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
                "1 January 2027: Make sure postpaid is on (10 calls in January 2027, at $4.80 each) | $48.00",
                "1 February 2027: Buy one 100-call package | $420.00",
                "1 June 2027: Switch to concurrent billing with 2 slots (For this month) | $14,400.00",
                "1 July 2027: Switch back to billing per call",
            ],
        );
        check(
            "",
            [50_000; 12],
            |year| year.concurrency(Some(Concurrency::Slots([1; 12]))),
            &["Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month until the end of month 12) | $86,400.00"],
        );
        check(
            "",
            [50_000, 0, 50_000, 0, 50_000, 0, 0, 50_000, 0, 0, 0, 0],
            |year| year.concurrency(Some(Concurrency::Slots([1; 12]))),
            &["Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month in months 1, 3, 5 and 8. \
               Months in between have no calls, so they need no slots.) | $28,800.00"],
        );
    }

    #[test]
    fn says_whether_the_number_of_slots_rises_or_falls() {
        check(
            "",
            [50_000; 12],
            |year| year.concurrency(Some(Concurrency::Slots([1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1]))),
            &[
                "Month 1: Switch to concurrent billing with 1 slot ($7,200.00 a month until the end of month 2) | $14,400.00",
                "Month 3: Increase to 2 slots ($14,400.00 a month until the end of month 11) | $129,600.00",
                "Month 12: Reduce to 1 slot (For this month) | $7,200.00",
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
        let steps = steps(&scenario, &quote(&scenario, &book).expect("a quote"), &book.services()[0], false);
        assert_eq!(
            written(&steps)[1..],
            [
                "Month 2: Buy 3 add-on slots ($90.00 a month until the end of month 3) | $180.00",
                "Month 5: Buy 1 add-on slot (For this month) | $30.00"
            ]
        );
    }

    #[test]
    fn dates_refund_and_expiry_of_each_purchase_of_a_quote() {
        let book = PriceBook::built_in().expect("valid");
        let usage = Usage::monthly([100, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).expect("a year");
        let scenario = Scenario::builder(usage).start(CalendarMonth::parse("2027-01")).postpaid(Postpaid::Off).build(&book).expect("valid");
        let steps = steps(&scenario, &quote(&scenario, &book).expect("an answer"), &book.services()[0], true);
        let dates = |until: &str, end: &str| format!("Refundable until {until}, expires at the end of {end}");
        let [first, second] = [dates("7 January 2027", "December 2027"), dates("7 February 2027", "January 2028")];
        assert_eq!(
            written(&steps),
            [
                format!("1 January 2027: Buy one 100-call package ({first}) | $420.00"),
                format!("1 February 2027: Buy one 100-call package ({second}) | $420.00"),
            ]
        );
    }
}
