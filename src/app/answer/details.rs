//! The parts of the answer below the recommendation: the comparison, other volumes and the months.
//!
//! A keystroke updates the recommendation at once. These parts are mostly out of sight and take as long again, so they follow
//! once the browser had time to paint it.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::comparison::comparison;
use super::explanation::Explanation;
use super::months::Months;
use super::what_if::what_if;
use super::{PlanAuthor, QuotedScenario};
use crate::app::markup::group;

/// A little more than the time between two frames, in milliseconds.
const NEXT_FRAME_MILLIS: u32 = 20;

/// The answer that the details show: the latest one, or the one before it until the browser had time for a frame.
#[hook]
pub fn use_after_paint(latest: Option<&QuotedScenario>) -> Option<QuotedScenario> {
    let shown = use_state_eq(|| latest.cloned());
    {
        let shown = shown.setter();
        use_effect_with(latest.cloned(), move |latest| {
            let latest = latest.clone();
            let timeout = Timeout::new(NEXT_FRAME_MILLIS, move || shown.set(latest));
            move || drop(timeout)
        });
    }
    // Nothing is kept where there is nothing to show, and the first answer is complete.
    latest.and_then(|latest| (*shown).clone().or_else(|| Some(latest.clone())))
}

/// The properties of [`Details`].
#[derive(Properties, PartialEq)]
pub struct DetailsProps {
    /// The answer.
    pub quoted: QuotedScenario,
    /// The last finished explanation, which may be of an earlier answer.
    pub explanation: Option<Explanation>,
    /// Who chose the plan that the answer shows.
    pub chosen_by: PlanAuthor,
}

/// The parts below the recommendation.
#[component]
pub fn Details(props: &DetailsProps) -> Html {
    let DetailsProps { quoted, explanation, chosen_by } = props;
    let computing = explanation.as_ref().is_none_or(|explanation| explanation.quoted != *quoted);
    group()
        .with(comparison(quoted, *chosen_by))
        .with(what_if(explanation.as_ref(), computing))
        .with(html! { <Months quoted={quoted.clone()} /> })
        .into()
}
