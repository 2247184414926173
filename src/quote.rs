//! The quote: the answer to a scenario, and the engine's single entry point.
//!
//! [`quote`] takes a scenario through sizing, planning and settlement to a [`Quote`]. Every number comes from
//! [following](crate::ledger::follow) the plan through settlement; the planner's own total only has to agree. A quote
//! serializes to the JSON of the contract. Sentences about it are left to `wording`.

mod shown;

use serde::{Serialize, Serializer};

use crate::insight::{Curve, Insights};
pub use crate::ledger::{MonthRow, PurchaseRow};
use crate::ledger::{as_text, as_text_or_null};
use crate::list_price::ListPrice;
use crate::money::Money;
use crate::own_plan::PricedPlan;
use crate::planner::{Alternative, Reason, Slots, Strategy, Task, plan};
use crate::price_book::PriceBook;
use crate::problem::{ErrorKind, ValidationError};
use crate::scenario::{Pipeline, Scenario};
use crate::sizing::Sizing;
use crate::usage::MONTHS;
pub use shown::ShownPlan;

/// The best plan for a scenario, settled month by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The currency of every amount.
    pub currency: String,
    /// Everything paid in the horizon.
    #[serde(serialize_with = "as_text")]
    pub total: Money,
    /// The total without its discounts; `None` where none applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_price: Option<ListPrice>,
    /// By month, then by size.
    pub purchases: Vec<PurchaseRow>,
    /// Twelve months.
    pub months: Vec<MonthRow>,
    /// Package calls left when month 12 is settled.
    pub unused_prepaid: u64,
    /// The three strategies, in the contract's order.
    pub alternatives: Vec<AlternativeRow>,
    /// The prices that the quote was made with.
    pub price_book: PriceBookRow,
    /// What the scenario's own plan costs; `None` where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_plan: Option<PricedPlan>,
    /// The sizing of the slots; `None` where they were given or are not known, or none are sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sizing: Option<Sizing>,
    /// The insights, where the scenario asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insights: Option<Insights>,
}

/// One strategy beside the recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlternativeRow {
    /// The strategy.
    #[serde(serialize_with = "strategy_code")]
    pub strategy: Strategy,
    /// The total of the year; `None` where the strategy is not available.
    #[serde(serialize_with = "as_text_or_null")]
    pub total: Option<Money>,
    /// Why the strategy is not available.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "reason_code")]
    pub reason: Option<Reason>,
}

/// The prices that a quote was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceBookRow {
    /// The version of the price book.
    pub version: String,
    /// The hash of its prices.
    pub hash: String,
    /// The service's identifier.
    pub service: String,
}

/// Answers `scenario` with its own price book, or else with `built_in`.
///
/// # Errors
/// The scenario has no answer although each field is valid: no plan settles every call, the service is not in this
/// book, or amounts are too large to be exact.
///
/// ```
/// use callmix::price_book::PriceBook;
/// use callmix::quote::quote;
/// use callmix::scenario::Scenario;
/// use callmix::usage::{Profile, Usage};
/// let scenario = Scenario::new(Usage::yearly(300, Profile::Even).unwrap());
/// let quote = quote(&scenario, &PriceBook::built_in().unwrap()).unwrap();
/// assert_eq!(quote.total.to_string(), "1260.00");
/// ```
pub fn quote(scenario: &Scenario, built_in: &PriceBook) -> Result<Quote, Vec<ValidationError>> {
    let pipeline = Pipeline::new(scenario, built_in)?;
    let months = scenario.usage().months();
    let task = pipeline.task(&months)?;
    let mut quote = recommended(&pipeline, &task).map_err(|errors| why_no_plan(&task, errors))?;
    quote.list_price = ListPrice::of(&pipeline, &task, quote.months.iter(), &quote.purchases, quote.total);
    quote.own_plan = PricedPlan::of(&pipeline, &task, quote.total)?;
    quote.sizing = Sizing::of(&pipeline);
    if scenario.insights() {
        let mut curve = Curve::new(scenario.usage());
        while curve.step(&pipeline) {}
        quote.insights = Some(Insights::of(&pipeline, &curve)?);
    }
    Ok(quote)
}

/// The same errors, but that of a year without a plan says so where fewer calls at the same time would have one.
fn why_no_plan(task: &Task<'_>, errors: Vec<ValidationError>) -> Vec<ValidationError> {
    let has_plan_with_fewer = || plan(&Task { slots: [Slots::Unknown; MONTHS], ..*task }).is_some();
    let most = task.service.most_at_once();
    let why = |error: ValidationError| match error.kind {
        ErrorKind::NoPlan if has_plan_with_fewer() => ValidationError { kind: ErrorKind::NoPlanAtOnce { most }, ..error },
        _ => error,
    };
    errors.into_iter().map(why).collect()
}

/// The answer to a scenario whose slots are not sized, without a plan of its own and without insights: what the first screen
/// asks for. Its program is smaller without them.
///
/// # Errors
/// As for [`quote`].
pub fn first_quote(scenario: &Scenario, built_in: &PriceBook) -> Result<Quote, Vec<ValidationError>> {
    let pipeline = Pipeline::new(scenario, built_in)?;
    recommended(&pipeline, &pipeline.task(&scenario.usage().months())?)
}

/// The recommended plan, and nothing that explains it.
fn recommended(pipeline: &Pipeline<'_>, task: &Task<'_>) -> Result<Quote, Vec<ValidationError>> {
    let (plan, ledger) = pipeline.cheapest(task)?;
    let scale = pipeline.service.rates().scale();
    let row = |alternative: &Alternative| AlternativeRow {
        strategy: alternative.strategy,
        total: alternative.outcome.ok().map(|total| scale.money(total)),
        reason: alternative.outcome.err(),
    };
    let book = pipeline.book;
    Ok(Quote {
        currency: book.currency().into(),
        total: ledger.total,
        list_price: None,
        unused_prepaid: ledger.months.last().map_or(0, |month| month.prepaid_left),
        purchases: ledger.purchases,
        months: ledger.months,
        alternatives: plan.alternatives.iter().map(row).collect(),
        price_book: PriceBookRow { version: book.version().into(), hash: book.hash().into(), service: pipeline.service.id().into() },
        own_plan: None,
        sizing: None,
        insights: None,
    })
}

pub(crate) fn strategy_code<S: Serializer>(strategy: &Strategy, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(strategy.code())
}

pub(crate) fn reason_code<S: Serializer>(reason: &Option<Reason>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_some(&reason.map(Reason::code))
}
