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
use crate::export::{Cell, Column, Line, Outline, Part, Section, estimate_outline, outline};
use crate::html::{Markup, el};
use crate::qr;
use crate::wording::export::NO_CODE;

/// The width of a code of few modules.
const LEAST_CODE_MILLIMETRES: u32 = 26;

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
    let Outline { title, sums, cautions, facts, note, options, sections } = with_document(state, outline, estimate_outline)?;
    let link = state.link().and_then(Result::ok).map(|link| browser::address_with(&link));
    let code = link.map(|link| qr::draw(&link).map_or_else(|| el("p.print-view__no-code").with(NO_CODE), |code| drawing(&code)));
    let head = el("div").with(el("h1.print-view__title").with(title)).with(lines("dl.print-view__facts", facts));
    let total = el("div")
        .with(lines("dl.print-view__sums", sums))
        .each(cautions.into_iter().map(|caution| el("p.print-view__sentence").with(caution)));
    Some(
        el("div.print-view")
            .with(el("header.print-view__head").with(head).with(code))
            .with(el("div.print-view__answer").with(total).with(section(options)))
            .with((!note.is_empty()).then(|| el("p.print-view__note").with(note)))
            .each(sections.into_iter().map(section)),
    )
}

/// The code, as wide as its modules need to be read from paper.
fn drawing(code: &qr::Drawing) -> Markup {
    let all = format!("0 0 {0} {0}", code.size);
    let millimetres = format!("{}mm", LEAST_CODE_MILLIMETRES.max(code.size * 2 / 5));
    let svg = el("svg.print-view__code").attr("viewBox", &all).attr("width", &millimetres).attr("height", &millimetres);
    svg.with(el("path").attr("d", &code.path))
}

fn section(Section { heading, parts }: Section) -> Markup {
    let part = |part: Part| match part {
        Part::Lines(content) => lines("dl.print-view__list", content),
        Part::Link { label, address, words } => followed(label, &address, words),
        Part::Sentence(sentence) => el("p.print-view__sentence").with(sentence),
        Part::Table { columns, rows, total } => table(heading, &columns, rows, total),
    };
    el("section.print-view__section").with(el("h2.print-view__heading").with(heading)).each(parts.into_iter().map(part))
}

/// A link that a PDF keeps.
fn followed(label: &'static str, address: &str, words: Option<&'static str>) -> Markup {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let text = words.unwrap_or(address);
    let link = if is_web { el("a").attr("href", address).with(text) } else { el("span").with(address) };
    el("p.print-view__link").with(el("span").with([label, ": "].concat())).with(link)
}

fn table(name: &str, columns: &[Column], rows: Vec<Vec<Cell>>, total: Option<Vec<Cell>>) -> Markup {
    let aligned = |cell: Markup, column: &Column| if column.has_figures { cell.attr("class", "print-table__figure") } else { cell };
    let head = |column: &Column| aligned(el("th").attr("scope", "col").with(column.name.as_str()), column);
    let row = |cells: Vec<Cell>| {
        let (last, across) = (cells.len(), columns.len() + 1 - cells.len().min(columns.len()));
        let cell = |(place, (Cell { strong, text }, column)): (usize, (Cell, &Column))| {
            let gap = if strong.is_empty() || text.is_empty() { "" } else { ": " };
            let strong = (!strong.is_empty()).then(|| el("strong").with(strong));
            let cell = if place == 0 { el("th").attr("scope", "row") } else { el("td") };
            let cell = match across {
                1 => aligned(cell, column),
                // Words across the rest of the columns.
                across if place + 1 == last => cell.attr("class", "print-table__words").attr("colspan", &across.to_string()),
                _ => aligned(cell, column),
            };
            cell.with(strong).with([gap, &text].concat())
        };
        el("tr").each(cells.into_iter().zip(columns).enumerate().map(cell))
    };
    el("table.print-table")
        .with(el("caption.visually-hidden").with(name))
        .with(el("thead").with(el("tr").each(columns.iter().map(head))))
        .with(el("tbody").each(rows.into_iter().map(row)))
        .with(total.map(|total| el("tfoot").with(row(total))))
}

fn lines(list: &'static str, lines: Vec<Line>) -> Markup {
    let line = |Line { label, text }| el("div").with(el("dt").with(label)).with(el("dd").with(text));
    el(list).each(lines.into_iter().map(line))
}
