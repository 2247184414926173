//! Are the cheapest packages those that the plain recurrence over all totals finds?

use proptest::prelude::*;

use super::*;

/// Every total up to `most` grains by the plain recurrence.
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

/// Books whose far labels are sums of many large packages, weighed against the very prices per call of some of them.
fn odd_books() -> impl Strategy<Value = (Vec<(u64, Units)>, Vec<Units>)> {
    let extra = prop_oneof![Just(0_i128), 0_i128..4, 0_i128..400];
    (prop::collection::vec((20_u64..400, extra), 2..7), 0_i128..12, 0_i128..3, 1_u64..4, prop::collection::vec(0_i128..16, 1..4)).prop_map(
        |(sizes, unit, rise, grain, units)| {
            // With a rise, larger packages of the same price per call are dearer or cheaper by a step.
            let price = |size: u64, extra: Units| Units::from(size * grain) * (unit + rise * Units::from(size % 2)) + extra;
            let mut packages: Vec<(u64, Units)> = sizes.iter().map(|&(size, extra)| (size * grain, price(size, extra))).collect();
            packages.sort_unstable();
            packages.dedup_by_key(|package| package.0);
            (packages, units)
        },
    )
}

#[track_caller]
fn agrees(packages: &[(u64, Units)], units: &[Units], from: u64, length: u64, beyond: u64) {
    let costs = PackageCosts::prepare(packages, units).expect("small sizes");
    let to = from + length;
    let table = by_recurrence(&costs, to + beyond);
    for (total, expected) in (0..).zip(&table) {
        assert_eq!(costs.exactly(total).map(|found| (found.cost, found.count)), *expected, "{total} grains");
        if let Some((cost, count)) = *expected {
            let chosen = costs.packages_of(total).expect("a set");
            assert_eq!(chosen.iter().sum::<u64>() as i64, count);
            assert_eq!(chosen.iter().zip(&costs.sizes).map(|(&n, size)| n * size.grains).sum::<u64>(), total);
            assert_eq!(chosen.iter().zip(&costs.sizes).map(|(&n, size)| Units::from(n) * size.price).sum::<Units>(), cost);
        }
    }
    let at_least = (from..).zip(&table[from as usize..]).filter_map(|(total, key)| key.map(|key| (key, total))).min();
    let found = costs.at_least(from, Units::MAX).map(|found| ((found.cost, found.count), found.grains));
    assert_eq!(found, at_least);
    for (index, &unit) in units.iter().enumerate() {
        let floor = costs.floor_within(unit, from, to);
        let far = |total: u64| {
            let label = &costs.far[(total % costs.period) as usize];
            costs.holding(label, total).cost - unit * Units::from(total * costs.grain)
        };
        assert!((from..=to).all(|total| floor <= far(total)), "weighed against {unit}");
        assert_eq!(costs.floor_within(unit, from, from), far(from), "one total has no other floor");
        let value = |(cost, count): (Units, i64), total: u64| {
            let value = cost - unit * Units::from(total * costs.grain);
            (value, if unit == 0 { count } else { 0 }, total)
        };
        let expected = (from..=to).filter_map(|total| table[total as usize].map(|key| value(key, total))).min();
        let limits = [Some(Units::MAX), expected.map(|worth| worth.0), expected.map(|worth| worth.0 - 1)];
        for limit in limits.into_iter().flatten() {
            let found = costs.best_within(index, from, to, limit).map(|found| value((found.cost, found.count), found.grains));
            assert_eq!(found, expected.filter(|worth| worth.0 <= limit), "weighed against {unit}, at most {limit}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    #[test]
    fn equals_the_plain_recurrence((packages, units) in books(), from in 0_u64..250, length in 0_u64..120) {
        agrees(&packages, &units, from, length, 200);
    }

    #[test]
    fn equals_it_below_the_far_sums((packages, units) in odd_books(), from in 0_u64..2_500, length in prop_oneof![0_u64..60, 0_u64..1_500]) {
        agrees(&packages, &units, from, length, 900);
    }
}

#[track_caller]
fn check(calls: u64, cost: Units, counts: [u64; 4]) {
    let packages = [(100, 4_200), (1_000, 38_000), (10_000, 370_000), (100_000, 3_500_000)];
    let costs = PackageCosts::prepare(&packages, &[48, 42, 38, 35]).expect("the published sizes");
    let found = costs.at_least(calls.div_ceil(costs.grain), Units::MAX).expect("always possible");
    assert_eq!((found.cost, costs.packages_of(found.grains)), (cost, Some(counts.to_vec())), "{calls} calls");
}

#[test]
fn the_published_packages_by_hand() {
    check(0, 0, [0, 0, 0, 0]);
    check(1, 4_200, [1, 0, 0, 0]);
    check(300, 12_600, [3, 0, 0, 0]);
    check(900, 37_800, [9, 0, 0, 0]);
    check(901, 38_000, [0, 1, 0, 0]); // ten of 100 are 4,200; one of 1,000 is 3,800
    check(9_600, 38_000 * 9 + 4_200 * 6, [6, 9, 0, 0]);
    check(9_601, 370_000, [0, 0, 1, 0]); // 9,700 in small ones are 37,140
    check(94_600, 3_500_000, [0, 0, 0, 1]); // 350,720 in smaller ones
    check(1_000_000_000_000, 3_500_000 * 10_000_000, [0, 0, 0, 10_000_000]);
}

#[test]
fn too_many_grains_are_refused() {
    assert!(PackageCosts::prepare(&[(20_000, 1), (7, 1)], &[]).is_some());
    assert!(PackageCosts::prepare(&[(20_001, 1), (7, 1)], &[]).is_none());
}
