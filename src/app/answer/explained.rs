//! What explains the answer, computed without delaying a key?
//!
//! The curve and the insights take hundreds of plans. They wait until typing pauses and then come in slices of a few
//! milliseconds, with the browser free to do anything else in between. A new question ends the work on the old one.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::Answered;
use crate::insight::{Curve, Insights};
use crate::scenario::Pipeline;

/// How long typing must pause before the work starts.
const PAUSE_MILLIS: u32 = 160;
/// How long one slice may take; a slice ends with the plan that passes this.
const SLICE_MILLIS: f64 = 4.0;

/// What explains one answer.
#[derive(Debug, Clone)]
pub struct Explained {
    /// Which.
    pub answered: Answered,
    /// Finished.
    pub curve: Rc<Curve>,
    /// The rest.
    pub insights: Rc<Insights>,
}

/// The same one, not merely an equal one.
impl PartialEq for Explained {
    fn eq(&self, other: &Self) -> bool {
        self.answered == other.answered && Rc::ptr_eq(&self.insights, &other.insights)
    }
}

/// The timer of the next slice, to be dropped with the work.
type Next = Rc<RefCell<Option<Timeout>>>;

/// The last explanation that was finished: of the answer at hand, or of one before it.
#[hook]
pub fn use_explained(answered: Option<&Answered>) -> Option<Explained> {
    let explained = use_state_eq(|| None);
    let done = {
        let explained = explained.setter();
        Callback::from(move |finished| explained.set(finished))
    };
    use_effect_with(answered.cloned(), move |answered| {
        let next = Next::default();
        if let Some(answered) = answered.clone() {
            let work = Work { curve: Curve::new(&answered.scenario.usage), answered, done };
            schedule(&next, PAUSE_MILLIS, work);
        }
        move || drop(next.take())
    });
    (*explained).clone()
}

/// An explanation in the making.
struct Work {
    answered: Answered,
    curve: Curve,
    done: Callback<Option<Explained>>,
}

fn schedule(next: &Next, millis: u32, work: Work) {
    let again = Rc::downgrade(next);
    *next.borrow_mut() = Some(Timeout::new(millis, move || {
        // Nobody waits any more where the owner is gone.
        if let Some(next) = again.upgrade()
            && let Some(work) = work.slice()
        {
            schedule(&next, 0, work);
        }
    }));
}

impl Work {
    /// Goes on for a few milliseconds; `None` when all is done.
    #[expect(clippy::float_arithmetic, reason = "a clock, not money")]
    fn slice(mut self) -> Option<Self> {
        let Answered { scenario, built_in, .. } = &self.answered;
        let Ok(pipeline) = Pipeline::new(scenario, built_in) else { return None };
        let clock = web_sys::window().and_then(|window| window.performance());
        let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let end = now() + SLICE_MILLIS;
        while self.curve.step(&pipeline) {
            if now() > end {
                return Some(self);
            }
        }
        if let Ok(insights) = Insights::of(&pipeline, &self.curve) {
            let (answered, curve) = (self.answered.clone(), Rc::new(self.curve));
            self.done.emit(Some(Explained { answered, curve, insights: Rc::new(insights) }));
        }
        None
    }
}
