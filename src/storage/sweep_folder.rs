//! The folder of a sweep: grows by whole chunks, survives any interruption, ends in tables.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::failure::StorageFailure;
use crate::storage::chunks::{Chunk, file_name, parquet_name, write_whole};
use crate::storage::exchange::{self, Occupant, occupant, sync_folder};
use crate::storage::lock::Lock;
use crate::storage::manifest::{begins_with, sha256_of};
use crate::storage::parquet_table;
use crate::storage::sweep_manifest::{self as manifest, MARKER, Shard, State};
use crate::sweep::Sweep;
use crate::sweep::cell::Column;
use crate::sweep::kept::RunRow;
use crate::sweep::one_run::columns;
use crate::sweep::runner::FinishedChunk;

/// The folder of a sweep, or of one shard of it, while somebody works on it.
#[derive(Debug)]
pub struct SweepFolder {
    pub(super) path: PathBuf,
    fixed: String,
    identity: String,
    shard: Option<Shard>,
    columns: Vec<Column>,
    /// What the user should know.
    pub notes: Vec<String>,
    _lock: Lock,
}

/// What a look at the chunks found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Chunks that are missing or damaged.
    pub missing: Vec<u64>,
    /// Damaged files among them.
    pub damaged: Vec<String>,
    /// Failed runs of the others.
    pub failed: u64,
    /// Largest balance residual of the others \[mg\].
    pub residual_mg: f64,
}

/// The name of a sweep's folder.
#[must_use]
pub fn folder_name(name: &str, shard: Option<Shard>) -> String {
    match shard {
        Some(Shard { number, of }) => format!("{name}.shard-{number}-of-{of}"),
        None => name.to_owned(),
    }
}

impl SweepFolder {
    /// Begins a sweep's folder in `parent`, or goes on with it.
    ///
    /// # Errors
    /// [`StorageFailure::OtherSweep`] or [`StorageFailure::Foreign`] if it holds something else,
    /// or why it cannot be written.
    /// With `force` whatever is there, the same sweep too, is moved aside.
    pub fn begin(
        parent: &Path,
        sweep: &Sweep,
        shard: Option<Shard>,
        force: bool,
    ) -> Result<Self, StorageFailure> {
        let fixed = manifest::fixed_part(sweep);
        Self::open(parent, &folder_name(&sweep.name, shard), fixed, shard, columns(sweep), force)
    }

    /// Begins or goes on with the folder `parent/name` of the sweep that `fixed` says.
    pub(super) fn open(
        parent: &Path,
        name: &str,
        fixed: String,
        shard: Option<Shard>,
        columns: Vec<Column>,
        force: bool,
    ) -> Result<Self, StorageFailure> {
        fs::create_dir_all(parent).map_err(|source| StorageFailure::new(parent, source))?;
        let lock = Lock::take(parent, name)?;
        exchange::remove_leftovers(parent, name);
        let path = parent.join(name);
        let identity = manifest::identity(&fixed);
        let mut folder =
            Self { path, fixed, identity, shard, columns, notes: Vec::new(), _lock: lock };
        match folder.look_for_earlier()?.filter(|_| !force) {
            Some(earlier) => folder.fixed = earlier,
            None => folder.create(parent, name, force)?,
        }
        for inner in ["chunks", "parquet"] {
            let inner = folder.path.join(inner);
            fs::create_dir_all(&inner).map_err(|source| StorageFailure::new(&inner, source))?;
        }
        Ok(folder)
    }

    /// The fixed part of the manifest, if the folder holds this sweep.
    fn look_for_earlier(&self) -> Result<Option<String>, StorageFailure> {
        if !begins_with(&self.path, MARKER) {
            return Ok(None);
        }
        let there = read_text(&self.path.join("manifest.toml"))?;
        let fixed = manifest::fixed_part_of(&there).unwrap_or_default();
        Ok((manifest::identity(fixed) == self.identity).then(|| fixed.to_owned()))
    }

    /// Makes the folder with its manifest; what stands there is refused or moved aside.
    fn create(&mut self, parent: &Path, name: &str, force: bool) -> Result<(), StorageFailure> {
        let shown = self.path.display().to_string();
        match occupant(&self.path)? {
            Occupant::Nothing => {}
            Occupant::EmptyFolder => {
                let failure = |source| StorageFailure::new(&self.path, source);
                fs::remove_dir(&self.path).map_err(failure)?;
            }
            _ if force => {
                let before = exchange::free_name(parent, &format!("{name}.before"));
                let failure = |source| StorageFailure::new(&before, source);
                fs::rename(&self.path, &before).map_err(failure)?;
                self.notes.push(format!("what was {shown} is now {}", before.display()));
            }
            Occupant::File => return Err(StorageFailure::NotAFolder { path: shown }),
            _ if begins_with(&self.path, MARKER) => {
                let there = read_text(&self.path.join("manifest.toml"))?;
                let there = manifest::fixed_part_of(&there).unwrap_or_default();
                let difference = manifest::difference(there, &self.fixed)
                    .unwrap_or_else(|| "its manifest is damaged".to_owned());
                return Err(StorageFailure::OtherSweep { path: shown, difference });
            }
            _ => return Err(StorageFailure::Foreign { path: shown }),
        }
        let fresh = parent.join(format!(".{name}.new-{}", std::process::id()));
        let text = manifest::manifest(&State::default(), self.shard, &self.fixed);
        let attempt = || {
            fs::create_dir(&fresh).map_err(|source| StorageFailure::new(&fresh, source))?;
            write_whole(&fresh.join("manifest.toml"), text.as_bytes())?;
            fs::rename(&fresh, &self.path).map_err(|source| StorageFailure::new(&self.path, source))
        };
        attempt().inspect_err(|_| {
            let _ = fs::remove_dir_all(&fresh); // a folder without its manifest is of no use
        })?;
        sync_folder(parent);
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks at all chunks that belong here: which are missing, which are damaged.
    ///
    /// # Errors
    /// Why a file cannot be read.
    pub fn look(&self, chunks: u64) -> Result<Found, StorageFailure> {
        let mut found = Found::default();
        let shard = self.shard;
        for number in (0..chunks).filter(|chunk| shard.is_none_or(|shard| shard.holds(*chunk))) {
            let path = self.path.join("chunks").join(file_name(number));
            match self.chunk(number)? {
                Some(chunk) => {
                    found.failed += chunk.failed;
                    found.residual_mg = found.residual_mg.max(chunk.residual_mg);
                }
                None => {
                    found.missing.push(number);
                    if path.exists() {
                        found.damaged.push(path.display().to_string());
                    }
                }
            }
        }
        Ok(found)
    }

    /// A stored chunk; `None` if it is missing or damaged, or its Parquet file is.
    fn chunk(&self, number: u64) -> Result<Option<Chunk>, StorageFailure> {
        let path = self.path.join("chunks").join(file_name(number));
        let Some(bytes) = read_bytes(&path)? else { return Ok(None) };
        let chunk = String::from_utf8(bytes).ok().and_then(|text| Chunk::read(&text));
        let Some(chunk) = chunk.filter(|c| c.number == number && c.identity == self.identity)
        else {
            return Ok(None);
        };
        if chunk.parquet == "-" {
            return Ok(Some(chunk));
        }
        let table = read_bytes(&self.path.join("parquet").join(parquet_name(number)))?;
        Ok(table.filter(|table| sha256_of(table) == chunk.parquet).map(|_| chunk))
    }

    /// Stores a finished chunk; `command` gives the command that repeats a failed run.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn store(
        &self,
        finished: &FinishedChunk,
        command: &dyn Fn(&RunRow) -> String,
    ) -> Result<(), StorageFailure> {
        let path = self.path.join("chunks").join(file_name(finished.number));
        let failure = |source| StorageFailure::new(&path, source);
        let mut hash = "-".to_owned();
        let table = parquet_table::bytes(&self.columns, &finished.rows).map_err(failure)?;
        if let Some(table) = table {
            hash = sha256_of(&table);
            write_whole(&self.path.join("parquet").join(parquet_name(finished.number)), &table)?;
        }
        let chunk = Chunk::of(finished.number, &self.identity, &finished.rows, hash, command)
            .map_err(failure)?;
        write_whole(&path, chunk.text().as_bytes())
    }

    /// Writes the tables from the chunks, all of which must be there, and the manifest.
    ///
    /// # Errors
    /// Why a chunk cannot be read or a table cannot be written.
    pub fn finish(&self, chunks: u64, found: &Found) -> Result<(), StorageFailure> {
        let mut state = State {
            complete: true,
            failed: found.failed,
            residual_mg: found.residual_mg,
            results_sha256: String::new(),
        };
        match self.shard {
            None => state.results_sha256 = self.write_tables(chunks)?,
            Some(shard) => self.write_failures((0..chunks).filter(|chunk| shard.holds(*chunk)))?,
        }
        let text = manifest::manifest(&state, self.shard, &self.fixed);
        write_whole(&self.path.join("manifest.toml"), text.as_bytes())
    }

    /// `results.csv` and `failures.csv`, chunk by chunk; the hash of the first.
    fn write_tables(&self, chunks: u64) -> Result<String, StorageFailure> {
        let header = manifest::value(&self.fixed, "header").unwrap_or_default();
        let mut results = Table::begin(&self.path, "results.csv", header)?;
        for number in 0..chunks {
            results.push(&self.stored(number)?.rows)?;
        }
        self.write_failures(0..chunks)?;
        results.end()
    }

    /// `failures.csv` of some chunks.
    fn write_failures(&self, chunks: impl Iterator<Item = u64>) -> Result<(), StorageFailure> {
        let mut failures = Table::begin(&self.path, "failures.csv", "run,cause,command")?;
        for number in chunks {
            failures.push(&self.stored(number)?.failures)?;
        }
        failures.end().map(|_| ())
    }

    /// A chunk that a look has found.
    fn stored(&self, number: u64) -> Result<Chunk, StorageFailure> {
        self.chunk(number)?.ok_or_else(|| {
            let missing = format!("chunk {number} has vanished while the tables were written");
            StorageFailure::Missing { missing }
        })
    }

    /// Writes `timing.toml`.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn write_timing(&self, text: &str) -> Result<(), StorageFailure> {
        write_whole(&self.path.join("timing.toml"), text.as_bytes())
    }
}

/// A table that is written beside its place, with its hash.
struct Table {
    path: PathBuf,
    beside: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
}

impl Table {
    fn begin(folder: &Path, name: &str, header: &str) -> Result<Self, StorageFailure> {
        let (path, beside) = (folder.join(name), folder.join(format!(".{name}.part")));
        let file = File::create(&beside).map_err(|source| StorageFailure::new(&path, source))?;
        let mut table = Self { path, beside, file: BufWriter::new(file), hash: Sha256::new() };
        table.push(&format!("{header}\n"))?;
        Ok(table)
    }

    fn push(&mut self, text: &str) -> Result<(), StorageFailure> {
        self.hash.update(text.as_bytes());
        self.file
            .write_all(text.as_bytes())
            .map_err(|source| StorageFailure::new(&self.path, source))
    }

    fn end(mut self) -> Result<String, StorageFailure> {
        let failure = |source| StorageFailure::new(&self.path, source);
        self.file.flush().map_err(failure)?;
        self.file.get_ref().sync_data().map_err(failure)?;
        fs::rename(&self.beside, &self.path).map_err(failure)?;
        let hash = std::mem::take(&mut self.hash).finalize();
        Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Drop for Table {
    /// What was not put in place only takes up room; after [`Self::end`] there is nothing.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside);
    }
}

/// A file's bytes; `None` if there is none.
fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, StorageFailure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StorageFailure::new(path, error)),
    }
}

/// A file's text; empty if there is none.
pub(super) fn read_text(path: &Path) -> Result<String, StorageFailure> {
    let bytes = read_bytes(path)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl SweepFolder {
    /// Copies a chunk and its Parquet file from another folder, unless it is here already.
    pub(super) fn take(&self, number: u64, from: &Path) -> Result<(), StorageFailure> {
        if self.chunk(number)?.is_some() {
            return Ok(());
        }
        for (folder, name) in [("parquet", parquet_name(number)), ("chunks", file_name(number))] {
            if let Some(bytes) = read_bytes(&from.join(folder).join(&name))? {
                write_whole(&self.path.join(folder).join(&name), &bytes)?;
            }
        }
        Ok(())
    }
}
