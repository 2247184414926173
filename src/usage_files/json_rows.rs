//! JSON Lines: an object in each line, of which only the fields that are looked for are read.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::problem::FileErrorKind;
use super::rows::{ParsedRow, Record, RowSink, TextLines};

/// Divides JSON Lines into rows with a column for each of some fields.
#[derive(Debug)]
pub struct JsonRows {
    pub(super) lines: TextLines,
    names: Vec<String>,
    values: Vec<Vec<u8>>,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl JsonRows {
    /// The fields with these names, in their order.
    pub fn new(names: Vec<String>) -> Self {
        let values = vec![Vec::new(); names.len()];
        Self { lines: TextLines::default(), names, values, cells: Vec::new(), ends: Vec::new() }
    }

    pub(super) fn feed(&mut self, text: &[u8], sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        let Self { lines, names, values, cells, ends } = self;
        lines.feed(text, &mut |line, number| pass(line, number, names, values, (cells, ends), sink))
    }

    pub(super) fn finish(&mut self, sink: &mut impl RowSink) -> Result<(), FileErrorKind> {
        let Self { lines, names, values, cells, ends } = self;
        lines.finish(&mut |line, number| pass(line, number, names, values, (cells, ends), sink))
    }
}

fn pass(
    line: &[u8],
    number: u64,
    names: &[String],
    values: &mut [Vec<u8>],
    (cells, ends): (&mut Vec<u8>, &mut Vec<usize>),
    sink: &mut impl RowSink,
) -> Result<(), FileErrorKind> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return sink.row(ParsedRow::Empty, number);
    }
    values.iter_mut().for_each(Vec::clear);
    let mut json = serde_json::Deserializer::from_slice(line);
    let fields = Fields { place: &mut |name: &[u8]| names.iter().position(|known| known.as_bytes() == name), values };
    if json.deserialize_map(fields).is_err() || json.end().is_err() {
        return sink.row(ParsedRow::Malformed, number);
    }
    cells.clear();
    ends.clear();
    for value in values {
        cells.extend_from_slice(value);
        ends.push(cells.len());
    }
    sink.row(ParsedRow::Cells(Record::new(cells, ends)), number)
}

/// Reads an object into the values of the fields that have a place.
struct Fields<'a, P> {
    place: &'a mut P,
    values: &'a mut [Vec<u8>],
}

impl<'de, P: FnMut(&[u8]) -> Option<usize>> Visitor<'de> for Fields<'_, P> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        while let Some(place) = fields.next_key_seed(FieldName(&mut self.place))? {
            match place.and_then(|place| self.values.get_mut(place)) {
                Some(value) => {
                    value.clear();
                    fields.next_value_seed(Cell(value))?;
                }
                None => {
                    fields.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The place of the field with this name.
struct FieldName<'a, P>(&'a mut P);

impl<'de, P: FnMut(&[u8]) -> Option<usize>> DeserializeSeed<'de> for FieldName<'_, P> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<'de, P: FnMut(&[u8]) -> Option<usize>> Visitor<'de> for FieldName<'_, P> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    /// Bytes, so that names that are not looked for need not be checked.
    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok((self.0)(name))
    }
}

/// Writes a value as the text of a cell. Objects and lists are no text, and leave it empty.
struct Cell<'a>(&'a mut Vec<u8>);

impl<'de> DeserializeSeed<'de> for Cell<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<(), E> {
        self.0.extend_from_slice(if on { b"true" } else { b"false" });
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.extend_from_slice(number.to_string().as_bytes());
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.extend_from_slice(number.to_string().as_bytes());
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while entries.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    /// An object, or a number with a point: `serde_json` passes its digits as an object of one field with a private name.
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(is_number) = fields.next_key_seed(IsNumber)? {
            if is_number {
                let digits: String = fields.next_value()?;
                self.0.extend_from_slice(digits.as_bytes());
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Whether a name stands for the digits of a number. Read as an option, only the name of a field is `Some`.
struct IsNumber;

impl<'de> DeserializeSeed<'de> for IsNumber {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for IsNumber {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_some<D: Deserializer<'de>>(self, name: D) -> Result<bool, D::Error> {
        name.deserialize_str(IgnoredAny)?;
        Ok(false)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<bool, E> {
        Ok(true)
    }
}

/// The names of the fields in the first lines, in the order in which they are first seen.
pub fn field_names(text: &[u8], most_lines: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in text.split(|&byte| byte == b'\n').take(most_lines) {
        let mut collect = |name: &[u8]| {
            let name = String::from_utf8_lossy(name);
            if names.len() < 1_000 && !names.iter().any(|known| *known == name) {
                names.push(name.into_owned());
            }
            None
        };
        // A line that is no object has no names.
        let _ = serde_json::Deserializer::from_slice(line).deserialize_map(Fields { place: &mut collect, values: &mut [] });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Rows(Vec<String>);

    impl RowSink for Rows {
        fn row(&mut self, row: ParsedRow<'_>, _: u64) -> Result<(), FileErrorKind> {
            self.0.push(match row {
                ParsedRow::Cells(record) => {
                    (0..record.width()).map(|cell| String::from_utf8_lossy(record.cell(cell))).collect::<Vec<_>>().join("|")
                }
                ParsedRow::Empty => "empty".into(),
                _ => "malformed".into(),
            });
            Ok(())
        }
    }

    #[test]
    fn reads_the_wanted_fields() {
        let text = concat!(
            "{\"n\": 1.50, \"t\": \"a\\u0062\", \"x\": {\"t\": [1]}}\n\n{\"t\": 12, \"n\": -3}\r\n{\"t\": null}\n{\"t\": {\"a\": 1}, \"n\": [2]}\n",
            "[1]\n{\"t\": 1}}\n{\"t\": 1, \"t\": 2}\n{\"n\": 1e400, \"t\": 99999999999999999999}\n{\"t\":true"
        );
        for size in [1, 7, text.len()] {
            let (mut rows, mut seen) = (JsonRows::new(vec!["t".into(), "n".into()]), Rows(Vec::new()));
            for piece in text.as_bytes().chunks(size) {
                rows.feed(piece, &mut seen).expect("short lines");
            }
            rows.finish(&mut seen).expect("short lines");
            let expected =
                ["ab|1.50", "empty", "12|-3", "|", "|", "malformed", "malformed", "2|", "99999999999999999999|1e+400", "malformed"];
            assert_eq!(seen.0, expected, "{size}");
        }
        assert_eq!(field_names(text.as_bytes(), 5), ["n", "t", "x"]);
    }
}
