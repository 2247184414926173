//! The form.
//!
//! Its fields show the text as typed; [`state`](super::state) reads it. On load it has only the three fields that matter
//! most; the others are behind "More options".

mod assumptions;
mod capacity;
mod choice;
mod owned;
mod slider;
mod text_field;
mod volume;

use yew::prelude::*;

use self::owned::Rows;
use self::text_field::text_field;
pub(super) use self::text_field::{error_sentence, id, name};
use super::markup::{El, On, button, el};
use super::state::{Action, Field, State};
use crate::notes::NoteField;
use crate::planner::Orders;
use crate::settlement::Postpaid;
use crate::wording::form::Named;
use crate::wording::share::NOTES;
use crate::wording::{self, form as words, page};

/// The form's properties.
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// The state to show.
    pub state: State,
    /// Called with every action.
    pub on_action: Callback<Action>,
}

/// The arguments of every part of the form.
#[derive(Clone, Copy)]
struct View<'a> {
    state: &'a State,
    on_action: &'a Callback<Action>,
}

impl View<'_> {
    /// A callback that dispatches `action` on any event.
    #[inline(never)]
    fn does(&self, action: Action) -> Callback<Event> {
        self.on_action.reform(move |_| action.clone())
    }
}

/// The form.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let view = View { state: &props.state, on_action: &props.on_action };
    let rows = Rows { fresh: &use_node_ref(), add: &use_node_ref() };
    // A person who added a row wants to type in it next.
    use_effect_with(view.state.fresh_row, rows.focus_fresh());
    form(view, rows).into()
}

fn form(view: View<'_>, rows: Rows<'_>) -> El {
    let state = view.state;
    let (expanded, hidden) = if state.more_open { ("true", None) } else { ("false", Some("")) };
    el("form.form panel")
        .attr("aria-label", words::FORM)
        .attr("novalidate", "")
        .on(On::Submit, Callback::from(|event: Event| event.prevent_default()))
        .with(volume::volume(view))
        .with(text_field(view, Field::Free))
        .with(postpaid(view))
        .with(
            el("div.form__buttons")
                .with(
                    button("button.button form__more", words::MORE)
                        .attr("aria-expanded", expanded)
                        .attr("aria-controls", "more-options")
                        .on(On::Click, view.does(Action::ToggleMore)),
                )
                .with(
                    button("button.button", words::UNDO)
                        .attr("aria-disabled", (!state.can_undo()).then_some("true"))
                        .on(On::Click, view.does(Action::Undo)),
                )
                .with(
                    button("button.button", page::REDO)
                        .attr("aria-disabled", (!state.can_redo()).then_some("true"))
                        .on(On::Click, view.does(Action::Redo)),
                )
                .with(button("button.button", words::RESET).on(On::Click, view.does(Action::Reset))),
        )
        .with(el("div.form__options").attr("id", "more-options").attr("hidden", hidden).with(state.more_open.then(|| more(view, rows))))
        .with(total(state))
}

/// The total, for small screens that the form fills. The recommendation announces it, so it is hidden here.
fn total(state: &State) -> El {
    let total = state.quote.as_ref().filter(|_| !state.is_stale()).map(|quote| wording::money(quote.total, &quote.currency));
    let per = total.is_some().then_some(wording::PER_YEAR);
    el("p.form__total").attr("aria-hidden", "true").with(total.map(|total| el("strong").with(total))).with(per)
}

fn more(view: View<'_>, rows: Rows<'_>) -> El {
    super::markup::group()
        .with(volume::shape(view))
        .with(text_field(view, Field::Start))
        .with(orders(view))
        .with(owned::owned(view, rows))
        .with(capacity::slots(view))
        .with(discount(view))
        .with(field_group(NOTES).each(NoteField::ALL.map(|note| text_field(view, Field::Note(note)))))
        .with(assumptions::assumptions(view))
}

/// A group of fields with a legend.
fn field_group(legend: &'static str) -> El {
    el("fieldset.group").with(el("legend.group__legend").with(legend))
}

fn postpaid(view: View<'_>) -> El {
    let on = view.state.draft.postpaid == Postpaid::On;
    let switched = if on { Postpaid::Off } else { Postpaid::On };
    switch(view, "postpaid", words::POSTPAID, on, Action::SetPostpaid(switched))
}

fn orders(view: View<'_>) -> El {
    let once = view.state.draft.orders == Orders::Once;
    let switched = if once { Orders::Any } else { Orders::Once };
    switch(view, "orders", words::BUY_ONCE, once, Action::SetOrders(switched))
}

fn switch(view: View<'_>, id: &'static str, words: Named, on: bool, action: Action) -> El {
    let hint = [id, "-hint"].concat();
    el("div.switch")
        .with(
            el("input.switch__input")
                .attr("id", id)
                .attr("type", "checkbox")
                .attr("role", "switch")
                .checked(on)
                .attr("aria-describedby", hint.clone())
                .on(On::Change, view.does(action)),
        )
        .with(
            el("div.switch__text")
                .with(el("label.switch__label").attr("for", id).with(words.name))
                .with(el("p.field__hint").attr("id", hint).with(words.hint)),
        )
}

fn discount(view: View<'_>) -> El {
    let fields = [Field::DiscountPackages, Field::DiscountPostpaid, Field::DiscountConcurrent];
    field_group(words::DISCOUNT.name)
        .attr("aria-describedby", "discount-hint")
        .with(el("p.field__hint group__hint").attr("id", "discount-hint").with(words::DISCOUNT.hint))
        .with(el("div.group__fields").each(fields.map(|field| text_field(view, field))))
}
