//! Texts by field: what a person typed, and error messages.
//!
//! A short sorted list, since few fields have a text.

use super::Field;

/// Texts by field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(Vec<(Field, String)>);

impl Texts {
    fn place(&self, field: Field) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(&field))
    }

    /// The text of a field, if any.
    pub fn get(&self, field: Field) -> Option<&String> {
        self.place(field).ok().and_then(|place| self.0.get(place)).map(|(_, text)| text)
    }

    /// Sets the text of a field.
    pub fn insert(&mut self, field: Field, text: String) {
        match self.place(field) {
            Ok(place) => self.0[place].1 = text,
            Err(place) => self.0.insert(place, (field, text)),
        }
    }

    /// Removes the text of a field.
    pub fn remove(&mut self, field: Field) {
        if let Ok(place) = self.place(field) {
            self.0.remove(place);
        }
    }

    /// Whether no field has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields that have a text, in order.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.0.iter().map(|&(field, _)| field)
    }
}
