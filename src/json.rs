//! JSON documents, with every error and its place.
//!
//! [`parse`] reads a whole document into a tree that keeps the order of its fields and duplicate names. Validation then
//! asks for one [`JsonField`] after the other; whatever does not fit is recorded as a [`ValidationError`] and reading goes
//! on, so that one pass finds every error. The meaning of fields is left to those who ask.

mod parsing;
mod tree;

use std::collections::BTreeMap;

use crate::money::Decimal;
use crate::order;
use crate::problem::{ErrorKind, Given, Kind, ValidationError, WholeRange, shortened};
pub use parsing::parse;
pub use tree::Node;
use tree::{NumberKind, Value};

/// The most entries of a list that [`parse`] keeps; it counts the rest, so that memory does not grow with a list that is
/// too long for any field.
const MAX_ENTRIES: usize = 200_000;

/// The errors found so far, each with its place in the document.
#[derive(Debug, Default)]
pub struct ValidationErrors(Vec<(u32, ValidationError)>);

impl ValidationErrors {
    /// The errors in document order; a missing field has its place at the end of its object.
    pub fn in_order(mut self) -> Vec<ValidationError> {
        order::by_key(&mut self.0, |&(place, _)| place as u128);
        self.0.into_iter().map(|(_, error)| error).collect()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value`, if there are no errors.
    ///
    /// # Errors
    /// All errors, in document order. `value` is `None` only where one was recorded.
    pub fn into_result<T>(self, value: Option<T>) -> Result<T, Vec<ValidationError>> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self.in_order()),
        }
    }
}

/// A value with its path.
#[derive(Debug, Clone)]
pub struct JsonField<'a> {
    node: &'a Node,
    path: String,
}

impl<'a> JsonField<'a> {
    /// The outermost value of a tree, with its path in a larger document; empty for a whole document.
    pub fn root(node: &'a Node, path: &str) -> Self {
        Self { node, path: path.into() }
    }

    /// The path, as errors give it: `usage.monthly[3]`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Records an error inside this field, whose path begins here. A number that stands for twelve is refused once.
    pub fn refuse_inside(&self, error: &ValidationError, errors: &mut ValidationErrors) {
        let (node, path) = self.node.inside(&error.field);
        let field = if self.path.is_empty() || path.is_empty() { [&self.path, path].concat() } else { [&self.path, path].join(".") };
        let error = (node.start, ValidationError { field, kind: error.kind.clone() });
        if !errors.0.contains(&error) {
            errors.0.push(error);
        }
    }

    /// Records an error of this field.
    pub fn refuse(&self, kind: ErrorKind, errors: &mut ValidationErrors) {
        errors.0.push((self.node.start, ValidationError { field: self.path.clone(), kind }));
    }

    /// Records that the field takes another kind of value.
    pub fn refuse_type(&self, expected: Kind, errors: &mut ValidationErrors) {
        self.refuse(ErrorKind::WrongType { expected, given: self.given() }, errors);
    }

    fn given(&self) -> Given {
        match &self.node.value {
            Value::Null => Given::Null,
            Value::Switch(on) => Given::Switch(*on),
            Value::Whole(number) => Given::Number(number.to_string()),
            Value::Number(_, digits) => Given::Number(shortened(digits)),
            Value::Text(text) => Given::Text(shortened(text)),
            Value::List(..) => Given::List,
            Value::Object(_) => Given::Object,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.node.value == Value::Null
    }

    /// Whether it is an object with the field `name`.
    pub fn has(&self, name: &str) -> bool {
        matches!(&self.node.value, Value::Object(fields) if fields.iter().any(|(field, _)| field == name))
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.node.value, Value::List(..))
    }

    /// Whether it is a number of any kind.
    pub fn is_number(&self) -> bool {
        matches!(self.node.value, Value::Whole(_) | Value::Number(..))
    }

    /// Its fields, if it is an object. Unknown and duplicate ones are recorded.
    pub fn object(&self, known: &'static [&'static str], errors: &mut ValidationErrors) -> Option<Object<'a>> {
        self.fields(Some(known), errors)
    }

    /// The names and values of its fields, in their order, if it is an object whose names are not fixed. Duplicate ones are
    /// recorded, and the first counts.
    pub fn object_of_any_fields(&self, errors: &mut ValidationErrors) -> Option<Vec<(&'a str, JsonField<'a>)>> {
        let Value::Object(fields) = &self.node.value else {
            self.refuse_type(Kind::Object, errors);
            return None;
        };
        let mut known: BTreeMap<&str, &Node> = BTreeMap::new();
        let mut found = Vec::new();
        for (name, node) in fields {
            let field = JsonField { node, path: path_of(&self.path, name) };
            if known.insert(name, node).is_none() {
                found.push((name.as_str(), field));
            } else {
                field.refuse(ErrorKind::Duplicate, errors);
            }
        }
        Some(found)
    }

    /// Its fields, if it is an object, with any names. Of duplicate ones the first counts.
    pub fn open_object(&self, errors: &mut ValidationErrors) -> Option<Object<'a>> {
        self.fields(None, errors)
    }

    fn fields(&self, known: Option<&'static [&'static str]>, errors: &mut ValidationErrors) -> Option<Object<'a>> {
        let Value::Object(fields) = &self.node.value else {
            self.refuse_type(Kind::Object, errors);
            return None;
        };
        let mut object = Object { fields: BTreeMap::new(), path: self.path.clone(), end: self.node.end };
        for (name, node) in fields {
            let is_duplicate = object.fields.contains_key(name.as_str());
            if !is_duplicate {
                object.fields.insert(name, node);
            }
            let Some(known) = known else { continue };
            let kind = match is_duplicate {
                true => ErrorKind::Duplicate,
                false if known.contains(&name.as_str()) => continue,
                false => ErrorKind::UnknownField { known },
            };
            JsonField { node, path: object.path_of(name) }.refuse(kind, errors);
        }
        Some(object)
    }

    /// Its entries, if it is a list.
    pub fn list(&self, errors: &mut ValidationErrors) -> Option<Vec<JsonField<'a>>> {
        let (entries, length) = self.list_with_length(errors)?;
        if length > entries.len() {
            self.refuse(ErrorKind::TooManyEntries { most: MAX_ENTRIES as u64 }, errors);
            return None;
        }
        Some(entries)
    }

    /// Its first entries, at most 10,000, and the number of all entries, if it is a list.
    pub fn list_with_length(&self, errors: &mut ValidationErrors) -> Option<(Vec<JsonField<'a>>, usize)> {
        let Value::List(entries, further) = &self.node.value else {
            self.refuse_type(Kind::List, errors);
            return None;
        };
        let fields = entries.iter().enumerate().map(|(index, node)| JsonField { node, path: format!("{}[{index}]", self.path) });
        Some((fields.collect(), entries.len() + further))
    }

    /// Its text, if it is one.
    pub fn text(&self, errors: &mut ValidationErrors) -> Option<&'a str> {
        if let Value::Text(text) = &self.node.value {
            return Some(text);
        }
        self.refuse_type(Kind::Text, errors);
        None
    }

    /// Its text, if it is one with more than white space.
    pub fn filled_text(&self, errors: &mut ValidationErrors) -> Option<&'a str> {
        let text = self.text(errors)?;
        if text.trim().is_empty() {
            self.refuse(ErrorKind::Empty, errors);
            return None;
        }
        Some(text)
    }

    /// The text of a decimal number. A JSON number in its place is an error.
    pub fn decimal_text(&self, errors: &mut ValidationErrors) -> Option<&'a str> {
        if let Value::Text(text) = &self.node.value {
            return Some(text);
        }
        self.refuse_type(Kind::DecimalText, errors);
        None
    }

    /// A decimal number in text.
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
        self.refuse_type(Kind::Switch, errors);
        None
    }

    /// A whole number in `range`.
    pub fn whole_number(&self, range: WholeRange, errors: &mut ValidationErrors) -> Option<u64> {
        match self.node.value {
            Value::Whole(number) if range.contains(number) => return Some(number),
            Value::Whole(_) | Value::Number(NumberKind::Negative | NumberKind::Huge, _) => {
                self.refuse(ErrorKind::OutOfRange(range), errors)
            }
            Value::Number(NumberKind::Fraction, _) => self.refuse(ErrorKind::NotAWholeNumber(range), errors),
            _ => self.refuse_type(Kind::WholeNumber, errors),
        }
        None
    }
}

/// The fields of one object.
#[derive(Debug, Clone)]
pub struct Object<'a> {
    fields: BTreeMap<&'a str, &'a Node>,
    path: String,
    end: u32,
}

impl<'a> Object<'a> {
    /// The field `name`, if it is present.
    pub fn get(&self, name: &str) -> Option<JsonField<'a>> {
        let node = self.fields.get(name)?;
        Some(JsonField { node, path: self.path_of(name) })
    }

    /// The field `name`, if it is present and not `null`.
    pub fn get_unless_null(&self, name: &str) -> Option<JsonField<'a>> {
        self.get(name).filter(|field| !field.is_null())
    }

    /// The field `name`; its absence is recorded.
    pub fn require(&self, name: &'static str, errors: &mut ValidationErrors) -> Option<JsonField<'a>> {
        let field = self.get(name);
        if field.is_none() {
            self.refuse_end(self.path_of(name), ErrorKind::Missing { needed: name }, errors);
        }
        field
    }

    /// The one field of `choice` that is present. None, or more than one, is recorded.
    pub fn one_of(
        &self,
        choice: &'static [&'static str],
        needed: &'static str,
        errors: &mut ValidationErrors,
    ) -> Option<(&'static str, JsonField<'a>)> {
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

    /// Records an error whose place is the end of the object.
    pub fn refuse_end(&self, field: String, kind: ErrorKind, errors: &mut ValidationErrors) {
        errors.0.push((self.end, ValidationError { field, kind }));
    }

    fn path_of(&self, name: &str) -> String {
        path_of(&self.path, name)
    }
}

/// The path of a field of the object at `path`, in which a long name is shortened.
fn path_of(path: &str, name: &str) -> String {
    let name = shortened(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}
