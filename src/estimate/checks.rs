//! Checks of an estimate's lines and groups against each other.
//!
//! Whatever an estimate is made from, its lines are valid by themselves; what they must be beside the others is decided here.
//! Source: section 9 of the pricing rules.

use super::{GroupNeed, ServiceLine};
use crate::capacity::PooledRule;
use crate::price_book::{PriceBook, Service};
use crate::problem::{ErrorKind, ValidationError};
use crate::usage::MONTHS;

/// What an error's path begins at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The line with this index.
    Line(usize),
    /// The settings of a group, by their index.
    Group(usize),
}

const SECONDS: &str = "seconds_per_call";
/// The two fields of a busiest hour, as an error asks for one of them.
pub(super) const BUSY_HOUR: &str = "busy_hour_calls or busy_hour_share";

/// A line whose service is known.
struct CheckedLine<'a> {
    line: &'a ServiceLine,
    service: &'a Service,
}

/// Every error, by line and then by group, with its path inside of that. `None` in place of a line that could not be read. The
/// rules that need a service are left out for lines whose service is not in the book.
pub(super) fn errors(lines: &[Option<ServiceLine>], needs: &[GroupNeed], book: Option<&PriceBook>) -> Vec<(Place, ValidationError)> {
    let mut checked: Vec<CheckedLine<'_>> = Vec::new();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(line) = line else { continue };
        let Some(service) = book.and_then(|book| book.service(line.scenario.service())) else { continue };
        let line = CheckedLine { line, service };
        let of_line = line.errors(&checked, needs);
        found.extend(of_line.into_iter().map(|(field, kind)| (Place::Line(index), ValidationError { field: field.into(), kind })));
        checked.push(line);
    }
    for (index, need) in needs.iter().enumerate() {
        let error = |month| ValidationError { field: format!("slots[{month}]"), kind: ErrorKind::MonthWithoutSlots };
        found.extend(months_without_slots(need, &checked).into_iter().map(|month| (Place::Group(index), error(month))));
    }
    found
}

impl CheckedLine<'_> {
    /// The errors of a line behind these `earlier` ones.
    fn errors(&self, earlier: &[CheckedLine<'_>], needs: &[GroupNeed]) -> Vec<(&'static str, ErrorKind)> {
        let mut found = Vec::new();
        if earlier.iter().any(|earlier| earlier.service.id() == self.service.id()) {
            found.push(("service", ErrorKind::Duplicate));
        }
        if self.service.concurrent().is_none() {
            return found;
        }
        // The slots of a group are paid once, so they have one discount.
        let group = self.service.billing_group();
        let discount = |line: &CheckedLine<'_>| line.line.scenario.discount().concurrent;
        let first = earlier.iter().find(|earlier| earlier.service.billing_group() == group);
        if first.is_some_and(|first| discount(first) != discount(self)) {
            found.push(("discount.concurrent", ErrorKind::ConflictingDiscount));
        }
        let rule = needs.iter().find(|need| need.group == group).and_then(|need| need.rule);
        let (is_queued, is_live) = (matches!(rule, Some(PooledRule::Queued { .. })), matches!(rule, Some(PooledRule::Live { .. })));
        if self.line.scenario.usage().total() > 0 {
            if (is_queued || is_live) && self.line.seconds_per_call.is_none() {
                found.push((SECONDS, ErrorKind::Missing { needed: SECONDS }));
            }
            if is_live && self.line.busy_hour.is_none() {
                found.push(("", ErrorKind::Missing { needed: BUSY_HOUR }));
            }
        }
        found
    }
}

/// The months, counted from 0, for which a group has no slots though one of its lines has calls that need some.
fn months_without_slots(need: &GroupNeed, lines: &[CheckedLine<'_>]) -> Vec<usize> {
    let Some(PooledRule::Slots(slots)) = need.rule else { return Vec::new() };
    let of_group = lines.iter().filter(|line| line.service.billing_group() == need.group && line.service.needs_slots());
    let usages: Vec<[u64; MONTHS]> = of_group.map(|line| line.line.scenario.usage().months()).collect();
    let has_calls = |month: usize| usages.iter().any(|usage| usage.get(month).is_some_and(|&calls| calls > 0));
    slots.iter().enumerate().filter(|&(month, &slots)| slots == 0 && has_calls(month)).map(|(month, _)| month).collect()
}
