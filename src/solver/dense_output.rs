//! The solution inside a step, of order 4, from the stages alone.

use super::attempt::Workspace;
use super::tableau::{H, STAGES};

/// Weight of each stage at share `at` of the step: at·(1−at)·(H₁ + at·(H₂ + at·H₃)).
fn stage_weights(at: f64) -> [f64; STAGES] {
    let [first, second, third] = &H;
    let mut weights = *third;
    for ((weight, second), first) in weights.iter_mut().zip(second).zip(first) {
        *weight = at * (1.0 - at) * (first + at * (second + at * *weight));
    }
    weights
}

/// Writes the state at share `at` (0 to 1) of the step just attempted; `number` picks the lane.
pub(crate) fn interpolate<S>(
    workspace: &Workspace<S>,
    number: impl Fn(&S) -> f64,
    at: f64,
    state: &mut [f64],
) {
    for ((value, start), end) in state.iter_mut().zip(&workspace.start).zip(&workspace.trial) {
        let (start, end) = (number(start), number(end));
        *value = if at < 1.0 { start + at * (end - start) } else { end };
    }
    for (weight, stage) in stage_weights(at).into_iter().zip(&workspace.stages) {
        for (value, change) in state.iter_mut().zip(stage) {
            *value += weight * number(change);
        }
    }
}
