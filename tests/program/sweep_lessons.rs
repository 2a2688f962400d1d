//! Every sweep that is shipped runs, and says what it should.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/sweeps");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The columns of the results of a shipped sweep.
fn results(name: &str) -> impl Fn(&str) -> Vec<String> {
    let output = tempfile::tempdir().unwrap();
    let file = format!("scenarios/sweeps/{name}.toml");
    let ran = Command::new(env!("CARGO_BIN_EXE_calcifate"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["sweep", &file, "-o", output.path().to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = fs::read_to_string(output.path().join(name).join("results.csv")).unwrap();
    move |column: &str| {
        let mut lines = text.lines();
        let at = lines.next().unwrap().split(',').position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("no column {column}"));
        lines.map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
    }
}

fn numbers(cells: &[String]) -> Vec<f64> {
    cells.iter().map(|cell| cell.parse().unwrap()).collect()
}

#[test]
fn every_shipped_sweep_is_tested_here_and_has_a_line_in_the_readme() {
    let names: Vec<String> =
        shipped().iter().map(|path| path.file_stem().unwrap().to_str().unwrap().into()).collect();
    let known = [
        "calcium_by_age",
        "calcium_mk7_and_kidneys",
        "lowest_mk7",
        "mk7_and_calcium",
        "mk7_and_vitamin_d",
        "mk7_dose_curve",
        "mk7_in_people",
        "paradox_population",
    ];
    assert_eq!(names, known);
    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sweeps.md");
    let chapter = fs::read_to_string(chapter).unwrap();
    for name in names {
        assert!(chapter.contains(&format!("sweep scenarios/sweeps/{name}.toml")), "{name}");
    }
}

#[test]
fn more_mk7_means_less_inactive_mgp_and_a_softer_artery() {
    let column = results("mk7_dose_curve");
    assert_eq!(column("run").len(), 25);
    for name in ["dp_ucmgp_pmol_per_l", "agatston_gain_au", "agatston_gain_conservative_au"] {
        let values = numbers(&column(name));
        assert!(values.windows(2).all(|pair| pair[1] < pair[0]), "{name}");
    }
    for name in ["carboxylated_osteocalcin_percent", "femoral_neck_percent"] {
        let values = numbers(&column(name));
        assert!(values.windows(2).all(|pair| pair[1] > pair[0]), "{name}");
    }
}

#[test]
fn a_population_has_its_people_and_k2_slows_most_arteries() {
    let column = results("paradox_population");
    let spared = column("less_artery_calcium_with_k2");
    assert_eq!(spared.len(), 1000);
    let share = spared.iter().filter(|cell| *cell == "true").count();
    assert!(share > 950, "{share}");
    let ages = numbers(&column("start_age_years"));
    let mean = ages.iter().sum::<f64>() / 1000.0;
    assert!((mean - 55.0).abs() < 1.0, "{mean}");
    let women = column("sex").iter().filter(|cell| *cell == "female").count();
    assert!((450..550).contains(&women), "{women}");
}

#[test]
fn the_lowest_dose_rises_as_kidneys_fail_and_warfarin_puts_it_out_of_reach() {
    let column = results("lowest_mk7");
    let (warfarin, answers) = (numbers(&column("warfarin_mg_per_day")), column("answer"));
    assert_eq!(answers.len(), 18);
    let doses = column("lowest_mk7_supplement_ug_per_day");
    let without: Vec<f64> = doses[..6].iter().map(|dose| dose.parse().unwrap()).collect();
    assert!(without.windows(2).all(|pair| pair[1] <= pair[0]), "{without:?}");
    for (warfarin, answer) in warfarin.iter().zip(&answers) {
        assert_eq!(answer == "not reachable", *warfarin > 2.0);
    }
}

#[test]
fn more_mk7_brings_more_people_into_range() {
    let column = results("mk7_in_people");
    let (doses, enough) =
        (numbers(&column("mk7_supplement_ug_per_day")), column("inactive_mgp_below_300"));
    assert_eq!(doses.len(), 1800);
    let share = |dose: f64| {
        let at = doses.iter().zip(&enough).filter(|(other, _)| **other == dose);
        at.filter(|(_, enough)| *enough == "true").count()
    };
    assert!(share(0.0) < share(180.0) && share(180.0) < share(360.0));
    assert!(share(0.0) == 0 && share(360.0) > 180);
}

#[test]
fn failing_kidneys_make_the_same_calcium_settle_faster() {
    let column = results("calcium_mk7_and_kidneys");
    let (egfr, gain) = (numbers(&column("egfr_ml_per_min")), numbers(&column("agatston_gain_au")));
    let mean = |wanted: f64| {
        let gains: Vec<f64> =
            egfr.iter().zip(&gain).filter(|(e, _)| **e == wanted).map(|(_, g)| *g).collect();
        gains.iter().sum::<f64>() / gains.len() as f64
    };
    assert!(mean(20.0) > 3.0 * mean(45.0) && mean(45.0) > mean(90.0));
}

#[test]
fn maps_have_every_point() {
    for (name, points) in [
        ("mk7_and_calcium", 63),
        ("mk7_and_vitamin_d", 162),
        ("calcium_by_age", 90),
        ("calcium_mk7_and_kidneys", 147),
    ] {
        assert_eq!(results(name)("agatston_gain_au").len(), points, "{name}");
    }
}
