//! Folders of sweeps that somebody else damaged: manifests, chunks, resume, merge.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::error::failure::StorageFailure;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::properties::{self, Broken, Ending, ensure};
use crate::fuzz_tests::scenarios::{BASE, read};
use crate::fuzz_tests::words::scratched;
use crate::simulation::Options;
use crate::storage::chunks::Chunk;
use crate::storage::merge::merge;
use crate::storage::resume;
use crate::storage::shard::Shard;
use crate::storage::sweep_folder::SweepFolder;
use crate::storage::sweep_manifest::SweepManifest;
use crate::sweep::Sweep;
use crate::sweep::file::load;
use crate::sweep::runner::FinishedChunk;

const FILE: &str = "scenario = \"base.toml\"\narms = [\"usual\"]\nseed = 1\nruns_per_chunk = 1\n\
                    [vary]\nmk7_supplement = \"0 … 180 ug/day, 4 points\"\n[outcomes]\nk2 = \"end(mk7_plasma_ug)\"\n";

/// Path inside the place, and content.
type Files = BTreeMap<String, Vec<u8>>;

/// The sweep, its rows, and whole folders: two shards and the sweep in one.
struct Original {
    sweep: Sweep,
    rows: Vec<FinishedChunk>,
    files: Files,
    results: Vec<u8>,
}

static ORIGINAL: LazyLock<Original> = LazyLock::new(|| {
    let loaded = load("doses.toml", FILE, Options::default(), &read);
    let sweep = loaded.content.unwrap_or_else(|| panic!("{:?}", loaded.problems));
    let rows = sweep.rows(0..sweep.plan.runs(), &|| true).unwrap();
    let rows =
        rows.into_iter().map(|row| FinishedChunk { number: row.run, rows: vec![row] }).collect();
    let mut original = Original { sweep, rows, files: Files::new(), results: Vec::new() };
    let place = tempfile::tempdir().unwrap();
    for shard in [None, Some("1/2"), Some("2/2")] {
        let shard = shard.map(|shard| Shard::try_from(shard.to_owned()).unwrap());
        finished(&original, place.path(), shard).unwrap();
    }
    original.files = files(place.path());
    original.results = original.files["doses/results.csv"].clone();
    original
});

/// Goes on with a folder until it is complete.
fn finished(
    original: &Original,
    parent: &Path,
    shard: Option<Shard>,
) -> Result<PathBuf, StorageFailure> {
    let folder = SweepFolder::begin(parent, &original.sweep, shard, false)?;
    let chunks = original.sweep.plan.chunks();
    let found = folder.scan(chunks, &|| ())?;
    for chunk in original.rows.iter().filter(|chunk| found.missing.contains(&chunk.number)) {
        folder.store(chunk, &|row| format!("calcifate run {}", row.run))?;
    }
    let found = folder.scan(chunks, &|| ())?;
    folder.finish(chunks, &found, &|| true)?;
    Ok(folder.path.to_owned())
}

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// A temporary folder in memory, where the system has one: these tests write thousands of files.
fn place() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// Values that a manifest may be given.
const VALUES: &[&str] = &[
    "0",
    "1",
    "4",
    "-1",
    "1000000000000000",
    "18446744073709551616",
    "\"\"",
    "\"../x\"",
    "\"1/0\"",
    "\"2/2\"",
    "true",
    "\"a\\u001bb\"",
    "\"\\u202Ex\"",
    "nan",
    "[]",
    "{}",
    "\"NUL\"",
    "1e-6",
    "\"doses\"",
    "\"9\"",
];

/// A manifest with one line changed, or only laid out anew.
pub(super) fn manifest(dice: &mut Dice) -> String {
    let text = String::from_utf8(ORIGINAL.files["doses/manifest.toml"].clone()).unwrap();
    match dice.below(10) {
        0..=2 => changed_line(dice, &text),
        3 => scratched(dice, &text),
        4 => text.replace('\n', "\r\n"),
        5 => text.replace(" = ", "  =  "),
        6 => text.replacen('\n', "\n# a remark\n\n", 1 + dice.below(30)),
        7 => text.replace("complete = true", "complete = false"),
        8 => text.replacen(
            "Educational",
            &scratched(dice, "Educational").replace(['"', '\\', '\n'], ""),
            1,
        ),
        _ => text,
    }
}

fn changed_line(dice: &mut Dice, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let with_value: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(" = ")).collect();
    let at = *dice.pick(&with_value);
    let key = lines[at].split(" = ").next().unwrap_or_default().to_owned();
    match dice.below(5) {
        0 => drop(lines.remove(at)),
        1 => lines.push(lines[at].clone()),
        _ => lines[at] = format!("{key} = {}", dice.pick(VALUES)),
    }
    lines.join("\n") + "\n"
}

pub(super) fn execute_manifest(text: &str) -> Result<Ending, Broken> {
    let place = place();
    fs::write(place.path().join("manifest.toml"), text).map_err(|error| error.to_string())?;
    let manifest: SweepManifest = match resume::read(place.path()) {
        Err(failure) => return refused(&failure),
        Ok(manifest) => manifest,
    };
    resume::store(place.path(), &manifest).map_err(|failure| failure.to_string())?;
    let printed =
        fs::read(place.path().join("manifest.toml")).map_err(|error| error.to_string())?;
    let again: SweepManifest = resume::read(place.path()).map_err(|failure| failure.to_string())?;
    ensure(format!("{again:?}") == format!("{manifest:?}"), || {
        "printed and read it is another".to_owned()
    })?;
    resume::store(place.path(), &again).map_err(|failure| failure.to_string())?;
    let twice = fs::read(place.path().join("manifest.toml")).map_err(|error| error.to_string())?;
    ensure(twice == printed, || "printed twice it is another".to_owned())?;
    Ok(Ending::Accepted)
}

/// A failure names its file and what to do.
fn refused(failure: &StorageFailure) -> Result<Ending, Broken> {
    let told = failure.to_string();
    let helps =
        ["--force", "-o", "again", "remove", "name the"].iter().any(|word| told.contains(word));
    ensure(helps, || format!("no remedy: {told}"))?;
    properties::failure(&told)
}

/// The text of a chunk whose rows were changed and signed, or damaged.
pub(super) fn chunk(dice: &mut Dice) -> String {
    let names: Vec<&String> =
        ORIGINAL.files.keys().filter(|name| name.contains("chunks/")).collect();
    let text = String::from_utf8(ORIGINAL.files[*dice.pick(&names)].clone()).unwrap();
    if dice.chance(0.35) {
        return scratched(dice, &text);
    }
    let Some(mut chunk) = Chunk::read(&text) else { return text };
    match dice.below(6) {
        0 => chunk.rows = scratched(dice, &chunk.rows),
        1 => chunk.failures = "0,\"arm k2: broke,\n# failures\",calcifate run x\n".to_owned(),
        2 => chunk.failed = dice.bits(),
        3 => chunk.residual_mg = f64::from_bits(dice.bits()),
        4 => chunk.number = dice.bits(),
        _ => {}
    }
    chunk.text()
}

pub(super) fn execute_chunk(text: &str) -> Result<Ending, Broken> {
    let Some(chunk) = Chunk::read(text) else { return Ok(Ending::Refused) };
    let printed = chunk.text();
    let again = Chunk::read(&printed);
    let same = again.as_ref().map(|again| format!("{again:?}")) == Some(format!("{chunk:?}"));
    ensure(same, || format!("printed and read it is another: {again:?}"))?;
    Ok(Ending::Accepted)
}

/// What is done to a folder, one deed a line: `cut FILE SHARE`, `flip FILE SHARE`, `remove FILE`, …; then `merge` or `resume`.
pub(super) fn damages(dice: &mut Dice) -> String {
    let merging = dice.chance(0.5);
    let own = |name: &&String| name.starts_with("doses.shard") == merging;
    let names: Vec<&String> = ORIGINAL.files.keys().filter(own).collect();
    let mut script = String::new();
    for _ in 0..dice.below(3) {
        let harmless = dice.chance(0.5);
        // Of the manifest every byte matters; most other files are made again.
        let chosen: Vec<&&String> =
            names.iter().filter(|name| !harmless || !name.contains("manifest")).collect();
        let name = **dice.pick(&chosen);
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        script += &match dice.below(9) {
            0 => format!("cut {name} {:.3}\n", dice.share()),
            1 => format!("flip {name} {:.3}\n", dice.share()),
            2 => format!("remove {name}\n"),
            3 => format!("folder {name}\n"),
            4 => format!("link {name}\n"),
            5 => format!("copy {} {name}\n", dice.pick(&names)),
            6 => format!("add {folder}/notes.txt\n"),
            7 => format!("add {folder}/.{}.part\n", name.rsplit('/').next().unwrap_or_default()),
            _ => format!("crlf {name}\n"),
        };
    }
    script + if merging { "merge" } else { "resume" }
}

/// A place with all folders as they were written.
fn sound_place() -> tempfile::TempDir {
    let place = place();
    for (name, bytes) in &ORIGINAL.files {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    place
}

/// A place with the folders, some of them damaged, the scenario and the sweep that they came from.
pub(super) fn damaged_place(dice: &mut Dice) -> tempfile::TempDir {
    let place = sound_place();
    fs::write(place.path().join("base.toml"), BASE).unwrap();
    fs::write(place.path().join("ours.toml"), FILE).unwrap();
    for line in damages(dice).lines() {
        let words: Vec<&str> = line.split(' ').collect();
        if let [deed, name, rest @ ..] = words.as_slice() {
            damage(place.path(), deed, name, rest.first().copied());
        }
    }
    place
}

pub(super) fn execute_damages(script: &str) -> Result<Ending, Broken> {
    let place = sound_place();
    let root = place.path();
    let outside = root.join("precious.txt");
    fs::write(&outside, "mine").unwrap();
    let mut ended = Ok(Ending::Accepted);
    for line in script.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["merge"] => ended = merged(root),
            ["resume"] => ended = resumed(root),
            [deed, name, rest @ ..] => damage(root, deed, name, rest.first().copied()),
            _ => {}
        }
    }
    let ended = ended?;
    ensure(fs::read(&outside).is_ok_and(|bytes| bytes == b"mine"), || {
        "a stranger's file was written".to_owned()
    })?;
    Ok(ended)
}

fn damage(root: &Path, deed: &str, name: &str, detail: Option<&str>) {
    let path = root.join(name);
    let bytes = fs::read(&path).unwrap_or_default();
    let place = || {
        let share: f64 = detail.and_then(|share| share.parse().ok()).unwrap_or(0.5);
        ((bytes.len() as f64 * share) as usize).min(bytes.len().saturating_sub(1))
    };
    let clear = || {
        let _ = fs::remove_file(&path);
        let _ = fs::remove_dir_all(&path);
    };
    let target = if deed == "copy" { root.join(detail.unwrap_or_default()) } else { path.clone() };
    if target.is_symlink() {
        let _ = fs::remove_file(&target); // the damage stays inside the folder
    }
    let _ = match deed {
        "cut" => fs::write(&path, &bytes[..place()]),
        "flip" => {
            let mut flipped = bytes.clone();
            flipped.iter_mut().skip(place()).take(1).for_each(|byte| *byte ^= 1);
            fs::write(&path, flipped)
        }
        "remove" => fs::remove_file(&path),
        "folder" => {
            clear();
            fs::create_dir(&path)
        }
        "link" => {
            clear();
            linked(&root.join("precious.txt"), &path)
        }
        "copy" => fs::write(&target, &bytes),
        "crlf" => fs::write(&path, String::from_utf8_lossy(&bytes).replace('\n', "\r\n")),
        _ => fs::write(&path, "a stranger's"),
    };
}

#[cfg(unix)]
fn linked(to: &Path, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn linked(_: &Path, _: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Merges the shards: the whole result, or nothing at all.
fn merged(root: &Path) -> Result<Ending, Broken> {
    let shards = ["1", "2"].map(|number| root.join(format!("doses.shard-{number}-of-2")));
    let output = root.join("merged");
    match merge(&shards, &output, false) {
        Err(failure) => refused(&failure),
        Ok(merged) => whole(&merged.path),
    }
}

/// Goes on with the sweep: the whole result, or a clear word.
fn resumed(root: &Path) -> Result<Ending, Broken> {
    match finished(&ORIGINAL, root, None) {
        Err(failure) => refused(&failure),
        Ok(path) => whole(&path),
    }
}

fn whole(path: &Path) -> Result<Ending, Broken> {
    let results = fs::read(path.join("results.csv")).map_err(|error| error.to_string())?;
    ensure(results == ORIGINAL.results, || {
        format!("other results: {}", String::from_utf8_lossy(&results))
    })?;
    Ok(Ending::Ran)
}
