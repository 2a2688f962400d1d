//! Everything that commands which run simulations share: clock, threads, interruption, reading of
//! files, progress, figures, the end of a summary. It knows no command.

pub(crate) mod chosen;
pub(crate) mod extent;
pub(crate) mod figures;
pub(crate) mod input_files;
pub(crate) mod interrupt;
mod letters;
pub(crate) mod progress_bar;

use std::thread;
use std::time::{Duration, Instant};

use rayon::ThreadPool;

use crate::about::DISCLAIMER;
use crate::cli::arguments::options::{MOST_THREADS, ThreadCount};
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::storage::manifest::RunTiming;

/// Number of threads for programs that use rayon, where no option says one.
const THREADS_VARIABLE: &str = "RAYON_NUM_THREADS";

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
            error.status
        });
        status.max(ExitStatus::failed_if(self.terminal.output_failed()))
    }
}

/// The threads that were asked for: by `-j`, else by `RAYON_NUM_THREADS`, else one for each core.
pub(crate) fn start_threads(wanted: &ThreadCount) -> Result<ThreadPool, CommandError> {
    let cores = || thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS.into());
    let count = match wanted.threads {
        Some(count) => count.into(),
        None => threads_of_environment()?.unwrap_or_else(cores),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
    pool.map_err(|error| CommandError::failed(format!("cannot start {count} threads: {error}")))
}

/// The number in `RAYON_NUM_THREADS`, within the limits of `-j`; 0 stands for none.
fn threads_of_environment() -> Result<Option<usize>, CommandError> {
    let Some(text) = std::env::var_os(THREADS_VARIABLE).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let text = text.to_string_lossy();
    let count = text.trim().parse::<u16>().ok().filter(|count| *count <= MOST_THREADS);
    let count = count.ok_or_else(|| {
        CommandError::bad_input(format!(
            "{THREADS_VARIABLE}={text}: a number of threads from 1 to {MOST_THREADS} is accepted, \
             as of -j"
        ))
    })?;
    Ok(Some(usize::from(count)).filter(|count| *count > 0))
}
