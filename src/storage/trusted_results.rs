//! The rows of a sweep as far as they can be believed: `results.csv` where it has the hash of its
//! manifest, else the chunks, each of which has a checksum of its own.

use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::failure::StorageFailure;
use crate::storage::chunks::{StoredChunk, stored_rows};
use crate::storage::hash::Hash;
use crate::storage::place::{inside, open};
use crate::storage::resume;
use crate::storage::sweep_manifest::SweepManifest;

const TABLE: &str = "results.csv";

/// Why the rows come from the chunks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Missing,
    /// It is not what the sweep wrote.
    Changed,
}

/// The rows of a sweep's folder.
pub(crate) struct TrustedResults {
    folder: PathBuf,
    header: String,
    /// Hash of what the sweep is.
    identity: Hash,
    chunks: u64,
    /// The fault of the table; `None` if it is as it was written.
    pub fault: Option<Fault>,
}

impl TrustedResults {
    /// Compares the table of a folder with its manifest.
    /// Errors: A manifest that cannot be believed, or a file that cannot be read.
    pub(crate) fn of(folder: &Path) -> Result<Self, StorageFailure> {
        let manifest: SweepManifest = resume::read(folder)?;
        let identity = manifest.identity_hash().map_err(StorageFailure::at(folder))?;
        let written = manifest.hashes.get("results_sha256");
        let fault = match hash_of(&inside(folder, TABLE)?)? {
            None => Some(Fault::Missing),
            Some(hash) => (written != Some(&hash)).then_some(Fault::Changed),
        };
        let (header, chunks) = (manifest.identity.header.clone(), manifest.identity.chunks());
        Ok(Self { folder: folder.to_owned(), header, identity, chunks, fault })
    }

    /// Number of chunks that are not there or damaged, and of all.
    pub(crate) fn missing_chunks(&self) -> Result<(u64, u64), StorageFailure> {
        let mut missing = 0;
        for number in 0..self.chunks {
            let chunk = stored_rows(&self.folder, number, &self.identity)?;
            missing += u64::from(!matches!(chunk, StoredChunk::Whole(_)));
        }
        Ok((missing, self.chunks))
    }

    /// The table from its first line on; rows of chunks that are missing are left out.
    pub(crate) fn read(&self) -> Result<Box<dyn Read>, StorageFailure> {
        let path = inside(&self.folder, TABLE)?;
        if self.fault.is_none()
            && let Some(file) = open(&path)?
        {
            return Ok(Box::new(file));
        }
        Ok(Box::new(ChunkRows {
            folder: self.folder.clone(),
            identity: self.identity.clone(),
            chunks: 0..self.chunks,
            rows: Cursor::new(format!("{}\n", self.header).into_bytes()),
        }))
    }
}

/// The trusted table of a folder, with its path for messages.
pub(crate) fn open_results(folder: &Path) -> Result<(Box<dyn Read>, PathBuf), StorageFailure> {
    Ok((TrustedResults::of(folder)?.read()?, folder.join(TABLE)))
}

/// The hash of a file; `None` if there is none.
fn hash_of(path: &Path) -> Result<Option<Hash>, StorageFailure> {
    let Some(mut file) = open(path)? else { return Ok(None) };
    let (mut hash, mut bytes) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut bytes).map_err(StorageFailure::at(path))?;
        match bytes.get(..read) {
            Some(read) if !read.is_empty() => hash.update(read),
            _ => return Ok(Some(Hash::end(hash))),
        }
    }
}

/// The rows of the stored chunks, one after the other.
struct ChunkRows {
    folder: PathBuf,
    identity: Hash,
    /// Those that are not read yet.
    chunks: std::ops::Range<u64>,
    rows: Cursor<Vec<u8>>,
}

impl Read for ChunkRows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.rows.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(number) = self.chunks.next() else { return Ok(0) };
            let chunk = stored_rows(&self.folder, number, &self.identity);
            let chunk = chunk.map_err(|failure| io::Error::other(failure.to_string()))?;
            if let StoredChunk::Whole(chunk) = chunk {
                self.rows = Cursor::new(chunk.rows.into_bytes());
            }
        }
    }
}
