//! The recommendation: the total of the recommended plan, the year as a strip, and what to buy and when.
//!
//! The one part of the answer that appears before the rest of the page has loaded. It is HTML made without the page's
//! components, for the preview and the page alike. An element that has a text at one time and elements at another would break
//! the page's updates, so such a text has an element of its own.

pub(crate) mod strip;

use crate::html::{Markup, el, group, link};
use crate::list_price::ListPrice;
use crate::money::Money;
use crate::price_book::{Service, Unit};
use crate::problem::ErrorKind;
use crate::quote::{Quote, ShownPlan};
use crate::scenario::Scenario;
use crate::settlement::Mode;
use crate::wording::{self, Step, StepLine, own_plan};

/// A quote with its scenario and its service, at list prices.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The input of the quote.
    pub scenario: &'a Scenario,
    /// The recommended plan.
    pub quote: &'a Quote,
    /// The quoted service.
    pub service: &'a Service,
    /// How the answer came about.
    pub kind: AnswerKind,
    /// Who chose the plan that the quote shows.
    pub chosen_by: PlanAuthor,
    /// Whether the calls are what a budget buys, so that they and not the total are the answer.
    pub is_bought: bool,
}

/// How an answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// Somebody entered it here.
    Estimate,
    /// Somebody was sent it, for whom dates matter more than what each step covers.
    Quote,
    /// Nobody has entered anything yet.
    Example,
}

/// Who chose a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanAuthor {
    /// Nobody: it is the cheapest one.
    Calculator,
    /// The reader, who is changing it below the cheapest total.
    Reader,
    /// Somebody who sent it, so that its total is the answer and the cheapest one a remark.
    Sender,
}

/// Whether the recommendation matches the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness<'a> {
    /// It matches.
    Current,
    /// A field has an error, which it shows itself.
    OutOfDate,
    /// Every field is valid, but together they have no plan.
    Refused {
        /// The reason.
        why: &'a ErrorKind,
        /// The service that it is about, where there are several.
        service: Option<&'a str>,
    },
    /// The part of the form about this service has an error.
    OutOfDateBy {
        /// Its name.
        service: &'a str,
    },
    /// A field must be filled in first.
    Awaiting {
        /// Its label.
        field: &'a str,
    },
}

/// The headline's size depends on its length, so that it stays on one line: the maximum number of characters of each size.
const LENGTHS: [usize; 7] = [11, 13, 15, 17, 20, 23, 28];

/// The volume of the worked example.
pub const EXAMPLE_CALLS: u64 = 12_000;
/// The other example volumes: few calls, and very many.
const OTHER_EXAMPLES: [u64; 2] = [300, 1_000_000];

/// The recommendation, or an invitation to enter so many of `unit` where there is no answer yet.
pub fn recommendation(answer: Option<Answer<'_>>, unit: &Unit, freshness: Freshness<'_>) -> Markup {
    section().each(parts(answer, unit, freshness))
}

/// The element of the recommendation, without its content.
pub fn section() -> Markup {
    el("section.recommendation section").attr("aria-labelledby", "recommendation-title")
}

/// The three parts of the recommendation: the total, the plan as a picture, and its steps. The page has more between them.
pub fn parts(answer: Option<Answer<'_>>, unit: &Unit, freshness: Freshness<'_>) -> [Markup; 3] {
    let title = el("h2.recommendation__title").attr("id", "recommendation-title").with(wording::RECOMMENDATION);
    let band = match answer {
        Some(Answer { service, kind: AnswerKind::Example, .. }) if freshness == Freshness::Current => example_band(service),
        _ => band(answer.is_some(), freshness),
    };
    let head = group().with(band).with(title);
    let Some(answer) = answer else { return [head.with(invitation(unit)), group(), group()] };
    let shown = answer.quote.shown_plan();
    let [picture, steps] = plan(&answer, &shown);
    [head.with(headline(&answer, &shown)), picture, steps]
}

/// The message about the whole answer, above it; hidden where there is none.
pub(crate) fn band(has_answer: bool, freshness: Freshness<'_>) -> Markup {
    let out_of_date = (freshness != Freshness::Current && has_answer).then_some(wording::OUT_OF_DATE);
    let (name, why) = match freshness {
        Freshness::Current => ("p.band", None),
        Freshness::OutOfDate => ("p.band band--stale", None),
        Freshness::OutOfDateBy { service } => ("p.band band--stale", Some(wording::lines::correct_first(service))),
        Freshness::Awaiting { field } => ("p.band band--stale", Some(wording::form::fill_in_first(field))),
        Freshness::Refused { why, service } => ("p.band band--wrong", Some(wording::lines::refused(why, service))),
    };
    if why.is_some() || out_of_date.is_some() {
        let text = [why.as_deref(), out_of_date].into_iter().flatten().collect::<Vec<_>>().join(" ");
        return el(name).with(el("span").with(text));
    }
    el("p.band").attr("hidden", "")
}

fn example_band(service: &Service) -> Markup {
    el("p.band")
        .with(el("strong").with(wording::EXAMPLE))
        .with(" ")
        .with(wording::example_of(EXAMPLE_CALLS, service.unit()))
        .with(" ")
        .with(wording::REPLACE_EXAMPLE)
        .with(" ")
        .with(example(OTHER_EXAMPLES[0]))
        .with(" · ")
        .with(example(OTHER_EXAMPLES[1]))
}

fn headline(answer: &Answer<'_>, shown: &ShownPlan<'_>) -> Markup {
    let Answer { quote, service, chosen_by, .. } = *answer;
    let currency = &quote.currency;
    let is_sent = chosen_by == PlanAuthor::Sender;
    let amount = if is_sent { shown.total } else { quote.total };
    let calls = quote.months.iter().map(|month| month.calls).sum();
    let fact =
        |figure: Option<String>, words: &str| el("li").with(figure.map(|figure| el("strong").with(figure))).with(el("span").with(words));
    let line = if answer.is_bought && !is_sent {
        let per = el("span.headline__per").with(wording::bought_for(calls, service.unit())).with(" ").with(cheapest(quote));
        total_line(&wording::money(amount, currency))
            .with(el("strong.headline__total").with(wording::grouped(calls)))
            .with(per.with(wording::PER_YEAR_BEFORE_TAX))
    } else {
        total_headline(amount, currency, is_sent)
    };
    // Calls that fail cost nothing, so a cost per call would mislead.
    let per_call = amount.divided_by(calls).filter(|_| !is_sent || shown.failing() == 0).map(|share| wording::share(share, currency));
    let per_call = match per_call {
        None if calls > 0 => None,
        None => Some(fact(None, &wording::in_unit(wording::NO_CALLS, service.unit()))),
        per_call => Some(fact(per_call, &wording::per_unit(service.unit()))),
    };
    let facts = el("ul.facts").with(per_call);
    let list_price = if is_sent { shown.list_price } else { quote.list_price.as_ref() };
    let sums = list_price.map(|list_price| sums(list_price, amount, currency));
    if is_sent {
        let [before, after] = own_plan::CHOSEN_BY_SENDER;
        let chosen = el("li").with(el("span").with(before)).with(el("strong").with(cheapest(quote))).with(el("span").with(after));
        let failing = own_plan::failing(shown, answer.scenario.start(), service.unit());
        let group = el("div").attr("role", "group").attr("aria-label", own_plan::TITLE);
        return group.with(line).with(facts.with(chosen)).with(failing.map(|failing| el("p.note note--strong").with(failing))).with(sums);
    }
    let saving = wording::saving(&quote.alternatives, quote.total, currency);
    group().with(line).with(facts.with(fact(saving.amount, &saving.against))).with(sums)
}

/// The line of a total, whose size depends on its length.
fn total_line(total: &str) -> Markup {
    let characters = total.chars().count();
    let size = LENGTHS.into_iter().find(|&most| characters <= most).unwrap_or(LENGTHS[LENGTHS.len() - 1]);
    el("p").attr("class", &["headline headline--", &size.to_string()].concat())
}

/// The total as the headline: of the cheapest plan, or of one that somebody sent.
pub(crate) fn total_headline(amount: Money, currency: &str, is_sent: bool) -> Markup {
    let total = wording::money(amount, currency);
    let cents = total.rfind('.').and_then(|point| total.split_at_checked(point));
    let figure = el("strong.headline__total")
        .attr("data-testid", if is_sent { "own-total" } else { "total" })
        .attr("data-amount", &amount.to_string());
    let figure = match cents {
        Some((whole, cents)) => figure.with(el("span").with(whole)).with(el("span.headline__cents").with(cents)),
        None => figure.with(el("span").with(total.as_str())),
    };
    total_line(&total).with(figure).with(el("span.headline__per").with(wording::PER_YEAR_BEFORE_TAX))
}

/// The total of the cheapest plan.
fn cheapest(quote: &Quote) -> Markup {
    cheapest_total(quote.total, &quote.currency)
}

/// The total of the cheapest plan, where it is not the headline.
pub(crate) fn cheapest_total(total: Money, currency: &str) -> Markup {
    el("span").attr("data-testid", "total").attr("data-amount", &total.to_string()).with(wording::money(total, currency))
}

/// List price, discounts and total, so that nobody takes a discount that somebody entered for the provider's price.
fn sums(list_price: &ListPrice, total: Money, currency: &str) -> Markup {
    let line =
        |(label, amount): (&'static str, String)| el("div.sums__line").with(el("dt").with(label)).with(el("dd.sums__amount").with(amount));
    el("dl.sums").each(wording::list_price::sums(list_price, total, currency).map(line))
}

fn invitation(unit: &Unit) -> Markup {
    group()
        .with(el("p.headline headline--empty").attr("aria-hidden", "true").with(el("span").with("—")))
        .with(el("p.recommendation__empty").with(el("span").with(wording::in_unit(wording::INVITATION, unit))))
        .with(
            el("p.recommendation__empty")
                .with(wording::EXAMPLES_INTRO)
                .with(" ")
                .with(example(OTHER_EXAMPLES[0]))
                .with(" · ")
                .with(example(EXAMPLE_CALLS))
                .with(" · ")
                .with(example(OTHER_EXAMPLES[1]))
                .with(" ")
                .with(wording::in_unit(wording::EXAMPLES_UNIT, unit)),
        )
}

/// A link to an estimate, in the form of any shared link.
fn example(calls: u64) -> Markup {
    el("a.example").attr("href", &["#v=1&calls=", &calls.to_string()].concat()).with(wording::grouped(calls))
}

/// The plan as a picture, and its steps.
fn plan(answer: &Answer<'_>, shown: &ShownPlan<'_>) -> [Markup; 2] {
    let Answer { scenario, quote, service, kind, chosen_by, .. } = *answer;
    let currency = &quote.currency;
    let steps = wording::steps(scenario, quote, service, kind == AnswerKind::Quote);
    let switches = shown.rows().any(|month| month.mode == Mode::Concurrent);
    let has_calls = shown.rows().any(|month| month.calls > 0);
    let nothing = steps.is_empty().then(|| el("p.plan__nothing").with(wording::in_unit(wording::nothing_to_do(shown), service.unit())));
    let list = (!steps.is_empty()).then(|| step_list(&steps, shown.total, currency));
    let buying = (!shown.purchases.is_empty()).then(|| {
        let refund = wording::refund_note(service);
        let link = service.links().buy.as_ref().map(|buy| link(buy, wording::BUY_PACKAGES));
        el("p.note")
            .with(el("span").with(wording::in_unit(wording::BUYING_NOTE, service.unit())).with(" ").with(refund).with(" "))
            .with(link)
    });
    let same = (shown.cheapest.is_none()).then(|| wording::equal_alternatives(quote)).flatten();
    let title = if chosen_by == PlanAuthor::Reader { own_plan::STEPS_TITLE } else { wording::STEPS_TITLE };
    let keys = has_calls.then(|| strip::keys(shown, service.unit()));
    let picture = group()
        .with(el("div.recommendation__what").with(el("h3").with(title)).with(keys))
        .with(has_calls.then(|| strip::strip(answer, shown, &steps)));
    let steps = group()
        .with(nothing)
        .with(list)
        .with(same.map(|same| el("p.note note--strong").with(same)))
        .with(switches.then(|| el("p.note").with(wording::SWITCHING_NOTE)))
        .with(buying);
    [picture, steps]
}

/// The steps by date, with their total.
pub(crate) fn step_list(steps: &[Step], total: Money, currency: &str) -> Markup {
    let total = el("li.plan__total")
        .with(el("span.plan__when").with(wording::plan_total(currency)))
        .with(el("span.plan__cost").with(wording::money(total, currency)));
    el("ol.plan").each(steps.iter().flat_map(|step| lines(step, currency))).with(total)
}

/// The lines of a step, the first with its number and date.
fn lines<'a>(step: &'a Step, currency: &'a str) -> impl Iterator<Item = Markup> {
    step.lines.iter().enumerate().map(move |(line, StepLine { of, what, more, cost })| {
        let what = match of {
            Some(of) => el("p").with(el("span.plan__of").with([of, ":"].concat())).with(" ").with(what.as_str()),
            None => el("p").with(what.as_str()),
        };
        let number = (line == 0).then(|| el("span.pin").attr("aria-hidden", "true").with(wording::grouped(step.number)));
        let when = (line == 0).then(|| el("strong.plan__when").with(step.when.as_str()));
        el("li.plan__step")
            .with(number)
            .with(when)
            .with(el("div.plan__what").with(what).with(more.as_ref().map(|more| el("p.plan__more").with(more.as_str()))))
            .with(cost.map(|cost| el("span.plan__cost").with(wording::money(cost, currency))))
    })
}
