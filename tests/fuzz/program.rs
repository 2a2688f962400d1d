//! The same inputs through the program itself: what it prints, and with which exit code it ends.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::properties::{Broken, ensure, harmless};
use crate::fuzz_tests::{arguments, folders, scenarios, sweeps};

/// A command on so little input that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// A command line for files of these kinds.
fn words(dice: &mut Dice) -> Vec<String> {
    let line = match dice.below(10) {
        0 | 1 => return arguments::generate(dice).split('\n').skip(1).map(str::to_owned).collect(),
        2 => "check lesson.toml",
        3 => "check lesson.toml --json",
        4 => "run lesson.toml --json --no-figures",
        5 => "sweep doses.toml --show-run 0",
        6 => "export sbml lesson.toml --averaged -o -",
        7 => "merge doses.shard-1-of-2 doses.shard-2-of-2 -o merged --no-figures",
        8 => "sweep ours.toml --no-figures -o .",
        _ => "run lesson.toml --no-figures --strict -j 1",
    };
    line.split(' ').map(str::to_owned).collect()
}

/// Text that a program printed until it ended; broken if it goes on and on.
fn ended(mut child: Child) -> Result<(Option<i32>, String), Broken> {
    let mut told = String::new();
    let (mut out, mut err) = (child.stdout.take(), child.stderr.take());
    let started = Instant::now();
    let mut bytes = (Vec::new(), Vec::new());
    std::thread::scope(|scope| {
        scope.spawn(|| out.as_mut().map(|out| out.read_to_end(&mut bytes.0)));
        scope.spawn(|| err.as_mut().map(|err| err.read_to_end(&mut bytes.1)));
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status.code()),
                _ if started.elapsed() > PATIENCE => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err("hangs".to_owned());
                }
                _ => std::thread::sleep(Duration::from_millis(2)),
            }
        }
    })
    .map(|code| {
        told += &String::from_utf8_lossy(&bytes.0);
        told += &String::from_utf8_lossy(&bytes.1);
        (code, told)
    })
}

/// A text without the colors that `--color always` asks for.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let codes = part.find(|c: char| !(c.is_ascii_digit() || c == ';')).unwrap_or(part.len());
        match part[codes..].strip_prefix('m') {
            Some(rest) => plain += rest,
            None => plain = plain + "\u{1b}[" + part,
        }
    }
    plain
}

fn execute(program: &Path, dice: &mut Dice) -> Result<bool, (Broken, String)> {
    let place = folders::damaged_place(dice);
    let (lesson, doses) = (scenarios::generate(dice), sweeps::generate(dice));
    let _ = fs::write(place.path().join("lesson.toml"), &lesson);
    let _ = fs::write(place.path().join("doses.toml"), &doses);
    let words = words(dice);
    let input = format!("{words:?}\n-- lesson.toml\n{lesson}\n-- doses.toml\n{doses}");
    let broken = |broken: Broken| (broken, input.clone());
    let mut command = Command::new(program);
    command.args(&words).current_dir(place.path()).stdin(Stdio::null());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let (code, told) = ended(child.map_err(|error| broken(error.to_string()))?).map_err(broken)?;
    let known = code.is_some_and(|code| (0..=3).contains(&code));
    ensure(known, || format!("exit code {code:?}: {told}")).map_err(broken)?;
    ensure(!told.contains("panicked"), || told.clone()).map_err(broken)?;
    harmless(&without_colors(&told)).map_err(broken)?;
    ensure(code == Some(0) || told.trim().len() > 10, || {
        format!("exit code {code:?}, nothing said")
    })
    .map_err(broken)?;
    Ok(code != Some(2))
}

/// `.ci/full` sets `CALCIFATE_FUZZ_PROGRAM` to the program and says how many inputs.
#[test]
#[ignore = "takes minutes: .ci/full"]
fn every_kind_of_input_through_the_program() {
    let program =
        std::env::var("CALCIFATE_FUZZ_PROGRAM").expect("CALCIFATE_FUZZ_PROGRAM names the program");
    let count = crate::fuzz_tests::runner::number_from("CALCIFATE_FUZZ_EXECUTIONS").unwrap_or(1000);
    let seed = crate::fuzz_tests::runner::number_from("CALCIFATE_FUZZ_SEED").unwrap_or(9);
    let (next, accepted, findings) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(number) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < count)
                {
                    match execute(Path::new(&program), &mut Dice::new(seed, number)) {
                        Ok(fine) => drop(accepted.fetch_add(u64::from(fine), Ordering::Relaxed)),
                        Err(finding) => findings
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push((number, finding)),
                    }
                }
            });
        }
    });
    let findings = findings.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{count} inputs through the program, {} not refused", accepted.into_inner());
    for (number, (broken, input)) in findings.iter().take(10) {
        println!("\n== input {number} of seed {seed}\n{broken}\n--\n{input}");
    }
    assert!(findings.is_empty(), "{} findings", findings.len());
}
