//! A sweep ends in the same bytes on any number of threads, in any split, after any interruption.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A person who is different each time, a short run, a grid on top, and some runs that fail.
const SWEEP: &str = r#"
title = "Small"
scenario = "small.toml"
seed = 5
runs_per_chunk = 4
keep = ["dp_ucmgp every 20 days", "serum_calcium every week in b"]

[vary]
mk7_supplement = ["0 ug/day", "180 ug/day"]
calcium_diet = "uniform 300 … 1500 mg/day"
egfr = "normal 80 ± 15 mL/min"
duration = "uniform 20 … 60 days"

[sample]
runs = 60
method = "latin_hypercube"

[outcomes]
dp = "end(dp_ucmgp) in b - end(dp_ucmgp) in a"
mid = "at(serum_calcium, 30 days) in a"

[conditions]
low = "dp_ucmgp in b < 300 pmol/L"
"#;

const SCENARIO: &str = r#"
title = "Small"
duration = "60 days"

[person]
age = 40

[[arm]]
name = "a"

[[arm]]
name = "b"
take = ["MK-7 90 ug daily"]
"#;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("sweep.toml"), SWEEP).unwrap();
        fs::write(folder.path().join("small.toml"), SCENARIO).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
        command.current_dir(self.folder.path()).args(arguments);
        command
    }

    fn calcifate(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn sweep(&self, output: &str, more: &[&str]) -> Output {
        self.calcifate(&[&["sweep", "sweep.toml", "-o", output], more].concat())
    }

    /// Every file of a finished sweep but the timing.
    fn files(&self, output: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(output).join("sweep");
        let mut found = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().unwrap() != "timing.toml" {
                    let name = path.strip_prefix(&root).unwrap().display().to_string();
                    found.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        found
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn same(place: &Place, one: &str, other: &str) {
    let (one, other) = (place.files(one), place.files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

#[test]
fn threads_shards_and_interruptions_leave_no_trace() {
    let place = Place::new();
    let one = place.sweep("one", &["-j", "1"]);
    // The runs that end before day 30 cannot tell their outcome: some fail, the others are kept.
    assert_eq!(one.status.code(), Some(1), "{}", told(&one));
    let files = place.files("one");
    let results = String::from_utf8(files["results.csv"].clone()).unwrap();
    assert_eq!(results.lines().count(), 121);
    let courses = String::from_utf8(files["courses.csv"].clone()).unwrap();
    let header = "run,arm,time_days,dp_ucmgp_pmol_per_l,serum_total_calcium_mmol_per_l";
    assert_eq!(courses.lines().next(), Some(header));
    let last_run = courses.lines().filter(|row| row.starts_with("119,")).count();
    assert!(last_run > 6, "{last_run}");
    let failures = String::from_utf8(files["failures.csv"].clone()).unwrap();
    assert!(failures.lines().count() > 10, "{failures}");
    assert!(failures.contains("calcifate run small.toml --set"), "{failures}");

    place.sweep("two", &["-j", "2"]);
    same(&place, "one", "two");

    let shards: Vec<String> = (1..=8)
        .map(|number| {
            place.sweep("parts", &["--shard", &format!("{number}/8")]);
            format!("parts/sweep.shard-{number}-of-8")
        })
        .collect();
    let mut merge = vec!["merge", "-o", "merged"];
    merge.extend(shards.iter().map(String::as_str));
    let merged = place.calcifate(&merge);
    assert_eq!(merged.status.code(), Some(1), "{}", told(&merged));
    same(&place, "one", "merged");

    killed_five_times(&place);
    same(&place, "one", "killed");
}

/// Kills the program five times, each time a little after further chunks were stored, at a moment
/// that differs from test to test; then lets it end.
fn killed_five_times(place: &Place) {
    let chunks = place.path("killed/sweep/chunks");
    let stored = || fs::read_dir(&chunks).map_or(0, Iterator::count);
    let mut in_the_middle = 0;
    for kill in 1..=5 {
        let mut running = place
            .command(&["sweep", "sweep.toml", "-o", "killed", "-j", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while stored() < 4 * kill && running.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        let moment = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        std::thread::sleep(Duration::from_micros(u64::from(moment.subsec_nanos() % 3000)));
        running.kill().unwrap(); // SIGKILL on Unix
        running.wait().unwrap();
        in_the_middle += usize::from(!place.path("killed/sweep/results.csv").exists());
    }
    assert!(in_the_middle >= 3, "only {in_the_middle} of 5 kills met a sweep at work");
    place.sweep("killed", &[]);
}

/// A disk that takes no more: here a limit on the size of a file, which needs no rights.
#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing_and_the_same_command_goes_on() {
    let place = Place::new();
    place.sweep("one", &[]);
    // First not even the manifest fits, then the chunks do but the table does not.
    for (kilobytes, tells) in [(1, "manifest.toml"), (8, "courses.csv")] {
        let program = env!("CARGO_BIN_EXE_calcifate");
        let script = format!(
            "trap '' XFSZ; ulimit -f {kilobytes}; exec '{program}' sweep sweep.toml -o two"
        );
        let limited =
            Command::new("bash").current_dir(place.folder.path()).args(["-c", &script]).output();
        let limited = limited.unwrap();
        let said = told(&limited);
        assert_eq!(limited.status.code(), Some(1), "{said}");
        assert!(said.contains(tells) && said.contains("the same command goes on"), "{said}");
        let left: Vec<String> = ["two", "two/sweep"]
            .iter()
            .filter_map(|folder| fs::read_dir(place.path(folder)).ok())
            .flat_map(|entries| entries.map(|entry| entry.unwrap().file_name()))
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        let half = left.iter().any(|name| name.starts_with('.') || name.ends_with(".csv"));
        assert!(!half, "half-written: {left:?}");
    }
    place.sweep("two", &[]);
    same(&place, "one", "two");
}

#[test]
fn a_damaged_chunk_is_found_said_and_done_again() {
    let place = Place::new();
    place.sweep("one", &[]);
    place.sweep("two", &[]);
    for (file, at) in [
        ("chunks/000003.csv", 400),
        ("parquet/runs-000005.parquet", 50),
        ("courses_parquet/courses-000006.parquet", 50),
    ] {
        let path = place.path("two/sweep").join(file);
        if !path.exists() {
            continue; // built without Parquet
        }
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
    let again = place.sweep("two", &[]);
    assert!(
        told(&again).contains("000003.csv: damaged; its runs are done again"),
        "{}",
        told(&again)
    );
    same(&place, "one", "two");
}

#[test]
fn what_is_not_this_sweep_is_refused_and_left_alone() {
    let place = Place::new();
    fs::create_dir_all(place.path("mine/sweep")).unwrap();
    fs::write(place.path("mine/sweep/thesis.txt"), "precious").unwrap();
    let refused = place.sweep("mine", &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(told(&refused).contains("not written by calcifate"), "{}", told(&refused));
    assert_eq!(fs::read(place.path("mine/sweep/thesis.txt")).unwrap(), b"precious");

    place.sweep("out", &[]);
    let before = place.files("out");
    fs::write(place.path("sweep.toml"), SWEEP.replace("seed = 5", "seed = 6")).unwrap();
    let refused = place.sweep("out", &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(told(&refused).contains("another sweep: the sweep file has changed"));
    assert!(told(&refused).contains("--force"));
    assert_eq!(place.files("out"), before);
    fs::write(place.path("small.toml"), SCENARIO.replace("age = 40", "age = 41")).unwrap();
    fs::write(place.path("sweep.toml"), SWEEP).unwrap();
    assert!(told(&place.sweep("out", &[])).contains("the scenario has changed"));
    fs::write(place.path("small.toml"), SCENARIO).unwrap();
    assert!(told(&place.sweep("out", &["--rtol", "1e-7"])).contains("relative tolerance is"));

    let forced = place.sweep("out", &["--rtol", "1e-7", "--force"]);
    assert!(told(&forced).contains("is now"), "{}", told(&forced));
    assert!(place.path("out/sweep.before-1/results.csv").exists());
    let anew = place.sweep("out", &["--rtol", "1e-7", "--force"]);
    assert!(told(&anew).contains("is now"), "the same sweep starts anew: {}", told(&anew));
    assert!(place.path("out/sweep.before-2/results.csv").exists());
}

#[test]
fn merging_names_what_is_missing_or_foreign() {
    let place = Place::new();
    for shard in ["1/3", "2/3"] {
        place.sweep("parts", &["--shard", shard]);
    }
    let parts = ["parts/sweep.shard-1-of-3", "parts/sweep.shard-2-of-3"];
    let merge = |folders: &[&str]| {
        let merged = place.calcifate(&[&["merge", "-o", "merged"], folders].concat());
        assert_eq!(merged.status.code(), Some(1));
        told(&merged)
    };
    let missing = merge(&parts);
    assert!(missing.contains("shards 3/3 are missing"), "{missing}");
    fs::remove_file(place.path("parts/sweep.shard-2-of-3/chunks/000001.csv")).unwrap();
    place.sweep("parts", &["--shard", "3/3"]);
    let unfinished = merge(&[parts[0], parts[1], "parts/sweep.shard-3-of-3"]);
    assert!(unfinished.contains("shards 2/3 are unfinished or damaged"), "{unfinished}");
    fs::write(place.path("sweep.toml"), SWEEP.replace("seed = 5", "seed = 6")).unwrap();
    place.sweep("other", &["--shard", "3/3"]);
    let other = merge(&[parts[0], parts[1], "other/sweep.shard-3-of-3"]);
    assert!(other.contains("another sweep"), "{other}");
    assert!(merge(&["parts"]).contains("not a folder of `calcifate sweep`"));
    assert!(!Path::new(&place.path("merged/sweep/results.csv")).exists());
}

#[test]
fn limits_stop_cleanly_and_the_same_command_goes_on() {
    let place = Place::new();
    place.sweep("one", &[]);
    let stopped = place.sweep("two", &["--max-time", "0.05 s", "-j", "1"]);
    assert_eq!(stopped.status.code(), Some(0), "{}", told(&stopped));
    assert!(told(&stopped).contains("the same command goes on"), "{}", told(&stopped));
    let failed = place.sweep("two", &["--fail-fast", "-j", "1"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(told(&failed).contains("repeat it: calcifate run small.toml --set"));
    place.sweep("two", &[]);
    same(&place, "one", "two");
}

#[test]
fn any_run_can_be_shown_as_a_command() {
    let place = Place::new();
    let shown = place.sweep("shown", &["--show-run", "7"]);
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(text.starts_with("calcifate run small.toml --set") && text.contains("egfr="), "{text}");
    let beyond = place.sweep("shown", &["--show-run", "120"]);
    assert_eq!(beyond.status.code(), Some(2));
    assert!(told(&beyond).contains("runs are numbered from 0 to 119"), "{}", told(&beyond));
    assert!(!place.path("shown").exists());
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new();
    let dry = place.sweep("dry", &["--dry-run"]);
    assert_eq!(dry.status.code(), Some(0));
    let told = String::from_utf8_lossy(&dry.stdout).into_owned();
    for word in ["120 of 2 arms", "Time", "Disk", "Nothing was written"] {
        assert!(told.contains(word), "{told}");
    }
    assert!(!place.path("dry").exists());
}

#[test]
fn a_failed_run_is_repeated_by_its_command_and_a_good_one_gives_the_same_numbers() {
    let place = Place::new();
    place.sweep("one", &[]);
    let results = fs::read_to_string(place.path("one/sweep/results.csv")).unwrap();
    let good = results.lines().find(|line| line.ends_with(",true")).unwrap();
    let cells: Vec<&str> = good.split(',').collect();
    let set = [
        format!("mk7_supplement={} ug/day", cells[1]),
        format!("calcium_diet={} mg/day", cells[2]),
        format!("egfr={} mL/min", cells[3]),
        format!("duration={} days", cells[4]),
    ];
    let mut run = vec!["run", "small.toml", "--no-figures", "-o", "single"];
    run.extend(set.iter().flat_map(|set| ["--set", set.as_str()]));
    let single = place.calcifate(&run);
    assert_eq!(single.status.code(), Some(0), "{}", told(&single));
    let end = |arm: &str| -> f64 {
        let table = fs::read_to_string(place.path("single/small/summary.csv")).unwrap();
        let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        let row = table.lines().find(|line| line.starts_with("dp_ucmgp_pmol_per_l,")).unwrap();
        let at = head.iter().position(|name| *name == format!("{arm}_end")).unwrap();
        row.split(',').nth(at).unwrap().parse().unwrap()
    };
    let expected: f64 = cells[5].parse().unwrap();
    assert!((end("b") - end("a") - expected).abs() < 1e-12 * end("b"), "{expected}");
}

#[test]
fn figures_are_drawn_once_and_change_no_table() {
    let place = Place::new();
    let (with, without) = (place.sweep("with", &[]), place.sweep("without", &["--no-figures"]));
    let picture = place.path("with").join("sweep/figures/dose_response.png");
    let said = String::from_utf8_lossy(&with.stdout).into_owned();
    assert!(said.contains("Figures  with/sweep/figures/dose_response.png"), "{said}");
    assert!(!String::from_utf8_lossy(&without.stdout).contains("Figures"));
    assert!(!place.path("without").join("sweep/figures").exists());
    let mut files = place.files("with");
    files.retain(|name, _| !name.starts_with("figures"));
    assert!(files == place.files("without"), "figures change a table");

    // What is there stays; what is missing comes back, to the same bytes.
    let drawn = fs::read(&picture).unwrap();
    fs::write(&picture, "kept").unwrap();
    place.sweep("with", &[]);
    assert_eq!(fs::read(&picture).unwrap(), b"kept");
    fs::remove_file(&picture).unwrap();
    place.sweep("with", &[]);
    assert!(fs::read(&picture).unwrap() == drawn);
}
