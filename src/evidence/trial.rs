//! A row of the evidence table, and the scenario that repeats its trial.

use std::fmt::Write as _;

use crate::evidence::read_outs::ReadOut;
use crate::evidence::vocabulary::{Comparison, Expected, Kind};
use crate::parameters::{Hypothesis, Parameters};
use crate::physiology::inputs::{INPUTS, Inputs};
use crate::scenario::dial::{DialKind, ScopedDial};
use crate::scenario::{Overrides, Scenario, load};

/// The arms of every virtual trial.
pub(crate) const CONTROL: &str = "control";
pub(crate) const TREATED: &str = "treated";

/// What a column adds to the inputs of an arm.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dose {
    /// Name of the input.
    pub input: &'static str,
    /// Given in both arms.
    pub both: bool,
    /// Multiplied by the share that binders let pass.
    pub factor: bool,
}

impl Dose {
    pub(crate) const fn treated(input: &'static str) -> Self {
        Self { input, both: false, factor: false }
    }

    pub(crate) const fn vitamin_k(input: &'static str) -> Self {
        Self { input, both: false, factor: true }
    }
}

/// One comparison of a published trial.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    /// Line of the table.
    pub line: u64,
    pub id: String,
    pub topic: String,
    pub citation: String,
    pub population: String,
    /// The treatment in words.
    pub arm: String,
    pub read_out: ReadOut,
    pub comparison: Comparison,
    /// As published, in `unit`.
    pub observed: Option<f64>,
    /// The interval in which the model must lie, in `unit`.
    pub low: f64,
    pub high: f64,
    pub unit: String,
    pub kind: Kind,
    pub expected: Option<Expected>,
    pub duration_days: f64,
    pub sex: String,
    pub age_years: f64,
    pub menopause_age_years: f64,
    pub egfr_ml_per_min: Option<f64>,
    pub bmi_class: String,
    pub percentile: String,
    pub cac_agatston: Option<f64>,
    pub habitual_calcium_mg_per_day: f64,
    /// From food and sun together.
    pub habitual_vitamin_d_ug_per_day: f64,
    pub k2_poor: bool,
    pub absorption_factor: f64,
    pub doses: Vec<(Dose, f64)>,
    /// Whether the number was read in the abstract or is from memory.
    pub checked: String,
    pub notes: String,
    /// False of what is asked of the model without a study that found it: it counts among no trials.
    pub published: bool,
}

impl Trial {
    /// The amount by which the treated arm has more of this input than the control, if nothing
    /// else differs between them; 0 if nothing differs at all.
    pub(crate) fn dose_alone(&self, input: &str) -> Option<f64> {
        let mut treated = self.doses.iter().filter(|(dose, amount)| !dose.both && *amount != 0.0);
        treated.try_fold(0.0, |sum, (dose, amount)| (dose.input == input).then_some(sum + amount))
    }

    /// The scenario that repeats the trial, in a hypothesis set if one is named.
    /// Errors: Why it cannot be read.
    pub(crate) fn loaded(&self, set: Option<Hypothesis>) -> Result<Scenario, String> {
        let hypothesis = set.map(|set| set.name().to_owned());
        let overrides = Overrides { hypothesis, beyond_range: true, ..Overrides::default() };
        let refuse = |path: &str, _: &str| Err(format!("{path} cannot be extended here"));
        let loaded = load(&self.id, &self.scenario(), &overrides, &refuse);
        loaded.scenario.ok_or_else(|| {
            let errors = loaded.problems.iter().filter(|problem| problem.is_error());
            errors.map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ")
        })
    }

    /// The scenario that repeats the trial, as a file says it (model.md, section 12).
    pub(crate) fn scenario(&self) -> String {
        let reference = Inputs::reference(&Parameters::PARADOX);
        let [habitual, control, treated] = self.inputs(&reference);
        let once = self.comparison == Comparison::PeakAfterOneDose;
        let mut text = String::new();
        let title = format!("{} · {}", self.citation, self.arm);
        let every = if once { "1 hour".to_owned() } else { days(self.duration_days) };
        line(&mut text, "title", &quoted(&title));
        line(&mut text, "duration", &quoted(&days(self.duration_days)));
        line(&mut text, "output_every", &quoted(&every));
        if once {
            line(&mut text, "resolution", "\"pills\"");
        }
        text.push_str("\n[person]\n");
        self.write_person(&mut text);
        text.push_str("\n[habitual]\n");
        write_differences(&mut text, &reference, &habitual);
        for (name, own) in [(CONTROL, &control), (TREATED, &treated)] {
            let _ = write!(text, "\n[[arm]]\nname = \"{name}\"\n");
            write_differences(&mut text, &habitual, own);
        }
        if once {
            // The pill is given on day 0 only.
            let mut after = treated;
            for (dose, _) in self.doses.iter().filter(|(dose, _)| dose.factor) {
                if let Some(input) = after.get_mut(dose.input) {
                    *input = 0.0;
                }
            }
            text.push_str("\n[[arm.phase]]\nfrom = \"1 day\"\n");
            write_differences(&mut text, &treated, &after);
        }
        text
    }

    /// The inputs for life, and from day 0 of the control and of the treated arm.
    fn inputs(&self, reference: &Inputs<f64>) -> [Inputs<f64>; 3] {
        let mut habitual = *reference;
        habitual.calcium_diet_mg_per_day = self.habitual_calcium_mg_per_day;
        habitual.vitamin_d_sun_ug_per_day =
            self.habitual_vitamin_d_ug_per_day - reference.vitamin_d_diet_ug_per_day;
        if self.k2_poor {
            habitual.k1_mixed_ug_per_day = 90.0;
            habitual.mk4_food_ug_per_day = 3.0;
            habitual.mk7_food_ug_per_day = 0.0;
            habitual.long_chain_mk_food_ug_per_day = 5.0;
        }
        let with = |mut inputs: Inputs<f64>, both: bool| {
            for (dose, amount) in self.doses.iter().filter(|(dose, _)| dose.both == both) {
                let share = if dose.factor { self.absorption_factor } else { 1.0 };
                if let Some(input) = inputs.get_mut(dose.input) {
                    *input += amount * share;
                }
            }
            inputs
        };
        let control = with(habitual, true);
        [habitual, control, with(control, false)]
    }

    fn write_person(&self, text: &mut String) {
        let numbers = [
            ("age", Some(self.age_years)),
            ("menopause_age", (self.sex == "female").then_some(self.menopause_age_years)),
            ("egfr", self.egfr_ml_per_min),
            ("cac", self.cac_agatston),
        ];
        line(text, "sex", &quoted(&self.sex));
        for (key, value) in numbers {
            if let Some(value) = value {
                line(text, key, &dial_text(&format!("person.{key}"), value));
            }
        }
        line(text, "bmi_class", &quoted(&self.bmi_class));
        line(text, "coronary_percentile", &quoted(&self.percentile));
    }
}

/// Lines for the inputs that differ.
fn write_differences(text: &mut String, from: &Inputs<f64>, to: &Inputs<f64>) {
    for info in &INPUTS {
        let (Some(before), Some(after)) = (from.get(info.name), to.get(info.name)) else {
            continue;
        };
        if before != after {
            line(text, info.key, &dial_text(info.key, after));
        }
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {value}");
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn days(days: f64) -> String {
    format!("{days} days")
}

/// A value as files write it, with its unit where it needs one.
fn dial_text(spelling: &str, value: f64) -> String {
    match ScopedDial::find(spelling, &[]).ok().map(|found| &found.dial.kind) {
        Some(DialKind::Number(number)) => {
            let text = number.text(value);
            if text.parse::<f64>().is_ok() { text } else { quoted(&text) }
        }
        _ => value.to_string(),
    }
}
