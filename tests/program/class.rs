//! `calcifate class`: pages, and the answers of a class collected.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn calcifate(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    command.arg("class").args(arguments).current_dir(folder).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Puts the saved answers of a student into the folder `answers`.
pub(crate) fn save_answers(folder: &Path) {
    let output = calcifate(folder, &["blood_calcium", "-o", "pages"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    fs::create_dir(folder.join("answers")).unwrap();
    let text = answers(&data(folder, "pages/blood_calcium.html"), "Ada", 1);
    fs::write(folder.join("answers/ada.json"), text).unwrap();
}

/// The data of the program of a page.
fn data(folder: &Path, page: &str) -> serde_json::Value {
    let page = fs::read_to_string(folder.join(page)).unwrap();
    let (_, after) = page.split_once("id=\"data\">").unwrap();
    let (data, _) = after.split_once("</script>").unwrap();
    serde_json::from_str::<serde_json::Value>(data).unwrap()["exercise"].clone()
}

fn answers(data: &serde_json::Value, name: &str, choice: u64) -> String {
    let step = &data["steps"][2];
    let mut saved = serde_json::json!({ "format": data["format"], "version": data["version"], "name": name,
        "exercise": data["exercise"], "digest": data["digest"] });
    saved["answers"][step["name"].as_str().unwrap()] = serde_json::json!({ "choice": choice });
    saved.to_string()
}

#[test]
fn a_class_is_collected_and_strangers_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let output = calcifate(folder, &["blood_calcium", "-o", "pages"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let page = fs::read_to_string(folder.join("pages/blood_calcium.html")).unwrap();
    assert!(page.contains("default-src 'none'") && !page.contains("http-equiv=\"refresh\""));
    let key = fs::read_to_string(folder.join("pages/blood_calcium.teacher.html")).unwrap();
    assert!(key.contains("Lesson plan") && key.contains("calcifate class --collect answers"));

    let data = data(folder, "pages/blood_calcium.html");
    fs::create_dir(folder.join("answers")).unwrap();
    let write =
        |name: &str, text: &str| fs::write(folder.join("answers").join(name), text).unwrap();
    write("a.json", &answers(&data, "Ada", 1));
    write("b.json", &answers(&data, "", 0));
    write("c.json", &answers(&data, "ada ", 1));
    write("notes.txt", "no answers");
    let output = calcifate(folder, &["--collect", "answers", "-o", "answers"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(
        told(&output).contains("c.json: the same answers as in a.json; counted once"),
        "{}",
        told(&output)
    );
    let table = fs::read_to_string(folder.join("answers/blood_calcium.overview.csv")).unwrap();
    assert_eq!(table.lines().count(), 3, "{table}");

    // Again, with the overview beside the answers, and with files that cannot be used.
    write("d.json", &answers(&data, "ADA", 0));
    write("e.json", "{\"format\":\"thesis\"}");
    write("f.json", &"x".repeat(100_001));
    write("g.json", &answers(&data, "Gil", 9));
    write("h.json", &answers(&data, "Hal", 1).replace("blood_calcium", "homework"));
    let output = calcifate(folder, &["--collect", "answers", "-o", "answers"]);
    assert_eq!(output.status.code(), Some(2));
    let told = told(&output);
    for named in [
        "d.json: another student, in a.json, is called \"ADA\" too",
        "e.json: it does not say format",
        "f.json: larger than 100000 bytes",
        "g.json: step \"share\": there are 3 options",
        "h.json: its exercise is not among those that were named",
    ] {
        assert!(told.contains(named), "{named}: {told}");
    }
    let overview = fs::read_to_string(folder.join("answers/blood_calcium.overview.json")).unwrap();
    assert!(overview.contains("\"students\": 2"), "{overview}");
}

#[test]
fn what_cannot_be_done_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let output = calcifate(folder, &["paradoks"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("did you mean \"paradox\""), "{}", told(&output));
    fs::write(folder.join("silent.toml"), "scenario = \"calcium_paradox\"\n").unwrap();
    let output = calcifate(folder, &["silent.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("the exercise asks nothing"), "{}", told(&output));
    let output = calcifate(folder, &["plaque", "--collect", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("nowhere: cannot be read"), "{}", told(&output));
    fs::create_dir(folder.join("empty")).unwrap();
    let output = calcifate(folder, &["plaque", "--collect", "empty"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("no answers that can be used"), "{}", told(&output));
    fs::create_dir(folder.join("pages")).unwrap();
    fs::write(folder.join("pages/plaque.html"), "a thesis").unwrap();
    let output = calcifate(folder, &["plaque", "-o", "pages"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert_eq!(fs::read_to_string(folder.join("pages/plaque.html")).unwrap(), "a thesis");
}

#[test]
fn a_run_of_an_exercise_is_told_its_own_command() {
    let folder = tempfile::tempdir().unwrap();
    let exercise = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/class/paradox.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    let output = command.arg("run").arg(exercise).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = told(&output);
    assert!(told.contains("this is a class exercise: calcifate class "), "{told}");
    assert_eq!(told.matches("error: ").count(), 1, "{told}");
}
