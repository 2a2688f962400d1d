//! One arm from event to event: the segments to integrate and the rows to write.
//!
//! An [`ArmIntegration`] gives the next segment and gets the result of its integration. It is the
//! same for an integrator of one arm and for a lane.

use crate::physiology::initial::{least_amounts, reported};
use crate::physiology::readouts::ReadOuts;
use crate::physiology::segment_inputs::{Resolution, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::RowSelection;
use crate::simulation::initial_state::InitialState;
use crate::simulation::model_system::ModelSystem;
use crate::simulation::segments::{Segment, Segments};
use crate::simulation::timeline::{events, output_times};
use crate::solver::step::StepView;
use crate::trajectory::{Row, Trajectory, Work};

pub(crate) struct ArmIntegration<'a> {
    arm: &'a Arm,
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
    /// Day 0 of an arm, at an initial state that [`InitialState::fits`] it.
    pub(crate) fn new(arm: &'a Arm, start: &InitialState, rows: &RowSelection) -> Self {
        let model = start.model();
        let usual = SegmentInputs::new(&arm.habitual, Resolution::Averaged, None, &arm.parameters);
        let (events, end) = (events(arm), arm.duration_days);
        let segments = Segments::new(model, usual, start.state, events, end, &arm.meal_foods);
        let times = rows.chosen(output_times(arm, segments.events()));
        let mut trajectory = Trajectory { work: start.work, ..Trajectory::default() };
        trajectory.rows.reserve_exact(times.len());
        let least_amounts = least_amounts(&model);
        let segment_end = f64::INFINITY;
        let log = Log { trajectory, times, next_row: 0, segment_end, least_amounts };
        Self { arm, segments, log }
    }

    /// Applies the next event and gives the segment after it; `None` at the end of the arm.
    pub(crate) fn next_segment(&mut self) -> Option<Segment> {
        let segment = self.segments.next_segment();
        let Segments { system, state, .. } = &self.segments;
        let Some(segment) = segment else {
            self.log.write(system, self.arm.duration_days, state);
            return None;
        };
        self.log.trajectory.work.events += 1;
        self.log.segment_end = segment.end;
        self.log.write_start(system, segment.start, state);
        Some(segment)
    }
}

impl Log {
    /// Writes the rows due at the start of a segment.
    fn write_start(
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
