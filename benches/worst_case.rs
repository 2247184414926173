//! How long can planning take at the worst?
//!
//! A random search for slow tasks: starting points of several shapes, then small changes kept where they make planning
//! slower (the median of five plans). `cargo bench --bench worst_case -- 20000` tries 20,000 tasks by the built-in price
//! book, and a twentieth of that by random ones. The figures that were found are in BENCHMARKS.md.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a benchmark prints, and may end with a panic")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use callmix::planner::{OwnedPackage, Slots, Task, plan};
use callmix::price_book::{PriceBook, TierBasis};
use callmix::settlement::Postpaid;

/// A small generator of its own (xorshift), so that a search can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most.max(1)
    }

    /// Any order of magnitude up to 10^`digits`.
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
    fn random(random: &mut Random) -> Self {
        let base = random.size(6);
        let equal = random.below(3) > 0;
        let usage = std::array::from_fn(|_| if equal { base } else { base / 2 + random.below(base + 1) });
        // Slots that cost about what the calls cost otherwise, at 3.5 to 4.8 a call.
        let fair = |calls: u64, random: &mut Random| (calls * (34 + random.below(16)) / 72_000).clamp(1, 50);
        let slots_equal = fair(base, random);
        let slots = std::array::from_fn(|month| if equal { slots_equal } else { fair(usage[month], random) });
        let owned =
            (0..random.below(4)).map(|_| OwnedPackage { calls: random.size(6), months_left: 1 + random.below(12) as u32 }).collect();
        let free = if random.below(2) == 0 { 0 } else { random.size(5) };
        Self { usage, slots, free, owned, postpaid: postpaid(random), tier_basis: basis(random) }
    }

    fn changed(&self, random: &mut Random) -> Self {
        let mut next = self.clone();
        let month = random.below(12) as usize;
        match random.below(8) {
            0 => next.usage[month] = (next.usage[month] * (90 + random.below(21)) / 100).max(1),
            1 => next.usage = next.usage.map(|calls| (calls * (95 + random.below(1) + random.below(11)) / 100).max(1)),
            2 => next.slots[month] = 1 + random.below(50),
            3 => next.slots = [next.slots[month]; 12],
            4 => next.free = random.size(6),
            5 => {
                next.owned =
                    (0..random.below(5)).map(|_| OwnedPackage { calls: random.size(6), months_left: 1 + random.below(12) as u32 }).collect()
            }
            6 => next.usage = [next.usage[month]; 12],
            _ => (next.postpaid, next.tier_basis) = (postpaid(random), basis(random)),
        }
        next
    }

    fn time(&self, book: &PriceBook) -> Option<Duration> {
        let task = Task {
            service: &book.services[0],
            usage: &self.usage,
            free_calls: self.free,
            owned: &self.owned,
            postpaid: self.postpaid,
            tier_basis: self.tier_basis,
            slots: self.slots.map(Slots::Needed),
        };
        task.fits_search().then(|| {
            let mut times: [Duration; 5] = std::array::from_fn(|_| {
                let start = Instant::now();
                black_box(plan(black_box(&task)));
                start.elapsed()
            });
            times.sort();
            times[2]
        })
    }
}

fn postpaid(random: &mut Random) -> Postpaid {
    if random.below(8) == 0 { Postpaid::Off } else { Postpaid::On }
}

fn basis(random: &mut Random) -> TierBasis {
    if random.below(4) == 0 { TierBasis::All } else { TierBasis::Billed }
}

/// A price book near the limits: up to 16 odd sizes of which the best value has up to 20,000 grains, up to 32 tiers.
fn random_book(random: &mut Random) -> PriceBook {
    let best = 1 + random.below(20_000);
    let mut sizes: Vec<u64> = (0..random.below(16)).map(|_| 1 + random.below(best + best / 4)).collect();
    sizes.push(best);
    sizes.sort_unstable();
    sizes.dedup();
    let packages: Vec<String> = sizes
        .iter()
        .map(|&size| {
            let extra = if size == best { 0 } else { 1 + random.below(40) };
            format!(r#"{{"calls":{size},"price":"{}.{:02}"}}"#, (size * (350 + extra)) / 100, (size * (350 + extra)) % 100)
        })
        .collect();
    let mut starts: Vec<u64> = (0..random.below(32)).map(|_| 1 + random.size(6)).collect();
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let tiers: Vec<String> = starts
        .iter()
        .map(|start| format!(r#"{{"from":{start},"unit_price":"{}.{:02}"}}"#, 3 + random.below(2), random.below(100)))
        .collect();
    let text = format!(
        r#"{{"version":"random","currency":"USD","services":[{{"id":"s","name":"S","package_validity_months":12,"packages":[{}],
        "tiers":[{}],"concurrent":{{"price_per_slot_month":"7200","max_slots":50}}}}]}}"#,
        packages.join(","),
        tiers.join(",")
    );
    PriceBook::from_json(&text).expect("valid by construction")
}

fn search(name: &str, tries: u64, random: &mut Random, mut book: impl FnMut(&mut Random) -> PriceBook) {
    let mut worst: Option<(Duration, Candidate, PriceBook)> = None;
    for _ in 0..tries / 200 {
        let book = book(random);
        let mut best: Option<(Duration, Candidate)> = None;
        for step in 0..200 {
            let candidate = match &best {
                Some((_, before)) if step >= 40 => before.changed(random),
                _ => Candidate::random(random),
            };
            if let Some(time) = candidate.time(&book)
                && best.as_ref().is_none_or(|(before, _)| time > *before)
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
        let again = candidate.time(&book).unwrap_or_default();
        println!("{name}: {time:?}, measured again {again:?}\n  {candidate:?}");
        if book.version == "random" {
            println!(
                "  packages {:?}\n  tiers {:?}",
                book.services[0].packages.iter().map(|p| (p.calls, p.price.to_string())).collect::<Vec<_>>(),
                book.services[0].tiers.len()
            );
        }
    }
}

fn main() {
    let tries = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(2_000);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    search("built-in price book", tries, &mut random, |_| PriceBook::built_in().expect("valid"));
    search("random price books", tries / 20, &mut random, random_book);
}
