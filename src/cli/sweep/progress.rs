//! Progress of a sweep: runs done, rate, time left, failures, worst balance residual.

use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::HumanDuration;

use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt};
use crate::sweep::run_record::RunRow;
use crate::sweep::runner::RunObserver;
use crate::words::numbers::{count, error_size};

/// Time between lines where no terminal shows the bar, as in the log of a job.
const LOG_EVERY: Duration = Duration::from_secs(60);

/// The bar, and the time after which it is enough.
pub(crate) struct SweepProgress<'a> {
    bar: PatientBar<'a>,
    limit: Option<Duration>,
    session: &'a Session,
    tally: Mutex<Tally>,
}

/// Counts beside the bar.
struct Tally {
    failed: u64,
    residual_mg: f64,
    /// Time of the last line in a log.
    logged: Instant,
}

impl<'a> SweepProgress<'a> {
    /// A bar for `count` runs; lines now and then where the talk goes to no terminal.
    pub(crate) fn new(count: u64, limit: Option<Duration>, session: &'a Session) -> Self {
        let template = "{bar:30} {human_pos} of {human_len} runs · {per_sec} · {eta} left · {msg}";
        let bar = PatientBar::new(count, template, session);
        let tally = Mutex::new(Tally { failed: 0, residual_mg: 0.0, logged: session.started });
        Self { bar, limit, session, tally }
    }

    pub(crate) fn end(&self) {
        self.bar.end();
    }

    fn log(&self, tally: &mut Tally, message: &str) {
        if std::io::stderr().is_terminal() || tally.logged.elapsed() < LOG_EVERY {
            return;
        }
        tally.logged = Instant::now();
        let bar = &self.bar.bar;
        let (done, all) = (count(bar.position()), count(bar.length().unwrap_or_default()));
        let (rate, left) = (bar.per_sec(), HumanDuration(bar.eta()));
        self.session.terminal.remark(&format!(
            "{done} of {all} runs · {rate:.0} a second · {left} left · {message}"
        ));
    }
}

impl RunObserver for SweepProgress<'_> {
    fn done(&self, rows: &[RunRow]) {
        self.bar.advance(rows.len() as u64);
        if let Ok(mut tally) = self.tally.lock() {
            tally.failed += rows.iter().filter(|row| row.failure.is_some()).count() as u64;
            tally.residual_mg =
                rows.iter().filter_map(|row| row.residual_mg).fold(tally.residual_mg, f64::max);
            let message = format!(
                "{} failed · balance within {} mg",
                tally.failed,
                error_size(tally.residual_mg)
            );
            self.log(&mut tally, &message);
            self.bar.bar.set_message(message);
        }
    }

    fn go_on(&self) -> bool {
        !interrupt::requested() && self.limit.is_none_or(|limit| self.session.elapsed() < limit)
    }
}
