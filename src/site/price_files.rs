//! The price books of a site's folder, and the lock that protects published ones.
//!
//! `prices/lock` has a line `VERSION HASH` for each published book. Links name a book by both, so a book that changes under
//! its version would break them.

use std::fs;
use std::path::{Path, PathBuf};

use super::{LockUse, SiteError};
use crate::price_book::PriceBook;
use crate::wording::{error_sentence, site as words};

/// The price books of a site, oldest first, at least one.
#[derive(Debug)]
pub struct PriceFiles {
    books: Vec<PriceBook>,
    lock: PathBuf,
    /// The new text of the lock; `None` where it stays as it is.
    new_lock: Option<String>,
}

impl PriceFiles {
    /// Reads every price book of a folder. Each file is named by its version.
    ///
    /// # Errors
    /// Everything that is wrong with the files, or with published books that have changed.
    pub fn read(folder: &Path, lock_use: LockUse) -> Result<Self, Vec<SiteError>> {
        let names = names(folder).map_err(|error| vec![SiteError::new("prices", "", words::no_prices(&error.to_string()))])?;
        if names.is_empty() {
            return Err(vec![SiteError::new("prices", "", words::no_prices(""))]);
        }
        let (mut books, mut errors) = (Vec::<PriceBook>::new(), Vec::new());
        for name in names {
            match read_book(folder, &name) {
                Ok(book) => {
                    if books.iter().any(|other| other.version() == book.version()) {
                        errors.push(SiteError::new(format!("prices/{name}"), "version", words::version_twice(book.version())));
                    } else if name != format!("{}.json", book.version()) {
                        errors.push(SiteError::new(format!("prices/{name}"), "version", words::name_by_version(book.version())));
                    }
                    books.push(book);
                }
                Err(of_book) => errors.extend(of_book),
            }
        }
        let lock = folder.join("lock");
        let new_lock = if lock_use == LockUse::Ignore || !errors.is_empty() { None } else { locked(&lock, &books, lock_use, &mut errors) };
        if errors.is_empty() { Ok(Self { books, lock, new_lock }) } else { Err(errors) }
    }

    /// The price books, oldest first.
    pub fn books(&self) -> &[PriceBook] {
        &self.books
    }

    /// Adds the new price books to the lock.
    ///
    /// # Errors
    /// The lock cannot be written.
    pub fn write_lock(&self) -> Result<(), SiteError> {
        let Some(text) = &self.new_lock else { return Ok(()) };
        fs::write(&self.lock, text).map_err(|error| SiteError::new("prices/lock", "", words::not_writable(&error.to_string())))
    }
}

/// The names of a folder's JSON files, sorted.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read_book(folder: &Path, name: &str) -> Result<PriceBook, Vec<SiteError>> {
    let file = format!("prices/{name}");
    let text = fs::read_to_string(folder.join(name)).map_err(|error| vec![SiteError::new(file.clone(), "", error.to_string())])?;
    PriceBook::from_json(&text).map_err(|errors| {
        errors.iter().map(|error| SiteError::new(file.clone(), error.field.clone(), error_sentence(&error.kind))).collect()
    })
}

/// The new text of the lock, if it changes. Records books that have changed or are gone.
fn locked(lock: &Path, books: &[PriceBook], lock_use: LockUse, errors: &mut Vec<SiteError>) -> Option<String> {
    let before = fs::read_to_string(lock).unwrap_or_default();
    let published: Vec<(&str, &str)> = before.lines().filter_map(|line| line.trim().rsplit_once(' ')).collect();
    if lock_use == LockUse::Check {
        for (version, hash) in &published {
            match books.iter().find(|book| book.version() == *version) {
                Some(book) if book.hash() == *hash => {}
                Some(book) => {
                    errors.push(SiteError::new(format!("prices/{version}.json"), "", words::published_changed(version, hash, book.hash())));
                }
                None => errors.push(SiteError::new("prices/lock", *version, words::PUBLISHED_GONE)),
            }
        }
    }
    let text: String = books.iter().map(|book| format!("{} {}\n", book.version(), book.hash())).collect();
    (text != before).then_some(text)
}
