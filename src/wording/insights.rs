//! What do the insights say, in one sentence each?

use super::amounts::money;
use super::numbers::{about, calls, grouped, list, of_unit};
use super::strategy_name;
use crate::capacity::{Blocking, MostCalls};
use crate::insight::{BreakEven, Cliff, Followed, Leftover, OtherReading, Range, Regret, Variant, WithoutFreeCalls};
use crate::ledger::PlanKind;
use crate::price_book::TierBasis;
use crate::sizing::Sizing;

/// Of the horizon.
const LAST_MONTH: u32 = 12;

/// Up to how many slots concurrent billing pays.
pub fn break_even_sentence(break_even: &BreakEven, currency: &str) -> String {
    let BreakEven { slots, saving_with_one_slot } = break_even;
    let Some(saving) = saving_with_one_slot else {
        return format!("Only concurrent billing can pay for every call; it does with any number of slots up to {}.", grouped(*slots));
    };
    let saving = money(*saving, currency);
    match slots {
        0 => "Concurrent billing is not cheaper for this volume, even if a single slot is enough.".into(),
        1 => format!("Concurrent billing is cheaper if one slot is enough in every month that has calls: it would save {saving}."),
        slots => format!(
            "Concurrent billing is cheaper if {} slots are enough in every month that has calls; if one is enough, it would save {saving}.",
            grouped(*slots)
        ),
    }
}

/// Where this kind of mix stays the cheapest.
pub fn range_sentence(range: &Range) -> String {
    let stays = match range.to {
        Some(to) if to == range.from => format!("only at {}", calls(to)),
        Some(to) => format!("from {} to {} a year", grouped(range.from), calls(to)),
        None if range.from == 0 => "at every volume".into(),
        None => format!("from {} a year on", calls(range.from)),
    };
    // Found at the points of the curve, between which a total can fall as calls rise.
    let but = if range.to == Some(range.from) { "" } else { ", though single volumes may differ" };
    let below = (range.from > 0).then(|| kind_or_none(range.below));
    let above = range.to.map(|_| kind_or_none(range.above));
    let sides = match (below, above) {
        (Some(below), Some(above)) if below == above => format!("; below and above that it is {below}"),
        (Some(below), Some(above)) => format!("; below that it is {below}, above that it is {above}"),
        (Some(below), None) => format!("; below that it is {below}"),
        (None, Some(above)) => format!("; above that it is {above}"),
        (None, None) => String::new(),
    };
    format!("The cheapest mix is {} {stays}{but}{sides}.", kind_name(range.kind))
}

/// Which ways of paying a mix uses.
pub fn kind_name(kind: PlanKind) -> String {
    let used = [(kind.packages, "packages"), (kind.postpaid, "postpaid"), (kind.concurrent, "concurrent slots")];
    let used: Vec<&str> = used.iter().filter(|(used, _)| *used).map(|&(_, name)| name).collect();
    if used.is_empty() { "nothing to pay".into() } else { list(&used, "and") }
}

fn kind_or_none(kind: Option<PlanKind>) -> String {
    kind.map_or_else(|| "no plan that settles every call".into(), kind_name)
}

/// The most that following the recommendation can cost too much.
pub fn regret_sentence(regret: &Regret, currency: &str) -> String {
    let Some(recommended) = regret.plans.first() else { return String::new() };
    if let Some(failing) = recommended.variants.iter().find(|variant| variant.failing_calls > 0) {
        let why = if failing.beyond_slots > 0 { "as its slots carry no more" } else { "as postpaid is off" };
        return format!(
            "If the year turns out at {} % of these calls, {} would fail with this plan, {why}.",
            failing.percent,
            calls(failing.failing_calls)
        );
    }
    let worst = recommended.variants.iter().filter_map(|variant| Some((variant.regret?, variant))).max_by_key(|&(regret, _)| regret);
    match worst {
        Some((regret, variant)) if !regret.is_zero() => format!(
            "If the year turns out at {} % of these calls, this plan costs {} more than the cheapest one for that volume; of the volumes below, that is the most.",
            variant.percent,
            money(regret, currency)
        ),
        _ => "At each of the volumes below, this plan stays the cheapest.".into(),
    }
}

/// Which plan loses least when the volume is wrong.
pub fn safest_sentence(regret: &Regret, currency: &str) -> String {
    let safest = regret.plans.iter().find(|plan| plan.plan == regret.safest);
    let name = followed_name(regret.safest);
    match safest.and_then(|plan| plan.largest()) {
        Some(largest) if largest.is_zero() => format!("At these volumes the safest plan is {name}, as it stays the cheapest."),
        Some(largest) => {
            format!("At these volumes the safest plan is {name}: at most {} more than the cheapest.", money(largest, currency))
        }
        None => format!("With every plan, calls would fail at some of these volumes; the fewest with {name}."),
    }
}

/// A plan's name inside a sentence.
pub fn followed_name(plan: Followed) -> String {
    match plan {
        Followed::Recommended => "the recommended one".into(),
        Followed::Strategy(strategy) => strategy_name(strategy).to_ascii_lowercase(),
    }
}

/// What the table of regrets shows.
pub const REGRET_NOTE: &str =
    "Beside the cheapest cost of each volume: how much more it costs to follow a plan that was made for your year.";

/// The head of a column of regrets.
pub fn regret_head(plan: Followed) -> &'static str {
    match plan {
        Followed::Recommended => "This plan",
        Followed::Strategy(strategy) => strategy_name(strategy),
    }
}

/// What following a plan costs too much at one volume, or how many calls fail.
pub fn regret_cell(variant: &Variant, currency: &str) -> String {
    match variant.regret {
        _ if variant.failing_calls == 1 => "1 call fails".into(),
        _ if variant.failing_calls > 0 => format!("{} fail", calls(variant.failing_calls)),
        Some(regret) if regret.is_zero() => "the same".into(),
        Some(regret) => format!("+{}", money(regret, currency)),
        None => "–".into(),
    }
}

/// A month in which more calls would cost less; `month` as the page names it.
pub fn cliff_sentence(cliff: &Cliff, month: &str, currency: &str) -> String {
    let reach = if cliff.more_calls == 1 { "it reaches" } else { "they reach" };
    format!(
        "{month}: {} more would lower the month’s postpaid charge by {}, as {reach} the next tier.",
        calls(cliff.more_calls),
        money(cliff.saving, currency)
    )
}

/// The other way to read the tiers.
pub fn other_reading_sentence(other: &OtherReading, currency: &str) -> String {
    let reading = match other.tier_basis {
        TierBasis::All => "by all calls of the month, free and prepaid ones included",
        TierBasis::Billed => "by the calls that are charged",
    };
    format!(
        "The price page can also be read so that a tier is reached {reading}; the year would then cost {}.",
        money(other.total, currency)
    )
}

/// Free calls that cost more than they save.
pub fn without_free_calls_sentence(without: &WithoutFreeCalls, currency: &str) -> String {
    format!(
        "Here the free calls cost more than they save: they do not count towards a lower price, and without them the year would cost {}.",
        money(without.total, currency)
    )
}

/// Calls that remain; `until` is the last month in which they are good, as the page names it.
pub fn leftover_sentence(leftover: &Leftover, until: &str) -> String {
    let (remain, lapse) = if leftover.calls == 1 { ("remains", "lapses") } else { ("remain", "lapse") };
    let left = format!("{} {remain} in packages when the year ends", calls(leftover.calls));
    if leftover.last_month <= LAST_MONTH {
        format!("{left}, and {lapse} with it.")
    } else {
        format!("{left}, good until the end of {until}.")
    }
}

/// What live traffic loses with so many slots.
pub fn blocking_sentence(blocking: &Blocking) -> String {
    let slots = of_unit(&grouped(blocking.slots), "slot");
    let percent = blocking.share.times(100).map_or_else(|_| String::new(), |percent| about(&percent.to_string(), 2));
    let failing = about(&blocking.failing_calls.to_string(), 1);
    format!("With {slots} {percent} % of the busy hour’s requests fail, {failing} of them.")
}

/// What to do when more slots are needed than can be bought; `None` where none is.
pub fn above_maximum_sentence(sizing: &Sizing) -> Option<String> {
    sizing.first_above_maximum()?;
    let max = grouped(sizing.max_slots);
    Some(match sizing.most_calls {
        Some(MostCalls::InBusyHour(most)) => {
            // Whole calls of long duration come to less than the load.
            let load = sizing.most_erlangs.map_or_else(String::new, |load| format!("a load of at most {load} erlangs, so "));
            format!("This needs more than {max} slots; contact sales. {max} slots carry {load}{} in the busy hour.", at_most(most))
        }
        Some(MostCalls::InMonth(most)) => {
            format!("This needs more than {max} slots; contact sales. {max} slots carry {} a month.", at_most(most))
        }
        None => format!("This needs more than {max} slots; contact sales."),
    })
}

fn at_most(most: u64) -> String {
    if most == 0 { "not even one call".into() } else { format!("at most {}", calls(most)) }
}
