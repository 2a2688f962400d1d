//! Work on all threads of the current pool; on this one without the feature `parallel`.
//!
//! Results stand in the order of the work, so that they do not depend on the number of threads.

use std::ops::Range;

/// Called now and then by long work, which ends if it gives `false`.
pub(crate) type Watch<'a> = dyn Fn() -> bool + Sync + 'a;

/// Number of threads that work is spread over.
pub(crate) fn count() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    return 1;
}

/// Calls `work` once on each thread.
pub(crate) fn on_each(work: &(dyn Fn() + Sync)) {
    #[cfg(feature = "parallel")]
    rayon::broadcast(|_| work());
    #[cfg(not(feature = "parallel"))]
    work();
}

/// The results of `work` for each number.
pub(crate) fn map<T: Send>(numbers: Range<usize>, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
        numbers.into_par_iter().map(&work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    numbers.map(work).collect()
}
