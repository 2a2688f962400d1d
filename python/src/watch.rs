//! Work of the engine, on its own threads, that Python can interrupt and follow.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use rayon::ThreadPoolBuilder;

use crate::errors::refused_argument;

/// Time between two looks at signals and two calls of a progress function.
const PERIOD: Duration = Duration::from_millis(50);

/// More threads than this are not started, as on the command line.
const MOST_THREADS: usize = 1024;

/// Progress of some work, and the wish to end it.
pub(crate) struct Watch {
    share: AtomicU64,
    ended: AtomicBool,
}

impl Watch {
    /// Takes note of the share done; false if the work is to end.
    pub(crate) fn reach(&self, share: f64) -> bool {
        self.share.store(share.to_bits(), Ordering::Relaxed);
        !self.ended.load(Ordering::Relaxed)
    }

    fn share(&self) -> f64 {
        f64::from_bits(self.share.load(Ordering::Relaxed)).clamp(0.0, 1.0)
    }
}

/// Does some work without the interpreter lock, on so many threads; on all cores if none is said.
///
/// Signals are handled and `progress` is called, with the share done, on the thread of the caller:
/// what either raises ends the work and is raised again. The threads belong to this call alone, so
/// that a process which forks afterwards finds none missing.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    threads: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Watch) -> T + Send,
) -> PyResult<T> {
    let accepted = |count: i64| {
        let count = usize::try_from(count).ok().filter(|count| (1..=MOST_THREADS).contains(count));
        let text = || format!("threads: a number from 1 to {MOST_THREADS} is accepted");
        count.ok_or_else(|| refused_argument(text()))
    };
    let count = threads.map(accepted).transpose()?.unwrap_or(0); // 0: on all cores
    let pool = ThreadPoolBuilder::new().num_threads(count).build();
    let pool =
        pool.map_err(|error| PyOSError::new_err(format!("cannot start threads: {error}")))?;
    let watch = Watch { share: AtomicU64::new(0), ended: AtomicBool::new(false) };
    let progress = progress.map(|function| function.clone().unbind());
    let look = |share: f64| {
        Python::attach(|py| {
            py.check_signals()?;
            progress.as_ref().map_or(Ok(()), |function| function.call1(py, (share,)).map(drop))
        })
    };
    py.detach(|| {
        let (done, is_done) = channel::<()>();
        thread::scope(|scope| {
            let worker = scope.spawn(|| {
                let _done = done; // dropped at the end, also by a panic
                pool.install(|| work(&watch))
            });
            let mut raised = Ok(());
            while is_done.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
                if raised.is_ok() {
                    raised = look(watch.share());
                    watch.ended.store(raised.is_err(), Ordering::Relaxed);
                }
            }
            let result = worker.join().unwrap_or_else(|panic| resume_unwind(panic));
            raised?;
            // What was refused before it began has made no progress.
            if watch.share() > 0.0 {
                look(1.0)?;
            }
            Ok(result)
        })
    })
}
