//! The months of several services: what to buy for each, how its calls are paid, and what the month costs.

use super::named;
use crate::app::answer::months::{KEYS, month_name};
use crate::app::markup::{El, el};
use crate::app::state::JointAnswer;
use crate::estimate::{ShownEstimate, ShownItem};
use crate::money::Money;
use crate::price_book::PriceBook;
use crate::settlement::Mode;
use crate::wording::page::scroll_box_name;
use crate::wording::{self, columns as names, lines as words};

/// The table of the year.
pub(super) fn months(joint: &JointAnswer, shown: &ShownEstimate<'_>, totals: &[Money], book: &PriceBook) -> El {
    let currency = &joint.quote.currency;
    let row = |(place, cost): (usize, &Money)| {
        let items = || shown.items.iter().filter(move |item| item.months.get(place).is_some());
        let what = el("div.month__what")
            .with(el("span.month__buys").each(items().flat_map(|item| bought(joint, item, place, book))))
            .with(el("span.month__keys").each(items().flat_map(|item| paid(joint, item, place, book))));
        let class = if cost.is_zero() { "td.months__cost months__cost--none" } else { "td.months__cost" };
        el("tr")
            .with(el("th").attr("scope", "row").with(month_name(joint.estimate.start(), place as u32 + 1)))
            .with(el("td.months__what").with(what))
            .with(el(class).with(wording::money(*cost, currency)))
    };
    let head = |name: &'static str| el("th").attr("scope", "col").with(name);
    let table = el("table.table months__table")
        .with(el("caption.visually-hidden").with(wording::LEDGER))
        .with(el("thead").with(el("tr").with(head(names::MONTH)).with(head(wording::WHAT_HAPPENS)).with(head(wording::COST))))
        .with(el("tbody").each(totals.iter().enumerate().map(row)))
        .with(
            el("tfoot").with(
                el("tr")
                    .with(el("th").attr("scope", "row").attr("colspan", "2").with(wording::page::TOTAL))
                    .with(el("td.months__cost").with(wording::money(shown.total, currency))),
            ),
        );
    el("section.months section")
        .attr("aria-labelledby", "months-title")
        .with(el("h2").attr("id", "months-title").with(wording::LEDGER))
        .with(
            el("div.scroll-box")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", scroll_box_name(wording::LEDGER))
                .with(table),
        )
        .with(el("p.note").with(wording::ORDER_OF_PAYMENT))
}

/// What to buy for an item at the start of a month.
fn bought<'a>(joint: &'a JointAnswer, item: &'a ShownItem<'a>, place: usize, book: &'a PriceBook) -> impl Iterator<Item = El> + 'a {
    let named = named(joint, item, book);
    let rows = item.purchases.iter().filter(move |row| row.month == place as u32 + 1);
    rows.filter_map(move |row| {
        let (name, service) = named.as_ref()?;
        Some(el("strong.month__buy").with(words::of(name, &wording::buy(row.count, row.calls, service.unit()))))
    })
}

/// How the calls of an item are paid in a month, and which of them fail.
fn paid(joint: &JointAnswer, item: &ShownItem<'_>, place: usize, book: &PriceBook) -> Vec<El> {
    let (Some((name, service)), Some((row, failing))) = (named(joint, item, book), item.months.get(place)) else { return Vec::new() };
    let key = |class: &'static str, text: &str| el(class).with(words::of(&name, text));
    let [.., concurrent] = KEYS;
    let mut keys: Vec<El> = Vec::new();
    if item.is_shared() {
        keys.extend((row.slots > 0).then(|| key(concurrent, &words::slots(row.slots))));
    } else if row.mode == Mode::Concurrent && row.slots == 0 {
        keys.extend((row.calls > 0).then(|| key(concurrent, &words::with_shared_slots(row.calls))));
    } else {
        let texts = wording::paid_in_month(row, service.unit(), &joint.quote.currency);
        keys.extend(texts.into_iter().zip(KEYS).filter_map(|(text, class)| Some(key(class, &text?))));
    }
    keys.extend((*failing > 0).then(|| key("span.key key--failing", &wording::fail_in_month(*failing))));
    keys
}
