//! The recommended plan, the comparison with each billing mode alone, and the table of the year.

use super::amounts::money;
use super::calendar::{date_or_name, month_inside};
use super::numbers::{calls, grouped, list, of_unit, units};
use super::steps::packages;
use crate::date::CalendarMonth;
use crate::money::Money;
use crate::planner::{Reason, Strategy};
use crate::price_book::{Service, TierMode, Unit};
use crate::quote::{AlternativeRow, MonthRow, Quote, ShownPlan};

/// The region of the contract.
pub const RECOMMENDATION: &str = "Recommendation";
/// Follows the total of the year.
pub const PER_YEAR: &str = " per year";
/// Follows the total of the year in the headline.
pub const PER_YEAR_BEFORE_TAX: &str = " per year, before tax";
/// Replaces the cost of one call where there is none.
pub const NO_CALLS: &str = "No calls";
/// The empty state of the recommendation.
pub const INVITATION: &str = "Enter how many calls you expect in a year. We’ll show the cheapest way to pay, what to buy, and when.";
/// Introduces the example volumes.
pub const EXAMPLES_INTRO: &str = "Try an example:";
/// An answer that nobody has asked for yet.
pub const EXAMPLE: &str = "Example";
/// Invites to replace the example.
pub const REPLACE_EXAMPLE: &str = "Enter your own number, or try";
/// Follows the example volumes.
pub const EXAMPLES_UNIT: &str = "calls per year";
/// The result no longer matches the form.
pub const OUT_OF_DATE: &str = "Not updated: this is the result for your previous entry.";
/// The heading of the plan's steps.
pub const STEPS_TITLE: &str = "What to buy and when";
/// The link to the shop.
pub const BUY_PACKAGES: &str = "Buy packages";
/// The link to the sales team.
pub const CONTACT_SALES: &str = "Contact sales";

/// The table of the contract.
pub const COMPARISON: &str = "Compare billing modes";
/// The columns of the comparison.
pub const COMPARISON_HEADS: [&str; 3] = ["Option", "Per year", "Extra cost"];
/// The recommended plan, as a row or a line among the others.
pub const RECOMMENDED_PLAN: &str = "Recommended plan";
/// An option that costs as much as the recommended plan.
pub const SAME_COST: &str = "same";

/// The table of the contract.
pub const LEDGER: &str = "Month by month";
/// The columns of the year's table after the month.
pub const WHAT_HAPPENS: &str = "What happens";
/// What a month costs.
pub const COST: &str = "Cost";

/// When to buy packages.
pub const BUYING_NOTE: &str = "Buy on the 1st of the month. A package only covers calls made after you buy it.";

/// What changes with the billing mode.
pub const SWITCHING_NOTE: &str = "Switching moves this service and its API group to concurrent billing. Packages can’t be used meanwhile, and they keep \
     counting down to expiry.";

/// How concurrent billing differs from the other billing modes.
pub const MODES_NOTE: &str = "With concurrent billing you can make as many calls as you like, but only as many at the same time as you have slots. \
     Extra calls fail. Failed calls are never billed.";

/// The order in which calls are paid.
pub const ORDER_OF_PAYMENT: &str =
    "Free calls are used first, then packages you already own (soonest to expire first), then new packages (oldest first), then postpaid.";

/// How a month is billed.
pub fn ledger_note(service: Option<&Service>) -> String {
    let order = match service.map_or(0, Service::free_calls_per_month) {
        0 => ORDER_OF_PAYMENT.into(),
        free => [&each_month_free(&calls(free)), " ", ORDER_OF_PAYMENT].concat(),
    };
    let price = tier_rule(service.map(Service::tier_mode).unwrap_or_default());
    format!("{order} {price} You’re billed for them between the 1st and 3rd of the next month.")
}

/// Which postpaid calls have the price of a tier.
pub fn tier_rule(mode: TierMode) -> &'static str {
    match mode {
        TierMode::Volume => "One postpaid price applies to all of a month’s postpaid calls.",
        TierMode::Graduated => "Each postpaid call has the price of its tier, so one month can have several prices.",
    }
}

/// The free calls of each month.
pub(super) fn each_month_free(counted: &str) -> String {
    format!("Each month’s first {counted} are free in per-call billing.")
}

/// Follows the number of calls that a budget buys; the total comes after it.
pub fn bought_for(count: u64, unit: &Unit) -> String {
    format!(" {} for", if count == 1 { &unit.one } else { &unit.many })
}

/// Follows the cost of one call.
pub fn per_unit(unit: &Unit) -> String {
    format!(" per {}", unit.one)
}

/// The last line of the plan, with the total.
pub fn plan_total(currency: &str) -> String {
    format!("Total for 12 months in {currency}, before tax")
}

/// The ways in which the calls of a year are paid, for the chart of the plan: `3,350 calls from packages`. `calls` are in the
/// order of [`MonthRow::paid_by`], then those that fail; those without calls are left out.
pub fn paid_by(calls: [u64; 5], unit: &Unit) -> [Option<String>; 5] {
    let ways = ["free", "from packages", "postpaid", "with slots", "would fail"];
    std::array::from_fn(|way| (calls[way] > 0).then(|| format!("{} {}", units(calls[way], unit), ways[way])))
}

/// The same in one month, with the price of postpaid calls and the number of slots: `169 postpaid at $4.20`.
pub fn paid_in_month(month: &MonthRow, unit: &Unit, currency: &str) -> [Option<String>; 4] {
    let [free, prepaid, postpaid, concurrent] = month.paid_by();
    let some = |calls: u64, text: String| (calls > 0).then(|| [&grouped(calls), " ", &text].concat());
    let price = month.unit_price.map(|price| format!(" at {}", money(price, currency))).unwrap_or_default();
    [
        some(free, "free".into()),
        some(prepaid, format!("from packages{}", add_on(month))),
        some(postpaid, format!("postpaid{price}{}", if prepaid == 0 { add_on(month) } else { String::new() })),
        some(
            concurrent,
            format!("{} with {}", if concurrent == 1 { &unit.one } else { &unit.many }, of_unit(&grouped(month.slots), "slot")),
        ),
    ]
}

/// Calls of a month that nothing covers: `50 would fail`.
pub fn fail_in_month(failing: u64) -> String {
    [&grouped(failing), " would fail"].concat()
}

fn add_on(month: &MonthRow) -> String {
    let slots = month.add_on_slots.filter(|&slots| slots > 0);
    slots.map(|slots| format!(", with {}", of_unit(&grouped(slots), "add-on slot"))).unwrap_or_default()
}

/// What to buy: `Buy one 1,000-call package`.
pub fn buy(count: u64, calls: u64, unit: &Unit) -> String {
    format!("Buy {}", packages(count, calls, unit))
}

/// The chart of the plan in a sentence.
pub fn plan_chart(quote: &Quote, start: Option<CalendarMonth>, unit: &Unit) -> String {
    let by_calls = |month: &&MonthRow| month.calls;
    let (least, most) = (quote.months.iter().min_by_key(by_calls), quote.months.iter().rev().max_by_key(by_calls));
    let name = |month: &MonthRow| month_inside(start, month.month);
    match (least, most) {
        (Some(least), Some(most)) if least.calls == most.calls => format!("{} in every month.", units(least.calls, unit)),
        (Some(least), Some(most)) => {
            format!("From {} in {} to {} in {}.", units(least.calls, unit), name(least), units(most.calls, unit), name(most))
        }
        _ => String::new(),
    }
}

/// Billing modes that alone cost as much as the recommended plan, although that one uses others too.
pub fn equal_alternatives(quote: &Quote) -> Option<String> {
    let uses = |used: fn(&MonthRow) -> bool| quote.months.iter().any(used);
    let (packages, postpaid) = (!quote.purchases.is_empty(), uses(|month| month.postpaid > 0));
    let equal = |strategy| quote.alternatives.iter().any(|row| row.strategy == strategy && row.total == Some(quote.total));
    if postpaid && equal(Strategy::PackagesOnly) {
        return Some("Packages only costs the same and needs no postpaid.".into());
    }
    (packages && equal(Strategy::PostpaidOnly)).then(|| "Postpaid only costs the same, with nothing to buy in advance.".into())
}

/// The version and the currency of the prices.
pub fn price_list_note(version: &str, currency: &str) -> String {
    format!("Price list: {}. All amounts in {currency}, before tax.", date_or_name(version))
}

/// What the example shows: `12,000 calls a year, spread evenly.`
pub fn example_of(count: u64, unit: &Unit) -> String {
    format!("{} a year, the same every month.", units(count, unit))
}

/// The result in one sentence, for screen readers.
pub fn announcement(total: Money, currency: &str) -> String {
    format!("The recommended plan costs {}{PER_YEAR}.", money(total, currency))
}

/// The comparison of the recommended plan with the next best option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    /// How much less it costs, where it costs less: `$180.00`.
    pub amount: Option<String>,
    /// The option that it is compared with.
    pub against: String,
}

/// Compares with the cheapest option that costs more; where none does, with all that cost the same.
pub fn saving(alternatives: &[AlternativeRow], total: Money, currency: &str) -> Saving {
    let options = || alternatives.iter().filter_map(|row| row.total.map(|total| (total, row.strategy)));
    let dearer = options().filter(|(other, _)| *other > total).min_by_key(|(other, _)| *other);
    if let Some((other, strategy)) = dearer {
        let amount = other.minus(total).ok().map(|more| money(more, currency));
        return Saving { amount, against: format!(" less than {}", strategy_name(strategy).to_ascii_lowercase()) };
    }
    let equal: Vec<&str> = options().map(|(_, strategy)| strategy_name(strategy)).collect();
    let against = match equal[..] {
        [] => "No single billing mode covers all your calls".into(),
        [name] => format!("Same cost as {}", name.to_ascii_lowercase()),
        [first, ref others @ ..] => {
            let others: Vec<String> = others.iter().map(|name| name.to_ascii_lowercase()).collect();
            let names: Vec<&str> = std::iter::once(first).chain(others.iter().map(String::as_str)).collect();
            format!("{} cost the same", list(&names, "and"))
        }
    };
    Saving { amount: None, against }
}

/// Why a plan without calls has no steps.
pub const NOTHING_TO_PAY: &str = "No calls, nothing to pay.";
/// Why a plan has no steps whose calls are free or in packages that are owned.
pub const CREDITS_COVER_YEAR: &str = "You don’t need to buy anything: your free calls and packages cover the year.";

/// Why the plan has no steps.
pub fn nothing_to_do(plan: &ShownPlan<'_>) -> &'static str {
    if plan.failing() > 0 {
        return "This plan buys nothing.";
    }
    let sum = |calls: fn(&MonthRow) -> u64| plan.rows().map(calls).sum::<u64>();
    match (sum(|month| month.free), sum(|month| month.prepaid)) {
        (0, 0) => NOTHING_TO_PAY,
        (_, 0) => "You don’t need to buy anything: your free calls cover the year.",
        (0, _) => "You don’t need to buy anything: your packages cover the year.",
        (_, _) => CREDITS_COVER_YEAR,
    }
}

/// The name of a billing mode that pays for everything by itself.
pub fn strategy_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::PackagesOnly => "Packages only",
        Strategy::PostpaidOnly => "Postpaid only",
        Strategy::ConcurrentOnly => "Concurrent slots only",
    }
}

/// Why an option is not available, on the page; a link to the sales team follows where more slots are needed.
pub fn reason_sentence(reason: Reason) -> &'static str {
    match reason {
        Reason::PostpaidOff => "Postpaid is off, so some calls would fail.",
        Reason::NotOffered => "Not offered for this service.",
        Reason::SlotsUnknown => "Tell us how many slots you need.",
        Reason::SlotsAboveMaximum => "Needs more slots than you can buy online.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price_book::PriceBook;
    use crate::quote::quote;
    use crate::scenario::Scenario;

    #[track_caller]
    fn check_saving(scenario: &str, amount: Option<&str>, against: &str) {
        let book = PriceBook::built_in().expect("valid");
        let quote = quote(&Scenario::from_json(scenario, &book).expect("a scenario"), &book).expect("a quote");
        assert_eq!(
            saving(&quote.alternatives, quote.total, &quote.currency),
            Saving { amount: amount.map(Into::into), against: against.into() }
        );
    }

    #[test]
    fn compares_with_the_next_best_option() {
        check_saving(r#"{"usage":{"yearly":300}}"#, Some("$180.00"), " less than postpaid only");
        check_saving(r#"{"usage":{"yearly":0}}"#, None, "Packages only, postpaid only and concurrent slots only cost the same");
        check_saving(r#"{"usage":{"yearly":300},"free_calls":300}"#, None, "Packages only and postpaid only cost the same");
        check_saving(r#"{"usage":{"yearly":100},"postpaid":false}"#, None, "Same cost as packages only");
    }
}
