//! Edits of a plan of one's own, and its answer.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::reading::Errors;
use super::{Field, State};
use crate::entry::EntryError;
use crate::price_book::{PriceBook, Service};
use crate::problem::ValidationError;
use crate::quote::{Quote, quote};
use crate::scenario::{OwnPlan, OwnPurchase, Scenario};
use crate::settlement::Mode;

/// An edit of a plan of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanEdit {
    /// Makes the plan editable; where there is none, it begins as the recommended one.
    Begin,
    /// Adds a purchase.
    Add,
    /// Removes the purchase of a row.
    Remove(u32),
    /// Moves the purchase of a row to another month.
    SetMonth(u32, u32),
    /// Buys packages of another size in a row.
    SetSize(u32, u64),
    /// Chooses the billing mode of a month.
    SetMode(u32, Mode),
    /// Drops the plan, so that the recommended one is back.
    Drop,
}

/// The part of the plan to which an edit moves the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanPart {
    /// The row of a purchase.
    Purchase(u32),
    /// The button that adds a purchase.
    Add,
    /// The button that makes the plan editable.
    Begin,
}

impl State {
    pub(super) fn edit_plan(&mut self, edit: PlanEdit) {
        let recommended = self.quote.as_deref().filter(|_| !self.is_stale()).map(recommended);
        let sizes: Vec<u64> = self.service().map_or(&[][..], Service::packages).iter().map(|package| package.calls).collect();
        let draft = Rc::make_mut(&mut self.draft);
        let row_or_add = |row: Option<u32>| Some(row.map_or(PlanPart::Add, PlanPart::Purchase));
        self.plan_focus = match edit {
            PlanEdit::Begin => {
                if let (None, Some(recommended)) = (&draft.plan, recommended) {
                    draft.write_plan(&recommended);
                }
                draft.plan.as_ref().and_then(|plan| row_or_add(plan.purchases.first().map(|purchase| purchase.row)))
            }
            PlanEdit::Add => row_or_add(draft.add_purchase(sizes.into_iter())),
            PlanEdit::Remove(row) => row_or_add(draft.remove_purchase(row)),
            PlanEdit::SetMonth(row, month) => {
                draft.change_purchase(row, |purchase| purchase.month = month);
                None
            }
            PlanEdit::SetSize(row, calls) => {
                draft.change_purchase(row, |purchase| purchase.calls = calls);
                None
            }
            PlanEdit::SetMode(month, mode) => {
                let months = draft.plan.iter_mut().map(|plan| &mut plan.concurrent_months);
                months.for_each(|months| set_mode(months, month, mode));
                None
            }
            PlanEdit::Drop => {
                draft.drop_plans();
                Some(PlanPart::Begin)
            }
        };
    }

    /// Takes a plan that was dropped out of the last answer, which stays while a field has an error.
    pub(super) fn forget_dropped_plan(&mut self, book: &PriceBook) {
        if let (None, Some(scenario), Some(quote)) = (&self.draft.plan, &mut self.scenario, &mut self.quote)
            && quote.own_plan.is_some()
            && let Ok(without) = scenario.to_builder().plan(None).build(book)
        {
            *scenario = Rc::new(without);
            Rc::make_mut(quote).own_plan = None;
        }
    }
}

/// Keeps the months in order.
fn set_mode(months: &mut Vec<u32>, month: u32, mode: Mode) {
    months.retain(|&other| other != month);
    if mode == Mode::Concurrent {
        let place = months.iter().take_while(|&&other| other < month).count();
        months.insert(place, month);
    }
}

/// The recommended plan as one's own.
fn recommended(quote: &Quote) -> OwnPlan {
    let purchases = quote.purchases.iter().map(|row| OwnPurchase { month: row.month, calls: row.calls, count: row.count });
    let concurrent = quote.months.iter().filter(|row| row.mode == Mode::Concurrent && row.calls > 0);
    OwnPlan { purchases: purchases.collect(), concurrent_months: concurrent.map(|row| row.month).collect() }
}

/// The answer to a scenario. Months that its plan wants to be concurrent and that cannot be, are left to billing per call, with
/// the error of the first of them: the rest of the plan stands.
pub(super) fn answer_to(scenario: Scenario, book: &PriceBook, errors: &mut Errors) -> Result<(Scenario, Quote), Vec<ValidationError>> {
    let refused = match quote(&scenario, book) {
        Ok(quote) => return Ok((scenario, quote)),
        Err(refused) => refused,
    };
    let is_refused = |index: usize| {
        let field = format!("plan.concurrent_months[{index}]");
        refused.iter().any(|error| error.field == field)
    };
    let Some(plan) = scenario.plan() else { return Err(refused) };
    let months = plan.concurrent_months.iter().enumerate();
    let concurrent_months: Vec<u32> = months.filter(|&(index, _)| !is_refused(index)).map(|(_, &month)| month).collect();
    let (Some(first), false) = (refused.first(), concurrent_months.len() == plan.concurrent_months.len()) else { return Err(refused) };
    let rest = OwnPlan { purchases: plan.purchases.clone(), concurrent_months };
    let scenario = scenario.to_builder().plan(Some(rest)).build(book)?;
    let quote = quote(&scenario, book)?;
    errors.insert(Field::PlanSlots, EntryError::Refused(first.kind.clone()));
    Ok((scenario, quote))
}
