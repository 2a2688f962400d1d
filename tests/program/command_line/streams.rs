//! Standard output, pipes, color and signals.

use super::{LESSON, calcifate, folder_with, names, run, told};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
        // On a busy machine one of the arms may not have begun.
        assert!(["usual", "k2"].iter().any(|arm| part.join(arm).join("trajectory.csv").exists()));
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
