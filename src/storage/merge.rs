//! The shards of a sweep become one sweep: hash-checked, missing shards named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::printed::shown_path;
use crate::storage::chunks::{StoredChunk, file_name};
use crate::storage::hash::Hash;
use crate::storage::place::{has_manifest, inside};
use crate::storage::resume::{self, Identity as _};
use crate::storage::shard::Shard;
use crate::storage::sweep_folder::{ChunkScan, SweepFolder, stored_chunk};
use crate::storage::sweep_manifest::{SweepIdentity, SweepManifest};

/// A sweep put together from its shards.
#[derive(Clone, PartialEq)]
pub(crate) struct Merged {
    pub path: PathBuf,
    pub runs: u64,
    pub found: ChunkScan,
    pub notes: Vec<String>,
}

/// Puts the shards of one sweep together in `parent`.
/// Errors: A folder that is no shard of the same sweep, missing shards and chunks by name, or why it
/// cannot be written.
pub(crate) fn merge(
    folders: &[PathBuf],
    parent: &Path,
    force: bool,
) -> Result<Merged, StorageFailure> {
    let mut shards: Vec<(&Path, SweepManifest)> = Vec::new();
    for folder in folders {
        let path = shown_path(folder);
        if !has_manifest(folder, SweepIdentity::MARKER) {
            return Err(StorageFailure::NoSweep { path });
        }
        let shard: SweepManifest = resume::read(folder).map_err(StorageFailure::of_shard)?;
        let first = shards.first();
        let other = first.and_then(|(_, first)| shard.difference(first));
        if (first.is_none() || other.is_some())
            && let Some(why) = shard.contradicts_its_texts()
        {
            return Err(resume::damaged(folder, why));
        }
        if let (Some((first, _)), Some(difference)) = (first, other) {
            let first = shown_path(first);
            return Err(StorageFailure::OtherShard { path, first, difference });
        }
        shards.push((folder, shard));
    }
    let Some((_, first)) = shards.first() else {
        return Err(StorageFailure::Missing { missing: "no shard is named".to_owned() });
    };
    let whole = first.clone().anew();
    let (runs, chunks) = (whole.identity.runs, whole.identity.chunks());
    let name = whole.identity.sweep.clone();
    let identity = whole.identity_hash().map_err(StorageFailure::at(parent))?;
    let Sources { whole: sources, damaged } =
        sources(&shards, &identity, chunks).map_err(StorageFailure::of_shard)?;
    if !damaged.is_empty() {
        let several = damaged.len() > 1;
        let files = listed(damaged.into_values().map(|path| shown_path(&path)));
        return Err(StorageFailure::DamagedChunks { files: files.unwrap_or_default(), several });
    }
    if sources.len() as u64 != chunks {
        return Err(missing_shards(&shards, &sources, chunks));
    }
    let folder = SweepFolder::open(parent, &name, whole, [Vec::new(), Vec::new()], force)?;
    for (chunk, source) in sources {
        folder.copy_chunk(chunk, source)?;
    }
    let found = folder.scan(chunks, &|| ())?;
    if let Some(chunk) = found.missing.first() {
        let missing = format!("chunk {chunk} is damaged");
        return Err(StorageFailure::Missing { missing });
    }
    folder.finish(chunks, &found, &|| true)?;
    let (path, notes) = (folder.path.clone(), folder.notes.clone());
    Ok(Merged { path, runs, found, notes })
}

/// The chunks in some folders.
#[derive(Default)]
struct Sources<'a> {
    /// The first folder that holds a chunk whole.
    whole: BTreeMap<u64, &'a Path>,
    /// The damaged file of a chunk that is whole nowhere.
    damaged: BTreeMap<u64, PathBuf>,
}

/// Looks for chunks; only those that are there take time.
fn sources<'a>(
    shards: &[(&'a Path, SweepManifest)],
    identity: &Hash,
    chunks: u64,
) -> Result<Sources<'a>, StorageFailure> {
    let mut sources = Sources::default();
    for (folder, shard) in shards {
        let courses = shard.identity.keeps_courses();
        let chunks_folder = inside(folder, Path::new("chunks").join("000000.csv"))?;
        let chunks_folder = chunks_folder.parent().unwrap_or(folder);
        for entry in fs::read_dir(chunks_folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let number = name.strip_suffix(".csv").and_then(|number| number.parse().ok());
            let fits = |number: &u64| *number < chunks && file_name(*number) == name;
            let Some(number) = number.filter(fits) else { continue };
            if sources.whole.contains_key(&number) {
                continue;
            }
            match stored_chunk(folder, number, identity, courses)? {
                StoredChunk::Whole(_) => {
                    sources.damaged.remove(&number);
                    sources.whole.insert(number, *folder);
                }
                StoredChunk::Damaged(path) => {
                    sources.damaged.entry(number).or_insert(path);
                }
                StoredChunk::Missing => {}
            }
        }
    }
    Ok(sources)
}

/// Names the shards that are not there, else the chunks.
fn missing_shards(
    shards: &[(&Path, SweepManifest)],
    sources: &BTreeMap<u64, &Path>,
    chunks: u64,
) -> StorageFailure {
    let known: Vec<Shard> = shards.iter().filter_map(|(_, manifest)| manifest.shard).collect();
    let of = known.first().map_or(1, |shard| shard.of);
    let misses = |shard: &Shard| {
        let held = sources.keys().filter(|chunk| shard.holds(**chunk)).count() as u64;
        held < shard.share_of(chunks)
    };
    let all = (1..=of.min(chunks)).map(|number| Shard { number, of });
    let absent = all.filter(|shard| !known.contains(shard)).filter(misses);
    let unfinished = known.iter().copied().filter(misses);
    let mut parts = Vec::new();
    parts.extend(listed(absent).map(|list| format!("shards {list} are missing")));
    parts.extend(listed(unfinished).map(|list| format!("shards {list} are unfinished or damaged")));
    if parts.is_empty() {
        parts.push(format!("{} of {chunks} chunks are missing", chunks - sources.len() as u64));
    }
    StorageFailure::Missing { missing: parts.join("; ") }
}

/// The first of them by name, and how many more there are; `None` if there is none.
fn listed(shards: impl Iterator<Item = impl Into<String>>) -> Option<String> {
    const MOST: usize = 20;
    let mut names: Vec<String> = shards.map(Into::into).collect();
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| names.join(", ") + &more)
}
