//! The program as a user meets it: whole texts, exit codes, and what is on disk afterwards.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn calcifate(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    command.args(arguments).current_dir(folder).env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&calcifate(folder, arguments).output().unwrap())
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn folder_with(name: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    folder
}

const LESSON: &str = r#"
title = "Two arms"
duration = "2 years"
[person]
sex = "female"
age = 50
[[arm]]
name = "usual"
[[arm]]
name = "k2"
label = "with K2"
take = ["MK-7 180 ug daily"]
[[claim]]
says = "Blood calcium stays where it is"
that = "end(serum_calcium) in k2 < 3 mmol/L"
"#;

const FALSE_CLAIM: &str = r#"
[[claim]]
says = "There is no calcium in the blood"
that = "end(serum_calcium) in k2 < 0.1 mmol/L"
"#;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn help_is_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = run(&folder, &["--help"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, include_str!("expected/help.txt"));
    let (code, out, _) = run(&folder, &["run", "--help"]);
    assert_eq!(code, Some(0));
    assert_eq!(out, include_str!("expected/help_run.txt"));
}

#[test]
fn every_command_has_an_example_in_its_help() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["run", "sweep", "merge", "check", "new", "schema", "list", "completions", "man"]
    {
        let (code, out, _) = run(&folder, &[command, "--help"]);
        assert_eq!(code, Some(0), "{command}");
        assert!(out.contains(&format!("Example: calcifate {command}")), "{out}");
    }
}

#[test]
fn a_run_answers_on_the_standard_output_and_writes_the_folder() {
    let folder = folder_with("two.toml", LESSON);
    let (code, out, err) = run(&folder, &["run", "two.toml"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.starts_with("Two arms · woman 50 → 52 · hypothesis: paradox\n\n"), "{out}");
    assert!(out.contains("Claims   ✓ Blood calcium stays where it is ("), "{out}");
    assert!(out.contains("Balance  ✓ usual "), "{out}");
    assert!(out.contains("Figures  output/two/figures/"), "{out}");
    assert!(out.ends_with("Educational model, population average, not medical advice.\n"));
    assert!(!out.contains('\u{1b}'), "color in a pipe: {out}");
    let written = names(&folder.path().join("output/two"));
    assert_eq!(
        written,
        [
            "README.txt",
            "balance.csv",
            "claims.csv",
            "figures",
            "k2",
            "manifest.toml",
            "summary.csv",
            "timing.toml",
            "usual"
        ]
    );
    assert_eq!(names(&folder.path().join("output/two/k2")), ["flows.csv", "trajectory.csv"]);
    assert_eq!(names(&folder.path().join("output")), ["two"]);
}

#[test]
fn tables_carry_units_and_the_manifest_repeats() {
    let folder = folder_with("two.toml", LESSON);
    let read =
        |name: &str| fs::read_to_string(folder.path().join("output/two").join(name)).unwrap();
    run(&folder, &["run", "two.toml", "--no-figures", "-j", "1"]);
    let first = ["manifest.toml", "usual/trajectory.csv", "summary.csv", "balance.csv"].map(read);
    run(&folder, &["run", "two.toml", "--no-figures", "-j", "2"]);
    let second = ["manifest.toml", "usual/trajectory.csv", "summary.csv", "balance.csv"].map(read);
    assert_eq!(first, second);
    let [manifest, trajectory, summary, balance] = first;
    assert!(trajectory.starts_with("time_days,stomach_calcium_mg,intestine_calcium_mg,"));
    assert!(read("k2/flows.csv").starts_with("time_days,intake_to_ecf_mg_per_day,"));
    assert!(summary.starts_with("quantity,unit,usual_start,usual_end,usual_change,k2_start,"));
    assert_eq!(balance.lines().filter(|line| line.ends_with(",yes")).count(), 2, "{balance}");
    let manifest: toml::Table = manifest.parse().unwrap();
    assert_eq!(manifest["complete"].as_bool(), Some(true));
    assert_eq!(manifest["text"][0]["content"].as_str(), Some(LESSON));
    assert_eq!(manifest["note"].as_str(), Some("educational model, not medical advice"));
}

#[test]
fn json_has_the_same_content() {
    let folder = folder_with("two.toml", LESSON);
    let (code, out, err) = run(&folder, &["run", "two.toml", "--json", "--no-figures"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let scenario = &document["scenarios"][0];
    assert_eq!(scenario["name"], "two");
    assert_eq!(scenario["arms"][1]["balance"]["holds"], true);
    assert_eq!(scenario["claims"][0]["holds"], true);
    let (code, out, _) = run(&folder, &["run", "two.toml", "absent.toml", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &document["exit_code"]), (Some(2), &2.into()));
    let message = document["problems"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("absent.toml: there is no such file"), "{message}");
}

#[test]
fn a_claim_that_fails_is_shown_and_counts_only_if_strict() {
    let folder = folder_with("two.toml", &format!("{LESSON}{FALSE_CLAIM}"));
    let (code, out, _) = run(&folder, &["run", "two.toml", "--no-figures"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("         ✗ There is no calcium in the blood ("), "{out}");
    let (code, ..) = run(&folder, &["run", "two.toml", "--no-figures", "--strict"]);
    assert_eq!(code, Some(3));
    assert!(folder.path().join("output/two/claims.csv").exists());
}

#[test]
fn a_wrong_command_line_is_refused_with_what_is_accepted() {
    let folder = folder_with("two.toml", LESSON);
    for tolerance in ["0", "NaN", "1", "1e-20", "-1", "much"] {
        let (code, out, err) = run(&folder, &["run", "two.toml", "--rtol", tolerance]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains("a number from 1e-12 to 1e-2 is accepted"), "{err}");
    }
    let wrong: [&[&str]; 8] = [
        &[],
        &["run"],
        &["run", "two.toml", "-j", "0"],
        &["run", "two.toml", "--set", "age"],
        &["run", "two.toml", "--method", "euler"],
        &["run", "two.toml", "--hypothesis", "mouse"],
        &["fly"],
        &["list", "planets"],
    ];
    for arguments in wrong {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
    assert_eq!(names(folder.path()), ["two.toml"]);
}

#[test]
fn files_that_are_no_scenario_are_all_told_and_nothing_is_run() {
    let folder = folder_with("two.toml", LESSON);
    let path = folder.path();
    fs::create_dir_all(path.join("lessons/deeper")).unwrap();
    fs::write(path.join("lessons/two.toml"), LESSON).unwrap();
    fs::write(path.join("noise.toml"), b"title\xff\xfe\x00").unwrap();
    fs::write(path.join("empty.toml"), " \n").unwrap();
    fs::write(path.join("huge.toml"), vec![b'#'; 1_000_001]).unwrap();
    fs::write(path.join(".hidden.toml"), LESSON).unwrap();
    let files = [
        "absent.toml",
        "lessons",
        "noise.toml",
        "empty.toml",
        "huge.toml",
        ".hidden.toml",
        "two.toml",
        "lessons/two.toml",
        "..",
    ];
    let (code, out, err) = run(&folder, &[&["run"], &files[..]].concat());
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let err: Vec<_> = err.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        err.join("\n"),
        "error: absent.toml: there is no such file; `calcifate new NAME` writes a starter\n\
         error: lessons: this is a folder; name the scenario files in it, such as lessons/*.toml\n\
         error: noise.toml: not a text file: byte 5 is not UTF-8; save it as plain UTF-8 text\n\
         error: empty.toml: the file is empty; `calcifate new NAME` writes a starter\n\
         error: huge.toml: larger than 1000000 bytes; a scenario file is text of a few kilobytes\n\
         error: .hidden.toml: the file's name would name the output folder, but it starts with a \
         dot; rename the file\n\
         error: two.toml and lessons/two.toml would both write the output folder \"two\"; rename \
         one, or run them apart with different -o\n\
         error: ..: this is a folder; name the scenario files in it, such as ../*.toml\n\
         8 errors; nothing was run."
    );
    assert!(!path.join("output").exists());
}

#[test]
fn an_unknown_figure_is_bad_input() {
    let folder = folder_with("two.toml", &format!("{LESSON}[figures]\ndraw = [\"paradocks\"]\n"));
    let (code, out, err) = run(&folder, &["run", "two.toml"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("\"paradocks\"") && err.contains("did you mean \"paradox\"?"), "{err}");
}

#[test]
fn a_second_run_replaces_the_first_and_keeps_what_a_person_laid_beside() {
    let folder = folder_with("two.toml", LESSON);
    run(&folder, &["run", "two.toml"]);
    let result = folder.path().join("output/two");
    fs::write(result.join("notes.md"), "mine").unwrap();
    let (code, _, err) = run(&folder, &["run", "two.toml", "--no-figures", "--arm", "k2"]);
    assert_eq!(code, Some(0));
    assert_eq!(err, "note: output/two/notes.md was kept\n");
    assert!(!result.join("usual").exists() && !result.join("figures").exists());
    assert_eq!(fs::read_to_string(result.join("notes.md")).unwrap(), "mine");
    assert_eq!(names(&folder.path().join("output")), ["two"]);
}

#[test]
fn an_interrupted_exchange_is_put_right() {
    let folder = folder_with("two.toml", LESSON);
    run(&folder, &["run", "two.toml", "--no-figures"]);
    let output = folder.path().join("output");
    fs::rename(output.join("two"), output.join(".two.old")).unwrap();
    fs::create_dir(output.join(".two.new-99999")).unwrap();
    let (code, _, err) = run(&folder, &["run", "two.toml", "--no-figures"]);
    assert_eq!(code, Some(0));
    assert_eq!(err, "note: output/two: the earlier result was put back\n");
    assert_eq!(names(&output), ["two"]);
}

#[test]
fn a_foreign_folder_is_refused_and_forced_aside() {
    let folder = folder_with("two.toml", LESSON);
    let foreign = folder.path().join("output/two");
    fs::create_dir_all(&foreign).unwrap();
    fs::write(foreign.join("thesis.tex"), "years").unwrap();
    let (code, out, err) = run(&folder, &["run", "two.toml"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("output/two: this folder is not empty"), "{err}");
    assert_eq!(names(&foreign), ["thesis.tex"]);
    let (code, _, err) = run(&folder, &["run", "two.toml", "--force", "--no-figures"]);
    assert_eq!((code, err.as_str()), (Some(0), "note: output/two is now output/two.before-1\n"));
    assert!(folder.path().join("output/two.before-1/thesis.tex").exists());
    assert!(foreign.join("manifest.toml").exists());
}

#[test]
fn a_file_where_a_folder_should_be_is_named() {
    let folder = folder_with("two.toml", LESSON);
    for output in ["two.toml", "two.toml/below"] {
        let (code, out, err) = run(&folder, &["run", "two.toml", "-o", output]);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(err.contains("a file or link stands where a folder is needed"), "{err}");
    }
    assert_eq!(names(folder.path()), ["two.toml"]);
}

#[test]
fn one_bad_folder_does_not_stop_the_other_file() {
    let folder = folder_with("two.toml", LESSON);
    fs::write(folder.path().join("three.toml"), LESSON).unwrap();
    fs::create_dir(folder.path().join("output")).unwrap();
    fs::write(folder.path().join("output/two"), "a file").unwrap();
    let (code, out, _) = run(&folder, &["run", "two.toml", "three.toml", "--no-figures"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("Tables   output/three"), "{out}");
}

#[test]
fn color_is_an_opt_in_of_terminals() {
    let folder = folder_with("two.toml", LESSON);
    let arguments = ["run", "two.toml", "--no-figures", "--color", "always"];
    let (_, out, _) = run(&folder, &arguments);
    assert!(out.contains("\u{1b}[32m✓"), "{out}");
    let output = calcifate(&folder, &["run", "absent.toml"]).env("NO_COLOR", "1").output().unwrap();
    let (_, _, err) = told(&output);
    assert!(err.starts_with("error: absent.toml"), "{err}");
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let mut child =
        calcifate(&folder, &["list", "parameters"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = calcifate(&folder, &["list", "foods", "-q"]).stdout(full).output().unwrap();
    let (code, _, err) = told(&output);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("error: the standard output cannot be written: No space"), "{err}");
}

#[cfg(unix)]
#[test]
fn control_c_keeps_the_part_and_leaves_the_earlier_result_alone() {
    let folder = folder_with("two.toml", LESSON);
    run(&folder, &["run", "two.toml", "--no-figures"]);
    let result = folder.path().join("output/two");
    let earlier = fs::read_to_string(result.join("manifest.toml")).unwrap();
    let long = LESSON.replace("2 years", "45 years\"\nresolution = \"meals");
    fs::write(folder.path().join("two.toml"), long).unwrap();
    for signal in ["-INT", "-TERM"] {
        let mut command = calcifate(&folder, &["run", "two.toml", "--rtol", "1e-9"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(700));
        let asked = Instant::now();
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let (code, _, err) = told(&child.wait_with_output().unwrap());
        assert_eq!(code, Some(130), "{err}");
        assert!(asked.elapsed() < Duration::from_secs(5));
        assert!(err.contains("interrupted on day"), "{err}");
        assert_eq!(fs::read_to_string(result.join("manifest.toml")).unwrap(), earlier);
        let part = folder.path().join("output/two.incomplete");
        let manifest: toml::Table =
            fs::read_to_string(part.join("manifest.toml")).unwrap().parse().unwrap();
        assert_eq!(manifest["complete"].as_bool(), Some(false));
        assert!(part.join("k2/trajectory.csv").exists());
        assert_eq!(names(&folder.path().join("output")), ["two", "two.incomplete"]);
    }
}

#[test]
fn a_scenario_may_come_through_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = calcifate(&folder, &["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(LESSON.as_bytes()).unwrap();
    let (code, out, _) = told(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(0));
    assert!(out.contains("Two arms · woman 50 → 52"), "{out}");
}

#[test]
fn the_starter_is_a_scenario_and_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = run(&folder, &["new", "mine"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "mine.toml written. Next: calcifate run mine.toml\n")
    );
    let (code, out, err) = run(&folder, &["check", "mine.toml"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let (code, _, err) = run(&folder, &["new", "mine.toml"]);
    assert_eq!(code, Some(2));
    assert_eq!(err, "error: mine.toml: exists already; choose another name\n");
}

#[test]
fn lists_are_tables_for_people_and_json_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    for table in
        ["parameters", "foods", "sources", "inputs", "readouts", "figures", "units", "lessons"]
    {
        let (code, out, err) = run(&folder, &["list", table]);
        assert_eq!(code, Some(0), "{table}: {err}");
        assert!(err.starts_with("note: ") && !out.is_empty(), "{table}");
        let (_, out, _) = run(&folder, &["list", table, "--json"]);
        let rows: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert!(rows.is_array(), "{table}");
    }
    let (_, out, _) = run(&folder, &["list", "parameters", "reference_age", "-q"]);
    assert_eq!(
        out,
        "parameter            value  unit  range  conservative  evidence  mechanism  source         note\n\
         reference_age_years     30  y                          assumed   reference  teegarden1995  \
         age at which every life history starts\n"
    );
    let (code, _, err) = run(&folder, &["list", "foods", "granite"]);
    assert_eq!(
        (code, err.as_str()),
        (Some(2), "error: none of the 50 rows contains \"granite\"\n")
    );
}

#[test]
fn completions_manual_and_schema_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(&folder, &["completions", "bash"]).1.contains("_calcifate()"));
    assert!(run(&folder, &["man"]).1.starts_with(".ie"));
    let schema: serde_json::Value = serde_json::from_str(&run(&folder, &["schema"]).1).unwrap();
    assert!(schema.is_object());
    assert_eq!(run(&folder, &["man", "pages"]).0, Some(0));
    assert!(folder.path().join("pages/calcifate-run.1").exists());
}
