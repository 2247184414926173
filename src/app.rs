//! How does a person ask and read the answer?
//!
//! The page as two trees of components around one pure reducer, [`state`]. [`App`] is what a first answer needs: the
//! form, the recommendation and the ledger. [`More`] comes after it, in a binary of its own: charts, explanations and
//! sharing, of whatever [`App`] answers. Components render state and send actions; they compute no price, and every
//! figure comes from the engine's quote. Renderer-agnostic: the browser's binaries mount both, tests and the
//! prerenderer render them natively.

pub mod answer;
mod chart;
pub mod form;
pub mod format;
mod markup;
mod more;
mod prices;
mod share;
pub mod state;
mod table;
mod told;

use yew::prelude::*;

use self::answer::Answer;
use self::form::Form;
pub use self::more::More;
pub use self::prices::{Prices, PricesProps};
use self::share::{notice, use_address};
use self::state::{Action, State};
use self::told::use_told;

/// What the page starts from.
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The address's fragment.
    #[prop_or_default]
    pub fragment: AttrValue,
    /// What was done on the prerendered screen before this one took its place.
    #[prop_or_default]
    pub done: Vec<Action>,
}

/// What a first answer needs.
#[component]
pub fn App(props: &AppProps) -> Html {
    let (fragment, done) = (props.fragment.clone(), props.done.clone());
    let state = use_reducer(move || done.into_iter().fold(State::at(&fragment), |state, action| state.after(action)));
    let on_action = {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    };
    use_address(&state, &on_action);
    use_told(&state);
    let notice = notice(&state, &on_action);
    let state = (*state).clone();
    html! {
        <>
            { notice }
            <Form state={state.clone()} {on_action} />
            <Answer {state} />
        </>
    }
}
