//! The page's state and its reducer: what a person typed, and the answer to it.
//!
//! The reducer is pure. The typed draft is separate from the scenario read from it, so that text never changes under a
//! person's fingers, and the last good answer stays while a field is invalid.

mod action;
mod answering;
mod by_field;
mod choices;
mod draft;
mod lines;
mod links;
mod own_plan;
mod page;
mod prices;
mod reading;
#[cfg(test)]
mod tests;
mod undo;

use std::rc::Rc;

use yew::Reducible;

pub use self::action::Action;
pub use self::choices::{BusyHourAs, Shape, SlotsKnown, VolumeInput};
pub use self::draft::{Draft, Field, PlanDraft, PurchaseDraft, usual_peaks};
pub use self::lines::{JointAnswer, LineState};
pub use self::own_plan::{PlanEdit, PlanPart};
pub use self::reading::Errors;
use self::reading::draft_of;
use self::undo::Steps;
use crate::import::Imported;
use crate::insight::BreakEven;
use crate::notes::Notes;
use crate::pasted::{LeftOut, Pasted};
use crate::price_book::history::History;
use crate::price_book::{MAX_CALLS, PriceBook};
use crate::problem::ErrorKind;
use crate::quote::Quote;
use crate::scenario::Scenario;
use crate::typed_number;
use crate::usage::MONTHS;
use crate::wording;

/// A report on pasted months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedMonths {
    /// Filled months, 1 to 12.
    pub count: usize,
    /// Parts of the pasted text that are no months.
    pub left_out: Vec<LeftOut>,
}

/// Everything that the page shows.
#[derive(Debug, Clone)]
pub struct State {
    history: Option<Rc<History>>,
    book: Option<Rc<PriceBook>>,
    /// The form as typed.
    pub draft: Rc<Draft>,
    /// Errors by field.
    pub errors: Rc<Errors>,
    /// The first field that a choice has just brought and that is still empty: no error yet, but no new answer either.
    pub awaited: Option<Field>,
    /// The error of fields that are each valid but have no answer together.
    pub answer_error: Option<ErrorKind>,
    /// The last scenario that was answered.
    pub scenario: Option<Rc<Scenario>>,
    /// The answer to [`scenario`](Self::scenario).
    pub quote: Option<Rc<Quote>>,
    /// The last answer, where it is about several services. Then there is no scenario.
    pub joint: Option<Rc<JointAnswer>>,
    /// The places of the lines that keep the estimate from being answered, beside the open one.
    wrong_lines: Vec<usize>,
    /// The sender's notes.
    pub notes: Rc<Notes>,
    /// Whether the further options are open.
    pub more_open: bool,
    keeps_options_closed: bool,
    /// The row of an owned package that the last action added.
    pub fresh_row: Option<u32>,
    /// The part of a plan of one's own to which the last action moves the focus.
    pub plan_focus: Option<PlanPart>,
    /// Whether the last action opened another line, whose service takes the focus.
    pub focuses_service: bool,
    /// The months that the last action pasted.
    pub pasted: Option<PastedMonths>,
    /// How many slots would be cheaper, where the answer asks for them.
    pub question: Option<BreakEven>,
    asks: bool,
    empty: Rc<Draft>,
    example: Option<(Rc<Scenario>, Rc<Quote>)>,
    /// The opened estimate, until an edit or an update to today's prices.
    pub origin: Option<Rc<Imported>>,
    steps: Steps,
    makes_entry: bool,
    revision: u64,
}

impl PartialEq for State {
    /// Yew compares consecutive states only, and every action has a revision, so the revision decides.
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

impl State {
    /// An empty form with this project's prices, for tests. A browser's build has no prices.
    #[cfg(any(test, feature = "ssr"))]
    pub fn new() -> Self {
        Self::by(History::built_in().ok().map(Rc::new))
    }

    /// An empty form with these prices.
    pub fn by(history: Option<Rc<History>>) -> Self {
        Self {
            book: history.as_ref().map(|history| Rc::new(history.newest().clone())),
            history,
            draft: Rc::default(),
            errors: Rc::default(),
            awaited: None,
            answer_error: None,
            scenario: None,
            quote: None,
            joint: None,
            wrong_lines: Vec::new(),
            notes: Rc::default(),
            more_open: false,
            keeps_options_closed: false,
            fresh_row: None,
            plan_focus: None,
            focuses_service: false,
            pasted: None,
            question: None,
            asks: false,
            empty: Rc::default(),
            example: None,
            origin: None,
            steps: Steps::default(),
            makes_entry: false,
            revision: 0,
        }
    }

    /// An empty form with the same prices.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self::by(self.history.clone())
    }

    /// Whether the answer no longer matches the form.
    pub fn is_stale(&self) -> bool {
        let is_refused = self.answer_error.is_some() || !self.wrong_lines.is_empty();
        is_refused || self.awaited.is_some() || self.errors.fields().any(Field::is_needed)
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.steps.can_undo()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        self.steps.can_redo()
    }

    /// Whether the last action adds an entry to the browser's history.
    pub fn makes_entry(&self) -> bool {
        self.makes_entry
    }

    /// The same state with the further options closed until the user opens them, whatever a link sets.
    #[must_use]
    pub fn with_closed_options(self) -> Self {
        Self { more_open: false, keeps_options_closed: true, ..self }
    }

    /// The state after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.revision += 1;
        (next.fresh_row, next.plan_focus) = (None, None);
        next.pasted = None;
        next.focuses_service = matches!(action, Action::AddLine | Action::OpenLine(_) | Action::RemoveLine(_));
        next.makes_entry = matches!(action, Action::Open(_) | Action::Reset);
        match &action {
            Action::ToggleMore => {
                next.more_open = !next.more_open;
                return next;
            }
            Action::QuoteAgain => {
                next.origin = None;
                return next;
            }
            Action::EndSlide => {
                next.steps.end_group();
                return next;
            }
            Action::Leave(field) => {
                next.leave(*field);
                return next;
            }
            // Looking at another line is no step to undo.
            Action::OpenLine(_) => {
                next.steps.end_group();
                next.edit(&action);
            }
            Action::Undo if !next.steps.undo(&mut next.draft) => return next,
            Action::Redo if !next.steps.redo(&mut next.draft) => return next,
            Action::Undo | Action::Redo => {}
            _ => {
                next.steps.record(&action, &self.draft);
                next.edit(&action);
            }
        }
        if let Some(book) = next.book.as_ref().filter(|_| next.draft.has_several_lines()) {
            Rc::make_mut(&mut next.draft).share(book);
        }
        next.more_open |= !self.keeps_options_closed && next.draft.uses_more(&self.empty);
        let typed = if let Action::Type(field, _) = action { Some(field) } else { None };
        if matches!(action, Action::Undo | Action::Redo | Action::Reset) && next.is_form_empty() {
            next.forget_answer();
        }
        if matches!(action, Action::Open(_) | Action::Restore(_) | Action::Reset) {
            next.question = None;
        }
        next.origin = if let Action::Open(imported) | Action::Restore(imported) = action { Some(imported) } else { None };
        next.answer(typed);
        // An opened estimate without an answer must not be shown with the answer of another one.
        if next.origin.as_ref().is_some_and(|origin| next.is_stale() || !origin.opened.has_usage) {
            next.forget_answer();
            next.answer(typed);
        }
        next
    }

    fn forget_answer(&mut self) {
        (self.scenario, self.quote, self.joint) = (None, None, None);
    }

    fn edit(&mut self, action: &Action) {
        let answered = self.scenario.as_ref().zip(self.quote.as_ref()).filter(|_| !self.is_stale());
        let usage = answered.map(|(scenario, _)| *scenario.usage());
        let total = answered.map(|(_, quote)| quote.total);
        let draft = Rc::make_mut(&mut self.draft);
        match action {
            Action::Type(field, text) => {
                draft.write(*field, text.as_str());
                // An answer to the question is queued work until somebody says otherwise.
                match (self.question, field, draft.slots, text.is_empty()) {
                    (Some(_), Field::Secs, SlotsKnown::No, false) => draft.slots = SlotsKnown::Queued,
                    (Some(_), Field::Secs, SlotsKnown::Queued, true) => draft.slots = SlotsKnown::No,
                    _ => {}
                }
                if *field == Field::Secs {
                    draft.write_usual_values();
                }
            }
            Action::PasteMonths(from, text) => {
                let pasted = Pasted::read(text);
                let months = pasted.cells.len().min(MONTHS - from);
                let (fitting, surplus) = pasted.cells.split_at(months);
                for (month, cell) in (*from..MONTHS).zip(fitting) {
                    draft.write(Field::Month(month), cell.as_str());
                }
                // With more cells than months the last field keeps all of the rest. That is no number, so its error says so.
                if let (Some(last), false) = (fitting.last(), surplus.iter().all(String::is_empty)) {
                    draft.write(Field::Month(MONTHS - 1), [std::slice::from_ref(last), surplus].concat().join("; "));
                }
                self.pasted = Some(PastedMonths { count: months, left_out: pasted.left_out });
            }
            Action::Slide(calls) => draft.write(Field::Calls, wording::grouped(*calls)),
            Action::SetVolumeInput(volume_input) => {
                // A way of entering the volume that is used for the first time starts from the present answer.
                match (draft.volume_input, volume_input, usage, total) {
                    (VolumeInput::Budget, VolumeInput::Year | VolumeInput::Month | VolumeInput::Day, Some(usage), _)
                        if draft.text(Field::Calls).is_empty() =>
                    {
                        let times = volume_input.times_a_year();
                        draft.write(Field::Calls, usage.total().div_ceil(times).min(MAX_CALLS / times).to_string());
                    }
                    (_, VolumeInput::Budget, _, Some(total)) if draft.text(Field::Budget).is_empty() => {
                        // A total can have more digits than a budget.
                        let total = total.to_string();
                        if typed_number::read_decimal(&total).is_ok() {
                            draft.write(Field::Budget, total);
                        }
                    }
                    _ => {}
                }
                draft.volume_input = *volume_input;
            }
            Action::SetShape(shape) => {
                // Months start from the present spread, and leave their sum behind.
                match (draft.shape, shape, usage) {
                    (Shape::Monthly, Shape::Monthly, _) | (_, _, None) => {}
                    (_, Shape::Monthly, Some(usage)) => draft.write_months(&usage.months()),
                    (Shape::Monthly, _, Some(usage)) => {
                        draft.volume_input = VolumeInput::Year;
                        draft.write(Field::Calls, usage.total().to_string());
                    }
                    _ => {}
                }
                draft.shape = *shape;
                if *shape == Shape::Peaks {
                    draft.write_usual_peaks();
                }
            }
            Action::TogglePeak(month) => {
                if let Some(peak) = draft.peaks.get_mut(*month) {
                    *peak = !*peak;
                }
            }
            Action::SetPostpaid(postpaid) => draft.postpaid = *postpaid,
            Action::SetOrders(orders) => draft.orders = *orders,
            Action::SetService(_) | Action::AddLine | Action::OpenLine(_) | Action::RemoveLine(_) => self.edit_lines(action),
            Action::AddOwned => self.fresh_row = Some(draft.add_owned()),
            Action::RemoveOwned(row) => draft.remove_owned(*row),
            Action::Plan(edit) => self.edit_plan(*edit),
            Action::SetSlots(slots) => {
                draft.slots = *slots;
                draft.write_usual_values();
            }
            Action::SetBusyHour(busy_hour) => draft.busy_hour = *busy_hour,
            Action::SetTierBasis(tier_basis) => draft.tier_basis = *tier_basis,
            Action::Reset => *draft = self.empty.as_ref().clone(),
            Action::Open(imported) | Action::Restore(imported) => {
                if let Some(book) = &self.book {
                    *draft = draft_of(&imported.opened, book);
                }
            }
            Action::ToggleMore | Action::Leave(_) | Action::Undo | Action::Redo | Action::QuoteAgain | Action::EndSlide => {}
        }
    }
}

#[cfg(any(test, feature = "ssr"))]
impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}
