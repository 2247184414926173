//! Sentences of the page's price tables, charts and legends.

use super::amounts::{money, share};
use super::answer::{PER_YEAR, per_unit, strategy_name};
use super::numbers::{capitalized, grouped, units};
use super::{RECOMMENDED_PLAN, kind_name};
use crate::insight::Point;
use crate::ledger::PlanKind;
use crate::money::{Money, Percentage};
use crate::planner::Strategy;
use crate::price_book::{Service, Unit};

/// The button that restores the last undone step, beside the one that undoes it.
pub const REDO: &str = "Redo";
/// What the page is for.
pub fn title(service: &Service) -> String {
    format!("Find the cheapest way to pay for your {} {}", service.name(), service.unit().many)
}

/// Where prices begin: `Packages from $3.50 per call, postpaid from $3.50, slots from $7,200.00 a month. In USD, before tax.`
pub fn prices_from(service: &Service, currency: &str) -> String {
    let per_unit = per_unit(service.unit());
    let package = service.packages().iter().filter_map(|package| Money::from(package.price).divided_by(package.calls));
    let package = package.map(|share| (share.amount(), share)).min_by_key(|&(amount, _)| amount).map(|(_, cost)| share(cost, currency));
    let postpaid = service.tiers().iter().map(|tier| tier.unit_price).min().map(|price| money(price, currency));
    let slots = service.concurrent().and_then(|slots| slots.tiers.iter().map(|tier| tier.price_per_slot_month).min());
    let slots = slots.map(|price| format!("slots from {} a month", money(price, currency)));
    let mut parts = Vec::new();
    match (package, postpaid) {
        (Some(package), Some(postpaid)) if package == postpaid => parts.push(format!("packages and postpaid from {package}{per_unit}")),
        (package, postpaid) => {
            parts.extend(package.map(|package| format!("packages from {package}{per_unit}")));
            parts.extend(postpaid.map(|postpaid| format!("postpaid from {postpaid}{per_unit}")));
        }
    }
    parts.extend(slots);
    format!("{}. In {currency}, before tax.", capitalized(&parts.join(", ")))
}

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
/// The row that sums the others.
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

/// The name of a line of the cost curve, in the order of [`curve_costs`].
pub fn line_name(line: usize) -> &'static str {
    match line {
        0 => strategy_name(Strategy::PackagesOnly),
        1 => strategy_name(Strategy::PostpaidOnly),
        2 => strategy_name(Strategy::ConcurrentOnly),
        _ => "Recommended",
    }
}

/// A line that lies above the drawing: `↑ Postpaid only: $3.50`.
pub fn far_line(name: &str, cost: &str) -> String {
    format!("↑ {name}: {cost}")
}

/// The volume that the figures beside the chart are for.
pub fn at_volume(count: u64, unit: &Unit) -> String {
    format!("At {}, per {}", units(count, unit), unit.one)
}

/// The cost curve at one volume in one sentence, for screen readers; the recommended plan comes first.
pub fn curve_value(point: &Point, unit: &Unit, currency: &str) -> String {
    let [strategies @ .., best] = curve_costs(point);
    let costs = std::iter::once(best).chain(strategies);
    let per_call = |(name, cost): (&str, Option<Money>)| {
        Some(format!("{} {}", name.to_ascii_lowercase(), share(cost?.divided_by(point.calls)?, currency)))
    };
    format!("{}{PER_YEAR}: {}{}", units(point.calls, unit), costs.filter_map(per_call).collect::<Vec<_>>().join(", "), per_unit(unit))
}

/// The name of the range in which the recommended kind of plan stays the cheapest: `Packages cheapest: 3,905 to 4,000`. `from`
/// and `to` are the ends that the chart shows.
pub fn range_mark(kind: PlanKind, from: Option<u64>, to: Option<u64>) -> String {
    let name = capitalized(&kind_name(kind));
    let pays = kind.packages || kind.postpaid || kind.concurrent;
    let cheapest = if pays { format!("{name} cheapest") } else { "Nothing to pay".into() };
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("{cheapest} only at {}", grouped(to)),
        (Some(from), Some(to)) => format!("{cheapest}: {} to {}", grouped(from), grouped(to)),
        (Some(from), None) => format!("{cheapest} from {}", grouped(from)),
        (None, Some(to)) => format!("{cheapest} up to {}", grouped(to)),
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
        check([true, false, false], Some(3_905), Some(4_000), "Packages cheapest: 3,905 to 4,000");
        check([true, true, false], None, Some(3_904), "Packages and postpaid cheapest up to 3,904");
        check([false, true, false], Some(119_999), None, "Postpaid cheapest from 119,999");
        check([true, false, false], Some(100), Some(100), "Packages cheapest only at 100");
        check([false, false, false], None, Some(5), "Nothing to pay up to 5");
    }
}
