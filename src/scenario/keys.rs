//! Every key of a scenario file, in one table that feeds reader, schema and suggestions.

use crate::figure_kinds::{FigureSize, OF_RUNS};
use crate::form::key::ValueType::{
    Amount, Any, Choice, ChoiceOrName, Choices, Clock, Date, Duration, Flag, Line, Prose, Share,
};
use crate::form::key::ValueType::{Table, Tables, Text, TextOrTexts, Texts, Whole};
use crate::form::key::{Form, Key, KeyListing, MeantKeys, OpenKeys, Section, keys};
use crate::nutrition::food_kinds::foods_meant;
use crate::nutrition::foods;
use crate::nutrition::outside_model::not_in_model;
use crate::parameters::{PARAMETER_TABLE, ParameterInfo, renamed_names};
use crate::physiology::inputs::{INPUTS, InputInfo, InputKind, input};
use crate::scenario::amounts::{input_example, is_flag};
use crate::scenario::other_names::other_name;
use crate::scenario::statement::StatementKind;

pub(crate) static SCENARIO: Form = Form {
    title: "Calcifate scenario",
    root: &ROOT,
    other_form_help,
    outside: not_in_model,
    meant: meant_keys,
};

/// The keys by which a scenario writes what people call by another name.
fn meant_keys(name: &str) -> Option<MeantKeys> {
    let named = other_name(name);
    let foods = foods_meant(name);
    let note = match named {
        Some(row) => row.note.to_owned(),
        None if foods.is_empty() => return None,
        None => format!("foods ({}) are entries of", foods.join(", ")),
    };
    Some(MeantKeys { note, keys: named.map_or(&["foods"], |row| row.keys) })
}

const HYPOTHESES: &[&str] = &["paradox", "conservative"];
const RESOLUTIONS: &[&str] = &["averaged", "pills", "meals"];

pub(crate) static ROOT: Section = Section::new("the top level", || {
    keys! {
        "title", Line, "\"The calcium paradox\"", "Headline of the lesson.";
        "question", Prose, "\"Does K2 raise blood calcium?\"", "The question that the lesson asks.";
        "lesson", Prose, "\"\"\"A few sentences.\"\"\"", "Text for students.";
        "answer", Prose, "\"With K2 the score ends at {end(cac) in k2}.\"", "The answer to the question. In braces: a value in the grammar of claims, or the name of a claim for its two values.";
        "headline", Line, "\"K2 leaves the arteries at {end(cac) in k2}\"", "Title of the first figure, instead of the one that is made from its numbers; braces as in `answer`.";
        "compare", Texts, "[\"usual\", \"k2\"]", "The two arms that titles and the answer speak of.";
        "extends", Text, "\"other.toml\"", "A scenario to start from; the path is relative to this file.";
        "duration", Duration, "\"20 years\"", "Length of the run.";
        "output_every", Duration, "\"7 days\"", "Distance of output rows; chosen by the length if left out.";
        "resolution", Choice(RESOLUTIONS), "\"averaged\"", "How finely eating is resolved: constant rates, single pills, or meals and pills.";
        "hypothesis", ChoiceOrName { words: HYPOTHESES, table: Some(&HYPOTHESIS_SETS) }, "\"paradox\"", "Which set of contested effects holds: a shipped one, or one of [hypotheses].";
        "hypotheses", Table(&HYPOTHESIS_SETS), "{ mine = { like = \"conservative\", osteocalcin_accretion_gain = 0.1 } }", "Hypothesis sets of this file, each as differences from a shipped one.";
        "start_date", Date, "\"2026-01-01\"", "Date of day 0; matters for the season only.";
        "sun_season" | "season", Share, "0.6", "Swing of sunlight vitamin D over the year: 0 none, 1 none at all in winter.";
        "seed", Whole, "1", "Decides which doses are missed.";
        "person", Table(&PERSON), "", "Who is simulated.";
        "habitual", Table(&HABITUAL), "", "Eaten, taken and lived through before day 0, for life or `since` a time, and in every arm unless it says otherwise.";
        "meals", Table(&MEALS), "{ \"07:30\" = 0.3, \"12:30\" = 0.3, \"18:30\" = 0.4 }", "Clock times of meals and their shares of the day's food.";
        "meal", Tables(&MEAL), "", "The same as `meals`, one table for each meal.";
        "parameters", Table(&PARAMETERS), "{ regression_switch = 1 }", "Parameters of the model that differ from their table value.";
        "arm", Tables(&ARM), "", "An arm of the comparison.";
        "claim", Tables(&CLAIM), "", "What the lesson says will happen.";
        "figures", Table(&FIGURES), "", "Which figures to draw.";
        "figure", Tables(&FIGURE), "", "A figure with wishes of its own.";
        "data", Tables(&DATA), "", "Observations that timelines show over the curves.";
        "verdict", Table(&VERDICT), "", "A statement that the claims of this file put to the test: calcifate verdicts FILE.";
    }
});

pub(crate) static PERSON: Section = Section::new("[person]", || {
    let mut keys = keys! {
        "sex", Choice(&["female", "male"]), "\"female\"", "Sex.";
        "bmi_class" | "weight_class", Choice(&["normal", "overweight", "obese"]), "\"normal\"", "Weight class.";
        "coronary_percentile", Choice(&["p50", "p75", "p90"]), "\"p50\"", "Coronary calcium among people of the same age and sex.";
    };
    keys.extend(inputs(|kind| !kind.changes_over_time(), None));
    keys
}).defined("person");

pub(crate) static HABITUAL: Section =
    Section::new("[habitual]", || intake_and_condition_keys(Some(&HABIT))).defined("habitual");

/// An input of `[habitual]` that began during life.
static HABIT: Section = Section::new("an input of [habitual]", || {
    keys! {
        "dose" | "amount" | "value", Any(&["string", "number", "boolean"]), "\"5 mg/day\"", "The dose, as it is written without a beginning.";
        "since" required, Duration, "\"2 years\"", "How long before day 0 it began, or the date; before that it was as in the reference person.";
    }
}).defined("habit");

/// `[[arm]]`; also holds what the arm eats and takes from day 0.
pub(crate) static ARM: Section = Section::new("[[arm]]", || {
    let own = keys! {
        "name" required, Text, "\"calcium_d\"", "Short name, as claims use it; letters, digits, _ and -.";
        "label", Line, "\"calcium + D3\"", "Words for tables and figures.";
        "like", Text, "\"usual\"", "Starts as that arm.";
        "hypothesis", ChoiceOrName { words: HYPOTHESES, table: None }, "\"paradox\"", "Which set of contested effects holds in this arm.";
        "resolution", Choice(RESOLUTIONS), "\"averaged\"", "How finely eating is resolved in this arm.";
        "sun_season" | "season", Share, "0.6", "Swing of sunlight vitamin D in this arm.";
        "person", Table(&PERSON), "", "What differs from the person of the scenario.";
        "habitual", Table(&HABITUAL), "", "What differs from the habits of the scenario, for life or `since` a time.";
        "meals", Table(&MEALS), "{ \"07:30\" = 0.5, \"18:30\" = 0.5 }", "Meals of this arm.";
        "meal", Tables(&MEAL), "", "The same as `meals`, one table for each meal.";
        "parameters", Table(&PARAMETERS), "{ regression_switch = 1 }", "Parameters that differ in this arm.";
        "phase", Tables(&PHASE), "", "A later change.";
    };
    [own, stop(), intake_and_condition_keys(None)].concat()
}).defined("arm");

pub(crate) static PHASE: Section = Section::new("[[arm.phase]]", || {
    let own = keys! {
        "from" required, Duration, "\"10 years\"", "When the change begins, from the scenario's start.";
        "to" | "until", Duration, "\"12 years\"", "When it ends and what was before returns; never if left out.";
    };
    [own, stop(), intake_and_condition_keys(None)].concat()
}).defined("phase");

fn stop() -> Vec<Key> {
    keys! {
        "stop", TextOrTexts, "[\"calcium\"]", "Supplements, foods or conditions that end.";
    }
}

/// Keys of intakes and conditions; `table` may stand for the amount of one.
fn intake_and_condition_keys(table: Option<&'static Section>) -> Vec<Key> {
    let mut keys = keys! {
        "foods", Table(&FOODS), "{ natto = \"40 g/day\", gouda = \"30 g, 3 times/week\" }", "Foods; they add to the diet of the nutrient keys.";
        "only_foods", Flag, "true", "Start from an empty plate instead of the usual diet.";
        "take", TextOrTexts, "[\"MK-7 180 ug daily\"]", "Supplements: what, how much, how often.";
    };
    keys.extend(inputs(InputKind::changes_over_time, table));
    keys
}

pub(crate) static MEAL: Section = Section::new("[[meal]]", || {
    keys! {
        "time" | "at", Clock, "\"07:30\"", "Clock time.";
        "share" required, Share, "0.3", "Share of the day's food, without the foods of single meals.";
        "foods", Table(&FOODS), "{ natto = \"40 g\" }", "Foods eaten at this meal every day from day 0; they add to its share.";
    }
}).defined("meal");

pub(crate) static CLAIM: Section = Section::new("[[claim]]", || {
    keys! {
        "name", Text, "\"softer\"", "Short name, by which `answer` and `headline` call its numbers; letters, digits, _ and -.";
        "says", Line, "\"Blood calcium hardly changes\"", "The claim in words.";
        "that" required, Text, "\"end(cac) in a < end(cac) in b\"", "The claim as a comparison; the grammar stands in `calcifate list claims`.";
        "case", Line, "\"a woman of 60\"", "In a verdict: the person or dose of this test. The statement depends on it if it is true in some cases only.";
        "beside", Flag, "true", "In a verdict: shown with its numbers, but does not decide. Claims of a file that is extended stand beside.";
    }
}).defined("claim");

pub(crate) static VERDICT: Section = Section::new("[verdict]", || {
    keys! {
        "id" required, Text, "\"blocks_calcium\"", "Short name; letters, digits, _ and -.";
        "topic" required, Line, "\"K2\"", "What it is about; statements are shown by topic.";
        "kind" required, Choice(StatementKind::NAMES), "\"claim\"", "A misconception or a claim, judged by the claims of the file, or a trial, judged by its rows of the evidence table.";
        "statement" required, Line, "\"Vitamin K2 blocks the uptake of calcium\"", "The statement in a student's words.";
        "physiologist" required, Prose, "\"K2 does not act on the gut.\"", "What a physiologist says. In braces: a value in the grammar of claims, or the name of a claim for its two values, shown in both hypothesis sets.";
        "by_assumption", Prose, "\"Nothing leaves the wall of a human artery here.\"", "What the model assumes that decides the statement, and the evidence for it; `otherwise` says how to build the model without it.";
        "otherwise", Table(&PARAMETERS), "{ regression_switch = 1 }", "The assumption given up: parameters of the same runs. The verdict is `by assumption` if it changes.";
        "needs", Prose, "\"A model of wall and lumen.\"", "For what is not in this model: what would be needed.";
        "misses_of_each_set", Whole, "3", "The statement is that the evidence is mixed: each hypothesis set misses at least so many rows of the evidence table that the other meets.";
        "trials", Texts, "[\"knapen2013_ls\"]", "Rows of the evidence table, shown beside the tests; of a trial, what is judged.";
        "references", Texts, "[\"knapen2013\"]", "Sources (`calcifate list sources`).";
    }
}).defined("verdict");

pub(crate) static FIGURES: Section = Section::new("[figures]", || {
    keys! {
        "draw", Choices("figure", OF_RUNS), "[\"paradox\", \"timeline\"]", "Kinds of figures.";
        "timeline", TextOrTexts, "[\"serum_calcium\", \"cac\"]", "Quantities of the time courses; the first makes the headline.";
    }
}).defined("figures");

pub(crate) static FIGURE: Section = Section::new("[[figure]]", || {
    keys! {
        "kind" required, Choice(OF_RUNS), "\"timeline\"", "Kind of figure.";
        "name", Text, "\"first_years\"", "Name of its files; its kind if left out.";
        "arms", Texts, "[\"usual\", \"k2\"]", "Arms that it shows; all if left out.";
        "readouts", TextOrTexts, "[\"serum_calcium\", \"cac\"]", "Quantities of a timeline; the first makes the title.";
        "limits", Table(&LIMITS), "{ serum_calcium = [2.1, 2.6] }", "Lower and upper end of the axis of a read-out (timeline, kinetics), of x or of y (paradox).";
        "period", Text, "\"2 to 5 years\"", "The part of the run that it shows; all of it if left out.";
        "headline", Line, "\"K2 leaves the arteries at {end(cac) in k2}\"", "Title, instead of the one that is made from its numbers; braces as in `answer`.";
        "size", Choice(FigureSize::NAMES), "\"slide\"", "For a lecture room (slide), paper or a screen (page), or a phone.";
        "greyscale", Flag, "true", "Grey instead of colors.";
    }
}).defined("figure");

pub(crate) static DATA: Section = Section::new("[[data]]", || {
    keys! {
        "file", Text, "\"d.csv\"", "Table of observations, relative to this file: columns time, readout, arm, value, low, high and unit.";
        "text", Prose, "\"time [years],readout,value\\n2,cac,120\"", "The table itself, instead of a file.";
    }
}).defined("data");

/// Ends of axes.
static LIMITS: Section = Section::new("[figure.limits]", Vec::new).open(OpenKeys {
    documented: || vec![("x", "change of bone [%]".into()), ("y", "of the artery [AU]".into())],
    meaning: "a read-out",
    ..OpenKeys::new(Any(&["array"]), "[2.1, 2.6]")
});

/// Foods and their amounts.
static FOODS: Section = Section::new("[foods]", Vec::new).open(OpenKeys {
    documented: || {
        let serving = |food: &foods::Food| format!("a serving is {} g", food.serving_g);
        foods::FOODS.iter().map(|food| (food.name, serving(food))).collect()
    },
    ..OpenKeys::new(Any(&["string"]), "\"40 g/day\"")
});

/// Clock times and shares of the day's food.
static MEALS: Section =
    Section::new("[meals]", Vec::new).open(OpenKeys::new(Any(&["number", "string"]), "0.3"));

/// `[hypotheses]`: names of sets.
static HYPOTHESIS_SETS: Section = Section::new("[hypotheses]", Vec::new).open(OpenKeys {
    meaning: "A hypothesis set.",
    ..OpenKeys::new(
        Table(&HYPOTHESIS_SET),
        "{ like = \"conservative\", osteocalcin_accretion_gain = 0.1 }",
    )
});

/// `[hypotheses.NAME]`: a set as differences from a shipped one.
static HYPOTHESIS_SET: Section = Section::new("[hypotheses.NAME]", || {
    let own = keys! {
        "like", Choice(HYPOTHESES), "\"conservative\"", "The shipped set that it differs from; paradox if left out.";
    };
    [own, parameter_keys()].concat()
})
.listed(PARAMETER_LISTING);

/// `[parameters]`: each parameter with its value.
pub(crate) static PARAMETERS: Section =
    Section::new("[parameters]", parameter_keys).listed(PARAMETER_LISTING);

const PARAMETER_LISTING: KeyListing = KeyListing {
    noun: "parameter",
    all_keys: || format!("`calcifate list parameters` shows all {}.", PARAMETER_TABLE.len()),
};

fn parameter_keys() -> Vec<Key> {
    let key = |name, meaning: String| Key {
        name,
        aliases: &[],
        required: false,
        value_type: Any(&["number", "string"]),
        example: "".into(),
        meaning: meaning.into(),
    };
    let meaning =
        |entry: &ParameterInfo| format!("{} [{}], default {}", entry.note, entry.unit, entry.value);
    let values = PARAMETER_TABLE.iter().map(|entry| key(entry.name, meaning(entry)));
    let flag = keys! {
        "beyond_range", Flag, "", "Allow values outside the ranges of the parameter table.";
    };
    // Known, so that the reader can say what stands in their place.
    let gone = "Gone since model 3.1: an error says what to write.";
    let gone = renamed_names().map(|name| key(name, gone.to_owned()));
    values.chain(flag).chain(gone).collect()
}

/// Help about a key at the top level of files that ask for many runs.
fn other_form_help(key: &str) -> Option<&'static str> {
    match key {
        "step" | "teacher" => Some("this is a class exercise: calcifate class FILE"),
        "sensitivity" => Some("this is a sensitivity analysis: calcifate sensitivity FILE"),
        "scenario" | "vary" | "sample" | "population" | "outcomes" | "conditions" | "such_that" => {
            Some(
                "this is a sweep or a sensitivity analysis: calcifate sweep FILE, or calcifate \
                 sensitivity FILE",
            )
        }
        _ => None,
    }
}

/// The input that a key holds, if it holds one.
pub(crate) fn input_of(key: &Key) -> Option<&'static InputInfo> {
    match key.value_type {
        Amount { name, .. } => input(name),
        _ => None,
    }
}

fn inputs(
    is_wanted: fn(InputKind) -> bool,
    table: Option<&'static Section>,
) -> impl Iterator<Item = Key> {
    INPUTS.iter().filter(move |info| is_wanted(info.kind)).map(move |info| Key {
        name: info.key,
        aliases: info.aliases,
        required: false,
        value_type: Amount { name: info.name, unit: info.unit, flag: is_flag(info), table },
        example: input_example(info).into(),
        meaning: info.label.into(),
    })
}
