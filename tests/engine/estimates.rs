//! Random estimates: scenarios and notes of every kind, with the built-in price book.
//!
//! They are in the order in which a link writes them, so that they can be compared with what is read back.

use std::sync::LazyLock;

use callmix::capacity::{BusyHour, Concurrency, LiveTraffic, QueuedWork};
use callmix::link::{Amount, BookStamp, Opened};
use callmix::money::{Decimal, Percentage};
use callmix::notes::{NoteField, Notes};
use callmix::planner::OwnedPackage;
use callmix::price_book::{Discount, PriceBook, TierBasis};
use callmix::scenario::{CalendarMonth, Scenario};
use callmix::settlement::Postpaid;
use callmix::usage::{Peaks, Profile, Usage};
use proptest::prelude::*;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::built_in().expect("valid"));

const LIMIT: u64 = 1_000_000_000_000;

fn count(most: u64) -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 0..1_000.min(most), 0..=most, Just(most)]
}

fn peaks() -> impl Strategy<Value = Profile> {
    (prop::array::uniform12(any::<bool>()), 0..=10_000_u32).prop_map(|(months, hundredths)| {
        let share = Percentage::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).expect("a percentage");
        Peaks::new(months, share).map_or(Profile::Even, Profile::Peaks)
    })
}

fn usages() -> impl Strategy<Value = Usage> {
    let yearly = (count(LIMIT), prop_oneof![Just(Profile::Even), Just(Profile::Growing), Just(Profile::Seasonal), peaks()])
        .prop_map(|(calls, profile)| Usage::yearly(calls, profile).expect("within the limit"));
    let alike = count(LIMIT / 12).prop_map(|calls| Usage::monthly([calls; 12]).expect("within the limit"));
    let own = prop::array::uniform12(count(LIMIT / 12)).prop_map(|months| Usage::monthly(months).expect("within the limit"));
    prop_oneof![yearly, alike, own]
}

/// One in billionths.
const ONE: u64 = 1_000_000_000;

/// From 1 to `most` billionths.
fn decimal(most: u64) -> impl Strategy<Value = Decimal> {
    let digits = prop_oneof![1..=most, (1..=most / 1_000_000_000).prop_map(|whole| whole * 1_000_000_000)];
    digits.prop_map(|number| Decimal::parse(&format!("{}.{:09}", number / 1_000_000_000, number % 1_000_000_000)).expect("a decimal"))
}

fn share(most: u64) -> impl Strategy<Value = Decimal> {
    prop_oneof![1..=most, (1..100_u64).prop_map(|percent| percent * 10_000_000)]
        .prop_map(|number| Decimal::parse(&format!("{}.{:09}", number / 1_000_000_000, number % 1_000_000_000)).expect("a share"))
}

fn concurrencies() -> impl Strategy<Value = Concurrency> {
    let slots = prop_oneof![(1_u64..=LIMIT).prop_map(|slots| [slots; 12]), prop::array::uniform12(1_u64..60)];
    let queued = (decimal(100_000 * ONE), decimal(744 * ONE), share(ONE)).prop_map(|(seconds, hours, utilisation)| QueuedWork {
        seconds_per_call: seconds,
        busy_hours_per_month: hours,
        target_utilisation: utilisation,
    });
    let busy_hour = prop_oneof![decimal(100_000 * ONE).prop_map(BusyHour::Calls), share(ONE).prop_map(BusyHour::Share)];
    let live = (decimal(100_000 * ONE), busy_hour, share(ONE - 1)).prop_map(|(seconds, busy_hour, accepted)| LiveTraffic {
        seconds_per_call: seconds,
        busy_hour,
        accepted_failure: accepted,
    });
    prop_oneof![slots.prop_map(Concurrency::Slots), queued.prop_map(Concurrency::Queued), live.prop_map(Concurrency::Live)]
}

pub fn scenarios() -> impl Strategy<Value = Scenario> {
    let start = (0_u16..=9_999, 1_u8..=12).prop_map(|(year, month)| CalendarMonth::new(year, month));
    let owned = prop::collection::vec((1..=12_u32, prop_oneof![1..1_000_u64, 1..=LIMIT]), 0..6).prop_map(|mut packages| {
        packages.sort_unstable();
        packages.into_iter().map(|(months_left, calls)| OwnedPackage { calls, months_left }).collect::<Vec<_>>()
    });
    let percent = prop_oneof![2 => Just(0), 1 => (1..=10_u32).prop_map(|tens| tens * 1_000), 1 => 0..=10_000_u32]
        .prop_map(|hundredths| Percentage::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).expect("a percentage"));
    let discount = (percent.clone(), percent.clone(), percent).prop_map(|(packages, postpaid, concurrent)| Discount {
        packages,
        postpaid,
        concurrent,
    });
    let basis = prop_oneof![Just(None), Just(Some(TierBasis::Billed)), Just(Some(TierBasis::All))];
    let postpaid = prop_oneof![Just(Postpaid::On), Just(Postpaid::Off)];
    let service = prop::option::of(Just("image-animate".to_string()));
    let first = (usages(), prop_oneof![Just(None), start], count(LIMIT), owned);
    let second = (postpaid, basis, prop::option::of(concurrencies()), discount, service);
    (first, second).prop_map(|((usage, start, free_calls, owned_packages), (postpaid, tier_basis, concurrency, discount, service))| {
        let builder = Scenario::builder(usage).start(start).free_calls(free_calls).owned_packages(owned_packages).postpaid(postpaid);
        let builder = builder.tier_basis(tier_basis).concurrency(concurrency).discount(discount).service(service.as_deref());
        builder.build(&BOOK).expect("valid")
    })
}

fn notes() -> impl Strategy<Value = Notes> {
    let text = prop_oneof![3 => Just(String::new()), 2 => "[ -~]{0,60}", 1 => "\\PC{0,60}", 1 => "[&=%#+ \n<>\"'|`,.-]{0,20}"];
    let day = prop_oneof![Just(String::new()), (1..=9_999_u16, 1..=12_u8, 1..=28_u8).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"))];
    ([text.clone(), text.clone(), text.clone(), text.clone(), text], day).prop_map(|(texts, day)| {
        let mut notes = Notes::default();
        for (field, text) in NoteField::ALL.into_iter().zip(texts.iter().chain([&day])) {
            // What is refused is left unsaid.
            let _ = notes.set(field, text);
        }
        notes
    })
}

/// What a link can say, all of it used.
pub fn estimates() -> impl Strategy<Value = Opened> {
    let version = prop_oneof![Just("2026-11-22".to_string()), "[a-z0-9, ._%&-]{0,8}v"];
    let book = (version, any::<u32>()).prop_map(|(version, hash)| BookStamp { version, hash: format!("{hash:08x}") });
    let quoted = (any::<u64>(), 0..1_000_u32)
        .prop_map(|(whole, thousandths)| Amount::parse(&format!("{whole}.{thousandths:03}")).expect("an amount"));
    let budget = prop::option::of(decimal(1_000_000 * ONE));
    (scenarios(), notes(), budget, prop::option::of(book), prop::option::of(quoted)).prop_map(|(scenario, notes, budget, book, quoted)| {
        let is_by_year = scenario.apis().is_empty() && !matches!(scenario.usage().profile(), Profile::Own(_));
        Opened {
            budget: budget.filter(|_| is_by_year),
            scenario,
            further: Vec::new(),
            has_usage: true,
            notes,
            book,
            quoted,
            ignored: Vec::new(),
            further_ignored: 0,
        }
    })
}
