//! The folder of waterfalls.

use std::path::Path;

use crate::about::DISCLAIMER;
use crate::charts::waterfall::{self, View};
use crate::cli::arguments::WhyArguments;
use crate::cli::arguments::options::FigureLetters;
use crate::cli::session::input_files::ScenarioFile;
use crate::cli::session::interrupt;
use crate::cli::session::result_files::write_figures;
use crate::error::failure::StorageFailure;
use crate::library::why::Why;
use crate::storage::evidence_table::{Counted, finish};
use crate::storage::figure_files::Stems;
use crate::storage::run_folder::{RunFolder, StoredRun};

/// Begins the folder `NAME.why` before time is spent on runs.
pub(super) fn begin(
    parent: &Path,
    arguments: &WhyArguments,
    file: &ScenarioFile,
) -> Result<RunFolder, StorageFailure> {
    let name = format!("{}.why", file.scenario.name);
    RunFolder::begin(parent, &name, file.source(), arguments.force)
}

/// Writes a waterfall for each outcome, a README and a manifest; `None` if that was interrupted, and
/// nothing is there then.
pub(super) fn store(
    why: &Why,
    file: &ScenarioFile,
    letters: &FigureLetters,
    mut folder: RunFolder,
) -> Result<Option<StoredRun>, StorageFailure> {
    let names = names(why.told.iter().map(|(outcome, facts)| (outcome.as_str(), facts.view)));
    let named = || names.iter().zip(&why.told);
    let figures = named().map(|(name, (_, facts))| (name.clone(), waterfall::draw(facts)));
    write_figures(&mut folder, letters.font.as_ref(), figures)?;
    if interrupt::requested() {
        return Ok(None);
    }
    let rows: String =
        named().map(|(name, (outcome, _))| format!("figures/{name}  {outcome}\n")).collect();
    let readme = format!(
        "Why two arms of {} end differently\n\n{rows}\nEach as SVG and PNG, with a description in \
         words.\n\n{DISCLAIMER}\n",
        file.scenario.title
    );
    let counted = Counted::Waterfalls(names.len());
    finish(folder, &readme, &file.scenario.texts, counted, true).map(Some)
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
