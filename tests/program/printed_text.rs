//! Text of strangers leaves the program as something to look at: no terminal, spreadsheet or shell
//! obeys it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const HOSTILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/control_characters.toml");

fn calcifate(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// What no text of ours holds: controls but line breaks and tabs, and those of writing direction.
fn acting(text: &str) -> Vec<char> {
    let acts = |letter: &char| {
        (letter.is_control() && !matches!(letter, '\n' | '\t'))
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}')
    };
    text.chars().filter(acts).collect()
}

/// Every text file below a folder but manifests, which keep the files as they were.
fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.file_name().is_some_and(|name| name != "manifest.toml")
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn control_characters_are_shown_and_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(HOSTILE, folder.path().join("hostile.toml")).unwrap();
    for color in ["never", "always"] {
        for arguments in [&["run", "hostile.toml"][..], &["check", "hostile.toml"]] {
            let (code, out, err) = calcifate(&folder, &[arguments, &["--color", color]].concat());
            assert_eq!(code, Some(0), "{err}");
            let seen = "& \\u001B[31mRED\\u001B[0m \\u202Eabc \\u0007 \\u0000";
            assert!(out.contains(seen), "{out}");
            let ours = ["\u{1b}[1m", "\u{1b}[32m", "\u{1b}[33;1m", "\u{1b}[2m", "\u{1b}[0m"];
            let plain = |text: &str| ours.iter().fold(text.to_owned(), |t, o| t.replace(o, ""));
            let (out, err) =
                if color == "always" { (plain(&out), plain(&err)) } else { (out, err) };
            assert_eq!((acting(&out), acting(&err)), (Vec::new(), Vec::new()), "{out}{err}");
        }
    }
    let mut found = Vec::new();
    texts(&folder.path().join("output"), &mut found);
    assert!(found.len() > 12, "{}", found.len());
    for (name, text) in &found {
        assert!(acting(text).is_empty(), "{name}: {:?}", acting(text));
    }
    let text = |end: &str| &found.iter().find(|(name, _)| name.ends_with(end)).unwrap().1;
    assert!(text("README.txt").contains("!A0 \\u001B]0;pwn\\u0007\n"), "{}", text("README.txt"));
    assert!(text("claims.csv").contains("\n'=1+1 \\u001B[5m <script>,end(cac) in b"));
    assert!(text("paradox.svg").contains("\\u202Eabc"));
    // A program reads back from JSON what the file says.
    let (_, out, _) = calcifate(&folder, &["run", "hostile.toml", "--json", "--no-figures"]);
    assert!(acting(&out).is_empty());
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(document["scenarios"][0]["arms"][0]["label"].as_str().unwrap().contains("\\u001B[31m"));
}

#[test]
fn names_of_files_and_values_of_manifests_are_shown_too() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = calcifate(&folder, &["run", "a\u{1b}[2J\u{202e}b.toml"]);
    assert_eq!((code, acting(&err)), (Some(2), Vec::new()));
    assert!(err.contains("a\\u001B[2J\\u202Eb.toml"), "{err}");
    for arguments in
        [&["run", "--\u{1b}]0;x\u{7}"][..], &["\u{202e}ru"], &["run", "x", "-j", "\u{7}"]]
    {
        let (code, _, err) = calcifate(&folder, arguments);
        assert_eq!((code, acting(&err)), (Some(2), Vec::new()), "{err}");
    }
    let scenario = "duration = \"10 days\"\n[[arm]]\nname = \"a\"\n";
    fs::write(folder.path().join("\u{202e}lesson.toml"), scenario).unwrap();
    let (code, _, err) = calcifate(&folder, &["run", "\u{202e}lesson.toml"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("\\u202Elesson.toml: the file's name would name"), "{err}");
    // A name in a manifest: of one line, or it is refused and shown.
    fs::write(folder.path().join("tiny.toml"), scenario).unwrap();
    let sweep = "scenario = \"tiny.toml\"\n[vary]\nage = [40, 50]\n[outcomes]\nca = \"end(cac)\"\n";
    fs::write(folder.path().join("s.toml"), sweep).unwrap();
    assert_eq!(calcifate(&folder, &["sweep", "s.toml", "--no-figures"]).0, Some(0));
    let manifest = folder.path().join("output/s/manifest.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    for program in ["calc\\u001b[31mifate", "calc\u{202e}ifate"] {
        fs::write(&manifest, text.replace("\"calcifate 0", &format!("\"{program} 0"))).unwrap();
        let (code, _, err) = calcifate(&folder, &["sweep", "s.toml", "--no-figures"]);
        assert_eq!((code, acting(&err)), (Some(1), Vec::new()), "{err}");
        assert!(err.contains("is damaged"), "{err}");
    }
}

/// A line break in a path begins no line: what follows it could be read as a message of ours.
#[cfg(unix)]
#[test]
fn paths_stand_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "in\nerror: nothing was run";
    fs::create_dir(folder.path().join(deep)).unwrap();
    let path = |name: &str| format!("{deep}/{name}");
    let lesson = "duration = \"2 days\"\n[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\nlike = \"a\"\n\
                  take = [\"MK-7 90 ug daily\"]\n";
    let sweep =
        "scenario = \"a.toml\"\n[vary]\nage = [50, 60]\n[outcomes]\ncac = \"end(cac) in a\"\n";
    let (lesson_file, sweep_file) = (path("a.toml"), path("s.toml"));
    fs::write(folder.path().join(&lesson_file), lesson).unwrap();
    fs::write(folder.path().join(&sweep_file), sweep).unwrap();
    let (output, page, model) = (path("out"), path("page"), path("model.xml"));
    let (lesson, sweep) = (lesson_file.as_str(), sweep_file.as_str());
    for arguments in [
        &["check", lesson][..],
        &["check", sweep],
        &["run", lesson, "-o", &output],
        &["run", lesson, "-o", &output, "--force"],
        &["run", &path("none.toml")],
        &["run", lesson, lesson, "-o", &output],
        &["sweep", sweep, "-o", &output],
        &["sweep", sweep, "--shard", "1/2", "-o", &output],
        &["merge", &path("out/s.shard-1-of-2"), "-o", &page],
        &["merge", &path("out/a"), "-o", &page],
        &["report", &path("out/a"), "-o", &page],
        &["why", lesson, "--from", "a", "--to", "b", "-o", &output],
        &["export", "sbml", lesson, "--arm", "a", "-o", &model],
        &["export", "sbml", lesson, "--arm", "a", "-o", &model],
        &["new", &path("mine.toml")],
        &["new", &path("mine.toml")],
        &["class", &path("none.toml")],
        &["verdicts", &path("none.toml")],
        &["evidence", &path("none.csv")],
    ] {
        let (_, out, err) = calcifate(&folder, arguments);
        let told = format!("{out}{err}");
        assert!(told.contains("in\\u000Aerror: nothing was run"), "{arguments:?}\n{told}");
        let lines: Vec<&str> = told.lines().collect();
        assert!(!lines.iter().any(|line| line.starts_with("error: nothing was run")), "{told}");
        // Within a command it is what a shell reads as a line break.
        assert!(!told.contains("in\nerror"), "{arguments:?}\n{told}");
    }
}

#[test]
fn words_for_tables_and_figures_stand_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let lesson = |title: &str, label: &str, says: &str| {
        format!(
            "title = {title}\nduration = \"10 days\"\n[person]\nsex = \"male\"\nage = 40\n[[arm]]\nname = \"a\"\nlabel = {label}\n\
             [[claim]]\nsays = {says}\nthat = \"end(cac) < 9\"\n"
        )
    };
    let (one, two) = ("\"\"\"\none line\n\"\"\"", "\"two\\nlines\"");
    for (text, key, line) in [
        (lesson(two, one, one), "title", 1),
        (lesson(one, two, one), "label", 10),
        (lesson(one, one, "\"two\\rlines\""), "says", 14),
    ] {
        fs::write(folder.path().join("x.toml"), text).unwrap();
        let (code, _, err) = calcifate(&folder, &["check", "x.toml"]);
        assert_eq!(code, Some(2));
        assert!(err.contains(&format!("{key} needs a text of one line")), "{err}");
        assert!(err.contains(&format!("x.toml:{line}:")) && err.contains("1 error;"), "{err}");
    }
    fs::write(folder.path().join("x.toml"), lesson(one, one, one)).unwrap();
    let (code, out, _) = calcifate(&folder, &["run", "x.toml", "--no-figures"]);
    assert!(code == Some(0) && out.contains("✓ one line ("), "{out}");
}

/// Each printed command does what it says when it is pasted into a shell.
#[cfg(unix)]
#[test]
fn printed_commands_can_be_pasted() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_calcifate")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let paste = |command: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(&folder).env("PATH", &path);
        shell.output().unwrap().status.code()
    };
    for name in ["-rf", "it's", "a b; touch pwned", "$(touch pwned)", "plain"] {
        let (code, out, err) = calcifate(&folder, &["new", "--", name]);
        assert_eq!(code, Some(0), "{err}");
        let (_, command) = out.trim_end().rsplit_once("Next: ").unwrap();
        assert_eq!(paste(&command.replacen("run", "check", 1)), Some(0), "{command}");
    }
    assert!(!folder.path().join("pwned").exists());
    let lesson = "duration = \"10 days\"\n[[arm]]\nname = \"a\"\n";
    fs::create_dir(folder.path().join("-o $x")).unwrap();
    fs::write(folder.path().join("-o $x/it's.toml"), lesson).unwrap();
    let sweep = "scenario = \"-o $x/it's.toml\"\n[vary]\nage = [40, 50]\n\
        [outcomes]\nca = \"end(cac)\"\n";
    fs::write(folder.path().join("s.toml"), sweep).unwrap();
    let (code, command, err) = calcifate(&folder, &["sweep", "s.toml", "--show-run", "1"]);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(command, "calcifate run './-o $x/it'\\''s.toml' --set age=50\n");
}

/// Cells of free words, and a number that begins as a formula does.
#[test]
fn no_cell_is_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let claims: String = ["=1+1", "+x", "-x", "@SUM(1)", "-2.5", "a = b"]
        .map(|says| format!("[[claim]]\nsays = \"{says}\"\nthat = \"-1 * end(cac) < 9\"\n"))
        .concat();
    let lesson = format!("duration = \"10 days\"\n[[arm]]\nname = \"a\"\n{claims}");
    fs::write(folder.path().join("x.toml"), lesson).unwrap();
    let (code, _, err) = calcifate(&folder, &["run", "x.toml", "--no-figures"]);
    assert_eq!(code, Some(0), "{err}");
    let table = fs::read_to_string(folder.path().join("output/x/claims.csv")).unwrap();
    let says: Vec<&str> = table.lines().skip(1).map(|row| row.split(',').next().unwrap()).collect();
    assert_eq!(says, ["'=1+1", "'+x", "'-x", "'@SUM(1)", "-2.5", "a = b"]);
    assert!(table.contains(",'-1 * end(cac) < 9,yes,"), "{table}");
    // Numbers are numbers, negative ones too.
    let balance = fs::read_to_string(folder.path().join("output/x/summary.csv")).unwrap();
    assert!(balance.contains(",-") && !balance.contains('\''), "{balance}");
}
