//! The answer: the recommended plan, the alternatives, other volumes and the months.
//!
//! While the form holds text that cannot be read, the last valid answer stays on the page and is marked as out of date.

mod announcement;
mod comparison;
mod curve;
mod details;
mod explanation;
mod joint;
mod months;
mod own_plan;
mod what_if;

use std::rc::Rc;
use std::sync::OnceLock;

use yew::prelude::*;

use self::announcement::use_announcement;
use self::details::{Details, use_after_paint};
use self::explanation::use_explanation;
use super::View;
use super::form::{error_sentence, name as field_name, question};
use super::markup::{El, el};
use super::share::{LastEstimate, focus_on};
use super::state::{Action, Field, State};
use crate::insight::calls_for;
use crate::money::Decimal;
use crate::planner::Orders;
use crate::price_book::{PriceBook, Service, Unit};
use crate::quote::Quote;
use crate::recommendation::{self, AnswerKind, Freshness, PlanAuthor};
use crate::scenario::Scenario;
use crate::wording::{self, own_plan as words, page};

/// A scenario with its quote and the prices of the page.
#[derive(Debug, Clone)]
pub struct QuotedScenario {
    /// The input.
    pub scenario: Rc<Scenario>,
    /// The output.
    pub quote: Rc<Quote>,
    /// The budget that buys its calls, if that is what the form asks for.
    budget: Option<Decimal>,
    /// The built-in price book, which a scenario can override.
    built_in: Rc<PriceBook>,
}

/// Compares the identities of scenario and quote, because comparing contents would cost time at every keystroke.
impl PartialEq for QuotedScenario {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scenario, &other.scenario) && Rc::ptr_eq(&self.quote, &other.quote) && self.budget == other.budget
    }
}

impl QuotedScenario {
    /// The answer to the form, or else the worked example.
    fn of(state: &State) -> Option<Self> {
        let (scenario, quote) = state.scenario.clone().zip(state.quote.clone()).or_else(|| state.example())?;
        let budget = state.draft.budget().filter(|_| state.quote.is_some() && !state.is_stale());
        Some(Self { scenario, quote, budget, built_in: state.book()? })
    }

    /// The calls that the budget buys with packages bought at the other times: with one order, or when they are needed.
    fn bought_by_other_orders(&self) -> Option<u64> {
        let budget = self.budget?;
        let orders = if self.scenario.orders() == Orders::Once { Orders::Any } else { Orders::Once };
        // As in the form, a busiest hour belongs to the year that the budget buys.
        let shape = self.scenario.usage().scaled_to(0)?;
        let scenario = self.scenario.to_builder().usage(shape).orders(orders).plan(None).build(&self.built_in).ok()?;
        calls_for(&scenario, &self.built_in, budget.into()).ok()
    }

    /// The input of the recommendation.
    fn recommended(&self, state: &State, chosen_by: PlanAuthor) -> Option<recommendation::Answer<'_>> {
        let kind = match (&state.quote, state.is_quote()) {
            (None, _) => AnswerKind::Example,
            (_, true) => AnswerKind::Quote,
            (_, false) => AnswerKind::Estimate,
        };
        let is_bought = kind == AnswerKind::Estimate && state.draft.is_budget();
        let (scenario, quote, service) = (&self.scenario, &self.quote, self.service()?);
        Some(recommendation::Answer { scenario, quote, service, kind, chosen_by, is_bought })
    }

    /// What the service counts.
    fn unit(&self) -> &Unit {
        self.service().map_or_else(|| default_unit(), Service::unit)
    }

    /// A text about calls in that unit.
    fn in_unit(&self, text: &str) -> String {
        wording::in_unit(text, self.unit())
    }

    /// The service of the scenario, at list prices.
    fn service(&self) -> Option<&Service> {
        self.scenario.book(&self.built_in).service(self.scenario.service())
    }
}

/// Calls, which a service counts unless its prices say otherwise.
fn default_unit() -> &'static Unit {
    static CALL: OnceLock<Unit> = OnceLock::new();
    CALL.get_or_init(Unit::default)
}

/// The properties of [`Answer`].
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// The state to show.
    pub state: State,
    /// Called with the actions of the question in the answer.
    #[prop_or_default]
    pub on_action: Callback<Action>,
    /// Every view but the page shows only the recommendation.
    #[prop_or_default]
    pub view: View,
    /// Whether the page shows its form, so that the plan can be changed too.
    #[prop_or_default]
    pub has_form: bool,
}

/// The answer to the form.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let state = &props.state;
    let quoted = QuotedScenario::of(state);
    let awaited = awaited(state);
    let freshness = freshness(state, awaited.as_deref());
    // Until an opened estimate is edited, its plan is the sender's.
    let edited = state.draft.plan.as_ref().filter(|_| props.has_form && state.origin.is_none());
    let chosen_by = match (&quoted, edited) {
        (_, Some(_)) => PlanAuthor::Reader,
        (Some(quoted), None) if quoted.quote.own_plan.is_some() => PlanAuthor::Sender,
        _ => PlanAuthor::Calculator,
    };
    let announcement = use_announcement(announced(state, awaited.as_deref(), chosen_by));
    // One action after the other may move the focus to the same part.
    use_effect_with(state.clone(), |state| state.plan_focus.iter().for_each(|&part| focus_on(&own_plan::focused_id(part))));
    let on_page = quoted.as_ref().filter(|_| props.view == View::Page);
    let explanation = use_explanation(on_page);
    let detailed = use_after_paint(on_page);
    let is_behind = detailed.as_ref() != on_page;
    let unit = state.service().map_or_else(|| default_unit(), Service::unit);
    let is_stale = freshness != Freshness::Current && (quoted.is_some() || state.joint.is_some());
    let whole = el(if is_stale { "div.answer answer--stale" } else { "div.answer" }).attr("aria-busy", is_behind.then_some("true"));
    if let Some(answer) = &state.joint {
        let [recommendation, tables] = joint::joint(state, answer, freshness, &props.on_action);
        return whole.with(recommendation).with(announcement).with((props.view == View::Page).then_some(tables)).into();
    }
    let answer = quoted.as_ref().and_then(|quoted| quoted.recommended(state, chosen_by));
    let [head, picture, steps] = recommendation::parts(answer, unit, freshness);
    let question = if state.is_for_recipient() { None } else { question(state, &props.on_action) };
    let last = (!state.has_answer() && props.view == View::Page).then(|| html! { <LastEstimate /> });
    let editor = quoted.as_ref().zip(edited).map(|(quoted, plan)| own_plan::editor(state, quoted, plan, &props.on_action));
    let may_begin = props.has_form && edited.is_none() && state.quote.is_some() && freshness == Freshness::Current;
    let begin = may_begin.then(|| own_plan::begin_buttons(&props.on_action, chosen_by == PlanAuthor::Sender));
    let left_out = joint::left_out(state);
    let recommended = El::from(recommendation::section())
        .with(head)
        .with(left_out)
        .with(last)
        .with(question)
        .with(picture)
        .with(editor)
        .with(steps)
        .with(begin);
    let details = detailed.map(|quoted| html! { <Details {quoted} {explanation} {chosen_by} /> });
    whole.with(recommended).with(announcement).with(details).into()
}

/// The label of the field to fill in before there can be an answer.
fn awaited(state: &State) -> Option<String> {
    state.awaited.map(|field| field_name(state, field))
}

fn freshness<'a>(state: &'a State, awaited: Option<&'a str>) -> Freshness<'a> {
    match (&state.answer_error, awaited, state.wrong_service()) {
        (Some(why), _, service) => Freshness::Refused { why, service },
        (None, Some(field), _) => Freshness::Awaiting { field },
        (None, None, Some(service)) => Freshness::OutOfDateBy { service },
        (None, None, None) if state.is_stale() => Freshness::OutOfDate,
        (None, None, None) => Freshness::Current,
    }
}

/// The sentence for screen readers: the total, or else the first error or missing field, followed by a warning where an
/// older answer is still shown. An invalid note comes last, because it does not stop the answer. A form that has been reset
/// is announced too.
fn announced(state: &State, awaited: Option<&str>, chosen_by: PlanAuthor) -> Option<String> {
    let is_announced = |field: &Field| field.is_needed() || matches!(field, Field::Note(_));
    let first = state.errors.fields().find(is_announced);
    let refused = state.answer_error.as_ref().map(|why| wording::lines::refused(why, state.wrong_service()));
    let missing = awaited.filter(|_| first.is_none_or(|field| matches!(field, Field::Note(_)))).map(wording::form::fill_in_first);
    let elsewhere = state.wrong_service().map(wording::lines::correct_first);
    let error = refused.or(missing).or_else(|| error_sentence(state, first?)).or(elsewhere);
    match (error, state.total()) {
        (Some(error), Some(_)) if state.is_stale() => Some([&error, " ", wording::OUT_OF_DATE].concat()),
        (Some(error), _) => Some(error),
        (None, Some((total, currency))) => {
            let own = state.quote.as_ref().and_then(|quote| quote.own_plan.as_ref());
            let own = own.map(|own| [" ", &words::announcement(own, chosen_by == PlanAuthor::Sender, currency)].concat());
            Some(wording::announcement(total, currency) + &own.unwrap_or_default())
        }
        (None, None) => (state.can_undo() && state.is_form_empty()).then(|| page::FORM_IS_EMPTY.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, expected: Option<u64>) {
        let quoted = QuotedScenario::of(&State::at(link)).expect("an answer");
        assert_eq!(quoted.bought_by_other_orders(), expected, "{link}");
    }

    /// With 60% of the calls in month 1, a package is worth buying only after it.
    #[test]
    fn a_budget_buys_other_calls_with_other_orders() {
        check("v=1&calls=252&profile=peaks,60,1&budget=1060", Some(245));
        check("v=1&calls=245&profile=peaks,60,1&orders=once&budget=1060", Some(252));
        check("v=1&calls=1276&budget=5000", Some(1_276));
        check("v=1&calls=252&profile=peaks,60,1", None);
    }
}
