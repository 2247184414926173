//! The prerenderer: writes the first screen and the page's sentences into built pages, `callmix-prerender PAGE.html …`.
//!
//! The page then shows its form and its prices before any script has arrived, and without scripts too. It is the app's own
//! first rendering, so nothing moves when the app takes over.

#![allow(clippy::print_stderr, reason = "a command reports its errors")]

use std::process::ExitCode;
use std::rc::Rc;

use callmix::app::{App, Prices, PricesProps, examples};
use callmix::html;
use callmix::price_book::PriceBook;
use callmix::wording::shell;
use yew::prelude::*;
use yew::{LocalServerRenderer, ServerRenderer};

/// The examples as a component, because the renderer takes only components.
#[component]
fn Examples(props: &PricesProps) -> Html {
    examples(&props.built_in).map(Html::from).unwrap_or_default()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let pages: Vec<String> = std::env::args().skip(1).collect();
    if pages.is_empty() {
        eprintln!("usage: callmix-prerender PAGE.html [PAGE.html]");
        return ExitCode::from(2);
    }
    let parts = match parts().await {
        Ok(parts) => parts,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    for page in pages {
        if let Err(error) = fill(&page, &parts) {
            eprintln!("{page}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The placeholders of pages, with the HTML for each.
async fn parts() -> Result<Vec<(String, String)>, String> {
    let book = PriceBook::built_in().map_err(|errors| format!("{errors:?}"))?;
    let service = book.services().first().ok_or("the price book has no service")?;
    let texts = shell(service).map(|(name, text)| (format!("[[{name}]]"), escaped(&text)));
    let book = Rc::new(book.clone());
    let prices = || PricesProps { built_in: Rc::clone(&book), scenario: None };
    let rendered = [
        ("<!-- app -->", ServerRenderer::<App>::new().hydratable(false).render().await),
        ("<!-- prices -->", LocalServerRenderer::<Prices>::with_props(prices()).hydratable(false).render().await),
        ("<!-- examples -->", LocalServerRenderer::<Examples>::with_props(prices()).hydratable(false).render().await),
    ];
    Ok(texts.into_iter().chain(rendered.map(|(place, html)| (place.to_owned(), html))).collect())
}

/// Replaces every placeholder of a page.
///
/// # Errors
/// A page that cannot be read or written, has no placeholder, or has an unknown one.
fn fill(path: &str, parts: &[(String, String)]) -> Result<(), String> {
    let before = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let page = parts.iter().fold(before.clone(), |page, (place, html)| page.replace(place, html));
    if page == before {
        return Err("it has no placeholder".into());
    }
    if let Some((_, unknown)) = page.split_once("[[") {
        return Err(format!("unknown placeholder {:?}", unknown.split("]]").next().unwrap_or_default()));
    }
    std::fs::write(path, page).map_err(|error| error.to_string())
}

fn escaped(text: &str) -> String {
    html::el("").with(text).to_string()
}
