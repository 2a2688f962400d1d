//! `calcifate why`: why two arms of a scenario end differently.

mod print;

use crate::charts::waterfall::{self, Facts};
use crate::cli::arguments::WhyArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::load_scenarios;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::suggest::known_words;
use crate::report::why::{facts, usual_outcomes};
use crate::scenario::claims::Expression;
use crate::scenario::{Arm, Scenario};
use crate::storage::figure_files::FigureFiles;
use crate::storage::place::write;
use crate::why::by_cause::why as ask;

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
    let facts: Vec<Facts> = all
        .map(|(waterfall, (text, outcome))| {
            facts(&scenario, [from, to], (text.as_str(), outcome), waterfall, &answer)
        })
        .collect();
    if let Some(folder) = &arguments.output {
        for (facts, (text, _)) in facts.iter().zip(&outcomes) {
            let files = waterfall::draw(facts).and_then(FigureFiles::of);
            let files = files.map_err(CommandError::failed)?;
            for (ending, bytes) in &files.contents {
                write(folder, format!("why_{}.{ending}", plain(text)), bytes)?;
            }
        }
    }
    if json {
        terminal.result(&print::document(&facts, answer.runs));
    } else {
        session.print_summary(&print::summary(&facts, terminal));
    }
    Ok(ExitStatus::Success)
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
