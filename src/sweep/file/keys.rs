//! Every key of a sweep file, in one table that feeds decoder, help and suggestions.

use crate::error::suggest::did_you_mean;
use crate::scenario::collect::Problems;
use crate::scenario::tree::{Entry, Value};

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Words.
    Text,
    /// A list of words.
    Texts,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of some of these words.
    Choices(&'static [&'static str]),
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// Anything: read later.
    Any,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table with names of the user's choice and texts.
    Named,
    /// A table with the names of quantities, one value each.
    Settings,
    /// A table with the names of quantities and how they vary; beside them these keys.
    Variations(&'static [Key]),
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// Its spelling.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What it means, one sentence.
    pub meaning: &'static str,
    /// An example value, as TOML.
    pub example: &'static str,
}

macro_rules! keys {
    ($($name:literal, $shape:expr, $example:literal, $meaning:literal;)*) => {
        [$(Key { name: $name, shape: $shape, meaning: $meaning, example: $example },)*]
    };
}

use Shape::{Any, Choice, Choices, Flag, Named, Number, Settings, Table, Text, Texts, Variations};

const METHODS: &[&str] = &["sobol", "latin_hypercube", "monte_carlo"];

/// The kinds of figures that `draw` accepts.
pub const FIGURE_KINDS: [&str; 6] =
    ["dose_response", "map", "small_multiples", "differences", "spaghetti", "answers"];

const FIGURES: &[Key] = &keys! {
    "draw", Choices(&FIGURE_KINDS), "[\"dose_response\", \"map\"]", "Kinds of figures; chosen by what varies without it.";
};

const SAMPLE: &[Key] = &keys! {
    "runs", Number, "1024", "Number of samples.";
    "method", Choice(METHODS), "\"sobol\"", "How samples are spread.";
};

const VARY: &[Key] = &keys! {
    "parameters", Any, "\"all\"", "Parameters, or groups of them, drawn from the ranges of the table.";
};

/// The keys of `[population]` that are no quantities.
pub(super) const PEOPLE: &[Key] = &keys! {
    "people", Number, "1000", "Number of virtual people.";
    "method", Choice(METHODS), "\"monte_carlo\"", "How people are spread.";
    "parameter_spread", Any, "\"10 %\"", "How much the biology of people differs: standard deviation over mean of each parameter.";
    "spread_parameters", Texts, "[\"vitamin_k\"]", "Parameters or groups that differ; all biology without it.";
};

/// The methods of a sensitivity analysis.
pub(super) const APPROACHES: [&str; 4] = ["local", "morris", "sobol", "grades"];

const SENSITIVITY: &[Key] = &keys! {
    "methods", Any, "[\"local\", \"morris\", \"sobol\"]", "Slopes, elementary effects, shares of the variance of inputs and of grades (always with sobol); all without it.";
    "parameters", Any, "\"all\"", "Parameters that vary in the ranges of the table: \"all\", names, groups.";
    "except", Texts, "[\"regression_switch\"]", "Parameters or groups that do not vary after all.";
    "step", Any, "\"0.1 %\"", "Local: step to each side, as a share of the range.";
    "trajectories", Number, "40", "Morris: number of trajectories.";
    "levels", Number, "4", "Morris: levels of each input.";
    "samples", Number, "256", "Sobol′: number of samples, each of inputs + 2 runs.";
    "grade_samples", Number, "2048", "Grades: number of samples, each of grades + 2 runs.";
    "sampling", Choice(METHODS), "\"sobol\"", "Sobol′ and grades: how samples are spread.";
    "bootstrap", Number, "1000", "Resamples behind each interval.";
    "confidence", Any, "\"95 %\"", "Share of the resamples inside an interval.";
    "precision", Any, "\"10 %\"", "Shares of the variance are told if their interval is at most so wide to each side.";
    "keep_inputs", Flag, "true", "Keep what varies as columns of the tables of runs.";
};

/// The keys at the top of a sweep file.
pub(super) const ROOT: [Key; 20] = keys! {
    "title", Text, "\"MK-7 dose curve\"", "Headline.";
    "question", Text, "\"How much MK-7 is enough?\"", "The question that the sweep asks.";
    "scenario", Text, "\"../calcium_paradox.toml\"", "The scenario that is run again and again; the path is relative to this file.";
    "arms", Texts, "[\"usual\", \"k2\"]", "Arms that run; all without it.";
    "hypothesis", Choice(&["paradox", "conservative"]), "\"paradox\"", "Hypothesis set of all arms.";
    "beyond_range", Flag, "true", "Parameters may leave their ranges.";
    "seed", Number, "1", "Seed of everything that is drawn.";
    "runs_per_chunk", Number, "64", "Runs that are stored together.";
    "set", Settings, "{ duration = \"10 years\" }", "Changed in every run alike.";
    "vary", Variations(VARY), "{ mk7_supplement = \"0 … 360 ug/day step 30\" }", "What varies, and how.";
    "sample", Table(SAMPLE), "{ runs = 1024, method = \"sobol\" }", "Samples of what is drawn.";
    "sensitivity", Table(SENSITIVITY), "{ parameters = \"all\", samples = 256 }", "Which inputs matter; for `calcifate sensitivity`.";
    "population", Variations(PEOPLE), "{ people = 1000, age = \"normal 60 ± 8\" }", "Virtual people, the same in every arm.";
    "outcomes", Named, "{ bone = \"change(lumbar_spine_bmd_percent)\" }", "Values that are kept of each run.";
    "conditions", Named, "{ in_range = \"dp_ucmgp <= 300 pmol/L\" }", "Conditions that hold or not in each run.";
    "find", Text, "\"lowest mk7_supplement\"", "The value that is looked for in each run.";
    "such_that", Text, "\"dp_ucmgp <= 300 pmol/L\"", "What it must meet.";
    "within", Text, "\"0 … 720 ug/day\"", "Where it is looked for; its usual range without it.";
    "tolerance", Any, "\"0.5 ug/day\"", "How narrow the answer's interval becomes.";
    "figures", Table(FIGURES), "{ draw = [\"dose_response\"] }", "Which figures to draw.";
};

/// The keys at the top of a sweep file, for help and documentation.
pub const KEYS: &[Key] = &ROOT;

/// How the top of a file is called.
pub(super) const A_FILE: &str = "a sweep file";

/// Keys at the top of scenarios, by which one is known that is taken for a sweep.
const OF_SCENARIOS: [&str; 5] = ["person", "arm", "claim", "duration", "intake"];

/// Reports unknown keys and wrong types, and takes them out.
pub(super) fn check(known: &[Key], place: &str, entries: &mut Vec<Entry>, problems: &mut Problems) {
    entries.retain_mut(|entry| {
        let Some(key) = known.iter().find(|key| key.name == entry.key) else {
            let names = || known.iter().map(|key| key.name);
            let meant = did_you_mean(&entry.key, names());
            let all = names().collect::<Vec<_>>().join(", ");
            let message = format!("unknown key \"{}\"", entry.key);
            let label = format!("not a key of {place}");
            let help = if place == A_FILE && OF_SCENARIOS.contains(&entry.key.as_str()) {
                "it belongs into a scenario (calcifate run FILE), which a sweep names with scenario"
                    .to_owned()
            } else {
                format!("{meant}Known: {all}.")
            };
            problems.error(&entry.place, message, label, help);
            return false;
        };
        fits(key, entry, problems)
    });
}

fn fits(key: &Key, entry: &mut Entry, problems: &mut Problems) -> bool {
    let place = entry.node.place.clone();
    let wanted = match (key.shape, &mut entry.node.value) {
        (Any, _)
        | (Text, Value::Text(..))
        | (Number, Value::Number(_))
        | (Flag, Value::Flag(_))
        | (Settings, Value::Table(_)) => return true,
        (Variations(own), Value::Table(entries)) => {
            entries.retain_mut(|entry| match own.iter().find(|key| key.name == entry.key) {
                Some(key) => fits(key, entry, problems),
                None => true,
            });
            return true;
        }
        (Choice(words), Value::Text(word, _)) => {
            if words.contains(&word.as_str()) {
                return true;
            }
            let meant = did_you_mean(word, words.iter().copied());
            let help = format!("{meant}Accepted: {}.", words.join(", "));
            problems.error(&place, format!("unknown {} \"{word}\"", key.name), "", help);
            return false;
        }
        (Choices(words), Value::List(nodes)) if nodes.iter().all(|node| node.text().is_some()) => {
            let unknown =
                nodes.iter().find(|node| node.text().is_some_and(|w| !words.contains(&w)));
            let Some(node) = unknown else { return true };
            let word = node.text().unwrap_or_default();
            let meant = did_you_mean(word, words.iter().copied());
            let help = format!("{meant}Accepted: {}.", words.join(", "));
            problems.error(&node.place, format!("unknown figure \"{word}\""), "", help);
            return false;
        }
        (Texts, Value::List(nodes)) if nodes.iter().all(|node| node.text().is_some()) => {
            return true;
        }
        (Table(keys), Value::Table(entries)) => {
            check(keys, &format!("[{}]", key.name), entries, problems);
            return true;
        }
        (Named, Value::Table(entries)) => {
            entries.retain(|entry| named_text(entry, problems));
            return true;
        }
        (Text | Choice(_), _) => "a text",
        (Texts | Choices(_), _) => "a list of texts",
        (Number, _) => "a number",
        (Flag, _) => "true or false",
        (Table(_) | Named | Settings | Variations(_), _) => "a table",
    };
    let label = format!("{} here, {wanted} expected", entry.node.value.kind());
    let help = format!("write such as {} = {}", key.name, key.example);
    problems.error(&place, format!("{} needs {wanted}", key.name), label, help);
    false
}

fn named_text(entry: &Entry, problems: &mut Problems) -> bool {
    let is_text = entry.node.text().is_some();
    if !is_text {
        let label = format!("{} here, a text expected", entry.node.value.kind());
        let help = format!("write such as {} = \"end(cac)\"", entry.key);
        problems.error(&entry.node.place, format!("{} needs a text", entry.key), label, help);
    }
    is_text
}
