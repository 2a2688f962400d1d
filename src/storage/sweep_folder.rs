//! The folder of a sweep: grows by whole chunks, survives any interruption, ends in tables.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::failure::StorageFailure;
use crate::printed::shown_path;
use crate::storage::chunks::{Chunk, StoredChunk, file_name, parquet_files, stored_rows};
use crate::storage::hash::Hash;
use crate::storage::manifest::RunTiming;
#[cfg(feature = "parquet")]
use crate::storage::parquet_table;
use crate::storage::place::{Place, WholeFile, read, write};
use crate::storage::resume;
use crate::storage::shard::Shard;
use crate::storage::sweep_manifest::{SweepManifest, manifest};
use crate::sweep::Sweep;
use crate::sweep::courses;
use crate::sweep::evaluation::columns;
#[cfg(feature = "parquet")]
use crate::sweep::results_table::CellValue;
use crate::sweep::results_table::ResultColumn;
use crate::sweep::run_record::RunRow;
use crate::sweep::runner::FinishedChunk;

/// The locked folder of a sweep, or of one shard of it.
pub(crate) struct SweepFolder {
    pub path: PathBuf,
    manifest: SweepManifest,
    identity: Hash,
    /// The columns of runs and of time courses.
    #[cfg_attr(not(feature = "parquet"), allow(dead_code))] // only Parquet files need them
    tables: [Vec<ResultColumn>; 2],
    pub notes: Vec<String>,
    _place: Place,
}

/// The result of a scan of the stored chunks.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct ChunkScan {
    /// Chunks that are missing or damaged.
    pub missing: Vec<u64>,
    /// Damaged files among them.
    pub damaged: Vec<String>,
    /// Failed runs of the others.
    pub failed: u64,
    /// Largest balance residual of the others \[mg\].
    pub residual_mg: f64,
}

/// Looks at the files of a chunk of the sweep with this identity; time courses have their own.
pub(super) fn stored_chunk(
    folder: &Path,
    number: u64,
    identity: &Hash,
    courses: bool,
) -> Result<StoredChunk, StorageFailure> {
    let found = stored_rows(folder, number, identity)?;
    let StoredChunk::Whole(chunk) = &found else { return Ok(found) };
    if chunk.parquet == "-" {
        return Ok(found);
    }
    let (mut all, mut last) = (Vec::new(), PathBuf::new());
    for name in parquet_files(number, courses) {
        last = folder.join(&name);
        let Some(table) = read(folder, &name)? else { return Ok(StoredChunk::Damaged(last)) };
        all.extend(table);
    }
    let is_whole = Hash::of(&all).digits() == chunk.parquet;
    Ok(if is_whole { found } else { StoredChunk::Damaged(last) })
}

impl SweepFolder {
    /// Begins a sweep's folder in `parent`, or goes on with it.
    /// Errors: [`StorageFailure::OtherSweep`] or [`StorageFailure::Foreign`] if it holds something else,
    /// or why it cannot be written.
    /// With `force` whatever is there, the same sweep too, is moved aside.
    pub(crate) fn begin(
        parent: &Path,
        sweep: &Sweep,
        shard: Option<Shard>,
        force: bool,
    ) -> Result<Self, StorageFailure> {
        let mut own = manifest(sweep);
        own.shard = shard;
        let name = match shard {
            Some(Shard { number, of }) => format!("{}.shard-{number}-of-{of}", sweep.name),
            None => sweep.name.clone(),
        };
        let tables = [columns(sweep), courses::columns(&sweep.courses)];
        Self::open(parent, &name, own, tables, force)
    }

    /// Begins or goes on with the folder `parent/name` of the sweep that `own` says.
    pub(super) fn open(
        parent: &Path,
        name: &str,
        own: SweepManifest,
        tables: [Vec<ResultColumn>; 2],
        force: bool,
    ) -> Result<Self, StorageFailure> {
        let place = Place::take(parent, name, None)?;
        let path = place.path();
        let shard = own.shard;
        let identity = own.identity_hash().map_err(StorageFailure::at(&path))?;
        let (mut manifest, notes) = resume::begin(&place, own, force)?;
        manifest.shard = shard;
        Ok(Self { path, manifest, identity, tables, notes, _place: place })
    }

    /// Looks at all chunks that belong here: which are missing, which are damaged.
    ///
    /// `watch` is called after each chunk.
    pub(crate) fn scan(&self, chunks: u64, watch: &dyn Fn()) -> Result<ChunkScan, StorageFailure> {
        let mut found = ChunkScan::default();
        for number in Shard::own_chunks(self.manifest.shard, chunks) {
            match self.chunk(number)? {
                StoredChunk::Whole(chunk) => {
                    found.failed += chunk.failed;
                    found.residual_mg = found.residual_mg.max(chunk.residual_mg);
                }
                StoredChunk::Missing => found.missing.push(number),
                StoredChunk::Damaged(path) => {
                    found.missing.push(number);
                    found.damaged.push(shown_path(&path));
                }
            }
            watch();
        }
        Ok(found)
    }

    fn chunk(&self, number: u64) -> Result<StoredChunk, StorageFailure> {
        stored_chunk(&self.path, number, &self.identity, self.manifest.identity.keeps_courses())
    }

    /// Stores a finished chunk; `command` gives the command that repeats a failed run.
    pub(crate) fn store(
        &self,
        finished: &FinishedChunk,
        command: &dyn Fn(&RunRow) -> String,
    ) -> Result<(), StorageFailure> {
        let name = Path::new("chunks").join(file_name(finished.number));
        let path = self.path.join(&name);
        let failure = StorageFailure::at(&path);
        #[cfg(feature = "parquet")]
        let hash = self.store_parquet(finished)?;
        #[cfg(not(feature = "parquet"))]
        let hash = "-".to_owned();
        let identity = self.identity.digits();
        let chunk =
            Chunk::of(finished.number, identity, &finished.rows, hash, command).map_err(failure)?;
        write(&self.path, name, chunk.text().as_bytes())
    }

    /// Writes the Parquet files of a chunk; gives the hash of both.
    #[cfg(feature = "parquet")]
    fn store_parquet(&self, finished: &FinishedChunk) -> Result<String, StorageFailure> {
        let rows = &finished.rows;
        let runs: Vec<&[CellValue]> = rows.iter().map(|row| row.cells.as_slice()).collect();
        let courses = rows.iter().flat_map(|row| &row.courses).map(Vec::as_slice).collect();
        let names = parquet_files(finished.number, self.manifest.identity.keeps_courses());
        let mut all = Vec::new();
        for ((name, columns), rows) in names.zip(&self.tables).zip([runs, courses]) {
            let path = self.path.join(&name);
            let table = parquet_table::bytes(columns, &rows).map_err(StorageFailure::at(&path))?;
            write(&self.path, name, &table)?;
            all.extend(table);
        }
        Ok(Hash::of(&all).digits().to_owned())
    }

    /// Writes the tables from the chunks, all of which must be there, and the manifest.
    ///
    /// `watch` is called after each chunk; if it gives false, nothing is written, and this is false.
    pub(crate) fn finish(
        &self,
        chunks: u64,
        found: &ChunkScan,
        watch: &dyn Fn() -> bool,
    ) -> Result<bool, StorageFailure> {
        let mut manifest = self.manifest.clone();
        manifest.complete = true;
        manifest.failed = Some(found.failed);
        manifest.worst_balance_residual_mg = Some(found.residual_mg);
        let header = &self.manifest.identity.header;
        let shard = manifest.shard;
        // Only the whole sweep has a table of results.
        let mut results = match shard {
            None => Some(Table::begin(&self.path, "results.csv", header)?),
            Some(_) => None,
        };
        let courses = &self.manifest.identity.courses_header;
        let mut courses = match shard.is_none() && !courses.is_empty() {
            true => Some(Table::begin(&self.path, "courses.csv", courses)?),
            false => None,
        };
        let mut failures = Table::begin(&self.path, "failures.csv", "run,cause,command")?;
        for number in Shard::own_chunks(shard, chunks) {
            let chunk = self.required_chunk(number)?;
            failures.push(&chunk.failures)?;
            results.iter_mut().try_for_each(|results| results.push(&chunk.rows))?;
            courses.iter_mut().try_for_each(|courses| courses.push(&chunk.courses))?;
            if !watch() {
                return Ok(false);
            }
        }
        failures.end()?;
        for (name, table) in [("results_sha256", results), ("courses_sha256", courses)] {
            let Some(table) = table else { continue };
            manifest.hashes.insert(name.to_owned(), table.end()?);
        }
        resume::store(&self.path, &manifest).map(|()| true)
    }

    /// A chunk that a look has found.
    fn required_chunk(&self, number: u64) -> Result<Chunk, StorageFailure> {
        match self.chunk(number)? {
            StoredChunk::Whole(chunk) => Ok(*chunk),
            StoredChunk::Missing | StoredChunk::Damaged(_) => {
                let missing = format!("chunk {number} has vanished while the tables were written");
                Err(StorageFailure::Missing { missing })
            }
        }
    }

    /// Writes `timing.toml`.
    pub(crate) fn write_timing(&self, timing: &RunTiming) -> Result<(), StorageFailure> {
        let text = timing.text().map_err(StorageFailure::at(&self.path.join("timing.toml")))?;
        write(&self.path, "timing.toml", text.as_bytes())
    }

    /// Copies a chunk and its Parquet file from another folder, unless it is here already.
    pub(super) fn copy_chunk(&self, number: u64, from: &Path) -> Result<(), StorageFailure> {
        if matches!(self.chunk(number)?, StoredChunk::Whole(_)) {
            return Ok(());
        }
        let parquet = parquet_files(number, self.manifest.identity.keeps_courses());
        for relative in parquet.chain([Path::new("chunks").join(file_name(number))]) {
            if let Some(bytes) = read(from, &relative)? {
                write(&self.path, &relative, &bytes)?;
            }
        }
        Ok(())
    }
}

/// A table that is written row by row, with its hash.
struct Table {
    file: WholeFile,
    hash: Sha256,
}

impl Table {
    fn begin(folder: &Path, name: &str, header: &str) -> Result<Self, StorageFailure> {
        let file = WholeFile::begin(&folder.join(name))?;
        let mut table = Self { file, hash: Sha256::new() };
        table.push(header)?;
        table.push("\n")?;
        Ok(table)
    }

    fn push(&mut self, text: &str) -> Result<(), StorageFailure> {
        self.hash.update(text.as_bytes());
        self.file.push(text.as_bytes())
    }

    fn end(self) -> Result<Hash, StorageFailure> {
        self.file.put(None)?;
        Ok(Hash::end(self.hash))
    }
}
