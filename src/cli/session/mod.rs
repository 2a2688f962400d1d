//! Everything that commands which run simulations share: clock, threads, interruption, reading of
//! files, progress, figures, the end of a summary. It knows no command.

pub(crate) mod figures;
pub(crate) mod input_files;
pub(crate) mod interrupt;
pub(crate) mod progress_bar;

use std::time::{Duration, Instant};

use rayon::ThreadPool;

use crate::about::DISCLAIMER;
use crate::cli::arguments::options::ThreadCount;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::storage::manifest::RunTiming;

#[derive(Debug)]
pub(crate) struct Session {
    pub terminal: Terminal,
    pub started: Instant,
}

impl Session {
    pub(crate) fn begin(terminal: Terminal) -> Self {
        Self { terminal, started: Instant::now() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Times until now, of runs that ended `integration` after the start and their figures.
    pub(crate) fn timing(&self, integration: Duration, threads: &ThreadPool) -> RunTiming {
        RunTiming {
            integration_seconds: integration.as_secs_f64(),
            figures_seconds: self.elapsed().saturating_sub(integration).as_secs_f64(),
            threads: threads.current_num_threads(),
        }
    }

    /// Prints a summary, with the disclaimer below.
    pub(crate) fn print_summary(&self, text: &str) {
        self.terminal.result(&format!("{text}{DISCLAIMER}\n"));
    }

    /// Prints why a command did not go on, and gives the exit status.
    ///
    /// A standard output that could not be written makes it worse.
    pub(crate) fn end(&self, result: CommandResult) -> ExitStatus {
        let status = result.unwrap_or_else(|error| {
            error.message.iter().for_each(|message| self.terminal.error(message));
            error.remark.iter().for_each(|remark| self.terminal.remark(remark));
            error.status
        });
        status.max(ExitStatus::failed_if(self.terminal.output_failed()))
    }
}

pub(crate) fn start_threads(wanted: &ThreadCount) -> Result<ThreadPool, CommandError> {
    let count = wanted.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
    pool.map_err(|error| CommandError::failed(format!("cannot start {count} threads: {error}")))
}
