//! `calcifate verdicts`: statements put to the test, in both hypothesis sets.

mod print;
mod statements;

use std::io;

use crate::about::DISCLAIMER;
use crate::charts::{layout, verdict, verdict_overview};
use crate::cli::arguments::commands::VerdictsArguments;
use crate::cli::arguments::options::FigureLetters;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::extent::{Extent, contents, state};
use crate::cli::session::figures::{write_figures, write_page};
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::verdicts::print::markdown;
use crate::error::failure::StorageFailure;
use crate::evidence::shipped_trials;
use crate::evidence::trial::Trial;
use crate::library::verdicts::trials_of;
use crate::plots::{Figure, FigureError};
use crate::printed::shown_path;
use crate::report::verdicts::document;
use crate::scenario::statement::DecidedBy;
use crate::storage::evidence_table::{Counted, csv_text, finish};
use crate::storage::run_folder::{RunFolder, StoredRun};
use crate::verdicts::evaluation::{Judged, judge_all};
use crate::verdicts::file::VerdictFile;
use crate::verdicts::judgement::{DRAWS, Verdict};
use crate::verdicts::robustness::{Draws, add_robustness};
use crate::verdicts::table::{STATEMENTS, TESTS, statements, tests};

const NAME: &str = "verdicts";

/// Judges statements, prints them, and writes tables and figures if a folder is named.
pub(crate) fn verdicts(arguments: &VerdictsArguments, session: &Session) -> CommandResult {
    let trials = shipped_trials();
    let chosen = statements::read(&arguments.chosen, &trials, session)?;
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let folder = arguments.output.as_ref();
    let folder = folder.map(|output| RunFolder::begin(output, NAME, NAME, arguments.force));
    let folder = folder.transpose()?;
    let letters = Some(&arguments.letters).filter(|_| folder.is_some() && !arguments.no_figures);
    if let Some(letters) = letters {
        chosen.files.iter().for_each(|file| letters.warn_of_statement(file, &session.terminal));
    }
    let named = !arguments.chosen.is_empty();
    let repeated = arguments.robustness || (named && !arguments.quick);
    let judged = threads.install(|| judge(&chosen.files, &trials, repeated, session));
    let extent = extent(&judged, &chosen.files, repeated);
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
        let stored = store(&texts, &judged, &extent, folder, letters)?;
        session.terminal.remarks(&stored.notes);
        session
            .terminal
            .remark(&format!("tables, cards and figures: {}", shown_path(&stored.path)));
    }
    print(&judged, &extent, arguments, session)?;
    extent.mark().iter().for_each(|mark| session.terminal.error(mark));
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
        for one in judged.iter_mut().take_while(|_| watch()) {
            add_robustness(one, &draws, &watch);
            bar.advance(1);
        }
    }
    bar.end();
    judged
}

/// How many of the files were judged, and how many of those that are to be were repeated.
fn extent(judged: &[Judged], files: &[VerdictFile], repeated: bool) -> Extent {
    let judged_so_far = Extent::of("statements", judged.len(), files.len());
    let tested = |file: &VerdictFile| file.statement.decided_by == DecidedBy::Claims;
    let wanted = files.iter().filter(|file| repeated && tested(file)).count();
    let done = judged.iter().filter(|one| one.sets.iter().any(|own| own.robustness.is_some()));
    judged_so_far.and("statements repeated with other parameters", done.count(), wanted)
}

fn print(
    judged: &[Judged],
    extent: &Extent,
    arguments: &VerdictsArguments,
    session: &Session,
) -> Result<(), CommandError> {
    let terminal = &session.terminal;
    if arguments.answer.json {
        terminal.json(&print::document(judged, extent));
    } else if arguments.markdown {
        terminal.result(&markdown(judged, extent));
    } else if arguments.csv {
        let table = statements_table(judged, extent).map_err(CommandError::failed)?;
        terminal.result(&table);
    } else if arguments.chosen.is_empty() {
        session.print_summary(&print::overview(judged, extent, terminal));
    } else {
        let mark = extent.mark().map(|mark| format!("{mark}\n"));
        let cards = judged.iter().map(|one| print::card(one, terminal));
        session.print_summary(&mark.into_iter().chain(cards).collect::<Vec<_>>().join("\n"));
    }
    Ok(())
}

/// The table of statements as text with commas.
fn statements_table(judged: &[Judged], extent: &Extent) -> io::Result<String> {
    csv_text(&STATEMENTS, &extent.marked(statements(judged), STATEMENTS.len()))
}

/// The files of the folder, and their content.
const CONTENTS: [(&str, &str); 5] = [
    ("verdicts.csv", "every statement with its verdict, numbers and robustness"),
    ("tests.csv", "every test with its numbers"),
    ("verdicts.md", "a card for each statement"),
    ("report.html", "the same as a page for a browser; opens anywhere"),
    ("figures/", "one for each statement, and an overview by topic"),
];

/// Writes tables, cards, figures, a README and a manifest with the texts of the files.
fn store(
    texts: &[(String, String)],
    judged: &[Judged],
    extent: &Extent,
    mut folder: RunFolder,
    letters: Option<&FigureLetters>,
) -> Result<StoredRun, StorageFailure> {
    if interrupt::requested() {
        folder.hurry();
    }
    let tests = extent.marked(tests(judged), TESTS.len());
    folder
        .write("verdicts.csv", |out| out.write_all(statements_table(judged, extent)?.as_bytes()))?;
    folder.write("tests.csv", |out| out.write_all(csv_text(&TESTS, &tests)?.as_bytes()))?;
    folder.write_text("verdicts.md", &markdown(judged, extent))?;
    if let Some(letters) = letters {
        write_figures(&mut folder, letters.font.as_ref(), figures(judged))?;
    }
    write_page(&mut folder, || document(judged))?;
    let complete = !interrupt::requested();
    let readme = format!(
        "Statements put to the test in both hypothesis sets\n\n{}{}\n{DISCLAIMER}\n",
        state(extent, complete),
        contents(&CONTENTS, &folder.files()),
    );
    finish(folder, &readme, texts, Counted::Statements(judged.len()), complete)
}

/// The figures with their names: an overview of several statements, then those of each.
fn figures(judged: &[Judged]) -> impl Iterator<Item = (String, Result<Figure, FigureError>)> {
    let several = Some(judged).filter(|judged| judged.len() > 1).into_iter();
    let overview = several.map(|judged| {
        let chart = verdict_overview::chart(judged);
        ("overview".to_owned(), layout::figure(&chart, "verdicts"))
    });
    let of_each = judged.iter().flat_map(|one| {
        let id = &one.file.statement.id;
        let own = std::iter::once((id.clone(), layout::figure(&verdict::chart(one), "verdict")));
        let of_lesson = std::iter::once_with(|| one.lesson_figures()).flatten();
        own.chain(of_lesson.map(move |(kind, figure)| (format!("{id}_{kind}"), figure)))
    });
    overview.chain(of_each)
}
