//! The insights, in one sentence each.

use super::amounts::money;
use super::calendar::{expiry, month_title};
use super::numbers::{about, calls, grouped, list, of_unit};
use super::strategy_name;
use crate::capacity::{Blocking, MostCalls};
use crate::date::CalendarMonth;
use crate::insight::{BreakEven, Cliff, Followed, Leftover, OtherReading, Range, Regret, Variant, VolumesLeftOut, WithoutFreeCalls};
use crate::ledger::PlanKind;
use crate::money::Money;
use crate::price_book::TierBasis;
use crate::problem::ErrorKind;
use crate::sizing::Sizing;

/// The last month of a plan.
const LAST_MONTH: u32 = 12;

/// Up to how many calls at once a per-call plan holds, where nobody said how many there are.
pub fn included_slots_sentence(slots: u64) -> String {
    format!("This plan is for up to {} at once, which per-call billing includes. If you need more, enter how many.", calls(slots))
}

/// The number of slots up to which concurrent billing is cheaper.
pub fn break_even_sentence(break_even: &BreakEven, currency: &str) -> String {
    let BreakEven { slots, saving_with_one_slot, holds_below, .. } = break_even;
    let Some(saving) = saving_with_one_slot else {
        return format!("Only concurrent billing can cover all your calls, with up to {}.", of_unit(&grouped(*slots), "slot"));
    };
    let saving = money(*saving, currency);
    match slots {
        0 => "At this volume concurrent billing isn’t cheaper, even with a single slot.".into(),
        slots if !holds_below => {
            let slots = of_unit(&grouped(*slots), "slot");
            format!("Concurrent billing would be cheaper if you need {slots}. If you need more, it wouldn’t be.")
        }
        1 => format!("Concurrent billing would be cheaper if you need only 1 slot. You would save {saving}."),
        slots => {
            let slots = grouped(*slots);
            format!("Concurrent billing would be cheaper if you need {slots} slots or fewer. With 1 slot you would save {saving}.")
        }
    }
}

/// The volumes at which the recommended kind of plan stays the cheapest.
pub fn range_sentence(range: &Range) -> String {
    let stays = kind_clause(Some(range.kind), "cheapest");
    // The ends are found at the points of the curve. As a total can fall when calls rise, a single volume between them may
    // differ, hence "about".
    let here = match (range.from, range.to) {
        (0, Some(0)) => format!("With no calls, {stays}."),
        (0, Some(to)) => format!("Up to about {} per year, {stays}.", calls(to)),
        (0, None) => format!("At practically every volume, {stays}."),
        (from, Some(to)) if from == to => format!("At {} per year, {stays}.", calls(to)),
        (from, Some(to)) => format!("Between about {} and {} per year, {stays}.", grouped(from), calls(to)),
        (from, None) => format!("From about {} per year, {stays}.", calls(from)),
    };
    let below = (range.from > 0).then_some(range.below);
    let above = range.to.map(|_| range.above);
    let elsewhere = match (below, above) {
        (Some(below), Some(above)) if below == above => format!(" Outside that range, {}.", kind_clause(below, "cheaper")),
        (Some(below), Some(above)) => {
            format!(" Below that, {}; above that, {}.", kind_clause(below, "cheaper"), kind_clause(above, "cheaper"))
        }
        (Some(below), None) => format!(" Below that, {}.", kind_clause(below, "cheaper")),
        (None, Some(above)) if range.to == Some(0) => format!(" From 1 call, {}.", kind_clause(above, "cheapest")),
        (None, Some(above)) => format!(" Above that, {}.", kind_clause(above, "cheaper")),
        (None, None) => String::new(),
    };
    here + &elsewhere
}

/// What is cheapest (or cheaper): `packages alone are cheapest`, `a mix of packages and postpaid is cheapest`; `None` where
/// no plan covers all calls.
fn kind_clause(kind: Option<PlanKind>, cheap: &str) -> String {
    let Some(kind) = kind else { return "no plan covers all your calls".into() };
    match ways(kind)[..] {
        [] => "you pay nothing".into(),
        [way] => format!("{way} alone {} {cheap}", if kind.postpaid { "is" } else { "are" }),
        ref ways => format!("a mix of {} is {cheap}", list(ways, "and")),
    }
}

/// The ways of paying that a plan uses, as a name.
pub fn kind_name(kind: PlanKind) -> String {
    let ways = ways(kind);
    if ways.is_empty() { "nothing to pay".into() } else { list(&ways, "and") }
}

fn ways(kind: PlanKind) -> Vec<&'static str> {
    let used = [(kind.packages, "packages"), (kind.postpaid, "postpaid"), (kind.concurrent, "concurrent slots")];
    used.iter().filter(|(used, _)| *used).map(|&(_, name)| name).collect()
}

/// The largest loss from following the recommended plan at another volume, or what fails there.
pub fn regret_sentence(regret: &Regret, currency: &str) -> String {
    let Some(recommended) = regret.plans.first() else { return String::new() };
    if let Some(variant) = recommended.variants.iter().find(|variant| variant.is_unsafe) {
        let fails = match busy_hour_percent(variant) {
            Some(share) => format!("{share} of the calls in the busiest hour would fail, more than you accept"),
            None if variant.beyond_slots > 0 => format!("{} would not fit in the planned slots", calls(variant.beyond_slots)),
            None => format!("{} would fail with the recommended plan, because postpaid is off", calls(variant.failing_calls)),
        };
        return format!("Biggest risk: if you make {}, {fails}.", volume_change(variant.percent));
    }
    let worst = recommended.variants.iter().filter_map(|variant| Some((variant.regret?, variant))).max_by_key(|&(regret, _)| regret);
    match worst {
        Some((regret, variant)) if regret > Money::ZERO => format!(
            "Biggest risk: if you make {}, the recommended plan costs {} more than the cheapest plan for that volume.",
            volume_change(variant.percent),
            money(regret, currency)
        ),
        _ => "The recommended plan stays the cheapest at all these volumes.".into(),
    }
}

/// A volume in percent of the expected calls: `only half these calls`, `20% more calls`.
fn volume_change(percent: u64) -> String {
    match percent {
        50 => "only half these calls".into(),
        200 => "twice as many calls".into(),
        100 => "exactly these calls".into(),
        ..100 => format!("{}% fewer calls", 100 - percent),
        _ => format!("{}% more calls", percent - 100),
    }
}

/// The volumes that the table leaves out, and why; `None` where it has all of them.
pub fn left_out_sentence(regret: &Regret) -> Option<String> {
    let percents: Vec<String> = regret.left_out.iter().map(|volume| format!("{}%", volume.percent)).collect();
    let names: Vec<&str> = percents.iter().map(String::as_str).collect();
    let why = why_left_out(&regret.left_out.first()?.reason);
    Some(format!("Not shown: {} of these calls, because {why}.", list(&names, "and")))
}

/// The larger volumes that the chart and the range leave out, and why.
pub fn larger_volumes_sentence(left_out: &VolumesLeftOut) -> String {
    format!("We can’t calculate {} or more per year, because {}.", calls(left_out.from), why_left_out(&left_out.reason))
}

fn why_left_out(reason: &ErrorKind) -> String {
    match reason {
        ErrorKind::YearAboveLimit { most } => format!("a year can have at most {}", calls(*most)),
        ErrorKind::LoadTooLarge => "the busiest hour would need too many slots".into(),
        _ => "the cost would have too many digits".into(),
    }
}

/// The plan that loses least at other volumes; `None` where the recommended plan stays the cheapest, as [`regret_sentence`]
/// covers that.
pub fn safest_sentence(regret: &Regret, currency: &str) -> Option<String> {
    let name = followed_name(regret.safest);
    let safest = regret.plans.iter().find(|plan| plan.plan == regret.safest)?;
    match safest.largest() {
        _ if safest.unsafe_variants() > 0 => {
            Some(format!("Lowest risk: {name}, although calls would still fail at some of these volumes."))
        }
        largest if largest.is_zero() && regret.safest == Followed::Recommended => None,
        largest if largest.is_zero() => Some(format!("Lowest risk: {name}, which stays the cheapest at all these volumes.")),
        largest => Some(format!("Lowest risk: {name}, never more than {} above the lowest cost.", money(largest, currency))),
    }
}

/// A plan's name inside a sentence.
fn followed_name(plan: Followed) -> String {
    match plan {
        Followed::Recommended => "the recommended plan".into(),
        Followed::Strategy(strategy) => strategy_name(strategy).to_ascii_lowercase(),
    }
}

/// How to read the table of other volumes.
pub const REGRET_NOTE: &str =
    "For each volume: the lowest possible cost, and how much more you would pay if you kept to a plan made for your estimate.";

/// The column of a plan in the table of other volumes.
pub fn regret_head(plan: Followed) -> &'static str {
    match plan {
        Followed::Recommended => super::RECOMMENDED_PLAN,
        Followed::Strategy(strategy) => strategy_name(strategy),
    }
}

/// The extra cost of a plan at one volume, or the calls that would fail.
pub fn regret_cell(variant: &Variant, currency: &str) -> String {
    let failing = variant.failing_calls;
    match variant.regret {
        _ if failing > 0 && failing == variant.beyond_slots => {
            format!("{} {} not fit", calls(failing), if failing == 1 { "does" } else { "do" })
        }
        _ if failing > 0 => format!("{} would fail", calls(failing)),
        Some(regret) if regret.is_zero() => super::SAME_COST.into(),
        Some(regret) => match Money::ZERO.minus(regret) {
            Ok(less) if less > Money::ZERO => format!("{} less, with busier slots", money(less, currency)),
            _ => format!("+{}", money(regret, currency)),
        },
        None => busy_hour_percent(variant).map_or_else(|| super::DASH.into(), |share| format!("{share} of the busiest hour fails")),
    }
}

/// The share of the busiest hour that fails, where it is more than accepted and no other calls fail.
fn busy_hour_percent(variant: &Variant) -> Option<String> {
    let share = variant.busy_hour_failure.filter(|_| variant.is_unsafe && variant.failing_calls == 0)?;
    share.times(100).ok().map(|percent| about(&percent.to_string(), 1) + "%")
}

/// A month in which more calls would cost less.
pub fn cliff_sentence(cliff: &Cliff, start: Option<CalendarMonth>, currency: &str) -> String {
    let (more, reach) = match cliff.more_calls {
        1 => ("one more call".into(), "it reaches"),
        more => (format!("{} more calls", grouped(more)), "they reach"),
    };
    let saving = money(cliff.saving, currency);
    let month = month_title(start, cliff.month);
    format!("{month}: {more} would cut that month’s postpaid cost by {saving}, because {reach} a cheaper price tier.")
}

/// The total under the other reading of the price page.
pub fn other_reading_sentence(other: &OtherReading, currency: &str) -> String {
    let reading = match other.tier_basis {
        TierBasis::All => "free and package calls may count towards the price tier too",
        TierBasis::Billed => "only calls charged to postpaid may count towards the price tier",
    };
    format!("The price page can also be read another way: {reading}. The year would then cost {}.", money(other.total, currency))
}

/// Free calls that cost more than they save.
pub fn without_free_calls_sentence(without: &WithoutFreeCalls, currency: &str) -> String {
    format!(
        "Your free calls work against you here. They keep you in a more expensive price tier; without them the year would cost {}.",
        money(without.total, currency)
    )
}

/// Package calls that are left at the end of the year.
pub fn leftover_sentence(leftover: &Leftover, start: Option<CalendarMonth>) -> String {
    let left = of_unit(&grouped(leftover.calls), "package call");
    let expire = if leftover.calls == 1 { "It expires" } else { "They expire" };
    let when = match (leftover.last_month, start) {
        (..=LAST_MONTH, _) => "then".into(),
        (month, _) => expiry(start, month),
    };
    format!("You’ll have {left} left at the end of the year. {expire} {when}.")
}

/// The live traffic that fails with a number of slots.
pub fn blocking_sentence(blocking: &Blocking) -> String {
    let slots = of_unit(&grouped(blocking.slots), "slot");
    let percent = blocking.share.times(100).map_or_else(|_| String::new(), |percent| about(&percent.to_string(), 2));
    let failing = about(&blocking.failing_calls.to_string(), 1);
    let unit = if failing == "about 1" { "call" } else { "calls" };
    format!("With {slots}, {percent}% of calls in the busiest hour fail ({failing} {unit}).")
}

/// What to do where more slots are needed than are sold; `None` where enough are.
pub fn above_maximum_sentence(sizing: &Sizing) -> Option<String> {
    sizing.first_above_maximum()?;
    let slots = of_unit(&grouped(sizing.max_slots), "slot");
    let contact = match sizing.needed {
        Some(needed) => format!("You need {}, more than the {slots} sold online. Contact sales.", grouped(needed)),
        None => format!("You need more than the {slots} sold online. Contact sales."),
    };
    Some(match sizing.most_calls {
        Some(MostCalls::InBusyHour(most)) => format!("{contact} {} in the busiest hour.", capacity(&slots, most)),
        Some(MostCalls::InMonth(most)) => format!("{contact} {} per month.", capacity(&slots, most)),
        None => contact,
    })
}

fn capacity(slots: &str, most: u64) -> String {
    if most == 0 { format!("{slots} can’t handle even one call") } else { format!("{slots} can handle up to {}", calls(most)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKAGES: PlanKind = PlanKind { packages: true, postpaid: false, concurrent: false };
    const POSTPAID: PlanKind = PlanKind { packages: false, postpaid: true, concurrent: false };
    const MIX: PlanKind = PlanKind { packages: true, postpaid: true, concurrent: false };
    const NONE: PlanKind = PlanKind { packages: false, postpaid: false, concurrent: false };

    #[test]
    fn names_the_volumes_at_which_a_kind_of_plan_is_cheapest() {
        let check = |kind: PlanKind, from: u64, to: Option<u64>, below: Option<PlanKind>, above: Option<PlanKind>, written: &str| {
            assert_eq!(range_sentence(&Range { kind, from, to, below, above }), written);
        };
        check(
            PACKAGES,
            3_905,
            Some(4_000),
            Some(MIX),
            Some(MIX),
            "Between about 3,905 and 4,000 calls per year, packages alone are cheapest. Outside that range, a mix of packages and postpaid is cheaper.",
        );
        check(NONE, 0, Some(0), None, Some(POSTPAID), "With no calls, you pay nothing. From 1 call, postpaid alone is cheapest.");
        check(
            NONE,
            0,
            Some(50),
            None,
            Some(POSTPAID),
            "Up to about 50 calls per year, you pay nothing. Above that, postpaid alone is cheaper.",
        );
        check(
            POSTPAID,
            119_999,
            None,
            Some(MIX),
            None,
            "From about 119,999 calls per year, postpaid alone is cheapest. Below that, a mix of packages and postpaid is cheaper.",
        );
        check(
            MIX,
            7,
            Some(7),
            Some(NONE),
            None,
            "At 7 calls per year, a mix of packages and postpaid is cheapest. Below that, you pay nothing; above that, no plan covers all your calls.",
        );
        check(POSTPAID, 0, None, None, None, "At practically every volume, postpaid alone is cheapest.");
    }

    #[test]
    fn says_when_leftover_calls_expire() {
        let check = |calls: u64, last_month: u32, start: &str, written: &str| {
            let leftover = Leftover { calls, last_month, until: None };
            assert_eq!(leftover_sentence(&leftover, CalendarMonth::parse(start)), written);
        };
        check(5, 12, "", "You’ll have 5 package calls left at the end of the year. They expire then.");
        check(1, 12, "2027-01", "You’ll have 1 package call left at the end of the year. It expires then.");
        check(79, 23, "", "You’ll have 79 package calls left at the end of the year. They expire 11 months after this plan ends.");
        check(79, 23, "2027-01", "You’ll have 79 package calls left at the end of the year. They expire at the end of November 2028.");
    }
}
