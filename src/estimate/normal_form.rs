//! The normal form of an estimate, so that equal questions are equal estimates.
//!
//! What has no effect on the answer is left out: the durations and busiest hours of lines whose group is not sized by them,
//! and the settings of groups without a line. A plan of one's own is complete in every group that it says something about. So
//! an estimate and the scenarios of its lines say the same.

use super::{GroupNeed, ServiceLine};
use crate::capacity::PooledRule;
use crate::order;
use crate::price_book::PriceBook;

/// The lines and settings of an estimate in normal form; `book` is the price book that applies.
pub(super) fn normal(mut lines: Vec<ServiceLine>, given: &[GroupNeed], book: &PriceBook) -> (Vec<ServiceLine>, Vec<GroupNeed>) {
    // A service that is only meant by leaving it out can be meant by one line.
    for line in lines.iter_mut().skip(1).filter(|line| line.scenario.service().is_none()) {
        let first = book.service(None).map(|service| service.id());
        line.scenario = line.scenario.to_builder().service(first).without_check();
    }
    let mut needs: Vec<GroupNeed> = Vec::new();
    for line in &lines {
        let Some(group) = line.group(book).filter(|group| needs.iter().all(|need| need.group != *group)) else { continue };
        let none = || GroupNeed { group: group.into(), rule: None, concurrent_months: None };
        needs.push(given.iter().find(|need| need.group == group).cloned().unwrap_or_else(none));
    }
    for need in &mut needs {
        let mut of_group: Vec<&mut ServiceLine> = lines.iter_mut().filter(|line| line.group(book) == Some(&need.group)).collect();
        for line in &mut of_group {
            line.leave_out_unused(need.rule.as_ref());
        }
        let is_sized = matches!(need.rule, Some(PooledRule::Queued { .. } | PooledRule::Live { .. }));
        if is_sized && of_group.iter().all(|line| line.seconds_per_call.is_none()) {
            need.rule = None;
        }
        let has_plan = of_group.iter().any(|line| line.scenario.plan().is_some());
        if has_plan {
            need.concurrent_months.get_or_insert_default();
        }
        if let Some(months) = &mut need.concurrent_months {
            order::by_key(months, |&month| month.into());
            if let Some(first) = of_group.first_mut().filter(|_| !has_plan) {
                first.scenario = first.scenario.to_builder().purchases([]).without_check();
            }
        }
    }
    needs.retain(|need| need.rule.is_some() || need.concurrent_months.is_some());
    (lines, needs)
}

impl ServiceLine {
    /// Without what does not count where its group's slots are known by this rule.
    fn leave_out_unused(&mut self, rule: Option<&PooledRule>) {
        let is_used = match rule {
            None | Some(PooledRule::Slots(_)) => false,
            Some(PooledRule::Queued { .. }) => true,
            Some(PooledRule::Live { .. }) => self.busy_hour.is_some(),
        };
        self.seconds_per_call = self.seconds_per_call.filter(|_| is_used);
        self.busy_hour = self.busy_hour.filter(|_| matches!(rule, Some(PooledRule::Live { .. })) && self.seconds_per_call.is_some());
    }
}
