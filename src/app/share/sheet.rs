//! How is an estimate printed?
//!
//! As a document of its own in place of the page: the outline that Markdown is written from, and the link with its code
//! for cameras. It is made when it is printed, by the button or the browser's own command, and costs nothing before.

use yew::prelude::*;

use super::deeds;
use super::documents::with_document;
use crate::app::state::State;
use crate::app::table::{Fit, Row, Table, heads, table};
use crate::export::{Line, Outline, Part, Section, outline};
use crate::qr;

/// What the sheet needs.
#[derive(Properties, PartialEq)]
pub(super) struct SheetProps {
    pub state: State,
}

/// The estimate on paper; nothing while there is none.
#[component]
pub(super) fn Sheet(props: &SheetProps) -> Html {
    let state = &props.state;
    let Some(Outline { title, total, standing, facts, note, sections }) = with_document(state, outline) else { return Html::default() };
    let code = state.link().and_then(Result::ok).and_then(|link| qr::draw(&deeds::address_with(&link)));
    html! {
        <div class="sheet">
            <header class="sheet__head">
                <div>
                    <h1 class="sheet__title">{ title }</h1>
                    <p class="sheet__total">{ total }</p>
                    if !standing.is_empty() {
                        <p>{ standing }</p>
                    }
                    { lines(&facts) }
                    if !note.is_empty() {
                        <p class="sheet__note">{ note }</p>
                    }
                </div>
                if let Some(code) = code {
                    <svg class="sheet__code" viewBox={format!("0 0 {0} {0}", code.size)}><path d={code.path} /></svg>
                }
            </header>
            { for sections.into_iter().map(section) }
        </div>
    }
}

fn section(Section { heading, parts }: Section) -> Html {
    let part = |part: Part| match part {
        Part::Lines(said) => lines(&said),
        Part::Address(address) => lines(&[address]),
        Part::Sentence(sentence) => html! { <p>{ sentence }</p> },
        Part::Table { columns, rows } => table(Table {
            caption: heading.into(),
            is_caption_seen: false,
            fit: Fit::Narrow,
            heads: heads(columns),
            rows: rows.into_iter().filter_map(row).collect(),
            sum: None,
        })
        .into(),
    };
    html! {
        <section class="sheet__section">
            <h2>{ heading }</h2>
            { for parts.into_iter().map(part) }
        </section>
    }
}

fn row(mut cells: Vec<String>) -> Option<Row> {
    let name = (!cells.is_empty()).then(|| cells.remove(0))?;
    Some(Row::new(name, cells))
}

fn lines(lines: &[Line]) -> Html {
    let line = |Line { label, text }: &Line| html! { <div class="sheet__line"><dt>{ *label }</dt><dd>{ text }</dd></div> };
    html! { <dl class="sheet__list">{ for lines.iter().map(line) }</dl> }
}
