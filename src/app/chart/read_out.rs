//! What stands at the place that a chart is pointed at?
//!
//! The legend and the read-out in one small table above the drawing: a key and a name for each part, and its figures.
//! For eyes only; the chart says the same as its value.

use yew::prelude::*;

/// The key of a part, as it is drawn.
#[derive(Clone, Copy)]
pub enum Key {
    /// A filled part of a bar.
    Bar(&'static str),
    /// A line.
    Line(&'static str),
}

/// The read-out: heads, a row for each part, and what they come to.
pub fn read_out(heads: Vec<String>, rows: Vec<(Key, &'static str, Vec<String>)>, sum: Option<Vec<String>>) -> Html {
    let figures = |figures: Vec<String>| html! { { for figures.into_iter().map(|figure| html! { <td>{ breakable(&figure) }</td> }) } };
    html! {
        <table class="read-out" aria-hidden="true">
            <thead><tr>{ for heads.into_iter().map(|head| html! { <th>{ head }</th> }) }</tr></thead>
            <tbody>
                { for rows.into_iter().map(|(key, name, row)| html! { <tr><th>{ drawn(key) }{ name }</th>{ figures(row) }</tr> }) }
            </tbody>
            if let Some(sum) = sum {
                <tfoot><tr><th>{ "Together" }</th>{ figures(sum) }</tr></tfoot>
            }
        </table>
    }
}

/// A long figure may go on in the next line after a comma.
fn breakable(figure: &str) -> String {
    figure.replace(',', ",\u{200b}")
}

fn drawn(key: Key) -> Html {
    match key {
        Key::Bar(class) => html! { <svg class="read-out__key"><rect {class} width="100%" height="100%" /></svg> },
        Key::Line(class) => {
            html! { <svg class="read-out__key read-out__key--line"><line {class} x1="0" x2="100%" y1="50%" y2="50%" /></svg> }
        }
    }
}
