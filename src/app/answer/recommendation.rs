//! What does the year cost at best, and what is there to do for it?

use yew::prelude::*;

use super::Answered;
use super::comparison::comparison;
use crate::quote::Quote;
use crate::settlement::Mode;
use crate::wording::{self, Step};

/// A longer headline is written smaller, so that it stays on one line: the most letters of each size.
const LENGTHS: [usize; 7] = [11, 13, 15, 17, 20, 23, 28];

/// What the section needs.
#[derive(Properties, PartialEq)]
pub struct RecommendationProps {
    /// The last good question and answer.
    pub answered: Option<Answered>,
    /// Has something been typed since that is not understood?
    pub stale: bool,
    /// Why the fields, each fine by itself, have no answer.
    pub error: Option<String>,
}

/// The one figure that one sees first, what to do, and the other ways to pay beside it.
#[component]
pub fn Recommendation(props: &RecommendationProps) -> Html {
    let RecommendationProps { answered, stale, error } = props;
    html! {
        <>
        <section class="recommendation panel" aria-labelledby="recommendation-title">
            <h2 class="recommendation__title" id="recommendation-title">{ "Recommendation" }</h2>
            if let Some(answered) = answered {
                { headline(&answered.quote) }
            } else {
                { promise() }
            }
            <p class={classes!("recommendation__state", error.is_some().then_some("recommendation__state--wrong"))}>
                if let Some(error) = error {
                    { error }
                    { " " }
                }
                if *stale && answered.is_some() {
                    { "Out of date: this answers what was typed before." }
                }
            </p>
            if let Some(answered) = answered {
                { what_to_do(answered) }
            }
        </section>
        if let Some(answered) = answered {
            { comparison(answered) }
        }
        </>
    }
}

fn headline(quote: &Quote) -> Html {
    let currency = &quote.currency;
    let total = wording::money(quote.total, currency);
    let letters = total.chars().count();
    let most = LENGTHS.into_iter().find(|&most| letters <= most).unwrap_or(LENGTHS[LENGTHS.len() - 1]);
    let calls = quote.months.iter().map(|month| month.calls).sum();
    let saving = wording::saving(quote);
    html! {
        <>
            <p class={classes!("headline", format!("headline--{most}"))}>
                <strong class="headline__total" data-testid="total" data-amount={quote.total.to_string()}>{ total }</strong>
                <span class="headline__per">{ " a year" }</span>
            </p>
            <ul class="facts">
                <li class="facts__fact">
                    if let Some(share) = quote.total.shared_by(calls) {
                        <strong>{ wording::share(share, currency) }</strong>{ " per call" }
                    } else {
                        { "No calls" }
                    }
                </li>
                <li class="facts__fact">
                    if let Some(amount) = saving.amount {
                        <strong>{ amount }</strong>{ " " }
                    }
                    { saving.against }
                </li>
                <li class="facts__fact facts__fact--soft">{ wording::amounts_note(currency) }</li>
            </ul>
        </>
    }
}

fn promise() -> Html {
    html! {
        <>
            <p class="headline headline--empty" aria-hidden="true">{ "—" }</p>
            <p class="recommendation__empty">
                { "Type how many calls you expect in a year. The cheapest mix of packages, postpaid and concurrent slots appears here at once, with what to buy and when." }
            </p>
        </>
    }
}

fn what_to_do(answered: &Answered) -> Html {
    let Answered { scenario, quote, .. } = answered;
    let Some(service) = answered.service() else { return Html::default() };
    let steps = wording::to_do(scenario, service, quote);
    let switches = quote.months.iter().any(|month| month.mode == Mode::Concurrent);
    html! {
        <>
            <h3 class="recommendation__subtitle">{ "What to do" }</h3>
            if steps.is_empty() {
                <p class="steps">{ wording::nothing_to_do(quote) }</p>
            } else {
                <ol class="steps">{ for steps.into_iter().enumerate().map(|(place, step)| item(place, step)) }</ol>
            }
            if switches {
                <p class="note">{ wording::SWITCHING_NOTE }</p>
            }
            if !quote.purchases.is_empty() {
                <p class="note">
                    { wording::BUYING_NOTE }
                    if let Some(buy) = &service.links.buy {
                        { " " }
                        <a href={buy.clone()} rel="noopener">{ "Buy packages" }</a>
                    }
                </p>
            }
        </>
    }
}

fn item(place: usize, step: Step) -> Html {
    html! {
        <li class="steps__step" key={place}>
            <strong class="steps__when">{ step.when }</strong>
            <div class="steps__what">
                { for step.what.into_iter().enumerate().map(|(place, what)| html! { <p key={place}>{ what }</p> }) }
            </div>
        </li>
    }
}
