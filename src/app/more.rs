//! What does a person want once there is an answer?
//!
//! The year drawn, why this is the answer, what other volumes cost, and passing it on. All of it follows from the link
//! of the form's answer, so this tree needs nothing else of the first one.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::answer::{Answered, Explanation, Year};
use super::prices::Prices;
use super::share::Share;
use super::state::{Action, State};
use super::told;

/// What was heard of the form last.
struct Heard {
    state: State,
    is_stale: bool,
}

impl Reducible for Heard {
    /// The link, and whether something typed is not understood.
    type Action = (String, bool);

    fn reduce(self: Rc<Self>, (link, is_stale): Self::Action) -> Rc<Self> {
        let action = self.state.reopened(&link).map_or(Action::Reset, Action::Restore);
        Rc::new(Self { state: self.state.after(action), is_stale })
    }
}

/// Everything after the answer.
#[component]
pub fn More() -> Html {
    let heard = use_reducer(|| Heard { state: State::new(), is_stale: false });
    use_effect_with((), {
        let dispatcher = heard.dispatcher();
        move |()| {
            let listener = Closure::new(move |link: String, is_stale: bool| dispatcher.dispatch((link, is_stale)));
            told::listen(&listener);
            // The page listens as long as it lives.
            listener.forget();
        }
    });
    let on_open = Callback::from(|link: String| told::visit(&link));
    let state = &heard.state;
    let answered = Answered::of(state);
    let discounted = state.scenario.clone().filter(|scenario| !scenario.discount.is_zero()).zip(state.book());
    html! {
        <div class={classes!("answer", (heard.is_stale && answered.is_some()).then_some("answer--stale"))}>
            if let Some(answered) = &answered {
                <Year answered={answered.clone()} />
            }
            <Explanation answered={answered.clone()} />
            <Share state={state.clone()} {on_open} />
            if let Some((scenario, built_in)) = discounted {
                <Prices {built_in} scenario={Some(scenario)} />
            }
        </div>
    }
}
