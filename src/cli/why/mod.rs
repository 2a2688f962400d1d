//! `calcifate why`: why two arms of a scenario end differently.

mod print;

use crate::charts::waterfall::{self, Facts, Share, View};
use crate::cli::arguments::WhyArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::load_scenarios;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::suggest::known_words;
use crate::report::why::{facts, usual_outcomes};
use crate::scenario::claims::{Expression, Function, Term};
use crate::scenario::{Arm, Scenario};
use crate::simulation::{Options, run_arm};
use crate::storage::figure_files::FigureFiles;
use crate::storage::place::write;
use crate::why::by_cause::why as ask;
use crate::why::by_effect::{ByEffect, Side, by_effect};

/// Length of the progress bar.
const STEPS: u64 = 1000;

/// Shares out the difference between two arms among its causes, prints and draws it.
pub(crate) fn why(arguments: &WhyArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let overrides = arguments.changes.overrides(Vec::new());
    let json = arguments.answer.json;
    let files = load_scenarios(std::slice::from_ref(&arguments.file), &overrides, json, terminal)?;
    let Some(file) = files.into_iter().next() else {
        return Err(CommandError::bad_input("there is no scenario"));
    };
    let scenario = file.scenario;
    let [from, to] = [&arguments.from, &arguments.to].map(|name| arm(&scenario, name));
    let (from, to) = (from?, to?);
    let outcomes = outcomes(&arguments.outcome, from)?;
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let bar = PatientBar::new(STEPS, "running {bar:40} {percent:>3} %", session);
    let expressions: Vec<Expression> = outcomes.iter().map(|(_, one)| one.clone()).collect();
    let options = arguments.solver.options();
    let answer = threads.install(|| {
        ask(from, to, &expressions, &options, &|share| {
            bar.reach(share);
            !interrupt::requested()
        })
    });
    bar.end();
    if interrupt::requested() {
        return Ok(ExitStatus::Interrupted);
    }
    let answer = answer.map_err(CommandError::bad_input)?;
    let all = answer.waterfalls.iter().zip(&outcomes);
    let mut told = Vec::new();
    for (waterfall, (text, outcome)) in all {
        let causes = facts(&scenario, [from, to], (text.as_str(), outcome), waterfall, &answer);
        let effects = effects(&causes, outcome, [from, to], &options)?;
        let named = std::iter::once(("", causes)).chain(effects.map(|facts| ("_by_effect", facts)));
        told.extend(named.map(|(view, facts)| {
            (format!("why_{}{view}", plain(text)), facts.with_enough_decimals())
        }));
    }
    if let Some(folder) = &arguments.output {
        for (name, facts) in &told {
            let files = waterfall::draw(facts).and_then(FigureFiles::of);
            let files = files.map_err(CommandError::failed)?;
            for (ending, bytes) in &files.contents {
                write(folder, format!("{name}.{ending}"), bytes)?;
            }
        }
    }
    let facts: Vec<Facts> = told.into_iter().map(|(_, facts)| facts).collect();
    if json {
        terminal.result(&print::document(&facts, answer.runs));
    } else {
        session.print_summary(&print::summary(&facts, terminal));
    }
    Ok(ExitStatus::Success)
}

/// The same difference by effect; `None` for outcomes that are not the end of a bone or wall.
fn effects(
    causes: &Facts,
    outcome: &Expression,
    [from, to]: [&Arm; 2],
    options: &Options,
) -> Result<Option<Facts>, CommandError> {
    let Term::Reading(reading) = &outcome.term else { return Ok(None) };
    if reading.function != Function::End || reading.to_day.is_some() {
        return Ok(None);
    }
    let run = |arm: &Arm| {
        let run = run_arm(arm, options, &mut |_| true);
        run.failure.map_or(Ok(run.trajectory), |failure| Err(CommandError::failed(failure)))
    };
    let (one, other) = (run(from)?, run(to)?);
    let side = |arm, course| Side { arm, course };
    let shared = by_effect(side(from, &one), side(to, &other), reading.quantity);
    Ok(shared.map(|ByEffect { ends, shares }| {
        let unit = (causes.ends.1 - causes.ends.0) / (ends.1 - ends.0);
        let scale = if unit.is_finite() { unit } else { 1.0 };
        let share = |(label, value)| Share { label, change: String::new(), value: value * scale };
        let shares = shares.into_iter().map(share).collect();
        Facts { shares, view: View::Effect, interaction: None, ..causes.clone() }
    }))
}

/// Letters and digits of an outcome, for the name of a file.
fn plain(text: &str) -> String {
    let letters =
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' });
    letters.collect::<String>().trim_matches('_').to_owned()
}

fn arm<'a>(scenario: &'a Scenario, name: &str) -> Result<&'a Arm, CommandError> {
    let found = scenario.arms.iter().find(|arm| arm.name == name);
    found.ok_or_else(|| {
        let help = known_words("Arms", name, scenario.arm_names());
        CommandError::bad_input(format!("unknown arm \"{name}\"; {help}"))
    })
}

/// The wanted outcomes of the first arm, as written and read; those of bone and artery if none.
fn outcomes(wanted: &[String], from: &Arm) -> Result<Vec<(String, Expression)>, CommandError> {
    let own = [from.name.clone()];
    let texts = if wanted.is_empty() { usual_outcomes() } else { wanted.to_vec() };
    let read = |text: String| match Expression::read(&text, &own) {
        Ok(expression) => Ok((text, expression)),
        Err(misread) => Err(CommandError::bad_input(format!(
            "--outcome {text}: {}; {}",
            misread.message, misread.help
        ))),
    };
    texts.into_iter().map(read).collect()
}
