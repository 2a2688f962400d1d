//! The progress bar: on the standard error, and only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Parts of the bar per arm.
const PARTS: f64 = 1000.0;

/// How far all runs together are.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for `count` runs. Without a terminal (indicatif looks) or if quiet, nothing shows.
    pub fn new(count: usize, quiet: bool) -> Self {
        let target =
            if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let length = (count as f64 * PARTS) as u64;
        let bar = ProgressBar::with_draw_target(Some(length), target);
        if let Ok(style) = ProgressStyle::with_template("running {wide_bar} {percent:>3} %  {eta}")
        {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// A watcher for one run: takes its share done and moves the common bar on.
    pub fn watcher(&self) -> impl FnMut(f64) {
        let mut told = 0_u64;
        move |share: f64| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let now = (share.clamp(0.0, 1.0) * PARTS) as u64;
            if now > told {
                self.bar.inc(now - told);
                told = now;
            }
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
