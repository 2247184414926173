//! In which order do things stand?
//!
//! One sort for all the short lists of the engine. The standard library's is compiled anew for every type, some six
//! kilobytes each, which a page that loads over a telephone notices; a heap does it in a tenth of that.

use std::collections::BinaryHeap;

/// Puts things in the order of their keys, those of equal keys as they stood.
///
/// ```
/// let mut words = ["three", "one", "two"];
/// callmix::order::by_key(&mut words, |word| word.len() as u128);
/// assert_eq!(words, ["one", "two", "three"]);
/// ```
pub fn by_key<T>(things: &mut [T], key: impl Fn(&T) -> u128) {
    if things.len() < 2 {
        return;
    }
    let from = places(things.iter().map(key).collect());
    // Each thing is swapped to its place; one that was swapped away before is followed to where it went.
    for place in 0..things.len() {
        let mut source = from[place];
        while source < place {
            source = from[source];
        }
        things.swap(place, source);
    }
}

/// Which thing comes to each place.
fn places(keys: Vec<u128>) -> Vec<usize> {
    let numbered: BinaryHeap<(u128, usize)> = keys.into_iter().zip(0..).collect();
    numbered.into_sorted_vec().into_iter().map(|(_, place)| place).collect()
}

/// A key of two parts, the first one deciding.
pub fn pair(first: impl Into<u64>, second: u64) -> u128 {
    u128::from(first.into()) << 64 | u128::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_the_stable_sort(keys in prop::collection::vec(0_u8..8, 0..40)) {
            let mut things: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = things.clone();
            expected.sort_by_key(|&(key, _)| key);
            by_key(&mut things, |&(key, _)| key.into());
            prop_assert_eq!(things, expected);
        }
    }
}
