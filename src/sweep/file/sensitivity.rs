//! Reads a sensitivity file: a sweep file whose `[sensitivity]` says by which methods.

mod inputs;

use crate::error::problem::SourceSpan;
use crate::form::Read;
use crate::form::check::check_word;
use crate::form::tree::{Node, get, text};
use crate::printed::shell_path;
use crate::simulation::Options;
use crate::sweep::Sweep;
use crate::sweep::file::{LoadedFile, Reader, file_start, load_content};
use crate::sweep::outcomes::{Outcome, rows_for};
use crate::sweep::plan::Plan;
use crate::sweep::sampling::splitmix64;
use crate::sweep::sensitivity::bootstrap::Bootstrap;
use crate::sweep::sensitivity::design::{AnalysisDesign, AnalysisRequest, design};
use crate::sweep::sensitivity::{Analysis, Factor, Sensitivity, SensitivityMethod, classes_of};
use inputs::{factor, words_of};

/// More runs than this no method has: an outcome of all runs is held in memory.
const RUN_LIMIT: u64 = 10_000_000;

/// Reads the sensitivity file called `name` with text `text`.
///
/// `base` is a scenario file, name and text, for a text that names none; `tolerance` is the relative
/// tolerance of every method; without it the usual one, and a tight one for the local method.
pub(crate) fn load_sensitivity(
    base: Option<&(String, String)>,
    name: &str,
    text: &str,
    options: Options,
    tolerance: Option<f64>,
    read: Read<'_>,
) -> LoadedFile<Sensitivity> {
    load_content(base, name, text, read, |reader| reader.sensitivity(options, tolerance))
}

impl Reader<'_> {
    fn sensitivity(&mut self, options: Options, tolerance: Option<f64>) -> Option<Sensitivity> {
        let Some(section) = get(self.entries, "sensitivity") else {
            let help = format!(
                "write [sensitivity] with parameters = \"all\"; for a sweep run `calcifate sweep {}`",
                shell_path(self.name)
            );
            self.problems.error(&file_start(), "this is not a sensitivity analysis", "", help);
            return None;
        };
        self.refuse_other_questions();
        self.read_base();
        self.methods(section);
        let sampled = self.factors(section);
        let arms = self.arms.clone();
        let outcomes = self.outcomes(self.scope(&arms), false);
        let seed = self.seed(true);
        let (request, bootstrap, precision) = self.numbers(section, seed, tolerance);
        let plan = Plan { sampled, seed, ..Plan::default() };
        let answer = self.answer_in_words();
        if !self.problems.has_errors() {
            self.try_ends(&plan);
            self.check_run_length(&plan, &outcomes);
        }
        if self.problems.has_errors() {
            return None;
        }
        let factors: Vec<Factor> = plan.sampled.iter().map(factor).collect();
        // The days that its outcomes need.
        let readings: Vec<_> = outcomes.iter().flat_map(Outcome::readings).collect();
        let rows = rows_for(&readings);
        let common = Sweep { plan, outcomes, options, rows, ..self.empty_sweep() };
        let analyses = self.analyses(section, &common, &factors, &request);
        Some(Sensitivity {
            name: common.name,
            title: common.title,
            question: common.question,
            answer,
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
        section: &Node,
        common: &Sweep,
        factors: &[Factor],
        request: &AnalysisRequest,
    ) -> Vec<Analysis> {
        let mut methods = self.methods(section);
        // Variance by grade is always computed; a single grade has all of it without any run.
        let several = classes_of(factors).count() > 1;
        if methods.contains(&SensitivityMethod::Sobol)
            && !methods.contains(&SensitivityMethod::Grades)
        {
            methods.push(SensitivityMethod::Grades);
        }
        methods.retain(|method| several || *method != SensitivityMethod::Grades);
        if methods.is_empty() {
            let span = self.place_in("sensitivity", "methods").unwrap_or(file_start());
            let message =
                "all that varies has one grade of evidence, so that there is nothing to tell";
            let help = "write another method too, or let something of another grade vary";
            self.problems.error(&span, message, "", help);
        }
        let is_local = methods.contains(&SensitivityMethod::Local);
        let centers = if is_local { self.centers(common, factors) } else { Vec::new() };
        let mut analyses = Vec::new();
        for method in methods {
            let usual = method.usual_tolerance();
            let relative_tolerance = request.tolerance.unwrap_or(usual);
            let options = Options { relative_tolerance, ..common.options };
            let designed = design(method, request, &common.plan.sampled, factors, &centers);
            let plan = self.sized(section, method, designed, request.seed);
            let title = format!("{} · {}", common.title, method.name());
            let name = method.word().to_owned();
            let sweep = Sweep { name, title, plan, options, ..common.clone() };
            analyses.push(Analysis { method, sweep });
        }
        analyses
    }

    /// Reports keys of sweeps that have no meaning here.
    fn refuse_other_questions(&mut self) {
        for (keys, help) in [
            (
                &["keep"][..],
                "time courses are kept by `calcifate sweep`, in a file without [sensitivity]",
            ),
            (
                &["find", "such_that", "within", "tolerance"],
                "a value is looked for by `calcifate sweep`, in a file without [sensitivity]",
            ),
            (&["sample"], "write samples = 256 below [sensitivity]"),
            (&["population"], "write what varies below [vary]; people are a sweep of their own"),
            (
                &["figures", "figure"],
                "every analysis draws all of its figures; --no-figures draws none",
            ),
        ] {
            for entry in self.entries.iter().filter(|entry| keys.contains(&entry.key.as_str())) {
                let message = format!("\"{}\" has no meaning in a sensitivity analysis", entry.key);
                self.problems.error(&entry.span, message, "", help);
            }
        }
    }

    fn methods(&mut self, section: &Node) -> Vec<SensitivityMethod> {
        let Some(node) = get(section.entries(), "methods") else {
            return SensitivityMethod::ALL.to_vec();
        };
        let words = words_of(node);
        let known = SensitivityMethod::ALL.map(SensitivityMethod::word);
        let method = |(word, span): &(String, SourceSpan)| {
            let usual = check_word("method", &known, word, span, self.problems)?;
            SensitivityMethod::ALL.into_iter().find(|method| method.word() == usual)
        };
        let mut found: Vec<SensitivityMethod> = words.iter().filter_map(method).collect();
        if words.is_empty() {
            let help =
                "write methods = [\"local\", \"morris\", \"sobol\"], or leave it out for all";
            self.problems.error(&node.span, "no method is named", "", help);
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
    ) -> (AnalysisRequest, Bootstrap, f64) {
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
            let span = self.place_in("sensitivity", "levels").unwrap_or(file_start());
            let help = "half of the levels are the length of a step: write such as levels = 4";
            self.problems.error(&span, "levels needs an even number", "", help);
        }
        let step = self.share(section, "step", 0.001, (1e-6, 0.25));
        let confidence = self.share(section, "confidence", 0.95, (0.5, 0.999));
        let precision = self.share(section, "precision", 0.1, (0.001, 0.5));
        let sampling = text(entries, "sampling").unwrap_or("sobol").to_owned();
        let request = AnalysisRequest {
            seed,
            tolerance,
            step,
            trajectories,
            levels,
            samples,
            grade_samples,
            sampling,
        };
        (request, Bootstrap { seed: splitmix64(seed, 3), count, confidence }, precision)
    }

    /// A share as text or number, between two ends.
    fn share(&mut self, section: &Node, key: &str, usual: f64, (low, high): (f64, f64)) -> f64 {
        let Some(node) = get(section.entries(), key) else { return usual };
        match crate::units::amount::share(&node.text_or_number(), key) {
            Ok(share) if (low..=high).contains(&share) => share,
            Ok(_) => {
                let ends = format!("{} % to {} %", percent(low), percent(high));
                let help = format!("write such as {key} = \"{} %\"", percent(usual));
                self.problems.error(&node.span, format!("{key} needs {ends}"), "", help);
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
        section: &Node,
        method: SensitivityMethod,
        (sampled, design, remark): AnalysisDesign,
        seed: u64,
    ) -> Plan {
        self.remarks.extend(remark);
        let plan = Plan { sampled, design: Some(design), seed, ..Plan::default() };
        if plan.runs() > RUN_LIMIT {
            let key = match method {
                SensitivityMethod::Morris => "trajectories",
                SensitivityMethod::Grades => "grade_samples",
                _ => "samples",
            };
            let span = get(section.entries(), key).map_or(&section.span, |node| &node.span);
            let (inputs, runs) = (plan.sampled.len(), plan.runs());
            let message = format!("these {key} of {inputs} inputs are {runs} runs: too many");
            let help = format!("at most {RUN_LIMIT} runs; take fewer {key} or fewer inputs");
            self.problems.error(span, message, "", help);
        }
        let runs_per_chunk = self.runs_per_chunk(plan.runs());
        Plan { runs_per_chunk, ..plan }
    }
}

fn percent(share: f64) -> f64 {
    (share * 1e6).round() / 1e4
}
