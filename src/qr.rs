//! QR codes: a printed link that a camera can read.
//!
//! A code is the data of one SVG path that outlines its dark modules. One module is one unit, and the quiet zone that the
//! standard requires is part of the drawing. Source: ISO/IEC 18004.

use qrcodegen::{QrCode, QrCodeEcc};

/// The width of the light border around the code, in modules.
const QUIET_ZONE: i32 = 4;

/// A QR code as a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Width and height in modules, quiet zone included: the drawing fills `0 0 size size`.
    pub size: u32,
    /// The dark modules as the data of an SVG path, to be filled.
    pub path: String,
}

/// The code of `text`; `None` above 2,953 bytes. It can lose 15% of its modules and still be read, or 7% if the text is too
/// long for that.
///
/// ```
/// let drawing = callmix::qr::draw("https://a.example/#v=1&calls=300").unwrap();
/// assert_eq!(drawing.size, 37); // Version 3 is 29 modules wide.
/// assert!(drawing.path.starts_with("M4 4h7v1h-7z"));
/// assert_eq!(callmix::qr::draw(&"x".repeat(2_954)), None);
/// ```
pub fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).or_else(|_| QrCode::encode_text(text, QrCodeEcc::Low)).ok()?;
    let side = code.size();
    let mut path = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let run = (x..side).take_while(|&x| code.get_module(x, y)).count() as i32;
            if run > 0 {
                path += &format!("M{} {}h{run}v1h-{run}z", x + QUIET_ZONE, y + QUIET_ZONE);
            }
            x += run.max(1);
        }
    }
    Some(Drawing { size: u32::try_from(side + 2 * QUIET_ZONE).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of a drawing, read back from its path: `M4 4h7v1h-7z` is a row of seven.
    fn modules(drawing: &Drawing) -> Vec<Vec<bool>> {
        let side = drawing.size as usize;
        let mut rows = vec![vec![false; side]; side];
        for run in drawing.path.split_terminator('z') {
            let (place, shape) = run.strip_prefix('M').and_then(|run| run.split_once('h')).expect("a run");
            let (x, y) = place.split_once(' ').expect("a place");
            let (length, rest) = shape.split_once('v').expect("a length");
            assert_eq!(rest, format!("1h-{length}"));
            let (x, y, length): (usize, usize, usize) = (x.parse().expect("x"), y.parse().expect("y"), length.parse().expect("length"));
            rows[y][x..x + length].fill(true);
        }
        rows
    }

    #[track_caller]
    fn check(text: &str) {
        let drawing = draw(text).expect("a code");
        let rows = modules(&drawing);
        let quiet = QUIET_ZONE as usize;
        let side = rows.len() - 2 * quiet;
        assert!(rows.iter().enumerate().all(|(y, row)| {
            row.iter().enumerate().all(|(x, &dark)| !dark || ((quiet..quiet + side).contains(&x) && (quiet..quiet + side).contains(&y)))
        }));
        let grid = rqrr::Grid::new(rqrr::SimpleGrid::from_func(side, |x, y| rows[y + quiet][x + quiet]));
        let (_, read) = grid.decode().expect("readable");
        assert_eq!(read, text);
    }

    #[test]
    fn another_decoder_reads_the_codes() {
        check("https://callmix.example/#v=1&calls=300");
        check("");
        check(
            "https://a.example/#v=1&m=1000,0,1000,1000,1000,1000,1000,1000,1000,1000,40000,40000&customer=M%C3%BCller%20%26%20S%C3%B6hne",
        );
        check(&"%F0%9F%9A%80".repeat(200));
    }

    #[test]
    fn holds_at_most_2_953_bytes() {
        assert_eq!(draw("https://a.example/#v=1&calls=300").map(|drawing| drawing.size), Some(37));
        assert_eq!(draw(&"x".repeat(2_953)).map(|drawing| drawing.size), Some(177 + 8));
        assert_eq!(draw(&"x".repeat(2_954)), None);
    }
}
