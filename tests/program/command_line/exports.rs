//! `calcifate export`: what is written where, and every refusal.

use super::{LESSON, folder_with, names, run};
use std::fs;

#[test]
fn sbml_goes_to_its_file_and_replaces_only_its_own() {
    let folder = folder_with("two.toml", LESSON);
    let asked = ["export", "sbml", "two.toml", "--arm", "k2"];
    let (code, out, err) = run(&folder, &asked);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, "output/two_k2.xml written: Two arms, arm k2 (with K2), 730.5 days\n");
    let path = folder.path().join("output/two_k2.xml");
    let first = fs::read_to_string(&path).unwrap();
    assert!(
        first.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Written by calcifate.")
    );
    assert_eq!(run(&folder, &asked).0, Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    assert_eq!(names(&folder.path().join("output")), ["two_k2.xml"]);

    fs::write(&path, "my own").unwrap();
    let (code, out, err) = run(&folder, &asked);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        err,
        "error: output/two_k2.xml: this file was not written by calcifate; \
         choose another with -o, or use --force, which moves it aside unharmed\n"
    );
    let (code, _, err) = run(&folder, &[&asked[..], &["--force"]].concat());
    assert_eq!(code, Some(0));
    assert_eq!(err, "note: output/two_k2.xml is now output/two_k2.xml.before-1\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
}

#[test]
fn the_first_arm_on_the_standard_output_begins_where_a_run_begins() {
    let folder = folder_with("two.toml", LESSON);
    let (code, document, err) = run(&folder, &["export", "sbml", "two.toml", "-o", "-"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(names(folder.path()), ["two.toml"]);
    assert!(document.contains("<model id=\"two_usual\" name=\"Two arms: usual\""), "{document}");
    run(&folder, &["run", "two.toml", "--no-figures"]);
    let table = fs::read_to_string(folder.path().join("output/two/usual/trajectory.csv")).unwrap();
    let mut lines = table.lines();
    let heading = lines.next().unwrap().split(',');
    let row: Vec<&str> = lines.next().unwrap().split(',').collect();
    for (name, value) in heading.zip(row).skip(1).take(38) {
        let value: f64 = value.parse().unwrap();
        let line =
            document.lines().find(|line| line.contains(&format!("<parameter id=\"{name}\"")));
        let written = line.unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(written.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{name}");
    }
}

#[test]
fn a_folder_takes_the_usual_name() {
    let folder = folder_with("two.toml", LESSON);
    fs::create_dir(folder.path().join("models")).unwrap();
    for (output, path) in [("models", "models/two_usual.xml"), ("new/", "new/two_usual.xml")] {
        let (code, out, _) = run(&folder, &["export", "sbml", "two.toml", "-o", output]);
        assert_eq!(code, Some(0), "{out}");
        assert!(folder.path().join(path).exists());
    }
}

#[test]
fn what_cannot_be_exported_is_told() {
    let folder = folder_with("two.toml", LESSON);
    let pills = LESSON.replace("duration =", "resolution = \"pills\"\nduration =");
    fs::write(folder.path().join("pills.toml"), pills).unwrap();
    for (arguments, code, said) in [
        (&["absent.toml"][..], 2, "error: absent.toml: there is no such file"),
        (&["two.toml", "--arm", "k3"], 2, "error: --arm k3: unknown arm"),
        (&["two.toml", "--arm", "k3"], 2, "did you mean \"k2\"?"),
        (&["two.toml", "--set", "pth_steepnes=9"], 2, "did you mean \"pth_steepness\"?"),
        (
            &["pills.toml"],
            2,
            "error: pills.toml: arm usual has the resolution \"pills\", but SBML gets averaged \
             intake; with --averaged the same amounts are written as constant rates\n",
        ),
        (
            &["two.toml", "-o", "two.toml/x.xml"],
            1,
            "a file or link stands where a folder is needed",
        ),
        (&["two.toml", "-o", "/proc/x.xml"], 1, "error: /proc/x.xml: "),
        (&["two.toml", "--rtol", "7"], 2, "1e-12 to 1e-2"),
    ] {
        let (found, out, err) = run(&folder, &[&["export", "sbml"], arguments].concat());
        assert_eq!((found, out.as_str()), (Some(code), ""), "{err}");
        assert!(err.contains(said), "{err}");
    }
    assert_eq!(names(folder.path()), ["pills.toml", "two.toml"]);
    let averaged = ["export", "sbml", "pills.toml", "--averaged", "--arm", "k2", "-o", "-"];
    let (code, out, _) = run(&folder, &averaged);
    assert_eq!(code, Some(0));
    assert!(out.contains(
        "<parameter id=\"mk7_supplement_ug_per_day\" name=\"MK-7 from pills\" value=\"180.0\""
    ));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let folder = folder_with("two.toml", LESSON);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = super::calcifate(&folder, &["export", "sbml", "two.toml", "-o", "-"]);
    let (code, _, err) = super::told(&command.stdout(full).output().unwrap());
    assert_eq!(code, Some(1));
    assert!(err.contains("the standard output cannot be written: No space"), "{err}");
}
