//! Room for states and terms: indices are bytes, and no byte exceeds the length of a vector.
//!
//! That spares the hot loops their bounds checks without `unsafe`.

use std::hint::black_box;

/// Length of a vector, so that every byte is an index.
///
/// Not a power of two: the same entries of several vectors would compete for the same few lines
/// of the cache.
pub(crate) const STATE_CAPACITY: usize = 264;
pub(crate) const TERM_CAPACITY: usize = 256;

/// A number per state, the unused rest zero.
pub(crate) type Vector<S> = [S; STATE_CAPACITY];

/// A byte as an index, which the compiler sees to lie within the capacity.
#[inline(always)]
pub(crate) fn slot(index: u8) -> usize {
    usize::from(index)
}

/// The states below `count`, as indices of vectors of `S`.
///
/// Where the optimizer sees the next index of a vector of lanes, it takes eight states at once
/// instead of eight lanes, by gathers and scatters: the index is hidden from it there.
#[inline(always)]
pub(crate) fn each_state<S>(count: usize) -> impl Iterator<Item = usize> {
    let is_wide = size_of::<S>() > size_of::<f64>();
    let states = 0..count.min(STATE_CAPACITY);
    states.map(move |state| if is_wide { slot(black_box(state as u8)) } else { state })
}
