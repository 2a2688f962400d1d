//! Figures of a sensitivity analysis: which inputs matter, and how well those are known.
//!
//! `tornado` shows slopes, `sobol` indices of variance, `morris` elementary effects, `grades` on
//! which grades the variance of every outcome rests. A grade keeps its color and its shape in all
//! of them.

pub(super) mod grades;
pub(super) mod morris;
pub(super) mod sobol;
pub(super) mod tornado;

use crate::charts::chart::{Chart, Panel, Picture, RowName, Words};
use crate::charts::sweeps::outcome::{OutcomeData, label_of};
use crate::error::defect::OrDefect as _;
use crate::plots::canvas::Ink;
use crate::plots::style::{self, ArmStyle};
use crate::sweep::outcomes::Outcome;
use crate::sweep::sensitivity::estimate::{Estimate, Reliability, Shown};
use crate::sweep::sensitivity::indices::{Index, IndexKind, OutcomeIndices};
use crate::sweep::sensitivity::{
    EVIDENCE_CLASSES, EvidenceClass, Factor, Sensitivity, SensitivityMethod, class_word,
};
use crate::words::catalogue::message;
use crate::words::names;
use crate::words::numbers::fixed;
use crate::words::people;

/// Outcomes that get figures of their own; more would bury the first.
pub(crate) const MOST_OUTCOMES: usize = 8;

/// Rows of inputs that fit.
const MOST_INPUTS: usize = 12;

/// Opacity of the second bar of an input.
const PALE: f64 = 0.38;

/// An analysis as its figures see it.
#[derive(Clone, Debug)]
pub(crate) struct Findings<'a> {
    pub sensitivity: &'a Sensitivity,
    /// The indices of every outcome by every method.
    pub indices: &'a [OutcomeIndices],
    /// The person: "woman 50 → 70".
    person: String,
    hypothesis: String,
    /// Names and labels of the arms.
    arms: Vec<(String, String)>,
}

/// An input in the ranking of an outcome by a method.
struct Ranked<'a> {
    position: usize,
    factor: &'a Factor,
    indices: &'a OutcomeIndices,
}

impl Ranked<'_> {
    fn index(&self, kind: IndexKind) -> Option<&Index> {
        self.indices.index(self.position, kind)
    }
}

impl<'a> Findings<'a> {
    pub(crate) fn of(sensitivity: &'a Sensitivity, indices: &'a [OutcomeIndices]) -> Self {
        let sweep = sensitivity.analyses.first().map(|analysis| &analysis.sweep);
        let arms = sweep.and_then(|sweep| sweep.arms(&sweep.base).ok()).unwrap_or_default();
        let (person, hypothesis) = (people::person(&arms), people::hypotheses(&arms));
        let arms = arms.into_iter().map(|arm| (arm.name, arm.label)).collect();
        Self { sensitivity, indices, person, hypothesis, arms }
    }

    /// A figure of one panel; without one its title stands in the middle.
    fn chart(&self, words: Words, panel: Option<Panel>) -> Chart {
        let picture = match panel {
            Some(panel) => Picture::of(panel),
            None => Picture::Note(format!("{}.", words.title)),
        };
        Chart::about(&self.sensitivity.title, &self.hypothesis, words, picture)
    }

    /// The indices of an outcome by a method.
    fn indices_of(&self, outcome: usize, method: SensitivityMethod) -> Option<&'a OutcomeIndices> {
        self.indices.iter().find(|indices| indices.outcome == outcome && indices.method == method)
    }

    /// The inputs with an effect on an outcome by a method, the strongest first; none if it did not
    /// look at the outcome.
    fn ranked(&self, outcome: usize, method: SensitivityMethod) -> Vec<Ranked<'a>> {
        let Some(indices) = self.indices_of(outcome, method) else { return Vec::new() };
        let factors = &self.sensitivity.factors;
        let one = |at| Some(Ranked { position: at, factor: factors.get(at)?, indices });
        indices.ranked().into_iter().filter_map(one).collect()
    }

    /// The reason why a figure of an outcome is empty.
    fn nothing(&self, outcome: usize, method: SensitivityMethod) -> String {
        let name = self.name(outcome);
        let indices = self.indices_of(outcome, method);
        let known = indices.is_some_and(|indices| indices.mean.is_finite());
        if known { message!(analysis.idle, name) } else { message!(analysis.unknown, name) }
    }

    fn outcome(&self, position: usize) -> &'a Outcome {
        self.sensitivity.outcomes().get(position).or_defect("an outcome that does not exist")
    }

    fn name(&self, outcome: usize) -> String {
        names::in_words(&self.outcome(outcome).name)
    }

    /// The outcome inside a sentence: "change of coronary calcium (MK-7 minus usual)"; as the file has
    /// it where it is not of one quantity.
    fn text(&self, outcome: usize) -> String {
        let found = self.outcome(outcome);
        let data = OutcomeData::of(found, &self.arms, self.arms.len() > 1);
        let Some(about) = &data.about else {
            return found.column().meaning.replace(" - ", " − ");
        };
        let Some(minus) = &about.reference_arm else { return data.noun };
        let [arm, minus] = [&about.arm, minus].map(|name| label_of(&self.arms, name));
        message!(differences.noun_of_arms, noun = names::inside(&data.heading_of_arms), arm, minus)
    }

    /// The outcome's unit as people read it.
    fn unit(&self, outcome: usize) -> &'a str {
        self.outcome(outcome).shown_unit()
    }
}

/// The name of an input in words, without its unit.
fn factor_name(factor: &Factor) -> String {
    names::without_its_unit(&factor.name, factor.unit)
}

/// An input with its grade and the key of its source.
fn row_name(factor: &Factor) -> RowName {
    let known = [class_word(factor.class), factor.source];
    let known: Vec<&str> = known.into_iter().filter(|word| !word.is_empty()).collect();
    let ink = look(factor.class).letters;
    RowName { name: factor_name(factor), text: known.join(" · "), ink }
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

/// The colors of the grades that inputs have.
fn grade_keys(sensitivity: &Sensitivity) -> Vec<(String, Ink)> {
    let key = |class| (class_word(class).to_owned(), look(class).ink);
    sensitivity.classes().map(key).collect()
}

/// A share in percent, as every sentence and picture writes it.
fn percent(share: f64) -> String {
    fixed(100.0 * share, 0)
}

/// A share of a variance beside its bar or line: "45 %", "12–48 %".
fn number(share: (Estimate, Reliability)) -> String {
    match Shown::share(share) {
        Shown::Number(value, _) => message!(analysis.share, percent = percent(value)),
        Shown::Interval(low, high) => {
            message!(analysis.interval, low = percent(low), high = percent(high))
        }
        Shown::Below(high) => message!(analysis.below, percent = percent(high)),
        Shown::NotConverged => message!(analysis.not_converged),
        Shown::Undefined => message!(analysis.no_share),
    }
}

/// A share of a variance in a sentence: "45 %", "12–48 %, not converged".
fn share(found: (Estimate, Reliability)) -> String {
    match Shown::share(found) {
        Shown::Interval(..) => message!(analysis.open, share = number(found)),
        _ => number(found),
    }
}

/// The same with the interval of what has converged.
fn share_and_interval(found: (Estimate, Reliability)) -> String {
    match Shown::share(found) {
        Shown::Number(_, Some((low, high))) => {
            let (low, high) = (percent(low), percent(high));
            message!(analysis.with_interval, share = share(found), low, high)
        }
        _ => share(found),
    }
}

#[cfg(test)]
pub(in crate::charts) mod tests;
