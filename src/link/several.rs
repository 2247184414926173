//! The lines of a link together: an estimate of several services.
//!
//! Each line is read by itself; then what belongs to groups and to the whole is settled. Whatever keeps the lines from being an
//! estimate is left out and named, until the rest is one.

use super::Why;
use super::keys::LinkKey;
use super::line::{self, ReadLine};
use super::pairs::{IgnoredParts, LineValues};
use super::slots::{Keyed, LineSlots};
use super::values::{self, Setting};
use crate::capacity::PooledRule;
use crate::estimate::JointEstimate;
use crate::price_book::{Discount, PriceBook, Service};
use crate::problem::{ErrorKind, ValidationError, shortened};
use crate::scenario::{OwnPlan, Scenario, rules};
use crate::usage::Usage;

/// A line of an estimate that is not settled.
struct OpenLine<'a> {
    values: LineValues,
    read: ReadLine,
    service: &'a Service,
    slots: LineSlots,
}

/// What a group's lines say about it.
struct OpenGroup<'a> {
    name: &'a str,
    rule: Option<Keyed<PooledRule>>,
    months: Option<Keyed<Vec<u32>>>,
}

/// The lines of a link as those of an estimate. With fewer than two lines that can be used, what is left of the link.
pub(super) fn read(lines: Vec<(usize, LineValues)>, built_in: &PriceBook, ignored: &mut IgnoredParts) -> Vec<ReadLine> {
    let (whole, lines) = whole(lines, built_in, ignored);
    let mut open: Vec<OpenLine<'_>> = Vec::new();
    let mut groups: Vec<OpenGroup<'_>> = Vec::new();
    for (mut values, service) in with_services(lines, built_in, ignored) {
        let slots = LineSlots::read(&values, true, ignored);
        let months = values.take(LinkKey::ConcurrentMonths).and_then(|text| concurrent_months(&text, &values, ignored));
        let group = service.billing_group();
        if groups.iter().all(|known| known.name != group) {
            groups.push(OpenGroup { name: group, rule: None, months: None });
        }
        for known in groups.iter_mut().filter(|known| known.name == group) {
            counts_once(&mut known.rule, slots.rule.clone(), ignored);
            counts_once(&mut known.months, months.clone(), ignored);
        }
        let read = line::read(&values, &whole, None, built_in, ignored);
        open.push(OpenLine { values, read, service, slots });
    }
    for group in &mut groups {
        let mut of_group = open.iter().filter(|line| line.service.billing_group() == group.name);
        if let Some(months) = group.months.take_if(|_| of_group.all(|line| line.read.scenario.plan().is_none())) {
            ignored.push(&months.name, Why::Without { needed: buy_beside(&months.name) });
        }
    }
    let settled = settled(&mut open, &mut groups, &whole, built_in, ignored);
    for line in &open {
        let group = groups.iter().find(|group| group.name == line.service.billing_group());
        line.slots.name_unused(group.and_then(|group| group.rule.as_ref()), &line.values, ignored);
    }
    open.into_iter().zip(settled).map(|(line, scenario)| ReadLine { scenario, ..line.read }).collect()
}

/// What belongs to all lines, taken out of the first, as a scenario without calls.
fn whole(mut lines: Vec<(usize, LineValues)>, built_in: &PriceBook, ignored: &mut IgnoredParts) -> (Scenario, Vec<(usize, LineValues)>) {
    let mut builder = Scenario::builder(Usage::default());
    for (number, line) in &mut lines {
        for key in [LinkKey::Start, LinkKey::Postpaid, LinkKey::Orders] {
            let Some(text) = line.take(key) else { continue };
            match Setting::read(key, &text) {
                _ if *number > 1 => ignored.push(&line.name(key), Why::OfWhole { key: key.name() }),
                Ok(setting) => builder = setting.iter().fold(builder, |builder, setting| setting.apply(builder)),
                Err(why) => ignored.push(&line.name(key), why),
            }
        }
    }
    (builder.build(built_in).unwrap_or_else(|_| Scenario::new(Usage::default())), lines)
}

/// The lines that have a service of the book that no line before them has.
fn with_services<'a>(
    lines: Vec<(usize, LineValues)>,
    built_in: &'a PriceBook,
    ignored: &mut IgnoredParts,
) -> Vec<(LineValues, &'a Service)> {
    let mut found: Vec<(LineValues, &Service)> = Vec::new();
    let mut next = 1;
    for (number, values) in lines {
        let name = values.name(LinkKey::Service);
        let id = values.get(LinkKey::Service);
        if number > next && id.is_some() {
            ignored.push(&name, Why::Gap);
        }
        next = number + 1;
        if number > 1 && id.is_none() {
            values.names().iter().for_each(|key| ignored.push(key, Why::Without { needed: name.clone() }));
            continue;
        }
        let why = match built_in.service(id) {
            Some(service) if found.iter().all(|(_, known)| known.id() != service.id()) => {
                found.push((values, service));
                continue;
            }
            Some(_) => ErrorKind::Duplicate,
            None => rules::unknown_service(built_in),
        };
        leave_out(&values, why, ignored);
    }
    found
}

/// Names a line as left out because of its service.
fn leave_out(values: &LineValues, why: ErrorKind, ignored: &mut IgnoredParts) {
    let service = values.name(LinkKey::Service);
    ignored.push(&service, Why::Refused(why));
    values.names().iter().for_each(|key| ignored.push(key, Why::LeftOut { with: service.clone() }));
}

/// The concurrent months of a plan, each of them once.
fn concurrent_months(text: &str, values: &LineValues, ignored: &mut IgnoredParts) -> Option<Keyed<Vec<u32>>> {
    let name = values.name(LinkKey::ConcurrentMonths);
    let months = values::months(text).map_err(|why| ignored.push(&name, why)).ok()?;
    let mut value = Vec::new();
    for month in months {
        if value.contains(&month) {
            ignored.push(&name, Why::Refused(ErrorKind::Duplicate));
        } else {
            value.push(month);
        }
    }
    Some(Keyed { name, value })
}

/// Takes a setting of a group where none was said before. Another one is named, unless it says the same.
fn counts_once<T: PartialEq>(known: &mut Option<Keyed<T>>, said: Option<Keyed<T>>, ignored: &mut IgnoredParts) {
    match (known.as_ref(), said) {
        (None, said) => *known = said,
        (Some(known), Some(said)) if known.value != said.value => ignored.push(&said.name, Why::Superseded { by: known.name.clone() }),
        _ => {}
    }
}

/// The key of purchases in the line of another key.
fn buy_beside(name: &str) -> String {
    let suffix = name.split_once('.').map_or_else(String::new, |(_, line)| format!(".{line}"));
    [LinkKey::Buy.name(), &suffix].concat()
}

/// The scenarios of the estimate that the lines make. Each round leaves something out, or ends.
fn settled(
    lines: &mut Vec<OpenLine<'_>>,
    groups: &mut [OpenGroup<'_>],
    whole: &Scenario,
    built_in: &PriceBook,
    ignored: &mut IgnoredParts,
) -> Vec<Scenario> {
    loop {
        for group in groups.iter_mut() {
            leave_out_unsaid_rule(group, lines, ignored);
        }
        let scenarios = scenarios(lines, groups, whole);
        let error = match JointEstimate::of(&scenarios, built_in) {
            Ok(estimate) => return estimate.to_scenarios(built_in),
            Err(errors) => errors.into_iter().next(),
        };
        let is_changed = error.as_ref().is_some_and(|error| repair(error, lines, groups, ignored));
        if !is_changed {
            // Nothing that a link says is at fault, such as groups of the book that contradict each other.
            let kind = error.map_or(ErrorKind::ConflictingGroup, |error| error.kind);
            lines.drain(lines.len().min(1)..).for_each(|line| leave_out(&line.values, kind.clone(), ignored));
            return scenarios.into_iter().take(1).collect();
        }
    }
}

/// The lines with what their groups and the whole say.
fn scenarios(lines: &[OpenLine<'_>], groups: &[OpenGroup<'_>], whole: &Scenario) -> Vec<Scenario> {
    let mut with_months: Vec<&str> = Vec::new();
    let scenario = |line: &OpenLine<'_>| {
        let group = groups.iter().find(|group| group.name == line.service.billing_group());
        let concurrency = group.and_then(|group| line.slots.under(group.rule.as_ref()?.value));
        let plan = line.read.scenario.plan().map(|plan| {
            let of_group = group.filter(|group| !with_months.contains(&group.name));
            with_months.extend(of_group.map(|group| group.name));
            let months = of_group.and_then(|group| group.months.as_ref()).map(|months| months.value.clone());
            OwnPlan { concurrent_months: months.unwrap_or_default(), ..plan.clone() }
        });
        line.read.scenario.to_builder().start(whole.start()).concurrency(concurrency).plan(plan).without_check()
    };
    lines.iter().map(scenario).collect()
}

/// Without a rule that no line of the group completes.
fn leave_out_unsaid_rule(group: &mut OpenGroup<'_>, lines: &[OpenLine<'_>], ignored: &mut IgnoredParts) {
    let of_group: Vec<&OpenLine<'_>> = lines.iter().filter(|line| line.service.billing_group() == group.name).collect();
    let Some(first) = of_group.first() else { return };
    let is_unsaid = |rule: &mut Keyed<PooledRule>| of_group.iter().all(|line| line.slots.under(rule.value).is_none());
    if let Some(rule) = group.rule.take_if(is_unsaid) {
        ignored.push(&rule.name, Why::Without { needed: first.values.name(first.slots.missing()) });
    }
}

/// Leaves out what an error refuses, if it is something that lines must be for each other.
fn repair(error: &ValidationError, lines: &mut [OpenLine<'_>], groups: &mut [OpenGroup<'_>], ignored: &mut IgnoredParts) -> bool {
    let index = error.field.strip_prefix("services[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
    if let Some((index, line)) = index.and_then(|index| Some((index, lines.get(index)?))) {
        let group = line.service.billing_group();
        match error.kind {
            ErrorKind::Missing { .. } => {
                let rule = groups.iter_mut().filter(|known| known.name == group).find_map(|group| group.rule.take());
                let why = Why::Without { needed: line.values.name(line.slots.missing()) };
                return rule.map(|rule| ignored.push(&rule.name, why)).is_some();
            }
            ErrorKind::ConflictingDiscount => {
                let first = lines.iter().take(index).find(|line| line.service.billing_group() == group);
                let Some(concurrent) = first.map(|first| first.read.scenario.discount().concurrent) else { return false };
                let discount = Discount { concurrent, ..line.read.scenario.discount() };
                let scenario = line.read.scenario.to_builder().discount(discount).without_check();
                // A line that says nothing of its slots takes over the discount of those that it shares.
                if !line.read.scenario.discount().concurrent.is_zero() {
                    ignored.push(&line.values.name(LinkKey::Discount), Why::Refused(error.kind.clone()));
                }
                return lines.get_mut(index).map(|line| line.read.scenario = scenario).is_some();
            }
            _ => return false,
        }
    }
    let is_at = |group: &&mut OpenGroup<'_>| group.rule.is_some() && error.field.starts_with(&format!("groups.{}.", shortened(group.name)));
    let rule = groups.iter_mut().find(is_at).and_then(|group| group.rule.take());
    rule.map(|rule| ignored.push(&rule.name, Why::Refused(error.kind.clone()))).is_some()
}
