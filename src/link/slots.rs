//! The slots of a line in a link, both ways.
//!
//! A link of one line has all of it in one value: `queued=60,720,0.8`, `live=60,500,0.01`. In a link of several lines, what the
//! group says and what each line says are apart: `queued=720,0.8&secs=60&secs.2=90`, `live=0.01&secs=60&busy=500`. Either way is
//! read everywhere.

use super::Why;
use super::keys::LinkKey;
use super::pairs::{IgnoredParts, LineValues};
use super::values::{decimal, joined, listed, twelve, whole};
use crate::capacity::{BusyHour, Concurrency, LiveTraffic, PooledRule, QueuedWork};
use crate::money::Decimal;
use crate::problem::{Allowed, ErrorKind};
use crate::scenario::rules;
use crate::scenario::serialize::{all_equal, short};
use crate::usage::MONTHS;

/// A value, and the key that has it.
#[derive(Debug, Clone)]
pub(super) struct Keyed<T> {
    pub name: String,
    pub value: T,
}

/// What a line says about slots.
#[derive(Debug, Clone, Default)]
pub(super) struct LineSlots {
    pub rule: Option<Keyed<PooledRule>>,
    pub secs: Option<Keyed<Decimal>>,
    pub busy: Option<Keyed<BusyHour>>,
}

/// The value of `slots`, `queued` or `live`: the rule, and what else it says.
type Parts = (PooledRule, Option<Decimal>, Option<BusyHour>);

impl LineSlots {
    /// The slots of a line. Without `is_of_several`, a value may leave the duration to `secs` only where that is there.
    pub(super) fn read(values: &LineValues, is_of_several: bool, ignored: &mut IgnoredParts) -> Self {
        let mut slots = Self::default();
        let has = |key| is_of_several || values.get(key).is_some();
        for (key, text) in values.iter() {
            let name = values.name(key);
            let parts = match key {
                LinkKey::Slots => slots_of_months(text),
                LinkKey::Queued => queued(text, has(LinkKey::Secs)),
                LinkKey::Live => live(text, has(LinkKey::Secs) && has(LinkKey::Busy)),
                LinkKey::Secs => {
                    let is_said = slots.secs.as_ref().map(|by| Why::Superseded { by: by.name.clone() });
                    match is_said.map_or_else(|| within(text, rules::SECONDS_PER_CALL), Err) {
                        Ok(value) => slots.secs = Some(Keyed { name, value }),
                        Err(why) => ignored.push(&name, why),
                    }
                    continue;
                }
                LinkKey::Busy => {
                    let is_said = slots.busy.as_ref().map(|by| Why::Superseded { by: by.name.clone() });
                    match is_said.map_or_else(|| busy_hour(text, "0.5%"), Err) {
                        Ok(value) => slots.busy = Some(Keyed { name, value }),
                        Err(why) => ignored.push(&name, why),
                    }
                    continue;
                }
                _ => continue,
            };
            match (parts, &slots.rule) {
                (Err(why), _) => ignored.push(&name, why),
                (Ok(_), Some(by)) => ignored.push(&name, Why::Superseded { by: by.name.clone() }),
                (Ok((rule, secs, busy)), None) => {
                    slots.rule = Some(Keyed { name: name.clone(), value: rule });
                    slots.secs = secs.map(|value| Keyed { name: name.clone(), value });
                    slots.busy = busy.map(|value| Keyed { name, value });
                }
            }
        }
        slots
    }

    /// The concurrency of the line under the rule of its group; `None` where it does not say enough.
    pub(super) fn under(&self, rule: PooledRule) -> Option<Concurrency> {
        let seconds_per_call = || Some(self.secs.as_ref()?.value);
        Some(match rule {
            PooledRule::Slots(slots) => Concurrency::Slots(slots),
            PooledRule::Queued { busy_hours_per_month, target_utilisation } => {
                Concurrency::Queued(QueuedWork { seconds_per_call: seconds_per_call()?, busy_hours_per_month, target_utilisation })
            }
            PooledRule::Live { accepted_failure } => {
                let busy_hour = self.busy.as_ref()?.value;
                Concurrency::Live(LiveTraffic { seconds_per_call: seconds_per_call()?, busy_hour, accepted_failure })
            }
        })
    }

    /// The key that is missing for [`under`](Self::under).
    pub(super) fn missing(&self) -> LinkKey {
        if self.secs.is_none() { LinkKey::Secs } else { LinkKey::Busy }
    }

    /// Names what has no use under the rule of the group.
    pub(super) fn name_unused(&self, rule: Option<&Keyed<PooledRule>>, values: &LineValues, ignored: &mut IgnoredParts) {
        let without = |key| Why::Without { needed: values.name(key) };
        let (of_secs, of_busy) = match rule {
            None => (Some(without(LinkKey::Queued)), Some(without(LinkKey::Live))),
            Some(Keyed { name, value: PooledRule::Slots(_) }) => {
                let by = Why::Superseded { by: name.clone() };
                (Some(by.clone()), Some(by))
            }
            Some(Keyed { value: PooledRule::Queued { .. }, .. }) => (None, Some(without(LinkKey::Live))),
            Some(Keyed { value: PooledRule::Live { .. }, .. }) => {
                (self.busy.is_none().then(|| without(LinkKey::Busy)), self.secs.is_none().then(|| without(LinkKey::Secs)))
            }
        };
        for (name, why) in [(self.secs.as_ref().map(|secs| &secs.name), of_secs), (self.busy.as_ref().map(|busy| &busy.name), of_busy)] {
            if let (Some(name), Some(why)) = (name, why) {
                ignored.push(name, why);
            }
        }
    }
}

fn slots_of_months(text: &str) -> Result<Parts, Why> {
    let slots = match whole(text, rules::SLOTS) {
        Ok(slots) => [slots; MONTHS],
        Err(_) if text.contains(',') => twelve(text)?,
        Err(why) => return Err(why),
    };
    Ok((PooledRule::Slots(slots), None, None))
}

/// `60,720,0.8`, or `720,0.8` where that `may_be_short`.
fn queued(text: &str, may_be_short: bool) -> Result<Parts, Why> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (secs, hours, share) = match parts[..] {
        [secs, hours, share] => (Some(secs), hours, share),
        [hours, share] if may_be_short => (None, hours, share),
        _ => return Err(Why::Form { example: "60,720,0.8" }),
    };
    let secs = secs.map(|secs| within(secs, rules::SECONDS_PER_CALL)).transpose()?;
    let busy_hours_per_month = within(hours, rules::BUSY_HOURS_PER_MONTH)?;
    let target_utilisation = within(share, rules::TARGET_UTILISATION)?;
    Ok((PooledRule::Queued { busy_hours_per_month, target_utilisation }, secs, None))
}

/// `60,500,0.01` or `60,0.5%,0.01`, or `0.01` where that `may_be_short`.
fn live(text: &str, may_be_short: bool) -> Result<Parts, Why> {
    const FORM: &str = "60,500,0.01";
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (of_line, accepted) = match parts[..] {
        [secs, busy, accepted] => (Some((secs, busy)), accepted),
        [accepted] if may_be_short => (None, accepted),
        _ => return Err(Why::Form { example: FORM }),
    };
    let secs = of_line.map(|(secs, _)| within(secs, rules::SECONDS_PER_CALL)).transpose()?;
    let busy = of_line.map(|(_, busy)| busy_hour(busy, "60,0.5%,0.01")).transpose()?;
    Ok((PooledRule::Live { accepted_failure: within(accepted, rules::ACCEPTED_FAILURE)? }, secs, busy))
}

/// `500`, or `0.5%` of the month's calls.
fn busy_hour(text: &str, example: &'static str) -> Result<BusyHour, Why> {
    match text.trim().strip_suffix('%') {
        Some(percent) => {
            let share = share(percent).ok_or(Why::Form { example })?;
            within(&share, rules::BUSY_HOUR_SHARE).map(BusyHour::Share)
        }
        None => within(text.trim(), rules::BUSY_HOUR_CALLS).map(BusyHour::Calls),
    }
}

fn within(text: &str, allowed: Allowed) -> Result<Decimal, Why> {
    let number = decimal(text.trim())?;
    if allowed.contains(number) { Ok(number) } else { Err(Why::Refused(ErrorKind::DecimalOutOfRange { allowed })) }
}

/// The key of a kind of concurrency, and its value in a link of one line.
pub(super) fn of_one_line(concurrency: &Concurrency) -> (LinkKey, String) {
    let (key, of_group) = of_group(concurrency);
    (key, joined(seconds(concurrency).into_iter().chain(busiest(concurrency)).chain([of_group])))
}

/// The key of a kind of concurrency, and what it says about the group.
pub(super) fn of_group(concurrency: &Concurrency) -> (LinkKey, String) {
    match concurrency {
        Concurrency::Slots(months) => (LinkKey::Slots, all_equal(months).map_or_else(|| listed(months), |slots| slots.to_string())),
        Concurrency::Queued(QueuedWork { busy_hours_per_month, target_utilisation, .. }) => {
            (LinkKey::Queued, joined([busy_hours_per_month, target_utilisation].map(|&number| short(number)).into_iter()))
        }
        Concurrency::Live(LiveTraffic { accepted_failure, .. }) => (LinkKey::Live, short(*accepted_failure)),
    }
}

/// The duration of the line's calls.
pub(super) fn seconds(concurrency: &Concurrency) -> Option<String> {
    match concurrency {
        Concurrency::Slots(_) => None,
        Concurrency::Queued(QueuedWork { seconds_per_call, .. }) | Concurrency::Live(LiveTraffic { seconds_per_call, .. }) => {
            Some(short(*seconds_per_call))
        }
    }
}

/// The busiest hour of the line's calls.
pub(super) fn busiest(concurrency: &Concurrency) -> Option<String> {
    match concurrency {
        Concurrency::Slots(_) | Concurrency::Queued(_) => None,
        Concurrency::Live(LiveTraffic { busy_hour: BusyHour::Calls(calls), .. }) => Some(short(*calls)),
        Concurrency::Live(LiveTraffic { busy_hour: BusyHour::Share(share), .. }) => Some(format!("{}%", percent(*share))),
    }
}

/// A share in percent: 0.005 is 0.5.
fn percent(share: Decimal) -> String {
    let text = share.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "00"));
    // A decimal is written with at least two decimals.
    let (hundredths, rest) = fraction.split_at(2);
    let digits = format!("{whole}{hundredths}");
    let digits = digits.trim_start_matches('0');
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{}{point}{rest}", if digits.is_empty() { "0" } else { digits })
}

/// A percentage as a share: 0.5 is 0.005. `None` if the text is not a decimal.
fn share(percent: &str) -> Option<String> {
    Decimal::parse(percent)?;
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, ""));
    let padded = format!("{whole:0>3}");
    let (ones, hundredths) = padded.split_at(padded.len() - 2);
    Some(format!("{ones}.{hundredths}{}", fraction.trim_end_matches('0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(percentage: &str, decimal: &str) {
        let exact = Decimal::parse(decimal).expect("a decimal");
        assert_eq!(percent(exact), percentage);
        assert_eq!(share(percentage).and_then(|share| Decimal::parse(&share)), Some(exact), "{percentage} %");
    }

    #[test]
    fn converts_shares_and_percentages_exactly() {
        for (percentage, decimal) in [("0.5", "0.005"), ("1", "0.01"), ("100", "1"), ("0.0000001", "0.000000001"), ("12.5", "0.125")] {
            check(percentage, decimal);
        }
        check("99.9999999", "0.999999999");
        check("10", "0.1");
        for text in ["", ".", "-1", "1e2", "0.5%", "1,5", " 1", "."] {
            assert_eq!(share(text), None, "{text:?}");
        }
        // A share has at most nine decimals.
        assert_eq!(share("0.00000001").and_then(|share| Decimal::parse(&share)), None);
        assert_eq!(share("0.500000000").as_deref(), Some("0.005"));
    }
}
