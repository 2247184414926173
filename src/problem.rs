//! Validation errors: which field is invalid, and why.
//!
//! A [`ValidationError`] is a fact with a stable code. Sentences for people are made in [`wording`](crate::wording).
//! Validation collects all errors of a document, in the order of the document.

use crate::money::Decimal;

/// The hours of a month of 31 days.
pub const HOURS_OF_LONGEST_MONTH: u64 = 744;
/// The most characters of a given name or value that an error repeats.
const MOST_REPEATED: usize = 60;

/// An error of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    /// The path of the field: `usage.monthly[3]` is month 4. Empty for the whole document.
    pub field: String,
    /// Why it is invalid.
    pub kind: ErrorKind,
}

/// Why a field is invalid, with the values that a sentence about it needs.
#[expect(missing_docs, reason = "each variant's sentence names its fields")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The text stops being JSON at this line and column, both counted from 1.
    NotJson { line: usize, column: usize },
    /// The text is encoded as UTF-16, and JSON is UTF-8.
    Utf16,
    /// A required field is missing; `needed` names it, or the fields to choose from.
    Missing { needed: &'static str },
    /// The object has no such field; it has the `known` ones.
    UnknownField { known: &'static [&'static str] },
    /// Two fields that exclude each other.
    OnlyOneOf { fields: &'static [&'static str] },
    /// A value of another kind than `expected`.
    WrongType { expected: Kind, given: Given },
    /// A number with a point or an exponent instead of a whole number of this range.
    NotAWholeNumber(WholeRange),
    /// A whole number outside of this range.
    OutOfRange(WholeRange),
    /// A month with calls and without slots, though its calls need some.
    MonthWithoutSlots,
    /// A list of another length than twelve.
    NotTwelveMonths { given: usize },
    /// A list with more entries than `most`.
    TooManyEntries { most: u64 },
    /// The twelve months add up to more than `most` calls.
    YearAboveLimit { most: u64 },
    /// Text that is not a decimal number with at most 12 digits before the point and 9 after it.
    MalformedDecimal,
    /// Text that is not a percentage with at most two decimals.
    MalformedPercentage,
    /// A percentage above 100.
    PercentageAboveHundred,
    /// A decimal outside the range of its field.
    DecimalOutOfRange { allowed: Allowed },
    /// Text that is not a calendar month written as `2027-01`.
    MalformedMonth,
    /// Text that is not a day written as `2027-01-31`.
    MalformedDate,
    /// Text that is not the hash of a price book.
    MalformedHash,
    /// Text with more characters than `most`.
    TooLong { most: usize },
    /// Text with a character that could disguise other text.
    UnusableCharacter,
    /// Text that is neither a link nor a JSON estimate.
    NotOpenable,
    /// Text that is not one of the `known` values.
    UnknownValue { known: &'static [&'static str] },
    /// A field, tier, size or id that is given twice.
    Duplicate,
    /// A tier that starts below the one before it.
    Unsorted,
    /// A text or list that must not be empty.
    Empty,
    /// A service with no packages, no tiers and no concurrent billing.
    NothingOffered,
    /// Tiers without one from the lowest `start`.
    NoTierFrom { start: u64 },
    /// A number that is not 1, 10, 100 and so on, up to `most`.
    NotAPowerOfTen { most: u64 },
    /// Prices of one service with more digits between the largest and the smallest decimal than can be computed exactly.
    TooManyDigits,
    /// A link that does not start with `https://`.
    NotHttps,
    /// The price book has no service with this id; it has the `known` ones and `further` more.
    UnknownService { known: Vec<String>, further: usize },
    /// The price book has no API group with this name; it has the `known` ones.
    UnknownGroup { known: Vec<String> },
    /// A service whose concurrent billing differs from that of its API group, or whose id is the name of a group.
    ConflictingGroup,
    /// A discount on slots that differs within an API group.
    ConflictingDiscount,
    /// The service has no API with this id; it has the `known` ones.
    UnknownApi { known: Vec<String> },
    /// The service has no package of this size; it has the `known` ones.
    UnknownPackage { known: Vec<u64> },
    /// The packages of a plan have more than `most` calls together.
    OrderAboveLimit { most: u64 },
    /// The service has no concurrent billing.
    NotOffered,
    /// The number of slots that the month needs is not known.
    SlotsUnknown,
    /// The month needs more than the `most` slots that are sold.
    SlotsAboveMaximum { most: u64 },
    /// Packages that expire within the horizon.
    UnsupportedValidity { least_months: u64 },
    /// Package sizes whose best-value package is too large a multiple of their common divisor.
    UnsupportedSizes { most: u64 },
    /// A discount that makes every package free, so that the largest one is the best value and has too many grains.
    UnsupportedDiscount,
    /// A busiest hour with too many calls to count its slots.
    LoadTooLarge,
    /// Amounts with more digits than can be computed exactly.
    AmountTooLarge,
    /// No plan covers every call.
    NoPlan,
    /// No plan covers every call, because a month needs more than the `most` calls at the same time that the service allows.
    NoPlanAtOnce { most: u64 },
}

impl ErrorKind {
    /// The code in JSON, which stays stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } | Self::Utf16 => "not_json",
            Self::Missing { .. } | Self::NoTierFrom { .. } => "missing",
            Self::UnknownField { .. } | Self::UnknownGroup { .. } => "unknown_field",
            Self::OnlyOneOf { .. } => "only_one_of",
            Self::WrongType { .. } => "wrong_type",
            Self::NotAWholeNumber(_) => "not_a_whole_number",
            Self::OutOfRange(_)
            | Self::TooManyEntries { .. }
            | Self::YearAboveLimit { .. }
            | Self::DecimalOutOfRange { .. }
            | Self::NotAPowerOfTen { .. }
            | Self::OrderAboveLimit { .. }
            | Self::MonthWithoutSlots
            | Self::PercentageAboveHundred => "out_of_range",
            Self::NotTwelveMonths { .. } => "wrong_length",
            Self::MalformedDecimal | Self::MalformedPercentage => "malformed_decimal",
            Self::MalformedMonth => "malformed_month",
            Self::MalformedDate => "malformed_date",
            Self::MalformedHash => "malformed_hash",
            Self::TooLong { .. } => "too_long",
            Self::UnusableCharacter => "unusable_character",
            Self::NotOpenable => "not_openable",
            Self::UnknownValue { .. } => "unknown_value",
            Self::Duplicate => "duplicate",
            Self::Unsorted => "unsorted",
            Self::Empty | Self::NothingOffered => "empty",
            Self::NotHttps => "not_https",
            Self::UnknownService { .. } => "unknown_service",
            Self::UnsupportedValidity { .. } => "unsupported_validity",
            Self::UnsupportedSizes { .. } | Self::UnsupportedDiscount => "unsupported_sizes",
            Self::UnknownPackage { .. } => "unknown_package",
            Self::NotOffered => "not_offered",
            Self::SlotsUnknown => "slots_unknown",
            Self::SlotsAboveMaximum { .. } => "slots_above_maximum",
            Self::TooManyDigits => "too_many_digits",
            Self::ConflictingGroup => "conflicting_group",
            Self::ConflictingDiscount => "conflicting_discount",
            Self::UnknownApi { .. } => "unknown_api",
            Self::LoadTooLarge => "load_too_large",
            Self::AmountTooLarge => "amount_too_large",
            Self::NoPlan | Self::NoPlanAtOnce { .. } => "no_plan",
        }
    }
}

/// The kind of value that a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An object: `{…}`.
    Object,
    /// A list: `[…]`.
    List,
    /// Text: `"…"`.
    Text,
    /// A decimal number in text: `"4.80"`.
    DecimalText,
    /// A whole number: `300`.
    WholeNumber,
    /// `true` or `false`.
    Switch,
    /// A whole number, or a list of twelve of them.
    OneOrTwelve,
}

/// A value of the wrong kind, as it was given. Long numbers and texts are shortened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// `null`.
    Null,
    /// `true` or `false`.
    Switch(bool),
    /// A number, as it was written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List,
    /// An object.
    Object,
}

/// The range of a decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Above 0.
    Positive,
    /// Above 0 and at most 1.
    Share,
    /// Above 0 and below 1.
    ProperShare,
    /// Above 0 and at most the hours of the longest month.
    HoursOfMonth,
}

impl Allowed {
    /// Whether `number` is in the range.
    pub fn contains(self, number: Decimal) -> bool {
        !number.is_zero()
            && match self {
                Self::Positive => true,
                Self::Share => number <= Decimal::from(1),
                Self::ProperShare => number < Decimal::from(1),
                Self::HoursOfMonth => number <= Decimal::from(HOURS_OF_LONGEST_MONTH),
            }
    }
}

/// A range of whole numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WholeRange {
    /// The least of them.
    pub least: u64,
    /// The largest of them.
    pub most: u64,
}

impl WholeRange {
    /// The range from `least` to `most`.
    pub const fn new(least: u64, most: u64) -> Self {
        Self { least, most }
    }

    /// Whether `number` is in the range.
    pub fn contains(self, number: u64) -> bool {
        (self.least..=self.most).contains(&number)
    }
}

/// A given name or value as errors repeat it: at most 60 characters, the last of them an ellipsis where it was longer.
///
/// ```
/// use callmix::problem::shortened;
/// assert_eq!(shortened("calls"), "calls");
/// assert_eq!(shortened(&"x".repeat(1_000_000)), format!("{}…", "x".repeat(59)));
/// ```
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_REPEATED) {
        None => text.into(),
        Some(_) => text.chars().take(MOST_REPEATED - 1).chain(['…']).collect(),
    }
}
