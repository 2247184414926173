//! The estimate as Markdown, for documents and chats.
//!
//! CommonMark with tables. The document is complete by itself, down to the version of its prices. Text that people typed is
//! escaped, so that none of it becomes markup.

use super::outline::{estimate_outline, outline};
use super::parts::{Cell, Column, Line, Outline, Part};
use super::{Document, EstimateDocument};
use crate::wording::export::NOTE_HEADING;

/// The whole estimate as Markdown.
pub fn markdown(document: &Document<'_>) -> String {
    rendered(&outline(document))
}

/// The whole estimate of several services as Markdown.
pub fn estimate_markdown(document: &EstimateDocument<'_>) -> String {
    rendered(&estimate_outline(document))
}

fn rendered(outline: &Outline) -> String {
    let mut text = format!("# {}\n\n", escaped(&outline.title));
    if let [parts @ .., total] = &outline.sums[..] {
        text += &format!("**{}: {}**\n\n", total.label, escaped(&total.text));
        let parts: Vec<String> = parts.iter().map(|Line { label, text }| format!("{label}: {}", escaped(text))).collect();
        if !parts.is_empty() {
            text += &format!("{}\n\n", parts.join("\\\n"));
        }
    }
    for caution in &outline.cautions {
        text += &format!("{}\n\n", escaped(caution));
    }
    push_lines(&mut text, &outline.facts);
    if !outline.note.is_empty() {
        push_heading(&mut text, NOTE_HEADING);
        // A backslash at the end of a line is a line break.
        let lines: Vec<String> = outline.note.lines().map(|line| format!("> {}", escaped(line.trim()))).collect();
        text += &lines.join("\\\n").replace("> \\\n", ">\n").replace("\\\n>\n", "\n>\n");
        text += "\n";
    }
    for section in [&outline.options].into_iter().chain(&outline.sections) {
        push_heading(&mut text, section.heading);
        for (place, part) in section.parts.iter().enumerate() {
            match part {
                Part::Lines(lines) => push_lines(&mut text, lines),
                Part::Link { label, address: link, words } if link.starts_with("https://") || link.starts_with("http://") => {
                    let link = address(link);
                    text += &match words {
                        Some(words) => format!("- {label}: [{words}](<{link}>)\n"),
                        None => format!("- {label}: <{link}>\n"),
                    };
                }
                Part::Link { label, address, .. } => text += &format!("- {label}: {}\n", escaped(address)),
                Part::Table { columns, rows, total } => {
                    text += gap(place);
                    push_table(&mut text, columns, rows, total.as_deref());
                }
                Part::Sentence(sentence) => text += &format!("{}{}\n", gap(place), escaped(sentence)),
            }
        }
    }
    text
}

/// The empty line before a part that is not the first: lists and tables end there.
fn gap(place: usize) -> &'static str {
    if place > 0 { "\n" } else { "" }
}

fn push_heading(text: &mut String, heading: &str) {
    *text += &format!("\n## {heading}\n\n");
}

fn push_lines(text: &mut String, lines: &[Line]) {
    for line in lines {
        *text += &format!("- {}: {}\n", escaped(&line.label), escaped(&line.text));
    }
}

/// A table with its figures aligned right, and its total in bold.
fn push_table(text: &mut String, columns: &[Column], rows: &[Vec<Cell>], total: Option<&[Cell]>) {
    let heads: Vec<String> = columns.iter().map(|column| escaped(&column.name)).collect();
    let rules: Vec<&str> = columns.iter().map(|column| if column.has_figures { "--:" } else { ":--" }).collect();
    *text += &format!("| {} |\n| {} |\n", heads.join(" | "), rules.join(" | "));
    for row in rows {
        let rest = std::iter::repeat_with(Default::default).take(columns.len().saturating_sub(row.len()));
        push_row(text, row.iter().map(|Cell { strong, text }| [bold(strong), escaped(text)]).chain(rest));
    }
    if let Some(total) = total {
        push_row(text, total.iter().map(|cell| [bold(&cell.text), String::new()]));
    }
}

fn push_row(text: &mut String, cells: impl Iterator<Item = [String; 2]>) {
    let cells: Vec<String> = cells.map(|parts| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")).collect();
    *text += &format!("| {} |\n", cells.join(" | "));
}

fn bold(plain: &str) -> String {
    if plain.is_empty() { String::new() } else { format!("**{}**", escaped(plain)) }
}

/// Text on one line, escaped so that it is no emphasis, code, link, image, HTML, entity, table, list or heading.
fn escaped(plain: &str) -> String {
    let mut text = String::with_capacity(plain.len());
    for (place, c) in plain.char_indices() {
        let (before, after) = (&plain[..place], &plain[place + c.len_utf8()..]);
        let needs_escape = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '^' | '@' => true,
            '&' => begins_entity(after),
            // A list, a rule or an underlined heading, at the start of a line.
            '+' | '-' | '=' => before.trim().is_empty(),
            '.' | ')' => {
                !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()) && !after.starts_with(|c: char| c.is_ascii_digit())
            }
            // Addresses that some renderers turn into links.
            ':' => {
                after.starts_with("//") || before.to_ascii_lowercase().ends_with("mailto") || before.to_ascii_lowercase().ends_with("xmpp")
            }
            _ => false,
        };
        if needs_escape {
            text.push('\\');
        }
        text.push(if c.is_control() { ' ' } else { c });
    }
    text.replace("www.", "www\\.").replace("WWW.", "WWW\\.")
}

/// Whether the text after an ampersand completes an entity, such as `lt;`.
fn begins_entity(after: &str) -> bool {
    after.split_once(';').is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// An address for use between angle brackets, without characters that could end them.
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
    fn check(plain: &str, written: &str) {
        assert_eq!(escaped(plain), written, "{plain:?}");
    }

    #[test]
    fn escapes_markup_in_typed_text() {
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
    fn escapes_the_start_of_a_block() {
        check("# x", "\\# x");
        check("- x - y", "\\- x - y");
        check("--- x", "\\--- x");
        check("1. x", "1\\. x");
        check("1) x", "1\\) x");
        check("1.5 x", "1.5 x");
        check("===", "\\===");
    }

    #[test]
    fn encodes_what_would_end_an_address() {
        assert_eq!(address("https://a.example/#v=1&calls=300"), "https://a.example/#v=1&calls=300");
        assert_eq!(address("https://a.example/> <b>\n"), "https://a.example/%3E%20%3Cb%3E%20");
    }
}
