//! Boluses: meals into the stomach, pills into their pools (section 10).

use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::state::State;
use crate::physiology::vitamin_k::Bioavailable;

/// Content of a bolus; amounts as on the label.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pill {
    /// Elemental calcium \[mg\].
    pub calcium_mg: f64,
    /// Vitamin D3 \[ug\].
    pub vitamin_d_ug: f64,
    pub k1_ug: f64,
    pub mk4_ug: f64,
    pub mk7_ug: f64,
}

/// A meal with this share of the day's food reaches the stomach.
///
/// stomach += share · calcium_diet; store += share · vitamin_d_diet; gut pools += share ·
/// bioavailable food. The calcium is booked against the intake source.
pub(crate) fn eat_meal(
    model: &Model<f64>,
    inputs: &Inputs<f64>,
    share: f64,
    state: &mut State<f64>,
) {
    calcium_bolus(share * inputs.calcium_diet_mg_per_day, state);
    state.vitamin_d_store_ug += share * inputs.vitamin_d_diet_ug_per_day;
    add_vitamin_k(share, &Bioavailable::of_food(inputs, &model.parameters), state);
}

/// A pill reaches the stomach.
///
/// Calcium enters the stomach, vitamin D its store, vitamin K the gut pools after the same
/// bioavailability (and condition factor) as in the averaged equations.
pub(crate) fn take_pill(
    model: &Model<f64>,
    inputs: &Inputs<f64>,
    pill: Pill,
    state: &mut State<f64>,
) {
    calcium_bolus(pill.calcium_mg, state);
    state.vitamin_d_store_ug += pill.vitamin_d_ug;
    let bioavailable = Bioavailable::of_pills(
        inputs.vitamin_k_absorption_factor,
        pill.k1_ug,
        pill.mk4_ug,
        pill.mk7_ug,
        &model.parameters,
    );
    add_vitamin_k(1.0, &bioavailable, state);
}

fn calcium_bolus(calcium_mg: f64, state: &mut State<f64>) {
    state.stomach_calcium_mg += calcium_mg;
    state.intake_source_mg -= calcium_mg;
}

fn add_vitamin_k(share: f64, amount: &Bioavailable<f64>, state: &mut State<f64>) {
    state.k1_slow_gut_ug += share * amount.k1_slow;
    state.k1_fast_gut_ug += share * amount.k1_fast;
    state.mk4_gut_ug += share * amount.mk4;
    state.mk7_gut_ug += share * amount.mk7;
    state.long_chain_mk_gut_ug += share * amount.long_chain_mk;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::physiology::initial::reference_state;
    use crate::physiology::person::Person;
    use crate::physiology::tests::near;
    use approx::assert_relative_eq;

    #[test]
    fn shares_of_a_day_add_up_to_the_averaged_day() {
        let model = Model::new(&Parameters::PARADOX, &Person::default());
        let inputs = Inputs { k1_oil_ug_per_day: 20.0, ..Inputs::reference(&model.parameters) };
        let before = reference_state(&model);
        let mut after = before;
        for share in [0.3, 0.3, 0.4] {
            eat_meal(&model, &inputs, share, &mut after);
        }
        assert_relative_eq!(after.stomach_calcium_mg, 1000.0);
        assert_relative_eq!(after.intake_source_mg, -1000.0);
        near(after.vitamin_d_store_ug - before.vitamin_d_store_ug, 5.0);
        near(after.k1_slow_gut_ug - before.k1_slow_gut_ug, 24.0);
        near(after.k1_fast_gut_ug, 10.0);
        near(after.mk7_gut_ug - before.mk7_gut_ug, 0.5);
    }

    #[test]
    fn a_pill_fills_its_pools() {
        let model = Model::new(&Parameters::PARADOX, &Person::default());
        let inputs =
            Inputs { vitamin_k_absorption_factor: 0.5, ..Inputs::reference(&model.parameters) };
        let mut state = reference_state(&model);
        let before = state;
        let pill =
            Pill { calcium_mg: 500.0, vitamin_d_ug: 25.0, k1_ug: 10.0, mk4_ug: 5.0, mk7_ug: 100.0 };
        take_pill(&model, &inputs, pill, &mut state);
        assert_eq!((state.stomach_calcium_mg, state.intake_source_mg), (500.0, -500.0));
        near(state.vitamin_d_store_ug - before.vitamin_d_store_ug, 25.0);
        near(state.k1_fast_gut_ug, 4.0);
        near(state.mk4_gut_ug - before.mk4_gut_ug, 2.0);
        near(state.mk7_gut_ug - before.mk7_gut_ug, 40.0);
        take_pill(&model, &inputs, Pill::default(), &mut state);
        assert_eq!(state.stomach_calcium_mg, 500.0);
    }
}
