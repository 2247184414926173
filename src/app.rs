//! The page, a tree of Yew components around the pure reducer in [`state`].
//!
//! Components render the state and send actions. They compute no price: every figure comes from the engine's quote. The
//! page's binary mounts the tree in a browser; tests and the prerenderer render it natively.

pub mod answer;
mod chart;
mod cover;
mod examples;
pub mod form;
mod host_events;
mod markup;
mod prices;
mod share;
pub mod state;
mod table;

use std::rc::Rc;

use yew::prelude::*;

use self::answer::Answer;
pub use self::examples::examples;
use self::form::{Form, SERVICE_ID};
pub use self::host_events::Host;
use self::host_events::use_host_events;
use self::markup::{El, el};
pub use self::prices::{Prices, PricesProps};
pub use self::share::open_address;
use self::share::{Share, is_anchor, notice, use_address};
use self::state::{Action, State};
use crate::date::CalendarMonth;
use crate::notes::NoteField;
use crate::price_book::history::History;
use crate::wording::{lines, page};

/// The properties of [`App`].
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The page's prices. Without them, there is no answer.
    #[prop_or_default]
    pub history: Option<Rc<History>>,
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
    let (history, fragment, done) = (props.history.clone(), props.fragment.clone(), props.done.clone());
    let view = props.view;
    let state = use_reducer(move || {
        let link = if is_anchor(&fragment) { "" } else { &fragment };
        let state = State::by(history);
        let state = if view == View::Page { state.of_page(CalendarMonth::after_day(&share::today())) } else { state };
        let state = done.into_iter().fold(state.opened(link), |state, action| state.after(action));
        if view == View::Page { state } else { state.with_closed_options() }
    });
    let on_action = {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    };
    // In a frame, the Back button must leave the page around it, not step through the edits.
    use_address(&props.fragment, &state, &on_action, view == View::Page);
    use_host_events(props.host.as_ref(), &state);
    // A recipient sees the form on demand.
    let changes = use_state_eq(|| false);
    let notice = notice(&state, &on_action);
    use_title(&state, view);
    use_effect_with((*state).clone(), |state| {
        if state.focuses_service {
            share::focus_on(SERVICE_ID);
        }
    });
    let state = (*state).clone();
    let shows_form = view == View::Page && (!state.is_for_recipient() || *changes);
    let answer = html! { <Answer state={state.clone()} {view} has_form={shows_form} on_action={on_action.clone()} /> };
    if view != View::Page {
        let form = (view == View::Calculator).then(|| html! { <Form {state} {on_action} /> });
        return html! { <>{ notice }{ form }{ answer }</> };
    }
    let discounted = state.scenario.clone().filter(|scenario| !scenario.discount().is_zero()).zip(state.book());
    let side = if shows_form {
        let form = html! { <Form state={state.clone()} on_action={on_action.clone()} /> };
        el("div.page-side").with(intro(&state)).with(form)
    } else {
        let on_change = Callback::from(move |_: Event| {
            changes.set(true);
            share::focus_on_calls();
        });
        el("div.page-side page-side--cover").with(cover::cover(&state, on_change))
    };
    let order = if state.origin.is_some() { "div.page-columns page-columns--opened" } else { "div.page-columns" };
    html! {
        <>
            { notice }
            { el(order).with(side).with(el("div.page-answer").with(answer).with(html! { <Share state={state.for_sharing()} {on_action} /> })) }
            if let Some((scenario, built_in)) = discounted {
                <div class="page-prices"><Prices {built_in} scenario={Some(scenario)} /></div>
            }
        </>
    }
}

/// Gives the browser's tab the title of the estimate, or else its own.
#[hook]
fn use_title(state: &State, view: View) {
    let document = || cfg!(target_family = "wasm").then(web_sys::window).flatten().and_then(|window| window.document());
    let own = use_memo((), |()| document().map(|document| document.title()).unwrap_or_default());
    let title = state.notes.get(NoteField::Title);
    use_effect_with(title, move |title| {
        if let Some(document) = document().filter(|_| view == View::Page) {
            document.set_title(if title.is_empty() { &own } else { title });
        }
    });
}

/// What the page is for, and where prices begin.
fn intro(state: &State) -> Option<El> {
    let book = state.book()?;
    let service = book.service(state.draft.service.as_deref())?;
    let several = state.joint.as_ref().map(|joint| joint.estimate.lines().len());
    let (title, prices) = match several {
        Some(count) => (lines::title(count), lines::prices_in(book.currency())),
        None => (page::title(service), page::prices_from(service, book.currency())),
    };
    Some(el("div.intro").with(el("h1.intro__title").with(title)).with(el("p.intro__prices").with(prices)))
}
