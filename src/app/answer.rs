//! What is the answer, and why?
//!
//! The recommendation, what to do, the other billing modes beside it, and the year month by month. While a field
//! cannot be understood, the last good answer stays and says that it is out of date.

mod announcement;
mod comparison;
mod ledger;
mod scroll_box;

use std::rc::Rc;

use yew::prelude::*;

use self::announcement::Announcement;
use self::comparison::Comparison;
use self::ledger::Ledger;
use super::format;
use super::state::State;
use crate::quote::Quote;
use crate::wording;

/// What the answer needs.
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// What to show.
    pub state: State,
}

/// The answer to what was typed.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let state = &props.state;
    let stale = state.is_stale();
    html! {
        <div class={classes!("answer", stale.then_some("answer--stale"))}>
            <section class="recommendation panel" aria-labelledby="recommendation-title">
                <h2 class="recommendation__title" id="recommendation-title">{ "Recommendation" }</h2>
                if let Some(error) = &state.answer_error {
                    <p class="recommendation__error">{ error }</p>
                }
                <p class="recommendation__stale">
                    if stale && state.quote.is_some() {
                        { "Out of date: this answers what was typed before." }
                    }
                </p>
                if let Some(quote) = &state.quote {
                    { recommendation(quote) }
                } else {
                    <p class="recommendation__empty">
                        { "Type how many calls you expect in a year. The cheapest mix of packages, postpaid and concurrent slots appears here at once." }
                    </p>
                }
            </section>
            <Announcement text={state.quote.as_ref().filter(|_| !stale).map(|quote| wording::announcement(quote))} />
            if let Some(quote) = &state.quote {
                <Comparison quote={quote.clone()} />
                <Ledger quote={quote.clone()} />
            }
        </div>
    }
}

fn recommendation(quote: &Rc<Quote>) -> Html {
    let steps = wording::steps(quote);
    html! {
        <>
            <p class="recommendation__total">
                <strong data-testid="total" data-amount={quote.total.to_string()}>{ format::money(quote.total, &quote.currency) }</strong>
                <span class="recommendation__per">{ " a year" }</span>
            </p>
            <h3 class="recommendation__subtitle">{ "What to do" }</h3>
            <ol class="recommendation__steps">
                { for steps.into_iter().enumerate().map(|(place, step)| html! { <li key={place}>{ step }</li> }) }
            </ol>
        </>
    }
}
