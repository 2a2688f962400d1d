//! `[[data]]`: observations over the curves, from files and texts, good rows and bad ones.

use calcifate::{Run, Scenario, Sweep};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const LESSON: &str = r#"
title = "Two arms"
duration = "10 years"
[person]
sex = "female"
age = 60
[[arm]]
name = "usual"
[[arm]]
name = "k2"
label = "K2 pills"
take = ["MK-7 180 ug daily"]
[figures]
draw = ["timeline"]
timeline = ["serum_calcium"]
[[data]]
"#;

/// Three of its rows can be shown.
const TABLE: &str = "time [months],readout,arm,value,low,high,unit
24,serum_calcium,usual,10,9.2,10.8,mg/dL
36,serum_calcium,K2 pills,2.4,,,mmol/L
24,cac,usual,1200,,,AU
24,cacc,usual,120,,,AU
24,cac,nobody,120,,,AU
240,cac,usual,120,,,AU
24,cac,usual,\"1,5\",,,AU
24,cac,usual,120,,,mg/dL
24,cac,usual,120,130,140,AU
";

fn run(folder: &Path, table: &str, more: &[&str]) -> Output {
    fs::write(folder.join("two.toml"), format!("{LESSON}file = \"d.csv\"\n")).unwrap();
    fs::write(folder.join("d.csv"), table).unwrap();
    command(folder, &[&["run", "two.toml"], more].concat())
}

fn command(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_can_be_shown_is_shown_and_the_rest_told_with_line_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), TABLE, &[]);
    let text = told(&output);
    assert!(output.status.success(), "{text}");
    for (place, remedy) in [
        ("d.csv:5:4", "did you mean \"cac\"?"),
        ("d.csv:6:8", "Arms: usual, k2."),
        ("d.csv:7:1", "arm \"usual\" runs from day 0 to day 3652.5"),
        ("d.csv:8:14", "write \"1.5\""),
        ("d.csv:9:14", "Accepted: AU."),
        ("d.csv:10:14", "low ≤ value ≤ high"),
    ] {
        assert!(text.contains(place) && text.contains(remedy), "{place} {remedy}: {text}");
    }
    let figures = folder.path().join("output/two/figures");
    let svg = fs::read_to_string(figures.join("timeline.svg")).unwrap();
    // The axis of coronary calcium, which the file does not ask for, reaches the value.
    for there in ["could not be shown: 6", ">observed</text>", ">Coronary calcium</text>", "200<"] {
        assert!(svg.contains(there), "{there}");
    }
    // 10 mg/dL are 2.495 mmol/L, with the ends of the interval on the page.
    let page = fs::read_to_string(folder.path().join("output/two/report.html")).unwrap();
    assert!(page.contains(
        r#""interval":[2.2954,2.6946],"name":"usual, observed","points":[[62.0,2.495]]"#
    ));
    assert!(page.contains(r#""interval":null,"name":"K2 pills, observed""#));
}

#[test]
fn the_manifest_keeps_the_table_and_repeats_with_it() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), TABLE, &[]).status.success());
    fs::remove_file(folder.path().join("d.csv")).unwrap();
    let manifest = fs::read_to_string(folder.path().join("output/two/manifest.toml")).unwrap();
    assert!(
        manifest.contains("name = \"d.csv\"\nsha256 = \"") && manifest.contains("24,cacc,usual")
    );
    let again = command(folder.path(), &["run", "output/two/manifest.toml", "-o", "again"]);
    assert!(again.status.success(), "{}", told(&again));
    let svg = |root: &str| fs::read(folder.path().join(root).join("two/figures/timeline.svg"));
    assert_eq!(svg("again").unwrap(), svg("output").unwrap());
}

#[test]
fn tables_that_cannot_be_read_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let header = "tyme,readout,value\n1,cac,2\n";
    for (table, message) in [
        (header, "no column \"time\""),
        (header, "did you mean \"time\"?"),
        ("time,readout,value,value\n1,cac,2,3\n", "column \"value\" stands twice"),
        ("time;readout;arm;value\n1;cac;usual;2\n", "time has no unit here: read as days"),
    ] {
        let output = run(folder.path(), table, &[]);
        assert!(output.status.success() && told(&output).contains(message), "{}", told(&output));
    }
    let many = format!("{header}{}", "x,y,z\n".repeat(3000)).replace("tyme", "time");
    let text = told(&run(folder.path(), &many, &[]));
    assert!(text.contains("1992 more problems of this table"), "{text}");
    fs::remove_file(folder.path().join("d.csv")).unwrap();
    let missing = command(folder.path(), &["check", "two.toml"]);
    assert!(
        !missing.status.success() && told(&missing).contains("two.toml:17:8"),
        "{}",
        told(&missing)
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("two.toml"), format!("{LESSON}file = \"d.csv\"\n")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("d.csv")).status().unwrap().success());
    let refused = command(folder.path(), &["check", "two.toml"]);
    assert!(told(&refused).contains("d.csv") && !refused.status.success(), "{}", told(&refused));
}

#[test]
fn a_text_holds_the_table_where_there_are_no_files() {
    let lesson = format!("{LESSON}text = \"\"\"\n{TABLE}\"\"\"\n");
    let scenario = Scenario::parse(&lesson).unwrap();
    let warnings = scenario.warnings().to_string();
    // The places are those in the lesson.
    assert!(warnings.contains("scenario.toml:22:4"), "{warnings}");
    let svg = |run: &Run| run.figure("timeline").unwrap().svg;
    let run = scenario.run().unwrap();
    assert!(svg(&run).contains(">observed</text>"));
    for both in ["text = \"x\"\nfile = \"d.csv\"\n", "\n"] {
        let refused = Scenario::parse(&format!("{LESSON}{both}")).unwrap_err().to_string();
        assert!(refused.contains("[[data]] needs a file or a text"), "{refused}");
    }
    let header = "time,readout,value\n";
    let empty = Scenario::parse(&format!("{LESSON}text = \"{header:?}\"").replace("\"\"", "\""));
    assert!(!svg(&empty.unwrap().run().unwrap()).contains(">observed</text>"));
}

#[test]
fn other_values_and_sweeps_of_a_scenario_find_its_tables_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(folder.path().join("data/d.csv"), TABLE).unwrap();
    let base = format!("{LESSON}file = \"data/../data/d.csv\"\n");
    fs::write(folder.path().join("base.toml"), base).unwrap();
    fs::write(folder.path().join("two.toml"), "extends = \"base.toml\"\ntitle = \"Two\"\n")
        .unwrap();
    let two = Scenario::from_path(folder.path().join("two.toml")).unwrap();
    let older = two.with(&[("age", 65.into())], &[], false).unwrap();
    assert!(older.run().unwrap().figure("timeline").unwrap().svg.contains(">observed</text>"));
    let sweep = "[vary]\nage = [60, 70]\n[outcomes]\nx = \"end(cac) in usual\"\n";
    assert_eq!(
        Sweep::parse(sweep, &two).unwrap().run().unwrap().table().numbers("x").unwrap().len(),
        2
    );
}
