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

/// A document that is part of the program.
#[expect(missing_docs, reason = "the kinds of JSON")]
#[derive(Debug)]
pub enum Literal {
    Null,
    Switch(bool),
    Whole(u64),
    Text(&'static str),
    List(&'static [Literal]),
    Object(&'static [(&'static str, Literal)]),
}

impl From<&Literal> for Node {
    fn from(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Value::Null.into(),
            Literal::Switch(on) => Self::switch(*on),
            Literal::Whole(number) => Self::whole(*number),
            Literal::Text(text) => Self::text(text),
            Literal::List(entries) => Self::list(entries.iter().map(Self::from)),
            Literal::Object(fields) => Self::object_of(fields.iter().map(|(name, node)| ((*name).into(), node.into())).collect()),
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { value, start: 0, end: 0 }
    }
}

impl Node {
    /// `true` or `false`.
    pub fn switch(on: bool) -> Self {
        Value::Switch(on).into()
    }

    /// A whole number.
    pub fn whole(number: u64) -> Self {
        Value::Whole(number).into()
    }

    /// A text.
    pub fn text(text: &str) -> Self {
        Value::Text(text.into()).into()
    }

    /// A list of whole numbers.
    pub fn wholes(numbers: &[u64]) -> Self {
        Self::list(numbers.iter().map(|&number| Self::whole(number)))
    }

    /// A list.
    pub fn list(entries: impl Iterator<Item = Self>) -> Self {
        Value::List(entries.collect(), 0).into()
    }

    /// An object.
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::object_of(fields.into_iter().map(|(name, node)| (name.into(), node)).collect())
    }

    /// An object of a list of fields.
    pub fn object_of(fields: Vec<(String, Self)>) -> Self {
        Value::Object(fields).into()
    }

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
