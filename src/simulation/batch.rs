//! Many arms side by side in lanes, each to the bits that it has alone.
//!
//! A lane takes the next arm as soon as its own has ended. What happens to an arm is decided by
//! its [`Journey`], as if it ran alone.

#[cfg(target_arch = "x86_64")]
use crate::real::dispatch::{Eight, Four};
use crate::real::dispatch::{Registers, Width};
use crate::scenario::Arm;
use crate::simulation::bodies::Bodies;
use crate::simulation::integrator::{run_failure, structure, tolerances, work_of};
use crate::simulation::journey::{Journey, Leg, Part};
use crate::simulation::run::run_arm;
use crate::simulation::{ArmRun, Method, Options};
use crate::solver::batch::{Batch, Outcome};
use crate::solver::failure::Failure;
use crate::solver::step::Finish;

/// Runs arms as [`run_arm`] does, to the same bits, several side by side.
///
/// `arms` is asked for the next arm when a lane is free and ends the work by ending. `deliver` is
/// told the position of an arm in `arms` and its run as soon as it ends: long runs come late.
/// The number of lanes is what this machine has registers for.
pub fn run_arms(
    arms: &mut dyn Iterator<Item = Arm>,
    options: &Options,
    deliver: &mut dyn FnMut(usize, ArmRun),
) {
    run_arms_at(Width::widest(), arms, options, deliver);
}

/// [`run_arms`] with registers of one width, or of the baseline where it is missing.
pub fn run_arms_at(
    width: Width,
    arms: &mut dyn Iterator<Item = Arm>,
    options: &Options,
    deliver: &mut dyn FnMut(usize, ArmRun),
) {
    let mut arms = arms.enumerate();
    if options.method == Method::Rosenbrock {
        // Without lanes nothing has been taken from `arms`: each runs alone.
        let _ = in_lanes(width, &mut arms, options, deliver);
    }
    for (index, arm) in arms {
        deliver(index, run_arm(&arm, options, &mut |_| true));
    }
}

/// Chooses registers and lanes.
fn in_lanes(
    width: Width,
    arms: &mut Arms<'_>,
    options: &Options,
    deliver: &mut Deliver<'_>,
) -> Result<(), Failure> {
    #[cfg(target_arch = "x86_64")]
    {
        if let (Width::Eight, Some(eight)) = (width, Eight::find()) {
            return drive::<8, _>(eight, arms, options, deliver);
        }
        if let (Width::Eight | Width::Four, Some(four)) = (width, Four::find()) {
            return drive::<4, _>(four, arms, options, deliver);
        }
    }
    // Two numbers at a time gain little and cost compile time: without AVX2 arms run alone.
    #[cfg(target_arch = "x86_64")]
    return Ok(());
    #[cfg(not(target_arch = "x86_64"))]
    drive::<4, _>(crate::real::dispatch::Baseline, arms, options, deliver)
}

/// An arm in a lane.
struct Traveler {
    index: usize,
    journey: Journey<Arm>,
    leg: Option<Leg>,
}

/// All lanes.
struct Caravan<const W: usize> {
    batch: Batch<W>,
    bodies: Bodies<W>,
    travelers: [Option<Traveler>; W],
}

type Arms<'a> = dyn Iterator<Item = (usize, Arm)> + 'a;
type Deliver<'a> = dyn FnMut(usize, ArmRun) + 'a;

/// Runs all arms; an error, before the first, if there can be no lanes at all.
fn drive<const W: usize, P: Registers>(
    registers: P,
    arms: &mut Arms<'_>,
    options: &Options,
    deliver: &mut Deliver<'_>,
) -> Result<(), Failure> {
    let mut batch = Batch::<W>::new(structure()?, tolerances(options))?;
    batch.step_limit = options.step_limit;
    let Some(first) = arms.next() else { return Ok(()) };
    let bodies = Bodies::new(&Journey::new(&first.1).body);
    let mut caravan = Caravan { batch, bodies, travelers: std::array::from_fn(|_| None) };
    let mut arms = std::iter::once(first).chain(arms);
    for lane in 0..W {
        caravan.refill(lane, &mut arms, deliver);
    }
    while caravan.travelers.iter().any(Option::is_some) {
        let outcomes = caravan.batch.round(registers, &caravan.bodies);
        for (lane, outcome) in outcomes.into_iter().enumerate() {
            if !caravan.goes_on(lane, outcome, deliver) {
                caravan.refill(lane, &mut arms, deliver);
            }
        }
    }
    Ok(())
}

impl<const W: usize> Caravan<W> {
    /// Puts arms into a lane until one of them is under way.
    fn refill(&mut self, lane: usize, arms: &mut Arms<'_>, deliver: &mut Deliver<'_>) {
        for (index, arm) in arms {
            let traveler = Traveler { index, journey: Journey::new(arm), leg: None };
            self.batch.reset_statistics(lane);
            self.bodies.set_model(lane, &traveler.journey.body);
            if let Some(place) = self.travelers.get_mut(lane) {
                *place = Some(traveler);
            }
            if self.departs(lane, None, deliver) {
                return;
            }
        }
    }

    /// What one round has made of a lane; whether its arm is still under way.
    fn goes_on(&mut self, lane: usize, outcome: Outcome, deliver: &mut Deliver<'_>) -> bool {
        let Some(Some(Traveler { journey, leg, .. })) = self.travelers.get_mut(lane) else {
            return true;
        };
        let finish = match outcome {
            Outcome::Idle | Outcome::Rejected => return true,
            Outcome::Failed(failure) => {
                self.arrive(lane, Some(failure), deliver);
                return false;
            }
            Outcome::Accepted => None,
            Outcome::Finished(finish) => Some(finish),
        };
        let Journey { body, log, state, .. } = journey;
        if leg.is_some_and(|leg| leg.part == Part::Scenario) && log.has_rows_left() {
            self.batch.show(lane, &mut |view| log.step_taken(body, view));
        }
        let Some(finish) = finish else { return true };
        for (place, value) in state.iter_mut().zip(self.batch.state(lane)) {
            *place = *value;
        }
        self.departs(lane, Some(finish), deliver)
    }

    /// Sends a lane on its next leg; false if it has arrived.
    fn departs(&mut self, lane: usize, mut done: Option<Finish>, to: &mut Deliver<'_>) -> bool {
        loop {
            match self.next_leg(lane, done) {
                Err(failure) => {
                    self.arrive(lane, Some(failure), to);
                    return false;
                }
                Ok(Step::Arrived) => {
                    self.arrive(lane, None, to);
                    return false;
                }
                Ok(Step::UnderWay) => return true,
                Ok(Step::Nothing(finish)) => done = Some(finish),
            }
        }
    }

    fn next_leg(&mut self, lane: usize, done: Option<Finish>) -> Result<Step, Failure> {
        let Some(Some(traveler)) = self.travelers.get_mut(lane) else { return Ok(Step::Arrived) };
        let journey = &mut traveler.journey;
        let leg = match (&traveler.leg, done) {
            (None, _) => journey.history(),
            (Some(Leg { part: Part::History, .. }), _) => {
                journey.log.add_work(work_of(self.batch.statistics(lane)));
                self.batch.reset_statistics(lane);
                None
            }
            (Some(_), Some(finish)) => {
                journey.leg_done(finish);
                journey.next_leg()
            }
            (Some(_), None) => return Ok(Step::Arrived),
        };
        let from_start = !matches!(traveler.leg, Some(Leg { part: Part::Scenario, .. }));
        let leg = match leg {
            None if from_start => {
                journey.start()?;
                journey.next_leg()
            }
            leg => leg,
        };
        let Some(leg) = leg else { return Ok(Step::Arrived) };
        traveler.leg = Some(leg);
        if leg.part == Part::Scenario && journey.has_new_inputs() {
            self.bodies.set_setting(lane, &journey.body);
        }
        let begun = self.batch.begin(lane, leg.start, &journey.state, leg.end, leg.first_step)?;
        Ok(begun.map_or(Step::UnderWay, Step::Nothing))
    }

    /// Ends the run of a lane and hands it over.
    fn arrive(&mut self, lane: usize, failure: Option<Failure>, deliver: &mut Deliver<'_>) {
        self.batch.rest(lane);
        let Some(traveler) = self.travelers.get_mut(lane).and_then(Option::take) else { return };
        let Traveler { index, mut journey, leg } = traveler;
        if leg.is_some_and(|leg| leg.part == Part::Scenario) {
            journey.log.add_work(work_of(self.batch.statistics(lane)));
        }
        let name = journey.arm().name.clone();
        let failure = failure.map(|failure| run_failure(&failure, &name, Method::Rosenbrock));
        let mut trajectory = journey.log.trajectory;
        trajectory.complete = failure.is_none();
        deliver(index, ArmRun { trajectory, failure });
    }
}

/// What comes after a leg.
enum Step {
    /// The next leg has begun.
    UnderWay,
    /// The next leg has no length.
    Nothing(Finish),
    /// There is none.
    Arrived,
}
