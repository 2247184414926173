//! What does the year cost at best, and what is there to do for it?
//!
//! The one part of the answer that is there before the rest of the page, so it is written as HTML and needs nothing of
//! the page.

use crate::html::{El, el, group, link};
use crate::price_book::Service;
use crate::quote::Quote;
use crate::scenario::Scenario;
use crate::settlement::Mode;
use crate::wording::{self, Step};

/// An answer with its question, and the service that was asked about, at list prices.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// What was asked.
    pub scenario: &'a Scenario,
    /// What it costs.
    pub quote: &'a Quote,
    /// By which prices.
    pub service: &'a Service,
}

/// How what is recommended stands to what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness<'a> {
    /// It answers it.
    Current,
    /// Something typed since is not understood; its field says what.
    OutOfDate,
    /// The fields, each fine by itself, have no answer; why.
    Refused(&'a str),
    /// Something that was asked for has not been typed yet; what.
    Awaiting(&'a str),
}

/// A longer headline is written smaller, so that it stays on one line: the most letters of each size.
const LENGTHS: [usize; 7] = [11, 13, 15, 17, 20, 23, 28];

/// Volumes that show what an answer is like: few calls, many, and very many.
const EXAMPLES: [u64; 3] = [300, 12_000, 1_000_000];

/// The one figure that one sees first, and what to do.
pub fn recommendation(answer: Option<Answer<'_>>, freshness: Freshness<'_>) -> El {
    let (name, why) = match freshness {
        Freshness::Current | Freshness::OutOfDate => ("p.recommendation__state", None),
        Freshness::Awaiting(what) => ("p.recommendation__state", Some(what)),
        Freshness::Refused(why) => ("p.recommendation__state recommendation__state--wrong", Some(why)),
    };
    let is_old = freshness != Freshness::Current && answer.is_some();
    let state = el(name).with(why).with(" ").with(is_old.then_some(wording::OUT_OF_DATE));
    el("section.recommendation panel")
        .attr("aria-labelledby", "recommendation-title")
        .with(el("h2.recommendation__title").attr("id", "recommendation-title").with(wording::RECOMMENDATION))
        .with(answer.map_or_else(promise, |answer| headline(answer.quote)))
        .with(state)
        .with(answer.map(what_to_do))
}

fn headline(quote: &Quote) -> El {
    let currency = &quote.currency;
    let total = wording::money(quote.total, currency);
    let letters = total.chars().count();
    let most = LENGTHS.into_iter().find(|&most| letters <= most).unwrap_or(LENGTHS[LENGTHS.len() - 1]);
    let calls = quote.months.iter().map(|month| month.calls).sum();
    let each = quote.total.divided_by(calls).map(|share| wording::share(share, currency));
    let saving = wording::saving(quote);
    let fact = |figure: Option<String>, words: &'static str| el("li").with(figure.map(|figure| el("strong").with(figure))).with(words);
    group()
        .with(
            el("p")
                .attr("class", &["headline headline--", &most.to_string()].concat())
                .with(el("strong.headline__total").attr("data-testid", "total").attr("data-amount", &quote.total.to_string()).with(total))
                .with(el("span.headline__per").with(wording::A_YEAR)),
        )
        .with(
            el("ul.facts")
                .with(if each.is_some() { fact(each, wording::PER_CALL) } else { fact(None, wording::NO_CALLS) })
                .with(fact(saving.amount, saving.against))
                .with(el("li.facts__fact--soft").with(wording::amounts_note(currency))),
        )
}

fn promise() -> El {
    group()
        .with(el("p.headline headline--empty").attr("aria-hidden", "true").with("—"))
        .with(el("p.recommendation__empty").with(wording::PROMISE))
        .with(el("p.recommendation__empty").with(wording::EXAMPLES).each(EXAMPLES.map(example)))
}

/// A link to an estimate, as anybody could have sent it.
fn example(calls: u64) -> El {
    group().with(" ").with(el("a.example").attr("href", &["#v=1&calls=", &calls.to_string()].concat()).with(wording::grouped(calls)))
}

fn what_to_do(answer: Answer<'_>) -> El {
    let Answer { scenario, quote, service } = answer;
    let steps = wording::to_do(scenario, service, quote);
    let switches = quote.months.iter().any(|month| month.mode == Mode::Concurrent);
    let list =
        if steps.is_empty() { el("p.steps").with(wording::nothing_to_do(quote)) } else { el("ol.steps").each(steps.into_iter().map(item)) };
    let buy = (!quote.purchases.is_empty()).then(|| {
        let link = service.links().buy.as_ref().map(|buy| link(buy, wording::BUY_PACKAGES));
        el("p.note").with(wording::BUYING_NOTE).with(" ").with(link)
    });
    group()
        .with(el("h3.recommendation__subtitle").with(wording::WHAT_TO_DO))
        .with(list)
        .with(switches.then(|| el("p.note").with(wording::SWITCHING_NOTE)))
        .with(buy)
}

fn item(step: Step) -> El {
    el("li.steps__step")
        .with(el("strong.steps__when").with(step.when))
        .with(el("div.steps__what").each(step.what.into_iter().map(|what| el("p").with(what))))
}
