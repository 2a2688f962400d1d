//! Many arms side by side in lanes, each to the bits that it has alone.
//!
//! A lane takes the next past or arm as soon as its own has ended. Its [`Segments`] are those that
//! it has alone.

use crate::error::defect::OrDefect as _;
#[cfg(target_arch = "x86_64")]
use crate::real::dispatch::{Eight, Four};
use crate::real::dispatch::{Registers, Width};
use crate::scenario::Arm;
use crate::simulation::arm_integration::ArmIntegration;
use crate::simulation::initial_state::{InitialState, past_segments};
use crate::simulation::integrator::{run_failure, structure, tolerances, work_of};
use crate::simulation::job_queue::{Job, JobQueue};
use crate::simulation::lane_system::LaneSystem;
use crate::simulation::model_system::ModelSystem;
use crate::simulation::past_cache::PastCache;
use crate::simulation::run::{run_arm_from, throttled};
use crate::simulation::segments::Segment;
use crate::simulation::{ArmRun, Method, Options, RowSelection};
use crate::solver::batch::{BatchIntegrator, LaneStatus};
use crate::solver::failure::{Failure, FailureKind};
use crate::solver::step::Finish;
use std::sync::Arc;

/// Attempts in all lanes between two questions whether to go on.
const ATTEMPTS_PER_POLL: u32 = 64;

/// Runs arms as [`crate::simulation::run_arm`] does, to the same bits, several side by side.
///
/// Gives the runs in the order of `arms`. A past that several arms share is integrated
/// once, one whose initial state is in the `cache` not at all; new initial states are added to it.
/// The number of lanes is that for which this machine has registers; explicit methods run
/// one arm after the other. `go_on` is asked now and then; `false` ends every unfinished run with
/// [`RunFailure::Interrupted`](crate::RunFailure::Interrupted).
pub fn run_arms(
    arms: &[Arm],
    cache: &PastCache,
    rows: &RowSelection,
    options: &Options,
    go_on: &dyn Fn() -> bool,
) -> Vec<ArmRun> {
    run_arms_at(Width::widest(), arms, cache, rows, options, go_on)
}

/// [`run_arms`] with registers of one width, or of the baseline where it is missing.
pub fn run_arms_at(
    width: Width,
    arms: &[Arm],
    cache: &PastCache,
    rows: &RowSelection,
    options: &Options,
    go_on: &dyn Fn() -> bool,
) -> Vec<ArmRun> {
    let mut queue = JobQueue::new(arms, cache, options);
    let context = RunContext { rows, options, go_on };
    if let (Method::Rosenbrock, [first, _, ..]) = (options.method, arms) {
        // Without lanes nothing has been taken from the queue: each runs alone.
        let _ = run_in_lanes(width, first, &mut queue, &context);
    }
    run_one_by_one(&mut queue, &context);
    queue.into_runs()
}

/// Rows, options and the question whether to go on: the same for all arms.
struct RunContext<'a> {
    rows: &'a RowSelection,
    options: &'a Options,
    go_on: &'a dyn Fn() -> bool,
}

fn run_one_by_one(queue: &mut JobQueue<'_>, context: &RunContext<'_>) {
    let RunContext { rows, options, go_on } = context;
    while let Some(job) = queue.next().filter(|_| go_on()) {
        match job {
            Job::Past(job) => {
                let start = InitialState::integrate(job.arm, options, &mut throttled(|_| go_on()));
                queue.past_done(&job, start);
            }
            Job::Arm(job) => {
                let run = run_arm_from(job.arm, &job.start, options, rows, &mut |_| go_on());
                queue.arm_done(&job, run);
            }
        }
    }
}

/// Chooses registers and number of lanes. Fails, before the first job, if there can be no lanes.
fn run_in_lanes(
    width: Width,
    first: &Arm,
    queue: &mut JobQueue<'_>,
    context: &RunContext<'_>,
) -> Result<(), Failure> {
    #[cfg(target_arch = "x86_64")]
    {
        if let (Width::Eight, Some(eight)) = (width, Eight::detect()) {
            LaneScheduler::<8>::new(first, context)?.run(eight, queue);
        } else if let (Width::Eight | Width::Four, Some(four)) = (width, Four::detect()) {
            LaneScheduler::<4>::new(first, context)?.run(four, queue);
        }
        // Two numbers at a time gain little and cost compile time: without AVX2 arms run alone.
    }
    #[cfg(not(target_arch = "x86_64"))]
    if width != Width::Baseline {
        LaneScheduler::<4>::new(first, context)?.run(crate::real::dispatch::Baseline, queue);
    }
    Ok(())
}

/// The integration that occupies a lane.
struct LaneJob<'a> {
    job: Job<'a>,
    integration: Box<ArmIntegration<'a>>,
}

impl<'a> LaneJob<'a> {
    fn new(job: Job<'a>, rows: &RowSelection) -> Self {
        let integration = Box::new(match &job {
            Job::Past(job) => ArmIntegration::of_past(job.arm),
            Job::Arm(job) => ArmIntegration::new(job.arm, &job.start, rows),
        });
        Self { job, integration }
    }

    fn system(&self) -> &ModelSystem<f64> {
        &self.integration.segments.system
    }

    /// The state on day 0 of an arm, which has the model of its person.
    fn start(&self) -> Option<&Arc<InitialState>> {
        match &self.job {
            Job::Past(_) => None,
            Job::Arm(job) => Some(&job.start),
        }
    }
}

/// The defect of an index that no lane has.
const NO_LANE: &str = "a lane that does not exist";

/// Assigns jobs to lanes and handles the status of each lane after every attempt.
struct LaneScheduler<'a, 'c, const W: usize> {
    context: &'c RunContext<'c>,
    batch: BatchIntegrator<W>,
    systems: Box<LaneSystem<W>>,
    jobs: [Option<LaneJob<'a>>; W],
    /// The day 0 of the arm whose model is in each lane.
    starts: [Option<Arc<InitialState>>; W],
}

impl<'a, 'c, const W: usize> LaneScheduler<'a, 'c, W> {
    /// Empty lanes, filled up with the system of `first`, one of the arms to come.
    fn new(first: &Arm, context: &'c RunContext<'c>) -> Result<Self, Failure> {
        let mut batch = BatchIntegrator::new(structure()?, tolerances(context.options))?;
        batch.step_limit = context.options.steps(Method::Rosenbrock);
        let systems = Box::new(LaneSystem::new(&past_segments(first).system));
        let (jobs, starts) = (std::array::from_fn(|_| None), std::array::from_fn(|_| None));
        Ok(Self { context, batch, systems, jobs, starts })
    }

    /// Integrates until the queue is empty or `go_on` says no.
    fn run<P: Registers>(mut self, registers: P, queue: &mut JobQueue<'a>) {
        let mut attempts = 0;
        loop {
            for lane in 0..W {
                self.fill_lane(lane, queue);
            }
            if self.jobs.iter().all(Option::is_none) {
                return;
            }
            attempts = (attempts + 1) % ATTEMPTS_PER_POLL;
            if attempts == 1 && !(self.context.go_on)() {
                return self.stop_all(queue);
            }
            let statuses = self.batch.attempt_steps(registers, &*self.systems);
            for (lane, status) in statuses.into_iter().enumerate() {
                self.handle_status(lane, status, queue);
            }
        }
    }

    /// Starts jobs in an empty lane until one of them has something to integrate.
    fn fill_lane(&mut self, lane: usize, queue: &mut JobQueue<'a>) {
        while self.jobs.get(lane).is_some_and(Option::is_none) {
            let Some(next) = queue.next() else { return };
            let job = LaneJob::new(next, self.context.rows);
            self.batch.reset_statistics(lane);
            self.set_model(lane, &job);
            self.start_next_segment(lane, job, None, queue);
        }
    }

    /// Puts the person of a job into a lane, unless the last arm there began at the same state.
    fn set_model(&mut self, lane: usize, job: &LaneJob<'a>) {
        let place = self.starts.get_mut(lane).or_defect(NO_LANE);
        match (&place, job.start()) {
            (Some(last), Some(start)) if Arc::ptr_eq(last, start) => {
                self.systems.set_segment(lane, job.system());
            }
            (_, start) => {
                self.systems.set_model(lane, job.system());
                *place = start.cloned();
            }
        }
    }

    /// Writes rows and ends or continues the job of a lane after one attempt.
    fn handle_status(&mut self, lane: usize, status: LaneStatus, queue: &mut JobQueue<'a>) {
        let end = match status {
            LaneStatus::Idle | LaneStatus::Rejected => return,
            LaneStatus::Failed(failure) => Some(Err(failure)),
            LaneStatus::Accepted => None,
            LaneStatus::Finished(finish) => Some(Ok(finish)),
        };
        let place = self.jobs.get_mut(lane).or_defect(NO_LANE);
        if let (Some(job), None | Some(Ok(_))) = (&mut *place, &end) {
            let ArmIntegration { segments, log } = &mut *job.integration;
            self.batch.observe_step(lane, &mut |view| log.step_taken(&segments.system, view));
        }
        let Some(end) = end else { return };
        let mut job = place.take().or_defect("the end of an empty lane");
        match end {
            Err(failure) => self.finish_job(lane, job, Some(&failure), queue),
            Ok(finish) => {
                job.integration.segments.state.copy_from_slice(self.batch.state(lane));
                self.start_next_segment(lane, job, Some(finish), queue);
            }
        }
    }

    /// Starts the next segment of a job, or finishes it after the last.
    fn start_next_segment(
        &mut self,
        lane: usize,
        mut job: LaneJob<'a>,
        mut done: Option<Finish>,
        queue: &mut JobQueue<'a>,
    ) {
        loop {
            if let Some(finish) = done {
                job.integration.segments.segment_done(finish);
            }
            let Some(Segment { start, end, first_step }) = job.integration.next_segment() else {
                return self.finish_job(lane, job, None, queue);
            };
            let segments = &job.integration.segments;
            if segments.has_new_inputs() {
                self.systems.set_segment(lane, &segments.system);
            }
            match self.batch.start(lane, start, &segments.state, end, first_step) {
                Err(failure) => return self.finish_job(lane, job, Some(&failure), queue),
                Ok(Some(nothing_to_do)) => done = Some(nothing_to_do),
                Ok(None) => {
                    *self.jobs.get_mut(lane).or_defect(NO_LANE) = Some(job);
                    return;
                }
            }
        }
    }

    /// Frees the lane and hands the result of its job to the queue.
    fn finish_job(
        &mut self,
        lane: usize,
        job: LaneJob<'a>,
        failure: Option<&Failure>,
        queue: &mut JobQueue<'a>,
    ) {
        self.batch.release(lane);
        let work = work_of(self.batch.statistics(lane));
        let ArmIntegration { segments, mut log } = *job.integration;
        match job.job {
            Job::Past(job) => {
                let initial_state = failure
                    .map_or_else(|| InitialState::from_past(job.arm, &segments, work), |f| Err(*f));
                queue.past_done(&job, initial_state);
            }
            Job::Arm(job) => {
                log.add_work(work);
                let method = self.context.options.method;
                let failure = failure.map(|failure| run_failure(failure, &job.arm.name, method));
                queue.arm_done(&job, ArmRun::ended(log.trajectory, failure));
            }
        }
    }

    /// Ends every job as interrupted at the time that it has reached.
    fn stop_all(&mut self, queue: &mut JobQueue<'a>) {
        for lane in 0..W {
            let Some(job) = self.jobs.get_mut(lane).and_then(Option::take) else {
                continue;
            };
            let time = self.batch.time(lane);
            let failure = Failure { kind: FailureKind::Stopped, time, state: None };
            self.finish_job(lane, job, Some(&failure), queue);
        }
    }
}
