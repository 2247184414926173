//! The plan of one's own in a draft.
//!
//! A count that is no number keeps the draft from being a scenario, as every number does. A purchase that later choices have made
//! impossible does not: it is left out with its error, and the rest of the plan stands.

use super::Reader;
use crate::app::state::draft::{Field, PurchaseDraft};
use crate::entry::EntryError;
use crate::order;
use crate::price_book::Service;
use crate::problem::ErrorKind;
use crate::scenario::{OwnPlan, OwnPurchase, rules};

impl Reader<'_> {
    /// The plan, in which purchases of the same month and size are one.
    pub(super) fn plan(&mut self, service: Option<&Service>) -> Option<OwnPlan> {
        let draft = self.draft;
        let plan = draft.plan.as_ref()?;
        let months = rules::purchase_months(draft.orders);
        let sizes: Vec<u64> = service.iter().flat_map(|service| service.packages()).map(|package| package.calls).collect();
        let mut purchases: Vec<OwnPurchase> = Vec::new();
        let mut bought: u64 = 0;
        for &PurchaseDraft { row, month, calls } in &plan.purchases {
            let count = self.whole(Field::PlanCount(row), rules::PACKAGES);
            if !months.contains(month.into()) {
                self.errors.insert(Field::PlanMonth(row), EntryError::Refused(ErrorKind::OutOfRange(months)));
                continue;
            }
            if !sizes.contains(&calls) {
                self.errors.insert(Field::PlanSize(row), EntryError::Refused(ErrorKind::UnknownPackage { known: sizes.clone() }));
                continue;
            }
            let Some(count) = count else { continue };
            bought = bought.saturating_add(calls.saturating_mul(count));
            if bought > rules::CALLS.most {
                let above_limit = ErrorKind::OrderAboveLimit { most: rules::CALLS.most };
                self.errors.insert(Field::PlanCount(row), EntryError::Refused(above_limit));
                continue;
            }
            match purchases.iter_mut().find(|same| (same.month, same.calls) == (month, calls)) {
                Some(same) => same.count += count,
                None => purchases.push(OwnPurchase { month, calls, count }),
            }
        }
        order::by_key(&mut purchases, |purchase| order::pair(purchase.month, purchase.calls));
        Some(OwnPlan { purchases, concurrent_months: plan.concurrent_months.clone() })
    }
}
