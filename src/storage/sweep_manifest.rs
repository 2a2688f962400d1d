//! `manifest.toml` of a sweep: what it is, to the last bit, and how far it came.

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::parameters::ENTRIES;
use crate::storage::manifest::{entry, float, multiline, quoted, sha256};
use crate::storage::tables::number;
use crate::sweep::Sweep;
use crate::sweep::one_run::columns;
use crate::sweep::sampling::Design;

/// First line of the manifest of a sweep's folder.
pub const MARKER: &str =
    "# Written by calcifate sweep. The same sweep started again goes on in this folder.";

/// Begins the part that says what the sweep is.
pub(super) const IDENTITY: &str = "\n[identity]\n";

/// A part of a sweep: number (from 1) and of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1 on.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

impl Shard {
    /// Whether a chunk belongs to this shard.
    #[must_use]
    pub const fn holds(&self, chunk: u64) -> bool {
        chunk % self.of == self.number - 1
    }
}

/// How far a sweep came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Whether every chunk is there.
    pub complete: bool,
    /// Runs that failed.
    pub failed: u64,
    /// The largest residual of a calcium balance \[mg\].
    pub residual_mg: f64,
    /// Hash of `results.csv`.
    pub results_sha256: String,
}

/// The manifest: the state above what never changes.
#[must_use]
pub fn manifest(state: &State, shard: Option<Shard>, fixed: &str) -> String {
    let mut text = format!("{MARKER}\n");
    entry(&mut text, "note", &quoted(SHORT_DISCLAIMER));
    entry(&mut text, "complete", if state.complete { "true" } else { "false" });
    if let Some(shard) = shard {
        entry(&mut text, "shard", &quoted(&format!("{}/{}", shard.number, shard.of)));
    }
    if state.complete {
        entry(&mut text, "failed", &state.failed.to_string());
        entry(&mut text, "worst_balance_residual_mg", &float(state.residual_mg));
        if !state.results_sha256.is_empty() {
            entry(&mut text, "results_sha256", &quoted(&state.results_sha256));
        }
    }
    text + fixed
}

/// The part of the manifest that says what the sweep is.
#[must_use]
pub fn fixed_part(sweep: &Sweep) -> String {
    let mut text = IDENTITY.to_owned();
    entry(&mut text, "sweep", &quoted(&sweep.name));
    entry(&mut text, "program", &quoted(PROGRAM));
    entry(&mut text, "model", &quoted(MODEL_VERSION));
    entry(&mut text, "parameter_table", &quoted(&sha256(&format!("{ENTRIES:?}"))));
    entry(&mut text, "sweep_file", &quoted(&sha256(&sweep.text)));
    let scenario: Vec<String> =
        sweep.template.texts.iter().map(|(_, text)| quoted(&sha256(text))).collect();
    entry(&mut text, "scenario_files", &format!("[{}]", scenario.join(", ")));
    entry(&mut text, "method", &quoted(sweep.options.method.name()));
    entry(&mut text, "relative_tolerance", &number(sweep.options.relative_tolerance));
    let sampling = sweep.plan.design.as_ref().map_or("none", Design::word);
    entry(&mut text, "sampling", &quoted(sampling));
    let samples = sweep.plan.design.as_ref().map_or(0, Design::count);
    entry(&mut text, "samples", &samples.to_string());
    entry(&mut text, "seed", &quoted(&sweep.plan.seed.to_string()));
    entry(&mut text, "runs", &sweep.plan.runs().to_string());
    entry(&mut text, "runs_per_chunk", &sweep.plan.runs_per_chunk.to_string());
    let names: Vec<String> = columns(sweep).into_iter().map(|column| column.name).collect();
    entry(&mut text, "header", &quoted(&names.join(",")));
    let parquet = cfg!(feature = "parquet");
    entry(&mut text, "parquet", if parquet { "true" } else { "false" });
    push_descriptions(&mut text, sweep);
    text
}

fn push_descriptions(text: &mut String, sweep: &Sweep) {
    for column in columns(sweep) {
        text.push_str("\n[[column]]\n");
        entry(text, "name", &quoted(&column.name));
        entry(text, "unit", &quoted(&column.unit));
        entry(text, "meaning", &quoted(&column.meaning));
    }
    let own = (format!("{}.toml", sweep.name), sweep.text.clone());
    for (name, content) in std::iter::once(&own).chain(&sweep.template.texts) {
        text.push_str("\n[[text]]\n");
        entry(text, "name", &quoted(name));
        entry(text, "sha256", &quoted(&sha256(content)));
        entry(text, "content", &multiline(content));
    }
}

/// The part of a manifest from `[identity]` on.
#[must_use]
pub fn fixed_part_of(manifest: &str) -> Option<&str> {
    manifest.get(manifest.find(IDENTITY)?..)
}

/// The lines that say what a sweep is.
fn identity_lines(fixed: &str) -> impl Iterator<Item = &str> {
    fixed.strip_prefix(IDENTITY).unwrap_or_default().lines().take_while(|line| !line.is_empty())
}

/// The hash of what a sweep is.
#[must_use]
pub fn identity(fixed: &str) -> String {
    sha256(&identity_lines(fixed).collect::<Vec<_>>().join("\n"))
}

/// What differs between what stands in a folder and what is asked for, in words.
#[must_use]
pub fn difference(there: &str, here: &str) -> Option<String> {
    identity_lines(here)
        .zip(identity_lines(there).chain(std::iter::repeat("")))
        .find(|(here, there)| here != there)
        .map(|(here, there)| {
            let (key, here) = here.split_once(" = ").unwrap_or((here, ""));
            let there = there.split_once(" = ").map_or("nothing", |(_, value)| value);
            match key {
                "sweep_file" => "the sweep file has changed".to_owned(),
                "scenario_files" => "the scenario has changed".to_owned(),
                "parameter_table" => "the model's parameters have changed".to_owned(),
                _ => format!("{} is {there} there, {here} here", key.replace('_', " ")),
            }
        })
}

/// The texts that a manifest keeps, with their names: the sweep file, the scenario, what that
/// extends. None if it is damaged.
#[must_use]
pub fn texts(manifest: &str) -> Vec<(String, String)> {
    let table: toml::Table = toml::from_str(manifest).unwrap_or_default();
    let texts = table.get("text").and_then(toml::Value::as_array);
    let word = |text: &toml::Value, key: &str| Some(text.get(key)?.as_str()?.to_owned());
    let pair = |text| Some((word(text, "name")?, word(text, "content")?));
    texts.into_iter().flatten().filter_map(pair).collect()
}

/// The value of a key of the identity or of the state.
#[must_use]
pub fn value<'a>(manifest: &'a str, key: &str) -> Option<&'a str> {
    let line = manifest.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
    Some(line.trim_matches('"'))
}

/// The shard that a manifest names.
#[must_use]
pub fn shard(manifest: &str) -> Option<Shard> {
    let head = manifest.get(..manifest.find(IDENTITY)?)?;
    let (number, of) = value(head, "shard")?.split_once('/')?;
    Some(Shard { number: number.parse().ok()?, of: of.parse().ok()? })
}
