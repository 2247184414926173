//! Static HTML: a builder for elements.
//!
//! An element has a tag with classes, attributes and contents. It becomes either HTML text or nodes of the page's virtual
//! DOM. HTML text escapes attribute values and texts, so that no input becomes markup; the names of tags and attributes are
//! constants of this program.

use std::fmt;

/// An element under construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup {
    /// The tag; empty for a group of contents without an element around them.
    pub tag: &'static str,
    /// Names and unescaped values.
    pub attributes: Vec<(&'static str, String)>,
    /// The contents in order; adjacent texts are merged.
    pub inside: Vec<Inside>,
}

/// One of the contents of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inside {
    /// A child element.
    Element(Markup),
    /// Unescaped text.
    Text(String),
}

/// An element by its tag and, after a dot, its classes: `el("section.notice panel")`.
///
/// ```
/// use callmix::html::el;
/// let note = el("p.note").attr("title", "\"1\" < 2").with("a & b").with(el("b").with("c"));
/// assert_eq!(note.to_string(), r#"<p class="note" title="&quot;1&quot; &lt; 2"><span>a &amp; b</span><b>c</b></p>"#);
/// ```
#[inline(never)]
pub fn el(name: &'static str) -> Markup {
    let (tag, classes) = name.split_once('.').unwrap_or((name, ""));
    let new = Markup { tag, attributes: Vec::new(), inside: Vec::new() };
    if classes.is_empty() { new } else { new.attr("class", classes) }
}

/// Contents without an element around them.
pub fn group() -> Markup {
    el("")
}

/// A link to another site.
pub fn link(address: &str, text: &'static str) -> Markup {
    el("a").attr("href", address).attr("rel", "noopener").with(text)
}

impl Markup {
    /// Adds an attribute.
    #[must_use]
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Appends content.
    #[must_use]
    pub fn with(self, content: impl MarkupContent) -> Self {
        content.put_into(self)
    }

    /// Appends each of `contents`.
    #[must_use]
    pub fn each<C: MarkupContent>(self, contents: impl IntoIterator<Item = C>) -> Self {
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
            if let [Inside::Text(text)] = &inside[..]
                && is_figure(text)
            {
                html.push_str(" translate=\"no\"");
            }
            html.push('>');
        }
        let has_neighbours = inside.len() > 1;
        for inside in inside {
            match inside {
                Inside::Element(element) => element.write(html),
                // As on the page, where a translation may replace a text.
                Inside::Text(text) if has_neighbours => el("span").with(text.as_str()).write(html),
                Inside::Text(text) => escape(text, html),
            }
        }
        if !tag.is_empty() {
            html.extend(["</", tag, ">"]);
        }
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut html = String::new();
        self.write(&mut html);
        formatter.write_str(&html)
    }
}

/// What an element can contain: text, an element, or either of them as an option.
pub trait MarkupContent {
    /// Appends this content to `element`.
    fn put_into(self, element: Markup) -> Markup;
}

impl MarkupContent for String {
    #[inline(never)]
    fn put_into(self, mut element: Markup) -> Markup {
        if let Some(Inside::Text(before)) = element.inside.last_mut() {
            before.push_str(&self);
        } else {
            element.inside.push(Inside::Text(self));
        }
        element
    }
}

impl MarkupContent for &str {
    fn put_into(self, element: Markup) -> Markup {
        String::from(self).put_into(element)
    }
}

impl MarkupContent for Markup {
    #[inline(never)]
    fn put_into(self, mut element: Markup) -> Markup {
        if !self.tag.is_empty() {
            element.inside.push(Inside::Element(self));
            return element;
        }
        self.inside.into_iter().fold(element, |element, inside| match inside {
            Inside::Element(inside) => inside.put_into(element),
            Inside::Text(text) => text.put_into(element),
        })
    }
}

impl<C: MarkupContent> MarkupContent for Option<C> {
    fn put_into(self, element: Markup) -> Markup {
        match self {
            Some(content) => content.put_into(element),
            None => element,
        }
    }
}

/// Whether a text is a figure, such as `$1,260.00` or `CHF 4.80`, rather than words. Translations must not change it.
pub fn is_figure(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && !text.bytes().any(|byte| byte.is_ascii_lowercase())
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
