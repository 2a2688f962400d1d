//! The folder of a sensitivity analysis: one sweep folder for each method, and what they tell.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::defect::OrDefect as _;
use crate::error::failure::StorageFailure;
use crate::storage::hash::Hash;
use crate::storage::manifest::SourceText;
use crate::storage::manifest_values::{count, folder_name, line};
use crate::storage::place::Place;
use crate::storage::resume::{self, Identity, Manifest, Provenance};
use crate::storage::shard::Shard;
use crate::storage::sweep_manifest::SweepManifest;
use crate::storage::trusted_results::read_columns;
use crate::sweep::file::RUN_LIMIT;
use crate::sweep::sensitivity::{Analysis, Sensitivity};

/// The shards of an analysis begin their common folder one after the other, within this time.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SensitivityIdentity {
    #[serde(deserialize_with = "folder_name")]
    pub(crate) sensitivity: String,
    #[serde(flatten)]
    provenance: Provenance,
    #[serde(deserialize_with = "line")]
    seed: String,
    #[serde(deserialize_with = "count::<_, 0, RUN_LIMIT>")]
    inputs: u64,
    /// Runs, method and tolerance of each method.
    #[serde(flatten)]
    methods: BTreeMap<String, toml::Value>,
}

impl Identity for SensitivityIdentity {
    const MARKER: &'static str = "# Written by calcifate sensitivity. The same analysis started again goes on in this folder.";

    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn header(&self) -> &str {
        ""
    }
}

impl SensitivityIdentity {
    /// The manifest of an analysis that begins.
    fn manifest(sensitivity: &Sensitivity) -> SensitivityManifest {
        let first = sensitivity.analyses.first();
        let others = first.map_or(&[][..], |analysis| &analysis.sweep.template.texts);
        let text = SourceText::all(&sensitivity.name, &sensitivity.text, others);
        let methods = sensitivity.analyses.iter().flat_map(|analysis| {
            let (word, options) = (analysis.method.word(), &analysis.sweep.options);
            let runs = i64::try_from(analysis.sweep.plan.runs())
                .or_defect("more runs than a manifest counts");
            [
                (format!("{word}_runs"), runs.into()),
                (format!("{word}_method"), options.method.name().into()),
                (format!("{word}_relative_tolerance"), options.relative_tolerance.into()),
            ]
        });
        let identity = Self {
            sensitivity: sensitivity.name.clone(),
            provenance: Provenance::of(&text),
            seed: sensitivity.seed.to_string(),
            inputs: sensitivity.factors.len() as u64,
            methods: methods.collect(),
        };
        Manifest::new(identity, Vec::new(), text)
    }
}

pub(crate) type SensitivityManifest = Manifest<SensitivityIdentity>;

impl SensitivityManifest {
    /// The tolerance with which an analysis was run.
    pub(crate) fn tolerance(&self, analysis: &Analysis) -> Option<f64> {
        let key = format!("{}_relative_tolerance", analysis.method.word());
        self.identity.methods.get(&key).and_then(toml::Value::as_float)
    }
}

/// An outcome of all runs of a method in `folder`, in their order; NaN where a run failed,
/// conditions as 0 and 1.
pub(crate) fn stored_outcome(
    folder: &Path,
    analysis: &Analysis,
    outcome: usize,
) -> Result<Vec<f64>, StorageFailure> {
    let outcome = analysis.sweep.outcomes.get(outcome).or_defect("an outcome that does not exist");
    let folder = folder.join(analysis.method.word());
    let runs = usize::try_from(analysis.sweep.plan.runs()).or_defect("more runs than memory");
    let slot = |run| usize::try_from(run).ok();
    let columns = read_columns(&folder, &[outcome.column().name], &slot, runs)?;
    Ok(columns.into_iter().next().or_defect("a table without its column"))
}

pub(crate) struct SensitivityFolder {
    /// Its path; the folders of the methods stand inside.
    pub path: PathBuf,
    manifest: SensitivityManifest,
    pub notes: Vec<String>,
    /// Shards share the folder; whoever works out the indices has it alone.
    _place: Option<Place>,
}

impl SensitivityFolder {
    /// Begins the folder in `parent`, or goes on with it.
    /// Errors: [`StorageFailure::OtherSweep`] or [`StorageFailure::Foreign`] if it holds something else,
    /// or why it cannot be written. With `force` whatever is there is moved aside.
    pub(crate) fn begin(
        parent: &Path,
        sensitivity: &Sensitivity,
        shard: Option<Shard>,
        force: bool,
    ) -> Result<Self, StorageFailure> {
        let name = &sensitivity.name;
        let until = Instant::now() + if shard.is_some() { PATIENCE } else { Duration::ZERO };
        let place = loop {
            match Place::take(parent, name, None) {
                Err(StorageFailure::Busy { .. }) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                taken => break taken?,
            }
        };
        let (manifest, notes) =
            resume::begin(&place, SensitivityIdentity::manifest(sensitivity), force)?;
        Ok(Self { path: place.path(), manifest, notes, _place: shard.is_none().then_some(place) })
    }

    /// Writes the manifest of a finished analysis with the hashes of these files.
    pub(crate) fn finish(&self, files: Vec<(String, Hash)>) -> Result<(), StorageFailure> {
        let mut manifest = self.manifest.clone();
        manifest.complete = true;
        let named = files.into_iter().map(|(name, hash)| (format!("{name}_sha256"), hash));
        manifest.hashes = named.collect();
        resume::store(&self.path, &manifest)
    }

    /// Hash of the table of a method's runs, as its own manifest has it.
    pub(crate) fn hash_of_runs(&self, analysis: &Analysis) -> Result<Hash, StorageFailure> {
        let folder = self.path.join(analysis.method.word());
        let manifest: SweepManifest = resume::read(&folder)?;
        let hash = manifest.hashes.get("results_sha256").cloned();
        let why = "it does not have the hash of the results";
        hash.ok_or_else(|| resume::damaged(&folder, why.to_owned()))
    }
}
