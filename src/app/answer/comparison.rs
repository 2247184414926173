//! The table that compares the recommended plan with each billing mode alone.

use super::QuotedScenario;
use crate::app::markup::{El, el, group, link};
use crate::app::table::{Cells, Fit, Row, Table, heads, table};
use crate::money::Money;
use crate::planner::Reason;
use crate::quote::AlternativeRow;
use crate::recommendation::PlanAuthor;
use crate::wording;
use crate::wording::own_plan::{SOME_FAIL, TITLE};
use crate::wording::share::OWN_PLAN;

/// The plans that are compared.
pub(super) struct Compared<'a> {
    pub currency: &'a str,
    /// Of the recommended plan.
    pub total: Money,
    /// The total of a plan of one's own, and how much more it costs; `None` where some calls fail.
    pub own: Option<(Money, Option<Money>)>,
    /// Whether the sender chose that plan.
    pub is_sent: bool,
    /// The three strategies.
    pub alternatives: &'a [AlternativeRow],
}

/// The recommended plan and the three strategies, with the extra cost of each.
pub(super) fn comparison(quoted: &QuotedScenario, chosen_by: PlanAuthor) -> El {
    let quote = &quoted.quote;
    let compared = Compared {
        currency: &quote.currency,
        total: quote.total,
        own: quote.own_plan.as_ref().map(|own| (own.total, own.difference)),
        is_sent: chosen_by == PlanAuthor::Sender,
        alternatives: &quote.alternatives,
    };
    comparison_of(compared, &|text| quoted.in_unit(text), &|reason| unavailable(reason, quoted))
}

/// The same of any plans. `in_unit` writes a text about calls in the unit of the service, `why` says why a strategy is not
/// available.
pub(super) fn comparison_of(compared: Compared<'_>, in_unit: &dyn Fn(&str) -> String, why: &dyn Fn(Reason) -> El) -> El {
    let Compared { currency, total, own, is_sent, alternatives } = compared;
    let money = |amount: Money| wording::money(amount, currency);
    let recommended = vec![money(total), wording::DASH.into()];
    let recommended = Row { is_highlighted: true, ..Row::new(wording::RECOMMENDED_PLAN, recommended) };
    let own = own.map(|(own, difference)| {
        let more = match difference {
            None => in_unit(SOME_FAIL),
            Some(none) if none.is_zero() => wording::SAME_COST.into(),
            Some(_) => wording::extra_cost(own, total, currency),
        };
        Row::new(if is_sent { OWN_PLAN } else { TITLE }, vec![money(own), more])
    });
    let alternatives = alternatives.iter().map(|row| {
        let name = wording::strategy_name(row.strategy);
        match row.total {
            Some(same) if same == total => Row::new(name, vec![money(same), wording::SAME_COST.into()]),
            Some(other) => Row::new(name, vec![money(other), wording::extra_cost(other, total, currency)]),
            None => Row { cells: Cells::Text(group().with(row.reason.map(why))), ..Row::new(name, Vec::new()) },
        }
    });
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
        .with(el("p.note").with(in_unit(wording::MODES_NOTE)))
}

/// Why a strategy is not available, with a link to the sales team where more slots are needed.
fn unavailable(reason: Reason, quoted: &QuotedScenario) -> El {
    let contact = quoted.service().and_then(|service| service.links().contact.as_ref());
    let contact = contact.filter(|_| reason == Reason::SlotsAboveMaximum);
    group()
        .with(quoted.in_unit(wording::reason_sentence(reason)))
        .with(" ")
        .with(contact.map(|contact| link(contact, wording::CONTACT_SALES)))
}
