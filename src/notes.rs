//! What does the sender of an estimate say about it?
//!
//! Whom it is for, what it is about, and until when it is valid. Notes change no price. Their texts go into links,
//! exports and print, so what could disguise other text there is refused: control characters, and marks that turn
//! the direction of what follows. Markup is no fault here; whoever writes a text out escapes it.

use crate::date::Date;
use crate::json::{Field, ValidationErrors};
use crate::problem::ErrorKind;

/// One of the notes, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteField {
    /// The customer's name.
    Customer,
    /// What the estimate is called.
    Title,
    /// The sender's reference number.
    Reference,
    /// Anything else; the only one that may have several lines.
    Note,
    /// The last day on which the sender stands by the estimate.
    ValidUntil,
}

impl NoteField {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Customer, Self::Title, Self::Reference, Self::Note, Self::ValidUntil];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The most characters (not bytes) that it may have.
    pub fn most_characters(self) -> usize {
        match self {
            Self::Customer | Self::Title => 120,
            Self::Reference => 60,
            Self::Note => 1_000,
            Self::ValidUntil => 10,
        }
    }
}

/// The names in JSON, in the order of [`NoteField::ALL`].
const NAMES: &[&str] = &["customer", "title", "reference", "note", "valid_until"];

/// Notes, valid by construction. What is empty was not said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    customer: String,
    title: String,
    reference: String,
    note: String,
    valid_until: Option<Date>,
}

impl Notes {
    /// Is nothing said?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The last day on which the sender stands by the estimate.
    pub fn valid_until(&self) -> Option<Date> {
        self.valid_until
    }

    /// What is said in `field`; empty where nothing is.
    pub fn get(&self, field: NoteField) -> String {
        match field {
            NoteField::Customer => self.customer.clone(),
            NoteField::Title => self.title.clone(),
            NoteField::Reference => self.reference.clone(),
            NoteField::Note => self.note.clone(),
            NoteField::ValidUntil => self.valid_until.map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    /// Says `text` in `field`, without white space around it and with plain line ends; empty text takes it back.
    ///
    /// # Errors
    /// What is wrong with the text. The field then stays as it was.
    ///
    /// ```
    /// use callmix::notes::{NoteField, Notes};
    /// let mut notes = Notes::default();
    /// assert_eq!(notes.set(NoteField::Customer, " Müller & Söhne "), Ok(()));
    /// assert_eq!(notes.get(NoteField::Customer), "Müller & Söhne");
    /// assert!(notes.set(NoteField::ValidUntil, "2027-02-29").is_err());
    /// ```
    pub fn set(&mut self, field: NoteField, text: &str) -> Result<(), ErrorKind> {
        let text = text.trim().replace("\r\n", "\n");
        let most = field.most_characters();
        if text.chars().count() > most {
            return Err(ErrorKind::TooLong { most });
        }
        let lines = field == NoteField::Note;
        if text.chars().any(|c| disguises(c) && !(lines && c == '\n')) {
            return Err(ErrorKind::UnusableCharacter);
        }
        match field {
            NoteField::Customer => self.customer = text,
            NoteField::Title => self.title = text,
            NoteField::Reference => self.reference = text,
            NoteField::Note => self.note = text,
            NoteField::ValidUntil if text.is_empty() => self.valid_until = None,
            NoteField::ValidUntil => self.valid_until = Some(Date::parse(&text).ok_or(ErrorKind::MalformedDate)?),
        }
        Ok(())
    }

    /// Reads notes inside another document, and records what is wrong with them.
    pub(crate) fn from_field(field: &Field<'_>, errors: &mut ValidationErrors) -> Self {
        let mut notes = Self::default();
        let Some(object) = field.object(NAMES, errors) else { return notes };
        for note in NoteField::ALL {
            let Some(field) = object.get(note.name()) else { continue };
            let Some(text) = field.text(errors) else { continue };
            if let Err(kind) = notes.set(note, text) {
                field.refuse(kind, errors);
            }
        }
        notes
    }
}

/// Could the character disguise the text around it? Controls, line and paragraph separators, and marks that embed,
/// override or isolate a direction. Marks that only hint at one, and joiners, belong to honest texts.
pub(crate) fn disguises(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: NoteField, text: &str, expected: Result<&str, ErrorKind>) {
        let mut notes = Notes::default();
        let said = notes.set(field, text).map(|()| notes.get(field));
        assert_eq!(said, expected.map(Into::into), "{text:?}");
        assert_eq!(notes.is_empty(), notes.get(field).is_empty());
    }

    #[test]
    fn texts_are_kept_as_they_are() {
        for text in ["", "Acme", "Müller & Söhne", "<b>", "=1+1", "日本", "שלום\u{200f}!", "👩\u{200d}💻", "a  b"] {
            check(NoteField::Title, text, Ok(text));
        }
        check(NoteField::Title, " \t Acme\n", Ok("Acme"));
        check(NoteField::Note, "one\r\ntwo\n\nthree\r\n", Ok("one\ntwo\n\nthree"));
    }

    #[test]
    fn what_disguises_is_refused() {
        for c in ['\0', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{2028}', '\t'] {
            check(NoteField::Customer, &format!("a{c}b"), Err(ErrorKind::UnusableCharacter));
            check(NoteField::Note, &format!("a{c}b"), Err(ErrorKind::UnusableCharacter));
        }
        check(NoteField::Customer, "a\nb", Err(ErrorKind::UnusableCharacter));
        check(NoteField::Note, "a\rb", Err(ErrorKind::UnusableCharacter));
    }

    #[test]
    fn lengths_count_characters() {
        for field in [NoteField::Customer, NoteField::Title, NoteField::Reference, NoteField::Note] {
            let most = field.most_characters();
            check(field, &"ü".repeat(most), Ok(&"ü".repeat(most)));
            check(field, &"ü".repeat(most + 1), Err(ErrorKind::TooLong { most }));
        }
    }

    #[test]
    fn a_day_exists_or_is_empty() {
        check(NoteField::ValidUntil, "2028-02-29", Ok("2028-02-29"));
        check(NoteField::ValidUntil, "", Ok(""));
        check(NoteField::ValidUntil, "2027-02-29", Err(ErrorKind::MalformedDate));
        check(NoteField::ValidUntil, "tomorrow", Err(ErrorKind::MalformedDate));
    }
}
