//! The identity of a sweep in its manifest.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use crate::simulation::{Method, Options};
use crate::storage::manifest::SourceText;
use crate::storage::manifest_values::{count, folder_name, line, tolerance};
use crate::storage::resume::{Identity, Manifest, ManifestColumn, Provenance};
use crate::sweep::Sweep;
use crate::sweep::courses;
use crate::sweep::evaluation::columns;
use crate::sweep::file::{RUN_LIMIT, RUNS_PER_CHUNK_LIMIT, load, load_sensitivity};
use crate::sweep::sampling::{Design, SamplingMethod};

pub(crate) type SweepManifest = Manifest<SweepIdentity>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SweepIdentity {
    #[serde(deserialize_with = "folder_name")]
    pub(crate) sweep: String,
    #[serde(flatten)]
    provenance: Provenance,
    pub(crate) method: Method,
    #[serde(deserialize_with = "tolerance")]
    pub(crate) relative_tolerance: f64,
    /// The word for the design of its samples.
    #[serde(deserialize_with = "line")]
    pub(crate) sampling: String,
    #[serde(deserialize_with = "count::<_, 0, RUN_LIMIT>")]
    samples: u64,
    #[serde(deserialize_with = "line")]
    seed: String, // TOML integers end at 2^63
    #[serde(deserialize_with = "count::<_, 1, RUN_LIMIT>")]
    pub(super) runs: u64,
    #[serde(deserialize_with = "count::<_, 1, RUNS_PER_CHUNK_LIMIT>")]
    runs_per_chunk: u64,
    #[serde(deserialize_with = "line")]
    pub(super) header: String,
    parquet: bool,
    /// Headings of the table of time courses; empty if none are kept.
    #[serde(default, deserialize_with = "line", skip_serializing_if = "String::is_empty")]
    pub(super) courses_header: String,
}

impl Identity for SweepIdentity {
    const MARKER: &'static str =
        "# Written by calcifate sweep. The same sweep started again goes on in this folder.";

    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn header(&self) -> &str {
        &self.header
    }
}

impl SweepIdentity {
    pub(super) const fn keeps_courses(&self) -> bool {
        !self.courses_header.is_empty()
    }

    pub(super) const fn chunks(&self) -> u64 {
        self.runs.div_ceil(self.runs_per_chunk)
    }
}

impl SweepManifest {
    /// True of the points of a sensitivity analysis.
    pub(crate) fn is_of_analysis(&self) -> bool {
        let sampling = self.identity.sampling.as_str();
        sampling != "none" && !SamplingMethod::ALL.iter().any(|(_, word)| *word == sampling)
    }

    /// The sweep that its texts describe.
    pub(crate) fn sweep(&self) -> Result<Sweep, String> {
        let texts = self.texts();
        let (name, text) = texts.first().ok_or("it keeps no sweep file")?;
        let SweepIdentity { sweep: own, method, relative_tolerance, .. } = &self.identity;
        let (method, relative_tolerance) = (*method, *relative_tolerance);
        let options = Options { method, relative_tolerance, ..Options::default() };
        let read = in_order(&texts);
        let found = if self.is_of_analysis() {
            let tolerance = Some(relative_tolerance);
            let loaded = load_sensitivity(None, name, text, options, tolerance, &read).content;
            let mut sweeps = loaded.into_iter().flat_map(|all| all.analyses).map(|one| one.sweep);
            sweeps.find(|sweep| sweep.name == *own)
        } else {
            load(name, text, options, &read).content
        };
        let mut sweep =
            found.ok_or("the sweep file that it keeps cannot be read by this version")?;
        sweep.name.clone_from(own);
        Ok(sweep)
    }

    /// The first difference from what its texts describe, in words; none where another version may
    /// have read them in another way.
    pub(super) fn contradicts_its_texts(&self) -> Option<String> {
        if !self.is_of_this_version() {
            return None;
        }
        match self.sweep() {
            Ok(sweep) => self
                .difference(&manifest(&sweep))
                .map(|difference| format!("its own texts say otherwise: {difference}")),
            Err(why) => Some(why),
        }
    }
}

/// Hands out the texts behind the first in the order in which they were read.
pub(crate) fn in_order(
    texts: &[(String, String)],
) -> impl Fn(&str, &str) -> Result<(String, String), String> {
    let next = Cell::new(1);
    move |_, _| {
        let at = next.replace(next.get() + 1);
        texts.get(at).cloned().ok_or_else(|| "it is not in the manifest".to_owned())
    }
}

/// The manifest of a sweep that has just begun.
pub(super) fn manifest(sweep: &Sweep) -> SweepManifest {
    let text = SourceText::all(&sweep.name, &sweep.text, &sweep.template.texts);
    let columns = columns(sweep).into_iter();
    let column: Vec<ManifestColumn> =
        columns.map(|c| ManifestColumn::new(c.name, c.unit, c.meaning)).collect();
    let courses = courses::columns(&sweep.courses).into_iter().map(|column| column.name);
    let design = sweep.plan.design.as_ref();
    let identity = SweepIdentity {
        sweep: sweep.name.clone(),
        provenance: Provenance::of(&text),
        method: sweep.options.method,
        relative_tolerance: sweep.options.relative_tolerance,
        sampling: design.map_or("none", Design::word).to_owned(),
        samples: design.map_or(0, Design::count),
        seed: sweep.plan.seed.to_string(),
        runs: sweep.plan.runs(),
        runs_per_chunk: sweep.plan.runs_per_chunk,
        header: ManifestColumn::header(&column),
        parquet: cfg!(feature = "parquet"),
        courses_header: courses.collect::<Vec<_>>().join(","),
    };
    Manifest::new(identity, column, text)
}
