//! The price tables.
//!
//! They show a price book with its date, its source and its links to buy packages and to contact sales. Discounted prices
//! have a separate column, so that nobody takes them for list prices.

use std::rc::Rc;

use yew::prelude::*;

use super::markup::{El, el, group, link};
use super::table::{Fit, Row, Table, heads, table};
use crate::money::{Decimal, Percentage};
use crate::price_book::{PriceBook, Service};
use crate::scenario::Scenario;
use crate::wording::{self, grouped, page};

/// The properties of [`Prices`].
#[derive(Properties)]
pub struct PricesProps {
    /// The built-in price book.
    pub built_in: Rc<PriceBook>,
    /// A scenario with a price book of its own or with a discount.
    pub scenario: Option<Rc<Scenario>>,
}

/// The built-in price book never changes, so comparing its identity is enough and costs nothing per keystroke.
impl PartialEq for PricesProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.built_in, &other.built_in) && self.scenario == other.scenario
    }
}

/// The price tables.
#[component]
pub fn Prices(props: &PricesProps) -> Html {
    let book = props.scenario.as_ref().map_or(&*props.built_in, |scenario| scenario.book(&props.built_in));
    let discount = props.scenario.as_ref().map(|scenario| scenario.discount()).unwrap_or_default();
    let list = |service, discount| PriceList { service, currency: book.currency(), discount };
    let tables = |service| {
        el("div.prices__tables")
            .with(list(service, discount.packages).packages())
            .with(list(service, discount.postpaid).tiers())
            .with(list(service, discount.concurrent).slots())
    };
    // Both tables are on the page where a scenario has prices of its own.
    let (id, title) = if props.scenario.is_some() { ("your-prices-title", page::YOUR_PRICES) } else { ("prices-title", page::PRICES) };
    let source = book.source().filter(|source| source.starts_with("https://")).map(|source| link(source, page::PRICE_PAGE));
    el("section.prices panel")
        .attr("aria-labelledby", id)
        .with(el("h2").attr("id", id).with(title))
        .with(group().each(book.services().iter().map(tables)))
        .with(el("p.note").with(wording::price_list_note(book.version(), book.currency())).with(" ").with(source))
        .with(group().each(book.services().iter().map(links)))
        .into()
}

/// The links of a service to buy its packages and to contact sales; `None` where it has neither.
fn links(service: &Service) -> Option<El> {
    let links = service.links();
    let links = [(&links.buy, page::buy_link(service)), (&links.contact, page::contact_link(service))];
    let mut links = links.into_iter().filter_map(|(address, text)| Some(link(address.as_ref()?, text))).peekable();
    links.peek()?;
    Some(el("p.prices__links").each(links))
}

/// The prices of one billing mode of a service.
#[derive(Clone, Copy)]
struct PriceList<'a> {
    service: &'a Service,
    currency: &'a str,
    discount: Percentage,
}

impl PriceList<'_> {
    /// The table; `None` where the billing mode is not offered.
    fn table(self, caption: String, [first, second]: [&str; 2], prices: impl Iterator<Item = (String, Decimal)>) -> Option<El> {
        let has_discount = !self.discount.is_zero();
        let row = |(name, price): (String, Decimal)| {
            let discounted = has_discount.then(|| wording::money(price.discounted(self.discount), self.currency));
            Row::new(name, std::iter::once(wording::money(price, self.currency)).chain(discounted).collect())
        };
        let rows: Vec<Row> = prices.map(row).collect();
        if rows.is_empty() {
            return None;
        }
        let mut heads = heads([first, second]);
        heads.extend(has_discount.then(|| Some(page::discount_head(self.discount))));
        Some(table(Table { caption, is_caption_visible: true, fit: Fit::Narrow, heads, rows, sum: None }))
    }

    fn packages(self) -> Option<El> {
        let prices = self.service.packages().iter().map(|package| (grouped(package.calls), package.price));
        self.table(page::packages_title(self.service), page::PACKAGE_HEADS, prices)
    }

    fn tiers(self) -> Option<El> {
        let tiers = self.service.tiers();
        let prices = tiers.iter().enumerate().map(|(place, tier)| {
            let next = tiers.get(place + 1).map(|next| next.from);
            (wording::tier_range(tier.from, next), tier.unit_price)
        });
        self.table(page::tiers_title(self.service), page::TIER_HEADS, prices)
    }

    fn slots(self) -> Option<El> {
        let prices = self.service.concurrent().into_iter().map(|price| (page::slot_range(price.max_slots), price.price_per_slot_month));
        self.table(page::slots_title(self.service), page::SLOT_HEADS, prices)
    }
}
