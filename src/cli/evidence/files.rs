//! The folder of an evidence run.

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::charts::forest;
use crate::cli::arguments::options::FigureLetters;
use crate::cli::evidence::TableFile;
use crate::cli::evidence::print::{markdown, score_line};
use crate::cli::session::extent::{Extent, contents, state};
use crate::cli::session::interrupt;
use crate::cli::session::result_files::{write_figures, write_page};
use crate::error::failure::StorageFailure;
use crate::evidence::SHIPPED;
use crate::evidence::prediction::Compared;
use crate::evidence::score::Score;
use crate::evidence::table::{HEADINGS, rows};
use crate::parameters::Hypothesis;
use crate::report::evidence::document;
use crate::storage::evidence_table::{Counted, csv_text, finish};
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
    table: &TableFile,
    compared: &[Compared],
    extent: &Extent,
    mut folder: RunFolder,
    letters: Option<&FigureLetters>,
) -> Result<StoredRun, StorageFailure> {
    let comparisons = extent.marked(rows(compared), HEADINGS.len());
    folder.write("evidence.csv", |out| {
        out.write_all(csv_text(&HEADINGS, &comparisons)?.as_bytes())
    })?;
    folder.write_text("evidence.md", &markdown(compared, extent))?;
    if let Some(letters) = letters {
        let charts = forest::charts(compared).into_iter();
        let figures = charts.map(|(name, chart)| (name, forest::draw(&chart)));
        write_figures(&mut folder, letters.font.as_ref(), figures)?;
    }
    let (name, text) = (&table.name, &table.text);
    let own = (name != SHIPPED.0).then_some((name.as_str(), text.as_str()));
    write_page(&mut folder, || document(compared, own))?;
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
    let texts = [(name.clone(), text.clone())];
    finish(folder, &readme, &texts, Counted::Comparisons(compared.len()), complete)
}
