//! Purchases at another volume: when the packages of a plan are really bought.
//!
//! A planned purchase waits for the first month, not before its own, whose calls the balance of free calls and packages
//! does not cover, and falls away where none comes. Packages wait one by one, in the order of their months, larger ones
//! first. Concurrent months use no balance, so nothing is bought for them. Source: section 5 of the pricing rules.

use crate::order;
use crate::planner::{Purchase, Task};
use crate::settlement::{Account, Lot, Mode, MonthUse, Terms, settle};
use crate::usage::MONTHS;

/// Which of the `planned` packages are bought when, with the calls of `task`.
pub(crate) fn purchases_when_needed(task: &Task<'_>, modes: &[Mode; MONTHS], planned: &[Purchase]) -> Vec<Purchase> {
    let service = task.service;
    let mut waiting = planned.to_vec();
    // Packages are listed by rising size.
    order::by_key(&mut waiting, |purchase| order::pair(purchase.month, u64::MAX - purchase.package as u64));
    let owned = task.owned.iter().map(|package| Lot { calls: package.calls, last_month: package.months_left });
    let mut account = Account::new(task.free_calls, owned);
    let terms = Terms { service, postpaid: task.postpaid, tier_basis: task.tier_basis };
    let mut bought: Vec<Purchase> = Vec::new();
    for (month, (&mode, &calls)) in (1..).zip(modes.iter().zip(task.usage)) {
        let calls = if mode == Mode::PerCall { calls } else { 0 };
        let free_monthly = service.free_calls_per_month().min(calls);
        let mut balance = free_monthly.saturating_add(account.free).saturating_add(account.prepaid_left());
        for purchase in waiting.iter_mut().take_while(|purchase| purchase.month <= month) {
            let size = service.packages()[purchase.package].calls;
            let count = calls.saturating_sub(balance).div_ceil(size).min(purchase.count);
            if count == 0 {
                continue;
            }
            purchase.count -= count;
            balance += size * count;
            account.buy(Lot { calls: size * count, last_month: service.last_month_of_packages(month) });
            match bought.iter_mut().find(|earlier| (earlier.month, earlier.package) == (month, purchase.package)) {
                Some(earlier) => earlier.count += count,
                None => bought.push(Purchase { month, package: purchase.package, count }),
            }
        }
        // What the balance covers can always be settled, with or without postpaid.
        let covered = MonthUse { month, mode: Mode::PerCall, calls: calls.min(balance), slots: 0 };
        let _ = settle(&terms, &covered, &mut account);
    }
    order::by_key(&mut bought, |purchase| order::pair(purchase.month, purchase.package as u64));
    bought
}
