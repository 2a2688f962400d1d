//! `calcifate merge`: the shards of a sweep become one.

use crate::cli::arguments::MergeArguments;
use crate::cli::arguments::options::ThreadCount;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::session::figures::DrawnFigures;
use crate::cli::session::{Session, start_threads};
use crate::cli::sweep::figures;
use crate::cli::sweep::summary::ending;
use crate::storage::merge;

/// Puts shards together and prints how the runs of the whole sweep ended.
pub(crate) fn merge(arguments: &MergeArguments, session: &Session) -> CommandResult {
    let (folder, terminal) = (&arguments.folder, &session.terminal);
    let merged = merge::merge(&arguments.folders, &folder.output, folder.force)?;
    terminal.remarks(&merged.notes);
    let drawn = if folder.no_figures {
        DrawnFigures::default()
    } else {
        // No option says the number of threads.
        start_threads(&ThreadCount { threads: None })?
            .install(|| figures::draw_merged(&merged.path, folder.letters.font.as_ref()))
    };
    let on = terminal.colored_results;
    session.print_summary(&ending(merged.runs, &merged.found, &merged.path, None, &drawn, on));
    let status = ExitStatus::failed_if(merged.found.failed > 0);
    Ok(drawn.report_failures(status, terminal))
}
