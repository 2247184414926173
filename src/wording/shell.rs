//! Sentences of the page around the calculator: title, header, footer, and the notes of a page that cannot calculate.

use super::site;
use crate::price_book::Service;

/// The sentences of the pages by the names that mark their places there: `[[title]]`. `name` is the calculator's.
pub fn shell(name: &str, service: &Service) -> [(&'static str, String); 17] {
    [
        ("title", site::title(name)),
        ("frame-title", site::frame_title(name)),
        ("description", site::description(service.name())),
        ("skip", "Skip to the answer".into()),
        ("on-this-page", "On this page".into()),
        ("prices", "Prices".into()),
        ("saved", "Saved".into()),
        ("not-started", "The calculator couldn’t start. It needs an up-to-date browser with JavaScript turned on.".into()),
        ("prices-below", "You can still see the prices below.".into()),
        ("prices-unusable", "The calculator couldn’t start, because it can’t use the price list in this page.".into()),
        ("crashed", "Something went wrong, and the calculator has stopped. The figures below don’t include your last change.".into()),
        ("reload-after-crash", "Reload and keep my estimate".into()),
        ("no-estimate", "No estimate to show: this page does not set a number of calls.".into()),
        ("not-found", "Page not found".into()),
        ("to-calculator", "Open the calculator".into()),
        ("full-calculator", "Open the full calculator".into()),
        ("footer", "Prices exclude tax. Failed calls are never billed. Nothing you type leaves your browser.".into()),
    ]
}
