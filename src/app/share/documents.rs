//! How is an estimate exported and printed?

use yew::platform::spawn_local;
use yew::prelude::*;

use super::{Said, deeds};
use crate::wording::share as words;

/// What exporting needs.
#[derive(Properties, PartialEq)]
pub(super) struct DocumentsProps {
    /// The whole address of the estimate; `None` where it has none.
    pub address: Option<String>,
    /// The estimate as the engine's module opens it; `None` while there is none.
    pub estimate: Option<String>,
    /// Where to say what happened.
    pub said: Said,
    /// What the documents are called.
    pub title: String,
    /// Where the code for print goes: its width in modules and the data of its path.
    pub code: UseStateHandle<Option<(String, String)>>,
}

/// A kind of document: its name for the engine, its button, the end of its file's name, and its media type.
const KINDS: [(&str, &str, &str, &str); 3] = [
    ("csv", words::CSV, "csv", "text/csv;charset=utf-8"),
    ("markdown", words::MARKDOWN, "md", "text/markdown;charset=utf-8"),
    ("json", words::JSON, "json", "application/json"),
];

/// The buttons.
#[component]
pub(super) fn Documents(props: &DocumentsProps) -> Html {
    let export = |(kind, label, ending, media_type): (&'static str, &'static str, &'static str, &'static str)| {
        let (estimate, said, title) = (props.estimate.clone(), props.said.clone(), props.title.clone());
        let on_click = move |_: MouseEvent| {
            let (estimate, said, title) = (estimate.clone().unwrap_or_default(), said.clone(), title.clone());
            spawn_local(async move {
                match deeds::document(kind, &estimate, &deeds::day(), &deeds::bare_address()).await {
                    Ok(text) => {
                        deeds::download(&file_name(&title, ending), media_type, &text);
                        said.set(Some(words::exported(label)));
                    }
                    Err(_) => said.set(Some(words::NO_DOCUMENT.into())),
                }
            });
        };
        html! { <button key={kind} type="button" class="button" disabled={props.estimate.is_none()} onclick={on_click}>{ label }</button> }
    };
    let on_print = {
        let (address, code) = (props.address.clone(), props.code.clone());
        move |_: MouseEvent| {
            let (address, code) = (address.clone(), code.clone());
            spawn_local(async move {
                if let Some(address) = address
                    && let Ok(drawn) = deeds::qr_path(&address).await
                    && let Some((size, path)) = drawn.split_once(' ')
                {
                    code.set(Some((size.into(), path.into())));
                }
                // A frame later the code is on the page.
                gloo::timers::callback::Timeout::new(50, || {
                    let _ = web_sys::window().map(|window| window.print());
                })
                .forget();
            });
        }
    };
    html! {
        <>
            { for KINDS.into_iter().map(export) }
            <button type="button" class="button" disabled={props.estimate.is_none()} onclick={on_print}>{ words::PRINT }</button>
        </>
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
