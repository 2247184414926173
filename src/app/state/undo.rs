//! Edit groups: consecutive edits that one undo takes back together.
//!
//! Continued typing in a field, continued deleting, and a drag of the slider each form a group. Text that replaces other
//! text starts a new group, so that undo brings the replaced text back.

use super::{Action, Draft, Field};

/// The kind of edit that the next one may continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EditGroup {
    Typing(Field),
    Deleting(Field),
    Sliding,
}

/// The group of an action, and whether the action starts a new group even after one of the same kind.
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

/// Whether inserting text at one place of `short` gives `long`.
fn contains_around(long: &str, short: &str) -> bool {
    let same = |(one, other): &(char, char)| one == other;
    let head = long.chars().zip(short.chars()).take_while(same).count();
    let tail = long.chars().rev().zip(short.chars().rev()).take_while(same).count();
    let count = short.chars().count();
    long.chars().count() >= count && head + tail >= count
}
