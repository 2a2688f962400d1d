//! The folder of an evidence run.

use std::io;

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::charts::{forest, layout};
use crate::cli::arguments::options::FigureLetters;
use crate::cli::evidence::print::{markdown, score_line};
use crate::cli::run::page::PAGE;
use crate::cli::session::extent::{Extent, contents, state};
use crate::cli::session::interrupt;
use crate::error::failure::StorageFailure;
use crate::evidence::SHIPPED;
use crate::evidence::prediction::Compared;
use crate::evidence::score::Score;
use crate::evidence::table::{HEADINGS, rows};
use crate::parameters::Hypothesis;
use crate::report::evidence::document;
use crate::report::html;
use crate::storage::evidence_table::{Counted, manifest, write_rows};
use crate::storage::figure_files::{FigureFiles, Stems};
use crate::storage::run_folder::{RunFolder, StoredRun};

/// The files of the folder, and their content.
const CONTENTS: [(&str, &str); 4] = [
    ("evidence.csv", "every comparison with all digits"),
    ("evidence.md", "the same for reading, with citation and how the number was read"),
    ("report.html", "the same as a page for a browser, with figures; opens anywhere"),
    ("figures/", "a forest plot for each topic, as SVG and PNG"),
];

/// Writes tables, forest plots, a README and a manifest with the name and text of the table.
pub(crate) fn store(
    table: (&str, &str),
    compared: &[Compared],
    extent: &Extent,
    mut folder: RunFolder,
    letters: Option<&FigureLetters>,
) -> Result<StoredRun, StorageFailure> {
    folder.write("evidence.csv", |out| {
        write_rows(&HEADINGS, &extent.marked(rows(compared), HEADINGS.len()), out)
    })?;
    folder.write("evidence.md", |out| out.write_all(markdown(compared, extent).as_bytes()))?;
    let mut stems = Stems::default();
    for (name, chart) in forest::charts(compared).iter().filter(|_| letters.is_some()) {
        if interrupt::requested() {
            break; // what is there so far is kept as incomplete
        }
        let figure = layout::figure(chart, "forest").and_then(|figure| {
            FigureFiles::of(figure, letters.and_then(|letters| letters.font.as_ref()))
        });
        let figure = figure.map_err(|error| {
            StorageFailure::new(folder.path(), io::Error::other(error.to_string()))
        })?;
        folder.write_figure_as(&stems.free(name), &figure)?;
    }
    if !interrupt::requested() {
        let own = (table.0 != SHIPPED.0).then_some(table);
        let page = html::page(&document(compared, own)).map_err(|error| {
            StorageFailure::new(folder.path(), io::Error::other(error.to_string()))
        })?;
        folder.write(PAGE, |out| out.write_all(page.as_bytes()))?;
    }
    let scores: Vec<String> =
        Hypothesis::ALL.iter().map(|set| score_line(&Score::of(*set, compared.iter()))).collect();
    let complete = !interrupt::requested();
    let readme = format!(
        "The model beside published trials\n\n{}{}\n\n{}\n\
         Made by {PROGRAM} with model {MODEL_VERSION}.\n{DISCLAIMER}\n",
        state(extent, complete),
        scores.join("\n"),
        contents(&CONTENTS, &folder.files()),
    );
    folder.write("README.txt", |out| out.write_all(readme.as_bytes()))?;
    let mut files = folder.files();
    files.push("manifest.toml".to_owned());
    let (name, text) = table;
    let texts = [(name.to_owned(), text.to_owned())];
    let manifest = manifest(&texts, Counted::Comparisons(compared.len()), files, complete);
    folder.write("manifest.toml", |out| out.write_all(manifest?.as_bytes()))?;
    folder.finish(complete)
}
