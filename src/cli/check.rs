//! `calcifate check`: every problem of the files, and what each arm eats, without running.

use serde_json::json;

use crate::cli::arguments::Check;
use crate::cli::outcome::Outcome;
use crate::cli::scenario_files::{self, ScenarioFile};
use crate::cli::table::{Align, list};
use crate::cli::terminal::{Style, Terminal};
use crate::cli::words;
use crate::physiology::inputs::Inputs;
use crate::scenario::Overrides;

/// Checks scenario files.
pub fn check(wanted: &Check, terminal: &Terminal) -> Outcome {
    let files =
        match scenario_files::load_all(&wanted.files, &Overrides::default(), wanted.json, terminal)
        {
            Ok(files) => files,
            Err(outcome) => return outcome,
        };
    if wanted.json {
        let documents: Vec<_> = files.iter().map(document).collect();
        terminal.result(&format!("{:#}\n", json!({ "scenarios": documents })));
        return Outcome::Fine;
    }
    let shown: Vec<_> = files.iter().map(|file| described(file, terminal)).collect();
    terminal.result(&shown.join("\n"));
    Outcome::Fine
}

/// A daily total with its name.
type Total = (&'static str, fn(&Inputs<f64>) -> f64);

/// Daily totals of diet, pills and sunlight: calcium \[mg\], vitamins \[ug\].
const TOTALS: [Total; 6] = [
    ("calcium mg", |i| i.calcium_diet_mg_per_day + i.calcium_supplement_mg_per_day),
    ("vitamin D ug", |i| {
        i.vitamin_d_diet_ug_per_day + i.vitamin_d_sun_ug_per_day + i.vitamin_d_supplement_ug_per_day
    }),
    ("K1 ug", |i| {
        i.k1_mixed_ug_per_day
            + i.k1_leafy_plain_ug_per_day
            + i.k1_leafy_with_fat_ug_per_day
            + i.k1_oil_ug_per_day
            + i.k1_supplement_ug_per_day
    }),
    ("MK-4 ug", |i| i.mk4_food_ug_per_day + i.mk4_supplement_ug_per_day),
    ("MK-7 ug", |i| i.mk7_food_ug_per_day + i.mk7_supplement_ug_per_day),
    ("MK-8/9 ug", |i| i.long_chain_mk_food_ug_per_day),
];

fn described(file: &ScenarioFile, terminal: &Terminal) -> String {
    let scenario = &file.scenario;
    let mut heading = vec![("arm", Align::Left), ("from day", Align::Right)];
    heading.extend(TOTALS.iter().map(|(name, _)| (*name, Align::Right)));
    heading.push(("", Align::Left));
    let mut rows = Vec::new();
    for arm in &scenario.arms {
        for (index, phase) in arm.phases.iter().enumerate() {
            let name = if index == 0 { arm.name.clone() } else { String::new() };
            let mut row = vec![name, words::short(phase.start_day, 2)];
            row.extend(TOTALS.iter().map(|(_, total)| words::short(total(&phase.inputs), 1)));
            row.push(String::new());
            rows.push(row);
        }
    }
    let duration = scenario.arms.first().map_or(0.0, |arm| arm.duration_days);
    format!(
        "{} {}: {} · {} · {}\nEvery day, pills and sunlight included:\n{}",
        Style::Green.paint("✓", terminal.colored_results),
        file.path,
        scenario.title,
        words::person(scenario),
        words::duration(duration),
        list(&heading, &rows, terminal.list_width()),
    )
}

fn document(file: &ScenarioFile) -> serde_json::Value {
    let scenario = &file.scenario;
    let arms = scenario.arms.iter().map(|arm| {
        let phases = arm.phases.iter().map(|phase| {
            let totals = TOTALS.iter().map(|(name, total)| {
                (name.replace([' ', '/'], "_"), json!(total(&phase.inputs)))
            });
            json!({"from_day": phase.start_day, "per_day": totals.collect::<serde_json::Map<_, _>>()})
        });
        json!({"name": arm.name, "duration_days": arm.duration_days, "phases": phases.collect::<Vec<_>>()})
    });
    let warnings: Vec<_> = file.warnings.iter().map(|problem| problem.message.as_str()).collect();
    json!({
        "file": file.path,
        "name": scenario.name,
        "title": scenario.title,
        "arms": arms.collect::<Vec<_>>(),
        "warnings": warnings,
    })
}
