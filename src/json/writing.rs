//! The tree as JSON again.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::tree::{Node, Value};

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Switch(on) => serializer.serialize_bool(*on),
            Value::Whole(number) => serializer.serialize_u64(*number),
            Value::Number(_, digits) => digits.parse::<serde_json::Number>().map_err(serde::ser::Error::custom)?.serialize(serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(entries, _) => serializer.collect_seq(entries),
            Value::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, node) in fields {
                    map.serialize_entry(name, node)?;
                }
                map.end()
            }
        }
    }
}
