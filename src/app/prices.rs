//! What are the prices themselves?
//!
//! The price book as tables, with its source and date.

use std::rc::Rc;

use yew::prelude::*;

use super::format;
use crate::price_book::{PriceBook, Service};
use crate::wording;

/// What the tables need.
#[derive(Properties, PartialEq)]
pub struct PricesProps {
    /// The prices.
    pub book: Rc<PriceBook>,
}

/// The price tables.
#[component]
pub fn Prices(props: &PricesProps) -> Html {
    let PriceBook { version, currency, source, services, .. } = &*props.book;
    html! {
        <section class="prices panel" aria-labelledby="prices-title">
            <h2 id="prices-title">{ "Prices" }</h2>
            { for services.iter().map(|service| html! { <div class="prices__tables" key={service.id.clone()}>{ tables(service, currency) }</div> }) }
            <p class="prices__source">
                { format!("Price list of {version}. ") }
                if let Some(source) = source.as_ref().filter(|source| source.starts_with("https://")) {
                    <a href={source.clone()} rel="noopener">{ "The provider’s price page" }</a>
                }
            </p>
        </section>
    }
}

fn tables(service: &Service, currency: &str) -> Html {
    let price = |price: crate::money::Exact| format!("{} {currency}", wording::grouped_decimal(&price.to_string()));
    html! {
        <>
            if !service.packages.is_empty() {
                <table class="table">
                    <caption>{ format!("{}: packages, valid {} months", service.name, service.package_validity_months) }</caption>
                    <thead><tr><th scope="col">{ "Calls" }</th><th scope="col" class="table__number">{ "Price" }</th></tr></thead>
                    <tbody>
                        { for service.packages.iter().map(|package| html! {
                            <tr key={package.calls}>
                                <th scope="row">{ format::count(package.calls) }</th>
                                <td class="table__number">{ price(package.price) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            }
            if !service.tiers.is_empty() {
                <table class="table">
                    <caption>{ format!("{}: postpaid, per call", service.name) }</caption>
                    <thead><tr><th scope="col">{ "Postpaid calls in a month" }</th><th scope="col" class="table__number">{ "Each" }</th></tr></thead>
                    <tbody>
                        { for service.tiers.iter().enumerate().map(|(place, tier)| html! {
                            <tr key={tier.from}>
                                <th scope="row">{ wording::tier_range(tier.from, service.tiers.get(place + 1).map(|next| next.from)) }</th>
                                <td class="table__number">{ price(tier.unit_price) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            }
            if let Some(concurrent) = service.concurrent {
                <table class="table">
                    <caption>{ format!("{}: concurrent billing", service.name) }</caption>
                    <thead><tr><th scope="col">{ "Slots" }</th><th scope="col" class="table__number">{ "Each, per month" }</th></tr></thead>
                    <tbody>
                        <tr>
                            <th scope="row">{ format!("up to {}", format::count(concurrent.max_slots)) }</th>
                            <td class="table__number">{ price(concurrent.price_per_slot_month) }</td>
                        </tr>
                    </tbody>
                </table>
            }
        </>
    }
}
