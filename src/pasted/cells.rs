//! Cells of pasted text: how they are divided, and what a single one is.

use crate::date::{month_named, parts_of_date};
use crate::typed_number::{Misread, is_invisible, plain_text, read, without_currency};
use crate::usage::MONTHS;

/// The most that a cell can hold; larger numbers are numbers too, and their month says so.
pub(super) const MOST: u64 = u64::MAX;

/// Words that name a row or column that sums the others up.
const TOTALS: [&str; 8] = ["total", "totals", "subtotal", "sum", "gesamt", "summe", "\u{5408}\u{8ba1}", "\u{603b}\u{8ba1}"];
const AVERAGES: [&str; 7] = ["average", "avg", "mean", "durchschnitt", "mittelwert", "\u{f8}", "\u{5e73}\u{5747}"];

/// The parts of a single line: divided by tabs or semicolons, else by commas before a space, else by spaces, else by
/// commas. Where a part is like `000`, the commas may be within numbers, so the line stays whole.
pub fn parts(line: &str) -> Vec<&str> {
    let line = line.trim();
    let divides = |c: char| is_line_end(c) || matches!(c, '\t' | ';');
    let parts: Vec<&str> = if line.contains(divides) {
        line.split("\r\n").flat_map(|line| line.split(divides)).collect()
    } else if line.contains(", ") {
        line.split(", ").collect()
    } else if line.contains(' ') {
        line.split(' ').filter(|part| !part.is_empty()).collect()
    } else if line.split(',').any(|part| part.len() == 3 && part.starts_with('0')) {
        vec![line]
    } else {
        line.split(',').collect()
    };
    parts.into_iter().map(str::trim).collect()
}

/// Rows of cells. A single number, in groups or not, is one cell.
pub(super) fn table(text: &str) -> Vec<Vec<String>> {
    let text = plain_lines(text);
    let text = text.trim_matches(['\n', ' ']);
    let lines: Vec<&str> = text.lines().collect();
    let split = |divider: char| lines.iter().map(|line| cells(line, divider)).collect();
    match lines[..] {
        _ if text.contains('\t') => split('\t'),
        _ if text.split('"').step_by(2).any(|unquoted| unquoted.contains(';')) => split(';'),
        [line] if read(line, MOST).is_ok() || line.starts_with('"') && cells(line, ',').len() == 1 => vec![vec![plain_text(line)]],
        [line] if line.contains('"') => split(','),
        [line] => vec![parts(line).into_iter().map(String::from).collect()],
        [heads, ..] if is_comma_table(heads, &lines) => split(','),
        _ => {
            let rows: Vec<Vec<String>> = lines.iter().map(|line| label_and_number(line)).collect();
            // Beside a number alone there are no labels: "Usage 2027" above it is one heading.
            if rows.iter().any(|row| matches!(&row[..], [cell] if is_number(cell) && !is_year(cell))) { split('\n') } else { rows }
        }
    }
}

/// Whether several columns are divided by commas, so that no comma is within a number.
fn is_comma_table(heads: &str, lines: &[&str]) -> bool {
    let count = |line: &str| cells(line, ',').len();
    count(heads) > 2 && !heads.contains(char::is_numeric) && lines.iter().all(|line| line.is_empty() || count(line) == count(heads))
}

/// The text with `\n` as the only line end, and without line ends within quotes.
fn plain_lines(text: &str) -> String {
    let usual = |c: char| if is_line_end(c) { '\n' } else { c };
    let text: String = text.replace("\r\n", "\n").chars().filter(|&c| !is_invisible(c)).map(usual).collect();
    let ends = ['\n', '\t', ';', ','];
    let mut plain = String::new();
    let mut rest = &text[..];
    while let Some((before, behind)) = rest.split_once('"') {
        plain.push_str(before);
        let before = plain.trim_end_matches(' ');
        let opens = before.is_empty() || before.ends_with(ends);
        plain.push('"');
        rest = behind;
        if let Some(end) = closing(behind, &ends).filter(|_| opens) {
            let (quoted, behind) = behind.split_at(end + 1);
            // A space could join two numbers to one.
            let joint = if quoted.contains(char::is_alphabetic) { " " } else { "; " };
            let lines = quoted.trim_end_matches('"').lines().map(str::trim).filter(|line| !line.is_empty());
            if quoted.contains('\n') {
                plain.push_str(&lines.collect::<Vec<_>>().join(joint));
                plain.push('"');
            } else {
                plain.push_str(quoted);
            }
            rest = behind;
        }
    }
    plain + rest
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The place of the quote that closes a cell, before one of `ends`. Quotes within are doubled. No tab stands in quotes, so
/// that a stray quote joins no cells.
fn closing(text: &str, ends: &[char]) -> Option<usize> {
    let mut from = 0;
    loop {
        let quote = from + text[from..].find('"')?;
        let rest = &text[quote + 1..];
        if !rest.starts_with('"') {
            let rest = rest.trim_start_matches(' ');
            return ((rest.is_empty() || rest.starts_with(ends)) && !text[..quote].contains('\t')).then_some(quote);
        }
        from = quote + 2;
    }
}

/// The cells of a line, of which each may stand in quotes.
fn cells(line: &str, divider: char) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = Some(line);
    while let Some(text) = rest {
        let text = text.trim_start_matches(' ');
        let quoted = text.strip_prefix('"').and_then(|text| Some((text, closing(text, &[divider])?)));
        let (cell, behind) = quoted.map_or((String::new(), text), |(text, end)| (text[..end].replace("\"\"", "\""), &text[end + 1..]));
        let (bare, next) = behind.split_once(divider).map_or((behind, None), |(bare, next)| (bare, Some(next)));
        cells.push((cell + bare).trim().into());
        rest = next;
    }
    cells
}

/// One line of several without a divider of its own: a number, or a label before a number, `January, 1,000`. A line that
/// can be divided in two ways, as `Jan 27 100`, stays whole at its month.
fn label_and_number(line: &str) -> Vec<String> {
    let line = line.trim();
    let divides = |c: char| c.is_whitespace() || matches!(c, ',' | ':');
    if line.is_empty() || is_number(line) && !line.split(divides).next().is_some_and(is_month) {
        return vec![plain_text(line)];
    }
    for (place, divider) in line.match_indices(divides) {
        let (label, number) = (&line[..place], line[place + divider.len()..].trim());
        let is_dash = is_dash(number);
        // A year belongs to the label.
        if is_number(label) || !is_dash && !is_number(number) || number.split_once(divides).is_some_and(|(year, _)| is_year(year)) {
            continue;
        }
        let is_sure = is_dash || matches!(divider, "," | ":") || !without_currency(number).contains(char::is_whitespace);
        return if is_sure { vec![plain_text(label), plain_text(number)] } else { vec![String::new(), line.into()] };
    }
    cells(line, if line.contains(',') || line.starts_with('"') { ',' } else { '\n' })
}

/// Whether a cell is a number, or most likely meant as one. A month such as `01.2027` is not.
pub(super) fn is_number(cell: &str) -> bool {
    matches!(read(cell, MOST), Ok(_) | Err(Misread::TooLarge { .. } | Misread::NotPlain { meant: Some(_) })) && !is_month(cell)
}

/// Whether a cell is a dash, with a currency or not, as accountants write zero.
pub(super) fn is_dash(cell: &str) -> bool {
    let plain = plain_text(cell);
    matches!(without_currency(&plain), "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" | "\u{2212}")
}

/// Whether a cell is a heading or a name. Digits without letters are a number with a mistake, unless they are a month.
pub(super) fn is_label(cell: &str) -> bool {
    let is_text = cell.contains(char::is_alphabetic) || !cell.contains(char::is_numeric) || is_month(cell);
    !cell.is_empty() && is_text && !is_dash(cell) && !is_number(cell)
}

/// Whether a cell is a calendar month or a day, by name or with its year: `Jan`, `Jan-27`, `01.2027`.
pub(super) fn is_month(cell: &str) -> bool {
    let plain = plain_text(cell);
    let parts = parts_of_date(&plain);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.iter().copied().filter(|part| !is_digits(part)).collect::<Vec<_>>()[..] {
        [word] => month_named(word).is_some(),
        [] if matches!(parts.len(), 2 | 3) && !plain.contains([',', ' ', '\'']) => {
            let years = parts.iter().filter(|part| is_year(part)).count();
            years == 1 && parts.iter().all(|part| part.len() < 3 || is_year(part))
        }
        _ => false,
    }
}

pub(super) fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.parse().is_ok_and(|year: u16| (1900..2200).contains(&year))
}

pub(super) fn is_total(label: &str) -> bool {
    has_word(label, &TOTALS) || label.to_lowercase().starts_with("all months")
}

pub(super) fn is_average(label: &str) -> bool {
    has_word(label, &AVERAGES)
}

fn has_word(label: &str, known: &[&str]) -> bool {
    label.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| known.contains(&word))
}

/// Whether cells name months or columns: they are labels, or, where there is only one other row or column or they are
/// twelve, the numbers of the months: 1, 2, 3 and so on.
pub(super) fn are_names<'a>(cells: impl Iterator<Item = &'a String> + Clone, others: usize) -> bool {
    let numbers = cells.clone().filter(|cell| is_number(cell)).enumerate();
    match numbers.clone().count() {
        0 => cells.clone().any(|cell| is_label(cell)) && cells.into_iter().all(|cell| cell.is_empty() || is_label(cell)),
        counted => {
            (others == 1 && counted > 2 || others > 0 && counted == MONTHS)
                && numbers.into_iter().all(|(place, cell)| read(cell, MOST) == Ok(place as u64 + 1))
        }
    }
}
