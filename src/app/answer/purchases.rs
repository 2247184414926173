//! Which packages are bought when, until when can they go back, and how long are they good?

use super::Answered;
use crate::app::markup::{El, el};
use crate::app::table::{Fit, Row, Table, heads, table};
use crate::quote::PurchaseRow;
use crate::wording::{self, grouped};

/// The packages to buy, dated.
pub fn purchases(answered: &Answered) -> Option<El> {
    let Answered { quote, scenario, .. } = answered;
    let service = answered.service().filter(|_| !quote.purchases.is_empty())?;
    let row = |&PurchaseRow { month, calls, count, amount }: &PurchaseRow| {
        let return_until = wording::returnable_until(scenario.start, month, service).unwrap_or_else(|| wording::NOT_RETURNABLE.into());
        let good_until = wording::good_until(scenario.start, month, service);
        let figures = vec![grouped(count), grouped(calls), wording::money(amount, &quote.currency), return_until, good_until];
        Row::new(wording::month_title(scenario.start, month), figures)
    };
    let written = table(Table {
        caption: wording::PURCHASES.into(),
        is_caption_seen: true,
        fit: Fit::Wide,
        heads: heads(wording::PURCHASES_HEADS),
        rows: quote.purchases.iter().map(row).collect(),
        sum: None,
    });
    Some(el("div.purchases").with(written))
}
