//! Rows that several parts of an answer have: a month of a line, a month of a group, and a volume that is left out.

use serde::Serialize;

use crate::insight::error_code;
use crate::ledger::{MonthRow, as_list, as_text, as_text_or_null, is_none, mode_code};
use crate::money::{Decimal, Money};
use crate::problem::ErrorKind;
use crate::settlement::{Mode, PostpaidRates};

/// A month of a line: the [month](MonthRow) of a quote without what the group pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields of a month")]
pub struct LineMonth {
    pub month: u32,
    #[serde(serialize_with = "mode_code")]
    pub mode: Mode,
    pub calls: u64,
    pub free: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_monthly: Option<u64>,
    pub prepaid: u64,
    pub postpaid: u64,
    #[serde(serialize_with = "as_text_or_null")]
    pub unit_price: Option<Decimal>,
    #[serde(skip_serializing_if = "is_none", serialize_with = "as_list")]
    pub postpaid_rates: PostpaidRates,
    #[serde(serialize_with = "as_text")]
    pub postpaid_charge: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_on_slots: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    pub add_on_charge: Option<Money>,
    #[serde(serialize_with = "as_text")]
    pub package_charge: Money,
    #[serde(serialize_with = "as_text")]
    pub charge: Money,
    pub prepaid_left: u64,
    pub expired: u64,
}

impl LineMonth {
    /// The month of a ledger, with all its calls.
    pub(super) fn of(row: MonthRow, calls: u64) -> Self {
        Self {
            month: row.month,
            mode: row.mode,
            calls,
            free: row.free,
            free_monthly: row.free_monthly,
            prepaid: row.prepaid,
            postpaid: row.postpaid,
            unit_price: row.unit_price,
            postpaid_rates: row.postpaid_rates,
            postpaid_charge: row.postpaid_charge,
            add_on_slots: row.add_on_slots,
            add_on_charge: row.add_on_charge,
            package_charge: row.package_charge,
            charge: row.charge,
            prepaid_left: row.prepaid_left,
            expired: row.expired,
        }
    }
}

/// A month of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupMonth {
    /// The month, 1 to 12.
    pub month: u32,
    /// The billing mode of all services of the group.
    #[serde(serialize_with = "mode_code")]
    pub mode: Mode,
    /// Slots paid for.
    pub slots: u64,
    /// The charge for them.
    #[serde(serialize_with = "as_text")]
    pub charge: Money,
}

/// A volume that cannot be calculated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOutPercent {
    /// Of the given volume.
    pub percent: u64,
    /// Why an answer for it is an error.
    #[serde(serialize_with = "error_code")]
    pub reason: ErrorKind,
}
