//! How does a person ask and read the answer?
//!
//! The page as a tree of components around one pure reducer, [`state`]. Components render state and send actions;
//! they compute no price, and every figure comes from the engine's quote. Renderer-agnostic: the browser's binary
//! mounts it, tests render it natively.

pub mod answer;
mod chart;
mod embedded;
pub mod form;
pub mod format;
mod prices;
mod share;
pub mod state;
mod table;

use std::rc::Rc;

use yew::prelude::*;

use self::answer::{Answer, short_answer};
pub use self::embedded::View;
use self::form::Form;
use self::prices::Prices;
use self::share::{Address, Notice, Share};
use self::state::{Action, State};
use crate::scenario::Scenario;

/// What the page starts from.
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The address's fragment.
    #[prop_or_default]
    pub fragment: AttrValue,
    /// What of the page is shown.
    #[prop_or_default]
    pub view: View,
}

/// The whole page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let fragment = props.fragment.clone();
    let state = use_reducer(move || State::at(&fragment));
    let on_action = {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    };
    if props.view != View::Page {
        return embedded(props.view, &state, &on_action);
    }
    html! {
        <>
            <header class="page-header">
                <h1 class="page-header__name">{ "Callmix" }</h1>
                <p class="page-header__tagline">{ "The cheapest way to pay for a year of API calls." }</p>
            </header>
            <main class="page-main">
                <Notice state={(*state).clone()} on_action={on_action.clone()} />
                <Form state={(*state).clone()} on_action={on_action.clone()} />
                <div class="page-answer">
                    <Answer state={(*state).clone()} />
                    <Share state={(*state).clone()} on_action={on_action.clone()} />
                </div>
                { prices(&state) }
            </main>
            <Address state={(*state).clone()} {on_action} />
            <footer class="page-footer">
                <p>{ "Prices exclude tax. Failing calls are never billed. Nothing that you type leaves your browser." }</p>
            </footer>
        </>
    }
}

/// What of it stands in somebody else's page.
fn embedded(view: View, state: &State, on_action: &Callback<Action>) -> Html {
    html! {
        <>
            <main class="page-main">
                if view != View::Prices {
                    <Notice state={state.clone()} on_action={on_action.clone()} />
                }
                if view == View::Calculator {
                    <Form state={state.clone()} on_action={on_action.clone()} />
                }
                if view == View::Prices {
                    { prices(state) }
                } else if view == View::Answer && state.quote.is_none() {
                    { embedded::nothing_asked() }
                } else {
                    { short_answer(state) }
                }
            </main>
            { embedded::footer(state) }
            <Address state={state.clone()} on_action={on_action.clone()} />
        </>
    }
}

fn prices(state: &State) -> Html {
    state.book().map(|built_in| html! { <Prices {built_in} scenario={with_own_prices(state)} /> }).unwrap_or_default()
}

/// The question, where it brings prices of its own or a discount.
fn with_own_prices(state: &State) -> Option<Rc<Scenario>> {
    state.scenario.clone().filter(|scenario| scenario.price_book.is_some() || !scenario.discount.is_zero())
}
