//! Folders in which the same command goes on: what the manifests of a sweep and of a sensitivity
//! analysis have in common.
//!
//! Every value that is read from a manifest is checked, since anybody may have written it: names must be
//! names of folders, counts must keep the limits of files, every text must have its hash.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::error::defect::OrDefect as _;
use crate::error::failure::StorageFailure;
use crate::parameters::{PARAMETER_TABLE, ParameterInfo};
use crate::printed::shown_path;
use crate::storage::hash::Hash;
use crate::storage::manifest::{SourceText, toml_text, with_own_line_ends};
use crate::storage::manifest_values::line;
use crate::storage::place::{Occupant, Place, read as read_bytes, write};
use crate::storage::shard::Shard;

/// Format of the manifests; it is part of the identity, so that no folder is filled by two layouts.
/// Version 0.1.0 wrote none.
const FORMAT: u32 = 2;

/// The identity of a folder's content: equal identities give equal bits.
pub(crate) trait Identity: Clone + Serialize + DeserializeOwned {
    /// First line of the manifest.
    const MARKER: &'static str;

    fn provenance(&self) -> &Provenance;

    /// Headings of its table of runs; empty if it has none of its own.
    fn header(&self) -> &str;
}

/// The manifest of a folder in which the same command goes on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest<I> {
    note: String,
    pub(crate) complete: bool,
    pub(super) shard: Option<Shard>,
    pub(super) failed: Option<u64>,
    pub(super) worst_balance_residual_mg: Option<f64>,
    /// Hashes of tables; their keys end in `_sha256`.
    #[serde(flatten)]
    pub(super) hashes: BTreeMap<String, Hash>,
    pub(crate) identity: I,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    column: Vec<ManifestColumn>,
    text: Vec<SourceText>,
}

impl<I: Identity> Manifest<I> {
    /// The manifest of a folder that begins.
    pub(super) fn new(identity: I, column: Vec<ManifestColumn>, text: Vec<SourceText>) -> Self {
        Self {
            note: SHORT_DISCLAIMER.to_owned(),
            complete: false,
            shard: None,
            failed: None,
            worst_balance_residual_mg: None,
            hashes: BTreeMap::new(),
            identity,
            column,
            text,
        }
    }

    /// The texts that it keeps, with their names: the file, the scenario, what that extends.
    pub(crate) fn texts(&self) -> Vec<(String, String)> {
        self.text.iter().map(|text| (text.name.clone(), text.content.clone())).collect()
    }

    /// The hash of what the folder holds.
    pub(super) fn identity_hash(&self) -> io::Result<Hash> {
        toml_text("", &self.identity).map(Hash::of)
    }

    /// True if this version of the program and its model wrote it.
    pub(super) fn is_of_this_version(&self) -> bool {
        *self.identity.provenance() == Provenance::of(&self.text)
    }

    /// The manifest of the same content, as if nothing were there yet.
    pub(super) fn anew(self) -> Self {
        Self::new(self.identity, self.column, self.text)
    }

    /// The first difference between the content of a folder and that of the command, in words.
    pub(super) fn difference(&self, here: &Self) -> Option<String> {
        difference(&self.identity, &here.identity).or_else(|| self.other_column(here))
    }

    /// The first column that is described in another way, in words.
    fn other_column(&self, here: &Self) -> Option<String> {
        let mut pairs = self.column.iter().zip(&here.column);
        let (there, here) = pairs.find(|(there, here)| there != here)?;
        let name = &here.name;
        let (what, [there, here]) = match there.unit == here.unit {
            true => ("meaning", [&there.meaning, &here.meaning]),
            false => ("unit", [&there.unit, &here.unit]),
        };
        Some(format!("the {what} of column {name} is {there:?} there, {here:?} here"))
    }

    /// The contradiction between its parts, if there is one.
    fn fault(&self) -> Option<String> {
        if let Some(text) = self.text.iter().find(|text| text.sha256 != Hash::of(&text.content)) {
            return Some(format!("the text of {:?} does not have its hash", text.name));
        }
        let provenance = self.identity.provenance();
        let named = std::iter::once(&provenance.sweep_file).chain(&provenance.scenario_files);
        if !named.eq(self.text.iter().map(|text| &text.sha256)) {
            return Some("texts are missing".to_owned());
        }
        let fits = ManifestColumn::header(&self.column) == self.identity.header();
        (!fits).then(|| "the header does not name its columns".to_owned())
    }
}

/// A column of the table of runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ManifestColumn {
    #[serde(deserialize_with = "line")]
    name: String,
    #[serde(deserialize_with = "line")]
    unit: String,
    meaning: String,
}

impl ManifestColumn {
    pub(super) const fn new(name: String, unit: String, meaning: String) -> Self {
        Self { name, unit, meaning }
    }

    pub(super) fn header(columns: &[Self]) -> String {
        columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(",")
    }
}

/// The provenance of a result: program, model, parameters, texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Provenance {
    format: u32,
    #[serde(deserialize_with = "line")]
    program: String,
    #[serde(deserialize_with = "line")]
    model: String,
    parameter_table: Hash,
    sweep_file: Hash,
    scenario_files: Vec<Hash>,
}

impl Provenance {
    /// The provenance of these texts: the sweep file, the scenario, the files that it extends.
    pub(crate) fn of(texts: &[SourceText]) -> Self {
        let mut hashes = texts.iter().map(|text| text.sha256.clone());
        Self {
            format: FORMAT,
            program: PROGRAM.to_owned(),
            model: MODEL_VERSION.to_owned(),
            parameter_table: parameter_table_hash(),
            sweep_file: hashes.next().or_defect("a sweep without a file"),
            scenario_files: hashes.collect(),
        }
    }
}

/// The hash of all that decides a run's numbers: values and ranges of parameters, no words.
fn parameter_table_hash() -> Hash {
    let row = |p: &ParameterInfo| {
        format!("{:?}\n", (p.name, p.value, p.unit, p.low, p.high, p.conservative_value))
    };
    Hash::of(PARAMETER_TABLE.iter().map(row).collect::<String>())
}

/// Begins the folder of `place` with `own` as its manifest, or goes on with what stands there;
/// gives the manifest that stands there now, and what the user should know.
pub(crate) fn begin<I: Identity>(
    place: &Place,
    own: Manifest<I>,
    force: bool,
) -> Result<(Manifest<I>, Vec<String>), StorageFailure> {
    let path = place.path();
    if !force && Occupant::at(&path, Some(I::MARKER))? == Occupant::OurFolder {
        let there: Manifest<I> = read(&path)?;
        if let Some(difference) = difference(&there.identity, &own.identity) {
            return Err(StorageFailure::OtherSweep { path: shown_path(&path), difference });
        }
        return match there.other_column(&own) {
            None => Ok((there, Vec::new())),
            Some(why) => Err(damaged(&path, why)),
        };
    }
    place.check(&place.name, force)?;
    let fresh = place.fresh()?;
    store(&fresh.path, &own)?;
    let notes = place.put(&fresh, &place.name, force, false)?;
    Ok((own, notes))
}

/// Writes the manifest of a folder.
pub(crate) fn store<I: Identity>(
    folder: &Path,
    manifest: &Manifest<I>,
) -> Result<(), StorageFailure> {
    let text = toml_text(I::MARKER, manifest);
    let text = text.map_err(StorageFailure::at(&folder.join("manifest.toml")))?;
    write(folder, "manifest.toml", text.as_bytes())
}

/// The failure of a folder whose manifest is not as it was written.
pub(super) fn damaged(folder: &Path, why: String) -> StorageFailure {
    StorageFailure::Damaged { path: shown_path(&folder.join("manifest.toml")), why }
}

pub(crate) fn read<I: Identity>(folder: &Path) -> Result<Manifest<I>, StorageFailure> {
    #[derive(Deserialize)]
    struct Head {
        identity: ManifestFormat,
    }
    #[derive(Deserialize)]
    struct ManifestFormat {
        #[serde(default)]
        format: u32,
        #[serde(deserialize_with = "line")]
        program: String,
    }
    let damaged = |why: String| damaged(folder, why);
    let bytes = read_bytes(folder, "manifest.toml")?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| damaged("it is not UTF-8".to_owned()))?;
    let text = with_own_line_ends(&text);
    let unread = |error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map(|before| format!("line {}: ", before.matches('\n').count() + 1));
        damaged(line.unwrap_or_default() + error.message())
    };
    let ManifestFormat { format, program } =
        toml::from_str::<Head>(&text).map_err(unread)?.identity;
    if format != FORMAT {
        let path = shown_path(folder);
        return Err(StorageFailure::OtherFormat { path, program });
    }
    let manifest: Manifest<I> = toml::from_str(&text).map_err(unread)?;
    manifest.fault().map_or(Ok(manifest), |why| Err(damaged(why)))
}

/// The first difference between the identity of a folder and that of the command, in words.
pub(crate) fn difference<I: Serialize>(there: &I, here: &I) -> Option<String> {
    /// The first keys to be compared; then the others.
    const FIRST: [&str; 6] =
        ["sweep", "program", "model", "parameter_table", "sweep_file", "scenario_files"];
    let tables = (toml::Table::try_from(there), toml::Table::try_from(here));
    let (Ok(there), Ok(here)) = tables else { return Some("it cannot be told what".to_owned()) };
    let mut keys = FIRST.into_iter().chain(here.keys().map(String::as_str));
    let key = keys.find(|key| there.get(*key) != here.get(*key))?;
    let shown = |table: &toml::Table| table.get(key).map_or("nothing".into(), ToString::to_string);
    Some(match key {
        "sweep_file" => "the sweep file has changed".to_owned(),
        "scenario_files" => "the scenario has changed".to_owned(),
        "parameter_table" => "the model's parameters have changed".to_owned(),
        _ => format!("{} is {} there, {} here", key.replace('_', " "), shown(&there), shown(&here)),
    })
}
