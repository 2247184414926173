//! Which packages does the account already have?

use web_sys::HtmlElement;
use yew::prelude::*;

use super::View;
use super::text_field::{Extra, Keypad, custom_field, text_field};
use crate::app::state::{Action, Field};

/// Rows of owned packages, with buttons to add and remove them.
pub(super) fn owned(view: View<'_>) -> Html {
    html! { <Owned state={view.state.clone()} on_action={view.on_action.clone()} /> }
}

#[component]
fn Owned(props: &super::FormProps) -> Html {
    let view = View { state: &props.state, on_action: &props.on_action };
    let fresh = use_node_ref();
    let add = use_node_ref();
    // A row that was asked for is where the person wants to type next.
    use_effect_with(view.state.fresh_row, {
        let fresh = fresh.clone();
        move |row| {
            if row.is_some() {
                focus(&fresh);
            }
        }
    });
    let row = |(place, &row): (usize, &u32)| {
        let number = place + 1;
        let input = if view.state.fresh_row == Some(row) { fresh.clone() } else { NodeRef::default() };
        let extra = Extra { input, ..Extra::default() };
        let on_remove = {
            let (on_action, add) = (view.on_action.clone(), add.clone());
            move |_: MouseEvent| {
                // The button itself goes away with its row.
                focus(&add);
                on_action.emit(Action::RemoveOwned(row));
            }
        };
        html! {
            <div key={row} class="group__row owned">
                { custom_field(view, Field::OwnedCalls(row), &format!("Calls left in package {number}"), "", Keypad::Digits, &extra) }
                { text_field(view, Field::OwnedMonths(row), &format!("Months left of package {number}"), "", Keypad::Digits) }
                <button type="button" class="button owned__remove" aria-label={format!("Remove package {number}")} onclick={on_remove}>
                    { "Remove" }
                </button>
            </div>
        }
    };
    html! {
        <fieldset class="group" aria-describedby="owned-hint">
            <legend class="group__legend">{ "Packages you already own" }</legend>
            <p class="field__hint" id="owned-hint">
                { "They are used before new ones, the earliest expiry first. One month left means good in the first month only." }
            </p>
            <div class="owned__rows">{ for view.state.draft.owned.iter().enumerate().map(row) }</div>
            <button ref={add.clone()} type="button" class="button" onclick={view.on_click(Action::AddOwned)}>{ "Add a package" }</button>
        </fieldset>
    }
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
