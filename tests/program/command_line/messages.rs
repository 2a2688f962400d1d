//! Files that people named wrongly or meant otherwise: `check` of sweeps, `run` of manifests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{LESSON, folder_with, run};
use tempfile::TempDir;

/// Every file below a folder but `timing.toml`, with its bytes.
fn contents(folder: &Path, inside: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{inside}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            contents(&path, &name, found);
        } else if !name.ends_with("timing.toml") {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

fn result(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    contents(folder, "", &mut found);
    found
}

#[test]
fn a_manifest_repeats_its_run_to_the_last_byte() {
    let folder = folder_with("base.toml", LESSON);
    let child = "extends = '../base.toml'\ntitle = 'child'\n";
    fs::create_dir(folder.path().join("lessons")).unwrap();
    fs::write(folder.path().join("lessons/child.toml"), child).unwrap();
    let arguments = [
        "run",
        "lessons/child.toml",
        "--no-figures",
        "--arm",
        "k2",
        "--set",
        "age=61",
        "--set",
        "duration=3 days",
        "--rtol",
        "1e-5",
        "--method",
        "dopri5",
        "--hypothesis",
        "conservative",
    ];
    assert_eq!(run(&folder, &arguments).0, Some(0));
    let first = result(&folder.path().join("output/child"));
    // What was run counts, not what the files say now.
    fs::remove_file(folder.path().join("base.toml")).unwrap();
    fs::write(folder.path().join("lessons/child.toml"), "duration = 'changed'").unwrap();
    let manifest = "output/child/manifest.toml";
    let (status, _, told) = run(&folder, &["run", manifest, "--no-figures", "-o", "again"]);
    assert_eq!(status, Some(0), "{told}");
    assert_eq!(result(&folder.path().join("again/child")), first);
    let (status, _, told) = run(&folder, &["run", manifest, "--no-figures"]);
    assert_eq!(status, Some(0), "{told}");
    assert_eq!(result(&folder.path().join("output/child")), first);
}

#[test]
fn a_manifest_that_cannot_repeat_its_run_is_refused() {
    let folder = folder_with("two.toml", LESSON);
    assert_eq!(run(&folder, &["run", "two.toml", "--no-figures"]).0, Some(0));
    let manifest = folder.path().join("output/two/manifest.toml");
    let sound = fs::read_to_string(&manifest).unwrap();
    let path = "output/two/manifest.toml";
    for (from, to, message) in [
        ("age = 50", "age = 51", "the text of two.toml is not the one that was run"),
        ("model = \"", "model = \"9", "cannot repeat exactly"),
        ("scenario = \"two\"", "scenario = \"../two\"", "names no folder"),
        ("method = \"rosenbrock\"", "method = \"euler\"", "unknown variant"),
        ("relative_tolerance = 0.000001", "relative_tolerance = 0.0", "is not a tolerance"),
        ("only_arms = []", "only_arms = [\"k3\"]", "--arm k3: unknown arm"),
    ] {
        assert!(sound.contains(from), "{from}");
        fs::write(&manifest, sound.replacen(from, to, 1)).unwrap();
        let (status, out, told) = run(&folder, &["run", path]);
        assert_eq!((status, out.as_str()), (Some(1), ""), "{told}");
        assert!(told.contains(message), "{told}");
    }
    fs::write(&manifest, &sound).unwrap();
    for more in [["--set", "age=60"], ["--arm", "k2"], ["--rtol", "1e-4"]] {
        let (status, _, told) = run(&folder, &["run", path, more[0], more[1]]);
        assert_eq!(status, Some(2));
        assert!(told.contains("a manifest repeats its run exactly"), "{told}");
    }
}

const SWEEP: &str = "title = 'Doses'\nscenario = 'two.toml'\n[vary]\nk2.mk7_supplement = '0 … 90 ug/day step 30'\n\
    [outcomes]\ncac = 'end(cac) in k2'\n";

#[test]
fn check_reads_sweeps_and_analyses() {
    let folder = folder_with("two.toml", LESSON);
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("doses.toml", SWEEP);
    let (status, out, told) = run(&folder, &["check", "doses.toml", "two.toml"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(out.contains("✓ doses.toml: Doses · 4 runs · calcifate sweep doses.toml"), "{out}");
    assert!(out.contains("✓ two.toml: Two arms"), "{out}");
    let analysis = "scenario = 'two.toml'\nseed = 1\n[sensitivity]\nmethods = ['local']\n\
        parameters = ['pth_steepness']\n[outcomes]\ncac = 'end(cac) in k2'\n";
    write("matters.toml", analysis);
    let (status, out, told) = run(&folder, &["check", "matters.toml"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(out.contains("calcifate sensitivity matters.toml"), "{out}");
    write("wrong.toml", &SWEEP.replace("90 ug/day", "90 ui/day").replace("end(cac)", "ned(cac)"));
    let (status, out, told) = run(&folder, &["check", "wrong.toml"]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(told.contains("did you mean \"IU\"") || told.contains("unknown unit"), "{told}");
    assert!(told.contains("unknown function \"ned\""), "{told}");
}

#[test]
fn ends_of_a_range_in_two_units_are_brought_to_one() {
    let folder = folder_with("two.toml", LESSON);
    let ranges = [
        ("500 mg/day … 1 g/day", "write one unit, at the end: 0.5 … 1 g/day"),
        ("0.5 g/day … 1000 mg/day", "write one unit, at the end: 500 … 1000 mg/day"),
    ];
    for (range, help) in ranges {
        let vary = format!("k2.calcium_diet = '{range}'");
        let sweep = SWEEP.replace("k2.mk7_supplement = '0 … 90 ug/day step 30'", &vary);
        fs::write(folder.path().join("s.toml"), sweep).unwrap();
        let (status, _, told) = run(&folder, &["check", "s.toml"]);
        assert_eq!(status, Some(2));
        assert!(told.contains(help), "{told}");
    }
}

/// `shared` cases that are about messages.
#[test]
fn a_claim_on_calcium_pills_is_judged_and_the_reason_told() {
    let case = include_str!("../cases/calcium_pills.toml");
    let folder = folder_with("calcium_pills.toml", case);
    let (status, out, told) =
        run(&folder, &["run", "calcium_pills.toml", "--no-figures", "--strict"]);
    assert_eq!(status, Some(3), "{told}");
    assert!(told.contains("spreads calcium pills evenly over the day"), "{told}");
    assert!(told.contains("write resolution = \"meals\""), "{told}");
    assert!(out.contains("✗ a pill of a gram makes ionized calcium swing"), "{out}");
    let meals = case.replace("resolution = \"pills\"", "resolution = \"meals\"");
    fs::write(folder.path().join("meals.toml"), meals).unwrap();
    let (status, _, told) = run(&folder, &["run", "meals.toml", "--no-figures", "--strict"]);
    assert_eq!(status, Some(0), "{told}");
}

const BEYOND: &str = "\n[parameters]\nbeyond_range = true\n";

/// A failed run once had a residual of 0, as if its calcium had been counted.
#[test]
fn a_failed_run_has_no_residual() {
    // Since model 3.1 an exponent of 1 is a law like any other: what cannot run is a cell that turns
    // over in no time.
    let base = include_str!("../cases/nothing_taken.toml");
    let folder = folder_with("nothing_taken.toml", &format!("{base}{BEYOND}"));
    let sweep = include_str!("../cases/failing_runs.toml").replace("20 years", "60 days");
    let exponents = "calcification_exponent = \"0.6 … 1 step 0.1\"";
    assert!(sweep.contains(exponents));
    let sweep = sweep.replace(exponents, "osteoclast_time_days = [0, 14]");
    fs::write(folder.path().join("failing_runs.toml"), sweep).unwrap();
    let (status, _, told) = run(&folder, &["sweep", "failing_runs.toml", "--no-figures"]);
    assert_eq!(status, Some(1), "{told}");
    let table = fs::read_to_string(folder.path().join("output/failing_runs/results.csv")).unwrap();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heading = lines.next().unwrap();
    let column = |name: &str| heading.iter().position(|other| *other == name).unwrap();
    let (residual, complete) = (column("balance_residual_mg"), column("complete"));
    let rows: Vec<_> = lines.collect();
    assert_eq!(rows.iter().filter(|row| row[complete] == "false").count(), 2, "{table}");
    for row in rows {
        let failed = row[complete] == "false";
        assert_eq!(row[residual].is_empty(), failed, "{row:?}");
    }
}

#[test]
fn rows_are_said_to_be_kept_only_where_they_are() {
    let folder = folder_with("two.toml", &format!("{LESSON}{BEYOND}"));
    // The life before the start fails: there is no row.
    let early = ["run", "two.toml", "--no-figures", "--set", "osteoclast_time_days=0"];
    let (status, _, told) = run(&folder, &early);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("is not a finite number") && !told.contains("are kept"), "{told}");
    let sweep =
        SWEEP.replace("k2.mk7_supplement = '0 … 90 ug/day step 30'", "osteoclast_time_days = [0]");
    fs::write(folder.path().join("s.toml"), sweep).unwrap();
    assert_eq!(run(&folder, &["sweep", "s.toml", "--no-figures"]).0, Some(1));
    let failures = fs::read_to_string(folder.path().join("output/s/failures.csv")).unwrap();
    assert!(
        failures.contains("is not a finite number") && !failures.contains("kept"),
        "{failures}"
    );
}

#[test]
fn claims_summary_and_trajectory_agree_to_the_last_digit() {
    let claims = "[[claim]]\nsays='end'\nthat='end(dp_ucmgp) in k2 < 9 pmol/L'\n\
        [[claim]]\nsays='change'\nthat='change(dp_ucmgp) in k2 < 9 pmol/L'\n";
    let folder = folder_with("two.toml", &format!("{LESSON}{claims}"));
    assert_eq!(run(&folder, &["run", "two.toml", "--no-figures"]).0, Some(0));
    let table = |name: &str| -> Vec<Vec<String>> {
        let text = fs::read_to_string(folder.path().join("output/two").join(name)).unwrap();
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let (claims, summary, rows) =
        (table("claims.csv"), table("summary.csv"), table("k2/trajectory.csv"));
    let judged = |says: &str| claims.iter().find(|row| row[0] == says).unwrap()[3].clone();
    let of = summary.iter().find(|row| row[0] == "dp_ucmgp_pmol_per_l").unwrap();
    let at =
        |heading: &str| of[summary[0].iter().position(|name| name == heading).unwrap()].clone();
    let column = rows[0].iter().position(|name| name == "dp_ucmgp_pmol_per_l").unwrap();
    let last = &rows.last().unwrap()[column];
    assert_eq!((&judged("end"), &at("k2_end")), (last, last));
    assert_eq!(judged("change"), at("k2_change"));
}

/// The same of shipped lessons: every read-out of the first and the last arm, at the end and as a
/// change, in short lessons and long ones.
#[test]
fn tables_of_lessons_agree_to_the_last_digit() {
    for lesson in ["warfarin", "reference_adult", "natto_and_cheese", "kidney_disease"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{lesson}.toml"));
        let folder = folder_with("l.toml", &fs::read_to_string(path).unwrap());
        assert_eq!(run(&folder, &["run", "l.toml", "--no-figures"]).0, Some(0));
        let first = tables(&folder, "l");
        let arms: Vec<&str> =
            first.summary[0].iter().filter_map(|cell| cell.strip_suffix("_end")).collect();
        let ends = [arms[0], arms[arms.len() - 1]];
        let known = [
            ("dp_ucmgp", "dp_ucmgp_pmol_per_l", "pmol/L"),
            ("urinary_calcium", "urinary_calcium_mg_per_day", "mg/day"),
            ("pth", "pth_pmol_per_l", "pmol/L"),
        ];
        let claims: String = known
            .iter()
            .flat_map(|(name, _, unit)| ends.map(|arm| (name, unit, arm)))
            .flat_map(|(name, unit, arm)| {
                ["end", "change"].map(|what| {
                    format!(
                        "[[claim]]\nsays='{what} {name} {arm}'\nthat='{what}({name}) in {arm} < 1e6 {unit}'\n"
                    )
                })
            })
            .collect();
        fs::write(folder.path().join("more.toml"), format!("extends = 'l.toml'\n{claims}"))
            .unwrap();
        assert_eq!(run(&folder, &["run", "more.toml", "--no-figures"]).0, Some(0));
        let found = tables(&folder, "more");
        let mut compared = 0;
        for arm in ends {
            let rows = csv(&folder, &format!("output/more/{arm}/trajectory.csv"));
            for line in &found.summary[1..] {
                let place = |end: &str| {
                    let heading = format!("{arm}_{end}");
                    found.summary[0].iter().position(|name| *name == heading).unwrap()
                };
                let column = rows[0].iter().position(|name| *name == line[0]).unwrap();
                assert_eq!(line[place("start")], rows[1][column], "{lesson} {}", line[0]);
                assert_eq!(
                    line[place("end")],
                    rows[rows.len() - 1][column],
                    "{lesson} {}",
                    line[0]
                );
                let claim = |what: &str| {
                    let name = known.iter().find(|(_, column, _)| line[0] == *column)?.0;
                    let says = format!("{what} {name} {arm}");
                    found.claims.iter().find(|row| row[0] == says).map(|row| row[3].clone())
                };
                if let (Some(end), Some(change)) = (claim("end"), claim("change")) {
                    let written = (&line[place("end")], &line[place("change")]);
                    assert_eq!((&end, &change), written, "{lesson} {}", line[0]);
                    compared += 1;
                }
            }
        }
        assert_eq!(compared, 2 * known.len(), "{lesson}");
    }
}

/// A run that fails half-way: its rows are where the message says, and end before the failure.
#[test]
fn the_rows_of_a_run_that_fails_half_way_are_kept() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference_adult.toml");
    let folder = folder_with("adult.toml", &fs::read_to_string(path).unwrap());
    let (status, out, told) =
        run(&folder, &["run", "adult.toml", "--no-figures", "--method", "dopri5"]);
    assert_eq!(status, Some(1), "{told}");
    let place = format!("output{}adult.incomplete", std::path::MAIN_SEPARATOR);
    assert!(told.contains(&format!("the rows up to that day are kept in {place}")), "{told}");
    assert!(out.contains("ended early; an earlier result was left alone"), "{out}");
    let day = told.split_once(": day ").and_then(|(_, rest)| rest.split_once(':')).unwrap().0;
    let rows = csv(&folder, "output/adult.incomplete/reference/trajectory.csv");
    let last: f64 = rows[rows.len() - 1][0].parse().unwrap();
    assert!(rows.len() > 2 && last > 0.0 && last <= day.parse().unwrap(), "{last} {day}");
    assert!(!folder.path().join("output/adult").exists());
}

struct Tables {
    summary: Vec<Vec<String>>,
    claims: Vec<Vec<String>>,
}

fn tables(folder: &TempDir, name: &str) -> Tables {
    let of = |table: &str| csv(folder, &format!("output/{name}/{table}.csv"));
    Tables { summary: of("summary"), claims: of("claims") }
}

/// The cells of a table without quoted commas in its first cells.
fn csv(folder: &TempDir, path: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder.path().join(path)).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn an_option_that_takes_the_sets_of_arms_is_told() {
    let both = format!("{LESSON}\n[[arm]]\nname = \"other_set\"\nhypothesis = \"conservative\"\n");
    let folder = folder_with("both.toml", &both);
    let plain = run(&folder, &["run", "both.toml", "--no-figures"]);
    assert!(!plain.2.contains("though this one has a set"), "{}", plain.2);
    for set in ["conservative", "paradox"] {
        let arguments = ["run", "both.toml", "--no-figures", "--hypothesis", set];
        let (_, _, told) = run(&folder, &arguments);
        let warning = format!("warning: all arms run under {set} now, though this one has a set");
        assert!(told.contains(&warning) && told.contains("both.toml:"), "{told}");
    }
}
