//! `callmix site`: a static site from a folder.

use std::path::{Path, PathBuf};

use callmix::site::{self, LockUse, SiteOptions, SiteReport};

use super::arguments::Arguments;

/// The folder of the web parts beside the program.
const PARTS: &str = "web";
/// The folder that is written where none is named.
const OUT: &str = "dist";

/// Runs the command: a report for standard output, or the errors for standard error.
///
/// # Errors
/// The arguments are wrong.
pub fn run(arguments: &[&str]) -> Result<Result<String, String>, String> {
    let arguments = Arguments::read(arguments, &["--out", "--parts", "--keep-from"], &["--force", "--draft"])?;
    let [folder] = arguments.files[..] else { return Err("one folder is needed".into()) };
    let lock = match (arguments.has("--force"), arguments.has("--draft")) {
        (true, true) => return Err("--force and --draft exclude each other".into()),
        (true, false) => LockUse::Replace,
        (false, true) => LockUse::Ignore,
        (false, false) => LockUse::Check,
    };
    let options = SiteOptions {
        folder: folder.into(),
        out: arguments.text("--out").unwrap_or(OUT).into(),
        parts: arguments.text("--parts").map_or_else(beside_program, PathBuf::from),
        keep_from: arguments.text("--keep-from").map(PathBuf::from),
        lock,
    };
    Ok(match site::build(&options) {
        Ok(report) => Ok(written(&options.out, &report)),
        Err(errors) => Err(errors.iter().map(|error| format!("callmix: {error}\n")).collect()),
    })
}

fn beside_program() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.parent().unwrap_or_else(|| Path::new("")).join(PARTS)
}

fn written(out: &Path, report: &SiteReport) -> String {
    let mut text = format!("{}: {} files\n", out.display(), report.files.len());
    for (version, hash) in &report.books {
        text += &format!("prices {version}, {hash}\n");
    }
    for (name, integrity) in &report.scripts {
        text += &format!("{name} integrity=\"{integrity}\"\n");
    }
    text
}
