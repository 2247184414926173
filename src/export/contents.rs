//! What a document is about, whether its estimate is of one service or of several.
//!
//! The total is made of items: each service, and the slots that several services share. Every format is written from these.

use super::{Caution, Document, EstimateDocument};
use crate::date::{CalendarMonth, Date};
use crate::estimate::{JointEstimate, ServiceLine, ShownEstimate, ShownItem};
use crate::list_price::ListPrice;
use crate::money::Money;
use crate::notes::Notes;
use crate::price_book::{PriceBook, Service, Unit};
use crate::quote::{AlternativeRow, ShownPlan};
use crate::scenario::Scenario;
use crate::wording::export::names;
use crate::wording::{in_unit, money};

/// The contents of a document.
pub(super) struct Contents<'a> {
    pub book: &'a PriceBook,
    /// The version of the prices, and their hash.
    pub price_list: [&'a str; 2],
    pub currency: &'a str,
    pub notes: &'a Notes,
    pub date: Option<Date>,
    pub link: Option<&'a str>,
    pub caution: Option<Caution<'a>>,
    pub start: Option<CalendarMonth>,
    pub total: Money,
    /// The total of the cheapest plan, where this is a plan of one's own.
    pub cheapest: Option<Money>,
    pub list_price: Option<&'a ListPrice>,
    pub alternatives: &'a [AlternativeRow],
    pub items: Vec<CostItem<'a>>,
    /// What else an estimate of several services says.
    pub estimate: Option<&'a EstimateDocument<'a>>,
}

/// A service, or the slots that several services share, with what is paid for it.
pub(super) struct CostItem<'a> {
    /// The service's name, or the names of those that share the slots.
    pub name: String,
    /// The service, or the first of those that share the slots; `None` only where quote and question don't belong together.
    pub service: Option<&'a Service>,
    /// What it counts; `None` where services that share slots count different things.
    pub unit: Option<&'a Unit>,
    /// The input for the service; `None` for shared slots.
    pub scenario: Option<&'a Scenario>,
    pub plan: ShownPlan<'a>,
    /// What each month costs with the cheapest plan, where this is a plan of one's own.
    pub cheapest: Vec<Money>,
}

impl<'a> Contents<'a> {
    pub fn of(document: &Document<'a>) -> Self {
        let Document { scenario, quote, built_in, notes, date, link, caution } = *document;
        let book = scenario.book(built_in);
        let service = book.service(Some(&quote.price_book.service));
        let plan = quote.shown_plan();
        let cheapest = plan.cheapest.iter().flat_map(|_| quote.months.iter().map(|month| month.charge)).collect();
        let name = service.map_or(quote.price_book.service.as_str(), |service| service.name()).into();
        Self {
            book,
            price_list: [&quote.price_book.version, &quote.price_book.hash],
            currency: &quote.currency,
            notes,
            date,
            link,
            caution,
            start: scenario.start(),
            total: plan.total,
            cheapest: plan.cheapest,
            list_price: plan.list_price,
            alternatives: &quote.alternatives,
            items: vec![CostItem { name, service, unit: service.map(Service::unit), scenario: Some(scenario), plan, cheapest }],
            estimate: None,
        }
    }

    /// The contents of a document about several services, whose plan is `shown`.
    pub fn of_estimate(document: &'a EstimateDocument<'a>, shown: &'a ShownEstimate<'a>) -> Self {
        let EstimateDocument { estimate, quote, built_in, notes, date, link, caution } = *document;
        let book = estimate.book(built_in);
        Self {
            book,
            price_list: [&quote.price_book.version, &quote.price_book.hash],
            currency: &quote.currency,
            notes,
            date,
            link,
            caution,
            start: estimate.start(),
            total: shown.total,
            cheapest: shown.cheapest,
            list_price: None,
            alternatives: &quote.alternatives,
            items: shown.items.iter().map(|item| item_of(item, estimate, book)).collect(),
            estimate: Some(document),
        }
    }

    /// The items that are services.
    pub fn services(&self) -> impl Iterator<Item = (&CostItem<'a>, &'a Scenario)> {
        self.items.iter().filter_map(|item| Some((item, item.scenario?)))
    }

    /// The only item; `None` where there are several.
    pub fn only_item(&self) -> Option<&CostItem<'a>> {
        match &self.items[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What all services count; `None` where they count different things.
    pub fn unit(&self) -> Option<&'a Unit> {
        common(self.items.iter().map(|item| item.unit))
    }

    /// A text of the program's own about calls, in the unit of the services where all have the same.
    pub fn in_unit(&self, text: &str) -> String {
        self.unit().map_or_else(|| text.into(), |unit| in_unit(text, unit))
    }

    /// Whether some of its prices have a discount.
    pub fn has_discounts(&self) -> bool {
        self.services().any(|(_, scenario)| !scenario.discount().is_zero())
    }

    /// Calls of the year that fail.
    pub fn failing(&self) -> u64 {
        self.items.iter().map(|item| item.plan.failing()).sum()
    }
}

fn item_of<'a>(item: &'a ShownItem<'a>, estimate: &'a JointEstimate, book: &'a PriceBook) -> CostItem<'a> {
    let scenarios = || item.lines.iter().filter_map(|&line| estimate.lines().get(line)).map(ServiceLine::scenario);
    let services: Vec<&Service> = scenarios().filter_map(|scenario| book.service(scenario.service())).collect();
    CostItem {
        name: names(&services.iter().map(|service| service.name()).collect::<Vec<_>>()),
        service: services.first().copied(),
        unit: common(services.iter().map(|service| Some(service.unit()))),
        scenario: scenarios().next().filter(|_| !item.is_shared()),
        plan: item.plan(),
        cheapest: item.cheapest.clone(),
    }
}

/// The unit that all have; `None` where they differ.
fn common<'a>(mut units: impl Iterator<Item = Option<&'a Unit>>) -> Option<&'a Unit> {
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}

impl CostItem<'_> {
    /// Whether these are slots that several services share.
    pub fn is_shared(&self) -> bool {
        self.scenario.is_none()
    }

    /// The calls of the year, also those that fail.
    pub fn calls(&self) -> u64 {
        self.plan.months.iter().map(|(row, _)| row.calls).sum()
    }

    /// A text of the program's own about calls, in its unit.
    pub fn in_unit(&self, text: &str) -> String {
        self.unit.map_or_else(|| text.into(), |unit| in_unit(text, unit))
    }
}

/// A sum for people; empty where it has too many digits to be exact.
pub(super) fn sum(amounts: &mut dyn Iterator<Item = Money>, currency: &str) -> String {
    let mut sum = Ok(Money::ZERO);
    for amount in amounts {
        sum = sum.and_then(|sum| sum.plus(amount));
    }
    sum.map(|sum| money(sum, currency)).unwrap_or_default()
}
