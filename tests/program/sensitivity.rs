//! A sensitivity analysis from file to tables: same bytes, resumed, sharded; bad files refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SCENARIO: &str = "duration = \"40 days\"\n\n[person]\nage = 40\n\n[[arm]]\nname = \"a\"\n\n\
                        [[arm]]\nname = \"b\"\ntake = [\"MK-7 90 ug daily\"]\n";

/// Assumed, fitted and measured parameters, an intake, a condition, and nothing too long.
const GOOD: &str = r#"
title = "Small"
scenario = "small.toml"
seed = 4
runs_per_chunk = 16

[sensitivity]
parameters = ["mgp_half_nm", "mgp_time_days", "dp_ucmgp_reference_pmol_per_l"]
trajectories = 6
samples = 32
grade_samples = 64
bootstrap = 100

[vary]
calcium_diet = "uniform 300 … 1500 mg/day"

[outcomes]
dp = "end(dp_ucmgp) in a"
gain = "end(dp_ucmgp) in b - end(dp_ucmgp) in a"

[conditions]
low = "dp_ucmgp in a < 400 pmol/L"
"#;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("s.toml"), text).unwrap();
        fs::write(folder.path().join("small.toml"), SCENARIO).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn calcifate(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
        command.current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    fn run(&self, output: &str, more: &[&str]) -> Output {
        let own = ["sensitivity", "s.toml", "--no-figures", "-o", output];
        self.calcifate(&[&own, more].concat())
    }

    /// The rows of a table by heading.
    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let mut table = csv::Reader::from_path(self.path(name)).unwrap();
        table.deserialize().map(Result::unwrap).collect()
    }
}

#[track_caller]
fn fine(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every file that holds results, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if !name.ends_with("timing.toml") && !name.contains(".lock") {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_tables_say_what_decides_and_on_which_grade_it_rests() {
    let place = Place::new(GOOD);
    let told = fine(&place.run("out", &[]));
    for part in [
        "On what the variance rests",
        "With interactions is the honest",
        "assumed",
        "fitted",
        "measured",
        "person and intake",
    ] {
        assert!(told.contains(part), "{part:?} is missing in:\n{told}");
    }
    let indices = place.table("out/s/indices.csv");
    let index = |outcome: &str, parameter: &str, measure: &str| -> f64 {
        let row = indices.iter().find(|row| {
            row["outcome"] == outcome && row["parameter"] == parameter && row["measure"] == measure
        });
        row.unwrap()["index"].parse().unwrap_or(f64::NAN)
    };
    let (outcome, reference) = ("dp_pmol_per_l", "dp_ucmgp_reference_pmol_per_l");
    // dp-ucMGP is proportional to its reference; how much calcium is eaten does not matter.
    assert!((index(outcome, reference, "elasticity") - 1.0).abs() < 1e-6);
    assert!(index(outcome, "calcium_diet", "total_order") < 1e-12);
    assert!(index(outcome, reference, "mu_star") > 150.0);
    let manifest = fs::read_to_string(place.path("out/s/manifest.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    assert_eq!(manifest["identity"]["model"].as_str(), Some("3.1"));
    let readme = fs::read_to_string(place.path("out/s/README.txt")).unwrap();
    assert!(readme.contains("with model 3.1."), "{readme}");
    for key in ["indices_table", "grades_table", "grades_results", "sobol_results"] {
        let hash = manifest[&format!("{key}_sha256")].as_str().unwrap();
        assert_eq!(hash.len(), 64, "{key}: {hash}");
    }
    // 4 inputs · 3 outcomes; a condition has no slope.
    let of = |method: &str| indices.iter().filter(|row| row["method"] == method).count();
    assert_eq!((of("local"), of("morris"), of("sobol")), (4 * 2 * 2, 4 * 3 * 3, 4 * 2 * 3));
    let grades = place.table("out/s/grades.csv");
    let measured = grades.iter().find(|row| {
        let own = row["outcome"] == outcome && row["method"] == "grades";
        own && row["grade"] == "measured" && row["scope"] == "alone"
    });
    let row = measured.unwrap();
    let high: f64 = row["high"].parse().unwrap();
    assert!(high > 0.8 && row["inputs"] == "1", "{row:?}");
    for row in indices.iter().chain(&grades) {
        let name = if row.contains_key("index") { "index" } else { "share" };
        if row["converged"] == "false" {
            let wanted: u64 = row["wanted_samples"].parse().unwrap();
            assert!(row[name].is_empty() && wanted >= 32, "{row:?}");
        }
        let share = ["first_order", "total_order"].contains(&row.get("measure").map_or("", |m| m));
        let value: f64 = row[name].parse().unwrap_or(0.0);
        assert!(!(share && value < 0.0), "{row:?}");
    }
}

#[test]
fn threads_shards_and_interruptions_do_not_change_a_byte() {
    let place = Place::new(GOOD);
    fine(&place.run("one", &["-j", "1"]));
    fine(&place.run("two", &["-j", "2"]));
    let whole = files(&place.path("one/s"));
    assert!(whole.len() > 20 && whole.contains_key("grades/results.csv"));
    assert!(whole == files(&place.path("two/s")));
    // Stopped at once, again and again, then to the end.
    for _ in 0..3 {
        let stopped = place.run("late", &["--max-time", "0.05 s"]);
        assert_eq!(stopped.status.code(), Some(0));
    }
    fine(&place.run("late", &[]));
    assert!(whole == files(&place.path("late/s")));
    for shard in ["1/2", "2/2"] {
        let told = fine(&place.run("parts", &["--shard", shard]));
        assert!(told.contains("calcifate merge"), "{told}");
    }
    for method in ["local", "morris", "sobol", "grades"] {
        let part = |number: u32| format!("parts/s/{method}.shard-{number}-of-2");
        fine(&place.calcifate(&["merge", &part(1), &part(2), "-o", "parts/s"]));
    }
    fine(&place.run("parts", &[]));
    for name in ["indices.csv", "grades.csv", "sobol/results.csv", "manifest.toml"] {
        assert!(whole[name] == fs::read(place.path("parts/s").join(name)).unwrap(), "{name}");
    }
}

#[test]
fn a_changed_file_and_a_foreign_folder_are_refused_and_nothing_is_lost() {
    let place = Place::new(&GOOD.replace("[\"mgp", "[\"mgp_time_days\", \"mgp"));
    fs::create_dir_all(place.path("out/s")).unwrap();
    fs::write(place.path("out/s/diary.txt"), "mine").unwrap();
    let output = place.run("out", &[]);
    assert_eq!(output.status.code(), Some(1));
    fine(&place.run("out", &["--force"]));
    assert_eq!(fs::read_to_string(place.path("out/s.before-1/diary.txt")).unwrap(), "mine");
    fs::write(place.path("s.toml"), GOOD.replace("seed = 4", "seed = 5")).unwrap();
    let output = place.run("out", &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("the sweep file has changed"), "{told}");
    fine(&place.run("out", &["--force"]));
    assert!(place.path("out/s.before-2/indices.csv").exists());
}

#[test]
fn runs_that_fail_are_left_out_counted_and_told() {
    // Runs shorter than 30 days cannot tell the outcome.
    let text = GOOD
        .replace("[vary]", "[vary]\nduration = \"uniform 20 … 60 days\"")
        .replace("end(dp_ucmgp) in a\"\ngain", "at(dp_ucmgp, 30 days) in a\"\ngain");
    let place = Place::new(&text);
    let output = place.run("out", &[]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("the others are left out"), "{told}");
    assert!(told.contains("indices hold only for the rest"), "{told}");
    let indices = place.table("out/s/indices.csv");
    let left_out = |row: &BTreeMap<String, String>| row["left_out"].parse::<u64>().unwrap();
    // The other outcomes of such a run are known and stay.
    let own = |row: &&BTreeMap<String, String>| row["outcome"].starts_with("dp");
    let sampled = indices.iter().filter(own).filter(|row| row["method"] == "sobol");
    assert!(sampled.clone().count() > 0 && sampled.clone().all(|row| left_out(row) > 0));
}

#[track_caller]
fn refused(text: &str, parts: &[&str]) {
    let place = Place::new(text);
    let output = place.run("out", &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{text}\n{told}");
    for part in parts {
        assert!(told.contains(part), "{part:?} is missing in:\n{told}");
    }
    assert!(!place.path("out").exists());
}

#[test]
fn bad_files_are_refused_with_place_and_remedy() {
    let with = |line: &str| GOOD.replace("[sensitivity]", &format!("[sensitivity]\n{line}"));
    let without = |key: &str| {
        GOOD.lines().filter(|line| !line.starts_with(key)).collect::<Vec<_>>().join("\n")
    };
    let named = |names: &str| {
        without("parameters")
            .replace("[sensitivity]", &format!("[sensitivity]\nparameters = {names}"))
    };
    refused(
        &with("methods = [\"moris\"]"),
        &["unknown method \"moris\"", "did you mean \"morris\"", "s.toml:8"],
    );
    refused(&with("methods = []"), &["no method is named"]);
    // Once accepted: no run, and empty tables.
    let fitted = without("calcium_diet")
        .replace("parameters = [", "methods = [\"grades\"]\nparameters = [\"mgp_half_nm\"] # [");
    refused(&fitted, &["one grade of evidence", "another method", "s.toml:8"]);
    refused(&with("sampels = 3"), &["unknown key \"sampels\"", "did you mean \"samples\""]);
    refused(&named("[\"mgp_half\"]"), &["unknown parameter \"mgp_half\"", "mgp_half_nm"]);
    refused(&named("[\"days_per_year\"]"), &["the table has no range of days_per_year", "[vary]"]);
    refused(
        &named("[]").replace("calcium_diet = \"uniform 300 … 1500 mg/day\"", ""),
        &["nothing varies"],
    );
    refused(&named("true"), &["parameters needs words"]);
    refused(&with("except = [\"sodium\"]"), &["\"sodium\" does not vary anyway"]);
    for (key, value, told) in [
        ("samples", "0", "samples needs a whole number from 8"),
        ("samples", "1e12", "samples needs a whole number from 8"),
        ("samples", "9000000", "too many"),
        ("grade_samples", "4", "grade_samples needs a whole number"),
        ("trajectories", "1", "trajectories needs a whole number from 2"),
        ("bootstrap", "0", "bootstrap needs a whole number from 50"),
    ] {
        let text =
            without(key).replace("[sensitivity]", &format!("[sensitivity]\n{key} = {value}"));
        refused(&text, &[told]);
    }
    let twice = "[vary]\nmgp_half_nm = \"5 … 7 nM\"\nparameters.mgp_half_nm = \"5 … 7 nM\"";
    refused(&GOOD.replace("[vary]", twice), &["mgp_half_nm varies twice"]);
    refused(&with("levels = 5"), &["levels needs an even number"]);
    refused(&with("confidence = \"100 %\""), &["confidence needs 50 % to 99.9 %"]);
    refused(&with("step = 0"), &["step needs"]);
    refused(&with("precision = \"wide\""), &["precision"]);
    refused(&with("keep_inputs = 1"), &["keep_inputs needs true or false"]);
    refused(
        &GOOD.replace("uniform 300 … 1500 mg/day", "300 … 1500 mg/day step 100"),
        &["goes from point to point"],
    );
    refused(
        &GOOD.replace("end(dp_ucmgp) in a\"\ngain", "end(dp_ucmpg) in a\"\ngain"),
        &["dp_ucmpg", "did you mean"],
    );
    let bare = GOOD.split("[outcomes]").next().unwrap();
    refused(bare, &["keeps no outcome"]);
    let line = bare.lines().count() + 1;
    refused(&format!("{bare}[outcomes]\n"), &["keeps no outcome", &format!("s.toml:{line}")]);
    let drawn = format!("{GOOD}\n[figures]\ndraw = [\"map\"]\n");
    let place_of = format!("s.toml:{}", GOOD.lines().count() + 2);
    refused(&drawn, &["\"figures\" has no meaning", "--no-figures", &place_of]);
    refused(SCENARIO, &["calcifate run FILE"]);
    refused(
        &format!("{GOOD}\n[sample]\nruns = 3\n"),
        &["\"sample\" has no meaning", "samples = 256"],
    );
    refused(&format!("find = \"lowest calcium_diet\"\n{GOOD}"), &["\"find\" has no meaning"]);
    let plain = GOOD.split("[sensitivity]").next().unwrap();
    let rest = &GOOD[GOOD.find("[vary]").unwrap()..];
    let told = ["this is not a sensitivity analysis", "calcifate sweep s.toml"];
    refused(&format!("{plain}{rest}"), &told);
    let place = Place::new(GOOD);
    let told = place.calcifate(&["run", "s.toml"]).stderr;
    let told = String::from_utf8_lossy(&told).into_owned();
    assert!(told.contains("this is a sensitivity analysis: calcifate"), "{told}");
    // What cannot be run as a scenario can be checked.
    let shown = place.calcifate(&["check", "s.toml"]).stdout;
    let shown = String::from_utf8_lossy(&shown).into_owned();
    assert!(shown.contains("calcifate sensitivity s.toml"), "{shown}");
    let output = place.calcifate(&["sweep", "s.toml", "--shard", "0/0"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("no parts of 0"), "{told}");
    let output = place.calcifate(&["sweep", "s.toml"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told.contains("this is a sensitivity analysis")
            && told.contains("calcifate sensitivity s.toml"),
        "{told}"
    );
}

/// The shipped analysis with fewer samples, so that it takes seconds here.
#[test]
fn the_shipped_analysis_finds_what_the_equations_say() {
    let shipped =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/sensitivity/bone_and_artery.toml");
    let text = fs::read_to_string(shipped).unwrap();
    let lesson = format!("{}/scenarios/calcium_paradox.toml", env!("CARGO_MANIFEST_DIR"));
    let text = text.replace("../calcium_paradox.toml", &lesson).replace(
        "[sensitivity]",
        "[sensitivity]\nmethods = [\"local\", \"morris\"]\ntrajectories = 3",
    );
    let place = Place::new(&text);
    fine(&place.run("out", &[]));
    let indices = place.table("out/s/indices.csv");
    let in_outcome = |outcome: &str, parameter: &str, measure: &str| -> f64 {
        let row = indices.iter().find(|row| {
            let own = row["parameter"] == parameter && row["measure"] == measure;
            own && row["outcome"].starts_with(outcome)
        });
        row.unwrap()["index"].parse().unwrap()
    };
    let of = |parameter: &str, measure: &str| in_outcome("dp_ucmgp", parameter, measure);
    // dp-ucMGP is its reference times a function of all else: elasticity 1, to solver accuracy.
    assert!((of("dp_ucmgp_reference_pmol_per_l", "elasticity") - 1.0).abs() < 1e-5);
    // Bone never acts back on MGP, and men's values not on a woman.
    assert_eq!(of("lumbar_spine_trabecular_weight", "mu_star"), 0.0);
    assert_eq!(of("formation_age_loss_male_per_year", "effect_of_range"), 0.0);
    // A growth rate holds at a stated score, so that its exponent varies apart from it: below 100 AU
    // a score grows more slowly with a larger exponent.
    let exponent = in_outcome("coronary_calcium", "coronary_growth_exponent", "effect_of_range");
    assert!(exponent < -50.0, "{exponent} AU");
    let aorta = in_outcome("coronary_calcium", "calcification_exponent", "effect_of_range");
    assert!(aorta.abs() < 0.1, "the law of the aorta is not that of the coronaries: {aorta} AU");
    let inputs = indices.iter().filter(|row| row["measure"] == "mu").count();
    assert!(
        inputs > 6 * 150,
        "all parameters with a range vary for each of six outcomes: {inputs}"
    );
}
