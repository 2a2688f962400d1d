//! The document against the model: parsed, checked for its names and units, and evaluated.

mod parsed;

use super::{ExportedArm, MARKER, root};
use crate::parameters::Parameters;
use crate::physiology::balance::{derivatives, evaluate};
use crate::physiology::initial::reference_state;
use crate::physiology::model::Model;
use crate::physiology::quantities::{QUANTITIES, TrajectoryColumn};
use crate::physiology::readouts::ReadOuts;
use crate::physiology::segment_inputs::{Resolution, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, STATES, State};
use crate::scenario::{Overrides, Scenario, load};
use parsed::Parsed;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const LESSON: &str = r#"
title = "Pills & <K2>"
question = "Is \"more\" better?"
duration = "3 years"
start_date = "2026-03-01"
[person]
sex = "female"
age = 57
egfr = "40 mL/min"
bmi_class = "obese"
[parameters]
regression_switch = 1
[[arm]]
name = "k2"
label = "with K2\u0007"
take = ["MK-7 180 ug daily", "calcium 500 mg daily"]
sun_season = 0.6
[[arm.phase]]
from = "1 year"
warfarin = "4.5 mg/day"
[[arm.phase]]
from = "2 years"
warfarin = "0 mg/day"
stop = ["MK-7"]
"#;

fn scenario() -> Scenario {
    scenario_of(LESSON)
}

fn scenario_of(text: &str) -> Scenario {
    let loaded = load("k2.toml", text, &Overrides::default(), &|_, _| Err("none".into()));
    let told: Vec<_> = loaded.problems.iter().map(|problem| &problem.message).collect();
    loaded.scenario.unwrap_or_else(|| panic!("{told:?}"))
}

fn start(scenario: &Scenario) -> (Model<f64>, [f64; STATE_COUNT]) {
    let arm = &scenario.arms[0];
    let model = Model::new(&arm.parameters, &arm.person);
    (model, reference_state(&model).to_array())
}

/// The text and the errors in its units.
fn exported() -> (String, Vec<String>) {
    exported_of(&scenario())
}

fn exported_of(scenario: &Scenario) -> (String, Vec<String>) {
    let (model, start) = start(scenario);
    let subject = ExportedArm { scenario, arm: &scenario.arms[0], model: &model, start: &start };
    let (root, unit_errors) = root(&subject);
    (root.document(MARKER), unit_errors)
}

#[test]
fn the_document_is_well_formed_and_escaped() {
    let (text, _) = exported();
    let sbml = Parsed::read(&text);
    assert_eq!((sbml.attribute("level"), sbml.attribute("version")), ("3", "1"));
    let model = &sbml.children[0];
    assert_eq!(model.attribute("id"), "k2_k2");
    assert_eq!(model.attribute("name"), "Pills & <K2>: with K2\\u0007");
    assert!(text.contains("<p>Is &quot;more&quot; better?</p>"));
    assert!(
        text.contains("<p>Calcifate: educational model, not medical advice. A population average")
    );
    assert!(text.contains("changed parameters: regression_switch = 1.</p>"));
}

#[test]
fn every_symbol_is_defined_once_and_every_unit_is_declared() {
    let sbml = Parsed::read(&exported().0);
    let mut ids = BTreeSet::new();
    for element in sbml.all("parameter").into_iter().chain(sbml.all("event")) {
        assert!(ids.insert(element.attribute("id")), "{} twice", element.attribute("id"));
    }
    assert!(ids.len() > 250, "only {}", ids.len());
    for name in sbml.all("ci") {
        assert!(ids.contains(name.text.as_str()), "{} is not defined", name.text);
    }
    let units: BTreeSet<&str> =
        sbml.all("unitDefinition").iter().map(|unit| unit.attribute("id")).collect();
    let declared = sbml.all("parameter").into_iter().map(|p| p.attribute("units"));
    let declared = declared.chain(sbml.all("cn").into_iter().map(|n| n.attribute("sbml:units")));
    for unit in declared {
        assert!(unit == "dimensionless" || units.contains(unit), "{unit} is not defined");
    }
    // Each quantity gets its value in one way: a constant, a rule, or a value with or without rate.
    let mut ruled = BTreeSet::new();
    for (kind, key) in
        [("assignmentRule", "variable"), ("rateRule", "variable"), ("initialAssignment", "symbol")]
    {
        for rule in sbml.all(kind) {
            assert!(ruled.insert(rule.attribute(key)), "{} twice", rule.attribute(key));
        }
    }
    assert_eq!(sbml.all("rateRule").len(), STATE_COUNT);
    for parameter in sbml.all("parameter") {
        let has_rule = sbml
            .all("assignmentRule")
            .iter()
            .any(|r| r.attribute("variable") == parameter.attribute("id"));
        assert_eq!(has_rule, !parameter.attributes.contains_key("value"), "{parameter:?}");
    }
}

#[test]
fn units_fit_everywhere_and_few_numbers_carry_one() {
    let (text, unit_errors) = exported();
    assert_eq!(unit_errors, Vec::<String>::new());
    // A number with a unit could hide a mistake of the model; these are the ones meant.
    let sbml = Parsed::read(&text);
    let equations = ["initialAssignment", "assignmentRule", "rateRule"].map(|kind| sbml.all(kind));
    let numbers = equations.iter().flatten().flat_map(|equation| equation.all("cn"));
    let mut carried: Vec<String> = numbers
        .filter(|n| n.attribute("sbml:units") != "dimensionless")
        .map(|n| format!("{} {}", n.text, n.attribute("sbml:units")))
        .collect();
    carried.sort();
    carried.dedup();
    assert_eq!(
        carried,
        [
            "0.000133322 J_per_mL_per_mmHg", // work of a pressure on a volume
            "0.001 L_mol_ng_per_mL_per_g_per_nmol", // nM times g/mol is ng/mL
            "0.001 mol_ug_per_g_per_nmol",
            "100 percent",
            "1000 g_nmol_per_mol_per_ug", // nM per ug, nmol per ug
            "20 y",
            "200 d",
            "365.25 d",
            "65 y",
        ]
    );
}

/// The growth is stated at a score and a mass, so that no unit hangs on an exponent.
#[test]
fn units_fit_with_any_exponent() {
    let exponents = "calcification_exponent = 0.5\ncoronary_growth_exponent = 0.8";
    let lesson = LESSON.replace("regression_switch = 1", exponents);
    let (text, misfits) = exported_of(&scenario_of(&lesson));
    assert_eq!(misfits, Vec::<String>::new());
    for (id, unit) in [("aortic_law", "dimensionless"), ("aortic_growth_mg_per_year", "mg_per_y")] {
        let line = text.lines().find(|line| line.contains(&format!("parameter id=\"{id}\"")));
        assert!(line.unwrap().contains(&format!("units=\"{unit}\"")), "{line:?}");
    }
}

#[test]
fn later_phases_are_events() {
    let sbml = Parsed::read(&exported().0);
    let told: Vec<_> = sbml
        .all("event")
        .iter()
        .map(|event| {
            let day = event.all("trigger")[0].all("cn")[0].text.clone();
            let changes: Vec<_> = event
                .all("eventAssignment")
                .iter()
                .map(|change| {
                    format!("{} = {}", change.attribute("variable"), change.all("cn")[0].text)
                })
                .collect();
            (event.attribute("id").to_owned(), day, changes.join(", "))
        })
        .collect();
    let expected = [
        ("phase_2", "365.25", "warfarin_mg_per_day = 4.5"),
        ("phase_3", "730.5", "mk7_supplement_ug_per_day = 0, warfarin_mg_per_day = 0"),
    ];
    assert_eq!(told, expected.map(|(id, day, changes)| (id.into(), day.into(), changes.into())));
}

/// Values of every name at a moment, computed from the document alone.
fn evaluated(sbml: &Parsed, time_days: f64, state: &[f64; STATE_COUNT]) -> BTreeMap<String, f64> {
    let mut known = BTreeMap::from([("time".to_owned(), time_days)]);
    for parameter in sbml.all("parameter") {
        if let Some(value) = parameter.attributes.get("value") {
            known.insert(parameter.attribute("id").to_owned(), value.parse().unwrap());
        }
    }
    for (row, value) in STATES.iter().zip(state) {
        known.insert(row.name.to_owned(), *value);
    }
    for (kind, key) in [("initialAssignment", "symbol"), ("assignmentRule", "variable")] {
        for rule in sbml.all(kind) {
            let of =
                |name: &str| known.get(name).copied().unwrap_or_else(|| panic!("{name} too early"));
            let value = rule.all("math")[0].value(&of);
            known.insert(rule.attribute(key).to_owned(), value);
        }
    }
    known
}

fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-12 * (a.abs().max(b.abs()) + scale)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// The same numbers as the model itself, at any state and time.
    #[test]
    fn the_document_computes_what_the_model_computes(
        factors in proptest::collection::vec(0.3..2.0_f64, STATE_COUNT),
        time_days in -3000.0..12_000.0_f64,
    ) {
        let scenario = scenario();
        let arm = &scenario.arms[0];
        let model = Model::new(&arm.parameters, &arm.person);
        let inputs = &arm.phases[0].inputs;
        let segment = SegmentInputs::new(inputs, Resolution::Averaged, arm.season, &arm.parameters);
        let (_, mut state) = start(&scenario);
        for (index, value) in state.iter_mut().enumerate() {
            *value = (*value + 0.01 * STATES[index].scale) * factors[index];
        }
        let named = State::from_array(&state);
        let rates = evaluate(&model, &segment, time_days, &named);

        let sbml = Parsed::read(&exported().0);
        let known = evaluated(&sbml, time_days, &state);
        let flows = rates.flows.to_array();
        let read_outs = ReadOuts::of(&model, &named, &rates).to_array();
        for row in QUANTITIES.iter() {
            let expected = match row.column {
                TrajectoryColumn::State(_) => continue,
                TrajectoryColumn::Flow(index) => flows[index],
                TrajectoryColumn::ReadOut(index) => read_outs[index],
            };
            prop_assert!(close(known[row.name], expected, 1e-3), "{}: {} and {}", row.name, known[row.name], expected);
        }
        let expected = derivatives(&rates);
        for rule in sbml.all("rateRule") {
            let name = rule.attribute("variable");
            let index = STATES.iter().position(|row| row.name == name).unwrap();
            let found = rule.all("math")[0].value(&|name| known[name]);
            // A rate is a difference of larger terms, whose noise it has.
            prop_assert!(close(found, expected[index], 300.0 * STATES[index].scale), "{name}: {found} and {}", expected[index]);
        }
    }
}

#[test]
fn without_a_season_the_time_acts_through_age_alone() {
    let equations = super::Equations::record(false, &Parameters::PARADOX);
    assert!(!equations.used.contains("sun_season_amplitude"));
    assert!(equations.used.contains("time_days"));
    assert!(!equations.used.contains("calcium_pills_per_day"));
    assert!(Parameters::PARADOX.get("skeleton_calcium_male_mg").is_some());
    assert!(!equations.used.contains("skeleton_calcium_male_mg"));
}

#[test]
fn a_part_of_the_document_is_what_it_was() {
    let (text, _) = exported();
    let from = text.find("      <assignmentRule variable=\"serum_relative\">").unwrap();
    let part: Vec<&str> = text[from..].lines().take(9).collect();
    assert_eq!(
        part,
        [
            "      <assignmentRule variable=\"serum_relative\">",
            "        <math xmlns=\"http://www.w3.org/1998/Math/MathML\">",
            "          <apply>",
            "            <divide/>",
            "            <ci>serum_total_calcium_mmol_per_l</ci>",
            "            <ci>serum_calcium_reference_mmol_per_l</ci>",
            "          </apply>",
            "        </math>",
            "      </assignmentRule>",
        ]
    );
    let line = |start: &str| text.lines().find(|line| line.contains(start)).unwrap().trim();
    assert_eq!(
        line("id=\"pth_steepness\""),
        "<parameter id=\"pth_steepness\" name=\"pth steepness\" value=\"14.4\" units=\"dimensionless\" constant=\"true\">"
    );
}
