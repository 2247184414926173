//! How is markup written that only shows something?
//!
//! An element is its tag with its classes, then its attributes, then what is inside it, as text of HTML. Whatever is
//! not a name in this program is escaped, so that no text becomes markup. Names of tags and attributes, and the words of
//! the page, are the program's own.

use std::fmt;

/// An element in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct El {
    tag: &'static str,
    attributes: String,
    inside: String,
}

/// An element by its tag and, after a point, its classes: `el("section.notice panel")`.
///
/// ```
/// use callmix::html::el;
/// let note = el("p.note").attr("title", "\"1\" < 2").with("a & b").with(el("b").with("c"));
/// assert_eq!(note.to_string(), r#"<p class="note" title="&quot;1&quot; &lt; 2">a &amp; b<b>c</b></p>"#);
/// ```
#[inline(never)]
pub fn el(name: &'static str) -> El {
    let (tag, classes) = name.split_once('.').unwrap_or((name, ""));
    let new = El { tag, attributes: String::new(), inside: String::new() };
    if classes.is_empty() { new } else { new.attr("class", classes) }
}

/// Elements beside each other, without one around them.
pub fn group() -> El {
    el("")
}

/// A link to a page elsewhere.
pub fn link(address: &str, text: &'static str) -> El {
    el("a").attr("href", address).attr("rel", "noopener").with(text)
}

impl El {
    /// With an attribute.
    #[must_use]
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.extend([" ", name, "=\""]);
        escape(value, &mut self.attributes);
        self.attributes.push('"');
        self
    }

    /// With something inside, after what is inside already.
    #[must_use]
    pub fn with(self, content: impl Content) -> Self {
        content.put_into(self)
    }

    /// With all of these inside.
    #[must_use]
    pub fn each<C: Content>(self, contents: impl IntoIterator<Item = C>) -> Self {
        contents.into_iter().fold(self, |element, content| content.put_into(element))
    }
}

impl fmt::Display for El {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tag, attributes, inside } = self;
        if tag.is_empty() { formatter.write_str(inside) } else { write!(formatter, "<{tag}{attributes}>{inside}</{tag}>") }
    }
}

/// What can be inside of an element.
pub trait Content {
    /// Puts it at the end of the element.
    fn put_into(self, element: El) -> El;
}

impl Content for &str {
    #[inline(never)]
    fn put_into(self, mut element: El) -> El {
        escape(self, &mut element.inside);
        element
    }
}

impl Content for String {
    fn put_into(self, element: El) -> El {
        self.as_str().put_into(element)
    }
}

impl Content for El {
    #[inline(never)]
    fn put_into(self, mut element: El) -> El {
        element.inside.push_str(&self.to_string());
        element
    }
}

impl<C: Content> Content for Option<C> {
    fn put_into(self, element: El) -> El {
        match self {
            Some(content) => content.put_into(element),
            None => element,
        }
    }
}

fn escape(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            other => into.push(other),
        }
    }
}
