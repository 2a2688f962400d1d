//! Ctrl-C and requests to end: the first ends the runs in order, the second ends at once.
//!
//! Whatever a command is doing, it ends within a second of the first: what is not written by then
//! is left out, as if the machine had been switched off, which every folder of results survives.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::cli::exit_status::ExitStatus;

/// Time for an orderly end; with the message it is less than a second.
const GRACE: Duration = Duration::from_millis(750);

/// Time for the message, which must not wait for a standard error that nobody reads.
const MESSAGE_TIME: Duration = Duration::from_millis(50);

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Begins to listen. Without it (no handler may be set) the system's own reaction stays.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::Relaxed) {
            exit();
        }
        thread::spawn(end_in_time);
    });
}

/// True once the user has asked to stop.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Exit status by the user's wish alone.
pub(crate) fn status() -> ExitStatus {
    if requested() { ExitStatus::Interrupted } else { ExitStatus::Success }
}

/// Ends the process if it does not end by itself.
fn end_in_time() {
    thread::sleep(GRACE);
    thread::spawn(|| {
        let text = "error: interrupted before all was written; earlier results and finished chunks \
                    stay, the unfinished result is left out\n";
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    });
    thread::sleep(MESSAGE_TIME);
    exit();
}

fn exit() -> ! {
    std::process::exit(i32::from(ExitStatus::Interrupted.code()))
}
