//! The rows of owned packages.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::text_field::{Extra, custom_field, name};
use super::{View, field_group};
use crate::app::markup::{El, On, button, el};
use crate::app::state::{Action, Field};
use crate::wording::form as words;

/// The elements that take the focus when a row is added or removed.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    /// The first field of a new row.
    pub fresh: &'a NodeRef,
    /// The button that adds a row.
    pub add: &'a NodeRef,
}

impl Rows<'_> {
    /// An effect that focuses a new row, if there is one.
    pub(super) fn focus_fresh(self) -> impl FnOnce(&Option<u32>) + 'static {
        let fresh = self.fresh.clone();
        move |row| {
            if row.is_some() {
                focus(&fresh);
            }
        }
    }
}

/// Rows of owned packages, with buttons to add and remove them.
pub(super) fn owned(view: View<'_>, rows: Rows<'_>) -> El {
    let row = |(place, &row): (usize, &u32)| {
        let number = place + 1;
        let input = (view.state.fresh_row == Some(row)).then_some(rows.fresh);
        let (on_action, add) = (view.on_action.clone(), rows.add.clone());
        let on_remove = Callback::from(move |_: Event| {
            // The row takes this button with it.
            focus(&add);
            on_action.emit(Action::RemoveOwned(row));
        });
        let named = |field, input| {
            let name = name(view.state, field);
            custom_field(view, field, name, String::new(), Extra { input, ..Extra::default() })
        };
        el("div.owned").key(row).with(named(Field::OwnedCalls(row), input)).with(named(Field::OwnedMonths(row), None)).with(
            button("button.button owned__remove", words::REMOVE_OWNED)
                .attr("aria-label", words::remove_owned_name(number))
                .on(On::Click, on_remove),
        )
    };
    field_group(words::OWNED.name)
        .attr("aria-describedby", "owned-hint")
        .with(el("p.field__hint group__hint").attr("id", "owned-hint").with(words::OWNED.hint))
        .with(el("div.owned__rows").each(view.state.draft.owned.iter().enumerate().map(row)))
        .with(button("button.button", words::ADD_OWNED).known_as(rows.add).on(On::Click, view.does(Action::AddOwned)))
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // If the element cannot take the focus, it stays where it is.
        let _ = element.focus();
    }
}
