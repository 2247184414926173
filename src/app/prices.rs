//! What are the prices themselves?
//!
//! The price book as tables, with its source and date, and where to buy and to ask. A negotiated discount has a column
//! of its own, so that it is never taken for a list price.

use std::rc::Rc;

use yew::prelude::*;

use super::table::{Fit, Row, Table, heads, table};
use crate::money::{Decimal, Percentage};
use crate::price_book::{PriceBook, Service};
use crate::scenario::Scenario;
use crate::wording::{self, grouped};

/// What the tables need.
#[derive(Properties)]
pub struct PricesProps {
    /// The page's prices.
    pub built_in: Rc<PriceBook>,
    /// A question that brings its own prices, or a discount on these.
    pub scenario: Option<Rc<Scenario>>,
}

/// The page's prices never change, so comparing them costs nothing at each key.
impl PartialEq for PricesProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.built_in, &other.built_in) && self.scenario == other.scenario
    }
}

/// The price tables.
#[component]
pub fn Prices(props: &PricesProps) -> Html {
    let book = props.scenario.as_ref().map_or(&*props.built_in, |scenario| scenario.book(&props.built_in));
    let discount = props.scenario.as_ref().map(|scenario| scenario.discount).unwrap_or_default();
    let tables = |service: &Service| {
        html! {
            <div class="prices__tables" key={service.id().to_owned()}>
                { PriceList { service, currency: book.currency(), discount: discount.packages }.packages() }
                { PriceList { service, currency: book.currency(), discount: discount.postpaid }.tiers() }
                { PriceList { service, currency: book.currency(), discount: discount.concurrent }.slots() }
            </div>
        }
    };
    // The page has its own prices beside those of a question.
    let (id, title) = if props.scenario.is_some() { ("your-prices-title", "Your prices") } else { ("prices-title", "Prices") };
    html! {
        <section class="prices panel" aria-labelledby={id}>
            <h2 {id}>{ title }</h2>
            { for book.services().iter().map(tables) }
            <p class="note">
                { wording::price_list_note(book.version(), book.currency()) }
                if let Some(source) = book.source().filter(|source| source.starts_with("https://")) {
                    { " " }
                    <a href={source.to_owned()} rel="noopener">{ "The provider’s price page" }</a>
                }
            </p>
            { for book.services().iter().map(links) }
        </section>
    }
}

fn links(service: &Service) -> Html {
    let link = |address: &Option<String>, text| {
        address.as_ref().map(|address| html! { <a href={address.clone()} rel="noopener">{ format!("{}: {text}", service.name()) }</a> })
    };
    let links = [link(&service.links().buy, "buy packages"), link(&service.links().contact, "contact sales")];
    if links.iter().all(Option::is_none) {
        return Html::default();
    }
    html! { <p class="prices__links" key={service.id().to_owned()}>{ for links.into_iter().flatten() }</p> }
}

/// How the prices of one billing mode are written.
#[derive(Clone, Copy)]
struct PriceList<'a> {
    service: &'a Service,
    currency: &'a str,
    discount: Percentage,
}

impl PriceList<'_> {
    /// A table of one billing mode; nothing where it is not offered.
    fn table(self, mode: &str, [first, second]: [&str; 2], prices: impl Iterator<Item = (String, Decimal)>) -> Html {
        let has_discount = !self.discount.is_zero();
        let row = |(name, price): (String, Decimal)| {
            let discounted = has_discount.then(|| wording::money(price.discounted(self.discount), self.currency));
            Row::new(name, std::iter::once(wording::money(price, self.currency)).chain(discounted).collect())
        };
        let rows: Vec<Row> = prices.map(row).collect();
        if rows.is_empty() {
            return Html::default();
        }
        let mut heads = heads([first, second]);
        heads.extend(has_discount.then(|| Some(format!("Less {} %", self.discount))));
        table(Table {
            caption: format!("{}: {mode}", self.service.name()),
            is_caption_seen: true,
            fit: Fit::Narrow,
            heads,
            rows,
            sum: None,
        })
        .into()
    }

    fn packages(self) -> Html {
        let mode = format!("packages, valid {} months", self.service.package_validity_months());
        let prices = self.service.packages().iter().map(|package| (grouped(package.calls), package.price));
        self.table(&mode, ["Calls", "Price"], prices)
    }

    fn tiers(self) -> Html {
        let tiers = self.service.tiers();
        let prices = tiers.iter().enumerate().map(|(place, tier)| {
            let next = tiers.get(place + 1).map(|next| next.from);
            (wording::tier_range(tier.from, next), tier.unit_price)
        });
        self.table("postpaid, per call", ["Postpaid calls in a month", "Each"], prices)
    }

    fn slots(self) -> Html {
        let prices =
            self.service.concurrent().into_iter().map(|price| (format!("up to {}", grouped(price.max_slots)), price.price_per_slot_month));
        self.table("concurrent billing", ["Slots", "Each, per month"], prices)
    }
}
