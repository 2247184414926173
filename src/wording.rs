//! User-facing English.
//!
//! All sentences of the page, the documents and the command line, made from typed facts: errors, plan steps, insights and
//! notices. Stable codes belong to the facts themselves. Months, dates and amounts get their English form here too.

mod amounts;
mod answer;
mod assumptions;
mod calendar;
pub mod charts;
pub mod columns;
pub mod cover;
pub mod embed;
mod errors;
mod examples;
pub mod export;
pub mod form;
mod insights;
pub mod lines;
mod links;
pub mod list_price;
mod numbers;
pub mod own_plan;
pub mod page;
mod price_changes;
pub mod price_list;
pub mod question;
pub mod share;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod site;
mod steps;
mod typed_dates;
mod units;
#[cfg(feature = "usage-files")]
mod usage_files;

pub use amounts::{DASH, cost_on_axis, extra_cost, money, money_on_axis, share};
pub use answer::*;
pub use assumptions::{Assumption, assumptions, estimate_assumptions, line_assumptions, note_label, slots_assumption};
pub use calendar::{day, first_day, month_label, month_name, month_title};
pub use errors::{Expected, entry_sentence, error_list, error_sentence, misread_sentence};
pub use examples::{TWO_EXAMPLES, example_answer, example_of_month, example_of_year};
pub use insights::{
    REGRET_NOTE, above_maximum_sentence, blocking_sentence, break_even_sentence, cliff_sentence, included_slots_sentence, kind_name,
    larger_volumes_sentence, left_out_sentence, leftover_sentence, other_reading_sentence, range_sentence, regret_cell, regret_head,
    regret_sentence, safest_sentence, without_free_calls_sentence,
};
pub use links::{ignored_sentence, no_link_sentence, price_check_sentence};
pub use numbers::{calls, grouped, grouped_decimal, on_axis, units};
pub use price_changes::change_sentence;
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use steps::{PlanOf, Step, StepLine, expires, packages, refund_note, refundable_until, steps, steps_of};
pub use typed_dates::{typed_date, typed_month};
pub use units::in_unit;
#[cfg(feature = "usage-files")]
pub use usage_files::{file_error_sentence, file_note_sentence};
