//! `calcifate check`: every problem of the files, and what each arm eats, without running.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::class::reading::is_exercise;
use crate::cli::arguments::commands::CheckArguments;
use crate::cli::arguments::options::FigureLetters;
use crate::cli::class::exercises;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::{ScenarioFile, load_scenarios, load_sweep_file};
use crate::cli::table::{headings, list, wrapped};
use crate::cli::terminal::{Terminal, mark};
use crate::library::input_files::{read, read_beside};
use crate::printed::{shell_path, visible_line};
use crate::scenario::daily_totals::{DailyTotal, daily_totals, unusual_conditions};
use crate::scenario::{Arm, Overrides, Phase, Scenario};
use crate::simulation::Options;
use crate::storage::repeat::is_manifest;
use crate::sweep::file::{FileKind, kind, load, load_sensitivity};
use crate::words::habits::{Habit, habits};
use crate::words::names::{beside, unit};
use crate::words::numbers::{at_most, count};
use crate::words::{people, time};

pub(crate) fn check(arguments: &CheckArguments, terminal: &Terminal) -> CommandResult {
    let json = arguments.answer.json;
    let text = |path: &PathBuf| read(path).ok().filter(|text| !is_manifest(text));
    let kind = |path: &PathBuf| text(path).and_then(|text| kind(&text));
    let is_exercise = |path: &PathBuf| read(path).is_ok_and(|text| is_exercise(&text));
    let (exercises, files): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.scenarios.files.iter().cloned().partition(is_exercise);
    let exercises: Vec<_> = exercises.iter().map(|path| check_exercise(path, terminal)).collect();
    let (sweeps, files): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|path| kind(path).is_some());
    let sweeps: Vec<_> = sweeps.iter().map(|path| check_sweep(path, terminal)).collect();
    let files = load_scenarios(&files, &Overrides::default(), json, terminal)?;
    let letters = FigureLetters { font: None };
    files.iter().for_each(|file| letters.warn_of_scenario(&file.scenario, terminal));
    let (lines_of_sweeps, sweeps): (Vec<String>, Vec<Value>) =
        sweeps.into_iter().collect::<Result<_, _>>()?;
    let (lines_of_exercises, exercises): (Vec<String>, Vec<Value>) =
        exercises.into_iter().collect::<Result<_, _>>()?;
    if json {
        let documents: Vec<_> = files.iter().map(document).collect();
        terminal.json(&json!({ "scenarios": documents, "sweeps": sweeps, "exercises": exercises }));
        return Ok(ExitStatus::Success);
    }
    let shown = files.iter().map(|file| described(file, terminal));
    let shown: Vec<_> = shown.chain(lines_of_sweeps).chain(lines_of_exercises).collect();
    terminal.result(&shown.join("\n"));
    Ok(ExitStatus::Success)
}

/// A line about a file that could be read, with the command that takes it; the same as JSON.
type Checked = Result<(String, Value), CommandError>;

fn line(path: &Path, title: &str, work: &str, command: &str, terminal: &Terminal) -> String {
    let mark = mark(true, terminal.colored_results);
    let path = path.display().to_string();
    let (shown, word) = (visible_line(&path), shell_path(&path));
    format!("{mark} {shown}: {title} · {work} · calcifate {command} {word}\n")
}

/// Reads a sweep or sensitivity file with all its problems, without running it.
fn check_sweep(path: &Path, terminal: &Terminal) -> Checked {
    let (options, letters) = (Options::default(), FigureLetters { font: None });
    let (title, command, runs) = match kind(&read(path)?) {
        Some(FileKind::Sensitivity) => {
            let (_, analysis) = load_sweep_file(path, terminal, |name, text| {
                load_sensitivity(None, name, text, options, None, &read_beside)
            })?;
            if let Some(first) = analysis.analyses.first() {
                letters.warn_of_sweep(&first.sweep, terminal);
            }
            let runs = analysis.analyses.iter().map(|analysis| analysis.sweep.plan.runs()).sum();
            (analysis.title, "sensitivity", runs)
        }
        _ => {
            let (_, sweep) = load_sweep_file(path, terminal, |name, text| {
                load(name, text, options, &read_beside)
            })?;
            letters.warn_of_sweep(&sweep, terminal);
            (sweep.title, "sweep", sweep.plan.runs())
        }
    };
    let line = line(path, &title, &format!("{} runs", count(runs)), command, terminal);
    let file = path.display().to_string();
    Ok((line, json!({ "file": file, "title": title, "command": command, "runs": runs })))
}

/// Reads a class exercise with all its problems, without running its scenario.
fn check_exercise(path: &Path, terminal: &Terminal) -> Checked {
    let exercise = exercises::check(path, terminal)?;
    let (title, questions) = (exercise.title, exercise.steps.len());
    let line = line(path, &title, &format!("{questions} questions"), "class", terminal);
    let file = path.display().to_string();
    Ok((line, json!({ "file": file, "title": title, "questions": questions })))
}

fn described(file: &ScenarioFile, terminal: &Terminal) -> String {
    let scenario = &file.scenario;
    let before = people::circumstances(&scenario.arms).into_iter();
    let before: String =
        before.flat_map(|text| wrapped(&text, terminal.list_width())).map(|l| l + "\n").collect();
    let duration = scenario.arms.first().map_or(0.0, |arm| arm.duration_days);
    format!(
        "{} {}: {} · {} · {}\nEvery day, sunlight included (of it from pills):\n{}{before}",
        mark(true, terminal.colored_results),
        visible_line(&file.path),
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
    // The last column is the one that wraps.
    let heading = format!("arm|>from day|>{}|conditions", names.join("|>"));
    let row = |(arm, phase): (&Arm, &Phase)| {
        let name = if phase.start_day == 0.0 { arm.name.clone() } else { String::new() };
        let mut row = vec![name, at_most(phase.start_day, 2)];
        row.extend(daily_totals(&phase.inputs).iter().map(amount));
        row.push(unusual_conditions(&phase.inputs));
        row
    };
    list(&headings(&heading), &phases().map(row).collect::<Vec<_>>(), width)
}

fn amount(total: &DailyTotal) -> String {
    let sum = at_most(total.sum(), 1);
    if total.supplement > 0.0 { format!("{sum} ({})", at_most(total.supplement, 1)) } else { sum }
}

fn document(file: &ScenarioFile) -> Value {
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
    let habit = |habit: &Habit| {
        json!({
            "input": habit.input.key,
            "value": habit.value,
            "unit": habit.input.unit,
            "days": habit.days,
            "for_life": habit.for_life,
        })
    };
    let arm = |arm: &Arm| {
        let phases: Vec<_> = arm.phases.iter().map(phase).collect();
        let habits: Vec<_> = habits(arm).iter().map(habit).collect();
        json!({
            "name": arm.name,
            "duration_days": arm.duration_days,
            "hypothesis": arm.hypothesis.name(),
            "before_day_0": habits,
            "phases": phases,
        })
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
