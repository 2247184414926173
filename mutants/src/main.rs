//! Mutation run over the engine: which changes to its code do the tests miss?
//!
//! Copies the project to `target/mutants/crate`, rewrites the engine there with all mutants behind a switch (see
//! `rewrite`), compiles its tests once, and runs them once per mutant with the mutant's number in `MUTANT`. First come
//! the engine's tests with few random cases, then, for mutants that survive those, with as many as `make test` has.
//! Mutants are drawn at random from a seed; the survivors are listed, and kept in `target/mutants/results.txt`. Those that
//! change no answer are in `equivalent.txt`, each with the reason, and are not run.

mod build;
mod rewrite;
mod run;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use build::Tests;
use rewrite::{Mutant, Rewriter};
use run::Outcome;

/// Modules of the engine: files and folders below `src`.
const ENGINE: [&str; 20] = [
    "money",
    "order",
    "json",
    "date",
    "price_book",
    "usage",
    "capacity",
    "settlement",
    "planner",
    "ledger",
    "scenario",
    "sizing",
    "insight",
    "own_plan",
    "quote",
    "link",
    "import",
    "typed_number",
    "pasted",
    "notes",
];

/// Mutants that change no answer: file, source line and change, with tabs between them.
const EQUIVALENT: &str = include_str!("../equivalent.txt");

const HELP: &str = "\
Usage: mutants [--sample N] [--seed N] [--minutes N] [--only TEXT] [--numbers N,N,…] [--quick] [--list]

  --sample N    how many mutants to draw (400)
  --seed N      seed of the draw (1)
  --minutes N   stop after so many minutes
  --only TEXT   only mutants whose \"file:line\" contains TEXT
  --numbers …   only these mutants
  --quick       few random cases alone
  --list        print the mutants that compile, and run none
";

struct Options {
    sample: usize,
    seed: u64,
    time: Duration,
    only: String,
    numbers: Vec<u32>,
    quick: bool,
    list: bool,
}

impl Options {
    fn read() -> Option<Self> {
        let mut options =
            Self { sample: 400, seed: 1, time: Duration::MAX, only: String::new(), numbers: Vec::new(), quick: false, list: false };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--sample" => options.sample = arguments.next()?.parse().ok()?,
                "--seed" => options.seed = arguments.next()?.parse().ok()?,
                "--minutes" => options.time = Duration::from_secs(60 * arguments.next()?.parse::<u64>().ok()?),
                "--only" => options.only = arguments.next()?,
                "--numbers" => options.numbers = arguments.next()?.split(',').map(|n| n.parse().ok()).collect::<Option<_>>()?,
                "--quick" => options.quick = true,
                "--list" => options.list = true,
                _ => return None,
            }
        }
        Some(options)
    }
}

/// The project, and its copy with the mutants.
pub struct Folders {
    pub root: PathBuf,
    pub copy: PathBuf,
}

fn main() -> ExitCode {
    let Some(options) = Options::read() else {
        eprint!("{HELP}");
        return ExitCode::from(2);
    };
    match mutate(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Are all drawn mutants killed?
fn mutate(options: &Options) -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no project around this tool")?.to_path_buf();
    let folders = Folders { copy: root.join("target/mutants/crate"), root };
    let sources = build::copy(&folders, &ENGINE)?;
    let mut skipped = HashSet::new();
    let mutants = loop {
        let mut rewriter = Rewriter::new(&skipped);
        for (name, text) in &sources {
            build::write(&folders.copy.join(name), &rewriter.rewrite(name, text)?)?;
        }
        let mutants = rewriter.mutants;
        let broken = build::broken_mutants(&folders)?;
        if broken.is_empty() {
            break mutants;
        }
        eprintln!("{} mutants do not compile", broken.len() + skipped.len());
        skipped.extend(broken);
    };
    let is_equivalent = |mutant: &&Mutant| {
        let text = sources.iter().find(|(name, _)| *name == mutant.file).map_or("", |(_, text)| text);
        let source = text.lines().nth(mutant.line - 1).unwrap_or_default().trim();
        EQUIVALENT.lines().any(|known| known == format!("{}\t{source}\t{}", mutant.file, mutant.change))
    };
    let (equivalent, chosen): (Vec<&Mutant>, Vec<&Mutant>) = choose(&mutants, options).into_iter().partition(is_equivalent);
    if options.list {
        for mutant in chosen {
            println!("{}", line(mutant));
        }
        return Ok(true);
    }
    println!("{} mutants compile; {} are run, {} more are known to be equivalent", mutants.len(), chosen.len(), equivalent.len());
    run_all(&build::tests(&folders)?, &chosen, &folders, options)
}

fn line(mutant: &Mutant) -> String {
    format!("{} {}:{} {}", mutant.number, mutant.file, mutant.line, mutant.change)
}

/// The mutants to run: those asked for, of these a random sample.
fn choose<'a>(mutants: &'a [Mutant], options: &Options) -> Vec<&'a Mutant> {
    let asked = |mutant: &&Mutant| {
        format!("{}:{} ", mutant.file, mutant.line).contains(&options.only)
            && (options.numbers.is_empty() || options.numbers.contains(&mutant.number))
    };
    let mut chosen: Vec<&Mutant> = mutants.iter().filter(asked).collect();
    if options.list || !options.numbers.is_empty() {
        return chosen;
    }
    // Fisher and Yates, with the generator xorshift64*.
    let mut state = options.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for place in (1..chosen.len()).rev() {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let random = state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        chosen.swap(place, random as usize % (place + 1));
    }
    chosen.truncate(options.sample);
    chosen
}

fn run_all(tests: &Tests, mutants: &[&Mutant], folders: &Folders, options: &Options) -> Result<bool> {
    let started = Instant::now();
    let limits = run::limits(tests, folders, options.quick)?;
    let (mut killed, mut timed_out, mut survivors) = (0, 0, Vec::new());
    let mut report = String::new();
    for mutant in mutants {
        if started.elapsed() > options.time {
            break;
        }
        let outcome = run::test(tests, folders, mutant.number, &limits)?;
        let verdict = match &outcome {
            Outcome::Killed(test) => {
                killed += 1;
                format!("killed by {test}")
            }
            Outcome::TimedOut => {
                timed_out += 1;
                "timed out".into()
            }
            Outcome::Survived => {
                survivors.push(line(mutant));
                println!("survived: {}", line(mutant));
                "survived".into()
            }
        };
        writeln!(report, "{verdict}: {}", line(mutant))?;
        build::write(&folders.root.join("target/mutants/results.txt"), &report)?;
    }
    let run = killed + timed_out + survivors.len();
    let share = 100.0 * (killed + timed_out) as f64 / run.max(1) as f64;
    println!("{run} mutants run: {killed} killed, {timed_out} timed out, {} survived ({share:.1}% noticed)", survivors.len());
    Ok(survivors.is_empty())
}
