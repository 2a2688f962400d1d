//! Reports: the same page from a scenario, from its folder and from its manifest; bad folders.

use super::{LESSON, folder_with, names, run};
use std::fs;
use std::path::Path;

#[test]
fn a_folder_gives_the_page_that_its_run_wrote() {
    let folder = folder_with("two.toml", LESSON);
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let (code, _, err) = run(&folder, &["run", "two.toml", "--set", "age=55 years"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let written = read("output/two/report.html");
    assert!(written.contains("<h1>Two arms</h1>"), "no title");
    assert!(written.contains("calcifate run two.toml --set 'age=55 years'"), "no command");
    fs::remove_file(folder.path().join("output/two/report.html")).unwrap();
    for path in ["output/two", "output/two/manifest.toml"] {
        let (code, out, err) = run(&folder, &["report", path]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{path}");
        assert!(out.starts_with("Report   output/two/report.html\n"), "{out}");
        assert!(read("output/two/report.html") == written, "{path}: another page");
    }
    assert_eq!(names(folder.path()), ["output", "two.toml"]);
}

#[test]
fn a_scenario_is_run_for_its_page() {
    let folder = folder_with("two.toml", LESSON);
    let (code, out, err) = run(&folder, &["report", "two.toml"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let (code, text, err) = run(&folder, &["report", "two.toml", "--markdown", "-o", "-"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(err.contains("-o FILE.md writes them beside it"), "{err}");
    assert!(text.contains("\n# Two arms\n") && text.contains("- ✓ "), "{text}");
    assert_eq!(names(folder.path()), ["two.html", "two.toml"]);
    fs::write(folder.path().join("two.html"), "a thesis").unwrap();
    let (code, _, err) = run(&folder, &["report", "two.toml"]);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("two.html"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("two.html")).unwrap(), "a thesis");
}

#[test]
fn a_path_without_a_result_is_named() {
    let folder = folder_with("notes.txt", "no scenario");
    for (path, told) in
        [("missing", "missing"), ("notes.txt", "notes.txt"), (".", "no manifest.toml")]
    {
        let (code, out, err) = run(&folder, &["report", path]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains(told), "{err}");
    }
    assert_eq!(names(folder.path()), ["notes.txt"]);
}

/// What a damaged or old folder holds is shown and marked; nothing else is written.
#[test]
fn a_folder_that_cannot_be_repeated_shows_its_tables_and_says_so() {
    let folder = folder_with("two.toml", LESSON);
    let (code, ..) = run(&folder, &["run", "two.toml", "--no-figures"]);
    assert_eq!(code, Some(0));
    let path = folder.path().join("output/two/manifest.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    fs::write(&path, manifest.replace("age = 50", "age = 51")).unwrap();
    fs::remove_file(folder.path().join("output/two/report.html")).unwrap();
    fs::write(folder.path().join("output/two/summary.csv"), b"a,b\n1,\xff\n").unwrap();
    let (code, out, err) = run(&folder, &["report", "output/two"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("only its tables are shown: ") && err.contains("damaged"), "{err}");
    assert!(out.starts_with("Report   output/two/report.html\n"), "{out}");
    let page = fs::read_to_string(folder.path().join("output/two/report.html")).unwrap();
    assert!(page.contains("role=\"note\"") && page.contains("is not the one that was run"));
    assert!(
        page.contains("The table claims.csv") && page.contains("Blood calcium stays where it is")
    );
    assert!(page.contains("The beginning of the table summary.csv"));
    assert_eq!(names(folder.path()), ["output", "two.toml"]);
}

/// A page with everything is worth more than one with tables.
#[test]
fn a_damaged_folder_keeps_the_page_that_it_has() {
    let folder = folder_with("two.toml", LESSON);
    assert_eq!(run(&folder, &["run", "two.toml", "--no-figures"]).0, Some(0));
    let path = |name: &str| folder.path().join("output/two").join(name);
    let page = fs::read(path("report.html")).unwrap();
    let manifest = fs::read_to_string(path("manifest.toml")).unwrap();
    fs::write(path("manifest.toml"), &manifest[..manifest.len() / 2]).unwrap();
    let (code, out, err) = run(&folder, &["report", "output/two"]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    assert!(err.contains("output/two/report.html: the page that is there was kept"), "{err}");
    assert!(fs::read(path("report.html")).unwrap() == page);
    let (code, _, err) = run(&folder, &["report", "output/two", "-o", "tables.html"]);
    assert_eq!(code, Some(0), "{err}");
    fs::write(path("manifest.toml"), manifest).unwrap();
    let (code, _, err) = run(&folder, &["report", "output/two"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

/// One sentence instead of dozens about its keys.
#[test]
fn a_sweep_file_is_named_as_such_by_every_command_of_scenarios() {
    let folder = folder_with("doses.toml", SWEEP);
    for arguments in [
        &["run", "doses.toml"][..],
        &["report", "doses.toml"],
        &["why", "doses.toml", "--from", "a", "--to", "b"],
        &["explain", "pth", "doses.toml"],
        &["export", "sbml", "doses.toml"],
        &["verdicts", "doses.toml"],
    ] {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        let told = "error: doses.toml: this is a sweep file: calcifate sweep doses.toml\n";
        assert!(err.starts_with(told) && err.matches("error").count() <= 2, "{arguments:?}: {err}");
    }
}

#[test]
fn a_folder_of_an_old_version_is_shown() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/folders_of_0_1_0/output/tiny");
    let folder = folder_with("two.toml", LESSON);
    let old = old.display().to_string();
    let (code, out, err) = run(&folder, &["report", &old, "-o", "old.html"]);
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(err.contains("only its tables are shown"), "{err}");
    assert_eq!(names(folder.path()), ["old.html", "two.toml"]);
}

#[test]
fn folders_and_pages_of_others_are_left_alone() {
    let folder = folder_with("manifest.toml", "title = \"a thesis\"\n");
    fs::write(folder.path().join("summary.csv"), "a,b\n1,2\n").unwrap();
    let (code, _, err) = run(&folder, &["report", "."]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("that calcifate did not write"), "{err}");
    assert_eq!(names(folder.path()), ["manifest.toml", "summary.csv"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_page_is_not_followed() {
    let folder = folder_with("two.toml", LESSON);
    let (code, ..) = run(&folder, &["run", "two.toml", "--no-figures"]);
    assert_eq!(code, Some(0));
    let page = folder.path().join("output/two/report.html");
    fs::remove_file(&page).unwrap();
    fs::write(folder.path().join("mine"), "mine").unwrap();
    std::os::unix::fs::symlink("../../mine", &page).unwrap();
    let (code, _, err) = run(&folder, &["report", "output/two"]);
    assert_eq!(code, Some(1), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("mine")).unwrap(), "mine");
}

const SWEEP: &str = r#"
title = "Doses"
question = "How much MK-7?"
scenario = "two.toml"
arms = ["usual"]
[vary]
mk7_supplement = "0 … 180 ug/day step 90"
[outcomes]
dp_ucmgp = "end(dp_ucmgp)"
"#;

#[test]
fn a_sweep_and_its_incomplete_folder_have_a_page() {
    let folder = folder_with("two.toml", LESSON);
    fs::write(folder.path().join("doses.toml"), SWEEP).unwrap();
    let (code, _, err) = run(&folder, &["-q", "sweep", "doses.toml", "--no-figures"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let (code, out, err) = run(&folder, &["report", "output/doses", "--markdown"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let text = fs::read_to_string(folder.path().join("output/doses/report.md")).unwrap();
    assert!(
        text.contains("\n# How much MK-7?\n") && text.contains("| Run | MK-7 supplement"),
        "{text}"
    );
    assert!(text.contains("calcifate sweep doses.toml"), "{text}");
    let picture = text.split("](").nth(1).and_then(|rest| rest.split(')').next()).unwrap();
    let picture = fs::read_to_string(folder.path().join("output/doses").join(picture)).unwrap();
    assert!(picture.contains("<svg") && !picture.contains("NaN"), "{picture}");
    let (code, _, err) = run(&folder, &["report", "output/doses", "--markdown"]); // once more
    assert_eq!((code, err.as_str()), (Some(0), ""));
    fs::remove_file(folder.path().join("output/doses/results.csv")).unwrap();
    fs::remove_dir_all(folder.path().join("output/doses/chunks")).unwrap();
    let (code, _, err) = run(&folder, &["report", "output/doses"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("completed by: calcifate sweep doses.toml"), "{err}");
}
