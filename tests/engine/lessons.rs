//! Every shipped lesson loads without a problem, runs, balances, and its claims hold.

use crate::library::run::Run;
use crate::parameters::Hypothesis;
use crate::scenario::{Arm, Overrides, Scenario, load};
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
    assert!(files.len() >= 17, "only {} lessons", files.len());
    files
}

fn loaded(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).unwrap();
    let overrides = Overrides::default();
    let read = |_: &str, _: &str| Err("lessons extend nothing".to_owned());
    let loaded = load(path.file_name().unwrap().to_str().unwrap(), &text, &overrides, &read);
    assert!(loaded.problems.is_empty(), "{}: {:#?}", path.display(), loaded.problems);
    loaded.scenario.unwrap()
}

/// The run of a lesson; its calcium balances.
fn balanced(scenario: &Scenario) -> Run {
    let run = scenario.run().unwrap();
    for (arm, certificate) in run.balances() {
        assert!(certificate.holds(), "{} {}: {certificate:?}", scenario.name, arm.name);
    }
    run
}

/// The claims that do not hold, with their numbers.
fn fallen(run: &Run) -> Vec<String> {
    let claims = run.judged_claims().filter(|(_, verdict)| verdict.holds() != Some(true));
    let name = &run.scenario.name;
    claims.map(|(claim, verdict)| format!("{name}: {} ({})", claim.says, verdict.text)).collect()
}

#[test]
fn every_claim_of_every_lesson_holds_by_default() {
    let mut wrong = Vec::new();
    for path in lessons() {
        let scenario = loaded(&path);
        assert!(scenario.claims.len() >= 2, "{}: too few claims", path.display());
        assert!(scenario.lesson.len() > 100, "{}: no text for students", path.display());
        assert_eq!(scenario.compare.is_some(), scenario.arms.len() > 1, "{}", path.display());
        let run = balanced(&scenario);
        assert!(run.answer().is_some(), "{}: no answer, or a part cannot be told", path.display());
        wrong.extend(fallen(&run));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The README and the lesson say so; here it is pinned.
#[test]
fn every_lesson_answers_under_the_conservative_hypothesis_and_some_claims_fall() {
    let mut all = Vec::new();
    for path in lessons() {
        let other = loaded(&path).under_other_set().unwrap();
        let conservative = |arm: &Arm| arm.hypothesis.shipped == Hypothesis::Conservative;
        assert!(other.arms.iter().all(conservative), "{}", path.display());
        let run = balanced(&other);
        assert!(run.answer().is_some(), "{}", path.display());
        all.extend(fallen(&run));
    }
    insta::assert_snapshot!(all.join("\n"), @r"
    calcium_paradox: With K2 there is less calcium in the coronary arteries (no difference: 81.3 and 88.7 AU, less than 10 % apart)
    calcium_paradox: With K2 the bones of the spine are denser (no difference: both 80.1 %, less than 1 % apart)
    k2_does_not_block_calcium: The skeleton holds more with K2, by over ten times what the arteries do not take up (0.0889 ≤ 42.3 mg)
    k2_does_not_block_calcium: Bone density is higher with K2 (no difference: both 82.7 %, less than 1 % apart)
    ");
}
