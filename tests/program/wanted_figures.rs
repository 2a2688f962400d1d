//! `[[figure]]`: figures as a file wants them.

use calcifate::Scenario;
use std::fs;
use std::path::Path;
use std::process::Command;

const LESSON: &str = r#"
title = "Three arms"
duration = "10 years"
[person]
sex = "female"
age = 60
[[arm]]
name = "usual"
[[arm]]
name = "calcium"
take = ["calcium 500 mg daily"]
[[arm]]
name = "k2"
take = ["MK-7 180 ug daily"]
"#;

/// Runs the lesson with these figures; gives the folder of figures.
fn drawn(folder: &Path, figures: &str) -> std::path::PathBuf {
    fs::write(folder.join("three.toml"), format!("{LESSON}{figures}")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    let output = command.args(["run", "three.toml"]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder.join("output/three/figures")
}

fn stems(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let svg = entries.filter(|path| path.extension().is_some_and(|ending| ending == "svg"));
    let mut stems: Vec<String> =
        svg.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    stems.sort();
    stems
}

#[test]
fn figures_are_drawn_as_they_are_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let figures = drawn(
        folder.path(),
        r#"
[[figure]]
kind = "timeline"
arms = ["usual", "k2"]
readouts = ["cac"]
period = "2 to 6 years"
limits = { cac = [0, 400] }
headline = "At the end {end(cac) in k2}"
[[figure]]
kind = "timeline"
size = "phone"
greyscale = true
[[figure]]
kind = "body"
name = "map"
size = "page"
"#,
    );
    assert_eq!(stems(&figures), ["map", "timeline", "timeline_2"]);
    let text = |name: &str| fs::read_to_string(figures.join(name)).unwrap();
    let first = text("timeline.svg");
    assert!(first.contains("viewBox=\"0 0 1600 900\""));
    assert!(first.contains(">At the end "), "the headline");
    // From 62 to 66 years, two of three arms, an axis up to 400.
    for (word, there) in [(">62<", true), (">66<", true), (">70<", false), (">400<", true)] {
        assert_eq!(first.contains(word), there, "{word}");
    }
    assert!(first.contains(">k2</text>") && !first.contains(">calcium</text>"));
    // K2 alone has its color, also where an arm before it is left out.
    assert!(first.contains("stroke=\"#e69f00\""), "orange");
    let phone = text("timeline_2.svg");
    assert!(phone.contains("viewBox=\"0 0 450 "));
    let colors = phone.split('#').skip(1).filter_map(|rest| rest.get(..6));
    let colors = colors.filter(|color| color.chars().all(|digit| digit.is_ascii_hexdigit()));
    for color in colors {
        assert!(color[..2] == color[2..4] && color[2..4] == color[4..], "{color} is no grey");
    }
    assert!(text("map.svg").contains("viewBox=\"0 0 1100 "));
}

#[test]
fn without_wishes_the_usual_figures_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let figures = drawn(folder.path(), "");
    assert_eq!(stems(&figures), ["body", "fate", "kinetics", "paradox", "timeline"]);
    let run = Scenario::parse(LESSON).unwrap().run().unwrap();
    assert_eq!(run.figure_names(), ["paradox", "timeline", "body", "fate", "kinetics"]);
    let from_library = run.figure("timeline").unwrap();
    assert_eq!(fs::read_to_string(figures.join("timeline.svg")).unwrap(), from_library.svg);
    // `draw` and `[[figure]]` add up; a second figure of a kind has a name of its own.
    let both = "[figures]\ndraw = [\"fate\"]\n[[figure]]\nkind = \"fate\"\nsize = \"page\"\n";
    let run = Scenario::parse(&format!("{LESSON}{both}")).unwrap().run().unwrap();
    assert_eq!(run.figure_names(), ["fate"]);
    assert_eq!(stems(&drawn(folder.path(), both)), ["fate", "fate_2"]);
}

#[test]
fn sweeps_have_figures_of_their_own_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("three.toml"), LESSON).unwrap();
    let sweep = r#"
scenario = "three.toml"
arms = ["usual", "k2"]
set = { duration = "1 year" }
vary = { age = [60, 70] }
outcomes = { artery = "end(cac) in k2" }
[[figure]]
kind = "dose_response"
size = "phone"
headline = "Age counts"
"#;
    let run = |text: &str| {
        fs::write(folder.path().join("ages.toml"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
        command.args(["sweep", "ages.toml"]).current_dir(&folder).output().unwrap()
    };
    assert!(run(sweep).status.success());
    let figures = folder.path().join("output/ages/figures");
    assert_eq!(stems(&figures), ["dose_response"]);
    let svg = fs::read_to_string(figures.join("dose_response.svg")).unwrap();
    assert!(svg.contains(">Age counts</text>") && svg.contains("viewBox=\"0 0 450 "));
    let refused = run(&sweep.replace("dose_response", "dose_respons"));
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("ages.toml:8:8") && told.contains("did you mean \"dose_response\"?"));
}

#[test]
fn starts_of_phases_are_marked() {
    let phase = "[[arm.phase]]\nfrom = \"4 years\"\ntake = [\"MK-7 360 ug daily\"]\n";
    for (rest, marked) in [("", false), (phase, true)] {
        let run = Scenario::parse(&format!("{LESSON}{rest}")).unwrap().run().unwrap();
        let svg = run.figure("timeline").unwrap().svg;
        assert_eq!(svg.contains("dashed: an arm changes"), marked);
        assert_eq!(svg.contains("stroke-dasharray=\"4 4\""), marked);
    }
}

#[test]
fn the_numbers_of_a_headline_stand_in_the_timeline() {
    let figures = "[figures]\ndraw = [\"timeline\"]\ntimeline = [\"dp_ucmgp\"]\n";
    let headline =
        "headline = \"At {at(dp_ucmgp, 50 days) in k2}, {at(dp_ucmgp, 1 day) in usual}\"";
    let numbers = |rest: &str| {
        let run = Scenario::parse(&format!("{rest}{LESSON}{figures}")).unwrap().run().unwrap();
        let value = |text: &str| run.value(text, "usual").unwrap().round();
        let told = [value("at(dp_ucmgp, 50 days) in k2"), value("at(dp_ucmgp, 1 day) in usual")];
        let svg = run.figure("timeline").unwrap().svg;
        told.map(|number| svg.contains(&format!(">{number}</text>")))
    };
    assert_eq!((numbers(headline), numbers("")), ([true, true], [false, false]));
}

#[test]
fn limits_that_show_nothing_are_refused_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let run = |figure: &str| {
        let text =
            format!("{LESSON}[[figure]]\nkind = \"timeline\"\nreadouts = [\"cac\"]\n{figure}\n");
        fs::write(folder.path().join("three.toml"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
        let output = command.args(["run", "three.toml"]).current_dir(&folder).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (figure, told) in [
        ("limits = { cac = [-1e308, 1e308] }", "limits of \"cac\" beyond what can be drawn"),
        ("limits = { cac = [0, 1e20] }", "an axis goes from -1e9 to 1e9 at most"),
        ("limits = { cac = [100, 100.00001] }", "impossible limits of \"cac\""),
        ("arms = []", "arms of a figure is empty"),
        ("period = \"0 to 0 years\"", "the period has no length"),
    ] {
        let (code, err) = run(figure);
        assert_eq!(code, Some(2), "{figure}: {err}");
        assert!(err.contains(told) && err.contains("three.toml:18:"), "{figure}: {err}");
    }
    let (code, err) = run("limits = { cac = [5000, 9000] }");
    assert_eq!(code, Some(0), "{err}");
    let told =
        "warning: nothing of “Coronary calcium” lies within these limits: the chart is empty";
    assert!(err.contains(told) && err.contains("three.toml:18:10"), "{err}");
    assert!(err.contains("take the limits out to see where the values lie"), "{err}");
    assert_eq!(run("limits = { cac = [0, 1e9] }"), (Some(0), String::new()));
}
