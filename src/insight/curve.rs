//! What does the year cost at every volume?
//!
//! The best mix and each strategy at several hundred volumes of the same profile, every point planned exactly, and
//! the volumes where the kind of the best mix changes found to the single call. A step function: the caller decides
//! how much to do at once, and can stop at any time.

use serde::Serialize;

use crate::ledger::PlanKind;
use crate::money::Money;
use crate::order;
use crate::price_book::MAX_CALLS;
use crate::scenario::Pipeline;
use crate::usage::Usage;

/// Evenly spaced points.
const EVEN_POINTS: u64 = 400;
/// Further points to each doubling of the volume, so that small volumes are seen when the range is wide.
const POINTS_PER_DOUBLING: u64 = 16;
/// Doublings below the given volume that have such points.
const DOUBLINGS_BELOW: u32 = 5;
/// The volume around which a year without calls is looked at.
const ANCHOR_WITHOUT_CALLS: u64 = 1_000;

/// One volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// In the year.
    pub calls: u64,
    /// What the cheapest mix costs; `None` where no plan settles every call.
    pub best: Option<Money>,
    /// Which ways of paying the cheapest mix uses; `None` where there is none.
    pub kind: Option<PlanKind>,
    /// What the strategies cost, in the contract's order; `None` where not available.
    pub strategies: [Option<Money>; 3],
}

/// The stretch of the curve around the given volume in which the kind of the best mix stays the same, looked for at
/// the curve's points. An even year of 300 calls is paid by three packages alone from 288 calls (below, two and 87 × 4.80
/// are less) to 300 (beyond, single calls are added by postpaid).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Of the best mix at the given volume.
    pub kind: PlanKind,
    /// The fewest calls a year of the stretch.
    pub from: u64,
    /// The most calls a year of the stretch; `None` where the kind was not seen to change up to 10^12.
    pub to: Option<u64>,
    /// What it changes to below, with one call less; `None` where the stretch starts at no calls, or where calls would fail.
    pub below: Option<PlanKind>,
    /// What it changes to above, with one call more; `None` where it does not, or where calls would fail.
    pub above: Option<PlanKind>,
}

/// What is to be done next.
#[derive(Debug, Clone)]
enum Stage {
    /// Looks at doubled volumes, until the kind has changed and slots, if they can be priced, have come in.
    Range {
        next: u64,
        changed: bool,
        slots_seen: bool,
        widest: u64,
    },
    /// Volumes to plan, the last one first.
    Points(Vec<u64>),
    /// Neighbouring points between which the kind changes.
    Changes(Vec<(Point, Point)>),
    Done,
}

/// The curve as far as it is computed.
///
/// ```
/// use callmix::insight::Curve;
/// use callmix::price_book::PriceBook;
/// use callmix::scenario::{Pipeline, Scenario};
/// use callmix::usage::{Profile, Usage};
/// let book = PriceBook::built_in().unwrap();
/// let scenario = Scenario::new(Usage::yearly(300, Profile::Even).unwrap());
/// let pipeline = Pipeline::new(&scenario, &book).unwrap();
/// let mut curve = Curve::new(scenario.usage());
/// while curve.step(&priced) {}
/// let point = curve.points().find(|point| point.calls == 300).unwrap();
/// assert_eq!(point.best.unwrap().to_string(), "1260.00");
/// ```
#[derive(Debug, Clone)]
pub struct Curve {
    usage: Usage,
    /// By rising volume.
    points: Vec<Point>,
    stage: Stage,
}

impl Curve {
    /// Nothing computed yet, around the volume of `usage` and with its profile.
    pub fn new(usage: &Usage) -> Self {
        Self {
            usage: *usage,
            points: Vec::new(),
            stage: Stage::Range { next: usage.total(), changed: false, slots_seen: false, widest: 0 },
        }
    }

    /// Plans one more volume of the scenario; false when nothing is left to do.
    pub fn step(&mut self, pipeline: &Pipeline<'_>) -> bool {
        let mut stage = std::mem::replace(&mut self.stage, Stage::Done);
        match &mut stage {
            Stage::Range { next, changed, slots_seen, widest } => {
                let calls = *next;
                let point = self.plan(pipeline, calls);
                let differs = self.point(self.usage.total()).is_some_and(|given| given.kind != point.kind);
                let has_slots = pipeline.concurrency.is_none() || point.kind.is_none_or(|kind| kind.concurrent);
                if (differs && !*changed) || (has_slots && !*slots_seen) {
                    *widest = calls;
                }
                *changed |= differs;
                *slots_seen |= has_slots;
                self.keep(point);
                if calls >= MAX_CALLS || (*changed && *slots_seen) {
                    stage = Stage::Points(self.volumes((*widest).max(self.anchor().saturating_mul(2)).min(MAX_CALLS)));
                } else {
                    *next = if calls == 0 { self.anchor() } else { calls.saturating_mul(2).min(MAX_CALLS) };
                }
            }
            Stage::Points(volumes) => match volumes.pop() {
                Some(calls) => {
                    let point = self.plan(pipeline, calls);
                    self.keep(point);
                }
                None => stage = Stage::Changes(self.changes()),
            },
            Stage::Changes(pairs) => match pairs.pop() {
                Some((below, above)) if above.calls - below.calls <= 1 => {
                    self.keep(below);
                    self.keep(above);
                }
                Some((below, above)) => {
                    let middle = self.plan(pipeline, below.calls + (above.calls - below.calls) / 2);
                    if middle.kind != above.kind {
                        pairs.push((middle.clone(), above));
                    }
                    if middle.kind != below.kind {
                        pairs.push((below, middle));
                    }
                }
                None => stage = Stage::Done,
            },
            Stage::Done => {}
        }
        self.stage = stage;
        !matches!(self.stage, Stage::Done)
    }

    /// The points planned so far, by rising volume. At least 400 when all are done, or every volume where there are fewer.
    pub fn points(&self) -> impl DoubleEndedIterator<Item = &Point> {
        self.points.iter()
    }

    /// The stretch around the given volume, of a finished curve.
    pub fn range(&self) -> Range {
        let given = self.usage.total();
        let kind = self.point(given).and_then(|point| point.kind);
        let other = |point: &&Point| point.kind != kind;
        let below = self.points.iter().rev().filter(|point| point.calls < given).find(other);
        let above = self.points.iter().filter(|point| point.calls > given).find(other);
        Range {
            kind: kind.unwrap_or_default(),
            from: below.map_or(0, |point| point.calls + 1),
            to: above.map(|point| point.calls - 1),
            below: below.and_then(|point| point.kind),
            above: above.and_then(|point| point.kind),
        }
    }

    fn place(&self, calls: u64) -> Result<usize, usize> {
        self.points.binary_search_by(|point| point.calls.cmp(&calls))
    }

    fn point(&self, calls: u64) -> Option<&Point> {
        self.place(calls).ok().and_then(|place| self.points.get(place))
    }

    fn keep(&mut self, point: Point) {
        if let Err(place) = self.place(point.calls) {
            self.points.insert(place, point);
        }
    }

    fn anchor(&self) -> u64 {
        match self.usage.total() {
            0 => ANCHOR_WITHOUT_CALLS,
            calls => calls,
        }
    }

    /// The volumes up to `most` that are not planned yet.
    fn volumes(&mut self, most: u64) -> Vec<u64> {
        self.points.retain(|point| point.calls <= most);
        let even = (0..=EVEN_POINTS).map(|step| (u128::from(most) * u128::from(step) / u128::from(EVEN_POINTS)) as u64);
        let mut volumes: Vec<u64> = even.collect();
        let mut until = most;
        while until > self.anchor() >> DOUBLINGS_BELOW {
            let half = until / 2;
            volumes.extend((0..POINTS_PER_DOUBLING).map(|step| half + (until - half) * step / POINTS_PER_DOUBLING));
            until = half;
        }
        volumes.retain(|&calls| self.point(calls).is_none());
        order::by_key(&mut volumes, |&calls| u128::MAX - u128::from(calls));
        volumes.dedup();
        volumes
    }

    fn changes(&self) -> Vec<(Point, Point)> {
        let neighbours = self.points.iter().zip(self.points.iter().skip(1));
        neighbours.filter(|(below, above)| below.kind != above.kind).map(|(below, above)| (below.clone(), above.clone())).collect()
    }

    /// The cheapest mix at one volume, and the strategies. What cannot be answered at this volume has no amounts.
    fn plan(&self, pipeline: &Pipeline<'_>, calls: u64) -> Point {
        let nothing = Point { calls, best: None, kind: None, strategies: [None; 3] };
        let Some(usage) = self.usage.scaled_to(calls) else { return nothing };
        let months = usage.months();
        let Ok(task) = pipeline.task(&months) else { return nothing };
        let scale = pipeline.service.rates().scale();
        match pipeline.cheapest(&task) {
            Ok((plan, ledger)) => Point {
                calls,
                best: Some(ledger.total),
                kind: Some(ledger.kind()),
                strategies: plan.alternatives.map(|alternative| alternative.outcome.ok().map(|total| scale.money(total))),
            },
            Err(_) => nothing,
        }
    }
}
