//! The scenario under construction.
//!
//! Setters take typed values in any order; [`ScenarioBuilder::build`] validates them together. The form, links and
//! tests make scenarios here. The values become the same tree as a JSON document and pass the same validation, so that
//! each rule is written once and an error has the same path everywhere.

use super::{CalendarMonth, Scenario, serialize, validation};
use crate::capacity::Concurrency;
use crate::json::{Field, Node, ValidationErrors};
use crate::planner::OwnedPackage;
use crate::price_book::{Discount, PriceBook, TierBasis};
use crate::problem::ValidationError;
use crate::settlement::Postpaid;
use crate::usage::Usage;

/// A scenario that is not validated yet.
///
/// ```
/// use callmix::price_book::PriceBook;
/// use callmix::scenario::Scenario;
/// use callmix::usage::{Profile, Usage};
/// let book = PriceBook::built_in().unwrap();
/// let year = Scenario::builder(Usage::yearly(300, Profile::Even).unwrap());
/// assert_eq!(year.clone().free_calls(5).build(&book).unwrap().free_calls(), 5);
/// let errors = year.service(Some("image")).build(&book).unwrap_err();
/// assert_eq!((errors[0].field.as_str(), errors[0].kind.code()), ("service", "unknown_service"));
/// ```
#[derive(Debug, Clone)]
pub struct ScenarioBuilder {
    usage: Usage,
    price_book: Option<PriceBook>,
    /// The other fields, each at most once.
    fields: Vec<(&'static str, Node)>,
}

impl ScenarioBuilder {
    pub(super) fn new(usage: Usage) -> Self {
        Self { usage, price_book: None, fields: Vec::new() }
    }

    pub(super) fn from_scenario(scenario: &Scenario) -> Self {
        let fields = serialize::account_fields(scenario).into_iter().chain(serialize::quote_fields(scenario)).collect();
        Self { usage: scenario.usage, price_book: scenario.price_book.clone(), fields }
    }

    /// Calls by month.
    #[must_use]
    pub fn usage(mut self, usage: Usage) -> Self {
        self.usage = usage;
        self
    }

    /// The calendar month of month 1; `None` where months have only numbers.
    #[must_use]
    pub fn start(self, start: Option<CalendarMonth>) -> Self {
        self.with("start", start.map(|start| Node::text(&start.to_string())))
    }

    /// Free calls left.
    #[must_use]
    pub fn free_calls(self, calls: u64) -> Self {
        self.with("free_calls", Some(Node::whole(calls)))
    }

    /// Packages that the account already has.
    #[must_use]
    pub fn owned_packages(self, packages: &[OwnedPackage]) -> Self {
        self.with("owned_packages", Some(serialize::owned_node(packages)))
    }

    /// Whether postpaid is enabled.
    #[must_use]
    pub fn postpaid(self, postpaid: Postpaid) -> Self {
        self.with("postpaid", Some(Node::switch(postpaid == Postpaid::On)))
    }

    /// Which calls count towards a price tier; `None`: the service's own rule.
    #[must_use]
    pub fn tier_basis(self, basis: Option<TierBasis>) -> Self {
        self.with("tier_basis", basis.map(|basis| Node::text(basis.code())))
    }

    /// How many calls run at the same time; `None` where that is not known.
    #[must_use]
    pub fn concurrency(self, concurrency: Option<Concurrency>) -> Self {
        self.with("concurrency", concurrency.as_ref().map(serialize::concurrency_node))
    }

    /// The percentages off list prices.
    #[must_use]
    pub fn discount(self, discount: Discount) -> Self {
        self.with("discount", Some(serialize::discount_node(discount)))
    }

    /// A price book of the scenario's own; `None`: the built-in one.
    #[must_use]
    pub fn price_book(mut self, book: Option<PriceBook>) -> Self {
        self.price_book = book;
        self
    }

    /// The id of the service; `None`: the first one of the price book.
    #[must_use]
    pub fn service(self, id: Option<&str>) -> Self {
        self.with("service", id.map(Node::text))
    }

    /// Whether the quote includes insights.
    #[must_use]
    pub fn insights(self, insights: bool) -> Self {
        self.with("insights", Some(Node::switch(insights)))
    }

    /// Sets the field `name` to its value in JSON, or back to its default.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, node: Option<Node>) -> Self {
        self.fields.retain(|(field, _)| *field != name);
        self.fields.extend(node.map(|node| (name, node)));
        self
    }

    /// The scenario, validated against its own price book or else against `built_in`.
    ///
    /// # Errors
    /// Every error, in the order in which the fields were set.
    pub fn build(self, built_in: &PriceBook) -> Result<Scenario, Vec<ValidationError>> {
        let fields = self.fields.into_iter().map(|(name, node)| (name.into(), node)).collect();
        let document = Node::object_of(fields).document();
        let book = self.price_book.as_ref().unwrap_or(built_in);
        let mut errors = ValidationErrors::default();
        let fields = Field::root(&document, "").object(validation::FIELDS, &mut errors);
        let scenario = fields.and_then(|fields| validation::fields(&fields, Some(self.usage), Some(book), &mut errors));
        errors.into_result(scenario.map(|scenario| Scenario { price_book: self.price_book, ..scenario }))
    }
}
