//! The effect of an event on system and state: other inputs, meals, pills.

use crate::error::defect::OrDefect as _;
use crate::nutrition::diet::MealFoods;
use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::{Dose, Intake};
use crate::physiology::boluses::{Pill, eat_meal, take_pill};
use crate::physiology::inputs::{Inputs, food_inputs};
use crate::physiology::state::{STATE_COUNT, State};
use crate::simulation::model_system::ModelSystem;
use crate::simulation::timeline::{Event, minute_of_day};

/// Applies an event: inputs first, then all doses, which commute. `foods` are those of single meals.
pub(crate) fn apply_event(
    foods: &[MealFoods],
    event: &Event,
    system: &mut ModelSystem<f64>,
    state: &mut [f64; STATE_COUNT],
) {
    if let Some(inputs) = &event.inputs {
        system.segment = **inputs;
    }
    if !event.doses.is_empty() {
        let mut named = State::from_array(state);
        for dose in &event.doses {
            apply_dose(foods, system, dose, &mut named);
        }
        *state = named.to_array();
    }
}

/// Adds the contents of one meal or pill to the state.
fn apply_dose(foods: &[MealFoods], system: &ModelSystem<f64>, dose: &Dose, state: &mut State<f64>) {
    let (model, inputs) = (&system.model, &system.segment.inputs);
    match dose.intake {
        Intake::Meal(share) if foods.is_empty() => eat_meal(model, inputs, share, state),
        Intake::Meal(share) => {
            let (shared, meal_only) =
                split_meal_inputs(inputs, foods, minute_of_day(dose.time_days));
            eat_meal(model, &shared, share, state);
            eat_meal(model, &meal_only, 1.0, state);
        }
        Intake::Pill(substance, amount) => {
            take_pill(model, inputs, pill(substance, amount), state);
        }
    }
}

/// The defect of a nutrient that is no input.
const NO_INPUT: &str = "an input without a value";

/// The inputs of the day's food without the foods of single meals, and those of the foods that are
/// eaten at the meal of this minute only.
fn split_meal_inputs(
    inputs: &Inputs<f64>,
    meals: &[MealFoods],
    minute: u16,
) -> (Inputs<f64>, Inputs<f64>) {
    let (mut shared, mut meal_only) = (*inputs, *inputs);
    for info in food_inputs() {
        *meal_only.get_mut(info.name).or_defect(NO_INPUT) = 0.0;
    }
    for meal in meals {
        let is_now = minute_of_day(meal.hour / 24.0) == minute;
        for (name, amount) in meal.nutrients() {
            let value = shared.get_mut(name).or_defect(NO_INPUT);
            *value = (*value - amount).max(0.0);
            if is_now {
                *meal_only.get_mut(name).or_defect(NO_INPUT) += amount;
            }
        }
    }
    (shared, meal_only)
}

fn pill(substance: Substance, amount: f64) -> Pill {
    let mut pill = Pill::default();
    match substance {
        Substance::Calcium => pill.calcium_mg = amount,
        Substance::VitaminD => pill.vitamin_d_ug = amount,
        Substance::K1 => pill.k1_ug = amount,
        Substance::Mk4 => pill.mk4_ug = amount,
        Substance::Mk7 => pill.mk7_ug = amount,
    }
    pill
}
