//! The check of a link: whether it arrived as it was written.
//!
//! Eight hexadecimal digits right after the version, over everything behind them: `v=1&check=cf0707af&calls=300`. They
//! notice a link that was cut or edited; they are no signature, since anybody can compute them. The digits are the CRC-32
//! of zip, gzip and PNG (polynomial 0x04c11db7, reflected, ones before and after), computed bit by bit, because a link is
//! short and a table is not.

/// The reflected polynomial.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// The check of a link's text behind it.
pub(super) fn digits(text: &str) -> String {
    format!("{:08x}", crc32(text.as_bytes()))
}

/// The check that a link has and the text behind it; `None` for a link without one.
pub(super) fn split(link: &str) -> Option<(&str, &str)> {
    let mut rest = link;
    loop {
        let (pair, behind) = rest.split_once('&').unwrap_or((rest, ""));
        if let Some(digits) = pair.strip_prefix("check=") {
            return Some((digits, behind));
        }
        if behind.is_empty() {
            return None;
        }
        rest = behind;
    }
}

/// The places up to which `text`, without its end made firm, is what has these digits.
pub(super) fn ends(digits: &str, text: &str) -> Vec<usize> {
    let is_check = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let Some(check) = u32::from_str_radix(digits, 16).ok().filter(|_| is_check) else { return Vec::new() };
    let (mut before, mut last, mut crc) = (u32::MAX, 0, u32::MAX);
    let mut ends = Vec::new();
    for (end, byte) in text.bytes().map(Some).chain([None]).enumerate() {
        let firm = match last {
            b'-' => with_bytes(before, b"%2D"),
            b'.' => with_bytes(before, b"%2E"),
            b',' => with_bytes(before, b"%2C"),
            _ => crc,
        };
        if !firm == check {
            ends.push(end);
        }
        if let Some(byte) = byte {
            (before, last, crc) = (crc, byte, with_bytes(crc, &[byte]));
        }
    }
    ends
}

fn crc32(bytes: &[u8]) -> u32 {
    !with_bytes(u32::MAX, bytes)
}

/// A remainder with further bytes.
fn with_bytes(mut crc: u32, bytes: &[u8]) -> u32 {
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ POLYNOMIAL } else { crc >> 1 };
        }
    }
    crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_crc_32_of_zip_and_png() {
        // The check value that catalogues of checksums give.
        assert_eq!(digits("123456789"), "cbf43926");
        assert_eq!(digits(""), "00000000");
        assert_eq!(digits("a"), "e8b7be43");
    }

    #[test]
    fn fits_up_to_an_end() {
        for (text, written) in [("calls=300%22%20x", "calls=300"), ("title=A.%20x", "title=A%2E"), ("title=A-", "title=A%2D")] {
            let end = text.find("%22").or_else(|| text.find("%20")).unwrap_or(text.len());
            assert_eq!(ends(&digits(written), text), [end], "{text}");
            assert_eq!(ends(&digits(written).to_uppercase(), text), [end], "{text}");
        }
        assert_eq!(ends(&digits(""), "a"), [0]);
        for malformed in ["", "0000000", "+0000000", "000000000"] {
            assert!(ends(malformed, "").is_empty(), "{malformed}");
        }
    }

    #[test]
    fn is_found_at_its_key() {
        assert_eq!(split("v=1&check=01234567&calls=300&free=5"), Some(("01234567", "calls=300&free=5")));
        assert_eq!(split("v=1&check=0123"), Some(("0123", "")));
        for without in ["", "v=1", "v=1&calls=300", "v=1&title=check=1", "&&"] {
            assert_eq!(split(without), None, "{without}");
        }
    }
}
