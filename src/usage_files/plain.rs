//! Plain tables and JSON Lines: which columns have the time, the number of calls, the status and the duration.
//!
//! A name that says so decides; otherwise the cells of the first rows do. Where neither does, it is an error that names the
//! columns to choose from, since a wrong column would give a wrong sum without a word.

use super::Format;
use super::layout::{Asked, Count, Duration, DurationUnit, Layout, Purpose, ambiguous, plain_name};
use super::problem::{FileErrorKind, Wanted};
use super::quantities::Quantity;
use super::times;
use crate::problem::shortened;

const STARTS: [&str; 12] =
    ["start", "started", "startedat", "starttime", "time", "timestamp", "datetime", "date", "ts", "时间", "日期", "开始时间"];
const ENDS: [&str; 9] = ["end", "ended", "endedat", "endtime", "finished", "finishedat", "finishtime", "结束时间", "完成时间"];
const DURATIONS: [&str; 9] =
    ["duration", "seconds", "latency", "elapsed", "requesttime", "responsetime", "durationseconds", "耗时", "时长"];
const STATUSES: [&str; 10] =
    ["status", "statuscode", "httpstatus", "httpstatuscode", "responsestatus", "responsecode", "scstatus", "httpcode", "状态", "状态码"];
const COUNTS: [&str; 18] = [
    "calls",
    "callcount",
    "numberofcalls",
    "count",
    "requests",
    "requestcount",
    "quantity",
    "usage",
    "invocations",
    "hits",
    "total",
    "n",
    "调用次数",
    "调用量",
    "次数",
    "用量",
    "数量",
    "请求数",
];
/// Parts of names whose numbers are no number of calls.
const NO_COUNTS: [&str; 24] = [
    "id", "status", "code", "bytes", "size", "length", "port", "price", "cost", "amount", "charge", "rate", "percent", "year", "month",
    "day", "hour", "version", "level", "latency", "duration", "seconds", "time", "user",
];

/// The layout of a table or of JSON Lines that are no bill.
pub fn layout(format: Format, headings: &[String], sample: &[Vec<Vec<u8>>], asked: Asked<'_>) -> Result<Layout, FileErrorKind> {
    let columns = Columns { names: headings.iter().map(|heading| plain_name(heading)).collect(), sample };
    let missing: Vec<String> = asked.names().filter(|name| column_named(name, headings).is_none()).map(Into::into).collect();
    if !missing.is_empty() {
        return Err(FileErrorKind::MissingColumns { needed: missing });
    }
    let named = |name: Option<&str>| name.and_then(|name| column_named(name, headings));
    let end = named(asked.end).or_else(|| columns.named(&ENDS));
    let duration = asked.duration.and_then(|name| Some(Duration { column: column_named(name, headings)?, unit: unit_of(name) }));
    let duration = duration.or_else(|| columns.duration());
    let time = match named(asked.start) {
        Some(column) => Some(column),
        None => columns.time(headings, end)?,
    };
    if time.is_none() && (end.is_none() || duration.is_none()) {
        return Err(FileErrorKind::NoTimeColumn { headings: headings.iter().take(20).map(|heading| shortened(heading)).collect() });
    }
    if asked.purpose == Purpose::Replay && end.is_none() && duration.is_none() {
        return Err(FileErrorKind::NoDurationColumn);
    }
    let status = columns.named(&STATUSES);
    let taken: Vec<usize> = [time, end, status, duration.map(|duration| duration.column)].into_iter().flatten().collect();
    let count = match asked.purpose {
        Purpose::Usage => columns.count(headings, &taken)?,
        Purpose::Replay => Count::OnePerRow,
    };
    Ok(Layout { time, end, duration, status, count, ..Layout::new(format, headings) })
}

/// The column with this heading, compared in small letters and digits alone where none is the same.
fn column_named(name: &str, headings: &[String]) -> Option<usize> {
    let same = headings.iter().position(|heading| heading.trim() == name);
    same.or_else(|| headings.iter().position(|heading| plain_name(heading) == plain_name(name)))
}

/// The unit behind the name of a column: `latency_ms` has milliseconds. Seconds where there is none.
fn unit_of(heading: &str) -> DurationUnit {
    let lower = heading.trim().to_lowercase();
    match lower.rsplit_once('_') {
        Some((_, "ms")) => DurationUnit::Milliseconds,
        Some((_, "us")) => DurationUnit::Microseconds,
        _ => DurationUnit::Seconds,
    }
}

struct Columns<'a> {
    names: Vec<String>,
    sample: &'a [Vec<Vec<u8>>],
}

impl Columns<'_> {
    fn named(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|heading| heading == name))
    }

    /// A column of durations. Its unit stands behind its name.
    fn duration(&self) -> Option<Duration> {
        let units = [
            ("", DurationUnit::Seconds),
            ("s", DurationUnit::Seconds),
            ("ms", DurationUnit::Milliseconds),
            ("us", DurationUnit::Microseconds),
        ];
        DURATIONS.into_iter().find_map(|name| {
            units.into_iter().find_map(|(ending, unit)| {
                let column = self.names.iter().position(|heading| heading.strip_prefix(name) == Some(ending))?;
                Some(Duration { column, unit })
            })
        })
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &[u8]> {
        let cells = self.sample.iter().filter_map(move |row| row.get(column)).map(Vec::as_slice);
        cells.filter(|cell| !matches!(cell.trim_ascii(), b"" | b"-" | b"NULL" | b"null"))
    }

    /// Whether most of the filled cells are as they should be.
    fn mostly(&self, column: usize, is: impl Fn(&[u8]) -> bool) -> bool {
        let (mut all, mut fitting) = (0, 0);
        for cell in self.cells(column) {
            all += 1;
            fitting += usize::from(is(cell));
        }
        fitting > 0 && fitting * 2 > all
    }

    fn time(&self, headings: &[String], end: Option<usize>) -> Result<Option<usize>, FileErrorKind> {
        let is_time = |cell: &[u8]| times::read(cell).is_some();
        let by_unit = |name: &&str| {
            let starts = self
                .names
                .iter()
                .position(|heading| heading.strip_prefix(name).is_some_and(|ending| matches!(ending, "" | "ms" | "us" | "utc")));
            starts.filter(|&column| self.cells(column).any(is_time))
        };
        if let Some(column) = STARTS.iter().find_map(by_unit) {
            return Ok(Some(column));
        }
        // By content, numbers could be anything, unless their name speaks of a time.
        let speaks_of_time = |column: usize| {
            let name = self.names.get(column).map(String::as_str).unwrap_or_default();
            ["time", "date", "时间", "日期"].iter().any(|part| name.contains(part)) || name.ends_with("at")
        };
        let is_date = |cell: &[u8]| is_time(cell) && !cell.iter().all(|&byte| byte.is_ascii_digit() || byte == b'.');
        let candidates: Vec<usize> = (0..self.names.len())
            .filter(|&column| Some(column) != end)
            .filter(|&column| self.mostly(column, is_date) || (speaks_of_time(column) && self.mostly(column, is_time)))
            .collect();
        match candidates[..] {
            [] => Ok(None),
            [column] => Ok(Some(column)),
            _ => Err(ambiguous(Wanted::Time, &candidates, headings)),
        }
    }

    fn count(&self, headings: &[String], taken: &[usize]) -> Result<Count, FileErrorKind> {
        let is_number = |cell: &[u8]| Quantity::parse(cell).is_some();
        // A name counts unless all cells contradict it.
        let may_be = |column: &usize| self.cells(*column).next().is_none() || self.cells(*column).any(is_number);
        if let Some(column) = self.named(&COUNTS).filter(may_be) {
            return Ok(Count::Column(column));
        }
        let is_other = |column: usize| {
            let heading = headings.get(column).map(|heading| heading.to_lowercase()).unwrap_or_default();
            let words: Vec<String> = words(&heading);
            words.iter().any(|word| NO_COUNTS.contains(&word.as_str()))
        };
        let candidates: Vec<usize> = (0..self.names.len())
            .filter(|column| !taken.contains(column) && !is_other(*column) && self.mostly(*column, is_number))
            .collect();
        let names_calls = |column: &&usize| {
            let name = self.names.get(**column).map(String::as_str).unwrap_or_default();
            ["calls", "requests", "次数"].iter().any(|part| name.contains(part))
        };
        let named: Vec<usize> = candidates.iter().filter(names_calls).copied().collect();
        match (&candidates[..], &named[..]) {
            ([], _) => Ok(Count::OnePerRow),
            ([column], _) | (_, [column]) => Ok(Count::Column(*column)),
            _ => Err(ambiguous(Wanted::Count, &candidates, headings)),
        }
    }
}

/// The words of a heading in lower case: `user_id` has two.
fn words(heading: &str) -> Vec<String> {
    heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Layout, FileErrorKind> {
        let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let headings: Vec<String> = rows.next().expect("headings").into_iter().map(Into::into).collect();
        let sample: Vec<Vec<Vec<u8>>> = rows.map(|row| row.into_iter().map(|cell| cell.as_bytes().to_vec()).collect()).collect();
        layout(Format::Csv, &headings, &sample, Asked::default())
    }

    /// The time and the count of a table.
    #[track_caller]
    fn check(text: &str, time: usize, count: Count) {
        let layout = table(text).expect(text);
        assert_eq!((layout.time, layout.count), (Some(time), count), "{text}");
    }

    #[test]
    fn finds_columns_by_name() {
        check("calls,date\n5,2026-01-01", 1, Count::Column(0));
        check("Date,Region,Requests,Bytes\n2026-01-01,7,5,900", 0, Count::Column(2));
        check("日期,调用次数\n2026年1月1日,5", 0, Count::Column(1));
        check("time,status,duration\n1767225600,200,5", 0, Count::OnePerRow);
        check("timestamp_ms,n\n1767225600000,1", 0, Count::Column(1));
    }

    #[test]
    fn finds_columns_by_content() {
        check("wann,wieviel\n2026-01-01,5\n2026-01-02,7", 0, Count::Column(1));
        check("x,y\nfoo,2026-01-01\nbar,2026-01-02", 1, Count::OnePerRow);
        check("user_id,http_port,seen_at\n5,80,1767225600", 2, Count::OnePerRow);
        check("day,value\n,\n2026-01-01,5", 0, Count::Column(1));
    }

    #[test]
    fn asks_where_columns_are_ambiguous() {
        let named = |text: &str, wanted, headings: [&str; 2]| {
            let headings = headings.map(Into::into).to_vec();
            assert_eq!(table(text), Err(FileErrorKind::AmbiguousColumns { wanted, headings }));
        };
        check("day,API calls,tokens\n2026-01-01,5,9", 0, Count::Column(1));
        named("opened,closed\n2026-01-01,2026-01-02", Wanted::Time, ["opened", "closed"]);
        named("date,small,large\n2026-01-01,5,7", Wanted::Count, ["small", "large"]);
        let headings = vec!["a".into(), "b".into()];
        assert_eq!(table("a,b\n1,2"), Err(FileErrorKind::NoTimeColumn { headings }));
    }

    #[test]
    fn finds_ends_and_durations() {
        let layout = table("started,ended,latency_ms\n2026-01-01 00:00:00,2026-01-01 00:00:01,1000").expect("a log");
        let duration = Duration { column: 2, unit: DurationUnit::Milliseconds };
        assert_eq!((layout.time, layout.end, layout.duration), (Some(0), Some(1), Some(duration)));
        let layout = table("elapsed_us,time\n5,2026-01-01 00:00:00").expect("a log");
        assert_eq!(layout.duration, Some(Duration { column: 0, unit: DurationUnit::Microseconds }));
    }
}
