//! The folder of a sensitivity analysis: one sweep folder for each method, and what they tell.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::error::failure::StorageFailure;
use crate::parameters::ENTRIES;
use crate::storage::chunks::write_whole;
use crate::storage::exchange::{self, Occupant, occupant, sync_folder};
use crate::storage::manifest::{begins_with, entry, multiline, quoted, sha256};
use crate::storage::sweep_folder::read_text;
use crate::storage::sweep_manifest::{IDENTITY, difference, fixed_part_of, value};
use crate::storage::tables::number;
use crate::sweep::sensitivity::{Analysis, Sensitivity};

/// First line of its manifest.
pub const MARKER: &str =
    "# Written by calcifate sensitivity. The same analysis started again goes on in this folder.";

/// The folder of a sensitivity analysis.
#[derive(Debug)]
pub struct SensitivityFolder {
    path: PathBuf,
    fixed: String,
    /// What the user should know.
    pub notes: Vec<String>,
}

impl SensitivityFolder {
    /// Begins the folder in `parent`, or goes on with it.
    ///
    /// # Errors
    /// [`StorageFailure::OtherSweep`] or [`StorageFailure::Foreign`] if it holds something else,
    /// or why it cannot be written. With `force` whatever is there is moved aside.
    pub fn begin(
        parent: &Path,
        sensitivity: &Sensitivity,
        force: bool,
    ) -> Result<Self, StorageFailure> {
        fs::create_dir_all(parent).map_err(|source| StorageFailure::new(parent, source))?;
        let path = parent.join(&sensitivity.name);
        let fixed = fixed_part(sensitivity);
        let mut folder = Self { path, fixed, notes: Vec::new() };
        if let Some(refusal) = folder.refusal()?.filter(|_| !force) {
            return Err(refusal);
        }
        if force && !matches!(occupant(&folder.path)?, Occupant::Nothing | Occupant::EmptyFolder) {
            folder.aside(parent)?;
        }
        let made = fs::create_dir_all(&folder.path);
        made.map_err(|source| StorageFailure::new(&folder.path, source))?;
        if !begins_with(&folder.path, MARKER) {
            folder.write("manifest.toml", folder.manifest(&[]).as_bytes())?;
        }
        sync_folder(parent);
        Ok(folder)
    }

    /// Why what stands there is in the way, if it is.
    fn refusal(&self) -> Result<Option<StorageFailure>, StorageFailure> {
        let path = self.path.display().to_string();
        Ok(match occupant(&self.path)? {
            Occupant::Nothing | Occupant::EmptyFolder => None,
            Occupant::File => Some(StorageFailure::NotAFolder { path }),
            _ if begins_with(&self.path, MARKER) => {
                let there = read_text(&self.path.join("manifest.toml"))?;
                let there = fixed_part_of(&there).unwrap_or_default();
                difference(there, &self.fixed)
                    .map(|difference| StorageFailure::OtherSweep { path, difference })
            }
            _ => Some(StorageFailure::Foreign { path }),
        })
    }

    /// Moves what stands there aside.
    fn aside(&mut self, parent: &Path) -> Result<(), StorageFailure> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let before = exchange::free_name(parent, &format!("{name}.before"));
        let failure = |source| StorageFailure::new(&before, source);
        fs::rename(&self.path, &before).map_err(failure)?;
        self.notes.push(format!("what was {} is now {}", self.path.display(), before.display()));
        Ok(())
    }

    /// Where it is; the folders of the methods stand inside.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// An outcome of all runs of a method in their order, NaN where a run failed; conditions as
    /// 0 and 1.
    ///
    /// # Errors
    /// Why the table of the runs cannot be read.
    pub fn outcome(&self, analysis: &Analysis, outcome: usize) -> Result<Vec<f64>, StorageFailure> {
        let path = self.path.join(analysis.approach.word()).join("results.csv");
        let failure = |source| StorageFailure::new(&path, source);
        let broken = |error: csv::Error| failure(std::io::Error::other(error));
        let file = File::open(&path).map_err(failure)?;
        let mut table = csv::Reader::from_reader(std::io::BufReader::new(file));
        let wanted = analysis.sweep.outcomes.get(outcome).map(|outcome| outcome.column().name);
        let headers = table.headers().map_err(broken)?;
        let place = headers.iter().position(|name| wanted.as_deref() == Some(name));
        let mut values = Vec::new();
        let mut row = csv::StringRecord::new();
        while table.read_record(&mut row).map_err(broken)? {
            let cell = place.and_then(|place| row.get(place)).unwrap_or_default();
            values.push(match cell {
                "true" => 1.0,
                "false" => 0.0,
                number => number.parse().unwrap_or(f64::NAN),
            });
        }
        Ok(values)
    }

    /// Writes a file as a whole; `relative` may name one folder before the file.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn write(&self, relative: &str, bytes: &[u8]) -> Result<(), StorageFailure> {
        let path = self.path.join(relative);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| StorageFailure::new(folder, source))?;
        }
        write_whole(&path, bytes)
    }

    /// Writes the manifest of a finished analysis with the hashes of these files.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn finish(&self, files: &[(String, String)]) -> Result<(), StorageFailure> {
        self.write("manifest.toml", self.manifest(files).as_bytes())
    }

    /// The manifest: complete if there are files.
    fn manifest(&self, files: &[(String, String)]) -> String {
        let mut text = format!("{MARKER}\n");
        entry(&mut text, "note", &quoted(SHORT_DISCLAIMER));
        entry(&mut text, "complete", if files.is_empty() { "false" } else { "true" });
        for (name, hash) in files {
            entry(&mut text, &format!("{name}_sha256"), &quoted(hash));
        }
        text + &self.fixed
    }

    /// Hash of the table of a method's runs, as its own manifest has it.
    ///
    /// # Errors
    /// Why that cannot be read.
    pub fn hash_of_runs(&self, analysis: &Analysis) -> Result<String, StorageFailure> {
        let path = self.path.join(analysis.approach.word()).join("manifest.toml");
        let text = read_text(&path)?;
        Ok(value(&text, "results_sha256").unwrap_or_default().to_owned())
    }
}

/// What the analysis is, to the last bit.
fn fixed_part(sensitivity: &Sensitivity) -> String {
    let mut text = IDENTITY.to_owned();
    entry(&mut text, "sensitivity", &quoted(&sensitivity.name));
    entry(&mut text, "program", &quoted(PROGRAM));
    entry(&mut text, "model", &quoted(MODEL_VERSION));
    entry(&mut text, "parameter_table", &quoted(&sha256(&format!("{ENTRIES:?}"))));
    entry(&mut text, "sweep_file", &quoted(&sha256(&sensitivity.text)));
    let first = sensitivity.analyses.first();
    let texts = first.map(|analysis| analysis.sweep.template.texts.as_slice()).unwrap_or_default();
    let hashes: Vec<String> = texts.iter().map(|(_, text)| quoted(&sha256(text))).collect();
    entry(&mut text, "scenario_files", &format!("[{}]", hashes.join(", ")));
    entry(&mut text, "seed", &quoted(&sensitivity.seed.to_string()));
    entry(&mut text, "inputs", &sensitivity.factors.len().to_string());
    for analysis in &sensitivity.analyses {
        let word = analysis.approach.word();
        let options = &analysis.sweep.options;
        entry(&mut text, &format!("{word}_runs"), &analysis.sweep.plan.runs().to_string());
        entry(&mut text, &format!("{word}_method"), &quoted(options.method.name()));
        let tolerance = number(options.relative_tolerance);
        entry(&mut text, &format!("{word}_relative_tolerance"), &tolerance);
    }
    let own = (format!("{}.toml", sensitivity.name), sensitivity.text.clone());
    for (name, content) in std::iter::once(&own).chain(texts) {
        text.push_str("\n[[text]]\n");
        entry(&mut text, "name", &quoted(name));
        entry(&mut text, "sha256", &quoted(&sha256(content)));
        entry(&mut text, "content", &multiline(content));
    }
    text
}

/// Hash of a text, for the manifest.
#[must_use]
pub fn hash_of(text: &str) -> String {
    sha256(text)
}
