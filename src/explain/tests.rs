use super::*;
use crate::scenario::Scenario;

fn arm() -> Arm {
    Scenario::parse(LIFE).unwrap().arms.remove(0)
}

/// A quantity of that arm on a day.
fn told(name: &str, day: f64) -> Explanation {
    explain(named_row(name), &arm(), day, &Options::default()).unwrap()
}

const LIFE: &str = "duration = \"3 years\"\n[person]\nsex = \"female\"\nage = 62\n\
    [habitual]\ncalcium_diet = \"700 mg/day\"\n\
    [[arm]]\nname = \"a\"\ntake = [\"MK-7 180 ug daily\"]\n\
    [[arm.phase]]\nfrom = \"1 year\"\ncalcium_supplement = \"500 mg/day\"\nwarfarin = \"5 mg/day\"\n";

#[test]
fn every_equation_gives_the_number_that_the_run_gave() {
    let arm = arm();
    for day in [0.0, 200.0, 900.0] {
        let (row, known) = moment(&arm, day, &Options::default()).unwrap();
        let recording = Recording::new(&arm, &known);
        for quantity in &QUANTITIES {
            let told = recording.explanation(quantity, &row);
            let equation = &told.equations[0];
            assert_eq!(equation.is_rate, quantity.column.is_state(), "{}", quantity.name);
            assert!(!equation.by_name.contains('?'), "{}: {}", quantity.name, equation.by_name);
            if !equation.is_rate {
                let (own, run) = (equation.named.value, told.subject.value);
                let error = (own - run).abs() / run.abs().max(1e-9);
                assert!(error < 1e-9, "{} on day {day}: {own} {run}", quantity.name);
            }
        }
    }
}

#[test]
fn the_rate_of_a_state_is_the_slope_of_its_curve() {
    let arm = arm();
    for name in ["osteoblast_activity", "coronary_calcium_mg", "trabecular_calcium_mg"] {
        let quantity = named_row(name);
        let options = Options::default().with_relative_tolerance(1e-10).unwrap();
        let at = |day: f64| explain(quantity, &arm, day, &options).unwrap();
        let slope = (at(201.0).subject.value - at(199.0).subject.value) / 2.0;
        let rate = at(200.0).equations[0].named.value;
        assert!((rate - slope).abs() < 1e-4 * slope.abs(), "{name}: {rate} {slope}");
    }
}

#[test]
fn what_an_equation_reads_is_told_once_with_its_grade() {
    let told = told("fractional_absorption", 0.0);
    let mut names: Vec<&str> = told.parameters.iter().map(|(info, _)| info.name).collect();
    assert!(names.contains(&"averaged_passive_fraction"), "{names:?}");
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(told.inputs.iter().any(|input| input.name == "calcium_diet_mg_per_day"), "{told:?}");
}

#[test]
fn a_score_leads_on_to_the_growth_of_its_wall() {
    let score = told("cac_agatston", 400.0);
    let law = score.equations.iter().find(|one| one.is_rate).unwrap();
    let wall = named_row("coronary_calcium_mg");
    let own = told(wall.name, 400.0);
    assert_eq!((law.named.name, law.named.value), (wall.name, own.equations[0].named.value));
    let reads = |name: &str| score.parameters.iter().any(|(info, _)| info.name == name);
    assert!(reads("coronary_growth_agatston_per_year") && reads("coronary_growth_exponent"));
    assert_eq!(score.equations.iter().filter(|one| one.is_rate).count(), 1);
    assert_eq!(own.equations.iter().filter(|one| one.is_rate).count(), 1, "it is told once");
    // Blood calcium ends where the body is read.
    let serum = told("serum_total_calcium_mmol_per_l", 0.0);
    assert!(!serum.equations.iter().any(|one| one.is_rate));
}

#[test]
fn what_an_equation_has_several_times_gets_a_letter() {
    assert!(told("cac_agatston", 0.0).equations[0].repeated.is_empty());
    let told = told("egfr_ml_per_min", 0.0);
    let equation = &told.equations[0];
    let letters: Vec<&str> = equation.repeated.iter().map(|part| part.letter).collect();
    assert_eq!(letters, LETTERS[..letters.len()]);
    assert!(equation.by_name.len() < 200, "{}", equation.by_name);
}

fn named_row(name: &str) -> &'static Quantity {
    QUANTITIES.iter().find(|row| row.name == name).unwrap()
}
