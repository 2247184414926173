//! The prerenderer: writes prices, the first screen and sentences into built files, `callmix-prerender PRICES FILE …`.
//!
//! `PRICES` is a folder of price books; the last name is that of the newest. A page then carries its prices as data, and
//! shows its form and its prices before any script has arrived, and without scripts too. Its form is the app's own first
//! rendering, so nothing moves when the app takes over.

#![allow(clippy::print_stderr, reason = "a command reports its errors")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

use callmix::app::{App, AppProps, Prices, PricesProps, examples};
use callmix::html;
use callmix::price_book::PriceBook;
use callmix::price_book::history::History;
use callmix::wording::{error_list, shell};
use yew::LocalServerRenderer;
use yew::prelude::*;

/// The examples as a component, because the renderer takes only components.
#[component]
fn Examples(props: &PricesProps) -> Html {
    examples(&props.built_in).map(Html::from).unwrap_or_default()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [prices, files @ ..] = &arguments[..] else {
        eprintln!("usage: callmix-prerender PRICES FILE…");
        return ExitCode::from(2);
    };
    let parts = match books(Path::new(prices)) {
        Ok(books) => parts(books).await,
        Err(error) => Err(error),
    };
    let done = parts.and_then(|parts| files.iter().try_for_each(|file| fill(file, &parts).map_err(|error| format!("{file}: {error}"))));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The price books of a folder, in the order of their names.
fn books(folder: &Path) -> Result<Vec<PriceBook>, String> {
    let read = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(read)?.collect::<Result<Vec<_>, _>>().map_err(read)?;
    let mut files: Vec<PathBuf> =
        entries.into_iter().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
    files.sort();
    let book = |file: &PathBuf| {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        PriceBook::from_json(&text).map_err(|errors| format!("{}: {}", file.display(), error_list(&errors)))
    };
    files.iter().map(book).collect()
}

/// The placeholders of files, with the text for each.
async fn parts(books: Vec<PriceBook>) -> Result<Vec<(String, String)>, String> {
    let data = serde_json::to_string(&books).map_err(|error| error.to_string())?;
    let history = Rc::new(History::from_json(&data).map_err(|errors| error_list(&errors))?);
    let service = history.newest().services().first().ok_or("the price book has no service")?;
    let texts = shell(service).map(|(name, text)| (format!("[[{name}]]"), escaped(&text)));
    let app = AppProps { history: Some(Rc::clone(&history)), ..AppProps::default() };
    let prices = || PricesProps { built_in: Rc::new(history.newest().clone()), scenario: None };
    let rendered = [
        ("[[app]]", LocalServerRenderer::<App>::with_props(app).hydratable(false).render().await),
        ("[[price-list]]", LocalServerRenderer::<Prices>::with_props(prices()).hydratable(false).render().await),
        ("[[worked-examples]]", LocalServerRenderer::<Examples>::with_props(prices()).hydratable(false).render().await),
        // Inside of a script.
        ("\"[[price-books]]\"", inert(&serde_json::to_string(&data).map_err(|error| error.to_string())?)),
        ("[[price-books]]", inert(&data)),
    ];
    Ok(texts.into_iter().chain(rendered.map(|(place, html)| (place.to_owned(), html))).collect())
}

/// JSON without characters that could end the script element around it, or begin another one in it.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// Replaces every placeholder of a file.
///
/// # Errors
/// A file that cannot be read or written, has no placeholder, or has an unknown one.
fn fill(path: &str, parts: &[(String, String)]) -> Result<(), String> {
    let before = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let (mut filled, mut rest) = (String::new(), before.as_str());
    while let Some(at) = rest.find("[[") {
        // A quote in front of a placeholder may belong to it.
        let next = [at.saturating_sub(1), at].into_iter().find_map(|at| {
            let (text, place) = rest.split_at_checked(at)?;
            let (name, value) = parts.iter().find(|(name, _)| place.starts_with(name.as_str()))?;
            Some((text, value, place.strip_prefix(name.as_str())?))
        });
        let Some((text, value, behind)) = next else {
            return Err(format!("unknown placeholder {:.40}", rest.get(at..).unwrap_or_default()));
        };
        filled.push_str(text);
        filled.push_str(value);
        rest = behind;
    }
    if filled.is_empty() {
        return Err("it has no placeholder".into());
    }
    fs::write(path, filled + rest).map_err(|error| error.to_string())
}

fn escaped(text: &str) -> String {
    html::el("").with(text).to_string()
}
