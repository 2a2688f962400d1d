//! A lesson file, checked and resolved into arms.
//!
//! In the order of loading: `extend` reads the text by the table of `keys` and merges what it
//! extends, `template` keeps that for any number of runs, `overrides` adds changes of `dial`s,
//! `scenario_settings`, `person`, `lifestyle` and `arms` resolve it, `claims` holds the small grammar of claims.
//! Problems are collected, never returned one by one. Files are not read here: the program hands
//! over text.

mod amounts;
mod arms;
pub(crate) mod claims;
pub(crate) mod daily_totals;
mod date;
pub(crate) mod dial;
mod extend;
pub(crate) mod keys;
mod lifestyle;
mod load;
mod meals;
pub(crate) mod new_scenario;
pub(crate) mod overrides;
mod person;
mod scenario_settings;
pub(crate) mod template;

pub use load::load;

use crate::nutrition::diet::MealFoods;
use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::Meal;
use crate::parameters::{Hypothesis, Parameters};
use crate::physiology::inputs::Inputs;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::{Resolution, Season};

/// A lesson, resolved: nothing refers to anything else any more.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name of the output folder: the file's stem.
    pub name: String,
    /// Headline of the lesson.
    pub title: String,
    /// The question that the lesson asks; may be empty.
    pub question: String,
    /// Text for students; may be empty.
    pub lesson: String,
    /// The file's text and that of all files that it extends (its own first), with their names.
    pub texts: Vec<(String, String)>,
    /// The arms, at least one.
    pub arms: Vec<Arm>,
    /// Predictions of the lesson.
    pub claims: Vec<claims::Claim>,
    /// Figures to draw.
    pub figures: FigurePlan,
}

/// The figures that a scenario asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigurePlan {
    /// Names of figure kinds, in order; empty for the usual ones.
    pub draw: Vec<String>,
    /// Quantities of the time courses (full names); empty for the usual ones.
    pub timeline: Vec<&'static str>,
}

/// One arm, with everything that its run needs.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Name, as claims use it.
    pub name: String,
    /// Words for tables and figures.
    pub label: String,
    /// Set of contested effects that holds.
    pub hypothesis: Hypothesis,
    /// Parameter values: the hypothesis set with the changes applied.
    pub parameters: Parameters<f64>,
    /// Names and values of the parameters that differ from the hypothesis set.
    pub parameter_changes: Vec<(String, f64)>,
    /// Resolution of intake in time.
    pub resolution: Resolution,
    /// Sex, age, body and measured start values.
    pub person: Person,
    /// Mean daily inputs of the life before the start.
    pub habitual: Inputs<f64>,
    /// The phases, ascending; the first starts at day 0.
    pub phases: Vec<Phase>,
    /// Every regimen of the arm with the days during which it is taken.
    pub regimens: Vec<Regimen>,
    /// Meals of the day; shares sum to 1.
    pub meals: Vec<Meal>,
    /// Foods of single meals; the mean inputs of the phases contain them.
    pub meal_foods: Vec<MealFoods>,
    /// Season of sunlight, if any.
    pub season: Option<Season<f64>>,
    /// Length \[d\].
    pub duration_days: f64,
    /// Distance of output rows \[d\].
    pub output_every_days: f64,
    /// Decides which doses are missed.
    pub seed: u64,
}

/// Mean daily inputs from a day on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// First day of the phase, from day 0 \[d\].
    pub start_day: f64,
    /// Mean daily inputs, supplements included (their mean, missed doses taken off).
    pub inputs: Inputs<f64>,
}

/// A file after loading: the scenario unless there were errors, and all problems.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario, if nothing is wrong with it.
    pub scenario: Option<Scenario>,
    /// The texts that were read, with their names, so that places can be shown.
    pub texts: Vec<(String, String)>,
    pub problems: Vec<crate::error::problem::Problem>,
}

/// Changes of a scenario, after all that its files say.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--set KEY=VALUE`, in order; parameters, person and intake keys alike.
    pub set: Vec<(String, String)>,
    /// Values of dials that are set after that, in order.
    pub(crate) dials: Vec<dial::Setting>,
    /// `--hypothesis`.
    pub hypothesis: Option<Hypothesis>,
    /// `--arm`: only these.
    pub arms: Vec<String>,
    /// `--beyond-range`.
    pub beyond_range: bool,
}

impl Overrides {
    /// Every change in order, key and value as `--set KEY=VALUE` takes them.
    pub fn texts(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.set.iter().cloned().chain(self.dials.iter().map(dial::Setting::text))
    }

    /// The change with this position among [`Self::texts`].
    fn change(&self, index: usize) -> Option<(String, String)> {
        self.texts().nth(index)
    }
}

#[cfg(test)]
mod tests;
