//! The pasts that were lived before: an unchanged person lives once in a process.
//!
//! The newest are kept, whoever asked for them; a sweep over persons pushes the oldest out. A
//! state that is found here has the bits that it would have if it were integrated again.

use crate::error::failure::RunFailure;
use crate::scenario::Arm;
use crate::simulation::Options;
use crate::simulation::initial_state::InitialState;
use crate::simulation::integrator::run_failure;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    /// The one that all runs of this process share.
    pub fn of_process() -> &'static Self {
        static SHARED: PastCache = PastCache { lived: Mutex::new(VecDeque::new()) };
        &SHARED
    }

    fn lived(&self) -> MutexGuard<'_, VecDeque<Lived>> {
        self.lived.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of pasts kept.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.lived().len()
    }

    /// The initial state of an arm, if its past was lived before at this tolerance.
    pub(super) fn find(&self, arm: &Arm, options: &Options) -> Option<Arc<InitialState>> {
        let fits = |lived: &&Lived| {
            let same_numerics = lived.relative_tolerance == options.relative_tolerance
                && lived.step_limit == options.step_limit;
            same_numerics && lived.state.fits(arm)
        };
        self.lived().iter().rev().find(fits).map(|lived| Arc::clone(&lived.state))
    }

    /// Keeps an initial state for whoever needs it next.
    pub(super) fn keep(&self, state: InitialState, options: &Options) -> Arc<InitialState> {
        let state = Arc::new(state);
        let new = Lived {
            relative_tolerance: options.relative_tolerance,
            step_limit: options.step_limit,
            state: Arc::clone(&state),
        };
        let mut lived = self.lived();
        if lived.len() >= KEPT {
            lived.pop_front();
        }
        lived.push_back(new);
        state
    }
}

impl InitialState {
    /// The initial state of an arm: integrates its past, unless this process has done so before.
    /// `step_taken` gets the day of each step and may stop the integration.
    ///
    /// # Errors
    /// The failure that ended it early, with the name of the arm.
    pub fn of(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Arc<Self>, RunFailure> {
        let cache = PastCache::of_process();
        if let Some(known) = cache.find(arm, options) {
            return Ok(known);
        }
        let state = Self::integrate(arm, options, step_taken)
            .map_err(|failure| run_failure(&failure, &arm.name, options.method))?;
        Ok(cache.keep(state, options))
    }
}
