//! The links of a state: the estimate that a link opens, and the link of the answer.

use std::rc::Rc;

use super::undo::Steps;
use super::{Action, State};
use crate::import::{Imported, open_link};
use crate::link::{self, Amount, BookStamp, NoLink};
use crate::scenario::Scenario;

impl State {
    /// The state that a link's fragment opens, as [`new`](Self::new); an empty fragment opens an empty form.
    #[cfg(any(test, feature = "ssr"))]
    pub fn at(fragment: &str) -> Self {
        Self::new().opened(fragment)
    }

    /// This state, before any action, with the estimate of a link's fragment.
    #[must_use]
    pub fn opened(self, fragment: &str) -> Self {
        match self.imported(fragment) {
            Some(imported) => Self { steps: Steps::default(), ..self.after(Action::Restore(imported)) },
            None => self,
        }
    }

    /// The estimate in a fragment; `None` where the fragment has none.
    pub fn imported(&self, fragment: &str) -> Option<Rc<Imported>> {
        let imported = open_link(fragment, self.history.as_deref()?);
        (!imported.opened.is_blank()).then(|| Rc::new(imported))
    }

    /// The link of the last good answer; `None` while there is none.
    ///
    /// # Errors
    /// The reason why the scenario has no link.
    pub fn link(&self) -> Option<Result<String, NoLink>> {
        let (total, _) = self.total()?;
        let book = self.history.as_deref()?.newest();
        // An opened estimate keeps its quoted total until an edit or an update to today's prices.
        if let Some(origin) = &self.origin {
            return Some(origin.opened.link(book));
        }
        let quoted = Amount::from(total);
        let write = |lines: &[Scenario], budget, stamp| link::write(lines, book, &self.notes, budget, Some(&stamp), Some(&quoted));
        if let Some(joint) = &self.joint {
            return Some(write(&joint.estimate.to_scenarios(book), None, BookStamp::of(&joint.quote)));
        }
        let (scenario, quote) = (self.scenario.as_ref()?, self.quote.as_ref()?);
        Some(write(std::slice::from_ref(scenario), self.draft.budget(), BookStamp::of(&**quote)))
    }
}
