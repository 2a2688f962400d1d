//! Reads a sweep file, with all problems at once.

mod answer;
mod conflicts;
mod keep;
mod keys;
mod outcomes;
mod sensitivity;
mod settings;
mod variations;

use crate::error::problem::{Problem, SourceSpan};
use crate::form::problems::{LARGEST_WHOLE, Problems};
use crate::form::tree::{Entries, Entry, Node, Value, get, table, text};
use crate::form::{self, Read};
use crate::printed::shell_path;
use crate::scenario::Overrides;
use crate::scenario::dial::is_section;
use crate::scenario::figures::of_sweep;
use crate::scenario::template::Template;
use crate::simulation::Options;
use crate::sweep::Sweep;
use crate::sweep::answer::Subjects;
use crate::sweep::outcomes::{Outcome, rows_for};
use crate::sweep::plan::{Plan, usual_runs_per_chunk};
use crate::sweep::sampling::{Design, SamplingMethod, splitmix64};

pub(crate) use keys::SWEEP;
pub(crate) use sensitivity::load_sensitivity;

/// More runs than this no sweep has.
pub(crate) const RUN_LIMIT: u64 = 1_000_000_000;

/// More runs than this no chunk has.
pub(crate) const RUNS_PER_CHUNK_LIMIT: u64 = 1_000_000;

/// A sweep or sensitivity file after reading: its content unless there were errors, and all
/// problems.
#[derive(Clone, Debug)]
pub(crate) struct LoadedFile<T> {
    /// The resolved content, if nothing is wrong with the file.
    pub content: Option<T>,
    /// The texts that were read, with their names: the sweep file, the scenario, what it extends.
    pub texts: Vec<(String, String)>,
    pub problems: Vec<Problem>,
    /// Choices that the program made for the user.
    pub remarks: Vec<String>,
}

/// A kind of file that asks for many runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Sweep,
    Sensitivity,
}

/// The kind of a file by its keys; nothing for a scenario.
pub(crate) fn kind(text: &str) -> Option<FileKind> {
    const OF_SWEEPS: [&str; 8] =
        ["scenario", "vary", "sample", "population", "outcomes", "conditions", "find", "such_that"];
    let keys = form::top_keys(text);
    let has = |wanted: &str| keys.iter().any(|key| key == wanted);
    if has("sensitivity") {
        return Some(FileKind::Sensitivity);
    }
    OF_SWEEPS.into_iter().any(has).then_some(FileKind::Sweep)
}

/// Reads the sweep file called `name` with text `text`.
pub(crate) fn load(name: &str, text: &str, options: Options, read: Read<'_>) -> LoadedFile<Sweep> {
    load_upon(None, name, text, options, read)
}

/// The same about a scenario file, name and text, if the sweep file names none.
pub(crate) fn load_upon(
    base: Option<&(String, String)>,
    name: &str,
    text: &str,
    options: Options,
    read: Read<'_>,
) -> LoadedFile<Sweep> {
    load_content(base, name, text, read, |reader| {
        if let Some(node) = get(reader.entries, "sensitivity") {
            let help = format!(
                "run `calcifate sensitivity {}`, or take this section out",
                shell_path(name)
            );
            let message = "this is a sensitivity analysis, not a sweep";
            reader.problems.error(&node.span, message, "", help);
        }
        Some(reader.sweep(options))
    })
}

/// Reads a file and its scenario, and then what it asks.
fn load_content<T>(
    base: Option<&(String, String)>,
    name: &str,
    text: &str,
    read: Read<'_>,
    content: impl FnOnce(&mut Reader<'_>) -> Option<T>,
) -> LoadedFile<T> {
    let mut problems = Problems::default();
    let mut remarks = Vec::new();
    let file = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut entries = form::read(&SWEEP, file, 0, &mut problems);
    let mut texts = vec![(name.to_owned(), file.to_owned())];
    let mut found = None;
    if entries.is_empty() && !problems.has_errors() {
        let help = "it needs scenario, [vary] and [outcomes]; see scenarios/sweeps for examples";
        problems.error(&file_start(), "nothing stands in this file", "", help);
    } else if let Some((name, text)) = scenario_file(&entries, base, name, read, &mut problems) {
        let (template, of_scenario) = Template::read(&name, &text, read);
        problems.shifted(of_scenario, texts.len());
        texts.extend(template.texts.iter().cloned());
        found = Some(template).filter(|_| !problems.has_errors());
    }
    let content = found.and_then(|template| {
        join_dotted(&mut entries, &template.arm_names);
        content(&mut Reader {
            name,
            file,
            entries: &entries,
            template,
            base: Overrides::default(),
            arms: Vec::new(),
            problems: &mut problems,
            remarks: &mut remarks,
        })
    });
    let content = content.filter(|_| !problems.has_errors());
    LoadedFile { content, texts, problems: problems.sorted(), remarks }
}

const fn file_start() -> SourceSpan {
    SourceSpan { text: 0, bytes: 0..0 }
}

/// Name and text of the scenario that the sweep names, or of the one that it is about.
fn scenario_file(
    entries: &Entries,
    base: Option<&(String, String)>,
    name: &str,
    read: Read<'_>,
    problems: &mut Problems,
) -> Option<(String, String)> {
    if let Some(node) = get(entries, "scenario") {
        return form::named_file(node, name, read, problems);
    }
    if base.is_none() && !problems.has_errors() {
        let help =
            "write scenario = \"../calcium_paradox.toml\"; the path is relative to this file";
        problems.error(&file_start(), "the sweep does not name its scenario", "", help);
    }
    base.cloned()
}

/// `a.mk7_supplement = …` is a table in TOML; here it is one key of an arm or a section.
fn join_dotted(entries: &mut [Entry], arms: &[String]) {
    for section in entries.iter_mut() {
        if !["set", "vary", "population"].contains(&section.key.as_str()) {
            continue;
        }
        let Value::Table(inner) = &mut section.node.value else { continue };
        // Twice: an arm's section is two tables deep.
        for _ in 0..2 {
            let joined = std::mem::take(inner).into_iter().flat_map(|entry| {
                let last = entry.key.rsplit('.').next().unwrap_or_default();
                let outer = arms.contains(&entry.key) || is_section(last);
                match entry.node.value {
                    Value::Table(parts) if outer => {
                        let with_outer = |part: Entry| Entry {
                            key: format!("{}.{}", entry.key, part.key),
                            ..part
                        };
                        parts.into_iter().map(with_outer).collect::<Vec<_>>()
                    }
                    value => vec![Entry { node: Node { value, ..entry.node }, ..entry }],
                }
            });
            *inner = joined.collect();
        }
    }
}

struct Reader<'a> {
    name: &'a str,
    file: &'a str,
    entries: &'a Entries,
    template: Template,
    /// Changes that hold in every run.
    base: Overrides,
    /// The arms that run.
    arms: Vec<String>,
    problems: &'a mut Problems,
    remarks: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn sweep(&mut self, options: Options) -> Sweep {
        self.read_base();
        let arms = self.arms.clone();
        let scope = self.scope(&arms);
        let search = self.search(scope);
        let searching = get(self.entries, "find").is_some();
        let mut plan = self.plan(searching);
        let courses = self.courses();
        let outcomes = self.outcomes(scope, searching);
        self.check_twice();
        self.check_columns(&plan, &outcomes, search.as_ref());
        if !self.problems.has_errors() {
            self.check_arms_stay_apart(&plan);
            self.try_ends(&plan);
            self.check_run_length(&plan, &outcomes);
        }
        let mut readings: Vec<_> = outcomes.iter().flat_map(Outcome::readings).collect();
        if let Some(search) = &search {
            search.condition.readings(&mut readings);
        }
        let rows = rows_for(&readings).with(self.fit_courses(&courses, &mut plan));
        let searched = search.as_ref();
        let subjects = Subjects { plan: &plan, outcomes: &outcomes, search: searched, arms: &arms };
        let answer = self.answer(&subjects);
        let blank = self.empty_sweep();
        Sweep { plan, outcomes, courses, search, answer, rows, options, ..blank }
    }

    /// A sweep with the words of the file, in which nothing varies and nothing is kept yet.
    fn empty_sweep(&mut self) -> Sweep {
        let name = form::stem(self.name);
        Sweep {
            title: form::title(self.entries, &name),
            name,
            question: text(self.entries, "question").unwrap_or_default().trim().to_owned(),
            answer: None,
            template: self.template.clone(),
            base: self.base.clone(),
            plan: Plan::default(),
            outcomes: Vec::new(),
            courses: Vec::new(),
            search: None,
            rows: rows_for(&[]),
            options: Options::default(),
            figures: of_sweep(self.entries, self.problems),
            text: self.file.to_owned(),
        }
    }

    /// The place of what a key at the top holds, else the start of the file.
    fn place(&self, key: &str) -> SourceSpan {
        get(self.entries, key).map_or(file_start(), |node| node.span.clone())
    }

    /// The place of what a key of a section holds, if it stands there.
    fn place_in(&self, section: &str, key: &str) -> Option<SourceSpan> {
        get(table(self.entries, section), key).map(|node| node.span.clone())
    }

    fn plan(&mut self, searching: bool) -> Plan {
        let sample = self.sample();
        let (axes, mut sampled) = self.varied_inputs(sample.is_some());
        sampled.extend(self.population());
        // What is said to vary varies as it says, not by the spread of all biology.
        sampled.retain(|input| input.in_results || axes.iter().all(|axis| axis.dial != input.dial));
        let asked = ["vary", "population"].iter().any(|key| !table(self.entries, key).is_empty());
        if !asked && !searching {
            let help = "write such as mk7_supplement = \"0 … 360 ug/day step 30\" below [vary]";
            self.problems.error(&self.place("vary"), "nothing varies in this sweep", "", help);
        }
        let seed = self.seed(sample.is_some());
        let design = sample.and_then(|sample| self.design(&sample, seed, sampled.len()));
        let mut plan = Plan { axes, sampled, design, runs_per_chunk: 1, seed };
        self.check_count(&plan);
        plan.runs_per_chunk = self.runs_per_chunk(plan.runs());
        plan
    }

    fn runs_per_chunk(&mut self, runs: u64) -> u64 {
        let Some(node) = get(self.entries, "runs_per_chunk") else {
            return usual_runs_per_chunk(runs);
        };
        self.problems.whole(node, "runs_per_chunk", 1, RUNS_PER_CHUNK_LIMIT).unwrap_or(1)
    }

    fn check_count(&mut self, plan: &Plan) {
        let runs = plan.runs();
        if runs <= RUN_LIMIT {
            return;
        }
        let counts = plan.axes.iter().map(|axis| axis.values.len().to_string());
        let samples = plan.design.as_ref().map(|design| design.count().to_string());
        let product = counts.chain(samples).collect::<Vec<_>>().join(" × ");
        let message = format!("{product} runs are too many");
        let help = format!("at most {RUN_LIMIT} runs; take fewer points or fewer samples");
        self.problems.error(&self.place("vary"), message, "", help);
    }

    /// The seed; one that follows from the file where it gives none.
    fn seed(&mut self, drawing: bool) -> u64 {
        if let Some(node) = get(self.entries, "seed") {
            return self.problems.whole(node, "seed", 0, LARGEST_WHOLE).unwrap_or(0);
        }
        let hash = self.file.bytes().fold(0, |hash, byte| splitmix64(hash, u64::from(byte)));
        let seed = hash % 1_000_000_000;
        if drawing {
            self.remarks.push(format!(
                "no seed is given: {seed} was chosen and is stored; write seed = {seed} to keep it \
                 when the file changes"
            ));
        }
        seed
    }

    fn design(&mut self, sample: &Sample, seed: u64, dimensions: usize) -> Option<Design> {
        if dimensions == 0 {
            if self.problems.has_errors() {
                return None; // a distribution could not be read
            }
            let help = "write such as egfr = \"uniform 30 … 90 mL/min\" below [vary]";
            self.problems.error(&sample.span, "there are samples but nothing is drawn", "", help);
            return None;
        }
        let design = Design::new(sample.method, seed, sample.count, dimensions);
        if design.is_none() {
            let limit = crate::sweep::sampling::sobol::dimension_limit();
            let message =
                format!("Sobol′ points have at most {limit} dimensions, not {dimensions}");
            let help = "write method = \"latin_hypercube\" or \"monte_carlo\"";
            self.problems.error(&sample.span, message, "", help);
        }
        design
    }

    /// `[sample]` or `[population]`: how many samples, and how they are spread.
    fn sample(&mut self) -> Option<Sample> {
        let (sample, population) = (get(self.entries, "sample"), get(self.entries, "population"));
        if let (Some(_), Some(population)) = (sample, population) {
            let help = "people are the samples: keep [population], with its people and method";
            self.problems.error(&population.span, "both [sample] and [population]", "", help);
        }
        let (node, key) = match (population, sample) {
            (Some(node), _) => (node, "people"),
            (None, node) => (node?, "runs"),
        };
        let method = match text(node.entries(), "method") {
            Some(word) => {
                SamplingMethod::ALL.iter().find(|(_, known)| *known == word).map(|(m, _)| *m)
            }
            None if key == "people" => Some(SamplingMethod::MonteCarlo),
            None => Some(SamplingMethod::Sobol),
        };
        let count = match get(node.entries(), key) {
            Some(count) => self.problems.whole(count, key, 1, RUN_LIMIT)?,
            None => {
                let message = format!("the number of {key} is missing");
                self.problems.error(&node.span, message, "", format!("write {key} = 1000"));
                return None;
            }
        };
        Some(Sample { method: method?, count, span: node.span.clone() })
    }
}

struct Sample {
    method: SamplingMethod,
    count: u64,
    span: SourceSpan,
}

#[cfg(test)]
mod tests;
