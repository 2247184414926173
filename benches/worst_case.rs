//! A random search for the slowest tasks of the planner.
//!
//! It starts from random tasks of several shapes and keeps small changes that make planning slower. A task's time is the
//! fastest of five plans, because other programs use the machine too.
//!
//! `cargo bench --bench worst_case -- 20000` tries 20,000 tasks with the built-in price book and as many with random
//! books, 400 tasks each. A second number seeds another search. Measured figures are in BENCHMARKS.md.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a benchmark prints, and may panic")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use callmix::planner::{Orders, OwnedPackage, Slots, Task, plan};
use callmix::price_book::{PriceBook, TierBasis};
use callmix::settlement::Postpaid;

/// A seeded xorshift generator, so that a search can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most.max(1)
    }

    /// A number of a random order of magnitude, up to 10^`digits`.
    fn size(&mut self, digits: u64) -> u64 {
        let magnitude = self.below(digits + 1) as u32;
        1 + self.below(10_u64.pow(magnitude))
    }
}

#[derive(Debug, Clone)]
struct Candidate {
    usage: [u64; 12],
    slots: [u64; 12],
    free: u64,
    owned: Vec<OwnedPackage>,
    postpaid: Postpaid,
    tier_basis: TierBasis,
}

impl Candidate {
    /// A year in which slots, at `slot_cents` each, cost about as much as the calls do otherwise.
    fn random(random: &mut Random, slot_cents: u64) -> Self {
        let base = random.size(6);
        let spread = [0, 0, 0, base / 1_000, base / 20, base][random.below(6) as usize];
        let usage = std::array::from_fn(|_| base - spread / 2 + random.below(spread + 1));
        let cents = 340 + random.below(160);
        let noise = [0, 0, 5, 160][random.below(4) as usize];
        let slots = usage.map(|calls| (calls * (cents + random.below(noise + 1)) / slot_cents).max(1));
        let free = if random.below(2) == 0 { 0 } else { random.size(5) };
        Self { usage, slots, free, owned: owned(random, base), postpaid: postpaid(random), tier_basis: basis(random) }
    }

    fn changed(&self, random: &mut Random) -> Self {
        let mut next = self.clone();
        let month = random.below(12) as usize;
        match random.below(11) {
            0 => next.usage[month] = (next.usage[month] * (90 + random.below(21)) / 100).max(1),
            1 => next.usage = next.usage.map(|calls| (calls * (95 + random.below(11)) / 100).max(1)),
            2 => next.slots[month] = (next.slots[month] * (95 + random.below(11)) / 100).max(1),
            3 => next.slots = [next.slots[month]; 12],
            4 => next.free = random.size(6),
            5 => next.owned = owned(random, next.usage[month]),
            6 => next.usage = [next.usage[month]; 12],
            7 => next.slots = next.slots.map(|slots| (slots * (990 + random.below(21)) / 1_000).max(1)),
            8 => {
                let factor = 970 + random.below(61);
                next.slots = next.slots.map(|slots| (slots * factor / 1_000).max(1));
            }
            9 => next.usage = next.usage.map(|calls| calls + random.below(1 + calls / 500)),
            _ => (next.postpaid, next.tier_basis) = (postpaid(random), basis(random)),
        }
        next
    }

    /// The time of the fastest of five plans, or of a single plan where it takes less than half of `interesting`.
    fn time(&self, book: &PriceBook, interesting: Duration) -> Option<Duration> {
        let task = Task {
            service: &book.services()[0],
            usage: &self.usage,
            free_calls: self.free,
            owned: &self.owned,
            postpaid: self.postpaid,
            tier_basis: self.tier_basis,
            slots: self.slots.map(Slots::Needed),
            may_be_concurrent: true,
            orders: Orders::Any,
        };
        let once = || {
            let start = Instant::now();
            black_box(plan(black_box(&task)));
            start.elapsed()
        };
        task.fits_search().then(|| {
            let first = once();
            if first < interesting / 2 {
                return first;
            }
            (0..4).map(|_| once()).fold(first, Duration::min)
        })
    }
}

fn owned(random: &mut Random, calls: u64) -> Vec<OwnedPackage> {
    let package = |random: &mut Random| OwnedPackage {
        calls: if random.below(2) == 0 { random.size(6) } else { 1 + random.below(4 * calls) },
        months_left: 1 + random.below(12) as u32,
    };
    (0..random.below(5)).map(|_| package(random)).collect()
}

fn postpaid(random: &mut Random) -> Postpaid {
    if random.below(8) == 0 { Postpaid::Off } else { Postpaid::On }
}

fn basis(random: &mut Random) -> TierBasis {
    if random.below(4) == 0 { TierBasis::All } else { TierBasis::Billed }
}

/// A price book near the limits: up to 16 odd sizes with a best value of up to 20,000 grains and similar or very
/// different sizes and prices, up to 32 tiers, and slots at one cent, so that slots can cost as much as calls.
fn random_book(random: &mut Random) -> PriceBook {
    let best = [20_000, 19_997, 1 + random.below(20_000)][random.below(3) as usize];
    let (extra, of_whole) = ([1, 4, 12, 40, 400, 4_000_000][random.below(6) as usize], random.below(2) == 0);
    let most = [4, 16][random.below(2) as usize];
    let shape = random.below(4);
    let size = |random: &mut Random| match shape {
        0 => 1 + random.below(best + best / 4),
        1 => best - best / 10 + random.below(best / 5 + 1),
        2 => 1 + random.below(best / 100 + 2),
        _ => 1 + random.below(best * 50),
    };
    let mut sizes: Vec<u64> = (0..random.below(most)).map(|_| size(random).max(1)).collect();
    sizes.push(best);
    sizes.sort_unstable();
    sizes.dedup();
    let packages: Vec<String> = sizes
        .iter()
        .map(|&size| {
            let dearer = if size == best { 0 } else { (1 + random.below(extra)) * if of_whole { 1 } else { size } };
            let cents = size * 350 + dearer;
            format!(r#"{{"calls":{size},"price":"{}.{:02}"}}"#, cents / 100, cents % 100)
        })
        .collect();
    let (digits, spread) = (1 + random.below(6), [150, 30, 100][random.below(3) as usize]);
    let step = random.below(2) * 37;
    let mut starts: Vec<u64> = (1..=random.below(32)).map(|tier| if step > 0 { tier * step } else { 1 + random.size(digits) }).collect();
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let cents = |random: &mut Random| 340 + random.below(spread);
    let tiers: Vec<String> = starts
        .iter()
        .map(|start| {
            let cents = cents(random);
            format!(r#"{{"from":{start},"unit_price":"{}.{:02}"}}"#, cents / 100, cents % 100)
        })
        .collect();
    let text = format!(
        r#"{{"version":"random","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,"packages":[{}],
        "tiers":[{}],"concurrent":{{"price_per_slot_month":"0.01","max_slots":1000000000}}}}]}}"#,
        packages.join(","),
        tiers.join(",")
    );
    PriceBook::from_json(&text).expect("valid by construction")
}

/// The number of tasks for each price book.
const TASKS_OF_A_BOOK: u64 = 400;

fn search(name: &str, tries: u64, random: &mut Random, slot_cents: u64, mut book: impl FnMut(&mut Random) -> PriceBook) {
    let mut worst: Option<(Duration, Candidate, PriceBook)> = None;
    for _ in 0..tries.div_ceil(TASKS_OF_A_BOOK) {
        let book = book(random);
        let mut best: Option<(Duration, Candidate)> = None;
        for step in 0..TASKS_OF_A_BOOK {
            let candidate = match &best {
                Some((_, before)) if step >= TASKS_OF_A_BOOK / 4 => before.changed(random),
                _ => Candidate::random(random, slot_cents),
            };
            let known = best.as_ref().map_or(Duration::ZERO, |(time, _)| *time);
            if let Some(time) = candidate.time(&book, known)
                && time > known
            {
                best = Some((time, candidate));
            }
        }
        if let Some((time, candidate)) = best
            && worst.as_ref().is_none_or(|(before, _, _)| time > *before)
        {
            worst = Some((time, candidate, book));
        }
    }
    if let Some((time, candidate, book)) = worst {
        let again = candidate.time(&book, Duration::ZERO).unwrap_or_default();
        println!("{name}: {time:?}, measured again {again:?}\n  {candidate:?}");
        if book.version() == "random" {
            let service = &book.services()[0];
            println!(
                "  packages {:?}\n  tiers {:?}",
                service.packages().iter().map(|package| (package.calls, package.price.to_string())).collect::<Vec<_>>(),
                service.tiers().iter().map(|tier| (tier.from, tier.unit_price.to_string())).collect::<Vec<_>>()
            );
        }
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let tries = numbers.first().copied().unwrap_or(2_000);
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ numbers.get(1).copied().unwrap_or(0));
    search("built-in price book", tries, &mut random, 720_000, |_| PriceBook::built_in().expect("valid"));
    search("random price books", tries, &mut random, 1, random_book);
}
