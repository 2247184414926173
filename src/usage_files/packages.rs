//! Lists of packages: how many calls are left, and until when.

use super::input;
use super::layout::PackageColumns;
use super::quantities::{self, Quantity};
use super::rows::Record;
use super::times::{self, DAY, DateOrder, Span, Time};

/// The most packages that are kept.
pub const MOST_PACKAGES: usize = 10_000;

/// A package as its file lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedPackage {
    /// The last moment at which it can be used, in local time.
    pub until: i64,
    /// Calls left, rounded down as only whole calls can be made.
    pub calls: u64,
}

/// A row of a list of packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackageRow {
    /// It does not say what is left, or until when.
    Silent,
    /// It does.
    Package {
        /// What is left.
        left: Quantity,
        /// The number in front of its unit.
        factor: u64,
        /// Until when.
        until: Time,
        /// Its id.
        id: Option<Vec<u8>>,
    },
}

/// Reads a row; `None` where its cells cannot be read.
pub fn read(columns: PackageColumns, record: &Record<'_>, order: DateOrder) -> Option<PackageRow> {
    let (Some(left), Some(until)) = (record.filled(columns.left), record.filled(columns.until)) else {
        return Some(PackageRow::Silent);
    };
    // A unit may stand in a column, or behind the number.
    let digits = left.iter().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    let (number, own_unit) = left.split_at(digits);
    let unit = match own_unit {
        [] => columns.unit.and_then(|unit| record.filled(unit)).unwrap_or_default(),
        own => own,
    };
    let factor = quantities::factor(&input::cell_text(unit));
    let (left, until) = (Quantity::parse(number)?, times::read(until)?.in_order(order)?);
    let id = columns.id.and_then(|id| record.filled(id)).map(<[u8]>::to_vec);
    Some(PackageRow::Package { left, factor, until, id })
}

impl ListedPackage {
    /// A package with what is left of it, up to a time by the clock of its zone.
    pub fn new(left: Quantity, factor: u64, until: Time) -> Self {
        // A day is included, a moment is not.
        let until = if until.span == Span::Moment { until.local } else { until.local.saturating_add(DAY) };
        Self { until: until.saturating_sub(1), calls: left.rounded_down(factor) }
    }
}
