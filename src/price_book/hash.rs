//! The hash of a price book: eight hexadecimal digits that identify its prices and rules.
//!
//! Links and exports carry the hash, so the text that is hashed must never change for a given book. It holds
//! everything that decides a charge, and nothing else: names, sources and links do not count.

use std::fmt::Write;
use std::hash::Hasher;

use super::{ConcurrentPrice, Package, Service, Tier, TierBasis};

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
        for Package { calls, price } in &service.packages {
            let _ = writeln!(text, "package {calls} {price}");
        }
        for Tier { from, unit_price } in &service.tiers {
            let _ = writeln!(text, "tier {from} {unit_price}");
        }
        if let Some(ConcurrentPrice { price_per_slot_month, max_slots }) = service.concurrent {
            let _ = writeln!(text, "slot {price_per_slot_month} {max_slots}");
        }
    }
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(text.as_bytes());
    let long = hasher.finish();
    format!("{:08x}", (long >> 32) ^ (long & 0xffff_ffff))
}

#[cfg(test)]
mod tests {
    use crate::price_book::PriceBook;

    #[test]
    fn changes_with_prices_and_rules_only() {
        let text = include_str!("books/2026-11-22.json");
        let hash = |text: &str| PriceBook::from_json(text).expect("valid").hash;
        assert_eq!(hash(text), hash(&text.replace("Image Animate", "Another name").replace("4.8\"", "4.80\"")));
        assert_ne!(hash(text), hash(&text.replace("4.8\"", "4.9\"")));
        assert_ne!(hash(text), hash(&text.replace("\"billed\"", "\"all\"")));
    }
}
