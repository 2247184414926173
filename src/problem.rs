//! What can be wrong with what was asked?
//!
//! A [`ValidationError`] is a fact: a field and a [`ErrorKind`]. The codes and the sentences for people are made in
//! [`wording`](crate::wording). All problems of a document are collected, in the order of the document.

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    /// Where: `usage.monthly[3]` is month 4. Empty where it is the whole document.
    pub field: String,
    /// What.
    pub kind: ErrorKind,
}

/// What is wrong, with what is needed to say what would be right.
#[expect(missing_docs, reason = "each variant's sentence names its fields")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The text is no JSON, from this place on (both from 1).
    NotJson { line: usize, column: usize },
    /// A required field is not there; `needed` names it, or the choice of fields.
    Missing { needed: &'static str },
    /// No such field here; these are known.
    UnknownField { known: &'static [&'static str] },
    /// Two fields that exclude each other.
    OnlyOneOf { fields: &'static [&'static str] },
    /// A value of another kind than `expected`.
    WrongType { expected: Kind },
    /// A fraction, or a whole number written as one, where a whole number belongs.
    NotAWholeNumber { least: u64, most: u64 },
    /// A number outside `least..=most`.
    OutOfRange { least: u64, most: u64 },
    /// A list of another length than twelve.
    NotTwelveMonths { given: usize },
    /// A list with more entries than `most`.
    TooManyEntries { most: u64 },
    /// The twelve months add up to more than `most` calls.
    YearAboveLimit { most: u64 },
    /// Text that is no decimal number of the form that prices have.
    MalformedDecimal,
    /// A percentage with more than two decimals, or no decimal number at all.
    MalformedPercentage,
    /// A percentage above 100.
    PercentageAboveHundred,
    /// A decimal outside what its field allows.
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
    /// Text that is neither JSON nor a link.
    NotOpenable,
    /// A value that no field of this kind has; these are known.
    UnknownValue { known: &'static [&'static str] },
    /// A field, tier, size or identifier given twice.
    Duplicate,
    /// A tier that starts below the one before it.
    Unsorted,
    /// Nothing where something is needed.
    Empty,
    /// A service with no packages, no tiers and no concurrent billing.
    NothingOffered,
    /// No tier that starts from 0.
    NoTierFromZero,
    /// A link that does not start with `https://`.
    NotHttps,
    /// No service of the price book has this identifier.
    UnknownService { known: Vec<String> },
    /// Packages valid for less than the horizon.
    UnsupportedValidity { least_months: u64 },
    /// Package sizes whose best-value package has too many grains.
    UnsupportedSizes { most: u64 },
    /// A discount that makes every package free, where the largest then has too many grains.
    UnsupportedDiscount,
    /// A busy hour needs more slots than can be counted.
    LoadTooLarge,
    /// Amounts with more digits than can be computed exactly.
    AmountTooLarge,
    /// No plan settles every call.
    NoPlan,
}

impl ErrorKind {
    /// The stable code of the contract.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::Missing { .. } | Self::NoTierFromZero => "missing",
            Self::UnknownField { .. } => "unknown_field",
            Self::OnlyOneOf { .. } => "only_one_of",
            Self::WrongType { .. } => "wrong_type",
            Self::NotAWholeNumber { .. } => "not_a_whole_number",
            Self::OutOfRange { .. }
            | Self::TooManyEntries { .. }
            | Self::YearAboveLimit { .. }
            | Self::DecimalOutOfRange { .. }
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
            Self::LoadTooLarge => "load_too_large",
            Self::AmountTooLarge => "amount_too_large",
            Self::NoPlan => "no_plan",
        }
    }
}

/// What kind of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    List,
    /// `"…"`
    Text,
    /// A decimal number as text.
    DecimalText,
    /// A number without a point.
    WholeNumber,
    /// `true` or `false`
    Switch,
    /// A whole number, or a list of twelve.
    OneOrTwelve,
}

/// The ranges that decimals are held to.
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
