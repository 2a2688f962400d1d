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

/// Time for an orderly end; with the message it is less than a second.
const GRACE: Duration = Duration::from_millis(700);

/// Least time for an orderly end, however much memory is to be taken back.
const LEAST_GRACE: Duration = Duration::from_millis(150);

/// Memory that the system takes back in a millisecond on a busy machine \[byte\]; measured with ten
/// thousand arms.
const FREED_PER_MILLISECOND: u64 = 1_500_000;

/// Time for the message, which must not wait for a standard error that nobody reads, and as much for
/// removing what is unfinished.
const MESSAGE_TIME: Duration = Duration::from_millis(50);

/// The time of the first request, and the time for an orderly end from then on.
static REQUESTED: OnceLock<(Instant, Duration)> = OnceLock::new();

/// Begins to listen. Without it (no handler may be set) the system's own reaction stays.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if REQUESTED.set((Instant::now(), grace())).is_err() {
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

/// True once half of the time for an orderly end has passed: long tables are left out, and what is
/// shorter comes after them.
pub(crate) fn is_late() -> bool {
    REQUESTED.get().is_some_and(|(time, grace)| time.elapsed() > *grace / 2)
}

/// The time for an orderly end: after it the system takes back the memory, before the process is gone.
fn grace() -> Duration {
    // Only Linux tells, in pages of at least 4096 bytes.
    let told = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = told.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0);
    let freeing = Duration::from_millis(pages.saturating_mul(4096) / FREED_PER_MILLISECOND);
    GRACE.saturating_sub(freeing).max(LEAST_GRACE)
}

/// Exit status by the user's wish alone.
pub(crate) fn status() -> ExitStatus {
    if requested() { ExitStatus::Interrupted } else { ExitStatus::Success }
}

/// Ends the process if it does not end by itself.
fn end_in_time() {
    thread::sleep(REQUESTED.get().map_or(GRACE, |(_, grace)| *grace));
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
