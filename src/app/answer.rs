//! The answer: the recommended plan, the alternatives, the charts, the reasons and the months.
//!
//! While the form holds text that cannot be read, the last valid answer stays on the page and is marked as out of date.

mod announcement;
mod comparison;
mod curve;
mod explanation;
mod ledger;
mod purchases;
mod reasons;
mod year;

use std::rc::Rc;

use yew::prelude::*;

use self::announcement::use_announcement;
use self::comparison::comparison;
use self::explanation::use_explanation;
use self::ledger::ledger;
use self::reasons::reasons;
use self::year::Year;
use super::View;
use super::form::{error_sentence, name as field_name};
use super::markup::{El, el, group};
use super::share::LastEstimate;
use super::state::{Draft, Field, State};
use crate::price_book::{PriceBook, Service};
use crate::quote::Quote;
use crate::recommendation::{self, Freshness, recommendation};
use crate::scenario::Scenario;
use crate::wording::{self, page};

/// A scenario with its quote and the prices of the page.
#[derive(Debug, Clone)]
pub struct QuotedScenario {
    /// The input.
    pub scenario: Rc<Scenario>,
    /// The output.
    pub quote: Rc<Quote>,
    /// The built-in price book, which a scenario can override.
    built_in: Rc<PriceBook>,
}

/// Compares identities, because comparing contents would cost time at every keystroke.
impl PartialEq for QuotedScenario {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scenario, &other.scenario) && Rc::ptr_eq(&self.quote, &other.quote)
    }
}

impl QuotedScenario {
    fn of(state: &State) -> Option<Self> {
        Some(Self { scenario: state.scenario.clone()?, quote: state.quote.clone()?, built_in: state.book()? })
    }

    /// The input of [`recommendation`].
    fn recommended(&self) -> Option<recommendation::Answer<'_>> {
        Some(recommendation::Answer { scenario: &self.scenario, quote: &self.quote, service: self.service()? })
    }

    /// The service of the scenario, at list prices.
    fn service(&self) -> Option<&Service> {
        self.scenario.book(&self.built_in).service(self.scenario.service())
    }
}

/// The properties of [`Answer`].
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// The state to show.
    pub state: State,
    /// Every view but the page shows only the recommendation.
    #[prop_or_default]
    pub view: View,
}

/// The answer to the form.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let state = &props.state;
    let quoted = QuotedScenario::of(state);
    let awaited = awaited(state);
    let freshness = freshness(state, awaited.as_deref());
    let announcement = use_announcement(announced(state, awaited.as_deref()));
    let on_page = quoted.as_ref().filter(|_| props.view == View::Page);
    let explanation = use_explanation(on_page);
    let computing = explanation.as_ref().map(|explanation| &explanation.quoted) != on_page;
    let recommended = recommendation(quoted.as_ref().and_then(QuotedScenario::recommended), freshness);
    let rest = on_page.cloned().map(|quoted| {
        let year = html! { <Year quoted={quoted.clone()} /> };
        let reasons = reasons(explanation.as_ref(), computing);
        group().with(comparison(&quoted)).with(year).with(reasons).with(ledger(&quoted))
    });
    let last = (quoted.is_none() && props.view == View::Page).then(|| html! { <LastEstimate /> });
    el(if freshness != Freshness::Current && quoted.is_some() { "div.answer answer--stale" } else { "div.answer" })
        .with(El::from(recommended).with(last))
        .with(quoted.as_ref().and_then(own_plan))
        .with(announcement)
        .with(rest)
        .into()
}

/// What a plan that the sender chose costs, beside the cheapest.
fn own_plan(quoted: &QuotedScenario) -> Option<El> {
    let plan = quoted.quote.own_plan.as_ref()?;
    let currency = &quoted.quote.currency;
    let total = el("strong").attr("data-testid", "own-total").attr("data-amount", plan.total.to_string());
    Some(
        el("section.notice panel")
            .attr("aria-label", wording::own_plan::TITLE)
            .with(el("p").with(wording::own_plan::TITLE).with(": ").with(total.with(wording::money(plan.total, currency))))
            .with(el("p.note").with(wording::own_plan::sentence(plan, quoted.scenario.start(), currency))),
    )
}

/// The label of the field to fill in before there can be an answer.
fn awaited(state: &State) -> Option<String> {
    state.awaited.map(|field| field_name(state, field))
}

fn freshness<'a>(state: &'a State, awaited: Option<&'a str>) -> Freshness<'a> {
    match (&state.answer_error, awaited) {
        (Some(why), _) => Freshness::Refused(why),
        (None, Some(field)) => Freshness::Awaiting { field },
        (None, None) if state.is_stale() => Freshness::OutOfDate,
        (None, None) => Freshness::Current,
    }
}

/// The sentence for screen readers: the total, or else the first error or missing field, followed by a warning where an
/// older answer is still shown. An invalid note comes last, because it does not stop the answer. A form that has been reset
/// is announced too.
fn announced(state: &State, awaited: Option<&str>) -> Option<String> {
    let first = state.errors.fields().next();
    let refused = state.answer_error.as_ref().map(wording::error_sentence);
    let missing = awaited.filter(|_| first.is_none_or(|field| matches!(field, Field::Note(_)))).map(wording::form::fill_in_first);
    let error = refused.or(missing).or_else(|| error_sentence(state, first?));
    match (error, &state.quote) {
        (Some(error), Some(_)) if state.is_stale() => Some([&error, " ", wording::OUT_OF_DATE].concat()),
        (Some(error), _) => Some(error),
        (None, Some(quote)) => Some(wording::announcement(quote)),
        (None, None) => (state.can_undo() && *state.draft == Draft::default()).then(|| page::FORM_IS_EMPTY.into()),
    }
}
