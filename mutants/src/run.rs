//! Test runs with one active mutant.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::build::Tests;
use crate::{Folders, Result};

/// What the number of random cases of each property is divided by, first in a quick run.
const DIVISORS: [u32; 2] = [16, 1];
/// A run may take so many times as much processor time as without a mutant, and so much more. Processor time, because other
/// work on the machine does not change it.
const SLACK: (u32, Duration) = (4, Duration::from_secs(3));
/// A run that waits instead of computing is ended after so many times that limit by the clock.
const PATIENCE: u32 = 20;
/// The signal that ends a process at its limit of processor time, SIGXCPU.
const OUT_OF_TIME: i32 = 24;
/// Kilobytes of memory for a test program.
const MEMORY: u64 = 6_000_000;
/// Cases that failed before; a mutant must not be killed by another one's.
const SEEDS: &str = "tests/engine/brute_force.seeds";

pub enum Outcome {
    /// By this test.
    Killed(String),
    TimedOut,
    Survived,
}

/// For each divisor, the processor time that each test program may take.
pub struct Limits(Vec<(u32, Vec<Duration>)>);

/// Runs the tests without a mutant. They must pass, and their times are the measure for the others.
pub fn limits(tests: &Tests, folders: &Folders, quick: bool) -> Result<Limits> {
    let mut limits = Vec::new();
    for divisor in DIVISORS.into_iter().take(if quick { 1 } else { 2 }) {
        let mut times = Vec::new();
        for program in &tests.0 {
            let (outcome, time) = run(program, folders, 0, divisor, Duration::from_secs(1_800))?;
            if let Outcome::Killed(test) = outcome {
                return Err(format!("{test} fails without a mutant").into());
            }
            println!("{}: {time:.1?} of processor time without a mutant", program.display());
            times.push(time * SLACK.0 + SLACK.1);
        }
        limits.push((divisor, times));
    }
    Ok(Limits(limits))
}

/// Runs the tests with a mutant until one fails.
pub fn test(tests: &Tests, folders: &Folders, mutant: u32, limits: &Limits) -> Result<Outcome> {
    for (divisor, times) in &limits.0 {
        for (program, &time) in tests.0.iter().zip(times) {
            match run(program, folders, mutant, *divisor, time)?.0 {
                Outcome::Survived => {}
                noticed => return Ok(noticed),
            }
        }
    }
    Ok(Outcome::Survived)
}

/// Runs a test program until a test fails; with the processor time that it took.
fn run(program: &Path, folders: &Folders, mutant: u32, divisor: u32, time: Duration) -> Result<(Outcome, Duration)> {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; ulimit -t {}; exec \"$0\" --test-threads=1", time.as_secs() + 1))
        .arg(program)
        .current_dir(&folders.copy)
        .env("CARGO_MANIFEST_DIR", &folders.copy)
        .env("MUTANT", mutant.to_string())
        .env("CASES_DIVISOR", divisor.to_string())
        .env_remove("PROPTEST_CASES")
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn()?;
    let output = child.stdout.take().ok_or("no output")?;
    let (send, lines) = mpsc::channel();
    let reader = thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(std::result::Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    let end = Instant::now() + time * PATIENCE;
    let mut last = String::new();
    let failed = loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) if line.starts_with("test ") && line.ends_with("FAILED") => break Some(Outcome::Killed(line)),
            Ok(line) => last = line,
            Err(mpsc::RecvTimeoutError::Timeout) => break Some(Outcome::TimedOut),
            Err(mpsc::RecvTimeoutError::Disconnected) => break None,
        }
    };
    if failed.is_some() {
        let _ = child.kill();
    }
    let ended = child.wait4()?;
    let _ = reader.join();
    let outcome = failed.unwrap_or_else(|| match ended.status.signal() {
        Some(OUT_OF_TIME) => Outcome::TimedOut,
        _ if ended.status.success() => Outcome::Survived,
        _ => Outcome::Killed(format!("a crash after {last}")),
    });
    restore_seeds(folders)?;
    Ok((outcome, ended.rusage.utime + ended.rusage.stime))
}

fn restore_seeds(folders: &Folders) -> Result<()> {
    let (original, copy) = (folders.root.join(SEEDS), folders.copy.join(SEEDS));
    if original.exists() {
        fs::copy(original, copy)?;
    } else if copy.exists() {
        fs::remove_file(copy)?;
    }
    Ok(())
}
