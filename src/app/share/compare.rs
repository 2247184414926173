//! The table that compares two estimates.

use yew::prelude::*;

use super::record::Estimate;
use crate::app::markup::el;
use crate::app::state::{JointAnswer, State};
use crate::notes::NoteField;
use crate::quote::PurchaseRow;
use crate::scenario::CalendarMonth;
use crate::wording::export::{about, names, packages_of, shared_slots};
use crate::wording::list_price::sums;
use crate::wording::{self, assumptions, share as words, strategy_name};

/// The properties of [`Compare`].
#[derive(Properties, PartialEq)]
pub(super) struct CompareProps {
    /// An empty form with the page's prices.
    pub empty: State,
    pub left: Estimate,
    pub right: Estimate,
}

/// Two estimates side by side, quoted with today's prices, with their differences marked.
#[component]
pub(super) fn Compare(props: &CompareProps) -> Html {
    let CompareProps { empty, left, right } = props;
    let lines = use_memo((left.link.clone(), right.link.clone()), |(left, right)| pairs(lines(empty, left), lines(empty, right)));
    let row = |(label, left, right): &(String, String, String)| {
        let differs = left != right;
        let mark = differs.then(|| el("span.compare__mark").with(words::DIFFERENT));
        el(if differs { "tr.compare__row--differs" } else { "tr" })
            .with(el("th").attr("scope", "row").with(el("span").with(label.clone())).with(mark))
            .with(el("td").with(left.clone()))
            .with(el("td").with(right.clone()))
    };
    let head = |text: String| el("th").attr("scope", "col").with(text);
    el("table.compare")
        .with(el("caption.visually-hidden").with(words::COMPARE))
        .with(el("thead").with(el("tr").each([words::ITEM.into(), left.name.clone(), right.name.clone()].map(head))))
        .with(el("tbody").each(lines.iter().map(row)))
        .into()
}

/// The costs and assumptions of an estimate, and its quoted total where that is not today's total.
fn lines(empty: &State, link: &str) -> Vec<(String, String)> {
    let state = empty.clone().opened(link);
    let quoted = state.origin.as_ref().and_then(|origin| origin.opened.quoted.as_ref()).map(ToString::to_string);
    if let Some(joint) = &state.joint {
        return joint_lines(&state, joint, quoted);
    }
    let (Some(scenario), Some(quote)) = (&state.scenario, &state.quote) else {
        return vec![(words::TOTAL.into(), words::NOT_AVAILABLE.into())];
    };
    let money = |amount: &dyn ToString| wording::money(amount.to_string(), &quote.currency);
    let mut lines = vec![(words::TOTAL.into(), money(&quote.total))];
    if let Some(quoted) = quoted.filter(|quoted| *quoted != quote.total.to_string()) {
        lines.push((words::QUOTED_AT.into(), money(&quoted)));
    }
    if let Some(list_price) = &quote.list_price {
        let [list, discounts, _] = sums(list_price, quote.total, &quote.currency);
        lines.extend([list, discounts].map(|(label, amount)| (label.into(), amount)));
    }
    if let Some(own) = &quote.own_plan {
        lines.push((words::OWN_PLAN.into(), money(&own.total)));
    }
    lines.extend(notes(&state));
    let bought = quote.own_plan.as_ref().map_or(&quote.purchases, |own| &own.purchases);
    lines.push((words::BUYS.into(), purchases(scenario.start(), bought)));
    for row in &quote.alternatives {
        lines.push((strategy_name(row.strategy).into(), row.total.map_or_else(|| words::NOT_AVAILABLE.into(), |total| money(&total))));
    }
    lines.extend(assumptions(scenario).into_iter().map(|line| (line.label.into(), line.text)));
    lines
}

/// The same of several services: what each of them costs, and their shared slots.
fn joint_lines(state: &State, joint: &JointAnswer, quoted: Option<String>) -> Vec<(String, String)> {
    let JointAnswer { estimate, quote } = joint;
    let money = |amount: &dyn ToString| wording::money(amount.to_string(), &quote.currency);
    let mut lines = vec![(words::TOTAL.into(), money(&quote.total))];
    if let Some(quoted) = quoted.filter(|quoted| *quoted != quote.total.to_string()) {
        lines.push((words::QUOTED_AT.into(), money(&quoted)));
    }
    if let Some(own) = &quote.own_plan {
        lines.push((words::OWN_PLAN.into(), money(&own.total)));
    }
    lines.extend(notes(state));
    for (line, row) in estimate.lines().iter().zip(&quote.services) {
        lines.push((row.name.clone(), money(&row.subtotal)));
        let of_line = wording::line_assumptions(line).into_iter();
        lines.extend(of_line.map(|assumption| (about(&row.name, assumption.label), assumption.text)));
    }
    for group in quote.groups.iter().filter(|group| !group.total.is_zero()) {
        lines.push((shared_slots(&names(&quote.names_of(group))), money(&group.total)));
    }
    for group in &quote.groups {
        let slots = wording::slots_assumption(estimate.slots_rule(&group.group));
        lines.push((about(&names(&quote.names_of(group)), slots.label), slots.text));
    }
    for row in &quote.alternatives {
        lines.push((strategy_name(row.strategy).into(), row.total.map_or_else(|| words::NOT_AVAILABLE.into(), |total| money(&total))));
    }
    lines.extend(wording::estimate_assumptions(estimate).into_iter().map(|line| (line.label.into(), line.text)));
    lines
}

/// The notes that are filled in.
fn notes(state: &State) -> impl Iterator<Item = (String, String)> {
    let notes = NoteField::ALL.map(|field| (wording::note_label(field).to_owned(), note(state, field)));
    notes.into_iter().filter(|(_, text)| !text.is_empty())
}

/// A note as people read it.
fn note(state: &State, field: NoteField) -> String {
    match (field, state.notes.valid_until()) {
        (NoteField::ValidUntil, Some(until)) => wording::day(until),
        _ => state.notes.get(field),
    }
}

/// What is bought, month by month.
fn purchases(start: Option<CalendarMonth>, rows: &[PurchaseRow]) -> String {
    let of_row = |row: &PurchaseRow| [&wording::month_title(start, row.month), ": ", &packages_of(row.count, row.calls)].concat();
    if rows.is_empty() { words::BUYS_NOTHING.into() } else { rows.iter().map(of_row).collect::<Vec<_>>().join("; ") }
}

/// Joins lines with the same label; a line that only one side has gets an empty cell on the other.
fn pairs(left: Vec<(String, String)>, right: Vec<(String, String)>) -> Vec<(String, String, String)> {
    let mut rest = right;
    let mut pairs = Vec::new();
    for (label, text) in left {
        let other = rest.iter().position(|(name, _)| *name == label).map(|place| rest.remove(place).1);
        pairs.push((label, text, other.unwrap_or_default()));
    }
    pairs.extend(rest.into_iter().map(|(label, text)| (label, String::new(), text)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, differing: &[&str]) {
        let pairs = pairs(lines(&State::new(), left), lines(&State::new(), right));
        let found: Vec<&str> = pairs.iter().filter(|(_, a, b)| a != b).map(|(label, ..)| label.as_str()).collect();
        assert_eq!(found, differing);
    }

    #[test]
    fn marks_the_lines_that_differ() {
        check("v=1&calls=300", "v=1&calls=300", &[]);
        let dated = ["Packages to buy", "Postpaid only", "Postpaid", "First month"];
        check("v=1&calls=300", "v=1&calls=300&postpaid=off&start=2027-01", &dated);
        check("v=1&calls=300&customer=A&by=B", "v=1&calls=300&customer=C&by=B&until=2027-01-31", &["Customer", "Valid until"]);
        check("v=1&calls=5", "v=1&calls=5&buy=1%3A100x1", &["Packages to buy", "Plan chosen by the sender"]);
        // Both totals are today's; the quoted total is a line of its own.
        check("v=1&calls=300&quoted=1260.00", "v=1&calls=300&quoted=1350.00", &["Quoted at"]);
        // An estimate without an answer has one line.
        let unanswered = pairs(lines(&State::new(), "v=1&calls=300"), lines(&State::new(), "v=1&free=5"));
        assert_eq!(unanswered[0], ("Total per year".into(), "$1,260.00".into(), "not available".into()));
    }
}
