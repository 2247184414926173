//! The actions that change the state.

use std::rc::Rc;

use super::{BusyHourAs, Field, PlanEdit, Shape, SlotsKnown, VolumeInput};
use crate::import::Imported;
use crate::planner::Orders;
use crate::price_book::TierBasis;
use crate::settlement::Postpaid;

/// An action of a person.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Typed in a field.
    Type(Field, String),
    /// Left a field that takes a whole number.
    Leave(Field),
    /// Moved the slider to this number of calls.
    Slide(u64),
    /// Let the slider go.
    EndSlide,
    /// Pasted several numbers into the field of a month (from 0); they fill the months from there on.
    PasteMonths(usize, String),
    /// Chose how to enter the volume.
    SetVolumeInput(VolumeInput),
    /// Chose how calls are spread over the year.
    SetShape(Shape),
    /// Added a month (from 0) to the peaks, or took it away.
    TogglePeak(usize),
    /// Turned postpaid on or off.
    SetPostpaid(Postpaid),
    /// Chose when packages may be bought.
    SetOrders(Orders),
    /// Chose the service of the open line.
    SetService(String),
    /// Added a line for the first service that has none.
    AddLine,
    /// Opened the line at this place.
    OpenLine(usize),
    /// Removed the line at this place.
    RemoveLine(usize),
    /// Added a row for an owned package.
    AddOwned,
    /// Removed the row of an owned package.
    RemoveOwned(u32),
    /// Edited a plan of one's own.
    Plan(PlanEdit),
    /// Chose how to enter the slots.
    SetSlots(SlotsKnown),
    /// Chose how to enter the busiest hour.
    SetBusyHour(BusyHourAs),
    /// Chose which calls count towards a price tier; `None` is the service's own basis.
    SetTierBasis(Option<TierBasis>),
    /// Opened or closed the further options.
    ToggleMore,
    /// Undid the last step.
    Undo,
    /// Redid the last undone step.
    Redo,
    /// Emptied the form.
    Reset,
    /// Opened a file, a saved estimate or pasted text.
    Open(Rc<Imported>),
    /// Followed a link, went back or forward to an address, or edited it.
    Restore(Rc<Imported>),
    /// Chose today's prices over those that an estimate was quoted with.
    QuoteAgain,
}
