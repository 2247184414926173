//! The printed estimate.
//!
//! Printing replaces the page by a document: the outline that the Markdown export uses, and the link with its QR code. It
//! is built when the browser prints, from the button or from the browser's own command.
//!
//! Firefox takes its snapshot as soon as the listeners of `beforeprint` return, before components could render. So the
//! document is a string of HTML, which is in the page at once.

use gloo::events::EventListener;
use yew::prelude::*;

use super::browser;
use super::documents::with_document;
use crate::app::state::State;
use crate::export::{Line, Outline, Part, Section, outline};
use crate::html::{Markup, el};
use crate::qr;

/// Adds the document to the page whenever the browser prints.
#[hook]
pub(super) fn use_print_view(state: &State) {
    let latest = use_mut_ref(|| state.clone());
    latest.replace(state.clone());
    use_effect_with((), move |()| {
        let on_print =
            move |_: &_| browser::show_print_view(&print_view(&latest.borrow()).map(|view| view.to_string()).unwrap_or_default());
        let listener = web_sys::window().map(|window| EventListener::new(&window, "beforeprint", on_print));
        move || drop(listener)
    });
}

/// The document; `None` while there is no estimate.
fn print_view(state: &State) -> Option<Markup> {
    let Outline { title, total, caution, facts, note, sections } = with_document(state, outline)?;
    let code = state.link().and_then(Result::ok).and_then(|link| qr::draw(&browser::address_with(&link)));
    let code = code.map(|code| {
        let all = format!("0 0 {0} {0}", code.size);
        el("svg.print-view__code").attr("viewBox", &all).with(el("path").attr("d", &code.path))
    });
    let head = el("div")
        .with(el("h1.print-view__title").with(title))
        .with(el("p.print-view__total").with(total))
        .with((!caution.is_empty()).then(|| el("p").with(caution)))
        .with(lines(facts))
        .with((!note.is_empty()).then(|| el("p.print-view__note").with(note)));
    Some(el("div.print-view").with(el("header.print-view__head").with(head).with(code)).each(sections.into_iter().map(section)))
}

fn section(Section { heading, parts }: Section) -> Markup {
    let part = |part: Part| match part {
        Part::Lines(content) => lines(content),
        Part::Address(address) => lines(vec![address]),
        Part::Sentence(sentence) => el("p").with(sentence),
        Part::Table { columns, rows } => table(heading, columns, rows),
    };
    el("section.print-view__section").with(el("h2").with(heading)).each(parts.into_iter().map(part))
}

fn table(name: &str, columns: Vec<&str>, rows: Vec<Vec<String>>) -> Markup {
    let head = |column| el("th").attr("scope", "col").with(column);
    let cell = |(place, text)| if place == 0 { el("th").attr("scope", "row") } else { el("td") }.with(text);
    let row = |cells: Vec<String>| el("tr").each(cells.into_iter().enumerate().map(cell));
    el("table.table")
        .with(el("caption.visually-hidden").with(name))
        .with(el("thead").with(el("tr").each(columns.into_iter().map(head))))
        .with(el("tbody").each(rows.into_iter().map(row)))
}

fn lines(lines: Vec<Line>) -> Markup {
    let line = |Line { label, text }| el("div.print-view__line").with(el("dt").with(label)).with(el("dd").with(text));
    el("dl.print-view__list").each(lines.into_iter().map(line))
}
