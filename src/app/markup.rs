//! Elements of the page's markup.
//!
//! An element is built from its tag and classes, its attributes and its content by calls of a few functions. Yew's `html!`
//! macro expands to more code at every element, which would make the page considerably larger.
//!
//! Browsers translate a page by replacing its text nodes. A text node that Yew keeps a reference to would then be detached:
//! updates of it would stay invisible, and inserting an element before it would fail. So **no text node is ever updated or
//! used as a position**. A text that is the only content of its element is set as the element's `textContent`, which
//! replaces whatever a translation has put there, and a text beside other content gets a `span` of its own. Figures are
//! marked as not to be translated.

use std::rc::Rc;

use yew::html::IntoPropValue;
use yew::prelude::*;
use yew::virtual_dom::{Key, Listener, ListenerKind, VList, VNode, VTag, VText};

use crate::html;

/// An element under construction.
pub struct El {
    tag: Rc<VTag>,
    /// The text, while it is the only content.
    text: Option<AttrValue>,
}

/// An element with a tag and, after a dot, its classes: `el("section.notice panel")`.
#[inline(never)]
pub fn el(name: &'static str) -> El {
    let (tag, classes) = name.split_once('.').unwrap_or((name, ""));
    let new = El { tag: Rc::new(VTag::new(tag)), text: None };
    if classes.is_empty() { new } else { new.attr("class", classes) }
}

/// Elements beside each other, without a parent of their own.
#[inline(never)]
pub fn group() -> El {
    el("")
}

/// A button that does not submit a form.
#[inline(never)]
pub fn button(name: &'static str, text: &'static str) -> El {
    el(name).attr("type", "button").with(text)
}

/// A link to another site.
#[inline(never)]
pub fn link(address: &str, text: impl Content) -> El {
    el("a").attr("href", address.to_owned()).attr("rel", "noopener").with(text)
}

/// An event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The element loses the focus.
    Blur,
    /// The value of a control changes.
    Change,
    /// A click, or its equivalent by keyboard.
    Click,
    /// The text of a field changes.
    Input,
    /// A key goes down.
    KeyDown,
    /// Text is pasted.
    Paste,
    /// The pointer goes down.
    PointerDown,
    /// The pointer leaves.
    PointerLeave,
    /// The pointer moves.
    PointerMove,
    /// A form is submitted.
    Submit,
}

/// A callback for an event.
struct Handler(On, Callback<Event>);

impl Listener for Handler {
    fn kind(&self) -> ListenerKind {
        match self.0 {
            On::Blur => ListenerKind::onblur,
            On::Change => ListenerKind::onchange,
            On::Click => ListenerKind::onclick,
            On::Input => ListenerKind::oninput,
            On::KeyDown => ListenerKind::onkeydown,
            On::Paste => ListenerKind::onpaste,
            On::PointerDown => ListenerKind::onpointerdown,
            On::PointerLeave => ListenerKind::onpointerleave,
            On::PointerMove => ListenerKind::onpointermove,
            On::Submit => ListenerKind::onsubmit,
        }
    }

    fn handle(&self, event: Event) {
        self.1.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}

/// The value of an attribute; with `None` the element does not have the attribute.
pub trait AttributeValue {
    /// Sets the attribute.
    fn set_on(self, element: El, name: &'static str) -> El;
}

/// The content of an element. `None` keeps its place, so that Yew matches the content after it with the right elements.
pub trait Content {
    /// Adds it at the end of the element.
    fn put_into(self, element: El) -> El;
}

impl El {
    /// Changes the tag, which is not shared while the element is under construction.
    fn change(mut self, change: impl FnOnce(&mut VTag)) -> Self {
        if let Some(tag) = Rc::get_mut(&mut self.tag) {
            change(tag);
        }
        self
    }

    /// Whether nothing was added yet, not even something without content.
    fn is_empty(&self) -> bool {
        self.text.is_none() && matches!(self.tag.children(), Some(VNode::VList(list)) if list.is_empty())
    }

    /// Sets an attribute. Use [`El::value`] and [`El::checked`] for those of an input.
    #[inline(always)]
    pub fn attr(self, name: &'static str, value: impl AttributeValue) -> Self {
        value.set_on(self, name)
    }

    /// Sets an attribute without a value, if `is_there`.
    #[inline(never)]
    pub fn flag(self, name: &'static str, is_there: bool) -> Self {
        if is_there { self.attr(name, "") } else { self }
    }

    /// Adds content at the end.
    #[inline(always)]
    pub fn with(self, content: impl Content) -> Self {
        content.put_into(self)
    }

    /// Adds all of these at the end. There must be no other content, unless all of them have a key.
    #[inline(always)]
    pub fn each<C: Content>(self, contents: impl IntoIterator<Item = C>) -> Self {
        contents.into_iter().fold(self, |element, content| content.put_into(element))
    }

    /// Sets the key that identifies the element among its siblings.
    #[inline(never)]
    pub fn key(self, key: u32) -> Self {
        self.change(|tag| tag.key = Some(Key::from(key)))
    }

    /// Gives the component a reference to the rendered element.
    #[inline(never)]
    pub fn known_as(self, node: &NodeRef) -> Self {
        self.change(|tag| tag.node_ref = node.clone())
    }

    /// Sets the text of an input.
    #[inline(never)]
    pub fn value(self, text: &str) -> Self {
        self.change(|tag| tag.set_value(Some(AttrValue::from(text.to_owned()))))
    }

    /// Sets whether an input is checked.
    #[inline(never)]
    pub fn checked(self, checked: bool) -> Self {
        self.change(|tag| tag.set_checked(checked))
    }

    /// Sets whether an option is selected. The attribute alone would not, once somebody has chosen another option.
    #[inline(never)]
    pub fn selected(self, selected: bool) -> Self {
        if cfg!(target_family = "wasm") {
            return self.change(|tag| tag.add_property("selected", selected));
        }
        self.flag("selected", selected)
    }

    /// Calls `then` on an event.
    #[inline(never)]
    pub fn on(self, event: On, then: Callback<Event>) -> Self {
        self.change(|tag| {
            tag.add_listener(Rc::new(Handler(event, then)));
        })
    }

    #[inline(never)]
    fn add(mut self, child: VNode) -> Self {
        if let Some(text) = self.text.take() {
            self = self.add(el("span").text(text).into());
        }
        self.change(|tag| tag.add_child(child))
    }

    #[inline(never)]
    fn text(mut self, text: AttrValue) -> Self {
        if self.tag.tag().is_empty() || !self.is_empty() {
            return self.add(el("span").text(text).into());
        }
        self.text = Some(text);
        self
    }
}

/// Makes `text` the content of an element.
fn set_text(tag: &mut VTag, text: AttrValue) {
    if html::is_figure(&text) {
        tag.add_attribute("translate", "no");
    }
    if cfg!(target_family = "wasm") {
        tag.add_property("textContent", &*text);
    } else {
        // Rendered natively, the element is never updated.
        tag.add_child(VText::new(text).into());
    }
}

impl From<El> for VNode {
    #[inline(never)]
    fn from(element: El) -> Self {
        let El { mut tag, text } = element;
        if tag.tag().is_empty() {
            return Rc::try_unwrap(tag).ok().and_then(VTag::into_children).unwrap_or_default();
        }
        if let (Some(text), Some(tag)) = (text, Rc::get_mut(&mut tag)) {
            set_text(tag, text);
        }
        VNode::VTag(tag)
    }
}

/// Lets the `html!` macro contain elements.
impl IntoPropValue<VNode> for El {
    fn into_prop_value(self) -> VNode {
        self.into()
    }
}

impl AttributeValue for &'static str {
    #[inline(never)]
    fn set_on(self, element: El, name: &'static str) -> El {
        element.change(|tag| tag.add_attribute(name, AttrValue::Static(self)))
    }
}

impl AttributeValue for String {
    #[inline(never)]
    fn set_on(self, element: El, name: &'static str) -> El {
        element.change(|tag| tag.add_attribute(name, AttrValue::from(self)))
    }
}

impl<V: AttributeValue> AttributeValue for Option<V> {
    fn set_on(self, element: El, name: &'static str) -> El {
        match self {
            Some(value) => value.set_on(element, name),
            None => element,
        }
    }
}

impl Content for El {
    #[inline(never)]
    fn put_into(self, element: El) -> El {
        element.add(self.into())
    }
}

/// An element of the preview, which has no Yew.
impl From<html::Markup> for El {
    fn from(element: html::Markup) -> Self {
        let html::Markup { tag, attributes, inside } = element;
        attributes.into_iter().fold(el(tag), |element, (name, value)| element.attr(name, value)).each(inside)
    }
}

impl Content for html::Markup {
    fn put_into(self, element: El) -> El {
        element.with(El::from(self))
    }
}

impl Content for html::Inside {
    fn put_into(self, element: El) -> El {
        match self {
            Self::Element(inside) => inside.put_into(element),
            Self::Text(text) => text.put_into(element),
        }
    }
}

impl Content for VNode {
    #[inline(never)]
    fn put_into(self, element: El) -> El {
        element.add(self)
    }
}

impl Content for &'static str {
    #[inline(never)]
    fn put_into(self, element: El) -> El {
        element.text(AttrValue::Static(self))
    }
}

impl Content for String {
    #[inline(never)]
    fn put_into(self, element: El) -> El {
        element.text(AttrValue::from(self))
    }
}

impl<C: Content> Content for Option<C> {
    fn put_into(self, element: El) -> El {
        match self {
            Some(content) => content.put_into(element),
            None => element.add(VNode::VList(Rc::new(VList::new()))),
        }
    }
}
