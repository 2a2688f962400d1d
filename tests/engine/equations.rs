//! What runs against what reads: the same terms at any state, for anybody.

use super::physiology::{MODES, any_inputs, any_parameters, any_person, any_state};
use crate::physiology::balance::{Rates, evaluate};
use crate::physiology::equations::{Moment, changes, flows};
use crate::physiology::ledger::LEDGER;
use crate::physiology::model::Model;
use crate::physiology::segment_inputs::{Season, SegmentInputs};
use crate::physiology::state::STATES;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_runs_gives_the_terms_of_the_whole_equations(
        parameters in any_parameters(), state in any_state(), inputs in any_inputs(),
        person in any_person(), mode in 0..3_usize, day in -6000.0..3650.0_f64,
        (in_prelude, amplitude, scale) in (any::<bool>(), 0.0..1.0_f64, 0.5..1.5_f64),
    ) {
        let mut model = Model::new(&parameters, &person);
        model.person.bone_set_point_scale = scale;
        let season = Some(Season { amplitude, start_day_of_year: 30.0 });
        let mut segment = SegmentInputs::new(&inputs, MODES[mode], season, &parameters);
        if in_prelude {
            segment = segment.in_prelude(&parameters);
        }
        let moment = Moment { model: &model, segment: &segment, time_days: day, state: &state };
        let Rates { flows: run, changes: changed, .. } = evaluate(&model, &segment, day, &state);
        for ((a, b), row) in run.to_array().iter().zip(flows(&moment).to_array()).zip(&LEDGER) {
            prop_assert!((a - b).abs() <= 1e-11 * b.abs() + 1e-12, "{}: {a} {b}", row.name);
        }
        let others = STATES.iter().filter(|state| state.pool.is_none());
        let pairs = changed.to_array().into_iter().zip(changes(&moment).to_array()).zip(others);
        for ((a, b), state) in pairs {
            // A rate is a difference of larger terms, whose noise it has.
            let noise = 1e-11 * (b.abs() + 300.0 * state.scale);
            prop_assert!((a - b).abs() <= noise, "{}: {a} {b}", state.name);
        }
    }
}
