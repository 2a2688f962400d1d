//! Every shipped lesson loads without a problem, runs, balances, and its claims hold.

use crate::evidence::SHIPPED;
use crate::library::run::Run;
use crate::parameters::Hypothesis;
use crate::scenario::{Arm, Overrides, Scenario, load};
use crate::storage::evidence_table;
use std::collections::BTreeSet;
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

/// A lesson about a trial says which rows of the evidence repeat it; they are there.
#[test]
fn every_lesson_about_a_trial_names_its_rows_of_the_evidence() {
    let trials = evidence_table::read(SHIPPED.0, SHIPPED.1).unwrap();
    let mut linked = BTreeSet::new();
    for path in lessons() {
        let scenario = loaded(&path);
        let Some((_, after)) = scenario.lesson.split_once("calcifate evidence ") else { continue };
        let paragraph = after.split("\n\n").next().unwrap_or_default();
        for id in paragraph.split_whitespace() {
            assert!(trials.iter().any(|trial| trial.id == id), "{}: {id}", path.display());
        }
        linked.insert(scenario.name);
    }
    let known = ["avadec_2022", "knapen_2013", "kurnatowska_2015", "ronn_2021"];
    assert_eq!(linked, BTreeSet::from(known.map(str::to_owned)));
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

/// True if a text says "12 % percent" or "3 AU AU".
fn has_a_unit_twice(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let unit = |word: &str| word.trim_end_matches([',', '.', ';']).replace("percent", "%");
    words.windows(3).any(|three| match three {
        [number, a, b] => number.parse::<f64>().is_ok() && unit(a) == unit(b),
        _ => false,
    })
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
        let answer = run.answer().unwrap_or_else(|| panic!("{}: no answer", path.display()));
        assert!(!has_a_unit_twice(&answer), "{}: {answer}", path.display());
        wrong.extend(fallen(&run));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The README and the lesson say so; here it is pinned.
#[test]
fn every_lesson_answers_under_the_conservative_hypothesis_and_some_claims_fall() {
    let mut all = Vec::new();
    for path in lessons() {
        let scenario = loaded(&path);
        let sets: BTreeSet<&str> = scenario.arms.iter().map(|arm| arm.hypothesis.name()).collect();
        let Some(other) = scenario.under_other_set() else {
            assert_eq!(sets.len(), 2, "{}: neither set beside the other", path.display());
            continue;
        };
        let conservative = |arm: &Arm| arm.hypothesis.shipped == Hypothesis::Conservative;
        assert!(other.arms.iter().all(conservative), "{}", path.display());
        let run = balanced(&other);
        assert!(run.answer().is_some(), "{}", path.display());
        all.extend(fallen(&run));
    }
    insta::assert_snapshot!(all.join("\n"), @r"
    calcium_paradox: With K2 there is less calcium in the coronary arteries (no difference: 81 and 89 AU, less than 10 % apart)
    calcium_paradox: With all three the coronary arteries hold less calcium than on the usual diet (no difference: 81 and 82 AU, less than 5 % apart)
    calcium_paradox: With K2 the spine is denser, by more than a point (no difference: both 80.1 %, less than 1 % apart)
    calcium_paradox: With K2 the femoral neck is denser, by more than a point (no difference: both 83.0 %, less than 1 % apart)
    k2_does_not_block_calcium: The skeleton holds more with K2, by over ten times the milligrams that the arteries do not take up (0.021 ≤ 10)
    k2_does_not_block_calcium: The femoral neck is denser with K2, by more than a point (no difference: both 85.2 %, less than 1 % apart)
    menopause: By assumption K2 saves some more at the femoral neck (no difference: both 87.3 %, less than 0.5 % apart)
    stiff_arteries: By assumption K2 leaves the aorta less stiff (no difference: 10.9 and 11.0 m/s, less than 0.2 m/s apart)
    vitamin_d_and_k2: By assumption K2 adds to it, alone and on top of D3, by more than a point (no difference: both 78.9 %, less than 1 % apart and no difference: both 81.6 %, less than 1 % apart)
    ");
}
