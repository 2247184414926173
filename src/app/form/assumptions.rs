//! What is assumed that nobody typed?

use yew::prelude::*;

use super::View;
use super::choice::choice;
use crate::app::state::Action;
use crate::price_book::TierBasis;
use crate::wording;

/// The reading of the tiers, and everything else that the model takes for granted.
pub(super) fn assumptions(view: View<'_>) -> Html {
    html! {
        <details class="assumptions">
            <summary class="assumptions__summary">{ "Assumptions" }</summary>
            { choice(
                view,
                "tier",
                "Postpaid price decided by",
                &[
                    (None, "What the price page most likely means", "For this service, the calls that postpaid pays."),
                    (Some(TierBasis::Billed), "Calls that postpaid pays", "Free and prepaid calls do not help to reach a lower price."),
                    (Some(TierBasis::All), "All calls of the month", "Free and prepaid calls help to reach a lower price."),
                ],
                view.state.draft.tier_basis,
                Action::SetTierBasis,
            ) }
            <ul class="assumptions__list">
                { for wording::form::MODEL.iter().enumerate().map(|(place, line)| html! { <li key={place}>{ *line }</li> }) }
            </ul>
        </details>
    }
}
