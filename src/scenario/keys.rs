//! Every key of a scenario file, in one table that feeds decoder, schema and suggestions.

use crate::physiology::inputs::{INPUTS, InputInfo, InputKind};
use crate::units::suffix::without_unit;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A kind of table in a scenario file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// The file itself.
    Root,
    /// `[person]`.
    Person,
    /// `[habitual]`: diet and conditions for life.
    Habitual,
    /// `[[arm]]`; also holds what the arm eats and takes from day 0.
    Arm,
    /// `[[arm.phase]]`.
    Phase,
    /// `[[meal]]`.
    Meal,
    /// `[[claim]]`.
    Claim,
    /// `[figures]`.
    Figures,
}

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Words.
    Text,
    /// A list of words.
    Texts,
    /// True or false.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of some of these words.
    Choices(&'static [&'static str]),
    /// A whole number from 0 on.
    Whole,
    /// A date.
    Date,
    /// A length of time, or a time from the start.
    Duration,
    /// A clock time.
    Clock,
    /// 0 to 1, or percent.
    Share,
    /// A number with a unit, checked against the input's ranges.
    Input(&'static InputInfo),
    /// Foods and their amounts.
    Foods,
    /// Clock times and shares of the day's food.
    MealShares,
    /// Parameters and their values.
    Parameters,
    /// A table.
    Table(Section),
    /// A list of tables.
    Tables(Section),
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// Its usual spelling.
    pub name: &'static str,
    /// Other spellings.
    pub aliases: &'static [&'static str],
    /// What it holds.
    pub shape: Shape,
    /// What it means, one sentence.
    pub meaning: &'static str,
    /// An example value, as TOML.
    pub example: &'static str,
}

/// The kinds of figures that `draw` accepts.
pub const FIGURE_KINDS: [&str; 6] = ["timeline", "paradox", "body", "fate", "kinetics", "day"];

macro_rules! keys {
    ($($name:literal $(| $alias:literal)*, $shape:expr, $example:literal, $meaning:literal;)*) => {
        &[$(Key { name: $name, aliases: &[$($alias),*], shape: $shape, meaning: $meaning, example: $example },)*]
    };
}

use Shape::{Choice, Choices, Clock, Date, Duration, Flag, Foods, MealShares, Parameters, Share};
use Shape::{Table, Tables, Text, Texts, Whole};

const HYPOTHESES: &[&str] = &["paradox", "conservative"];
const RESOLUTIONS: &[&str] = &["averaged", "pills", "meals"];

const ROOT: &[Key] = keys! {
    "title", Text, "\"The calcium paradox\"", "Headline of the lesson.";
    "question", Text, "\"Does K2 raise blood calcium?\"", "The question that the lesson asks.";
    "lesson", Text, "\"\"\"A few sentences.\"\"\"", "Text for students.";
    "extends", Text, "\"other.toml\"", "A scenario to start from; the path is relative to this file.";
    "duration", Duration, "\"20 years\"", "Length of the run.";
    "output_every", Duration, "\"7 days\"", "Distance of output rows; chosen by the length if left out.";
    "resolution", Choice(RESOLUTIONS), "\"averaged\"", "How finely eating is resolved: constant rates, single pills, or meals and pills.";
    "hypothesis", Choice(HYPOTHESES), "\"paradox\"", "Which set of contested effects holds.";
    "start_date", Date, "\"2026-01-01\"", "Date of day 0; matters for the season only.";
    "sun_season" | "season", Share, "0.6", "Swing of sunlight vitamin D over the year: 0 none, 1 none at all in winter.";
    "seed", Whole, "1", "Decides which doses are missed.";
    "person", Table(Section::Person), "", "Who is simulated.";
    "habitual", Table(Section::Habitual), "", "Eaten, taken and lived through for life, and in every arm unless it says otherwise.";
    "meals", MealShares, "{ \"07:30\" = 0.3, \"12:30\" = 0.3, \"18:30\" = 0.4 }", "Clock times of meals and their shares of the day's food.";
    "meal", Tables(Section::Meal), "", "The same as `meals`, one table for each meal.";
    "parameters", Parameters, "{ regression_switch = 1 }", "Parameters of the model that differ from their table value.";
    "arm", Tables(Section::Arm), "", "An arm of the comparison.";
    "claim", Tables(Section::Claim), "", "What the lesson says will happen.";
    "figures", Table(Section::Figures), "", "Which figures to draw.";
};

const PERSON: &[Key] = keys! {
    "sex", Choice(&["female", "male"]), "\"female\"", "Sex.";
    "bmi_class" | "weight_class", Choice(&["normal", "overweight", "obese"]), "\"normal\"", "Weight class.";
    "coronary_percentile", Choice(&["p50", "p75", "p90"]), "\"p50\"", "Coronary calcium among people of the same age and sex.";
};

const LIVED: &[Key] = keys! {
    "foods", Foods, "{ natto = \"40 g/day\", gouda = \"30 g, 3 times/week\" }", "Foods; they add to the diet of the nutrient keys.";
    "only_foods", Flag, "true", "Start from an empty plate instead of the usual diet.";
    "take", Texts, "[\"MK-7 180 ug daily\"]", "Supplements: what, how much, how often.";
};

const STOP: &[Key] = keys! {
    "stop", Texts, "[\"calcium\"]", "Supplements, foods or conditions that end.";
};

const ARM: &[Key] = keys! {
    "name", Text, "\"calcium_d\"", "Short name, as claims use it; letters, digits, _ and -.";
    "label", Text, "\"calcium + D3\"", "Words for tables and figures.";
    "like", Text, "\"usual\"", "Starts as that arm.";
    "hypothesis", Choice(HYPOTHESES), "\"paradox\"", "Which set of contested effects holds in this arm.";
    "resolution", Choice(RESOLUTIONS), "\"averaged\"", "How finely eating is resolved in this arm.";
    "sun_season" | "season", Share, "0.6", "Swing of sunlight vitamin D in this arm.";
    "person", Table(Section::Person), "", "What differs from the person of the scenario.";
    "habitual", Table(Section::Habitual), "", "What differs from the habitual diet of the scenario, for life.";
    "meals", MealShares, "{ \"07:30\" = 0.5, \"18:30\" = 0.5 }", "Meals of this arm.";
    "meal", Tables(Section::Meal), "", "The same as `meals`, one table for each meal.";
    "parameters", Parameters, "{ regression_switch = 1 }", "Parameters that differ in this arm.";
    "phase", Tables(Section::Phase), "", "A later change.";
};

const PHASE: &[Key] = keys! {
    "from", Duration, "\"10 years\"", "When the change begins, from the scenario's start.";
    "to" | "until", Duration, "\"12 years\"", "When it ends and what was before returns; never if left out.";
};

const MEAL: &[Key] = keys! {
    "time" | "at", Clock, "\"07:30\"", "Clock time.";
    "share", Share, "0.3", "Share of the day's food, without the foods of single meals.";
    "foods", Foods, "{ natto = \"40 g\" }", "Foods eaten at this meal every day from day 0; they add to its share.";
};

const CLAIM: &[Key] = keys! {
    "says", Text, "\"Blood calcium hardly changes\"", "The claim in words.";
    "that", Text, "\"end(cac) in a < end(cac) in b\"", "The claim as a comparison; the grammar stands in `calcifate list claims`.";
};

const FIGURES: &[Key] = keys! {
    "draw", Choices(&FIGURE_KINDS), "[\"paradox\", \"timeline\"]", "Kinds of figures.";
    "timeline", Texts, "[\"serum_calcium\", \"cac\"]", "Quantities of the time courses; the first makes the headline.";
};

/// The name of an input in files: without its unit.
#[must_use]
pub fn input_key(info: &InputInfo) -> &'static str {
    match without_unit(info.name, info.unit) {
        "start_age" => "age",
        "baseline_phosphate" => "phosphate",
        other => other,
    }
}

const fn input_aliases(name: &str) -> &'static [&'static str] {
    match name.as_bytes() {
        b"start_age_years" => &["start_age"],
        b"baseline_phosphate_mmol_per_l" => &["baseline_phosphate"],
        b"calcium_diet_mg_per_day" => &["calcium"],
        b"vitamin_d_diet_ug_per_day" => &["vitamin_d"],
        b"cac_agatston" => &["cac", "agatston"],
        b"lumbar_spine_t_score" => &["t_score"],
        _ => &[],
    }
}

fn input_example(info: &InputInfo) -> &'static str {
    match (info.unit, info.whole) {
        ("mg/d", _) => "\"800 mg/day\"",
        ("ug/d", _) => "\"90 ug/day\"",
        ("y", _) => "50",
        ("mL/min", _) => "\"60 mL/min\"",
        ("mmol/L", _) => "\"1.2 mmol/L\"",
        ("1", true) => "1",
        ("1", false) => "0.5",
        _ => "0",
    }
}

/// The keys of inputs of some kinds.
fn inputs(kinds: &[InputKind]) -> impl Iterator<Item = Key> {
    let kinds = kinds.to_vec();
    INPUTS.iter().filter(move |info| kinds.contains(&info.kind)).map(|info| Key {
        name: input_key(info),
        aliases: input_aliases(info.name),
        shape: Shape::Input(info),
        meaning: info.label,
        example: input_example(info),
    })
}

/// Every key of a section, in the order of the documentation.
#[must_use]
pub fn keys(section: Section) -> Vec<Key> {
    const LIVED_KINDS: [InputKind; 2] = [InputKind::Intake, InputKind::Condition];
    let lived = || LIVED.iter().copied().chain(inputs(&LIVED_KINDS));
    let with = |own: &[Key]| own.to_vec();
    match section {
        Section::Root => with(ROOT),
        Section::Person => {
            let measured = inputs(&[InputKind::Person, InputKind::Override]);
            PERSON.iter().copied().chain(measured).collect()
        }
        Section::Habitual => lived().collect(),
        Section::Arm => ARM.iter().chain(STOP).copied().chain(lived()).collect(),
        Section::Phase => PHASE.iter().chain(STOP).copied().chain(lived()).collect(),
        Section::Meal => with(MEAL),
        Section::Claim => with(CLAIM),
        Section::Figures => with(FIGURES),
    }
}

/// The key with this spelling.
#[must_use]
pub fn key(section: Section, spelling: &str) -> Option<Key> {
    static BY_SPELLING: LazyLock<HashMap<(Section, &str), Key>> = LazyLock::new(|| {
        let sections = Section::ALL.iter().map(|(section, _)| *section);
        let spelled = |section: Section, key: Key| {
            let spellings = key.aliases.iter().copied().chain([key.name]);
            spellings.map(move |spelling| ((section, spelling), key))
        };
        sections.flat_map(|s| keys(s).into_iter().flat_map(move |key| spelled(s, key))).collect()
    });
    BY_SPELLING.get(&(section, spelling)).copied()
}

impl Section {
    /// Every section, with how a file writes it.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Root, "the top level"),
        (Self::Person, "[person]"),
        (Self::Habitual, "[habitual]"),
        (Self::Arm, "[[arm]]"),
        (Self::Phase, "[[arm.phase]]"),
        (Self::Meal, "[[meal]]"),
        (Self::Claim, "[[claim]]"),
        (Self::Figures, "[figures]"),
    ];

    /// How a file writes it.
    #[must_use]
    pub fn written(self) -> &'static str {
        Self::ALL.iter().find(|(section, _)| *section == self).map_or("", |(_, written)| written)
    }
}
