//! Detection: which format a text has, by its beginning, and how it is divided into rows.

use super::access_log::{self, LogRows};
use super::json_rows::{self, JsonRows};
use super::layout::{Asked, Count, Duration, DurationUnit, Layout};
use super::problem::FileErrorKind;
use super::row_parser::RowParser;
use super::rows::{MOST_ROW, ParsedRow, RowSink};
use super::table::{self, SEPARATORS, SampleRows, TableRows};
use super::{Format, bills, input, plain, times};

/// The rows that columns are found by.
const SAMPLE: usize = 200;

/// How a text is to be read.
pub struct Detected {
    /// Divides it into rows.
    pub parser: RowParser,
    /// What the cells mean.
    pub layout: Layout,
}

/// Finds out what the text is that begins like this.
///
/// # Errors
/// It is no usage file, or none of the format that was asked for.
pub fn detect(beginning: &[u8], is_whole: bool, forced: Option<Format>, asked: Asked<'_>) -> Result<Detected, FileErrorKind> {
    if beginning.iter().all(u8::is_ascii_whitespace) {
        return Err(if is_whole { FileErrorKind::Empty } else { FileErrorKind::RowTooLong { most: MOST_ROW } });
    }
    let lines = || beginning.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    if !is_whole && memchr::memchr2(b'\n', b'\r', beginning.trim_ascii_start()).is_none() {
        return Err(FileErrorKind::RowTooLong { most: MOST_ROW });
    }
    // A log may begin in the middle of a line.
    let (objects, all) = lines().take(20).fold((0, 0), |(objects, all), line| (objects + usize::from(line.starts_with(b"{")), all + 1));
    let is_json = objects * 2 > all || (objects > 0 && all <= 2);
    let is_log = lines().take(20).any(|line| access_log::cells_of(line).is_some());
    match forced {
        Some(Format::Jsonl) => json(beginning, asked),
        Some(Format::AccessLog) => Ok(log()),
        None if is_json => json(beginning, asked),
        None if is_log => Ok(log()),
        _ => table(beginning, is_whole, forced, asked),
    }
}

fn log() -> Detected {
    let headings: Vec<String> = access_log::COLUMNS.map(Into::into).to_vec();
    let duration = Some(Duration { column: 2, unit: DurationUnit::ByFraction });
    let layout = Layout { time: Some(0), status: Some(1), duration, ..Layout::new(Format::AccessLog, &headings) };
    Detected { parser: RowParser::Log(LogRows::default()), layout }
}

fn json(beginning: &[u8], asked: Asked<'_>) -> Result<Detected, FileErrorKind> {
    let mut names = json_rows::field_names(beginning, SAMPLE);
    for name in asked.names() {
        if !names.iter().any(|known| known == name) {
            names.push(name.into());
        }
    }
    let mut sample = Sample(Vec::new());
    // The last line of a beginning may be cut off; a row that cannot be read is no part of the sample.
    let cut = beginning.split(|&byte| byte == b'\n').take(SAMPLE).collect::<Vec<_>>().join(&b'\n');
    let mut rows = RowParser::Json(JsonRows::new(names.clone()));
    // A row that is too long is reported with its number once the file is read.
    let _ = rows.feed(&cut, &mut sample).and_then(|()| rows.finish(&mut sample));
    let layout = plain::layout(Format::Jsonl, &names, &sample.0, asked)?;
    // Reads no more fields than are needed.
    let mut used: Vec<usize> = [layout.time, layout.end, layout.status, layout.duration.map(|duration| duration.column)]
        .into_iter()
        .chain([if let Count::Column(column) = layout.count { Some(column) } else { None }])
        .flatten()
        .collect();
    used.sort_unstable();
    used.dedup();
    let place = |column: usize| used.iter().position(|&used| used == column).unwrap_or_default();
    let headings: Vec<String> = used.iter().filter_map(|&column| names.get(column).cloned()).collect();
    let narrow = Layout {
        time: layout.time.map(place),
        end: layout.end.map(place),
        status: layout.status.map(place),
        duration: layout.duration.map(|duration| Duration { column: place(duration.column), ..duration }),
        count: if let Count::Column(column) = layout.count { Count::Column(place(column)) } else { layout.count },
        headings: headings.clone(),
        ..layout
    };
    Ok(Detected { parser: RowParser::Json(JsonRows::new(headings)), layout: narrow })
}

struct Sample(SampleRows);

impl RowSink for Sample {
    fn row(&mut self, row: ParsedRow<'_>, _: u64) -> Result<(), FileErrorKind> {
        if let ParsedRow::Cells(record) = row {
            self.0.push((0..record.width()).map(|column| record.cell(column).to_vec()).collect());
        }
        Ok(())
    }
}

fn table(beginning: &[u8], is_whole: bool, forced: Option<Format>, asked: Asked<'_>) -> Result<Detected, FileErrorKind> {
    let mut best: Option<(usize, u8, SampleRows)> = None;
    for separator in SEPARATORS {
        let rows = table::first_rows(beginning, separator, SAMPLE, is_whole)?;
        let width = rows.first().map_or(0, Vec::len);
        // A separator fits if it divides the heading and the rows into as many cells.
        let fitting = rows.iter().filter(|row| row.len() == width).count();
        let score = if width > 1 { fitting * 1_000 + width.min(999) } else { 0 };
        if best.as_ref().is_none_or(|(most, ..)| score > *most) {
            best = Some((score, separator, rows));
        }
    }
    let Some((_, separator, mut rows)) = best else { return Err(FileErrorKind::Empty) };
    if rows.is_empty() {
        return Err(FileErrorKind::RowTooLong { most: MOST_ROW });
    }
    // A first row with a time in it is no heading.
    let has_heading = !rows.first().is_some_and(|row| row.iter().any(|cell| times::read(cell).is_some()));
    let headings: Vec<String> = match has_heading {
        true => rows.remove(0).iter().map(|cell| input::cell_text(cell)).collect(),
        false => (1..=rows.first().map_or(0, Vec::len)).map(|column| column.to_string()).collect(),
    };
    if has_heading && rows.is_empty() && is_whole {
        let is_known = bills::of_table(&headings, &rows, None, asked).is_ok() || headings.len() > 1;
        return Err(if is_known { FileErrorKind::HeadingsOnly } else { no_time(&headings) });
    }
    let layout = bills::of_table(&headings, &rows, forced, asked)?;
    let parser = RowParser::Table(Box::new(TableRows::new(separator, Some(headings.len()), has_heading)));
    Ok(Detected { parser, layout })
}

fn no_time(headings: &[String]) -> FileErrorKind {
    FileErrorKind::NoTimeColumn { headings: headings.iter().map(|heading| crate::problem::shortened(heading)).collect() }
}
