//! The form.
//!
//! Its fields show the text as typed; [`state`](super::state) reads it. On load it has only the three fields that matter
//! most; the others are behind "More options".

mod assumptions;
mod capacity;
mod choice;
mod lines;
mod owned;
mod question;
mod slider;
mod summary;
mod text_field;
mod volume;

use yew::prelude::*;

pub(super) use self::lines::SERVICE_ID;
use self::owned::Rows;
pub(super) use self::question::question;
use self::summary::{OptionsPart, Summary, summary};
use self::text_field::text_field;
pub(super) use self::text_field::{error_sentence, id, name};
use super::markup::{El, On, button, el};
use super::state::{Action, Field, State};
use crate::notes::NoteField;
use crate::planner::Orders;
use crate::settlement::Postpaid;
use crate::wording::form::Named;
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
    let service = use_node_ref();
    use_effect_with(view.state.service().map(|service| service.id().to_owned()), lines::show_chosen(&service));
    form(view, rows, &service).into()
}

fn form(view: View<'_>, rows: Rows<'_>, service: &NodeRef) -> El {
    let state = view.state;
    let several = state.draft.has_several_lines();
    let (expanded, hidden) = if state.more_open { ("true", None) } else { ("false", Some("")) };
    let has_steps = state.can_undo() || state.can_redo();
    // A button that has nothing left to do keeps the focus.
    let step = |name: &'static str, can: bool, action: Action| {
        let disabled = (!can).then_some("true");
        has_steps.then(|| button("button.button button--plain", name).attr("aria-disabled", disabled).on(On::Click, view.does(action)))
    };
    let reset = (has_steps || !state.is_form_empty())
        .then(|| button("button.button button--plain", words::RESET).on(On::Click, view.does(Action::Reset)));
    el("form.form")
        .attr("aria-label", words::FORM)
        .attr("novalidate", "")
        .on(On::Submit, Callback::from(|event: Event| event.prevent_default()))
        .with(lines::above(view, service))
        .with(volume::volume(view))
        .with(el("div.form__pair").with(text_field(view, Field::Free)).with((!several).then(|| postpaid(view))))
        .with(lines::durations(view))
        .with(lines::below(view))
        .with(several.then(|| el("div.form__switch").with(postpaid(view))))
        .with(
            el("div.form__buttons")
                .with(
                    button("button.button form__more chevron", words::MORE)
                        .attr("aria-expanded", expanded)
                        .attr("aria-controls", "more-options")
                        .on(On::Click, view.does(Action::ToggleMore)),
                )
                .with(step(words::UNDO, state.can_undo(), Action::Undo))
                .with(step(page::REDO, state.can_redo(), Action::Redo))
                .with(reset),
        )
        .with(el("div.form__options").attr("id", "more-options").attr("hidden", hidden).with(state.more_open.then(|| more(view, rows))))
        .with(total(state))
}

/// The total, for small screens that the options fill; it leads to the answer. The recommendation announces it, so it is
/// hidden from screen readers here.
fn total(state: &State) -> Option<El> {
    let total = state.total().filter(|_| !state.is_stale()).map(|(total, currency)| wording::money(total, currency))?;
    let words = el("span.form__per").with(wording::PER_YEAR);
    state.more_open.then(|| {
        el("a.form__total")
            .attr("href", "#recommendation-title")
            .attr("tabindex", "-1")
            .attr("aria-hidden", "true")
            .with(el("span").with(el("strong").with(total)).with(words))
            .with(el("span.form__see").with(words::SEE_PLAN))
    })
}

fn more(view: View<'_>, rows: Rows<'_>) -> El {
    let several = view.state.draft.has_several_lines();
    let about = view.state.service().filter(|_| several).map(|service| wording::lines::options_of(service.name()));
    super::markup::group()
        .with(about.map(|about| el("p.field__hint form__about").with(about)))
        .with(section(view, OptionsPart::Profile, volume::profile(view).with(text_field(view, Field::Start))))
        .with(section(view, OptionsPart::Slots, capacity::slots(view)))
        .with(section(view, OptionsPart::Owned, owned::owned(view, rows)))
        .with(section(view, OptionsPart::Discount, discount(view)))
        .with(volume::volume_input(view).map(|choice| section(view, OptionsPart::VolumeInput, choice)))
        .with(section(view, OptionsPart::Assumptions, assumptions::assumptions(view)))
        .with(el("div.form__switch").with(orders(view)))
}

/// A part of the options that opens by itself; closed, it says what is set in it.
fn section(view: View<'_>, section: OptionsPart, content: El) -> El {
    let Summary { text, is_own, is_wrong } = summary(view.state, section);
    let set = match (is_wrong, is_own) {
        (true, _) => "span.options__set options__set--wrong",
        (false, true) => "span.options__set options__set--own",
        (false, false) => "span.options__set",
    };
    el("details.options")
        .attr("name", "options")
        .with(el("summary.options__summary chevron").with(el("span.options__name").with(section.name())).with(el(set).with(text)))
        .with(el("div.options__body").with(content))
}

/// The sender's notes, which are part of sharing.
pub(super) fn notes(state: &State, on_action: &Callback<Action>) -> El {
    let view = View { state, on_action };
    el("div.share__notes").each(NoteField::ALL.map(|note| text_field(view, Field::Note(note))))
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
        .with(el("label.switch__label").attr("for", id).with(view.state.in_asked_unit(words.name)))
        .with(
            el("input.switch__input")
                .attr("id", id)
                .attr("type", "checkbox")
                .attr("role", "switch")
                .checked(on)
                .attr("aria-describedby", hint.clone())
                .on(On::Change, view.does(action)),
        )
        .with(el("p.field__hint switch__hint").attr("id", hint).with(view.state.in_asked_unit(words.hint)))
}

fn discount(view: View<'_>) -> El {
    let fields = [Field::DiscountPackages, Field::DiscountPostpaid, Field::DiscountConcurrent];
    field_group(words::DISCOUNT.name)
        .attr("aria-describedby", "discount-hint")
        .with(el("p.field__hint group__hint").attr("id", "discount-hint").with(words::DISCOUNT.hint))
        .with(el("div.group__fields").each(fields.map(|field| text_field(view, field))))
}
