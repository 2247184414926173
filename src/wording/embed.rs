//! What is said where an estimate is put into somebody else's page?

/// Opens the dialog.
pub const EMBED: &str = "Embed…";
/// In its place, where the dialog could not be fetched.
pub const NOT_FETCHED: &str = "Embed… (not loaded: try again)";

/// The words of the dialog, by the names that `embed/dialog.js` has for them.
pub const DIALOG: [(&str, &str); 25] = [
    ("title", "Embed this estimate"),
    ("intro", "Put it into any page. It runs in a frame of its own, and nothing that is typed leaves the reader’s browser."),
    ("mode", "What is shown"),
    ("calculator", "The calculator"),
    ("answer", "The answer only"),
    ("prices", "The prices"),
    ("theme", "Colours"),
    ("auto", "As the page has them"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("way", "How it is put in"),
    ("element", "With a script: its height follows the content"),
    ("frame", "Without scripts: a plain iframe"),
    ("pinned", "Keep to this version of the script"),
    ("snippet", "Snippet"),
    ("copy", "Copy snippet"),
    ("copied", "Snippet copied."),
    ("refused", "This browser does not let the page copy. The snippet is selected: copy it yourself."),
    ("preview", "Preview"),
    ("close", "Close"),
    ("frame_title", "Pricing calculator"),
    ("fallback", "What would a year cost?"),
    ("left_out", "Notes and the quoted total are left out, so that it always shows what is right today."),
    ("more", "How to use it in documentation sites, and what to allow in a content policy, is in embed/README.md of the source."),
    ("version", env!("CARGO_PKG_VERSION")),
];
