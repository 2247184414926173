//! The order of dates such as 03/04/2026, as their column shows it.

use super::input;
use super::problem::FileErrorKind;
use super::times::{DateOrder, Stamp};

/// What is known of the order so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderSeen {
    order: Option<DateOrder>,
    /// Whether the order was given, so that other dates cannot be read.
    is_given: bool,
    /// The row and the text of the first date that needs an order.
    first: Option<(u64, String)>,
}

/// What a date changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learned {
    /// Nothing.
    Nothing,
    /// From here on, rows differ by the order.
    Differs,
    /// It is this order.
    Is(DateOrder),
}

impl OrderSeen {
    /// Nothing but the order that was given.
    pub fn new(given: Option<DateOrder>) -> Self {
        Self { order: given, is_given: given.is_some(), first: None }
    }

    /// The order, where one is known and any date needs it.
    pub fn order(&self) -> Option<DateOrder> {
        self.order.filter(|_| self.first.is_some())
    }

    /// The order, where one is known.
    pub fn known(&self) -> Option<DateOrder> {
        self.order
    }

    /// The row of the first date that needs an order.
    pub fn row(&self) -> Option<u64> {
        self.first.as_ref().map(|(row, _)| *row)
    }

    /// Takes what a date shows of the order. A first date may both differ by the order and show it.
    ///
    /// # Errors
    /// Another date showed the other order.
    pub fn learn(&mut self, stamp: Stamp, row: u64, text: &[u8]) -> Result<[Learned; 2], FileErrorKind> {
        if !matches!(stamp, Stamp::Slashed { .. }) {
            return Ok([Learned::Nothing; 2]);
        }
        let mut learned = [Learned::Nothing; 2];
        if self.first.is_none() {
            self.first = Some((row, input::cell_text(text)));
            if self.order.is_none() {
                learned[0] = Learned::Differs;
            }
        }
        match (stamp.evidence(), self.order) {
            (Some(order), None) => {
                self.order = Some(order);
                learned[1] = Learned::Is(order);
            }
            (Some(shown), Some(order)) if shown != order && !self.is_given => return Err(FileErrorKind::BothDateOrders),
            _ => {}
        }
        Ok(learned)
    }

    /// Takes the order that a format has where no date shows it.
    pub fn decide(&mut self, order: DateOrder) {
        self.order = Some(order);
    }

    /// The error where no date showed the order.
    pub fn undecided(&self) -> FileErrorKind {
        FileErrorKind::UndecidedDates { example: self.first.clone().map(|(_, text)| text).unwrap_or_default() }
    }
}
