//! Tests of package costs against a plain recurrence over all totals.

use proptest::prelude::*;

use super::*;

/// The cost and count of every total up to `most` grains, by the plain recurrence.
fn by_recurrence(costs: &PackageCosts, most: u64) -> Vec<Option<(Units, i64)>> {
    let mut table: Vec<Option<(Units, i64)>> = vec![Some((0, 0))];
    for total in 1..=most {
        let last = |size: &Size| {
            let rest = total.checked_sub(size.grains)?;
            table[rest as usize].map(|(cost, count)| (cost + size.price, count + 1))
        };
        let cheapest = costs.sizes.iter().filter_map(last).min();
        table.push(cheapest);
    }
    table
}

fn books() -> impl Strategy<Value = (Vec<(u64, Units)>, Vec<Units>)> {
    let package = (prop_oneof![1_u64..9, 1_u64..60], prop_oneof![0_i128..30, 0_i128..200, 40_i128..45]);
    (prop::collection::vec(package, 1..5), prop::collection::vec(0_i128..8, 1..4)).prop_map(|(mut packages, units)| {
        packages.sort_unstable();
        packages.dedup_by_key(|package| package.0);
        (packages, units)
    })
}

/// Books whose far labels are sums of many large packages, with unit prices equal to the price per call of some of them.
fn books_of_large_sets() -> impl Strategy<Value = (Vec<(u64, Units)>, Vec<Units>)> {
    let extra = prop_oneof![Just(0_i128), 0_i128..4, 0_i128..400];
    (prop::collection::vec((20_u64..400, extra), 2..7), 0_i128..12, 0_i128..3, 1_u64..4, prop::collection::vec(0_i128..16, 1..4)).prop_map(
        |(sizes, unit, rise, grain, units)| {
            // With a rise, packages of odd sizes have a higher price per call.
            let price = |size: u64, extra: Units| Units::from(size * grain) * (unit + rise * Units::from(size % 2)) + extra;
            let mut packages: Vec<(u64, Units)> = sizes.iter().map(|&(size, extra)| (size * grain, price(size, extra))).collect();
            packages.sort_unstable();
            packages.dedup_by_key(|package| package.0);
            (packages, units)
        },
    )
}

#[track_caller]
fn check_all(packages: &[(u64, Units)], units: &[Units], from: u64, length: u64, beyond: u64) {
    let costs = PackageCosts::prepare(packages, units).expect("small sizes");
    let to = from + length;
    let table = by_recurrence(&costs, to + beyond);
    for (total, expected) in (0..).zip(&table) {
        assert_eq!(costs.exactly(total).map(|found| (found.cost, found.count)), *expected, "{total} grains");
        if let Some((cost, count)) = *expected {
            let chosen = costs.counts_of(total).expect("a set");
            assert_eq!(chosen.iter().sum::<u64>() as i64, count);
            assert_eq!(chosen.iter().zip(&costs.sizes).map(|(&n, size)| n * size.grains).sum::<u64>(), total);
            assert_eq!(chosen.iter().zip(&costs.sizes).map(|(&n, size)| Units::from(n) * size.price).sum::<Units>(), cost);
        }
    }
    let at_least = (from..).zip(&table[from as usize..]).filter_map(|(total, key)| key.map(|key| (key, total))).min();
    let found = costs.at_least(from, Units::MAX).map(|found| ((found.cost, found.count), found.grains));
    assert_eq!(found, at_least);
    for (index, &unit) in units.iter().enumerate() {
        let bound = costs.lower_bound_within(UnitPrice(unit), from, to);
        let far = |total: u64| {
            let label = &costs.far[(total % costs.period) as usize];
            costs.set(label, total).cost - unit * Units::from(total * costs.grain)
        };
        assert!((from..=to).all(|total| bound <= far(total)), "at unit price {unit}");
        assert_eq!(costs.lower_bound_within(UnitPrice(unit), from, from), far(from), "the bound of a single total is exact");
        let value = |(cost, count): (Units, i64), total: u64| {
            let value = cost - unit * Units::from(total * costs.grain);
            (value, if unit == 0 { count } else { 0 }, total)
        };
        let expected = (from..=to).filter_map(|total| table[total as usize].map(|key| value(key, total))).min();
        let limits = [Some(Units::MAX), expected.map(|rank| rank.0), expected.map(|rank| rank.0 - 1)];
        for limit in limits.into_iter().flatten() {
            let found = costs.best_within(index, from, to, limit).map(|found| value((found.cost, found.count), found.grains));
            assert_eq!(found, expected.filter(|rank| rank.0 <= limit), "at unit price {unit}, at most {limit}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    #[test]
    fn equals_the_plain_recurrence((packages, units) in books(), from in 0_u64..250, length in 0_u64..120) {
        check_all(&packages, &units, from, length, 200);
    }

    #[test]
    fn equals_the_plain_recurrence_where_labels_do_not_apply_yet((packages, units) in books_of_large_sets(), from in 0_u64..2_500, length in prop_oneof![0_u64..60, 0_u64..1_500]) {
        check_all(&packages, &units, from, length, 900);
    }
}

#[track_caller]
fn check(calls: u64, cost: Units, counts: [u64; 4]) {
    let packages = [(100, 4_200), (1_000, 38_000), (10_000, 370_000), (100_000, 3_500_000)];
    let costs = PackageCosts::prepare(&packages, &[48, 42, 38, 35]).expect("the published sizes");
    let found = costs.at_least(calls.div_ceil(costs.grain), Units::MAX).expect("always possible");
    assert_eq!((found.cost, costs.counts_of(found.grains)), (cost, Some(counts.to_vec())), "{calls} calls");
}

#[test]
fn finds_the_cheapest_published_packages() {
    check(0, 0, [0, 0, 0, 0]);
    check(1, 4_200, [1, 0, 0, 0]);
    check(300, 12_600, [3, 0, 0, 0]);
    check(900, 37_800, [9, 0, 0, 0]);
    check(901, 38_000, [0, 1, 0, 0]); // ten packages of 100 cost 4,200; one of 1,000 costs 3,800
    check(9_600, 38_000 * 9 + 4_200 * 6, [6, 9, 0, 0]);
    check(9_601, 370_000, [0, 0, 1, 0]); // 9,700 calls in smaller packages cost 37,140
    check(94_600, 3_500_000, [0, 0, 0, 1]); // smaller packages cost 350,720
    check(1_000_000_000_000, 3_500_000 * 10_000_000, [0, 0, 0, 10_000_000]);
}

#[test]
fn rejects_a_best_package_of_more_grains_than_the_limit() {
    assert!(PackageCosts::prepare(&[(20_000, 1), (7, 1)], &[]).is_some());
    assert!(PackageCosts::prepare(&[(200_001, 1), (7, 1)], &[]).is_none());
}
