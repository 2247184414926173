//! One line of a link: a scenario with every valid value.
//!
//! The values are validated together, and invalid ones are left out until the rest is valid.

use super::pairs::{ApiValue, IgnoredParts, LineValues};
use super::values::{self, Setting};
use super::{LinkKey, Why};
use crate::price_book::PriceBook;
use crate::problem::ErrorKind;
use crate::scenario::{ApiUsage, Scenario, ScenarioBuilder, rules};
use crate::usage::{Profile, Usage};

/// A line that was read.
pub(super) struct ReadLine {
    pub scenario: Scenario,
    /// Whether it gives calls.
    pub has_usage: bool,
    /// Whether a budget may have bought its calls.
    pub is_by_year: bool,
}

/// The scenario of a line with these `further` settings, of which the line has none itself; what it does not say is as in `base`.
pub(super) fn read(
    values: &LineValues,
    base: &Scenario,
    further: Option<(String, Setting)>,
    built_in: &PriceBook,
    ignored: &mut IgnoredParts,
) -> ReadLine {
    let usage = usage(values, ignored);
    let apis = apis(values, usage, ignored);
    let first_api = apis.first().map(|(name, _)| name.clone());
    let apis = apis.into_iter().map(|(name, api)| (name, Setting::Api(Box::new(api))));
    let settings = settings(apis.chain(further).collect(), values, ignored);
    let builder = base.to_builder().usage(usage.unwrap_or_else(no_calls));
    let scenario = valid(&builder, settings, built_in, ignored);
    if let (Some(by), Ok(_), false) = (first_api, usage, scenario.apis().is_empty()) {
        let given = [LinkKey::Months, LinkKey::Calls].into_iter().find(|key| values.get(*key).is_some());
        given.into_iter().for_each(|key| ignored.push(&values.name(key), Why::Superseded { by: by.clone() }));
    }
    let has_apis = !scenario.apis().is_empty();
    let is_by_year = usage.is_ok_and(|usage| !matches!(usage.profile(), Profile::Own(_))) && !has_apis;
    ReadLine { scenario, has_usage: usage.is_ok() || has_apis, is_by_year }
}

/// The calls by month; if there are none, the profile that they would have.
fn usage(values: &LineValues, ignored: &mut IgnoredParts) -> Result<Usage, Profile> {
    let mut refuse = |key: LinkKey, why| ignored.push(&values.name(key), why);
    if let Some(months) = values.get(LinkKey::Months) {
        match months_of(months) {
            Ok(usage) => {
                for key in [LinkKey::Calls, LinkKey::Profile] {
                    if values.get(key).is_some() {
                        refuse(key, Why::Superseded { by: values.name(LinkKey::Months) });
                    }
                }
                return Ok(usage);
            }
            Err(why) => refuse(LinkKey::Months, why),
        }
    }
    let mut profile = Profile::Even;
    if let Some(name) = values.get(LinkKey::Profile) {
        match values::profile(name) {
            Ok(named) => profile = named,
            Err(why) => refuse(LinkKey::Profile, why),
        }
    }
    let Some(calls) = values.get(LinkKey::Calls) else { return Err(profile) };
    match values::whole(calls, rules::CALLS) {
        Ok(calls) => Usage::yearly(calls, profile).ok_or(profile),
        Err(why) => {
            refuse(LinkKey::Calls, why);
            Err(profile)
        }
    }
}

/// The calls of twelve months.
fn months_of(text: &str) -> Result<Usage, Why> {
    let most = rules::CALLS.most;
    Usage::monthly(values::twelve(text)?).ok_or(Why::Refused(ErrorKind::YearAboveLimit { most }))
}

/// The calls of each API. They take the place of the calls of the service.
fn apis(values: &LineValues, usage: Result<Usage, Profile>, ignored: &mut IgnoredParts) -> Vec<(String, ApiUsage)> {
    let profile = match usage {
        Err(profile) => profile,
        Ok(usage) => usage.profile(),
    };
    let read = |value: &ApiValue| match value.key {
        LinkKey::Months => months_of(&value.text),
        _ => values::whole(&value.text, rules::CALLS).map(|calls| Usage::yearly(calls, profile).unwrap_or_default()),
    };
    let mut found: Vec<(String, ApiUsage)> = Vec::new();
    // Months count before calls of the year, as for a service.
    let by_month = |value: &&ApiValue| value.key == LinkKey::Months;
    for value in values.of_apis.iter().filter(by_month).chain(values.of_apis.iter().filter(|value| !by_month(value))) {
        match read(value) {
            _ if found.iter().any(|(_, api)| api.id == value.id) => {
                ignored.push(&value.name, Why::Superseded { by: values.name(LinkKey::Months) })
            }
            Ok(usage) => found.push((value.name.clone(), ApiUsage { id: value.id.clone(), usage })),
            Err(why) => ignored.push(&value.name, why),
        }
    }
    found
}

fn no_calls(profile: Profile) -> Usage {
    // No calls are within every limit, so this loop ends at once.
    loop {
        if let Some(usage) = Usage::yearly(0, profile) {
            return usage;
        }
    }
}

/// The `first` settings, and those of the line.
fn settings(first: Vec<(String, Setting)>, values: &LineValues, ignored: &mut IgnoredParts) -> Vec<(String, Setting)> {
    let mut settings = first;
    for (key, value) in values.iter() {
        match Setting::read(key, value) {
            Ok(None) => {}
            Ok(Some(setting)) => settings.push((values.name(key), setting)),
            Err(why) => ignored.push(&values.name(key), why),
        }
    }
    // A plan is there where its purchases are.
    let has_plan = settings.iter().any(|(_, setting)| matches!(setting, Setting::Purchases(_)));
    settings.retain(|(name, setting)| {
        let is_lost = !has_plan && matches!(setting, Setting::ConcurrentMonths(_));
        if is_lost {
            ignored.push(name, Why::Without { needed: values.name(LinkKey::Buy) });
        }
        !is_lost
    });
    settings
}

/// The scenario with every valid setting.
fn valid(base: &ScenarioBuilder, mut settings: Vec<(String, Setting)>, built_in: &PriceBook, ignored: &mut IgnoredParts) -> Scenario {
    // Each round leaves out at least one setting or an entry of one, or ends.
    while !settings.is_empty() {
        let builder = settings.iter().fold(base.clone(), |builder, (_, setting)| setting.apply(builder));
        let errors = match builder.build(built_in) {
            Ok(scenario) => return scenario,
            Err(errors) => errors,
        };
        let error_of = |setting: &Setting| errors.iter().find(|error| is_within(&error.field, &setting.field()));
        let mut is_changed = false;
        settings.retain_mut(|(name, setting)| match error_of(setting) {
            Some(error) => {
                is_changed = true;
                ignored.push(name, Why::Refused(error.kind.clone()));
                // Of a plan, the rest stays.
                setting.leave_out(&error.field)
            }
            None => true,
        });
        if !is_changed {
            break;
        }
    }
    base.clone().without_check()
}

/// Whether `path` is the field or a part of it.
fn is_within(path: &str, field: &str) -> bool {
    path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
