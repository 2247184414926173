//! Files on their way into a reader, in pieces, with a progress bar where standard error is a terminal.

use std::fs::{File, Metadata};
use std::io::{self, IsTerminal, Read};
use std::time::Duration;

use callmix::usage_files::FileTaker;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The size of the pieces.
const PIECE: usize = 1 << 18;
/// Pieces between two looks at the rows.
const PIECES_PER_LOOK: u32 = 16;

/// Reads one file after the other; `-` is standard input.
pub fn read_all(files: &[&str], reader: &mut impl FileTaker) {
    let bar = progress_bar(files.iter().map(|file| size(file)).sum());
    let mut rows = 0;
    for file in files {
        if let Err(error) = read(file, reader, &bar, &mut rows) {
            reader.fail(file, error.to_string());
        }
    }
    bar.finish_and_clear();
}

fn size(file: &str) -> Option<u64> {
    if file == "-" { None } else { std::fs::metadata(file).ok().filter(Metadata::is_file).map(|file| file.len()) }
}

fn progress_bar(bytes: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
    let template = match bytes {
        Some(_) => "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {msg}, {eta} left",
        None => "{spinner} {bytes}, {bytes_per_sec}, {msg}",
    };
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn read(file: &str, reader: &mut impl FileTaker, bar: &ProgressBar, rows_before: &mut u64) -> io::Result<()> {
    let (mut input, before): (Box<dyn Read>, Option<(File, Metadata)>) = if file == "-" {
        (Box::new(io::stdin().lock()), None)
    } else {
        let opened = File::open(file)?;
        let metadata = opened.metadata()?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        (Box::new(opened.try_clone()?), Some((opened, metadata)))
    };
    reader.open(file);
    let mut piece = vec![0; PIECE];
    let mut pieces = 0_u32;
    let mut is_wanted = true;
    while is_wanted {
        let length = match input.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        is_wanted = reader.feed(piece.get(..length).unwrap_or_default());
        bar.inc(length as u64);
        pieces = pieces.wrapping_add(1);
        if pieces.is_multiple_of(PIECES_PER_LOOK) {
            bar.set_message(format!("{} rows", HumanCount(*rows_before + reader.rows())));
        }
    }
    *rows_before += reader.rows();
    if is_wanted {
        reader.close();
    }
    if let Some((opened, before)) = before
        && let Ok(after) = opened.metadata()
        && (before.len() != after.len() || before.modified().ok() != after.modified().ok())
    {
        reader.changed(file);
    }
    Ok(())
}
