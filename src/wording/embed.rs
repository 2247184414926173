//! The dialog that embeds an estimate in another page.

/// Opens the dialog.
pub const EMBED: &str = "Embed…";
/// Shown where the dialog could not be loaded.
pub const NOT_LOADED: &str =
    "We couldn’t load this part of the page. It may have been updated since you opened it. Reload to continue; your estimate is kept.";
/// Reloads the page.
pub const RELOAD: &str = "Reload the page";
/// Closes a dialog.
pub const CLOSE: &str = "Close";

/// The dialog's texts by their names in `embed/dialog.js`.
pub const DIALOG: [(&str, &str); 26] = [
    ("title", "Embed this estimate"),
    ("intro", "Add the calculator to any page. It runs in its own frame, and nothing typed leaves the visitor’s browser."),
    ("mode", "Show"),
    ("calculator", "Calculator"),
    ("answer", "Recommendation only"),
    ("prices", "Prices"),
    ("discounts", "Include negotiated discounts"),
    ("theme", "Colours"),
    ("auto", "Match the page"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("way", "Embed as"),
    ("element", "Script (resizes automatically)"),
    ("frame", "Plain iframe (no script)"),
    ("pinned", "Pin this script version"),
    ("snippet", "Snippet"),
    ("copy", "Copy snippet"),
    ("copied", "Snippet copied."),
    ("refused", "Your browser blocked copying. The snippet is selected, so you can copy it yourself."),
    ("preview", "Preview"),
    ("close", CLOSE),
    ("frame_title", "Pricing calculator"),
    ("fallback", "Open the pricing calculator"),
    ("left_out", "Notes and the quoted total are not included, so visitors always see today’s prices."),
    ("more", "For documentation sites and CSP settings, see embed/README.md in the source code."),
    ("version", env!("CARGO_PKG_VERSION")),
];
