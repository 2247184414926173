//! How is the page's markup written in code?
//!
//! An element is its tag with its classes, then its attributes, then what is inside it, each by a call of the same few
//! functions. What a macro would write out anew at every element stands here once, which makes the page a good deal
//! smaller, and so sooner there.

use std::rc::Rc;

use yew::html::IntoPropValue;
use yew::prelude::*;
use yew::virtual_dom::{Key, Listener, ListenerKind, VList, VNode, VTag, VText};

use crate::html;

/// An element in the making.
#[derive(Clone, PartialEq)]
pub struct El(Rc<VTag>);

/// An element by its tag and, after a point, its classes: `el("section.notice panel")`.
#[inline(never)]
pub fn el(name: &'static str) -> El {
    let (tag, classes) = name.split_once('.').unwrap_or((name, ""));
    let new = El(Rc::new(VTag::new(tag)));
    if classes.is_empty() { new } else { new.attr("class", classes) }
}

/// Elements beside each other, without one around them.
#[inline(never)]
pub fn group() -> El {
    el("")
}

/// A link to a page elsewhere.
#[inline(never)]
pub fn link(address: &str, text: &'static str) -> El {
    el("a").attr("href", address.to_owned()).attr("rel", "noopener").with(text)
}

/// Which event is listened for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The focus leaves.
    Blur,
    /// Another choice is made.
    Change,
    /// A click, or what a keyboard does in its place.
    Click,
    /// Something is typed.
    Input,
    /// Something is pasted.
    Paste,
    /// The pointer goes down.
    PointerDown,
    /// The pointer leaves.
    PointerLeave,
    /// The pointer moves.
    PointerMove,
    /// A form is sent.
    Submit,
}

/// What is done on an event.
struct Heard(On, Callback<Event>);

impl Listener for Heard {
    fn kind(&self) -> ListenerKind {
        match self.0 {
            On::Blur => ListenerKind::onblur,
            On::Change => ListenerKind::onchange,
            On::Click => ListenerKind::onclick,
            On::Input => ListenerKind::oninput,
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

/// What can be the value of an attribute; nothing leaves the attribute away.
pub trait Value {
    /// Gives it to the element.
    fn give_to(self, element: El, name: &'static str) -> El;
}

/// What can be inside of an element; nothing keeps its place all the same, so that what follows keeps its own.
pub trait Content {
    /// Puts it at the end of the element.
    fn put_into(self, element: El) -> El;
}

impl El {
    /// What it is made of; nobody else has a share in an element that is still in the making.
    fn change(mut self, change: impl FnOnce(&mut VTag)) -> Self {
        if let Some(tag) = Rc::get_mut(&mut self.0) {
            change(tag);
        }
        self
    }

    /// With an attribute. `value` and `checked` of inputs have functions of their own.
    #[inline(always)]
    pub fn attr(self, name: &'static str, value: impl Value) -> Self {
        value.give_to(self, name)
    }

    /// With an attribute that is there or not.
    #[inline(never)]
    pub fn flag(self, name: &'static str, is_there: bool) -> Self {
        if is_there { self.attr(name, "") } else { self }
    }

    /// With something inside, after what is inside already.
    #[inline(always)]
    pub fn with(self, content: impl Content) -> Self {
        content.put_into(self)
    }

    /// With all of these inside, and nothing else, or all of them have a key.
    #[inline(always)]
    pub fn each<C: Content>(self, contents: impl IntoIterator<Item = C>) -> Self {
        contents.into_iter().fold(self, |element, content| content.put_into(element))
    }

    /// With the name by which it is known among its neighbours, as they come and go.
    #[inline(never)]
    pub fn key(self, key: u32) -> Self {
        self.change(|tag| tag.key = Some(Key::from(key)))
    }

    /// Known to the component that shows it.
    #[inline(never)]
    pub fn known_as(self, node: &NodeRef) -> Self {
        self.change(|tag| tag.node_ref = node.clone())
    }

    /// An input that shows this text.
    #[inline(never)]
    pub fn value(self, text: &str) -> Self {
        self.change(|tag| tag.set_value(Some(AttrValue::from(text.to_owned()))))
    }

    /// An input that is checked, or not.
    #[inline(never)]
    pub fn checked(self, checked: bool) -> Self {
        self.change(|tag| tag.set_checked(checked))
    }

    /// That does something on an event.
    #[inline(never)]
    pub fn on(self, event: On, then: Callback<Event>) -> Self {
        self.change(|tag| {
            tag.add_listener(Rc::new(Heard(event, then)));
        })
    }

    #[inline(never)]
    fn add(self, child: VNode) -> Self {
        self.change(|tag| tag.add_child(child))
    }
}

impl From<El> for VNode {
    #[inline(never)]
    fn from(element: El) -> Self {
        if element.0.tag().is_empty() {
            Rc::try_unwrap(element.0).ok().and_then(VTag::into_children).unwrap_or_default()
        } else {
            VNode::VTag(element.0)
        }
    }
}

/// For the macro, where it has a place for an element.
impl IntoPropValue<VNode> for El {
    fn into_prop_value(self) -> VNode {
        self.into()
    }
}

impl Value for &'static str {
    #[inline(never)]
    fn give_to(self, element: El, name: &'static str) -> El {
        element.change(|tag| tag.add_attribute(name, AttrValue::Static(self)))
    }
}

impl Value for String {
    #[inline(never)]
    fn give_to(self, element: El, name: &'static str) -> El {
        element.change(|tag| tag.add_attribute(name, AttrValue::from(self)))
    }
}

impl<V: Value> Value for Option<V> {
    fn give_to(self, element: El, name: &'static str) -> El {
        match self {
            Some(value) => value.give_to(element, name),
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

/// What is written as text of HTML elsewhere.
impl Content for html::El {
    fn put_into(self, element: El) -> El {
        let html::El { tag, attributes, inside } = self;
        let written = attributes.into_iter().fold(el(tag), |written, (name, value)| written.attr(name, value));
        element.with(written.each(inside))
    }
}

impl Content for html::Inside {
    fn put_into(self, element: El) -> El {
        match self {
            Self::El(inside) => inside.put_into(element),
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
        element.add(VNode::VText(VText::new(AttrValue::Static(self))))
    }
}

impl Content for String {
    #[inline(never)]
    fn put_into(self, element: El) -> El {
        element.add(VNode::VText(VText::new(AttrValue::from(self))))
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
