//! Entry errors: why the text in a field of the form gives no value.
//!
//! The rules of a scenario are the builder's; what a field adds is that its text must be readable. Sentences are made in
//! [`wording`](crate::wording), which knows what each field asks for.

use crate::problem::ErrorKind;
use crate::typed_number::Misread;

/// Why a field has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryError {
    /// The text is not a number that can be read.
    Misread(Misread),
    /// The rules refuse the value.
    Refused(ErrorKind),
    /// A percentage has more decimals than a share can have.
    TooManyDecimals,
    /// All twelve months are blank.
    NoMonths,
    /// Peaks are in no month, or in all twelve.
    NoPeaks,
    /// Slots are neither one number nor twelve.
    NeitherOneNorTwelve,
}
