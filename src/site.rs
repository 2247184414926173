//! A provider's own site: static files from a folder with `site.toml` and `prices/*.json`.
//!
//! The compiled and the unchanging files, the *web parts*, come with the program; their pages have placeholders. [`build`]
//! fills them with the folder's prices, names and colours, and adds what depends on the files themselves: the content
//! policy, the service worker's list and compressed copies. Needs no compiler, no other program and no network.

pub mod colors;
mod output;
mod pages;
mod pictures;
mod price_files;
mod settings;

use std::fs;
use std::path::{Path, PathBuf};

use self::output::{NewFolder, integrity};
use self::pages::Fillings;
use self::price_files::PriceFiles;
use self::settings::Settings;
use crate::wording::site as words;

/// The file of a site's settings.
const SETTINGS: &str = "site.toml";
/// The page itself.
const PAGE: &str = "index.html";

/// What [`build`] reads and writes.
#[derive(Debug, Clone)]
pub struct SiteOptions {
    /// The folder with `site.toml` and `prices/`.
    pub folder: PathBuf,
    /// The folder to write. One that exists must be a site that was built before, or empty.
    pub out: PathBuf,
    /// The folder of the web parts.
    pub parts: PathBuf,
    /// An earlier site, whose files with a hash or a version in their name are kept.
    pub keep_from: Option<PathBuf>,
    /// How published prices are protected.
    pub lock: LockUse,
}

/// How `prices/lock` is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockUse {
    /// Published price books must not have changed; new ones are added.
    Check,
    /// The price books as they are become the published ones.
    Replace,
    /// The lock is neither read nor written: a look at prices that are not published yet.
    Ignore,
}

/// A reason why there is no site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteError {
    /// The file, from the site's folder on or as it was given.
    pub file: String,
    /// The key or the field in the file; may be empty.
    pub key: String,
    /// What is wrong and what would be right, in English.
    pub reason: String,
}

impl SiteError {
    fn new(file: impl Into<String>, key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file: file.into(), key: key.into(), reason: reason.into() }
    }

    fn io(file: &Path, error: &std::io::Error) -> Self {
        Self::new(file.display().to_string(), "", error.to_string())
    }
}

impl std::fmt::Display for SiteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, key, reason } = self;
        if key.is_empty() { write!(f, "{file}: {reason}") } else { write!(f, "{file}: {key}: {reason}") }
    }
}

/// A site that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteReport {
    /// The written files, without compressed copies, sorted.
    pub files: Vec<String>,
    /// The versions of the price books with their hashes, oldest first.
    pub books: Vec<(String, String)>,
    /// The scripts that other pages may include, each with its integrity value.
    pub scripts: Vec<(String, String)>,
}

/// Builds a site. It appears in full or not at all.
///
/// # Errors
/// Everything that is wrong with the folder, or the first file that cannot be read or written.
pub fn build(options: &SiteOptions) -> Result<SiteReport, Vec<SiteError>> {
    let settings = read_settings(&options.folder);
    let prices = PriceFiles::read(&options.folder.join("prices"), options.lock);
    let (settings, prices) = match (settings, prices) {
        (Ok(settings), Ok(prices)) => (settings, prices),
        (settings, prices) => return Err(settings.err().into_iter().chain(prices.err()).flatten().collect()),
    };
    write(options, &settings, &prices)
}

fn read_settings(folder: &Path) -> Result<Settings, Vec<SiteError>> {
    let path = folder.join(SETTINGS);
    let text = fs::read_to_string(&path).map_err(|error| vec![SiteError::io(&path, &error)])?;
    Settings::read(&text, folder)
}

fn write(options: &SiteOptions, settings: &Settings, prices: &PriceFiles) -> Result<SiteReport, Vec<SiteError>> {
    let one = |error| vec![error];
    if !options.parts.join(PAGE).is_file() {
        return Err(one(SiteError::new(options.parts.display().to_string(), "", words::NO_PARTS)));
    }
    let folder = NewFolder::beside(&options.out, &options.folder).map_err(one)?;
    folder.copy_from(&options.parts).map_err(one)?;
    settings.check_colors(&folder)?;
    let pictures = settings.write_pictures(&folder).map_err(one)?;
    let styles = settings.write_styles(&folder).map_err(one)?;
    let fillings = Fillings::new(settings, prices, &pictures)?;
    pages::fill(&folder, &fillings, &styles).map_err(one)?;
    folder.write("callmix.webmanifest", settings.manifest(&pictures)).map_err(one)?;
    folder.write("_headers", settings.headers()).map_err(one)?;
    folder.write_service_worker().map_err(one)?;
    // Earlier files are only kept on the server: no new visitor needs them.
    if let Some(earlier) = &options.keep_from {
        folder.keep_from(earlier).map_err(one)?;
    }
    let scripts = folder.files().map_err(one)?.into_iter().filter(|name| output::is_pinned(name));
    let scripts = scripts.map(|name| Ok((name.clone(), integrity(&folder.read(&name)?)))).collect::<Result<_, _>>().map_err(one)?;
    folder.compress().map_err(one)?;
    let files = folder.files().map_err(one)?.into_iter().filter(|name| !output::is_compressed(name)).collect();
    prices.write_lock().map_err(one)?;
    folder.publish().map_err(one)?;
    let books = prices.books().iter().map(|book| (book.version().to_owned(), book.hash().to_owned())).collect();
    Ok(SiteReport { files, books, scripts })
}
