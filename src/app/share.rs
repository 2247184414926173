//! How is an estimate passed on, kept, and opened again?
//!
//! The address follows the form, and everything that is shared is a link or made from one. What the browser does is in
//! `share/deeds.js`; documents and codes are made by the engine's own module, which is fetched when one is asked for.

mod address;
mod compare;
mod deeds;
mod documents;
mod kept;
mod notes;
mod notice;
mod sheet;

use yew::platform::spawn_local;
use yew::prelude::*;

pub use self::address::use_address;
use self::documents::Documents;
use self::kept::Kept;
pub use self::notice::notice;
use self::sheet::Sheet;
use super::form::FormProps;
use crate::wording::{no_link_sentence, share as words};

/// What happened last, said to everybody.
type Said = UseStateHandle<Option<String>>;

/// Everything about passing the estimate on.
#[component]
pub fn Share(props: &FormProps) -> Html {
    let said = use_state(|| None::<String>);
    let code = use_state(|| None::<(String, String)>);
    let state = &props.state;
    let link = state.link();
    let address = link.as_ref().and_then(|link| link.as_ref().ok()).map(|link| deeds::address_with(link));
    // The address by itself, for where the clipboard is refused.
    let refused = use_state(|| false);
    let on_copy = {
        let (address, said, refused) = (address.clone(), said.clone(), refused.clone());
        move |_: MouseEvent| {
            let (address, said, refused) = (address.clone(), said.clone(), refused.clone());
            spawn_local(async move {
                let Some(address) = address else { return };
                let copied = deeds::copied(&address).await;
                refused.set(!copied);
                said.set(Some(if copied { words::LINK_COPIED } else { words::COPY_YOURSELF }.into()));
            });
        }
    };
    let title = notes::title(&state.notes);
    let on_share = {
        let (address, title, said, refused) = (address.clone(), title.clone(), said.clone(), refused.clone());
        move |_: MouseEvent| {
            let (address, title, said, refused) = (address.clone().unwrap_or_default(), title.clone(), said.clone(), refused.clone());
            spawn_local(async move {
                if !deeds::share(&title, &address).await {
                    said.set(Some(words::COPY_YOURSELF.into()));
                    refused.set(true);
                }
            });
        }
    };
    let nothing = address.is_none();
    html! {
        <>
        if let (Some(scenario), Some(quote)) = (state.scenario.clone(), state.quote.clone()) {
            <Sheet {scenario} {quote} notes={state.notes.clone()} address={address.clone()} code={(*code).clone()} />
        }
        <section class="share panel" aria-labelledby="share-title">
            <h2 class="panel__title" id="share-title">{ words::TITLE }</h2>
            <p class="field__hint">{ words::PROMISE }</p>
            if let Some(Err(none)) = link {
                <p class="share__none">{ no_link_sentence(none) }</p>
            }
            <div class="share__buttons">
                <button type="button" class="button button--main" disabled={nothing} onclick={on_copy}>{ words::COPY_LINK }</button>
                if deeds::can_share() {
                    <button type="button" class="button" disabled={nothing} onclick={on_share}>{ words::SHARE }</button>
                }
                <Documents address={address.clone()} estimate={state.link().and_then(Result::ok)} said={said.clone()} {title} code={code.clone()} />
            </div>
            <p class="share__said" role="status">
                if let Some(said) = &*said {
                    { said }
                }
            </p>
            if let (true, Some(address)) = (*refused, state.link().and_then(Result::ok).map(|link| deeds::address_with(&link))) {
                <input class="field__input share__address" readonly=true aria-label={words::LINK} value={address} />
            }
            <Kept state={props.state.clone()} on_action={props.on_action.clone()} {said} />
        </section>
        </>
    }
}
