//! Which edits are taken back as one step?
//!
//! Typing on in a field, deleting on, and dragging the slider; what is typed in place of something else is a step of its
//! own, so that what stood there comes back.

use super::{Action, Draft, Field};

/// What a person is at, while the next edit may go on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EditGroup {
    Typing(Field),
    Deleting(Field),
    Sliding,
}

/// What an action is part of, and whether it begins that even where the last one was part of the same.
pub(super) fn group_of(action: &Action, draft: &Draft) -> (Option<EditGroup>, bool) {
    match action {
        Action::Type(field, text) => {
            let before = draft.text(*field);
            if contains_around(text, before) {
                (Some(EditGroup::Typing(*field)), false)
            } else if contains_around(before, text) {
                (Some(EditGroup::Deleting(*field)), false)
            } else {
                (Some(EditGroup::Typing(*field)), true)
            }
        }
        Action::Slide(_) => (Some(EditGroup::Sliding), false),
        _ => (None, true),
    }
}

/// Is `long` what becomes of `short` by putting something in at one place?
fn contains_around(long: &str, short: &str) -> bool {
    let same = |(one, other): &(char, char)| one == other;
    let head = long.chars().zip(short.chars()).take_while(same).count();
    let tail = long.chars().rev().zip(short.chars().rev()).take_while(same).count();
    let count = short.chars().count();
    long.chars().count() >= count && head + tail >= count
}
