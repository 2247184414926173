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
    /// Price of a slot, and slots needed by month; `None` where the need is not known, and slots are not sold.
    pub slots: Option<(u64, [u64; 12])>,
    pub more: More,
}

/// Prices of slots by the number of the first, and whether they are graduated.
type SlotTiers = (Vec<(u64, u64)>, bool);

/// What other price pages need.
#[derive(Debug, Clone, Default)]
pub struct More {
    pub graduated: bool,
    pub free_monthly: u64,
    /// Further prices beside that of the first slot.
    pub slot_tiers: SlotTiers,
    /// Slots that per-call billing includes, and the tiers of further ones, if any are sold.
    pub included: Option<(u64, Option<SlotTiers>)>,
    /// The need is known although no slots for concurrent billing are sold.
    pub per_call_only: bool,
}

/// The charge for `count` items after the first `after` ones, item by item. `starts` are the numbers of the first item at
/// each price; `all` is the number of items that reaches a tier where all items have its price.
fn charge(tiers: &[(u64, u64)], graduated: bool, after: u64, count: u64, all: u64) -> Option<u64> {
    let price = |number: u64| tiers.iter().filter(|(start, _)| *start <= number).max().map(|&(_, price)| price);
    (after + 1..=after + count).map(|number| price(if graduated { number } else { all })).sum()
}

pub const MAX_SLOTS: u64 = 3;

fn slots_json(tiers: &[(u64, u64)], graduated: bool) -> String {
    let mode = if graduated { "graduated" } else { "volume" };
    let tiers: Vec<String> = tiers.iter().map(|(from, price)| format!(r#"{{"from":{from},"price_per_slot_month":"{price}"}}"#)).collect();
    format!(r#"{{"tiers":[{}],"tier_mode":"{mode}","max_slots":{MAX_SLOTS}}}"#, tiers.join(","))
}

/// A price book of these services.
pub fn book_of(services: &[String]) -> PriceBook {
    let text = format!(r#"{{"version":"test","currency":"USD","services":[{}]}}"#, services.join(","));
    PriceBook::from_json(&text).expect("a valid book")
}

impl World {
    pub fn book(&self) -> PriceBook {
        let concurrent = match self.slots {
            Some((_, _)) if self.sells_slots() => self.slots_json(),
            _ if self.packages.is_empty() && self.tiers.is_empty() => r#"{"price_per_slot_month":"1","max_slots":1}"#.into(),
            _ => "null".into(),
        };
        book_of(&[self.service("s", None, &concurrent)])
    }

    /// The prices of slots as JSON.
    pub fn slots_json(&self) -> String {
        slots_json(&self.slot_prices(), self.more.slot_tiers.1)
    }

    /// The service as JSON, with this concurrent billing.
    pub fn service(&self, id: &str, group: Option<&str>, concurrent: &str) -> String {
        let packages: Vec<String> =
            self.packages.iter().map(|(calls, price)| format!(r#"{{"calls":{calls},"price":"{price}"}}"#)).collect();
        let tiers: Vec<String> = self.tiers.iter().map(|(from, price)| format!(r#"{{"from":{from},"unit_price":"{price}"}}"#)).collect();
        let included = match &self.more.included {
            None => String::new(),
            Some((included, None)) => format!(r#""included_slots":{included},"#),
            Some((included, Some((tiers, graduated)))) => {
                format!(r#""included_slots":{included},"add_on_slots":{},"#, slots_json(tiers, *graduated))
            }
        };
        let group = group.map_or_else(String::new, |group| format!(r#""group":"{group}","#));
        let mode = if self.more.graduated { "graduated" } else { "volume" };
        let free = self.more.free_monthly;
        format!(
            r#"{{"id":"{id}","name":"S",{group}"package_validity_months":12,
                {included}"free_calls_per_month":{free},"tier_mode":"{mode}","packages":[{}],"tiers":[{}],"concurrent":{concurrent}}}"#,
            packages.join(","),
            tiers.join(",")
        )
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

    fn sells_slots(&self) -> bool {
        self.slots.is_some() && !(self.more.per_call_only && !(self.packages.is_empty() && self.tiers.is_empty()))
    }

    /// The first slot at each price.
    fn slot_prices(&self) -> Vec<(u64, u64)> {
        let first = self.slots.map(|(price, _)| (1, price));
        first.into_iter().chain(self.more.slot_tiers.0.iter().copied()).collect()
    }

    /// What a concurrent month costs, counted from 0; `None` where it cannot be concurrent.
    pub fn concurrent_charge(&self, month: usize) -> Option<u64> {
        let slots = self.slots.filter(|_| self.sells_slots())?.1[month];
        if slots > MAX_SLOTS { None } else { charge(&self.slot_prices(), self.more.slot_tiers.1, 0, slots, slots) }
    }

    /// The slots that a per-call month, counted from 0, needs beyond the included ones, and their charge; `None` where it cannot
    /// be per call.
    pub fn add_on_slots(&self, month: usize) -> Option<(u64, u64)> {
        let (Some((included, add_on)), Some((_, needs))) = (&self.more.included, self.slots) else { return Some((0, 0)) };
        let added = needs[month].saturating_sub(*included);
        match add_on {
            _ if added == 0 || self.usage[month] == 0 => Some((0, 0)),
            Some((tiers, graduated)) if added <= MAX_SLOTS => Some((added, charge(tiers, *graduated, 0, added, added)?)),
            _ => None,
        }
    }

    /// What `billed` postpaid calls cost in a month of `calls`; `None` where there are no tiers.
    pub fn postpaid_charge(&self, calls: u64, billed: u64) -> Option<u64> {
        let starts: Vec<(u64, u64)> = match self.more.graduated {
            true => self.tiers.iter().map(|&(from, price)| (from + 1, price)).collect(),
            false => self.tiers.clone(),
        };
        let before = if self.all_basis { calls - billed } else { 0 };
        charge(&starts, self.more.graduated, before, billed, before + billed)
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
    World { usage, free, owned, postpaid: postpaid || all_basis, all_basis, packages, tiers, slots, more: More::default() }
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

/// What other price pages need, each about half the time.
fn more() -> impl Strategy<Value = More> {
    let further = || (prop::collection::btree_map(2_u64..6, 0_u64..16, 0..3), any::<bool>());
    let add_on =
        (0_u64..12, further()).prop_map(|(first, (further, graduated))| ([(1, first)].into_iter().chain(further).collect(), graduated));
    let included = prop::option::of((0_u64..4, prop::option::weighted(0.7, add_on)));
    let free = prop_oneof![Just(0_u64), 1_u64..5];
    (any::<bool>(), free, further(), included, prop::bool::weighted(0.2)).prop_map(
        |(graduated, free_monthly, (slot_tiers, slots_graduated), included, per_call_only)| More {
            graduated,
            free_monthly,
            slot_tiers: (slot_tiers.into_iter().collect(), slots_graduated),
            included,
            per_call_only,
        },
    )
}

pub fn worlds() -> impl Strategy<Value = World> {
    let base = prop_oneof![5 => any_prices(), 1 => many_tiers(), 2 => ties()];
    (base, prop::option::weighted(0.6, more())).prop_map(|(world, more)| World { more: more.unwrap_or_default(), ..world })
}
