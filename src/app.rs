//! How does a person ask and read the answer?
//!
//! The page as a tree of components around one pure reducer, [`state`]. Components render state and send actions;
//! they compute no price, and every figure comes from the engine's quote. Renderer-agnostic: the browser's binary
//! mounts it, tests render it natively.

pub mod answer;
mod chart;
pub mod form;
pub mod format;
mod markup;
mod prices;
mod share;
pub mod state;
mod table;

use std::rc::Rc;

use yew::prelude::*;

use self::answer::Answer;
use self::form::Form;
use self::prices::Prices;
use self::share::{Address, Notice, Share};
use self::state::State;
use crate::scenario::Scenario;

/// What the page starts from.
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The address's fragment.
    #[prop_or_default]
    pub fragment: AttrValue,
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
                if let Some(built_in) = state.book() {
                    <Prices {built_in} scenario={with_own_prices(&state)} />
                }
            </main>
            <Address state={(*state).clone()} {on_action} />
            <footer class="page-footer">
                <p>{ "Prices exclude tax. Failing calls are never billed. Nothing that you type leaves your browser." }</p>
            </footer>
        </>
    }
}

/// The question, where it brings prices of its own or a discount.
fn with_own_prices(state: &State) -> Option<Rc<Scenario>> {
    state.scenario.clone().filter(|scenario| scenario.price_book.is_some() || !scenario.discount.is_zero())
}
