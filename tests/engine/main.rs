//! Does the engine answer exactly?
//!
//! One binary for all tests that go through the engine's public door; what a module can say of itself is tested at
//! its foot.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may end with a panic")]

mod brute_force;
mod command_line;
mod contract;
mod edges;
mod erlang;
mod estimates;
mod example_figures;
mod exports;
mod importing;
mod insights;
mod laws;
mod links;
mod regret;
mod tables;
mod volumes;
mod worlds;
