//! How is a year drawn as twelve stacked bars?
//!
//! One panel: an axis with round numbers, and a bar for each column, its parts stacked in one order. Parts differ by
//! place, brightness and pattern, not by colour alone. What is pointed at is told to the owner, who writes it out.

#![expect(clippy::float_arithmetic, reason = "places on a screen, not prices")]

use yew::prelude::*;

use super::percent;
use super::ticks::Ticks;

/// The share of a column that its bar takes.
const BAR_SHARE: f64 = 0.68;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Beneath it, in little room.
    pub label: String,
    /// Its parts, from the bottom up.
    pub parts: Vec<f64>,
}

/// What the panel shows.
pub struct Bars<'a> {
    /// What the axis counts.
    pub title: AttrValue,
    /// The bars.
    pub columns: &'a [Column],
    /// A class for each part, which gives it its colour.
    pub classes: &'static [&'static str],
    /// Only whole numbers beside the axis?
    pub whole: bool,
    /// The column that is read out.
    pub selected: Option<usize>,
    /// Told the column that the pointer is on.
    pub on_point: Callback<Option<usize>>,
    /// Of the drawing.
    pub drawn: NodeRef,
}

/// A panel of stacked bars, for eyes only: what it shows is in a table too.
pub fn bars(props: &Bars<'_>) -> Html {
    let drawn = &props.drawn;
    let count = props.columns.len();
    let ticks = Ticks::up_to(props.columns.iter().map(|column| column.parts.iter().sum()).fold(0.0, f64::max), 4, props.whole);
    let point = {
        let (drawn, on_point) = (drawn.clone(), props.on_point.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(share) = super::share_at(&event, &drawn) {
                on_point.emit(Some(((share * count as f64) as usize).min(count.saturating_sub(1))));
            }
        })
    };
    html! {
        <div class="chart__panel" aria-hidden="true">
            <p class="chart__title">{ &props.title }</p>
            <div class="chart__axis">
                { for (0..=ticks.steps).rev().map(|step| html! { <span key={step}>{ ticks.label(step) }</span> }) }
            </div>
            <svg
                class="chart__plot"
                ref={drawn.clone()}
                onpointermove={point.clone()}
                onpointerdown={point}
                onpointerleave={props.on_point.reform(|_| None)}
            >
                { for (0..=ticks.steps).map(|step| grid_line(step, ticks.steps)) }
                if let Some(place) = props.selected {
                    <rect class="chart__column" x={percent(place as f64 / count as f64)} y="0" width={percent(1.0 / count as f64)} height="100%" />
                }
                { for props.columns.iter().enumerate().map(|(place, column)| bar(place, count, column, props.classes, ticks.top())) }
            </svg>
            <div class="chart__labels">
                { for props.columns.iter().enumerate().map(|(place, column)| label(place, &column.label, props.selected)) }
            </div>
        </div>
    }
}

fn grid_line(step: u32, steps: u32) -> Html {
    let y = percent(1.0 - f64::from(step) / f64::from(steps));
    html! { <line key={step} class={classes!("chart__grid", (step == 0).then_some("chart__grid--base"))} x1="0" x2="100%" y1={y.clone()} y2={y} /> }
}

fn bar(place: usize, count: usize, column: &Column, classes: &'static [&'static str], top: f64) -> Html {
    let x = percent((place as f64 + (1.0 - BAR_SHARE) / 2.0) / count as f64);
    let width = percent(BAR_SHARE / count as f64);
    let mut below = 0.0;
    let parts = column.parts.iter().zip(classes).filter(|(part, _)| **part > 0.0).map(|(&part, &class)| {
        let y = percent(1.0 - (below + part) / top);
        below += part;
        html! { <rect key={class} class={class} x={x.clone()} y={y} width={width.clone()} height={percent(part / top)} /> }
    });
    html! { <g key={place}>{ for parts }</g> }
}

/// The first letter stays where the others find no room.
fn label(place: usize, text: &str, selected: Option<usize>) -> Html {
    let (first, rest) =
        if text.starts_with(|c: char| c.is_ascii_digit()) { (text, "") } else { text.split_at_checked(1).unwrap_or((text, "")) };
    html! {
        <span key={place} class={classes!((selected == Some(place)).then_some("chart__label--selected"))}>{ first }<span class="chart__rest">{ rest }</span></span>
    }
}
