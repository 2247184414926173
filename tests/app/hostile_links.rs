//! Hostile links: markup in the value of any key is shown as text.
//!
//! Renders the whole page for each key of a link with each hostile value, and once with the value in all keys. A browser
//! opens a part of them in `tests/browser/links.test.mjs`.

use callmix::app::{App, AppProps, View};
use yew::ServerRenderer;

/// The keys that links have, and one that they do not have.
const KEYS: [&str; 27] = [
    "v",
    "calls",
    "m",
    "profile",
    "start",
    "free",
    "owned",
    "postpaid",
    "tier",
    "slots",
    "queued",
    "live",
    "discount",
    "service",
    "customer",
    "by",
    "title",
    "ref",
    "note",
    "until",
    "book",
    "quoted",
    "secs",
    "busy",
    "calls.2",
    "service.2",
    "other",
];

const HOSTILE: [&str; 6] = [
    "<img src=x onerror=window.hacked=1>",
    "%3Cscript%3Ewindow.hacked=1%3C/script%3E",
    "\"><svg/onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "%00%ff%E2%80%AE",
    "-1e999,NaN,x",
];

/// What only a hostile value could bring into the page's HTML.
const INJECTED: [&str; 7] = ["<img", "<script", "<svg/", "<iframe", "<object", "href=\"javascript:", "src=\"javascript:"];

async fn page(fragment: String) -> String {
    let props = move || AppProps { history: super::published(), fragment: fragment.into(), view: View::Page, ..AppProps::default() };
    ServerRenderer::<App>::with_props(props).hydratable(false).render().await
}

async fn check(fragment: String) -> String {
    let html = page(fragment.clone()).await;
    for part in INJECTED {
        assert!(!html.contains(part), "{part} after {fragment}");
    }
    html
}

#[tokio::test]
async fn no_value_of_a_single_key_becomes_markup() {
    for key in KEYS {
        for value in HOSTILE {
            check(format!("#v=1&calls=300&{key}={value}&start=2027-01")).await;
        }
    }
}

#[tokio::test]
async fn no_value_becomes_markup_in_all_keys_at_once() {
    for value in HOSTILE {
        check(format!("#{}", KEYS.map(|key| format!("{key}={value}")).join("&"))).await;
    }
}

#[tokio::test]
async fn a_hostile_note_is_on_the_page_as_text() {
    let html = check(format!("#v=1&calls=300&title={}&other={}", HOSTILE[0], HOSTILE[2])).await;
    assert!(html.contains("&lt;img src=x onerror=window.hacked=1&gt;"), "{html}");
}
