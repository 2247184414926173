//! The notice above an opened estimate.
//!
//! No estimate changes its price without a notice: it shows both totals and the changes where prices have changed since,
//! or where the quoted total does not follow from them. It also lists the ignored parts of a link and reports an estimate
//! that has expired.

use yew::prelude::*;

use super::{browser, focus_on_calls};
use crate::app::markup::{El, On, el};
use crate::app::state::{Action, State};
use crate::date::Date;
use crate::import::Prices;
use crate::wording::{change_sentence, ignored_sentence, price_check_sentence, share as words};

/// The notice; `None` where there is nothing to report.
pub fn notice(state: &State, on_action: &Callback<Action>) -> Option<El> {
    let origin = state.origin.as_ref()?;
    let price_check = origin.price_check.as_ref();
    let sentence = price_check.and_then(|price_check| price_check_sentence(&origin.opened, price_check));
    let ignored = &origin.opened.ignored;
    let today = Date::parse(&browser::day());
    let expired = origin.opened.notes.valid_until().filter(|&until| today.is_some_and(|today| until < today)).map(words::expired);
    if sentence.is_none() && expired.is_none() && ignored.is_empty() {
        return None;
    }
    let changes = match price_check.map(|price_check| &price_check.prices) {
        Some(Prices::Changed { changes, .. }) => changes.as_slice(),
        _ => &[],
    };
    let leave = if sentence.is_some() { words::UPDATE_PRICES } else { words::DISMISS };
    let further = Some(origin.opened.further_ignored).filter(|&further| further > 0).map(words::and_more);
    let list =
        |lines: Vec<String>| (!lines.is_empty()).then(|| el("ul.notice__list").each(lines.into_iter().map(|line| el("li").with(line))));
    let on_leave = on_action.reform(|_| {
        focus_on_calls();
        Action::QuoteAgain
    });
    Some(
        el("section.notice panel")
            .attr("role", "status")
            .attr("aria-label", words::NOTICE)
            .with(sentence.map(|sentence| el("p.notice__price-check").with(sentence)))
            .with(list(changes.iter().map(change_sentence).collect()))
            .with(expired.map(|expired| el("p").with(expired)))
            .with((!ignored.is_empty()).then(|| el("p").with(words::IGNORED)))
            .with(list(ignored.iter().map(ignored_sentence).chain(further).collect()))
            .with(el("button.button").attr("type", "button").on(On::Click, on_leave).with(leave)),
    )
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use yew::virtual_dom::VNode;

    use super::*;
    use crate::price_book::PriceBook;
    use crate::price_book::history::History;

    /// The text of the notice for a link, with an earlier price book in the history; `None` without a notice.
    fn notice_of(link: &str) -> Option<String> {
        let earlier = PriceBook::from_json(include_str!("../../../tests/engine/books/2026-06-01.json")).expect("valid");
        let history = History::new(PriceBook::built_in().expect("valid"), vec![earlier.clone()]);
        let link = link.replace("EARLIER", &format!("book={},{}", earlier.version(), earlier.hash()));
        let state = State::by(Some(Rc::new(history))).opened(&link);
        notice(&state, &Callback::noop()).map(|notice| texts(&notice.into()).join("\n"))
    }

    fn texts(node: &VNode) -> Vec<String> {
        match node {
            VNode::VText(text) => vec![text.text.to_string()],
            VNode::VTag(tag) => tag.children().map(texts).unwrap_or_default(),
            VNode::VList(list) => list.iter().flat_map(texts).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn shows_both_totals_and_the_changes_of_an_older_price_book() {
        let text = notice_of("v=1&calls=300&EARLIER&quoted=1350.00").expect("a notice");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "This estimate was quoted at $1,350.00 with an older price list (1 June 2026). Today’s price is $1,260.00.");
        assert_eq!(lines[1], "Image Animate: a 100-call package was 450.00 and is now 420.00.");
        assert_eq!(lines[2], "Image Animate: a 500-call package is no longer available. It was 2,100.00.");
        assert_eq!((lines.len(), lines[lines.len() - 1]), (10, "Update to today’s prices"));
    }

    #[test]
    fn shows_nothing_where_no_price_changed() {
        assert_eq!(notice_of("v=1&calls=300"), None);
        assert_eq!(notice_of("v=1&calls=300&free=5").as_deref(), None);
    }
}
