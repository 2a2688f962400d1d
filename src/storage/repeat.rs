//! A run that is repeated from its manifest: the same texts, changes, method and tolerance.

use serde::Deserialize;

use crate::about::MODEL_VERSION;
use crate::scenario::Overrides;
use crate::simulation::Options;
use crate::storage::hash::Hash;
use crate::storage::manifest::{MARKER, Settings, SourceText, with_own_line_ends};
use crate::storage::manifest_values::{folder_name, line};

/// What a run was made of, as its manifest says.
#[derive(Clone)]
pub(crate) struct RepeatedRun {
    /// Name of the output folder.
    pub name: String,
    pub overrides: Overrides,
    pub options: Options,
    /// The files that the run wrote; none if it did not reach its end.
    pub files: Vec<String>,
    /// Names and texts: of the scenario, then of all that it extends.
    pub texts: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct ReadManifest {
    #[serde(deserialize_with = "line")]
    model: String,
    #[serde(deserialize_with = "folder_name")]
    scenario: String,
    complete: bool,
    files: Vec<String>,
    settings: Settings,
    text: Vec<SourceText>,
}

/// True for the text of a run's manifest.
pub(crate) fn is_manifest(text: &str) -> bool {
    text.lines().next() == Some(MARKER)
}

impl RepeatedRun {
    /// Reads the text of a manifest, which anybody may have written.
    /// Errors: The reason for which it repeats nothing, and the remedy.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let damaged =
            |why: &str| format!("this manifest is damaged, {why}; run the scenario itself");
        let read: ReadManifest = toml::from_str(&with_own_line_ends(text))
            .map_err(|error| damaged(error.message().trim()))?;
        if read.model != MODEL_VERSION {
            return Err(format!(
                "this run was made with model {}, which this program ({MODEL_VERSION}) cannot \
                 repeat exactly; run the scenario itself",
                read.model
            ));
        }
        if let Some(changed) = read.text.iter().find(|text| Hash::of(&text.content) != text.sha256)
        {
            let name = &changed.name;
            return Err(damaged(&format!("the text of {name} is not the one that was run")));
        }
        let set = read.settings.set.iter().map(|set| match set.split_once('=') {
            Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
            None => Err(damaged(&format!("{set:?} is no change of a scenario"))),
        });
        let overrides = Overrides {
            set: set.collect::<Result<_, _>>()?,
            hypothesis: read.settings.hypothesis,
            arms: read.settings.only_arms,
            beyond_range: read.settings.beyond_range,
            ..Overrides::default()
        };
        let Settings { method, relative_tolerance, .. } = read.settings;
        if read.text.is_empty() {
            return Err(damaged("it holds no text"));
        }
        let texts = read.text.into_iter().map(|text| (text.name, text.content)).collect();
        let options = Options { method, relative_tolerance, ..Options::default() };
        let files = if read.complete { read.files } else { Vec::new() };
        Ok(Self { name: read.scenario, overrides, options, files, texts })
    }
}
