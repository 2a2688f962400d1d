//! The events of an arm (phase starts and doses) and the times of its output rows.

use crate::nutrition::schedule::{Dose, doses, snapped};
use crate::physiology::inputs::Inputs;
use crate::scenario::Arm;

/// Times closer than this are the same time \[d\].
pub(crate) const SAME_TIME_DAYS: f64 = 1e-9;

/// All changes of inputs and all doses at one time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// Time \[d\].
    pub time_days: f64,
    /// The inputs from this time on, if a phase starts.
    pub inputs: Option<Inputs<f64>>,
    /// Meals and pills taken at this time.
    pub doses: Vec<Dose>,
}

impl Event {
    /// The minute of the day, which recurs from day to day.
    pub(crate) fn minute_of_day(&self) -> u16 {
        minute_of_day(self.time_days)
    }
}

/// The minute of the day of a time \[d\].
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn minute_of_day(time_days: f64) -> u16 {
    (time_days.rem_euclid(1.0) * 1440.0).round() as u16 % 1440
}

/// All events of an arm with 0 ≤ time < duration, ascending, one per time.
///
/// The first is at day 0 and carries the inputs of the first phase.
pub(crate) fn events(arm: &Arm) -> Vec<Event> {
    let phases = arm.phases.iter().map(|phase| Event {
        time_days: snapped(phase.start_day),
        inputs: Some(phase.inputs),
        doses: Vec::new(),
    });
    let dose_events = doses(arm.resolution, &arm.meals, &arm.regimens, arm.duration_days, arm.seed)
        .into_iter()
        .map(|dose| Event { time_days: dose.time_days, inputs: None, doses: vec![dose] });
    let mut all: Vec<Event> = phases.filter(|e| e.time_days < arm.duration_days).collect();
    all.extend(dose_events);
    all.sort_by(|a, b| a.time_days.total_cmp(&b.time_days));
    let mut merged: Vec<Event> = Vec::with_capacity(all.len());
    for event in all {
        match merged.last_mut() {
            Some(last) if event.time_days - last.time_days <= SAME_TIME_DAYS => {
                last.inputs = event.inputs.or(last.inputs);
                last.doses.extend(event.doses);
            }
            _ => merged.push(event),
        }
    }
    merged
}

/// The times of the output rows: 0, every, 2·every, …, and the end.
///
/// A time within [`SAME_TIME_DAYS`] of an event or of the end is that time.
pub(crate) fn output_times(arm: &Arm, events: &[Event]) -> Vec<f64> {
    let end = arm.duration_days;
    #[allow(clippy::cast_precision_loss)]
    let mut times: Vec<f64> = (0_u64..)
        .map(|row| row as f64 * arm.output_every_days)
        .take_while(|time| *time < end - SAME_TIME_DAYS)
        .collect();
    let mut event_times = events.iter().map(|event| event.time_days).peekable();
    for time in &mut times {
        while event_times.next_if(|event| *event < *time - SAME_TIME_DAYS).is_some() {}
        if let Some(event) =
            event_times.peek().filter(|event| (**event - *time).abs() <= SAME_TIME_DAYS)
        {
            *time = *event;
        }
    }
    times.push(end);
    times
}
