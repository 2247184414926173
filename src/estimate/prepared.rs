//! The estimate with its prices, ready to be planned at any volume of all its lines together.

use super::rows::GroupMonth;
use super::{GroupNeed, JointEstimate};
use crate::capacity::{PooledRule, Work};
use crate::ledger::{Ledger, follow};
use crate::money::{Money, Scale, Units};
use crate::planner::{GroupPlan, MOST_UNITS, Member, Orders, Purchase, Slots, Task, per_call_usage, plan, plan_group};
use crate::price_book::PriceBook;
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::Pipeline;
use crate::settlement::{Account, Mode, MonthUse, Terms, settle};
use crate::usage::MONTHS;

/// The volume that was given, in percent of it.
pub(super) const GIVEN: u64 = 100;

/// The calls of each line by month.
pub(super) type Usages = Vec<[u64; MONTHS]>;

/// An estimate with its prices.
#[derive(Debug, Clone)]
pub struct PreparedEstimate<'a> {
    pub(super) estimate: &'a JointEstimate,
    pub(super) book: &'a PriceBook,
    /// The lines, each with the discounts taken off its prices.
    pub(super) lines: Vec<Pipeline<'a>>,
    /// The groups of the lines, in the order of their first lines.
    pub(super) groups: Vec<Group<'a>>,
    pub(super) orders: Orders,
}

/// An API group, with its lines in the estimate.
#[derive(Debug, Clone)]
pub(super) struct Group<'a> {
    pub name: &'a str,
    /// At least one.
    pub lines: Vec<usize>,
    pub need: Option<&'a GroupNeed>,
}

/// What each line and group needs in a year.
#[derive(Debug, Clone)]
pub(super) struct Needs {
    /// The slots that each line needs by itself.
    pub of_lines: Vec<[Slots; MONTHS]>,
    /// The slots that each group needs for all its lines together.
    pub of_groups: Vec<[Slots; MONTHS]>,
}

/// A plan, settled month by month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The modes of each group.
    pub modes: Vec<[Mode; MONTHS]>,
    /// What each line buys.
    pub purchases: Vec<Vec<Purchase>>,
    /// The ledger of each line, without slots of concurrent billing. The calls of a concurrent month are left out.
    pub ledgers: Vec<Ledger>,
    /// The slots that each group pays for.
    pub months: Vec<Vec<GroupMonth>>,
    /// What each group pays for them.
    pub of_groups: Vec<Money>,
    /// Everything paid in the horizon.
    pub total: Money,
}

impl<'a> PreparedEstimate<'a> {
    /// Looks up the prices, in the estimate's own book or else in `built_in`.
    ///
    /// # Errors
    /// `built_in` is not the book that the estimate was validated against.
    pub fn new(estimate: &'a JointEstimate, built_in: &'a PriceBook) -> Result<Self, Vec<ValidationError>> {
        let book = estimate.book(built_in);
        let mut lines = Vec::new();
        let mut groups: Vec<Group<'a>> = Vec::new();
        for (index, line) in estimate.lines.iter().enumerate() {
            let pipeline = Pipeline::new(&line.scenario, book).map_err(|errors| inside_line(index, errors))?;
            lines.push(pipeline);
            let Some(service) = book.service(line.scenario.service()) else { continue };
            let name = service.billing_group();
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.lines.push(index),
                None => groups.push(Group { name, lines: vec![index], need: estimate.need(name) }),
            }
        }
        let orders = estimate.lines.first().map_or(Orders::Any, |line| line.scenario.orders());
        Ok(Self { estimate, book, lines, groups, orders })
    }

    /// The calls of all lines at `percent` of the given volume, rounded down in each month.
    pub(super) fn usages(&self, percent: u64) -> Usages {
        let scaled = |calls: u64| u64::try_from(u128::from(calls) * u128::from(percent) / u128::from(GIVEN)).unwrap_or(u64::MAX);
        self.estimate.lines.iter().map(|line| line.scenario.usage().months().map(scaled)).collect()
    }

    /// The slots that lines and groups need.
    ///
    /// # Errors
    /// Too much live traffic to count its slots.
    pub(super) fn needs(&self, usages: &Usages, percent: u64) -> Result<Needs, Vec<ValidationError>> {
        let mut of_lines = vec![[Slots::Unknown; MONTHS]; self.lines.len()];
        let mut of_groups = Vec::new();
        for group in &self.groups {
            let most = self.max_slots(group);
            for &line in &group.lines {
                let needs = self.lines[line].service.needs_slots();
                let most = self.lines[line].service.most_at_once();
                of_lines[line] = if needs { self.slots(group, &[line], usages, percent, most)? } else { [Slots::Unknown; MONTHS] };
            }
            of_groups.push(match most {
                Some(most) => self.slots(group, &group.lines, usages, percent, most)?,
                None => [Slots::Unknown; MONTHS],
            });
        }
        Ok(Needs { of_lines, of_groups })
    }

    /// The most slots of concurrent billing; `None` where the group has none.
    pub(super) fn max_slots(&self, group: &Group<'_>) -> Option<u64> {
        let first = group.lines.first().and_then(|&line| self.lines.get(line))?;
        first.service.concurrent().map(|prices| prices.max_slots)
    }

    /// The slots of some lines of a group together, by month.
    fn slots(
        &self,
        group: &Group<'_>,
        lines: &[usize],
        usages: &Usages,
        percent: u64,
        most: u64,
    ) -> Result<[Slots; MONTHS], Vec<ValidationError>> {
        let mut slots = [Slots::Unknown; MONTHS];
        let Some(rule) = group.need.and_then(|need| need.rule) else { return Ok(slots) };
        let is_given = matches!(rule, PooledRule::Slots(_));
        let work: Vec<Option<Vec<Work>>> = (0..MONTHS).map(|month| self.work(&rule, lines, usages, month)).collect();
        for (month, of_month) in work.iter().enumerate() {
            let Some(of_month) = of_month else { continue };
            // Months are often alike, and an Erlang sizing can take longer than planning.
            let alike = work.iter().take(month).position(|earlier| earlier.as_ref() == Some(of_month)).filter(|_| !is_given);
            if let Some(alike) = alike {
                slots[month] = slots[alike];
                continue;
            }
            if !rule.is_countable(of_month, percent, most) {
                return Err(vec![ValidationError { field: format!("groups.{}.live", group.name), kind: ErrorKind::LoadTooLarge }]);
            }
            slots[month] = match rule.slots_needed(month, of_month, percent, most) {
                // Given for a month that was to have no calls, so nobody knows what it needs with some.
                Some(0) if !of_month.is_empty() => Slots::Unknown,
                Some(slots) => Slots::Needed(slots),
                None => Slots::AboveMaximum,
            };
        }
        Ok(slots)
    }

    /// The work of some lines in a month; `None` where a line with calls does not say what it is.
    pub(super) fn work(&self, rule: &PooledRule, lines: &[usize], usages: &Usages, month: usize) -> Option<Vec<Work>> {
        let with_calls = lines.iter().filter(|&&line| usages[line][month] > 0);
        let work = with_calls.map(|&line| {
            let line_of_estimate = self.estimate.lines.get(line)?;
            let calls = line_of_estimate.scenario.usage().calls_behind(month, usages[line][month]);
            let busy_hour = line_of_estimate.busy_hour;
            match rule {
                PooledRule::Slots(_) => Some(Work { calls, seconds_per_call: 1.into(), busy_hour: None }),
                PooledRule::Live { .. } if busy_hour.is_none() => None,
                _ => Some(Work { calls, seconds_per_call: line_of_estimate.seconds_per_call?, busy_hour }),
            }
        });
        work.collect()
    }

    /// The planning task of a line.
    pub(super) fn task<'b>(&'b self, line: usize, usages: &'b Usages, needs: &Needs) -> Task<'b> {
        let pipeline = &self.lines[line];
        let scenario = pipeline.scenario;
        Task {
            service: &pipeline.service,
            usage: &usages[line],
            free_calls: scenario.free_calls(),
            owned: &pipeline.owned,
            postpaid: scenario.postpaid(),
            tier_basis: pipeline.tier_basis,
            slots: needs.of_lines[line],
            may_be_concurrent: true,
            orders: self.orders,
        }
    }

    /// The charge for the slots of each month of a group, in units of its first service; `None` where a month cannot be
    /// concurrent.
    pub(super) fn slot_charges(&self, group: usize, needs: &Needs) -> [Option<Units>; MONTHS] {
        let Some((group, of_group)) = self.groups.get(group).zip(needs.of_groups.get(group)) else { return [None; MONTHS] };
        let rates = group.lines.first().map(|&line| self.lines[line].service.rates());
        let most = self.max_slots(group).unwrap_or(0);
        of_group.map(|slots| match slots {
            Slots::Needed(slots) if slots <= most => rates?.concurrent()?.charge(slots),
            _ => None,
        })
    }

    /// The cheapest plan of all lines and groups.
    ///
    /// # Errors
    /// No plan covers every call of a line, or amounts have too many digits.
    pub(super) fn cheapest(&self, usages: &Usages, needs: &Needs) -> Result<Settled, Vec<ValidationError>> {
        let mut modes = Vec::new();
        let mut purchases = vec![Vec::new(); self.lines.len()];
        let mut errors = Vec::new();
        for (index, group) in self.groups.iter().enumerate() {
            let scale = Scale::finest(group.lines.iter().map(|&line| self.lines[line].service.rates().scale()));
            let mut members = Vec::new();
            let mut most: Option<Units> = Some(0);
            for &line in &group.lines {
                let task = self.task(line, usages, needs);
                if !task.fits_search() {
                    return Err(vec![too_large(&format!("services[{line}].usage"))]);
                }
                let factor = task.service.rates().scale().units_in(scale).ok_or_else(|| vec![too_large("services")])?;
                let upper_bound = task.upper_bound().and_then(|bound| bound.checked_mul(factor));
                most = most.zip(upper_bound).and_then(|(most, bound)| most.checked_add(bound));
                members.push(Member { task, factor });
            }
            let first = members.first().map_or(1, |member| member.factor);
            let charges = self.slot_charges(index, needs);
            let scaled = charges.map(|charge| charge.and_then(|charge| charge.checked_mul(first)));
            let is_known = charges.iter().zip(&scaled).all(|(charge, scaled)| charge.is_some() == scaled.is_some());
            most = scaled.iter().flatten().fold(most, |most, &charge| most?.checked_add(charge));
            if !is_known || most.is_none_or(|most| most >= MOST_UNITS) {
                return Err(vec![too_large("services")]);
            }
            match plan_group(&members, &scaled) {
                None => errors.extend(without_plan(&members, &scaled, group)),
                Some(GroupPlan { modes: of_group, purchases: of_lines }) => {
                    modes.push(of_group);
                    for (&line, of_line) in group.lines.iter().zip(of_lines) {
                        purchases[line] = of_line;
                    }
                }
            }
        }
        if errors.is_empty() { self.settled(usages, needs, modes, purchases) } else { Err(in_order(errors)) }
    }

    /// Settles a plan.
    ///
    /// # Errors
    /// Amounts have too many digits, or a concurrent month needs slots that are not sold.
    pub(super) fn settled(
        &self,
        usages: &Usages,
        needs: &Needs,
        modes: Vec<[Mode; MONTHS]>,
        purchases: Vec<Vec<Purchase>>,
    ) -> Result<Settled, Vec<ValidationError>> {
        let overflow = |_| vec![too_large("services")];
        let mut total = Money::ZERO;
        let mut ledgers = Vec::new();
        for (line, of_line) in purchases.iter().enumerate() {
            let modes = self.modes_of(line, &modes);
            let usage = per_call_usage(&usages[line], &modes);
            let task = Task { usage: &usage, ..self.task(line, usages, needs) };
            let ledger = follow(&task, &modes, of_line).map_err(|_| vec![too_large(&format!("services[{line}].usage"))])?;
            total = total.plus(ledger.total).map_err(overflow)?;
            ledgers.push(ledger);
        }
        let (mut months, mut of_groups) = (Vec::new(), Vec::new());
        for (group, (modes, slots)) in self.groups.iter().zip(modes.iter().zip(&needs.of_groups)) {
            let of_group = self.group_months(group, usages, modes, slots)?;
            let charges = of_group.iter().try_fold(Money::ZERO, |sum, month| sum.plus(month.charge)).map_err(overflow)?;
            total = total.plus(charges).map_err(overflow)?;
            months.push(of_group);
            of_groups.push(charges);
        }
        Ok(Settled { modes, purchases, ledgers, months, of_groups, total })
    }

    /// The slots that a group pays for, by month.
    fn group_months(
        &self,
        group: &Group<'_>,
        usages: &Usages,
        modes: &[Mode; MONTHS],
        slots: &[Slots; MONTHS],
    ) -> Result<Vec<GroupMonth>, Vec<ValidationError>> {
        let Some(first) = group.lines.first().and_then(|&line| self.lines.get(line)) else { return Ok(Vec::new()) };
        let terms = Terms { service: &first.service, postpaid: first.scenario.postpaid(), tier_basis: first.tier_basis };
        let month = |(index, (&mode, &slots)): (usize, (&Mode, &Slots))| {
            let number = index as u32 + 1;
            let calls = group.lines.iter().fold(0_u64, |sum, &line| sum.saturating_add(usages[line][index]));
            let needed = match slots {
                Slots::Needed(slots) if mode == Mode::Concurrent && calls > 0 => slots,
                _ => 0,
            };
            let mut account = Account::default();
            let month = MonthUse { month: number, mode: Mode::Concurrent, calls: needed, slots: needed };
            let settled = settle(&terms, &month, &mut account).map_err(|_| vec![too_large("services")])?;
            Ok(GroupMonth { month: number, mode, slots: settled.slots, charge: settled.concurrent_charge })
        };
        modes.iter().zip(slots).enumerate().map(month).collect()
    }

    /// The modes of a line, which are those of its group.
    pub(super) fn modes_of(&self, line: usize, modes: &[[Mode; MONTHS]]) -> [Mode; MONTHS] {
        let group = self.groups.iter().position(|group| group.lines.contains(&line));
        group.and_then(|group| modes.get(group)).copied().unwrap_or_default()
    }
}

/// An error for each line that has no plan even where every month that can be concurrent is.
fn without_plan(members: &[Member<'_>], charges: &[Option<Units>; MONTHS], group: &Group<'_>) -> Vec<(usize, ValidationError)> {
    let modes = charges.map(|charge| if charge.is_some() { Mode::Concurrent } else { Mode::PerCall });
    let has_none = |member: &Member<'_>| {
        let usage = per_call_usage(member.task.usage, &modes);
        plan(&Task { usage: &usage, may_be_concurrent: false, ..member.task }).is_none()
    };
    let lines = members.iter().zip(&group.lines).filter(|(member, _)| has_none(member));
    lines.map(|(_, &line)| (line, ValidationError { field: format!("services[{line}]"), kind: ErrorKind::NoPlan })).collect()
}

fn in_order(mut errors: Vec<(usize, ValidationError)>) -> Vec<ValidationError> {
    crate::order::by_key(&mut errors, |&(line, _)| line as u128);
    errors.into_iter().map(|(_, error)| error).collect()
}

fn too_large(field: &str) -> ValidationError {
    ValidationError { field: field.into(), kind: ErrorKind::AmountTooLarge }
}

fn inside_line(line: usize, errors: Vec<ValidationError>) -> Vec<ValidationError> {
    errors.into_iter().map(|error| ValidationError { field: format!("services[{line}].{}", error.field), ..error }).collect()
}

/// The first reason for which there is no answer.
pub(super) fn reason(errors: Vec<ValidationError>) -> ErrorKind {
    errors.into_iter().next().map_or(ErrorKind::AmountTooLarge, |error| error.kind)
}
