//! What is seen while a sweep runs: runs done, rate, time left, failures, worst balance residual.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::interrupt;
use crate::sweep::kept::RunRow;
use crate::sweep::runner::Watcher;

/// Sweeps that end sooner than this need no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// The bar, and the time after which it is enough.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    limit: Option<Duration>,
    shown: AtomicBool,
    /// Failed runs and the worst residual \[mg\].
    worst: Mutex<(u64, f64)>,
}

impl Progress {
    /// A bar for `count` runs. Without a terminal (indicatif looks) or if quiet, nothing shows.
    pub fn new(count: u64, limit: Option<Duration>, started: Instant, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count), ProgressDrawTarget::hidden());
        let template = "{bar:30} {human_pos} of {human_len} runs · {per_sec} · {eta} left · {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let shown = AtomicBool::new(quiet);
        Self { bar, started, limit, shown, worst: Mutex::new((0, 0.0)) }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watcher for Progress {
    fn done(&self, rows: &[RunRow]) {
        if let Ok(mut worst) = self.worst.lock() {
            worst.0 += rows.iter().filter(|row| row.failure.is_some()).count() as u64;
            worst.1 = rows.iter().map(|row| row.residual_mg).fold(worst.1, f64::max);
            self.bar.set_message(format!("{} failed · balance within {:.0e} mg", worst.0, worst.1));
        }
        if self.started.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(rows.len() as u64);
    }

    fn go_on(&self) -> bool {
        !interrupt::requested() && self.limit.is_none_or(|limit| self.started.elapsed() < limit)
    }
}
