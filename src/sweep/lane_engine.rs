//! Integrates the arms of a batch of runs.

use crate::scenario::Arm;
use crate::simulation::{ArmRun, InitialState, Options, PastCache, RowSelection, run_arms};
use crate::sweep::Sweep;

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

/// Arms side by side in the lanes of this machine's registers; see [`run_arms`].
///
/// A past that several arms share is integrated once, also if they come in different batches.
#[derive(Debug)]
pub(crate) struct LaneEngine {
    options: Options,
}

impl LaneEngine {
    /// An engine; the pasts of these arms are integrated before its threads begin.
    pub(crate) fn new(options: Options, usual: &[Arm]) -> Self {
        for arm in usual {
            // A past that fails will fail again and be reported in the run of its arm.
            let _ = InitialState::of(arm, &options, &mut |_| true);
        }
        Self { options }
    }

    /// The engine of a sweep, which has integrated the pasts of its base arms.
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
        run_arms(arms, PastCache::of_process(), rows, &self.options, &|| go_on())
    }
}
