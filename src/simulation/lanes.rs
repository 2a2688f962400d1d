//! Many arms side by side in lanes, each to the bits that it has alone.
//!
//! A lane takes the next past or arm as soon as its own has ended. What happens to an arm is
//! decided by its [`Past`] and its [`Journey`], as if it ran alone.

use crate::physiology::state::STATE_COUNT;
#[cfg(target_arch = "x86_64")]
use crate::real::dispatch::{Eight, Four};
use crate::real::dispatch::{Registers, Width};
use crate::scenario::Arm;
use crate::simulation::bodies::Bodies;
use crate::simulation::body::Body;
use crate::simulation::integrator::{run_failure, structure, tolerances, work_of};
use crate::simulation::journey::Journey;
use crate::simulation::leg::Leg;
use crate::simulation::life_history::Past;
use crate::simulation::queue::{ArmJob, Job, PastJob, Queue};
use crate::simulation::run::{now_and_then, run_arm_from};
use crate::simulation::start::Start;
use crate::simulation::{ArmRun, Method, Options, Rows};
use crate::solver::batch::{Batch, Outcome};
use crate::solver::failure::{Failure, FailureKind};
use crate::solver::step::Finish;
use std::sync::Arc;

/// Rounds between two questions whether to go on.
const ROUNDS_PER_LOOK: u32 = 64;

/// Runs arms as [`crate::simulation::run_arm`] does, to the same bits, several side by side.
///
/// Gives the runs in the order of `arms`. Equal pasts are lived once; those that are already
/// `known` not at all, and those that were lived are added. The number of lanes is what this
/// machine has registers for; explicit methods run one after the other. `go_on` is asked now and
/// then; `false` ends what is not done with [`crate::error::failure::RunFailure::Interrupted`].
pub fn run_arms(
    arms: &[Arm],
    known: &mut Vec<Arc<Start>>,
    rows: &Rows,
    options: &Options,
    go_on: &dyn Fn() -> bool,
) -> Vec<ArmRun> {
    run_arms_at(Width::widest(), arms, known, rows, options, go_on)
}

/// [`run_arms`] with registers of one width, or of the baseline where it is missing.
pub fn run_arms_at(
    width: Width,
    arms: &[Arm],
    known: &mut Vec<Arc<Start>>,
    rows: &Rows,
    options: &Options,
    go_on: &dyn Fn() -> bool,
) -> Vec<ArmRun> {
    let mut queue = Queue::new(arms, known, options.method);
    let common = Common { rows, options, go_on };
    if let (Method::Rosenbrock, [first, _, ..]) = (options.method, arms) {
        // Without lanes nothing has been taken from the queue: each runs alone.
        let _ = in_lanes(width, first, &mut queue, &common);
    }
    one_by_one(&mut queue, &common);
    queue.end(known)
}

/// What all arms have in common.
struct Common<'a> {
    rows: &'a Rows,
    options: &'a Options,
    go_on: &'a dyn Fn() -> bool,
}

fn one_by_one(queue: &mut Queue<'_>, common: &Common<'_>) {
    let Common { rows, options, go_on } = common;
    while let Some(job) = queue.next().filter(|_| go_on()) {
        match job {
            Job::Past(job) => {
                let start = Start::live(job.arm, options, &mut now_and_then(|_| go_on()));
                queue.lived(&job, start);
            }
            Job::Arm(job) => {
                let run = run_arm_from(job.arm, &job.start, options, rows, &mut |_| go_on());
                queue.arrived(&job, run);
            }
        }
    }
}

/// Chooses registers and lanes; an error, before the first job, if there can be no lanes at all.
fn in_lanes(
    width: Width,
    first: &Arm,
    queue: &mut Queue<'_>,
    common: &Common<'_>,
) -> Result<(), Failure> {
    #[cfg(target_arch = "x86_64")]
    {
        if let (Width::Eight, Some(eight)) = (width, Eight::find()) {
            Caravan::<8>::new(first, common)?.drive(eight, queue);
        } else if let (Width::Eight | Width::Four, Some(four)) = (width, Four::find()) {
            Caravan::<4>::new(first, common)?.drive(four, queue);
        }
        // Two numbers at a time gain little and cost compile time: without AVX2 arms run alone.
    }
    #[cfg(not(target_arch = "x86_64"))]
    if width != Width::Baseline {
        Caravan::<4>::new(first, common)?.drive(crate::real::dispatch::Baseline, queue);
    }
    Ok(())
}

/// Who is in a lane.
enum Traveler<'a> {
    /// Somebody on the way from age 30 to the start.
    Past(PastJob<'a>, Box<Past>),
    /// Somebody past the start.
    Arm(ArmJob<'a>, Box<Journey<'a>>),
}

impl<'a> Traveler<'a> {
    fn new(job: Job<'a>, rows: &Rows) -> Self {
        match job {
            Job::Past(job) => {
                let past = Past::of(job.arm);
                Self::Past(job, Box::new(past))
            }
            Job::Arm(job) => {
                let journey = Journey::new(job.arm, &job.start, rows);
                Self::Arm(job, Box::new(journey))
            }
        }
    }

    fn body(&self) -> &Body<f64> {
        match self {
            Self::Past(_, past) => &past.body,
            Self::Arm(_, journey) => &journey.body,
        }
    }

    fn state(&mut self) -> &mut [f64; STATE_COUNT] {
        match self {
            Self::Past(_, past) => &mut past.state,
            Self::Arm(_, journey) => &mut journey.state,
        }
    }

    /// The leg after one that is `done`, or the first.
    fn next_leg(&mut self, done: Option<Finish>) -> Option<Leg> {
        match self {
            Self::Past(_, past) => past.leg().filter(|_| done.is_none()),
            Self::Arm(_, journey) => {
                if let Some(finish) = done {
                    journey.leg_done(finish);
                }
                journey.next_leg()
            }
        }
    }

    fn has_new_inputs(&self) -> bool {
        matches!(self, Self::Arm(_, journey) if journey.has_new_inputs())
    }
}

/// All lanes.
struct Caravan<'a, 'c, const W: usize> {
    common: &'c Common<'c>,
    batch: Batch<W>,
    bodies: Box<Bodies<W>>,
    travelers: [Option<Traveler<'a>>; W],
}

impl<'a, 'c, const W: usize> Caravan<'a, 'c, W> {
    /// Empty lanes; `first` is somebody who will travel.
    fn new(first: &Arm, common: &'c Common<'c>) -> Result<Self, Failure> {
        let mut batch = Batch::new(structure()?, tolerances(common.options))?;
        batch.step_limit = common.options.step_limit;
        let bodies = Box::new(Bodies::new(&Past::of(first).body));
        Ok(Self { common, batch, bodies, travelers: std::array::from_fn(|_| None) })
    }

    /// Goes on until the queue is empty or somebody asks to stop.
    fn drive<P: Registers>(mut self, registers: P, queue: &mut Queue<'a>) {
        let mut rounds = 0;
        loop {
            for lane in 0..W {
                self.refill(lane, queue);
            }
            if self.travelers.iter().all(Option::is_none) {
                return;
            }
            rounds = (rounds + 1) % ROUNDS_PER_LOOK;
            if rounds == 1 && !(self.common.go_on)() {
                return self.stop(queue);
            }
            let outcomes = self.batch.round(registers, &*self.bodies);
            for (lane, outcome) in outcomes.into_iter().enumerate() {
                self.learn(lane, outcome, queue);
            }
        }
    }

    /// Puts travelers into an empty lane until one of them is under way.
    fn refill(&mut self, lane: usize, queue: &mut Queue<'a>) {
        while self.travelers.get(lane).is_some_and(Option::is_none) {
            let Some(job) = queue.next() else { return };
            let traveler = Traveler::new(job, self.common.rows);
            self.batch.reset_statistics(lane);
            self.bodies.set_model(lane, traveler.body());
            self.depart(lane, traveler, None, queue);
        }
    }

    /// What one round has made of a lane.
    fn learn(&mut self, lane: usize, outcome: Outcome, queue: &mut Queue<'a>) {
        let end = match outcome {
            Outcome::Idle | Outcome::Rejected => return,
            Outcome::Failed(failure) => Some(Err(failure)),
            Outcome::Accepted => None,
            Outcome::Finished(finish) => Some(Ok(finish)),
        };
        let Some(place) = self.travelers.get_mut(lane) else { return };
        if let (Some(Traveler::Arm(_, journey)), None | Some(Ok(_))) = (&mut *place, &end) {
            let Journey { body, log, .. } = &mut **journey;
            self.batch.show(lane, &mut |view| log.step_taken(body, view));
        }
        let Some(end) = end else { return };
        let Some(mut traveler) = place.take() else { return };
        match end {
            Err(failure) => self.arrive(lane, traveler, Some(&failure), queue),
            Ok(finish) => {
                for (place, value) in traveler.state().iter_mut().zip(self.batch.state(lane)) {
                    *place = *value;
                }
                self.depart(lane, traveler, Some(finish), queue);
            }
        }
    }

    /// Sends a traveler on the next leg, or home after the last.
    fn depart(
        &mut self,
        lane: usize,
        mut traveler: Traveler<'a>,
        mut done: Option<Finish>,
        queue: &mut Queue<'a>,
    ) {
        while let Some(leg) = traveler.next_leg(done) {
            if traveler.has_new_inputs() {
                self.bodies.set_setting(lane, traveler.body());
            }
            match self.batch.begin(lane, leg.start, traveler.state(), leg.end, leg.first_step) {
                Err(failure) => return self.arrive(lane, traveler, Some(&failure), queue),
                Ok(Some(nothing_to_do)) => done = Some(nothing_to_do),
                Ok(None) => {
                    if let Some(place) = self.travelers.get_mut(lane) {
                        *place = Some(traveler);
                    }
                    return;
                }
            }
        }
        self.arrive(lane, traveler, None, queue);
    }

    /// Hands over what a traveler brings home.
    fn arrive(
        &mut self,
        lane: usize,
        traveler: Traveler<'a>,
        failure: Option<&Failure>,
        queue: &mut Queue<'a>,
    ) {
        self.batch.rest(lane);
        let work = work_of(self.batch.statistics(lane));
        match traveler {
            Traveler::Past(job, past) => {
                let outcome =
                    failure.map_or_else(|| Start::after(job.arm, &past, work), |f| Err(*f));
                queue.lived(&job, outcome);
            }
            Traveler::Arm(job, journey) => {
                let mut log = journey.log;
                log.add_work(work);
                let method = self.common.options.method;
                let failure = failure.map(|failure| run_failure(failure, &job.arm.name, method));
                queue.arrived(&job, ArmRun::ended(log.trajectory, failure));
            }
        }
    }

    /// Everybody stops where they are.
    fn stop(&mut self, queue: &mut Queue<'a>) {
        for lane in 0..W {
            let Some(traveler) = self.travelers.get_mut(lane).and_then(Option::take) else {
                continue;
            };
            let time = self.batch.time(lane);
            let failure = Failure { kind: FailureKind::Stopped, time, state: None };
            self.arrive(lane, traveler, Some(&failure), queue);
        }
    }
}
