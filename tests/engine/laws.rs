//! Properties that hold for every quote.
//!
//! They are checked for random years: small ones with price books of their own, and years of up to 10^12 calls with the
//! built-in book, which are too large for the brute force. Plans are replayed through the engine's `settle`, so these
//! tests cover the choice of the plan and the rows of the quote, not the settlement itself.

use std::sync::LazyLock;

use callmix::json_lines::answer;
use callmix::money::Money;
use callmix::price_book::{PriceBook, Service, TierBasis};
use callmix::quote::{Quote, quote};
use callmix::scenario::Scenario;
use callmix::settlement::{Account, Lot, Mode, MonthUse, Postpaid, Terms, settle};
use proptest::prelude::*;

use super::worlds::{More, World, worlds};

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));
const MAX_SLOTS: u64 = 50;

/// A year priced by the built-in price book.
#[derive(Debug, Clone)]
struct Year {
    usage: [u64; 12],
    free: u64,
    owned: Vec<(u64, u32)>,
    postpaid: bool,
    basis: TierBasis,
    slots: Option<[u64; 12]>,
    /// Hundredths of a percent, for packages, postpaid and slots.
    discount: [u32; 3],
}

impl Year {
    fn json(&self) -> String {
        let Self { usage, free, postpaid, .. } = self;
        let owned: Vec<_> = self.owned.iter().map(|(calls, left)| format!(r#"{{"calls":{calls},"months_left":{left}}}"#)).collect();
        let owned = owned.join(",");
        let basis = if self.basis == TierBasis::All { "all" } else { "billed" };
        let slots = self.slots.map_or("null".into(), |slots| format!(r#"{{"slots":{slots:?}}}"#));
        let [packages, per_call, slot] = self.discount.map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100));
        format!(
            r#"{{"usage":{{"monthly":{usage:?}}},"free_calls":{free},"owned_packages":[{owned}],"postpaid":{postpaid},
                "tier_basis":"{basis}","concurrency":{slots},
                "discount":{{"packages":"{packages}","postpaid":"{per_call}","concurrent":"{slot}"}}}}"#
        )
        .replace('\n', "")
    }

    fn quote(&self) -> Quote {
        let scenario = Scenario::from_json(&self.json(), &BOOK).expect("a valid year");
        quote(&scenario, &BOOK).expect("packages can cover any year")
    }

    fn service(&self) -> Service {
        let scenario = Scenario::from_json(&self.json(), &BOOK).expect("a valid year");
        BOOK.services()[0].discounted(scenario.discount()).expect("supported sizes")
    }
}

fn years() -> impl Strategy<Value = Year> {
    const MONTHLY_LIMIT: u64 = 1_000_000_000_000 / 12;
    let edges = prop_oneof![90_u64..110, 890_u64..1_010, 9_200_u64..10_010];
    let calls = prop_oneof![3 => Just(0), 3 => 0_u64..120, 4 => edges, 2 => 0_u64..200_000, 1 => 0_u64..=MONTHLY_LIMIT];
    let free = prop_oneof![3 => Just(0), 2 => 1_u64..20, 2 => 0_u64..20_000, 1 => 0_u64..=1_000_000_000_000];
    let owned = prop::collection::vec((prop_oneof![1_u64..500, 1_u64..20_000, 1_u64..=1_000_000_000_000], 1_u32..=12), 0..4);
    let slots = prop_oneof![
        Just(None),
        (1_u64..=MAX_SLOTS + 2).prop_map(|slots| Some([slots; 12])),
        prop::array::uniform12(1_u64..9).prop_map(Some),
        prop::array::uniform12(1_u64..=MAX_SLOTS + 2).prop_map(Some),
    ];
    let discount = prop_oneof![3 => Just([0; 3]), 1 => prop::array::uniform3(0_u32..=10_000)];
    let basis = prop_oneof![Just(TierBasis::Billed), Just(TierBasis::All)];
    (prop::array::uniform12(calls), free, owned, prop::bool::weighted(0.8), basis, slots, discount)
        .prop_map(|(usage, free, owned, postpaid, basis, slots, discount)| Year { usage, free, owned, postpaid, basis, slots, discount })
}

/// The modes of all months, and how many packages of each size are bought in them.
#[derive(Debug, Clone, PartialEq)]
struct Plan {
    modes: [Mode; 12],
    packages: [[u64; 4]; 12],
}

/// How good a plan is, in the order of the rules on ties: total, money for packages, changes of mode, packages, and
/// package-months counted negative. Less is better.
type Score = (Money, Money, usize, u64, i64);

impl Plan {
    fn of(quote: &Quote, service: &Service) -> Self {
        let modes = std::array::from_fn(|month| quote.months[month].mode);
        let mut packages = [[0; 4]; 12];
        for row in &quote.purchases {
            let size = service.packages().iter().position(|package| package.calls == row.calls).expect("a size on sale");
            packages[row.month as usize - 1][size] = row.count;
        }
        Self { modes, packages }
    }

    /// The plan in which months without calls keep the mode of the month before.
    fn with_idle_months_settled(mut self, year: &Year) -> Self {
        let mut before = Mode::PerCall;
        for (mode, calls) in self.modes.iter_mut().zip(year.usage) {
            *mode = if calls == 0 { before } else { *mode };
            before = *mode;
        }
        self
    }

    /// The score of the plan; `None` where the rules do not allow it.
    fn score(&self, year: &Year, service: &Service, tier_basis: TierBasis) -> Option<Score> {
        let owned = year.owned.iter().map(|&(calls, last_month)| Lot { calls, last_month });
        let mut account = Account::new(year.free, owned);
        let postpaid = if year.postpaid { Postpaid::On } else { Postpaid::Off };
        let mut score = (Money::ZERO, Money::ZERO, 0, 0, 0);
        let mut before = Mode::PerCall;
        for (index, (&mode, counts)) in self.modes.iter().zip(&self.packages).enumerate() {
            let month = index as u32 + 1;
            for (&count, package) in counts.iter().zip(service.packages()).filter(|(count, _)| **count > 0) {
                account.buy(Lot { calls: package.calls * count, last_month: month + 11 });
                score.1 = score.1.plus(package.price.times(count).ok()?).ok()?;
                score.3 += count;
                score.4 -= i64::from(month) * count as i64;
            }
            let (calls, slots) = (year.usage[index], year.slots.map_or(u64::MAX, |slots| slots[index]));
            if mode == Mode::Concurrent && calls > 0 && slots > MAX_SLOTS {
                return None;
            }
            score.2 += usize::from(mode != before);
            before = mode;
            let settled = settle(&Terms { service, postpaid, tier_basis }, &MonthUse { month, mode, calls, slots }, &mut account).ok()?;
            score.0 = score.0.plus(settled.postpaid_charge).ok()?.plus(settled.concurrent_charge).ok()?;
        }
        score.0 = score.0.plus(score.1).ok()?;
        Some(score)
    }
}

/// One change to a plan.
#[derive(Debug, Clone)]
enum Change {
    OtherMode(usize),
    More(usize, usize, u64),
    Fewer(usize, usize, u64),
    /// Replaces one package by ten of the next smaller size, or the other way round.
    Split(usize, usize),
    Join(usize, usize),
    /// Buys all packages of a size in another month.
    Move(usize, usize, usize),
}

impl Change {
    fn apply(&self, plan: &mut Plan) {
        let packages = &mut plan.packages;
        match *self {
            Self::OtherMode(month) if plan.modes[month] == Mode::PerCall => plan.modes[month] = Mode::Concurrent,
            Self::OtherMode(month) => plan.modes[month] = Mode::PerCall,
            Self::More(month, size, count) => packages[month][size] += count,
            Self::Fewer(month, size, count) => packages[month][size] = packages[month][size].saturating_sub(count),
            Self::Split(month, size) if size > 0 && packages[month][size] > 0 => {
                packages[month][size] -= 1;
                packages[month][size - 1] += 10;
            }
            Self::Join(month, size) if size > 0 && packages[month][size - 1] > 0 => {
                packages[month][size - 1] = packages[month][size - 1].saturating_sub(10);
                packages[month][size] += 1;
            }
            Self::Move(from, to, size) => {
                let count = std::mem::take(&mut packages[from][size]);
                packages[to][size] += count;
            }
            Self::Split(..) | Self::Join(..) => {}
        }
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let (month, size, count) = (0_usize..12, 0_usize..4, 1_u64..12);
    let change = prop_oneof![
        month.clone().prop_map(Change::OtherMode),
        (month.clone(), size.clone(), count.clone()).prop_map(|(month, size, count)| Change::More(month, size, count)),
        (month.clone(), size.clone(), count).prop_map(|(month, size, count)| Change::Fewer(month, size, count)),
        (month.clone(), size.clone()).prop_map(|(month, size)| Change::Split(month, size)),
        (month.clone(), size.clone()).prop_map(|(month, size)| Change::Join(month, size)),
        (month.clone(), month, size).prop_map(|(from, to, size)| Change::Move(from, to, size)),
    ];
    prop::collection::vec(change, 1..6)
}

/// The world with `factor` times as many calls.
fn larger(world: World, factor: u64) -> World {
    World { usage: world.usage.map(|calls| calls * factor), free: world.free * factor, ..world }
}

fn large_worlds() -> impl Strategy<Value = World> {
    (worlds(), prop_oneof![Just(1), 2_u64..100, 1_u64..1_000_000_000]).prop_map(|(world, factor)| larger(world, factor))
}

/// The total of the best plan; `None` where no plan settles every call.
fn total(world: &World) -> Option<Money> {
    quote(&world.scenario(), &world.book()).ok().map(|quote| quote.total)
}

/// Whether the first total is at most the second. Having no plan counts as costing more than any plan.
fn costs_no_more(more: Option<Money>, less: Option<Money>) -> bool {
    less.is_none_or(|less| more.is_some_and(|more| more <= less))
}

fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    amounts.fold(Money::ZERO, |sum, amount| sum.plus(amount).expect("a small sum"))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(2_000),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_change_to_a_plan_makes_it_better(year in years(), changes in changes()) {
        let service = year.service();
        let quote = year.quote();
        let best = Plan::of(&quote, &service);
        let score = best.score(&year, &service, year.basis).expect("the plan is allowed");
        prop_assert_eq!(score.0, quote.total);
        let mut other = best.clone();
        for change in &changes {
            change.apply(&mut other);
            other = other.with_idle_months_settled(&year);
            let changed = other.score(&year, &service, year.basis);
            prop_assert!(changed.is_none_or(|changed| changed >= score), "{:?} against {:?} of {:?}", changed, score, other);
        }
    }

    #[test]
    fn a_further_package_size_never_costs_more(world in large_worlds(), calls in 1_u64..12, price in 0_u64..30) {
        // Without packages and tiers, a service sells slots in any case.
        let world = World { more: More { per_call_only: false, ..world.more.clone() }, ..world };
        let mut further = world.clone();
        let unused = (calls..).find(|&calls| world.packages.iter().all(|package| package.0 != calls));
        further.packages.push((unused.expect("sizes do not run out"), price));
        prop_assert!(costs_no_more(total(&further), total(&world)));
    }

    #[test]
    fn a_further_tier_above_all_usage_changes_nothing(world in large_worlds(), price in 0_u64..7) {
        let most = world.usage.iter().chain(world.tiers.iter().map(|tier| &tier.0)).max().copied().unwrap_or(0);
        let mut further = world.clone();
        if !world.tiers.is_empty() {
            further.tiers.push((most + 1, price));
        }
        prop_assert_eq!(total(&further), total(&world));
    }

    #[test]
    fn knowing_the_slots_never_costs_more(year in years(), world in large_worlds()) {
        let unknown = Year { slots: None, ..year.clone() };
        prop_assert!(year.quote().total <= unknown.quote().total);
        // A known need may take slots beyond the included ones.
        let world = World { more: More { included: None, ..world.more.clone() }, ..world };
        let slots_unknown = world.scenario().to_builder().concurrency(None).build(&world.book()).expect("valid");
        prop_assert!(costs_no_more(total(&world), quote(&slots_unknown, &world.book()).ok().map(|quote| quote.total)));
    }

    #[test]
    fn postpaid_on_never_costs_more(year in years(), world in large_worlds()) {
        let with = |postpaid| Year { postpaid, ..year.clone() }.quote().total;
        prop_assert!(with(true) <= with(false));
        let with = |postpaid| total(&World { postpaid, ..world.clone() });
        prop_assert!(costs_no_more(with(true), with(false)));
    }

    #[test]
    fn more_free_calls_never_cost_more_where_all_calls_reach_the_tier(
        year in years(), world in large_worlds(), more in prop_oneof![1_u64..20, 1_u64..100_000],
    ) {
        let year = Year { basis: TierBasis::All, free: year.free.min(1_000_000), ..year };
        let more_free = Year { free: year.free + more, ..year.clone() };
        prop_assert!(more_free.quote().total <= year.quote().total);
        let world = World { all_basis: true, ..world };
        let more_free = World { free: world.free + more, ..world.clone() };
        prop_assert!(costs_no_more(total(&more_free), total(&world)));
    }

    /// The built-in unit prices fall from tier to tier, also with any discount.
    #[test]
    fn the_same_plan_never_costs_less_by_billed_calls_than_by_all(year in years()) {
        let service = year.service();
        let plan = Plan::of(&year.quote(), &service);
        let [billed, all] = [TierBasis::Billed, TierBasis::All].map(|basis| plan.score(&year, &service, basis).expect("allowed").0);
        prop_assert!(billed >= all, "{billed} by billed calls, {all} by all");
        prop_assert_eq!(year.quote().total, if year.basis == TierBasis::All { all } else { billed });
    }

    #[test]
    fn no_strategy_costs_less(year in years()) {
        let quote = year.quote();
        for row in &quote.alternatives {
            prop_assert!(row.total.is_none_or(|total| quote.total <= total), "{:?}", row);
            prop_assert_eq!(row.total.is_none(), row.reason.is_some());
        }
    }

    #[test]
    fn the_rows_of_a_quote_add_up(year in years()) {
        let Quote { total, purchases, months, unused_prepaid, .. } = year.quote();
        prop_assert_eq!(total, sum(months.iter().map(|row| row.charge)));
        prop_assert!(purchases.is_sorted_by(|a, b| (a.month, a.calls) < (b.month, b.calls)) && purchases.iter().all(|row| row.count > 0));
        let mut held: u64 = year.owned.iter().map(|&(calls, _)| calls).sum();
        for (row, &calls) in months.iter().zip(&year.usage) {
            prop_assert_eq!(row.charge, sum([row.postpaid_charge, row.concurrent_charge, row.package_charge].into_iter()));
            let bought = || purchases.iter().filter(|purchase| purchase.month == row.month);
            prop_assert_eq!(row.package_charge, sum(bought().map(|purchase| purchase.amount)));
            prop_assert_eq!(row.calls, calls);
            let covered = row.free + row.prepaid + row.postpaid;
            prop_assert_eq!(covered, if row.mode == Mode::PerCall { calls } else { 0 });
            prop_assert_eq!(row.unit_price.is_some(), row.postpaid > 0);
            prop_assert_eq!(row.unit_price.map_or(Money::ZERO, |price| price.times(row.postpaid).expect("small")), row.postpaid_charge);
            prop_assert_eq!(row.slots > 0, row.mode == Mode::Concurrent && calls > 0);
            held += bought().map(|purchase| purchase.calls * purchase.count).sum::<u64>();
            held -= row.prepaid;
            prop_assert_eq!(row.prepaid_left, held);
            held -= row.expired;
        }
        prop_assert_eq!(unused_prepaid, months[11].prepaid_left);
        prop_assert!(months.iter().map(|row| row.free).sum::<u64>() <= year.free);
    }

    #[test]
    fn equal_scenarios_have_equal_answers(year in years()) {
        let first = answer(year.json(), &BOOK);
        prop_assert_eq!(&first, &answer(year.json(), &PriceBook::built_in().expect("valid")));
        // The order of the owned packages does not matter.
        let mut other = year;
        other.owned.reverse();
        prop_assert_eq!(&first, &answer(other.json(), &BOOK));
    }
}
