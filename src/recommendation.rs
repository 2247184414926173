//! The recommendation: the total of the recommended plan, and what to buy and when.
//!
//! The one part of the answer that appears before the rest of the page has loaded. It is HTML made without the page's
//! components, for the preview and the page alike.

use crate::html::{Markup, el, group, link};
use crate::price_book::Service;
use crate::problem::ErrorKind;
use crate::quote::Quote;
use crate::scenario::Scenario;
use crate::settlement::Mode;
use crate::wording::{self, Step};

/// A quote with its scenario and its service, at list prices.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The input of the quote.
    pub scenario: &'a Scenario,
    /// The recommended plan.
    pub quote: &'a Quote,
    /// The quoted service.
    pub service: &'a Service,
}

/// Whether the recommendation matches the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness<'a> {
    /// It matches.
    Current,
    /// A field has an error, which it shows itself.
    OutOfDate,
    /// Every field is valid, but together they have no plan.
    Refused(&'a ErrorKind),
    /// A field must be filled in first.
    Awaiting {
        /// Its label.
        field: &'a str,
    },
}

/// The headline's size depends on its length, so that it stays on one line: the maximum number of characters of each size.
const LENGTHS: [usize; 7] = [11, 13, 15, 17, 20, 23, 28];

/// The example volumes: few calls, many, and very many.
const EXAMPLES: [u64; 3] = [300, 12_000, 1_000_000];

/// The recommendation, or an invitation where there is no answer yet.
pub fn recommendation(answer: Option<Answer<'_>>, freshness: Freshness<'_>) -> Markup {
    let (name, why) = match freshness {
        Freshness::Current | Freshness::OutOfDate => ("p.recommendation__state", None),
        Freshness::Awaiting { field } => ("p.recommendation__state", Some(wording::form::fill_in_first(field))),
        Freshness::Refused(why) => ("p.recommendation__state recommendation__state--wrong", Some(wording::error_sentence(why))),
    };
    let is_out_of_date = freshness != Freshness::Current && answer.is_some();
    let state = el(name).with(why).with(" ").with(is_out_of_date.then_some(wording::OUT_OF_DATE));
    el("section.recommendation panel")
        .attr("aria-labelledby", "recommendation-title")
        .with(el("h2.recommendation__title").attr("id", "recommendation-title").with(wording::RECOMMENDATION))
        .with(answer.map_or_else(invitation, |answer| headline(answer.quote)))
        .with(state)
        .with(answer.map(plan))
}

fn headline(quote: &Quote) -> Markup {
    let currency = &quote.currency;
    let total = wording::money(quote.total, currency);
    let characters = total.chars().count();
    let size = LENGTHS.into_iter().find(|&most| characters <= most).unwrap_or(LENGTHS[LENGTHS.len() - 1]);
    let calls = quote.months.iter().map(|month| month.calls).sum();
    let per_call = quote.total.divided_by(calls).map(|share| wording::share(share, currency));
    let saving = wording::saving(quote);
    let fact = |figure: Option<String>, words: &str| el("li").with(figure.map(|figure| el("strong").with(figure))).with(words);
    group()
        .with(
            el("p")
                .attr("class", &["headline headline--", &size.to_string()].concat())
                .with(el("strong.headline__total").attr("data-testid", "total").attr("data-amount", &quote.total.to_string()).with(total))
                .with(el("span.headline__per").with(wording::PER_YEAR)),
        )
        .with(
            el("ul.facts")
                .with(if per_call.is_some() { fact(per_call, wording::PER_CALL) } else { fact(None, wording::NO_CALLS) })
                .with(fact(saving.amount, &saving.against))
                .with(el("li.facts__fact--soft").with(wording::amounts_note(currency))),
        )
}

fn invitation() -> Markup {
    let examples = EXAMPLES.into_iter().enumerate().map(|(place, calls)| {
        let separator = if place == 0 { " " } else { " · " };
        group().with(separator).with(example(calls))
    });
    group()
        .with(el("p.headline headline--empty").attr("aria-hidden", "true").with("—"))
        .with(el("p.recommendation__empty").with(wording::INVITATION))
        .with(el("p.recommendation__empty").with(wording::EXAMPLES_INTRO).each(examples).with(" ").with(wording::EXAMPLES_UNIT))
}

/// A link to an estimate, in the form of any shared link.
fn example(calls: u64) -> Markup {
    el("a.example").attr("href", &["#v=1&calls=", &calls.to_string()].concat()).with(wording::grouped(calls))
}

fn plan(answer: Answer<'_>) -> Markup {
    let Answer { scenario, quote, service } = answer;
    let steps = wording::steps(scenario, quote);
    let switches = quote.months.iter().any(|month| month.mode == Mode::Concurrent);
    let list =
        if steps.is_empty() { el("p.steps").with(wording::nothing_to_do(quote)) } else { el("ol.steps").each(steps.into_iter().map(item)) };
    let buying = (!quote.purchases.is_empty()).then(|| {
        let refund = wording::refund_note(service);
        let link = service.links().buy.as_ref().map(|buy| link(buy, wording::BUY_PACKAGES));
        el("p.note").with(wording::BUYING_NOTE).with(" ").with(refund).with(" ").with(link)
    });
    group()
        .with(el("h3.recommendation__subtitle").with(wording::STEPS_TITLE))
        .with(list)
        .with(switches.then(|| el("p.note").with(wording::SWITCHING_NOTE)))
        .with(buying)
}

fn item(step: Step) -> Markup {
    el("li.steps__step")
        .with(el("strong.steps__when").with(step.when))
        .with(el("div.steps__what").each(step.what.into_iter().map(|what| el("p").with(what))))
}
