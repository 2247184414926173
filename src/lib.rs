//! Callmix calculates the cheapest way to pay for a year of API calls.
//!
//! A provider sells API calls as prepaid packages, as postpaid calls priced by monthly volume, and as concurrent slots
//! priced by the month. The engine finds the plan with the lowest total over twelve months, exactly, and settles it
//! month by month:
//!
//! ```text
//! scenario ──► slots per month ──► plan ─────► ledger ──────► quote, insights
//! (input)      (capacity)          (planner)   (settlement)   (output)
//! ```
//!
//! [`quote::quote`] is the only entry point. The engine is pure: it has no clock, environment, input, output or global
//! state, and no binary floating point near a price. Reading a price book or a scenario can fail and returns every
//! validation error at once. Whatever passed validation can be planned and settled without a panic.
//!
//! # Example
//!
//! ```
//! use callmix::json_lines::answer;
//! use callmix::price_book::PriceBook;
//! let answer = answer(r#"{"usage": {"yearly": 300}}"#, &PriceBook::built_in().unwrap()).unwrap();
//! assert!(answer.contains(r#""total":"1260.00""#));
//! ```
//!
//! # Glossary
//!
//! | term | meaning |
//! |---|---|
//! | price book | a dated set of services and their prices |
//! | package | a number of prepaid calls at one price, valid for a year or more |
//! | package call | a call paid by a package |
//! | package balance | the package calls left |
//! | owned package | a package bought before the horizon |
//! | free quota | calls that cost nothing and are used first |
//! | credits | free quota and owned packages together |
//! | tier | a range of monthly calls, from its start (inclusive), with one unit price |
//! | volume pricing | all postpaid calls of a month have the unit price of the tier that the month reaches |
//! | slot | the right to run one call at a time, for a month, in concurrent billing |
//! | horizon | the twelve billing months that are planned |
//! | settlement | closing a month: deciding what pays for each call |
//! | price, charge, total | money; `calls` and `count` are numbers of things |
//!
//! # Modules, in reading order

pub mod money;
pub mod order;
pub mod problem;

pub mod json;

pub mod date;

pub mod price_book;

pub mod usage;

pub mod capacity;

pub mod settlement;

pub mod planner;

pub mod ledger;

pub mod scenario;

pub mod sizing;

pub mod insight;

pub mod list_price;
pub mod own_plan;
pub mod quote;

pub mod estimate;

pub mod typed_number;

pub mod entry;

pub mod pasted;

pub mod notes;

pub mod link;

pub mod import;

#[cfg(feature = "usage-files")]
pub mod usage_files;

#[cfg(feature = "usage-files")]
pub mod replay;

pub mod wording;

pub mod month_columns;

pub mod html;

pub mod recommendation;

pub mod export;

#[cfg(feature = "qr")]
pub mod qr;

pub mod json_lines;

#[cfg(feature = "usage-files")]
pub mod file_reports;

#[cfg(feature = "js")]
pub mod js;

#[cfg(feature = "preview")]
pub mod preview;

#[cfg(feature = "app")]
pub mod app;

#[cfg(feature = "ssr")]
pub mod site;
