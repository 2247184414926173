//! How does a person ask and read the answer?
//!
//! The page as a tree of components around one pure reducer, [`state`]. Components render state and send actions;
//! they compute no price, and every figure comes from the engine's quote. Renderer-agnostic: the browser's binary
//! mounts it, tests and the prerenderer render it natively.

pub mod answer;
mod chart;
mod examples;
pub mod form;
pub mod format;
mod host_events;
mod markup;
mod prices;
mod share;
pub mod state;
mod table;

use yew::prelude::*;

use self::answer::Answer;
pub use self::examples::examples;
use self::form::Form;
use self::host_events::use_host_events;
pub use self::prices::{Prices, PricesProps};
use self::share::{Share, notice, use_address};
use self::state::{Action, State};

/// What the page starts from.
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The address's fragment.
    #[prop_or_default]
    pub fragment: AttrValue,
    /// What was done on the prerendered screen before this one took its place.
    #[prop_or_default]
    pub done: Vec<Action>,
    /// How much of the page is shown.
    #[prop_or_default]
    pub view: View,
}

/// How much of the page is shown: inside somebody else's page there is room for less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// All of it.
    #[default]
    Page,
    /// The form and the recommendation.
    Calculator,
    /// The recommendation for what the host asks.
    Answer,
}

impl View {
    /// The view of that name; what is none is the page.
    pub fn named(name: &str) -> Self {
        match name {
            "calculator" => Self::Calculator,
            "answer" => Self::Answer,
            _ => Self::Page,
        }
    }
}

/// The form, its answer, and what to do with that. The price list stands beside it in the page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let (fragment, done) = (props.fragment.clone(), props.done.clone());
    let state = use_reducer(move || done.into_iter().fold(State::at(&fragment), |state, action| state.after(action)));
    let on_action = {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    };
    use_address(&props.fragment, &state, &on_action);
    use_host_events(&state);
    let notice = notice(&state, &on_action);
    let state = (*state).clone();
    let view = props.view;
    if view != View::Page {
        let form = (view == View::Calculator).then(|| html! { <Form state={state.clone()} {on_action} /> });
        return html! { <>{ notice }{ form }<Answer {state} {view} /></> };
    }
    let discounted = state.scenario.clone().filter(|scenario| !scenario.discount.is_zero()).zip(state.book());
    html! {
        <>
            { notice }
            <Form state={state.clone()} on_action={on_action.clone()} />
            <div class="page-answer">
                <Answer state={state.clone()} />
                <Share {state} {on_action} />
                if let Some((scenario, built_in)) = discounted {
                    <Prices {built_in} scenario={Some(scenario)} />
                }
            </div>
        </>
    }
}
