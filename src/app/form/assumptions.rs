//! The tier basis and the list of the model's assumptions.

use super::View;
use super::choice::choice;
use crate::app::markup::{El, el, group};
use crate::app::state::Action;
use crate::price_book::TierBasis;
use crate::wording::form as words;

/// The choices of the tier basis, in the order of their names; `None` is the service's own.
const READINGS: [Option<TierBasis>; 3] = [None, Some(TierBasis::Billed), Some(TierBasis::All)];

/// The choice of the tier basis, and the model's other assumptions.
pub(super) fn assumptions(view: View<'_>) -> El {
    let chosen = READINGS.iter().position(|reading| *reading == view.state.draft.tier_basis).unwrap_or(0);
    group()
        .with(choice(view, "tier", words::TIER_BASIS, &words::TIER_READINGS, chosen, |place| {
            Action::SetTierBasis(READINGS.get(place).copied().flatten())
        }))
        .with(
            el("ul.assumptions__list")
                .each(words::model_assumptions(view.state.service()).into_iter().map(|line| el("li").with(view.state.in_unit(&line)))),
        )
}
