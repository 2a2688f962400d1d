//! What an event does to a body: other inputs, meals, pills.

use crate::nutrition::diet::{EATEN, MealFoods};
use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::{Dose, Intake};
use crate::physiology::boluses::{Pill, eat_meal, take_pill};
use crate::physiology::inputs::Inputs;
use crate::physiology::setting::Setting;
use crate::physiology::state::{STATE_COUNT, State};
use crate::scenario::Arm;
use crate::simulation::body::Body;
use crate::simulation::timeline::{Event, minute_of_day};

/// Lets an event happen: inputs first, then all doses, which commute.
pub fn happen(arm: &Arm, event: &Event, body: &mut Body<f64>, state: &mut [f64; STATE_COUNT]) {
    if let Some(inputs) = &event.inputs {
        let parameters = &body.model.parameters;
        body.setting = Setting::new(inputs, arm.resolution, arm.season, parameters);
    }
    if !event.doses.is_empty() {
        let mut named = State::from_array(state);
        for dose in &event.doses {
            swallow(arm, body, dose, &mut named);
        }
        *state = named.to_array();
    }
}

fn swallow(arm: &Arm, body: &Body<f64>, dose: &Dose, state: &mut State<f64>) {
    let (model, inputs) = (&body.model, &body.setting.inputs);
    match dose.intake {
        Intake::Meal(share) if arm.meal_foods.is_empty() => eat_meal(model, inputs, share, state),
        Intake::Meal(share) => {
            let (rest, own) = apart(inputs, &arm.meal_foods, minute_of_day(dose.time_days));
            eat_meal(model, &rest, share, state);
            eat_meal(model, &own, 1.0, state);
        }
        Intake::Pill(substance, amount) => {
            take_pill(model, inputs, pill(substance, amount), state);
        }
    }
}

/// The day's food without that of single meals, and what is eaten at the meal of this minute only.
fn apart(inputs: &Inputs<f64>, meals: &[MealFoods], minute: u16) -> (Inputs<f64>, Inputs<f64>) {
    let (mut rest, mut own) = (*inputs, *inputs);
    for name in EATEN {
        if let Some(value) = own.get_mut(name) {
            *value = 0.0;
        }
    }
    for meal in meals {
        let is_now = minute_of_day(meal.hour / 24.0) == minute;
        for (name, amount) in meal.nutrients() {
            if let Some(value) = rest.get_mut(name) {
                *value = (*value - amount).max(0.0);
            }
            if let Some(value) = own.get_mut(name).filter(|_| is_now) {
                *value += amount;
            }
        }
    }
    (rest, own)
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
