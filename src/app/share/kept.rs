//! Which estimates are kept on this device?
//!
//! Each under a key of its own in the browser's storage, so that nothing that happens to one can touch another. A kept
//! estimate is its name, the day, the total as it was, and its link.

use yew::platform::spawn_local;
use yew::prelude::*;

use super::compare::Compare;
use super::deeds::{self, FIELD, RECORD};
use super::{Said, notes};
use crate::app::format;
use crate::app::state::{Action, State};
use crate::order;
use crate::wording::share as words;

/// An estimate that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Estimate {
    /// In the storage; in the order in which estimates were kept.
    key: String,
    pub name: String,
    day: String,
    total: String,
    pub link: String,
}

impl Estimate {
    fn parse(record: &str) -> Option<Self> {
        let mut fields = record.split(FIELD).map(String::from);
        let estimate = Self { key: fields.next()?, name: fields.next()?, day: fields.next()?, total: fields.next()?, link: fields.next()? };
        fields.next().is_none().then_some(estimate)
    }

    fn value(&self) -> String {
        [self.name.as_str(), &self.day, &self.total, &self.link].join(&FIELD.to_string())
    }
}

/// All that are kept, the newest first; `None` where storage is blocked.
fn all() -> Option<Vec<Estimate>> {
    let mut estimates: Vec<Estimate> = deeds::kept()?.split(RECORD).filter_map(Estimate::parse).collect();
    order::by_key(&mut estimates, |estimate| u128::MAX - estimate.key.parse::<u128>().unwrap_or(0));
    Some(estimates)
}

/// Without what would break a record apart.
fn clean(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
    name.trim().into()
}

#[derive(Properties, PartialEq)]
pub(super) struct KeptProps {
    pub state: State,
    pub on_action: Callback<Action>,
    pub said: Said,
}

/// Keeping, opening, renaming, deleting and comparing.
#[component]
pub(super) fn Kept(props: &KeptProps) -> Html {
    let KeptProps { state, on_action, said } = props;
    let estimates = use_state(|| None::<Vec<Estimate>>);
    let deleted = use_state(|| None::<Estimate>);
    let renaming = use_state(|| None::<String>);
    let compared = use_state(Vec::<String>::new);
    let pasted = use_state(String::new);
    let name = use_node_ref();
    // Storage is looked at when the page is there, never while it is rendered.
    use_effect_with((), {
        let estimates = estimates.clone();
        move |()| estimates.set(all())
    });
    let say = {
        let said = said.clone();
        move |text: &str| said.set(Some(text.into()))
    };
    let put = {
        let (estimates, say) = (estimates.clone(), say.clone());
        move |estimate: &Estimate, done: &str| {
            let kept = deeds::keep(&estimate.key, &estimate.value());
            say(if kept { done } else { words::NOT_KEPT });
            estimates.set(all());
            kept
        }
    };
    let link = state.link().and_then(Result::ok);
    let on_keep = {
        let (link, quote, put, notes, estimates) = (link.clone(), state.quote.clone(), put.clone(), state.notes.clone(), estimates.clone());
        let calls = state.scenario.as_ref().map(|scenario| scenario.usage.total());
        move |_: MouseEvent| {
            let (Some(link), Some(quote)) = (&link, &quote) else { return };
            let mut name = notes::title(&notes);
            if let (true, Some(calls)) = (name == words::UNTITLED, calls) {
                name = words::unnamed(calls);
            }
            // Keys sort by the order of keeping: the last one and one more.
            let last = estimates.as_ref().and_then(|all| all.first()).and_then(|first| first.key.parse::<u64>().ok()).unwrap_or(0);
            let estimate = Estimate {
                key: format!("{:06}", last + 1),
                name: clean(&name),
                day: deeds::day(),
                total: format::money(quote.total, &quote.currency),
                link: link.clone(),
            };
            put(&estimate, words::KEPT);
        }
    };
    let open = {
        let (on_action, say, state) = (on_action.clone(), say.clone(), state.clone());
        Callback::from(move |text: String| {
            let (on_action, say, state) = (on_action.clone(), say.clone(), state.clone());
            spawn_local(async move {
                match deeds::reopen(&text).await {
                    Ok(link) => match state.reopened(&link) {
                        Some(reopened) => {
                            say(words::OPENED);
                            on_action.emit(Action::Open(reopened));
                        }
                        None => say(words::NOT_OPENED),
                    },
                    Err(why) if why.is_empty() => say(words::NOT_READ),
                    Err(why) => say(&why),
                }
            });
        })
    };
    let on_file = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let (open, input) = (open.clone(), event.target_unchecked_into::<web_sys::HtmlInputElement>());
            spawn_local(async move {
                let text = deeds::chosen_text(&input).await;
                if !text.is_empty() {
                    open.emit(text);
                }
            });
        })
    };
    let on_paste_typed = {
        let pasted = pasted.clone();
        move |event: InputEvent| pasted.set(event.target_unchecked_into::<web_sys::HtmlTextAreaElement>().value())
    };
    let on_open_pasted = {
        let (open, pasted) = (open.clone(), pasted.clone());
        move |_: MouseEvent| open.emit((*pasted).clone())
    };
    let row = |estimate: &Estimate| {
        let on_open = {
            let (link, state, on_action) = (estimate.link.clone(), state.clone(), on_action.clone());
            move |_: MouseEvent| {
                if let Some(reopened) = state.reopened(&link) {
                    on_action.emit(Action::Open(reopened));
                }
            }
        };
        let on_delete = {
            let (estimate, estimates, deleted, say) = (estimate.clone(), estimates.clone(), deleted.clone(), say.clone());
            move |_: MouseEvent| {
                let gone = deeds::forget(&estimate.key);
                say(if gone { words::DELETED } else { words::NOT_KEPT });
                deleted.set(gone.then(|| estimate.clone()));
                estimates.set(all());
            }
        };
        let on_compare = {
            let (key, compared) = (estimate.key.clone(), compared.clone());
            move |_: Event| {
                let mut keys = (*compared).clone();
                if keys.contains(&key) {
                    keys.retain(|other| *other != key)
                } else {
                    keys.push(key.clone())
                }
                // Two at most: the one that was marked first goes.
                let surplus = keys.len().saturating_sub(2);
                keys.drain(..surplus);
                compared.set(keys);
            }
        };
        let editing = renaming.as_ref() == Some(&estimate.key);
        let on_rename = {
            let (estimate, renaming, name, put) = (estimate.clone(), renaming.clone(), name.clone(), put.clone());
            move |_: MouseEvent| {
                if !editing {
                    renaming.set(Some(estimate.key.clone()));
                    return;
                }
                let new = name.cast::<web_sys::HtmlInputElement>().map(|input| clean(&input.value())).unwrap_or_default();
                let renamed = Estimate { name: if new.is_empty() { estimate.name.clone() } else { new }, ..estimate.clone() };
                put(&renamed, words::RENAMED);
                renaming.set(None);
            }
        };
        html! {
            <li key={estimate.key.clone()} class="kept__row">
                <label class="kept__mark">
                    <input type="checkbox" checked={compared.contains(&estimate.key)} onchange={on_compare} />
                    <span class="kept__hidden">{ words::compare_name(&estimate.name) }</span>
                </label>
                if editing {
                    <input ref={name.clone()} class="field__input kept__name" aria-label={words::NEW_NAME} value={estimate.name.clone()} />
                } else {
                    <button type="button" class="button button--plain kept__name" onclick={on_open}>{ &estimate.name }</button>
                }
                <span class="kept__total">{ &estimate.total }</span>
                <span class="kept__day">{ &estimate.day }</span>
                <button type="button" class="button button--plain" aria-label={words::rename_name(&estimate.name)} onclick={on_rename}>
                    { if editing { words::SAVE_NAME } else { words::RENAME } }
                </button>
                <button type="button" class="button button--plain" aria-label={words::delete_name(&estimate.name)} onclick={on_delete}>
                    { words::DELETE }
                </button>
            </li>
        }
    };
    let on_restore = {
        let (deleted, put) = (deleted.clone(), put.clone());
        move |_: MouseEvent| {
            if let Some(estimate) = &*deleted
                && put(estimate, words::RESTORED)
            {
                deleted.set(None);
            }
        }
    };
    let sides: Vec<(String, String)> = {
        let chosen = |key: &String| estimates.as_ref()?.iter().find(|estimate| estimate.key == *key);
        let kept = compared.iter().filter_map(chosen).map(|estimate| (estimate.name.clone(), estimate.link.clone()));
        let mut sides: Vec<_> = kept.collect();
        if let (1, Some(link)) = (sides.len(), &link) {
            sides.push((words::PRESENT.into(), link.clone()));
        }
        sides
    };
    html! {
        <div class="kept">
            <div class="share__buttons">
                <button type="button" class="button" disabled={link.is_none()} onclick={on_keep}>{ words::KEEP }</button>
                if deleted.is_some() {
                    <button type="button" class="button" onclick={on_restore}>{ words::UNDO_DELETE }</button>
                }
            </div>
            if let Some(estimates) = estimates.as_ref().filter(|estimates| !estimates.is_empty()) {
                <h3 class="share__subtitle">{ words::KEPT_TITLE }</h3>
                <p class="field__hint">{ words::KEPT_HINT }</p>
                <ul class="kept__list">{ for estimates.iter().map(row) }</ul>
                if let [(left, left_link), (right, right_link)] = &sides[..] {
                    <Compare
                        left={left.clone()}
                        left_link={left_link.clone()}
                        right={right.clone()}
                        right_link={right_link.clone()}
                    />
                }
            }
            <details class="share__open">
                <summary class="assumptions__summary">{ words::OPEN }</summary>
                <label class="field__label" for="open-file">{ words::OPEN_FILE }</label>
                <input id="open-file" class="share__file" type="file" accept=".json,application/json,text/plain" onchange={on_file} />
                <label class="field__label" for="open-text">{ words::OPEN_TEXT }</label>
                <textarea id="open-text" class="field__input share__text" rows="3" value={(*pasted).clone()} oninput={on_paste_typed} />
                <button type="button" class="button" disabled={pasted.is_empty()} onclick={on_open_pasted}>{ words::OPEN_PASTED }</button>
            </details>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_estimate_comes_back_as_it_was() {
        let estimate = Estimate {
            key: "000001".into(),
            name: clean(" Müller & Söhne\u{1f}\u{1e} "),
            day: "2027-01-31".into(),
            total: "$1,260.00".into(),
            link: "v=1&calls=300".into(),
        };
        assert_eq!(estimate.name, "Müller & Söhne");
        assert_eq!(Estimate::parse(&format!("000001{FIELD}{}", estimate.value())), Some(estimate));
        for broken in ["", "000001", "000001\u{1f}a\u{1f}b", "1\u{1f}2\u{1f}3\u{1f}4\u{1f}5\u{1f}6"] {
            assert_eq!(Estimate::parse(broken), None, "{broken:?}");
        }
    }
}
