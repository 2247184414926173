//! Writes the first screen into the built page: `callmix-prerender dist/index.html`.
//!
//! The page then shows its form and its prices before any script has arrived, and without scripts too. What is written
//! is what the app draws at first, so that nothing moves when it takes over.

#![allow(clippy::print_stderr, reason = "a command says what went wrong")]

use std::process::ExitCode;
use std::rc::Rc;

use callmix::app::{App, Prices, PricesProps, examples};
use callmix::price_book::PriceBook;
use yew::prelude::*;
use yew::{LocalServerRenderer, ServerRenderer};

/// Each place in index.html, to be replaced by what belongs there.
const PLACES: [&str; 3] = ["<!-- app -->", "<!-- prices -->", "<!-- examples -->"];

/// The examples as a component, which is what can be rendered.
#[component]
fn Examples(props: &PricesProps) -> Html {
    examples(&props.built_in).map(Html::from).unwrap_or_default()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: callmix-prerender PAGE.html");
        return ExitCode::from(2);
    };
    match written(&path).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{path}: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn written(path: &str) -> Result<(), String> {
    let mut page = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let book = PriceBook::built_in().map_err(|errors| format!("{errors:?}"))?;
    let book = Rc::new(book);
    let prices = || PricesProps { built_in: Rc::clone(&book), scenario: None };
    let parts = [
        ServerRenderer::<App>::new().hydratable(false).render().await,
        LocalServerRenderer::<Prices>::with_props(prices()).hydratable(false).render().await,
        LocalServerRenderer::<Examples>::with_props(prices()).hydratable(false).render().await,
    ];
    for (place, part) in PLACES.into_iter().zip(parts) {
        if page.matches(place).count() != 1 {
            return Err(format!("it must have {place} once"));
        }
        page = page.replace(place, &part);
    }
    std::fs::write(path, page).map_err(|error| error.to_string())
}
