//! The plan of services that share the mode of each month.
//!
//! The services of an API group are billed in the same way: in a month all of them are per call, or all are concurrent and
//! the slots are paid once. Everything else of a service is its own. So the cheapest plan is the least, over all choices of
//! concurrent months, of the slots and of what each service costs by itself with that choice. Twelve months have 4,096
//! choices, which are taken in the order of a lower bound until that is above the best total; what a service costs with one
//! of them comes from [`Subsets`], which shares its work between them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::search::subsets::{NO_LIMIT, Subset, Subsets};
use super::search::{Score, search};
use super::{Purchase, Task, plan};
use crate::money::Units;
use crate::settlement::Mode;
use crate::usage::MONTHS;

/// One service of a group.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Its own problem, with the slots that it needs by itself. It must fit the search.
    pub task: Task<'a>,
    /// The units of the whole group in one unit of the service's prices, at least 1.
    pub factor: Units,
}

/// The cheapest plan of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPlan {
    /// The billing mode of each month, for all services.
    pub modes: [Mode; MONTHS],
    /// The purchases of each service, by month and then by size.
    pub purchases: Vec<Vec<Purchase>>,
}

/// The months with calls of a task, where those of `modes` are concurrent and the others are not.
pub fn per_call_usage(usage: &[u64; MONTHS], modes: &[Mode; MONTHS]) -> [u64; MONTHS] {
    std::array::from_fn(|month| if modes[month] == Mode::Concurrent { 0 } else { usage[month] })
}

/// The cheapest plan of services that share each month's mode, and pay `slots` for a concurrent month, in the group's units;
/// `None` where the month cannot be concurrent. `None` where no plan covers every call.
///
/// The sums of all upper bounds must fit [`Units`] with room to spare. Ties are resolved as for a single service, on the sums
/// of all services, and then by the order of the search, which is deterministic.
pub fn plan_group(members: &[Member<'_>], slots: &[Option<Units>; MONTHS]) -> Option<GroupPlan> {
    let with_calls = |member: &&Member<'_>| member.task.usage.iter().any(|&calls| calls > 0);
    let busy: Vec<&Member<'_>> = members.iter().filter(with_calls).collect();
    let modes = match busy[..] {
        [] => [Mode::PerCall; MONTHS],
        // The group needs what its only service needs.
        [only] => {
            let plan = plan(&only.task)?;
            let bought = |member: &Member<'_>| if with_calls(&member) { plan.purchases.clone() } else { Vec::new() };
            return Some(GroupPlan { modes: plan.modes, purchases: members.iter().map(bought).collect() });
        }
        _ => best_modes(&busy, slots)?,
    };
    let purchases = members.iter().map(|member| purchases(&member.task, &modes)).collect::<Option<_>>()?;
    Some(GroupPlan { modes, purchases })
}

/// The best purchases of a service whose modes are given.
fn purchases(task: &Task<'_>, modes: &[Mode; MONTHS]) -> Option<Vec<Purchase>> {
    let usage = per_call_usage(task.usage, modes);
    search(&Task { usage: &usage, may_be_concurrent: false, ..*task }, None).map(|(_, purchases, _)| purchases)
}

/// The months of a group that have calls, and the choices between their modes. A choice is a bit for each concurrent month.
struct Choices {
    /// The months with calls, counted from 0.
    active: Vec<usize>,
}

impl Choices {
    fn all(&self) -> Subset {
        // At most 12 bits.
        ((1_u32 << self.active.len()) - 1) as Subset
    }

    /// The modes of the twelve months. A month without calls keeps the mode of the month before.
    fn modes(&self, concurrent: Subset) -> [Mode; MONTHS] {
        let mut mode = Mode::PerCall;
        let mut active = self.active.iter().enumerate().peekable();
        std::array::from_fn(|month| {
            if let Some((place, _)) = active.next_if(|&(_, &active)| active == month) {
                mode = if concurrent & (1 << place) == 0 { Mode::PerCall } else { Mode::Concurrent };
            }
            mode
        })
    }

    /// The number of months whose mode differs from the month before; per call counts as the mode before the first.
    fn switches(&self, concurrent: Subset) -> u32 {
        ((concurrent ^ (concurrent << 1)) & self.all()).count_ones()
    }

    /// For each subset of the group's active months, those that are active months of a service, as a subset of these.
    fn subsets_of(&self, member: &Subsets<'_>) -> Vec<Subset> {
        let own: Vec<usize> = member.active().collect();
        let bit = |month: &usize| own.iter().position(|own| own == month).map_or(0, |place| 1 << place);
        let bits: Vec<Subset> = self.active.iter().map(bit).collect();
        let mut subsets: Vec<Subset> = vec![0; usize::from(self.all()) + 1];
        for subset in 1..subsets.len() {
            subsets[subset] = subsets[subset & (subset - 1)] | bits[subset.trailing_zeros() as usize];
        }
        subsets
    }
}

/// A service in the search for the group's modes.
struct Line<'a> {
    task: &'a Task<'a>,
    factor: Units,
    costs: Subsets<'a>,
    /// By subset of the group's active months.
    own: Vec<Subset>,
}

impl Line<'_> {
    fn lower_bound(&self, per_call: Subset) -> Option<Units> {
        self.costs.lower_bound(self.own[usize::from(per_call)]).map(|bound| bound * self.factor)
    }

    /// The cost, if it is at most `limit`.
    fn cost(&mut self, per_call: Subset, limit: Units) -> Option<Score> {
        let cost = self.costs.cost(self.own[usize::from(per_call)], limit.div_euclid(self.factor))?;
        Some(Score { total: cost.total * self.factor, packages: cost.packages * self.factor, ..cost })
    }

    /// The sum of month × count over all purchases.
    fn lateness(&self, modes: &[Mode; MONTHS]) -> i128 {
        let purchases = purchases(self.task, modes).unwrap_or_default();
        purchases.iter().map(|purchase| i128::from(purchase.month) * i128::from(purchase.count)).sum()
    }
}

/// The best choice so far.
struct Best {
    concurrent: Subset,
    score: Score,
    /// Computed where a tie makes it necessary.
    lateness: Option<i128>,
}

/// The modes of the cheapest plan, where at least two services have calls.
fn best_modes(members: &[&Member<'_>], slots: &[Option<Units>; MONTHS]) -> Option<[Mode; MONTHS]> {
    let has_calls = |&month: &usize| members.iter().any(|member| member.task.usage[month] > 0);
    let choices = Choices { active: (0..MONTHS).filter(has_calls).collect() };
    let tasks: Vec<Task<'_>> = members.iter().map(|member| Task { may_be_concurrent: false, ..member.task }).collect();
    let line = |(member, task)| {
        let &&Member { factor, .. } = member;
        let costs = Subsets::new(task);
        Line { task, factor, own: choices.subsets_of(&costs), costs }
    };
    let mut lines: Vec<Line<'_>> = members.iter().zip(&tasks).map(line).collect();
    let mut queue = queue(&choices, &lines, slots);
    let mut best: Option<Best> = None;
    while let Some(Reverse((bound, switches, concurrent))) = queue.pop() {
        let mut score = Score { total: bound, switches, ..Score::default() };
        if let Some(best) = &best {
            if bound > best.score.total {
                break;
            }
            // At an equal score, the best plan buys nothing, and nothing is later than that.
            if score >= best.score {
                continue;
            }
        }
        let per_call = choices.all() & !concurrent;
        let is_worse = |score: Score| best.as_ref().is_some_and(|best| score > best.score);
        let is_possible = lines.iter_mut().all(|line| {
            let Some(bound) = line.lower_bound(per_call) else { return false };
            score.total -= bound;
            let limit = best.as_ref().map_or(NO_LIMIT, |best| best.score.total);
            let Some(cost) = line.cost(per_call, limit - score.total) else { return false };
            score = score.plus(cost);
            !is_worse(score)
        });
        if !is_possible {
            continue;
        }
        let mut candidate = Best { concurrent, score, lateness: None };
        if let Some(known) = best.as_mut().filter(|best| best.score == score) {
            let lateness = |concurrent| lines.iter().map(|line| line.lateness(&choices.modes(concurrent))).sum();
            let known = *known.lateness.get_or_insert_with(|| lateness(known.concurrent));
            let lateness = lateness(concurrent);
            if lateness <= known {
                continue;
            }
            candidate.lateness = Some(lateness);
        }
        best = Some(candidate);
    }
    best.map(|best| choices.modes(best.concurrent))
}

/// The possible choices, with a lower bound on each and its changes of mode, lower bounds first.
fn queue(choices: &Choices, lines: &[Line<'_>], slots: &[Option<Units>; MONTHS]) -> BinaryHeap<Reverse<(Units, u32, Subset)>> {
    let charges: Vec<Option<Units>> = choices.active.iter().map(|&month| slots[month]).collect();
    let mut sums = vec![Some(0); usize::from(choices.all()) + 1];
    for concurrent in 1..sums.len() {
        let before: Option<Units> = sums[concurrent & (concurrent - 1)];
        sums[concurrent] = before.zip(charges[concurrent.trailing_zeros() as usize]).map(|(sum, charge)| sum + charge);
    }
    let bounded = |concurrent: Subset| {
        let slots = sums[usize::from(concurrent)]?;
        let bounds = lines.iter().map(|line| line.lower_bound(choices.all() & !concurrent));
        let bound = bounds.sum::<Option<Units>>()?;
        Some(Reverse((slots + bound, choices.switches(concurrent), concurrent)))
    };
    (0..=choices.all()).filter_map(bounded).collect()
}
