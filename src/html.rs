//! How is markup written that only shows something?
//!
//! An element is its tag with its classes, then its attributes, then what is inside it. It becomes text of HTML, or what
//! the page patches its own by. As text all that is not a name in this program is escaped, so that nothing becomes
//! markup; names of tags and attributes are the program's own.

use std::fmt;

/// An element in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct El {
    /// Empty where there is none, only what is inside.
    pub tag: &'static str,
    /// Names and values, not escaped.
    pub attributes: Vec<(&'static str, String)>,
    /// In order; no text stands beside another.
    pub inside: Vec<Inside>,
}

/// What is inside of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inside {
    /// A further one.
    El(El),
    /// Not escaped.
    Text(String),
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
    let new = El { tag, attributes: Vec::new(), inside: Vec::new() };
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
        self.attributes.push((name, value.into()));
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

    fn write(&self, html: &mut String) {
        let Self { tag, attributes, inside } = self;
        if !tag.is_empty() {
            html.extend(["<", tag]);
            for (name, value) in attributes {
                html.extend([" ", name, "=\""]);
                escape(value, html);
                html.push('"');
            }
            html.push('>');
        }
        for inside in inside {
            match inside {
                Inside::El(element) => element.write(html),
                Inside::Text(text) => escape(text, html),
            }
        }
        if !tag.is_empty() {
            html.extend(["</", tag, ">"]);
        }
    }
}

impl fmt::Display for El {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut html = String::new();
        self.write(&mut html);
        formatter.write_str(&html)
    }
}

/// What can be put into an element.
pub trait Content {
    /// Puts it at the end of the element.
    fn put_into(self, element: El) -> El;
}

impl Content for String {
    #[inline(never)]
    fn put_into(self, mut element: El) -> El {
        if let Some(Inside::Text(before)) = element.inside.last_mut() {
            before.push_str(&self);
        } else {
            element.inside.push(Inside::Text(self));
        }
        element
    }
}

impl Content for &str {
    fn put_into(self, element: El) -> El {
        String::from(self).put_into(element)
    }
}

impl Content for El {
    #[inline(never)]
    fn put_into(self, mut element: El) -> El {
        if !self.tag.is_empty() {
            element.inside.push(Inside::El(self));
            return element;
        }
        self.inside.into_iter().fold(element, |element, inside| match inside {
            Inside::El(inside) => inside.put_into(element),
            Inside::Text(text) => text.put_into(element),
        })
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
