//! Does the engine answer exactly?
//!
//! One binary for all tests that go through the engine's public door; what a module can say of itself is tested at
//! its foot.

mod brute_force;
mod command_line;
mod contract;
mod laws;
mod tables;
