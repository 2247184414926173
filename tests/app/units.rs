//! Services that count something else than calls.

use std::rc::Rc;

use callmix::app::{App, AppProps};
use callmix::price_book::PriceBook;
use callmix::price_book::history::History;
use yew::ServerRenderer;

const PICTURES: &str = r#"{"version": "v", "currency": "USD", "services": [{"id": "p", "name": "Portraits",
    "unit": {"one": "picture", "many": "pictures"}, "packages": [{"calls": 100, "price": "420"}], "package_validity_months": 12,
    "free_calls_per_month": 5, "tiers": [{"from": 0, "unit_price": "4.8"}, {"from": 100, "unit_price": "4.2"}],
    "concurrent": {"price_per_slot_month": "7200", "max_slots": 50}}]}"#;

/// The visible text and the accessible names, line by line.
fn words(html: &str) -> Vec<String> {
    let names = html.split("aria-label=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let texts = html.split('>').filter_map(|rest| rest.split('<').next());
    names.chain(texts).filter(|text| !text.trim().is_empty()).map(Into::into).collect()
}

fn speaks_of_calls(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| ["call", "calls"].contains(&word.to_lowercase().as_str()))
}

#[tokio::test]
async fn every_text_of_the_page_names_the_unit() {
    for fragment in [
        "#v=1&calls=300",
        "#v=1&calls=12000&profile=peaks,40,11,12&free=5&owned=350x3&start=2027-01&tier=all&discount=10,0,5",
        "#v=1&m=1,2,3,4,5,6,7,8,9,10,11,0&slots=3",
        "#v=1&calls=300&queued=60,720,0.8&customer=A",
        "#v=1&calls=300&live=60,0.5%25,0.01&postpaid=off",
        "#v=1&free=5&tier=billed",
    ] {
        let properties = move || AppProps {
            history: Some(Rc::new(History::new(PriceBook::from_json(PICTURES).expect("valid"), Vec::new()))),
            fragment: fragment.into(),
            ..AppProps::default()
        };
        let html = ServerRenderer::<App>::with_props(properties).hydratable(false).render().await;
        let wrong: Vec<String> = words(&html).into_iter().filter(|text| speaks_of_calls(text)).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{fragment}");
    }
}
