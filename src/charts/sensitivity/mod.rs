//! Figures of a sensitivity analysis: which inputs matter, and how well those are known.
//!
//! `tornado` shows slopes, `sobol` indices of variance, `morris` elementary effects, `grades` on
//! which grades the variance of every outcome rests. A grade keeps its color and its shape in all
//! of them; `rows` has what the figures with one row per input share.

pub(super) mod grades;
pub(super) mod morris;
mod rows;
pub(super) mod sobol;
pub(super) mod tornado;

use crate::plots::page::Page;
use crate::plots::style::{self, ArmStyle};
use crate::sweep::results_table::ResultColumn;
use crate::sweep::sensitivity::indices::OutcomeIndices;
use crate::sweep::sensitivity::{
    EVIDENCE_CLASSES, EvidenceClass, Factor, Sensitivity, SensitivityMethod,
};
use crate::words::names;

/// Outcomes that get figures of their own; more would bury the first.
pub(crate) const MOST_OUTCOMES: usize = 8;

#[derive(Clone, Debug)]
pub(crate) struct Findings<'a> {
    pub sensitivity: &'a Sensitivity,
    /// The indices of every outcome by every method.
    pub indices: &'a [OutcomeIndices],
    /// Who: "woman 50 → 70".
    pub person: String,
    pub hypothesis: String,
}

impl Findings<'_> {
    /// The frame of a figure; a sentence in its middle where there is nothing to draw.
    fn page(&self, title: &str, subtitle: &str, is_empty: bool) -> Page {
        let subtitle = format!("{subtitle}, {}", self.person);
        let mut page = Page::about(&self.sensitivity.title, &self.hypothesis, title, &subtitle);
        if is_empty {
            page.note(&format!("{title}."));
        }
        page
    }

    /// The indices of an outcome by a method.
    fn indices_of(&self, outcome: usize, approach: SensitivityMethod) -> Option<&OutcomeIndices> {
        self.indices.iter().find(|indices| indices.outcome == outcome && indices.method == approach)
    }

    /// The reason why a figure of an outcome is empty.
    fn nothing(&self, outcome: usize, indices: Option<&OutcomeIndices>) -> String {
        let name = self.name(outcome);
        if indices.is_some_and(|indices| indices.mean.is_finite()) {
            format!("Nothing that varies changes {name}")
        } else {
            format!("No run gave a number for {name}")
        }
    }

    fn column(&self, outcome: usize) -> Option<ResultColumn> {
        let analysis = self.sensitivity.analyses.first()?;
        analysis.sweep.outcomes.get(outcome).map(|outcome| outcome.column())
    }

    fn name(&self, outcome: usize) -> String {
        let analysis = self.sensitivity.analyses.first();
        let found = analysis.and_then(|analysis| analysis.sweep.outcomes.get(outcome));
        found.map_or_else(String::new, |outcome| names::in_words(&outcome.name))
    }

    /// The outcome as the file has it: "change(cac) in calcium_d".
    fn text(&self, outcome: usize) -> String {
        let meaning = self.column(outcome).map_or_else(String::new, |column| column.meaning);
        meaning.replace(" - ", " − ")
    }

    /// The outcome's unit as the tables have it.
    fn plain_unit(&self, outcome: usize) -> String {
        self.column(outcome).map_or_else(String::new, |column| column.unit)
    }

    /// The outcome's unit in brackets; nothing for plain numbers.
    fn unit(&self, outcome: usize) -> String {
        names::bracketed(&self.plain_unit(outcome))
    }
}

/// The name of an input in words, without its unit.
fn factor_name(factor: &Factor) -> String {
    names::without_its_unit(&factor.name, factor.unit)
}

/// The look of a class: assumed in vermilion, fitted in orange, measured in blue.
fn look(class: EvidenceClass) -> ArmStyle {
    let place = EVIDENCE_CLASSES.iter().position(|known| *known == class);
    style::arm(match place {
        Some(0) => 1,
        Some(1) => 3,
        Some(2) => 0,
        _ => 2,
    })
}

#[cfg(test)]
mod tests;
