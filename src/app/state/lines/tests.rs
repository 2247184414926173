//! The lines of the form as a person edits them, and the answers to them.

use std::rc::Rc;

use super::*;
use crate::price_book::history::History;

const BOOK: &str = include_str!("../../../../tests/sites/example-video-cloud/prices/2027-01-01.json");

fn empty() -> State {
    let book = PriceBook::from_json(BOOK).expect("valid");
    State::by(Some(Rc::new(History::new(book, Vec::new()))))
}

fn typed(field: Field, text: &str) -> Action {
    Action::Type(field, text.into())
}

fn after(actions: &[Action]) -> State {
    actions.iter().fold(empty(), |state, action| state.after(action.clone()))
}

fn total(state: &State) -> Option<String> {
    state.total().map(|(total, _)| total.to_string())
}

fn link(state: &State) -> String {
    state.link().expect("an answer").expect("a link")
}

/// Two services with shared slots, of which the second is open.
fn two_with_slots() -> Vec<Action> {
    vec![
        typed(Field::Calls, "720,000"),
        Action::SetSlots(super::super::SlotsKnown::Queued),
        typed(Field::Secs, "40"),
        Action::AddLine,
        typed(Field::Calls, "1020000"),
        typed(Field::Secs, "75"),
    ]
}

#[test]
fn answers_services_together_and_shares_their_slots() {
    let state = after(&two_with_slots());
    assert_eq!(total(&state).as_deref(), Some("180000.00"));
    assert!(!state.is_stale());
    assert_eq!(state.shares_slots_with().iter().map(|service| service.id()).collect::<Vec<_>>(), ["video-upscale", "video-subtitles"]);
    // What was set for the group when it had one service holds for both, and can be changed at either.
    assert_eq!(state.draft.text(Field::QueuedUtilisation), "80");
    let fuller = state.after(typed(Field::QueuedUtilisation, "60")).after(Action::OpenLine(0));
    assert_eq!((fuller.draft.text(Field::QueuedUtilisation), fuller.draft.text(Field::Secs)), ("60", "40"));
    assert_ne!(total(&fuller), total(&state));
}

#[test]
fn a_line_without_calls_is_not_part_of_the_estimate_yet() {
    let alone = after(&[typed(Field::Calls, "300")]);
    let with_empty = alone.after(Action::AddLine);
    assert_eq!((total(&with_empty), with_empty.is_stale(), with_empty.errors.is_empty()), (total(&alone), false, true));
    assert_eq!(link(&with_empty), link(&alone));
    assert_eq!(with_empty.services_without_calls(), ["Video Subtitles"]);
    assert_eq!(with_empty.line_state(1, &with_empty.draft), LineState::Empty);
    let both = with_empty.after(typed(Field::Calls, "1000"));
    assert!(both.joint.is_some() && both.quote.is_none());
    // With one line left, the answer is that of one service again.
    let one = both.after(Action::RemoveLine(0));
    assert!(one.joint.is_none() && one.quote.is_some());
    assert_eq!(total(&one.after(Action::Undo)), total(&both));
}

#[test]
fn without_calls_in_any_line_the_last_answer_is_out_of_date() {
    let one = after(&[typed(Field::Calls, "300"), Action::AddLine]);
    let emptied = one.after(Action::OpenLine(0)).after(typed(Field::Calls, ""));
    assert_eq!((total(&emptied), emptied.is_stale()), (total(&one), true));
    assert!(emptied.errors.get(Field::Calls).is_some());
    let both = one.after(typed(Field::Calls, "1000"));
    let neither = both.after(typed(Field::Calls, "")).after(Action::OpenLine(0)).after(typed(Field::Calls, ""));
    assert!(neither.is_stale());
}

#[test]
fn a_wrong_line_keeps_the_last_answer_and_is_named() {
    let both = after(&two_with_slots());
    let wrong = both.after(typed(Field::Free, "x")).after(Action::OpenLine(0));
    assert!(wrong.is_stale());
    assert_eq!(total(&wrong), total(&both));
    let line = wrong.draft.lines().nth(1).expect("two lines").clone();
    assert_eq!(wrong.line_state(1, &line), LineState::Wrong);
    assert_eq!(wrong.line_state(0, &wrong.draft), LineState::Calls(720_000));
    assert_eq!(wrong.wrong_service(), Some("Video Subtitles"));
    assert!(!wrong.after(Action::RemoveLine(1)).is_stale());
}

#[test]
fn a_line_without_a_plan_is_named() {
    let state = after(&[typed(Field::Calls, "300"), Action::AddLine, typed(Field::Calls, "5")]);
    let picture = state.after(Action::AddLine).after(typed(Field::Calls, "20000"));
    let colour = picture.after(Action::AddLine).after(typed(Field::Calls, "7"));
    assert!(!colour.is_stale());
    // Picture Colour has no packages.
    let off = colour.after(Action::OpenLine(0)).after(Action::SetPostpaid(crate::settlement::Postpaid::Off));
    assert!(off.is_stale());
    let lines: Vec<LineState> = off.draft.lines().enumerate().map(|(place, line)| off.line_state(place, line)).collect();
    assert_eq!(lines.iter().position(|line| *line == LineState::Wrong), Some(3));
}

#[test]
fn a_link_brings_all_services_back() {
    let state = after(&two_with_slots()).after(Action::AddLine).after(typed(Field::Calls, "48,000"));
    let written = link(&state);
    let opened = empty().opened(&written);
    assert_eq!((total(&opened), link(&opened)), (total(&state), written.clone()));
    // An edit and its undoing write the same link again.
    let again = opened.after(typed(Field::Free, "5")).after(Action::Undo);
    assert_eq!(link(&again), written);
    let lines: Vec<Option<&str>> = again.draft.lines().map(|line| line.service.as_deref()).collect();
    assert_eq!(lines, [None, Some("video-subtitles"), Some("picture-cutout")]);
}

#[test]
fn another_service_takes_over_the_slots_of_its_group() {
    let state = after(&two_with_slots()).after(Action::AddLine).after(typed(Field::Calls, "500"));
    assert!(state.shares_slots_with().is_empty());
    let removed = state.after(Action::RemoveLine(0));
    let moved = removed.after(Action::SetService("video-upscale".into()));
    assert_eq!(moved.draft.service, None);
    assert_eq!(moved.draft.text(Field::QueuedHours), "720");
    assert_eq!(moved.shares_slots_with().len(), 2);
}

#[test]
fn a_budget_becomes_the_calls_that_it_buys() {
    let budget = after(&[Action::SetVolumeInput(VolumeInput::Budget), typed(Field::Budget, "600")]);
    let calls = budget.scenario.as_ref().expect("an answer").usage().total();
    let several = budget.after(Action::AddLine);
    assert_eq!(several.line_state(0, several.draft.lines().next().expect("a line")), LineState::Calls(calls));
}

#[test]
fn looking_at_another_line_is_no_step() {
    let both = after(&two_with_slots()).after(typed(Field::Free, "5"));
    let looked = both.after(Action::Undo).after(Action::OpenLine(0));
    assert!(looked.can_redo());
    assert_eq!(looked.after(Action::Redo).draft.lines().nth(1).expect("two lines").text(Field::Free), "5");
    // The edit before a look is what undo takes back.
    let undone = both.after(Action::OpenLine(0)).after(Action::Undo);
    assert_eq!(undone.draft.lines().nth(1).expect("two lines").text(Field::Free), "");
}
