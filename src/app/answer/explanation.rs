//! The cost curves and the insights, computed without delaying a keystroke.
//!
//! They take hundreds of plans. The work starts when typing pauses and runs in slices of a few milliseconds, so that the
//! browser stays responsive. A new answer cancels the work on the previous one.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::QuotedScenario;
use crate::insight::{Curve, Insights};
use crate::scenario::Pipeline;

/// How long typing must pause before the work starts, in milliseconds.
const PAUSE_MILLIS: u32 = 160;
/// How long a slice lasts, in milliseconds; a slice ends with the first plan that passes this limit.
const SLICE_MILLIS: f64 = 4.0;

/// The cost curve and the insights of one answer.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The answer that is explained.
    pub quoted: QuotedScenario,
    /// The complete curve.
    pub curve: Rc<Curve>,
    /// The stretch around the estimate's own volume.
    pub around: Rc<Curve>,
    /// Everything else.
    pub insights: Rc<Insights>,
    /// The calls that the budget buys with packages bought at other times.
    pub bought_by_other_orders: Option<u64>,
}

/// Compares identities, not contents.
impl PartialEq for Explanation {
    fn eq(&self, other: &Self) -> bool {
        self.quoted == other.quoted && Rc::ptr_eq(&self.insights, &other.insights)
    }
}

/// The timer of the next slice; dropping it cancels the work.
type Next = Rc<RefCell<Option<Timeout>>>;

/// The last finished explanation, which may be of an earlier answer.
#[hook]
pub fn use_explanation(quoted: Option<&QuotedScenario>) -> Option<Explanation> {
    let explanation = use_state_eq(|| None);
    let done = {
        let explanation = explanation.setter();
        Callback::from(move |finished| explanation.set(finished))
    };
    use_effect_with(quoted.cloned(), move |quoted| {
        let next = Next::default();
        if let Some(quoted) = quoted.clone() {
            let usage = quoted.scenario.usage();
            let around = quoted.service().map(|service| Curve::around(usage, service));
            if let Some(around) = around {
                schedule(&next, PAUSE_MILLIS, Work { curve: Curve::new(usage), around, quoted, done });
            }
        }
        move || drop(next.take())
    });
    (*explanation).clone()
}

/// An unfinished explanation.
struct Work {
    quoted: QuotedScenario,
    curve: Curve,
    around: Curve,
    done: Callback<Option<Explanation>>,
}

fn schedule(next: &Next, millis: u32, work: Work) {
    let again = Rc::downgrade(next);
    *next.borrow_mut() = Some(Timeout::new(millis, move || {
        // The owner is gone when the component is, or when a new answer has replaced this one.
        if let Some(next) = again.upgrade()
            && let Some(work) = work.slice()
        {
            schedule(&next, 0, work);
        }
    }));
}

impl Work {
    /// Works for one slice; `None` when everything is computed.
    #[expect(clippy::float_arithmetic, reason = "a clock, not money")]
    fn slice(mut self) -> Option<Self> {
        let QuotedScenario { scenario, built_in, .. } = &self.quoted;
        let Ok(pipeline) = Pipeline::new(scenario, built_in) else { return None };
        let clock = web_sys::window().and_then(|window| window.performance());
        let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let end = now() + SLICE_MILLIS;
        while self.around.step(&pipeline) || self.curve.step(&pipeline) {
            if now() > end {
                return Some(self);
            }
        }
        if let Ok(insights) = Insights::of(&pipeline, &self.curve) {
            let bought_by_other_orders = self.quoted.bought_by_other_orders();
            let (quoted, curve, around) = (self.quoted.clone(), Rc::new(self.curve), Rc::new(self.around));
            self.done.emit(Some(Explanation { quoted, curve, around, insights: Rc::new(insights), bought_by_other_orders }));
        }
        None
    }
}
