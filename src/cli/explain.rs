//! `calcifate explain`: the equation behind a read-out, with its numbers.

use serde_json::{Value, json};

use crate::about::PROGRAM;
use crate::cli::arguments::commands::ExplainArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::Session;
use crate::cli::session::input_files::{load_lesson, load_scenario};
use crate::cli::table::{headings, list, wrapped};
use crate::cli::terminal::Terminal;
use crate::error::defect::OrDefect as _;
use crate::error::suggest::did_you_mean;
use crate::explain::infix::text as number;
use crate::explain::{Equation, Explanation, Named, explain as ask};
use crate::parameters::{ParameterInfo, source};
use crate::physiology::quantities::{QUANTITIES, Quantity, quantity};
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::{Arm, Scenario};
use crate::units::amount::duration_days;
use crate::words::numbers::with_unit;

/// The lesson that is read without FILE.
const REFERENCE: &str = "reference_adult";

/// Prints the equation of a read-out, those of its parts, and what they rest on.
pub(crate) fn explain(arguments: &ExplainArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let read_out = read_out(&arguments.read_out)?;
    let overrides = arguments.changes.overrides(Vec::new());
    let json = arguments.answer.json;
    let file = match &arguments.file {
        Some(file) => load_scenario(file, &overrides, json, terminal),
        None => load_lesson(REFERENCE, &overrides, json, terminal),
    };
    let scenario = file?.scenario;
    let arm = arm(&scenario, arguments.arm.as_deref())?;
    if arm.resolution != Resolution::Averaged {
        return Err(CommandError::bad_input(format!(
            "arm {} has intake in single doses or meals; its equations change within a day. Explain it \
             with --set resolution=averaged",
            arm.name
        )));
    }
    let day = match (&arguments.at, &arguments.file) {
        (Some(at), _) => day(at, arm)?,
        (None, Some(_)) => arm.duration_days,
        (None, None) => 0.0,
    };
    let explanation = ask(read_out, arm, day, &arguments.tolerance.options());
    let explanation = explanation.map_err(CommandError::failed)?;
    if json {
        terminal.json(&document(&scenario, arm, day, &explanation));
    } else {
        session.print_summary(&summary(&scenario, arm, day, &explanation, terminal));
    }
    Ok(ExitStatus::Success)
}

fn read_out(name: &str) -> Result<&'static Quantity, CommandError> {
    quantity(name).ok_or_else(|| {
        let names = QUANTITIES
            .iter()
            .flat_map(|row| std::iter::once(row.name).chain(row.aliases.iter().copied()));
        let near = did_you_mean(name, names);
        CommandError::bad_input(format!(
            "unknown read-out \"{name}\"; {near}calcifate list readouts has all"
        ))
    })
}

fn arm<'a>(scenario: &'a Scenario, name: Option<&str>) -> Result<&'a Arm, CommandError> {
    let Some(name) = name else {
        return Ok(scenario.arms.first().or_defect("a scenario without an arm"));
    };
    scenario.arm(name).map_err(|unknown| {
        CommandError::bad_input(format!("{}; {}", unknown.message(), unknown.help()))
    })
}

fn day(at: &str, arm: &Arm) -> Result<f64, CommandError> {
    let day = duration_days(at, "--at").map_err(|misread| {
        CommandError::bad_input(format!("--at {at}: {}; {}", misread.message, misread.help))
    })?;
    if (0.0..=arm.duration_days).contains(&day) {
        return Ok(day);
    }
    Err(CommandError::bad_input(format!(
        "--at {at}: arm {} runs from 0 to {} days",
        arm.name, arm.duration_days
    )))
}

fn value(named: &Named) -> String {
    with_unit(&number(named.value), named.unit)
}

fn summary(
    scenario: &Scenario,
    arm: &Arm,
    day: f64,
    explanation: &Explanation,
    terminal: &Terminal,
) -> String {
    let subject = &explanation.subject;
    let width = terminal.list_width();
    let mut text = format!(
        "{} ({}) is {} in {}, arm {}, on day {}.\n",
        subject.label,
        subject.name,
        value(subject),
        scenario.title,
        arm.name,
        number(day),
    );
    for (index, equation) in explanation.equations.iter().enumerate() {
        text.push_str(match index {
            0 => "\n",
            1 => "\nWhere\n",
            _ => "",
        });
        text.push_str(&written(equation, width));
    }
    let lists = [
        ("state of the body", &explanation.states),
        ("intake or condition", &explanation.inputs),
        ("person and time", &explanation.person),
    ];
    for (heading, all) in lists.into_iter().filter(|(_, all)| !all.is_empty()) {
        let rows: Vec<_> = all
            .iter()
            .map(|one| vec![one.name.to_owned(), value(one), one.label.to_owned()])
            .collect();
        text.push('\n');
        text.push_str(&list(&headings(&format!("{heading}|>value|")), &rows, width));
    }
    text.push_str(&parameters(explanation, width));
    text
}

/// An equation by name and by number, on lines of the terminal's width.
fn written(equation: &Equation, width: usize) -> String {
    let Equation { named, is_rate, by_name, by_number, repeated } = equation;
    let name = if *is_rate { format!("d {} / dt", named.name) } else { named.name.to_owned() };
    let unit = match (named.unit, is_rate) {
        ("1", true) => "per day".to_owned(),
        (unit, true) => format!("{unit} per day"),
        (unit, false) => unit.to_owned(),
    };
    let value = with_unit(&number(named.value), &unit);
    let line = |start: &str, text: &str| -> String {
        let indent = " ".repeat(6);
        let lines = wrapped(&format!("{start}{text}"), width.saturating_sub(6).max(20));
        let mut lines = lines.into_iter();
        let first = lines.next().unwrap_or_default();
        let rest: String = lines.map(|line| format!("\n{indent}{line}")).collect();
        format!("{first}{rest}\n")
    };
    let mut text = format!("  {}", line(&format!("{name} = "), by_name));
    if by_name != by_number && *by_number != number(named.value) {
        text.push_str(&format!("    {}", line("= ", by_number)));
    }
    text.push_str(&format!("    = {value}\n"));
    for one in repeated {
        text.push_str(&format!("    {}", line(&format!("with {} = ", one.letter), &one.by_name)));
        text.push_str(&format!("      = {}\n", number(one.value)));
    }
    text
}

fn parameters(explanation: &Explanation, width: usize) -> String {
    if explanation.parameters.is_empty() {
        return String::new();
    }
    let row = |(info, value): &(&'static ParameterInfo, f64)| {
        let number = with_unit(&number(*value), info.unit);
        vec![info.name.to_owned(), number, info.evidence.word().to_owned(), info.source.to_owned()]
    };
    let rows: Vec<_> = explanation.parameters.iter().map(row).collect();
    let heading = headings("parameter|>value|grade|source");
    let mut sources: Vec<&str> =
        explanation.parameters.iter().map(|(info, _)| info.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut text = format!("\n{}\n", list(&heading, &rows, width));
    for source in sources.into_iter().filter_map(source) {
        let lines = wrapped(&format!("{}: {}", source.key, source.citation), width);
        lines.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    }
    text
}

/// The same with all digits.
fn document(scenario: &Scenario, arm: &Arm, day: f64, explanation: &Explanation) -> Value {
    let named = |one: &Named| json!({ "name": one.name, "label": one.label, "unit": one.unit, "value": one.value });
    let all_named = |all: &[Named]| all.iter().map(named).collect::<Vec<_>>();
    let equations = explanation.equations.iter().map(|one| {
        json!({
            "of": named(&one.named),
            "rate_per_day": one.is_rate,
            "equation": one.by_name,
            "with_numbers": one.by_number,
            "repeated_parts": one.repeated.iter().map(|part| json!({
                "letter": part.letter, "equation": part.by_name, "value": part.value,
            })).collect::<Vec<_>>(),
        })
    });
    let parameters = explanation.parameters.iter().map(|(info, value)| {
        json!({
            "name": info.name,
            "value": value,
            "unit": info.unit,
            "grade": info.evidence.word(),
            "source": info.source,
            "citation": source(info.source).map(|source| source.citation),
        })
    });
    json!({
        "program": PROGRAM,
        "scenario": scenario.title,
        "arm": arm.name,
        "day": day,
        "read_out": named(&explanation.subject),
        "equations": equations.collect::<Vec<_>>(),
        "states": all_named(&explanation.states),
        "inputs": all_named(&explanation.inputs),
        "person": all_named(&explanation.person),
        "parameters": parameters.collect::<Vec<_>>(),
    })
}
