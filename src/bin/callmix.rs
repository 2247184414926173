//! The command line: scenarios as JSON Lines in, one answer for each out; price books, usage files and logs.
//!
//! `quote` reads a line, asks the engine for its answer, and writes that before it reads the next line: a program that
//! waits for an answer gets it, and memory does not grow with the input. What an answer says is left to
//! [`json_lines`](callmix::json_lines).

#[path = "callmix/arguments.rs"]
mod arguments;
#[path = "callmix/files.rs"]
mod files;
#[path = "callmix/replay.rs"]
mod replay;
#[cfg(feature = "ssr")]
#[path = "callmix/site.rs"]
mod site;
#[path = "callmix/usage.rs"]
mod usage;

use std::fs;
use std::io::{self, BufRead, ErrorKind, Write};
use std::process::ExitCode;

use callmix::json_lines::{self, LineReader};
use callmix::price_book::PriceBook;

const USAGE: &str = "callmix: the cheapest way to pay for a year of API calls

Usage: callmix quote < scenarios.jsonl > quotes.jsonl
       callmix usage [OPTIONS] FILE...
       callmix replay [OPTIONS] FILE...
       callmix validate PRICES.json...
       callmix site [OPTIONS] FOLDER

quote reads a scenario from each line of standard input and writes its quote, or its errors, as one line of JSON.
Blank lines are skipped. The input is UTF-8, with or without a byte order mark.
The shortest scenario is {\"usage\": {\"yearly\": 300}}; README.md has those of several services

usage counts the calls of each month in bills (FOCUS, AWS, Azure, Tencent Cloud), tables, JSON Lines and access logs, each
of them plain or compressed with gzip, and writes them with a scenario as one line of JSON. - is standard input.
  --format F     focus, aws, azure, tencent, csv, jsonl or access_log, instead of what each file looks like
  --zone +08:00  The zone of the months, instead of that of each row
  --meter NAME   The meter to take, where there are several: its name, or \"name (unit)\"
  --dates ORDER  dmy or mdy: how dates such as 03/04/2026 are written
  --no-fill      Leave months before the first whole one empty, instead of filling them with the average

replay runs the calls of logs again, up to 30,000,000 of them, and writes how many slots they need as one line of JSON.
  --accepted-failure 0.01  The share of the calls of a month that may fail
  --slots K                This number of slots alone
  --start, --end, --duration COLUMN, --unit s|ms|us
                           Columns of the log, and the unit of its durations
  --time start|end         What the time of the log is
  --zone, --dates          As above

validate reads price books, and writes the version and the hash of each, or its errors as one line of JSON.

site makes a static site from a folder with site.toml and prices/*.json, and prints what it wrote.
  --out DIR        Where to write, instead of dist
  --keep-from DIR  An earlier site, whose files with a hash or a version in their name are kept
  --draft          Neither read nor write prices/lock, which protects published prices
  --force          Replace published prices
  --parts DIR      The web parts, instead of the folder web beside this program

Options:
  -h, --help     Print this help
  -V, --version  Print the version

Exit status: 0 if every line has a quote or every file can be used, 1 if there are errors or the input or output fails, 2 if
the command is invalid.
";

/// Exit status of a command that does not exist.
const INVALID_COMMAND: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let mut output = io::stdout().lock();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["quote"] => quote_lines(&mut output),
        ["replay", ref arguments @ ..] => run(&mut output, arguments, replay::run),
        ["usage", ref arguments @ ..] => run(&mut output, arguments, usage::run),
        ["validate", ref files @ ..] if are_files(files) => validate(&mut output, files),
        #[cfg(feature = "ssr")]
        ["site", ref arguments @ ..] => build_site(&mut output, arguments),
        #[cfg(not(feature = "ssr"))]
        ["site", ..] => {
            complain("callmix: this program was built without the command site, which needs cargo's option --features ssr\n");
            return ExitCode::FAILURE;
        }
        ["--help" | "-h" | "help"] => print(&mut output, USAGE),
        ["--version" | "-V"] => print(&mut output, concat!("callmix ", env!("CARGO_PKG_VERSION"), "\n")),
        _ => {
            complain(USAGE);
            return ExitCode::from(INVALID_COMMAND);
        }
    };
    match done {
        Ok(status) => status,
        Err(error) => {
            complain(&format!("callmix: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Answers line after line, until the input ends or nobody reads the output any more.
fn quote_lines(output: &mut impl Write) -> io::Result<ExitCode> {
    let built_in = built_in()?;
    let mut input = io::stdin().lock();
    let mut lines = LineReader::new(&built_in);
    let mut status = ExitCode::SUCCESS;
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if let Some(answer) = lines.answer(&line) {
            if answer.is_err() {
                status = ExitCode::FAILURE;
            }
            let mut answer = answer.unwrap_or_else(|errors| errors);
            answer.push('\n');
            if is_closed(write(output, &answer))? {
                break;
            }
        }
        line.clear();
    }
    Ok(status)
}

/// Runs a command that reads files and writes one line.
fn run(
    output: &mut impl Write,
    arguments: &[&str],
    command: fn(&[&str], &PriceBook) -> Result<usage::CommandOutput, String>,
) -> io::Result<ExitCode> {
    match command(arguments, &built_in()?) {
        Ok((mut answer, status)) => {
            answer.push('\n');
            is_closed(write(output, &answer))?;
            Ok(status)
        }
        Err(wrong) => {
            complain(&format!("callmix: {wrong}\n\n{USAGE}"));
            Ok(ExitCode::from(INVALID_COMMAND))
        }
    }
}

/// Makes a site.
#[cfg(feature = "ssr")]
fn build_site(output: &mut impl Write, arguments: &[&str]) -> io::Result<ExitCode> {
    match site::run(arguments) {
        Ok(Ok(report)) => print(output, &report),
        Ok(Err(errors)) => {
            complain(&errors);
            Ok(ExitCode::FAILURE)
        }
        Err(wrong) => {
            complain(&format!("callmix: {wrong}\n\n{USAGE}"));
            Ok(ExitCode::from(INVALID_COMMAND))
        }
    }
}

fn built_in() -> io::Result<PriceBook> {
    PriceBook::built_in().map_err(|errors| io::Error::other(format!("the built-in price book: {errors:?}")))
}

/// Whether there are names of files, and no option.
fn are_files(names: &[&str]) -> bool {
    !names.is_empty() && !names.iter().any(|name| name.starts_with('-'))
}

/// Checks file after file. One that cannot be read is reported, and does not stop the others.
fn validate(output: &mut impl Write, files: &[&str]) -> io::Result<ExitCode> {
    let mut status = ExitCode::SUCCESS;
    for file in files {
        let line = match fs::read(file) {
            Ok(text) => json_lines::validation(file, &text),
            Err(error) => {
                complain(&format!("callmix: {file}: {error}\n"));
                status = ExitCode::FAILURE;
                continue;
            }
        };
        if line.is_err() {
            status = ExitCode::FAILURE;
        }
        if is_closed(write(output, &(line.unwrap_or_else(|errors| errors) + "\n")))? {
            break;
        }
    }
    Ok(status)
}

fn print(output: &mut impl Write, text: &str) -> io::Result<ExitCode> {
    is_closed(write(output, text))?;
    Ok(ExitCode::SUCCESS)
}

fn write(output: &mut impl Write, text: &str) -> io::Result<()> {
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Whether the reader of the output has closed it, as `head` does once it has seen enough. That is no error.
fn is_closed(written: io::Result<()>) -> io::Result<bool> {
    match written {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(true),
        Err(error) => Err(error),
    }
}

/// Writes to standard error. Where even that fails, the exit status has to do.
fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
