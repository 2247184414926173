//! The report on usage files: what all of them say together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::layout::{Count, Layout};
use super::months::{self, MonthRange};
use super::notes::{self, Note};
use super::problem::{FileError, FileErrorKind};
use super::quantities::{self, Quantity};
use super::tally::{MonthNumber, Months, Sum, Tally, ZoneSeen, calendar_month, month_name, month_of};
use super::times::{DAY, DateOrder};
use super::{CountedFile, Format, Left, UsageOptions};
use crate::planner::OwnedPackage;
use crate::price_book::PriceBook;
use crate::scenario::Scenario;
use crate::usage::{MONTHS, Usage};

/// What usage files say.
#[derive(Debug, Clone, Serialize)]
pub struct UsageReport {
    /// The format of all files; `mixed` where they differ.
    pub format: &'static str,
    /// The zone of the months: `UTC`, `+08:00`, or `mixed`.
    pub zone: String,
    /// All rows but headings.
    pub rows: u64,
    /// The rows whose calls are in the sums.
    pub counted: u64,
    /// The other rows, by reason.
    pub left_out: Vec<LeftOutRow>,
    /// The meters with their calls, largest first.
    pub meters: Vec<MeterRow>,
    /// The months of the chosen meter, or of the only one.
    pub months: Vec<MonthCalls>,
    /// The months that the scenario fills.
    pub filled: Vec<String>,
    /// A year to plan; `None` without a whole month, or where no meter is chosen.
    pub scenario: Option<Scenario>,
    /// Packages that the files list.
    pub owned_packages: Vec<OwnedRow>,
    /// What each file was taken for.
    pub files: Vec<FileRow>,
    /// What else there is to know.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

/// Rows that are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LeftOutRow {
    /// Why.
    pub why: Left,
    /// How many.
    pub rows: u64,
}

/// A meter and its calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeterRow {
    /// Its name.
    pub meter: String,
    /// Its unit.
    pub unit: String,
    /// The sum of its months.
    pub calls: u128,
}

/// A month of a meter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthCalls {
    /// The month, as in `2026-01`.
    pub month: String,
    /// Its calls, rounded up.
    pub calls: u128,
    /// Whether all of its calls are there.
    pub whole: bool,
}

/// A package that a file lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnedRow {
    /// Calls left.
    pub calls: u64,
    /// The months of the scenario that it serves; `None` without a scenario.
    pub months_left: Option<u32>,
    /// The month in which it expires.
    pub until: String,
}

/// What a file was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRow {
    /// Its name.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// Its encoding.
    pub encoding: &'static str,
    /// Whether it was compressed.
    pub gzip: bool,
    /// Its rows.
    pub rows: u64,
    /// The zone of its months.
    pub zone: String,
    /// The column with the time.
    pub time: Option<String>,
    /// The column with the number of calls; `None` where each row is a call.
    pub count: Option<String>,
    /// The order of its dates, `dmy` or `mdy`, where it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<&'static str>,
}

/// An offset as `UTC` or `+08:00`.
pub fn zone_name(offset: i32) -> String {
    if offset == 0 {
        return "UTC".into();
    }
    let minutes = offset.abs() / 60;
    format!("{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}

/// The name of the zone that times were in.
pub fn zone_seen(seen: ZoneSeen, asked: Option<i32>) -> String {
    match (asked, seen) {
        (Some(zone), _) => zone_name(zone),
        (None, ZoneSeen::None) => zone_name(0),
        (None, ZoneSeen::One(offset)) => zone_name(offset),
        (None, ZoneSeen::Mixed) => "mixed".into(),
    }
}

/// The reasons with rows, in their order.
pub fn left_out_rows(left_out: &[u64; Left::ALL.len()]) -> Vec<LeftOutRow> {
    Left::ALL.into_iter().zip(left_out).filter(|&(_, &rows)| rows > 0).map(|(why, &rows)| LeftOutRow { why, rows }).collect()
}

/// What the files say together.
pub fn report(files: Vec<CountedFile>, mut found: Vec<Note>, options: &UsageOptions, book: &PriceBook) -> Result<UsageReport, FileError> {
    found.extend(notes::of_files(&files));
    found.extend(notes::overlaps(&files));
    let file_rows = files.iter().map(|file| file_row(file, options.zone)).collect();
    let formats: BTreeSet<&str> = files.iter().map(|file| file.layout.format.code()).collect();
    let format = match formats.len() {
        1 => formats.first().copied().unwrap_or_default(),
        _ => "mixed",
    };
    let rows = files.iter().map(|file| file.rows).sum();
    let packages: Vec<_> = files.iter().flat_map(|file| file.packages.iter().copied()).collect();
    let (merged, sums) = merge(files);
    let span = merged.days.map(|days| MonthRange::new(days, &merged.periods));
    let shown = span.as_ref().map(MonthRange::shown);
    let is_shown = |month: &MonthNumber| shown.as_ref().is_some_and(|shown| shown.contains(month));

    let mut left_out = merged.left_out;
    let outside = sums.values().flatten().filter(|(month, _)| !is_shown(month)).map(|(_, sum)| sum.rows);
    left_out[Left::Outside.place()] += outside.sum::<u64>();
    let counted = sums.values().flatten().filter(|(month, _)| is_shown(month)).map(|(_, sum)| sum.rows).sum();
    let calls = |unit: &str, sum: Option<&Sum>| sum.map_or(Quantity::default(), |sum| sum.quantity).rounded_up(quantities::factor(unit));
    let mut meters: Vec<MeterRow> = Vec::new();
    for ((meter, unit), months) in &sums {
        let shown: Vec<u128> = months.iter().filter(|(month, _)| is_shown(month)).map(|(_, sum)| calls(unit, Some(sum))).collect();
        if !shown.is_empty() {
            let calls = shown.into_iter().fold(0, u128::saturating_add);
            meters.push(MeterRow { meter: meter.clone(), unit: unit.clone(), calls });
        }
    }
    meters.sort_by_key(|meter| Reverse(meter.calls));
    let chosen = choose(&meters, options)?;
    let months = chosen.and_then(|chosen| sums.get(&(chosen.meter.clone(), chosen.unit.clone())));
    let unit = chosen.map(|chosen| chosen.unit.as_str()).unwrap_or_default();

    let mut report = UsageReport {
        format,
        zone: zone_seen(merged.zone, options.zone),
        rows,
        counted,
        left_out: left_out_rows(&left_out),
        months: Vec::new(),
        filled: Vec::new(),
        scenario: None,
        owned_packages: Vec::new(),
        files: file_rows,
        notes: Vec::new(),
        meters: meters.clone(),
    };
    let mut start = None;
    if let (Some(span), Some(months)) = (&span, months) {
        let of_month = |month: MonthNumber| calls(unit, months.get(&month));
        let row = |month| MonthCalls { month: month_name(month), calls: of_month(month), whole: span.is_whole(month) };
        report.months = span.shown().map(row).collect();
        found.extend(notes::gap(&sums, span));
        if let Some((twelve, before)) = span.twelve() {
            start = Some(*twelve.end() + 1);
            let before = usize::try_from(before).unwrap_or_default();
            let year: Vec<u128> = twelve.clone().map(of_month).collect();
            let year = months::filled(&year, before, options.filling);
            if options.filling == super::Filling::Average {
                report.filled = twelve.take(before).map(month_name).collect();
            }
            report.scenario = scenario(&year, start, book);
            if report.scenario.is_none() {
                found.push(Note::TooManyCalls);
            }
        }
    }
    report.owned_packages = owned(&packages, start);
    if let Some(scenario) = report.scenario.take() {
        report.scenario = Some(with_packages(scenario, &report.owned_packages, book, &mut found));
    }
    report.notes = found;
    Ok(report)
}

/// The meter that was asked for, or the only one.
fn choose<'a>(meters: &'a [MeterRow], options: &UsageOptions) -> Result<Option<&'a MeterRow>, FileError> {
    let with_unit = |row: &MeterRow| format!("{} ({})", row.meter, row.unit);
    let Some(asked) = &options.meter else {
        return Ok(if meters.len() == 1 { meters.first() } else { None });
    };
    let named: Vec<&MeterRow> = meters.iter().filter(|row| row.meter == *asked).collect();
    let error = |kind| Err(FileError::of_file("--meter", kind));
    match (meters.iter().find(|row| with_unit(row) == *asked), &named[..]) {
        (Some(row), _) => Ok(Some(row)),
        (None, [row]) => Ok(Some(*row)),
        (None, []) => error(FileErrorKind::UnknownMeter { known: meters.iter().map(with_unit).collect() }),
        (None, named) => error(FileErrorKind::AmbiguousMeter { known: named.iter().map(|row| with_unit(row)).collect() }),
    }
}

/// The tallies of all files in one, and the sums by meter and month.
fn merge(files: Vec<CountedFile>) -> (Tally, BTreeMap<(String, String), Months>) {
    let mut merged = Tally::default();
    let mut sums: BTreeMap<(String, String), Months> = BTreeMap::new();
    for CountedFile { tally, meters, .. } in files {
        for (sum, further) in merged.left_out.iter_mut().zip(tally.left_out) {
            *sum += further;
        }
        merged.zone = merged.zone.merged(tally.zone);
        merged.periods.extend(&tally.periods);
        merged.days = match (merged.days, tally.days) {
            (Some((first, last)), Some((other_first, other_last))) => Some((first.min(other_first), last.max(other_last))),
            (one, other) => one.or(other),
        };
        for ((meter, month), further) in tally.into_sums() {
            let Some(name) = meters.name(meter) else { continue };
            let sum = sums.entry(name.clone()).or_default().entry(month).or_default();
            sum.quantity = sum.quantity.plus(further.quantity);
            sum.rows += further.rows;
        }
    }
    (merged, sums)
}

/// A year of these calls; `None` where they are more than a scenario can have.
fn scenario(year: &[u128], start: Option<MonthNumber>, book: &PriceBook) -> Option<Scenario> {
    let mut months = [0_u64; MONTHS];
    for (month, &calls) in months.iter_mut().zip(year) {
        *month = u64::try_from(calls).ok()?;
    }
    Scenario::builder(Usage::monthly(months)?).start(start.and_then(calendar_month)).build(book).ok()
}

/// The packages by months left and calls; those that expire before the scenario starts have no months left.
fn owned(packages: &[super::ListedPackage], start: Option<MonthNumber>) -> Vec<OwnedRow> {
    let mut rows: Vec<OwnedRow> = packages
        .iter()
        .map(|package| {
            let last = month_of(package.until.div_euclid(DAY));
            let months_left = start.map(|start| u32::try_from(last - start + 1).unwrap_or(0));
            OwnedRow { calls: package.calls, months_left, until: month_name(last) }
        })
        .collect();
    rows.sort_by(|one, other| (&one.until, one.calls).cmp(&(&other.until, other.calls)));
    rows
}

/// The scenario with those packages that it can have.
fn with_packages(scenario: Scenario, owned: &[OwnedRow], book: &PriceBook, notes: &mut Vec<Note>) -> Scenario {
    let mut usable: Vec<OwnedPackage> = Vec::new();
    for row in owned {
        let package = OwnedPackage { calls: row.calls, months_left: row.months_left.unwrap_or(0) };
        if scenario.to_builder().owned_packages([package]).errors(Some(book)).is_empty() {
            usable.push(package);
        }
    }
    if usable.len() < owned.len() {
        notes.push(Note::UnusedPackages { packages: owned.len() - usable.len() });
    }
    scenario.to_builder().owned_packages(usable).build(book).unwrap_or(scenario)
}

fn file_row(file: &CountedFile, zone: Option<i32>) -> FileRow {
    FileRow {
        file: file.facts.name.clone(),
        format: file.layout.format,
        encoding: file.facts.encoding.name(),
        gzip: file.facts.is_gzip,
        rows: file.rows,
        zone: zone_seen(file.tally.zone, zone),
        time: file.layout.time.map(|column| file.layout.heading(column)),
        count: count_heading(&file.layout),
        dates: file.order.map(DateOrder::code),
    }
}

fn count_heading(layout: &Layout) -> Option<String> {
    match layout.count {
        Count::OnePerRow | Count::Never => None,
        Count::Column(column) => Some(layout.heading(column)),
        Count::BeforePackages { raw, component, .. } => raw.or(component).map(|column| layout.heading(column)),
    }
}
