//! Sobol′ points with Owen's scrambling.
//!
//! Direction numbers of Joe and Kuo (2008), table new-joe-kuo-6, used under its BSD license
//! (`joe_kuo_license.txt`). Each bit is flipped by a random bit that depends on all bits before it
//! (Owen 1995), so that every layer stays filled evenly and the points are random.

use crate::sweep::sampling::splitmix64;

const TABLE: &str = include_str!("joe_kuo.txt");

const BITS: usize = 32;

#[derive(Clone, Debug)]
pub(crate) struct Sobol {
    /// Direction numbers and scrambling key of each dimension.
    dimensions: Vec<([u32; BITS], u64)>,
}

pub(crate) fn dimension_limit() -> usize {
    1 + TABLE.lines().filter(|line| !line.starts_with('#')).count()
}

impl Sobol {
    /// Points in so many dimensions; `None` if the table has fewer.
    pub(crate) fn new(seed: u64, dimensions: usize) -> Option<Self> {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let first = std::iter::once(radical_inverse());
        let all = first.chain(lines.filter_map(directions)).take(dimensions);
        let keyed = all.zip(0..).map(|(numbers, index)| (numbers, splitmix64(seed, index)));
        let dimensions_made: Vec<_> = keyed.collect();
        (dimensions_made.len() == dimensions).then_some(Self { dimensions: dimensions_made })
    }

    /// The coordinates of a point (below 2³²), each above 0 and below 1.
    pub(crate) fn point(&self, index: u64) -> Vec<f64> {
        let coordinate = |(numbers, key): &([u32; BITS], u64)| {
            let plain = unscrambled(numbers, index);
            (f64::from(scrambled(plain, *key)) + 0.5) / 4_294_967_296.0
        };
        self.dimensions.iter().map(coordinate).collect()
    }
}

fn unscrambled(numbers: &[u32; BITS], index: u64) -> u32 {
    let set = numbers.iter().enumerate().filter(|(bit, _)| index >> bit & 1 == 1);
    set.fold(0, |sum, (_, number)| sum ^ number)
}

/// Turns each bit by a random bit that depends on all bits above it.
fn scrambled(plain: u32, key: u64) -> u32 {
    let mut turned = 0;
    for bit in (0..BITS).rev() {
        let above = if bit + 1 == BITS { 0 } else { u64::from(plain >> (bit + 1)) };
        // The leading one tells prefixes of different lengths apart.
        let prefix = above | 1 << (BITS - 1 - bit);
        let random = (splitmix64(key, prefix) >> 40) as u32 & 1;
        turned |= ((plain >> bit & 1) ^ random) << bit;
    }
    turned
}

/// The first dimension: the bits of the index in reverse.
fn radical_inverse() -> [u32; BITS] {
    std::array::from_fn(|bit| 1 << (BITS - 1 - bit))
}

/// The direction numbers of a line of the table: the polynomial a, then m₁ … m_s.
///
/// v_k = v_(k−s) ⊕ v_(k−s)·2^(−s) ⊕ Σ a_i·v_(k−i)   (Joe and Kuo 2008, eq. 3)
fn directions(line: &str) -> Option<[u32; BITS]> {
    let mut words = line.split_whitespace().map_while(|word| word.parse::<u32>().ok());
    let polynomial = words.next()?;
    let mut numbers: Vec<u32> =
        words.zip(1..).map(|(start, place)| start << (BITS - place)).collect();
    let degree = numbers.len();
    while numbers.len() < BITS {
        let back = |steps: usize| numbers.iter().rev().nth(steps - 1).copied();
        let oldest = back(degree)?;
        let mut next = oldest ^ (oldest >> degree);
        for tap in (1..degree).filter(|tap| polynomial >> (degree - 1 - tap) & 1 == 1) {
            next ^= back(tap)?;
        }
        numbers.push(next);
    }
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_points_are_the_published_ones() {
        // The first points of Joe and Kuo's own program, in the order of the natural index.
        let table: Vec<[u32; BITS]> = std::iter::once(radical_inverse())
            .chain(TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(directions))
            .take(3)
            .collect();
        let point = |index| {
            let value = |numbers| f64::from(unscrambled(numbers, index)) / 4_294_967_296.0;
            table.iter().map(value).collect::<Vec<f64>>()
        };
        assert_eq!(point(0), [0.0, 0.0, 0.0]);
        assert_eq!(point(1), [0.5, 0.5, 0.5]);
        assert_eq!(point(2), [0.25, 0.75, 0.75]);
        assert_eq!(point(3), [0.75, 0.25, 0.25]);
        assert_eq!(point(4), [0.125, 0.625, 0.375]);
    }

    #[test]
    fn there_are_dimensions_for_two_sets_of_all_parameters() {
        assert_eq!(dimension_limit(), 512);
        assert!(Sobol::new(1, 512).is_some() && Sobol::new(1, 513).is_none());
    }

    #[test]
    fn pairs_of_dimensions_are_spread_over_the_square() {
        // 256 points of a good pair: each of 16 × 16 boxes holds about one.
        let sobol = Sobol::new(3, 2).unwrap();
        let mut boxes = [0_u32; 256];
        for index in 0..256 {
            let point = sobol.point(index);
            boxes[(point[0] * 16.0) as usize * 16 + (point[1] * 16.0) as usize] += 1;
        }
        assert!(boxes.iter().all(|count| *count == 1), "{boxes:?}");
    }
}
