//! How is an estimate exported, and sent to print?

use yew::prelude::*;

use super::{StatusMessage, browser, title};
use crate::app::state::State;
use crate::date::Date;
use crate::export::{Document, csv, json, markdown};
use crate::wording::{OUT_OF_DATE, price_check_sentence, share as words};

/// What exporting needs.
#[derive(Properties, PartialEq)]
pub(super) struct DocumentsProps {
    pub state: State,
    /// Where to say what happened.
    pub status: StatusMessage,
}

/// A kind of document.
struct Kind {
    label: &'static str,
    /// Of its file's name.
    ending: &'static str,
    media_type: &'static str,
    write: fn(&Document<'_>) -> String,
}

const KINDS: [Kind; 3] = [
    Kind { label: words::CSV, ending: "csv", media_type: "text/csv;charset=utf-8", write: csv },
    Kind { label: words::MARKDOWN, ending: "md", media_type: "text/markdown;charset=utf-8", write: markdown },
    Kind { label: words::JSON, ending: "json", media_type: "application/json", write: json },
];

/// Makes something of the estimate as a document of today; `None` while there is none.
pub(super) fn with_document<T>(state: &State, make: impl FnOnce(&Document<'_>) -> T) -> Option<T> {
    let (scenario, quote, book) = (state.scenario.as_ref()?, state.quote.as_ref()?, state.book()?);
    let link = state.link()?.ok().map(|link| browser::address_with(&link));
    let origin = state.origin.as_ref();
    let price_check = origin.and_then(|origin| price_check_sentence(&origin.opened, origin.price_check.as_ref()?));
    let price_check = price_check.or_else(|| state.is_stale().then(|| OUT_OF_DATE.into()));
    Some(make(&Document {
        scenario,
        quote,
        built_in: &book,
        notes: &state.notes,
        date: Date::parse(&browser::day()),
        link: link.as_deref(),
        price_check: price_check.as_deref(),
    }))
}

/// The buttons.
#[component]
pub(super) fn Documents(props: &DocumentsProps) -> Html {
    let nothing = props.state.quote.is_none();
    let export = |kind: &'static Kind| {
        let (state, status) = (props.state.clone(), props.status.clone());
        let on_click = move |_: MouseEvent| {
            if let Some(text) = with_document(&state, kind.write) {
                browser::download(&file_name(&title(&state.notes), kind.ending), kind.media_type, &text);
                status.set(words::exported(kind.label));
            }
        };
        html! { <button key={kind.label} type="button" class="button" disabled={nothing} onclick={on_click}>{ kind.label }</button> }
    };
    let on_print = {
        let title = title(&props.state.notes);
        move |_: MouseEvent| browser::print(&title)
    };
    html! {
        <div class="share__buttons" role="group" aria-label={words::DOCUMENTS}>
            <span class="share__label" aria-hidden="true">{ words::DOCUMENTS }</span>
            { for KINDS.iter().map(export) }
            <button type="button" class="button" disabled={nothing} onclick={on_print}>{ words::PRINT }</button>
        </div>
    }
}

/// Letters and digits of the title, so that every system takes the name.
fn file_name(title: &str, ending: &str) -> String {
    let name: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    format!("{}.{ending}", if name.is_empty() { "callmix" } else { &name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_of_files() {
        assert_eq!(file_name("Offer: Müller & Söhne / 2027", "csv"), "Offer-Müller-Söhne-2027.csv");
        assert_eq!(file_name("../..", "md"), "callmix.md");
    }
}
