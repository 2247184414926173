//! The estimate: a year of calls to several services of one price book.
//!
//! A [`JointEstimate`] has a line for each service, with a usage and an account of its own. Services of one API group share a
//! billing mode and slots, so what a group needs belongs to the group. The first month, the postpaid switch, the orders and the
//! price book belong to the whole. [`quote`] is its answer: the cheapest plan of all lines and groups together, exactly. The
//! rules are section 9 of the pricing rules. A question about a single service without this form is a
//! [`Scenario`].
//!
//! ```
//! use callmix::estimate::{JointEstimate, quote};
//! use callmix::price_book::PriceBook;
//! let book = PriceBook::built_in().unwrap();
//! let estimate = JointEstimate::from_json(r#"{"services": [{"usage": {"yearly": 300}}]}"#, &book).unwrap();
//! assert_eq!(quote(&estimate, &book).unwrap().total.to_string(), "1260.00");
//! ```

mod answer;
mod checks;
mod decoding;
mod insights;
mod normal_form;
mod own_plan;
mod prepared;
mod regret;
mod rows;
mod scenarios;
mod serialize;
mod shown;
mod strategies;

use serde::Serialize;

pub use self::answer::{BookRow, EstimateQuote, GroupRow, GroupSizing, LineRow, SharedMonth, quote, quote_alone};
pub use self::insights::{EstimateInsights, LinePurchases, OtherPurchases, OtherTotal, PercentPoint, PercentRange};
pub use self::own_plan::{OwnGroup, OwnLine, OwnMonth, PricedEstimate};
pub use self::prepared::{PreparedEstimate, Settled};
pub use self::regret::{EstimateRegret, EstimateVariant, FollowedPlan};
pub use self::rows::{GroupMonth, LeftOutPercent, LineMonth};
pub use self::shown::{ShownEstimate, ShownItem};
pub use self::strategies::{LineAlternative, LineReason};
use crate::capacity::{BusyHour, PooledRule};
use crate::date::CalendarMonth;
use crate::json::{self, JsonField, Node, ValidationErrors};
use crate::money::{Decimal, Money};
use crate::price_book::PriceBook;
use crate::problem::ValidationError;
use crate::quote::Quote;
use crate::scenario::Scenario;

/// The answer to a question about one service or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AnyQuote {
    /// To a scenario.
    Single(Box<Quote>),
    /// To an estimate.
    Several(Box<EstimateQuote>),
}

impl AnyQuote {
    /// Answers one scenario, or the estimate of several without insights, with their own price book or else with `built_in`.
    ///
    /// # Errors
    /// The scenarios make no estimate, or it has no answer.
    pub fn of(lines: &[Scenario], built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        Ok(match lines {
            [scenario] => Self::Single(Box::new(crate::quote::quote(scenario, built_in)?)),
            _ => Self::Several(Box::new(quote_alone(&JointEstimate::of(lines, built_in)?, built_in)?)),
        })
    }

    /// Everything paid in the horizon.
    pub fn total(&self) -> Money {
        match self {
            Self::Single(quote) => quote.total,
            Self::Several(quote) => quote.total,
        }
    }

    /// The currency of every amount.
    pub fn currency(&self) -> &str {
        match self {
            Self::Single(quote) => &quote.currency,
            Self::Several(quote) => &quote.currency,
        }
    }
}

/// Answers the scenario or the estimate in `text` with its own price book, or else with `built_in`.
///
/// # Errors
/// Every error of the document, or the reason why it has no answer.
pub fn answer(text: &str, built_in: &PriceBook) -> Result<AnyQuote, Vec<ValidationError>> {
    let document = json::parse(text).map_err(|error| vec![error])?;
    Ok(if JointEstimate::is_one(&document) {
        AnyQuote::Several(Box::new(quote(&JointEstimate::from_node(&document, built_in)?, built_in)?))
    } else {
        AnyQuote::Single(Box::new(crate::quote::quote(&Scenario::from_node(&document, built_in)?, built_in)?))
    })
}

/// The most lines of an estimate.
pub const MOST_LINES: usize = 20;

/// A year of calls to one to twenty services, validated.
#[derive(Debug, Clone, PartialEq)]
pub struct JointEstimate {
    lines: Vec<ServiceLine>,
    needs: Vec<GroupNeed>,
    start: Option<CalendarMonth>,
    price_book: Option<PriceBook>,
    insights: bool,
}

/// One service of an estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceLine {
    scenario: Scenario,
    seconds_per_call: Option<Decimal>,
    busy_hour: Option<BusyHour>,
}

/// What an API group needs, and what a plan of one's own does with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupNeed {
    /// The name of the group, or the id of a service that has none.
    group: String,
    /// How its slots are known; `None` where they are not.
    rule: Option<PooledRule>,
    /// The months, 1 to 12, that a plan of one's own has as concurrent; `None` where it says nothing of them.
    concurrent_months: Option<Vec<u32>>,
}

impl JointEstimate {
    /// Reads and validates an estimate.
    ///
    /// # Errors
    /// Every error, in the order of the document.
    pub fn from_json(text: &str, built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        Self::from_node(&json::parse(text).map_err(|error| vec![error])?, built_in)
    }

    /// Whether a document is an estimate of several services, and not a scenario of one.
    pub fn is_one(node: &Node) -> bool {
        JsonField::root(node, "").has("services")
    }

    /// Validates an estimate that is a whole document.
    ///
    /// # Errors
    /// Every error, in the order of the document.
    pub fn from_node(node: &Node, built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        let mut errors = ValidationErrors::default();
        let estimate = Self::from_field(&JsonField::root(node, ""), built_in, &mut errors);
        errors.into_result(estimate)
    }

    /// Validates an estimate inside another document. The result counts only while `errors` is empty.
    pub(crate) fn from_field(field: &JsonField<'_>, built_in: &PriceBook, errors: &mut ValidationErrors) -> Option<Self> {
        decoding::estimate(field, built_in, errors)
    }

    /// The lines, in the order of the document.
    pub fn lines(&self) -> &[ServiceLine] {
        &self.lines
    }

    /// The calendar month of month 1; `None` where months have only numbers.
    pub fn start(&self) -> Option<CalendarMonth> {
        self.start
    }

    /// Whether the answer includes insights.
    pub fn insights(&self) -> bool {
        self.insights
    }

    /// The price book that applies: the estimate's own one, or else the built-in one.
    pub fn book<'a>(&'a self, built_in: &'a PriceBook) -> &'a PriceBook {
        self.price_book.as_ref().unwrap_or(built_in)
    }

    /// Whether it has a price book of its own.
    pub fn has_own_prices(&self) -> bool {
        self.price_book.is_some()
    }

    /// How the slots of a group are known, by the name of the group or the id of a service that has none; `None` where they are
    /// not.
    pub fn slots_rule(&self, group: &str) -> Option<PooledRule> {
        self.need(group)?.rule
    }

    /// The settings of a group.
    fn need(&self, group: &str) -> Option<&GroupNeed> {
        self.needs.iter().find(|need| need.group == group)
    }

    /// Whether it has a plan of its own: purchases with a line, or concurrent months with a group.
    fn has_plan(&self) -> bool {
        self.lines.iter().any(|line| line.scenario.plan().is_some()) || self.needs.iter().any(|need| need.concurrent_months.is_some())
    }
}

impl ServiceLine {
    /// The line as a question about its service alone, without slots.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The average duration of a call.
    pub fn seconds_per_call(&self) -> Option<Decimal> {
        self.seconds_per_call
    }

    /// The calls of its busiest hour.
    pub fn busy_hour(&self) -> Option<BusyHour> {
        self.busy_hour
    }

    /// The group whose slots and billing mode it shares; `None` where the book lacks its service.
    fn group<'a>(&self, book: &'a PriceBook) -> Option<&'a str> {
        book.service(self.scenario.service()).map(|service| service.billing_group())
    }
}
