//! Tests of the engine through its public API, in one binary, because linking is slow.
//!
//! Tests of a module's private parts stand at the end of its file.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may end with a panic")]

mod apis;
mod brute_force;
mod command_line;
mod contract;
mod edges;
mod erlang;
mod estimate_exports;
mod estimates;
mod example_figures;
mod exported_estimates;
mod exports;
mod importing;
mod importing_several;
mod insights;
mod json;
mod laws;
mod link_keys;
mod links;
mod links_in_prose;
mod links_of_several;
mod list_prices;
mod own_plans;
mod price_models;
mod regret;
mod replays;
mod scenarios;
mod schemas;
mod second_language;
mod several_estimates;
mod several_services;
mod tables;
mod travelled_links;
mod unusable_files;
mod usage_files;
mod volumes;
mod worlds;

// second_language.rs compiles a file of the crate, whose paths begin here.
use callmix::{estimate, price_book, problem};
use second_language::wording;
