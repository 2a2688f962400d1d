//! The result of a run: rows of states, flows and read-outs, with names and units.

use crate::error::defect::OrDefect as _;
use crate::physiology::ledger::FLOW_COUNT;
use crate::physiology::quantities::{Quantity, READ_OUT_COUNT, TrajectoryColumn};
use crate::physiology::state::STATE_COUNT;

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Time from the scenario's start \[d\].
    pub time_days: f64,
    /// The states, in the order of `physiology::state::STATES`.
    pub states: [f64; STATE_COUNT],
    /// The flows \[mg/d\], in the order of `physiology::ledger::LEDGER`.
    pub flows: [f64; FLOW_COUNT],
    /// The read-outs, in the order of `quantities.csv`.
    pub read_outs: [f64; READ_OUT_COUNT],
}

impl Row {
    #[cfg(test)]
    pub(crate) const fn zeros(time_days: f64) -> Self {
        let (states, flows) = ([0.0; STATE_COUNT], [0.0; FLOW_COUNT]);
        Self { time_days, states, flows, read_outs: [0.0; READ_OUT_COUNT] }
    }

    pub fn value(&self, column: TrajectoryColumn) -> f64 {
        let value = match column {
            TrajectoryColumn::State(index) => self.states.get(index),
            TrajectoryColumn::Flow(index) => self.flows.get(index),
            TrajectoryColumn::ReadOut(index) => self.read_outs.get(index),
        };
        value.copied().or_defect("a column outside of its row")
    }
}

/// Counts of the work of a run, the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Work {
    pub steps: u64,
    pub rejected: u64,
    /// Evaluations of the right-hand side.
    pub rhs_calls: u64,
    pub jacobians: u64,
    /// Restarts at meals, pills and phase changes.
    pub events: u64,
}

/// Rows of one arm, ascending in time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trajectory {
    /// Output rows, first to last day.
    pub rows: Vec<Row>,
    /// Work of the lived past and of the run.
    pub work: Work,
    /// False if the run ended early.
    pub complete: bool,
}

impl Trajectory {
    /// One quantity at every row.
    pub fn series(&self, quantity: &Quantity) -> Vec<f64> {
        self.rows.iter().map(|row| row.value(quantity.column)).collect()
    }

    /// The times of the rows \[d\].
    pub fn times(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.time_days).collect()
    }

    /// One quantity at any time between the first and last row, linear between rows.
    ///
    /// `None` without rows, outside them, or for a time that is not finite.
    pub fn at(&self, quantity: &Quantity, time_days: f64) -> Option<f64> {
        let after = self.rows.partition_point(|row| row.time_days < time_days);
        let right = self.rows.get(after)?;
        let high = right.value(quantity.column);
        if right.time_days == time_days {
            return Some(high);
        }
        let left = self.rows.get(after.checked_sub(1)?)?;
        let low = left.value(quantity.column);
        let share = (time_days - left.time_days) / (right.time_days - left.time_days);
        Some(low + share * (high - low))
    }
}
