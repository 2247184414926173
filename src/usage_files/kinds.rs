//! Kinds of rows: which are usage, and which are calls that failed.

use super::layout::Layout;
use super::rows::Record;
use super::{Format, input};

/// Whether a status says that the call failed.
pub fn is_failed(status: &[u8]) -> bool {
    matches!(status, [b'4'..=b'9', rest @ ..] if rest.len() == 2 && rest.iter().all(u8::is_ascii_digit))
}

/// Whether a row is usage, as its bill says, and no credit, tax, purchase, refund or unused reservation.
pub fn is_usage(layout: &Layout, record: &Record<'_>) -> bool {
    let Some(kind) = layout.kind else { return true };
    let kind = record.filled(kind).unwrap_or_default();
    let is_any = |kinds: &[&str]| kinds.iter().any(|known| kind.eq_ignore_ascii_case(known.as_bytes()));
    match layout.format {
        Format::Focus => {
            let commitment = layout.commitment_status.and_then(|column| record.filled(column));
            is_any(&["Usage"]) && !commitment.is_some_and(|status| status.eq_ignore_ascii_case(b"Unused"))
        }
        Format::Aws => is_any(&["Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"]),
        Format::Azure => is_any(&["Usage"]),
        Format::Tencent => !is_purchase(&input::cell_text(kind)),
        Format::Csv | Format::Jsonl | Format::AccessLog => true,
    }
}

/// Whether a type of transaction of Tencent's bills is no usage.
fn is_purchase(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    let marks = ["purchase", "renew", "upgrad", "downgrad", "refund", "adjust", "购", "续", "升", "降", "退", "调整", "调账"];
    marks.iter().any(|mark| kind.contains(mark))
}
