//! What does paper need that the screen shows elsewhere?
//!
//! The head of a printed estimate: its title and notes, the day, what was asked and assumed, the price list, the link
//! and its code. Only print shows it.

use std::rc::Rc;

use yew::prelude::*;

use super::{deeds, notes};
use crate::notes::{NoteField, Notes};
use crate::quote::Quote;
use crate::scenario::Scenario;
use crate::wording::{assumptions, note_label, share as words};

/// What the sheet needs.
#[derive(Properties)]
pub(super) struct SheetProps {
    pub scenario: Rc<Scenario>,
    pub quote: Rc<Quote>,
    pub notes: Rc<Notes>,
    /// The whole address; `None` where the estimate has no link.
    pub address: Option<String>,
    /// The code of the address: its width in modules and the data of its path.
    pub code: Option<(String, String)>,
}

impl PartialEq for SheetProps {
    /// The same ones, not merely equal ones: comparing must cost nothing at each key.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scenario, &other.scenario)
            && Rc::ptr_eq(&self.quote, &other.quote)
            && self.notes == other.notes
            && self.address == other.address
            && self.code == other.code
    }
}

/// The head of a printed estimate.
#[component]
pub(super) fn Sheet(props: &SheetProps) -> Html {
    let note = |field: NoteField| {
        let text = props.notes.get(field);
        (!text.is_empty() && field != NoteField::Title).then(|| line(note_label(field), text))
    };
    let book = &props.quote.price_book;
    html! {
        <div class="sheet" aria-hidden="true">
            <p class="sheet__title">{ notes::title(&props.notes) }</p>
            <dl class="sheet__list">
                { line(words::DAY, deeds::day()) }
                { for NoteField::ALL.into_iter().filter_map(note) }
                { for assumptions(&props.scenario).into_iter().map(|assumed| line(assumed.label, assumed.text)) }
                { line(words::PRICES, format!("{} ({})", book.version, book.hash)) }
                if let Some(address) = &props.address {
                    { line(words::LINK, address.clone()) }
                }
            </dl>
            if let Some((size, path)) = &props.code {
                <svg class="sheet__code" viewBox={format!("0 0 {size} {size}")}><path d={path.clone()} /></svg>
            }
        </div>
    }
}

fn line(label: &'static str, text: String) -> Html {
    html! {
        <div class="sheet__line">
            <dt>{ label }</dt>
            <dd>{ text }</dd>
        </div>
    }
}
