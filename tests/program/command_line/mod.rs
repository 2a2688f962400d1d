//! The program as a user meets it: whole texts, exit codes, and what is on disk afterwards.
mod evidence;
mod exports;
mod folders;
mod letters;
mod lists;
mod messages;
mod reports;
mod runs;
mod streams;
mod verdicts;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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
