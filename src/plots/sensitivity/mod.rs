//! Figures of a sensitivity analysis: which inputs matter, and how well those are known.
//!
//! `tornado` shows slopes, `shares` indices of variance, `plane` elementary effects, `grades` on
//! which grades the variance of every outcome rests. A grade keeps its color and its shape in all
//! of them; `rows` has what the figures with one row per input share.

mod grades;
mod plane;
mod rows;
mod shares;
mod tornado;

use crate::plots::style::{self, ArmStyle};
use crate::plots::{Drawing, Figure, FigureError, Subject};
use crate::sweep::cell::Column;
use crate::sweep::sensitivity::indices::OutcomeIndices;
use crate::sweep::sensitivity::{Approach, CLASSES, Class, Factor, Sensitivity};
use crate::units::suffix::without_unit;

/// Outcomes that get figures of their own; more would bury the first.
pub(crate) const MOST_OUTCOMES: usize = 8;

/// What the figures show.
#[derive(Clone, Debug)]
pub(crate) struct Findings<'a> {
    pub sensitivity: &'a Sensitivity,
    /// What every method tells about every outcome.
    pub told: &'a [OutcomeIndices],
    /// Name of the scenario.
    pub scenario: &'a str,
    /// Who: "woman 50 → 70".
    pub person: String,
    pub hypothesis: String,
}

/// A figure of a sensitivity analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SensitivityFigure {
    /// On which grades the variance of the outcomes rests.
    Grades,
    /// What the ends of the ranges would change, along the slopes.
    Tornado(usize),
    /// Shares of the variance.
    Shares(usize),
    /// Sizes of effects against their spread.
    Plane(usize),
}

impl SensitivityFigure {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Grades => "grades",
            Self::Tornado(_) => "tornado",
            Self::Shares(_) => "sobol",
            Self::Plane(_) => "morris",
        }
    }

    /// One of each kind, for lists.
    pub(crate) const KINDS: [Self; 4] =
        [Self::Grades, Self::Tornado(0), Self::Shares(0), Self::Plane(0)];

    /// What it shows, in a few words.
    pub(crate) const fn shows(self) -> &'static str {
        match self {
            Self::Grades => "share of each outcome's variance by the grade of the parameters",
            Self::Tornado(_) => "what each input's range would change, along its slope",
            Self::Shares(_) => "share of the variance by each input, alone and with interactions",
            Self::Plane(_) => "size of each input's effects against their spread",
        }
    }

    /// The outcome that it is about, if it is about one.
    pub(crate) const fn outcome(self) -> Option<usize> {
        match self {
            Self::Grades => None,
            Self::Tornado(outcome) | Self::Shares(outcome) | Self::Plane(outcome) => Some(outcome),
        }
    }

    /// Every figure that has something to show, the overview first.
    pub(crate) fn all(findings: &Findings<'_>) -> Vec<Self> {
        let own = findings.told.iter().filter(|told| told.outcome < MOST_OUTCOMES);
        let of = |told: &OutcomeIndices| match told.approach {
            Approach::Local => Some(Self::Tornado(told.outcome)),
            Approach::Morris => Some(Self::Plane(told.outcome)),
            Approach::Sobol => Some(Self::Shares(told.outcome)),
            Approach::Grades => None, // all outcomes stand in one figure
        };
        std::iter::once(Self::Grades).chain(own.filter_map(of)).collect()
    }

    /// Draws it. Pure: several may be drawn at once.
    /// Errors: [`FigureError`] if plotters refuses.
    pub(crate) fn draw(self, findings: &Findings<'_>) -> Result<Figure, FigureError> {
        let (page, description) = self.page(findings)?;
        Ok(page.finish(self.name(), description))
    }

    /// The page and its description, before packing.
    pub(super) fn page(self, findings: &Findings<'_>) -> Result<Drawing, FigureError> {
        match self {
            Self::Grades => grades::draw(findings),
            Self::Tornado(outcome) => tornado::draw(findings, outcome),
            Self::Shares(outcome) => shares::draw(findings, outcome),
            Self::Plane(outcome) => plane::draw(findings, outcome),
        }
    }
}

impl Findings<'_> {
    /// What the frame around every figure says.
    fn subject(&self) -> Subject<'_> {
        Subject {
            title: &self.sensitivity.title,
            scenario: self.scenario,
            person: self.person.clone(),
            hypothesis: self.hypothesis.clone(),
            arms: Vec::new(),
            start_age_years: None,
            timeline: &[],
        }
    }

    /// What a method tells about an outcome.
    fn told(&self, outcome: usize, approach: Approach) -> Option<&OutcomeIndices> {
        self.told.iter().find(|told| told.outcome == outcome && told.approach == approach)
    }

    /// Why a figure of an outcome is empty.
    fn nothing(&self, outcome: usize, told: Option<&OutcomeIndices>) -> String {
        let name = self.name(outcome);
        if told.is_some_and(|told| told.mean.is_finite()) {
            format!("Nothing that varies changes {name}")
        } else {
            format!("No run could tell {name}")
        }
    }

    fn column(&self, outcome: usize) -> Option<Column> {
        let analysis = self.sensitivity.analyses.first()?;
        analysis.sweep.outcomes.get(outcome).map(|outcome| outcome.column())
    }

    /// The outcome's name in words.
    fn name(&self, outcome: usize) -> String {
        let analysis = self.sensitivity.analyses.first();
        let found = analysis.and_then(|analysis| analysis.sweep.outcomes.get(outcome));
        found.map_or_else(String::new, |outcome| in_words(&outcome.name))
    }

    /// The outcome as the file has it: "change(cac) in calcium_d".
    fn text(&self, outcome: usize) -> String {
        let meaning = self.column(outcome).map_or_else(String::new, |column| column.meaning);
        meaning.replace(" - ", " − ")
    }

    /// The outcome's unit in brackets; nothing for plain numbers.
    fn unit(&self, outcome: usize) -> String {
        let unit = self.column(outcome).map_or_else(String::new, |column| column.unit);
        if unit == "1" { String::new() } else { format!(" [{unit}]") }
    }
}

/// The name of an input in words, without its unit.
fn spoken(factor: &Factor) -> String {
    in_words(without_unit(&factor.name, factor.unit))
}

/// A name of a file as people write it: `k2_on_mgp` is "K2 on MGP".
fn in_words(name: &str) -> String {
    const WRITTEN: [(&str, &str); 17] = [
        ("agatston", "Agatston"),
        ("cac", "CAC"),
        ("ecf", "ECF"),
        ("egfr", "eGFR"),
        ("gfr", "GFR"),
        ("inr", "INR"),
        ("k1", "K1"),
        ("k2", "K2"),
        ("mgp", "MGP"),
        ("mk", "MK"),
        ("mk4", "MK-4"),
        ("mk7", "MK-7"),
        ("oc", "OC"),
        ("pth", "PTH"),
        ("pwv", "PWV"),
        ("t", "T"),
        ("ucmgp", "ucMGP"),
    ];
    let word = |word: &str| {
        let known = WRITTEN.iter().find(|(plain, _)| *plain == word);
        known.map_or_else(|| word.to_owned(), |(_, written)| (*written).to_owned())
    };
    let words: Vec<String> = name.split(['_', '.']).map(word).collect();
    words.join(" ").replace("dp ucMGP", "dp-ucMGP")
}

/// The text with a capital first letter.
fn capital(text: &str) -> String {
    if text.starts_with("dp-") || text.starts_with("eGFR") {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The look of a class: assumed in vermilion, fitted in orange, measured in blue.
fn look(class: Class) -> ArmStyle {
    let place = CLASSES.iter().position(|known| *known == class);
    style::arm(match place {
        Some(0) => 1,
        Some(1) => 3,
        Some(2) => 0,
        _ => 2,
    })
}

#[cfg(test)]
mod tests;
