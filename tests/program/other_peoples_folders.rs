//! Links, pipes, folders and results of other people in the place of our own: named, left as they
//! are, and never waited for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const TINY: &str = "title = \"Tiny\"\nduration = \"10 days\"\n[person]\nsex = \"male\"\nage = 40\n[[arm]]\nname = \"usual\"\n";
const SWEEP: &str = "title = \"Doses\"\nscenario = \"tiny.toml\"\nruns_per_chunk = 1\n[vary]\n\
    mk7_supplement = [\"0 ug/day\", \"90 ug/day\"]\n[outcomes]\ndp = \"end(dp_ucmgp)\"\n";

/// No command of these tests takes longer; a pipe that is opened would wait for ever.
const PATIENCE: Duration = Duration::from_secs(60);

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.write("tiny.toml", TINY);
        place.write("doses.toml", SWEEP);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
        command.current_dir(self.folder.path()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Exit code and talk of a command that must come to its end.
    #[track_caller]
    fn calcifate(&self, arguments: &[&str]) -> (Option<i32>, String) {
        told(ended(self.command(arguments)))
    }

    #[track_caller]
    fn fine(&self, arguments: &[&str]) -> String {
        let (code, talk) = self.calcifate(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {talk}");
        talk
    }

    #[track_caller]
    fn refused(&self, arguments: &[&str], words: &str) {
        let (code, talk) = self.calcifate(arguments);
        assert!(code == Some(1) && talk.contains(words), "{arguments:?}: {code:?} {talk}");
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[track_caller]
fn ended(mut command: Command) -> Output {
    let mut child = command.spawn().unwrap();
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if started.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

fn told(output: Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
fn link(to: &Path, path: &Path) {
    std::os::unix::fs::symlink(to, path).unwrap();
}

const RUN: [&str; 3] = ["run", "tiny.toml", "--no-figures"];
const GO: [&str; 3] = ["sweep", "doses.toml", "--no-figures"];

#[cfg(unix)]
#[test]
fn a_lock_that_is_no_plain_file_is_named() {
    let place = Place::new();
    let lock = place.path("output/.tiny.lock");
    fs::create_dir(place.path("output")).unwrap();
    make_pipe(&lock);
    place.refused(&RUN, "output/.tiny.lock: a pipe, a socket or a device stands where");
    fs::remove_file(&lock).unwrap();
    link(&place.path("precious"), &lock);
    place.refused(&RUN, "output/.tiny.lock: a link stands where calcifate keeps a file of its own");
    assert!(!place.path("precious").exists());
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    place.refused(&RUN, "output/.tiny.lock: a folder stands where");
    fs::remove_dir(&lock).unwrap();
    place.fine(&RUN);
}

#[cfg(unix)]
#[test]
fn a_manifest_that_is_a_pipe_or_a_link_is_not_believed() {
    let place = Place::new();
    let manifest = place.path("output/tiny/manifest.toml");
    fs::create_dir_all(manifest.parent().unwrap()).unwrap();
    make_pipe(&manifest);
    place.refused(&RUN, "output/tiny: this folder is not empty and was not written by calcifate");
    place.fine(&[&RUN[..], &["--force"]].concat());
    place.fine(&GO);
    let manifest = place.path("output/doses/manifest.toml");
    fs::rename(&manifest, place.path("elsewhere.toml")).unwrap();
    link(&place.path("elsewhere.toml"), &manifest);
    place.refused(&GO, "output/doses: this folder is not empty");
    fs::remove_file(&manifest).unwrap();
    make_pipe(&manifest);
    place.refused(&GO, "output/doses: this folder is not empty");
    place.refused(&["merge", "output/doses"], "this is not a folder of `calcifate sweep`");
}

/// Each file and folder that a sweep keeps, in turn a link, a pipe and the wrong kind.
#[cfg(unix)]
#[test]
fn links_and_pipes_inside_a_sweep_are_named_and_their_targets_stay() {
    let place = Place::new();
    place.fine(&GO);
    let foreign = place.path("foreign");
    for name in ["chunks", "parquet"] {
        let (ours, kept) = (place.path("output/doses").join(name), place.path("kept"));
        fs::rename(&ours, &kept).unwrap();
        fs::create_dir(&foreign).unwrap();
        link(&foreign, &ours);
        place.refused(&GO, &format!("output/doses/{name}: a link stands where"));
        place.refused(&["merge", "output/doses", "-o", "m"], &format!("{name}: a link stands"));
        assert_eq!(fs::read_dir(&foreign).unwrap().count(), 0, "{name}");
        fs::remove_file(&ours).unwrap();
        fs::write(&ours, "a file").unwrap();
        place.refused(&GO, &format!("output/doses/{name}: a file stands where"));
        fs::remove_file(&ours).unwrap();
        fs::rename(&kept, &ours).unwrap();
        fs::remove_dir(&foreign).unwrap();
    }
    for name in ["chunks/000001.csv", "results.csv", "failures.csv", "timing.toml"] {
        let (ours, kept) = (place.path("output/doses").join(name), place.path("kept"));
        fs::rename(&ours, &kept).unwrap();
        fs::write(&foreign, "mine").unwrap();
        link(&foreign, &ours);
        place.refused(&GO, &format!("output/doses/{name}: a link stands where"));
        assert_eq!(fs::read_to_string(&foreign).unwrap(), "mine");
        fs::remove_file(&ours).unwrap();
        make_pipe(&ours);
        place.refused(&GO, &format!("output/doses/{name}: a pipe, a socket or a device stands"));
        fs::remove_file(&ours).unwrap();
        fs::create_dir(&ours).unwrap();
        place.refused(&GO, &format!("output/doses/{name}: a folder stands where"));
        fs::remove_dir(&ours).unwrap();
        fs::rename(&kept, &ours).unwrap();
        fs::remove_file(&foreign).unwrap();
    }
    place.fine(&GO);
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_chunks_of_a_shard_is_told_with_the_command_of_the_shard() {
    let place = Place::new();
    let shards = ["1/2", "2/2"].map(|shard| [&GO[..], &["--shard", shard]].concat());
    shards.iter().for_each(|shard| drop(place.fine(shard)));
    let merge = ["merge", "output/doses.shard-1-of-2", "output/doses.shard-2-of-2"];
    let chunk = place.path("output/doses.shard-1-of-2/chunks/000000.csv");
    fs::remove_file(&chunk).unwrap();
    make_pipe(&chunk);
    let (code, talk) = place.calcifate(&merge);
    assert_eq!(code, Some(1));
    assert!(talk.contains("000000.csv: a pipe, a socket or a device stands where"), "{talk}");
    assert!(
        talk.contains("repeat the `calcifate sweep … --shard` command") && !talk.contains(" -o")
    );
    // The remedy mends.
    fs::remove_file(&chunk).unwrap();
    place.fine(&shards[0]);
    place.fine(&merge);
}

#[cfg(unix)]
#[test]
fn a_sweep_does_not_go_on_through_a_link() {
    let place = Place::new();
    place.fine(&[&GO[..], &["-o", "elsewhere"]].concat());
    fs::create_dir(place.path("output")).unwrap();
    link(&place.path("elsewhere/doses"), &place.path("output/doses"));
    place.refused(&GO, "output/doses: this folder");
    // The folder that the user names may be a link.
    link(&place.path("elsewhere"), &place.path("named"));
    place.fine(&[&GO[..], &["-o", "named"]].concat());
}

#[cfg(unix)]
#[test]
fn what_is_written_beside_its_place_goes_through_no_link() {
    let place = Place::new();
    place.fine(&GO);
    place.write("precious.txt", "mine");
    fs::remove_file(place.path("output/doses/chunks/000001.csv")).unwrap();
    for part in ["chunks/.000001.csv.part", ".results.csv.part", ".manifest.toml.part"] {
        link(&place.path("precious.txt"), &place.path("output/doses").join(part));
    }
    make_pipe(&place.path("output/doses/parquet/.000001.parquet.part"));
    place.fine(&GO);
    assert_eq!(fs::read_to_string(place.path("precious.txt")).unwrap(), "mine");
    fs::create_dir(place.path("output/doses/.results.csv.part")).unwrap();
    place.refused(&GO, "output/doses/.results.csv.part: a folder stands where");
    // Manual pages and exports, too.
    fs::create_dir(place.path("pages")).unwrap();
    link(&place.path("precious.txt"), &place.path("pages/calcifate-run.1"));
    place.refused(
        &["man", "pages"],
        "pages/calcifate-run.1: this file was not written by calcifate",
    );
    link(&place.path("precious.txt"), &place.path("output/.tiny_usual.xml.part"));
    place.fine(&["export", "sbml", "tiny.toml"]);
    assert_eq!(fs::read_to_string(place.path("precious.txt")).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn files_name_only_files() {
    let place = Place::new();
    make_pipe(&place.path("pipe"));
    for (file, text) in [
        ("a.toml", "extends = \"pipe\"\n"),
        ("b.toml", "extends = \"/dev/zero\"\n"),
        ("c.toml", "extends = \".\"\n"),
    ] {
        place.write(file, text);
        let (code, talk) = place.calcifate(&["check", file]);
        assert_eq!(code, Some(2), "{talk}");
        let word = if file == "c.toml" { "this is a folder" } else { "a pipe or a device" };
        assert!(talk.contains(word) && talk.contains(&format!("{file}:1:11")), "{talk}");
    }
    place.write("s.toml", &SWEEP.replace("tiny.toml", "pipe"));
    let (code, talk) = place.calcifate(&["sweep", "s.toml"]);
    assert!(code == Some(2) && talk.contains("a pipe or a device"), "{talk}");
}

#[test]
fn a_long_chain_of_files_is_no_ring() {
    let place = Place::new();
    for file in 1..=17 {
        place.write(&format!("f{file}.toml"), &format!("extends = \"f{}.toml\"\n", file + 1));
    }
    place.write("f18.toml", TINY);
    let (code, talk) = place.calcifate(&["check", "f1.toml"]);
    assert_eq!(code, Some(2));
    assert!(talk.contains("more than 16 files extend each other"), "{talk}");
    assert!(talk.contains("f16.toml:1:11") && !talk.contains("ring"), "{talk}");
    place.fine(&["check", "f3.toml"]);
    place.write("f18.toml", "extends = \"f16.toml\"\n");
    let (code, talk) = place.calcifate(&["check", "f16.toml"]);
    assert_eq!(code, Some(2));
    let ring = "in a ring: f16.toml → f17.toml → f18.toml → f16.toml";
    assert!(talk.contains(ring), "{talk}");
}

#[test]
fn a_leftover_of_anybody_does_not_stop_later_runs() {
    let place = Place::new();
    place.fine(&RUN);
    // Neither a file nor a foreign folder of that name is an earlier result.
    place.write("output/.tiny.old", "a file");
    let talk = place.fine(&RUN);
    assert_eq!(talk, "note: an earlier result is now output/tiny.before-1\n");
    place.write("output/.tiny.old/thesis.tex", "years");
    let talk = place.fine(&RUN);
    assert_eq!(talk, "note: an earlier result is now output/tiny.before-2\n");
    assert_eq!(place.names("output"), ["tiny", "tiny.before-1", "tiny.before-2"]);
    assert!(place.path("output/tiny.before-2/thesis.tex").exists());
}

/// A result with a folder in which nobody may delete. The superuser may: the test becomes another.
#[cfg(target_os = "linux")]
#[test]
fn an_earlier_result_that_cannot_be_removed_stands_aside() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65534;
    let place = Place::new();
    place.write("output/tiny/x", "");
    fs::remove_dir_all(place.path("output/tiny")).unwrap();
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    if is_root {
        for name in ["", "output", "tiny.toml"] {
            chown(place.path(name), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    let run = || {
        let mut command = place.command(&RUN);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        told(ended(command))
    };
    assert_eq!(run(), (Some(0), String::new()));
    let locked = place.path("output/tiny/usual");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    let (code, talk) = run();
    assert_eq!(code, Some(0), "{talk}");
    assert!(talk.contains("an earlier result cannot be removed (Permission denied"), "{talk}");
    assert!(talk.contains("is now output/tiny.before-1"), "{talk}");
    assert_eq!(run(), (Some(0), String::new()));
    assert_eq!(place.names("output"), ["tiny", "tiny.before-1"]);
    let locked = place.path("output/tiny.before-1/usual");
    fs::set_permissions(locked, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn two_scenario_files_do_not_replace_each_others_results() {
    let place = Place::new();
    for file in ["base.toml", "base.txt", "a/base.toml", "b/base.toml"] {
        place.write(file, TINY);
    }
    let run = |file: &str, more: &[&str]| {
        place.calcifate(&[&["run", file, "--no-figures"][..], more].concat())
    };
    assert_eq!(run("base.toml", &[]), (Some(0), String::new()));
    assert_eq!(run("./base.toml", &[]), (Some(0), String::new()));
    for other in ["base.txt", "a/base.toml"] {
        let (code, talk) = run(other, &[]);
        assert_eq!(code, Some(1), "{talk}");
        let words = format!(
            "output/base: this folder holds the result of base.toml; rename {other}, choose"
        );
        assert!(talk.contains(&words), "{talk}");
    }
    let (code, talk) = run("base.txt", &["--force"]);
    assert_eq!((code, &*talk), (Some(0), "note: output/base is now output/base.before-1\n"));
    let manifest = |name: &str| fs::read_to_string(place.path(name)).unwrap();
    assert!(manifest("output/base.before-1/manifest.toml").contains("name = \"base.toml\""));
    assert!(manifest("output/base/manifest.toml").contains("name = \"base.txt\""));
    assert_eq!(run("a/base.toml", &["-o", "x"]).0, Some(0));
    assert_eq!(run("b/base.toml", &["-o", "x"]).0, Some(1));
    // The same file, named from another folder.
    let mut command = place.command(&["run", "base.toml", "--no-figures", "-o", "../x"]);
    command.current_dir(place.path("a"));
    assert_eq!(told(ended(command)), (Some(0), String::new()));
}

/// Where capital letters do not count, they would share a folder.
#[test]
fn names_that_differ_in_capitals_only_are_not_run_together() {
    let place = Place::new();
    place.write("TINY.toml", TINY);
    let (code, talk) = place.calcifate(&["run", "tiny.toml", "TINY.toml", "--no-figures"]);
    assert_eq!(code, Some(2));
    let words = "tiny.toml and TINY.toml would both write the output folder \"tiny\" or \"TINY\"";
    assert!(talk.contains(words), "{talk}");
}
