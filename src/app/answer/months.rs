//! The table of the year: what happens in each month and what it costs.
//!
//! A row opens to the month's figures, only those that are not zero. They are rendered while it is open, so that a keystroke
//! does not update figures that nobody sees.

use yew::prelude::*;

use super::QuotedScenario;
use crate::app::markup::{El, On, el, group};
use crate::date::CalendarMonth;
use crate::money::Money;
use crate::month_columns::{COLUMNS, Figure, MonthColumn};
use crate::quote::{MonthRow, ShownPlan};
use crate::wording::page::scroll_box_name;
use crate::wording::{self, columns as names};

/// The classes of the ways to pay for calls: free, packages, postpaid, slots.
pub(super) const KEYS: [&str; 4] = ["span.key key--free", "span.key key--prepaid", "span.key key--postpaid", "span.key key--concurrent"];
/// The class of calls that nothing pays for.
pub(super) const FAILING: &str = "span.key key--failing";

/// The properties of [`Months`].
#[derive(Properties, PartialEq)]
pub struct MonthsProps {
    /// The answer.
    pub quoted: QuotedScenario,
}

/// The table.
#[component]
pub fn Months(props: &MonthsProps) -> Html {
    let quoted = &props.quoted;
    let quote = &quoted.quote;
    let open = use_state_eq(|| [false; 12]);
    let plan = quote.shown_plan();
    let row = |(place, &(month, failing)): (usize, &(&MonthRow, u64))| {
        let is_open = open.get(place).copied().unwrap_or(false);
        let toggle = {
            let open = open.clone();
            Callback::from(move |event: Event| {
                event.prevent_default();
                let mut next = *open;
                if let Some(month) = next.get_mut(place) {
                    *month = !*month;
                }
                open.set(next);
            })
        };
        let what = el("details.month")
            .flag("open", is_open)
            .with(
                el("summary.month__summary chevron")
                    .on(On::Click, toggle)
                    .with(el("span.month__what").with(what_happens(quoted, &plan, month, failing))),
            )
            .with(is_open.then(|| figures(quoted, month)));
        month_line(month_name(quoted.scenario.start(), month.month), what, month.charge, &quote.currency)
    };
    let rows = plan.months.iter().enumerate().map(row);
    months_section()
        .with(plan.cheapest.filter(|&cheapest| cheapest != plan.total).map(|_| el("p.note").with(wording::own_plan::MONTHS_NOTE)))
        .with(year_table(rows, wording::money(plan.total, &quote.currency)))
        .with(el("p.note").with(quoted.in_unit(&wording::ledger_note(quoted.service()))))
        .into()
}

/// The section of the year, with its heading.
pub(super) fn months_section() -> El {
    el("section.months section").attr("aria-labelledby", "months-title").with(el("h2").attr("id", "months-title").with(wording::LEDGER))
}

/// The table of the year in its scroll box: a row for each month, and the total.
pub(super) fn year_table(rows: impl Iterator<Item = El>, total: String) -> El {
    let head = |name: &'static str| el("th").attr("scope", "col").with(name);
    let table = el("table.table months__table")
        .with(el("caption.visually-hidden").with(wording::LEDGER))
        .with(el("thead").with(el("tr").with(head(names::MONTH)).with(head(wording::WHAT_HAPPENS)).with(head(wording::COST))))
        .with(el("tbody").each(rows))
        .with(
            el("tfoot").with(
                el("tr")
                    .with(el("th").attr("scope", "row").attr("colspan", "2").with(wording::page::TOTAL))
                    .with(el("td.months__cost").with(total)),
            ),
        );
    el("div.scroll-box").attr("tabindex", "0").attr("role", "group").attr("aria-label", scroll_box_name(wording::LEDGER)).with(table)
}

/// The row of a month.
pub(super) fn month_line(name: El, what: El, charge: Money, currency: &str) -> El {
    let cost = el(if charge.is_zero() { "td.months__cost months__cost--none" } else { "td.months__cost" });
    el("tr")
        .with(el("th").attr("scope", "row").with(name))
        .with(el("td.months__what").with(what))
        .with(cost.with(wording::money(charge, currency)))
}

/// The name of a month, of which a small screen shows the beginning.
pub(super) fn month_name(start: Option<CalendarMonth>, month: u32) -> El {
    let title = wording::month_title(start, month);
    let short = wording::month_label(start, month);
    let rest = title.strip_prefix(&short).map(|rest| el("span.months__rest").with(rest.to_owned()));
    if rest.is_some() { group().with(short).with(rest) } else { group().with(title) }
}

/// What to buy in a month, and how its calls are paid.
fn what_happens(quoted: &QuotedScenario, plan: &ShownPlan<'_>, month: &MonthRow, failing: u64) -> El {
    let QuotedScenario { quote, .. } = quoted;
    let buys =
        plan.bought(month.month).map(|purchase| el("strong.month__buy").with(wording::buy(purchase.count, purchase.calls, quoted.unit())));
    let texts = wording::paid_in_month(month, quoted.unit(), &quote.currency);
    let keys = texts.into_iter().zip(KEYS).map(|(text, key)| text.map(|text| el(key).with(text)));
    let failing = (failing > 0).then(|| el(FAILING).with(wording::fail_in_month(failing)));
    let none = (month.calls == 0 && month.charge.is_zero()).then(|| el("span.month__none").with(quoted.in_unit(wording::NO_CALLS)));
    group().with(el("span.month__buys").each(buys)).with(el("span.month__keys").each(keys)).with(failing).with(none)
}

/// The figures of a month that are not zero.
fn figures(quoted: &QuotedScenario, month: &MonthRow) -> El {
    let currency = &quoted.quote.currency;
    let shown = COLUMNS.iter().filter(|column| !column.of_month(month).is_zero() && column.name != names::TOTAL);
    let figure = |column: &MonthColumn| {
        el("div").with(el("dt").with(quoted.in_unit(column.name))).with(el("dd").with(written(column.of_month(month), currency)))
    };
    el("dl.month__figures").each(shown.map(figure))
}

fn written(figure: Figure<'_>, currency: &str) -> String {
    match figure {
        Figure::Count(count) => wording::grouped(count),
        Figure::Charge(charge) => wording::money(charge, currency),
        Figure::Rates(rates) => names::rates(rates, |price| wording::money(price, currency), wording::grouped),
    }
}
