//! `manifest.toml`: everything that is needed to repeat a run, the same in every repetition; and
//! `timing.toml`: what differs between repetitions.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::about::{MODEL_VERSION, PROGRAM, SHORT_DISCLAIMER};
use crate::parameters::ENTRIES;
use crate::scenario::{Arm, Overrides, Scenario};
use crate::storage::tables::number;
use crate::trajectory::Work;

/// First line of the manifest of a folder that Calcifate wrote.
pub const MARKER: &str =
    "# Written by calcifate. This folder is replaced by the next run of the scenario.";

/// How the run was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// Changes from the command line.
    pub overrides: &'a Overrides,
    /// Name of the method.
    pub method: &'a str,
    /// Relative tolerance of a step.
    pub relative_tolerance: f64,
}

/// How one arm's run went.
#[derive(Clone, Debug)]
pub struct ArmWork<'a> {
    /// The arm.
    pub arm: &'a Arm,
    /// Its work.
    pub work: Work,
    /// Last day reached.
    pub last_day: Option<f64>,
    /// Why it ended early.
    pub failure: Option<String>,
}

/// The manifest of a run that wrote `files`; `complete` if every arm reached its end.
#[must_use]
pub fn manifest(
    scenario: &Scenario,
    settings: &Settings<'_>,
    arms: &[ArmWork<'_>],
    files: &[String],
    complete: bool,
) -> String {
    let mut text = format!("{MARKER}\n");
    entry(&mut text, "note", &quoted(SHORT_DISCLAIMER));
    entry(&mut text, "program", &quoted(PROGRAM));
    entry(&mut text, "model", &quoted(MODEL_VERSION));
    entry(&mut text, "scenario", &quoted(&scenario.name));
    entry(&mut text, "title", &quoted(&scenario.title));
    entry(&mut text, "complete", if complete { "true" } else { "false" });
    let files: String = files.iter().map(|file| format!("  {},\n", quoted(file))).collect();
    entry(&mut text, "files", &format!("[\n{files}]"));
    push_settings(&mut text, settings);
    for arm in arms {
        push_arm(&mut text, arm);
    }
    for (name, content) in &scenario.texts {
        text.push_str("\n[[text]]\n");
        entry(&mut text, "name", &quoted(name));
        entry(&mut text, "sha256", &quoted(&sha256(content)));
        entry(&mut text, "content", &multiline(content));
    }
    text
}

fn push_settings(text: &mut String, settings: &Settings<'_>) {
    let overrides = settings.overrides;
    text.push_str("\n[settings]\n");
    entry(text, "method", &quoted(settings.method));
    entry(text, "relative_tolerance", &float(settings.relative_tolerance));
    entry(
        text,
        "absolute_tolerance",
        &quoted("per state: its absolute factor x its scale x relative_tolerance (state table)"),
    );
    let set: Vec<_> =
        overrides.texts().map(|(key, value)| quoted(&format!("{key}={value}"))).collect();
    entry(text, "set", &format!("[{}]", set.join(", ")));
    if let Some(hypothesis) = overrides.hypothesis {
        entry(text, "hypothesis", &quoted(hypothesis.name()));
    }
    let only: Vec<_> = overrides.arms.iter().map(|arm| quoted(arm)).collect();
    entry(text, "only_arms", &format!("[{}]", only.join(", ")));
    entry(text, "beyond_range", if overrides.beyond_range { "true" } else { "false" });
}

fn push_arm(text: &mut String, run: &ArmWork<'_>) {
    let arm = run.arm;
    text.push_str("\n[[arm]]\n");
    entry(text, "name", &quoted(&arm.name));
    entry(text, "label", &quoted(&arm.label));
    entry(text, "hypothesis", &quoted(arm.hypothesis.name()));
    entry(text, "resolution", &quoted(&format!("{:?}", arm.resolution).to_lowercase()));
    entry(text, "duration_days", &float(arm.duration_days));
    entry(text, "output_every_days", &float(arm.output_every_days));
    entry(text, "seed", &quoted(&arm.seed.to_string())); // TOML integers end at 2^63
    if let Some(day) = run.last_day {
        entry(text, "last_day", &float(day));
    }
    if let Some(failure) = &run.failure {
        entry(text, "failure", &quoted(failure));
    }
    let work = run.work;
    let counts = [
        ("steps", work.steps),
        ("rejected", work.rejected),
        ("rhs_calls", work.rhs_calls),
        ("jacobians", work.jacobians),
        ("events", work.events),
    ];
    let counts = counts.map(|(name, count)| format!("{name} = {count}"));
    entry(text, "work", &format!("{{ {} }}", counts.join(", ")));
    text.push_str("\n[arm.parameters_that_differ_from_default]\n");
    for parameter in &ENTRIES {
        let value = arm.parameters.get(parameter.name);
        if let Some(value) = value.filter(|value| *value != parameter.value) {
            entry(text, parameter.name, &float(value));
        }
    }
}

/// What differs between repetitions of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// Seconds from the start of the program to the end of the integration.
    pub integration_seconds: f64,
    /// Seconds for all figures.
    pub figures_seconds: f64,
    /// Threads that ran arms.
    pub threads: usize,
}

impl Timing {
    /// The text of `timing.toml`, with the machine and its system.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("# What differs between repetitions of the same run.\n");
        entry(&mut text, "integration_seconds", &float(self.integration_seconds));
        entry(&mut text, "figures_seconds", &float(self.figures_seconds));
        entry(&mut text, "threads", &self.threads.to_string());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        entry(&mut text, "cores", &cores.to_string());
        entry(&mut text, "processor", &quoted(&processor()));
        entry(&mut text, "architecture", &quoted(std::env::consts::ARCH));
        entry(&mut text, "operating_system", &quoted(std::env::consts::OS));
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        entry(
            &mut text,
            "written_at_unix_seconds",
            &now.map_or(0, |now| now.as_secs()).to_string(),
        );
        text
    }
}

/// The processor's name where the system tells it.
fn processor() -> String {
    let table = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = table.lines().find_map(|line| line.strip_prefix("model name"));
    line.map_or("unknown", |rest| rest.trim_start_matches([':', ' ', '\t'])).to_owned()
}

/// Whether the folder carries our manifest.
#[must_use]
pub fn is_ours(folder: &Path) -> bool {
    begins_with(folder, MARKER)
}

/// Whether the manifest of a folder begins with this line.
pub(super) fn begins_with(folder: &Path, marker: &str) -> bool {
    let mut start = vec![0; marker.len()];
    let file = std::fs::File::open(folder.join("manifest.toml"));
    file.and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == marker.as_bytes()
}

/// The files that the manifest of a folder lists; none if it cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("manifest.toml")).unwrap_or_default();
    let list = text.lines().skip_while(|line| *line != "files = [").skip(1);
    list.take_while(|line| *line != "]")
        .map(|line| line.trim().trim_end_matches(',').trim_matches('"').to_owned())
        .collect()
}

pub(super) fn entry(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {value}"); // a String takes everything
}

/// A number as TOML spells it.
pub(super) fn float(value: f64) -> String {
    if value.is_finite() { number(value) } else { value.to_string().to_lowercase() }
}

pub(super) fn sha256(text: &str) -> String {
    sha256_of(text.as_bytes())
}

/// The hash of bytes, in hexadecimal digits.
pub(super) fn sha256_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A TOML string on one line.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.chars().map(|letter| escaped(letter, false)).collect::<String>())
}

/// A TOML string over several lines, readable and exact.
pub(super) fn multiline(text: &str) -> String {
    let mut body = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            // Three quotation marks in a row would end the string.
            ('"', None | Some('"')) => body.push_str("\\\""),
            _ => body.push_str(&escaped(letter, true)),
        }
    }
    format!("\"\"\"\n{body}\"\"\"")
}

fn escaped(letter: char, keep_lines: bool) -> String {
    match letter {
        '\\' => "\\\\".to_owned(),
        '\n' if keep_lines => "\n".to_owned(),
        '\t' if keep_lines => "\t".to_owned(),
        '"' if !keep_lines => "\\\"".to_owned(),
        letter if letter.is_control() => format!("\\u{:04X}", u32::from(letter)),
        letter => letter.to_string(),
    }
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
        ];
        for text in texts {
            for spelled in [quoted(text), multiline(text)] {
                let table: toml::Table = format!("x = {spelled}").parse().unwrap();
                assert_eq!(table["x"].as_str(), Some(text), "{spelled}");
            }
        }
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(
            sha256("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn numbers_are_toml() {
        for value in [1e-6, 7305.0, 0.5, 1e300, f64::INFINITY, f64::NAN] {
            let table: toml::Table = format!("x = {}", float(value)).parse().unwrap();
            let read = table["x"].as_float().or(table["x"].as_integer().map(|whole| whole as f64));
            assert_eq!(read.unwrap().to_bits(), value.to_bits());
        }
    }
}
