//! Runs inputs of all kinds on all threads, counts how they end and keeps what breaks a property.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::properties::{Broken, Ending};
use crate::fuzz_tests::{KINDS, Kind};

/// Inputs of an ordinary `cargo test`.
const USUAL_EXECUTIONS: u64 = 3000;
const USUAL_SEED: u64 = 20_261_128;

/// An input that takes so long hangs: the program ends, after naming it.
const PATIENCE: Duration = Duration::from_secs(120);

/// So many inputs of a kind say how many are accepted.
const ENOUGH: u64 = 100;

/// Findings that are shown; there may be the same one again and again.
const MOST_SHOWN: usize = 12;

pub(super) fn number_from(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is not a whole number")))
}

#[derive(Clone, Copy, Default)]
struct Count {
    accepted: u64,
    ran: u64,
    refused: u64,
    slowest: Duration,
    time: Duration,
}

impl Count {
    const fn all(&self) -> u64 {
        self.accepted + self.refused
    }
}

struct Finding {
    kind: &'static str,
    broken: Broken,
    input: String,
}

/// An input that is being tried: since when, its kind, itself.
type Busy = (Instant, &'static str, String);

/// What all threads share.
struct Campaign {
    seed: u64,
    next: AtomicU64,
    executions: u64,
    until: Option<Instant>,
    /// The turns of the kinds, each as often as its weight.
    turns: Vec<&'static Kind>,
    counts: Mutex<BTreeMap<&'static str, Count>>,
    findings: Mutex<Vec<Finding>>,
    /// The input of each thread, and since when.
    busy: Vec<Mutex<Option<Busy>>>,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Feeds one input in; a panic breaks a property, too.
fn execute(kind: &Kind, input: &str) -> Result<Ending, Broken> {
    catch_unwind(AssertUnwindSafe(|| (kind.execute)(input))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
        Err(format!("panic: {}", text.unwrap_or_default()))
    })
}

impl Campaign {
    fn from_environment(threads: usize) -> Self {
        let seconds = number_from("CALCIFATE_FUZZ_SECONDS");
        let executions = number_from("CALCIFATE_FUZZ_EXECUTIONS");
        let only = std::env::var("CALCIFATE_FUZZ_KIND").ok();
        let chosen =
            KINDS.iter().filter(|kind| only.as_deref().is_none_or(|only| only == kind.name));
        let most = chosen.clone().map(|kind| kind.weight).max().expect("there is such a kind");
        let turns =
            (0..most).flat_map(|turn| chosen.clone().filter(move |kind| turn < kind.weight));
        Self {
            seed: number_from("CALCIFATE_FUZZ_SEED").unwrap_or(USUAL_SEED),
            next: AtomicU64::new(0),
            executions: executions.unwrap_or(if seconds.is_some() {
                u64::MAX
            } else {
                USUAL_EXECUTIONS
            }),
            until: seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds)),
            turns: turns.collect(),
            counts: Mutex::default(),
            findings: Mutex::default(),
            busy: (0..threads).map(|_| Mutex::default()).collect(),
        }
    }

    fn is_over(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() > until)
    }

    fn work(&self, thread: usize) {
        while !self.is_over() {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.executions {
                return;
            }
            let kind = self.turns[(number % self.turns.len() as u64) as usize];
            let Ok(input) = catch_unwind(|| (kind.generate)(&mut Dice::new(self.seed, number)))
            else {
                let broken = format!("no input {number} of seed {}", self.seed);
                locked(&self.findings).push(Finding {
                    kind: kind.name,
                    broken,
                    input: String::new(),
                });
                continue;
            };
            let started = Instant::now();
            *locked(&self.busy[thread]) = Some((started, kind.name, input.clone()));
            let ending = execute(kind, &input);
            *locked(&self.busy[thread]) = None;
            self.count(kind, input, ending, started.elapsed());
        }
    }

    fn count(
        &self,
        kind: &'static Kind,
        input: String,
        ending: Result<Ending, Broken>,
        time: Duration,
    ) {
        let mut counts = locked(&self.counts);
        let count = counts.entry(kind.name).or_default();
        count.time += time;
        count.slowest = count.slowest.max(time);
        match ending {
            Ok(Ending::Refused) => count.refused += 1,
            Ok(ending) => {
                count.accepted += 1;
                count.ran += u64::from(ending == Ending::Ran);
            }
            Err(broken) => locked(&self.findings).push(Finding { kind: kind.name, broken, input }),
        }
    }

    /// Ends the program if an input hangs; watches until the threads are done.
    fn watch(&self, done: &AtomicU64) {
        while done.load(Ordering::Relaxed) < self.busy.len() as u64 {
            std::thread::sleep(Duration::from_millis(50));
            for busy in &self.busy {
                let busy = locked(busy);
                let Some((since, kind, input)) = busy.as_ref() else { continue };
                if since.elapsed() > PATIENCE {
                    let path =
                        keep(&Finding { kind, broken: "hangs".to_owned(), input: input.clone() });
                    eprintln!("an input of the kind {kind} hangs ({}):\n{input}", path.display());
                    std::process::exit(101);
                }
            }
        }
    }

    /// A table of the counts.
    fn told(&self) -> String {
        let mut text = format!(
            "{:<12} {:>9} {:>9} {:>9} {:>9} {:>7} {:>9} {:>9}\n",
            "kind", "inputs", "accepted", "ran", "refused", "%", "mean ms", "slowest"
        );
        let counts = locked(&self.counts);
        let mut sum = Count::default();
        let mut row = |name: &str, count: &Count| {
            let share = 100.0 * count.accepted as f64 / count.all().max(1) as f64;
            let mean = count.time.as_secs_f64() * 1e3 / count.all().max(1) as f64;
            text += &format!(
                "{name:<12} {:>9} {:>9} {:>9} {:>9} {share:>7.1} {mean:>9.2} {:>8.0} ms\n",
                count.all(),
                count.accepted,
                count.ran,
                count.refused,
                count.slowest.as_secs_f64() * 1e3
            );
        };
        for (name, count) in &*counts {
            row(name, count);
            sum.accepted += count.accepted;
            sum.ran += count.ran;
            sum.refused += count.refused;
            sum.time += count.time;
            sum.slowest = sum.slowest.max(count.slowest);
        }
        row("all", &sum);
        text
    }

    /// Half of each kind must be accepted, or refusals alone are tested. A slow machine has few
    /// inputs of a slow kind: three standard deviations of half of them are chance.
    fn assert_half_accepted(&self) {
        for (name, count) in &*locked(&self.counts) {
            let chance = (9 * count.all()).isqrt();
            let half = 2 * count.accepted + chance >= count.all();
            assert!(
                half || count.all() < ENOUGH,
                "{name}: {} of {} accepted",
                count.accepted,
                count.all()
            );
        }
    }
}

/// Writes a finding to where it can be tried again.
fn keep(finding: &Finding) -> PathBuf {
    let folder = std::env::var("CALCIFATE_FUZZ_FINDINGS").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|_| std::env::temp_dir().join("calcifate_fuzz_findings"));
    let hash = crate::storage::hash::Hash::of(&finding.input);
    let path = folder.join(finding.kind).join(format!("{}.txt", &hash.digits()[..16]));
    let _ = fs::create_dir_all(path.parent().unwrap());
    let _ = fs::write(&path, &finding.input);
    path
}

/// The first findings, each kind of message once, and where they are kept.
fn shown(findings: &[Finding]) -> String {
    let mut seen: BTreeMap<String, (usize, &Finding)> = BTreeMap::new();
    for finding in findings {
        let plain: String =
            finding.broken.chars().filter(|c| !c.is_ascii_digit()).take(60).collect();
        let entry = seen.entry(format!("{} {plain}", finding.kind)).or_insert((0, finding));
        entry.0 += 1;
        if finding.input.len() < entry.1.input.len() {
            entry.1 = finding;
        }
    }
    let mut text = String::new();
    for (count, finding) in seen.values().take(MOST_SHOWN) {
        let path = keep(finding);
        let Finding { kind, broken, input } = finding;
        text += &format!("\n== {kind}, {count} times, {}\n{broken}\n--\n{input}\n", path.display());
    }
    text
}

#[test]
fn every_kind_of_input_is_answered_well() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let campaign = Campaign::from_environment(threads);
    let done = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (campaign, done) = (&campaign, &done);
            scope.spawn(move || {
                campaign.work(thread);
                done.fetch_add(1, Ordering::Relaxed);
            });
        }
        campaign.watch(&done);
    });
    println!("{}", campaign.told());
    let findings = locked(&campaign.findings);
    assert!(findings.is_empty(), "{} findings{}", findings.len(), shown(&findings));
    campaign.assert_half_accepted();
}

/// What was found once is answered well for ever.
#[test]
fn every_input_of_the_corpus_is_answered_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut inputs = 0;
    for kind in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = kind.file_name().unwrap().to_str().unwrap();
        let known =
            KINDS.iter().find(|kind| kind.name == name).unwrap_or_else(|| panic!("no kind {name}"));
        for path in fs::read_dir(&kind).unwrap().map(|entry| entry.unwrap().path()) {
            let input = String::from_utf8(fs::read(&path).unwrap()).unwrap();
            let ending = execute(known, &input);
            assert!(ending.is_ok(), "{}: {ending:?}", path.display());
            inputs += 1;
        }
    }
    assert!(inputs > 0, "the corpus is empty");
}
