//! Notes: the sender's texts about an estimate.
//!
//! Who it is for and from, what it is called, and how long it is valid. Notes change no price. They are shown in links, exports and
//! print, so characters that could disguise the text around them are errors: control characters, and marks that change its
//! direction. Markup is allowed; each output escapes it.

use crate::date::Date;
use crate::json::{JsonField, ValidationErrors};
use crate::problem::ErrorKind;

/// One of the notes. They are written in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteField {
    /// The customer's name.
    Customer,
    /// Who made the estimate: a person's or a company's name.
    Sender,
    /// The name of the estimate.
    Title,
    /// The sender's reference number.
    Reference,
    /// Anything else. Only this one may have several lines.
    Note,
    /// The last day on which the estimate is valid.
    ValidUntil,
}

impl NoteField {
    /// All notes, in order.
    pub const ALL: [Self; 6] = [Self::Customer, Self::Sender, Self::Title, Self::Reference, Self::Note, Self::ValidUntil];

    /// The name of the field in JSON.
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The most characters (not bytes) of the note.
    pub fn most_characters(self) -> usize {
        match self {
            Self::Customer | Self::Sender | Self::Title => 120,
            Self::Reference => 60,
            Self::Note => 1_000,
            Self::ValidUntil => 10,
        }
    }
}

/// The names of the fields in JSON, in the order of [`NoteField::ALL`].
const NAMES: &[&str] = &["customer", "sender", "title", "reference", "note", "valid_until"];

/// The validated notes of an estimate. An empty text is no note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    customer: String,
    sender: String,
    title: String,
    reference: String,
    note: String,
    valid_until: Option<Date>,
}

impl Notes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The last day on which the estimate is valid.
    pub fn valid_until(&self) -> Option<Date> {
        self.valid_until
    }

    /// The text of a note; empty if there is none.
    pub fn get(&self, field: NoteField) -> String {
        match field {
            NoteField::Customer => self.customer.clone(),
            NoteField::Sender => self.sender.clone(),
            NoteField::Title => self.title.clone(),
            NoteField::Reference => self.reference.clone(),
            NoteField::Note => self.note.clone(),
            NoteField::ValidUntil => self.valid_until.map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    /// Sets a note to `text`, without the white space around it and with `\n` as line ends. Empty text removes the note.
    ///
    /// # Errors
    /// The text is invalid, and the note stays as it was.
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
            NoteField::Sender => self.sender = text,
            NoteField::Title => self.title = text,
            NoteField::Reference => self.reference = text,
            NoteField::Note => self.note = text,
            NoteField::ValidUntil if text.is_empty() => self.valid_until = None,
            NoteField::ValidUntil => self.valid_until = Some(Date::parse(&text).ok_or(ErrorKind::MalformedDate)?),
        }
        Ok(())
    }

    /// Reads notes inside another document, and records their errors.
    pub(crate) fn from_field(field: &JsonField<'_>, errors: &mut ValidationErrors) -> Self {
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

/// Whether the character could disguise the text around it: controls, line and paragraph separators, and marks that embed,
/// override or isolate a direction. Marks that only hint at a direction, and joiners, belong to honest text.
pub(crate) fn disguises(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: NoteField, text: &str, expected: Result<&str, ErrorKind>) {
        let mut notes = Notes::default();
        let result = notes.set(field, text).map(|()| notes.get(field));
        assert_eq!(result, expected.map(Into::into), "{text:?}");
        assert_eq!(notes.is_empty(), notes.get(field).is_empty());
    }

    #[test]
    fn keeps_texts_as_they_are() {
        for text in ["", "Acme", "Müller & Söhne", "<b>", "=1+1", "日本", "שלום\u{200f}!", "👩\u{200d}💻", "a  b"] {
            check(NoteField::Title, text, Ok(text));
        }
        check(NoteField::Title, " \t Acme\n", Ok("Acme"));
        check(NoteField::Note, "one\r\ntwo\n\nthree\r\n", Ok("one\ntwo\n\nthree"));
    }

    #[test]
    fn rejects_characters_that_disguise_text() {
        for c in ['\0', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{2028}', '\t'] {
            check(NoteField::Customer, &format!("a{c}b"), Err(ErrorKind::UnusableCharacter));
            check(NoteField::Note, &format!("a{c}b"), Err(ErrorKind::UnusableCharacter));
        }
        check(NoteField::Customer, "a\nb", Err(ErrorKind::UnusableCharacter));
        check(NoteField::Note, "a\rb", Err(ErrorKind::UnusableCharacter));
    }

    #[test]
    fn limits_the_number_of_characters() {
        for field in [NoteField::Customer, NoteField::Sender, NoteField::Title, NoteField::Reference, NoteField::Note] {
            let most = field.most_characters();
            check(field, &"ü".repeat(most), Ok(&"ü".repeat(most)));
            check(field, &"ü".repeat(most + 1), Err(ErrorKind::TooLong { most }));
        }
    }

    #[test]
    fn accepts_days_that_exist() {
        check(NoteField::ValidUntil, "2028-02-29", Ok("2028-02-29"));
        check(NoteField::ValidUntil, "", Ok(""));
        check(NoteField::ValidUntil, "2027-02-29", Err(ErrorKind::MalformedDate));
        check(NoteField::ValidUntil, "tomorrow", Err(ErrorKind::MalformedDate));
    }
}
