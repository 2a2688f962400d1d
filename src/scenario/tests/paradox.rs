//! The sketch of the calcium paradox means what it says.

use super::{Inputs, Phase, load_text, scenario};
use crate::nutrition::regimen::Substance;

const PARADOX: &str = include_str!("../../../scenarios/calcium_paradox.toml");

#[test]
fn loads_without_problems() {
    let loaded = load_text(PARADOX);
    assert_eq!(loaded.problems, []);
    let scenario = loaded.scenario.unwrap();
    assert_eq!(scenario.name, "lesson");
    assert_eq!(scenario.title, "The calcium paradox");
    let names: Vec<&str> = scenario.arms.iter().map(|arm| arm.name.as_str()).collect();
    assert_eq!(names, ["usual", "calcium_d", "calcium_d_k2", "k2"]);
    assert_eq!(scenario.arms[2].label, "calcium + D3 + K2");
    assert_eq!(scenario.arms[0].label, "usual");
    assert_eq!(scenario.figures.timeline[0], "cac_agatston");
}

/// The same experiment as the reference files four_arms_paradox_*.
#[test]
fn has_the_inputs_of_the_reference_runs() {
    let scenario = scenario(PARADOX);
    let supplements =
        [(0.0, 0.0, 0.0), (1000.0, 25.0, 0.0), (1000.0, 25.0, 180.0), (0.0, 0.0, 180.0)];
    for (arm, (calcium, d, mk7)) in scenario.arms.iter().zip(supplements) {
        let mut habitual = Inputs::reference(&arm.parameters);
        habitual.calcium_diet_mg_per_day = 800.0;
        habitual.k1_mixed_ug_per_day = 90.0;
        habitual.mk4_food_ug_per_day = 3.0;
        habitual.mk7_food_ug_per_day = 0.0;
        habitual.long_chain_mk_food_ug_per_day = 5.0;
        assert_eq!(arm.habitual, habitual);
        let inputs = Inputs {
            calcium_supplement_mg_per_day: calcium,
            vitamin_d_supplement_ug_per_day: d,
            mk7_supplement_ug_per_day: mk7,
            ..habitual
        };
        assert_eq!(arm.phases, [Phase { start_day: 0.0, inputs }], "{}", arm.name);
        assert_eq!((arm.duration_days, arm.output_every_days), (7305.0, 7.0));
        assert_eq!(arm.person.start_age_years, 50.0);
    }
    let taken = |arm: usize| -> Vec<Substance> {
        scenario.arms[arm].regimens.iter().map(|regimen| regimen.substance).collect()
    };
    assert_eq!(taken(2), [Substance::Calcium, Substance::VitaminD, Substance::Mk7]);
    assert_eq!(scenario.arms[2].regimens[0].hours, [7.5, 18.5]);
}
