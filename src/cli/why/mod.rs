//! `calcifate why`: why two arms of a scenario end differently.

mod print;

use crate::charts::waterfall::{self, Facts, Share};
use crate::cli::arguments::WhyArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::input_files::load_scenarios;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::suggest::known_words;
use crate::physiology::quantities::{Endpoint, QUANTITIES};
use crate::scenario::claims::{Expression, Term};
use crate::scenario::{Arm, Scenario};
use crate::storage::figure_files::FigureFiles;
use crate::storage::place::write;
use crate::why::by_cause::{Answer, Waterfall, why as ask};

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
    if arguments.output.is_some() {
        arguments.letters.warn_of_scenario(&scenario, terminal);
    }
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
            facts(&scenario, [from, to], (text, outcome), waterfall, &answer)
        })
        .collect();
    if let Some(folder) = &arguments.output {
        let font = arguments.letters.font.as_ref();
        for (facts, (text, _)) in facts.iter().zip(&outcomes) {
            let files = waterfall::draw(facts).and_then(|figure| FigureFiles::of(figure, font));
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
    let usual = QUANTITIES.iter().filter(|quantity| quantity.endpoint == Some(Endpoint::Main));
    let texts: Vec<String> = if wanted.is_empty() {
        usual.map(|quantity| format!("end({})", quantity.name)).collect()
    } else {
        wanted.to_vec()
    };
    let read = |text: String| match Expression::read(&text, &own) {
        Ok(expression) => Ok((text, expression)),
        Err(misread) => Err(CommandError::bad_input(format!(
            "--outcome {text}: {}; {}",
            misread.message, misread.help
        ))),
    };
    texts.into_iter().map(read).collect()
}

fn facts(
    scenario: &Scenario,
    [from, to]: [&Arm; 2],
    (text, outcome): (&String, &Expression),
    waterfall: &Waterfall,
    answer: &Answer,
) -> Facts {
    let label = |index: usize| {
        answer.causes.get(index).map_or_else(String::new, |cause| cause.label.clone())
    };
    let shares = answer.causes.iter().zip(&waterfall.shares).map(|(cause, value)| Share {
        label: cause.label.clone(),
        change: if cause.from.is_empty() {
            String::new()
        } else {
            format!("{} → {}", cause.from, cause.to)
        },
        value: *value,
    });
    let mut shares: Vec<Share> = shares.collect();
    shares.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let strongest = waterfall.interactions.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let difference = (waterfall.ends.1 - waterfall.ends.0).abs();
    let strongest = strongest.filter(|(_, value)| value.abs() > 0.01 * difference);
    let mut sets = vec![from.hypothesis.name(), to.hypothesis.name()];
    sets.dedup();
    let (words, decimals) = match &outcome.term {
        Term::Reading(reading) => (reading.quantity.label.to_owned(), reading.quantity.decimals),
        _ => (text.clone(), 2),
    };
    Facts {
        scenario: scenario.title.clone(),
        hypothesis: sets.join(", "),
        outcome: words,
        unit: outcome.measure.unit.clone(),
        decimals,
        arms: [from.label.clone(), to.label.clone()],
        ends: waterfall.ends,
        shares,
        interaction: strongest.map(|((one, other), value)| (label(*one), label(*other), *value)),
    }
}
