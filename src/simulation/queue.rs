//! What of many arms is to be integrated next: equal pasts are lived once, before the arms.

use crate::scenario::Arm;
use crate::simulation::integrator::run_failure;
use crate::simulation::start::Start;
use crate::simulation::{ArmRun, Method};
use crate::solver::failure::{Failure, FailureKind};
use crate::trajectory::Trajectory;
use std::collections::VecDeque;
use std::sync::Arc;

/// Something to integrate.
pub enum Job<'a> {
    /// The past that some arms share.
    Past(PastJob<'a>),
    /// An arm whose past has been lived.
    Arm(ArmJob<'a>),
}

/// A past, as the first of the arms that have it tells it.
pub struct PastJob<'a> {
    /// An arm with this past.
    pub arm: &'a Arm,
    number: usize,
}

/// An arm that can begin.
pub struct ArmJob<'a> {
    /// The arm.
    pub arm: &'a Arm,
    /// Its state on day 0.
    pub start: Arc<Start>,
    index: usize,
}

/// A past and those who wait for it.
struct Shared {
    first: usize,
    start: Option<Arc<Start>>,
    was_known: bool,
    waiting: Vec<usize>,
}

/// Many arms with what is still to be done for them.
pub struct Queue<'a> {
    arms: &'a [Arm],
    method: Method,
    pasts: Vec<Shared>,
    next_past: usize,
    /// Arms that can begin, each with the number of its past.
    ready: VecDeque<(usize, usize)>,
    results: Vec<Option<ArmRun>>,
}

impl<'a> Queue<'a> {
    /// All `arms`; their pasts may be among the `known`.
    pub fn new(arms: &'a [Arm], known: &[Arc<Start>], method: Method) -> Self {
        let results = arms.iter().map(|_| None).collect();
        let (pasts, ready) = (Vec::new(), VecDeque::new());
        let mut queue = Self { arms, method, pasts, next_past: 0, ready, results };
        for (index, arm) in arms.iter().enumerate() {
            queue.add(index, arm, known);
        }
        queue
    }

    /// The arms of a run stand together, so the latest past is the likeliest.
    fn add(&mut self, index: usize, arm: &Arm, known: &[Arc<Start>]) {
        let arms = self.arms;
        let has = |past: &Shared| {
            arms.get(past.first).is_some_and(|first| Start::is_same_past(first, arm))
        };
        let number = match self.pasts.iter().rposition(has) {
            Some(number) => number,
            None => {
                let start = known.iter().rev().find(|start| start.fits(arm)).cloned();
                let was_known = start.is_some();
                self.pasts.push(Shared { first: index, start, was_known, waiting: Vec::new() });
                self.pasts.len() - 1
            }
        };
        match self.pasts.get_mut(number) {
            Some(past) if !past.was_known => past.waiting.push(index),
            _ => self.ready.push_back((index, number)),
        }
    }

    /// What to do next; `None` if nothing can be begun now, although a past may still be under
    /// way for which arms wait.
    pub fn next(&mut self) -> Option<Job<'a>> {
        while let Some(past) = self.pasts.get(self.next_past) {
            let number = self.next_past;
            self.next_past += 1;
            if let Some(arm) = self.arms.get(past.first).filter(|_| !past.was_known) {
                return Some(Job::Past(PastJob { arm, number }));
            }
        }
        let (index, number) = self.ready.pop_front()?;
        let start = self.pasts.get(number)?.start.clone()?;
        Some(Job::Arm(ArmJob { arm: self.arms.get(index)?, start, index }))
    }

    /// A past has been lived, or has failed for every arm that waits for it.
    pub fn lived(&mut self, job: &PastJob<'_>, outcome: Result<Start, Failure>) {
        let Some(past) = self.pasts.get_mut(job.number) else { return };
        let waiting = std::mem::take(&mut past.waiting);
        match outcome {
            Ok(start) => {
                past.start = Some(Arc::new(start));
                self.ready.extend(waiting.into_iter().map(|index| (index, job.number)));
            }
            Err(failure) => {
                for index in waiting {
                    self.fail(index, &failure);
                }
            }
        }
    }

    /// An arm has ended.
    pub fn arrived(&mut self, job: &ArmJob<'_>, run: ArmRun) {
        if let Some(place) = self.results.get_mut(job.index) {
            *place = Some(run);
        }
    }

    /// An arm fails before its first row.
    fn fail(&mut self, index: usize, failure: &Failure) {
        let Some(arm) = self.arms.get(index) else { return };
        let failure = run_failure(failure, &arm.name, self.method);
        if let Some(place) = self.results.get_mut(index) {
            *place = Some(ArmRun::ended(Trajectory::default(), Some(failure)));
        }
    }

    /// The runs in the order of the arms; pasts that were lived here are added to `known`. What
    /// has not been done counts as interrupted.
    pub fn end(mut self, known: &mut Vec<Arc<Start>>) -> Vec<ArmRun> {
        let stopped = Failure { kind: FailureKind::Stopped, time: 0.0, state: None };
        for index in 0..self.arms.len() {
            if self.results.get(index).is_some_and(Option::is_none) {
                self.fail(index, &stopped);
            }
        }
        let lived = self.pasts.into_iter().filter(|past| !past.was_known);
        known.extend(lived.filter_map(|past| past.start));
        self.results.into_iter().flatten().collect()
    }
}
