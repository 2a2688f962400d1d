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
use crate::sweep::file::variations::{VariedInputs, varied_inputs};
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
    let mut opened = OpenedFile::read(base, name, text, read);
    let content = opened.read_content(|reader, file, entries| {
        if let Some(node) = get(entries, "sensitivity") {
            let help = format!(
                "run `calcifate sensitivity {}`, or take this section out",
                shell_path(name)
            );
            let message = "this is a sensitivity analysis, not a sweep";
            reader.problems.error(&node.span, message, "", help);
        }
        reader.sweep(name, file, entries, options)
    });
    let OpenedFile { texts, problems, remarks, .. } = opened;
    LoadedFile { content, texts, problems: problems.sorted(), remarks }
}

/// A file and its scenario, before what it asks is read.
struct OpenedFile {
    entries: Vec<Entry>,
    template: Option<Template>,
    texts: Vec<(String, String)>,
    problems: Problems,
    remarks: Vec<String>,
}

impl OpenedFile {
    fn read(base: Option<&(String, String)>, name: &str, text: &str, read: Read<'_>) -> Self {
        let mut problems = Problems::default();
        let file = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut entries = form::read(&SWEEP, file, 0, &mut problems);
        let mut texts = vec![(name.to_owned(), file.to_owned())];
        let mut found = None;
        if entries.is_empty() && !problems.has_errors() {
            let help =
                "it needs scenario, [vary] and [outcomes]; see scenarios/sweeps for examples";
            problems.error(&file_start(), "nothing stands in this file", "", help);
        } else {
            let file = scenario_file(&entries, base, name, read, &mut problems);
            found = file
                .and_then(|(found, text)| template(&found, &text, read, &mut texts, &mut problems));
        }
        if let Some(template) = &found {
            join_dotted(&mut entries, &template.arm_names);
        }
        Self { entries, template: found, texts, problems, remarks: Vec::new() }
    }

    /// Reads the content; `None` if anything is wrong with the file.
    fn read_content<T>(
        &mut self,
        read: impl FnOnce(&mut Reader<'_>, &str, &Entries) -> T,
    ) -> Option<T> {
        let file = self.texts.first().map(|(_, text)| text.as_str()).unwrap_or_default();
        let template = self.template.take()?;
        let (problems, remarks) = (&mut self.problems, &mut self.remarks);
        let mut reader = Reader { template, problems, remarks };
        let found = read(&mut reader, file, &self.entries);
        (!self.problems.has_errors()).then_some(found)
    }
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

fn template(
    name: &str,
    text: &str,
    read: Read<'_>,
    texts: &mut Vec<(String, String)>,
    problems: &mut Problems,
) -> Option<Template> {
    let (template, found_problems) = Template::read(name, text, read);
    problems.shifted(found_problems, texts.len());
    texts.extend(template.texts.iter().cloned());
    (!problems.has_errors()).then_some(template)
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

/// Reads the parts of a file.
struct Reader<'a> {
    template: Template,
    problems: &'a mut Problems,
    remarks: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn sweep(&mut self, name: &str, file: &str, entries: &Entries, options: Options) -> Sweep {
        let base = self.base(entries);
        let arms = self.arm_names(&base);
        let scope = self.scope(entries, &arms, &base);
        let searched = self.search(entries, scope, &base);
        let searching = get(entries, "find").is_some();
        let mut plan = self.plan(entries, &base, &arms, file, searching);
        let courses = self.courses(entries, &arms);
        let outcomes = self.outcomes(entries, scope, searching);
        self.check_twice(entries, &arms);
        self.check_columns(entries, &plan, &outcomes, searched.as_ref());
        if !self.problems.has_errors() {
            self.check_arms_stay_apart(entries, &base, &plan);
            self.try_ends(entries, &base, &plan);
            self.check_run_length(entries, &base, &plan, &outcomes);
        }
        let mut readings: Vec<_> = outcomes.iter().flat_map(Outcome::readings).collect();
        if let Some(search) = &searched {
            search.condition.readings(&mut readings);
        }
        let more = self.fit_courses(entries, &base, &courses, &mut plan);
        let rows = rows_for(&readings).with(more);
        let search = searched.as_ref();
        let subjects = Subjects { plan: &plan, outcomes: &outcomes, search, arms: &arms };
        let answer = self.answer(entries, &subjects);
        let blank = self.empty_sweep(name, file, entries);
        let search = searched;
        Sweep { base, plan, outcomes, courses, search, answer, rows, options, ..blank }
    }

    /// A sweep with the words of the file, in which nothing varies and nothing is kept yet.
    fn empty_sweep(&mut self, name: &str, file: &str, entries: &Entries) -> Sweep {
        let name = form::stem(name);
        Sweep {
            title: form::title(entries, &name),
            name,
            question: text(entries, "question").unwrap_or_default().trim().to_owned(),
            answer: None,
            template: self.template.clone(),
            base: Overrides::default(),
            plan: Plan::default(),
            outcomes: Vec::new(),
            courses: Vec::new(),
            search: None,
            rows: rows_for(&[]),
            options: Options::default(),
            figures: of_sweep(entries, self.problems),
            text: file.to_owned(),
        }
    }

    fn arm_names(&self, base: &Overrides) -> Vec<String> {
        if base.arms.is_empty() { self.template.arm_names.clone() } else { base.arms.clone() }
    }

    fn plan(
        &mut self,
        entries: &Entries,
        base: &Overrides,
        arms: &[String],
        file: &str,
        searching: bool,
    ) -> Plan {
        let sample = self.sample(entries);
        let VariedInputs { axes, mut sampled } =
            varied_inputs(self, entries, arms, sample.is_some());
        sampled.extend(self.population(entries, arms, base));
        // What is said to vary varies as it says, not by the spread of all biology.
        sampled.retain(|input| input.in_results || axes.iter().all(|axis| axis.dial != input.dial));
        let asked = ["vary", "population"].iter().any(|key| !table(entries, key).is_empty());
        if !asked && !searching {
            let span = get(entries, "vary").map_or(file_start(), |node| node.span.clone());
            let help = "write such as mk7_supplement = \"0 … 360 ug/day step 30\" below [vary]";
            self.problems.error(&span, "nothing varies in this sweep", "", help);
        }
        let seed = self.seed(entries, file, sample.is_some());
        let design = sample.and_then(|sample| self.design(&sample, seed, sampled.len()));
        let mut plan = Plan { axes, sampled, design, runs_per_chunk: 1, seed };
        self.check_count(entries, &plan);
        plan.runs_per_chunk = match get(entries, "runs_per_chunk") {
            Some(node) => {
                self.problems.whole(node, "runs_per_chunk", 1, RUNS_PER_CHUNK_LIMIT).unwrap_or(1)
            }
            None => usual_runs_per_chunk(plan.runs()),
        };
        plan
    }

    fn check_count(&mut self, entries: &Entries, plan: &Plan) {
        let runs = plan.runs();
        if runs <= RUN_LIMIT {
            return;
        }
        let span = get(entries, "vary").map_or(file_start(), |node| node.span.clone());
        let counts = plan.axes.iter().map(|axis| axis.values.len().to_string());
        let samples = plan.design.as_ref().map(|design| design.count().to_string());
        let product = counts.chain(samples).collect::<Vec<_>>().join(" × ");
        let message = format!("{product} runs are too many");
        let help = format!("at most {RUN_LIMIT} runs; take fewer points or fewer samples");
        self.problems.error(&span, message, "", help);
    }

    /// The seed; one that follows from the file where it gives none.
    fn seed(&mut self, entries: &Entries, file: &str, drawing: bool) -> u64 {
        if let Some(node) = get(entries, "seed") {
            return self.problems.whole(node, "seed", 0, LARGEST_WHOLE).unwrap_or(0);
        }
        let hash = file.bytes().fold(0, |hash, byte| splitmix64(hash, u64::from(byte)));
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
    fn sample(&mut self, entries: &Entries) -> Option<Sample> {
        let (sample, population) = (get(entries, "sample"), get(entries, "population"));
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

/// The number of samples and the sampling method.
struct Sample {
    method: SamplingMethod,
    count: u64,
    span: SourceSpan,
}

#[cfg(test)]
mod tests;
