//! The parser: text to tree.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::MAX_ENTRIES;
use super::tree::{Node, NumberKind, Value};
use crate::problem::{ErrorKind, ValidationError};

/// Reads a document. A byte order mark in front of it is skipped.
///
/// # Errors
/// One error without a field, if `text` is not JSON.
pub fn parse(text: &str) -> Result<Node, ValidationError> {
    let node: Node = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| ValidationError {
        field: String::new(),
        kind: ErrorKind::NotJson { line: error.line(), column: error.column() },
    })?;
    Ok(node.document())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor).map(Self::from)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<Value, E> {
        Ok(Value::Switch(on))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Whole(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(NumberKind::Negative, number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while list.len() < MAX_ENTRIES {
            let Some(entry) = entries.next_element()? else { return Ok(Value::List(list, 0)) };
            list.push(entry);
        }
        let mut further = 0;
        while entries.next_element::<IgnoredAny>()?.is_some() {
            further += 1;
        }
        Ok(Value::List(list, further))
    }

    /// An object. `serde_json` passes a number with a point or beyond 64 bits as an object too, of one field with its digits.
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Vec::new();
        while let Some(name) = fields.next_key()? {
            match name {
                Name::Field(name) => object.push((name, fields.next_value()?)),
                Name::Number => return Ok(number(fields.next_value::<String>()?)),
            }
        }
        Ok(Value::Object(object))
    }
}

/// The name in front of a value.
enum Name {
    /// A field of the document.
    Field(String),
    /// No field: the value is the digits of a number.
    Number,
}

/// `serde_json` marks the digits of a number by a name that a field of a document could have too. Read as an option, only
/// the name of a field is `Some`.
impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_some<D: Deserializer<'de>>(self, name: D) -> Result<Name, D::Error> {
        String::deserialize(name).map(Name::Field)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Name, E> {
        Ok(Name::Number)
    }
}

/// The number with these digits, which `serde_json` has checked.
fn number(digits: String) -> Value {
    let kind = if digits.contains(['.', 'e', 'E']) {
        NumberKind::Fraction
    } else if digits.starts_with('-') {
        NumberKind::Negative
    } else {
        NumberKind::Huge
    };
    match digits.parse() {
        Ok(number) => Value::Whole(number),
        Err(_) if digits == "-0" => Value::Whole(0),
        Err(_) => Value::Number(kind, digits),
    }
}
