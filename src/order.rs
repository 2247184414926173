//! A small stable sort for the short lists of the engine, and a binary search.
//!
//! The standard library's sort is compiled once for each element type and adds about 1,400 bytes of compressed
//! WebAssembly each time; this insertion sort adds about 60. A visitor downloads them before the first answer.
//! Insertion takes quadratic time at worst, and linear time for a list that is nearly in order. The lists of the engine
//! are short (packages, purchases, points of a curve) or are collected nearly in order (validation errors).

/// Sorts by rising key. Elements with equal keys keep their order.
///
/// ```
/// let mut words = ["three", "one", "two"];
/// callmix::order::by_key(&mut words, |word| word.len() as u128);
/// assert_eq!(words, ["one", "two", "three"]);
/// ```
pub fn by_key<T>(elements: &mut [T], key: impl Fn(&T) -> u128) {
    for end in 1..elements.len() {
        let mut place = end;
        while place > 0 && key(&elements[place - 1]) > key(&elements[place]) {
            elements.swap(place - 1, place);
            place -= 1;
        }
    }
}

/// A key of two parts, compared by `first` and then by `second`.
pub fn pair(first: impl Into<u64>, second: u64) -> u128 {
    u128::from(first.into()) << 64 | u128::from(second)
}

/// The last number up to `most` for which `holds`, which holds for 0 and then up to some number.
pub fn last_that(most: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut good, mut bad) = (0, most.saturating_add(1));
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if holds(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_like_the_stable_standard_sort(keys in prop::collection::vec(0_u8..8, 0..40)) {
            let mut elements: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = elements.clone();
            expected.sort_by_key(|&(key, _)| key);
            by_key(&mut elements, |&(key, _)| key.into());
            prop_assert_eq!(elements, expected);
        }
    }

    #[test]
    fn compares_the_first_part_of_a_pair_before_the_second() {
        assert!(pair(1_u32, u64::MAX) < pair(2_u32, 0));
        assert!(pair(1_u32, 1) < pair(1_u32, 2));
    }
}
