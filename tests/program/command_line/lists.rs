//! Commands that print what may be written: help, lists, starter, schema.

use super::run;

#[test]
fn help_is_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = run(&folder, &["--help"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, include_str!("../../expected/help.txt"));
    let (code, out, _) = run(&folder, &["run", "--help"]);
    assert_eq!(code, Some(0));
    assert_eq!(out, include_str!("../../expected/help_run.txt"));
    let (code, out, _) = run(&folder, &["export", "sbml", "--help"]);
    assert_eq!(code, Some(0));
    assert_eq!(out, include_str!("../../expected/help_export_sbml.txt"));
}

#[test]
fn every_command_has_an_example_in_its_help() {
    let folder = tempfile::tempdir().unwrap();
    for command in [
        "run",
        "sweep",
        "sensitivity",
        "merge",
        "check",
        "new",
        "schema",
        "list",
        "export",
        "completions",
        "man",
    ] {
        let (code, out, _) = run(&folder, &[command, "--help"]);
        assert_eq!(code, Some(0), "{command}");
        assert!(out.contains(&format!("Example: calcifate {command}")), "{out}");
    }
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
    for table in [
        "parameters",
        "foods",
        "sources",
        "inputs",
        "readouts",
        "figures",
        "units",
        "claims",
        "lessons",
    ] {
        let (code, out, err) = run(&folder, &["list", table]);
        assert_eq!(code, Some(0), "{table}: {err}");
        assert!(err.starts_with("note: ") && !out.is_empty(), "{table}");
        let (_, out, _) = run(&folder, &["list", table, "--json"]);
        let rows: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert!(rows.is_array(), "{table}");
    }
    // People read µg, programs ug.
    let (_, out, _) = run(&folder, &["list", "inputs", "mk7_food"]);
    assert!(out.contains(" µg/day ") && !out.contains("ug/d "), "{out}");
    let (_, out, _) = run(&folder, &["list", "foods", "natto"]);
    assert!(out.contains("MK-7 µg") && !out.contains(" ug"), "{out}");
    let (_, out, _) = run(&folder, &["list", "inputs", "mk7_food", "--json"]);
    assert!(out.contains("\"ug/d\""), "{out}");
    let (_, out, _) = run(&folder, &["list", "parameters", "reference_age", "-q"]);
    assert_eq!(
        out,
        "parameter            value  unit   range  conservative  evidence  mechanism  source         note\n\
         reference_age_years     30  years                       assumed   reference  teegarden1995  \
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
    for arguments in [&["man", "pages"][..], &["man", "-o", "pages"]] {
        assert_eq!(run(&folder, arguments).0, Some(0));
    }
    let page = |name: &str| folder.path().join("pages").join(name);
    assert!(page("calcifate-run.1").exists());
    // All pages or none, and none in place of what others wrote.
    std::fs::write(page("calcifate-run.1"), "a thesis").unwrap();
    std::fs::remove_file(page("calcifate-check.1")).unwrap();
    let (code, _, err) = run(&folder, &["man", "pages"]);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("pages/calcifate-run.1: this file was not written by calcifate"), "{err}");
    assert!(!page("calcifate-check.1").exists());
    assert_eq!(std::fs::read_to_string(page("calcifate-run.1")).unwrap(), "a thesis");
    assert_eq!(run(&folder, &["man", "pages", "--force"]).0, Some(0));
    assert_eq!(std::fs::read_to_string(page("calcifate-run.1.before-1")).unwrap(), "a thesis");
    let (code, _, err) = run(&folder, &["man", "/dev/null"]);
    assert_eq!(code, Some(1), "{err}");
    assert!(
        err.contains("stands where a folder is needed; remove it or choose another -o"),
        "{err}"
    );
}
