//! The table of packages to buy, with their refund and expiry dates.

use super::QuotedScenario;
use crate::app::markup::{El, el};
use crate::app::table::{Fit, Row, Table, heads, table};
use crate::quote::PurchaseRow;
use crate::wording::{self, grouped};

/// The packages to buy; `None` where the plan buys none.
pub fn purchases(quoted: &QuotedScenario) -> Option<El> {
    let QuotedScenario { quote, scenario, .. } = quoted;
    let service = quoted.service().filter(|_| !quote.purchases.is_empty())?;
    let row = |&PurchaseRow { month, calls, count, amount }: &PurchaseRow| {
        let refundable_until = wording::refundable_until(scenario.start, month, service).unwrap_or_else(|| wording::NOT_REFUNDABLE.into());
        let expires = wording::expires(scenario.start, month, service);
        let figures = vec![grouped(count), grouped(calls), wording::money(amount, &quote.currency), refundable_until, expires];
        Row::new(wording::month_title(scenario.start, month), figures)
    };
    let table = table(Table {
        caption: wording::PURCHASES.into(),
        is_caption_visible: true,
        fit: Fit::Compact,
        heads: heads(wording::PURCHASES_HEADS),
        rows: quote.purchases.iter().map(row).collect(),
        sum: None,
    });
    Some(el("div.purchases").with(table))
}
