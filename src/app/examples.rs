//! The provider's two examples, as the engine quotes them.
//!
//! They are prerendered beside the price list, so that they are there without JavaScript too.

use super::markup::{El, el};
use crate::price_book::PriceBook;
use crate::quote::{Quote, quote};
use crate::scenario::Scenario;
use crate::usage::{MONTHS, Profile, Usage};
use crate::wording;

/// Both examples with the prices of a book; `None` where it cannot quote one of them.
pub fn examples(book: &PriceBook) -> Option<El> {
    let prepaid = Scenario::new(Usage::yearly(300, Profile::Even)?);
    let mut months = [0; MONTHS];
    months[0] = 1_100;
    // The provider's second example is a month with postpaid calls.
    let postpaid = Scenario::builder(Usage::monthly(months)?).free_calls(5).build(book).ok()?;
    let unit = book.services().first()?.unit();
    let answered = |scenario: &Scenario| quote(scenario, book).ok();
    let item =
        |(asked, quote): (String, Quote)| el("li").with(asked).with(" ").with(el("strong").with(wording::example_answer(&quote, unit)));
    Some(
        el("section.examples")
            .attr("aria-labelledby", "examples-title")
            .with(el("h2").attr("id", "examples-title").with(wording::TWO_EXAMPLES))
            .with(el("ul.examples__list").each([
                item((wording::example_of_year(300, unit), answered(&prepaid)?)),
                item((wording::example_of_month(1_100, 5, unit), answered(&postpaid)?)),
            ])),
    )
}
