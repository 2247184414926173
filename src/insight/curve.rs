//! The curve of cost over volume, and the range in which the kind of the best plan stays the same.
//!
//! Plans the best plan and each strategy at several hundred volumes of the same profile, every point exactly, and finds the
//! volumes where the kind of the best plan changes to the single call. Work is done in steps, so the caller decides how
//! much to do at once and can stop at any time. A volume that is refused, for example because its amounts have too many
//! digits, is left out; the curve then ends below it.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::error_code;
use crate::ledger::PlanKind;
use crate::money::Money;
use crate::order;
use crate::price_book::{MAX_CALLS, Service};
use crate::problem::ErrorKind;
use crate::scenario::Pipeline;
use crate::usage::{MONTHS, Usage};

/// Evenly spaced points.
const EVEN_POINTS: u64 = 400;
/// More points for each doubling of the volume, so that small volumes show when the range is wide.
const POINTS_PER_DOUBLING: u64 = 16;
/// Doublings below the given volume that have these points.
const DOUBLINGS_BELOW: u32 = 5;
/// Points of the stretch around the given volume.
const POINTS_AROUND: u32 = 160;
/// The factor between two of them, in ten thousandths: nine to the power of one by their number.
const FACTOR_AROUND: u128 = 10_138;
/// The volume that stands in for a year without calls.
const ANCHOR_WITHOUT_CALLS: u64 = 1_000;

/// The cost of one volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Calls in the year.
    pub calls: u64,
    /// The total of the best plan; `None` where no plan settles every call.
    pub best: Option<Money>,
    /// The ways of paying that the best plan uses; `None` where there is no plan.
    pub kind: Option<PlanKind>,
    /// The totals of the strategies, in the contract's order; `None` where one is not available.
    pub strategies: [Option<Money>; 3],
}

/// The stretch of the curve around the given volume in which the kind of the best plan stays the same, as far as the
/// curve's points show. Three packages alone pay for an even year of 288 to 300 calls: below, two packages and 87 × 4.80
/// cost less, and above, postpaid adds single calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The kind of the best plan at the given volume.
    pub kind: PlanKind,
    /// The fewest calls a year of the stretch.
    pub from: u64,
    /// The most calls a year of the stretch; `None` where the kind does not change up to 10^12, or up to the volumes that
    /// are [left out](Curve::left_out).
    pub to: Option<u64>,
    /// The kind with one call less; `None` where the stretch starts at no calls, or where calls would fail.
    pub below: Option<PlanKind>,
    /// The kind with one call more; `None` where the stretch has no end, or where calls would fail.
    pub above: Option<PlanKind>,
}

/// Volumes above the last point of a curve that cannot be calculated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VolumesLeftOut {
    /// The smallest volume, in calls a year, that was tried and refused.
    pub from: u64,
    /// Why a quote for it is an error.
    #[serde(serialize_with = "error_code")]
    pub reason: ErrorKind,
}

/// The next work.
#[derive(Debug, Clone)]
enum Stage {
    /// Plans doubled volumes, until the kind has changed and slots, if they can be priced, are part of the plan.
    Range {
        next: u64,
        changed: bool,
        slots_seen: bool,
        widest: u64,
    },
    /// Volumes to plan, from the end of the list, and whether changes between them are looked for afterwards.
    Points {
        volumes: Vec<u64>,
        finds_changes: bool,
    },
    /// Neighbouring points between which the kind changes.
    Changes(Vec<(Point, Point)>),
    Done,
}

/// A curve under construction.
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
/// while curve.step(&pipeline) {}
/// let point = curve.points().find(|point| point.calls == 300).unwrap();
/// assert_eq!(point.best.unwrap().to_string(), "1260.00");
/// ```
#[derive(Debug, Clone)]
pub struct Curve {
    usage: Usage,
    /// By rising volume.
    points: Vec<Point>,
    left_out: Option<VolumesLeftOut>,
    stage: Stage,
}

impl Curve {
    /// An empty curve around the volume of `usage`, with its profile.
    pub fn new(usage: &Usage) -> Self {
        Self {
            usage: *usage,
            points: Vec::new(),
            left_out: None,
            stage: Stage::Range { next: usage.total(), changed: false, slots_seen: false, widest: 0 },
        }
    }

    /// A third to three times the volume of `usage`, in calls a year.
    pub fn range_around(usage: &Usage) -> RangeInclusive<u64> {
        let given = usage.total();
        (given / 3).max(1)..=given.saturating_mul(3).min(MAX_CALLS)
    }

    /// An empty curve from a third to three times the volume of `usage`, evenly spaced by factors, with the volumes just below
    /// and at the sizes of packages and, for a year of equal months, the starts of tiers. It has no range.
    pub fn around(usage: &Usage, service: &Service) -> Self {
        let range = Self::range_around(usage);
        let mut volumes = vec![usage.total(), *range.end()];
        let mut next = *range.start();
        for _ in 0..=POINTS_AROUND {
            volumes.push(next);
            next = (u128::from(next) * FACTOR_AROUND / 10_000).max(u128::from(next) + 1).try_into().unwrap_or(MAX_CALLS);
        }
        let tiers = service.tiers().iter().map(|tier| tier.from.saturating_mul(MONTHS as u64));
        for edge in service.packages().iter().map(|package| package.calls).chain(tiers) {
            volumes.extend([edge.saturating_sub(1), edge]);
        }
        volumes.retain(|calls| range.contains(calls));
        order::by_key(&mut volumes, |&calls| u128::MAX - u128::from(calls));
        volumes.dedup();
        Self { usage: *usage, points: Vec::new(), left_out: None, stage: Stage::Points { volumes, finds_changes: false } }
    }

    /// Plans one more volume of the scenario; `false` when nothing is left to do.
    pub fn step(&mut self, pipeline: &Pipeline<'_>) -> bool {
        let mut stage = std::mem::replace(&mut self.stage, Stage::Done);
        match &mut stage {
            Stage::Range { next, changed, slots_seen, widest } => {
                let calls = *next;
                let point = self.plan(pipeline, calls);
                let is_last = point.is_none() || calls >= MAX_CALLS;
                if let Some(point) = point {
                    let differs = self.point(self.usage.total()).is_some_and(|given| given.kind != point.kind);
                    let has_slots = pipeline.concurrency.is_none() || point.kind.is_none_or(|kind| kind.concurrent);
                    if (differs && !*changed) || (has_slots && !*slots_seen) {
                        *widest = calls;
                    }
                    *changed |= differs;
                    *slots_seen |= has_slots;
                    self.insert(point);
                }
                if is_last || (*changed && *slots_seen) {
                    stage = Stage::Points { volumes: self.volumes(*widest), finds_changes: true };
                } else {
                    *next = if calls == 0 { self.anchor() } else { calls.saturating_mul(2).min(MAX_CALLS) };
                }
            }
            Stage::Points { volumes, finds_changes } => match volumes.pop() {
                Some(calls) => {
                    let point = self.plan(pipeline, calls);
                    point.into_iter().for_each(|point| self.insert(point));
                }
                None if *finds_changes => stage = Stage::Changes(self.changes()),
                None => stage = Stage::Done,
            },
            Stage::Changes(pairs) => match pairs.pop() {
                Some((below, above)) if above.calls - below.calls <= 1 => {
                    self.insert(below);
                    self.insert(above);
                }
                Some((below, above)) => {
                    if let Some(middle) = self.plan(pipeline, below.calls + (above.calls - below.calls) / 2) {
                        if middle.kind != above.kind {
                            pairs.push((middle.clone(), above));
                        }
                        if middle.kind != below.kind {
                            pairs.push((below, middle));
                        }
                    }
                }
                None => stage = Stage::Done,
            },
            Stage::Done => {}
        }
        self.stage = stage;
        !matches!(self.stage, Stage::Done)
    }

    /// The points planned so far, by rising volume. A finished curve has at least 400, or every volume where there are
    /// fewer.
    pub fn points(&self) -> impl DoubleEndedIterator<Item = &Point> {
        self.points.iter()
    }

    /// Volumes above the last point that are left out, of a finished curve.
    pub fn left_out(&self) -> Option<&VolumesLeftOut> {
        self.left_out.as_ref()
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

    fn insert(&mut self, point: Point) {
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

    /// The volumes to plan, up to `widest` or twice the given volume, as far as those are not refused.
    fn volumes(&mut self, widest: u64) -> Vec<u64> {
        let last = if self.left_out.is_some() { self.points.last().map_or(0, |point| point.calls) } else { MAX_CALLS };
        let most = widest.max(self.anchor().saturating_mul(2)).min(last);
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

    /// The best plan and the strategies at one volume; `None` where the volume is refused, which is recorded.
    fn plan(&mut self, pipeline: &Pipeline<'_>, calls: u64) -> Option<Point> {
        let months = self.usage.scaled_to(calls)?.months();
        let planned = pipeline.task(&months).and_then(|task| pipeline.cheapest(&task));
        let scale = pipeline.service.rates().scale();
        let reason = match planned {
            Ok((plan, ledger)) => {
                let strategies = plan.alternatives.map(|alternative| alternative.outcome.ok().map(|total| scale.money(total)));
                return Some(Point { calls, best: Some(ledger.total), kind: Some(ledger.kind()), strategies });
            }
            Err(errors) => errors.into_iter().next().map(|error| error.kind)?,
        };
        if reason == ErrorKind::NoPlan {
            return Some(Point { calls, best: None, kind: None, strategies: [None; 3] });
        }
        if self.left_out.as_ref().is_none_or(|left_out| left_out.from > calls) {
            self.left_out = Some(VolumesLeftOut { from: calls, reason });
        }
        None
    }
}
