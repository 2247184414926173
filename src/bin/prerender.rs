//! The prerenderer: writes the first screen into the built page. Usage: `callmix-prerender dist/index.html`.
//!
//! The page then shows its form and prices before any script has loaded, and without JavaScript too. The HTML is the app's
//! first rendering, so that nothing moves when the app takes over.

#![allow(clippy::print_stderr, reason = "a command prints its errors")]

use std::process::ExitCode;
use std::rc::Rc;

use callmix::app::{App, Prices, PricesProps, examples};
use callmix::price_book::PriceBook;
use yew::prelude::*;
use yew::{LocalServerRenderer, ServerRenderer};

/// The placeholders in index.html.
const PLACEHOLDERS: [&str; 3] = ["<!-- app -->", "<!-- prices -->", "<!-- examples -->"];

/// The examples as a component, because only components can be rendered.
#[component]
fn Examples(props: &PricesProps) -> Html {
    examples(&props.built_in).map(Html::from).unwrap_or_default()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("Usage: callmix-prerender PAGE.html");
        return ExitCode::from(2);
    };
    match prerender(&path).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn prerender(path: &str) -> Result<(), String> {
    let mut page = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let book = PriceBook::built_in().map_err(|errors| format!("{errors:?}"))?;
    let book = Rc::new(book);
    let prices = || PricesProps { built_in: Rc::clone(&book), scenario: None };
    let parts = [
        ServerRenderer::<App>::new().hydratable(false).render().await,
        LocalServerRenderer::<Prices>::with_props(prices()).hydratable(false).render().await,
        LocalServerRenderer::<Examples>::with_props(prices()).hydratable(false).render().await,
    ];
    for (placeholder, part) in PLACEHOLDERS.into_iter().zip(parts) {
        if page.matches(placeholder).count() != 1 {
            return Err(format!("the page must contain {placeholder} exactly once"));
        }
        page = page.replace(placeholder, &part);
    }
    std::fs::write(path, page).map_err(|error| error.to_string())
}
