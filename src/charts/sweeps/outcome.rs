//! An outcome of a sweep: its words, its unit, and one number for each run drawn.

use crate::scenario::claims::Function;
use crate::sweep::outcome_reading::OutcomeReading;
use crate::sweep::outcomes::Outcome;
use crate::sweep::results_table::ColumnType;
use crate::words::catalogue::message;
use crate::words::names::{self, in_words, inside};
use crate::words::numbers::{
    fixed, hardly_differ, last_digit, rounded, rounded_to_digits, short, signed, significant,
    with_unit,
};

/// The kind of number that an outcome is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    Level,
    /// A change over time, or anything else that may be below 0.
    Change,
    /// A difference between two arms.
    Difference,
    /// A condition: 1 where it holds, 0 where it does not.
    Condition,
}

#[derive(Clone, Debug)]
pub(crate) struct OutcomeData {
    pub column: String,
    /// Words above a panel: "Change of coronary calcium".
    pub heading: String,
    /// The same above a panel that several arms share.
    pub heading_of_arms: String,
    /// The same inside a sentence.
    pub noun: String,
    /// What it is the change of, inside a sentence: "coronary calcium".
    pub change_of: Option<String>,
    /// Its name in the file, in words: "Agatston gain".
    pub name: String,
    pub bracketed: String,
    /// Unit beside a number; empty for none.
    pub unit: String,
    /// Normal range, for levels.
    pub normal: Option<(f64, f64)>,
    /// Decimals; as many as the number wants if none.
    pub decimals: Option<usize>,
    pub kind: NumberKind,
    /// Quantity, arm and aspect that it is about, if there is one of each.
    pub about: Option<OutcomeReading>,
    /// One number for each slot; NaN where the run gave none.
    pub values: Vec<f64>,
}

fn is_change(about: &OutcomeReading) -> bool {
    matches!(about.statistic, Function::Change | Function::ChangePercent)
}

fn counts_days(about: &OutcomeReading) -> bool {
    matches!(about.statistic, Function::TimeAbove(_) | Function::TimeBelow(_))
}

/// True of a value of one arm, in the unit of its quantity.
fn is_level(about: &OutcomeReading, unit: &str) -> bool {
    let timeless = is_change(about) || counts_days(about);
    !timeless && about.reference_arm.is_none() && names::unit(about.quantity.unit) == unit
}

impl OutcomeData {
    /// The outcome without its numbers.
    pub(crate) fn of(outcome: &Outcome, arms: &[(String, String)], several: bool) -> Self {
        let column = outcome.column();
        let about = outcome.single_reading();
        let name = in_words(&outcome.name);
        let label = |name: &str| label_of(arms, name);
        let (unit, shown) = (names::unit(&column.unit), names::unit(outcome.shown_unit()));
        let condition = column.kind == ColumnType::Truth;
        let (heading, bracketed) = match &about {
            _ if condition => (format!("Share with: {name}"), "[%]".to_owned()),
            Some(about) => {
                let what = heading(about).unwrap_or_else(|| name.clone());
                (what, bracketed(about, &shown))
            }
            None => (name.clone(), names::bracketed(&shown)),
        };
        let single = about.as_ref().filter(|one| one.reference_arm.is_none() && !condition);
        let arm = single.filter(|_| several).map(|one| label(&one.arm));
        let of_arm = |noun: String| match &arm {
            Some(arm) => message!(sweep.of_arm, noun, arm),
            None => noun,
        };
        let noun = of_arm(inside(&heading));
        let change_of = about.as_ref().filter(|_| !condition).and_then(change_of).map(of_arm);
        let heading_of_arms = heading.clone();
        let heading = match &about {
            Some(OutcomeReading { arm, reference_arm: Some(minus), .. }) => {
                format!("{heading}: {} minus {}", label(arm), label(minus))
            }
            Some(about) if several => format!("{heading}: {}", label(&about.arm)),
            _ => heading,
        };
        let level = about.as_ref().filter(|about| is_level(about, &unit));
        let kind = match &about {
            _ if condition => NumberKind::Condition,
            Some(about) if about.reference_arm.is_some() => NumberKind::Difference,
            Some(_) if level.is_some() => NumberKind::Level,
            _ => NumberKind::Change,
        };
        Self {
            column: column.name,
            noun,
            change_of,
            heading,
            heading_of_arms,
            name,
            bracketed,
            unit: if condition { "%".to_owned() } else { shown },
            normal: level.and_then(|about| about.quantity.normal),
            decimals: decimals(about.as_ref(), &unit),
            kind,
            about,
            values: Vec::new(),
        }
    }

    /// The arm that it is about, if it is one.
    pub(crate) fn arm(&self) -> Option<&str> {
        self.about.as_ref().map(|about| about.arm.as_str())
    }

    /// A value with its unit: "−25 AU" for a change, "65 AU" for a level.
    pub(crate) fn measured(&self, value: f64) -> String {
        with_unit(&self.number(value), &self.unit)
    }

    /// The size of a difference, without its sign: "25 AU".
    pub(crate) fn amount(&self, difference: f64) -> String {
        self.measured(difference.abs()).replacen('+', "", 1)
    }

    /// The value as its number is written.
    pub(crate) fn rounded(&self, value: f64) -> f64 {
        match self.decimals {
            _ if self.kind == NumberKind::Condition => rounded(value, 0),
            Some(decimals) => rounded(value, decimals),
            None => rounded_to_digits(value, 3),
        }
    }

    pub(crate) fn number(&self, value: f64) -> String {
        match self.decimals {
            _ if self.kind == NumberKind::Condition => fixed(value, 0),
            Some(decimals) if self.is_signed() => signed(value, decimals),
            Some(decimals) => fixed(value, decimals),
            None => significant(value, 3),
        }
    }

    /// Whether numbers above 0 are written with a plus.
    pub(crate) fn is_signed(&self) -> bool {
        self.kind == NumberKind::Difference || self.about.as_ref().is_some_and(is_change)
    }

    /// The smallest difference that is seen in the numbers written.
    pub(crate) fn smallest(&self) -> f64 {
        self.decimals.map_or(0.0, last_digit)
    }

    /// Whether a clinic would hardly see the difference; bone and artery count in the end, whatever
    /// is usual.
    pub(crate) fn is_even(&self, low: f64, high: f64) -> bool {
        let usual = self.normal.filter(|_| !self.is_bone() && !self.is_artery());
        hardly_differ((low, high), self.smallest(), usual)
    }

    pub(crate) fn has_numbers(&self) -> bool {
        self.values.iter().any(|value| value.is_finite())
    }

    /// Whether it tells how hard arteries are: more is harder.
    pub(crate) fn is_artery(&self) -> bool {
        self.about.as_ref().is_some_and(|about| about.quantity.is_artery_hardness())
    }

    /// Whether it tells how strong bones are: more is stronger.
    pub(crate) fn is_bone(&self) -> bool {
        self.about.as_ref().is_some_and(|about| about.quantity.is_bone_strength())
    }
}

/// The unit of an outcome in brackets: that of charts of its quantity, where that is its own.
fn bracketed(about: &OutcomeReading, shown: &str) -> String {
    let plain = counts_days(about) || about.statistic == Function::ChangePercent;
    if names::unit(about.quantity.unit) == shown && !plain {
        names::chart_unit(about.quantity)
    } else {
        names::bracketed(shown)
    }
}

/// The label of the arm with this name.
pub(crate) fn label_of(arms: &[(String, String)], name: &str) -> String {
    let arm = arms.iter().find(|arm| arm.0 == name);
    arm.map_or_else(|| name.to_owned(), |arm| arm.1.clone())
}

/// "coronary calcium", of a change of it.
fn change_of(about: &OutcomeReading) -> Option<String> {
    is_change(about).then(|| inside(label(about)))
}

fn label(about: &OutcomeReading) -> &'static str {
    about.quantity.label.trim_end_matches(", relative")
}

/// "Change of coronary calcium".
fn heading(about: &OutcomeReading) -> Option<String> {
    let label = label(about);
    let inner = inside(label);
    Some(match about.statistic {
        Function::End => label.to_owned(),
        Function::Start => format!("{label} at the start"),
        Function::At(day) => format!("{label} on day {}", short(day, 6)),
        Function::Minimum => format!("Lowest {inner}"),
        Function::Maximum => format!("Highest {inner}"),
        Function::Mean => format!("Mean {inner}"),
        Function::Change | Function::ChangePercent => format!("Change of {inner}"),
        Function::TimeAbove(_) | Function::TimeBelow(_) => return None,
    })
}

/// As many decimals as a clinic writes; changes of whole numbers stay whole.
fn decimals(about: Option<&OutcomeReading>, unit: &str) -> Option<usize> {
    let about = about?;
    match about.statistic {
        Function::ChangePercent => Some(1),
        Function::TimeAbove(_) | Function::TimeBelow(_) => Some(0),
        _ => (names::unit(about.quantity.unit) == unit).then_some(about.quantity.decimals),
    }
}
