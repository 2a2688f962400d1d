//! Ctrl-C and requests to end: the first ends the runs in order, the second ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::exit_status::ExitStatus;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Begins to listen. Without it (no handler may be set) the system's own reaction stays.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(ExitStatus::Interrupted.code()));
        }
    });
}

/// `true` once the user has asked to stop.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}
