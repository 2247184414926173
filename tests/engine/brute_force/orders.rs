//! One order a year, and plans of one's own.

use callmix::planner::Orders;
use callmix::scenario::{OwnPlan, OwnPurchase};

use super::*;

#[track_caller]
fn check_one_order(world: &World) {
    let best = BruteForce::best_in_one_order(world, EVERYTHING);
    let scenario = world.scenario().to_builder().orders(Orders::Once).build(&world.book()).expect("a valid scenario");
    match (best, quote(&scenario, &world.book())) {
        (Some(best), Ok(quote)) => {
            assert_eq!(score_of(&quote), best, "{world:?}\n{quote:?}");
            assert!(quote.purchases.iter().all(|purchase| purchase.month == 1));
            check_rows(world, &quote);
        }
        (None, Err(errors)) => assert_eq!((errors[0].field.as_str(), errors[0].kind.code()), ("postpaid", "no_plan")),
        (best, answer) => panic!("{world:?}: the engine says {answer:?}, the brute force {best:?}"),
    }
}

/// Settles a plan by this file's own ledger. Returns the total and the calls that fail in each month.
fn settled(world: &World, purchases: &[(u32, u64, u64)], concurrent: &[u32]) -> (u64, [u64; 12]) {
    let mut balance = Balance::at_the_start(world);
    let (mut total, mut failing) = (0, [0; 12]);
    for (month, &calls) in world.usage.iter().enumerate() {
        for &(_, size, count) in purchases.iter().filter(|purchase| purchase.0 as usize == month + 1) {
            total += world.packages.iter().find(|package| package.0 == size).expect("a package on sale").1 * count;
            balance.bought += size * count;
        }
        if calls > 0 && concurrent.contains(&(month as u32 + 1)) {
            total += world.concurrent_charge(month).expect("a month that can be concurrent");
        } else if calls > 0 {
            match world.add_on_slots(month) {
                None => failing[month] = calls,
                Some((_, charge)) => {
                    total += charge;
                    let free = calls.min(world.more.free_monthly);
                    // Calls that fail use no free calls of the month either, but those that do not are served first.
                    let (_, _, rest) = balance.cover(calls - free);
                    match world.postpaid_charge(calls, rest).filter(|_| world.postpaid) {
                        _ if rest == 0 => {}
                        Some(charge) => total += charge,
                        None => failing[month] = rest,
                    }
                }
            }
        }
        balance.end_month(month);
    }
    (total, failing)
}

#[track_caller]
fn check_own_plan(world: &World, choices: &[(u32, usize, u64)], concurrent: &[bool; 12]) {
    let mut purchases: Vec<(u32, u64, u64)> = Vec::new();
    for &(month, size, count) in choices {
        let Some(&(calls, _)) = world.packages.get(size % world.packages.len().max(1)) else { continue };
        if purchases.iter().all(|known| (known.0, known.1) != (month, calls)) {
            purchases.push((month, calls, count));
        }
    }
    let months: Vec<u32> =
        (1..=12).filter(|&month| concurrent[month as usize - 1] && world.concurrent_charge(month as usize - 1).is_some()).collect();
    let own = purchases.iter().map(|&(month, calls, count)| OwnPurchase { month, calls, count }).collect();
    let plan = OwnPlan { purchases: own, concurrent_months: months.clone() };
    let scenario = world.scenario().to_builder().plan(Some(plan)).build(&world.book()).expect("a valid scenario");
    let Ok(quote) = quote(&scenario, &world.book()) else { return };
    let plan = quote.own_plan.as_ref().expect("a priced plan");
    let (total, failing) = settled(world, &purchases, &months);
    assert_eq!(whole(&plan.total), total, "{purchases:?} {months:?} of {world:?}\n{plan:?}");
    assert_eq!(plan.months.iter().map(|month| month.failing_calls).collect::<Vec<_>>(), failing);
    assert_eq!(plan.months.iter().map(|month| month.row.calls).collect::<Vec<_>>(), world.usage);
    let fails = failing.iter().any(|&calls| calls > 0);
    assert_eq!(plan.difference.map(|more| whole(&more)), (!fails).then(|| total - whole(&quote.total)), "{world:?}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(4_000),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/engine/brute_force.seeds"))),
        ..ProptestConfig::default()
    })]
    #[test]
    fn no_single_order_is_cheaper(world in worlds()) {
        check_one_order(&world);
    }

    #[test]
    fn a_plan_of_ones_own_is_settled_like_any_other(
        world in worlds(),
        choices in prop::collection::vec((1_u32..13, 0_usize..16, 1_u64..4), 0..5),
        concurrent in prop::array::uniform12(any::<bool>()),
    ) {
        check_own_plan(&world, &choices, &concurrent);
    }
}
