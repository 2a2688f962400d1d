//! Ctrl-C and requests to end: the first ends the runs in order, the second ends at once.
//!
//! Whatever a command is doing, it ends within a second of the first: what is not written by then
//! is left out, as if the machine had been switched off, which every folder of results survives.

use std::io::Write as _;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

#[cfg(unix)]
use nix::sys::signal::{SigSet, Signal};

use crate::cli::exit_status::ExitStatus;
use crate::storage::place;

/// Time for an orderly end. The system takes up to half a second on a busy machine to take back
/// the memory of ten thousand arms, so that with the message it is less than a second.
const GRACE: Duration = Duration::from_millis(400);

/// Time for the message, which must not wait for a standard error that nobody reads, and as much for
/// removing what is unfinished.
const MESSAGE_TIME: Duration = Duration::from_millis(50);

/// Time for tables that are still to be written; what is shorter comes after them.
const TABLE_TIME: Duration = Duration::from_millis(200);

/// The time of the first request.
static REQUESTED: OnceLock<Instant> = OnceLock::new();

/// Begins to listen. Without it (no handler may be set) the system's own reaction stays.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if REQUESTED.set(Instant::now()).is_err() {
            exit();
        }
        thread::spawn(end_in_time);
    });
}

/// A file that grows beyond the limit of the system (`ulimit -f`) is told as a full disk, not by a
/// silent death. Threads that begin later take this over.
pub(crate) fn survive_size_limits() {
    #[cfg(unix)]
    {
        let mut signals = SigSet::empty();
        signals.add(Signal::SIGXFSZ);
        // Without it the system's own reaction stays.
        let _ = signals.thread_block();
    }
}

/// True once the user has asked to stop.
pub(crate) fn requested() -> bool {
    REQUESTED.get().is_some()
}

/// True once so much time has passed since then that long tables are left out.
pub(crate) fn is_late() -> bool {
    REQUESTED.get().is_some_and(|time| time.elapsed() > TABLE_TIME)
}

/// Exit status by the user's wish alone.
pub(crate) fn status() -> ExitStatus {
    if requested() { ExitStatus::Interrupted } else { ExitStatus::Success }
}

/// Ends the process if it does not end by itself.
fn end_in_time() {
    thread::sleep(GRACE);
    in_time(|| {
        let text = "error: interrupted before all was written; earlier results and finished parts \
                    stay, what is unfinished is left out\n";
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    });
    exit();
}

/// Waits for some work, but not longer than the time for a message.
fn in_time(work: impl FnOnce() + Send + 'static) {
    let (done, wait) = std::sync::mpsc::channel();
    thread::spawn(move || {
        work();
        let _ = done.send(());
    });
    let _ = wait.recv_timeout(MESSAGE_TIME);
}

/// Ends the process; what it had begun to write goes with it, if there is time for that.
fn exit() -> ! {
    in_time(place::remove_unfinished);
    std::process::exit(i32::from(ExitStatus::Interrupted.code()))
}
