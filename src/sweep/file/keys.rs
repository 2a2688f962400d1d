//! Every key of a sweep file, in one table that feeds reader, schema and suggestions.

use crate::figure_kinds::{FigureSize, OF_SWEEPS};
use crate::form::key::ValueType::{
    Any, Choice, ChoiceOrName, Choices, Flag, Line, Number, Prose, Table, Tables, Text, Texts,
};
use crate::form::key::{Form, OpenKeys, Section, ValueType, keys};
use crate::scenario::dial::{Owner, dials};
use crate::scenario::keys::ROOT as OF_SCENARIO;

pub(crate) static SWEEP: Form = Form {
    title: "Calcifate sweep",
    root: &ROOT,
    other_form_help,
    outside: |_| None,
    meant: |_| None,
};

const METHODS: &[&str] = &["sobol", "latin_hypercube", "monte_carlo"];

/// Words, a number, or a list of them.
const WORDS: ValueType = Any(&["string", "number", "array"]);

static ROOT: Section = Section::new("the top level", || {
    keys! {
        "title", Line, "\"MK-7 dose curve\"", "Headline.";
        "question", Prose, "\"What does more MK-7 do?\"", "The question that the sweep asks.";
        "answer", Prose, "\"With 180 µg the score grows by {agatston_gain(mk7_supplement = 180 ug/day)}.\"", "The answer to it. In braces: an outcome of one run, named by its values of what varies; or median, lowest, highest of several, share of a condition. In words alone for a sensitivity analysis.";
        "scenario" required, Text, "\"../calcium_paradox.toml\"", "The scenario that is run again and again; the path is relative to this file.";
        "arms", Texts, "[\"usual\", \"k2\"]", "Arms that run; all without it.";
        "hypothesis", ChoiceOrName { words: &["paradox", "conservative"], table: None }, "\"paradox\"", "Hypothesis set of all arms.";
        "beyond_range", Flag, "true", "Parameters may leave their ranges.";
        "seed", Number, "1", "Seed of everything that is drawn.";
        "runs_per_chunk", Number, "64", "Runs that are stored together.";
        "set", Table(&SET), "{ duration = \"10 years\" }", "Changed in every run alike.";
        "vary", Table(&VARY), "{ mk7_supplement = \"0 … 360 ug/day step 30\" }", "What varies, and how.";
        "sample", Table(&SAMPLE), "{ runs = 1024, method = \"sobol\" }", "Samples of what is drawn.";
        "sensitivity", Table(&SENSITIVITY), "{ parameters = \"all\", samples = 256 }", "Which inputs matter; for `calcifate sensitivity`.";
        "population", Table(&POPULATION), "{ people = 1000, age = \"normal 60 ± 8\" }", "Virtual people, the same in every arm.";
        "outcomes", Table(&OUTCOMES), "{ bone = \"change(femoral_neck_bmd)\" }", "Values that are kept of each run.";
        "conditions", Table(&CONDITIONS), "{ in_range = \"dp_ucmgp <= 300 pmol/L\" }", "Conditions that hold or not in each run.";
        "keep", Texts, "[\"dp_ucmgp every 30 days\", \"cac every year in usual\"]", "Time courses that are kept of each run.";
        "find", Text, "\"lowest mk7_supplement\"", "The value that is looked for in each run.";
        "such_that", Text, "\"dp_ucmgp <= 300 pmol/L\"", "What it must meet.";
        "within", Text, "\"0 … 720 ug/day\"", "Where it is looked for; its usual range without it.";
        "tolerance", WORDS, "\"0.5 ug/day\"", "How narrow the answer's interval becomes.";
        "figures", Table(&FIGURES), "{ draw = [\"dose_response\"] }", "Which figures to draw.";
        "figure", Tables(&FIGURE), "", "A figure with wishes of its own.";
    }
});

static FIGURE: Section = Section::new("[[figure]]", || {
    keys! {
        "kind" required, Choice(OF_SWEEPS), "\"dose_response\"", "Kind of figure.";
        "name", Text, "\"for_paper\"", "Name of its files; its kind if left out.";
        "headline", Line, "\"Beyond 180 µg little changes\"", "Title, instead of the one that is made from its numbers.";
        "size", Choice(FigureSize::NAMES), "\"slide\"", "For a lecture room (slide), paper or a screen (page), or a phone.";
        "greyscale", Flag, "true", "Grey instead of colors.";
    }
});

static FIGURES: Section = Section::new("[figures]", || {
    keys! {
        "draw", Choices("figure", OF_SWEEPS), "[\"dose_response\", \"map\"]", "Kinds of figures; chosen by what varies without it.";
    }
});

static SAMPLE: Section = Section::new("[sample]", || {
    keys! {
        "runs", Number, "1024", "Number of samples.";
        "method", Choice(METHODS), "\"sobol\"", "How samples are spread.";
    }
});

static SENSITIVITY: Section = Section::new("[sensitivity]", || {
    keys! {
        "methods", WORDS, "[\"local\", \"morris\", \"sobol\"]", "Slopes, elementary effects, shares of the variance of inputs and of grades (always with sobol); all without it.";
        "parameters", WORDS, "\"all\"", "Parameters that vary in the ranges of the table: \"all\", names, groups.";
        "except", Texts, "[\"regression_switch\"]", "Parameters or groups that do not vary after all.";
        "step", WORDS, "\"0.1 %\"", "Local: step to each side, as a share of the range.";
        "trajectories", Number, "40", "Morris: number of trajectories.";
        "levels", Number, "4", "Morris: levels of each input.";
        "samples", Number, "256", "Sobol′: number of samples, each of inputs + 2 runs.";
        "grade_samples", Number, "2048", "Grades: number of samples, each of grades + 2 runs.";
        "sampling", Choice(METHODS), "\"sobol\"", "Sobol′ and grades: how samples are spread.";
        "bootstrap", Number, "1000", "Resamples behind each interval.";
        "confidence", WORDS, "\"95 %\"", "Share of the resamples inside an interval.";
        "precision", WORDS, "\"10 %\"", "Shares of the variance are told if their interval is at most so wide to each side.";
        "keep_inputs", Flag, "true", "Keep what varies as columns of the tables of runs.";
    }
});

static SET: Section = Section::new("[set]", Vec::new)
    .open(quantities("setting", Any(&["string", "number", "boolean"])));

static VARY: Section = Section::new("[vary]", || {
    keys! {
        "parameters", WORDS, "\"all\"", "Parameters, or groups of them, drawn from the ranges of the table.";
    }
})
.open(quantities("variation", VARIATION));

/// `[population]`: its keys are those that are no quantities.
pub(super) static POPULATION: Section = Section::new("[population]", || {
    keys! {
        "people", Number, "1000", "Number of virtual people.";
        "method", Choice(METHODS), "\"monte_carlo\"", "How people are spread.";
        "parameter_spread", WORDS, "\"10 %\"", "How much the biology of people differs: standard deviation over mean of each parameter.";
        "spread_parameters", Texts, "[\"vitamin_k\"]", "Parameters or groups that differ; all biology without it.";
    }
})
.open(quantities("variation", VARIATION));

/// The types of a value that says how a quantity varies.
const VARIATION: ValueType = Any(&["string", "array", "object", "number"]);

static OUTCOMES: Section = Section::new("[outcomes]", Vec::new).open(EXPRESSIONS);

static CONDITIONS: Section = Section::new("[conditions]", Vec::new).open(EXPRESSIONS);

/// Names of the user's choice, each with an expression.
const EXPRESSIONS: OpenKeys = OpenKeys::new(Text, "\"end(cac)\"");

/// Quantities, each with a value that is read later; `ARM.NAME` and `habitual.NAME` are not listed.
const fn quantities(definition: &'static str, holds: ValueType) -> OpenKeys {
    OpenKeys { holds, definition: Some(definition), example: "", documented, meaning: "a quantity" }
}

/// Every dial with its meaning.
fn documented() -> Vec<(&'static str, String)> {
    let listed = dials().iter().filter(|dial| dial.owner() != Owner::Habit);
    listed.map(|dial| (dial.name, dial.description())).collect()
}

/// Help about a key at the top level of a scenario, which is taken for a sweep.
fn other_form_help(key: &str) -> Option<&'static str> {
    OF_SCENARIO
        .key(key)
        .map(|_| "it belongs in a scenario (calcifate run FILE), which a sweep names with scenario")
}
