//! Several services that share modes and slots.
//!
//! Tries every choice of concurrent months of each group; what a service costs with one of them is found by trying every plan.

use std::collections::HashMap;

use callmix::estimate::{self, EstimateQuote, JointEstimate};
use callmix::price_book::PriceBook;
use serde_json::{Value, json};

use super::*;
use crate::worlds::{MAX_SLOTS, book_of};

/// How the slots of a group are known.
#[derive(Debug, Clone)]
enum Rule {
    Unknown,
    Given([u64; 12]),
    /// The seconds that a slot works in a month: a multiple of 9, as it works for a quarter of hundredths of an hour.
    Queued(u64),
    /// The accepted share in percent.
    Live(u64),
}

/// Services in up to two groups, or by themselves.
#[derive(Debug, Clone)]
struct Estimated {
    lines: Vec<EstimatedLine>,
    /// By group: its rule, and whether it sells slots.
    groups: [(Rule, bool); 3],
    once: bool,
}

#[derive(Debug, Clone)]
struct EstimatedLine {
    world: World,
    /// 0 and 1 are groups with names, 2 is a service by itself.
    group: usize,
    seconds: u64,
    /// Busiest hour: calls, or a share of the month's in percent.
    busy_hour: (u64, bool),
}

impl Estimated {
    /// The lines of each group of the estimate, with its name.
    fn groups(&self) -> Vec<(String, Vec<usize>)> {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for (line, of_line) in self.lines.iter().enumerate() {
            let name = if of_line.group == 2 { format!("s{line}") } else { format!("g{}", of_line.group) };
            match groups.iter_mut().find(|group| group.0 == name) {
                Some(group) => group.1.push(line),
                None => groups.push((name, vec![line])),
            }
        }
        groups
    }

    fn rule(&self, lines: &[usize]) -> (&Rule, bool) {
        let (rule, sells) = &self.groups[self.lines[lines[0]].group];
        // A service without any other way to pay has slots.
        let needs_slots = |&line: &usize| self.lines[line].world.packages.is_empty() && self.lines[line].world.tiers.is_empty();
        (rule, *sells || self.groups().iter().any(|(_, of_group)| of_group.contains(&lines[0]) && of_group.iter().any(needs_slots)))
    }

    fn book(&self) -> PriceBook {
        let services: Vec<String> = (0..self.lines.len())
            .map(|line| {
                let of_line = &self.lines[line];
                let group = (of_line.group < 2).then(|| format!("g{}", of_line.group));
                let sells = self.rule(&[line]).1;
                let first = self.groups().into_iter().find(|group| group.1.contains(&line)).expect("a group").1[0];
                let concurrent = if sells { self.priced(first).slots_json() } else { "null".into() };
                of_line.world.service(&format!("s{line}"), group.as_deref(), &concurrent)
            })
            .collect();
        book_of(&services)
    }

    /// The world whose price of slots is that of a group.
    fn priced(&self, first: usize) -> World {
        let world = &self.lines[first].world;
        World { slots: Some((world.slots.map_or(3, |slots| slots.0), [1; 12])), ..world.clone() }
    }

    fn document(&self) -> Value {
        let line = |(index, line): (usize, &EstimatedLine)| {
            let world = &line.world;
            let owned: Vec<Value> = world.owned.iter().map(|(calls, months)| json!({"calls": calls, "months_left": months})).collect();
            let mut value = json!({
                "service": format!("s{index}"), "usage": {"monthly": world.usage}, "free_calls": world.free, "owned_packages": owned,
                "tier_basis": if world.all_basis { "all" } else { "billed" }, "seconds_per_call": line.seconds.to_string(),
            });
            let (name, number) = match line.busy_hour {
                (calls, true) => ("busy_hour_calls", calls.to_string()),
                (percent, false) => ("busy_hour_share", format!("0.{percent:02}")),
            };
            value[name] = number.into();
            value
        };
        let mut document = json!({
            "services": self.lines.iter().enumerate().map(line).collect::<Vec<_>>(),
            "postpaid": self.lines[0].world.postpaid, "orders": if self.once { "once" } else { "any" }, "groups": {},
        });
        for (name, lines) in self.groups() {
            let rule = match self.rule(&lines).0 {
                Rule::Unknown => continue,
                Rule::Given(slots) => json!({"slots": slots}),
                Rule::Queued(seconds) => {
                    json!({"queued": {"busy_hours_per_month": format!("0.0{}", seconds / 9), "target_utilisation": "0.25"}})
                }
                Rule::Live(percent) => json!({"live": {"accepted_failure": format!("0.{percent:02}")}}),
            };
            document["groups"][name] = rule;
        }
        document
    }

    /// The slots that some lines of a group need together in a month; `None` where that is not known.
    #[expect(clippy::float_arithmetic, reason = "Erlang's formula, far from equality")]
    fn need(&self, rule: &Rule, lines: &[usize], month: usize) -> Option<u64> {
        let busy: Vec<&EstimatedLine> = lines.iter().map(|&line| &self.lines[line]).filter(|line| line.world.usage[month] > 0).collect();
        if busy.is_empty() {
            return Some(0);
        }
        match rule {
            Rule::Unknown => None,
            Rule::Given(slots) => Some(slots[month]),
            Rule::Queued(seconds) => {
                let work: u64 = busy.iter().map(|line| line.world.usage[month] * line.seconds).sum();
                Some(work.div_ceil(*seconds))
            }
            Rule::Live(percent) => {
                let calls = |line: &EstimatedLine| match line.busy_hour {
                    (calls, true) => calls as f64,
                    (percent, false) => line.world.usage[month] as f64 * percent as f64 / 100.0,
                };
                let load: f64 = busy.iter().map(|line| calls(line) * line.seconds as f64 / 3600.0).sum();
                let mut blocking = 1.0;
                let mut slots = 0;
                while blocking > *percent as f64 / 100.0 {
                    slots += 1;
                    blocking = load * blocking / (slots as f64 + load * blocking);
                }
                Some(slots)
            }
        }
    }

    /// A line's world with its own need of slots, where the months of `concurrent` have no calls of its own.
    fn per_call_world(&self, line: usize, rule: &Rule, concurrent: u16) -> World {
        let world = &self.lines[line].world;
        let needs: Option<Vec<u64>> = (0..12).map(|month| self.need(rule, &[line], month)).collect();
        let usage = std::array::from_fn(|month| if concurrent & (1 << month) == 0 { world.usage[month] } else { 0 });
        World { usage, slots: needs.map(|needs| (0, needs.try_into().expect("twelve"))), ..world.clone() }
    }
}

struct Group<'a> {
    estimated: &'a Estimated,
    lines: Vec<usize>,
    rule: Rule,
    /// What each month costs where it is concurrent; `None` where it cannot be.
    charges: [Option<u64>; 12],
    active: Vec<usize>,
    seen: HashMap<(usize, [u64; 12]), Option<Score>>,
}

impl<'a> Group<'a> {
    fn new(estimated: &'a Estimated, lines: &[usize]) -> Self {
        let (rule, sells) = estimated.rule(lines);
        let charges = std::array::from_fn(|month| {
            let slots = estimated.need(rule, lines, month).filter(|&slots| sells && slots <= MAX_SLOTS)?;
            let priced = estimated.priced(lines[0]);
            World { slots: priced.slots.map(|(price, _)| (price, [slots; 12])), ..priced }.concurrent_charge(month)
        });
        let active = (0..12).filter(|&month| lines.iter().any(|&line| estimated.lines[line].world.usage[month] > 0)).collect();
        Self { estimated, lines: lines.to_vec(), rule: rule.clone(), charges, active, seen: HashMap::new() }
    }

    fn line(&mut self, line: usize, concurrent: u16) -> Option<Score> {
        let world = self.estimated.per_call_world(line, &self.rule, concurrent);
        let once = self.estimated.once;
        let allowed = Allowed { concurrent: false, ..EVERYTHING };
        let best = || if once { BruteForce::best_in_one_order(&world, allowed) } else { BruteForce::best(&world, allowed) };
        *self.seen.entry((line, world.usage)).or_insert_with(best)
    }

    /// The best choice of concurrent months.
    fn best(&mut self) -> Option<Score> {
        let choices = 0..1_u16 << self.active.len();
        choices.filter_map(|choice| self.with(choice)).min()
    }

    fn with(&mut self, choice: u16) -> Option<Score> {
        let (mut concurrent, mut switches, mut before) = (0_u16, 0, false);
        let mut slots = 0;
        for (place, &month) in self.active.iter().enumerate() {
            let is_concurrent = choice & (1 << place) != 0;
            switches += u32::from(is_concurrent != before);
            before = is_concurrent;
            if is_concurrent {
                concurrent |= 1 << month;
                slots += self.charges[month]?;
            }
        }
        let mut sum = (slots, 0, switches, 0, 0);
        for line in self.lines.clone() {
            let score = self.line(line, concurrent)?;
            sum = (sum.0 + score.0, sum.1 + score.1, sum.2, sum.3 + score.3, sum.4 + score.4);
        }
        Some(sum)
    }

    /// The lines that have no plan with every possible month concurrent.
    fn without_plan(&mut self) -> Vec<usize> {
        let concurrent = (0..12).filter(|&month| self.charges[month].is_some()).map(|month| 1 << month).sum();
        self.lines.clone().into_iter().filter(|&line| self.line(line, concurrent).is_none()).collect()
    }
}

fn score_of_estimate(quote: &EstimateQuote) -> Score {
    let purchases = || quote.services.iter().flat_map(|line| &line.purchases);
    let mut switches = 0;
    for group in &quote.groups {
        let mut before = Mode::PerCall;
        for month in &group.months {
            switches += u32::from(month.mode != before);
            before = month.mode;
        }
    }
    (
        whole(&quote.total),
        purchases().map(|purchase| whole(&purchase.amount)).sum(),
        switches,
        purchases().map(|purchase| purchase.count).sum(),
        -purchases().map(|purchase| i64::from(purchase.month) * purchase.count as i64).sum::<i64>(),
    )
}

/// The parts of an answer add up, and show the modes and slots of its groups.
fn check_parts(estimated: &Estimated, quote: &EstimateQuote) {
    let mut total = 0;
    for (line, row) in quote.services.iter().enumerate() {
        assert_eq!(whole(&row.subtotal), row.months.iter().map(|month| whole(&month.charge)).sum::<u64>());
        assert_eq!(row.months.iter().map(|month| month.calls).collect::<Vec<_>>(), estimated.lines[line].world.usage);
        total += whole(&row.subtotal);
    }
    for ((name, lines), row) in estimated.groups().iter().zip(&quote.groups) {
        let group = Group::new(estimated, lines);
        assert_eq!((name, lines.len()), (&row.group, row.services.len()));
        let mut before = Mode::PerCall;
        for (month, of_month) in row.months.iter().enumerate() {
            let is_active = group.active.contains(&month);
            let need = if is_active && of_month.mode == Mode::Concurrent { estimated.need(&group.rule, lines, month) } else { Some(0) };
            assert_eq!(Some(of_month.slots), need, "month {} of {name} in {estimated:?}", month + 1);
            assert!(is_active || of_month.mode == before);
            assert!(lines.iter().all(|&line| quote.services[line].months[month].mode == of_month.mode));
            before = of_month.mode;
        }
        assert_eq!(whole(&row.total), row.months.iter().map(|month| whole(&month.charge)).sum::<u64>());
        total += whole(&row.total);
        check_sizing(estimated, &group, row);
    }
    assert_eq!(whole(&quote.total), total);
}

fn check_sizing(estimated: &Estimated, group: &Group<'_>, row: &estimate::GroupRow) {
    let Some(sizing) = &row.sizing else {
        assert!(matches!(group.rule, Rule::Unknown | Rule::Given(_)) || !estimated.rule(&group.lines).1);
        return;
    };
    assert_eq!(sizing.months.iter().map(|month| month.month as usize - 1).collect::<Vec<_>>(), group.active);
    for month in &sizing.months {
        let need = |lines: &[usize]| estimated.need(&group.rule, lines, month.month as usize - 1).expect("a known need");
        let pooled = Some(need(&group.lines)).filter(|&slots| slots <= MAX_SLOTS);
        let separate = pooled.map(|_| group.lines.iter().map(|&line| need(&[line])).sum::<u64>());
        assert_eq!((month.slots, month.separate_slots), (pooled, separate), "{estimated:?}");
        assert_eq!(month.slots_saved, separate.zip(pooled).map(|(separate, pooled)| separate - pooled));
    }
}

/// The strategies of the whole, and of each line within the chosen modes.
fn check_strategies(estimated: &Estimated, quote: &EstimateQuote) {
    let restricted =
        [Allowed { postpaid: false, concurrent: false, ..EVERYTHING }, Allowed { buying: false, concurrent: false, ..EVERYTHING }];
    let groups = estimated.groups();
    for (strategy, allowed) in restricted.into_iter().enumerate() {
        let mut sum = Some(0);
        for ((_, lines), row) in groups.iter().zip(&quote.groups) {
            let rule = estimated.rule(lines).0;
            let months = row.months.iter().enumerate();
            let concurrent = months.filter(|(_, month)| month.mode == Mode::Concurrent).map(|(month, _)| 1 << month).sum();
            for &line in lines {
                let cost =
                    |concurrent: u16| BruteForce::best(&estimated.per_call_world(line, rule, concurrent), allowed).map(|score| score.0);
                sum = sum.zip(cost(0)).map(|(sum, cost): (u64, u64)| sum + cost);
                let within = quote.services[line].alternatives[strategy].total.map(|total| whole(&total));
                assert_eq!(within, cost(concurrent), "strategy {strategy} of line {line} of {estimated:?}");
            }
        }
        assert_eq!(quote.alternatives[strategy].total.map(|total| whole(&total)), sum, "strategy {strategy} of {estimated:?}");
    }
    let slots = groups.iter().map(|(_, lines)| {
        let group = Group::new(estimated, lines);
        group.active.iter().map(|&month| group.charges[month]).sum::<Option<u64>>()
    });
    let slots: Option<u64> = slots.sum();
    assert_eq!(quote.alternatives[2].total.map(|total| whole(&total)), slots, "slots alone in {estimated:?}");
    assert!(quote.alternatives.iter().all(|row| row.total.is_some() != row.reason.is_some()));
}

#[track_caller]
fn check_estimate(estimated: &Estimated) {
    let book = estimated.book();
    let asked = JointEstimate::from_json(&estimated.document().to_string(), &book);
    let asked = asked.unwrap_or_else(|errors| panic!("{errors:?} for {estimated:?}"));
    let mut best = Some((0, 0, 0, 0, 0));
    let mut without_plan = Vec::new();
    for (_, lines) in estimated.groups() {
        let mut group = Group::new(estimated, &lines);
        let score = group.best();
        if score.is_none() {
            without_plan.extend(group.without_plan());
        }
        best = best.zip(score).map(|(a, b): (Score, Score)| (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3, a.4 + b.4));
    }
    match (best, estimate::quote(&asked, &book)) {
        (Some(best), Ok(quote)) => {
            assert_eq!(score_of_estimate(&quote), best, "{estimated:?}\n{quote:?}");
            check_parts(estimated, &quote);
            check_strategies(estimated, &quote);
        }
        (None, Err(errors)) => {
            without_plan.sort_unstable();
            let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
            let expected: Vec<String> = without_plan.iter().map(|line| format!("services[{line}]")).collect();
            assert_eq!(fields, expected, "{estimated:?}");
            assert!(errors.iter().all(|error| error.kind == ErrorKind::NoPlan));
        }
        (best, answer) => panic!("{estimated:?}: the engine says {answer:?}, the brute force {best:?}"),
    }
}

/// Two or three services with calls in the same few months.
fn estimates() -> impl Strategy<Value = Estimated> {
    let rule = prop_oneof![
        1 => Just(Rule::Unknown),
        3 => (prop::array::uniform12(1_u64..5), any::<bool>())
            .prop_map(|(slots, same)| Rule::Given(if same { [slots[0]; 12] } else { slots })),
        3 => (1_u64..8).prop_map(|hundredths| Rule::Queued(9 * hundredths)),
        3 => (2_u64..60).prop_map(Rule::Live),
    ];
    let line = (worlds(), prop_oneof![3 => Just(0_usize), 1 => Just(1_usize), 1 => Just(2_usize)], 1_u64..9, 1_u64..100, any::<bool>());
    let months = prop::collection::vec(0_usize..12, 1..5);
    let groups = prop::array::uniform3((rule, prop::bool::weighted(0.85)));
    (prop::collection::vec(line, 2..4), months, groups, prop::bool::weighted(0.15), any::<bool>()).prop_map(
        |(lines, months, groups, once, moves)| {
            let (postpaid, slot_tiers) = (lines[0].0.postpaid, lines[0].0.more.slot_tiers.clone());
            let line = |(mut world, group, seconds, busy, is_calls): (World, usize, u64, u64, bool)| {
                if moves {
                    // The same months for all, so that their modes matter to each other.
                    let calls: Vec<u64> = world.usage.iter().copied().filter(|&calls| calls > 0).collect();
                    world.usage = [0; 12];
                    for (&month, calls) in months.iter().zip(calls) {
                        world.usage[month] = calls;
                    }
                } else {
                    let mut left = 3;
                    for calls in world.usage.iter_mut().filter(|calls| **calls > 0) {
                        *calls = if left > 0 { *calls } else { 0 };
                        left -= i32::from(left > 0);
                    }
                }
                world.postpaid = postpaid;
                world.all_basis &= postpaid;
                world.more.slot_tiers = slot_tiers.clone();
                world.more.per_call_only = false;
                // Loads of about one erlang.
                let busy_hour = if is_calls { (busy * 7, true) } else { (busy, false) };
                let seconds = if matches!(groups[group].0, Rule::Live(_)) { seconds * 30 } else { seconds };
                EstimatedLine { world, group, seconds, busy_hour }
            };
            Estimated { lines: lines.into_iter().map(line).collect(), groups: groups.clone(), once }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(3_000),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/engine/brute_force.seeds"))),
        ..ProptestConfig::default()
    })]
    #[test]
    fn no_plan_of_several_services_is_cheaper(estimated in estimates()) {
        check_estimate(&estimated);
    }
}
