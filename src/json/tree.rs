//! The tree: values with their places in the document.

/// A value, with the places in the document where it begins and ends, counted in values.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub(super) value: Value,
    pub(super) start: u32,
    pub(super) end: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Switch(bool),
    Whole(u64),
    /// Any other number, as it was written.
    Number(NumberKind, String),
    Text(String),
    /// The first entries, and how many more there were.
    List(Vec<Node>, usize),
    Object(Vec<(String, Node)>),
}

/// What keeps a number from being a whole number from 0 to 2^64 − 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NumberKind {
    Negative,
    /// It has a point or an exponent.
    Fraction,
    Huge,
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { value, start: 0, end: 0 }
    }
}

impl Node {
    /// The tree as a whole document, in which every value has its place.
    #[must_use]
    pub fn document(mut self) -> Self {
        self.number(&mut 0);
        self
    }

    /// The value at a path such as `usage.monthly[3]`, with that path; the value that it should be in, where there is none.
    pub(super) fn inside<'a>(&self, path: &'a str) -> (&Self, &'a str) {
        let (mut node, mut end) = (self, 0);
        while end < path.len() {
            let rest = path[end..].trim_start_matches(['.', '[']);
            let step = rest.split(['.', '[']).next().unwrap_or(rest);
            let next = match &node.value {
                Value::Object(fields) => fields.iter().find(|(name, _)| name == step).map(|(_, field)| field),
                Value::List(entries, _) => step.trim_end_matches(']').parse().ok().and_then(|index: usize| entries.get(index)),
                _ => None,
            };
            let Some(next) = next else { break };
            (node, end) = (next, path.len() - rest.len() + step.len());
        }
        (node, &path[..end])
    }

    fn number(&mut self, next: &mut u32) {
        self.start = *next;
        *next += 1;
        match &mut self.value {
            Value::List(entries, _) => entries.iter_mut().for_each(|entry| entry.number(next)),
            Value::Object(fields) => fields.iter_mut().for_each(|(_, field)| field.number(next)),
            _ => {}
        }
        self.end = *next;
        *next += 1;
    }
}
