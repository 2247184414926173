//! A choice of a few options, as a group of radio buttons.
//!
//! All options are visible, the group has one name, and the arrow keys move between them.

use super::View;
use crate::app::markup::{El, On, el};
use crate::app::state::Action;
use crate::wording::form::Named;

/// A radio group with the name `legend` and the option at index `chosen` checked. Checking another dispatches `choose` of its index.
pub(super) fn choice(
    view: View<'_>,
    id: &'static str,
    legend: &'static str,
    choices: &[Named],
    chosen: usize,
    choose: fn(usize) -> Action,
) -> El {
    drawn_choice(view, id, legend, choices, chosen, choose, |_| None)
}

/// The same with a drawing beside each option.
#[inline(never)]
pub(super) fn drawn_choice(
    view: View<'_>,
    id: &'static str,
    legend: &'static str,
    choices: &[Named],
    chosen: usize,
    choose: fn(usize) -> Action,
    drawing: fn(usize) -> Option<El>,
) -> El {
    let radio = |(place, &Named { name, hint }): (usize, &Named)| {
        let radio_id = [id, "-", &place.to_string()].concat();
        let hint_id = || [&*radio_id, "-hint"].concat();
        let has_hint = !hint.is_empty();
        el("div.choice__option")
            .with(
                el("input.choice__input")
                    .attr("type", "radio")
                    .attr("id", radio_id.clone())
                    .attr("name", id)
                    .checked(place == chosen)
                    .attr("aria-describedby", has_hint.then(hint_id))
                    .on(On::Change, view.does(choose(place))),
            )
            .with(el("label.choice__label").attr("for", radio_id.clone()).with(view.state.in_asked_unit(name)))
            .with(drawing(place))
            .with(has_hint.then(|| el("p.field__hint choice__hint").attr("id", hint_id()).with(view.state.in_asked_unit(hint))))
    };
    let legend_id = [id, "-legend"].concat();
    el("fieldset.group choice")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", legend_id.clone())
        .with(el("legend.group__legend").attr("id", legend_id).with(view.state.in_asked_unit(legend)))
        .with(el("div.choice__options").each(choices.iter().enumerate().map(radio)))
}
