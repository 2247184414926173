//! What would the year cost in one billing mode alone?

use yew::prelude::*;

use super::Answered;
use crate::app::table::{Cells, Fit, Row, Table, heads, table};
use crate::planner::Reason;
use crate::quote::AlternativeRow;
use crate::wording;

/// The recommendation and the three strategies, with what they cost more.
pub fn comparison(answered: &Answered) -> Html {
    let quote = &answered.quote;
    let best = Row { is_best: true, ..Row::new("Best mix", vec![wording::money(quote.total, &quote.currency), "—".into()]) };
    let alternatives = quote.alternatives.iter().map(|row| alternative(row, answered));
    let written = table(Table {
        caption: "Compare billing modes".into(),
        is_caption_seen: false,
        fit: Fit::Boxed,
        heads: heads(["Mode", "A year", "More than the best"]),
        rows: std::iter::once(best).chain(alternatives).collect(),
        sum: None,
    });
    html! {
        <section class="comparison panel" aria-labelledby="comparison-title">
            <h2 id="comparison-title">{ "Compare billing modes" }</h2>
            { written }
            <p class="note">{ wording::MODES_NOTE }</p>
        </section>
    }
}

fn alternative(row: &AlternativeRow, answered: &Answered) -> Row {
    let quote = &answered.quote;
    let name = wording::strategy_name(row.strategy);
    if let Some(total) = row.total {
        let more = if total == quote.total { "the same".into() } else { wording::difference(total, quote.total, &quote.currency) };
        return Row::new(name, vec![wording::money(total, &quote.currency), more]);
    }
    let contact = answered.service().and_then(|service| service.links.contact.as_ref());
    let words = html! {
        <>
            { row.reason.map(wording::reason_sentence) }
            if let Some(contact) = contact.filter(|_| row.reason == Some(Reason::SlotsAboveMaximum)) {
                { " " }
                <a href={contact.clone()} rel="noopener">{ "Contact sales" }</a>
            }
        </>
    };
    Row { cells: Cells::Words(words), ..Row::new(name, Vec::new()) }
}
