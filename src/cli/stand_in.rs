//! Stand-ins for modules that are being written elsewhere, each with the name and shape of the
//! real thing. To be deleted: replace `stand_in::x` by the path named at each item.
#![allow(missing_docs)]

use std::sync::LazyLock;

use crate::error::problem::{Problem, Severity};
use crate::nutrition::schedule::{DEFAULT_MEALS, Resolution};
use crate::parameters::Hypothesis;
use crate::physiology::inputs::Inputs;
use crate::physiology::ledger::{FLOW_COUNT, LEDGER};
use crate::physiology::person::Person;
use crate::physiology::quantities::{Column, Quantity, READ_OUT_COUNT};
use crate::physiology::state::{STATE_COUNT, STATES};
use crate::plots::{Figure, Subject};
use crate::scenario::claims::Claim;
use crate::scenario::{Arm, FigurePlan, Loaded, Overrides, Phase, Scenario};
use crate::simulation::{ArmRun, Options};
use crate::trajectory::{Row, Trajectory, Work};

/// Real: `crate::scenario::load`.
pub fn load(
    name: &str,
    text: &str,
    overrides: &Overrides,
    _read: &dyn Fn(&str, &str) -> Result<(String, String), String>,
) -> Loaded {
    let texts = vec![(name.to_owned(), text.to_owned())];
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let problem = Problem {
                severity: Severity::Error,
                message: error.message().to_owned(),
                place: None,
                label: String::new(),
                help: String::new(),
            };
            return Loaded { scenario: None, texts, problems: vec![problem] };
        }
    };
    let word =
        |key: &str| table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let years: f64 = word("duration").split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(1.0);
    let strings = |table: &toml::Table, list: &str, key: &str| -> Vec<String> {
        let items = table.get(list).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        items
            .iter()
            .map(|item| item.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned())
            .collect()
    };
    let (names, labels) = (strings(&table, "arm", "name"), strings(&table, "arm", "label"));
    let hypothesis = overrides.hypothesis.unwrap_or(Hypothesis::Paradox);
    let parameters = hypothesis.parameters();
    let inputs = Inputs::reference(&parameters);
    let arm = |(name, label): (&String, String)| Arm {
        name: name.clone(),
        label: if label.is_empty() { name.clone() } else { label },
        hypothesis,
        parameters,
        parameter_changes: Vec::new(),
        resolution: if word("resolution") == "meals" {
            Resolution::Meals
        } else {
            Resolution::Averaged
        },
        person: Person { start_age_years: 50.0, ..Person::default() },
        habitual: inputs,
        phases: vec![Phase { start_day: 0.0, inputs }],
        regimens: Vec::new(),
        meals: DEFAULT_MEALS.to_vec(),
        season: None,
        duration_days: 365.25 * years,
        output_every_days: 30.4375,
        seed: 0,
    };
    let wanted = |name: &&String| overrides.arms.is_empty() || overrides.arms.contains(name);
    let arms: Vec<Arm> =
        names.iter().zip(labels).filter(|(name, _)| wanted(&name)).map(arm).collect();
    let claims = strings(&table, "claim", "says").into_iter().zip(strings(&table, "claim", "that"));
    let draw = table.get("figures").and_then(|f| f.get("draw")).and_then(toml::Value::as_array);
    let scenario = Scenario {
        name: name.to_owned(),
        title: word("title"),
        question: word("question"),
        lesson: word("lesson"),
        texts: texts.clone(),
        arms,
        claims: claims.map(|(says, text)| Claim { says, text }).collect(),
        figures: FigurePlan {
            draw: draw
                .into_iter()
                .flatten()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect(),
            timeline: Vec::new(),
        },
    };
    Loaded { scenario: Some(scenario), texts, problems: Vec::new() }
}

/// Real: `crate::error::render::render`.
pub fn render(problems: &[Problem], texts: &[(String, String)], _color: bool) -> String {
    let file = texts.first().map_or("", |text| text.0.as_str());
    let line = |problem: &Problem| format!("error: {file}: {} {}\n", problem.message, problem.help);
    problems.iter().map(line).collect()
}

/// Real: `crate::simulation::run_arm`.
pub fn run_arm(arm: &Arm, _options: &Options, watch: &mut dyn FnMut(f64) -> bool) -> ArmRun {
    let mut rows = Vec::new();
    for step in 0..=100_u32 {
        let day = arm.duration_days * f64::from(step) / 100.0;
        if arm.resolution == Resolution::Meals {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        if !watch(f64::from(step) / 100.0) {
            let failure =
                crate::error::failure::RunFailure::Interrupted { arm: arm.name.clone(), day };
            let trajectory = Trajectory { rows, work: Work::default(), complete: false };
            return ArmRun { trajectory, failure: Some(failure) };
        }
        let mut states = STATES.map(|state| state.scale);
        let pools = [(8, -1000.0), (9, 700.0), (10, 250.0), (11, 40.0), (4, 10.0)];
        for (index, rate) in pools {
            if let Some(state) = states.get_mut(index) {
                *state += rate * day;
            }
        }
        let read_outs = [2.0 + day / 1e4; READ_OUT_COUNT];
        rows.push(Row { time_days: day, states, flows: [1.0; FLOW_COUNT], read_outs });
    }
    let work = Work { steps: 100, rejected: 1, rhs_calls: 800, jacobians: 100, events: 0 };
    ArmRun { trajectory: Trajectory { rows, work, complete: true }, failure: None }
}

/// Real: `crate::checks::claims::Verdict`.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub holds: Option<bool>,
    pub left: f64,
    pub right: f64,
    pub unit: String,
    pub text: String,
}

/// Real: `crate::checks::claims::evaluate`.
pub fn evaluate(claim: &Claim, _arms: &[(&str, &Trajectory)]) -> Verdict {
    let holds = match claim.text.trim() {
        text if text.contains("< 0.1 mmol/L") => Some(false),
        "unknown" => None,
        _ => Some(true),
    };
    Verdict { holds, left: 86.0, right: 101.7, unit: "AU".into(), text: "86 < 101.7 AU".into() }
}

/// Real: `crate::plots::FigureKind::ALL` and its names.
pub fn figure_names() -> Vec<&'static str> {
    vec!["timeline", "paradox", "body", "fate", "vitamins", "day"]
}

/// Real: `crate::plots::FigureKind::usual_for`.
pub fn usual_figures(_subject: &Subject<'_>) -> Vec<&'static str> {
    vec!["timeline", "paradox"]
}

/// Real: `crate::plots::draw` with `FigureKind::by_name`.
pub fn draw(kind: &'static str, subject: &Subject<'_>) -> Result<Figure, String> {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title></svg>\n",
        subject.title
    );
    Ok(Figure { name: kind, svg, png: vec![0x89], description: subject.title.to_owned() })
}

/// Real: `crate::scenario::schema::json_schema`.
pub fn json_schema() -> String {
    "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"\n}\n".to_owned()
}

const READ_OUTS: [(&str, &str, &str); 4] = [
    ("serum_total_calcium_mmol_per_l", "Serum calcium", "mmol/L"),
    ("lumbar_spine_t_score", "Lumbar spine T-score", "1"),
    ("cac_agatston", "Coronary calcium", "AU"),
    ("dp_ucmgp_pmol_per_l", "Inactive MGP (dp-ucMGP)", "pmol/L"),
];

static QUANTITIES: LazyLock<Vec<Quantity>> = LazyLock::new(|| {
    let quantity = |name, label, unit, decimals, column| Quantity {
        name,
        unit,
        aliases: &[],
        label,
        normal: None,
        livable: None,
        decimals,
        column,
    };
    let read_outs = READ_OUTS.iter().enumerate().map(|(index, (name, label, unit))| {
        quantity(*name, *label, *unit, 2, Column::ReadOut(index))
    });
    let states = (0..STATE_COUNT).zip(&STATES).map(|(index, state)| {
        quantity(state.name, state.meaning, state.unit, 2, Column::State(index))
    });
    let flows = (0..FLOW_COUNT)
        .zip(&LEDGER)
        .map(|(index, flow)| quantity(flow.name, flow.name, "mg/d", 1, Column::Flow(index)));
    read_outs.chain(states).chain(flows).collect()
});

/// Real: the table of `crate::physiology::quantities`.
pub fn quantities() -> &'static [Quantity] {
    &QUANTITIES
}

/// Real: `crate::physiology::quantities::quantity` (names and aliases).
pub fn quantity(name: &str) -> Option<&'static Quantity> {
    QUANTITIES.iter().find(|known| known.name == name || known.aliases.contains(&name))
}
