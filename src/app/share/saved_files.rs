//! All saved estimates in one file: to keep them, and to bring them to another browser.

use yew::platform::spawn_local;
use yew::prelude::*;

use super::archive::{self, Archive};
use super::browser;
use super::record::{Estimate, all, free_name};
use crate::app::markup::{On, button, el};
use crate::wording::share as words;

/// More than any browser's storage holds.
const MOST_BYTES: u32 = 20_000_000;

#[derive(Properties, PartialEq)]
pub(super) struct SavedFilesProps {
    pub estimates: Vec<Estimate>,
    /// Called when estimates were added to storage.
    pub on_imported: Callback<()>,
}

/// The button that exports all estimates, and the field that imports a file of them.
#[component]
pub(super) fn SavedFiles(props: &SavedFilesProps) -> Html {
    let SavedFilesProps { estimates, on_imported } = props;
    let outcome = use_state(String::new);
    let on_export = {
        let (estimates, outcome) = (estimates.clone(), outcome.clone());
        Callback::from(move |_: Event| {
            browser::download(&archive::file_name(&browser::day()), "application/json", &archive::write(&estimates));
            outcome.set(words::exported_all(estimates.len()));
        })
    };
    let on_file = {
        let (outcome, on_imported) = (outcome.clone(), on_imported.clone());
        Callback::from(move |event: Event| {
            let (outcome, on_imported) = (outcome.clone(), on_imported.clone());
            let input = event.target_unchecked_into::<web_sys::HtmlInputElement>();
            spawn_local(async move {
                let sentence = match browser::chosen_text(&input, MOST_BYTES).await.as_deref() {
                    Some("") => return,
                    Some(text) => archive::read(text).map_or_else(|why| why.into(), |archive| imported(&archive)),
                    None => words::UNREADABLE_ARCHIVE.into(),
                };
                outcome.set(sentence);
                on_imported.emit(());
            });
        })
    };
    el("details.disclosure")
        .with(el("summary.disclosure__summary chevron").with(words::ALL_AS_FILE))
        .with(el("p.field__hint").with(words::ALL_AS_FILE_HINT))
        .with(button("button.button", words::EXPORT_ALL).flag("disabled", estimates.is_empty()).on(On::Click, on_export))
        .with(el("label.field__label share__name").attr("for", "saved-file").with(words::IMPORT_ALL))
        .with(
            el("input.share__file")
                .attr("id", "saved-file")
                .attr("type", "file")
                .attr("accept", ".json,application/json")
                .on(On::Change, on_file),
        )
        .with(el("p.share__status").attr("role", "status").with((*outcome).clone()))
        .into()
}

/// Adds the estimates that are not here yet, and says what became of each.
fn imported(archive: &Archive) -> String {
    let mut here = all();
    let is_new = |estimate: &&Estimate| !here.iter().any(|other| other.is_copy_of(estimate));
    let new: Vec<&Estimate> = archive.estimates.iter().filter(is_new).collect();
    let mut added = 0;
    // The newest comes first in the file, and gets the latest key.
    for estimate in new.iter().rev() {
        let name = free_name(&estimate.name, "", &here);
        let Some(key) = browser::save("", &estimate.named(&name)) else { break };
        here.push(Estimate { key, name, ..(*estimate).clone() });
        added += 1;
    }
    words::imported_all(added, archive.estimates.len() - new.len(), archive.unreadable, new.len() - added)
}
