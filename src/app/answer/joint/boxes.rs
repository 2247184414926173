//! Slots as boxes: those that services need where each has its own, and where they share them.

use super::named;
use crate::app::markup::{El, el, group};
use crate::app::state::JointAnswer;
use crate::estimate::ShownEstimate;
use crate::price_book::PriceBook;
use crate::wording::lines as words;

/// The most boxes that are drawn.
const MOST: u64 = 40;

/// The slots that services need separately and together, as boxes; `None` where sharing saves none.
pub(super) fn boxes(joint: &JointAnswer, shown: &ShownEstimate<'_>, book: &PriceBook) -> Option<El> {
    let rows = shown.items.iter().filter(|item| item.is_shared()).filter_map(|item| {
        let (name, service) = named(joint, item, book)?;
        let sizing = joint.quote.groups.iter().find(|group| group.group == service.billing_group())?.sizing.as_ref()?;
        let is_paid = |month: u32| item.months.iter().any(|(row, _)| row.month == month && row.slots > 0);
        let saving = sizing.months.iter().filter(|month| is_paid(month.month) && month.slots_saved.is_some_and(|saved| saved > 0));
        let most = saving.max_by_key(|month| month.separate_slots)?;
        let (together, separate) = most.slots.zip(most.separate_slots).filter(|(_, separate)| *separate <= MOST)?;
        let row = |label: &'static str, count: u64| {
            let drawn = (0..count).map(|_| el("span.boxes__box"));
            group()
                .with(el("dt").with(label))
                .with(el("dd").with(el("span.boxes__row").attr("aria-hidden", "true").each(drawn)).with(words::slots(count)))
        };
        let title = (joint.quote.groups.len() > 1).then(|| el("p.boxes__title").with(name));
        let list = el("dl.boxes").with(row(words::SEPARATELY, separate)).with(row(words::TOGETHER, together));
        Some(group().with(title).with(list))
    });
    let rows: Vec<El> = rows.collect();
    (!rows.is_empty()).then(|| group().each(rows))
}
