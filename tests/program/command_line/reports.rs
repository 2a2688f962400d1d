//! Reports: the same page from a scenario, from its folder and from its manifest; bad folders.

use super::{LESSON, folder_with, names, run};
use std::fs;

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
    assert_eq!((code, err.as_str()), (Some(0), ""), "{text}");
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
