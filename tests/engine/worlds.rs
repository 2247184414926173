//! Small years with price books of their own, for property tests.
//!
//! Every feature is on or off at random, and prices are chosen so that ties are common. The years are small enough for
//! a brute force.

use callmix::capacity::Concurrency;
use callmix::planner::OwnedPackage;
use callmix::price_book::{PriceBook, TierBasis};
use callmix::scenario::Scenario;
use callmix::settlement::Postpaid;
use callmix::usage::Usage;
use proptest::prelude::*;

/// A price book of one service, and a year of it. Amounts are whole currency units.
#[derive(Debug, Clone)]
pub struct World {
    pub usage: [u64; 12],
    pub free: u64,
    pub owned: Vec<(u64, u32)>,
    pub postpaid: bool,
    pub all_basis: bool,
    pub packages: Vec<(u64, u64)>,
    pub tiers: Vec<(u64, u64)>,
    /// Price and slots by month; `None` without concurrent billing.
    pub slots: Option<(u64, [u64; 12])>,
}

pub const MAX_SLOTS: u64 = 3;

impl World {
    pub fn book(&self) -> PriceBook {
        let packages: Vec<String> =
            self.packages.iter().map(|(calls, price)| format!(r#"{{"calls":{calls},"price":"{price}"}}"#)).collect();
        let tiers: Vec<String> = self.tiers.iter().map(|(from, price)| format!(r#"{{"from":{from},"unit_price":"{price}"}}"#)).collect();
        let concurrent = match self.slots {
            Some((price, _)) => format!(r#"{{"price_per_slot_month":"{price}","max_slots":{MAX_SLOTS}}}"#),
            None if self.packages.is_empty() && self.tiers.is_empty() => r#"{"price_per_slot_month":"1","max_slots":1}"#.into(),
            None => "null".into(),
        };
        let text = format!(
            r#"{{"version":"test","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,
                "packages":[{}],"tiers":[{}],"concurrent":{concurrent}}}]}}"#,
            packages.join(","),
            tiers.join(",")
        );
        PriceBook::from_json(&text).expect("a valid book")
    }

    pub fn scenario(&self) -> Scenario {
        let owned: Vec<_> = self.owned.iter().map(|&(calls, months_left)| OwnedPackage { calls, months_left }).collect();
        Scenario::builder(Usage::monthly(self.usage).expect("a small year"))
            .free_calls(self.free)
            .owned_packages(owned)
            .postpaid(if self.postpaid { Postpaid::On } else { Postpaid::Off })
            .tier_basis(Some(if self.all_basis { TierBasis::All } else { TierBasis::Billed }))
            .concurrency(self.slots.map(|(_, slots)| Concurrency::Slots(slots)))
            .build(&self.book())
            .expect("a valid scenario")
    }

    /// What each of `billed` postpaid calls costs in a month of `calls`.
    pub fn unit_price(&self, calls: u64, billed: u64) -> Option<u64> {
        let reached_by = if self.all_basis { calls } else { billed };
        self.tiers.iter().filter(|(from, _)| *from <= reached_by).max().map(|&(_, price)| price)
    }
}

/// Up to `most_busy` months with calls, at any distance from each other, so that the brute force stays small.
fn usages(calls: impl Strategy<Value = u64>, most_busy: usize) -> impl Strategy<Value = [u64; 12]> {
    prop::collection::vec((0_usize..12, calls), 0..=most_busy).prop_map(|busy| {
        let mut usage = [0; 12];
        for (month, calls) in busy {
            usage[month] = calls;
        }
        usage
    })
}

type Packages = Vec<(u64, u64)>;
/// Usage, free calls, owned packages with their months left, and whether postpaid is on and all calls count towards a tier.
type Account = ([u64; 12], u64, Vec<(u64, u32)>, (bool, bool));

/// Packages in rising order, tiers of which the first starts at 0, and slots that are the same in all months if asked.
fn world(
    (usage, free, owned, (postpaid, all_basis)): Account,
    mut packages: Packages,
    mut tiers: Packages,
    slots: Option<(u64, [u64; 12], bool)>,
) -> World {
    packages.sort_unstable();
    packages.dedup_by_key(|package| package.0);
    tiers.sort_unstable();
    tiers.dedup_by_key(|tier| tier.0);
    if let Some(first) = tiers.first_mut() {
        first.0 = 0;
    }
    let slots = slots.map(|(price, slots, same)| (price, if same { [slots[0]; 12] } else { slots }));
    World { usage, free, owned, postpaid: postpaid || all_basis, all_basis, packages, tiers, slots }
}

fn credits() -> (impl Strategy<Value = u64>, impl Strategy<Value = Vec<(u64, u32)>>) {
    (prop_oneof![Just(0_u64), 0_u64..8], prop::collection::vec((1_u64..6, 1_u32..13), 0..3))
}

fn slots(price: impl Strategy<Value = u64>) -> impl Strategy<Value = Option<(u64, [u64; 12], bool)>> {
    prop::option::weighted(0.7, (price, prop::array::uniform12(1_u64..5), any::<bool>()))
}

/// Any prices, few busy months.
fn any_prices() -> impl Strategy<Value = World> {
    let packages = prop_oneof![
        prop::collection::vec((1_u64..8, 0_u64..20), 0..4),
        // Alike per call, so that only the later ties decide.
        (prop::collection::vec(1_u64..7, 0..4), 1_u64..4).prop_map(|(sizes, unit)| sizes.iter().map(|&size| (size, size * unit)).collect()),
        // Many sizes, most of a year's totals below the sums that serve them best, and of more than one call a grain.
        (prop::collection::vec((3_u64..14, 0_u64..9), 2..7), 1_u64..4, 1_u64..3)
            .prop_map(|(sizes, unit, grain)| { sizes.iter().map(|&(size, extra)| (size * grain, size * grain * unit + extra)).collect() }),
    ];
    let tiers = prop::collection::vec((0_u64..9, 0_u64..7), 0..5);
    let usage = usages(prop_oneof![1_u64..4, 1_u64..9, Just(5_u64)], 5);
    let (free, owned) = credits();
    ((usage, free, owned, any::<(bool, bool)>()), packages, tiers, slots(0_u64..16))
        .prop_map(|(year, packages, tiers, slots)| world(year, packages, tiers, slots))
}

/// More tiers than the search tries one by one, and months that reach them.
fn many_tiers() -> impl Strategy<Value = World> {
    let packages = prop::collection::vec((1_u64..9, 0_u64..24), 0..4);
    let tiers = prop::collection::vec((0_u64..14, 0_u64..9), 6..13);
    let (free, owned) = credits();
    ((usages(6_u64..18, 4), free, owned, any::<(bool, bool)>()), packages, tiers, slots(0_u64..30))
        .prop_map(|(year, packages, tiers, slots)| world(year, packages, tiers, slots))
}

/// Up to twelve busy months, and one price per call for most ways to pay, which may be 0.
fn ties() -> impl Strategy<Value = World> {
    let busy = prop_oneof![usages(1_u64..6, 6), prop::array::uniform12(prop_oneof![1 => Just(0_u64), 4 => 1_u64..3])];
    let extra = || prop_oneof![4 => Just(0_u64), 1 => 1_u64..3];
    let packages = prop::collection::vec((1_u64..7, extra()), 1..5);
    let tiers = prop::collection::vec((0_u64..6, extra()), 0..4);
    let (free, owned) = credits();
    ((busy, free, owned, any::<(bool, bool)>()), 0_u64..3, packages, tiers, slots(0_u64..5)).prop_map(
        |(year, unit, mut packages, mut tiers, slots)| {
            packages.iter_mut().for_each(|(calls, price)| *price += *calls * unit);
            tiers.iter_mut().for_each(|(_, price)| *price += unit);
            world(year, packages, tiers, slots.map(|(price, slots, same)| (price * unit, slots, same)))
        },
    )
}

pub fn worlds() -> impl Strategy<Value = World> {
    prop_oneof![5 => any_prices(), 1 => many_tiers(), 2 => ties()]
}
