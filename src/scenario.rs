//! The scenario: the question that a quote answers.
//!
//! A [`Scenario`] is a year of calls to one service, with the credits that the account already has and the number of
//! slots that the calls need. It exists only validated against a price book: [`Scenario::from_json`] reads one from
//! JSON, [`Scenario::builder`] makes one from typed values, and both collect every error with the path of its field.
//! What the year costs is left to [`quote`](crate::quote).

mod builder;
pub(crate) mod decoding;
mod pipeline;
pub mod rules;
pub(crate) mod serialize;

use crate::capacity::Concurrency;
pub use crate::date::CalendarMonth;
use crate::json::{self, JsonField, Node, ValidationErrors};
use crate::planner::{Orders, OwnedPackage};
use crate::price_book::{Discount, PriceBook, TierBasis};
use crate::problem::ValidationError;
use crate::settlement::Postpaid;
use crate::usage::Usage;
pub use builder::ScenarioBuilder;
pub use pipeline::Pipeline;
pub(crate) use pipeline::amount_too_large;

/// A year of calls and everything that decides what it costs, validated.
///
/// Nothing outside this module can make or change one without validation:
///
/// ```compile_fail,E0616
/// use callmix::scenario::Scenario;
/// fn edit(scenario: &mut Scenario) {
///     scenario.free_calls = u64::MAX;
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Where the usage is given by API, the units of all of them together.
    usage: Usage,
    apis: Vec<ApiUsage>,
    start: Option<CalendarMonth>,
    free_calls: u64,
    owned_packages: Vec<OwnedPackage>,
    postpaid: Postpaid,
    orders: Orders,
    plan: Option<OwnPlan>,
    tier_basis: Option<TierBasis>,
    concurrency: Option<Concurrency>,
    discount: Discount,
    price_book: Option<PriceBook>,
    service: Option<String>,
    insights: bool,
}

/// A plan that somebody chose, to be priced beside the cheapest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnPlan {
    /// What is bought, by month and size.
    pub purchases: Vec<OwnPurchase>,
    /// The months, 1 to 12, that are concurrent where they have calls.
    pub concurrent_months: Vec<u32>,
}

/// Packages of one size that are bought at the start of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnPurchase {
    /// The month, 1 to 12.
    pub month: u32,
    /// The calls in one package.
    pub calls: u64,
    /// How many packages, 1 to 10^12.
    pub count: u64,
}

/// The calls of one API that draws on the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiUsage {
    /// The identifier of the API.
    pub id: String,
    /// Its calls.
    pub usage: Usage,
}

impl Scenario {
    /// A year of `usage` and the default of everything else, which is valid for every price book.
    pub fn new(usage: Usage) -> Self {
        Self {
            usage,
            apis: Vec::new(),
            start: None,
            free_calls: 0,
            owned_packages: Vec::new(),
            postpaid: Postpaid::On,
            orders: Orders::Any,
            plan: None,
            tier_basis: None,
            concurrency: None,
            discount: Discount::default(),
            price_book: None,
            service: None,
            insights: false,
        }
    }

    /// A scenario under construction: a year of `usage` and the default of everything else.
    pub fn builder(usage: Usage) -> ScenarioBuilder {
        ScenarioBuilder::new(Self::new(usage))
    }

    /// A scenario under construction that starts from this one.
    pub fn to_builder(&self) -> ScenarioBuilder {
        ScenarioBuilder::new(self.clone())
    }

    /// Reads and validates a scenario.
    ///
    /// # Errors
    /// Every error, in the order of the document.
    pub fn from_json(text: &str, built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        Self::from_node(&json::parse(text).map_err(|error| vec![error])?, built_in)
    }

    /// Validates a scenario that is a whole document.
    ///
    /// # Errors
    /// Every error, in the order of the document.
    pub(crate) fn from_node(node: &Node, built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        let mut errors = ValidationErrors::default();
        let scenario = Self::from_field(&JsonField::root(node, ""), built_in, &mut errors);
        errors.into_result(scenario)
    }

    /// Validates a scenario inside another document. The result counts only while `errors` is empty.
    pub(crate) fn from_field(field: &JsonField<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<Self> {
        decoding::scenario(field, built_in, errors)
    }

    /// Calls by month, or the units of the service that the calls of its APIs use.
    pub fn usage(&self) -> &Usage {
        &self.usage
    }

    /// The calls of each API, in the service's order; empty where the usage is not given by API.
    pub fn apis(&self) -> &[ApiUsage] {
        &self.apis
    }

    /// The calendar month of month 1; `None` where months have only numbers.
    pub fn start(&self) -> Option<CalendarMonth> {
        self.start
    }

    /// Free calls left, at most 10^12.
    pub fn free_calls(&self) -> u64 {
        self.free_calls
    }

    /// Packages that the account already has, by months left, then calls.
    pub fn owned_packages(&self) -> &[OwnedPackage] {
        &self.owned_packages
    }

    /// Whether postpaid is enabled.
    pub fn postpaid(&self) -> Postpaid {
        self.postpaid
    }

    /// When packages may be bought.
    pub fn orders(&self) -> Orders {
        self.orders
    }

    /// The plan of the sender's own, if there is one.
    pub fn plan(&self) -> Option<&OwnPlan> {
        self.plan.as_ref()
    }

    /// Which calls count towards a price tier; `None`: the service's own rule.
    pub fn tier_basis(&self) -> Option<TierBasis> {
        self.tier_basis
    }

    /// How many calls run at the same time; `None` where that is not known.
    pub fn concurrency(&self) -> Option<&Concurrency> {
        self.concurrency.as_ref()
    }

    /// The percentages off list prices.
    pub fn discount(&self) -> Discount {
        self.discount
    }

    /// The scenario's own price book; `None`: the built-in one.
    pub fn price_book(&self) -> Option<&PriceBook> {
        self.price_book.as_ref()
    }

    /// The id of the service; `None`: the first one of the price book.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// Whether the quote includes insights.
    pub fn insights(&self) -> bool {
        self.insights
    }

    /// The price book that applies: the scenario's own one, or else the built-in one.
    pub fn book<'a>(&'a self, built_in: &'a PriceBook) -> &'a PriceBook {
        self.price_book.as_ref().unwrap_or(built_in)
    }
}
