//! What would the year cost in one billing mode alone?

use super::Answered;
use crate::app::markup::{El, el, group, link};
use crate::app::table::{Cells, Fit, Row, Table, heads, table};
use crate::planner::Reason;
use crate::quote::AlternativeRow;
use crate::wording;

/// The recommendation and the three strategies, with what they cost more.
pub fn comparison(answered: &Answered) -> El {
    let quote = &answered.quote;
    let best =
        Row { is_best: true, ..Row::new(wording::BEST_MIX, vec![wording::money(quote.total, &quote.currency), wording::NOTHING.into()]) };
    let alternatives = quote.alternatives.iter().map(|row| alternative(row, answered));
    let written = table(Table {
        caption: wording::COMPARISON.into(),
        is_caption_seen: false,
        fit: Fit::Boxed,
        heads: heads(wording::COMPARISON_HEADS),
        rows: std::iter::once(best).chain(alternatives).collect(),
        sum: None,
    });
    el("section.comparison panel")
        .attr("aria-labelledby", "comparison-title")
        .with(el("h2").attr("id", "comparison-title").with(wording::COMPARISON))
        .with(written)
        .with(el("p.note").with(wording::MODES_NOTE))
}

fn alternative(row: &AlternativeRow, answered: &Answered) -> Row {
    let quote = &answered.quote;
    let name = wording::strategy_name(row.strategy);
    if let Some(total) = row.total {
        let more = if total == quote.total { wording::THE_SAME.into() } else { wording::difference(total, quote.total, &quote.currency) };
        return Row::new(name, vec![wording::money(total, &quote.currency), more]);
    }
    let contact = answered.service().and_then(|service| service.links().contact.as_ref());
    let contact = contact.filter(|_| row.reason == Some(Reason::SlotsAboveMaximum));
    let words =
        group().with(row.reason.map(wording::reason_sentence)).with(" ").with(contact.map(|contact| link(contact, wording::CONTACT_SALES)));
    Row { cells: Cells::Words(words), ..Row::new(name, Vec::new()) }
}
