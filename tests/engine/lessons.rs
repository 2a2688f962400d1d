//! Every shipped lesson loads without a problem, runs, balances, and its claims hold.

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::claims::judge;
use crate::parameters::Hypothesis;
use crate::scenario::{Overrides, Scenario, load};
use crate::simulation::{Options, run_arm};
use crate::trajectory::Trajectory;
use std::fs;
use std::path::{Path, PathBuf};

fn lessons() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 15, "only {} lessons", files.len());
    files
}

fn loaded(path: &Path, hypothesis: Option<Hypothesis>) -> Scenario {
    let text = fs::read_to_string(path).unwrap();
    let overrides = Overrides { hypothesis, ..Overrides::default() };
    let read = |_: &str, _: &str| Err("lessons extend nothing".to_owned());
    let loaded = load(path.file_name().unwrap().to_str().unwrap(), &text, &overrides, &read);
    assert!(loaded.problems.is_empty(), "{}: {:#?}", path.display(), loaded.problems);
    loaded.scenario.unwrap()
}

fn results(scenario: &Scenario) -> Vec<(String, Trajectory)> {
    scenario
        .arms
        .iter()
        .map(|arm| {
            let run = run_arm(arm, &Options::default(), &mut |_| true);
            assert_eq!(run.failure, None, "{}", scenario.name);
            (arm.name.clone(), run.trajectory)
        })
        .collect()
}

#[test]
fn every_claim_of_every_lesson_holds_by_default() {
    let mut wrong = Vec::new();
    for path in lessons() {
        let scenario = loaded(&path, None);
        assert!(scenario.claims.len() >= 2, "{}: too few claims", path.display());
        assert!(scenario.lesson.len() > 100, "{}: no text for students", path.display());
        let results = results(&scenario);
        for (arm, trajectory) in &results {
            let certificate = CalciumBalance::of(trajectory).unwrap();
            assert!(certificate.holds(), "{} {arm}: {certificate:?}", path.display());
        }
        let find = |wanted: &str| {
            results.iter().find(|(name, _)| name == wanted).map(|(_, trajectory)| trajectory)
        };
        for claim in &scenario.claims {
            let verdict = judge(&claim.comparison, &find);
            if verdict.holds != Some(true) {
                wrong.push(format!("{}: {}: {}", scenario.name, claim.says, verdict.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_lesson_balances_under_the_conservative_hypothesis() {
    for path in lessons() {
        for (arm, trajectory) in results(&loaded(&path, Some(Hypothesis::Conservative))) {
            let certificate = CalciumBalance::of(&trajectory).unwrap();
            assert!(certificate.holds(), "{} {arm}: {certificate:?}", path.display());
        }
    }
}

/// The README and the lesson say so; here it is pinned.
#[test]
fn what_changes_under_the_conservative_hypothesis() {
    let mut fallen = Vec::new();
    for path in lessons() {
        let scenario = loaded(&path, Some(Hypothesis::Conservative));
        let results = results(&scenario);
        let find = |wanted: &str| {
            results.iter().find(|(name, _)| name == wanted).map(|(_, trajectory)| trajectory)
        };
        for claim in &scenario.claims {
            let verdict = judge(&claim.comparison, &find);
            if verdict.holds != Some(true) {
                fallen.push(format!("{}: {} ({})", scenario.name, claim.says, verdict.text));
            }
        }
    }
    insta::assert_snapshot!(fallen.join("\n"), @r"
    calcium_paradox: With K2 there is less calcium in the coronary arteries (81.3 ≥ 79.8 AU)
    calcium_paradox: With K2 the bones of the spine are denser (80.1 ≤ 81.1 %)
    ");
}
