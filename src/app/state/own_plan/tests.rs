//! Tests of a plan of one's own in the page's state.

use super::*;
use crate::app::form::error_sentence;
use crate::app::state::{Action, SlotsKnown};
use crate::planner::Orders;

/// 12,000 even calls, whose recommended plan is made one's own.
fn begun() -> State {
    edited(&State::new().after(Action::Type(Field::Calls, "12000".into())), PlanEdit::Begin)
}

fn edited(state: &State, edit: PlanEdit) -> State {
    state.after(Action::Plan(edit))
}

fn typed(state: &State, field: Field, text: &str) -> State {
    state.after(Action::Type(field, text.into()))
}

/// The purchases as in a link, the total of the plan, and the total of the cheapest one.
fn priced(state: &State) -> (String, String, String) {
    let own = state.quote.as_ref().and_then(|quote| quote.own_plan.clone()).expect("a plan");
    let bought: Vec<String> = own.purchases.iter().map(|row| format!("{}:{}x{}", row.month, row.calls, row.count)).collect();
    (bought.join(","), own.total.to_string(), state.quote.as_ref().expect("a quote").total.to_string())
}

#[track_caller]
fn check(state: &State, bought: &str, own: &str, cheapest: &str) {
    assert_eq!(priced(state), (bought.into(), own.into(), cheapest.into()));
}

fn rows(state: &State) -> Vec<u32> {
    state.draft.plan.iter().flat_map(|plan| &plan.purchases).map(|purchase| purchase.row).collect()
}

/// One package of 10,000 calls in month 1, in place of month 3.
fn one_large() -> State {
    edited(&begun(), PlanEdit::SetMonth(0, 1))
}

#[test]
fn a_plan_begins_as_the_recommended_one() {
    let state = begun();
    check(&state, "3:10000x1", "44600.00", "44600.00");
    assert_eq!(state.plan_focus, Some(PlanPart::Purchase(0)));
    let undone = state.after(Action::Undo);
    assert!(undone.draft.plan.is_none() && undone.quote.is_some_and(|quote| quote.own_plan.is_none()));
}

#[test]
fn an_edited_plan_is_priced_beside_the_cheapest() {
    check(&one_large(), "1:10000x1", "44600.00", "44600.00");
    let state = edited(&one_large(), PlanEdit::SetSize(0, 1_000));
    check(&state, "1:1000x1", "45600.00", "44600.00");
    let dropped = edited(&state, PlanEdit::Drop);
    assert!(dropped.draft == begun().after(Action::Undo).draft && dropped.plan_focus == Some(PlanPart::Begin));
    check(&dropped.after(Action::Undo), "1:1000x1", "45600.00", "44600.00");
    // A link keeps it, and more calls are priced with both plans.
    let link = state.link().expect("an answer").expect("a link");
    assert!(link.contains("&buy=1%3A1000x1&"), "{link}");
    check(&State::at(&link), "1:1000x1", "45600.00", "44600.00");
    check(&typed(&state, Field::Calls, "24000"), "1:1000x1", "91200.00", "89200.00");
}

#[test]
fn a_count_that_is_no_number_keeps_its_text_and_the_last_answer() {
    for text in ["", "x", "0", "1000000000001", "1e30"] {
        let state = typed(&one_large(), Field::PlanCount(0), text);
        assert!(state.is_stale() && error_sentence(&state, Field::PlanCount(0)).is_some(), "{text}");
        assert_eq!(state.draft.text(Field::PlanCount(0)), text);
        check(&state, "1:10000x1", "44600.00", "44600.00");
    }
    let state = typed(&one_large(), Field::PlanCount(0), "100000001");
    assert_eq!(error_sentence(&state, Field::PlanCount(0)).as_deref(), Some("Buy packages of at most 1,000,000,000,000 calls together."));
    // A plan can be dropped from an answer that is out of date for another reason.
    let stale = edited(&typed(&one_large(), Field::Calls, "many"), PlanEdit::Drop);
    assert!(stale.is_stale() && stale.quote.is_some_and(|quote| quote.own_plan.is_none()));
}

#[test]
fn purchases_of_the_same_month_and_size_are_one() {
    let state = edited(&edited(&one_large(), PlanEdit::Add), PlanEdit::SetMonth(1, 1));
    let new = rows(&state)[1];
    let state = typed(&edited(&state, PlanEdit::SetMonth(new, 1)), Field::PlanCount(new), "2");
    assert_eq!((priced(&state).0.as_str(), rows(&state).len()), ("1:10000x3", 2));
}

#[test]
fn the_focus_moves_to_the_row_in_place_of_a_removed_one() {
    let state = edited(&one_large(), PlanEdit::Add);
    let [first, second] = rows(&state)[..] else { panic!("two rows") };
    assert_eq!(state.plan_focus, Some(PlanPart::Purchase(second)));
    assert_eq!(edited(&state, PlanEdit::Remove(first)).plan_focus, Some(PlanPart::Purchase(second)));
    let one = edited(&state, PlanEdit::Remove(second));
    assert_eq!(one.plan_focus, Some(PlanPart::Purchase(first)));
    let none = edited(&one, PlanEdit::Remove(first));
    assert_eq!((none.plan_focus, priced(&none).0.as_str()), (Some(PlanPart::Add), ""));
    // Each step of the number is one to undo.
    let two = typed(&typed(&one, Field::PlanCount(first), "2"), Field::PlanCount(first), "3").after(Action::Undo);
    assert_eq!(priced(&two).0, "1:10000x2");
}

#[test]
fn one_order_a_year_leaves_later_purchases_out() {
    let state = edited(&one_large(), PlanEdit::Add);
    let later = rows(&state)[1];
    assert_eq!(priced(&state).0, "1:10000x1,2:10000x1");
    let once = state.after(Action::SetOrders(Orders::Once));
    assert!(!once.is_stale() && once.errors.get(Field::PlanMonth(later)).is_some());
    assert_eq!(priced(&once).0, "1:10000x1");
    assert_eq!(priced(&once.after(Action::SetOrders(Orders::Any))).0, "1:10000x1,2:10000x1");
}

#[test]
fn concurrent_months_that_cannot_be_are_billed_per_call() {
    let concurrent = |state: &State| -> Vec<u32> {
        let months = state.quote.as_ref().and_then(|quote| quote.own_plan.as_ref()).expect("a plan").months.iter();
        months.filter(|month| month.row.mode == Mode::Concurrent && month.row.calls > 0).map(|month| month.row.month).collect()
    };
    let slots = typed(&one_large().after(Action::SetSlots(SlotsKnown::Directly)), Field::Slots, "2");
    let state = [8, 7].into_iter().fold(slots, |state, month| edited(&state, PlanEdit::SetMode(month, Mode::Concurrent)));
    assert_eq!(concurrent(&state), [7, 8]);
    let refused = |state: &State| (state.is_stale(), state.errors.get(Field::PlanSlots).is_some());
    // No month of the plan, more slots than are sold, and slots that nobody knows.
    let none = edited(&edited(&state, PlanEdit::SetMode(7, Mode::PerCall)), PlanEdit::SetMode(8, Mode::PerCall));
    assert_eq!((concurrent(&none), refused(&none)), (Vec::new(), (false, false)));
    for change in [Action::Type(Field::Slots, "51".into()), Action::SetSlots(SlotsKnown::No)] {
        let without = state.after(change);
        assert_eq!((concurrent(&without), refused(&without)), (Vec::new(), (false, true)));
        assert_eq!(priced(&without).0, "1:10000x1");
        assert_eq!(concurrent(&without.after(Action::Undo)), [7, 8]);
    }
    // A month that has no calls any more is no error, and concurrent again when it has some.
    let without_july = state.after(Action::PasteMonths(0, "1000 1000 1000 1000 1000 1000 0 1000 1000 1000 1000 1000".replace(' ', "\n")));
    let without_july = without_july.after(Action::SetShape(crate::app::state::Shape::Monthly));
    assert_eq!(refused(&without_july), (false, false));
}

#[test]
fn an_opened_plan_is_editable_without_a_step_to_undo() {
    let link = one_large().link().expect("an answer").expect("a link");
    let opened = State::at(&link);
    let begun = edited(&opened, PlanEdit::Begin);
    assert!(opened.origin.is_some() && begun.origin.is_none() && !begun.can_undo() && !begun.more_open);
    check(&begun, "1:10000x1", "44600.00", "44600.00");
}
