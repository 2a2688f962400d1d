//! Many runs: from one dose curve to a population.
//!
//! In the order of a sweep: `file` reads a sweep file (`range`: variations of a number,
//! `distribution`: quantiles, `population`: virtual people, `outcomes`: results of a run,
//! `outcome_reading`: the quantity behind one, `courses`: what is kept over time). `plan` gives the values of each run, from the seed
//! and the run's number alone (`sampling`: designs of points). `evaluation` runs
//! arms and makes a row (`results_table`, `run_record`) of them, `inverse` searches for the
//! value that meets a condition, `runner` runs the chunks on all threads, which take batches of
//! runs from the `batch_queue`. `sensitivity` ranks the inputs by their effects. Nothing here
//! reads or writes files: the program hands in texts and takes finished chunks.

pub(crate) mod answer;
mod batch_queue;
pub(crate) mod courses;
pub(crate) mod decimal;
pub(crate) mod distribution;
pub(crate) mod evaluation;
pub(crate) mod file;
pub(crate) mod inverse;
pub(crate) mod outcome_reading;
pub(crate) mod outcomes;
pub(crate) mod plan;
pub(crate) mod population;
pub(crate) mod quantile;
pub(crate) mod range;
pub(crate) mod results_table;
pub(crate) mod run_record;
pub(crate) mod runner;
pub(crate) mod sampling;
pub(crate) mod sensitivity;

use crate::scenario::Overrides;
use crate::scenario::claims::Course;
use crate::scenario::claims::sentence::Sentence;
use crate::scenario::figures::FigureRequest;
use crate::scenario::template::Template;
use crate::simulation::{Options, RowSelection};
use crate::sweep::answer::ResultNumber;
use crate::sweep::inverse::Search;
use crate::sweep::outcomes::Outcome;
use crate::sweep::plan::Plan;

/// A sweep: many runs of a scenario that differ in what is varied, drawn or looked for.
///
/// ```
/// use calcifate::{Scenario, Sweep};
///
/// let base = Scenario::parse("duration = \"1 year\"\n")?;
/// let text = "[vary]\ncalcium_diet = \"400 … 1200 mg/day step 400\"\n\
///             [outcomes]\npth = \"end(pth)\"\n";
/// let sweep = Sweep::parse(text, &base)?;
/// assert_eq!(sweep.runs(), 3);
/// let parathyroid = sweep.run()?.table().numbers("pth").ok_or("no such column")?;
/// assert!(parathyroid[0] > parathyroid[2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sweep {
    /// Name of the output folder: the file's stem.
    pub(crate) name: String,
    pub(crate) title: String,
    /// The question that the sweep asks; may be empty.
    pub(crate) question: String,
    /// The answer to the question.
    pub(crate) answer: Option<Sentence<ResultNumber>>,
    /// The scenario, parsed and checked.
    pub(crate) template: Template,
    /// What is changed in every run alike, and which arms run.
    pub(crate) base: Overrides,
    /// What each run sets.
    pub(crate) plan: Plan,
    /// What is kept of each run.
    pub(crate) outcomes: Vec<Outcome>,
    /// The time courses that are kept of each run.
    pub(crate) courses: Vec<Course>,
    /// The value that is looked for in each run, if the question is turned round.
    pub(crate) search: Option<Search>,
    /// Figures that are wanted, in order; empty for the usual ones.
    pub(crate) figures: Vec<FigureRequest>,
    /// Which rows of a trajectory the outcomes need.
    pub(crate) rows: RowSelection,
    pub(crate) options: Options,
    /// The text of the sweep file.
    pub(crate) text: String,
}
