//! Ctrl-C and requests to end: the first ends the runs in order, the second ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::outcome::Outcome;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Begins to listen. Without it (no handler may be set) the system's own reaction stays.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Outcome::Interrupted.code()));
        }
    });
}

/// Whether the user asked to stop.
#[must_use]
pub fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}
