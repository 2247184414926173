//! Tests of the reducer: typed text, errors, undo and links.

use super::*;
use crate::app::form::error_sentence;
use crate::entry::EntryError;
use crate::notes::NoteField;
use crate::scenario::CalendarMonth;
use crate::settlement::Postpaid;

fn typed(field: Field, texts: &[&str]) -> State {
    texts.iter().fold(State::new(), |state, text| state.after(Action::Type(field, (*text).into())))
}

fn calls(text: &str) -> State {
    typed(Field::Calls, &[text])
}

fn total(state: &State) -> Option<String> {
    state.quote.as_ref().map(|quote| quote.total.to_string())
}

#[test]
fn an_untouched_page_has_neither_answer_nor_error() {
    let state = State::new();
    assert_eq!((total(&state), state.is_stale(), state.can_undo(), state.more_open), (None, false, false, false));
}

#[test]
fn a_number_is_answered_with_every_keystroke() {
    let state = typed(Field::Calls, &["3", "30", "300"]);
    assert_eq!((total(&state), state.is_stale()), (Some("1260.00".into()), false));
}

#[test]
fn an_error_keeps_the_text_and_marks_the_last_answer_as_stale() {
    let state = typed(Field::Calls, &["300", "300x"]);
    assert_eq!(state.draft.text(Field::Calls), "300x");
    assert_eq!((total(&state), state.is_stale()), (Some("1260.00".into()), true));
    assert!(state.after(Action::Type(Field::Calls, String::new())).errors.get(Field::Calls).is_some());
}

#[test]
fn an_invalid_note_does_not_make_the_answer_stale() {
    let state = calls("300").after(Action::Type(Field::Note(NoteField::ValidUntil), "soon".into()));
    assert!(state.errors.get(Field::Note(NoteField::ValidUntil)).is_some());
    assert_eq!((total(&state), state.is_stale()), (Some("1260.00".into()), false));
}

#[test]
fn volumes_by_month_and_day_make_a_year() {
    let year = |volume_input: VolumeInput, text: &str| {
        calls(text).after(Action::SetVolumeInput(volume_input)).scenario.map(|scenario| scenario.usage().total())
    };
    assert_eq!(year(VolumeInput::Month, "25"), Some(300));
    assert_eq!(year(VolumeInput::Day, "10"), Some(3_650));
    // A year's most calls are too many for each of its months.
    assert!(calls("1000000000000").after(Action::SetVolumeInput(VolumeInput::Month)).is_stale());
}

#[test]
fn a_budget_buys_calls() {
    let state = State::new().after(Action::SetVolumeInput(VolumeInput::Budget)).after(Action::Type(Field::Budget, "1,260".into()));
    assert_eq!(state.scenario.map(|scenario| scenario.usage().total()), Some(300));
}

/// Checks the error of a text in a field of a form with live traffic and an owned package.
#[track_caller]
fn check_error(field: Field, text: &str, message: &str) {
    let state = calls("300").after(Action::SetSlots(SlotsKnown::Live)).after(Action::AddOwned);
    let state = state.after(Action::Type(Field::OwnedCalls(0), "350".into())).after(Action::Type(field, text.into()));
    assert_eq!(error_sentence(&state, field).as_deref(), Some(message), "{field:?}");
}

#[test]
fn a_number_out_of_range_is_answered_with_the_range() {
    let state = State::new().after(Action::SetVolumeInput(VolumeInput::Budget)).after(Action::Type(Field::Budget, "1000000000000".into()));
    assert_eq!(error_sentence(&state, Field::Budget).as_deref(), Some("Enter a number up to 999,999,999,999."));
    for text in ["0", "100", "100.5", "1000000000000"] {
        check_error(Field::LiveFailure, text, "Enter a number above 0 and below 100.");
    }
    for text in ["0", "1000000000000"] {
        check_error(Field::Secs, text, "Enter a number above 0 and below 1,000,000,000,000.");
    }
    check_error(Field::OwnedMonths(0), "13", "Enter a whole number from 1 to 12.");
}

#[test]
fn an_example_fits_its_field() {
    for text in ["", "some", "a few"] {
        check_error(Field::OwnedMonths(0), text, "Enter a whole number, for example 3.");
    }
    check_error(Field::OwnedMonths(0), "0x", "Enter a whole number from 1 to 12.");
    check_error(Field::Free, "some", "Enter a whole number, for example 100.");
    check_error(Field::Secs, "", "Enter a number, for example 60 or 0.5.");
    check_error(Field::LiveCalls, "", "Enter a number, for example 500.");
    check_error(Field::LiveFailure, "1.x", "Enter a number, for example 0.5.");
    check_error(Field::LiveFailure, "1,5", "Use a point before decimals, for example 1.50.");
    let budget = calls("300").after(Action::SetVolumeInput(VolumeInput::Budget));
    let error = |text: &str| error_sentence(&budget.after(Action::Type(Field::Budget, text.into())), Field::Budget);
    assert_eq!(error("").as_deref(), Some("Enter an amount, for example 5,000 or 5,000.50."));
    let daily = calls("300").after(Action::SetVolumeInput(VolumeInput::Day)).after(Action::Type(Field::Calls, "x".into()));
    assert_eq!(error_sentence(&daily, Field::Calls).as_deref(), Some("Enter a whole number, for example 30."));
}

#[test]
fn a_new_field_is_awaited_and_an_error_only_once_emptied() {
    let write = |state: &State, field: Field, text: &str| state.after(Action::Type(field, text.into()));
    let chosen = calls("300").after(Action::SetSlots(SlotsKnown::Live));
    let price_check = |state: &State| (state.awaited, state.errors.is_empty(), state.is_stale(), total(state));
    let kept = Some("1260.00".to_string());
    assert_eq!(price_check(&chosen), (Some(Field::Secs), true, true, kept.clone()));
    let begun = write(&chosen, Field::Secs, "60");
    assert_eq!(price_check(&begun), (Some(Field::LiveCalls), true, true, kept.clone()));
    let emptied = write(&write(&begun, Field::Secs, ""), Field::LiveCalls, "500");
    assert!(emptied.errors.get(Field::Secs).is_some() && emptied.awaited.is_none());
    let done = write(&emptied, Field::Secs, "60");
    assert_eq!(done.draft.text(Field::LiveFailure), "1");
    assert_eq!(price_check(&done), (None, true, false, kept.clone()));
    let owned = write(&calls("300").after(Action::AddOwned), Field::OwnedCalls(0), "350");
    assert_eq!(price_check(&owned), (Some(Field::OwnedMonths(0)), true, true, kept));
}

#[test]
fn a_converted_volume_that_its_field_would_refuse_is_not_written() {
    let most = "1000000000000";
    let budget = calls(most).after(Action::SetVolumeInput(VolumeInput::Budget));
    assert_eq!((budget.draft.text(Field::Budget), budget.awaited, budget.errors.is_empty()), ("", Some(Field::Budget), true));
    let bought = State::new().after(Action::SetVolumeInput(VolumeInput::Budget)).after(Action::Type(Field::Budget, "999999999999".into()));
    let all =
        State { scenario: calls(most).scenario, quote: calls(most).quote, ..bought }.after(Action::SetVolumeInput(VolumeInput::Month));
    assert_eq!((all.draft.text(Field::Calls), all.is_stale()), ("83333333333", false));
}

#[test]
fn months_start_from_the_spread_and_leave_their_sum() {
    let months = calls("300").after(Action::SetShape(Shape::Monthly));
    assert_eq!((months.draft.text(Field::Month(11)), total(&months)), ("25", Some("1260.00".into())));
    let even = months.after(Action::Type(Field::Month(11), "125".into())).after(Action::SetShape(Shape::Even));
    assert_eq!(even.draft.text(Field::Calls), "400");
}

#[test]
fn pasted_months_fill_their_fields_with_errors_where_invalid() {
    let row = "100\t200\tx\t1,000\t5\t6\t7.5\t8\t9\t10\t11\t-12";
    let state = State::new().after(Action::SetShape(Shape::Monthly)).after(Action::PasteMonths(0, row.into()));
    let wrong: Vec<Field> = state.errors.fields().collect();
    assert_eq!(wrong, [Field::Month(2), Field::Month(6), Field::Month(11)]);
    assert_eq!((state.draft.text(Field::Month(3)), state.draft.text(Field::Month(2))), ("1,000", "x"));
    // Empty cells beyond the last month are no error; numbers are.
    let end = state.after(Action::PasteMonths(11, "7\t\t".into()));
    assert_eq!(end.draft.text(Field::Month(11)), "7");
    assert_eq!(end.after(Action::PasteMonths(11, "7\t8".into())).draft.text(Field::Month(11)), "7; 8");
}

#[test]
fn pasted_months_are_reported_until_the_next_edit() {
    let table = "Month\tCalls\r\nJan\t1,000\r\nFeb\t-\r\nTotal\t1,000\r\n";
    let state = State::new().after(Action::SetShape(Shape::Monthly)).after(Action::PasteMonths(3, table.into()));
    let months = [3, 4, 5].map(|month| state.draft.text(Field::Month(month)).to_owned());
    assert_eq!(months, ["1,000", "0", ""]);
    let left_out = vec![LeftOut::Header, LeftOut::Total];
    assert_eq!(state.pasted, Some(PastedMonths { count: 2, left_out }));
    assert_eq!(state.after(Action::Type(Field::Month(5), "7".into())).pasted, None);
}

#[test]
fn a_first_month_is_read_in_full_width_too() {
    let state = calls("300").after(Action::Type(Field::Start, "\u{ff12}\u{ff10}\u{ff12}\u{ff17}-\u{ff10}\u{ff11}".into()));
    assert!(state.link().and_then(Result::ok).is_some_and(|link| link.contains("&start=2027-01&")));
}

#[test]
fn amounts_and_counts_are_read_as_people_type_them() {
    let budget = State::new().after(Action::SetVolumeInput(VolumeInput::Budget));
    for text in ["$1,260", "1 260 USD", "1,260.00", "\u{ff11}\u{ff12}\u{ff16}\u{ff10}"] {
        let state = budget.after(Action::Type(Field::Budget, text.into()));
        assert_eq!(state.scenario.map(|scenario| scenario.usage().total()), Some(300), "{text}");
        assert_eq!(state.draft.text(Field::Budget), text);
    }
    assert_eq!(total(&calls("\u{663}\u{660}\u{660}")), Some("1260.00".into()));
    assert_eq!(total(&calls("300.0")), Some("1260.00".into()));
}

#[test]
fn a_typed_date_goes_into_the_link_as_iso_8601() {
    for text in ["2027-01-31", "31.01.2027", "1/31/2027", "January 31, 2027"] {
        let state = calls("300").after(Action::Type(Field::Note(NoteField::ValidUntil), text.into()));
        assert!(state.link().and_then(Result::ok).is_some_and(|link| link.contains("&until=2027-01-31&")), "{text}");
        assert_eq!(state.draft.text(Field::Note(NoteField::ValidUntil)), text);
    }
}

#[test]
fn typing_is_undone_as_one_step_and_reset_too() {
    let state = typed(Field::Calls, &["3", "30", "300"]).after(Action::SetPostpaid(Postpaid::Off));
    let reset = state.after(Action::Reset);
    assert_eq!((total(&reset), reset.draft.as_ref()), (None, &Draft::default()));
    let back = reset.after(Action::Undo);
    assert_eq!((back.draft.postpaid, total(&back)), (Postpaid::Off, Some("1260.00".into())));
    let first = back.after(Action::Undo).after(Action::Undo);
    assert_eq!((first.draft.as_ref(), first.can_undo()), (&Draft::default(), false));
}

#[test]
fn redoes_undone_steps_until_the_next_edit() {
    let state = typed(Field::Calls, &["3", "30", "300"]).after(Action::SetPostpaid(Postpaid::Off));
    assert!(!state.can_redo());
    let first = state.after(Action::Undo).after(Action::Undo);
    assert_eq!((total(&first), first.can_redo()), (None, true));
    let again = first.after(Action::Redo);
    assert_eq!((again.draft.postpaid, total(&again)), (Postpaid::On, Some("1260.00".into())));
    let last = again.after(Action::Redo);
    assert_eq!((last.draft.postpaid, last.can_redo(), last.can_undo()), (Postpaid::Off, false, true));
    assert_eq!(last.after(Action::Redo).draft, last.draft);
    assert!(!again.after(Action::Type(Field::Calls, "3000".into())).can_redo());
}

#[test]
fn undo_brings_replaced_text_back() {
    let state = typed(Field::Calls, &["1", "12", "120", "12", "1", "12", "9", "98"]);
    let texts: Vec<String> = std::iter::successors(Some(state), |state| state.can_undo().then(|| state.after(Action::Undo)))
        .map(|state| state.draft.text(Field::Calls).into())
        .collect();
    assert_eq!(texts, ["98", "12", "1", "120", ""]);
}

#[test]
fn a_drag_of_the_slider_is_one_step() {
    let dragged = [Action::Slide(10), Action::Slide(300), Action::Slide(12), Action::EndSlide, Action::Slide(500), Action::EndSlide];
    let state = dragged.into_iter().fold(calls("7"), |state, action| state.after(action));
    let back = state.after(Action::Undo);
    assert_eq!((state.draft.text(Field::Calls), back.draft.text(Field::Calls)), ("500", "12"));
    assert_eq!(back.after(Action::Undo).draft.text(Field::Calls), "7");
}

#[test]
fn calls_and_a_budget_start_from_each_other() {
    let budget = calls("300").after(Action::SetVolumeInput(VolumeInput::Budget));
    assert_eq!((budget.draft.text(Field::Budget), total(&budget)), ("1260.00", Some("1260.00".into())));
    let state = State::new().after(Action::SetVolumeInput(VolumeInput::Budget)).after(Action::Type(Field::Budget, "1,260".into()));
    for (volume_input, calls) in [(VolumeInput::Year, "300"), (VolumeInput::Month, "25"), (VolumeInput::Day, "1")] {
        assert_eq!(state.after(Action::SetVolumeInput(volume_input)).draft.text(Field::Calls), calls);
    }
    // Typed text stays.
    let back = calls("12000").after(Action::SetVolumeInput(VolumeInput::Budget)).after(Action::SetVolumeInput(VolumeInput::Year));
    assert_eq!(back.draft.text(Field::Calls), "12000");
}

#[test]
fn more_numbers_than_months_are_kept_with_an_error() {
    let state = State::new().after(Action::SetShape(Shape::Monthly)).after(Action::PasteMonths(10, "7\n8\n9\n10".into()));
    assert_eq!((state.draft.text(Field::Month(10)), state.draft.text(Field::Month(11))), ("7", "8; 9; 10"));
    assert_eq!(state.errors.fields().collect::<Vec<_>>(), [Field::Month(11)]);
}

#[test]
fn slots_are_one_number_or_twelve() {
    let slots = |text: &str| {
        let state = calls("300").after(Action::SetSlots(SlotsKnown::Directly)).after(Action::Type(Field::Slots, text.into()));
        (!state.is_stale()).then(|| state.link().and_then(Result::ok).unwrap_or_default())
    };
    assert!(slots("3").is_some_and(|link| link.contains("&slots=3&")));
    assert!(slots("1,000").is_some_and(|link| link.contains("&slots=1000&")));
    assert!(slots("1 2 3 4 5 6 7 8 9 10 11 12").is_some_and(|link| link.contains("&slots=1,2,3,4,5,6,7,8,9,10,11,12&")));
    for wrong in ["", "0", "1 2 3", "1 2 3 4 5 6 7 8 9 10 11 x", "0 2 3 4 5 6 7 8 9 10 11 12"] {
        assert_eq!(slots(wrong), None, "{wrong}");
    }
    let without =
        calls("300").after(Action::SetSlots(SlotsKnown::Directly)).after(Action::Type(Field::Slots, "0 2 3 4 5 6 7 8 9 10 11 12".into()));
    assert_eq!(without.errors.get(Field::Slots), Some(&EntryError::Refused(ErrorKind::MonthWithoutSlots)));
}

#[test]
fn a_link_becomes_a_draft_with_the_same_link() {
    for link in [
        "v=1&calls=300",
        "v=1&calls=300&profile=growing&start=2027-01&free=5&owned=350x3,100x12&postpaid=off&tier=all",
        "v=1&m=1,2,3,4,5,6,7,8,9,10,11,12&slots=1,2,3,4,5,6,7,8,9,10,11,12&discount=10,0,5.5",
        "v=1&calls=300&profile=peaks,12.5,3,11&free=5",
        "v=1&calls=300&queued=60,720,0.8&customer=A%20%26%20B",
        "v=1&calls=300&live=60,0.5%25,0.01",
    ] {
        let state = State::at(link);
        assert!(!state.is_stale() && state.origin.is_some(), "{link}: {:?}", state.errors);
        // Updated to today's prices, so that the link is written from the draft.
        let again = state.after(Action::QuoteAgain).link().and_then(Result::ok).unwrap_or_default();
        let (scenario, _) = again.split_once("&book=").unwrap_or_default();
        assert_eq!(scenario.split_once("&check=").map(|(_, checked)| &checked[8..]), link.strip_prefix("v=1"), "{again}");
        assert_eq!(state.more_open, link != "v=1&calls=300", "{link}");
    }
}

#[test]
fn embedded_options_stay_closed_until_the_user_opens_them() {
    let closed = State::at("v=1&calls=300&start=2027-01&slots=3").with_closed_options();
    assert!(!closed.more_open);
    assert!(!closed.after(Action::Type(Field::Calls, "12000".into())).more_open);
    assert!(!closed.clone().opened("v=1&calls=300&discount=10,0,5").more_open);
    let open = closed.after(Action::ToggleMore);
    assert!(open.more_open && open.after(Action::Type(Field::Calls, "12000".into())).more_open);
}

#[test]
fn an_opened_estimate_keeps_its_stamp_until_it_is_edited() {
    let link = "v=1&check=5a1e0aa4&calls=300&book=2020-01-01,01234567&quoted=99.00";
    let state = State::at(link);
    assert_eq!(state.link(), Some(Ok(link.into())));
    let edited = state.after(Action::Type(Field::Free, "1".into()));
    let edited_link = edited.link().and_then(Result::ok).unwrap_or_default();
    assert!(edited_link.contains("&quoted=1260.00") && !edited_link.contains("01234567"), "{edited_link}");
    assert!(edited.origin.is_none());
}

#[test]
fn an_opened_estimate_without_an_answer_removes_the_previous_answer() {
    let open = |state: &State, link: &str| state.after(Action::Restore(state.imported(link).expect("a link")));
    let state = calls("300");
    assert_eq!(total(&open(&state, "v=1&calls=5")), Some("24.00".into()));
    // No calls, and calls that nothing can pay for.
    let empty = open(&state, "v=1&free=5");
    assert_eq!((total(&empty), empty.is_stale(), empty.link()), (None, false, None));
    let slots_alone = r#"{"version": "v", "currency": "USD", "services": [{"id": "s", "name": "S", "packages": [],
        "package_validity_months": 12, "tiers": [], "concurrent": {"price_per_slot_month": "7200", "max_slots": 50}}]}"#;
    let history = History::new(PriceBook::from_json(slots_alone).expect("valid"), Vec::new());
    let state = State::by(Some(Rc::new(history))).opened("v=1&calls=12&slots=1");
    assert_eq!(total(&state), Some("86400.00".into()));
    let refused = open(&state, "v=1&calls=12");
    assert_eq!((total(&refused), refused.is_stale(), refused.link()), (None, true, None));
}

/// Of 120,000 calls in equal months, up to four slots cost less than paying per call.
#[test]
fn asks_for_the_duration_of_a_call_where_slots_would_be_cheaper() {
    let page = State::new().of_page(None);
    let write = |state: &State, field: Field, text: &str| state.after(Action::Type(field, text.into()));
    assert!(write(&page, Field::Calls, "300").question.is_none());
    let asked = write(&page, Field::Calls, "120000");
    assert_eq!(asked.question.map(|question| question.slots), Some(4));
    let answered = write(&asked, Field::Secs, "60");
    assert_eq!((answered.draft.slots, answered.is_stale(), total(&answered)), (SlotsKnown::Queued, false, Some("86400.00".into())));
    assert!(answered.question.is_some(), "the field must keep its place");
    let live = answered.after(Action::SetSlots(SlotsKnown::Live));
    assert_eq!((live.draft.text(Field::Secs), live.awaited), ("60", Some(Field::LiveCalls)));
    let emptied = write(&answered, Field::Secs, "");
    assert_eq!((emptied.draft.slots, total(&emptied)), (SlotsKnown::No, Some("420000.00".into())));
    assert!(answered.after(Action::SetSlots(SlotsKnown::Directly)).question.is_none());
}

#[test]
fn an_empty_page_shows_an_example_until_something_is_entered() {
    let page = State::new().of_page(CalendarMonth::parse("2027-01"));
    let (scenario, quote) = page.example().expect("an example");
    assert_eq!((scenario.usage().total(), quote.total.to_string().as_str(), page.link()), (12_000, "44600.00", None));
    assert_eq!(page.draft.text(Field::Start), "January 2027");
    let typed = page.after(Action::Type(Field::Calls, "300".into()));
    assert!(typed.example().is_none() && typed.link().is_some_and(|link| link.is_ok_and(|link| link.contains("&start=2027-01"))));
    assert!(typed.after(Action::Undo).example().is_some() && typed.after(Action::Reset).example().is_some());
    assert!(page.after(Action::Type(Field::Calls, "10k".into())).example().is_none());
    assert!(!typed.more_open, "the first month of an empty form is no option that somebody has set");
}

#[test]
fn peaks_start_with_usual_values_and_need_a_month_of_each_kind() {
    let months = |state: &State| state.scenario.as_ref().map(|scenario| scenario.usage().months());
    let chosen = calls("12000").after(Action::SetShape(Shape::Peaks));
    assert_eq!(months(&chosen), Some([720, 720, 720, 720, 720, 720, 720, 720, 720, 720, 2_400, 2_400]));
    let one = chosen.after(Action::TogglePeak(10)).after(Action::Type(Field::PeakShare, "100 %".into()));
    assert_eq!(months(&one), Some([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12_000]));
    let none = one.after(Action::TogglePeak(11));
    assert_eq!((none.errors.get(Field::Peaks), none.is_stale()), (Some(&EntryError::NoPeaks), true));
    let wrong = one.after(Action::Type(Field::PeakShare, "101".into()));
    assert_eq!(wrong.errors.get(Field::PeakShare), Some(&EntryError::Refused(ErrorKind::PercentageAboveHundred)));
    let bought = one.after(Action::SetVolumeInput(VolumeInput::Budget)).after(Action::Type(Field::Budget, "4200".into()));
    assert_eq!(bought.scenario.map(|scenario| scenario.usage().months()[10]), Some(0));
    let again = one.after(Action::SetShape(Shape::Even)).after(Action::SetShape(Shape::Peaks));
    assert_eq!(months(&again), months(&one), "what was entered stays");
}

#[test]
fn a_link_keeps_that_its_calls_are_what_a_budget_buys() {
    let budget = calls("5").after(Action::SetVolumeInput(VolumeInput::Budget)).after(Action::Type(Field::Budget, "5,000".into()));
    let link = budget.link().and_then(Result::ok).expect("a link");
    assert!(link.contains("&calls=1276&budget=5000&book="), "{link}");
    let opened = State::at(&link);
    assert_eq!((opened.draft.text(Field::Budget), opened.draft.volume_input), ("5,000", VolumeInput::Budget));
    assert_eq!((total(&opened), opened.link()), (total(&budget), Some(Ok(link.clone()))));
    let raised = opened.after(Action::Type(Field::Budget, "6,000".into()));
    assert!(raised.link().and_then(Result::ok).is_some_and(|link| link.contains("&budget=6000&")));
    // A budget that does not buy these calls is not shown, but its link stays as it came.
    let other = State::at("v=1&calls=300&budget=5000");
    assert_eq!((other.draft.volume_input, other.draft.text(Field::Calls)), (VolumeInput::Year, "300"));
}

#[test]
fn a_field_that_is_left_gets_its_digits_grouped() {
    let left = |text: &str| calls(text).after(Action::Leave(Field::Calls));
    assert_eq!(left("12000").draft.text(Field::Calls), "12,000");
    assert_eq!((left("12000").link(), left("10k").draft.text(Field::Calls)), (calls("12000").link(), "10k"));
}
