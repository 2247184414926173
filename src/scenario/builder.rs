//! The scenario under construction.
//!
//! Setters take typed values in any order; [`ScenarioBuilder::build`] validates them together. JSON, links, the form and
//! tests all make scenarios here, so that no rule is written twice and an error has the same path everywhere.

use super::{ApiUsage, CalendarMonth, OwnPlan, OwnPurchase, Scenario, rules};
use crate::capacity::Concurrency;
use crate::order;
use crate::planner::{Orders, OwnedPackage};
use crate::price_book::{Discount, PriceBook, TierBasis};
use crate::problem::ValidationError;
use crate::settlement::Postpaid;
use crate::usage::{MONTHS, Usage};

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
pub struct ScenarioBuilder(Scenario);

impl ScenarioBuilder {
    /// Starts from a scenario.
    pub(super) fn new(scenario: Scenario) -> Self {
        Self(scenario)
    }

    /// Calls by month.
    #[must_use]
    pub fn usage(mut self, usage: Usage) -> Self {
        self.0.usage = usage;
        self
    }

    /// The calls of each API of the service, in place of the usage.
    #[must_use]
    pub fn apis(mut self, apis: impl Into<Vec<ApiUsage>>) -> Self {
        self.0.apis = apis.into();
        self
    }

    /// The calls of one more API.
    #[must_use]
    pub fn api(mut self, api: ApiUsage) -> Self {
        self.0.apis.push(api);
        self
    }

    /// The calendar month of month 1; `None` where months have only numbers.
    #[must_use]
    pub fn start(mut self, start: Option<CalendarMonth>) -> Self {
        self.0.start = start;
        self
    }

    /// Free calls left.
    #[must_use]
    pub fn free_calls(mut self, calls: u64) -> Self {
        self.0.free_calls = calls;
        self
    }

    /// Packages that the account already has.
    #[must_use]
    pub fn owned_packages(mut self, packages: impl Into<Vec<OwnedPackage>>) -> Self {
        self.0.owned_packages = packages.into();
        self
    }

    /// Whether postpaid is enabled.
    #[must_use]
    pub fn postpaid(mut self, postpaid: Postpaid) -> Self {
        self.0.postpaid = postpaid;
        self
    }

    /// When packages may be bought.
    #[must_use]
    pub fn orders(mut self, orders: Orders) -> Self {
        self.0.orders = orders;
        self
    }

    /// A plan of one's own.
    #[must_use]
    pub fn plan(mut self, plan: Option<OwnPlan>) -> Self {
        self.0.plan = plan;
        self
    }

    /// What a plan of one's own buys.
    #[must_use]
    pub fn purchases(mut self, purchases: impl Into<Vec<OwnPurchase>>) -> Self {
        self.0.plan.get_or_insert_default().purchases = purchases.into();
        self
    }

    /// The concurrent months of a plan of one's own.
    #[must_use]
    pub fn concurrent_months(mut self, months: impl Into<Vec<u32>>) -> Self {
        self.0.plan.get_or_insert_default().concurrent_months = months.into();
        self
    }

    /// Which calls count towards a price tier; `None`: the service's own rule.
    #[must_use]
    pub fn tier_basis(mut self, basis: Option<TierBasis>) -> Self {
        self.0.tier_basis = basis;
        self
    }

    /// How many calls run at the same time; `None` where that is not known.
    #[must_use]
    pub fn concurrency(mut self, concurrency: Option<Concurrency>) -> Self {
        self.0.concurrency = concurrency;
        self
    }

    /// The percentages off list prices.
    #[must_use]
    pub fn discount(mut self, discount: Discount) -> Self {
        self.0.discount = discount;
        self
    }

    /// A price book of the scenario's own; `None`: the built-in one.
    #[must_use]
    pub fn price_book(mut self, book: Option<PriceBook>) -> Self {
        self.0.price_book = book;
        self
    }

    /// The id of the service; `None`: the first one of the price book.
    #[must_use]
    pub fn service(mut self, id: Option<&str>) -> Self {
        self.0.service = id.map(Into::into);
        self
    }

    /// Whether the quote includes insights.
    #[must_use]
    pub fn insights(mut self, insights: bool) -> Self {
        self.0.insights = insights;
        self
    }

    /// The errors that [`build`](Self::build) would give, in the order of the document. Without a price book, the rules that
    /// need its service are left out.
    pub fn errors(&self, book: Option<&PriceBook>) -> Vec<ValidationError> {
        rules::errors(&self.0, book)
    }

    /// The scenario, validated against its own price book or else against `built_in`.
    ///
    /// # Errors
    /// Every error, in the order of the document.
    pub fn build(mut self, built_in: &PriceBook) -> Result<Scenario, Vec<ValidationError>> {
        if !self.0.apis.is_empty() {
            let book = self.0.book(built_in).clone();
            self.count_units(Some(&book));
        }
        let errors = self.errors(Some(self.0.book(built_in)));
        if errors.is_empty() { Ok(self.without_check()) } else { Err(errors) }
    }

    /// Where the usage is given by API, turns it into units of the service, as far as its APIs are known, and puts the APIs
    /// into the service's order.
    pub(crate) fn count_units(&mut self, book: Option<&PriceBook>) {
        let service = book.and_then(|book| book.service(self.0.service.as_deref()));
        let Some(service) = service.filter(|_| !self.0.apis.is_empty()) else { return };
        let place = |id: &str| service.apis().iter().position(|api| api.id == id).unwrap_or(usize::MAX);
        order::by_key(&mut self.0.apis, |api| place(&api.id) as u128);
        let of_api = |api: &ApiUsage| Some((service.apis().get(place(&api.id))?.units_per_call, api.usage));
        self.0.usage = Usage::of_apis(&self.0.apis.iter().filter_map(of_api).collect::<Vec<_>>()).unwrap_or_default();
    }

    /// The scenario of a builder without errors. Equal accounts become equal scenarios, in whatever order their packages were
    /// given.
    pub(crate) fn without_check(mut self) -> Scenario {
        self.0.owned_packages.sort_unstable_by_key(|package| (package.months_left, package.calls));
        // Longer lists are refused.
        if let Some(plan) =
            self.0.plan.as_mut().filter(|plan| plan.purchases.len() <= rules::MOST_PURCHASES && plan.concurrent_months.len() <= MONTHS)
        {
            order::by_key(&mut plan.purchases, |purchase| order::pair(purchase.month, purchase.calls));
            order::by_key(&mut plan.concurrent_months, |&month| month.into());
        }
        self.0
    }
}
