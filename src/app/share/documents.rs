//! The buttons that download and print an estimate.

use yew::prelude::*;

use super::{StatusMessage, browser, title};
use crate::app::markup::{On, button, el, group};
use crate::app::state::State;
use crate::date::Date;
use crate::export::{Caution, Document, EstimateDocument, csv, estimate_csv, estimate_json, estimate_markdown, json, markdown};
use crate::wording::share as words;

/// The properties of [`Documents`].
#[derive(Properties, PartialEq)]
pub(super) struct DocumentsProps {
    pub state: State,
    /// Receives the message about the last action.
    pub status: StatusMessage,
}

/// A document format.
struct Format {
    label: &'static str,
    /// The extension of its file name.
    extension: &'static str,
    media_type: &'static str,
    write: fn(&Document<'_>) -> String,
    write_several: fn(&EstimateDocument<'_>) -> String,
}

const FORMATS: [Format; 3] = [
    Format { label: words::CSV, extension: "csv", media_type: "text/csv;charset=utf-8", write: csv, write_several: estimate_csv },
    Format {
        label: words::MARKDOWN,
        extension: "md",
        media_type: "text/markdown;charset=utf-8",
        write: markdown,
        write_several: estimate_markdown,
    },
    Format { label: words::JSON, extension: "json", media_type: "application/json", write: json, write_several: estimate_json },
];

/// Passes today's document of the estimate to `make`, or to `make_several` where it is about several services; `None` while there
/// is no estimate.
pub(super) fn with_document<T>(
    state: &State,
    make: impl FnOnce(&Document<'_>) -> T,
    make_several: impl FnOnce(&EstimateDocument<'_>) -> T,
) -> Option<T> {
    let book = state.book()?;
    let link = state.link()?.ok().map(|link| browser::address_with(&link));
    let imported = || state.origin.as_deref().map(Caution::Imported);
    let caution = if state.is_stale() { Some(Caution::OutOfDate) } else { imported() };
    let (built_in, notes, date, link) = (&*book, &*state.notes, Date::parse(&browser::day()), link.as_deref());
    if let Some(joint) = &state.joint {
        let (estimate, quote) = (&joint.estimate, &joint.quote);
        return Some(make_several(&EstimateDocument { estimate, quote, built_in, notes, date, link, caution }));
    }
    let (scenario, quote) = (state.scenario.as_ref()?, state.quote.as_ref()?);
    Some(make(&Document { scenario, quote, built_in, notes, date, link, caution }))
}

/// A button for each format, and one to print.
#[component]
pub(super) fn Documents(props: &DocumentsProps) -> Html {
    let nothing = !props.state.has_answer();
    let export = |format: &'static Format| {
        let (state, status) = (props.state.clone(), props.status.clone());
        let on_click = move |_: Event| {
            if let Some(text) = with_document(&state, format.write, format.write_several) {
                browser::download(&file_name(&title(&state.notes), format.extension), format.media_type, &text);
                status.set(words::exported(format.label));
            }
        };
        button("button.button", format.label).flag("disabled", nothing).on(On::Click, Callback::from(on_click))
    };
    let on_print = {
        let title = title(&props.state.notes);
        Callback::from(move |_: Event| browser::print(&title))
    };
    el("div.share__buttons")
        .attr("role", "group")
        .attr("aria-label", words::DOCUMENTS)
        .with(el("span.share__label").attr("aria-hidden", "true").with(words::DOCUMENTS))
        .with(group().each(FORMATS.iter().map(export)))
        .with(button("button.button", words::PRINT).flag("disabled", nothing).on(On::Click, on_print))
        .into()
}

/// A file name that every system accepts: the letters and digits of the title, joined by hyphens.
fn file_name(title: &str, extension: &str) -> String {
    let name: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    format!("{}.{extension}", if name.is_empty() { "callmix" } else { &name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_titles_into_file_names() {
        assert_eq!(file_name("Offer: Müller & Söhne / 2027", "csv"), "Offer-Müller-Söhne-2027.csv");
        assert_eq!(file_name("../..", "md"), "callmix.md");
    }
}
