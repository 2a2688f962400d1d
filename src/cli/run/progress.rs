//! The progress bar: on the standard error, and only on a terminal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Parts of the bar per arm.
const PARTS: f64 = 1000.0;

/// Runs that end sooner than this need no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// How far all runs together are.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// A bar for `count` runs. Without a terminal (indicatif looks) or if quiet, nothing shows.
    pub fn new(count: usize, quiet: bool) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // a positive count of parts
        let length = (count as f64 * PARTS) as u64;
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("running {bar:40} {percent:>3} %  {eta}") {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now(), shown: AtomicBool::new(quiet) }
    }

    /// A watcher for one run: takes its share done and moves the common bar on.
    pub fn watcher(&self) -> impl FnMut(f64) {
        let mut told = 0_u64;
        move |share: f64| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped before
            let now = (share.clamp(0.0, 1.0) * PARTS) as u64;
            if now <= told {
                return;
            }
            if self.started.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar.inc(now - told);
            told = now;
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
