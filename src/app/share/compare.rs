//! How do two estimates differ?

use yew::prelude::*;

use crate::app::format;
use crate::app::state::State;
use crate::wording::{assumptions, share as words, strategy_name};

/// Two estimates by name and link, quoted by today's prices.
#[derive(Properties, PartialEq)]
pub(super) struct CompareProps {
    pub left: String,
    pub left_link: String,
    pub right: String,
    pub right_link: String,
}

/// Side by side, differences marked.
#[component]
pub(super) fn Compare(props: &CompareProps) -> Html {
    let lines = use_memo((props.left_link.clone(), props.right_link.clone()), |(left, right)| pairs(lines(left), lines(right)));
    let row = |(place, (label, left, right)): (usize, &(String, String, String))| {
        let differs = left != right;
        html! {
            <tr key={place} class={classes!(differs.then_some("compare__row--differs"))}>
                <th scope="row">
                    { label }
                    if differs {
                        <span class="compare__mark">{ words::DIFFERS }</span>
                    }
                </th>
                <td>{ left }</td>
                <td>{ right }</td>
            </tr>
        }
    };
    html! {
        <table class="compare" aria-label={words::COMPARE}>
            <thead>
                <tr>
                    <th scope="col">{ words::LINE }</th>
                    <th scope="col">{ &props.left }</th>
                    <th scope="col">{ &props.right }</th>
                </tr>
            </thead>
            <tbody>{ for lines.iter().enumerate().map(row) }</tbody>
        </table>
    }
}

/// What an estimate says and costs, line by line.
fn lines(link: &str) -> Vec<(String, String)> {
    let state = State::at(link);
    let (Some(scenario), Some(quote)) = (&state.scenario, &state.quote) else { return Vec::new() };
    let mut lines = vec![(words::TOTAL.to_string(), format::money(quote.total, &quote.currency))];
    for row in &quote.alternatives {
        let total = row.total.map_or_else(|| words::NOT_AVAILABLE.to_string(), |total| format::money(total, &quote.currency));
        lines.push((strategy_name(row.strategy).into(), total));
    }
    lines.extend(assumptions(scenario).into_iter().map(|line| (line.label.into(), line.text)));
    lines
}

/// Lines of the same name beside each other; what only one side has stands alone.
fn pairs(left: Vec<(String, String)>, right: Vec<(String, String)>) -> Vec<(String, String, String)> {
    let mut rest = right;
    let mut pairs = Vec::new();
    for (label, text) in left {
        let other = rest.iter().position(|(name, _)| *name == label).map(|place| rest.remove(place).1);
        pairs.push((label, text, other.unwrap_or_default()));
    }
    pairs.extend(rest.into_iter().map(|(label, text)| (label, String::new(), text)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_stands_beside_each_other() {
        let pairs = pairs(lines("v=1&calls=300"), lines("v=1&calls=300&postpaid=off&start=2027-01"));
        let differing: Vec<&str> = pairs.iter().filter(|(_, a, b)| a != b).map(|(label, _, _)| label.as_str()).collect();
        assert_eq!(differing, ["Postpaid only", "Postpaid", "First month"]);
    }
}
