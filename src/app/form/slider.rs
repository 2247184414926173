//! The slider for the calls, next to their text field.
//!
//! Its steps are the E24 series of preferred numbers: 24 to each power of ten, evenly spaced on a logarithmic scale, and all
//! of them short numbers.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::View;
use crate::app::markup::{El, On, el};
use crate::app::state::{Action, Field};
use crate::price_book::MAX_CALLS;
use crate::recommendation::EXAMPLE_CALLS;
use crate::typed_number;
use crate::wording::form as words;

/// The E24 series, in tenths.
const SERIES: [u64; 24] = [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91];
/// From 10 calls to 10 million.
const LAST: usize = 6 * SERIES.len();

/// The calls at a step.
fn calls_at(step: usize) -> u64 {
    let decade = u32::try_from(step / SERIES.len()).unwrap_or(0);
    SERIES[step % SERIES.len()].saturating_mul(10_u64.saturating_pow(decade))
}

/// The last step with at most `calls` calls.
fn step_of(calls: u64) -> usize {
    (0..=LAST).rev().find(|&step| calls_at(step) <= calls).unwrap_or(0)
}

/// The slider. While the text is not a number, it shows the volume of the last answer.
pub(super) fn slider(view: View<'_>, label: &str) -> El {
    let typed = typed_number::read(view.state.draft.text(Field::Calls), MAX_CALLS).ok();
    let answered = view.state.scenario.as_ref().map(|scenario| scenario.usage().total() / view.state.draft.volume_input.times_a_year());
    let example = view.state.shows_example().then_some(EXAMPLE_CALLS);
    let position = typed.or(answered).or(example);
    let on_input = view.on_action.reform(|event: Event| {
        let step = event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(0);
        Action::Slide(calls_at(step))
    });
    el("input.slider")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", LAST.to_string())
        .value(&position.map_or(0, step_of).to_string())
        .attr("aria-label", words::slider_name(label))
        .attr("aria-valuetext", view.state.in_asked_unit(&words::slider_value(position)))
        .on(On::Input, on_input)
        .on(On::Change, view.does(Action::EndSlide))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_short_numbers_from_ten_to_ten_million() {
        assert_eq!((calls_at(0), calls_at(1), calls_at(24), calls_at(LAST)), (10, 11, 100, 10_000_000));
        assert_eq!((step_of(0), step_of(10), step_of(299), step_of(300), step_of(u64::MAX)), (0, 0, 34, 35, LAST));
    }
}
