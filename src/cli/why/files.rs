//! The folder of waterfalls.

use std::io;
use std::path::Path;

use crate::about::DISCLAIMER;
use crate::charts::waterfall::View;
use crate::cli::arguments::WhyArguments;
use crate::cli::arguments::options::FigureLetters;
use crate::cli::session::input_files::ScenarioFile;
use crate::cli::session::interrupt;
use crate::error::failure::StorageFailure;
use crate::library::why::Why;
use crate::storage::evidence_table::{Counted, manifest};
use crate::storage::figure_files::{FigureFiles, Stems};
use crate::storage::run_folder::{RunFolder, StoredRun};

/// Begins the folder `NAME.why` before time is spent on runs.
pub(super) fn begin(
    parent: &Path,
    arguments: &WhyArguments,
    file: &ScenarioFile,
) -> Result<RunFolder, StorageFailure> {
    let scenario = &file.scenario;
    let source = scenario.texts.first().map_or("", |(name, _)| name);
    RunFolder::begin(parent, &format!("{}.why", scenario.name), source, arguments.force)
}

/// Writes a waterfall for each outcome, a README and a manifest; `None` if that was interrupted, and
/// nothing is there then.
pub(super) fn store(
    why: &Why,
    file: &ScenarioFile,
    letters: &FigureLetters,
    mut folder: RunFolder,
) -> Result<Option<StoredRun>, StorageFailure> {
    let path = folder.path().to_owned();
    let failed = |error: String| StorageFailure::new(&path, io::Error::other(error));
    let figures = why.figures().map_err(|error| failed(error.to_string()))?;
    let names = names(why.told.iter().map(|(outcome, facts)| (outcome.as_str(), facts.view)));
    let mut rows = String::new();
    for (figure, (name, (outcome, _))) in figures.into_iter().zip(names.iter().zip(&why.told)) {
        if interrupt::requested() {
            return Ok(None);
        }
        let files = FigureFiles::of(figure, letters.font.as_ref());
        folder.write_figure_as(name, &files.map_err(|error| failed(error.to_string()))?)?;
        rows += &format!("figures/{name}  {outcome}\n");
    }
    let readme = format!(
        "Why two arms of {} end differently\n\n{rows}\nEach as SVG and PNG, with a description in \
         words.\n\n{DISCLAIMER}\n",
        file.scenario.title
    );
    folder.write("README.txt", |out| out.write_all(readme.as_bytes()))?;
    let mut written = folder.files();
    written.push("manifest.toml".to_owned());
    let manifest = manifest(&file.scenario.texts, Counted::Waterfalls(names.len()), written, true);
    folder.write("manifest.toml", |out| out.write_all(manifest?.as_bytes()))?;
    folder.finish(true).map(Some)
}

/// The stems of files for outcomes, each once even where letters and digits do not tell them apart.
fn names<'a>(told: impl Iterator<Item = (&'a str, View)>) -> Vec<String> {
    let mut stems = Stems::default();
    let stem = |(outcome, view): (&str, View)| match view {
        View::Cause => plain(outcome),
        View::Effect => format!("{}_by_effect", plain(outcome)),
    };
    told.map(|one| stems.free(&stem(one))).collect()
}

/// Longest stem; file systems allow 255 bytes.
const LONGEST: usize = 80;

/// Letters and digits of an outcome.
fn plain(text: &str) -> String {
    let letters =
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' });
    let letters: String = letters.take(LONGEST).collect();
    match letters.trim_matches('_') {
        "" => "outcome".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_that_letters_do_not_tell_apart_have_files_of_their_own() {
        let told = ["end(cac)", "end(cac)", "end (cac)", "2 * cac", "2 / cac", "END(CAC)", "()"];
        let views = [View::Cause, View::Effect, View::Cause, View::Cause, View::Cause, View::Cause];
        let names = names(told.into_iter().zip(views.into_iter().chain([View::Cause])));
        assert_eq!(
            names,
            [
                "end_cac",
                "end_cac_by_effect",
                "end__cac",
                "2___cac",
                "2___cac_2",
                "END_CAC_2",
                "outcome"
            ]
        );
        assert_eq!(
            super::names([("x".repeat(300).as_str(), View::Cause)].into_iter())[0].len(),
            80
        );
    }
}
