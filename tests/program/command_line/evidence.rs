//! `evidence`, `why` and `explain`: results, their folders, mistakes.

use std::fs;

use super::{folder_with, names, run};

const TRIALS: &str = "id,citation,readout,comparison,low,high,duration_days,age,mk7_ug\n\
    own,\"=Me 2026\",dp_ucmgp_pmol_per_l,change_percent,-60,-5,84,60,180\n";

const DIETS: &str = "duration = \"2 years\"\n[person]\nsex = \"female\"\nage = 60\n[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\n\
    take = [\"MK-7 180 ug daily\"]\n";

#[test]
fn every_shipped_trial_is_compared_and_a_second_run_replaces_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let (status, out, told) = run(&folder, &["evidence", "--no-figures"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert!(out.contains("paradox: 95 of 101 hold"), "{out}");
    assert!(out.contains("conservative: 93 of 101 hold"), "{out}");
    assert!(!out.contains("Other than expected_set says"), "{out}");
    // The folder once was not known as the program's own.
    let (status, _, told) = run(&folder, &["evidence", "fractures"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    let output = folder.path().join("output/evidence");
    let table = fs::read_to_string(output.join("evidence.csv")).unwrap();
    assert_eq!(table.lines().count(), 8, "{table}");
    assert!(output.join("figures/forest_fractures.png").is_file());
    let manifest: toml::Table =
        fs::read_to_string(output.join("manifest.toml")).unwrap().parse().unwrap();
    assert_eq!(manifest["comparisons"].as_integer(), Some(7));
}

#[test]
fn the_scenario_of_a_trial_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (_, text, _) = run(&folder, &["evidence", "knapen2013_ls", "--scenario"]);
    fs::write(folder.path().join("knapen.toml"), text).unwrap();
    let (status, _, told) = run(&folder, &["run", "knapen.toml", "--no-figures"]);
    assert_eq!(status, Some(0), "{told}");
}

#[test]
fn a_table_of_a_user_is_compared_and_its_words_stay_words() {
    let folder = folder_with("mine.csv", TRIALS);
    let (status, out, told) = run(&folder, &["evidence", "--file", "mine.csv", "--no-figures"]);
    assert_eq!((status, told.as_str()), (Some(0), ""), "{out}");
    assert!(out.contains("paradox: 1 of 1 hold"), "{out}");
    let table = fs::read_to_string(folder.path().join("output/mine/evidence.csv")).unwrap();
    assert!(table.contains(",'=Me 2026,"), "{table}");
}

#[test]
fn mistakes_of_evidence_and_why_are_told() {
    let folder = folder_with("mine.csv", &TRIALS.replace("180\n", "180,1\n"));
    fs::write(folder.path().join("con.csv"), TRIALS).unwrap();
    let lesson = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/calcium_paradox.toml");
    let why = |from: &'static str, to: &'static str| ["why", lesson, "--from", from, "--to", to];
    for (arguments, wanted) in [
        (&["evidence", "bnoe"][..], "Topics: arterial calcium, bone density, fractures"),
        (&["evidence", "fracturs"], "did you mean \"fractures\"?"),
        (&["evidence", "--file", "mine.csv"], "every row has as many cells as it"),
        (&["evidence", "--file", "con.csv"], "con.csv"),
        (
            &["evidence", "--file", "none.csv"],
            "there is no such file; look at its name and folder; calcifate evidence",
        ),
        (
            &[&why("usual", "k2")[..], &["--outcome", "end(cac) in k2"]].concat(),
            "outcome end(cac) in k2: an outcome is read in both arms; take `in …` out",
        ),
        (&why("usul", "k2"), "did you mean \"usual\"? Arms: usual, calcium_d"),
        (&why("usual", "usual"), "the arms are the same in everything"),
    ] {
        let (status, out, told) = run(&folder, arguments);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}: {told}");
        assert!(told.contains(wanted), "{arguments:?}: {told}");
    }
    assert!(!folder.path().join("output").exists());
}

#[test]
fn shares_of_a_difference_sum_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let lesson = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/calcium_paradox.toml");
    let arguments = ["why", lesson, "--from", "usual", "--to", "calcium_d_k2", "--json"];
    let (status, out, told) = run(&folder, &arguments);
    assert_eq!(status, Some(0), "{told}");
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    let outcomes = answer["outcomes"].as_array().unwrap();
    let parts: Vec<usize> =
        outcomes.iter().map(|one| one["shares"].as_array().unwrap().len()).collect();
    assert_eq!(parts, [3, 6, 3, 6]); // bone and artery, each by cause and by effect
    for outcome in outcomes {
        let value = |arm: &str| outcome[arm]["value"].as_f64().unwrap();
        let shares = outcome["shares"].as_array().unwrap();
        let sum: f64 = shares.iter().map(|share| share["share"].as_f64().unwrap()).sum();
        let whole = value("to") - value("from");
        assert!((sum - whole).abs() <= 1e-6 * whole.abs(), "{sum} {whole}");
    }
}

#[test]
fn a_read_out_is_explained_by_its_equation_and_parameters() {
    let folder = folder_with("diet.toml", DIETS);
    let (status, out, told) =
        run(&folder, &["explain", "cac", "diet.toml", "--arm", "b", "--at", "1 year"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert!(
        out.contains("cac_agatston = coronary_calcium_mg / coronary_calcium_mg_per_agatston"),
        "{out}"
    );
    assert!(out.contains("measured  rumberger2003"), "{out}");
    assert!(out.contains("arm b, on day 365.2"), "{out}");
    let (_, json, _) = run(&folder, &["explain", "pth", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["equations"][0]["rate_per_day"], true);
    assert_eq!(document["equations"][0]["of"]["name"], "pth_pmol_per_l");
}

#[test]
fn mistakes_of_explain_are_told() {
    let folder = folder_with("diet.toml", DIETS);
    for (arguments, message) in [
        (
            vec!["explain", "pht"],
            "unknown read-out \"pht\"; did you mean \"pth\"? calcifate list readouts has all",
        ),
        (vec!["explain", "pth", "diet.toml", "--arm", "c"], "unknown arm \"c\""),
        (vec!["explain", "pth", "diet.toml", "--at", "9 years"], "arm a runs from 0 to "),
        (vec!["explain", "pth", "diet.toml", "--at", "soon"], "--at soon: "),
        (
            vec!["explain", "pth", "diet.toml", "--set", "resolution=meals"],
            "--set resolution=averaged",
        ),
        (vec!["explain", "pth", "none.toml"], "none.toml"),
    ] {
        let (status, _, told) = run(&folder, &arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {told}");
        assert!(told.contains(message), "{arguments:?}: {told}");
    }
}

#[test]
fn waterfalls_are_written_as_one_result_that_spares_what_others_wrote() {
    let folder = folder_with("diet.toml", DIETS);
    let why = ["why", "diet.toml", "--from", "a", "--to", "b", "-o", "out"];
    let outcomes =
        ["--outcome", "2 * end(cac)", "--outcome", "2 / end(cac)", "--outcome", "end(cac)"];
    let all = [&why[..], &outcomes, &["--outcome", "end(cac)"]].concat();
    let (status, _, told) = run(&folder, &all);
    assert_eq!(status, Some(0), "{told}");
    let result = folder.path().join("out/diet.why");
    assert_eq!(names(&result), ["README.txt", "figures", "manifest.toml"]);
    let svg = |result: &std::path::Path| -> Vec<String> {
        let all = names(&result.join("figures")).into_iter();
        all.filter_map(|name| name.strip_suffix(".svg").map(str::to_owned)).collect()
    };
    assert_eq!(svg(&result), ["2___end_cac", "2___end_cac_2", "end_cac", "end_cac_by_effect"]);
    // A second result replaces the first, and the file of another is carried over.
    fs::write(result.join("thesis.txt"), "mine").unwrap();
    let (status, _, told) = run(&folder, &[&why[..], &["--outcome", "end(pth)"]].concat());
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("thesis.txt was kept"), "{told}");
    assert_eq!(svg(&result), ["end_pth"]);
    fs::write(result.join("manifest.toml"), "mine").unwrap();
    let (status, _, told) = run(&folder, &why);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("was not written by calcifate"), "{told}");
    assert_eq!(fs::read_to_string(result.join("manifest.toml")).unwrap(), "mine");
    let (status, _, told) = run(&folder, &[&why[..], &["--force"]].concat());
    assert_eq!(status, Some(0), "{told}");
    assert_eq!(names(&folder.path().join("out")), ["diet.why", "diet.why.before-1"]);
    let (status, _, told) = run(&folder, &["report", "out/diet.why"]);
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("holds waterfalls of calcifate why"), "{told}");
}
