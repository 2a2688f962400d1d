//! `calcifate verdicts`: statements put to the test, in both hypothesis sets.

mod card;
mod files;
mod print;
mod statements;

use crate::cli::arguments::VerdictsArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::defect::OrDefect as _;
use crate::evidence::SHIPPED;
use crate::evidence::trial::Trial;
use crate::library::verdicts::trials_of;
use crate::scenario::statement::DecidedBy;
use crate::storage::evidence_table;
use crate::storage::run_folder::RunFolder;
use crate::verdicts::evaluation::{Judged, judge_all};
use crate::verdicts::file::VerdictFile;
use crate::verdicts::judgement::Verdict;
use crate::verdicts::robustness::{DRAWS, Draws, add_robustness};

/// Name of the folder.
const NAME: &str = "verdicts";

/// Judges statements, prints them, and writes tables and figures if a folder is named.
pub(crate) fn verdicts(arguments: &VerdictsArguments, session: &Session) -> CommandResult {
    let (name, text) = SHIPPED;
    let trials = evidence_table::read(name, text).or_defect("the table of trials cannot be read");
    let chosen = statements::read(&arguments.chosen, &trials, session)?;
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let folder = arguments.output.as_ref();
    let folder = folder.map(|output| RunFolder::begin(output, NAME, NAME, arguments.force));
    let folder = folder.transpose()?;
    let named = !arguments.chosen.is_empty();
    let repeated = arguments.robustness || (named && !arguments.quick);
    let judged = threads.install(|| judge(&chosen.files, &trials, repeated, session));
    let mut status = ExitStatus::failed_if(judged.iter().any(|one| one.verdict == Verdict::Untold));
    for one in judged.iter().filter(|one| one.idle_assumption()) {
        let id = &one.file.statement.id;
        let words = "the verdict is the same without it; name in [verdict.otherwise] what it rests \
                     on, or take by_assumption out";
        session.terminal.error(&format!("the assumption of {id} carries nothing: {words}"));
        status = status.max(ExitStatus::BadInput);
    }
    if let Some(folder) = folder {
        let ids: Vec<&str> = judged.iter().map(|one| one.file.statement.id.as_str()).collect();
        // The first text names what the folder is of, whichever statements were asked for.
        let mut texts = vec![(NAME.to_owned(), ids.join("\n"))];
        texts.extend(chosen.texts);
        let stored = files::store(&texts, &judged, folder, !arguments.no_figures)?;
        session.terminal.remarks(&stored.notes);
        session.terminal.remark(&format!("tables, cards and figures: {}", stored.path.display()));
    }
    print(&judged, arguments, session)?;
    let refused = if chosen.complete { ExitStatus::Success } else { ExitStatus::BadInput };
    Ok(status.max(refused).max(interrupt::status()))
}

fn judge(
    files: &[VerdictFile],
    trials: &[Trial],
    repeated: bool,
    session: &Session,
) -> Vec<Judged> {
    let watch = || !interrupt::requested();
    let evidence = trials_of(files, trials, &watch);
    let steps = (files.len() * if repeated { 2 } else { 1 }) as u64;
    let bar = PatientBar::new(steps, "statements {bar:40} {pos}/{len}", session);
    let mut judged = judge_all(files, &evidence, &watch, &|| bar.advance(1));
    if repeated && judged.iter().any(|one| one.file.statement.decided_by == DecidedBy::Claims) {
        let draws = Draws::new(DRAWS, trials, &watch);
        for one in &mut judged {
            add_robustness(one, &draws, &watch);
            bar.advance(1);
        }
    }
    bar.end();
    judged
}

fn print(
    judged: &[Judged],
    arguments: &VerdictsArguments,
    session: &Session,
) -> Result<(), CommandError> {
    let terminal = &session.terminal;
    if arguments.answer.json {
        terminal.result(&print::document(judged));
    } else if arguments.markdown {
        terminal.result(&print::markdown(judged));
    } else if arguments.csv {
        let table = files::statements_table(judged).map_err(CommandError::failed)?;
        terminal.result(&table);
    } else if arguments.chosen.is_empty() {
        session.print_summary(&print::overview(judged, terminal));
    } else {
        let cards: Vec<String> = judged.iter().map(|one| card::card(one, terminal)).collect();
        session.print_summary(&cards.join("\n"));
    }
    Ok(())
}
