//! What is asked of the browser?
//!
//! The functions of `browser.js`, and what they mean here. Rendered without a browser, there is no address and nothing
//! can be shared.

use wasm_bindgen::prelude::*;

// Of browser.js, which boot.js makes known.
#[wasm_bindgen(js_namespace = callmix)]
extern "C" {
    async fn copy(text: &str) -> JsValue;
    #[wasm_bindgen(js_name = canShare)]
    fn can_share_here() -> bool;
    #[wasm_bindgen(js_name = share)]
    async fn share_here(title: &str, url: &str) -> JsValue;
    pub(super) fn download(name: &str, media_type: &str, text: &str);
    pub(super) fn print(title: &str);
    /// Until it is printed, in place of an earlier one; none where it is empty.
    #[wasm_bindgen(js_name = showPrintView)]
    pub(super) fn show_print_view(html: &str);
    fn today() -> String;
    pub(super) fn saved() -> Option<String>;
    /// Under a new key where `key` is empty; false where storage is full or blocked.
    pub(super) fn save(key: &str, value: &str) -> bool;
    #[wasm_bindgen(js_name = deleteSaved)]
    pub(super) fn delete(key: &str) -> bool;
    /// Moves the focus to the element of that id.
    #[wasm_bindgen(js_name = focusOn)]
    pub(super) fn focus_on(id: &str);
    /// Presses the button beside a field in a list, and leaves the focus on it.
    #[wasm_bindgen(js_name = pressBeside)]
    pub(super) fn press_beside(field: &web_sys::Element);
    #[wasm_bindgen(js_name = chosenText)]
    async fn chosen_text_of(input: &web_sys::HtmlInputElement) -> JsValue;
}

/// Divides what is kept into estimates.
pub(super) const RECORD: char = '\u{1e}';
/// Divides an estimate into its fields.
pub(super) const FIELD: char = '\u{1f}';

/// Is there a browser at all?
fn is_here() -> bool {
    cfg!(target_family = "wasm")
}

/// The day here, such as `2027-01-31`.
pub(super) fn day() -> String {
    if is_here() { today() } else { String::new() }
}

/// Puts text on the clipboard; false where that is refused.
pub(super) async fn copied(text: &str) -> bool {
    copy(text).await.as_bool().unwrap_or(false)
}

/// Does the browser have a sheet to share with?
pub(super) fn can_share() -> bool {
    is_here() && can_share_here()
}

/// Opens that sheet; false where that failed.
pub(super) async fn share(title: &str, url: &str) -> bool {
    share_here(title, url).await.as_bool().unwrap_or(false)
}

/// The text of the chosen file, empty where none was chosen; `None` where it cannot be read or is too large.
pub(super) async fn chosen_text(input: &web_sys::HtmlInputElement) -> Option<String> {
    chosen_text_of(input).await.as_string()
}

/// The page's address without its fragment.
pub(super) fn bare_address() -> String {
    let location = is_here().then(web_sys::window).flatten().map(|window| window.location());
    let whole = location.and_then(|location| location.href().ok()).unwrap_or_default();
    whole.split('#').next().unwrap_or_default().into()
}

/// The page's address with a link.
pub(super) fn address_with(link: &str) -> String {
    format!("{}#{link}", bare_address())
}
