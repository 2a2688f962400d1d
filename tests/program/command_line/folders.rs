//! The output folder: what is replaced, kept, refused and put right.

use super::{LESSON, folder_with, names, run};
use std::fs;
use std::path::Path;

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

/// The manifest alone: its text in another folder, its settings on the command line.
#[test]
fn a_manifest_is_enough_to_repeat_the_run() {
    let folder = folder_with("base.toml", LESSON);
    let lesson = "extends = \"base.toml\"\r\ntitle = \"Zweite – \\\"ä\\\"\"\r\n";
    fs::write(folder.path().join("two.toml"), lesson).unwrap();
    let asked = ["--set", "seed=7", "--set", "calcium_diet=900 mg/day", "--set", "pth_steepness=9"];
    let beyond =
        ["--beyond-range", "--hypothesis", "conservative", "--rtol", "1e-7", "--arm", "k2"];
    let first = [&["run", "two.toml", "--no-figures"], &asked[..], &beyond[..]].concat();
    assert_eq!(run(&folder, &first).0, Some(0));
    let result = folder.path().join("output/two");
    let manifest = fs::read_to_string(result.join("manifest.toml")).unwrap();

    let told: toml::Table = manifest.parse().unwrap();
    let again = tempfile::tempdir().unwrap();
    for text in told["text"].as_array().unwrap() {
        let (name, content) = (text["name"].as_str().unwrap(), text["content"].as_str().unwrap());
        fs::write(again.path().join(name), content).unwrap();
    }
    let settings = &told["settings"];
    let words = |key: &str, flag: &str| -> Vec<String> {
        let list = settings[key].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
        list.flat_map(|word| [flag.to_owned(), word.to_owned()]).collect()
    };
    let mut arguments: Vec<String> = ["run", "two.toml", "--no-figures"].map(str::to_owned).into();
    arguments.extend(words("set", "--set"));
    arguments.extend(words("only_arms", "--arm"));
    let tolerance = settings["relative_tolerance"].as_float().unwrap().to_string();
    let method = settings["method"].as_str().unwrap().to_owned();
    let hypothesis = settings["hypothesis"].as_str().unwrap().to_owned();
    let pairs = [("--rtol", tolerance), ("--method", method), ("--hypothesis", hypothesis)];
    arguments.extend(pairs.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value]));
    if settings["beyond_range"].as_bool() == Some(true) {
        arguments.push("--beyond-range".into());
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(run(&again, &arguments).0, Some(0));
    for file in ["manifest.toml", "summary.csv", "k2/trajectory.csv", "k2/flows.csv"] {
        let bytes = |folder: &Path| fs::read(folder.join(file)).unwrap();
        assert_eq!(bytes(&result), bytes(&again.path().join("output/two")), "{file}");
    }
}
