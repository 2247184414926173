//! The command line: scenarios as JSON Lines in, one answer for each out.
//!
//! A thin face of the engine: it reads lines, asks for a quote of each, and writes what it gets, as it goes, so that
//! memory does not grow with the input. Source: the contract's command line and errors.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

use std::io::{self, BufRead, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use callmix::json_lines::answer;
use callmix::price_book::PriceBook;

const USAGE: &str = "callmix: the cheapest way to pay for a year of API calls

usage: callmix quote < scenarios.jsonl > quotes.jsonl

Reads one scenario as JSON from each line of standard input and writes one quote, or the errors, to each line of
standard output. Exit status: 0 when every line was answered, 1 when some line was an error, 2 for wrong usage.
A scenario needs only its usage: {\"usage\": {\"yearly\": 300}}
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["quote"] => quote_lines().unwrap_or_else(|error| {
            if error.kind() == ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS; // The reader has seen enough.
            }
            eprintln!("callmix: {error}");
            ExitCode::FAILURE
        }),
        ["--help" | "-h" | "help"] => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        ["--version" | "-V"] => {
            println!("callmix {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn quote_lines() -> io::Result<ExitCode> {
    let built_in = PriceBook::built_in().map_err(|errors| io::Error::other(format!("the built-in price book: {errors:?}")))?;
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut all_answered = true;
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            let answer = answer(&line, &built_in);
            all_answered &= answer.is_ok();
            writeln!(output, "{}", answer.unwrap_or_else(|errors| errors))?;
        }
        line.clear();
    }
    output.flush()?;
    Ok(if all_answered { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
