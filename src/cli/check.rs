//! `calcifate check`: every problem of the files, and what each arm eats, without running.

use serde_json::json;

use crate::cli::arguments::CheckArguments;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::session::input_files::{ScenarioFile, load_scenarios};
use crate::cli::table::{Align, list};
use crate::cli::terminal::{Terminal, mark};
use crate::scenario::daily_totals::{DailyTotal, daily_totals, unusual_conditions};
use crate::scenario::{Arm, Overrides, Phase, Scenario};
use crate::words::names::{beside, unit};
use crate::words::numbers::at_most;
use crate::words::{people, time};

pub(crate) fn check(arguments: &CheckArguments, terminal: &Terminal) -> CommandResult {
    let (files, json) = (&arguments.scenarios.files, arguments.answer.json);
    let files = load_scenarios(files, &Overrides::default(), json, terminal)?;
    if json {
        let documents: Vec<_> = files.iter().map(document).collect();
        terminal.result(&format!("{:#}\n", json!({ "scenarios": documents })));
        return Ok(ExitStatus::Success);
    }
    let shown: Vec<_> = files.iter().map(|file| described(file, terminal)).collect();
    terminal.result(&shown.join("\n"));
    Ok(ExitStatus::Success)
}

fn described(file: &ScenarioFile, terminal: &Terminal) -> String {
    let scenario = &file.scenario;
    let duration = scenario.arms.first().map_or(0.0, |arm| arm.duration_days);
    format!(
        "{} {}: {} · {} · {}\nEvery day, sunlight included (of it from pills):\n{}",
        mark(true, terminal.colored_results),
        file.path,
        scenario.title,
        people::person(&scenario.arms),
        time::duration(duration),
        totals_table(scenario, terminal.list_width()),
    )
}

fn totals_table(scenario: &Scenario, width: usize) -> String {
    let phases = || scenario.arms.iter().flat_map(|arm| arm.phases.iter().map(move |p| (arm, p)));
    let names: Vec<String> = phases()
        .next()
        .map(|(_, phase)| daily_totals(&phase.inputs))
        .iter()
        .flatten()
        .map(|total| beside(total.nutrient, &unit(total.unit.trim_end_matches("/day"))))
        .collect();
    let mut heading = vec![("arm", Align::Left), ("from day", Align::Right)];
    heading.extend(names.iter().map(|name| (name.as_str(), Align::Right)));
    heading.push(("conditions", Align::Left)); // the last column is the one that wraps
    let row = |(arm, phase): (&Arm, &Phase)| {
        let name = if phase.start_day == 0.0 { arm.name.clone() } else { String::new() };
        let mut row = vec![name, at_most(phase.start_day, 2)];
        row.extend(daily_totals(&phase.inputs).iter().map(amount));
        row.push(unusual_conditions(&phase.inputs));
        row
    };
    list(&heading, &phases().map(row).collect::<Vec<_>>(), width)
}

fn amount(total: &DailyTotal) -> String {
    let sum = at_most(total.sum(), 1);
    if total.supplement > 0.0 { format!("{sum} ({})", at_most(total.supplement, 1)) } else { sum }
}

fn document(file: &ScenarioFile) -> serde_json::Value {
    let scenario = &file.scenario;
    let total = |total: DailyTotal| {
        json!({
            "nutrient": total.nutrient,
            "unit": total.unit,
            "food_and_sunlight": total.food,
            "pills": total.supplement,
        })
    };
    let phase = |phase: &Phase| {
        let totals = daily_totals(&phase.inputs).map(total);
        json!({
            "from_day": phase.start_day,
            "per_day": totals,
            "conditions": unusual_conditions(&phase.inputs),
        })
    };
    let arm = |arm: &Arm| {
        let phases: Vec<_> = arm.phases.iter().map(phase).collect();
        json!({"name": arm.name, "duration_days": arm.duration_days, "phases": phases})
    };
    let warnings: Vec<_> =
        scenario.warnings.iter().map(|problem| problem.message.as_str()).collect();
    json!({
        "file": file.path,
        "name": scenario.name,
        "title": scenario.title,
        "arms": scenario.arms.iter().map(arm).collect::<Vec<_>>(),
        "warnings": warnings,
    })
}
