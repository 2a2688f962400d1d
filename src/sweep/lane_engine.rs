//! Integrates the arms of a batch of runs.

use crate::scenario::Arm;
use crate::simulation::{ArmRun, InitialState, Options, RowSelection, run_arms};
use crate::sweep::Sweep;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) trait Engine: Sync {
    /// The runs of these arms, in their order. An arm's result must not depend on the others.
    ///
    /// `go_on` is asked now and then; `false` ends every run with
    /// [`crate::error::failure::RunFailure::Interrupted`].
    fn run(
        &self,
        arms: &[Arm],
        rows: &RowSelection,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Vec<ArmRun>;
}

/// Number of initial states that are kept of earlier batches, beside those of the base arms.
const CACHED_STATES: usize = 256;

/// Arms side by side in the lanes of this machine's registers; see [`run_arms`].
///
/// A life history that several arms share is integrated once, also if they come in different
/// batches.
#[derive(Debug)]
pub(crate) struct LaneEngine {
    options: Options,
    /// Initial states that many runs share.
    usual: Vec<Arc<InitialState>>,
    /// Initial states of earlier batches, the latest last.
    recent: Mutex<Vec<Arc<InitialState>>>,
}

impl LaneEngine {
    /// An engine that has already integrated the life histories of these arms.
    pub(crate) fn new(options: Options, usual: &[Arm]) -> Self {
        let mut known: Vec<Arc<InitialState>> = Vec::new();
        for arm in usual {
            if !known.iter().any(|start| start.fits(arm)) {
                known.extend(InitialState::of(arm, &options, &mut |_| true).map(Arc::new));
            }
        }
        Self { options, usual: known, recent: Mutex::default() }
    }

    /// The engine of a sweep, which has integrated the life histories of its base arms.
    /// Errors: The problems of the base arms.
    pub(crate) fn of(sweep: &Sweep) -> Result<Self, String> {
        Ok(Self::new(sweep.options, &sweep.arms(&sweep.base)?))
    }
}

impl Engine for LaneEngine {
    fn run(
        &self,
        arms: &[Arm],
        rows: &RowSelection,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Vec<ArmRun> {
        let mut known = self.recent.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.extend_from_slice(&self.usual);
        let old = known.len();
        let runs = run_arms(arms, &mut known, rows, &self.options, &|| go_on());
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.extend(known.drain(old..));
        let surplus = recent.len().saturating_sub(CACHED_STATES);
        recent.drain(..surplus);
        runs
    }
}
