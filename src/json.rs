//! Which fields does a JSON document have, and what is wrong with each?
//!
//! Reads the whole document into a tree that keeps the order of fields and doubled names, then lets the gates ask
//! for one field after the other. Whatever does not fit is recorded as a [`ValidationError`] and reading goes on, so that a
//! person sees everything at once. What the fields mean is left to the gates. What is known in another form, such as
//! the values of a link, becomes the same tree without any text between.

mod parsing;

use crate::money::Decimal;
use crate::order;
use crate::problem::{ErrorKind, Kind, ValidationError};
pub use parsing::parse;

/// A value, and where in the document it begins and ends, counted in values.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    value: Value,
    start: u32,
    end: u32,
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Null,
    Switch(bool),
    Whole(u64),
    Negative,
    Fraction,
    Huge,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// A document that is known when the engine is built.
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

/// All that was found wrong so far. Kept with its place, so that it can be told in the document's order.
#[derive(Debug, Default)]
pub struct ValidationErrors(Vec<(u32, ValidationError)>);

impl ValidationErrors {
    /// In document order; a missing field counts as standing where its object ends.
    pub fn in_order(mut self) -> Vec<ValidationError> {
        order::by_key(&mut self.0, |&(place, _)| place as u128);
        self.0.into_iter().map(|(_, error)| error).collect()
    }

    /// Has nothing been found?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
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
        Value::List(entries.collect()).into()
    }

    /// An object.
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::object_of(fields.into_iter().map(|(name, node)| (name.into(), node)).collect())
    }

    /// An object of any number of fields.
    pub fn object_of(fields: Vec<(String, Self)>) -> Self {
        Value::Object(fields).into()
    }

    /// The tree as a document of its own, with every value's place in it.
    #[must_use]
    pub fn document(mut self) -> Self {
        self.number(&mut 0);
        self
    }

    fn number(&mut self, next: &mut u32) {
        self.start = *next;
        *next += 1;
        match &mut self.value {
            Value::List(entries) => entries.iter_mut().for_each(|entry| entry.number(next)),
            Value::Object(fields) => fields.iter_mut().for_each(|(_, field)| field.number(next)),
            _ => {}
        }
        self.end = *next;
        *next += 1;
    }
}

/// A value together with its path, ready to be asked what it is.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    node: &'a Node,
    path: String,
}

impl<'a> Field<'a> {
    /// The document itself, as the field `path` (empty for a document of its own).
    pub fn root(node: &'a Node, path: &str) -> Self {
        Self { node, path: path.into() }
    }

    /// The path, as reported.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Records a fault of this field.
    pub fn refuse(&self, kind: ErrorKind, errors: &mut ValidationErrors) {
        errors.0.push((self.node.start, ValidationError { field: self.path.clone(), kind }));
    }

    /// Is it `null`?
    pub fn is_null(&self) -> bool {
        self.node.value == Value::Null
    }

    /// Is it a list?
    pub fn is_list(&self) -> bool {
        matches!(self.node.value, Value::List(_))
    }

    /// Is it a number of any kind?
    pub fn is_number(&self) -> bool {
        matches!(self.node.value, Value::Whole(_) | Value::Negative | Value::Fraction | Value::Huge)
    }

    /// Its fields, where it is an object; unknown and doubled ones are recorded.
    pub fn object(&self, known: &'static [&'static str], errors: &mut ValidationErrors) -> Option<Object<'a>> {
        let Value::Object(fields) = &self.node.value else {
            self.refuse(ErrorKind::WrongType { expected: Kind::Object }, errors);
            return None;
        };
        let object = Object { fields, path: self.path.clone(), end: self.node.end };
        for (index, (name, node)) in fields.iter().enumerate() {
            let field = Field { node, path: object.path_of(name) };
            if fields[..index].iter().any(|(before, _)| before == name) {
                field.refuse(ErrorKind::Duplicate, errors);
            } else if !known.contains(&name.as_str()) {
                field.refuse(ErrorKind::UnknownField { known }, errors);
            }
        }
        Some(object)
    }

    /// Its fields, where it is an object, whatever they are called; doubled ones count once.
    pub fn open_object(&self, errors: &mut ValidationErrors) -> Option<Object<'a>> {
        if let Value::Object(fields) = &self.node.value {
            return Some(Object { fields, path: self.path.clone(), end: self.node.end });
        }
        self.refuse(ErrorKind::WrongType { expected: Kind::Object }, errors);
        None
    }

    /// Its entries, where it is a list.
    pub fn list(&self, errors: &mut ValidationErrors) -> Option<Vec<Field<'a>>> {
        let Value::List(entries) = &self.node.value else {
            self.refuse(ErrorKind::WrongType { expected: Kind::List }, errors);
            return None;
        };
        Some(entries.iter().enumerate().map(|(index, node)| Field { node, path: format!("{}[{index}]", self.path) }).collect())
    }

    /// Its text, where it is one.
    pub fn text(&self, errors: &mut ValidationErrors) -> Option<&'a str> {
        if let Value::Text(text) = &self.node.value {
            return Some(text);
        }
        self.refuse(ErrorKind::WrongType { expected: Kind::Text }, errors);
        None
    }

    /// Its text, where it is one that is not empty.
    pub fn filled_text(&self, errors: &mut ValidationErrors) -> Option<&'a str> {
        let text = self.text(errors)?;
        if text.trim().is_empty() {
            self.refuse(ErrorKind::Empty, errors);
            return None;
        }
        Some(text)
    }

    /// The text of a decimal number; a JSON number in its place is refused.
    pub fn decimal_text(&self, errors: &mut ValidationErrors) -> Option<&'a str> {
        if let Value::Text(text) = &self.node.value {
            return Some(text);
        }
        self.refuse(ErrorKind::WrongType { expected: Kind::DecimalText }, errors);
        None
    }

    /// A decimal number, given as text.
    pub fn decimal(&self, errors: &mut ValidationErrors) -> Option<Decimal> {
        let text = self.decimal_text(errors)?;
        let number = Decimal::parse(text);
        if number.is_none() {
            self.refuse(ErrorKind::MalformedDecimal, errors);
        }
        number
    }

    /// `true` or `false`.
    pub fn switch(&self, errors: &mut ValidationErrors) -> Option<bool> {
        if let Value::Switch(on) = self.node.value {
            return Some(on);
        }
        self.refuse(ErrorKind::WrongType { expected: Kind::Switch }, errors);
        None
    }

    /// A whole number from `least` to `most`.
    pub fn whole_number(&self, least: u64, most: u64, errors: &mut ValidationErrors) -> Option<u64> {
        let kind = match self.node.value {
            Value::Whole(number) if (least..=most).contains(&number) => return Some(number),
            Value::Whole(_) | Value::Negative | Value::Huge => ErrorKind::OutOfRange { least, most },
            Value::Fraction => ErrorKind::NotAWholeNumber { least, most },
            _ => ErrorKind::WrongType { expected: Kind::WholeNumber },
        };
        self.refuse(kind, errors);
        None
    }
}

/// The fields of one object.
#[derive(Debug, Clone)]
pub struct Object<'a> {
    fields: &'a [(String, Node)],
    path: String,
    end: u32,
}

impl<'a> Object<'a> {
    /// The field called `name`, where it is there.
    pub fn get(&self, name: &str) -> Option<Field<'a>> {
        let (_, node) = self.fields.iter().find(|(field, _)| field == name)?;
        Some(Field { node, path: self.path_of(name) })
    }

    /// The field called `name`, where it is there and not `null`.
    pub fn get_unless_null(&self, name: &str) -> Option<Field<'a>> {
        self.get(name).filter(|field| !field.is_null())
    }

    /// The field called `name`, whose absence is recorded.
    pub fn require(&self, name: &'static str, errors: &mut ValidationErrors) -> Option<Field<'a>> {
        let field = self.get(name);
        if field.is_none() {
            self.refuse_end(self.path_of(name), ErrorKind::Missing { needed: name }, errors);
        }
        field
    }

    /// The one field of `choice` that is there; none, and more than one, is recorded.
    pub fn one_of(
        &self,
        choice: &'static [&'static str],
        needed: &'static str,
        errors: &mut ValidationErrors,
    ) -> Option<(&'static str, Field<'a>)> {
        let mut given = choice.iter().filter_map(|&name| self.get(name).map(|field| (name, field)));
        let Some(first) = given.next() else {
            self.refuse_end(self.path.clone(), ErrorKind::Missing { needed }, errors);
            return None;
        };
        if let Some((_, second)) = given.next() {
            second.refuse(ErrorKind::OnlyOneOf { fields: choice }, errors);
            return None;
        }
        Some(first)
    }

    /// Records a fault that shows only at the object's end.
    pub fn refuse_end(&self, field: String, kind: ErrorKind, errors: &mut ValidationErrors) {
        errors.0.push((self.end, ValidationError { field, kind }));
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.into() } else { format!("{}.{name}", self.path) }
    }
}
