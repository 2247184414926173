//! The writer of links: the same estimate always gives the same link.
//!
//! The first line has its keys as in a link of one service. Then come those of the further lines, and what the link as a whole
//! has. What belongs to a group stands with its first line.

use super::slots::{self, busiest, of_one_line, seconds};
use super::{Amount, BookStamp, KEYS, LinkKey, MAX_VALUE_BYTES, NoLink, VERSION, check, encoding, keys, values};
use crate::estimate::JointEstimate;
use crate::money::Decimal;
use crate::notes::Notes;
use crate::planner::Orders;
use crate::price_book::PriceBook;
use crate::scenario::serialize::short;
use crate::scenario::{ApiUsage, Scenario};
use crate::settlement::Postpaid;
use crate::usage::Profile;

/// A line with what it says about slots and a plan: by itself, or for its group where it is the group's first.
struct WrittenLine<'a> {
    scenario: &'a Scenario,
    slots: Option<(LinkKey, String)>,
    secs: Option<String>,
    busy: Option<String>,
    concurrent_months: &'a [u32],
}

/// The link of an estimate, without `#`: of one scenario, or of one for each line, whose groups are those of `built_in`. Whether
/// the quote includes insights is not part of it.
///
/// # Errors
/// The estimate has no link, for this reason.
///
/// ```
/// use callmix::link::write;
/// use callmix::notes::Notes;
/// use callmix::price_book::PriceBook;
/// use callmix::scenario::Scenario;
/// use callmix::usage::{Profile, Usage};
/// let book = PriceBook::built_in().unwrap();
/// let year = Scenario::builder(Usage::yearly(300, Profile::Growing).unwrap());
/// let scenario = year.free_calls(5).build(&book).unwrap();
/// let link = write(&[scenario], &book, &Notes::default(), None, None, None);
/// assert_eq!(link, Ok("v=1&check=96413fbd&calls=300&profile=growing&free=5".into()));
/// ```
pub fn write(
    lines: &[Scenario],
    built_in: &PriceBook,
    notes: &Notes,
    budget: Option<Decimal>,
    book: Option<&BookStamp>,
    quoted: Option<&Amount>,
) -> Result<String, NoLink> {
    if lines.iter().any(|line| line.price_book().is_some()) {
        return Err(NoLink::OwnPriceBook);
    }
    let normal = if lines.len() > 1 { JointEstimate::of(lines, built_in).ok() } else { None };
    let normal = normal.map(|estimate| estimate.to_scenarios(built_in));
    let lines = written_lines(normal.as_deref().unwrap_or(lines), built_in);
    let mut pairs = Pairs::default();
    for (number, line) in (1..).zip(&lines) {
        let suffix = if number == 1 { String::new() } else { format!(".{number}") };
        for (key, name) in KEYS.iter().filter(|(key, _)| key.is_of_line() && !(number > 1 && key.is_of_whole())) {
            if *key == LinkKey::Calls {
                for api in line.scenario.apis() {
                    let (key, value) = values::api(&api.usage);
                    let behind = keys::behind_api(&encoding::encoded(&api.id), number, lines.len() > 1);
                    pairs.push(&[key.name(), &behind].concat(), Some(value))?;
                }
            }
            pairs.push(&[*name, &suffix].concat(), value_of(*key, line))?;
        }
    }
    for (key, name) in KEYS.iter().filter(|(key, _)| !key.is_of_line()) {
        let value = match key {
            LinkKey::Budget => budget.filter(|_| lines.len() == 1).map(short),
            LinkKey::Book => book.map(|stamp| format!("{},{}", stamp.version, stamp.hash)),
            LinkKey::Quoted => quoted.map(ToString::to_string),
            LinkKey::Note(field) => Some(notes.get(*field)).filter(|text| !text.is_empty()),
            _ => None,
        };
        pairs.push(name, value)?;
    }
    let checked = encoding::with_firm_end(pairs.0);
    Ok(format!("v={VERSION}&check={}&{checked}", check::digits(&checked)))
}

/// The text of a link behind its check.
#[derive(Default)]
struct Pairs(String);

impl Pairs {
    /// Adds a key with its value, if it has one.
    fn push(&mut self, name: &str, value: Option<String>) -> Result<(), NoLink> {
        let Some(value) = value.map(|value| encoding::encoded(&value)) else { return Ok(()) };
        if value.len() > MAX_VALUE_BYTES {
            return Err(NoLink::TooLong);
        }
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend([name, "=", &value]);
        Ok(())
    }
}

/// What each line says in the link.
fn written_lines<'a>(lines: &'a [Scenario], built_in: &PriceBook) -> Vec<WrittenLine<'a>> {
    let months = |scenario: &'a Scenario| scenario.plan().map(|plan| plan.concurrent_months.as_slice());
    if let [scenario] = lines {
        let slots = scenario.concurrency().map(of_one_line);
        return vec![WrittenLine { scenario, slots, secs: None, busy: None, concurrent_months: months(scenario).unwrap_or_default() }];
    }
    let group = |scenario: &Scenario| built_in.service(scenario.service()).map(|service| service.billing_group());
    let line = |(place, scenario): (usize, &'a Scenario)| {
        let is_first = !lines.iter().take(place).any(|earlier| group(earlier) == group(scenario));
        let of_group = || lines.iter().filter(|other| is_first && group(other) == group(scenario));
        WrittenLine {
            scenario,
            slots: of_group().find_map(Scenario::concurrency).map(slots::of_group),
            secs: scenario.concurrency().and_then(seconds),
            busy: scenario.concurrency().and_then(busiest),
            concurrent_months: of_group().find_map(months).unwrap_or_default(),
        }
    };
    lines.iter().enumerate().map(line).collect()
}

/// The value of a key in a line, if it is not the default.
fn value_of(key: LinkKey, line: &WrittenLine<'_>) -> Option<String> {
    let scenario = line.scenario;
    let has_apis = !scenario.apis().is_empty();
    // Of several APIs, those given by the year share one profile.
    let by_year = |api: &&ApiUsage| values::profile_name(api.usage.profile()).is_some();
    let profile = scenario.apis().iter().find(by_year).map_or(scenario.usage().profile(), |api| api.usage.profile());
    let own = matches!(profile, Profile::Own(_));
    match key {
        LinkKey::Calls | LinkKey::Months if has_apis => None,
        LinkKey::Calls => (!own).then(|| scenario.usage().total().to_string()),
        LinkKey::Months => own.then(|| values::listed(&scenario.usage().months())),
        LinkKey::Profile => values::profile_name(profile),
        LinkKey::Start => scenario.start().map(|start| start.to_string()),
        LinkKey::Free => (scenario.free_calls() > 0).then(|| scenario.free_calls().to_string()),
        LinkKey::Owned => (!scenario.owned_packages().is_empty()).then(|| values::owned(scenario.owned_packages())),
        LinkKey::Postpaid => (scenario.postpaid() == Postpaid::Off).then(|| "off".into()),
        LinkKey::Tier => scenario.tier_basis().map(|basis| basis.code().into()),
        LinkKey::Slots | LinkKey::Queued | LinkKey::Live => {
            line.slots.as_ref().filter(|(of, _)| *of == key).map(|(_, value)| value.clone())
        }
        LinkKey::Secs => line.secs.clone(),
        LinkKey::Busy => line.busy.clone(),
        LinkKey::Discount => (!scenario.discount().is_zero()).then(|| values::discount(scenario.discount())),
        LinkKey::Orders => (scenario.orders() == Orders::Once).then(|| scenario.orders().code().into()),
        LinkKey::Buy => scenario.plan().map(|plan| values::purchases(&plan.purchases)),
        LinkKey::ConcurrentMonths => {
            let months: Vec<u64> = line.concurrent_months.iter().map(|&month| month.into()).collect();
            (!months.is_empty()).then(|| values::listed(&months))
        }
        LinkKey::Service => scenario.service().map(Into::into),
        LinkKey::Version | LinkKey::Check | LinkKey::Note(_) | LinkKey::Budget | LinkKey::Book | LinkKey::Quoted => None,
    }
}
