//! Everything that can be set, in one table: by `--set`, `[vary]` or a population.
//!
//! A dial holds a number in the unit of its table, or one of some words. It is read from a
//! resolved arm and written into the changes of a run as a number; text stands only at the edges,
//! in `--set KEY=VALUE` and in commands that are shown.

mod table;

use crate::error::problem::Misread;
use crate::parameters::ParameterInfo;
use crate::physiology::inputs::InputInfo;
use crate::scenario::amounts::is_flag;
use crate::scenario::{Arm, person};
use crate::units::Matter;
use crate::units::amount::{Target, amount, display_unit};
use crate::units::number::exact_decimal;
use crate::units::written_number::without_thousands;
use std::sync::Arc;

pub(crate) use table::{dials, is_section};

#[derive(Debug)]
pub(crate) struct Dial {
    /// Its usual spelling, without a section.
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub part: ScenarioPart,
    pub kind: DialKind,
    /// Heading of its column in tables of results, with the unit.
    pub column: String,
    pub meaning: String,
}

/// The part of a scenario in which a dial acts, with its row of the table that describes it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ScenarioPart {
    /// The parameters of the model.
    Parameter(&'static ParameterInfo),
    /// `[person]`; words have no row.
    Person(Option<&'static InputInfo>),
    /// Intakes and conditions from day 0.
    FromStart(&'static InputInfo),
    /// Foods from day 0.
    Food,
    /// The top of the file.
    Root,
    /// Intakes and conditions for life.
    Habitual(&'static InputInfo),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A property of the person.
    Person,
    /// An intake or condition for life.
    Habit,
    /// Intakes, foods and conditions of an arm.
    Arm,
    Model,
    /// A setting of the run.
    Run,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DialKind {
    Number(Number),
    /// One of these words; any word if there are none.
    Word(&'static [&'static str]),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// Unit of the crate's tables, `1` for none.
    pub unit: &'static str,
    pub matter: Matter,
    /// Words for messages and figures.
    pub label: &'static str,
    /// Values outside are refused by the scenario.
    pub allowed: (f64, f64),
    /// The range that is meant by "table": a parameter's own, an input's plausible one.
    pub plausible: (f64, f64),
    /// The value of the reference person and of the default hypothesis set, where there is one.
    pub usual: Option<f64>,
    pub whole: bool,
    /// Text holds its unit, `50 ug/day`; else a plain number.
    with_unit: bool,
}

impl ScenarioPart {
    /// The section that a spelling may or, for life, must name: `person.age`, `habitual.calcium_diet`.
    pub(crate) const fn section(self) -> &'static str {
        match self {
            Self::Parameter(_) => "parameters",
            Self::Person(_) => "person",
            Self::Food => "foods",
            Self::Habitual(_) => "habitual",
            Self::FromStart(_) | Self::Root => "",
        }
    }
}

impl Dial {
    pub(crate) fn owner(&self) -> Owner {
        match self.part {
            ScenarioPart::Parameter(_) => Owner::Model,
            ScenarioPart::Person(_) => Owner::Person,
            ScenarioPart::Habitual(_) => Owner::Habit,
            ScenarioPart::FromStart(_) | ScenarioPart::Food => Owner::Arm,
            ScenarioPart::Root if self.name == "hypothesis" => Owner::Model,
            ScenarioPart::Root => Owner::Run,
        }
    }

    /// True if it belongs to a person: then samples that differ in it are people.
    pub(crate) fn is_personal(&self) -> bool {
        matches!(self.owner(), Owner::Person | Owner::Habit)
    }

    /// True if true and false, or yes and no, stand for its 1 and 0.
    pub(crate) fn is_flag(&self) -> bool {
        match self.part {
            ScenarioPart::FromStart(info) | ScenarioPart::Habitual(info) => is_flag(info),
            _ => false,
        }
    }

    /// Its unit, `1` for none.
    pub(crate) const fn unit(&self) -> &'static str {
        match &self.kind {
            DialKind::Number(number) => number.unit,
            DialKind::Word(_) => "1",
        }
    }

    /// Its number in an arm, on day 0 where it may change; `None` where an arm keeps none.
    pub(crate) fn value(&self, arm: &Arm) -> Option<f64> {
        match (self.part, self.name) {
            (ScenarioPart::Parameter(entry), _) => arm.parameters.get(entry.name),
            (ScenarioPart::Person(info), _) => person::value(&arm.person, info?.name),
            (ScenarioPart::Habitual(info), _) => arm.habitual.get(info.name),
            (ScenarioPart::FromStart(info), _) => arm.phases.first()?.inputs.get(info.name),
            (ScenarioPart::Root, "duration") => Some(arm.duration_days),
            (ScenarioPart::Root, "output_every") => Some(arm.output_every_days),
            (ScenarioPart::Root, "sun_season") => {
                Some(arm.season.map_or(0.0, |season| season.amplitude))
            }
            (ScenarioPart::Root, "seed") => Some(arm.seed as f64),
            (ScenarioPart::Root | ScenarioPart::Food, _) => None,
        }
    }

    /// Meaning, unit and usual value.
    pub(crate) fn description(&self) -> String {
        match &self.kind {
            DialKind::Number(Number { unit, usual: Some(usual), .. }) => {
                format!("{} [{unit}], default {}", self.meaning, exact_decimal(*usual))
            }
            _ => self.meaning.clone(),
        }
    }
}

impl Number {
    /// A value as a scenario file takes it; reading it gives the same bits.
    #[must_use]
    pub(crate) fn text(&self, value: f64) -> String {
        let number = exact_decimal(value);
        if !self.with_unit {
            // As `scenario::amounts` tests it.
            let far_below_usual = value.abs() < self.plausible.1 / 50.0;
            return if far_below_usual { without_thousands(number) } else { number };
        }
        format!("{} {}", without_thousands(number), display_unit(self.unit))
    }

    /// The quantity that a written unit must measure.
    pub(crate) const fn target(&self) -> Target<'static> {
        let usual = if self.with_unit { Some(self.plausible.1) } else { None };
        Target { unit: self.unit, matter: self.matter, what: self.label, usual }
    }

    /// One of a unit as written, in the unit of this number.
    /// Errors: The reason for which it is not a unit of this number.
    pub(crate) fn factor(&self, unit_text: &str) -> Result<f64, Misread> {
        if unit_text.is_empty() && !self.with_unit || unit_text == self.unit {
            return Ok(1.0);
        }
        Ok(amount(format!("1 {unit_text}").trim(), &self.target())?.value)
    }
}

/// A dial of every arm or of one.
#[derive(Clone, Debug)]
pub(crate) struct ScopedDial {
    pub dial: &'static Dial,
    /// The arm that it acts on; every arm without it.
    pub arm: Option<Arc<str>>,
    /// Its spelling, as `--set` takes it: `age`, `with_k2.mk7_supplement`.
    pub key: Arc<str>,
}

/// An unknown spelling, with advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownDial {
    /// The reason, where the name is known.
    pub reason: Option<String>,
    pub help: String,
}

impl ScopedDial {
    /// The dial with this spelling, for a scenario with these arms: `KEY`, `SECTION.KEY`, and
    /// `ARM.` before either.
    /// Errors: Advice for the user.
    pub(crate) fn find(spelling: &str, arms: &[String]) -> Result<Self, UnknownDial> {
        let (arm, rest) = split_arm(spelling, arms);
        let dial = table::find(rest)
            .filter(|dial| arm.is_none() || !matches!(dial.part, ScenarioPart::Root));
        let dial = dial.ok_or_else(|| table::unknown(rest))?;
        Ok(Self { dial, arm: arm.map(Arc::from), key: spelling.into() })
    }

    /// The same for life, where it is an intake or condition: people differ by their habits.
    pub(crate) fn for_life(self) -> Self {
        let lived = matches!(self.dial.part, ScenarioPart::FromStart(_)) && self.arm.is_none();
        let key = format!("habitual.{}", self.key);
        match table::find(&key).filter(|_| lived) {
            Some(dial) => Self { dial, key: key.into(), ..self },
            None => self,
        }
    }

    /// Heading of its column in tables of results.
    pub(crate) fn column(&self) -> String {
        let arm = self.arm.as_ref().map(|arm| format!("{arm}_")).unwrap_or_default();
        format!("{arm}{}", self.dial.column)
    }

    /// Plain words, "MK-7 from pills", with its arm where these, names and labels, are several.
    pub(crate) fn label(&self, arms: &[(String, String)]) -> String {
        let label = match &self.dial.kind {
            DialKind::Number(number) => number.label,
            DialKind::Word(_) => self.dial.name,
        };
        let label = label.replace('_', " ");
        let arm = arms.iter().find(|(name, _)| self.arm.as_deref() == Some(name));
        match arm {
            Some((_, arm)) if arms.len() > 1 => format!("{label} in “{arm}”"),
            _ if self.dial.owner() == Owner::Habit => format!("{label} for life"),
            _ => label,
        }
    }

    /// Its number in its arm, or in the first where it acts on every arm.
    pub(crate) fn value(&self, arms: &[Arm]) -> Option<f64> {
        let own = |arm: &&Arm| self.arm.as_deref().is_none_or(|name| name == arm.name);
        self.dial.value(arms.iter().find(own)?)
    }
}

impl PartialEq for ScopedDial {
    /// True if both act on the same value, however they are spelled.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.dial, other.dial) && self.arm == other.arm
    }
}

/// `ARM.KEY` as the arm and the rest, where there is such an arm.
pub(crate) fn split_arm<'a>(spelling: &'a str, arms: &[String]) -> (Option<&'a str>, &'a str) {
    match spelling.split_once('.') {
        Some((arm, key)) if arms.iter().any(|known| known == arm) => (Some(arm), key),
        _ => (None, spelling),
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DialValue {
    /// A number in the dial's unit.
    Number(f64),
    Word(String),
}

/// A dial with a value: a change that was not written as text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    pub dial: ScopedDial,
    pub value: DialValue,
}

impl Setting {
    /// Key and value as `--set KEY=VALUE` takes them; reading them gives the same bits.
    pub(crate) fn text(&self) -> (String, String) {
        let value = match (&self.value, &self.dial.dial.kind) {
            (DialValue::Number(value), DialKind::Number(number)) => number.text(*value),
            (DialValue::Number(value), DialKind::Word(_)) => exact_decimal(*value),
            (DialValue::Word(word), _) => word.clone(),
        };
        (self.dial.key.to_string(), value)
    }
}

#[cfg(test)]
mod tests;
