//! Pictures of a site: logos and icons, SVG or PNG.
//!
//! They are the provider's own files, but often somebody else drew them. An SVG that runs a script or loads something from
//! elsewhere is refused.

use std::fs;
use std::path::Path;

use super::SiteError;
use crate::wording::site as words;

/// The most bytes of a picture.
const MOST_BYTES: usize = 200_000;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Elements and addresses that an SVG must not have.
const FORBIDDEN: [&str; 8] =
    ["<script", "<foreignobject", "<iframe", "<!entity", "<!doctype", "<?xml-stylesheet", "javascript:", "@import"];
/// Attributes that load something.
const ADDRESSES: [&str; 2] = ["href=", "src="];

/// A picture that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file's content.
    pub content: Vec<u8>,
    /// Width and height; `None` for an SVG, which has any.
    pub size: Option<(u32, u32)>,
}

impl Picture {
    /// Reads a picture of the site's folder.
    ///
    /// # Errors
    /// The file cannot be read, is too large, is neither SVG nor PNG, or is an SVG with a script or an address.
    pub fn read(folder: &Path, key: &str, name: &str) -> Result<Self, SiteError> {
        let refuse = |reason: String| SiteError::new("site.toml", key, format!("{name}: {reason}"));
        if Path::new(name).components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
            return Err(refuse(words::OUTSIDE.into()));
        }
        let content = fs::read(folder.join(name)).map_err(|error| refuse(error.to_string()))?;
        if content.len() > MOST_BYTES {
            return Err(refuse(words::picture_too_large(content.len(), MOST_BYTES)));
        }
        match png_size(&content) {
            Some(size) => Ok(Self { content, size: Some(size) }),
            None => match std::str::from_utf8(&content).ok().filter(|text| text.contains("<svg")) {
                Some(text) => match unsafe_part(text) {
                    Some(part) => Err(refuse(words::unsafe_picture(&part))),
                    None => Ok(Self { content, size: None }),
                },
                None => Err(refuse(words::NO_PICTURE.into())),
            },
        }
    }

    /// The ending of the file's name.
    pub fn ending(&self) -> &'static str {
        if self.size.is_some() { "png" } else { "svg" }
    }

    /// The media type.
    pub fn media_type(&self) -> &'static str {
        if self.size.is_some() { "image/png" } else { "image/svg+xml" }
    }
}

fn png_size(content: &[u8]) -> Option<(u32, u32)> {
    let number = |from: usize| Some(u32::from_be_bytes(content.get(from..from + 4)?.try_into().ok()?));
    content.starts_with(PNG_SIGNATURE).then(|| Some((number(16)?, number(20)?))).flatten()
}

/// The first part of an SVG that runs or loads something.
fn unsafe_part(svg: &str) -> Option<String> {
    let svg = svg.to_lowercase();
    if let Some(part) = FORBIDDEN.into_iter().find(|part| svg.contains(part)) {
        return Some(part.into());
    }
    // Without white space, an attribute is its name, the sign and the value.
    let dense: String = svg.split_whitespace().collect::<Vec<_>>().join(" ").replace(" =", "=").replace("= ", "=");
    for (at, _) in dense.match_indices("on") {
        let before = dense.get(..at).and_then(|text| text.chars().next_back());
        let name = dense.get(at..)?.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let is_attribute = dense.get(at + name.len()..).is_some_and(|rest| rest.starts_with('='));
        if is_attribute && before.is_some_and(|c| [' ', '"', '\'', '/'].contains(&c)) {
            return Some(name.into());
        }
    }
    for attribute in ADDRESSES {
        for (at, _) in dense.match_indices(attribute) {
            let value = dense.get(at + attribute.len()..)?.trim_start_matches(['"', '\'', ' ']);
            if !value.starts_with('#') && !value.starts_with("data:image/png") && !value.starts_with("data:image/jpeg") {
                return Some(format!("{attribute}{value:.40}"));
            }
        }
    }
    dense.match_indices("url(").find_map(|(at, _)| {
        let value = dense.get(at + 4..)?.trim_start_matches(['"', '\'', ' ']);
        (!value.starts_with('#')).then(|| format!("url({value:.40}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_runs_or_loads() {
        for (svg, part) in [
            ("<svg><script>alert(1)</script></svg>", "<script"),
            ("<svg><SCRIPT/></svg>", "<script"),
            ("<svg onload=\"x\"/>", "onload"),
            ("<svg><g\n onclick = 'x'/></svg>", "onclick"),
            ("<svg><a href=\"https://x.example\"/></svg>", "href=https://x.example\"/></svg>"),
            ("<svg><image xlink:href='//x.example/a.png'/></svg>", "href=//x.example/a.png'/></svg>"),
            ("<svg><use href=\"data:image/svg+xml,x\"/></svg>", "href=data:image/svg+xml,x\"/></svg>"),
            ("<svg style=\"fill:url(https://x.example)\"/>", "url(https://x.example)\"/>"),
            ("<svg><foreignObject/></svg>", "<foreignobject"),
            ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "<!entity"),
        ] {
            assert_eq!(unsafe_part(svg).as_deref(), Some(part), "{svg}");
        }
    }

    #[test]
    fn accepts_drawings() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="on"/></defs><use href="#on"/><path fill="url(#a)" d="M8 21"/><text>on=1 button</text></svg>"##;
        // Text that looks like an attribute is refused, which is the safe side.
        assert_eq!(unsafe_part(&svg.replace("on=1 ", "")), None);
        assert_eq!(png_size(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc0\0\0\x01\0"), Some((192, 256)));
        assert_eq!(png_size(b"\x89PNG\r\n\x1a\n"), None);
    }
}
