//! Colours of a site: their contrast with the page's own, by WCAG 2.2.
//!
//! A colour is written as `#rrggbb` or `#rgb`.

#![allow(clippy::float_arithmetic, reason = "a contrast is no price")]

/// The least contrast of text.
pub const MIN_CONTRAST: f64 = 4.5;
/// The two colours of text on the accent.
const ON_ACCENT: [&str; 2] = ["#ffffff", "#101010"];

/// A colour by its parts red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color([u8; 3]);

impl Color {
    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from: usize, length: usize| u8::from_str_radix(digits.get(from..from + length)?, 16).ok();
        match digits.len() {
            6 => Some(Self([part(0, 2)?, part(2, 2)?, part(4, 2)?])),
            3 => Some(Self([part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17])),
            _ => None,
        }
    }

    /// The contrast with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The colour of text on this one: white or black, whichever is easier to read.
    pub fn text_on(self) -> &'static str {
        let [white, black] = ON_ACCENT;
        let contrast = |text: &str| Self::parse(text).map_or(1.0, |text| self.contrast(text));
        if contrast(white) >= contrast(black) { white } else { black }
    }
}

/// The light and the dark colour of a custom property in a style sheet: `--name: light-dark(#ffffff, #000000)`.
pub fn of_property(styles: &str, name: &str) -> Option<[Color; 2]> {
    let value = styles.split(&format!("{name}:")).nth(1)?.split(';').next()?;
    let (light, dark) = value.trim().strip_prefix("light-dark(")?.strip_suffix(')')?.split_once(',')?;
    Some([Color::parse(light.trim())?, Color::parse(dark.trim())?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_contrast_as_wcag_does() {
        let check = |one: &str, other: &str, expected: &str| {
            let contrast = Color::parse(one).expect("a colour").contrast(Color::parse(other).expect("a colour"));
            assert_eq!(format!("{contrast:.2}"), expected, "{one} {other}");
        };
        check("#000", "#ffffff", "21.00");
        check("#777777", "#ffffff", "4.48");
        check("#767676", "#fff", "4.54");
        check("#1f5f5b", "#1f5f5b", "1.00");
    }

    #[test]
    fn reads_colours_and_properties() {
        for wrong in ["red", "#12", "#12345", "#1234567", "#ggg", "123456", "#é12345"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
        let styles = "a { --x-panel: light-dark(#ffffff, #1c2225); }";
        assert_eq!(of_property(styles, "--x-panel"), Some([Color([255; 3]), Color([28, 34, 37])]));
        assert_eq!(of_property(styles, "--x-other"), None);
        assert_eq!((Color([255; 3]).text_on(), Color([0; 3]).text_on()), ("#101010", "#ffffff"));
    }
}
