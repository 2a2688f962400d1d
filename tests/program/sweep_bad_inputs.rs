//! Bad sweeps get a clear error with file, line and remedy, all at once, before anything runs.

use std::fs;
use std::process::{Command, Output};

const GOOD: &str = "scenario = \"s.toml\"\n\n[vary]\nmk7_supplement = \"0 … 90 ug/day step 30\"\n\n\
                    [outcomes]\ndp = \"end(dp_ucmgp)\"\n";

const SCENARIO: &str = "duration = \"30 days\"\n\n[person]\nage = 40\n";

fn sweep(text: &str, arguments: &[&str]) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("w.toml"), text).unwrap();
    fs::write(folder.path().join("s.toml"), SCENARIO).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_calcifate"))
        .current_dir(folder.path())
        .args(["sweep", "w.toml"])
        .args(arguments)
        .output()
        .unwrap();
    (folder, output)
}

#[track_caller]
fn refused(text: &str, parts: &[&str]) {
    let (folder, output) = sweep(text, &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{text}\n{told}");
    for part in parts {
        assert!(told.contains(part), "{part:?} is missing in:\n{told}");
    }
    assert!(!folder.path().join("output").exists());
}

#[test]
fn the_good_sweep_runs() {
    let (folder, output) = sweep(GOOD, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let results = fs::read_to_string(folder.path().join("output/w/results.csv")).unwrap();
    let header =
        "run,mk7_supplement_ug_per_day,dp_pmol_per_l,balance_residual_mg,implausible,complete";
    assert_eq!(results.lines().next(), Some(header));
    assert_eq!(results.lines().count(), 5);
}

#[test]
fn the_whole_text_of_an_error_names_file_line_and_remedy() {
    let (_folder, output) = sweep(&GOOD.replace("0 … 90", "90 … 0"), &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let expected = "\
error: the range is reversed
 --> w.toml:4:19
  |
4 | mk7_supplement = \"90 … 0 ug/day step 30\"
  |                   ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the smaller end first: 0 … 90 ug/day

1 error; nothing was run.
";
    assert_eq!(told, expected);
}

#[test]
fn axes_without_points_or_with_too_many() {
    let axis = |value: &str| GOOD.replace("\"0 … 90 ug/day step 30\"", value);
    refused(&axis("[]"), &["an axis of 0 points has nothing to run", "w.toml:4:18"]);
    refused(&axis("\"0 … 90 ug/day, 0 points\""), &["an axis of 0 points", "at least 2"]);
    refused(
        &axis("\"0 … 1e15 ug/day step 1\""),
        &["1000000000000001 points is too long", "at most"],
    );
    refused(&axis("\"0 … 90 ug/day, 1e15 points\""), &["1000000000000000 points is too long"]);
    refused(&axis("\"5 … 5 ug/day\""), &["the range is empty", "[set]"]);
    refused(&axis("\"0 … 90 mmol/L\""), &["does not measure MK-7", "Accepted: ug, mcg"]);
    refused(&axis("\"0 … 90\""), &["has no unit"]);
    refused(
        &axis("\"0 … 99999 ug/day step 33333\""),
        &["99999 µg/day is not possible", "w.toml:4:18"],
    );
    refused(&axis("90"), &["does not say how mk7_supplement varies", "[set]"]);
    refused(&axis("\"normal 50 ± 9 ug/day\""), &["there are no samples", "[sample]"]);
    let many = "age = \"30 … 70, 1000000 points\"\negfr = \"20 … 90 mL/min, 1000000 points\"\n";
    let text = GOOD.replace("[outcomes]", &format!("{many}\n[outcomes]"));
    refused(&text, &["4 × 1000000 × 1000000 runs are too many", "at most 1000000000"]);
}

#[test]
fn unknown_words_come_with_a_suggestion() {
    refused(&GOOD.replace("mk7_supplement", "mk7_suplement"), &["did you mean \"mk7_supplement\""]);
    refused(
        &GOOD.replace("dp_ucmgp", "dp_ucmpg"),
        &["unknown quantity", "did you mean \"dp_ucmgp\""],
    );
    refused(
        &GOOD.replace("[vary]", "[varry]"),
        &["unknown key \"varry\"", "did you mean \"vary\""],
    );
    refused(&GOOD.replace("end(", "ent("), &["unknown function", "did you mean \"end\""]);
    refused(
        &format!("arms = [\"usal\"]\n{GOOD}"),
        &["unknown arm \"usal\"", "did you mean \"usual\""],
    );
    let sample = format!("{GOOD}\n[sample]\nruns = 9\nmethod = \"sobel\"\n");
    refused(&sample, &["unknown method \"sobel\"", "did you mean \"sobol\""]);
}

#[test]
fn outcomes_outside_the_run_and_other_contradictions() {
    let late = GOOD.replace("end(dp_ucmgp)", "at(dp_ucmgp, 2 years)");
    refused(&late, &["dp looks at a time outside the run", "the run lasts 30 days", "w.toml:7:6"]);
    refused(&GOOD.replace("[outcomes]\ndp = \"end(dp_ucmgp)\"", ""), &["keeps no outcome"]);
    refused("scenario = \"s.toml\"\n[outcomes]\ndp = \"dp_ucmgp\"\n", &["nothing varies"]);
    refused(&GOOD.replace("s.toml", "t.toml"), &["cannot read \"t.toml\"", "no such file"]);
    refused(&GOOD.replace("end(dp_ucmgp)", "end(cac) < 5 AU"), &["a condition", "[conditions]"]);
    refused(&GOOD.replace("[outcomes]", "[conditions]"), &["a value, not", "[outcomes]"]);
    refused(&GOOD.replace("end(dp_ucmgp)", "cac at 6 days"), &["w.toml:7:11", "at(cac, 6 months)"]);
    refused(&format!("arms = [\"usual\", \"usual\"]\n{GOOD}"), &["usual\" is named twice"]);
    refused(&GOOD.replace("scenario", "# "), &["does not name its scenario"]);
    refused(&format!("find = \"lowest age\"\n{GOOD}"), &["such_that is missing"]);
    refused(&format!("seed = -1\n{GOOD}"), &["seed needs a whole number"]);
    refused(&format!("{GOOD}[sample]\nruns = 9\n"), &["there are samples but nothing is drawn"]);
    refused(&format!("{GOOD}[sample]\nruns = 0\n"), &["runs needs a whole number from 1"]);
    refused(
        &format!("{GOOD}[population]\nage = \"uniform 40 … 50\"\n"),
        &["the number of people is missing"],
    );
    refused(&format!("{GOOD}dp_ = 3\n"), &["dp_ needs a text"]);
    refused(
        &format!("[set]\nage = 200\n{GOOD}")
            .replace("[set]", "")
            .replace("age = 200", "[set]\nage = 200\n[x]"),
        &["unknown key"],
    );
}

/// Rows once told of a value that another spelling of the same quantity had replaced.
#[test]
fn nothing_varies_twice_and_nothing_is_lost_between_arms() {
    let vary = |more: &str| GOOD.replace("step 30\"", &format!("step 30\"\n{more}"));
    refused(&vary("age = [40, 50]\nstart_age = [60]"), &["start_age varies twice", "w.toml:6:1"]);
    refused(&vary("natto = [\"9 g/day\"]\n\"foods.natto\" = [\"8 g/day\"]"), &["varies twice"]);
    let people = "\n[population]\npeople = 4\nage = \"normal 50 ± 3\"\n";
    refused(&format!("{}{people}", vary("\"age\" = [40, 50]")), &["age varies twice"]);
    let found = "find = \"lowest mk7_supplement\"\nsuch_that = \"dp_ucmgp < 300 pmol/L\"\n";
    refused(&format!("{found}{GOOD}"), &["mk7_supplement is looked for, and it varies"]);
    refused(&format!("within = \"0 … 9 ug/day\"\n{GOOD}"), &["nothing is looked for"]);

    let folder = tempfile::tempdir().unwrap();
    let arms = format!(
        "{SCENARIO}[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\ntake = [\"MK-7 90 ug daily\"]\n"
    );
    fs::write(folder.path().join("s.toml"), arms).unwrap();
    let apart = GOOD.replace("end(dp_ucmgp)", "end(dp_ucmgp) in a - end(dp_ucmgp) in b");
    fs::write(folder.path().join("w.toml"), apart).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    let output = { run }.current_dir(folder.path()).args(["sweep", "w.toml"]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for part in ["the same in every arm now", "arm b loses its own 90 ug/day", "b.mk7_supplement"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let text = GOOD
        .replace("0 … 90", "90 … 0")
        .replace("dp_ucmgp", "dp_ucmpg")
        .replace("[vary]", "[vary]\nagee = \"30 … 40, 3 points\"");
    refused(&text, &["the range is reversed", "unknown quantity \"agee\"", "dp_ucmpg", "3 errors"]);
}

#[test]
fn a_missing_seed_is_chosen_told_and_stored() {
    let text = GOOD.replace("step 30", "") + "\n[sample]\nruns = 4\n";
    let (folder, output) = sweep(&text, &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    let seed = told.split("no seed is given: ").nth(1).unwrap().split(' ').next().unwrap();
    let manifest = fs::read_to_string(folder.path().join("output/w/manifest.toml")).unwrap();
    assert!(manifest.contains(&format!("seed = \"{seed}\"")), "{manifest}");
}

#[test]
fn bad_arguments() {
    for (arguments, part) in [
        (["-j", "0"], "0 is not in 1..=1024"),
        (["--shard", "9/8"], "there is no part 9 of 8: parts are numbered from 1/8 to 8/8"),
        (["--shard", "0/8"], "there is no part 0 of 8"),
        (["--shard", "third"], "write K/N, such as 3/8"),
        (["--max-time", "soon"], "write a time above 0"),
    ] {
        let (_folder, output) = sweep(GOOD, &arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(part), "{part:?} is missing in:\n{told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_read_only_place_are_told() {
    let (_folder, output) = sweep(GOOD, &["-o", "/proc/nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("/proc/nowhere") && told.contains("-o"), "{told}");
}

#[test]
fn noise_never_panics() {
    let words = [
        "\"", "…", "0", "[vary]", "=", "±", "normal", "ug/day", "\n", "step", "1e308", "-", ",",
        "points",
    ];
    let mut state = 1_u64;
    for _ in 0..25 {
        let mut text = GOOD.to_owned();
        for _ in 0..6 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let word = words[(state >> 33) as usize % words.len()];
            let mut at = (state >> 17) as usize % text.len();
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, word);
        }
        let (_folder, output) = sweep(&text, &["--dry-run"]);
        assert!(matches!(output.status.code(), Some(0 | 2)), "{text}");
    }
}

#[test]
fn an_unknown_figure_is_found_before_anything_runs() {
    let figures = |draw: &str| format!("{GOOD}\n[figures]\ndraw = {draw}\n");
    refused(
        &figures("[\"maps\"]"),
        &["unknown figure \"maps\"", "w.toml:10:9", "did you mean \"map\"?"],
    );
    refused(&figures("\"map\""), &["draw needs a list of texts"]);
    refused(&figures("[1]"), &["draw needs a list of texts"]);
}

#[test]
fn time_courses_that_cannot_be_kept_are_named() {
    let keep = |text: &str| format!("keep = [{text}]\n{GOOD}");
    for (text, parts) in [
        (
            "\"dp_ucmpg every 30 days\"",
            ["unknown quantity \"dp_ucmpg\"", "did you mean \"dp_ucmgp\"?"],
        ),
        ("\"dp_ucmgp\"", ["it does not say how often", "dp_ucmgp every 30 days"]),
        ("\"dp_ucmgp every 30 ug\"", ["not a time from the start", "w.toml:1"]),
        ("\"dp_ucmgp every 0 days\"", ["the time between two values is 0", "w.toml:1"]),
        ("\"dp_ucmgp every 30 days in b\"", ["unknown arm \"b\"", "Arms"]),
        (
            "\"cac every year\", \"cac_agatston every 5 days\"",
            ["is kept already", "once in each arm"],
        ),
        ("\"cac every 0.00001 days\"", ["rows of time courses are too many", "longer periods"]),
    ] {
        refused(&keep(text), &parts);
    }
}
