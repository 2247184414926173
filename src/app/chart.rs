//! How are numbers drawn?
//!
//! Charts as SVG of our own: they stretch by percentages, so that no size is measured and paper works like a screen;
//! they carry no style attributes; and what they show can be read off by pointer and by keyboard. Binary floats are
//! good enough for places on a screen and are used for nothing else: every figure in words comes from the quote.

#![expect(clippy::float_arithmetic, reason = "places on a screen, not prices; see above")]

pub mod bars;
pub mod lines;
pub mod read_out;
pub mod ticks;

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::markup::{El, el};

/// About how large an amount or count is, read from its digits; for places on a screen only.
pub fn magnitude(amount: &impl ToString) -> f64 {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
    let unit = fraction.bytes().fold(1.0, |unit, _| unit * 10.0);
    digits(whole) + digits(fraction) / unit
}

/// A share of a length, 0 to 1, as SVG writes it: `12.50%`.
pub fn percent(share: f64) -> String {
    let hundredths = on_grid(share);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A share of a length, 0 to 1, on the grid of [`stretched`].
fn on_grid(share: f64) -> u32 {
    // Not a number becomes 0, and all else is bounded, so the cast loses nothing but the fraction.
    (share.clamp(0.0, 1.0) * 10_000.0 + 0.5) as u32
}

/// A drawing whose grid, 10,000 both ways, fills whatever room there is.
fn stretched() -> El {
    el("svg").attr("viewBox", "0 0 10000 10000").attr("preserveAspectRatio", "none").attr("width", "100%").attr("height", "100%")
}

/// Lines across at these shares of the height, as one path.
fn grid(name: &'static str, shares: impl Iterator<Item = f64>) -> El {
    el(name).attr("d", shares.map(|share| format!("M0 {}H10000", on_grid(share))).collect::<String>())
}

/// Which of `count` places a key leads to from `current`: `None` for keys that lead nowhere, `Some(None)` for none.
fn by_key(event: &Event, current: Option<usize>, count: usize, page: usize) -> Option<Option<usize>> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    let last = count.checked_sub(1)?;
    let forward = |steps: usize| Some(current.map_or(0, |place| (place + steps).min(last)));
    let back = |steps: usize| Some(current.map_or(last, |place| place.saturating_sub(steps)));
    let reached = match event.key().as_str() {
        "ArrowRight" | "ArrowUp" => forward(1),
        "ArrowLeft" | "ArrowDown" => back(1),
        "PageUp" => forward(page),
        "PageDown" => back(page),
        "Home" => Some(0),
        "End" => Some(last),
        "Escape" => None,
        _ => return None,
    };
    event.prevent_default();
    Some(reached)
}

/// Tells `on_point` where the arrow keys lead on a chart of `count` places, of which `current` is read out.
///
/// By a listener of its own: Yew would listen at the top of the page, and be called for every key typed in a field.
#[hook]
pub fn use_point_keys(chart: &NodeRef, current: Option<usize>, count: usize, page: usize, on_point: &Callback<Option<usize>>) {
    let then = use_mut_ref(Callback::noop);
    let on_point = on_point.clone();
    *then.borrow_mut() = Callback::from(move |event: Event| {
        if let Some(reached) = by_key(&event, current, count, page) {
            on_point.emit(reached);
        }
    });
    let listener = use_mut_ref(|| None::<EventListener>);
    let chart = chart.clone();
    use_effect(move || {
        let chart = chart.cast::<Element>();
        let mut listener = listener.borrow_mut();
        if listener.as_ref().map(EventListener::target) == chart.as_ref().map(AsRef::as_ref) {
            return;
        }
        let options = EventListenerOptions::enable_prevent_default();
        let on_key = move |event: &Event| {
            let then = then.borrow().clone();
            then.emit(event.clone());
        };
        *listener = chart.map(|chart| EventListener::new_with_options(&chart, "keydown", options, on_key));
    });
}

/// How far along the element's width the pointer is, 0 to 1.
fn share_at(event: &Event, drawn: &NodeRef) -> Option<f64> {
    let event = event.dyn_ref::<PointerEvent>()?;
    let area = drawn.cast::<Element>()?.get_bounding_client_rect();
    (area.width() > 0.0).then(|| ((f64::from(event.client_x()) - area.left()) / area.width()).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(share: f64, written: &str) {
        assert_eq!(percent(share), written);
    }

    #[test]
    fn shares_are_written_as_percentages_within_bounds() {
        check(0.0, "0.00%");
        check(0.125, "12.50%");
        check(1.0 / 3.0, "33.33%");
        check(1.0, "100.00%");
        check(7.0, "100.00%");
        check(-7.0, "0.00%");
        check(f64::NAN, "0.00%");
    }

    #[test]
    fn magnitudes_are_read_from_digits() {
        for (text, size) in [("0.00", 0.0), ("1260.00", 1260.0), ("0.075", 0.075), ("3500000000000.00", 3.5e12)] {
            assert!((magnitude(&text) - size).abs() <= size * 1e-12, "{text}");
        }
    }
}
