//! How does an estimate read in a document or a chat?
//!
//! Markdown as CommonMark with tables: complete by itself, down to the prices it was made with. Texts that people
//! typed stay texts: whatever could be markup in them is escaped.

use super::Document;
use super::outline::{Line, Part, outline};
use crate::wording::export::NOTE_HEADING;

/// The whole estimate as Markdown.
pub fn markdown(document: &Document<'_>) -> String {
    let outline = outline(document);
    let mut text = format!("# {}\n\n**{}**\n\n", escaped(&outline.title), escaped(&outline.total));
    if !outline.price_check.is_empty() {
        text += &format!("{}\n\n", escaped(&outline.price_check));
    }
    push_lines(&mut text, &outline.facts);
    if !outline.note.is_empty() {
        push_heading(&mut text, NOTE_HEADING);
        // A backslash at a line's end breaks the line.
        let lines: Vec<String> = outline.note.lines().map(|line| format!("> {}", escaped(line.trim()))).collect();
        text += &lines.join("\\\n").replace("> \\\n", ">\n").replace("\\\n>\n", "\n>\n");
        text += "\n";
    }
    for section in &outline.sections {
        push_heading(&mut text, section.heading);
        for (place, part) in section.parts.iter().enumerate() {
            match part {
                Part::Lines(lines) => push_lines(&mut text, lines),
                Part::Address(Line { label, text: link }) if link.starts_with("https://") || link.starts_with("http://") => {
                    text += &format!("- {label}: <{}>\n", address(link));
                }
                Part::Address(line) => push_lines(&mut text, std::slice::from_ref(line)),
                Part::Table { columns, rows } => push_table(&mut text, columns, rows),
                // A table goes on until an empty line.
                Part::Sentence(sentence) => {
                    let gap = if place > 0 { "\n" } else { "" };
                    text += &format!("{gap}{}\n", escaped(sentence));
                }
            }
        }
    }
    text
}

fn push_heading(text: &mut String, heading: &str) {
    *text += &format!("\n## {heading}\n\n");
}

fn push_lines(text: &mut String, lines: &[Line]) {
    for line in lines {
        *text += &format!("- {}: {}\n", line.label, escaped(&line.text));
    }
}

/// The first column to the left, the others to the right.
fn push_table(text: &mut String, columns: &[&str], rows: &[Vec<String>]) {
    let rules: Vec<&str> = (0..columns.len()).map(|column| if column == 0 { ":--" } else { "--:" }).collect();
    *text += &format!("| {} |\n| {} |\n", columns.join(" | "), rules.join(" | "));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        *text += &format!("| {} |\n", cells.join(" | "));
    }
}

/// `said` as text on one line: no emphasis, code, link, image, HTML, entity, table, list or heading.
fn escaped(said: &str) -> String {
    let mut text = String::with_capacity(said.len());
    for (place, c) in said.char_indices() {
        let (before, after) = (&said[..place], &said[place + c.len_utf8()..]);
        let marks = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '^' | '@' => true,
            '&' => begins_entity(after),
            // A list, a rule or an underlined heading, at the start of a line.
            '+' | '-' | '=' => before.trim().is_empty(),
            '.' | ')' => {
                !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()) && !after.starts_with(|c: char| c.is_ascii_digit())
            }
            // Addresses that become links by themselves.
            ':' => {
                after.starts_with("//") || before.to_ascii_lowercase().ends_with("mailto") || before.to_ascii_lowercase().ends_with("xmpp")
            }
            _ => false,
        };
        if marks {
            text.push('\\');
        }
        text.push(if c.is_control() { ' ' } else { c });
    }
    text.replace("www.", "www\\.").replace("WWW.", "WWW\\.")
}

/// Is what follows an ampersand the rest of an entity, such as `lt;`?
fn begins_entity(after: &str) -> bool {
    after.split_once(';').is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// An address between angle brackets, from which nothing gets out.
fn address(link: &str) -> String {
    let mut text = String::with_capacity(link.len());
    for c in link.chars() {
        match c {
            '<' => text += "%3C",
            '>' => text += "%3E",
            '\\' => text += "%5C",
            c if c.is_whitespace() || c.is_control() => text += "%20",
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, written: &str) {
        assert_eq!(escaped(said), written, "{said:?}");
    }

    #[test]
    fn typed_text_stays_text() {
        check("Acme, Inc. (2027)", "Acme, Inc. (2027)");
        check("a|b", "a\\|b");
        check("`x` *y* _z_ ~~s~~", "\\`x\\` \\*y\\* \\_z\\_ \\~\\~s\\~\\~");
        check("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>");
        check("![x](javascript:alert(1))", "!\\[x\\](javascript:alert(1))");
        check("&lt; &#60; A & B; AT&T", "\\&lt; \\&\\#60; A & B; AT&T");
        check("\\", "\\\\");
        check("https://a.example www.a.example", "https\\://a.example www\\.a.example");
        check("a\nb", "a b");
    }

    #[test]
    fn no_line_starts_a_block() {
        check("# x", "\\# x");
        check("- x - y", "\\- x - y");
        check("--- x", "\\--- x");
        check("1. x", "1\\. x");
        check("1) x", "1\\) x");
        check("1.5 x", "1.5 x");
        check("===", "\\===");
    }

    #[test]
    fn addresses_stay_within_their_brackets() {
        assert_eq!(address("https://a.example/#v=1&calls=300"), "https://a.example/#v=1&calls=300");
        assert_eq!(address("https://a.example/> <b>\n"), "https://a.example/%3E%20%3Cb%3E%20");
    }
}
