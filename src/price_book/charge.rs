//! Charges by tiers: what a number of calls or slots costs.
//!
//! A [`TieredCharge`] is a list of straight [`Piece`]s, so that the planner can search each of them in constant time. What
//! tiers mean is decided here alone; settlement, the planner, the strategies, the insights and the price list all use
//! pieces. Under [`TierMode::Volume`] every item has the price of the tier that is reached, so the charge can fall where a
//! tier starts. Under [`TierMode::Graduated`] each item has the price of its own place, so the charge never falls.
//!
//! Source: sections 1 and 8 of the pricing rules.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::TierBasis;
use crate::money::Units;

/// Which items have the price of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TierMode {
    /// All items, once the tier is reached.
    #[default]
    Volume,
    /// The items from the tier's start up to the next one.
    Graduated,
}

impl TierMode {
    /// The mode with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Volume, Self::Graduated].into_iter().find(|mode| mode.code() == name)
    }

    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Graduated => "graduated",
        }
    }
}

/// What tiers count. It decides which item is the first at a tier's price under [`TierMode::Graduated`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// Call number 101 is the first at the price from 100.
    Call,
    /// Slot number 11 is the first at the price from 11.
    Slot,
}

/// The price of one item. It cannot be multiplied: a number of items has a charge by its [`Piece`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitPrice(pub(super) Units);

impl UnitPrice {
    /// Whether items cost nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The most that `count` items cost where none costs more than this price. Saturates.
    pub fn at_most(self, count: u64) -> Units {
        self.0.saturating_mul(count.into())
    }
}

/// A straight part of a charge: for every count in its range, `base` and the unit price for each item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The smallest count, at least 1. Above `to` where a tier has no count of its own.
    pub from: u64,
    /// The largest count.
    pub to: u64,
    /// The charge that the line would have at 0; below 0 where prices rise.
    base: Units,
    /// The price of one more item.
    pub unit_price: UnitPrice,
    /// The index of the tier.
    pub tier: usize,
}

impl Piece {
    /// The charge for `count` items, at most 10^13, by this line even where `count` is outside of its range.
    #[inline]
    pub fn charge(&self, count: u64) -> Units {
        self.base + self.unit_price.0 * Units::from(count)
    }

    /// The charge for any number of items; `None` where it has too many digits.
    pub fn checked_charge(&self, count: u64) -> Option<Units> {
        self.unit_price.0.checked_mul(count.into())?.checked_add(self.base)
    }

    /// The lowest charge per item of the counts up to `most`.
    #[inline]
    fn lowest_average(&self, most: u64) -> Average {
        // The average of a line rises or falls all the way, so it is lowest at an end.
        let [first, last] = [self.from, self.to.min(most)].map(|count| Average::of(self.charge(count), count));
        first.lower_of(last)
    }
}

/// A charge per item, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    whole: Units,
    /// The numerator of what is left, below `items`.
    rest: u64,
    items: u64,
}

impl Average {
    /// The average of `items` items, at least one, that cost `charge` together, which is not negative.
    pub(super) fn of(charge: Units, items: u64) -> Self {
        // A 64-bit division is ten times as fast as a 128-bit one.
        match u64::try_from(charge) {
            Ok(charge) => Self { whole: (charge / items).into(), rest: charge % items, items },
            Err(_) => Self { whole: charge / Units::from(items), rest: (charge % Units::from(items)) as u64, items },
        }
    }

    /// The lower of the two.
    #[inline]
    pub(super) fn lower_of(self, other: Self) -> Self {
        let part = |a: &Self, b: &Self| u128::from(a.rest) * u128::from(b.items);
        match other.whole.cmp(&self.whole).then_with(|| part(&other, &self).cmp(&part(&self, &other))) {
            Ordering::Less => other,
            _ => self,
        }
    }

    /// What `count` items cost at this average, rounded down.
    #[inline]
    pub fn floor(self, count: u64) -> Units {
        let whole = self.whole * Units::from(count);
        if self.rest == 0 {
            return whole;
        }
        let product = u128::from(self.rest) * u128::from(count);
        let rest = match u64::try_from(product) {
            Ok(product) => Units::from(product / self.items),
            Err(_) => (product / u128::from(self.items)) as Units,
        };
        whole + rest
    }
}

/// What every number of items costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieredCharge {
    mode: TierMode,
    /// By tier, and so by rising counts.
    pieces: Vec<Piece>,
}

impl TieredCharge {
    /// The charge by `tiers`, given by their starts and unit prices in rising order.
    pub(super) fn new(mode: TierMode, item: Item, tiers: &[(u64, Units)]) -> Self {
        let first_of = |from: u64| match (mode, item) {
            (TierMode::Graduated, Item::Call) => from + 1,
            _ => from.max(1),
        };
        let mut pieces: Vec<Piece> = Vec::with_capacity(tiers.len());
        for (tier, &(from, unit_price)) in tiers.iter().enumerate() {
            let from = first_of(from);
            let to = tiers.get(tier + 1).map_or(u64::MAX, |next| first_of(next.0) - 1);
            let base = match (mode, pieces.last()) {
                (TierMode::Graduated, Some(before)) => before.charge(from - 1) - unit_price * Units::from(from - 1),
                _ => 0,
            };
            pieces.push(Piece { from, to, base, unit_price: UnitPrice(unit_price), tier });
        }
        Self { mode, pieces }
    }

    /// Which items have the price of a tier.
    pub fn mode(&self) -> TierMode {
        self.mode
    }

    /// The pieces by tier.
    #[inline]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The charge for `count` items, at most 10^13; `None` without tiers.
    #[inline]
    pub fn charge(&self, count: u64) -> Option<Units> {
        piece_of(&self.pieces, count).map(|piece| if count == 0 { 0 } else { piece.charge(count) })
    }

    /// The highest unit price; 0 without tiers.
    pub fn highest_unit_price(&self) -> UnitPrice {
        self.pieces.iter().map(|piece| piece.unit_price).max().unwrap_or(UnitPrice(0))
    }

    /// The lowest unit price; 0 without tiers.
    pub fn lowest_unit_price(&self) -> UnitPrice {
        self.pieces.iter().map(|piece| piece.unit_price).min().unwrap_or(UnitPrice(0))
    }

    /// The charge for the postpaid calls of a month with `calls` calls, as pieces by rising numbers of postpaid calls. Under
    /// [`TierBasis::All`] these are the last calls of the month.
    #[inline]
    pub fn in_month(&self, basis: TierBasis, calls: u64) -> Cow<'_, [Piece]> {
        if basis == TierBasis::Billed || calls == 0 {
            return Cow::Borrowed(&self.pieces);
        }
        let Some(reached) = piece_of(&self.pieces, calls) else { return Cow::Borrowed(&[]) };
        let all = reached.charge(calls);
        let last_calls = |piece: &Piece| match self.mode {
            TierMode::Volume => Piece { from: 1, to: u64::MAX, ..*piece },
            // The charge for all calls, without that for the calls before the last b ones, which end on this piece.
            TierMode::Graduated => Piece {
                from: if piece.tier == reached.tier { 1 } else { calls - piece.to + 1 },
                to: calls - (piece.from - 1),
                base: all - piece.charge(calls),
                ..*piece
            },
        };
        let pieces = match self.mode {
            TierMode::Volume => vec![last_calls(reached)],
            TierMode::Graduated => self.pieces[..=reached.tier].iter().rev().map(last_calls).collect(),
        };
        Cow::Owned(pieces)
    }

    /// How many of the `postpaid` calls of a month with `calls` calls have the unit price of which tier, in the order of the
    /// tiers.
    pub fn calls_by_tier(&self, basis: TierBasis, calls: u64, postpaid: u64) -> impl Iterator<Item = (usize, u64)> {
        let last = if basis == TierBasis::All { calls } else { postpaid };
        let reached = piece_of(&self.pieces, last).map(|piece| piece.tier);
        let before = last.saturating_sub(postpaid);
        let within = move |piece: &Piece| match self.mode {
            TierMode::Volume => (piece.tier, if Some(piece.tier) == reached { postpaid } else { 0 }),
            TierMode::Graduated => (piece.tier, piece.to.min(last).saturating_sub(before.max(piece.from - 1))),
        };
        self.pieces.iter().map(within).filter(|&(_, calls)| calls > 0)
    }
}

/// The piece of `pieces` that `count` is on; the first for a count of 0.
#[inline]
pub fn piece_of(pieces: &[Piece], count: u64) -> Option<&Piece> {
    let reached = pieces.partition_point(|piece| piece.from <= count);
    pieces.get(reached.saturating_sub(1))
}

/// The lowest charge per item of the counts from 1 to `most`; `None` where no piece has such a count.
#[inline]
pub fn lowest_average(pieces: &[Piece], most: u64) -> Option<Average> {
    // Without a base the average is the price, and prices are compared faster than fractions.
    let (mut flat, mut lowest) = (None, None);
    for piece in pieces.iter().take_while(|piece| piece.from <= most).filter(|piece| piece.from <= piece.to) {
        if piece.base == 0 {
            let price = piece.unit_price.0;
            flat = Some(flat.map_or(price, |flat: Units| flat.min(price)));
        } else {
            let average = piece.lowest_average(most);
            lowest = Some(lowest.map_or(average, |lowest: Average| lowest.lower_of(average)));
        }
    }
    let flat = flat.map(|whole| Average { whole, rest: 0, items: 1 });
    flat.into_iter().chain(lowest).reduce(Average::lower_of)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the items from `after + 1` to `count` cost, each at its own price.
    fn one_by_one(tiers: &[(u64, Units)], item: Item, after: u64, count: u64) -> Units {
        let starts_after = |from: u64| if item == Item::Call { from } else { from.saturating_sub(1) };
        let price = |number: u64| tiers.iter().rev().find(|tier| starts_after(tier.0) < number).map_or(0, |tier| tier.1);
        (after + 1..=count).map(price).sum()
    }

    fn rising_tiers(first: u64) -> impl Strategy<Value = Vec<(u64, Units)>> {
        prop::collection::btree_map(first + 1..12, 0_i128..9, 0..5)
            .prop_flat_map(move |further| (0_i128..9).prop_map(move |price| [(first, price)].into_iter().chain(further.clone()).collect()))
    }

    #[test]
    fn graduated_slots_are_charged_by_their_number() {
        let charge = TieredCharge::new(TierMode::Graduated, Item::Slot, &[(1, 270), (11, 235)]);
        assert_eq!(charge.charge(48), Some(11_630));
        assert_eq!([0, 1, 10, 11].map(|slots| charge.charge(slots)), [Some(0), Some(270), Some(2_700), Some(2_935)]);
    }

    #[test]
    fn volume_prices_hold_for_every_item() {
        let charge = TieredCharge::new(TierMode::Volume, Item::Call, &[(0, 48), (100, 42)]);
        assert_eq!([1, 99, 100].map(|calls| charge.charge(calls)), [Some(48), Some(4_752), Some(4_200)]);
        assert_eq!(charge.calls_by_tier(TierBasis::All, 100, 7).collect::<Vec<_>>(), [(1, 7)]);
    }

    proptest! {
        #[test]
        fn graduated_prices_add_up(tiers in rising_tiers(0), calls in 1_u64..20, postpaid in 1_u64..20) {
            let postpaid = postpaid.min(calls);
            let charge = TieredCharge::new(TierMode::Graduated, Item::Call, &tiers);
            prop_assert_eq!(charge.charge(calls), Some(one_by_one(&tiers, Item::Call, 0, calls)));
            for (basis, after, last) in [(TierBasis::All, calls - postpaid, calls), (TierBasis::Billed, 0, postpaid)] {
                let pieces = charge.in_month(basis, calls);
                let piece = piece_of(&pieces, postpaid).expect("a piece");
                prop_assert!((piece.from..=piece.to).contains(&postpaid));
                prop_assert_eq!(piece.charge(postpaid), one_by_one(&tiers, Item::Call, after, last));
                let rows: Vec<_> = charge.calls_by_tier(basis, calls, postpaid).collect();
                prop_assert_eq!(rows.iter().map(|row| row.1).sum::<u64>(), postpaid);
                prop_assert_eq!(rows.iter().map(|row| tiers[row.0].1 * Units::from(row.1)).sum::<Units>(), piece.charge(postpaid));
                prop_assert!(rows.is_sorted_by(|a, b| a.0 < b.0));
                let averages = (1..=postpaid).map(|count| Average::of(piece_of(&pieces, count).expect("a piece").charge(count), count));
                let lowest = averages.reduce(Average::lower_of).expect("a count");
                prop_assert_eq!(lowest_average(&pieces, postpaid).map(|found| found.floor(1_000_000)), Some(lowest.floor(1_000_000)));
            }
        }

        #[test]
        fn graduated_slots_add_up(tiers in rising_tiers(1), slots in 0_u64..20) {
            let charge = TieredCharge::new(TierMode::Graduated, Item::Slot, &tiers);
            prop_assert_eq!(charge.charge(slots), Some(one_by_one(&tiers, Item::Slot, 0, slots)));
        }
    }
}
