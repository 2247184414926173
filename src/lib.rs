//! Callmix answers one question: *I expect this many calls a year; what is the cheapest way to pay for them?*
//!
//! A provider sells API calls as prepaid packages, postpaid by monthly volume tier, and as concurrent slots by the
//! month. The engine finds the cheapest mix of the three over twelve months, exactly, and settles it month by month:
//!
//! ```text
//! scenario ──► slots per month ──► plan ──► followed through settle() ──► quote, insights
//! (asked)      (capacity)          (planner) (ledger, settlement)         (answered)
//! ```
//!
//! [`quote::quote`] is the only door. The engine is pure: no clock, no environment, no input or output, no global
//! state, and no binary float near a price. It is total behind its gates: reading a price book or a scenario can
//! fail, with every fault told at once; what passed can be planned and settled without panicking.
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
//! | word | meaning |
//! |---|---|
//! | price book | a dated set of services with their prices |
//! | package | prepaid calls of a certain size and price, valid for a year or more |
//! | tier | a stretch of monthly calls, from its start (inclusive), with one unit price for all billed calls |
//! | volume pricing | all billed calls of a month are charged at the unit price of the tier that the month reaches |
//! | free quota | calls that cost nothing; they are used first |
//! | owned package | a package that the account had before the horizon |
//! | prepaid balance | calls left in packages |
//! | slot | one task at once, in concurrent billing; unlimited calls |
//! | horizon | the twelve billing months that are planned |
//! | settlement | closing a month: who pays each call |
//! | charge, amount, price | money; `calls` and `count` are numbers of things |
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

pub mod quote;

pub mod typed_number;

pub mod notes;

pub mod link;

pub mod import;

pub mod wording;

pub mod html;

pub mod recommendation;

pub mod export;

#[cfg(feature = "qr")]
pub mod qr;

pub mod json_lines;

#[cfg(feature = "js")]
pub mod js;

#[cfg(feature = "preview")]
pub mod preview;

#[cfg(feature = "app")]
pub mod app;
