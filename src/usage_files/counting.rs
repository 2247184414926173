//! Counting: what each row of a usage file adds to the tally of its file.
//!
//! Of several reasons to leave a row out, the first of [`Left::ALL`] that applies is counted. While a column of dates such
//! as 03/04/2026 has not shown its order, the rows are counted in both orders.

use std::collections::BTreeMap;

use super::date_order::{Learned, OrderSeen};
use super::file_reader::FileSink;
use super::kinds::{is_failed, is_usage};
use super::layout::{Asked, Count, Layout};
use super::packages::{self, ListedPackage, PackageRow};
use super::problem::FileErrorKind;
use super::quantities::Quantity;
use super::rows::{ParsedRow, Record, RowSink};
use super::tally::{self, Meters, Tally};
use super::times::{self, DAY, DateOrder, Span, Stamp};
use super::zones::{in_zone, zone_of_format};
use super::{Format, Left, UsageOptions};

/// The meter of tables and logs, which have one, and its unit.
pub const CALLS: &str = "calls";
/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Its number, with the heading.
    pub row: u64,
    /// The column of the cell; `None` for the row as a whole.
    pub column: Option<String>,
}

/// The rows of one file, counted.
#[derive(Debug)]
pub struct Counting {
    zone: Option<i32>,
    layout: Layout,
    /// The tally in each order of dates that is still possible, the day first and then the month.
    tallies: [Option<Tally>; 2],
    order: OrderSeen,
    last_row: u64,
    last_time: Cached,
    last_period: [Vec<u8>; 2],
    /// The meter of a table or a log, which have one.
    only_meter: Option<usize>,
    /// Meters by number.
    pub meters: Meters,
    /// The first row that cannot be read.
    pub first_malformed: Option<BadRow>,
    /// Packages by their ids, or by their rows where they have none.
    pub packages: BTreeMap<Vec<u8>, ListedPackage>,
    /// Rows so far.
    pub rows: u64,
}

/// The cell that was read last, and what it says.
#[derive(Debug, Default)]
struct Cached {
    text: Vec<u8>,
    stamp: Option<Stamp>,
}

impl Cached {
    fn read(&mut self, text: &[u8]) -> Option<Stamp> {
        if self.text != text || text.is_empty() {
            self.text.clear();
            self.text.extend_from_slice(text);
            self.stamp = times::read(text);
        }
        self.stamp
    }
}

fn place(order: DateOrder) -> usize {
    usize::from(order == DateOrder::MonthFirst)
}

impl Counting {
    /// A file before its first row.
    pub fn new(options: &UsageOptions) -> Self {
        let tally = |order| options.dates.is_none_or(|dates| dates == order).then(Tally::default);
        // One tally serves as long as no date needs two.
        let tallies = match options.dates {
            None => [None, Some(Tally::default())],
            Some(_) => [tally(DateOrder::DayFirst), tally(DateOrder::MonthFirst)],
        };
        Self {
            zone: options.zone,
            layout: Layout::new(Format::Csv, &[]),
            tallies,
            order: OrderSeen::new(options.dates),
            last_row: 0,
            last_time: Cached::default(),
            last_period: [Vec::new(), Vec::new()],
            only_meter: None,
            meters: Meters::default(),
            first_malformed: None,
            packages: BTreeMap::new(),
            rows: 0,
        }
    }

    /// The layout of the file.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The order of dates, where the file has any whose order matters.
    pub fn order(&self) -> Option<DateOrder> {
        self.order.order()
    }

    /// The tally, once all rows are counted.
    ///
    /// # Errors
    /// No date shows its order.
    pub fn take_tally(&mut self) -> Result<Tally, FileErrorKind> {
        match (&mut self.tallies, self.layout.format) {
            ([None, tally] | [tally, None], _) => Ok(tally.take().unwrap_or_default()),
            // Azure writes the month first.
            ([_, tally], Format::Azure) => {
                self.order.decide(DateOrder::MonthFirst);
                Ok(tally.take().unwrap_or_default())
            }
            _ => Err(self.order.undecided()),
        }
    }

    fn each(&mut self, change: impl Fn(&mut Tally, DateOrder)) {
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
            if let Some(tally) = &mut self.tallies[place(order)] {
                change(tally, order);
            }
        }
    }

    fn leave_out(&mut self, why: Left) {
        self.each(|tally, _| tally.leave_out(why));
    }

    fn malformed(&mut self, row: u64, column: Option<usize>) {
        if self.first_malformed.is_none() {
            let column = column.map(|column| self.layout.heading(column));
            self.first_malformed = Some(BadRow { row, column });
        }
        self.leave_out(Left::Malformed);
    }

    /// Takes what a date shows of the order of its column.
    fn learn_order(&mut self, stamp: Stamp, row: u64, text: &[u8]) -> Result<(), FileErrorKind> {
        for learned in self.order.learn(stamp, row, text)? {
            match learned {
                Learned::Nothing => {}
                Learned::Differs => self.tallies[0] = self.tallies[1].clone(),
                Learned::Is(order) => self.tallies[1 - place(order)] = None,
            }
        }
        Ok(())
    }

    fn cells(&mut self, record: Record<'_>, row: u64) -> Result<(), FileErrorKind> {
        if let Some(columns) = self.layout.package {
            let package = packages::read(columns, &record, self.order.known().unwrap_or(DateOrder::MonthFirst));
            let is_read = package.is_some();
            package.into_iter().for_each(|package| self.keep(package, row));
            if self.layout.count == Count::Never {
                if is_read {
                    self.leave_out(Left::NotUsage)
                } else {
                    self.malformed(row, Some(columns.left))
                }
                return Ok(());
            }
        }
        self.see_period(&record, row)?;
        let time_column = self.layout.time.unwrap_or(usize::MAX);
        let stamp = match record.filled(time_column) {
            None => None,
            Some(text) => match self.last_time.read(text) {
                Some(stamp) => {
                    self.learn_order(stamp, row, text)?;
                    Some(stamp)
                }
                None => {
                    self.malformed(row, Some(time_column));
                    return Ok(());
                }
            },
        };
        let quantity = match self.quantity(&record) {
            Ok(quantity) => quantity,
            Err(column) => {
                self.see(stamp);
                self.malformed(row, Some(column));
                return Ok(());
            }
        };
        let Some(stamp) = stamp else {
            self.leave_out(Left::NoTime);
            return Ok(());
        };
        let why = if quantity.is_none() {
            Some(Left::NoCount)
        } else if !is_usage(&self.layout, &record) {
            Some(Left::NotUsage)
        } else if self.layout.status.and_then(|column| record.filled(column)).is_some_and(is_failed) {
            Some(Left::Failed)
        } else {
            None
        };
        match (why, quantity) {
            (None, Some(quantity)) => self.count(stamp, quantity, &record, row),
            (why, _) => {
                self.see(Some(stamp));
                self.leave_out(why.unwrap_or(Left::NoCount));
                Ok(())
            }
        }
    }

    fn see(&mut self, stamp: Option<Stamp>) {
        let (zone, of_format) = (self.zone, zone_of_format(self.layout.format));
        self.each(|tally, order| {
            if let Some(time) = stamp.and_then(|stamp| stamp.in_order(order)) {
                let (time, offset) = in_zone(time, zone, of_format);
                tally.see(time);
                tally.zone = tally.zone.and(offset);
            }
        });
    }

    fn count(&mut self, stamp: Stamp, quantity: Quantity, record: &Record<'_>, row: u64) -> Result<(), FileErrorKind> {
        let meter = self.meter(record)?;
        let (zone, of_format) = (self.zone, zone_of_format(self.layout.format));
        let mut is_malformed = false;
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
            let Some(tally) = &mut self.tallies[place(order)] else { continue };
            match stamp.in_order(order) {
                Some(time) => {
                    let (time, offset) = in_zone(time, zone, of_format);
                    tally.see(time);
                    tally.zone = tally.zone.and(offset);
                    tally.count(meter, time.local, quantity)?;
                }
                None => {
                    tally.leave_out(Left::Malformed);
                    is_malformed = true;
                }
            }
        }
        if is_malformed && self.first_malformed.is_none() {
            let column = self.layout.time.map(|column| self.layout.heading(column));
            self.first_malformed = Some(BadRow { row, column });
        }
        Ok(())
    }

    /// The calls of a row: `Ok(None)` where its cells are blank.
    ///
    /// # Errors
    /// The column of a cell that is no number.
    fn quantity(&self, record: &Record<'_>) -> Result<Option<Quantity>, usize> {
        let number = |column: Option<usize>| {
            let Some((column, cell)) = column.and_then(|column| Some((column, record.filled(column)?))) else { return Ok(None) };
            Quantity::parse(cell).map(Some).ok_or(column)
        };
        match self.layout.count {
            Count::OnePerRow => Ok(Some(Quantity::whole(1))),
            Count::Column(column) => number(Some(column)),
            Count::Never => Ok(None),
            Count::BeforePackages { raw, component, deducted } => {
                let (raw, component, deducted) = (number(raw)?, number(component)?, number(deducted)?);
                let both = match (component, deducted) {
                    (Some(component), Some(deducted)) => Some(component.plus(deducted)),
                    (one, other) => one.or(other),
                };
                Ok(raw.or(both))
            }
        }
    }

    fn meter(&mut self, record: &Record<'_>) -> Result<usize, FileErrorKind> {
        if let Some(only) = self.only_meter {
            return Ok(only);
        }
        let cell = |column: Option<usize>| column.and_then(|column| record.filled(column));
        let [first, second] = self.layout.meter.map(cell);
        let unit = cell(self.layout.unit).unwrap_or_default();
        match self.layout.format {
            Format::Csv | Format::Jsonl | Format::AccessLog => {
                self.only_meter = Some(self.meters.number([CALLS.as_bytes(), b""], CALLS.as_bytes())?);
                Ok(self.only_meter.unwrap_or_default())
            }
            Format::Tencent => match (first, second) {
                (Some(first), Some(second)) => self.meters.number([first, second], unit),
                (one, other) => self.meters.number([one.or(other).unwrap_or_default(), b""], unit),
            },
            _ => self.meters.number([first.or(second).unwrap_or_default(), b""], unit),
        }
    }

    /// Takes the billing period of a row. A bill repeats it in every row.
    fn see_period(&mut self, record: &Record<'_>, row: u64) -> Result<(), FileErrorKind> {
        let Some((start, end)) = self.layout.period else { return Ok(()) };
        let cells = [record.filled(start), end.and_then(|end| record.filled(end))].map(Option::unwrap_or_default);
        if cells[0].is_empty() || (self.last_period[0] == cells[0] && self.last_period[1] == cells[1]) {
            return Ok(());
        }
        self.last_period = cells.map(<[u8]>::to_vec);
        let stamps = cells.map(times::read);
        // Bills write all dates alike, and the last day of a month shows their order.
        for (stamp, text) in stamps.into_iter().zip(cells) {
            stamp.map_or(Ok(()), |stamp| self.learn_order(stamp, row, text))?;
        }
        let (zone, of_format, has_end) = (self.zone, zone_of_format(self.layout.format), end.is_some());
        self.each(|tally, order| {
            let time = |stamp: Option<Stamp>| Some(in_zone(stamp?.in_order(order)?, zone, of_format).0);
            let [Some(start), end] = stamps.map(time) else { return };
            match end {
                // A last day is a part of the period, a moment ends it.
                Some(end) => tally.see_period(start.local, end.local + if end.span == Span::Day { DAY } else { 0 }),
                None if !has_end && start.span == Span::Month => {
                    let month = tally::month_of(start.local.div_euclid(DAY));
                    tally.see_period(start.local, tally::first_day(month + 1) * DAY);
                }
                None => {}
            }
        });
        Ok(())
    }

    /// Keeps a package that has calls left. Of one that is listed again, the last row counts.
    fn keep(&mut self, package: PackageRow, row: u64) {
        let PackageRow::Package { left, factor, until, id } = package else { return };
        let (until, _) = in_zone(until, self.zone, zone_of_format(self.layout.format));
        let package = ListedPackage::new(left, factor, until);
        if package.calls > 0 && self.packages.len() < packages::MOST_PACKAGES {
            self.packages.insert(id.unwrap_or_else(|| row.to_be_bytes().to_vec()), package);
        }
    }
}

impl RowSink for Counting {
    fn row(&mut self, row: ParsedRow<'_>, number: u64) -> Result<(), FileErrorKind> {
        self.rows += 1;
        self.last_row = number;
        match row {
            ParsedRow::Header => self.leave_out(Left::Header),
            ParsedRow::Empty => self.leave_out(Left::Empty),
            ParsedRow::Malformed => self.malformed(number, None),
            ParsedRow::Cells(record) => return self.cells(record, number),
        }
        Ok(())
    }
}

impl FileSink for Counting {
    fn begin(&mut self, layout: Layout) -> Result<(), FileErrorKind> {
        if layout.time.is_none() && layout.count != Count::Never {
            let headings = (0..layout.headings.len().min(20)).map(|column| layout.heading(column)).collect();
            return Err(FileErrorKind::NoTimeColumn { headings });
        }
        self.layout = layout;
        Ok(())
    }

    fn asked(&self) -> Asked<'_> {
        Asked::default()
    }

    fn place(&self, kind: &FileErrorKind) -> (Option<u64>, Option<String>) {
        let time = self.layout.time.map(|column| self.layout.heading(column));
        match kind {
            FileErrorKind::BothDateOrders => (Some(self.last_row), time),
            FileErrorKind::UndecidedDates { .. } => (self.order.row(), time),
            _ => (None, None),
        }
    }
}
