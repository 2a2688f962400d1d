//! Sweeps from text and files, run into tables in memory.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::problem::Problems;
use crate::scenario::Scenario;
use crate::simulation::Options;
use crate::sweep::Sweep;
use crate::sweep::evaluation::columns;
use crate::sweep::file::{LoadedFile, load, load_upon};
use crate::sweep::lane_engine::LaneEngine;
use crate::sweep::results_table::{CellValue, ResultColumn};
use crate::sweep::run_record::RunRow;
use crate::sweep::runner::{FinishedChunk, RunObserver, run_chunks};

impl Sweep {
    /// Reads the text of a sweep file about the scenario `base`, which the text need not name.
    ///
    /// # Errors
    /// Every problem of the text.
    pub fn parse(text: &str, base: &Scenario) -> Result<Self, Problems> {
        // The texts stand in the order in which they extend each other.
        let read = |_: &str, mentioned_in: &str| {
            let at = base.texts.iter().position(|(name, _)| name == mentioned_in);
            let next = base.texts.get(at.map_or(0, |at| at + 1)).cloned();
            next.ok_or_else(|| "it is not part of the scenario".to_owned())
        };
        let first = base.texts.first();
        load_upon(first, "sweep.toml", text, Options::default(), &read).into_result()
    }

    /// Reads a sweep file and the scenario that it names, relative to it.
    ///
    /// # Errors
    /// Why a file cannot be read, or every problem of it.
    #[cfg(feature = "files")]
    pub fn from_path(path: impl AsRef<std::path::Path>) -> Result<Self, Problems> {
        let (name, text) = crate::library::input_files::named_text(path.as_ref())?;
        let read = crate::library::input_files::read_beside;
        load(&name, &text, Options::default(), &read).into_result()
    }

    /// Number of runs.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.plan.runs()
    }

    /// Runs all, on several threads with the feature `parallel`; a run that fails has a row too.
    #[must_use]
    pub fn run(&self) -> Table {
        self.run_with(&|_| true)
    }

    /// Runs all, watched: `watch` is called now and then with the number of runs done; `false` ends
    /// the sweep, and only whole chunks are in the table.
    #[must_use]
    pub fn run_with(&self, watch: &(dyn Fn(u64) -> bool + Sync)) -> Table {
        let progress = Progress { done: AtomicU64::new(0), watch };
        let chunks: Vec<u64> = (0..self.plan.chunks()).collect();
        let engine = LaneEngine::new(self.options, &self.arms(&self.base).unwrap_or_default());
        let finished = Mutex::new(BTreeMap::new());
        let store = |chunk: FinishedChunk| -> Result<(), Infallible> {
            let mut finished = finished.lock().unwrap_or_else(PoisonError::into_inner);
            finished.insert(chunk.number, chunk.rows);
            Ok(())
        };
        // How it ended shows in the number of rows.
        let _ = run_chunks(self, &chunks, &engine, &progress, false, &store);
        let finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rows = finished.into_values().flatten().collect();
        Table { columns: columns(self), rows, runs: self.runs() }
    }
}

impl<T> LoadedFile<T> {
    fn into_result(self) -> Result<T, Problems> {
        let Self { content, texts, problems, .. } = self;
        content.ok_or(Problems::of(problems, texts))
    }
}

struct Progress<'a> {
    done: AtomicU64,
    watch: &'a (dyn Fn(u64) -> bool + Sync),
}

impl RunObserver for Progress<'_> {
    fn done(&self, rows: &[RunRow]) {
        self.done.fetch_add(rows.len() as u64, Ordering::Relaxed);
    }

    fn go_on(&self) -> bool {
        (self.watch)(self.done.load(Ordering::Relaxed))
    }
}

/// The rows of a sweep: one for each run, in the order of their numbers.
///
/// ```
/// use calcifate::{Scenario, Sweep};
///
/// let base = Scenario::parse("duration = \"1 year\"\n[[arm]]\nname = \"k2\"\n")?;
/// let text = "[vary]\nmk7_supplement = [\"0 ug/day\", \"90 ug/day\", \"180 ug/day\"]\n\
///             [outcomes]\ndp_ucmgp = \"end(dp_ucmgp)\"\n";
/// let table = Sweep::parse(text, &base)?.run();
/// assert!(table.is_complete() && table.failures().next().is_none());
/// let doses = table.numbers("mk7_supplement_ug_per_day").ok_or("no such column")?;
/// assert_eq!(doses, [0.0, 90.0, 180.0]);
/// let inactive = table.numbers("dp_ucmgp").ok_or("no such column")?;
/// assert!(inactive[0] > inactive[2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<ResultColumn>,
    rows: Vec<RunRow>,
    runs: u64,
}

impl Table {
    /// The columns: number of the run, what varies, outcomes, balance and whether it is complete.
    #[must_use]
    pub fn columns(&self) -> &[ResultColumn] {
        &self.columns
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// True if every run has a row: nobody stopped the sweep.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.rows.len() as u64 == self.runs
    }

    /// A column of numbers, NaN where a run has none; `None` if there is no such column. Its name
    /// may leave out the unit: `dp_ucmgp` is `dp_ucmgp_pmol_per_l`.
    #[must_use]
    pub fn numbers(&self, column: &str) -> Option<Vec<f64>> {
        #[allow(clippy::cast_precision_loss)] // numbers of runs
        let number = |cell: &CellValue| match cell {
            CellValue::Number(number) => *number,
            CellValue::Whole(number) => *number as f64,
            CellValue::Truth(truth) => f64::from(u8::from(*truth)),
            CellValue::Word(_) | CellValue::Missing => f64::NAN,
        };
        Some(self.cells(column)?.map(number).collect())
    }

    /// A column as text, empty where a run has nothing; `None` if there is no such column.
    #[must_use]
    pub fn texts(&self, column: &str) -> Option<Vec<String>> {
        Some(self.cells(column)?.map(CellValue::text).collect())
    }

    /// The numbers of the runs that failed, with the reasons.
    pub fn failures(&self) -> impl Iterator<Item = (u64, &str)> {
        self.rows.iter().filter_map(|row| Some((row.run, row.failure.as_deref()?)))
    }

    fn cells(&self, name: &str) -> Option<impl Iterator<Item = &CellValue>> {
        let whole = self.columns.iter().position(|column| column.name == name);
        let at = whole
            .or_else(|| self.columns.iter().position(|column| column.without_unit() == name))?;
        Some(self.rows.iter().map(move |row| row.cells.get(at).unwrap_or(&CellValue::Missing)))
    }
}
