//! The price tables, as a provider prints them.

use super::numbers::{capitalized, grouped, units};
use super::{each_month_free, in_unit};
use crate::price_book::{Api, Service, TierMode, Unit};

/// The columns of a table of slots.
pub const SLOT_HEADS: [&str; 2] = ["Slots", "Price per slot per month"];

/// The title of the table of packages.
pub fn packages_title(service: &Service) -> String {
    format!("{}: packages, valid for {} months", service.name(), service.package_validity_months())
}

/// The columns of the table of packages.
pub fn package_heads(service: &Service) -> [String; 2] {
    [capitalized(&service.unit().many), "Price".into()]
}

/// The title of the table of postpaid tiers.
pub fn tiers_title(service: &Service) -> String {
    format!("{}: postpaid, per {}", service.name(), service.unit().one)
}

/// The columns of the table of postpaid tiers.
pub fn tier_heads(service: &Service) -> [String; 2] {
    let Unit { one, many } = service.unit();
    let price = match service.price_per() {
        1 => format!("Price per {one}"),
        count => format!("Price per {} {many}", grouped(count)),
    };
    [format!("Postpaid {many} per month"), price]
}

/// The calls of a month that have a tier's price, from its start to the start of the next tier.
pub fn tier_range(mode: TierMode, from: u64, next: Option<u64>) -> String {
    match (mode, from, next) {
        (_, 0, None) => "any number".into(),
        (TierMode::Volume, 0, Some(next)) => format!("under {}", grouped(next)),
        (TierMode::Volume, _, None) => format!("{} or more", grouped(from)),
        (TierMode::Volume, _, Some(next)) => range(from, next - 1),
        (TierMode::Graduated, 0, Some(next)) => format!("the first {}", grouped(next)),
        (TierMode::Graduated, _, None) => format!("above {}", grouped(from)),
        (TierMode::Graduated, _, Some(next)) => range(from + 1, next),
    }
}

/// The title of the table of concurrent slots.
pub fn slots_title(service: &Service) -> String {
    format!("{}: concurrent billing", service.name())
}

/// The title of the table of add-on slots.
pub fn add_on_title(service: &Service) -> String {
    format!("{}: add-on slots", service.name())
}

/// The slots that have a tier's price, from its start to the start of the next tier or the last slot that is sold.
pub fn slot_range(mode: TierMode, from: u64, next: Option<u64>, most: u64) -> String {
    let last = next.map_or(most, |next| next - 1);
    match (mode, from, next) {
        (TierMode::Graduated, 1, Some(_)) if last > 1 => format!("the first {}", grouped(last)),
        _ => range(from, last),
    }
}

/// What else a price table says: free calls, included slots, and what calls of each API count as.
pub fn price_notes(service: &Service) -> Vec<String> {
    let counted = |count: u64| units(count, service.unit());
    let free = Some(service.free_calls_per_month()).filter(|&calls| calls > 0);
    let free = free.map(|calls| each_month_free(&counted(calls)));
    let included = service.included_slots().map(|slots| match (slots, service.add_on_slots()) {
        (_, Some(_)) => format!("Per-call billing includes {} at once; add-on slots allow more.", grouped(slots)),
        (_, None) => format!("Per-call billing allows {} at once.", grouped(slots)),
    });
    let api = |api: &Api| format!("One call of {} counts as {}.", api.name, counted(api.units_per_call));
    free.into_iter().chain(included).map(|note| in_unit(&note, service.unit())).chain(service.apis().iter().map(api)).collect()
}

fn range(first: u64, last: u64) -> String {
    if first == last { grouped(first) } else { format!("{} to {}", grouped(first), grouped(last)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_calls_of_each_tier() {
        let ranges = |mode| [(0, Some(100)), (100, Some(1_000)), (1_000, None)].map(|(from, next)| tier_range(mode, from, next));
        assert_eq!(ranges(TierMode::Volume), ["under 100", "100 to 999", "1,000 or more"]);
        assert_eq!(ranges(TierMode::Graduated), ["the first 100", "101 to 1,000", "above 1,000"]);
        assert_eq!(tier_range(TierMode::Graduated, 0, None), "any number");
    }

    #[test]
    fn names_the_slots_of_each_tier() {
        let ranges = |mode| [(1, Some(11)), (11, Some(12)), (12, None)].map(|(from, next)| slot_range(mode, from, next, 300));
        assert_eq!(ranges(TierMode::Volume), ["1 to 10", "11", "12 to 300"]);
        assert_eq!(ranges(TierMode::Graduated), ["the first 10", "11", "12 to 300"]);
        assert_eq!(slot_range(TierMode::Volume, 1, None, 1), "1");
    }
}
