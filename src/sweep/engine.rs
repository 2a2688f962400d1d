//! Who integrates the arms of a batch of runs: here one after the other; SIMD lanes fit the same
//! trait.

use crate::error::failure::RunFailure;
use crate::scenario::Arm;
use crate::simulation::{ArmRun, Options, Rows, Start, run_arm_from};
use crate::trajectory::Trajectory;

/// Runs arms.
pub trait Engine: Sync {
    /// The runs of these arms, in their order. An arm's result must not depend on the others.
    ///
    /// `go_on` is asked now and then; `false` ends every run with [`RunFailure::Interrupted`].
    fn run(&self, arms: &[Arm], rows: &Rows, go_on: &(dyn Fn() -> bool + Sync)) -> Vec<ArmRun>;
}

/// How many different pasts a batch remembers.
const REMEMBERED: usize = 8;

/// One arm after the other.
#[derive(Clone, Debug)]
pub struct OneByOne {
    options: Options,
    /// Pasts that many runs share.
    known: Vec<Start>,
}

impl OneByOne {
    /// An engine that has already lived the past of these arms.
    #[must_use]
    pub fn new(options: Options, usual: &[Arm]) -> Self {
        let mut known: Vec<Start> = Vec::new();
        for arm in usual {
            if !known.iter().any(|start| start.fits(arm)) {
                known.extend(Start::of(arm, &options, &mut |_| true));
            }
        }
        Self { options, known }
    }

    fn run_one(
        &self,
        arm: &Arm,
        recent: &mut Vec<Start>,
        rows: &Rows,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<ArmRun, RunFailure> {
        let lived = recent.iter().rev().chain(&self.known).find(|start| start.fits(arm));
        let start = match lived {
            Some(start) => start.clone(),
            None => {
                let start = Start::of(arm, &self.options, &mut |_| go_on())?;
                if recent.len() >= REMEMBERED {
                    recent.remove(0);
                }
                recent.push(start.clone());
                start
            }
        };
        Ok(run_arm_from(arm, &start, &self.options, rows, &mut |_| go_on()))
    }
}

impl Engine for OneByOne {
    fn run(&self, arms: &[Arm], rows: &Rows, go_on: &(dyn Fn() -> bool + Sync)) -> Vec<ArmRun> {
        let mut recent = Vec::new();
        let mut run = |arm: &Arm| {
            self.run_one(arm, &mut recent, rows, go_on).unwrap_or_else(|failure| ArmRun {
                trajectory: Trajectory::default(),
                failure: Some(failure),
            })
        };
        arms.iter().map(&mut run).collect()
    }
}
