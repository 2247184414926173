//! Zones: by which clock a time counts.

use super::Format;
use super::times::{self, Span, Time};

/// The offset of times without one, where the format gives it.
pub fn zone_of_format(format: Format) -> Option<i32> {
    match format {
        Format::Focus | Format::Aws => Some(0),
        Format::Tencent => Some(8 * 3_600),
        _ => None,
    }
}

/// A time by the clock of the zone that was asked for, and the offset that it counts as.
///
/// A day or a month has no offset that could shift it.
pub fn in_zone(time: Time, zone: Option<i32>, of_format: Option<i32>) -> (Time, i32) {
    let offset = time.offset.or(of_format);
    let local = match (zone, offset) {
        (Some(zone), Some(offset)) if time.span == Span::Moment => time.local + i64::from(zone - offset) * times::SECOND,
        _ => time.local,
    };
    (Time { local, ..time }, zone.or(offset).unwrap_or(0))
}
