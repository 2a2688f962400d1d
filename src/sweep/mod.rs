//! Many runs: from one dose curve to a population.
//!
//! In the order of a sweep: `file` reads a sweep file (`range`: variations of a number,
//! `distribution`: quantiles, `population`: virtual people, `outcomes`: results of a run,
//! `outcome_reading`: the quantity behind one). `plan` gives the values of each run, from the seed
//! and the run's number alone (`sampling`: designs of points). `lane_engine` runs arms,
//! `evaluation` makes a row (`results_table`, `run_record`) of them, `inverse` searches for the
//! value that meets a condition, `runner` runs the chunks on all threads, which take batches of
//! runs from the `batch_queue`. `sensitivity` ranks the inputs by their effects. Nothing here
//! reads or writes files: the program hands in texts and takes finished chunks.

mod batch_queue;
pub(crate) mod decimal;
pub(crate) mod distribution;
pub(crate) mod evaluation;
pub(crate) mod file;
pub(crate) mod inverse;
pub(crate) mod lane_engine;
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
use crate::scenario::template::Template;
use crate::simulation::{Options, RowSelection};
use crate::sweep::inverse::Search;
use crate::sweep::outcomes::Outcome;
use crate::sweep::plan::Plan;

/// A sweep, resolved: everything that its runs have in common.
#[derive(Clone, Debug)]
pub(crate) struct Sweep {
    /// Name of the output folder: the file's stem.
    pub name: String,
    pub title: String,
    /// The question that the sweep asks; may be empty.
    pub question: String,
    /// The scenario, parsed and checked.
    pub template: Template,
    /// Changes that hold in every run, and the arms that run.
    pub base: Overrides,
    /// The values of each run.
    pub plan: Plan,
    pub outcomes: Vec<Outcome>,
    /// The search in each run, for an inverse problem.
    pub search: Option<Search>,
    /// Kinds of figures to draw, in order; empty for the usual ones.
    pub figures: Vec<String>,
    /// The rows of a trajectory that the outcomes need.
    pub rows: RowSelection,
    pub options: Options,
    /// The text of the sweep file.
    pub text: String,
}
