//! List price, discounts and total of a discounted estimate.

use super::amounts::money;
use crate::list_price::ListPrice;
use crate::money::Money;

/// The total without discounts.
pub const LIST_PRICE: &str = "List price";
/// What the discounts take off it. They are nobody's offer but the sender's.
pub const DISCOUNTS: &str = "Discounts entered by the sender";
/// The total with them.
pub const TOTAL: &str = "Total before tax";

/// The sum of a discounted total, line by line: list price, discounts and total.
pub fn sums(list_price: &ListPrice, total: Money, currency: &str) -> [(&'static str, String); 3] {
    let list = money(list_price.total, currency);
    [(LIST_PRICE, list), (DISCOUNTS, taken_off(list_price.discount, currency)), (TOTAL, money(total, currency))]
}

/// The same in one sentence, for where there is no room for lines.
pub fn sentence(list_price: &ListPrice, total: Money, currency: &str) -> String {
    let [list, total] = [list_price.total, total].map(|amount| money(amount, currency));
    format!("List price {list}, discounts entered by the sender {}, total {total}.", taken_off(list_price.discount, currency))
}

fn taken_off(discount: Money, currency: &str) -> String {
    ["−", &money(discount, currency)].concat()
}
