//! What stands at which field?
//!
//! A short list in the order of the fields, for what is typed and for what is wrong.

use super::Field;

/// Texts by field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(Vec<(Field, String)>);

impl Texts {
    fn place(&self, field: Field) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(&field))
    }

    /// What stands there, if anything.
    pub fn get(&self, field: Field) -> Option<&String> {
        self.place(field).ok().and_then(|place| self.0.get(place)).map(|(_, text)| text)
    }

    /// Puts text there, in place of what stood there.
    pub fn insert(&mut self, field: Field, text: String) {
        match self.place(field) {
            Ok(place) => self.0[place].1 = text,
            Err(place) => self.0.insert(place, (field, text)),
        }
    }

    /// Takes away what stands there.
    pub fn remove(&mut self, field: Field) {
        if let Ok(place) = self.place(field) {
            self.0.remove(place);
        }
    }

    /// Is there nothing anywhere?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where something stands, in order.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.0.iter().map(|&(field, _)| field)
    }
}
