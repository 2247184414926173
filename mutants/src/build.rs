//! The copy of the project, and its compilation.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{Folders, Result};

/// The switch, as it stands in the copy.
const SWITCH: &str = r#"//! The number of the active mutant, from the environment; 0 for none.

use std::sync::atomic::{AtomicU32, Ordering};

static ACTIVE: AtomicU32 = AtomicU32::new(u32::MAX);

/// The active mutant.
#[inline(always)]
pub fn active() -> u32 {
    match ACTIVE.load(Ordering::Relaxed) {
        u32::MAX => read(),
        number => number,
    }
}

#[cold]
fn read() -> u32 {
    let number = std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    ACTIVE.store(number, Ordering::Relaxed);
    number
}
"#;

/// Lints that a mutant may break: it may panic, or compare with a limit of its type.
const ALLOWED: &str = "#![allow(warnings, arithmetic_overflow, unconditional_panic, overflowing_literals)]";

/// Test programs, in the order in which they run.
pub struct Tests(pub Vec<PathBuf>);

/// Writes a file unless it has this text already, so that cargo compiles no more than it must.
pub fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

/// The text of a file, with fewer random cases per property where `CASES_DIVISOR` asks for it.
fn read(path: &Path) -> Result<String> {
    const START: &str = "#![proptest_config(";
    let text = fs::read_to_string(path)?;
    let mut changed = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(START) {
        let (config, after) = after.split_once(")]\n").ok_or_else(|| format!("no end of a proptest_config in {}", path.display()))?;
        changed += &format!(
            r#"{before}{START}{{
                let divisor: u32 = std::env::var("CASES_DIVISOR").map_or(1, |text| text.parse().unwrap_or(1));
                let mut config = {config};
                config.cases = (config.cases / divisor).max(config.cases.min(8));
                config
            }})]
"#
        );
        rest = after;
    }
    Ok(changed + rest)
}

/// Copies every file of the project. Returns the engine's sources, by name.
pub fn copy(folders: &Folders, engine: &[&str]) -> Result<Vec<(String, String)>> {
    let listed =
        Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(&folders.root).output()?;
    let mut sources = Vec::new();
    for name in String::from_utf8(listed.stdout)?.split_terminator('\0').filter(|name| folders.root.join(name).is_file()) {
        let (from, to) = (folders.root.join(name), folders.copy.join(name));
        if is_engine(name, engine) {
            sources.push((name.to_string(), read(&from)?));
        } else if name == "src/lib.rs" {
            write(&to, &format!("{ALLOWED}\n{}\n#[doc(hidden)]\npub mod mutation;\n", read(&from)?))?;
        } else if name.ends_with(".rs") {
            write(&to, &read(&from)?)?;
        } else if fs::read(&to).ok() != Some(fs::read(&from)?) {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::copy(from, to)?;
        }
    }
    write(&folders.copy.join("src/mutation.rs"), SWITCH)?;
    Ok(sources)
}

fn is_engine(name: &str, engine: &[&str]) -> bool {
    let Some(path) = name.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else { return false };
    let module = path.split('/').next().unwrap_or(path);
    engine.contains(&module) && !path.ends_with("/tests")
}

/// Compiles with cargo and returns its messages. The project's own target folder has the dependencies already.
fn cargo(folders: &Folders, arguments: &[&str]) -> Result<Vec<Value>> {
    let output = Command::new("cargo")
        .args(arguments)
        .args(["--locked", "--quiet", "--message-format=json"])
        .current_dir(&folders.copy)
        .env("CARGO_TARGET_DIR", folders.root.join("target"))
        .stderr(Stdio::null())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Mutants that do not compile: each error belongs to the last arm that starts above it.
pub fn broken_mutants(folders: &Folders) -> Result<Vec<u32>> {
    let messages = cargo(folders, &["check", "--lib"])?;
    let mut broken = Vec::new();
    for message in messages.iter().filter(|message| message["message"]["level"] == "error") {
        for span in message["message"]["spans"].as_array().into_iter().flatten().filter(|span| span["is_primary"] == true) {
            let file = span["file_name"].as_str().unwrap_or_default();
            let end = span["line_start"].as_u64().unwrap_or(0) as usize;
            let text = fs::read_to_string(folders.copy.join(file))?;
            let number = text.lines().take(end).filter_map(number_of_arm).last().or(text.lines().skip(end).find_map(number_of_arm));
            broken.push(number.ok_or_else(|| format!("{file}:{end}: {}", message["message"]["rendered"]))?);
        }
    }
    broken.sort_unstable();
    broken.dedup();
    Ok(broken)
}

fn number_of_arm(line: &str) -> Option<u32> {
    line.trim_start().split_once("u32 =>").and_then(|(number, _)| number.parse().ok())
}

/// Compiles the engine's tests.
pub fn tests(folders: &Folders) -> Result<Tests> {
    let messages = cargo(folders, &["test", "--no-run", "--lib", "--test", "engine"])?;
    let mut programs = Vec::new();
    for message in &messages {
        if let (Some(program), true) = (message["executable"].as_str(), message["profile"]["test"] == true) {
            programs.push(PathBuf::from(program));
        }
    }
    if programs.len() < 2 {
        let errors = messages.iter().filter(|message| message["message"]["level"] == "error");
        let texts: Vec<&str> = errors.filter_map(|message| message["message"]["rendered"].as_str()).collect();
        return Err(format!("the tests do not compile:\n{}", texts.join("\n")).into());
    }
    // The unit tests take the least time.
    programs.sort_by_key(|program| program.to_string_lossy().contains("/engine-"));
    Ok(Tests(programs))
}
