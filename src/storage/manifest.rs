//! `manifest.toml`: everything that is needed to repeat a run, the same in every repetition; and
//! `timing.toml`: what differs between repetitions.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::parameters::PARAMETER_TABLE;
use crate::scenario::{Arm, Overrides, Scenario};
use crate::simulation::{ArmRun, Method, Options};
use crate::storage::hash::Hash;
use crate::storage::manifest_values::{line, tolerance};
use crate::storage::place::read;
use crate::trajectory::Work;

/// First line of the manifest of a folder that Calcifate wrote.
pub(crate) const MARKER: &str =
    "# Written by calcifate. This folder is replaced by the next run of the scenario.";

#[derive(Serialize)]
struct RunManifest<'a> {
    note: &'a str,
    program: &'a str,
    model: &'a str,
    scenario: &'a str,
    title: &'a str,
    complete: bool,
    files: &'a [String],
    settings: Settings,
    arm: Vec<ArmTable<'a>>,
    text: Vec<SourceText>,
}

/// Method, accuracy and changes of a run.
#[derive(Serialize, Deserialize)]
pub(super) struct Settings {
    pub method: Method,
    #[serde(deserialize_with = "tolerance")]
    pub relative_tolerance: f64,
    #[serde(skip_deserializing)]
    absolute_tolerance: &'static str,
    pub set: Vec<String>,
    pub hypothesis: Option<String>,
    pub only_arms: Vec<String>,
    pub beyond_range: bool,
}

#[derive(Serialize)]
struct ArmTable<'a> {
    name: &'a str,
    label: &'a str,
    hypothesis: &'a str,
    /// The shipped set that a set of the file differs from.
    hypothesis_like: Option<&'a str>,
    resolution: String,
    duration_days: f64,
    output_every_days: f64,
    seed: String, // TOML integers end at 2^63
    last_day: Option<f64>,
    /// The cause of an early end.
    failure: Option<String>,
    work: Work,
    parameters_that_differ_from_default: BTreeMap<&'a str, f64>,
}

/// A file that a result came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceText {
    /// Its name, as the user wrote it.
    #[serde(deserialize_with = "line")]
    pub(crate) name: String,
    pub(crate) sha256: Hash,
    pub(crate) content: String,
}

impl SourceText {
    pub(super) fn new(name: &str, content: &str) -> Self {
        Self { name: name.to_owned(), sha256: Hash::of(content), content: content.to_owned() }
    }

    /// The file `name`, then the `others`.
    pub(super) fn all(name: &str, content: &str, others: &[(String, String)]) -> Vec<Self> {
        let own = Self::new(&format!("{name}.toml"), content);
        let others = others.iter().map(|(name, content)| Self::new(name, content));
        std::iter::once(own).chain(others).collect()
    }
}

/// The manifest of a run that wrote `files`; `complete` if every arm reached its end.
pub(crate) fn manifest<'a>(
    scenario: &Scenario,
    (overrides, options): (&Overrides, &Options),
    arms: impl Iterator<Item = (&'a Arm, &'a ArmRun)>,
    files: &[String],
    complete: bool,
) -> io::Result<String> {
    let manifest = RunManifest {
        note: SHORT_DISCLAIMER,
        program: PROGRAM,
        model: MODEL_VERSION,
        scenario: &scenario.name,
        title: &scenario.title,
        complete,
        files,
        settings: Settings {
            method: options.method,
            relative_tolerance: options.relative_tolerance,
            absolute_tolerance: "per state: its absolute factor x its scale x relative_tolerance (state table)",
            set: overrides.texts().map(|(key, value)| format!("{key}={value}")).collect(),
            hypothesis: overrides.hypothesis.clone(),
            only_arms: overrides.arms.clone(),
            beyond_range: overrides.beyond_range,
        },
        arm: arms.map(ArmTable::of).collect(),
        text: scenario.texts.iter().map(|(name, content)| SourceText::new(name, content)).collect(),
    };
    toml_text(MARKER, &manifest)
}

impl<'a> ArmTable<'a> {
    fn of((arm, run): (&'a Arm, &ArmRun)) -> Self {
        let changed = PARAMETER_TABLE.iter().filter_map(|parameter| {
            let value = arm.parameters.get(parameter.name)?;
            (value != parameter.value).then_some((parameter.name, value))
        });
        Self {
            name: &arm.name,
            label: &arm.label,
            hypothesis: arm.hypothesis.name(),
            hypothesis_like: arm.hypothesis.differences().map(|_| arm.hypothesis.shipped.name()),
            resolution: format!("{:?}", arm.resolution).to_lowercase(),
            duration_days: arm.duration_days,
            output_every_days: arm.output_every_days,
            seed: arm.seed.to_string(),
            last_day: run.trajectory.rows.last().map(|row| row.time_days),
            failure: run.failure.as_ref().map(ToString::to_string),
            work: run.trajectory.work,
            parameters_that_differ_from_default: changed.collect(),
        }
    }
}

/// The scenario file of the run in a folder, as its manifest names it; `None` if that cannot be read.
pub(super) fn source_of(folder: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct Sources {
        text: Vec<SourceText>,
    }
    let bytes = read(folder, "manifest.toml").ok().flatten()?;
    let sources: Sources = toml::from_str(&String::from_utf8(bytes).ok()?).ok()?;
    sources.text.into_iter().next().map(|text| text.name)
}

/// The numbers that differ between repetitions of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct RunTiming {
    /// Seconds from the start of the program to the end of the integration.
    pub integration_seconds: f64,
    pub figures_seconds: f64,
    pub threads: usize,
}

impl RunTiming {
    /// The text of `timing.toml`, with the machine and its system.
    pub(crate) fn text(&self) -> io::Result<String> {
        #[derive(Serialize)]
        struct WithMachine<'a> {
            #[serde(flatten)]
            timing: &'a RunTiming,
            cores: usize,
            processor: &'a str,
            architecture: &'a str,
            operating_system: &'a str,
            written_at_unix_seconds: u64,
        }
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let with_machine = WithMachine {
            timing: self,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            processor: &processor(),
            architecture: std::env::consts::ARCH,
            operating_system: std::env::consts::OS,
            written_at_unix_seconds: now.map_or(0, |now| now.as_secs()),
        };
        toml_text("# What differs between repetitions of the same run.", &with_machine)
    }
}

/// The processor's name where the system has it.
fn processor() -> String {
    let table = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = table.lines().find_map(|line| line.strip_prefix("model name"));
    line.map_or("unknown", |rest| rest.trim_start_matches([':', ' ', '\t'])).to_owned()
}

/// The text of a manifest, also if a program changed the ends of its lines: we spell a carriage
/// return as \r, so that no bare one is ours.
pub(super) fn with_own_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// A TOML document below its first line; texts of several lines stay readable.
pub(super) fn toml_text(first: &str, value: &impl Serialize) -> io::Result<String> {
    let body = toml::to_string_pretty(value).map_err(io::Error::other)?;
    Ok(format!("{first}\n{body}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_survives_the_manifest() {
        let texts = [
            "",
            "\n",
            "plain\n",
            "\"",
            "\"\"",
            "\"\"\"",
            "a\"\"\"\"\"b\"",
            "tab\t cr\r\n nul\0 del\u{7f}",
            "back\\slash \\",
            "ä ✓ 骨 \u{85}",
            "title = \"x\"\n'''\n\"\"\"\nlesson\n\"\"\"\n",
            "\n\n x",
            "a\r\nb\r\n",
            "a\rb",
        ];
        for text in texts {
            let table = BTreeMap::from([("x", text)]);
            let spelled = toml_text("#", &table).unwrap();
            let table: toml::Table = spelled.parse().unwrap();
            assert_eq!(table["x"].as_str(), Some(text), "{spelled}");
            assert!(!spelled.contains('\r'), "{spelled}");
        }
        let lesson = BTreeMap::from([("content", "title = \"x\"\nage = 40\n")]);
        assert_eq!(
            toml_text("#", &lesson).unwrap(),
            "#\ncontent = \"\"\"\ntitle = \"x\"\nage = 40\n\"\"\"\n"
        );
    }

    #[test]
    fn numbers_are_read_back_as_the_same_bits() {
        for value in [1e-6, 1.0 / 3.0, 7305.0, 0.5, 1e300, 5e-324, f64::INFINITY, f64::NAN] {
            let spelled = toml_text("#", &BTreeMap::from([("x", value)])).unwrap();
            let table: toml::Table = spelled.parse().unwrap();
            assert_eq!(table["x"].as_float().unwrap().to_bits(), value.to_bits(), "{spelled}");
        }
    }
}
