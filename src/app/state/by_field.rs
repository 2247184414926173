//! Values by field: what a person typed, and errors.
//!
//! A short sorted list, since few fields have a value.

use super::Field;

/// Values by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByField<T>(Vec<(Field, T)>);

impl<T> Default for ByField<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByField<T> {
    fn place(&self, field: Field) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(&field))
    }

    /// The value of a field, if any.
    pub fn get(&self, field: Field) -> Option<&T> {
        self.place(field).ok().and_then(|place| self.0.get(place)).map(|(_, value)| value)
    }

    /// Sets the value of a field.
    pub fn insert(&mut self, field: Field, value: T) {
        match self.place(field) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (field, value)),
        }
    }

    /// Removes the value of a field.
    pub fn remove(&mut self, field: Field) {
        if let Ok(place) = self.place(field) {
            self.0.remove(place);
        }
    }

    /// Whether no field has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields that have a value, in order.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.0.iter().map(|&(field, _)| field)
    }
}
