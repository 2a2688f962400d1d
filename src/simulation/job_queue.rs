//! The queue of life histories and arms to integrate: equal histories once, before the arms.

use crate::scenario::Arm;
use crate::simulation::initial_state::InitialState;
use crate::simulation::integrator::run_failure;
use crate::simulation::life_history::history_inputs;
use crate::simulation::{ArmRun, Method};
use crate::solver::failure::{Failure, FailureKind};
use crate::trajectory::Trajectory;
use std::collections::VecDeque;
use std::sync::Arc;

pub(crate) enum Job<'a> {
    /// The life history that some arms share.
    History(HistoryJob<'a>),
    /// An arm whose initial state is known.
    Arm(ArmJob<'a>),
}

/// A life history, given by the first of the arms that have it.
pub(crate) struct HistoryJob<'a> {
    pub arm: &'a Arm,
    number: usize,
}

pub(crate) struct ArmJob<'a> {
    pub arm: &'a Arm,
    /// Its state on day 0.
    pub start: Arc<InitialState>,
    index: usize,
}

/// A life history and the arms that wait for its initial state.
struct SharedHistory {
    first: usize,
    start: Option<Arc<InitialState>>,
    was_known: bool,
    waiting: Vec<usize>,
}

/// Many arms with their unfinished life histories and their results.
pub(crate) struct JobQueue<'a> {
    arms: &'a [Arm],
    method: Method,
    histories: Vec<SharedHistory>,
    next_history: usize,
    /// Arms that can start, each with the index of its life history.
    ready: VecDeque<(usize, usize)>,
    results: Vec<Option<ArmRun>>,
}

impl<'a> JobQueue<'a> {
    /// All `arms`; their initial states may be among the `known`.
    pub(crate) fn new(arms: &'a [Arm], known: &[Arc<InitialState>], method: Method) -> Self {
        let results = arms.iter().map(|_| None).collect();
        let (histories, ready) = (Vec::new(), VecDeque::new());
        let mut queue = Self { arms, method, histories, next_history: 0, ready, results };
        for (index, arm) in arms.iter().enumerate() {
            queue.add(index, arm, known);
        }
        queue
    }

    /// Searches the latest history first, since the arms of one run follow each other.
    fn add(&mut self, index: usize, arm: &Arm, known: &[Arc<InitialState>]) {
        let arms = self.arms;
        let has = |history: &SharedHistory| {
            let first = arms.get(history.first);
            first.is_some_and(|first| history_inputs(first) == history_inputs(arm))
        };
        let number = match self.histories.iter().rposition(has) {
            Some(number) => number,
            None => {
                let start = known.iter().rev().find(|start| start.fits(arm)).cloned();
                let was_known = start.is_some();
                self.histories.push(SharedHistory {
                    first: index,
                    start,
                    was_known,
                    waiting: Vec::new(),
                });
                self.histories.len() - 1
            }
        };
        match self.histories.get_mut(number) {
            Some(history) if !history.was_known => history.waiting.push(index),
            _ => self.ready.push_back((index, number)),
        }
    }

    /// The next job; `None` if nothing can be started now, although a life history for which arms
    /// wait may still be running.
    pub(crate) fn next(&mut self) -> Option<Job<'a>> {
        while let Some(history) = self.histories.get(self.next_history) {
            let number = self.next_history;
            self.next_history += 1;
            if let Some(arm) = self.arms.get(history.first).filter(|_| !history.was_known) {
                return Some(Job::History(HistoryJob { arm, number }));
            }
        }
        let (index, number) = self.ready.pop_front()?;
        let start = self.histories.get(number)?.start.clone()?;
        Some(Job::Arm(ArmJob { arm: self.arms.get(index)?, start, index }))
    }

    /// Releases the arms that wait for a life history, or fails them all with it.
    pub(crate) fn history_done(
        &mut self,
        job: &HistoryJob<'_>,
        result: Result<InitialState, Failure>,
    ) {
        let Some(history) = self.histories.get_mut(job.number) else { return };
        let waiting = std::mem::take(&mut history.waiting);
        match result {
            Ok(start) => {
                history.start = Some(Arc::new(start));
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
        if let Some(place) = self.results.get_mut(job.index) {
            *place = Some(run);
        }
    }

    /// Stores the failure of an arm before its first row.
    fn fail_arm(&mut self, index: usize, failure: &Failure) {
        let Some(arm) = self.arms.get(index) else { return };
        let failure = run_failure(failure, &arm.name, self.method);
        if let Some(place) = self.results.get_mut(index) {
            *place = Some(ArmRun::ended(Trajectory::default(), Some(failure)));
        }
    }

    /// The runs in the order of the arms; an arm without a result counts as interrupted. New
    /// initial states are added to `known`.
    pub(crate) fn into_runs(mut self, known: &mut Vec<Arc<InitialState>>) -> Vec<ArmRun> {
        let stopped = Failure { kind: FailureKind::Stopped, time: 0.0, state: None };
        for index in 0..self.arms.len() {
            if self.results.get(index).is_some_and(Option::is_none) {
                self.fail_arm(index, &stopped);
            }
        }
        let computed = self.histories.into_iter().filter(|history| !history.was_known);
        known.extend(computed.filter_map(|history| history.start));
        self.results.into_iter().flatten().collect()
    }
}
