//! A random order of any number of layers without a list of them.

use crate::sweep::sampling::splitmix64;

/// The position of `index` in a random permutation of the numbers below `count`.
///
/// A Feistel network of four rounds permutes the next power of four; numbers that fall outside
/// walk on until they fall inside (Black and Rogaway 2002). Needs no memory for any `count`.
pub(crate) fn permuted(index: u64, count: u64, key: u64) -> u64 {
    if count < 2 || index >= count {
        return index;
    }
    let bits = u64::BITS - (count - 1).leading_zeros();
    let half = bits.div_ceil(2);
    let mask = (1_u64 << half) - 1;
    let mut value = index;
    loop {
        let (mut left, mut right) = (value >> half, value & mask);
        for round in 0..4 {
            (left, right) = (right, left ^ (splitmix64(key ^ round, right) & mask));
        }
        value = (left << half) | right;
        if value < count {
            return value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_number_comes_once() {
        for count in [1, 2, 3, 5, 16, 17, 1000] {
            for key in [0, 1, u64::MAX] {
                let seen: BTreeSet<u64> =
                    (0..count).map(|index| permuted(index, count, key)).collect();
                assert_eq!(seen.len() as u64, count);
                assert!(seen.iter().all(|value| *value < count));
            }
        }
    }

    #[test]
    fn first_places_are_evenly_spread_over_keys() {
        let mut places = [0_u32; 10];
        (0..10_000).for_each(|key| places[permuted(0, 10, key) as usize] += 1);
        assert!(places.iter().all(|count| (850..1150).contains(count)), "{places:?}");
    }
}
