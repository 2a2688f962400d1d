//! Reads a sensitivity file: a sweep file whose `[sensitivity]` says by which methods.

mod inputs;

use crate::form::Read;
use crate::form::check::known_word;
use crate::form::tree::{Entries, Node, get, text};
use crate::simulation::Options;
use crate::sweep::Sweep;
use crate::sweep::file::{LoadedFile, Opened, RUNS_PER_CHUNK_LIMIT, Reader, start_of_file};
use crate::sweep::outcomes::{Outcome, rows_for};
use crate::sweep::plan::{Plan, usual_runs_per_chunk};
use crate::sweep::sampling::mixed;
use crate::sweep::sensitivity::bootstrap::Bootstrap;
use crate::sweep::sensitivity::design::{Asked, Designed, design};
use crate::sweep::sensitivity::{Analysis, Approach, Factor, Sensitivity, classes_of};
use inputs::{factor, words_of};

/// More runs than this no method has: an outcome of all runs is held in memory.
const RUN_LIMIT: u64 = 10_000_000;

/// Reads the sensitivity file called `name` with text `text`.
///
/// `tolerance` is the relative tolerance of every method; without it the usual one, and a tight
/// one for the local method.
pub(crate) fn load_sensitivity(
    name: &str,
    text: &str,
    options: Options,
    tolerance: Option<f64>,
    read: Read<'_>,
) -> LoadedFile<Sensitivity> {
    let mut opened = Opened::read(None, name, text, read);
    let sensitivity = opened
        .asked(|reader, file, entries| reader.sensitivity(name, file, entries, options, tolerance));
    let Opened { texts, problems, remarks, .. } = opened;
    let content = sensitivity.flatten();
    LoadedFile { content, texts, problems: problems.sorted(), remarks }
}

impl Reader<'_> {
    fn sensitivity(
        &mut self,
        name: &str,
        file: &str,
        entries: &Entries,
        options: Options,
        tolerance: Option<f64>,
    ) -> Option<Sensitivity> {
        let Some(section) = get(entries, "sensitivity") else {
            let help = format!(
                "write [sensitivity] with parameters = \"all\"; for a sweep run `calcifate sweep {name}`"
            );
            self.problems.error(&start_of_file(), "this is not a sensitivity analysis", "", help);
            return None;
        };
        self.refuse_other_questions(entries);
        let base = self.base(entries);
        let arms = self.arm_names(&base);
        self.approaches(section);
        let draws = self.factors(entries, section, &arms);
        let outcomes = self.outcomes(entries, &arms, false);
        let seed = self.seed(entries, file, true);
        let (asked, bootstrap, precision) = self.numbers(section, seed, tolerance);
        let plan = Plan { draws, seed, ..Plan::default() };
        if !self.problems.has_errors() {
            self.try_ends(entries, &base, &plan);
            self.check_run_length(entries, &base, &plan, &outcomes);
        }
        if self.problems.has_errors() {
            return None;
        }
        let factors: Vec<Factor> = plan.draws.iter().map(factor).collect();
        let common = Sweep { base, plan, outcomes, options, ..self.blank(name, file, entries) };
        let common = with_rows(common);
        let analyses = self.analyses(entries, section, &common, &factors, &asked);
        Some(Sensitivity {
            name: common.name,
            title: common.title,
            question: common.question,
            factors,
            analyses,
            bootstrap,
            precision,
            seed,
            text: common.text,
        })
    }

    /// One sweep for each method.
    fn analyses(
        &mut self,
        entries: &Entries,
        section: &Node,
        common: &Sweep,
        factors: &[Factor],
        asked: &Asked,
    ) -> Vec<Analysis> {
        let mut approaches = self.approaches(section);
        // What rests on which grade is always told; a single grade has it all without any run.
        let several = classes_of(factors).count() > 1;
        if approaches.contains(&Approach::Sobol) && !approaches.contains(&Approach::Grades) {
            approaches.push(Approach::Grades);
        }
        approaches.retain(|approach| several || *approach != Approach::Grades);
        let is_local = approaches.contains(&Approach::Local);
        let centers = if is_local { self.centers(common, factors) } else { Vec::new() };
        let mut analyses = Vec::new();
        for approach in approaches {
            let usual = approach.usual_tolerance();
            let relative_tolerance = asked.tolerance.unwrap_or(usual);
            let options = Options { relative_tolerance, ..common.options };
            let designed = design(approach, asked, &common.plan.draws, factors, &centers);
            let plan = self.sized(entries, section, approach, designed, asked.seed);
            let title = format!("{} · {}", common.title, approach.name());
            let name = approach.word().to_owned();
            let sweep = Sweep { name, title, plan, options, ..common.clone() };
            analyses.push(Analysis { approach, sweep });
        }
        analyses
    }

    /// What belongs into a sweep and has no meaning here.
    fn refuse_other_questions(&mut self, entries: &Entries) {
        let help = |key: &str| match key {
            "sample" => "write samples = 256 below [sensitivity]",
            "population" => "write what varies below [vary]; people are a sweep of their own",
            "figures" => "every analysis draws all of its figures; --no-figures draws none",
            _ => "a value is looked for by `calcifate sweep`, in a file without [sensitivity]",
        };
        for key in ["find", "such_that", "within", "tolerance", "sample", "population", "figures"] {
            let Some(entry) = entries.iter().find(|entry| entry.key == key) else { continue };
            let message = format!("\"{key}\" has no meaning in a sensitivity analysis");
            self.problems.error(&entry.place, message, "", help(key));
        }
    }

    fn approaches(&mut self, section: &Node) -> Vec<Approach> {
        let Some(node) = get(section.entries(), "methods") else { return Approach::ALL.to_vec() };
        let words = words_of(node);
        let known = Approach::ALL.map(Approach::word);
        let mut found = Vec::new();
        for (word, place) in &words {
            if known_word("method", &known, word, place, self.problems) {
                found.extend(Approach::ALL.into_iter().filter(|approach| approach.word() == word));
            }
        }
        if words.is_empty() {
            let help =
                "write methods = [\"local\", \"morris\", \"sobol\"], or leave it out for all";
            self.problems.error(&node.place, "no method is named", "", help);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// All numbers of the section, or the usual ones.
    fn numbers(
        &mut self,
        section: &Node,
        seed: u64,
        tolerance: Option<f64>,
    ) -> (Asked, Bootstrap, f64) {
        let entries = section.entries();
        let mut whole = |key: &str, usual: u64, low: u64, high: u64| match get(entries, key) {
            Some(node) => self.problems.whole(node, key, low, high).unwrap_or(usual),
            None => usual,
        };
        let trajectories = whole("trajectories", 40, 2, RUN_LIMIT);
        let grade_samples = whole("grade_samples", 2048, 8, RUN_LIMIT);
        let levels = whole("levels", 4, 2, 1000);
        let samples = whole("samples", 256, 8, RUN_LIMIT);
        let count = whole("bootstrap", 1000, 50, 100_000);
        if levels % 2 == 1 {
            let place = get(entries, "levels").map_or(start_of_file(), |node| node.place.clone());
            let help = "half of the levels are the length of a step: write such as levels = 4";
            self.problems.error(&place, "levels needs an even number", "", help);
        }
        let step = self.share(section, "step", 0.001, (1e-6, 0.25));
        let confidence = self.share(section, "confidence", 0.95, (0.5, 0.999));
        let precision = self.share(section, "precision", 0.1, (0.001, 0.5));
        let sampling = text(entries, "sampling").unwrap_or("sobol").to_owned();
        let asked =
            Asked { seed, tolerance, step, trajectories, levels, samples, grade_samples, sampling };
        (asked, Bootstrap { seed: mixed(seed, 3), count, confidence }, precision)
    }

    /// A share as text or number, between two ends.
    fn share(&mut self, section: &Node, key: &str, usual: f64, (low, high): (f64, f64)) -> f64 {
        let Some(node) = get(section.entries(), key) else { return usual };
        match crate::units::amount::share(&node.spelled(), key) {
            Ok(share) if (low..=high).contains(&share) => share,
            Ok(_) => {
                let ends = format!("{} % to {} %", percent(low), percent(high));
                let help = format!("write such as {key} = \"{} %\"", percent(usual));
                self.problems.error(&node.place, format!("{key} needs {ends}"), "", help);
                usual
            }
            Err(misread) => {
                self.problems.misread(node, misread);
                usual
            }
        }
    }

    /// The plan with its chunks; reports too many runs.
    fn sized(
        &mut self,
        entries: &Entries,
        section: &Node,
        approach: Approach,
        (draws, design, remark): Designed,
        seed: u64,
    ) -> Plan {
        self.remarks.extend(remark);
        let plan = Plan { draws, design: Some(design), seed, ..Plan::default() };
        if plan.runs() > RUN_LIMIT {
            let key = match approach {
                Approach::Morris => "trajectories",
                Approach::Grades => "grade_samples",
                _ => "samples",
            };
            let place = get(section.entries(), key).map_or(&section.place, |node| &node.place);
            let (inputs, runs) = (plan.draws.len(), plan.runs());
            let message = format!("these {key} of {inputs} inputs are {runs} runs: too many");
            let help = format!("at most {RUN_LIMIT} runs; take fewer {key} or fewer inputs");
            self.problems.error(place, message, "", help);
        }
        let runs_per_chunk = match get(entries, "runs_per_chunk") {
            Some(node) => {
                self.problems.whole(node, "runs_per_chunk", 1, RUNS_PER_CHUNK_LIMIT).unwrap_or(1)
            }
            None => usual_runs_per_chunk(plan.runs()),
        };
        Plan { runs_per_chunk, ..plan }
    }
}

/// The sweep with the days that its outcomes need.
fn with_rows(sweep: Sweep) -> Sweep {
    let readings: Vec<_> = sweep.outcomes.iter().flat_map(Outcome::readings).collect();
    let rows = rows_for(&readings);
    Sweep { rows, ..sweep }
}

fn percent(share: f64) -> f64 {
    (share * 1e6).round() / 1e4
}
