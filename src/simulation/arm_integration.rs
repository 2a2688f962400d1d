//! One arm from event to event: the segments to integrate and the rows to write.
//!
//! An [`ArmIntegration`] gives the next segment and gets the result of its integration. It is the
//! same for an integrator of one arm and for a lane, for a past and for a run from day 0 on.

use crate::physiology::initial::{least_amounts, reported};
use crate::physiology::readouts::ReadOuts;
use crate::physiology::segment_inputs::{Resolution, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::initial_state::{InitialState, past_segments};
use crate::simulation::integrator::Integrator;
use crate::simulation::model_system::ModelSystem;
use crate::simulation::segments::{Segment, Segments};
use crate::simulation::timeline::{events, output_times};
use crate::simulation::{Method, Options, RowSelection};
use crate::solver::failure::Failure;
use crate::solver::step::StepView;
use crate::trajectory::{Row, Trajectory, Work};

pub(crate) struct ArmIntegration<'a> {
    pub segments: Segments<'a>,
    pub log: Log,
}

/// The rows written so far and the times of the rows to come.
pub(crate) struct Log {
    pub trajectory: Trajectory,
    times: Vec<f64>,
    next_row: usize,
    segment_end: f64,
    least_amounts: [Option<f64>; STATE_COUNT],
}

impl<'a> ArmIntegration<'a> {
    /// The past of an arm, of which no rows are wanted.
    pub(crate) fn of_past(arm: &Arm) -> Self {
        Self::begin(past_segments(arm), Vec::new(), Work::default())
    }

    /// Day 0 of an arm, at an initial state that [`InitialState::fits`] it.
    pub(crate) fn new(arm: &'a Arm, start: &InitialState, rows: &RowSelection) -> Self {
        let usual = SegmentInputs::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
        let (model, events, end) = (start.model(), events(arm), arm.duration_days);
        let segments = Segments::new(model, usual, start.state, events, end, &arm.meal_foods);
        let times = rows.chosen(output_times(arm, &segments.events));
        Self::begin(segments, times, start.work)
    }

    fn begin(segments: Segments<'a>, times: Vec<f64>, work: Work) -> Self {
        let mut trajectory = Trajectory { work, ..Trajectory::default() };
        trajectory.rows.reserve_exact(times.len());
        let least_amounts = least_amounts(&segments.system.model);
        let segment_end = f64::INFINITY;
        let log = Log { trajectory, times, next_row: 0, segment_end, least_amounts };
        Self { segments, log }
    }

    /// Applies the next event and gives the segment after it; `None` at the end.
    pub(crate) fn next_segment(&mut self) -> Option<Segment> {
        let segment = self.segments.next_segment();
        let Segments { system, state, end, .. } = &self.segments;
        let time = segment.map_or(*end, |segment| segment.start);
        self.log.write_until(system, time, state);
        if let Some(segment) = segment {
            self.log.trajectory.work.events += 1;
            self.log.segment_end = segment.end;
        }
        segment
    }

    /// Integrates all segments alone; gives the work.
    ///
    /// `step_taken` gets the day of each step and may stop the integration.
    pub(crate) fn integrate(
        &mut self,
        method: Method,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Work, Failure> {
        let mut integrator = Integrator::new(&self.segments.system, method, options)?;
        let result = self.integrate_segments(&mut integrator, step_taken);
        self.log.add_work(integrator.work());
        result.map(|()| integrator.work())
    }

    fn integrate_segments(
        &mut self,
        integrator: &mut Integrator,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<(), Failure> {
        while let Some(segment) = self.next_segment() {
            let Self { segments: Segments { system, state, .. }, log } = self;
            let mut observer = |view: &StepView<'_>| {
                log.step_taken(system, view);
                step_taken(view.end)
            };
            let finish = integrator.integrate(system, &segment, state, &mut observer)?;
            self.segments.segment_done(finish);
        }
        Ok(())
    }
}

impl InitialState {
    /// The initial state of an arm, whose past is integrated here and now.
    ///
    /// Years are stiff: the past is always integrated by the Rosenbrock method.
    pub(super) fn integrate(
        arm: &Arm,
        options: &Options,
        step_taken: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Self, Failure> {
        let mut past = ArmIntegration::of_past(arm);
        let work = past.integrate(Method::Rosenbrock, options, step_taken)?;
        Self::from_past(arm, &past.segments, work)
    }
}

impl Log {
    /// Writes the rows due before the next segment.
    fn write_until(
        &mut self,
        system: &ModelSystem<f64>,
        time_days: f64,
        state: &[f64; STATE_COUNT],
    ) {
        while self.times.get(self.next_row).is_some_and(|time| *time <= time_days) {
            self.write(system, time_days, state);
            self.next_row += 1;
        }
    }

    /// Writes states, flows and read-outs at one time.
    fn write(&mut self, system: &ModelSystem<f64>, time_days: f64, state: &[f64; STATE_COUNT]) {
        let states = reported(state, &self.least_amounts);
        let named = State::from_array(&states);
        let rates = system.rates(time_days, &named);
        self.trajectory.rows.push(Row {
            time_days,
            states,
            flows: rates.flows.to_array(),
            read_outs: ReadOuts::of(&system.model, &named, &rates).to_array(),
        });
    }

    /// Writes the rows within a step, but not the one at the end of the segment.
    pub(crate) fn step_taken(&mut self, system: &ModelSystem<f64>, view: &StepView<'_>) {
        while let Some(time) = self.row_due(view.end) {
            let mut state = [0.0; STATE_COUNT];
            view.interpolate(time, &mut state);
            self.write(system, time, &state);
            self.next_row += 1;
        }
    }

    /// The time of the next row, if it is not after `until` and lies within the segment.
    pub(crate) fn row_due(&self, until: f64) -> Option<f64> {
        let next = self.times.get(self.next_row).copied();
        next.filter(|time| *time <= until && *time < self.segment_end)
    }

    pub(crate) fn add_work(&mut self, work: Work) {
        let sum = &mut self.trajectory.work;
        sum.steps += work.steps;
        sum.rejected += work.rejected;
        sum.rhs_calls += work.rhs_calls;
        sum.jacobians += work.jacobians;
    }
}
