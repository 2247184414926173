//! Range minimum queries over a fixed list, in constant time.
//!
//! The list is divided into blocks of 64. Each place has a bit mask of the places in its block that are the minimum of
//! some range ending there, and a sparse table covers whole blocks. Preparation takes one pass, and memory is one word
//! for each place. The values stay with the caller, which decides which of two places comes first.

/// The length of a block: the number of bits in a mask.
const BLOCK: usize = 64;

/// A list prepared for range minimum queries.
#[derive(Debug, Default)]
pub(super) struct RangeMinimum {
    /// By place, the places of its block that are the minimum of some range ending here, including itself.
    masks: Vec<u64>,
    /// `levels[k][b]` is the minimum of the 2^k blocks from block `b`.
    levels: Vec<Vec<u32>>,
}

impl RangeMinimum {
    /// Prepares a list of `len` places, where `precedes(a, b)` returns whether place `a` comes strictly before place `b`
    /// in the order to minimize.
    pub(super) fn prepare(len: usize, precedes: impl Fn(usize, usize) -> bool) -> Self {
        let mut masks = Vec::with_capacity(len);
        let mut firsts: Vec<u32> = Vec::with_capacity(len / BLOCK + 1);
        for block in (0..len).step_by(BLOCK) {
            let mut mask = 0_u64;
            for place in block..len.min(block + BLOCK) {
                while mask != 0 {
                    let last = 63 - mask.leading_zeros() as usize;
                    if !precedes(place, block + last) {
                        break;
                    }
                    mask &= !(1 << last);
                }
                mask |= 1 << (place - block);
                masks.push(mask);
            }
            firsts.push((block + mask.trailing_zeros() as usize) as u32);
        }
        let mut levels = vec![firsts];
        let mut width = 1;
        while width * 2 <= levels[0].len() {
            let below = &levels[levels.len() - 1];
            let level = (0..=levels[0].len() - width * 2).map(|block| first(below[block], below[block + width], &precedes)).collect();
            levels.push(level);
            width *= 2;
        }
        Self { masks, levels }
    }

    /// The first of the places `from..=to`, and the leftmost of several equal ones. `from <= to`, both must be in the
    /// list, and `precedes` must be the order that was prepared.
    #[inline]
    pub(super) fn first(&self, from: usize, to: usize, precedes: impl Fn(usize, usize) -> bool) -> usize {
        let (first_block, last_block) = (from / BLOCK, to / BLOCK);
        let in_block = |from: usize, to: usize| (to & !(BLOCK - 1)) + (self.masks[to] & (!0 << (from % BLOCK))).trailing_zeros() as usize;
        if first_block == last_block {
            return in_block(from, to);
        }
        let mut best = in_block(from, first_block * BLOCK + BLOCK - 1);
        let between = last_block - first_block - 1;
        if between > 0 {
            let level = between.ilog2() as usize;
            let row = &self.levels[level];
            for candidate in [row[first_block + 1], row[last_block - (1 << level)]] {
                if precedes(candidate as usize, best) {
                    best = candidate as usize;
                }
            }
        }
        let tail = in_block(last_block * BLOCK, to);
        if precedes(tail, best) { tail } else { best }
    }
}

fn first(left: u32, right: u32, precedes: &impl Fn(usize, usize) -> bool) -> u32 {
    if precedes(right as usize, left as usize) { right } else { left }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_the_leftmost_minimum(values in prop::collection::vec(0_u8..20, 1..400), ends in any::<(prop::sample::Index, prop::sample::Index)>()) {
            let precedes = |a: usize, b: usize| values[a] < values[b];
            let prepared = RangeMinimum::prepare(values.len(), precedes);
            let (a, b) = (ends.0.index(values.len()), ends.1.index(values.len()));
            let (from, to) = (a.min(b), a.max(b));
            let expected = (from..=to).min_by_key(|&place| values[place]);
            prop_assert_eq!(Some(prepared.first(from, to, precedes)), expected);
        }
    }
}
