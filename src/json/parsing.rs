//! Which tree does a text of JSON have?

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Node, Value};
use crate::problem::{ErrorKind, ValidationError};

/// Reads a document.
///
/// # Errors
/// One problem without a field, where `text` is not JSON.
pub fn parse(text: &str) -> Result<Node, ValidationError> {
    let node: Node = serde_json::from_str(text).map_err(|error| ValidationError {
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

    fn visit_i64<E: Error>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Negative)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Value::List(list))
    }

    /// An object; or a number beyond 64 bits or with a point, which comes as an object of one field with its digits.
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Vec::new();
        while let Some(name) = fields.next_key()? {
            match name {
                Name::Field(name) => object.push((name, fields.next_value()?)),
                Name::Number => return Ok(number(&fields.next_value::<String>()?)),
            }
        }
        Ok(Value::Object(object))
    }
}

/// What comes before a value in an object.
enum Name {
    /// The field's name in the document.
    Field(String),
    /// None: the object stands for a number, whose digits follow.
    Number,
}

/// serde_json gives the stand-in of a number a name that a document could give to a field as well. Asked for an option,
/// it says that there is a name only where the document has one.
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

/// What kind of number the digits are; JSON has made sure that it is one.
fn number(digits: &str) -> Value {
    if digits.contains(['.', 'e', 'E']) {
        return Value::Fraction;
    }
    match digits.strip_prefix('-') {
        Some(digits) if digits.bytes().any(|digit| digit != b'0') => Value::Negative,
        Some(_) => Value::Whole(0),
        None => digits.parse().map_or(Value::Huge, Value::Whole),
    }
}
