//! Every command and every file of the README and of the chapters in `docs/` works as written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn chapters() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut chapters: Vec<PathBuf> = docs.chain([root().join("README.md")]).collect();
    chapters.sort();
    chapters
}

/// A fenced block: its language, the file that the comment before it names, its lines.
struct Block {
    language: String,
    file: Option<String>,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut file = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => {
                let language = language.to_owned();
                open = Some(Block { language, file: file.take(), text: String::new() });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {
                let named = line.strip_prefix("<!-- file: ");
                file = named.and_then(|rest| rest.strip_suffix(" -->")).map(str::to_owned);
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// A folder with the shipped scenarios.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("scenarios"), &folder.path().join("scenarios"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Words of a command line; double quotes hold one together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            '#' if !quoted => break,
            ' ' if !quoted => words.push(String::new()),
            letter => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Runs the program's commands of a block; those of cargo are other tests' business.
fn run(block: &Block, folder: &Path, chapter: &Path) -> usize {
    let mut count = 0;
    for line in block.text.lines() {
        let line = line.replace("cargo run --release -- ", "calcifate ");
        let words = words(&line);
        match words.first().map(String::as_str) {
            Some("calcifate") => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
                command.args(&words[1..]).current_dir(folder);
                // Without the engine, which `.ci/explorer` tests.
                let page = crate::explore::artifact(folder);
                let output = command.env("CALCIFATE_EXPLORER", page).output().unwrap();
                let told = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{}: {line}\n{told}", chapter.display());
                count += 1;
            }
            Some("cargo" | "pip") | None => {} // pip: .ci/python
            Some(other) => panic!("{}: {other} is not run by any test", chapter.display()),
        }
    }
    count
}

/// Whole commands in the running text, without those that stand for others (FILE, …).
///
/// Many runs are only planned here; that they go through is the business of `sweep_lessons`.
fn inline_commands(text: &str) -> Block {
    let outside = text.split("```").step_by(2);
    let spans = outside.flat_map(|part| part.split('`').skip(1).step_by(2));
    let whole = spans.filter(|span| {
        let stands_for = |word: &str| ["FILE", "…", ">", "|"].contains(&word);
        span.starts_with("calcifate ") && !span.split([' ', '/', '.']).any(stands_for)
    });
    let plan = |span: &str| {
        let many = ["calcifate sweep s", "calcifate sensitivity s"];
        let is_many = many.iter().any(|start| span.starts_with(start));
        format!("{span}{}\n", if is_many { " --dry-run" } else { "" })
    };
    Block { language: "sh".to_owned(), file: None, text: whole.map(plan).collect() }
}

#[test]
fn every_command_and_file_of_the_documentation_works() {
    let mut commands = 0;
    for chapter in chapters() {
        let folder = folder();
        let text = fs::read_to_string(&chapter).unwrap();
        if text.contains("class --collect answers") {
            crate::class::save_answers(folder.path());
        }
        for block in blocks(&text).into_iter().chain([inline_commands(&text)]) {
            match (block.language.as_str(), &block.file) {
                (_, Some(file)) => fs::write(folder.path().join(file), &block.text).unwrap(),
                ("sh", None) => commands += run(&block, folder.path(), &chapter),
                ("text" | "yaml", None) => {
                    // What a shell fills in is no command yet.
                    let is_command =
                        |line: &str| line.starts_with("calcifate ") && !line.contains('$');
                    let unrun = block.text.lines().find(|line| is_command(line));
                    assert_eq!(unrun, None, "{}: not run by any test", chapter.display());
                }
                ("python", None) => {} // python/tests/test_docstrings.py
                (other, None) => panic!("{}: no test reads {other}", chapter.display()),
            }
        }
    }
    assert!(commands > 30, "{commands}");
}

#[test]
fn every_link_of_the_documentation_leads_to_a_file() {
    for chapter in chapters() {
        let text = fs::read_to_string(&chapter).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("http")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = chapter.parent().unwrap().join(file);
            assert!(target.exists(), "{}: {link}", chapter.display());
            if !heading.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                let heads = text.lines().filter_map(|line| line.strip_prefix("## "));
                let mut anchors = heads.map(|head| {
                    let kept = head.to_lowercase().replace(' ', "-");
                    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect::<String>()
                });
                assert!(anchors.any(|anchor| anchor == heading), "{}: {link}", chapter.display());
            }
        }
    }
}

#[test]
fn the_readme_is_short() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(text.lines().count() < 200, "{} lines", text.lines().count());
}
