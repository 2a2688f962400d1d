//! `calcifate merge`: the shards of a sweep become one.

use crate::cli::arguments::commands::MergeArguments;
use crate::cli::arguments::options::ThreadCount;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::sweep::figures::{StoredSweep, draw_merged};
use crate::cli::sweep::summary::{answer, ending, readme};
use crate::cli::table::titled;
use crate::storage::merge;
use crate::storage::place::write;

/// Puts shards together and prints how the runs of the whole sweep ended.
pub(crate) fn merge(arguments: &MergeArguments, session: &Session) -> CommandResult {
    interrupt::listen();
    let (folder, terminal) = (&arguments.folder, &session.terminal);
    let merged = merge::merge(&arguments.folders, &folder.output, folder.force)?;
    terminal.remarks(&merged.notes);
    let stored = StoredSweep::read(&merged.path);
    let drawn = if folder.no_figures {
        DrawnFigures::default()
    } else {
        // No option says the number of threads.
        start_threads(&ThreadCount { threads: None })?
            .install(|| draw_merged(&stored, &merged.path, folder.letters.font.as_ref()))
    };
    let mut text = String::new();
    if let Ok(Some(StoredSweep { sweep, .. })) = &stored {
        write(&merged.path, "README.txt", readme(sweep, &merged.path).as_bytes())?;
        text = titled("Answer", &answer(sweep, &merged.path), terminal.width());
    }
    let on = terminal.colored_results;
    text += &ending(merged.runs, &merged.found, &merged.path, None, &drawn, on);
    session.print_summary(&text);
    let status = ExitStatus::failed_if(merged.found.failed > 0);
    Ok(drawn.report_failures(status, terminal))
}
