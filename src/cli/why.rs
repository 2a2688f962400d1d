//! `calcifate why`: why two arms of a scenario end differently.

use std::path::Path;

use serde_json::{Value, json};

use crate::about::{DISCLAIMER, PROGRAM};
use crate::charts::layout;
use crate::charts::waterfall::{self, Facts, View, netting, words};
use crate::cli::arguments::commands::WhyArguments;
use crate::cli::arguments::options::FigureLetters;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::figures::write_figures;
use crate::cli::session::input_files::{ScenarioFile, load_scenario};
use crate::cli::session::progress_bar::{PatientBar, STEPS};
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::table::{self, Align};
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::error::problem::Problems;
use crate::library::why::Why;
use crate::printed::shown_path;
use crate::storage::evidence_table::{Counted, finish};
use crate::storage::figure_files::Stems;
use crate::storage::run_folder::{RunFolder, StoredRun};
use crate::words::numbers::{fixed, with_unit};

/// Shares out the difference between two arms among its causes, prints and draws it.
pub(crate) fn why(arguments: &WhyArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let overrides = arguments.changes.overrides(Vec::new());
    let json = arguments.answer.json;
    let file = load_scenario(&arguments.file, &overrides, json, terminal)?;
    if arguments.output.is_some() {
        arguments.letters.warn_of_scenario(&file.scenario, terminal);
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let folder = arguments.output.as_ref().map(|output| begin(output, arguments, &file));
    let folder = folder.transpose()?;
    let bar = PatientBar::new(STEPS, "running {bar:40} {percent:>3} %", session);
    let (from, to) = (&arguments.from, &arguments.to);
    let options = arguments.solver.options();
    let why = threads.install(|| {
        let outcomes = outcomes(&arguments.outcome);
        file.scenario.why(from, to, &outcomes, &options, &|share| bar.goes_on(share))
    });
    bar.end();
    if interrupt::requested() {
        return Err(interrupted());
    }
    let why = why.map_err(|problems| CommandError::bad_input(line(&problems)))?;
    if let Some(folder) = folder {
        let stored = store(&why, &file, &arguments.letters, folder)?.ok_or_else(interrupted)?;
        terminal.remarks(&stored.notes);
        terminal.remark(&format!("waterfalls: {}", shown_path(&stored.path)));
    }
    let facts: Vec<Facts> = why.told.into_iter().map(|(_, facts)| facts).collect();
    if json {
        terminal.json(&document(&facts, why.runs));
    } else {
        session.print_summary(&summary(&facts, terminal));
    }
    Ok(interrupt::status())
}

/// The shares of a part of the runs would sum to nothing.
fn interrupted() -> CommandError {
    let message = "interrupted: a difference is shared out as a whole, so nothing is shown and \
                   nothing was written";
    CommandError::new(ExitStatus::Interrupted, message)
}

/// The outcomes that were asked for, each once.
fn outcomes(wanted: &[String]) -> Vec<&str> {
    let mut once: Vec<&str> = Vec::new();
    for outcome in wanted.iter().map(|outcome| outcome.trim()) {
        if !once.contains(&outcome) {
            once.push(outcome);
        }
    }
    once
}

/// What is wrong with the arguments, in one line.
fn line(problems: &Problems) -> String {
    let told = problems.iter().map(|problem| match problem.help() {
        "" => problem.message().to_owned(),
        help => format!("{}; {help}", problem.message()),
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Begins the folder `NAME.why` before time is spent on runs.
fn begin(
    parent: &Path,
    arguments: &WhyArguments,
    file: &ScenarioFile,
) -> Result<RunFolder, StorageFailure> {
    let name = format!("{}.why", file.scenario.name);
    RunFolder::begin(parent, &name, file.source(), arguments.force)
}

/// Writes a waterfall for each outcome, a README and a manifest; `None` if that was interrupted, and
/// nothing is there then.
fn store(
    why: &Why,
    file: &ScenarioFile,
    letters: &FigureLetters,
    mut folder: RunFolder,
) -> Result<Option<StoredRun>, StorageFailure> {
    let names = names(why.told.iter().map(|(outcome, facts)| (outcome.as_str(), facts.view)));
    let named = || names.iter().zip(&why.told);
    let figures = named()
        .map(|(name, (_, facts))| (name.clone(), layout::figure(&waterfall::chart(facts), "why")));
    write_figures(&mut folder, letters.font.as_ref(), figures)?;
    if interrupt::requested() {
        return Ok(None);
    }
    let rows: String =
        named().map(|(name, (outcome, _))| format!("figures/{name}  {outcome}\n")).collect();
    let readme = format!(
        "Why two arms of {} end differently\n\n{rows}\nEach as SVG and PNG, with a description in \
         words.\n\n{DISCLAIMER}\n",
        file.scenario.title
    );
    let counted = Counted::Waterfalls(names.len());
    finish(folder, &readme, &file.scenario.texts, counted, true).map(Some)
}

/// The stems of files for outcomes, each once even where letters and digits do not tell them apart.
fn names<'a>(told: impl Iterator<Item = (&'a str, View)>) -> Vec<String> {
    let mut stems = Stems::default();
    let stem = |(outcome, view): (&str, View)| match view {
        View::Cause => plain(outcome),
        View::Effect => format!("{}_by_effect", plain(outcome)),
    };
    told.map(|one| stems.free(&stem(one))).collect()
}

/// Longest stem; file systems allow 255 bytes.
const LONGEST: usize = 80;

/// Letters and digits of an outcome.
fn plain(text: &str) -> String {
    let letters =
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' });
    let letters: String = letters.take(LONGEST).collect();
    match letters.trim_matches('_') {
        "" => "outcome".to_owned(),
        name => name.to_owned(),
    }
}

/// A table of the causes of each outcome, and a sentence.
fn summary(all: &[Facts], terminal: &Terminal) -> String {
    let tables = all.iter().map(|facts| {
        let unit = |number: String| with_unit(&number, &facts.unit);
        let [from, to] = &facts.arms;
        let row = |name: &str, number: String, change: &str| {
            vec![name.to_owned(), number, change.to_owned()]
        };
        let mut rows = vec![row(from, unit(fixed(facts.ends.0, facts.decimals)), "")];
        rows.extend(
            facts
                .shares
                .iter()
                .map(|share| row(&share.label, facts.change(share.value), &share.change)),
        );
        rows.push(row(to, unit(fixed(facts.ends.1, facts.decimals)), ""));
        let exchanged = if facts.view == View::Cause { "exchanged" } else { "" };
        let heading =
            [(facts.outcome.as_str(), Align::Left), ("", Align::Right), (exchanged, Align::Left)];
        let words = words(facts);
        format!(
            "{}.\n\n{}\n{}{}",
            words.title,
            table::list(&heading, &rows, terminal.list_width()),
            netting(facts).map_or_else(String::new, |text| format!("{text}.\n\n")),
            facts.interaction.as_ref().map_or_else(String::new, |(one, other, value)| format!(
                "{one} and {other} together: {} beyond what each does alone.\n\n",
                facts.change(*value)
            ))
        )
    });
    tables.collect()
}

/// The same as one document, with all digits.
fn document(all: &[Facts], runs: usize) -> Value {
    let outcomes = all.iter().map(|facts| {
        let shares = facts.shares.iter().map(|share| {
            json!({ "cause": share.label, "exchanged": share.change, "share": share.value })
        });
        json!({
            "outcome": facts.outcome,
            "view": if facts.view == View::Cause { "by cause" } else { "by effect" },
            "unit": facts.unit,
            "from": { "arm": facts.arms.first(), "value": facts.ends.0 },
            "to": { "arm": facts.arms.last(), "value": facts.ends.1 },
            "shares": shares.collect::<Vec<_>>(),
            "strongest_interaction": facts.interaction.as_ref().map(|(one, other, value)| {
                json!({ "causes": [one, other], "value": value })
            }),
        })
    });
    json!({ "program": PROGRAM, "runs": runs, "outcomes": outcomes.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_that_letters_do_not_tell_apart_have_files_of_their_own() {
        let told = ["end(cac)", "end(cac)", "end (cac)", "2 * cac", "2 / cac", "END(CAC)", "()"];
        let views = [View::Cause, View::Effect, View::Cause, View::Cause, View::Cause, View::Cause];
        let names = names(told.into_iter().zip(views.into_iter().chain([View::Cause])));
        assert_eq!(
            names,
            [
                "end_cac",
                "end_cac_by_effect",
                "end__cac",
                "2___cac",
                "2___cac_2",
                "END_CAC_2",
                "outcome"
            ]
        );
        assert_eq!(
            super::names([("x".repeat(300).as_str(), View::Cause)].into_iter())[0].len(),
            80
        );
    }
}
