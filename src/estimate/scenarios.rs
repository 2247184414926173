//! An estimate made of scenarios, and the scenarios of its lines.
//!
//! The form and links know lines as scenarios, each with a concurrency and a plan of its own. What belongs to a group or to the
//! whole estimate counts where it is given first.

use super::checks::{self, Place};
use super::{GroupNeed, JointEstimate, MOST_LINES, ServiceLine, normal_form};
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, PooledRule, QueuedWork};
use crate::money::Decimal;
use crate::price_book::PriceBook;
use crate::problem::{ErrorKind, ValidationError, shortened};
use crate::scenario::{OwnPlan, Scenario};

impl JointEstimate {
    /// An estimate with a line for each scenario. The first month, the postpaid switch, the orders, the price book and the
    /// insights are those of the first scenario. What a group needs is that of its first scenario with a concurrency: its slots,
    /// or its busy hours and utilisation, or its accepted failure; durations and busiest hours are each line's own. The
    /// concurrent months of a plan are those of the group's first scenario with a plan.
    ///
    /// # Errors
    /// Every error, with the path that it has in the estimate as JSON: `services[1].service`, `groups.video-creation.slots[3]`.
    ///
    /// ```
    /// use callmix::estimate::JointEstimate;
    /// use callmix::price_book::PriceBook;
    /// use callmix::scenario::Scenario;
    /// use callmix::usage::{Profile, Usage};
    /// let book = PriceBook::built_in().unwrap();
    /// let year = Scenario::new(Usage::yearly(300, Profile::Even).unwrap());
    /// assert_eq!(JointEstimate::of(&[year.clone()], &book).unwrap().lines().len(), 1);
    /// let errors = JointEstimate::of(&[year.clone(), year], &book).unwrap_err();
    /// assert_eq!((errors[0].field.as_str(), errors[0].kind.code()), ("services[1].service", "duplicate"));
    /// ```
    pub fn of(lines: &[Scenario], built_in: &PriceBook) -> Result<Self, Vec<ValidationError>> {
        let refused = |kind| Err(vec![ValidationError { field: "services".into(), kind }]);
        let Some(first) = lines.first() else { return refused(ErrorKind::Empty) };
        if lines.len() > MOST_LINES {
            return refused(ErrorKind::TooManyEntries { most: MOST_LINES as u64 });
        }
        let book = first.book(built_in);
        let of_scenarios: Vec<(ServiceLine, Vec<ValidationError>)> = lines.iter().map(|line| service_line(line, first, book)).collect();
        let (read, mut errors_of_lines): (Vec<Option<ServiceLine>>, Vec<Vec<ValidationError>>) =
            of_scenarios.into_iter().map(|(line, errors)| (Some(line), errors)).unzip();
        let needs = needs(lines, book);
        let mut errors_of_groups = Vec::new();
        for (place, error) in checks::errors(&read, &needs, Some(book)) {
            match place {
                Place::Line(line) => errors_of_lines.get_mut(line).into_iter().for_each(|errors| errors.push(error.clone())),
                Place::Group(group) => {
                    let name = needs.get(group).map_or("", |need| need.group.as_str());
                    errors_of_groups.push(inside(&format!("groups.{}", shortened(name)), error));
                }
            }
        }
        let of_lines = errors_of_lines.into_iter().enumerate();
        let of_lines = of_lines.flat_map(|(line, errors)| errors.into_iter().map(move |error| inside(&format!("services[{line}]"), error)));
        let mut errors: Vec<ValidationError> = of_lines.chain(errors_of_groups).collect();
        let conflicts = book.conflicting_groups();
        match first.price_book() {
            Some(_) => errors.extend(conflicts.into_iter().map(|error| inside("price_book", error))),
            None => drop(errors.splice(0..0, conflicts.into_iter().map(|error| ValidationError { field: String::new(), ..error }))),
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let (lines, needs) = normal_form::normal(read.into_iter().flatten().collect(), &needs, book);
        Ok(Self { lines, needs, start: first.start(), price_book: first.price_book().cloned(), insights: first.insights() })
    }

    /// The lines as scenarios, of which [`of`](Self::of) makes the same estimate. Each has the first month, the switches and the
    /// price book of the whole, and the concurrency that its group and itself say together; slots that were given, and the
    /// concurrent months of a plan, stand with one line of their group.
    pub fn to_scenarios(&self, built_in: &PriceBook) -> Vec<Scenario> {
        let book = self.book(built_in);
        let mut with_slots: Vec<&str> = Vec::new();
        let mut with_months: Vec<&str> = Vec::new();
        let scenario = |line: &ServiceLine| {
            let group = line.group(book).and_then(|group| self.need(group));
            let concurrency = group.and_then(|need| match need.rule? {
                PooledRule::Slots(slots) => is_new(&need.group, &mut with_slots).then_some(Concurrency::Slots(slots)),
                PooledRule::Queued { busy_hours_per_month, target_utilisation } => {
                    let seconds_per_call = line.seconds_per_call?;
                    Some(Concurrency::Queued(QueuedWork { seconds_per_call, busy_hours_per_month, target_utilisation }))
                }
                PooledRule::Live { accepted_failure } => {
                    let (seconds_per_call, busy_hour) = (line.seconds_per_call?, line.busy_hour?);
                    Some(Concurrency::Live(LiveTraffic { seconds_per_call, busy_hour, accepted_failure }))
                }
            });
            let plan = line.scenario.plan().map(|plan| {
                let of_group = group.filter(|need| is_new(&need.group, &mut with_months));
                let concurrent_months = of_group.and_then(|need| need.concurrent_months.clone()).unwrap_or_default();
                OwnPlan { purchases: plan.purchases.clone(), concurrent_months }
            });
            let builder = line.scenario.to_builder().start(self.start).price_book(self.price_book.clone()).insights(self.insights);
            builder.concurrency(concurrency).plan(plan).without_check()
        };
        self.lines.iter().map(scenario).collect()
    }

    /// The same estimate with or without insights.
    #[must_use]
    pub fn with_insights(self, insights: bool) -> Self {
        Self { insights, ..self }
    }
}

/// Whether a name was not seen before.
fn is_new<'a>(name: &'a str, seen: &mut Vec<&'a str>) -> bool {
    let is_new = !seen.contains(&name);
    seen.extend(is_new.then_some(name));
    is_new
}

/// The line of a scenario in the estimate that begins with `first`, and its errors.
fn service_line(scenario: &Scenario, first: &Scenario, book: &PriceBook) -> (ServiceLine, Vec<ValidationError>) {
    let (seconds_per_call, busy_hour) = durations(scenario.concurrency());
    let plan = scenario.plan().map(|plan| OwnPlan { concurrent_months: Vec::new(), ..plan.clone() });
    let builder = scenario.to_builder().postpaid(first.postpaid()).orders(first.orders()).plan(plan);
    let mut builder = builder.start(None).concurrency(None).price_book(None).insights(false);
    builder.count_units(Some(book));
    let errors = builder.errors(Some(book));
    (ServiceLine { scenario: builder.without_check(), seconds_per_call, busy_hour }, errors)
}

/// What a concurrency says about one service: the duration of its calls, and its busiest hour.
fn durations(concurrency: Option<&Concurrency>) -> (Option<Decimal>, Option<BusyHour>) {
    match concurrency {
        None | Some(Concurrency::Slots(_)) => (None, None),
        Some(Concurrency::Queued(work)) => (Some(work.seconds_per_call), None),
        Some(Concurrency::Live(traffic)) => (Some(traffic.seconds_per_call), Some(traffic.busy_hour)),
    }
}

/// What a concurrency says about the whole group.
fn rule(concurrency: &Concurrency) -> PooledRule {
    match *concurrency {
        Concurrency::Slots(slots) => PooledRule::Slots(slots),
        Concurrency::Queued(QueuedWork { busy_hours_per_month, target_utilisation, .. }) => {
            PooledRule::Queued { busy_hours_per_month, target_utilisation }
        }
        Concurrency::Live(LiveTraffic { accepted_failure, .. }) => PooledRule::Live { accepted_failure },
    }
}

/// The settings of the scenarios' groups.
fn needs(lines: &[Scenario], book: &PriceBook) -> Vec<GroupNeed> {
    let mut needs: Vec<GroupNeed> = Vec::new();
    for line in lines {
        let Some(group) = book.service(line.service()).map(|service| service.billing_group()) else { continue };
        let place = needs.iter().position(|need| need.group == group).unwrap_or_else(|| {
            needs.push(GroupNeed { group: group.into(), rule: None, concurrent_months: None });
            needs.len() - 1
        });
        let Some(need) = needs.get_mut(place) else { continue };
        need.rule = need.rule.or(line.concurrency().map(rule));
        if need.concurrent_months.is_none() {
            need.concurrent_months = line.plan().map(|plan| plan.concurrent_months.clone());
        }
    }
    needs
}

/// The error in a larger document, where its path begins at `place`.
fn inside(place: &str, error: ValidationError) -> ValidationError {
    let field = if error.field.is_empty() { place.into() } else { [place, &error.field].join(".") };
    ValidationError { field, ..error }
}
