//! What is seen while a sweep runs: runs done, rate, time left, failures, worst balance residual.

use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::interrupt;
use crate::cli::sweep::summary::grouped;
use crate::cli::terminal::Terminal;
use crate::sweep::kept::RunRow;
use crate::sweep::runner::Watcher;

/// Sweeps that end sooner than this need no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// Where no terminal shows the bar, as in the log of a job, a line is written this often.
const LOG_EVERY: Duration = Duration::from_secs(60);

/// The bar, and the time after which it is enough.
#[derive(Debug)]
pub struct Progress<'a> {
    bar: ProgressBar,
    started: Instant,
    limit: Option<Duration>,
    shown: AtomicBool,
    terminal: &'a Terminal,
    told: Mutex<Told>,
}

/// What is told beside the bar.
#[derive(Debug)]
struct Told {
    failed: u64,
    residual_mg: f64,
    /// When the last line was written into a log.
    logged: Instant,
}

impl<'a> Progress<'a> {
    /// A bar for `count` runs; lines now and then where the talk goes to no terminal.
    pub fn new(
        count: u64,
        limit: Option<Duration>,
        started: Instant,
        terminal: &'a Terminal,
    ) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count), ProgressDrawTarget::hidden());
        let template = "{bar:30} {human_pos} of {human_len} runs · {per_sec} · {eta} left · {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let shown = AtomicBool::new(terminal.quiet);
        let told = Mutex::new(Told { failed: 0, residual_mg: 0.0, logged: started });
        Self { bar, started, limit, shown, terminal, told }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn log(&self, told: &mut Told, message: &str) {
        if std::io::stderr().is_terminal() || told.logged.elapsed() < LOG_EVERY {
            return;
        }
        told.logged = Instant::now();
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
        let left = HumanDuration(self.bar.eta());
        let rate = self.bar.per_sec();
        let (done, all) = (grouped(done), grouped(all));
        self.terminal.remark(&format!(
            "{done} of {all} runs · {rate:.0} a second · {left} left · {message}"
        ));
    }
}

impl Watcher for Progress<'_> {
    fn done(&self, rows: &[RunRow]) {
        self.bar.inc(rows.len() as u64);
        if let Ok(mut told) = self.told.lock() {
            told.failed += rows.iter().filter(|row| row.failure.is_some()).count() as u64;
            told.residual_mg =
                rows.iter().map(|row| row.residual_mg).fold(told.residual_mg, f64::max);
            let message =
                format!("{} failed · balance within {:.0e} mg", told.failed, told.residual_mg);
            self.log(&mut told, &message);
            self.bar.set_message(message);
        }
        if self.started.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn go_on(&self) -> bool {
        !interrupt::requested() && self.limit.is_none_or(|limit| self.started.elapsed() < limit)
    }
}
