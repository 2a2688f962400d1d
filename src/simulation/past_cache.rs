//! The pasts that were lived before: an unchanged person lives once in a process.
//!
//! The newest are kept, whoever asked for them; a sweep over persons pushes the oldest out. A
//! state that is found here has the bits that it would have if it were integrated again.

use crate::scenario::Arm;
use crate::simulation::Options;
use crate::simulation::initial_state::InitialState;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Number of pasts kept; each has about 3 kB.
const KEPT: usize = 256;

#[derive(Debug)]
struct Lived {
    relative_tolerance: f64,
    step_limit: u64,
    state: Arc<InitialState>,
}

/// Initial states by what their past depends on.
#[derive(Debug, Default)]
pub struct PastCache {
    /// The oldest first.
    lived: Mutex<VecDeque<Lived>>,
}

impl PastCache {
    const fn new() -> Self {
        Self { lived: Mutex::new(VecDeque::new()) }
    }

    /// The one that all runs of this process share.
    pub fn of_process() -> &'static Self {
        static SHARED: PastCache = PastCache::new();
        &SHARED
    }

    /// Number of pasts kept.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.lived.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The initial state of an arm, if its past was lived before at this tolerance.
    pub(super) fn find(&self, arm: &Arm, options: &Options) -> Option<Arc<InitialState>> {
        let fits = |lived: &&Lived| {
            let same_numerics = lived.relative_tolerance == options.relative_tolerance
                && lived.step_limit == options.step_limit;
            same_numerics && lived.state.fits(arm)
        };
        let lived = self.lived.lock().unwrap_or_else(PoisonError::into_inner);
        lived.iter().rev().find(fits).map(|lived| Arc::clone(&lived.state))
    }

    /// Keeps an initial state for whoever needs it next.
    pub(super) fn keep(&self, state: InitialState, options: &Options) -> Arc<InitialState> {
        let state = Arc::new(state);
        let new = Lived {
            relative_tolerance: options.relative_tolerance,
            step_limit: options.step_limit,
            state: Arc::clone(&state),
        };
        let mut lived = self.lived.lock().unwrap_or_else(PoisonError::into_inner);
        if lived.len() >= KEPT {
            lived.pop_front();
        }
        lived.push_back(new);
        state
    }
}
