//! Sensitivity analyses from text and files, run into tables in memory.

use crate::error::defect::OrDefect as _;
use crate::error::problem::Problems;
use crate::library::sweep::{SweepRun, reader_of};
use crate::scenario::Scenario;
use crate::simulation::Options;
use crate::sweep::file::load_sensitivity;
use crate::sweep::outcomes::Outcome;
use crate::sweep::results_table::Table;
use crate::sweep::sensitivity::indices::{OutcomeIndices, all_indices};
use crate::sweep::sensitivity::{Analysis, Sensitivity, tables};

impl Sensitivity {
    /// Reads the text of a sensitivity file about the scenario `base`, which the text need not name.
    ///
    /// # Errors
    /// Every problem of the text.
    pub fn parse(text: &str, base: &Scenario) -> Result<Self, Problems> {
        let (first, read) = (base.texts.first(), reader_of(base));
        load_sensitivity(first, "sensitivity.toml", text, Options::default(), None, &read)
            .into_result()
    }

    /// Reads a sensitivity file and the scenario that it names, relative to it.
    ///
    /// # Errors
    /// Why a file cannot be read, or every problem of it.
    #[cfg(feature = "files")]
    pub fn from_path(path: impl AsRef<std::path::Path>) -> Result<Self, Problems> {
        let (name, text) = crate::library::input_files::named_text(path.as_ref())?;
        let read = crate::library::input_files::read_beside;
        load_sensitivity(None, &name, &text, Options::default(), None, &read).into_result()
    }

    /// Reads the text of a sensitivity file that names its scenario, relative to the current folder.
    ///
    /// # Errors
    /// Why the scenario cannot be read, or every problem of the text.
    #[cfg(feature = "files")]
    pub fn from_text(text: &str) -> Result<Self, Problems> {
        let read = crate::library::input_files::read_beside;
        load_sensitivity(None, "sensitivity.toml", text, Options::default(), None, &read)
            .into_result()
    }

    /// Number of runs of all methods.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.analyses.iter().map(|analysis| analysis.sweep.runs()).sum()
    }

    /// Runs every method, on several threads with the feature `parallel`, and works out the
    /// indices. Runs that fail are left out of them.
    ///
    /// # Errors
    /// The scenario does not take what every run sets alike.
    pub fn run(&self) -> Result<SensitivityRun, Problems> {
        self.run_with(&|_| true)
    }

    /// The same, watched: `watch` is called now and then with the number of runs done; `false` ends
    /// the runs, and what needs more of them has not converged.
    ///
    /// # Errors
    /// The scenario does not take what every run sets alike.
    pub fn run_with(
        &self,
        watch: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<SensitivityRun, Problems> {
        let mut before = 0;
        let runs = self.analyses.iter().map(|analysis| {
            let run = analysis.sweep.run_with(&|done| watch(before + done));
            before += analysis.sweep.runs();
            run
        });
        let runs = runs.collect::<Result<Vec<SweepRun>, _>>()?;
        let values = |analysis: &Analysis, outcome: usize| {
            let run =
                runs.iter().zip(&self.analyses).find(|(_, own)| own.method == analysis.method);
            let name = self.outcomes().get(outcome).map(Outcome::column);
            let found = run.zip(name).map(|((run, _), column)| {
                let slot = |run| usize::try_from(run).ok();
                run.columns(&[column.name], slot, run.table.len()).concat()
            });
            Ok::<_, Problems>(found.or_defect("an outcome without its runs"))
        };
        let indices = all_indices(self, values)?;
        let failed = runs.iter().map(|run| run.failures().count()).sum();
        Ok(SensitivityRun { sensitivity: self.clone(), indices, failed })
    }
}

/// A sensitivity analysis that has run.
///
/// ```
/// use calcifate::{Scenario, Sensitivity};
///
/// let base = Scenario::parse("duration = \"30 days\"\n")?;
/// let text = "seed = 1\n[sensitivity]\nmethods = [\"local\"]\n\
///             parameters = [\"mgp_half_nm\", \"dp_ucmgp_reference_pmol_per_l\"]\n\
///             [outcomes]\ndp_ucmgp = \"end(dp_ucmgp)\"\n";
/// let run = Sensitivity::parse(text, &base)?.run()?;
/// assert_eq!(run.failed(), 0);
/// let (indices, grades) = (run.indices(), run.grades());
/// let inputs = indices.texts("parameter").ok_or("no such column")?;
/// assert_eq!(inputs[2], "dp_ucmgp_reference_pmol_per_l");
/// // Inactive MGP is in proportion to its reference.
/// let elasticity = indices.numbers("index").ok_or("no such column")?[2];
/// assert!((elasticity - 1.0).abs() < 1e-6, "{elasticity}");
/// assert_eq!(grades.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SensitivityRun {
    pub(super) sensitivity: Sensitivity,
    pub(super) indices: Vec<OutcomeIndices>,
    failed: usize,
}

impl SensitivityRun {
    /// Every index of every input, as `indices.csv` has it: what has not converged has no number.
    #[must_use]
    pub fn indices(&self) -> Table {
        tables::indices(&self.sensitivity, &self.indices)
    }

    /// On which grades the variance of each outcome rests, as `grades.csv` has it.
    #[must_use]
    pub fn grades(&self) -> Table {
        tables::grades(&self.sensitivity, &self.indices)
    }

    /// Number of runs that failed; the indices leave them out.
    #[must_use]
    pub const fn failed(&self) -> usize {
        self.failed
    }
}
