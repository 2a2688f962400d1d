//! Sensitivity analysis: the effect of each uncertain number on an outcome, by its grade of evidence.
//!
//! A sensitivity file is a sweep file with `[sensitivity]`. Each method is a sweep of its own
//! whose points stand in a design of `sampling`, so that running, resuming and storing are those
//! of sweeps. The indices are computed here: `derivatives` (local), `elementary_effects`
//! (Morris), `variance` (Sobol′), with intervals from `bootstrap`; `estimate` judges the
//! reliability, `indices` combines everything for an outcome and adds the variance by grade.

pub(crate) mod bootstrap;
pub(crate) mod derivatives;
pub(crate) mod design;
pub(crate) mod elementary_effects;
pub(crate) mod estimate;
pub(crate) mod indices;
pub(crate) mod tables;
pub(crate) mod variance;

use crate::parameters::Evidence;
use crate::sweep::Sweep;
use crate::sweep::distribution::Distribution;
use crate::sweep::outcomes::Outcome;
use crate::sweep::sensitivity::bootstrap::Bootstrap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SensitivityMethod {
    /// Slopes around the values of the scenario.
    Local,
    Morris,
    Sobol,
    /// Shares of the variance of all inputs of a grade together.
    Grades,
}

impl SensitivityMethod {
    /// Every approach, in the order in which they run.
    pub(crate) const ALL: [Self; 4] = [Self::Local, Self::Morris, Self::Sobol, Self::Grades];

    /// The word in files, and the name of its folder.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Morris => "morris",
            Self::Sobol => "sobol",
            Self::Grades => "grades",
        }
    }

    /// Relative tolerance of its runs; tight where small differences are taken.
    pub(crate) const fn usual_tolerance(self) -> f64 {
        match self {
            Self::Local => 1e-9,
            Self::Morris | Self::Sobol | Self::Grades => 1e-6,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Morris => "Morris",
            Self::Sobol => "Sobol′",
            Self::Grades => "grades",
        }
    }
}

/// The grade of evidence of an input: that of a parameter; none for the person and the intake.
pub(crate) type EvidenceClass = Option<Evidence>;

/// The classes in the order of tables and figures.
pub(crate) const EVIDENCE_CLASSES: [EvidenceClass; 4] =
    [Some(Evidence::Assumed), Some(Evidence::Fitted), Some(Evidence::Measured), None];

pub(crate) const fn class_word(class: EvidenceClass) -> &'static str {
    match class {
        Some(evidence) => evidence.word(),
        None => "person and intake",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Factor {
    /// Its name, as the file or the table has it.
    pub name: String,
    /// Unit, `1` for none.
    pub unit: &'static str,
    pub class: EvidenceClass,
    /// Key of its source; empty if it has none.
    pub source: &'static str,
    /// Its range: the ends, or where a distribution without ends is cut for steps and levels.
    pub range: (f64, f64),
    /// Standard deviation of its distribution; NaN for words.
    pub deviation: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct Analysis {
    pub method: SensitivityMethod,
    /// Its runs; the design says which method it is.
    pub sweep: Sweep,
}

/// A sensitivity analysis: which uncertain numbers decide an outcome, and how well they are known.
///
/// ```
/// use calcifate::{Scenario, Sensitivity};
///
/// let base = Scenario::parse("duration = \"30 days\"\n")?;
/// let text = "seed = 1\n[sensitivity]\nmethods = [\"local\"]\n\
///             parameters = [\"mgp_half_nm\", \"dp_ucmgp_reference_pmol_per_l\"]\n\
///             [outcomes]\ndp_ucmgp = \"end(dp_ucmgp)\"\n";
/// let run = Sensitivity::parse(text, &base)?.run()?;
/// let figure = run.figure("tornado", "dp_ucmgp")?;
/// assert!(figure.title.starts_with("dp-ucMGP"), "{}", figure.title);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// Name of the output folder: the file's stem.
    pub(crate) name: String,
    pub(crate) title: String,
    /// The question; may be empty.
    pub(crate) question: String,
    /// The answer to it; may be empty.
    pub(crate) answer: String,
    /// The inputs, in the order of the designs' dimensions.
    pub(crate) factors: Vec<Factor>,
    pub(crate) analyses: Vec<Analysis>,
    pub(crate) bootstrap: Bootstrap,
    /// Half the width of an interval up to which a share of a variance is reliable.
    pub(crate) precision: f64,
    /// The seed of everything that is drawn.
    pub(crate) seed: u64,
    pub(crate) text: String,
}

impl Sensitivity {
    /// The classes that have factors, in the order of [`EVIDENCE_CLASSES`].
    pub(crate) fn classes(&self) -> impl Iterator<Item = EvidenceClass> {
        classes_of(&self.factors)
    }

    /// The names of the outcomes, the same of every method.
    pub(crate) fn outcome_names(&self) -> impl Iterator<Item = &str> {
        self.outcomes().iter().map(|outcome| outcome.name.as_str())
    }

    /// The outcomes, the same of every method.
    pub(crate) fn outcomes(&self) -> &[Outcome] {
        self.analyses.first().map_or(&[], |analysis| &analysis.sweep.outcomes)
    }
}

/// The classes that these factors have, in the order of [`EVIDENCE_CLASSES`].
pub(crate) fn classes_of(factors: &[Factor]) -> impl Iterator<Item = EvidenceClass> {
    let has = |class: &EvidenceClass| factors.iter().any(|factor| factor.class == *class);
    EVIDENCE_CLASSES.into_iter().filter(has)
}

/// The groups of factors that are exchanged together: one for each class, none if all have one.
pub(crate) fn groups_of(factors: &[Factor]) -> Vec<Vec<bool>> {
    let classes: Vec<EvidenceClass> = classes_of(factors).collect();
    if classes.len() < 2 {
        return Vec::new();
    }
    let group =
        |class: &EvidenceClass| factors.iter().map(|factor| factor.class == *class).collect();
    classes.iter().map(group).collect()
}

/// The share that is cut off at each end of a distribution without ends.
const TAIL: f64 = 0.005;

/// The shares between which the levels of a distribution lie.
pub(crate) fn end_shares(distribution: &Distribution) -> (f64, f64) {
    let finite = |share: f64| distribution.quantile(share).number().is_none_or(f64::is_finite);
    let low = if finite(0.0) { 0.0 } else { TAIL };
    let high = if finite(1.0) { 1.0 } else { 1.0 - TAIL };
    (low, high)
}

/// Standard deviation of a distribution; NaN for words.
pub(crate) fn deviation(distribution: &Distribution) -> f64 {
    const POINTS: u32 = 4096;
    let value = |index: u32| distribution.number((f64::from(index) + 0.5) / f64::from(POINTS));
    let mean = (0..POINTS).map(value).sum::<f64>() / f64::from(POINTS);
    let squares: f64 = (0..POINTS).map(|index| (value(index) - mean).powi(2)).sum();
    (squares / f64::from(POINTS)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::distribution::TruncatedNormal;
    use crate::sweep::results_table::CellValue;

    #[test]
    fn a_uniform_distribution_has_its_closed_deviation() {
        let found = deviation(&Distribution::Uniform(2.0, 5.0));
        assert!((found / (3.0 / 12_f64.sqrt()) - 1.0).abs() < 1e-6, "{found}");
        let word = CellValue::Word("a".into());
        assert!(deviation(&Distribution::Values(vec![(word, 1.0)])).is_nan());
    }

    #[test]
    fn only_distributions_without_ends_are_cut() {
        assert_eq!(end_shares(&Distribution::Uniform(2.0, 5.0)), (0.0, 1.0));
        let bell = TruncatedNormal::between(0.0, 1.0, -1.0, f64::INFINITY).unwrap();
        assert_eq!(end_shares(&Distribution::Normal(bell)), (0.0, 1.0 - TAIL));
    }
}
