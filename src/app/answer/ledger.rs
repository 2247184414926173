//! How is each month settled?

use std::rc::Rc;

use yew::prelude::*;

use super::super::format;
use super::scroll_box::ScrollBox;
use crate::quote::{MonthRow, Quote};
use crate::settlement::Mode;

/// What the table needs.
#[derive(Properties, PartialEq)]
pub struct LedgerProps {
    /// The answer.
    pub quote: Rc<Quote>,
}

/// The year month by month: who pays each call, what is charged, and what is left.
#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    let quote = &props.quote;
    html! {
        <section class="ledger panel">
            <ScrollBox label="Month by month, scrolls sideways">
                <table class="table">
                    <caption>{ "Month by month" }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Month" }</th>
                            { for ["Calls", "Free", "From packages", "Postpaid", "Slots", "Charge", "Left in packages"].map(|title| html! {
                                <th scope="col" class="table__number" key={title}>{ title }</th>
                            }) }
                        </tr>
                    </thead>
                    <tbody>{ for quote.months.iter().map(|month| row(month, &quote.currency)) }</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{ "Year" }</th>
                            <td class="table__number">{ format::count(quote.months.iter().map(|month| month.calls).sum()) }</td>
                            <td class="table__number">{ format::count(quote.months.iter().map(|month| month.free).sum()) }</td>
                            <td class="table__number">{ format::count(quote.months.iter().map(|month| month.prepaid).sum()) }</td>
                            <td class="table__number">{ format::count(quote.months.iter().map(|month| month.postpaid).sum()) }</td>
                            <td class="table__number"></td>
                            <td class="table__number">{ format::money(quote.total, &quote.currency) }</td>
                            <td class="table__number">{ format::count(quote.unused_prepaid) }</td>
                        </tr>
                    </tfoot>
                </table>
            </ScrollBox>
        </section>
    }
}

fn row(month: &MonthRow, currency: &str) -> Html {
    let slots = if month.mode == Mode::Concurrent { format::count(month.slots) } else { "—".into() };
    html! {
        <tr key={month.month}>
            <th scope="row">{ month.month }</th>
            <td class="table__number">{ format::count(month.calls) }</td>
            <td class="table__number">{ format::count(month.free) }</td>
            <td class="table__number">{ format::count(month.prepaid) }</td>
            <td class="table__number">{ format::count(month.postpaid) }</td>
            <td class="table__number">{ slots }</td>
            <td class="table__number">{ format::money(month.charge, currency) }</td>
            <td class="table__number">{ format::count(month.prepaid_left) }</td>
        </tr>
    }
}
