//! The calls of a log: what each row says of its start and its end.

use super::{Call, DurationUnit, ReplayOptions, TimeIs};
use crate::usage_files::Format;
use crate::usage_files::Left;
use crate::usage_files::counting::BadRow;
use crate::usage_files::date_order::{Learned, OrderSeen};
use crate::usage_files::file_reader::FileSink;
use crate::usage_files::kinds::is_failed;
use crate::usage_files::layout::{Asked, Layout, Purpose};
use crate::usage_files::problem::FileErrorKind;
use crate::usage_files::quantities::Quantity;
use crate::usage_files::rows::{ParsedRow, Record, RowSink};
use crate::usage_files::tally::{ZoneSeen, month_of};
use crate::usage_files::times::{self, DAY, DateOrder, SECOND, Stamp};
use crate::usage_files::zones::in_zone;

/// A clock that goes back by more than this has jumped; log writers that run side by side differ by less.
const JUMP: i64 = 60 * SECOND;

/// The calls of one file.
#[derive(Debug)]
pub struct Collecting {
    options: ReplayOptions,
    layout: Layout,
    order: OrderSeen,
    /// The calls in each order of dates that is still possible: the day first, the month first.
    calls: [Option<Vec<Call>>; 2],
    /// The most calls that there is room for.
    most: usize,
    /// Rows that were left out, by reason.
    pub left_out: [u64; Left::ALL.len()],
    /// Rows so far.
    pub rows: u64,
    /// The first row that cannot be read.
    pub first_malformed: Option<BadRow>,
    /// The offsets of the times.
    pub zone: ZoneSeen,
    /// What the times of an access log were taken for, where any had a duration.
    pub taken: Option<TimeIs>,
    /// How often the clock went back, and the first row at which it did.
    pub jumps: (u64, u64),
    last_time: Option<i64>,
    last_row: u64,
}

/// Why a row is no call.
enum Unusable {
    Left(Left),
    Malformed(usize),
}

impl Collecting {
    /// A file before its first row, of which at most `most` calls are taken.
    pub fn new(options: &ReplayOptions, most: usize) -> Self {
        let calls = match options.dates {
            Some(DateOrder::DayFirst) => [Some(Vec::new()), None],
            _ => [None, Some(Vec::new())],
        };
        Self {
            options: options.clone(),
            layout: Layout::new(Format::Csv, &[]),
            order: OrderSeen::new(options.dates),
            calls,
            most,
            left_out: [0; Left::ALL.len()],
            rows: 0,
            first_malformed: None,
            zone: ZoneSeen::None,
            taken: None,
            jumps: (0, 0),
            last_time: None,
            last_row: 0,
        }
    }

    /// The calls, once all rows are read.
    pub fn take_calls(&mut self) -> Result<Vec<Call>, FileErrorKind> {
        match &mut self.calls {
            [None, calls] | [calls, None] => Ok(calls.take().unwrap_or_default()),
            _ => Err(self.order.undecided()),
        }
    }

    /// Where the first date is whose order is not known.
    pub fn undecided_place(&self) -> (Option<u64>, Option<String>) {
        self.order.row().map_or((None, None), |row| (Some(row), self.layout.time.map(|column| self.layout.heading(column))))
    }

    fn learn_order(&mut self, stamp: Stamp, row: u64, text: &[u8]) -> Result<(), FileErrorKind> {
        for learned in self.order.learn(stamp, row, text)? {
            match learned {
                Learned::Nothing => {}
                Learned::Differs => self.calls[0] = self.calls[1].clone(),
                Learned::Is(DateOrder::DayFirst) => self.calls[1] = None,
                Learned::Is(DateOrder::MonthFirst) => self.calls[0] = None,
            }
        }
        Ok(())
    }

    fn cells(&mut self, record: Record<'_>, row: u64) -> Result<(), FileErrorKind> {
        let mut stamps = [None, None];
        for (stamp, column) in stamps.iter_mut().zip([self.layout.time, self.layout.end]) {
            let Some((column, text)) = column.and_then(|column| Some((column, record.filled(column)?))) else { continue };
            let Some(read) = times::read(text) else {
                self.malformed(row, Some(column));
                return Ok(());
            };
            self.learn_order(read, row, text)?;
            *stamp = Some(read);
        }
        let duration = match self.duration(&record) {
            Ok(duration) => duration,
            Err(column) => {
                self.malformed(row, Some(column));
                return Ok(());
            }
        };
        let is_failed = self.layout.status.and_then(|column| record.filled(column)).is_some_and(is_failed);
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
            let place = usize::from(order == DateOrder::MonthFirst);
            if self.calls[place].is_none() {
                continue;
            }
            // While both orders are possible, what is left out is counted once.
            let counts = place == 1 || self.calls[1].is_none();
            match self.call(stamps, duration, order) {
                Ok(_) if is_failed && counts => self.left_out[Left::Failed.place()] += 1,
                Ok(_) if is_failed => {}
                Ok(call) => {
                    if counts {
                        self.watch_clock(call.start, row);
                    }
                    let calls = self.calls[place].get_or_insert_default();
                    if calls.len() >= self.most {
                        return Err(FileErrorKind::TooManyCalls { most: super::MOST_CALLS });
                    }
                    calls.push(call);
                }
                Err(_) if !counts => {}
                Err(Unusable::Left(why)) => self.left_out[why.place()] += 1,
                Err(Unusable::Malformed(column)) => self.malformed(row, Some(column)),
            }
        }
        Ok(())
    }

    /// The call of a row with these times and this duration with the meaning of the time besides.
    fn call(&mut self, [time, end]: [Option<Stamp>; 2], duration: Option<(i64, TimeIs)>, order: DateOrder) -> Result<Call, Unusable> {
        let time_column = self.layout.time.or(self.layout.end).unwrap_or_default();
        let moment = |stamp: Option<Stamp>| match stamp {
            None => Ok(None),
            Some(stamp) => stamp.in_order(order).map(|time| Some(in_zone(time, self.options.zone, None))).ok_or(()),
        };
        let (Ok(time), Ok(end)) = (moment(time), moment(end)) else { return Err(Unusable::Malformed(time_column)) };
        let instant = |(time, offset): (times::Time, i32)| time.local - i64::from(offset) * SECOND;
        let length = duration.map(|(length, _)| length);
        let is_end = duration.is_some_and(|(_, time)| time == TimeIs::End);
        let (start, stop, offset) = match (time, end, length) {
            (Some(time), Some(end), _) if !is_end => (Some(instant(time)), Some(instant(end)), time.1),
            (Some(time), _, Some(length)) if is_end => (instant(time).checked_sub(length), Some(instant(time)), time.1),
            (Some(time), _, Some(length)) => (Some(instant(time)), instant(time).checked_add(length), time.1),
            (None, Some(end), Some(length)) => (instant(end).checked_sub(length), Some(instant(end)), end.1),
            (None, ..) => return Err(Unusable::Left(Left::NoTime)),
            (Some(_), _, None) => return Err(Unusable::Left(Left::NoDuration)),
        };
        let length_column = self.layout.duration.map(|duration| duration.column).or(self.layout.end).unwrap_or_default();
        let (Some(start), Some(end)) = (start, stop) else { return Err(Unusable::Malformed(length_column)) };
        if end < start {
            return Err(Unusable::Malformed(self.layout.end.unwrap_or(length_column)));
        }
        let local = start.saturating_add(i64::from(offset) * SECOND);
        let month = u32::try_from(month_of(local.div_euclid(DAY))).map_err(|_| Unusable::Malformed(length_column))?;
        self.zone = self.zone.and(offset);
        Ok(Call { start, end, month })
    }

    /// The duration of a row in microseconds, and what its time is.
    ///
    /// # Errors
    /// The column of a cell that is no duration, or a negative one.
    fn duration(&mut self, record: &Record<'_>) -> Result<Option<(i64, TimeIs)>, usize> {
        let Some(duration) = self.layout.duration else { return Ok(None) };
        let Some(cell) = record.filled(duration.column) else { return Ok(None) };
        let has_fraction = cell.contains(&b'.');
        let unit = match (self.options.unit.unwrap_or(duration.unit), has_fraction) {
            (DurationUnit::ByFraction, true) => DurationUnit::Seconds,
            (DurationUnit::ByFraction, false) => DurationUnit::Microseconds,
            (unit, _) => unit,
        };
        let factor = match unit {
            DurationUnit::Seconds => 1_000_000,
            DurationUnit::Milliseconds => 1_000,
            DurationUnit::Microseconds | DurationUnit::ByFraction => 1,
        };
        let by_form = if self.layout.format == Format::AccessLog && has_fraction { TimeIs::End } else { TimeIs::Start };
        let time = self.options.time.unwrap_or(by_form);
        if self.layout.format == Format::AccessLog && self.taken.is_none() {
            self.taken = Some(time);
        }
        let length = Quantity::parse(cell).filter(|length| !length.is_negative()).ok_or(duration.column)?;
        let length = i64::try_from(length.rounded_down(factor)).map_err(|_| duration.column)?;
        Ok(Some((length, time)))
    }

    fn watch_clock(&mut self, start: i64, row: u64) {
        if self.last_time.is_some_and(|last| start < last.saturating_sub(JUMP)) {
            self.jumps = (self.jumps.0 + 1, if self.jumps.0 == 0 { row } else { self.jumps.1 });
        }
        self.last_time = Some(start);
    }

    fn malformed(&mut self, row: u64, column: Option<usize>) {
        if self.first_malformed.is_none() {
            let column = column.map(|column| self.layout.heading(column));
            self.first_malformed = Some(BadRow { row, column });
        }
        self.left_out[Left::Malformed.place()] += 1;
    }
}

impl RowSink for Collecting {
    fn row(&mut self, row: ParsedRow<'_>, number: u64) -> Result<(), FileErrorKind> {
        self.rows += 1;
        self.last_row = number;
        match row {
            ParsedRow::Header => self.left_out[Left::Header.place()] += 1,
            ParsedRow::Empty => self.left_out[Left::Empty.place()] += 1,
            ParsedRow::Malformed => self.malformed(number, None),
            ParsedRow::Cells(record) => return self.cells(record, number),
        }
        Ok(())
    }
}

impl FileSink for Collecting {
    fn begin(&mut self, layout: Layout) -> Result<(), FileErrorKind> {
        self.layout = layout;
        Ok(())
    }

    fn asked(&self) -> Asked<'_> {
        Asked {
            purpose: Purpose::Replay,
            start: self.options.start.as_deref(),
            end: self.options.end.as_deref(),
            duration: self.options.duration.as_deref(),
        }
    }

    fn place(&self, kind: &FileErrorKind) -> (Option<u64>, Option<String>) {
        match kind {
            FileErrorKind::BothDateOrders => (Some(self.last_row), self.layout.time.map(|column| self.layout.heading(column))),
            FileErrorKind::TooManyCalls { .. } => (Some(self.last_row), None),
            _ => (None, None),
        }
    }
}
