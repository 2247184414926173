//! Small changes to a JSON document: another value, a field less or more, entries twice or in another order.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// Takes the place of any value.
const ANYTHING: &str = r#"null true -1 0 1.5 "x" [] {}"#;

/// Takes the place of a number: the edges of all ranges, and ways to write a number.
const NUMBERS: &str = r#"
1 2 11 12 13 744 1000000 1000001 4294967295 4294967296 1000000000000 1000000000001 18446744073709551616 1.0 1e3 -0 "1"
"#;

/// Takes the place of text: decimals around each limit, white space, months, modes and addresses.
const TEXTS: &str = r#"
"" " " "\t" "\u0085" "\u001c" "\u200b" "\ufeff" "\u3000" "-1" "1e3" "1.0000000001" "1.000000001" "0" "0.000" "0.5" "0.999999999" "1" "1.0"
"1.000000001" "01" "1." ".5" "+1" "１" "1 " "1\n" "1,5" "123456789012" "1234567890123" "000000000000" "000000000001" "0000000000001"
"99.99" "99.999" "100" "100." "100.00" "100.000" "000000000100" "100.01" "101" "000000000099.9" "743.999999999" "744" "744.0" "744.000000001" "745" "1000"
"billed" "all" "volume" "graduated" "Billed" "2027-12" "2027-13" "2027-00" "2027-1" "12027-01" "0000-01" "hd" "pictures" "postpaid"
"https://a" "https://" "http://a" "https://a b" "https://a\u00a0" "https://a\u0085" "https://a\u0001" " https://a" "HTTPS://a" "https://ä"
"#;

static POOLS: LazyLock<[Vec<Value>; 3]> = LazyLock::new(|| {
    let values = |texts| serde_json::Deserializer::from_str(texts).into_iter().collect::<Result<_, _>>().expect("JSON");
    [ANYTHING, NUMBERS, TEXTS].map(values)
});

/// Is added to any object: those of which only one is allowed, and an unknown one.
static FURTHER_FIELDS: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let fields = r#"{
        "unknown": null, "yearly": 1, "monthly": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], "apis": {"hd": {"yearly": 1}}, "slots": 1,
        "queued": {"seconds_per_call": "1", "busy_hours_per_month": "1", "target_utilisation": "1"},
        "live": {"seconds_per_call": "1", "busy_hour_calls": "1", "accepted_failure": "0.1"},
        "busy_hour_calls": "1", "busy_hour_share": "1", "price_per_slot_month": "1", "tiers": [{"from": 1, "price_per_slot_month": "1"}]
    }"#;
    serde_json::from_str(fields).expect("an object")
});

/// A change at one place, which is given as a JSON pointer.
#[derive(Debug, Clone)]
pub struct Mutation {
    place: String,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    Replace(&'static Value),
    /// Gives a field a name with one more letter.
    Rename(String),
    Remove(String),
    Add(&'static str, &'static Value),
    RepeatFirst,
    DropLast,
    Reverse,
}

impl Mutation {
    pub fn place(&self) -> &str {
        &self.place
    }

    pub fn apply(&self, document: &mut Value) {
        let value = document.pointer_mut(&self.place).expect("a place in the document");
        match (&self.change, value) {
            (Change::Replace(by), value) => *value = (*by).clone(),
            (Change::Rename(name), Value::Object(fields)) => {
                let value = fields.remove(name).expect("a field");
                fields.insert(format!("{name}s"), value);
            }
            (Change::Remove(name), Value::Object(fields)) => drop(fields.remove(name)),
            (Change::Add(name, value), Value::Object(fields)) => drop(fields.insert((*name).into(), (*value).clone())),
            (Change::RepeatFirst, Value::Array(entries)) => entries.extend(entries.first().cloned()),
            (Change::DropLast, Value::Array(entries)) => drop(entries.pop()),
            (Change::Reverse, Value::Array(entries)) => entries.reverse(),
            (change, value) => panic!("{change:?} is for another value than {value}"),
        }
    }
}

/// All mutations of a document.
pub fn mutations(document: &Value) -> Vec<Mutation> {
    let mut found = Vec::new();
    collect(document, &mut String::new(), &mut found);
    found
}

fn collect(value: &Value, place: &mut String, found: &mut Vec<Mutation>) {
    let [anything, numbers, texts] = &*POOLS;
    let further: [&[Value]; 2] = match value {
        Value::Number(_) => [numbers, &[]],
        Value::String(_) => [&[], texts],
        Value::Null => [numbers, texts],
        _ => [&[], &[]],
    };
    let replacements = anything.iter().chain(further.into_iter().flatten()).map(Change::Replace);
    let changes: Vec<Change> = match value {
        Value::Object(fields) => {
            let added = FURTHER_FIELDS.iter().filter(|(name, _)| !fields.contains_key(*name));
            let added = added.map(|(name, value)| Change::Add(name, value));
            added.chain(fields.keys().flat_map(|name| [Change::Remove(name.clone()), Change::Rename(name.clone())])).collect()
        }
        Value::Array(_) => vec![Change::RepeatFirst, Change::DropLast, Change::Reverse],
        _ => Vec::new(),
    };
    found.extend(replacements.chain(changes).map(|change| Mutation { place: place.clone(), change }));
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(entries) => entries.iter().enumerate().map(|(index, entry)| (index.to_string(), entry)).collect(),
        _ => Vec::new(),
    };
    let length = place.len();
    for (name, part) in parts {
        place.push('/');
        place.push_str(&name);
        collect(part, place, found);
        place.truncate(length);
    }
}
