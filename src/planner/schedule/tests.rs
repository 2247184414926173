//! Tests of the latest schedule against all sets of packages that are as good.

use proptest::prelude::*;

use super::*;
use crate::money::Units;
use crate::price_book::PriceBook;

/// A book with the given packages, as pairs of calls and price.
fn book(packages: &[(u64, u64)]) -> PriceBook {
    let packages: Vec<String> = packages.iter().map(|(calls, price)| format!(r#"{{"calls":{calls},"price":"{price}"}}"#)).collect();
    let text = format!(
        r#"{{"version":"1","currency":"USD","services":[{{"id":"s","name":"S","packages":[{}],"package_validity_months":12,
        "tiers":[],"concurrent":null}}]}}"#,
        packages.join(",")
    );
    PriceBook::from_json(&text).expect("valid")
}

/// Books in which many sets tie: prices are mostly a price per call plus a price per package.
fn books_with_ties() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let noise = prop_oneof![4 => Just(0_u64), 1 => 0_u64..3];
    let sizes = prop::collection::btree_map(1_u64..9, noise, 1..5);
    (sizes, 0_u64..3, 0_u64..4, 1_u64..4).prop_map(|(sizes, per_call, per_package, grain)| {
        sizes.into_iter().map(|(size, noise)| (size * grain, size * per_call + per_package + noise)).collect()
    })
}

/// The lowest earliness of all sets of at least `grains` grains that cost `cost` with `left` packages in all, bought in
/// falling order of size. `chosen` are the packages so far, of which none is smaller than those still to choose.
fn lowest_earliness(sizes: &[(u64, Units)], run: &RunNeeds<'_>, grain: u64, chosen: &mut Vec<u64>, left: i64, cost: Units) -> Option<i128> {
    if left == 0 {
        let total: u64 = chosen.iter().sum();
        let fits = cost == 0 && (run.set.grains..=run.max_grains).contains(&total);
        return fits.then(|| earliness_of(chosen, run, grain));
    }
    let largest = chosen.last().copied().unwrap_or(u64::MAX);
    let mut lowest = None;
    for &(size, price) in sizes.iter().filter(|&&(size, price)| size <= largest && price <= cost) {
        chosen.push(size);
        let earliness = lowest_earliness(sizes, run, grain, chosen, left - 1, cost - price);
        chosen.pop();
        lowest = lowest.into_iter().chain(earliness).min();
    }
    lowest
}

/// The earliness of packages bought one by one, in the given order, each in the month in which it is needed.
fn earliness_of(packages: &[u64], run: &RunNeeds<'_>, grain: u64) -> i128 {
    let (last_month, _) = run.needs[run.needs.len() - 1];
    let mut bought = 0;
    let months = packages.iter().map(|size| {
        let covered_before = run.needs.iter().take(run.needs.len() - 1).find(|&&(_, calls)| calls > bought * grain);
        bought += size;
        covered_before.map_or(last_month, |&(month, _)| month)
    });
    months.map(|month| i128::from(last_month - month)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn is_the_latest_of_all_sets_that_are_as_good(
        packages in books_with_ties(),
        months in prop::collection::btree_map(1_u32..13, 1_u64..13, 1..5),
        ends_covered in any::<bool>(),
    ) {
        let book = book(&packages);
        let service = &book.services()[0];
        let rates = service.rates();
        let costs = rates.package_costs().expect("packages");
        let sizes: Vec<(u64, Units)> =
            service.packages().iter().map(|package| (package.calls / costs.grain(), rates.scale().units_of(package.price).expect("few digits"))).collect();
        let mut calls = 0;
        let needs: Vec<(u32, u64)> = months.into_iter().map(|(month, more)| { calls += more; (month, calls) }).collect();
        let least = calls.div_ceil(costs.grain());
        let cheapest = if ends_covered { costs.at_least(least, Units::MAX) } else { (least..).find_map(|grains| costs.exactly(grains)) };
        let set = cheapest.expect("every book has a set");
        prop_assume!(set.count <= 12);
        let max_grains = if ends_covered { u64::MAX } else { set.grains };
        let run = RunNeeds { needs: &needs, set, max_grains };

        let purchases = latest(costs, service, &run);

        let amount = |purchase: &Purchase| sizes[purchase.package].1 * Units::from(purchase.count);
        prop_assert_eq!(purchases.iter().map(|purchase| purchase.count as i64).sum::<i64>(), set.count);
        prop_assert_eq!(purchases.iter().map(amount).sum::<Units>(), set.cost);
        let bought_by = |month: u32| -> u64 {
            let before = purchases.iter().filter(|purchase| purchase.month <= month);
            before.map(|purchase| service.packages()[purchase.package].calls * purchase.count).sum()
        };
        for &(month, calls) in &needs[..needs.len() - 1] {
            prop_assert!(bought_by(month) >= calls, "month {} is covered", month);
        }
        let (last_month, _) = needs[needs.len() - 1];
        prop_assert!((set.grains..=max_grains).contains(&(bought_by(last_month) / costs.grain())));
        let earliness: i128 = purchases.iter().map(|purchase| i128::from(last_month - purchase.month) * i128::from(purchase.count)).sum();
        let expected = lowest_earliness(&sizes, &run, costs.grain(), &mut Vec::new(), set.count, set.cost);
        prop_assert_eq!(Some(earliness), expected);
    }
}
