//! The months of several services: what to buy for each, how its calls are paid, and what the month costs.

use super::named;
use crate::app::answer::months::{FAILING, KEYS, month_line, month_name, months_section, year_table};
use crate::app::markup::{El, el};
use crate::app::state::JointAnswer;
use crate::estimate::{ShownEstimate, ShownItem};
use crate::money::Money;
use crate::price_book::PriceBook;
use crate::settlement::Mode;
use crate::wording::export::about;
use crate::wording::{self, lines as words};

/// The table of the year.
pub(super) fn months(joint: &JointAnswer, shown: &ShownEstimate<'_>, totals: &[Money], book: &PriceBook) -> El {
    let currency = &joint.quote.currency;
    let row = |(place, cost): (usize, &Money)| {
        let items = || shown.items.iter().filter(move |item| item.months.get(place).is_some());
        let what = el("div.month__what")
            .with(el("span.month__buys").each(items().flat_map(|item| bought(joint, item, place, book))))
            .with(el("span.month__keys").each(items().flat_map(|item| paid(joint, item, place, book))));
        month_line(month_name(joint.estimate.start(), place as u32 + 1), what, *cost, currency)
    };
    months_section()
        .with(year_table(totals.iter().enumerate().map(row), wording::money(shown.total, currency)))
        .with(el("p.note").with(wording::ORDER_OF_PAYMENT))
}

/// What to buy for an item at the start of a month.
fn bought<'a>(joint: &'a JointAnswer, item: &'a ShownItem<'a>, place: usize, book: &'a PriceBook) -> impl Iterator<Item = El> + 'a {
    let named = named(joint, item, book);
    let rows = item.purchases.iter().filter(move |row| row.month == place as u32 + 1);
    rows.filter_map(move |row| {
        let (name, service) = named.as_ref()?;
        Some(el("strong.month__buy").with(about(name, &wording::buy(row.count, row.calls, service.unit()))))
    })
}

/// How the calls of an item are paid in a month, and which of them fail.
fn paid(joint: &JointAnswer, item: &ShownItem<'_>, place: usize, book: &PriceBook) -> Vec<El> {
    let (Some((name, service)), Some((row, failing))) = (named(joint, item, book), item.months.get(place)) else { return Vec::new() };
    let key = |class: &'static str, text: &str| el(class).with(about(&name, text));
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
    keys.extend((*failing > 0).then(|| key(FAILING, &wording::fail_in_month(*failing))));
    keys
}
