//! The settings of a site: `site.toml`.

use std::path::Path;

use serde_json::{Value as Json, json};
use toml::{Table, Value};

use super::SiteError;
use super::colors::{self, Color, MIN_CONTRAST};
use super::output::NewFolder;
use super::pictures::Picture;
use crate::wording::site as words;

const KEYS: [&str; 14] = [
    "name",
    "tagline",
    "url",
    "logo",
    "icon",
    "accent",
    "accent_dark",
    "languages",
    "home",
    "contact",
    "footer",
    "frame_ancestors",
    "scripts",
    "made_with",
];
/// The languages of the web parts.
const LANGUAGES: [&str; 1] = ["en"];
/// The header that decides which pages may frame these.
const POLICY_HEADER: &str = "Content-Security-Policy";
/// The most characters of a text.
const MOST_CHARACTERS: usize = 300;
/// The custom property of the surface that the accent must be readable on.
const PANEL: &str = "--callmix-color-panel";

/// The settings of a site, valid by construction.
#[derive(Debug, Default)]
pub struct Settings {
    /// The product's name.
    pub name: String,
    /// The line below the name; `None` for the usual one.
    pub tagline: Option<String>,
    /// The site's canonical address, with a slash at its end.
    pub url: Option<String>,
    /// The provider's own pages.
    pub home: Option<String>,
    /// Where to ask questions.
    pub contact: Option<String>,
    /// A line at the end of the page.
    pub footer: Option<String>,
    /// Further scripts and origins.
    pub scripts: Vec<String>,
    /// Whether the page says what it is made with.
    pub says_made_with: bool,
    frame_ancestors: Vec<String>,
    logo: Option<Picture>,
    icons: Vec<Picture>,
    accent: Option<[String; 2]>,
}

/// The names of the pictures that were written.
#[derive(Debug, Default)]
pub struct WrittenPictures {
    /// The logo.
    pub logo: Option<String>,
    /// The icons, each with its sizes and its media type; the first is that of the browser's tab.
    pub icons: Vec<(String, String, &'static str)>,
}

impl Settings {
    /// Reads the settings. Pictures are files of `folder`.
    ///
    /// # Errors
    /// Everything that is wrong, with its key.
    pub fn read(text: &str, folder: &Path) -> Result<Self, Vec<SiteError>> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| vec![refuse("", error.to_string().trim_end())])?;
        let mut reader = Reader { table: &table, errors: Vec::new() };
        for key in table.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            reader.errors.push(refuse(key, words::unknown_key(&KEYS)));
        }
        let settings = reader.settings(folder);
        if reader.errors.is_empty() { Ok(settings) } else { Err(reader.errors) }
    }

    /// Checks that the accent is readable on the page's panels, in both colour schemes.
    ///
    /// # Errors
    /// The contrast is too low.
    pub fn check_colors(&self, folder: &NewFolder) -> Result<(), Vec<SiteError>> {
        let Some(accents) = &self.accent else { return Ok(()) };
        let sheets = folder.style_sheets().map_err(|error| vec![error])?;
        let panels = sheets.iter().find_map(|(_, styles)| colors::of_property(styles, PANEL));
        let panels = panels.ok_or_else(|| vec![refuse("accent", words::NO_PARTS)])?;
        let mut errors = Vec::new();
        for ((key, accent), panel) in ["accent", "accent_dark"].into_iter().zip(accents).zip(panels) {
            let contrast = Color::parse(accent).map_or(1.0, |color| color.contrast(panel));
            if contrast < MIN_CONTRAST {
                errors.push(refuse(key, words::low_contrast(accent, key == "accent_dark", &format!("{contrast:.2}"))));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Writes logo and icons under names with a hash.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write_pictures(&self, folder: &NewFolder) -> Result<WrittenPictures, SiteError> {
        let write = |name: &str, picture: &Picture| folder.write_hashed(name, picture.ending(), &picture.content);
        let logo = self.logo.as_ref().map(|logo| write("logo", logo)).transpose()?;
        let icon = |icon: &Picture| {
            let sizes = icon.size.map_or_else(|| "any".into(), |(width, height)| format!("{width}x{height}"));
            Ok((write("icon", icon)?, sizes, icon.media_type()))
        };
        Ok(WrittenPictures { logo, icons: self.icons.iter().map(icon).collect::<Result<_, _>>()? })
    }

    /// Adds the accent to the pages' style sheets. Returns the former and the present name of each; none without an accent.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn write_styles(&self, folder: &NewFolder) -> Result<Vec<[String; 2]>, SiteError> {
        let Some([light, dark]) = &self.accent else { return Ok(Vec::new()) };
        let on = |accent: &str| Color::parse(accent).map_or("#ffffff", Color::text_on);
        let added = format!(
            "\n:root, :host {{ --callmix-color-accent: light-dark({light}, {dark}); --callmix-color-on-accent: light-dark({}, {}); \
             --callmix-color-accent-soft: color-mix(in srgb, var(--callmix-color-accent) 12%, var({PANEL})); }}\n",
            on(light),
            on(dark)
        );
        let sheet = |(name, styles): (String, String)| {
            let new = folder.write_hashed("callmix", "css", (styles + &added).as_bytes())?;
            Ok([name, new])
        };
        folder.style_sheets()?.into_iter().map(sheet).collect()
    }

    /// The manifest of the installed page, as JSON.
    pub fn manifest(&self, pictures: &WrittenPictures) -> String {
        let icon = |(name, sizes, media_type): &(String, String, &str)| json!({ "src": name, "sizes": sizes, "type": media_type });
        let icons: Vec<Json> = pictures.icons.iter().map(icon).collect();
        let manifest = json!({
            "name": words::title(&self.name),
            "short_name": self.name,
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            "background_color": "#f5f4f0",
            "theme_color": self.accent.as_ref().map_or("#1f5f5b", |[light, _]| light),
            "icons": icons,
        });
        format!("{manifest:#}\n")
    }

    /// The content policy of the pages. Which pages may frame them is a matter of headers.
    pub fn policy(&self) -> String {
        let origins: Vec<&str> = self.scripts.iter().map(|script| origin(script)).collect();
        let also = |allowed: &str| std::iter::once(allowed).chain(origins.iter().copied()).collect::<Vec<_>>().join(" ");
        [
            "default-src 'none'".into(),
            format!("script-src {}", also("'self' 'wasm-unsafe-eval'")),
            "style-src 'self'".into(),
            format!("img-src {}", also("'self' data: blob:")),
            format!("connect-src {}", also("'self'")),
            "font-src 'self'".into(),
            "manifest-src 'self'".into(),
            "worker-src 'self'".into(),
            "frame-src 'self'".into(),
            "base-uri 'none'".into(),
            "form-action 'none'".into(),
        ]
        .join("; ")
    }

    /// The headers to serve the site with, in the format that several static hosts read.
    pub fn headers(&self) -> String {
        let ancestors = |origins: &[String]| {
            let origins: String = origins.iter().map(|origin| format!(" {origin}")).collect();
            format!("  {POLICY_HEADER}: frame-ancestors 'self'{origins}\n")
        };
        let framed = if self.frame_ancestors.is_empty() { String::new() } else { ancestors(&self.frame_ancestors) };
        let own = ancestors(&[]);
        let all = "/*\n  Cache-Control: no-cache\n  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n  \
                   Referrer-Policy: no-referrer\n  Cross-Origin-Resource-Policy: cross-origin\n";
        format!("{all}/embed.html\n  Cross-Origin-Embedder-Policy: require-corp\n{framed}/\n{own}/index.html\n{own}")
    }
}

/// The origin of an address: `https://host`.
fn origin(address: &str) -> &str {
    let end = address.match_indices('/').nth(2).map_or(address.len(), |(at, _)| at);
    address.get(..end).unwrap_or(address)
}

fn refuse(key: &str, reason: impl Into<String>) -> SiteError {
    SiteError::new("site.toml", key, reason)
}

/// Reads one key after the other and records what is wrong.
struct Reader<'a> {
    table: &'a Table,
    errors: Vec<SiteError>,
}

impl Reader<'_> {
    fn settings(&mut self, folder: &Path) -> Settings {
        let name = self.text("name");
        if name.is_none() && !self.errors.iter().any(|error| error.key == "name") {
            self.errors.push(refuse("name", words::NO_NAME));
        }
        self.languages();
        let url = self.address("url").map(|url| if url.ends_with('/') { url } else { url + "/" });
        Settings {
            name: name.unwrap_or_default(),
            tagline: self.text("tagline"),
            url,
            home: self.address("home"),
            contact: self.address("contact"),
            footer: self.text("footer"),
            scripts: self.addresses("scripts"),
            frame_ancestors: self.addresses("frame_ancestors").iter().map(|address| origin(address).to_owned()).collect(),
            says_made_with: self.switch("made_with").unwrap_or(true),
            logo: self.pictures(folder, "logo").into_iter().next(),
            icons: self.pictures(folder, "icon"),
            accent: self.accent(),
        }
    }

    fn refuse<T>(&mut self, key: &str, reason: impl Into<String>) -> Option<T> {
        self.errors.push(refuse(key, reason));
        None
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.table.get(key)? {
            Value::String(text) if text.trim().is_empty() => self.refuse(key, words::EMPTY_TEXT),
            Value::String(text) if text.chars().count() > MOST_CHARACTERS => self.refuse(key, words::long_text(MOST_CHARACTERS)),
            Value::String(text) if text.chars().any(char::is_control) => self.refuse(key, words::CONTROL_CHARACTER),
            Value::String(text) => Some(text.trim().into()),
            _ => self.refuse(key, words::NOT_TEXT),
        }
    }

    fn switch(&mut self, key: &str) -> Option<bool> {
        match self.table.get(key)? {
            Value::Boolean(on) => Some(*on),
            _ => self.refuse(key, words::NOT_A_SWITCH),
        }
    }

    fn address(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        if is_https(&text) { Some(text) } else { self.refuse(key, words::NOT_HTTPS) }
    }

    /// The texts of a list, or one text.
    fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.table.get(key) else { return Vec::new() };
        let entries = match value {
            Value::Array(entries) => entries.clone(),
            one => vec![one.clone()],
        };
        let texts: Option<Vec<String>> = entries.iter().map(|entry| entry.as_str().map(Into::into)).collect();
        texts.or_else(|| self.refuse(key, words::NOT_TEXTS)).unwrap_or_default()
    }

    fn addresses(&mut self, key: &str) -> Vec<String> {
        let addresses = self.texts(key);
        if addresses.iter().all(|address| is_https(address)) {
            return addresses;
        }
        self.refuse(key, words::NOT_HTTPS).unwrap_or_default()
    }

    fn languages(&mut self) {
        for language in self.texts("languages") {
            if !LANGUAGES.contains(&language.as_str()) {
                self.refuse::<()>("languages", words::unknown_language(&language, &LANGUAGES));
            }
        }
    }

    fn pictures(&mut self, folder: &Path, key: &str) -> Vec<Picture> {
        let names = self.texts(key);
        let read = |name: &String| Picture::read(folder, key, name).map_err(|error| self.errors.push(error)).ok();
        names.iter().filter_map(read).collect()
    }

    /// The accent for light and dark pages.
    fn accent(&mut self) -> Option<[String; 2]> {
        let mut color = |key: &str| {
            let text = self.text(key)?;
            if Color::parse(&text).is_some() { Some(text) } else { self.refuse(key, words::NOT_A_COLOR) }
        };
        match (color("accent"), color("accent_dark")) {
            (Some(light), Some(dark)) => Some([light, dark]),
            (None, None) => None,
            (Some(_), None) if !self.table.contains_key("accent_dark") => self.refuse("accent_dark", words::BOTH_ACCENTS),
            (None, Some(_)) if !self.table.contains_key("accent") => self.refuse("accent", words::BOTH_ACCENTS),
            _ => None,
        }
    }
}

/// Whether it is an https address that needs no escaping in a page or a policy.
fn is_https(text: &str) -> bool {
    let host = text.strip_prefix("https://").unwrap_or_default();
    !host.is_empty() && !host.starts_with('/') && !text.chars().any(|c| c.is_whitespace() || "\"'<>;,*".contains(c))
}
