//! The page, a tree of Yew components around the pure reducer in [`state`].
//!
//! Components render the state and send actions. They compute no price: every figure comes from the engine's quote. The
//! page's binary mounts the tree in a browser; tests and the prerenderer render it natively.

pub mod answer;
mod chart;
mod examples;
pub mod form;
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
pub use self::host_events::Host;
use self::host_events::use_host_events;
use self::markup::{El, On, el};
pub use self::prices::{Prices, PricesProps};
pub use self::share::open_address;
use self::share::{Share, is_anchor, notice, use_address};
use self::state::{Action, State};
use crate::wording::page;

/// The properties of [`App`].
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The fragment of the page's address.
    #[prop_or_default]
    pub fragment: AttrValue,
    /// The edits made on the prerendered page before the app replaced it.
    #[prop_or_default]
    pub done: Vec<Action>,
    /// The parts to show.
    #[prop_or_default]
    pub view: View,
    /// The receiver of answers; `None` where the page is rendered natively.
    #[prop_or_default]
    pub host: Option<Host>,
}

/// The parts of the page to show; an embedded calculator has room for only some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Everything.
    #[default]
    Page,
    /// The form and the recommendation.
    Calculator,
    /// The recommendation for the scenario that the host page sets.
    Answer,
}

impl View {
    /// The view with this name; unknown names mean the page.
    pub fn named(name: &str) -> Self {
        match name {
            "calculator" => Self::Calculator,
            "answer" => Self::Answer,
            _ => Self::Page,
        }
    }
}

/// The form, the answer and the ways to share it. The price list is a separate tree on the page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let (fragment, done) = (props.fragment.clone(), props.done.clone());
    let view = props.view;
    let state = use_reducer(move || {
        let link = if is_anchor(&fragment) { "" } else { &fragment };
        let state = done.into_iter().fold(State::at(link), |state, action| state.after(action));
        if view == View::Page { state } else { state.with_closed_options() }
    });
    let on_action = {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    };
    // In a frame, the Back button must leave the page around it, not step through the edits.
    use_address(&props.fragment, &state, &on_action, view == View::Page);
    use_host_events(props.host.as_ref(), &state);
    let notice = notice(&state, &on_action);
    let state = (*state).clone();
    if view != View::Page {
        let form = (view == View::Calculator).then(|| html! { <Form state={state.clone()} {on_action} /> });
        return html! { <>{ notice }{ form }<Answer {state} {view} /></> };
    }
    let discounted = state.scenario.clone().filter(|scenario| !scenario.discount().is_zero()).zip(state.book());
    html! {
        <>
            { skip_link() }
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

/// The link from the start of the page to the answer. Its click does not change the address, which has the estimate.
fn skip_link() -> El {
    let on_click = Callback::from(|event: Event| {
        event.prevent_default();
        share::focus_on_answer();
    });
    el("a.skip-link").attr("href", "#recommendation-title").on(On::Click, on_click).with(page::SKIP_TO_ANSWER)
}
