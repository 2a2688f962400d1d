//! A lesson file, checked and resolved into arms.
//!
//! In the order of loading: `extend` reads the text by the table of `keys` and merges what it
//! extends, `template` keeps that for any number of runs, `overrides` adds changes of `dial`s,
//! `scenario_settings`, `person`, `lifestyle`, `inheritance` and `arms` resolve it, `claims` holds the small grammar of claims,
//! `statement` what a verdict file puts to the test with them.
//! Problems are collected, never returned one by one. Files are not read here: the program hands
//! over text.

mod amounts;
mod arms;
pub(crate) mod claims;
pub(crate) mod daily_totals;
pub(crate) mod dial;
mod doses;
pub(crate) mod extend;
pub(crate) mod figures;
mod habits;
pub(crate) mod hypothesis_sets;
mod inheritance;
pub(crate) mod keys;
mod lifestyle;
mod load;
mod meals;
pub(crate) mod new_scenario;
pub(crate) mod observations;
pub(crate) mod other_names;
pub(crate) mod overrides;
mod parameter_values;
mod person;
mod phases;
mod quantity_names;
mod remarks;
pub(crate) mod safe_name;
mod scenario_settings;
pub(crate) mod statement;
mod table_cells;
pub(crate) mod template;

pub(crate) use load::{arms_with_remarks, load};

use crate::error::problem::Problem;
use crate::nutrition::diet::MealFoods;
use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::Meal;
use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::{Resolution, Season};
use crate::scenario::claims::sentence::{RunNumber, Sentence};
use crate::scenario::hypothesis_sets::HypothesisSet;
use crate::units::date::Date;

/// A lesson, checked and resolved: arms to run, claims about them, figures to draw.
///
/// It comes from text ([`Scenario::parse`]), from a file (`Scenario::from_path`) or from code
/// ([`Scenario::builder`]), and each refuses the same mistakes in the same words.
///
/// ```
/// use calcifate::Scenario;
///
/// let scenario = Scenario::parse("title = \"Usual\"\nduration = \"1 year\"\n")?;
/// assert_eq!(scenario.title(), "Usual");
/// // A remark: without a person, a woman of 30 is assumed.
/// assert_eq!(scenario.warnings().len(), 1);
/// assert!(Scenario::parse("duration = \"1 year\"\noutput_every = \"0 days\"\n").is_err());
/// # Ok::<(), calcifate::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name of the output folder: the file's stem.
    pub(crate) name: String,
    pub(crate) title: String,
    /// The question that the lesson asks; may be empty.
    pub(crate) question: String,
    /// Text for students; may be empty.
    pub(crate) lesson: String,
    pub(crate) answer: Option<Sentence<RunNumber>>,
    /// Title of the first figure.
    pub(crate) headline: Option<Sentence<RunNumber>>,
    /// Positions of the two arms that titles speak of; both live under one hypothesis set.
    pub(crate) compare: Option<[usize; 2]>,
    /// The file's text and that of all files that it extends (its own first), with their names.
    pub(crate) texts: Vec<(String, String)>,
    /// The arms, at least one.
    pub(crate) arms: Vec<Arm>,
    /// Date of day 0, if the file says one.
    pub(crate) start_date: Option<Date>,
    /// The same arms under the other hypothesis set, if there is an answer and they all live under
    /// one set.
    pub(crate) arms_under_other_set: Option<Vec<Arm>>,
    /// The statement that the claims put to the test.
    pub(crate) statement: Option<statement::Statement>,
    /// What the lesson says will happen.
    pub(crate) claims: Vec<claims::Claim>,
    /// Remarks about what is possible but unusual.
    pub(crate) warnings: Vec<Problem>,
    pub(crate) figures: figures::FigurePlan,
    /// Measured values that figures show over the curves.
    pub(crate) observations: observations::Observations,
}

/// One arm, with everything that its run needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// Name, as claims use it.
    pub(crate) name: String,
    /// Words for tables and figures.
    pub(crate) label: String,
    /// Set of contested effects that holds.
    pub(crate) hypothesis: HypothesisSet,
    /// Parameter values: the hypothesis set with the changes applied.
    pub(crate) parameters: Parameters<f64>,
    /// Names and values of the parameters that differ from the hypothesis set.
    pub(crate) parameter_changes: Vec<(String, f64)>,
    pub(crate) resolution: Resolution,
    /// Sex, age, body and measured start values.
    pub(crate) person: Person,
    /// Mean daily inputs of the life before the start.
    pub(crate) habitual: Inputs<f64>,
    /// Habits of earlier life that were others, ascending.
    pub(crate) earlier_habits: Vec<EarlierHabits>,
    /// The regimens of that life, which the run-in gives dose by dose.
    pub(crate) habitual_regimens: Vec<Regimen>,
    /// The phases, ascending; the first starts at day 0.
    pub(crate) phases: Vec<Phase>,
    /// Every regimen of the arm with the days during which it is taken.
    pub(crate) regimens: Vec<Regimen>,
    /// Meals of the day; shares sum to 1.
    pub(crate) meals: Vec<Meal>,
    /// Foods of single meals; the mean inputs of the phases contain them.
    pub(crate) meal_foods: Vec<MealFoods>,
    pub(crate) season: Option<Season<f64>>,
    pub(crate) duration_days: f64,
    /// Distance of output rows \[d\].
    pub(crate) output_every_days: f64,
    /// Decides which doses are missed.
    pub(crate) seed: u64,
}

/// Mean daily inputs before a day of life before the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EarlierHabits {
    /// The day on which they end, before day 0 \[d\].
    pub(crate) until_day: f64,
    pub(crate) inputs: Inputs<f64>,
}

impl Arm {
    /// Mean daily inputs on a day before the start.
    pub(crate) fn habits_on(&self, day: f64) -> Inputs<f64> {
        let earlier = self.earlier_habits.iter().find(|habits| day < habits.until_day);
        earlier.map_or(self.habitual, |habits| habits.inputs)
    }

    /// The mean inputs on a day of the run.
    pub(crate) fn inputs_on(&self, day: f64) -> Inputs<f64> {
        let begun = self.phases.iter().rev().find(|phase| phase.start_day <= day);
        begun.map_or(self.habitual, |phase| phase.inputs)
    }
}

/// Mean daily inputs from a day on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Phase {
    /// First day of the phase, from day 0 \[d\].
    pub(crate) start_day: f64,
    /// Mean daily inputs, supplements included (their mean, missed doses taken off).
    pub(crate) inputs: Inputs<f64>,
}

/// A file after loading: the scenario unless there were errors, and all problems.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) scenario: Option<Scenario>,
    /// The texts that were read, with their names, so that places can be shown.
    pub(crate) texts: Vec<(String, String)>,
    pub(crate) problems: Vec<Problem>,
}

/// Changes of a scenario, after all that its files say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    /// `--set KEY=VALUE`, in order; parameters, person and intake keys alike.
    pub set: Vec<(String, String)>,
    /// Values of dials that are set after that, in order.
    pub(crate) dials: Vec<dial::Setting>,
    /// `--hypothesis`.
    pub hypothesis: Option<String>,
    /// `--arm`: only these.
    pub arms: Vec<String>,
    /// `--beyond-range`.
    pub beyond_range: bool,
}

impl Overrides {
    /// Every change in order, key and value as `--set KEY=VALUE` takes them.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.set.iter().cloned().chain(self.dials.iter().map(dial::Setting::text))
    }
}

#[cfg(test)]
mod tests;
