//! The queue of pasts and arms to integrate: equal pasts once, before the arms.

use crate::error::defect::OrDefect as _;
use crate::scenario::Arm;
use crate::simulation::initial_state::{InitialState, PastInputs};
use crate::simulation::integrator::run_failure;
use crate::simulation::past_cache::PastCache;
use crate::simulation::{ArmRun, Options};
use crate::solver::failure::{Failure, FailureKind};
use crate::trajectory::Trajectory;
use std::collections::VecDeque;
use std::sync::Arc;

/// The defect of an index that no arm has.
const NO_ARM: &str = "an arm that does not exist";

pub(crate) enum Job<'a> {
    /// The past that some arms share.
    Past(PastJob<'a>),
    /// An arm whose initial state is known.
    Arm(ArmJob<'a>),
}

/// A past, given by the first of the arms that have it.
pub(crate) struct PastJob<'a> {
    pub arm: &'a Arm,
    number: usize,
}

pub(crate) struct ArmJob<'a> {
    pub arm: &'a Arm,
    /// Its state on day 0.
    pub start: Arc<InitialState>,
    index: usize,
}

/// A past and the arms that wait for its initial state.
struct SharedPast {
    inputs: PastInputs,
    first: usize,
    start: Option<Arc<InitialState>>,
    waiting: Vec<usize>,
}

/// Many arms with their unfinished pasts and their results.
pub(crate) struct JobQueue<'a> {
    arms: &'a [Arm],
    options: Options,
    cache: &'a PastCache,
    pasts: Vec<SharedPast>,
    next_past: usize,
    /// Arms that can start, each with the index of its past.
    ready: VecDeque<(usize, usize)>,
    results: Vec<Option<ArmRun>>,
}

impl<'a> JobQueue<'a> {
    /// All `arms`; their initial states may be in the `cache`, and new ones get there.
    pub(crate) fn new(arms: &'a [Arm], cache: &'a PastCache, options: &Options) -> Self {
        let results = arms.iter().map(|_| None).collect();
        let (pasts, ready) = (Vec::new(), VecDeque::new());
        let options = *options;
        let mut queue = Self { arms, options, cache, pasts, next_past: 0, ready, results };
        for (index, arm) in arms.iter().enumerate() {
            queue.add(index, arm);
        }
        queue
    }

    /// Searches the latest past first, since the arms of one run follow each other.
    fn add(&mut self, index: usize, arm: &Arm) {
        let inputs = PastInputs::of(arm);
        let has = |past: &SharedPast| past.inputs == inputs;
        let number = match self.pasts.iter().rposition(has) {
            Some(number) => number,
            None => {
                let start = self.cache.find(arm, &self.options);
                self.pasts.push(SharedPast { inputs, first: index, start, waiting: Vec::new() });
                self.pasts.len() - 1
            }
        };
        match self.pasts.get_mut(number) {
            Some(past) if past.start.is_none() => past.waiting.push(index),
            _ => self.ready.push_back((index, number)),
        }
    }

    /// The next job; `None` if nothing can be started now, although a past for which arms
    /// wait may still be running.
    pub(crate) fn next(&mut self) -> Option<Job<'a>> {
        while let Some(past) = self.pasts.get(self.next_past) {
            let number = self.next_past;
            self.next_past += 1;
            if let Some(arm) = self.arms.get(past.first).filter(|_| past.start.is_none()) {
                return Some(Job::Past(PastJob { arm, number }));
            }
        }
        let (index, number) = self.ready.pop_front()?;
        let past = self.pasts.get(number).or_defect("a past that does not exist");
        let start = past.start.clone().or_defect("a past that has not been lived");
        Some(Job::Arm(ArmJob { arm: self.arms.get(index).or_defect(NO_ARM), start, index }))
    }

    /// Releases the arms that wait for a past, or fails them all with it.
    pub(crate) fn past_done(&mut self, job: &PastJob<'_>, result: Result<InitialState, Failure>) {
        let past = self.pasts.get_mut(job.number).or_defect("a past that does not exist");
        let waiting = std::mem::take(&mut past.waiting);
        match result {
            Ok(start) => {
                past.start = Some(self.cache.keep(start, &self.options));
                self.ready.extend(waiting.into_iter().map(|index| (index, job.number)));
            }
            Err(failure) => {
                for index in waiting {
                    self.fail_arm(index, &failure);
                }
            }
        }
    }

    pub(crate) fn arm_done(&mut self, job: &ArmJob<'_>, run: ArmRun) {
        *self.results.get_mut(job.index).or_defect(NO_ARM) = Some(run);
    }

    /// Stores the failure of an arm before its first row.
    fn fail_arm(&mut self, index: usize, failure: &Failure) {
        let arm = self.arms.get(index).or_defect(NO_ARM);
        let failure = run_failure(failure, &arm.name, self.options.method);
        *self.results.get_mut(index).or_defect(NO_ARM) =
            Some(ArmRun::ended(Trajectory::default(), Some(failure)));
    }

    /// The runs in the order of the arms; an arm without a result counts as interrupted.
    pub(crate) fn into_runs(mut self) -> Vec<ArmRun> {
        let stopped = Failure { kind: FailureKind::Stopped, time: 0.0, state: None };
        for index in 0..self.arms.len() {
            if self.results.get(index).is_some_and(Option::is_none) {
                self.fail_arm(index, &stopped);
            }
        }
        self.results.into_iter().flatten().collect()
    }
}
