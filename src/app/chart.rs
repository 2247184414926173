//! Bar and line charts as SVG.
//!
//! All positions are percentages, so no size is measured and a chart prints as it shows on a screen. Charts have no style
//! attributes, which strict content policies forbid, and their figures can be read by pointer and by keyboard. Binary
//! floats are only used for positions on the screen; every figure in text comes from the quote.

#![expect(clippy::float_arithmetic, reason = "positions on the screen, not prices; see above")]

pub mod lines;
mod ticks;

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::markup::{El, el};

/// The approximate size of an amount or count, read from its digits; for positions on the screen only.
pub fn magnitude(amount: &impl ToString) -> f64 {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
    let unit = fraction.bytes().fold(1.0, |unit, _| unit * 10.0);
    digits(whole) + digits(fraction) / unit
}

/// A fraction of a length, 0 to 1, as an SVG percentage: `12.50%`.
pub fn percent(fraction: f64) -> String {
    let hundredths = on_grid(fraction);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A fraction of a length, 0 to 1, on the grid of [`stretched`].
fn on_grid(fraction: f64) -> u32 {
    // The cast turns NaN into 0, and every other value is clamped.
    (fraction.clamp(0.0, 1.0) * 10_000.0 + 0.5) as u32
}

/// A drawing with a grid of 10,000 by 10,000 that is stretched to the size of its container.
fn stretched() -> El {
    el("svg").attr("viewBox", "0 0 10000 10000").attr("preserveAspectRatio", "none").attr("width", "100%").attr("height", "100%")
}

/// Horizontal lines at these fractions of the height, as one path.
fn grid(name: &'static str, fractions: impl Iterator<Item = f64>) -> El {
    el(name).attr("d", fractions.map(|fraction| format!("M0 {}H10000", on_grid(fraction))).collect::<String>())
}

/// The places of a chart that the arrow keys move between.
#[derive(Clone, Copy)]
pub struct Places {
    /// Their number.
    pub count: usize,
    /// The selected place.
    pub selected: Option<usize>,
    /// The place that the chart shows while none is selected; `None` shows all of them together.
    pub rest: Option<usize>,
    /// The places that Page Up and Page Down move by.
    pub page: usize,
}

impl Places {
    /// The place that a key selects. The outer `None` is a key without a meaning here; the inner one selects nothing.
    fn after_key(self, event: &Event) -> Option<Option<usize>> {
        let event = event.dyn_ref::<KeyboardEvent>()?;
        let last = self.count.checked_sub(1)?;
        let current = self.selected.or(self.rest);
        let forward = |steps: usize| Some(current.map_or(0, |place| (place + steps).min(last)));
        let back = |steps: usize| Some(current.map_or(last, |place| place.saturating_sub(steps)));
        let reached = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => forward(1),
            "ArrowLeft" | "ArrowDown" => back(1),
            "PageUp" => forward(self.page),
            "PageDown" => back(self.page),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" => None,
            _ => return None,
        };
        event.prevent_default();
        Some(reached)
    }
}

/// Calls `on_point` with the place that a key selects on the chart.
///
/// It listens on the chart itself. A Yew listener would be attached to the root and run at every keystroke in a field.
#[hook]
pub fn use_point_keys(chart: &NodeRef, places: Places, on_point: &Callback<Option<usize>>) {
    let handler = use_mut_ref(Callback::noop);
    let on_point = on_point.clone();
    *handler.borrow_mut() = Callback::from(move |event: Event| {
        if let Some(reached) = places.after_key(&event) {
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
            let handler = handler.borrow().clone();
            handler.emit(event.clone());
        };
        *listener = chart.map(|chart| EventListener::new_with_options(&chart, "keydown", options, on_key));
    });
}

/// The horizontal position of the pointer in a drawing, 0 to 1.
fn fraction_at(event: &Event, drawn: &NodeRef) -> Option<f64> {
    let event = event.dyn_ref::<PointerEvent>()?;
    let area = drawn.cast::<Element>()?.get_bounding_client_rect();
    (area.width() > 0.0).then(|| ((f64::from(event.client_x()) - area.left()) / area.width()).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fraction: f64, written: &str) {
        assert_eq!(percent(fraction), written);
    }

    #[test]
    fn percentages_stay_between_zero_and_a_hundred() {
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
