//! `callmix replay`: the slots that the calls of a log need.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use callmix::file_reports;
use callmix::money::Decimal;
use callmix::price_book::PriceBook;
use callmix::replay::{DurationUnit, MOST_CALLS, ReplayOptions, ReplayReader, TimeIs};
use callmix::usage_files::{self, DateOrder};

use super::arguments::Arguments;
use super::files;
use super::usage::{CommandOutput, ZONES};

/// Runs the command.
///
/// # Errors
/// The arguments are wrong.
pub fn run(arguments: &[&str], _: &PriceBook) -> Result<CommandOutput, String> {
    let options = ["--accepted-failure", "--slots", "--zone", "--start", "--duration", "--end", "--unit", "--time", "--dates"];
    let arguments = Arguments::read(arguments, &options, &[])?;
    let column = |option: &str| arguments.text(option).map(Into::into);
    let share = |text: &str| Decimal::parse(text).filter(|share| *share < Decimal::from(1));
    let accepted_failure = arguments.value("--accepted-failure", "a share from 0 to below 1, such as 0.01", share)?;
    let slots = arguments.value("--slots", "a whole number of slots", |text| text.parse::<u32>().ok().filter(|&slots| slots > 0))?;
    let options = ReplayOptions {
        accepted_failure: accepted_failure.unwrap_or(ReplayOptions::default().accepted_failure),
        slots,
        zone: arguments.value("--zone", ZONES, usage_files::zone)?,
        start: column("--start"),
        duration: column("--duration"),
        end: column("--end"),
        unit: arguments.value("--unit", "s, ms or us", |text| match text {
            "s" => Some(DurationUnit::Seconds),
            "ms" => Some(DurationUnit::Milliseconds),
            "us" => Some(DurationUnit::Microseconds),
            _ => None,
        })?,
        time: arguments.value("--time", "start or end", |text| match text {
            "start" => Some(TimeIs::Start),
            "end" => Some(TimeIs::End),
            _ => None,
        })?,
        dates: arguments.value("--dates", "dmy or mdy", DateOrder::from_code)?,
    };
    if io::stderr().is_terminal() {
        super::complain(&format!("callmix: a replay can have up to {MOST_CALLS} calls\n"));
    }
    let mut reader = ReplayReader::new(options);
    files::read_all(&arguments.files, &mut reader);
    Ok(match reader.finish() {
        Ok(report) => (file_reports::replay_json(&report), ExitCode::SUCCESS),
        Err(errors) => (file_reports::errors_json(&errors), ExitCode::FAILURE),
    })
}
