//! Evidence tables as CSV files: those of users are read, those of predictions written.

use std::io;

use serde::{Deserialize, Serialize};

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::error::failure::StorageFailure;
use crate::error::problem::Problem;
use crate::evidence::trial::Trial;
use crate::evidence::{self, Record};
use crate::storage::hash::Hash;
use crate::storage::manifest::{MARKER, SourceText, toml_text, with_own_line_ends};
use crate::storage::run_folder::{RunFolder, StoredRun};
use crate::storage::tables::text_of;

/// The trials of a file of a user, with its name for messages.
/// Errors: Everything that is wrong with it, by row and column.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<Trial>, Vec<Problem>> {
    let refuse = |error: csv::Error| {
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
                let line = line(text, pos.as_ref());
                format!("{file}:{line}: the row has {len} cells instead of {expected_len}")
            }
            _ => format!("{file} is not a table of commas: {error}"),
        };
        let help = "the first line names the columns; every row has as many cells as it";
        vec![Problem::without_span(message, help)]
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = reader.headers().map(cells).map_err(refuse)?;
    let mut records: Vec<Record> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(refuse)?;
        records.push((line(text, record.position()), cells(&record)));
    }
    evidence::read(file, &header, &records)
}

/// The line of a record; its position may lie before the ends of lines above it.
fn line(text: &str, position: Option<&csv::Position>) -> u64 {
    let start = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
    let rest = text.get(start..).unwrap_or_default();
    let before = text.len() - rest.trim_start_matches(['\r', '\n']).len();
    text.get(..before).map_or(0, |before| before.lines().count() as u64) + 1
}

/// What a folder holds, and how much of it.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Counted {
    Comparisons(usize),
    Statements(usize),
    /// Pictures of why two arms differ.
    Waterfalls(usize),
}

/// Ends a folder with results from these texts by README and manifest, and puts it in place.
/// Errors: Why a file could not be written, or the folder not be put there.
pub(crate) fn finish(
    mut folder: RunFolder,
    readme: &str,
    texts: &[(String, String)],
    counted: Counted,
    complete: bool,
) -> Result<StoredRun, StorageFailure> {
    #[derive(Serialize)]
    struct EvidenceManifest {
        note: &'static str,
        program: &'static str,
        model: &'static str,
        complete: bool,
        #[serde(flatten)]
        counted: Counted,
        files: Vec<String>,
        /// Last, as a table of TOML must.
        text: Vec<SourceText>,
    }
    folder.write_text("README.txt", readme)?;
    let mut files = folder.files();
    files.push("manifest.toml".to_owned());
    let manifest = EvidenceManifest {
        note: SHORT_DISCLAIMER,
        program: PROGRAM,
        model: MODEL_VERSION,
        complete,
        counted,
        files,
        text: texts.iter().map(|(name, content)| SourceText::new(name, content)).collect(),
    };
    let manifest = toml_text(MARKER, &manifest);
    folder.write("manifest.toml", |out| out.write_all(manifest?.as_bytes()))?;
    folder.finish(complete)
}

/// Names and texts of files.
pub(crate) type Texts = Vec<(String, String)>;

/// What a folder holds, with the names and texts that it came from; `None` if the manifest is that of
/// a run, or cannot be read at all.
/// Errors: Why the texts cannot be believed.
pub(crate) fn stored(manifest: &str) -> Result<Option<(Counted, Texts)>, String> {
    #[derive(Deserialize)]
    struct ReadManifest {
        model: String,
        #[serde(flatten)]
        counted: Counted,
        text: Vec<SourceText>,
    }
    let Ok(read) = toml::from_str::<ReadManifest>(&with_own_line_ends(manifest)) else {
        return Ok(None);
    };
    if read.model != MODEL_VERSION {
        let model = read.model;
        return Err(format!("it was made with model {model:?}, this program has {MODEL_VERSION}"));
    }
    if let Some(changed) = read.text.iter().find(|text| Hash::of(&text.content) != text.sha256) {
        return Err(format!("the text of {:?} is not the one that was run", changed.name));
    }
    let texts = read.text.into_iter().map(|text| (text.name, text.content));
    Ok(Some((read.counted, texts.collect())))
}

/// The text of a table: rows under their headings.
pub(crate) fn csv_text(headings: &[&str], rows: &[Vec<String>]) -> io::Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(headings)?;
    rows.iter().try_for_each(|row| table.write_record(row))?;
    text_of(table)
}
