//! The table that compares the recommended plan with each billing mode alone.

use super::QuotedScenario;
use crate::app::markup::{El, el, group, link};
use crate::app::table::{Cells, Fit, Row, Table, heads, table};
use crate::planner::Reason;
use crate::quote::AlternativeRow;
use crate::recommendation::PlanAuthor;
use crate::wording;
use crate::wording::own_plan::{SOME_FAIL, TITLE};
use crate::wording::share::OWN_PLAN;

/// The recommended plan and the three strategies, with the extra cost of each.
pub fn comparison(quoted: &QuotedScenario, chosen_by: PlanAuthor) -> El {
    let quote = &quoted.quote;
    let recommended = vec![wording::money(quote.total, &quote.currency), wording::DASH.into()];
    let recommended = Row { is_highlighted: true, ..Row::new(wording::RECOMMENDED_PLAN, recommended) };
    let own = quote.own_plan.as_ref().map(|own| {
        let name = if chosen_by == PlanAuthor::Sender { OWN_PLAN } else { TITLE };
        let more = match own.difference {
            None => quoted.in_unit(SOME_FAIL),
            Some(none) if none.is_zero() => wording::SAME_COST.into(),
            Some(_) => wording::extra_cost(own.total, quote.total, &quote.currency),
        };
        Row::new(name, vec![wording::money(own.total, &quote.currency), more])
    });
    let alternatives = quote.alternatives.iter().map(|row| alternative(row, quoted));
    let table = table(Table {
        caption: wording::COMPARISON.into(),
        is_caption_visible: false,
        fit: Fit::Scrolling,
        heads: heads(wording::COMPARISON_HEADS),
        rows: std::iter::once(recommended).chain(own).chain(alternatives).collect(),
    });
    el("section.comparison section")
        .attr("aria-labelledby", "comparison-title")
        .with(el("h2").attr("id", "comparison-title").with(wording::COMPARISON))
        .with(table)
        .with(el("p.note").with(quoted.in_unit(wording::MODES_NOTE)))
}

fn alternative(row: &AlternativeRow, quoted: &QuotedScenario) -> Row {
    let quote = &quoted.quote;
    let name = wording::strategy_name(row.strategy);
    if let Some(total) = row.total {
        let more = if total == quote.total { wording::SAME_COST.into() } else { wording::extra_cost(total, quote.total, &quote.currency) };
        return Row::new(name, vec![wording::money(total, &quote.currency), more]);
    }
    let contact = quoted.service().and_then(|service| service.links().contact.as_ref());
    let contact = contact.filter(|_| row.reason == Some(Reason::SlotsAboveMaximum));
    let reason = group()
        .with(row.reason.map(|reason| quoted.in_unit(wording::reason_sentence(reason))))
        .with(" ")
        .with(contact.map(|contact| link(contact, wording::CONTACT_SALES)));
    Row { cells: Cells::Text(reason), ..Row::new(name, Vec::new()) }
}
