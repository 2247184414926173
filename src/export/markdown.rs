//! How does an estimate read in a document or a chat?
//!
//! Markdown as CommonMark with tables: complete by itself, down to the prices it was made with. Texts that people
//! typed stay texts: whatever could be markup in them is escaped.

use super::Document;
use crate::notes::NoteField;
use crate::quote::{MonthRow, PurchaseRow};
use crate::wording::export::{
    ASSUMPTIONS_HEADING, MONTH_COLUMNS, MONTHS_HEADING, NOTE_HEADING, NOTHING_TO_BUY, PURCHASE_COLUMNS, PURCHASES_HEADING, SOURCE_HEADING,
    STRATEGIES_HEADING, STRATEGY_COLUMNS, amount, mode_name, total_sentence, untitled, unused_sentence,
};
use crate::wording::{assumptions, grouped, grouped_decimal, month_name, note_label, reason_sentence, strategy_name};

/// The whole estimate as Markdown.
pub fn markdown(document: &Document<'_>) -> String {
    let Document { scenario, quote, notes, date, link, .. } = *document;
    let title = notes.get(NoteField::Title);
    let title = if title.is_empty() { untitled(document.service_name()) } else { title };
    let mut text = format!("# {}\n\n**{}**\n\n", escaped(&title), escaped(&total_sentence(quote.total, &quote.currency)));
    for field in [NoteField::Customer, NoteField::Reference, NoteField::ValidUntil] {
        push_line(&mut text, note_label(field), &notes.get(field));
    }
    push_line(&mut text, "Date", &date.map(|date| date.to_string()).unwrap_or_default());
    let note = notes.get(NoteField::Note);
    if !note.is_empty() {
        push_heading(&mut text, NOTE_HEADING);
        // A backslash at a line's end breaks the line.
        let lines: Vec<String> = note.lines().map(|line| format!("> {}", escaped(line.trim()))).collect();
        text += &lines.join("\\\n").replace("> \\\n", ">\n").replace("\\\n>\n", "\n>\n");
        text += "\n";
    }
    push_heading(&mut text, ASSUMPTIONS_HEADING);
    for assumption in assumptions(scenario) {
        push_line(&mut text, assumption.label, &assumption.text);
    }
    push_heading(&mut text, PURCHASES_HEADING);
    if quote.purchases.is_empty() {
        text += NOTHING_TO_BUY;
        text += "\n";
    } else {
        push_table(&mut text, PURCHASE_COLUMNS, quote.purchases.iter().map(|row| purchase(document, row)));
    }
    push_heading(&mut text, MONTHS_HEADING);
    push_table(&mut text, MONTH_COLUMNS, quote.months.iter().map(|row| month(document, row)));
    if quote.unused_prepaid > 0 {
        text += &format!("\n{}\n", unused_sentence(quote.unused_prepaid));
    }
    push_heading(&mut text, STRATEGIES_HEADING);
    let strategies = quote.alternatives.iter().map(|row| {
        let total = row.total.map(amount).or(row.reason.map(|reason| reason_sentence(reason).into()));
        [strategy_name(row.strategy).into(), total.unwrap_or_default()]
    });
    push_table(&mut text, STRATEGY_COLUMNS, strategies);
    push_heading(&mut text, SOURCE_HEADING);
    push_line(&mut text, "Service", document.service_name());
    push_line(&mut text, "Price book", &format!("{} ({})", quote.price_book.version, quote.price_book.hash));
    for (label, link) in [("Source of the prices", document.book().source.as_deref()), ("Link", link)] {
        match link {
            Some(link) if link.starts_with("https://") || link.starts_with("http://") => {
                text += &format!("- {label}: <{}>\n", address(link))
            }
            Some(other) => push_line(&mut text, label, other),
            None => {}
        }
    }
    text
}

fn purchase(document: &Document<'_>, row: &PurchaseRow) -> [String; 4] {
    [month_name(document.scenario.start, row.month), grouped(row.count), grouped(row.calls), amount(row.amount)]
}

fn month(document: &Document<'_>, row: &MonthRow) -> [String; 14] {
    [
        month_name(document.scenario.start, row.month),
        mode_name(row.mode).into(),
        grouped(row.calls),
        grouped(row.free),
        grouped(row.prepaid),
        grouped(row.postpaid),
        row.unit_price.map(|price| grouped_decimal(&price.to_string())).unwrap_or_default(),
        amount(row.postpaid_charge),
        grouped(row.slots),
        amount(row.concurrent_charge),
        amount(row.package_charge),
        amount(row.charge),
        grouped(row.prepaid_left),
        grouped(row.expired),
    ]
}

fn push_heading(text: &mut String, heading: &str) {
    *text += &format!("\n## {heading}\n\n");
}

/// A line of a list; nothing where there is nothing to say.
fn push_line(text: &mut String, label: &str, said: &str) {
    if !said.is_empty() {
        *text += &format!("- {label}: {}\n", escaped(said));
    }
}

/// The first column to the left, the others to the right.
fn push_table<const N: usize>(text: &mut String, columns: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let columns = columns.map(String::from);
    let rules: Vec<&str> = (0..N).map(|column| if column == 0 { ":--" } else { "--:" }).collect();
    *text += &format!("| {} |\n| {} |\n", columns.join(" | "), rules.join(" | "));
    for row in rows {
        *text += &format!("| {} |\n", row.map(|cell| escaped(&cell)).join(" | "));
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
