//! The editor of a plan of one's own, with what the plan costs beside the cheapest.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::QuotedScenario;
use crate::app::form::{error_sentence, id};
use crate::app::markup::{El, On, button, el, group};
use crate::app::state::{Action, Field, PlanDraft, PlanEdit, PlanPart, PurchaseDraft, SlotsKnown, State};
use crate::price_book::Service;
use crate::quote::Quote;
use crate::scenario::rules::{PACKAGES, purchase_months};
use crate::settlement::Mode;
use crate::typed_number;
use crate::wording::{self, own_plan as words};

/// The buttons that can take the focus.
const ADD_ID: &str = "add-purchase";
const BEGIN_ID: &str = "change-plan";

/// The `id` of the control that takes the focus in a part of the plan.
pub(super) fn focused_id(part: PlanPart) -> String {
    match part {
        PlanPart::Purchase(row) => id(Field::PlanMonth(row)),
        PlanPart::Add => ADD_ID.into(),
        PlanPart::Begin => BEGIN_ID.into(),
    }
}

/// The button that makes the plan editable and, where it is a sender's, the one that drops it.
pub(super) fn begin_buttons(on_action: &Callback<Action>, is_sent: bool) -> El {
    let does = |edit: PlanEdit| on_action.reform(move |_| Action::Plan(edit));
    let back = is_sent.then(|| button("button.button button--plain", words::BACK).on(On::Click, does(PlanEdit::Drop)));
    let begin = button("button.button", words::CHANGE).attr("id", BEGIN_ID).on(On::Click, does(PlanEdit::Begin));
    el("p.recommendation__change").with(begin).with(back)
}

/// What the parts of the editor have in common.
#[derive(Clone, Copy)]
struct Editor<'a> {
    state: &'a State,
    quoted: &'a QuotedScenario,
    on_action: &'a Callback<Action>,
}

/// The editor of `plan`.
pub(super) fn editor(state: &State, quoted: &QuotedScenario, plan: &PlanDraft, on_action: &Callback<Action>) -> El {
    let editor = Editor { state, quoted, on_action };
    let rows = plan.purchases.iter().enumerate().map(|(place, purchase)| editor.row(place + 1, *purchase));
    let add = editor.button("button.button", words::ADD, PlanEdit::Add).attr("id", ADD_ID);
    el("div.own-plan")
        .attr("role", "group")
        .attr("aria-label", words::TITLE)
        .with(editor.costs())
        .with(plan.purchases.is_empty().then(|| el("p.note").with(words::NO_PURCHASES)))
        .with(el("div.own-plan__rows").each(rows))
        .with(editor.slots(plan))
        .with(el("div.own-plan__buttons").with(add).with(editor.button("button.button button--plain", words::BACK, PlanEdit::Drop)))
}

impl Editor<'_> {
    fn button(self, class: &'static str, text: &'static str, edit: PlanEdit) -> El {
        button(class, text).on(On::Click, self.on_action.reform(move |_| Action::Plan(edit)))
    }

    /// The total, how it compares, and what would fail or remain unused.
    fn costs(self) -> El {
        let quote: &Quote = &self.quoted.quote;
        let Some(own) = &quote.own_plan else { return el("p.own-plan__total").with(el("strong").with(words::TITLE)) };
        let (start, unit, shown) = (self.quoted.scenario.start(), self.quoted.unit(), quote.shown_plan());
        let total = el("strong.own-plan__figure").attr("data-testid", "own-total").attr("data-amount", own.total.to_string());
        let total = el("p.own-plan__total")
            .with(el("strong").with(words::TITLE))
            .with(total.with(wording::money(own.total, &quote.currency)))
            .with(words::compared(own, &quote.currency).map(|compared| el("span").with(compared)));
        group()
            .with(total)
            .with(words::failing(&shown, start, unit).map(|failing| el("p.note note--strong").with(failing)))
            .with(words::unused(&shown, unit).map(|unused| el("p.note").with(unused)))
    }

    fn row(self, number: usize, PurchaseDraft { row, month, calls }: PurchaseDraft) -> El {
        let Self { state, quoted, .. } = self;
        let start = quoted.scenario.start();
        let allowed = purchase_months(state.draft.orders);
        let months = (1..=12).filter(|&other| other == month || allowed.contains(other.into()));
        let months = months.map(|other| (other.into(), wording::month_title(start, other), other == month));
        let sold = state.service().map_or(&[][..], Service::packages).iter().map(|package| package.calls);
        let unsold = Some(calls).filter(|&calls| !sold.clone().any(|sold| sold == calls));
        let sizes = sold.chain(unsold).map(|other| (other, wording::units(other, quoted.unit()), other == calls));
        let fields = [Field::PlanMonth(row), Field::PlanSize(row), Field::PlanCount(row)];
        let error = fields.into_iter().find_map(|field| match field {
            Field::PlanMonth(_) => state.errors.get(field).map(|_| words::ONE_ORDER_ONLY.into()),
            _ => error_sentence(state, field),
        });
        let error_id = ["plan-error-", &row.to_string()].concat();
        let [month_label, size_label, count_label] = words::LABELS;
        let labelled = |field: Field, label: &'static str, control: El| {
            let wrong = state.errors.get(field).is_some();
            let control = control.attr("id", id(field)).attr("aria-label", words::name_in_row(label, number));
            let control = control.attr("aria-invalid", wrong.then_some("true")).attr("aria-describedby", wrong.then(|| error_id.clone()));
            (el("label.field__label own-plan__label").attr("for", id(field)).with(label), control)
        };
        let choice =
            |field: Field, label: &'static str, options: &mut dyn Iterator<Item = (u64, String, bool)>, edit: fn(u32, u64) -> PlanEdit| {
                let on_change = self.on_action.reform(move |event: Event| {
                    // The value of a `select` is read as that of an input.
                    let value = event.target_unchecked_into::<HtmlInputElement>().value();
                    Action::Plan(edit(row, value.parse().unwrap_or_default()))
                });
                let option =
                    |(value, text, chosen): (u64, String, bool)| el("option").attr("value", value.to_string()).selected(chosen).with(text);
                let select = el("select.field__input own-plan__select").on(On::Change, on_change).each(options.map(option));
                let (label, select) = labelled(field, label, select);
                el(if state.errors.get(field).is_some() { "div.own-plan__choice field--wrong" } else { "div.own-plan__choice" })
                    .with(label)
                    .with(select)
            };
        let month = choice(fields[0], month_label, &mut months.into_iter(), |row, month| PlanEdit::SetMonth(row, month as u32));
        let size = choice(fields[1], size_label, &mut sizes.into_iter(), PlanEdit::SetSize);
        let [less, more, remove] = words::button_names(number);
        let (label, count) = labelled(fields[2], count_label, self.count(fields[2]));
        let wrong = state.errors.get(fields[2]).is_some();
        let stepper = el("div.own-plan__stepper")
            .with(self.step(fields[2], "−", less, |count| count.saturating_sub(1)))
            .with(el("div.field__box own-plan__box").with(count))
            .with(self.step(fields[2], "+", more, |count| count + 1));
        el("div.own-plan__row")
            .key(row)
            .with(month)
            .with(size)
            .with(el(if wrong { "div.own-plan__count field--wrong" } else { "div.own-plan__count" }).with(label).with(stepper))
            .with(
                self.button("button.button button--plain own-plan__remove", words::REMOVE, PlanEdit::Remove(row))
                    .attr("aria-label", remove),
            )
            .with(el("p.field__error own-plan__error").attr("id", error_id.clone()).with(error))
    }

    /// The text field of a number of packages.
    fn count(self, field: Field) -> El {
        let typed =
            self.on_action.reform(move |event: Event| Action::Type(field, event.target_unchecked_into::<HtmlInputElement>().value()));
        el("input.field__input own-plan__input")
            .attr("type", "text")
            .attr("inputmode", "numeric")
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .value(self.state.draft.text(field))
            .on(On::Input, typed)
            .on(On::Change, self.on_action.reform(move |_| Action::Leave(field)))
    }

    /// A button of the stepper. Without a number, it steps to 1.
    fn step(self, field: Field, sign: &'static str, name: String, step: fn(u64) -> u64) -> El {
        let count = typed_number::read(self.state.draft.text(field), PACKAGES.most).ok();
        let next = Some(count.map_or(PACKAGES.least, step)).filter(|&next| PACKAGES.contains(next));
        let on_click = self.on_action.clone();
        // A button at its limit keeps the focus.
        button("button.button own-plan__step", sign).attr("aria-label", name).attr("aria-disabled", next.is_none().then_some("true")).on(
            On::Click,
            Callback::from(move |_: Event| {
                if let Some(next) = next {
                    on_click.emit(Action::Type(field, wording::grouped(next)));
                }
            }),
        )
    }

    /// The months with calls, to choose those billed by slots; and those that cannot be.
    fn slots(self, plan: &PlanDraft) -> Option<El> {
        let Self { state, quoted, on_action } = self;
        let (quote, start) = (&quoted.quote, quoted.scenario.start());
        state.service()?.concurrent()?;
        let with_calls = || quote.months.iter().filter(|row| row.calls > 0).map(|row| row.month);
        let chosen = |month: u32| plan.concurrent_months.contains(&month);
        if state.draft.slots == SlotsKnown::No && !with_calls().any(chosen) {
            return None;
        }
        let month = |month: u32| {
            let other = if chosen(month) { Mode::PerCall } else { Mode::Concurrent };
            let input = el("input.own-plan__check").attr("type", "checkbox").checked(chosen(month));
            let input = input.on(On::Change, on_action.reform(move |_| Action::Plan(PlanEdit::SetMode(month, other))));
            el("label.own-plan__month").key(month).with(input).with(wording::month_label(start, month))
        };
        let error = state.errors.get(Field::PlanSlots).zip(quote.own_plan.as_ref()).map(|(error, own)| {
            let not: Vec<u32> = own
                .months
                .iter()
                .filter(|month| month.row.mode == Mode::PerCall && month.row.calls > 0 && chosen(month.row.month))
                .map(|month| month.row.month)
                .collect();
            quoted.in_unit(&words::not_by_slots(&not, error, start))
        });
        Some(
            el("fieldset.group own-plan__slots")
                .with(el("legend.group__legend own-plan__label").with(words::SLOT_MONTHS))
                .with(el("div.own-plan__months").each(with_calls().map(month)))
                .with(el("p.field__error").with(error)),
        )
    }
}
