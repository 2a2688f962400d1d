//! The model as a whole: conservation, steady state, derivatives, monotone responses.

use crate::parameters::{Hypothesis, PARAMETER_TABLE, Parameters};
use crate::physiology::balance::{
    Share, TERM_COUNT, derivatives, evaluate, part_of_source, shares, term_of_state,
};
use crate::physiology::initial::reference_state;
use crate::physiology::inputs::{INPUTS, Inputs};
use crate::physiology::ledger::{LEDGER, Pool};
use crate::physiology::model::Model;
use crate::physiology::person::{Person, Sex};
use crate::physiology::segment_inputs::{Resolution, Season, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, STATES, State};
use crate::real::{Dual, Pattern};
use proptest::prelude::*;

fn reference_model(
    hypothesis: Hypothesis,
    sex: Sex,
) -> (Model<f64>, SegmentInputs<f64>, State<f64>) {
    let parameters = hypothesis.parameters();
    let model = Model::new(&parameters, &Person { sex, ..Person::default() });
    let inputs = Inputs::reference(&parameters);
    let segment = SegmentInputs::new(&inputs, Resolution::Averaged, None, &parameters);
    (model, segment, reference_state(&model))
}

/// Pools that count calcium from day 0 and so never stand still.
const ACCUMULATORS: [Pool; 4] = [Pool::IntakeSource, Pool::Feces, Pool::Urine, Pool::Sweat];

/// Target 12.3: a steady state apart from aortic uptake, which leaves the blood.
#[test]
fn the_reference_person_stands_still() {
    for hypothesis in Hypothesis::ALL {
        for sex in [Sex::Female, Sex::Male] {
            let (model, segment, state) = reference_model(hypothesis, sex);
            let rates = evaluate(&model, &segment, 0.0, &state);
            let change = derivatives(&rates);
            for (index, info) in STATES.iter().enumerate() {
                if info.pool.is_some_and(|pool| ACCUMULATORS.contains(&pool)) {
                    continue;
                }
                let uptake = match (info.pool, info.name) {
                    (Some(Pool::Aortic), _) => 0.00807,
                    (Some(Pool::Ecf), _) => -0.00807,
                    (_, "aortic_removable_mg") => 0.5 * 0.00807,
                    _ => 0.0,
                };
                // Pools are sums of flows up to 12000 mg/d, hormones turn over 300 times a day.
                let rounding = if uptake == 0.0 { 2e-12 * info.scale.max(1.0) } else { 5e-6 };
                assert!(
                    (change[index] - uptake).abs() < rounding,
                    "{}: {}",
                    info.name,
                    change[index]
                );
            }
        }
    }
}

#[test]
fn each_flow_leaves_one_pool_and_enters_one_and_each_change_is_a_term() {
    let mut sums = [0.0; TERM_COUNT];
    let is_part = |share: &Share| {
        LEDGER.get(share.term).is_some_and(|m| part_of_source(m) == Some(share.state))
    };
    for share in shares().iter().filter(|share| !is_part(share)) {
        sums[share.term] += share.factor;
    }
    assert_eq!(shares().iter().filter(|share| is_part(share)).count(), 2);
    assert!(sums[..LEDGER.len()].iter().all(|sum| *sum == 0.0));
    assert!(sums[LEDGER.len()..].iter().all(|sum| *sum == 1.0));
    let (last_pool, first_other) = (Pool::Sweat.state(), Pool::ALL.len());
    assert_eq!(term_of_state(last_pool), None);
    assert_eq!(term_of_state(first_other), Some(LEDGER.len()));
    assert_eq!(term_of_state(STATE_COUNT - 1), Some(TERM_COUNT - 1));
    assert_eq!(term_of_state(STATE_COUNT), None);
}

/// States from a hundredth to several times their usual size, fractions within 0 and 1.
pub(super) fn any_state() -> impl Strategy<Value = State<f64>> {
    let (_, _, reference) = reference_model(Hypothesis::Paradox, Sex::Female);
    proptest::collection::vec(0.0..1.0_f64, STATE_COUNT).prop_map(move |draws| {
        let mut state = reference.to_array();
        for ((value, info), draw) in state.iter_mut().zip(&STATES).zip(draws) {
            *value = match info.name {
                "undercarboxylated_osteocalcin_fraction" | "carboxylated_clotting_fraction" => draw,
                "ecf_calcium_mg" => info.scale * (0.4 + 1.2 * draw),
                "osteoclast_activity" => 0.2 + 2.0 * draw,
                _ => info.scale * (0.01 + 3.0 * draw),
            };
        }
        State::from_array(&state)
    })
}

/// Parameters anywhere within their ranges, all together.
pub(super) fn any_parameters() -> impl Strategy<Value = Parameters<f64>> {
    proptest::collection::vec(0.0..1.0_f64, PARAMETER_TABLE.len()).prop_map(|draws| {
        let mut parameters = Parameters::PARADOX;
        for (entry, draw) in PARAMETER_TABLE.iter().zip(draws) {
            if let (Some(low), Some(high)) = (entry.low, entry.high) {
                *parameters.get_mut(entry.name).unwrap() = low + draw * (high - low);
            }
        }
        parameters
    })
}

pub(super) fn any_inputs() -> impl Strategy<Value = Inputs<f64>> {
    proptest::collection::vec(0.0..1.0_f64, INPUTS.len()).prop_map(|draws| {
        let mut inputs = Inputs::reference(&Parameters::PARADOX);
        for (info, draw) in INPUTS.iter().zip(draws) {
            if info.kind.changes_over_time() {
                let (low, high) = info.allowed;
                let value = low + draw * (high - low);
                *inputs.get_mut(info.name).unwrap() =
                    if info.whole { value.round() } else { value };
            }
        }
        inputs
    })
}

pub(super) fn any_person() -> impl Strategy<Value = Person> {
    (any::<bool>(), 30.0..100.0_f64, proptest::option::of(5.0..150.0_f64)).prop_map(
        |(female, start_age_years, egfr_ml_per_min)| Person {
            sex: if female { Sex::Female } else { Sex::Male },
            start_age_years,
            egfr_ml_per_min,
            ..Person::default()
        },
    )
}

fn state_index(name: &str) -> usize {
    STATES.iter().position(|state| state.name == name).unwrap()
}

pub(super) const MODES: [Resolution; 3] =
    [Resolution::Averaged, Resolution::Pills, Resolution::Meals];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    /// Target 12.2, and the ledger: what leaves one pool enters another.
    #[test]
    fn no_flow_is_negative_and_no_calcium_appears(
        parameters in any_parameters(), state in any_state(), inputs in any_inputs(),
        person in any_person(), mode in 0..3_usize, day in -3650.0..3650.0_f64,
    ) {
        let model = Model::new(&parameters, &person);
        let segment = SegmentInputs::new(&inputs, MODES[mode], None, &parameters);
        let rates = evaluate(&model, &segment, day, &state);
        let flows = rates.flows.to_array();
        for (flow, movement) in flows.iter().zip(&LEDGER) {
            prop_assert!(flow.is_finite() && *flow >= -1e-9, "{}: {flow}", movement.name);
        }
        let change = derivatives(&rates);
        prop_assert!(change.iter().all(|value| value.is_finite()));
        let sum: f64 = change[..Pool::ALL.len()].iter().sum();
        let moved: f64 = flows.iter().sum();
        prop_assert!(sum.abs() <= 1e-12 * moved);
    }

    /// Forward-mode derivatives of every term agree with central differences.
    #[test]
    fn dual_numbers_give_the_jacobian_of_the_terms(
        state in any_state(), inputs in any_inputs(), mode in 0..3_usize,
    ) {
        let parameters = Parameters::PARADOX;
        let person = Person { start_age_years: 60.0, egfr_ml_per_min: Some(45.0), ..Person::default() };
        let model = Model::new(&parameters, &person);
        let season = Some(Season { amplitude: 0.5, start_day_of_year: 30.0 });
        let segment = SegmentInputs::new(&inputs, MODES[mode], season, &parameters);
        let values = state.to_array();
        let day = -1000.0;
        for variable in 0..=STATE_COUNT {
            let seeded: [Dual<f64, 1>; STATE_COUNT] = std::array::from_fn(|index| {
                let value = values[index];
                if index == variable { Dual::seeded(value, 0) } else { Dual::fixed(value) }
            });
            let time = if variable == STATE_COUNT { Dual::seeded(day, 0) } else { Dual::fixed(day) };
            let terms = evaluate(&model, &segment, time, &State::from_array(&seeded)).to_terms();
            let at = |sign: f64| {
                let mut moved = values;
                let mut time = day;
                let width = match moved.get_mut(variable) {
                    Some(value) => { let w = 1e-5 * *value; *value += sign * w; w }
                    None => { let w = 1e-2; time += sign * w; w }
                };
                (evaluate(&model, &segment, time, &State::from_array(&moved)).to_terms(), width)
            };
            let ((above, width), (below, _)) = (at(1.0), at(-1.0));
            for term in 0..TERM_COUNT {
                let difference = (above[term] - below[term]) / (2.0 * width);
                let exact = terms[term].tangent[0];
                let rounding = 1e-11 * above[term].abs().max(1.0) / width;
                prop_assert!(
                    (exact - difference).abs() <= 2e-6 * exact.abs() + rounding,
                    "term {term} by {variable}: {exact} against {difference}"
                );
            }
        }
    }
}

/// The sparsity pattern holds in every mode: the averaged setting already shows the gut.
#[test]
fn the_pattern_of_dependence_does_not_depend_on_the_mode() {
    let (model, _, _) = reference_model(Hypothesis::Paradox, Sex::Female);
    let inputs = Inputs::reference(&model.parameters);
    let state = State::from_array(&std::array::from_fn(Pattern::variable));
    let patterns = MODES.map(|mode| {
        let segment = SegmentInputs::new(&inputs, mode, None, &model.parameters);
        evaluate(&model, &segment, Pattern::variable(STATE_COUNT), &state).to_terms()
    });
    assert_eq!(patterns[0], patterns[1]);
    assert_eq!(patterns[0], patterns[2]);
    let accumulators = 8..12;
    for term in patterns[0] {
        assert!(term.variables().all(|variable| !accumulators.contains(&variable)));
    }
}

#[test]
fn pills_differ_from_the_averaged_day_by_the_supplements_only() {
    let (model, _, state) = reference_model(Hypothesis::Paradox, Sex::Female);
    let inputs = Inputs::reference(&model.parameters);
    let [averaged, pills] = [Resolution::Averaged, Resolution::Pills].map(|mode| {
        let segment = SegmentInputs::new(&inputs, mode, None, &model.parameters);
        evaluate(&model, &segment, 0.0, &state).to_terms()
    });
    // The escape of MK-4 is read from single loads or from a third of the day's amount.
    let escape = |index| ["mk4_plasma_ug", "tissue_mk4_nmol"].map(state_index).contains(&index);
    for (index, (a, b)) in averaged.iter().zip(pills).enumerate() {
        let reads_escape = (0..STATE_COUNT).any(|s| escape(s) && term_of_state(s) == Some(index));
        assert!(reads_escape != (*a == b), "term {index}: {a} {b}");
        assert!((a - b).abs() < 1e-4, "term {index}: {a} {b}");
    }
}

#[test]
fn without_blood_calcium_or_hormone_the_step_is_refused_by_nan() {
    let (model, segment, state) = reference_model(Hypothesis::Paradox, Sex::Female);
    for broken in [State { ecf_calcium_mg: -1.0, ..state }, State { pth_pmol_per_l: -1.0, ..state }]
    {
        let change = derivatives(&evaluate(&model, &segment, 0.0, &broken));
        assert!(change.iter().any(|value| value.is_nan()));
    }
}

#[test]
fn a_score_slightly_below_zero_grows_back() {
    let (model, segment, state) = reference_model(Hypothesis::Paradox, Sex::Female);
    let below = State { coronary_calcium_mg: -1e-6, ..state };
    let rates = evaluate(&model, &segment, 40.0 * 365.25, &below);
    assert!(rates.flows.ecf_to_coronary > 0.0);
}
