//! What would the year cost in one billing mode alone?

use std::rc::Rc;

use yew::prelude::*;

use super::super::format;
use super::scroll_box::ScrollBox;
use crate::quote::Quote;
use crate::wording;

/// What the table needs.
#[derive(Properties, PartialEq)]
pub struct ComparisonProps {
    /// The answer.
    pub quote: Rc<Quote>,
}

/// The recommendation and the three strategies, with what they cost more.
#[component]
pub fn Comparison(props: &ComparisonProps) -> Html {
    let quote = &props.quote;
    let currency = &quote.currency;
    html! {
        <section class="comparison panel">
            <ScrollBox label="Billing modes, scrolls sideways">
            <table class="table">
                <caption>{ "Compare billing modes" }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Mode" }</th>
                        <th scope="col" class="table__number">{ "A year" }</th>
                        <th scope="col" class="table__number">{ "More than the best" }</th>
                    </tr>
                </thead>
                <tbody>
                    <tr class="table__row--best" key="best">
                        <th scope="row">{ "Best mix" }</th>
                        <td class="table__number">{ format::money(quote.total, currency) }</td>
                        <td class="table__number">{ "—" }</td>
                    </tr>
                    { for quote.alternatives.iter().map(|row| html! {
                        <tr key={row.strategy.code()}>
                            <th scope="row">{ wording::strategy_name(row.strategy) }</th>
                            if let Some(total) = row.total {
                                <td class="table__number">{ format::money(total, currency) }</td>
                                <td class="table__number">{ total.minus(quote.total).map(|more| format::money(more, currency)).unwrap_or_default() }</td>
                            } else {
                                <td class="table__reason" colspan="2">{ row.reason.map(wording::reason_sentence) }</td>
                            }
                        </tr>
                    }) }
                </tbody>
            </table>
            </ScrollBox>
        </section>
    }
}
