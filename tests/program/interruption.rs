//! Every command ends within a second of a request to end, whatever it is doing; large files are
//! read in time, and the number of threads has one limit.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A second, and what a busy machine may add.
const LONGEST: Duration = Duration::from_millis(2500);

fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    command.current_dir(folder).args(arguments).env_remove("RAYON_NUM_THREADS");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn lesson(arms: usize, rest: &str) -> String {
    let arms: String = (0..arms).map(|arm| format!("[[arm]]\nname = \"a{arm}\"\n")).collect();
    format!("duration = \"20 days\"\n{rest}\n[person]\nsex = \"male\"\nage = 40\n{arms}")
}

#[cfg(unix)]
fn ask_to_end(child: &Child, signal: &str) {
    Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
}

/// True once a file has been there for so long.
#[cfg(unix)]
fn has_stood(path: &Path, wait: Duration) -> impl Fn() -> bool {
    let since = std::cell::Cell::new(None::<Instant>);
    move || {
        since.set(since.get().or_else(|| path.exists().then(Instant::now)));
        since.get().is_some_and(|since| since.elapsed() > wait)
    }
}

/// Ends a command once `is_time`; its exit code (`None` by the signal alone) and its talk.
#[cfg(unix)]
#[track_caller]
fn interrupted(
    folder: &TempDir,
    arguments: &[&str],
    signal: &str,
    is_time: &dyn Fn() -> bool,
) -> (Option<i32>, String) {
    let (code, _, talk) = told_when_interrupted(folder, arguments, signal, is_time);
    (code, talk)
}

/// The same with the result that it printed.
#[cfg(unix)]
#[track_caller]
fn told_when_interrupted(
    folder: &TempDir,
    arguments: &[&str],
    signal: &str,
    is_time: &dyn Fn() -> bool,
) -> (Option<i32>, String, String) {
    let mut child = command(folder, arguments).spawn().unwrap();
    let started = Instant::now();
    while !is_time() {
        assert!(child.try_wait().unwrap().is_none(), "{arguments:?} ended too early");
        assert!(started.elapsed() < Duration::from_secs(120), "{arguments:?}: nothing happens");
        std::thread::sleep(Duration::from_millis(2));
    }
    ask_to_end(&child, signal);
    let asked = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if asked.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(asked.elapsed() < LONGEST, "{arguments:?}: {:?}", asked.elapsed());
    let output = child.wait_with_output().unwrap();
    let [out, talk] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (output.status.code(), out, talk)
}

/// True if a hidden folder of a result being written has a file of this ending.
fn is_written(folder: &Path, ending: &str) -> bool {
    let entries = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let fresh = entries(folder).into_iter().filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().contains(".new-"))
    });
    fresh
        .flat_map(|folder| entries(&folder))
        .flat_map(|arm| entries(&arm))
        .any(|path| path.to_string_lossy().ends_with(ending))
}

/// While it runs thousands of arms, and while it writes long tables.
#[cfg(unix)]
#[test]
fn a_run_of_thousands_of_arms_ends_in_time() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("many.toml"), lesson(6000, "")).unwrap();
    let output = folder.path().join("output");
    fs::create_dir_all(output.join("many")).unwrap();
    for signal in ["-INT", "-TERM"] {
        let lock = output.join(".many.lock");
        let arguments = ["run", "many.toml", "--no-figures"];
        let (code, talk) = interrupted(&folder, &arguments, signal, &|| lock.exists());
        assert_eq!(code, Some(130), "{talk}");
        // No process holds it any more, if the file is still there.
        let _ = fs::remove_file(&lock);
        // The earlier result, here an empty folder, stays.
        assert_eq!(fs::read_dir(output.join("many")).unwrap().count(), 0);
    }
    // What the ended runs had begun to write must not count as written by the next.
    for path in fs::read_dir(&output).unwrap().map(|entry| entry.unwrap().path()) {
        if path.to_string_lossy().contains(".new-") {
            fs::remove_dir_all(path).unwrap();
        }
    }
    fs::write(folder.path().join("many.toml"), lesson(80, "output_every = \"10 minutes\""))
        .unwrap();
    let arguments = ["run", "many.toml", "--no-figures"];
    let writes = || is_written(&output, "flows.csv");
    let (code, talk) = interrupted(&folder, &arguments, "-TERM", &writes);
    assert_eq!(code, Some(130), "{talk}");
    assert_eq!(fs::read_dir(output.join("many")).unwrap().count(), 0);
    // The tables that were written in time are kept, each as a whole, and the manifest names them.
    let kept = output.join("many.incomplete");
    let text = |name: &str| fs::read_to_string(kept.join(name)).unwrap();
    let manifest: toml::Table = toml::from_str(&text("manifest.toml")).unwrap();
    assert_eq!(manifest["complete"].as_bool(), Some(false));
    assert!(text("README.txt").contains("INCOMPLETE: interrupted while it was written"));
    let files = manifest["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap());
    let tables: Vec<_> = files.filter(|file| file.ends_with("/trajectory.csv")).collect();
    assert!((1..=80).contains(&tables.len()), "{tables:?}");
    for table in tables {
        assert_eq!(text(table).lines().count(), 1 + 20 * 144 + 1, "{table}");
    }
    assert_eq!(text("summary.csv").lines().next().unwrap().split(',').count(), 2 + 3 * 80);
    // What is left of it is gone with the next run.
    fs::write(folder.path().join("many.toml"), lesson(1, "")).unwrap();
    let done = command(&folder, &arguments).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let mut names: Vec<_> = fs::read_dir(&output)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".incomplete"))
        .collect();
    names.sort();
    assert_eq!(names, ["many"]);
}

/// Loading and checking have no handler: the system ends them at once.
#[cfg(unix)]
#[test]
fn loading_and_checking_end_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.toml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for arguments in [&["check", "pipe.toml"][..], &["run", "pipe.toml"], &["sweep", "pipe.toml"]] {
        let started = Instant::now();
        let later = || started.elapsed() > Duration::from_millis(300);
        let (code, talk) = interrupted(&folder, arguments, "-TERM", &later);
        assert_eq!((code, talk.as_str()), (None, ""));
    }
}

/// A sweep that writes its tables: nothing of them is there, and the same command goes on.
#[cfg(unix)]
#[test]
fn a_sweep_that_writes_ends_in_time_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tiny.toml"), lesson(1, "")).unwrap();
    let sweep = "scenario = \"tiny.toml\"\nruns_per_chunk = 1\n[vary]\nage = \"uniform 40 … 50\"\n\
        [sample]\nruns = 300\n[outcomes]\nca = \"end(serum_calcium)\"\n";
    fs::write(folder.path().join("s.toml"), sweep).unwrap();
    let arguments = ["sweep", "s.toml", "--no-figures"];
    let done = command(&folder, &arguments).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let result = folder.path().join("output/s");
    let whole = fs::read(result.join("results.csv")).unwrap();
    fs::remove_file(result.join("results.csv")).unwrap();
    let writes = || result.join(".results.csv.part").exists();
    // Writing takes only some milliseconds, after which the request comes too late.
    let in_time = (0..50).any(|_| {
        let _ = fs::remove_file(result.join("results.csv"));
        let (code, talk) = interrupted(&folder, &arguments, "-INT", &writes);
        code == Some(130) && talk.contains("the same command goes on from here")
    });
    assert!(in_time);
    assert!(!result.join("results.csv").exists() && !result.join(".results.csv.part").exists());
    assert_eq!(command(&folder, &arguments).output().unwrap().status.code(), Some(0));
    assert!(fs::read(result.join("results.csv")).unwrap() == whole);
}

/// What an interrupted comparison prints and keeps once passed for the whole.
#[cfg(unix)]
#[test]
fn a_part_of_the_trials_says_so_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("output/.evidence.lock");
    let mut wait = Duration::from_millis(5); // the whole lasts 200 ms where nothing else runs
    // How much is done by then depends on the machine.
    let (out, talk, done) = (0..30)
        .find_map(|_| {
            let after = has_stood(&lock, wait);
            let arguments = ["evidence", "--json", "--no-figures", "-j", "1"];
            let (code, out, talk) = told_when_interrupted(&folder, &arguments, "-INT", &after);
            assert_eq!(code, Some(130), "{talk}");
            wait = wait.mul_f64(1.4);
            // A machine that is too busy for an orderly end shows nothing.
            let answer: serde_json::Value = serde_json::from_str(&out).ok()?;
            let done = answer["extent"][0]["done"].as_u64().unwrap();
            (done > 0).then_some((answer, talk, done))
        })
        .unwrap();
    assert!(done < 103, "{done}");
    assert_eq!((&out["complete"], &out["extent"][0]["wanted"]), (&false.into(), &103.into()));
    assert_eq!(out["comparisons"].as_array().unwrap().len() as u64, done);
    let missing = format!("interrupted after {done} of 103 trials");
    assert!(talk.contains(&format!("error: INCOMPLETE: {missing}\n")), "{talk}");
    let kept = folder.path().join("output/evidence.incomplete");
    let text = |name: &str| fs::read_to_string(kept.join(name)).unwrap();
    let readme = text("README.txt");
    assert!(readme.contains(&format!("INCOMPLETE: {missing}")), "{readme}");
    assert!(!readme.contains("report.html") && !readme.contains("figures/"), "{readme}");
    assert!(text("evidence.md").contains(&format!("**INCOMPLETE: {missing}.**")));
    let last = format!("INCOMPLETE,{missing},");
    assert!(text("evidence.csv").lines().last().unwrap().starts_with(&last));
    assert_eq!(fs::read_dir(folder.path().join("output")).unwrap().count(), 1, "no leftovers");
}

/// Statements that were judged stay when their repetition is interrupted, and nothing else does.
#[cfg(unix)]
#[test]
fn judged_statements_outlive_the_interruption_of_their_repetition() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("output/.verdicts.lock");
    let mut wait = Duration::from_secs(1);
    let statements = ["blocks_calcium", "high_intake_populations"];
    let options = ["-o", "output", "--csv", "--no-figures"];
    let arguments = [&["verdicts"], &statements[..], &options[..]].concat();
    let (out, talk) = (0..14)
        .find_map(|_| {
            let after = has_stood(&lock, wait);
            let (code, out, talk) = told_when_interrupted(&folder, &arguments, "-TERM", &after);
            assert_eq!(code, Some(130), "{talk}");
            wait = wait.mul_f64(1.4);
            out.contains("\nblocks_calcium,").then_some((out, talk))
        })
        .unwrap();
    let missing = "interrupted after 0 of 1 statements repeated with other parameters";
    assert!(out.lines().last().unwrap().starts_with(&format!("INCOMPLETE,{missing},")), "{out}");
    assert!(talk.contains(missing) && !talk.contains("chunk"), "{talk}");
    let entries = fs::read_dir(folder.path().join("output")).unwrap();
    let names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["verdicts.incomplete"]);
    let readme = folder.path().join("output/verdicts.incomplete/README.txt");
    assert!(fs::read_to_string(readme).unwrap().contains(missing));
}

/// A file may grow to a limit of the system, which once ended the program without a word.
#[cfg(unix)]
#[test]
fn a_file_beyond_the_limit_of_the_system_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tiny.toml"), lesson(1, "")).unwrap();
    let program = env!("CARGO_BIN_EXE_calcifate");
    for (what, path) in [
        ("run tiny.toml --no-figures", "output/tiny/a0/trajectory.csv: larger than the system"),
        ("evidence --no-figures", "output/evidence/evidence.csv: larger than the system"),
        ("export sbml tiny.toml -o model.xml", "model.xml: larger than the system"),
    ] {
        let command = format!("ulimit -f 2; exec '{program}' {what}");
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &command]).current_dir(&folder).output().unwrap();
        let talk = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{what}: {talk}");
        assert!(talk.contains(path), "{what}: {talk}");
    }
    assert_eq!(fs::read_dir(folder.path().join("output")).unwrap().count(), 0);
    assert!(!folder.path().join("model.xml").exists());
}

/// A second where the program is optimized. Else, on a busy machine, it may be many; what grows
/// with the square of the number of arms or claims would take minutes.
#[test]
fn thousands_of_arms_and_claims_are_checked_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    let chain = |each: &dyn Fn(usize) -> String| {
        let arm = |at: usize| {
            let like = at.checked_sub(1).map(|base| format!("like = \"a{base}\"\n"));
            format!("[[arm]]\nname = \"a{at}\"\n{}{}", like.unwrap_or_default(), each(at))
        };
        "duration = \"10 days\"\n".to_owned() + &(0..10_000).map(arm).collect::<String>()
    };
    write("chain.toml", chain(&|_| String::new()));
    write("keys.toml", chain(&|at| format!("calcium_diet = \"{} mg/day\"\n", 800 + at % 7)));
    let claim = |at: usize| format!("[[claim]]\nsays = \"{at}\"\nthat = \"end(cac) < {at}\"\n");
    let claims: String = (0..18_000).map(claim).collect();
    write("base.toml", format!("duration = \"10 days\"\n{claims}"));
    write("claims.toml", format!("extends = \"base.toml\"\n{claims}"));
    let started = Instant::now();
    for (file, rows) in [("chain.toml", 10_000), ("keys.toml", 10_000), ("claims.toml", 1)] {
        let output = command(&folder, &["check", file]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{file}: {output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), rows + 3, "{file}");
        let last = text.lines().last().unwrap();
        let calcium = if file == "keys.toml" { 800 + 9_999 % 7 } else { 1000 };
        assert!(last.contains(&calcium.to_string()), "{last}");
    }
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn the_environment_asks_for_threads_within_the_limits_of_the_option() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tiny.toml"), lesson(1, "")).unwrap();
    let arguments = ["run", "tiny.toml", "--no-figures"];
    let with = |threads: &str, more: &[&str]| {
        let mut command = command(&folder, &[&arguments, more].concat());
        let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let told = || fs::read_to_string(folder.path().join("output/tiny/timing.toml")).unwrap();
    assert_eq!(with("3", &[]), (Some(0), String::new()));
    assert!(told().contains("\nthreads = 3\n"), "{}", told());
    for wrong in ["1025", "100000", "-1", "many", "18446744073709551616"] {
        let (code, talk) = with(wrong, &[]);
        assert_eq!(code, Some(2), "{talk}");
        let words = format!("RAYON_NUM_THREADS={wrong}: a number of threads from 1 to 1024");
        assert!(talk.contains(&words), "{talk}");
    }
    // The option counts first; nothing and 0 stand for all cores.
    assert_eq!(with("100000", &["-j", "2"]), (Some(0), String::new()));
    assert!(told().contains("\nthreads = 2\n"), "{}", told());
    for none in ["", "0"] {
        assert_eq!(with(none, &[]), (Some(0), String::new()));
        let cores = std::thread::available_parallelism().unwrap();
        assert!(told().contains(&format!("\nthreads = {cores}\n")), "{}", told());
    }
}
