//! What several services cost, each and for the slots that they share, and what sharing saves.

use super::contents::{Contents, CostItem};
use super::parts::{Cell, Column, Part, Section};
use crate::estimate::SharedMonth;
use crate::ledger::MonthRow;
use crate::money::Money;
use crate::settlement::Mode;
use crate::wording::export::{
    COST_COLUMNS, COSTS_HEADING, PayingWays, SHARING_HEADING, SharedSlots, TOTAL_ROW, paying_ways, shared_slots, sharing_sentence,
};
use crate::wording::{calls, money};

/// The table of costs by service; `None` where there is only one.
pub(super) fn costs(contents: &Contents<'_>) -> Option<Section> {
    if contents.only_item().is_some() {
        return None;
    }
    let row = |item: &CostItem<'_>| -> Vec<Cell> {
        let (name, count) = if item.is_shared() {
            (shared_slots(&item.name), String::new())
        } else {
            (item.name.clone(), item.in_unit(&calls(item.calls())))
        };
        [name, count, item.in_unit(&paying_ways(ways(item))), money(item.plan.total, contents.currency)].map(Cell::from).into()
    };
    let is_paid = |item: &&CostItem<'_>| !item.is_shared() || item.plan.rows().any(|month| month.slots > 0);
    let all = contents.unit().map(|_| contents.in_unit(&calls(contents.items.iter().map(CostItem::calls).sum())));
    let total = [TOTAL_ROW.into(), all.unwrap_or_default(), String::new(), money(contents.total, contents.currency)].map(Cell::from);
    let [service, count, paid_by, cost] = COST_COLUMNS;
    let columns = vec![Column::words(service), Column::figures(&contents.in_unit(count)), Column::words(paid_by), Column::figures(cost)];
    let rows = contents.items.iter().filter(is_paid).map(row).collect();
    Some(Section { heading: COSTS_HEADING, parts: vec![Part::Table { columns, rows, total: Some(total.into()) }] })
}

/// The ways of paying that an item uses in some month.
fn ways(item: &CostItem<'_>) -> PayingWays {
    let any = |used: fn(&MonthRow) -> bool| item.plan.rows().any(used);
    let slots = || item.plan.rows().map(|month| month.slots).filter(|&slots| slots > 0);
    PayingWays {
        free: any(|month| month.free > 0),
        packages: any(|month| month.prepaid > 0) || !item.plan.purchases.is_empty(),
        postpaid: any(|month| month.postpaid > 0),
        slots: slots().min().zip(slots().max()),
        shared_slots: any(|month| month.mode == Mode::Concurrent && month.calls > 0 && month.slots == 0),
        add_on_slots: any(|month| month.add_on_slots.is_some_and(|slots| slots > 0)),
    }
}

/// What sharing slots saves; `None` where it saves none.
pub(super) fn sharing(contents: &Contents<'_>) -> Option<Section> {
    let sentences = contents.items.iter().filter(|item| item.is_shared()).filter_map(|item| {
        let shared = saved(contents, item)?;
        Some(Part::Sentence(sharing_sentence(&item.name, &shared, contents.currency)))
    });
    let parts: Vec<Part> = sentences.collect();
    (!parts.is_empty()).then_some(Section { heading: SHARING_HEADING, parts })
}

/// What sharing saves over all groups; `None` where it saves nothing, or where the amount is not known.
pub(super) fn total_saved(contents: &Contents<'_>) -> Option<Money> {
    let groups = contents.items.iter().filter(|item| item.is_shared()).filter_map(|item| saved(contents, item));
    let sums: Option<Vec<Money>> = groups.map(|shared| shared.saved).collect();
    sums?.into_iter().try_fold(Money::ZERO, Money::plus).ok().filter(|sum| !sum.is_zero())
}

/// The slots of a group's concurrent months, together and each for itself; `None` where sharing saves none.
fn saved(contents: &Contents<'_>, item: &CostItem<'_>) -> Option<SharedSlots> {
    let group = item.service?.billing_group();
    let quote = contents.estimate?.quote;
    let sizing = quote.groups.iter().find(|row| row.group == group)?.sizing.as_ref()?;
    let is_paid = |month: &&SharedMonth| item.plan.rows().any(|row| row.month == month.month && row.slots > 0);
    let months: Vec<(u64, u64)> =
        sizing.months.iter().filter(is_paid).filter_map(|month| Some((month.slots?, month.separate_slots?))).collect();
    let slot_months: u64 = months.iter().map(|(together, separate)| separate.saturating_sub(*together)).sum();
    let &first = months.first()?;
    (slot_months > 0).then(|| SharedSlots {
        together: months.iter().map(|month| month.0).max().unwrap_or(first.0),
        separate: months.iter().map(|month| month.1).max().unwrap_or(first.1),
        varies: months.iter().any(|&month| month != first),
        saved: price_of(contents, item, slot_months),
    })
}

/// The price of so many slots for a month; `None` where it depends on how many are paid together.
fn price_of(contents: &Contents<'_>, item: &CostItem<'_>, slots: u64) -> Option<Money> {
    let service = item.service?;
    let [tier] = &service.concurrent()?.tiers[..] else { return None };
    // All services of a group have the same discount on slots.
    let mut of_service = contents.services().filter(|(line, _)| line.service.is_some_and(|line| line.id() == service.id()));
    let (_, scenario) = of_service.next()?;
    tier.price_per_slot_month.discounted(scenario.discount().concurrent).times(slots).ok()
}
