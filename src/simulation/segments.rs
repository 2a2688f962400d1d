//! The segments of an integration, from event to event.
//!
//! A [`Segments`] holds system and state, applies each event when its time has come and remembers
//! the step sizes that were accepted after it. The lived past and the run of an arm both are one.

use crate::nutrition::diet::MealFoods;
use crate::physiology::model::Model;
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::STATE_COUNT;
use crate::simulation::event::apply_event;
use crate::simulation::model_system::ModelSystem;
use crate::simulation::timeline::Event;
use crate::solver::step::Finish;
use std::collections::BTreeMap;

/// A segment of time without events, integrated in one call of the solver.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Segment {
    /// \[d\], like all of them.
    pub start: f64,
    pub end: f64,
    /// First step size to try, if one is known.
    pub first_step: Option<f64>,
}

pub(crate) struct Segments<'a> {
    /// The person and the inputs in force.
    pub system: ModelSystem<f64>,
    /// The state at the end of the last segment.
    pub state: [f64; STATE_COUNT],
    meal_foods: &'a [MealFoods],
    pub events: Vec<Event>,
    /// Index of the event at which the next segment starts.
    next_event: usize,
    /// End of the last segment \[d\].
    pub end: f64,
    /// First step size that was accepted after the doses at a minute of the day \[d\].
    first_steps: BTreeMap<u16, f64>,
    next_step: Option<f64>,
}

impl<'a> Segments<'a> {
    /// Begins with the first of the `events`, which carries the inputs, at `state`.
    pub(crate) fn new(
        model: Model<f64>,
        usual: SegmentInputs<f64>,
        state: [f64; STATE_COUNT],
        events: Vec<Event>,
        end: f64,
        meal_foods: &'a [MealFoods],
    ) -> Self {
        Self {
            system: ModelSystem { model, segment: usual },
            state,
            meal_foods,
            events,
            next_event: 0,
            end,
            first_steps: BTreeMap::new(),
            next_step: None,
        }
    }

    /// Applies the next event and gives the segment after it; `None` after the last.
    pub(crate) fn next_segment(&mut self) -> Option<Segment> {
        let event = self.events.get(self.next_event)?;
        self.next_event += 1;
        let following = self.events.get(self.next_event).map(|event| event.time_days);
        apply_event(self.meal_foods, event, &mut self.system, &mut self.state);
        let first_step = if event.doses.is_empty() {
            self.next_step
        } else {
            self.first_steps.get(&event.minute_of_day()).copied()
        };
        let end = following.unwrap_or(self.end);
        Some(Segment { start: event.time_days, end, first_step })
    }

    /// Keeps the step sizes of a finished segment for later segments.
    pub(crate) fn segment_done(&mut self, finish: Finish) {
        self.next_step = Some(finish.next_step);
        let (steps, current) = (&mut self.first_steps, self.next_event.checked_sub(1));
        let event = current.and_then(|index| self.events.get(index));
        if let Some(event) = event.filter(|event| !event.doses.is_empty()) {
            steps.insert(event.minute_of_day(), finish.first_step);
        }
    }

    /// True if the inputs changed at the start of this segment.
    pub(crate) fn has_new_inputs(&self) -> bool {
        let event = self.next_event.checked_sub(1).and_then(|index| self.events.get(index));
        event.is_some_and(|event| event.inputs.is_some())
    }
}
