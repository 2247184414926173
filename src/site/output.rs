//! The files of a new site: written beside their place, and moved there when they are complete.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::{PAGE, SiteError};
use crate::wording::site as words;

/// The file by which a folder is known as a built site.
const MARKER: &str = "service-worker.js";
/// Files that are worth a compressed copy.
const COMPRESSED: [&str; 9] = ["html", "css", "js", "mjs", "wasm", "svg", "json", "webmanifest", "ts"];
/// The digits of a hash in a name.
const HASH_DIGITS: usize = 16;

/// A site that is not in its place yet. Dropped before that, it leaves nothing behind.
#[derive(Debug)]
pub struct NewFolder {
    root: PathBuf,
    out: PathBuf,
}

impl NewFolder {
    /// An empty folder beside `out`, which must not exist, be empty or be an earlier site, and not contain the `source`.
    ///
    /// # Errors
    /// `out` is something else, or its parent cannot be written.
    pub fn beside(out: &Path, source: &Path) -> Result<Self, SiteError> {
        let refuse = |reason: &str| SiteError::new(out.display().to_string(), "", reason);
        let absolute = |path: &Path| fs::canonicalize(path).ok();
        if let (Some(out), Some(source)) = (absolute(out), absolute(source))
            && source.starts_with(&out)
        {
            return Err(refuse(words::OUT_HAS_SOURCE));
        }
        let is_empty = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
        if out.exists() && !is_empty(out) && !out.join(MARKER).is_file() {
            return Err(refuse(words::OUT_IS_NO_SITE));
        }
        let name = out.file_name().ok_or_else(|| refuse(words::OUT_HAS_NO_NAME))?.to_string_lossy();
        let root = out.with_file_name(format!(".{name}.new-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).map_err(|error| refuse(&words::not_writable(&error.to_string())))?;
        Ok(Self { root, out: out.into() })
    }

    /// Moves the site into its place; an earlier one is removed.
    ///
    /// # Errors
    /// The system refuses. The earlier site stays, or is back in its place.
    pub fn publish(self) -> Result<(), SiteError> {
        let failed = |error: io::Error| SiteError::new(self.out.display().to_string(), "", words::not_writable(&error.to_string()));
        let old = self.root.with_extension("old");
        let existed = self.out.exists();
        if existed {
            let _ = fs::remove_dir_all(&old);
            fs::rename(&self.out, &old).map_err(failed)?;
        }
        if let Err(error) = fs::rename(&self.root, &self.out) {
            if existed {
                let _ = fs::rename(&old, &self.out);
            }
            return Err(failed(error));
        }
        // What cannot be removed is no part of the site.
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// The names of all files, with `/` between folders, sorted.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn files(&self) -> Result<Vec<String>, SiteError> {
        files_of(&self.root)
    }

    /// The content of a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, SiteError> {
        fs::read(self.root.join(name)).map_err(|error| SiteError::new(name, "", error.to_string()))
    }

    /// A file as text.
    ///
    /// # Errors
    /// It cannot be read, or is no text.
    pub fn text(&self, name: &str) -> Result<String, SiteError> {
        String::from_utf8(self.read(name)?).map_err(|error| SiteError::new(name, "", error.to_string()))
    }

    /// Writes a file. Compressed copies of an earlier content are removed.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result<(), SiteError> {
        let path = self.root.join(name);
        let failed =
            |error: io::Error| SiteError::new(self.out.join(name).display().to_string(), "", words::not_writable(&error.to_string()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&path, content).map_err(failed)?;
        for ending in ["br", "gz"] {
            let _ = fs::remove_file(self.root.join(format!("{name}.{ending}")));
        }
        Ok(())
    }

    /// Writes a file under a name with a hash of its content, and returns that name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write_hashed(&self, name: &str, ending: &str, content: &[u8]) -> Result<String, SiteError> {
        let name = format!("{name}-{}.{ending}", short_hash(content));
        self.write(&name, content)?;
        Ok(name)
    }

    /// Removes a file with its compressed copies.
    pub fn remove(&self, name: &str) {
        for name in [name.to_owned(), format!("{name}.br"), format!("{name}.gz")] {
            let _ = fs::remove_file(self.root.join(name));
        }
    }

    /// Copies every file of another folder.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn copy_from(&self, folder: &Path) -> Result<(), SiteError> {
        self.copy(folder, |_| true)
    }

    /// Copies the files of an earlier site that have a hash or a version in their name, and that this site does not have.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn keep_from(&self, earlier: &Path) -> Result<(), SiteError> {
        self.copy(earlier, |name| (has_hash(name) || is_versioned(name)) && !self.root.join(name).exists())
    }

    fn copy(&self, folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<(), SiteError> {
        for name in files_of(folder)?.into_iter().filter(|name| is_wanted(name)) {
            let to = self.root.join(&name);
            let failed =
                |error: io::Error| SiteError::new(self.out.join(&name).display().to_string(), "", words::not_writable(&error.to_string()));
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(failed)?;
            }
            fs::copy(folder.join(&name), &to).map_err(failed)?;
        }
        Ok(())
    }

    /// The names and texts of the pages' style sheets.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn style_sheets(&self) -> Result<Vec<(String, String)>, SiteError> {
        let names = self.files()?.into_iter().filter(|name| name.starts_with("callmix-") && name.ends_with(".css"));
        names.map(|name| Ok((name.clone(), self.text(&name)?))).collect()
    }

    /// Completes the service worker with a name for this build and the list of its files.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn write_service_worker(&self) -> Result<(), SiteError> {
        let is_cached =
            |name: &String| (has_hash(name) || name.ends_with(".webmanifest")) && !is_compressed(name) && !name.ends_with(".d.ts");
        let names: Vec<String> = self.files()?.into_iter().filter(is_cached).collect();
        let (mut build, mut files) = (format!("{} ", short_hash(&self.read(PAGE)?)), Vec::new());
        for name in names {
            let digest = integrity(&self.read(&name)?);
            build += &format!("{name} {digest}\n");
            files.push([name, digest]);
        }
        let json = |error: serde_json::Error| SiteError::new(MARKER, "", error.to_string());
        let files = serde_json::to_string(&files).map_err(json)?;
        let worker = self.text(MARKER)?.replace("\"BUILD\"", &format!("{:?}", short_hash(build.as_bytes())));
        self.write(MARKER, worker.replace("[[\"FILES\", \"\"]]", &files))
    }

    /// Writes a compressed copy in each of two formats beside every file that has none yet.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn compress(&self) -> Result<(), SiteError> {
        let is_wanted = |name: &String| name.rsplit_once('.').is_some_and(|(_, ending)| COMPRESSED.contains(&ending));
        for name in self.files()?.into_iter().filter(is_wanted) {
            let failed = |error: io::Error| SiteError::new(name.clone(), "", error.to_string());
            let (brotli, gzip) = (format!("{name}.br"), format!("{name}.gz"));
            if !self.root.join(&brotli).exists() {
                self.write(&brotli, brotli_copy(&self.read(&name)?).map_err(failed)?)?;
            }
            if !self.root.join(&gzip).exists() {
                self.write(&gzip, gzip_copy(&self.read(&name)?).map_err(failed)?)?;
            }
        }
        Ok(())
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn files_of(root: &Path) -> Result<Vec<String>, SiteError> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let failed = |error: io::Error| SiteError::io(&root.join(&folder), &error);
        for entry in fs::read_dir(root.join(&folder)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn brotli_copy(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
    compressed.write_all(content)?;
    compressed.flush()?;
    Ok(compressed.into_inner())
}

fn gzip_copy(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    compressed.write_all(content)?;
    compressed.finish()
}

/// Sixteen hexadecimal digits of a content's SHA-256.
fn short_hash(content: &[u8]) -> String {
    let digest: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    digest.chars().take(HASH_DIGITS).collect()
}

/// The value of an `integrity` attribute.
pub fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)))
}

/// Whether a file is a compressed copy.
pub fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// Whether a file is a script of one version, `embed-1.2.3.js`.
pub fn is_pinned(name: &str) -> bool {
    is_versioned(name) && name.ends_with(".js")
}

fn is_versioned(name: &str) -> bool {
    name.strip_prefix("embed-").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the file, or a folder it is in, has a hash in its name.
fn has_hash(name: &str) -> bool {
    name.split('/').any(|part| {
        let hash = part.rsplit_once('-').map_or("", |(_, rest)| rest.split(['.', '_']).next().unwrap_or_default());
        (12..=HASH_DIGITS).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_with_a_hash_or_a_version() {
        for name in [
            "app-0123456789abcdef/callmix-app.js",
            "callmix-preview-0123456789abcdef_bg.wasm",
            "icon-0123456789abcdef.svg",
            "boot-0123456789ab.js",
        ] {
            assert!(has_hash(name), "{name}");
        }
        for name in ["embed.js", "engine/callmix.js", "embed-0.1.0.js", "service-worker.js", "a-word.html"] {
            assert!(!has_hash(name), "{name}");
        }
        assert!(
            is_pinned("embed-0.1.0.js") && is_versioned("embed-0.1.0.js.br") && !is_pinned("embed-0.1.0.js.br") && !is_pinned("embed.js")
        );
    }

    #[test]
    fn digests_as_browsers_check_them() {
        assert_eq!(integrity(b"abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(short_hash(b"abc"), "ba7816bf8f01cfea");
    }
}
