//! Bindings to `browser.js`: what sharing and saving need from the browser.
//!
//! Rendered on the server there is no browser: the address is empty and nothing can be shared.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/app/share/browser.js")]
extern "C" {
    /// A stored value with its key.
    pub(super) type Stored;
    #[wasm_bindgen(method, getter)]
    pub(super) fn key(this: &Stored) -> String;
    #[wasm_bindgen(method, getter)]
    pub(super) fn value(this: &Stored) -> String;
    async fn copy(text: &str) -> JsValue;
    #[wasm_bindgen(js_name = canShare)]
    fn can_share_in_browser() -> bool;
    #[wasm_bindgen(js_name = share)]
    async fn share_in_browser(title: &str, url: &str) -> JsValue;
    pub(super) fn download(name: &str, media_type: &str, text: &str);
    pub(super) fn print(title: &str);
    /// Shows the print view until it has been printed, replacing an earlier one; removes it if `html` is empty.
    #[wasm_bindgen(js_name = showPrintView)]
    pub(super) fn show_print_view(html: &str);
    fn today() -> String;
    /// Everything in storage; `None` where it is blocked.
    pub(super) fn saved() -> Option<Vec<Stored>>;
    /// Saves under a new key if `key` is empty, and returns the key; `None` if storage is full or blocked.
    pub(super) fn save(key: &str, value: &str) -> Option<String>;
    #[wasm_bindgen(js_name = deleteSaved)]
    pub(super) fn delete(key: &str) -> bool;
    /// Moves the focus to the element with that id.
    #[wasm_bindgen(js_name = focusOn)]
    pub(super) fn focus_on(id: &str);
    /// Clicks the button in the same list row as a field, and leaves the focus on it.
    #[wasm_bindgen(js_name = pressBeside)]
    pub(super) fn press_beside(field: &web_sys::Element);
    #[wasm_bindgen(js_name = chosenText)]
    async fn chosen_text_of(input: &web_sys::HtmlInputElement, most_bytes: u32) -> JsValue;
}

/// Whether this runs in a browser.
fn is_browser() -> bool {
    cfg!(target_family = "wasm")
}

/// Today's date in the user's time zone, for example `2027-01-31`; empty on the server.
pub(super) fn day() -> String {
    if is_browser() { today() } else { String::new() }
}

/// Copies text to the clipboard; false if the browser refuses.
pub(super) async fn copied(text: &str) -> bool {
    copy(text).await.as_bool().unwrap_or(false)
}

/// Whether the browser has a share dialog.
pub(super) fn can_share() -> bool {
    is_browser() && can_share_in_browser()
}

/// Opens the share dialog; false if that fails.
pub(super) async fn share(title: &str, url: &str) -> bool {
    share_in_browser(title, url).await.as_bool().unwrap_or(false)
}

/// The text of the chosen file, or empty if none was chosen; `None` if it cannot be read or has more bytes.
pub(super) async fn chosen_text(input: &web_sys::HtmlInputElement, most_bytes: u32) -> Option<String> {
    chosen_text_of(input, most_bytes).await.as_string()
}

/// The page's address without its fragment.
pub(super) fn bare_address() -> String {
    let location = is_browser().then(web_sys::window).flatten().map(|window| window.location());
    let whole = location.and_then(|location| location.href().ok()).unwrap_or_default();
    whole.split('#').next().unwrap_or_default().into()
}

/// The page's address with a link as its fragment.
pub(super) fn address_with(link: &str) -> String {
    format!("{}#{link}", bare_address())
}
