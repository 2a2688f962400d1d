//! Sweeps from text and files, run into tables in memory.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::problem::{Problem, Problems};
use crate::scenario::Scenario;
use crate::simulation::Options;
use crate::sweep::Sweep;
use crate::sweep::courses;
use crate::sweep::evaluation::columns;
use crate::sweep::file::{LoadedFile, load, load_upon};
use crate::sweep::results_table::{CellValue, Table, number_in};
use crate::sweep::run_record::RunRow;
use crate::sweep::runner::{FinishedChunk, RunObserver, run_chunks};

impl Sweep {
    /// Reads the text of a sweep file about the scenario `base`, which the text need not name.
    ///
    /// # Errors
    /// Every problem of the text.
    pub fn parse(text: &str, base: &Scenario) -> Result<Self, Problems> {
        let (first, read) = (base.texts.first(), reader_of(base));
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

    /// Reads the text of a sweep file that names its scenario, relative to the current folder.
    ///
    /// # Errors
    /// Why the scenario cannot be read, or every problem of the text.
    #[cfg(feature = "files")]
    pub fn from_text(text: &str) -> Result<Self, Problems> {
        let read = crate::library::input_files::read_beside;
        load("sweep.toml", text, Options::default(), &read).into_result()
    }

    /// The same with another method or tolerance.
    #[must_use]
    pub fn with_options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// Number of runs.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.plan.runs()
    }

    /// Number of chunks: runs that are stored together, of which a shard has whole ones.
    #[must_use]
    pub fn chunks(&self) -> u64 {
        self.plan.chunks()
    }

    /// Runs all, on several threads with the feature `parallel`; a run that fails has a row too.
    ///
    /// # Errors
    /// The scenario does not take what every run sets alike.
    pub fn run(&self) -> Result<SweepRun, Problems> {
        self.run_with(&|_| true)
    }

    /// Runs all, watched: `watch` is called now and then with the number of runs done; `false` ends
    /// the sweep, and only whole chunks are in the table.
    ///
    /// # Errors
    /// The scenario does not take what every run sets alike.
    pub fn run_with(&self, watch: &(dyn Fn(u64) -> bool + Sync)) -> Result<SweepRun, Problems> {
        self.integrate_pasts().map_err(|told| Problem::without_span(told, ""))?;
        let progress = Progress { done: AtomicU64::new(0), watch };
        let chunks: Vec<u64> = (0..self.plan.chunks()).collect();
        let finished = Mutex::new(BTreeMap::new());
        let store = |chunk: FinishedChunk| -> Result<(), Infallible> {
            let mut finished = finished.lock().unwrap_or_else(PoisonError::into_inner);
            finished.insert(chunk.number, chunk.rows);
            Ok(())
        };
        // How it ended shows in the number of rows.
        let _ = run_chunks(self, &chunks, &progress, false, &store);
        let finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (mut rows, mut failures, mut times) = (Vec::new(), Vec::new(), Vec::new());
        for row in finished.into_values().flatten() {
            failures.extend(row.failure.map(|cause| (row.run, cause)));
            rows.push(row.cells);
            times.extend(row.courses);
        }
        let table = Table { columns: columns(self), rows };
        let courses = Table { columns: courses::columns(&self.courses), rows: times };
        Ok(SweepRun { sweep: self.clone(), table, courses, failures })
    }
}

/// How a text that names no scenario reads the one that it is about, and what that names.
pub(crate) fn reader_of(
    base: &Scenario,
) -> impl Fn(&str, &str) -> Result<(String, String), String> {
    |path, mentioned_in| {
        let is_of_scenario = base.texts.iter().any(|(name, _)| name == mentioned_in);
        let found = match is_of_scenario {
            true => base.texts.iter().find(|(name, _)| is_beside(name, path, mentioned_in)),
            false => base.texts.first(),
        };
        found.cloned().ok_or_else(|| "it is not part of the scenario".to_owned())
    }
}

/// Whether a path in one file names the file called `name`.
#[cfg(feature = "files")]
fn is_beside(name: &str, path: &str, mentioned_in: &str) -> bool {
    crate::library::input_files::beside(path, mentioned_in).display().to_string() == name
}

/// Without files no text names another.
#[cfg(not(feature = "files"))]
fn is_beside(_: &str, _: &str, _: &str) -> bool {
    false
}

impl<T> LoadedFile<T> {
    pub(super) fn into_result(self) -> Result<T, Problems> {
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

/// A sweep that has run: one row for each run, in the order of their numbers.
///
/// ```
/// use calcifate::{Scenario, Sweep};
///
/// let base = Scenario::parse("duration = \"1 year\"\n")?;
/// let text = "[vary]\nmk7_supplement = \"0 … 180 ug/day step 90\"\n\
///             [outcomes]\ndp_ucmgp = \"end(dp_ucmgp)\"\n";
/// let run = Sweep::parse(text, &base)?.run()?;
/// assert!(run.is_complete() && run.failures().next().is_none());
/// assert_eq!(run.figure_names(), ["dose_response"]);
/// let figure = run.figure("dose_response")?;
/// assert!(figure.svg.starts_with("<svg") && !figure.title.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SweepRun {
    pub(super) sweep: Sweep,
    pub(super) table: Table,
    courses: Table,
    failures: Vec<(u64, String)>,
}

impl SweepRun {
    /// The rows. The columns are: number of the run, what varies, outcomes, balance and whether
    /// it is complete.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// The time courses that the file keeps (`keep = ["cac every year"]`): a row for each run, arm
    /// and time. Without `keep` it has no columns.
    ///
    /// ```
    /// use calcifate::{Scenario, Sweep};
    ///
    /// let base = Scenario::parse("duration = \"1 year\"\n")?;
    /// let text = "keep = [\"pth every 100 days\"]\n\
    ///             [vary]\ncalcium_diet = [\"400 mg/day\", \"1200 mg/day\"]\n\
    ///             [outcomes]\npth = \"end(pth)\"\n";
    /// let run = Sweep::parse(text, &base)?.run()?;
    /// let days = run.courses().numbers("time_days").ok_or("no such column")?;
    /// assert_eq!(days[..5], [0.0, 100.0, 200.0, 300.0, 365.25]);
    /// assert_eq!(days.len(), 10);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn courses(&self) -> &Table {
        &self.courses
    }

    /// True if every run has a row: nobody stopped the sweep.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.table.len() as u64 == self.sweep.runs()
    }

    /// The numbers of the runs that failed, with the reasons.
    pub fn failures(&self) -> impl Iterator<Item = (u64, &str)> {
        self.failures.iter().map(|(run, cause)| (*run, cause.as_str()))
    }

    /// The sweep's answer with the numbers of its runs; `None` if it has none, or if a run that the
    /// answer speaks of gave no number.
    ///
    /// ```
    /// use calcifate::{Scenario, Sweep};
    ///
    /// let base = Scenario::parse("duration = \"1 year\"\n")?;
    /// let text = "answer = \"On 400 mg a day it is {pth(calcium_diet = 400 mg/day)}.\"\n\
    ///             [vary]\ncalcium_diet = \"400 … 1200 mg/day step 400\"\n\
    ///             [outcomes]\npth = \"end(pth)\"\n";
    /// let answer = Sweep::parse(text, &base)?.run()?.answer().ok_or("no answer")?;
    /// assert!(answer.ends_with("pmol/L."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn answer(&self) -> Option<String> {
        let slot = |run: u64| usize::try_from(run).ok();
        let columns = self.columns(&self.sweep.answer_columns(), slot, self.table.len());
        self.sweep.answer(&columns)
    }

    /// The numbers of some columns as figures draw them, each in the slot of its run.
    pub(crate) fn columns(
        &self,
        names: &[String],
        slot: impl Fn(u64) -> Option<usize>,
        slots: usize,
    ) -> Vec<Vec<f64>> {
        let column = |name: &String| {
            let at = self.table.columns.iter().position(|column| column.name == *name);
            let mut numbers = vec![f64::NAN; slots];
            for row in &self.table.rows {
                let Some(CellValue::Whole(run)) = row.first() else { continue };
                let place = slot(*run).and_then(|slot| numbers.get_mut(slot));
                if let (Some(place), Some(cell)) = (place, at.and_then(|at| row.get(at))) {
                    *place = number_in(&cell.text());
                }
            }
            numbers
        };
        names.iter().map(column).collect()
    }
}
