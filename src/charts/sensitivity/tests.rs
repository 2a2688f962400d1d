//! Figures of invented outcomes: nothing overlaps, nothing is cut off, drawings as looked at.

use super::*;
use crate::charts::kinds::SensitivityFigure;
use crate::charts::tests::svg_of;
use crate::simulation::Options;
use crate::sweep::file::load_sensitivity;
use crate::sweep::results_table::CellValue;
use crate::sweep::sensitivity::estimate::Reliability;
use crate::sweep::sensitivity::indices::outcome_indices;

const SCENARIO: &str = "duration = \"40 days\"\n[person]\nage = 40\n";

/// An analysis of a file, its outcomes worked out by `function` instead of by runs.
fn invented(parameters: &str, outcomes: &str, function: &dyn Fn(usize, &[f64]) -> f64) -> Case {
    let text = format!(
        "title = \"A test\"\nscenario = \"s.toml\"\nseed = 1\n[sensitivity]\nparameters = {parameters}\n\
         samples = 64\ngrade_samples = 256\nbootstrap = 100\n[outcomes]\n{outcomes}"
    );
    let read = |_: &str, _: &str| Ok(("s.toml".to_owned(), SCENARIO.to_owned()));
    let loaded = load_sensitivity(None, "test.toml", &text, Options::default(), None, &read);
    let found = loaded.content.unwrap_or_else(|| panic!("{:#?}", loaded.problems));
    let mut all = Vec::new();
    for outcome in 0..found.analyses[0].sweep.outcomes.len() {
        for analysis in &found.analyses {
            let plan = &analysis.sweep.plan;
            let value = |run| {
                let share = |(cell, factor): (&CellValue, &Factor)| match cell {
                    CellValue::Number(x) => {
                        (x - factor.range.0) / (factor.range.1 - factor.range.0)
                    }
                    _ => f64::NAN,
                };
                let values = plan.values(run);
                let shares: Vec<f64> = values.iter().zip(&found.factors).map(share).collect();
                function(outcome, &shares)
            };
            let values: Vec<f64> = (0..plan.runs()).map(value).collect();
            all.extend(outcome_indices(&found, analysis, outcome, &values));
        }
    }
    (found, all)
}

type Case = (Sensitivity, Vec<OutcomeIndices>);

/// Every figure of a case.
pub(in crate::charts) fn figures((sensitivity, indices): &Case) -> Vec<(SensitivityFigure, Chart)> {
    let findings = Findings::of(sensitivity, indices);
    let all = SensitivityFigure::all(&findings);
    all.into_iter().map(|figure| (figure, figure.chart(&findings))).collect()
}

/// Every input a little less than the one before, two of them only together.
fn usual() -> Case {
    let outcomes = "k2_on_artery = \"end(cac)\"\ndp_ucmgp = \"end(dp_ucmgp)\"\n";
    invented("[\"carboxylation\"]", outcomes, &|outcome, x| {
        let sum: f64 = x.iter().zip(1..).map(|(x, place)| x / f64::from(place)).sum();
        100.0 * (sum + if outcome == 0 { 3.0 * (x[0] - 0.5) * (x[3] - 0.5) } else { 0.0 })
    })
}

/// Analyses with usual and unusual findings.
pub(in crate::charts) fn cases() -> Vec<(&'static str, Case)> {
    let names: String =
        (0..40).map(|at| format!("a_very_long_name_of_an_outcome_{at} = \"end(cac)\"\n")).collect();
    vec![
        ("usual", usual()),
        ("all", invented("\"all\"", "y = \"end(cac)\"\n", &|_, x| x.iter().map(|x| x * x).sum())),
        ("one", invented("[\"mgp_half_nm\"]", "y = \"end(cac)\"\n", &|_, x| -1e9 * x[0])),
        (
            "none",
            invented("[\"mgp_half_nm\", \"mgp_time_days\"]", "y = \"end(cac)\"\n", &|_, _| 2.0),
        ),
        ("failed", invented("[\"carboxylation\"]", "y = \"end(cac)\"\n", &|_, _| f64::NAN)),
        ("tiny", invented("[\"warfarin\"]", "y = \"end(cac)\"\n", &|_, x| 1e-12 * x[0] * x[1])),
        ("forty", invented("[\"warfarin\"]", &names, &|at, x| x[0] + at as f64 * x[1] * x[1])),
    ]
}

/// A run that failed counted as an input that changes nothing.
#[test]
fn a_slope_that_is_not_known_leaves_no_shares() {
    let (found, _) = usual();
    let local = found.analyses.iter().find(|one| one.method == SensitivityMethod::Local).unwrap();
    let mut values: Vec<f64> = (0..local.sweep.plan.runs()).map(|run| run as f64).collect();
    let shares = |values: &[f64]| -> f64 {
        let indices = outcome_indices(&found, local, 0, values).unwrap();
        indices.shares.iter().map(|share| share.alone.0.value).sum()
    };
    assert!((shares(&values) - 1.0).abs() < 1e-12);
    values[1] = f64::NAN;
    assert!(shares(&values).is_nan());
}

#[test]
fn the_first_outcomes_have_figures_of_their_own() {
    let (name, forty) = cases().pop().unwrap();
    assert_eq!((name, figures(&forty).len()), ("forty", 1 + 3 * MOST_OUTCOMES));
}

#[test]
fn drawings_stay_as_they_were_looked_at() {
    for (kind, chart) in figures(&usual()).into_iter().take(4) {
        insta::assert_snapshot!(kind.name(), svg_of(&chart, kind.name(), &chart.description));
    }
}

#[test]
fn titles_say_what_is_seen_and_nothing_that_has_not_converged() {
    let all = figures(&usual());
    let title = |name: &str, outcome: Option<usize>| {
        let found = all.iter().find(|(kind, _)| (kind.name(), kind.outcome()) == (name, outcome));
        &found.unwrap().1.title
    };
    let text = title("tornado", Some(1));
    assert!(text.starts_with("dp-ucMGP: "), "{text}");
    let text = title("grades", None);
    assert!(text.contains("only assumed"), "{text}");
    let none = invented("[\"mgp_half_nm\", \"mgp_time_days\"]", "y = \"end(cac)\"\n", &|_, _| 2.0);
    for (kind, Chart { title, .. }) in figures(&none) {
        assert!(title.starts_with("Nothing") || title.starts_with("Hardly"), "{kind:?}: {title}");
    }
}

#[test]
fn what_no_run_could_tell_is_not_called_idle() {
    let failed = invented("[\"carboxylation\"]", "y = \"end(cac)\"\n", &|_, _| f64::NAN);
    for (kind, Chart { title, .. }) in figures(&failed) {
        assert!(title.starts_with("No run gave a number for"), "{kind:?}: {title}");
    }
}

/// A title once said "a part in 102 %", which sampling can make of a whole.
#[test]
fn no_share_is_above_the_whole() {
    let whole = (Estimate::new(1.02, (0.98, 1.06)), Reliability::Converged);
    assert_eq!(share(whole), "100\u{A0}%");
}

/// The last digits of a solver are no effect of the inputs that happen to turn them.
#[test]
fn what_the_solver_cannot_tell_counts_as_no_effect() {
    let names = "[\"mgp_half_nm\", \"mgp_time_days\", \"dp_ucmgp_reference_pmol_per_l\"]";
    let noisy = |x: &[f64]| 1e-6 * (1e4 * x[1] + 3e4 * x[2]).sin();
    let outcome = "y = \"end(cac)\"\n";
    let (_, all) = invented(names, outcome, &|_, x| 1000.0 * (1.0 + x[0] + noisy(x)));
    for text in all
        .iter()
        .filter(|text| matches!(text.method, SensitivityMethod::Morris | SensitivityMethod::Sobol))
    {
        assert_eq!(text.ranked(), [0], "{:?}", text.method);
    }
    let (_, all) = invented(names, outcome, &|_, x| 1000.0 * (1.0 + noisy(x)));
    for text in all.iter().filter(|text| text.method > SensitivityMethod::Local) {
        assert!(text.ranked().is_empty(), "{:?}", text.method);
        assert!(text.shares.iter().all(|share| share.alone.1 == Reliability::Undefined));
    }
    // Slopes are taken from runs of a tight tolerance, across a small part of the range.
    let quiet = |x: &[f64]| 1e-10 * (1e4 * x[1] + 3e4 * x[2]).sin();
    let (_, all) = invented(names, outcome, &|_, x| 1000.0 * (1.0 + 0.01 * x[0] + quiet(x)));
    let local = all.iter().find(|text| text.method == SensitivityMethod::Local).unwrap();
    assert_eq!(local.ranked(), [0]);
}
