//! The price tables.
//!
//! They show a price book with its date, its source and its links to buy packages and to contact sales. Discounted prices
//! have a separate column, so that nobody takes them for list prices.

use std::rc::Rc;

use yew::prelude::*;

use super::markup::{El, el, group, link};
use super::table::{Fit, Row, Table, heads, table};
use crate::money::{Decimal, Percentage};
use crate::price_book::{PriceBook, Service, SlotPrices};
use crate::scenario::Scenario;
use crate::wording::{self, grouped, page, price_list};

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
            .with(list(service, discount.concurrent).slots(price_list::slots_title(service), service.concurrent()))
            .with(list(service, discount.concurrent).slots(price_list::add_on_title(service), service.add_on_slots()))
            .each(price_list::price_notes(service).into_iter().map(|note| el("p.note").with(note)))
    };
    // Both tables are on the page where a scenario has prices of its own.
    let (id, title) = if props.scenario.is_some() { ("your-prices-title", page::YOUR_PRICES) } else { ("prices-title", page::PRICES) };
    let source = book.source().filter(|source| source.starts_with("https://")).map(|source| link(source, page::PRICE_PAGE));
    el("section.prices")
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
    fn table(self, caption: String, columns: [impl Into<String>; 2], prices: impl Iterator<Item = (String, Decimal)>) -> Option<El> {
        let has_discount = !self.discount.is_zero();
        let row = |(name, price): (String, Decimal)| {
            let discounted = has_discount.then(|| wording::money(price.discounted(self.discount), self.currency));
            Row::new(name, std::iter::once(wording::money(price, self.currency)).chain(discounted).collect())
        };
        let rows: Vec<Row> = prices.map(row).collect();
        if rows.is_empty() {
            return None;
        }
        let mut heads = heads(columns);
        heads.extend(has_discount.then(|| page::discount_head(self.discount)));
        Some(table(Table { caption, is_caption_visible: true, fit: Fit::Narrow, heads, rows }))
    }

    fn packages(self) -> Option<El> {
        let prices = self.service.packages().iter().map(|package| (grouped(package.calls), package.price));
        self.table(price_list::packages_title(self.service), price_list::package_heads(self.service), prices)
    }

    fn tiers(self) -> Option<El> {
        let tiers = self.service.tiers();
        let prices = tiers.iter().enumerate().map(|(place, tier)| {
            let next = tiers.get(place + 1).map(|next| next.from);
            let price = tier.unit_price.for_all_of(self.service.price_per()).unwrap_or(tier.unit_price);
            (price_list::tier_range(self.service.tier_mode(), tier.from, next), price)
        });
        self.table(price_list::tiers_title(self.service), price_list::tier_heads(self.service), prices)
    }

    fn slots(self, caption: String, prices: Option<&SlotPrices>) -> Option<El> {
        let SlotPrices { tiers, tier_mode, max_slots } = prices?;
        let prices = tiers.iter().enumerate().map(|(place, tier)| {
            let next = tiers.get(place + 1).map(|next| next.from);
            (price_list::slot_range(*tier_mode, tier.from, next, *max_slots), tier.price_per_slot_month)
        });
        self.table(caption, price_list::SLOT_HEADS, prices)
    }
}
