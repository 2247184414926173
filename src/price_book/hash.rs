//! The hash of a price book: eight hexadecimal digits that identify its prices and rules.
//!
//! Links and exports carry the hash, so the text that is hashed must never change for a given book. It holds
//! everything that decides a charge, and nothing else: names, sources and links do not count.

use std::fmt::Write;
use std::hash::Hasher;

use super::{Api, Package, Service, SlotPrices, SlotTier, Tier, TierBasis, TierMode};

/// The hash of a book with these services.
pub(super) fn hash(currency: &str, services: &[Service]) -> String {
    let mut text = format!("{currency}\n");
    for service in services {
        let Service { id, package_validity_months, .. } = service;
        let tier_basis = match service.tier_basis {
            TierBasis::Billed => "Billed",
            TierBasis::All => "All",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{id} {package_validity_months} {tier_basis}");
        for Package { calls, price } in service.packages() {
            let _ = writeln!(text, "package {calls} {price}");
        }
        for Tier { from, unit_price } in service.tiers() {
            let _ = writeln!(text, "tier {from} {unit_price}");
        }
        slots(&mut text, "slot", service.concurrent());
        // What follows is younger than the first links, so a service without it adds nothing.
        if service.tier_mode() == TierMode::Graduated {
            text.push_str("graduated\n");
        }
        if service.free_calls_per_month > 0 {
            let _ = writeln!(text, "free {}", service.free_calls_per_month);
        }
        if let Some(included) = service.included_slots {
            let _ = writeln!(text, "included {included}");
        }
        slots(&mut text, "add-on", service.add_on_slots());
        for Api { id, units_per_call, .. } in &service.apis {
            let _ = writeln!(text, "api {id} {units_per_call}");
        }
    }
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(text.as_bytes());
    let long = hasher.finish();
    format!("{:08x}", (long >> 32) ^ (long & 0xffff_ffff))
}

fn slots(text: &mut String, name: &str, prices: Option<&SlotPrices>) {
    let Some(SlotPrices { tiers, tier_mode, max_slots }) = prices else { return };
    if let [SlotTier { price_per_slot_month, .. }] = tiers[..] {
        let _ = writeln!(text, "{name} {price_per_slot_month} {max_slots}");
        return;
    }
    let _ = writeln!(text, "{name} {} {max_slots}", tier_mode.code());
    for SlotTier { from, price_per_slot_month } in tiers {
        let _ = writeln!(text, "{name} from {from} {price_per_slot_month}");
    }
}

#[cfg(test)]
mod tests {
    use crate::price_book::PriceBook;

    #[test]
    fn changes_with_prices_and_rules_only() {
        let text = include_str!("../../site/prices/2026-11-22.json");
        let hash = |text: &str| PriceBook::from_json(text).expect("valid").hash;
        assert_eq!(hash(text), hash(&text.replace("Image Animate", "Another name").replace("4.8\"", "4.80\"")));
        assert_ne!(hash(text), hash(&text.replace("4.8\"", "4.9\"")));
        assert_ne!(hash(text), hash(&text.replace("\"billed\"", "\"all\"")));
    }
}
