//! `callmix usage`: bills and logs as calls by month.

use std::process::ExitCode;

use callmix::file_reports;
use callmix::price_book::PriceBook;
use callmix::usage_files::{self, DateOrder, Filling, Format, UsageOptions, UsageReader};

use super::arguments::Arguments;
use super::files;

/// What a command writes to standard output, and its exit status.
pub type CommandOutput = (String, ExitCode);

/// Runs the command.
///
/// # Errors
/// The arguments are wrong.
pub fn run(arguments: &[&str], book: &PriceBook) -> Result<CommandOutput, String> {
    let arguments = Arguments::read(arguments, &["--format", "--zone", "--meter", "--dates"], &["--no-fill"])?;
    let options = UsageOptions {
        format: arguments.value("--format", &codes(), |text| Format::ALL.into_iter().find(|format| format.code() == text))?,
        zone: arguments.value("--zone", ZONES, usage_files::zone)?,
        meter: arguments.text("--meter").map(Into::into),
        dates: arguments.value("--dates", "dmy or mdy", DateOrder::from_code)?,
        filling: if arguments.has("--no-fill") { Filling::None } else { Filling::Average },
    };
    let mut reader = UsageReader::new(options);
    files::read_all(&arguments.files, &mut reader);
    Ok(match reader.finish(book) {
        Ok(report) => (file_reports::usage_json(&report), ExitCode::SUCCESS),
        Err(errors) => (file_reports::errors_json(&errors), ExitCode::FAILURE),
    })
}

/// What `--zone` takes.
pub const ZONES: &str = "an offset such as +08:00, or UTC";

fn codes() -> String {
    Format::ALL.map(Format::code).join(", ")
}
