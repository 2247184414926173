//! English of a provider's own site: its pages, and what is wrong with its folder.

use super::numbers::grouped;

/// The link to the provider's own pages.
pub const HOME: &str = "Home";
/// The link to the people who answer questions.
pub const CONTACT: &str = "Contact";
/// The last line of the page.
pub const MADE_WITH: &str = "Made with Callmix";

/// The folder of the web parts has no pages.
pub const NO_PARTS: &str = "This folder has no web parts. Use the folder \"web\" of a release, or --parts with target/parts of a build.";
/// A template has a placeholder that this program does not know.
pub const UNKNOWN_PLACEHOLDER: &str = "The web parts have an unknown placeholder. Use web parts of the same release as this program.";
/// A folder cannot be replaced, because it has the source of the site.
pub const OUT_HAS_SOURCE: &str = "The site's folder is inside of it. Choose another folder to write to.";
/// A folder cannot be replaced, because it is no site.
pub const OUT_IS_NO_SITE: &str = "This folder has files and is no built site. Choose an empty folder, or one that doesn't exist yet.";
/// A folder such as `/` or `..`.
pub const OUT_HAS_NO_NAME: &str = "Choose a folder with a name, for example dist.";
/// A published price book has no file any more.
pub const PUBLISHED_GONE: &str =
    "The price book of this version was published and is gone. Put its file back, because links need it; --force forgets it.";
/// A file of another folder.
pub const OUTSIDE: &str = "Use a file inside of the site's folder, without \"..\".";
/// A file that is neither SVG nor PNG.
pub const NO_PICTURE: &str = "Use an SVG or a PNG file.";
/// The required name is missing.
pub const NO_NAME: &str = "Enter the name of your calculator, for example name = \"Example Cloud prices\".";
/// Empty text.
pub const EMPTY_TEXT: &str = "Enter some text, or remove the key.";
/// Text with a control character.
pub const CONTROL_CHARACTER: &str = "Use one line of plain text.";
/// Something else than text.
pub const NOT_TEXT: &str = "Enter text in quotes.";
/// Something else than a list of texts.
pub const NOT_TEXTS: &str = "Enter a list of texts, for example [\"one\", \"two\"].";
/// Something else than true or false.
pub const NOT_A_SWITCH: &str = "Enter true or false, without quotes.";
/// No https address.
pub const NOT_HTTPS: &str = "Enter an address that starts with https://, without spaces, quotes or wildcards.";
/// No colour.
pub const NOT_A_COLOR: &str = "Enter a colour as #rrggbb, for example \"#0a7d52\".";
/// One of the two accents is missing.
pub const BOTH_ACCENTS: &str = "Enter both accent, for light pages, and accent_dark, for dark ones.";

/// The title of the page.
pub fn title(name: &str) -> String {
    format!("{name}: the cheapest way to pay for your API calls")
}

/// The description of the page for search engines. `service` is the name of the first service.
pub fn description(service: &str) -> String {
    format!("Find the cheapest way to pay for your {service} calls: an exact plan of packages, postpaid and concurrent slots.")
}

/// The title of a frame with the calculator.
pub fn frame_title(name: &str) -> String {
    format!("{name} pricing calculator")
}

/// The folder of prices cannot be read, or is empty.
pub fn no_prices(error: &str) -> String {
    let error = if error.is_empty() { String::new() } else { format!(" ({error})") };
    format!("The folder has no price book{error}. Add one, for example prices/2027-01-01.json.")
}

/// Two files have one version.
pub fn version_twice(version: &str) -> String {
    format!("There are two price books of version {version}. Give each a version of its own.")
}

/// A file is not named by its version.
pub fn name_by_version(version: &str) -> String {
    format!("Name the file {version}.json, by its version. The names decide which prices are the newest.")
}

/// A published price book has other prices now.
pub fn published_changed(version: &str, before: &str, now: &str) -> String {
    format!(
        "Version {version} was published with other prices (hash {before}, now {now}). Put new prices into a new file with a new version, so that \
         estimates made with the published ones stay right. --force replaces them."
    )
}

/// A key that does not exist.
pub fn unknown_key(known: &[&str]) -> String {
    format!("There is no such key. Use one of {}.", known.join(", "))
}

/// A text that is too long.
pub fn long_text(most: usize) -> String {
    format!("Use {most} characters or fewer.")
}

/// A language without a wording.
pub fn unknown_language(language: &str, known: &[&str]) -> String {
    format!("The page is not available in \"{language}\". Use {}.", known.join(", "))
}

/// A picture with too many bytes.
pub fn picture_too_large(bytes: usize, most: usize) -> String {
    format!("The picture has {} bytes. Use one with at most {}.", grouped(bytes as u64), grouped(most as u64))
}

/// An SVG that runs or loads something.
pub fn unsafe_picture(part: &str) -> String {
    format!("The drawing runs or loads something: {part}. Use a plain drawing without scripts and addresses.")
}

/// An accent that is hard to read.
pub fn low_contrast(color: &str, is_dark: bool, contrast: &str) -> String {
    let (scheme, instead) = if is_dark { ("dark", "lighter") } else { ("light", "darker") };
    format!("{color} has a contrast of {contrast} to 1 on {scheme} pages, and text needs 4.5. Use a {instead} colour.")
}

/// A file or folder that cannot be written.
pub fn not_writable(error: &str) -> String {
    format!("It can't be written: {error}.")
}
