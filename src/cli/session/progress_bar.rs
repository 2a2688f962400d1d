//! A progress bar on the standard error, which shows only on a terminal and only if it takes long.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::session::{Session, interrupt};

/// Work that ends sooner than this after the start needs no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// Length of a bar of which only shares are known.
pub(crate) const STEPS: u64 = 1000;

/// A bar that waits before it shows.
pub(crate) struct PatientBar<'a> {
    pub bar: ProgressBar,
    session: &'a Session,
    shown: AtomicBool,
}

impl<'a> PatientBar<'a> {
    /// A bar of this length. Without a terminal (indicatif looks) or if quiet, nothing shows.
    pub(crate) fn new(length: u64, template: &str, session: &'a Session) -> Self {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, session, shown: AtomicBool::new(session.terminal.quiet) }
    }

    /// Moves the bar on, and shows it once it is due.
    pub(crate) fn advance(&self, steps: u64) {
        self.show_if_due();
        self.bar.inc(steps);
    }

    /// Moves the bar to a share of its length, and shows it once it is due; false once the user has
    /// asked to stop.
    pub(crate) fn goes_on(&self, share: f64) -> bool {
        self.show_if_due();
        self.bar.set_position((share * self.bar.length().unwrap_or_default() as f64) as u64);
        !interrupt::requested()
    }

    fn show_if_due(&self) {
        if self.session.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
