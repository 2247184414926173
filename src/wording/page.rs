//! Sentences of the page's price tables, charts and legends.

use super::amounts::money;
use super::answer::{PER_YEAR, strategy_name};
use super::numbers::{calls, capitalized, grouped};
use super::{RECOMMENDED_PLAN, kind_name};
use crate::insight::Point;
use crate::ledger::PlanKind;
use crate::money::{Money, Percentage};
use crate::planner::Strategy;
use crate::price_book::Service;

/// The link from the start of the page to its answer.
pub const SKIP_TO_ANSWER: &str = "Skip to the answer";
/// The button that restores the last undone step, beside the one that undoes it.
pub const REDO: &str = "Redo";
/// Announced when the form has been reset.
pub const FORM_IS_EMPTY: &str = "The form is empty.";
/// Before the link to the last estimate of a closed tab.
pub const CONTINUE: &str = "Continue where you left off:";
/// Deletes the last estimate.
pub const FORGET_LAST: &str = "Delete from this device";
/// The heading of the published prices.
pub const PRICES: &str = "Prices";
/// The heading of the prices that an estimate is quoted with, where they are not the published ones.
pub const YOUR_PRICES: &str = "Your prices";
/// The link to where the prices come from.
pub const PRICE_PAGE: &str = "The provider’s price page";
/// The ways a call is paid for, in the order of a bar's parts: free quota, packages, postpaid, concurrent slots.
pub const PAID_BY: [&str; 4] = ["Free", "Packages", "Postpaid", "Concurrent"];
/// The same inside a sentence.
const PAID_BY_INSIDE: [&str; 4] = ["free", "from packages", "postpaid", "concurrent"];
/// The row that sums the others, under a chart's legend.
pub const TOTAL: &str = "Total";

/// The last estimate of a closed tab: `300 calls per year, $1,260.00`.
pub fn last_estimate(name: &str, total: &str) -> String {
    format!("{name}, {total}")
}

/// The column of discounted prices: `With 10% off`.
pub fn discount_head(discount: Percentage) -> String {
    format!("With {discount}% off")
}

/// The link to where a service's packages are sold.
pub fn buy_link(service: &Service) -> String {
    format!("{}: buy packages", service.name())
}

/// The link to the people who sell a service.
pub fn contact_link(service: &Service) -> String {
    format!("{}: contact sales", service.name())
}

/// The accessible name of a table's scroll box.
pub fn scroll_box_name(caption: &str) -> String {
    [caption, ", scrolls sideways"].concat()
}

/// One volume in the table of other volumes: `50% · 6,000`.
pub fn volume_name(percent: u64, calls: u64) -> String {
    format!("{percent}% · {}", grouped(calls))
}

/// The bars of one month or of the year in one sentence, for screen readers. `parts` are in the order of [`PAID_BY`].
pub fn year_value(when: &str, parts: [u64; 4], total: Money, currency: &str) -> String {
    let paid = PAID_BY_INSIDE.iter().zip(parts).filter(|(_, calls)| *calls > 0);
    let paid: Vec<String> = paid.map(|(name, calls)| format!("{} {name}", grouped(calls))).collect();
    let paid = if paid.is_empty() { String::new() } else { format!(" ({})", paid.join(", ")) };
    format!("{when}: {}{paid}. Cost: {}", calls(parts.iter().sum()), money(total, currency))
}

/// The lines of the cost curve at one volume, with their names: the strategies in their order, then the recommended plan.
pub fn curve_costs(point: &Point) -> [(&'static str, Option<Money>); 4] {
    let [packages, postpaid, concurrent] = point.strategies;
    [
        (strategy_name(Strategy::PackagesOnly), packages),
        (strategy_name(Strategy::PostpaidOnly), postpaid),
        (strategy_name(Strategy::ConcurrentOnly), concurrent),
        (RECOMMENDED_PLAN, point.best),
    ]
}

/// The cost curve at one volume in one sentence, for screen readers; the recommended plan comes first.
pub fn curve_value(point: &Point, currency: &str) -> String {
    let [strategies @ .., best] = curve_costs(point);
    let costs = std::iter::once(best).chain(strategies);
    let costs = costs.filter_map(|(name, cost)| cost.map(|cost| format!("{} {}", name.to_ascii_lowercase(), money(cost, currency))));
    format!("{}{PER_YEAR}: {}", calls(point.calls), costs.collect::<Vec<_>>().join(", "))
}

/// The mark of the estimate's own volume on the cost curve.
pub fn given_mark(volume: u64) -> String {
    format!("Your estimate: {}", calls(volume))
}

/// The marks of the range in which the recommended kind of plan stays the cheapest. `from` and `to` are the ends of the
/// range that the chart shows.
pub fn range_mark(kind: PlanKind, from: Option<u64>, to: Option<u64>) -> String {
    let name = capitalized(&kind_name(kind));
    let is_one = kind.postpaid && !kind.packages && !kind.concurrent;
    let cheapest = match (kind.packages || kind.postpaid || kind.concurrent, is_one) {
        (false, _) => "You pay nothing".into(),
        (true, true) => format!("{name} is cheapest"),
        (true, false) => format!("{name} are cheapest"),
    };
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("{cheapest} only at {}", calls(to)),
        (Some(from), Some(to)) => format!("{cheapest} from {} to {}", grouped(from), calls(to)),
        (Some(from), None) => format!("{cheapest} from {} up", calls(from)),
        (None, Some(to)) => format!("{cheapest} up to {}", calls(to)),
        (None, None) => cheapest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_range_of_the_cheapest_kind_of_plan() {
        let check = |ways: [bool; 3], from, to, written: &str| {
            let [packages, postpaid, concurrent] = ways;
            assert_eq!(range_mark(PlanKind { packages, postpaid, concurrent }, from, to), written);
        };
        check([true, false, false], Some(3_905), Some(4_000), "Packages are cheapest from 3,905 to 4,000 calls");
        check([true, true, false], None, Some(3_904), "Packages and postpaid are cheapest up to 3,904 calls");
        check([false, true, false], Some(119_999), None, "Postpaid is cheapest from 119,999 calls up");
        check([true, false, false], Some(100), Some(100), "Packages are cheapest only at 100 calls");
        check([false, false, false], None, Some(5), "You pay nothing up to 5 calls");
    }

    #[test]
    fn reads_out_only_the_ways_that_pay_for_calls() {
        let zero = Money::ZERO;
        assert_eq!(year_value("Month 1", [5, 100, 0, 0], zero, "USD"), "Month 1: 105 calls (5 free, 100 from packages). Cost: $0.00");
        assert_eq!(year_value("Month 2", [0; 4], zero, "USD"), "Month 2: 0 calls. Cost: $0.00");
    }
}
