//! Folders that somebody else wrote, damaged or made long ago: named, and left as they are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Folders that version 0.1.0 wrote (shortened), with the files that they came from.
const OLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/folders_of_0_1_0");

const SHARDS: [&str; 2] = ["parts/doses.shard-1-of-2", "parts/doses.shard-2-of-2"];

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A folder with the input files alone.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["tiny.toml", "doses.toml", "matters.toml"] {
            fs::copy(Path::new(OLD).join(name), folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    /// A folder with the input files and the results of version 0.1.0.
    fn of_0_1_0() -> Self {
        let place = Self::new();
        for (name, bytes) in files(Path::new(OLD)) {
            let path = place.path(&name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn calcifate(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
        command.current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    fn fine(&self, arguments: &[&str]) -> String {
        let output = self.calcifate(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
        told
    }

    /// The message of a command that fails and leaves every file as it is.
    #[track_caller]
    fn refused(&self, arguments: &[&str]) -> String {
        let before = files(self.folder.path());
        let output = self.calcifate(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(files(self.folder.path()) == before, "{arguments:?} wrote something: {told}");
        told
    }

    /// Changes the manifest of a folder.
    fn change(&self, folder: &str, change: impl Fn(&str) -> String) {
        let path = self.path(folder).join("manifest.toml");
        let text = fs::read_to_string(&path).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed, "nothing changed");
        fs::write(path, changed).unwrap();
    }
}

/// Every file below a folder.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The manifest cut after so many of every hundred bytes.
fn cut(text: &str, percent: usize) -> String {
    text[..text.len() * percent / 100].to_owned()
}

/// The manifest with another value of a key.
fn with(text: &str, key: &str, value: &str) -> String {
    let line = |line: &str| match line.split_once(" = ") {
        Some((found, _)) if found == key => format!("{key} = {value}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Values that no manifest may hold: key and value.
const IMPOSSIBLE: [(&str, &str); 22] = [
    ("runs", "1000000000000000"),
    ("runs", "18446744073709551616"),
    ("runs", "0"),
    ("runs", "-3"),
    ("runs", "2.5"),
    ("runs_per_chunk", "0"),
    ("runs_per_chunk", "1000001"),
    ("samples", "1000000001"),
    ("sweep", "\"./../x\""),
    ("sweep", "\"..\""),
    ("sweep", "\"a/b\""),
    ("sweep", "'a\\b'"),
    ("sweep", "\"\""),
    ("sweep", "\"NUL\""),
    ("sweep_file", "\"abc\""),
    ("parameter_table", "\"../../etc/passwd\""),
    ("method", "\"magic\""),
    ("relative_tolerance", "nan"),
    ("seed", "-1"),
    ("header", "\"run,x\""),
    ("complete", "\"yes\""),
    ("program", "\"calc\\nifate\""),
];

#[test]
fn a_damaged_manifest_of_a_sweep_is_named_and_nothing_is_written() {
    let place = Place::new();
    let sweep = ["sweep", "doses.toml", "--no-figures"];
    place.fine(&sweep);
    let whole = fs::read_to_string(place.path("output/doses/manifest.toml")).unwrap();
    let identity = whole.split("\n[[column]]").next().unwrap().len();
    let mut damaged: Vec<String> = [10, 50, 90, 99].map(|percent| cut(&whole, percent)).into();
    damaged.push(whole[..identity].to_owned()); // every value that is compared is there
    damaged.push(whole.replacen("mg/day", "mg/d", 1)); // a text that has not its hash
    damaged.extend(IMPOSSIBLE.iter().map(|(key, value)| with(&whole, key, value)));
    for text in damaged {
        place.change("output/doses", |_| text.clone());
        let told = place.refused(&sweep);
        let named = "output/doses/manifest.toml is damaged: ";
        assert!(told.contains(named) && told.contains("again with --force"), "{text}\n{told}");
        assert!(!told.contains("the same command goes on"), "{told}");
    }
    let told = place.fine(&[&sweep[..], &["--force"]].concat());
    assert!(told.contains("output/doses is now output/doses.before-1"), "{told}");
    assert_eq!(fs::read_to_string(place.path("output/doses/manifest.toml")).unwrap(), whole);
}

#[test]
fn merge_believes_no_manifest() {
    let place = Place::new();
    for shard in ["1/2", "2/2"] {
        place.fine(&["sweep", "doses.toml", "--shard", shard, "-o", "parts"]);
    }
    let merge = ["merge", SHARDS[0], SHARDS[1], "-o", "merged", "--no-figures"];
    let whole = fs::read_to_string(place.path(SHARDS[0]).join("manifest.toml")).unwrap();
    let mut damaged: Vec<String> = [10, 50, 90].map(|percent| cut(&whole, percent)).into();
    damaged.extend(IMPOSSIBLE.iter().map(|(key, value)| with(&whole, key, value)));
    let shards = ["1/0", "0/2", "3/2", "1/18446744073709551616", "1/2000000", "one", ""];
    damaged.extend(shards.map(|shard| with(&whole, "shard", &format!("\"{shard}\""))));
    for text in damaged {
        place.change(SHARDS[0], |_| text.clone());
        let told = place.refused(&merge);
        assert!(told.contains("manifest.toml is damaged: "), "{text}\n{told}");
        assert!(!place.path("merged").exists(), "{text}");
    }
    // A limit that is kept, but never reached: at once, without looking for each chunk.
    for folder in SHARDS {
        place.change(folder, |_| with(&whole, "runs", "1000000000"));
    }
    let told = place.refused(&merge);
    let named = "manifest.toml is damaged: its own texts say otherwise: runs is 1000000000 there, ";
    assert!(told.contains(named), "{told}");
}

#[test]
fn merge_takes_units_and_files_of_nobody_else() {
    let place = Place::new();
    for shard in ["1/2", "2/2"] {
        place.fine(&["sweep", "doses.toml", "--shard", shard, "-o", "parts"]);
    }
    let merge = ["merge", SHARDS[0], SHARDS[1], "-o", "merged", "--no-figures"];
    let refused = |wanted: &[&str]| {
        let told = place.refused(&merge);
        assert!(wanted.iter().all(|wanted| told.contains(wanted)), "{wanted:?}\n{told}");
        assert!(!told.contains("choose another folder"), "{told}");
        assert!(!place.path("merged").exists(), "{told}");
    };
    let manifest = |at: usize| place.path(SHARDS[at]).join("manifest.toml");
    for at in [0, 1] {
        let whole = fs::read_to_string(manifest(at)).unwrap();
        assert!(whole.contains("unit = \"AU\""), "{whole}");
        let unit = whole.replacen("unit = \"AU\"", "unit = \"mg\"", 1);
        place.change(SHARDS[at], |_| unit.clone());
        let named = format!("{}/manifest.toml is damaged: its own texts say otherwise", SHARDS[at]);
        refused(&[&named, "the unit of column ", "is \"mg\" there, \"AU\" here"]);
        place.change(SHARDS[at], |_| whole.clone());
    }
    // What else a stranger may write there does not come into the whole.
    place.change(SHARDS[0], |text| text.replacen("note = \"", "note = \"Believe me. ", 1));
    for (folder, name) in
        [(SHARDS[0], "chunks/000000.csv"), (SHARDS[1], "parquet/runs-000001.parquet")]
    {
        let path = place.path(folder).join(name);
        let Ok(whole) = fs::read(&path) else { continue }; // built without Parquet
        let mut damaged = whole.clone();
        *damaged.last_mut().unwrap() ^= 1;
        fs::write(&path, damaged).unwrap();
        refused(&[&format!("{folder}/{name} is damaged; the same `calcifate sweep … --shard`")]);
        fs::write(&path, whole).unwrap();
    }
    place.fine(&merge);
    let merged = fs::read_to_string(place.path("merged/doses/manifest.toml")).unwrap();
    assert!(!merged.contains("Believe me"), "{merged}");
}

#[test]
fn ends_of_lines_do_not_matter() {
    let place = Place::new();
    for shard in ["1/2", "2/2"] {
        place.fine(&["sweep", "doses.toml", "--shard", shard, "-o", "parts"]);
    }
    let merge = |output| {
        place.fine(&["merge", SHARDS[0], SHARDS[1], "-o", output, "--no-figures"]);
        files(&place.path(output))
    };
    let merged = merge("merged");
    place.change(SHARDS[0], |text| text.replace('\n', "\r\n"));
    assert!(merge("again") == merged, "another result");
}

#[test]
fn a_damaged_manifest_of_an_analysis_is_named() {
    let place = Place::new();
    let analysis = ["sensitivity", "matters.toml", "--no-figures"];
    place.fine(&analysis);
    let whole = fs::read_to_string(place.path("output/matters/manifest.toml")).unwrap();
    for text in [
        cut(&whole, 10),
        cut(&whole, 50),
        cut(&whole, 90),
        with(&whole, "sensitivity", "\"../x\""),
        with(&whole, "grades_table_sha256", "\"abc\""),
        with(&whole, "inputs", "1000000000000"),
    ] {
        place.change("output/matters", |_| text.clone());
        let told = place.refused(&analysis);
        assert!(told.contains("output/matters/manifest.toml is damaged: "), "{text}\n{told}");
    }
}

#[test]
fn a_run_of_0_1_0_is_replaced() {
    let place = Place::of_0_1_0();
    let told = place.fine(&["run", "tiny.toml", "--no-figures"]);
    assert!(told.starts_with("warning: no sex given"), "{told}");
    assert!(told.ends_with("\n1 warning.\n"), "{told}");
    let new = fs::read_to_string(place.path("output/tiny/manifest.toml")).unwrap();
    let old = fs::read_to_string(Path::new(OLD).join("output/tiny/manifest.toml")).unwrap();
    assert_ne!(new, old);
    let kept = files(&place.path("output/tiny"));
    assert!(!kept.keys().any(|name| name.contains("kept")), "{:?}", kept.keys());
    // Every key is still there, with the same meaning.
    let (new, old): (toml::Table, toml::Table) = (new.parse().unwrap(), old.parse().unwrap());
    for (key, value) in old.iter().filter(|(key, _)| *key != "program") {
        same_meaning(key, value, &new[key]);
    }
}

/// Keys whose numbers are computed.
const COMPUTED: [&str; 5] = ["steps", "rejected", "rhs_calls", "jacobians", "events"];

/// Whole numbers may have become numbers with a point; work and results are those of the model of
/// today.
fn same_meaning(key: &str, old: &toml::Value, new: &toml::Value) {
    match (old, new) {
        _ if key == "model" => assert_eq!((old.as_str(), new.as_str()), (Some("2.1"), Some("3.1"))),
        _ if COMPUTED.contains(&key) => assert!(old.type_str() == new.type_str(), "{key}"),
        (toml::Value::Table(old), toml::Value::Table(new)) => {
            old.iter().for_each(|(key, value)| same_meaning(key, value, &new[key]));
        }
        // A run has a page since then.
        (toml::Value::Array(old), toml::Value::Array(new)) if key == "files" => {
            assert!(old.iter().all(|name| new.contains(name)), "{old:?} {new:?}");
        }
        (toml::Value::Array(old), toml::Value::Array(new)) => {
            assert_eq!(old.len(), new.len(), "{key}");
            old.iter().zip(new).for_each(|(old, new)| same_meaning(key, old, new));
        }
        (toml::Value::Integer(old), toml::Value::Float(new)) => assert_eq!(*old as f64, *new),
        _ => assert_eq!(old, new, "{key}"),
    }
}

#[test]
fn a_sweep_of_0_1_0_is_refused_with_a_clear_word() {
    let place = Place::of_0_1_0();
    let (sweep, analysis) = (["sweep", "doses.toml"], ["sensitivity", "matters.toml"]);
    let merge = ["merge", SHARDS[0], SHARDS[1], "-o", "merged"];
    for arguments in [&sweep[..], &analysis, &merge] {
        let told = place.refused(arguments);
        let named = "calcifate 0.1.0 wrote this folder in a layout that this version cannot go on";
        assert!(told.contains(named) && told.contains("--force"), "{told}");
    }
    place.fine(&[&sweep[..], &["--force"]].concat());
    assert!(place.path("output/doses.before-1/chunks/000000.csv").exists());
    place.fine(&[&analysis[..], &["--force"]].concat());
    assert!(place.path("output/matters.before-1/indices.csv").exists());
}

/// Leftovers of killed writers of version 0.1.0 and of this version.
#[test]
fn leftovers_of_killed_writers_are_removed() {
    let place = Place::new();
    fs::create_dir_all(place.path("output/.tiny.new-4711/usual")).unwrap();
    fs::create_dir_all(place.path("output/.doses.new-4711")).unwrap();
    fs::create_dir_all(place.path("output/doses")).unwrap();
    for file in [".tiny.new-4711/summary.csv", ".tiny.lock", ".tiny_usual.xml.new-4711"] {
        fs::write(place.path("output").join(file), "half").unwrap();
    }
    place.fine(&["run", "tiny.toml", "--no-figures"]);
    place.fine(&["export", "sbml", "tiny.toml"]);
    place.fine(&["sweep", "doses.toml", "--no-figures"]);
    let parts = ["chunks/.000001.csv.part", ".results.csv.part", ".manifest.toml.part"];
    fs::remove_file(place.path("output/doses/chunks/000001.csv")).unwrap();
    for file in parts {
        fs::write(place.path("output/doses").join(file), "half").unwrap();
    }
    place.fine(&["sweep", "doses.toml", "--no-figures"]);
    let left = files(&place.path("output"));
    let left: Vec<_> =
        left.keys().filter(|name| name.contains("/.") || name.starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A link in place of a file being written must not lead the writer elsewhere.
#[cfg(unix)]
#[test]
fn a_link_beside_a_chunk_is_not_written_through() {
    let place = Place::new();
    place.fine(&["sweep", "doses.toml", "--no-figures"]);
    fs::write(place.path("precious.txt"), "mine").unwrap();
    fs::remove_file(place.path("output/doses/chunks/000001.csv")).unwrap();
    let link = place.path("output/doses/chunks/.000001.csv.part");
    std::os::unix::fs::symlink(place.path("precious.txt"), link).unwrap();
    place.fine(&["sweep", "doses.toml", "--no-figures"]);
    assert_eq!(fs::read_to_string(place.path("precious.txt")).unwrap(), "mine");
}
