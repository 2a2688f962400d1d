//! The events of an arm (phase starts and doses) and the times of its output rows.

use crate::nutrition::schedule::{Dose, doses, run_in_days, run_in_doses, snapped};
use crate::physiology::initial::{prelude_end_days, prelude_start_days};
use crate::physiology::model::Model;
use crate::physiology::segment_inputs::{Resolution, SegmentInputs};
use crate::scenario::Arm;

/// Times closer than this are the same time \[d\].
pub(crate) const SAME_TIME_DAYS: f64 = 1e-9;

/// All changes of inputs and all doses at one time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    pub time_days: f64,
    /// The inputs from this time on, if they change.
    pub inputs: Option<Box<SegmentInputs<f64>>>,
    /// Meals and pills taken at this time.
    pub doses: Vec<Dose>,
}

impl Event {
    fn of_inputs(time_days: f64, inputs: SegmentInputs<f64>) -> Self {
        Self { time_days, inputs: Some(Box::new(inputs)), doses: Vec::new() }
    }

    fn of_dose(dose: Dose) -> Self {
        Self { time_days: dose.time_days, inputs: None, doses: vec![dose] }
    }

    /// The minute of the day, which recurs from day to day.
    pub(crate) fn minute_of_day(&self) -> u16 {
        minute_of_day(self.time_days)
    }
}

/// The minute of the day of a time \[d\].
pub(crate) fn minute_of_day(time_days: f64) -> u16 {
    (time_days.rem_euclid(1.0) * 1440.0).round() as u16 % 1440
}

/// All events of an arm with 0 ≤ time < duration, ascending, one per time.
///
/// The first is at day 0 and carries the inputs of the first phase.
pub(crate) fn events(arm: &Arm) -> Vec<Event> {
    let phases = arm.phases.iter().map(|phase| {
        let inputs = SegmentInputs::new(&phase.inputs, arm.resolution, arm.season, &arm.parameters);
        Event::of_inputs(snapped(phase.start_day), inputs)
    });
    let dose_events = doses(arm.resolution, &arm.meals, &arm.regimens, arm.duration_days, arm.seed)
        .into_iter()
        .map(Event::of_dose);
    let within = phases.filter(|event| event.time_days < arm.duration_days);
    merged(within.chain(dose_events).collect())
}

/// All events of the past of an arm, ascending: the prelude and the life history begin, the season
/// begins, the run-in begins, doses are taken.
pub(crate) fn past_events(arm: &Arm, model: &Model<f64>) -> Vec<Event> {
    let p = &model.parameters;
    let (start, grown_up) = (prelude_start_days(model), prelude_end_days(model));
    let season_start = -p.season_before_start_years * p.days_per_year;
    let run_in = match arm.resolution {
        Resolution::Averaged => 0.0,
        Resolution::Pills => run_in_days(p.run_in_days_pills, &arm.habitual_regimens),
        Resolution::Meals => run_in_days(p.run_in_days_meals, &arm.habitual_regimens),
    };
    let has_season = arm.season.is_some_and(|season| season.amplitude != 0.0);
    let mut times = vec![start, grown_up];
    times.extend(has_season.then_some(season_start));
    times.extend(arm.earlier_habits.iter().map(|habits| habits.until_day));
    times.extend((run_in > 0.0).then_some(-run_in));
    times.retain(|time| *time >= start && *time < 0.0);
    let begins = |time: f64| {
        let resolution = if time >= -run_in { arm.resolution } else { Resolution::Averaged };
        let season = arm.season.filter(|_| has_season && time >= season_start);
        let inputs = SegmentInputs::new(&arm.habits_on(time), resolution, season, p);
        Event::of_inputs(time, if time < grown_up { inputs.in_prelude(p) } else { inputs })
    };
    let doses = run_in_doses(arm.resolution, &arm.meals, &arm.habitual_regimens, run_in);
    let doses = doses.into_iter().map(Event::of_dose).filter(|event| event.time_days >= start);
    merged(times.into_iter().map(begins).chain(doses).collect())
}

/// Sorts events and puts those of one time together.
fn merged(mut all: Vec<Event>) -> Vec<Event> {
    all.sort_by(|a, b| a.time_days.total_cmp(&b.time_days));
    let mut merged: Vec<Event> = Vec::with_capacity(all.len());
    for event in all {
        match merged.last_mut() {
            Some(last) if event.time_days - last.time_days <= SAME_TIME_DAYS => {
                last.inputs = event.inputs.or_else(|| last.inputs.take());
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
    // a guess, kept within bounds
    let guess = (end / arm.output_every_days).min(1e6) as usize + 2;
    let mut times = Vec::with_capacity(guess);
    let rows = (0_u64..).map(|row| row as f64 * arm.output_every_days);
    times.extend(rows.take_while(|time| *time < end - SAME_TIME_DAYS));
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
