//! Files with which users once met wrong results: each gives what is right now.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

/// Runs a command on files of these names and texts; exit code, standard output, standard error.
fn calcifate(files: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    let output = command.args(arguments).current_dir(&folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr), folder)
}

const RUN: [&str; 4] = ["run", "case.toml", "--no-figures", "--strict"];

/// A case with further claims, all of which must hold.
#[track_caller]
fn claims_hold(case: &str, claims: &[&str]) {
    let claims: String =
        claims.iter().map(|that| format!("[[claim]]\nsays = 'x'\nthat = '{that}'\n")).collect();
    let case = format!("{case}\n{claims}");
    let (status, out, told, _) = calcifate(&[("case.toml", &case)], &RUN);
    assert_eq!(status, Some(0), "{out}{told}");
}

/// Vitamin K that nobody takes was a trace below zero.
#[test]
fn an_amount_is_never_below_nothing() {
    let case = include_str!("cases/negative_trace.toml");
    let (status, out, told, folder) = calcifate(&[("case.toml", case)], &RUN);
    assert_eq!(status, Some(0), "{out}{told}");
    assert!(out.contains("✓ never below nothing (0.00 ≥ 0.00 nM)"), "{out}");
    assert!(out.contains("✓ never below nothing 4 (0.00 ≥ 0.00 nM)"), "{out}");
    let claims = fs::read_to_string(folder.path().join("output/case/claims.csv")).unwrap();
    let exact = claims.lines().filter(|line| line.contains(",yes,0,0,nM,"));
    assert_eq!(exact.count(), 2, "{claims}");
}

#[test]
fn a_ratio_of_nothing_cannot_be_told() {
    let case = include_str!("cases/percent_from_nothing.toml");
    let (status, out, told, folder) = calcifate(&[("case.toml", case)], &RUN);
    assert_eq!(status, Some(3), "{out}{told}");
    assert_eq!(out.matches("(cannot be told: a ratio of nothing)").count(), 4, "{out}");
    assert!(out.contains("✓ cac percent"), "{out}");
    let claims = fs::read_to_string(folder.path().join("output/case/claims.csv")).unwrap();
    let untold = claims.lines().filter(|line| line.contains("a ratio of nothing"));
    for line in untold {
        assert!(line.contains(",undecided,") && !line.to_lowercase().contains("nan"), "{line}");
    }
}

/// Outcomes that nothing changes once had indices of the noise of the solver.
#[test]
fn what_never_changes_has_no_indices() {
    let case = include_str!("cases/sens_constant.toml");
    let base = include_str!("cases/nothing_taken.toml");
    let files = [("case.toml", case), ("nothing_taken.toml", base)];
    let arguments = ["sensitivity", "case.toml", "--no-figures"];
    let (status, out, told, folder) = calcifate(&files, &arguments);
    assert_eq!(status, Some(0), "{out}{told}");
    assert_eq!(out.matches("Nothing that varies changes it.").count(), 4, "{out}");
    assert!(!out.contains("NaN"), "{out}");
    let indices = fs::read_to_string(folder.path().join("output/case/indices.csv")).unwrap();
    assert!(!indices.to_lowercase().contains("nan"), "{indices}");
}

/// What is taken for life is in a steady state on day 0.
#[test]
fn pills_of_a_life_are_steady_from_the_first_day() {
    let days = |name: &str| {
        format!(
            "abs(mean({name}, 19 days to 20 days) in life - mean({name}, 0 days to 1 day) in life)"
        )
    };
    let (mk7, mk4) = (days("mk7_plasma"), days("mk4_plasma"));
    claims_hold(
        include_str!("cases/habitual_steady.toml"),
        &[
            &format!("{mk7} < 0.01 nmol/L"),
            &format!("{mk4} < 0.001 nmol/L"),
            "end(mk7_plasma) in life > 1 nmol/L",
        ],
    );
}

/// March begins after a winter, not at the mean of the year.
#[test]
fn a_season_has_been_there_before_the_start() {
    claims_hold(
        include_str!("cases/season_start.toml"),
        &[
            "abs(at(calcidiol, 1 year) in a - start(calcidiol) in a) < 0.1 nmol/L",
            "start(calcidiol) in a < 0.6 * mean(calcidiol, 0 years to 1 year) in a",
        ],
    );
}

#[test]
fn habits_of_a_person_of_thirty_have_acted_before_the_start() {
    claims_hold(
        include_str!("cases/age_30_habits.toml"),
        &[
            "abs(change(mk7_plasma) in a) < 0.01 nmol/L",
            "abs(change(calcidiol) in a) < 0.1 nmol/L",
            "start(mk7_plasma) in a > 1 nmol/L",
        ],
    );
}

/// A dose for a year was refused as if it were taken every day.
#[test]
fn a_large_single_dose_is_judged_as_one() {
    let case = include_str!("cases/single_large_dose.toml");
    let check = ["check", "case.toml"];
    let (status, out, told, _) = calcifate(&[("case.toml", case)], &check);
    assert_eq!(status, Some(0), "{out}{told}");
    assert!(out.contains("7533.3 (7500)") && out.contains("67.5 (34.2)"), "{out}");
    assert!(told.contains("250 µg/day is possible but far outside what is usual"), "{told}");
}

/// Letters that the built-in font lacks vanished from pictures without a word.
#[test]
fn letters_without_a_picture_are_named() {
    let case = include_str!("cases/missing_glyphs.toml");
    for arguments in [&["check", "case.toml"][..], &["run", "case.toml"]] {
        let (status, out, told, folder) = calcifate(&[("case.toml", case)], arguments);
        assert_eq!(status, Some(0), "{out}{told}");
        for named in ["the title: the built-in font does not have 納 (U+7D0D)", "к (U+043A)"] {
            assert!(told.contains(named) && told.contains("--font FILE"), "{told}");
        }
        assert!(!told.contains("Ασβέστιο") && !told.contains("arm greek"), "{told}");
        if arguments == ["run", "case.toml"] {
            let figures = folder.path().join("output/case/figures");
            let drawn = fs::read_to_string(figures.join("timeline.svg")).unwrap();
            assert!(["納豆", "普通の食事", "кальций"].iter().all(|label| drawn.contains(label)));
        }
    }
}
