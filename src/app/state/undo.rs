//! The steps that can be undone and redone, and the groups of edits that make one step.
//!
//! Continued typing in a field, continued deleting, and a drag of the slider each form a group. Text that replaces other
//! text starts a new group, so that undo brings the replaced text back.

use std::rc::Rc;

use super::{Action, Draft, Field, PlanEdit};

/// The most steps that a person can undo.
const MAX_STEPS: usize = 100;

/// The drafts before and after the current one.
#[derive(Debug, Clone, Default)]
pub(super) struct Steps {
    past: Vec<Rc<Draft>>,
    future: Vec<Rc<Draft>>,
    group: Option<EditGroup>,
}

impl Steps {
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Records the draft before an action, unless the action continues the previous edit. Nothing can be redone after it.
    pub fn record(&mut self, action: &Action, draft: &Rc<Draft>) {
        // A plan that is there already only becomes editable.
        if *action == Action::Plan(PlanEdit::Begin) && draft.plan.is_some() {
            return;
        }
        let (group, begins) = group_of(action, draft);
        if begins || group != self.group {
            self.past.push(draft.clone());
            self.past.drain(..self.past.len().saturating_sub(MAX_STEPS));
        }
        self.group = group;
        self.future.clear();
    }

    /// Replaces the draft by the previous one; false where there is none.
    pub fn undo(&mut self, draft: &mut Rc<Draft>) -> bool {
        self.end_group();
        step(&mut self.past, &mut self.future, draft)
    }

    /// Replaces the draft by the one that was undone last; false where there is none.
    pub fn redo(&mut self, draft: &mut Rc<Draft>) -> bool {
        self.end_group();
        step(&mut self.future, &mut self.past, draft)
    }

    /// Makes the next edit a step of its own.
    pub fn end_group(&mut self) {
        self.group = None;
    }
}

fn step(from: &mut Vec<Rc<Draft>>, to: &mut Vec<Rc<Draft>>, draft: &mut Rc<Draft>) -> bool {
    let next = from.pop();
    let has_next = next.is_some();
    to.extend(next.map(|next| std::mem::replace(draft, next)));
    has_next
}

/// The kind of edit that the next one may continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EditGroup {
    Typing(Field),
    Deleting(Field),
    Sliding,
}

/// The group of an action, and whether the action starts a new group even after one of the same kind.
fn group_of(action: &Action, draft: &Draft) -> (Option<EditGroup>, bool) {
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
