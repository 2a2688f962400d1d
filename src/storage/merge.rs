//! The shards of a sweep become one sweep: hash-checked, missing shards named.

use std::path::{Path, PathBuf};

use crate::error::failure::StorageFailure;
use crate::storage::chunks::{Chunk, file_name};
use crate::storage::manifest::begins_with;
use crate::storage::sweep_folder::{Found, SweepFolder, read_text};
use crate::storage::sweep_manifest::{self as manifest, MARKER, Shard};

/// A sweep put together from its shards.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Its folder.
    pub path: PathBuf,
    /// Its runs.
    pub runs: u64,
    /// How they went.
    pub found: Found,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// Puts the shards of one sweep together in `parent`.
///
/// # Errors
/// A folder that is no shard of the same sweep, missing shards and chunks by name, or why it
/// cannot be written.
pub fn merge(folders: &[PathBuf], parent: &Path, force: bool) -> Result<Merged, StorageFailure> {
    let mut shards: Vec<(&PathBuf, String)> = Vec::new();
    for folder in folders {
        if !begins_with(folder, MARKER) {
            return Err(StorageFailure::NoSweep { path: folder.display().to_string() });
        }
        shards.push((folder, read_text(&folder.join("manifest.toml"))?));
    }
    let first = shards.first().map(|(_, text)| text.as_str()).unwrap_or_default();
    let fixed = manifest::fixed_part_of(first).unwrap_or_default().to_owned();
    for (folder, text) in &shards {
        let there = manifest::fixed_part_of(text).unwrap_or_default();
        if let Some(difference) = manifest::difference(there, &fixed) {
            let path = folder.display().to_string();
            return Err(StorageFailure::OtherSweep { path, difference });
        }
    }
    let number = |key| manifest::value(&fixed, key).and_then(|text| text.parse::<u64>().ok());
    let (runs, size) = (number("runs").unwrap_or(0), number("runs_per_chunk").unwrap_or(1));
    let chunks = runs.div_ceil(size.max(1));
    let name = manifest::value(&fixed, "sweep").unwrap_or("sweep").to_owned();
    let identity = manifest::identity(&fixed);
    let sources = sources(&shards, &identity, chunks)?;
    let folder = SweepFolder::open(parent, &name, fixed, None, Vec::new(), force)?;
    for (chunk, source) in (0..).zip(&sources) {
        folder.take(chunk, source)?;
    }
    let found = folder.look(chunks)?;
    if let Some(chunk) = found.missing.first() {
        let missing = format!("chunk {chunk} is damaged");
        return Err(StorageFailure::Missing { missing });
    }
    folder.finish(chunks, &found)?;
    let (path, notes) = (folder.path.clone(), folder.notes.clone());
    Ok(Merged { path, runs, found, notes })
}

/// For each chunk a folder that holds it.
fn sources<'a>(
    shards: &[(&'a PathBuf, String)],
    identity: &str,
    chunks: u64,
) -> Result<Vec<&'a PathBuf>, StorageFailure> {
    let mut sources = Vec::new();
    let mut missing = Vec::new();
    for number in 0..chunks {
        let holds = |folder: &&PathBuf| {
            let text = read_text(&folder.join("chunks").join(file_name(number)));
            let chunk = text.ok().and_then(|text| Chunk::read(&text));
            chunk.is_some_and(|chunk| chunk.number == number && chunk.identity == identity)
        };
        match shards.iter().map(|(folder, _)| *folder).find(holds) {
            Some(folder) => sources.push(folder),
            None => missing.push(number),
        }
    }
    if missing.is_empty() { Ok(sources) } else { Err(missing_shards(shards, &missing, chunks)) }
}

/// Names the shards that are not there, else the chunks.
fn missing_shards(shards: &[(&PathBuf, String)], missing: &[u64], chunks: u64) -> StorageFailure {
    let known: Vec<Shard> = shards.iter().filter_map(|(_, text)| manifest::shard(text)).collect();
    let of = known.first().map_or(1, |shard| shard.of);
    let absent: Vec<String> = (1..=of)
        .filter(|number| !known.iter().any(|shard| shard.number == *number))
        .filter(|number| missing.iter().any(|chunk| Shard { number: *number, of }.holds(*chunk)))
        .map(|number| format!("{number}/{of}"))
        .collect();
    let unfinished: Vec<String> = known
        .iter()
        .filter(|shard| missing.iter().any(|chunk| shard.holds(*chunk)))
        .map(|shard| format!("{}/{}", shard.number, shard.of))
        .collect();
    let mut parts = Vec::new();
    if !absent.is_empty() {
        parts.push(format!("shards {} are missing", absent.join(", ")));
    }
    if !unfinished.is_empty() {
        parts.push(format!("shards {} are unfinished or damaged", unfinished.join(", ")));
    }
    if parts.is_empty() {
        parts.push(format!("{} of {chunks} chunks are missing", missing.len()));
    }
    StorageFailure::Missing { missing: parts.join("; ") }
}
