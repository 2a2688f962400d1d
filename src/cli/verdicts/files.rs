//! The folder of judged statements.

use std::io;

use crate::about::DISCLAIMER;
use crate::charts::{layout, verdict, verdict_overview};
use crate::cli::arguments::options::FigureLetters;
use crate::cli::session::extent::{Extent, contents, state};
use crate::cli::session::figures::{write_figures, write_page};
use crate::cli::session::interrupt;
use crate::cli::verdicts::print::markdown;
use crate::error::failure::StorageFailure;
use crate::plots::{Figure, FigureError};
use crate::report::verdicts::document;
use crate::storage::evidence_table::{Counted, csv_text, finish};
use crate::storage::run_folder::{RunFolder, StoredRun};
use crate::verdicts::evaluation::Judged;
use crate::verdicts::table::{STATEMENTS, TESTS, statements, tests};

/// The table of statements as text with commas.
pub(super) fn statements_table(judged: &[Judged], extent: &Extent) -> io::Result<String> {
    csv_text(&STATEMENTS, &extent.marked(statements(judged), STATEMENTS.len()))
}

/// The files of the folder, and their content.
const CONTENTS: [(&str, &str); 5] = [
    ("verdicts.csv", "every statement with its verdict, numbers and robustness"),
    ("tests.csv", "every test with its numbers"),
    ("verdicts.md", "a card for each statement"),
    ("report.html", "the same as a page for a browser; opens anywhere"),
    ("figures/", "one for each statement, and an overview by topic"),
];

/// Writes tables, cards, figures, a README and a manifest with the texts of the files.
pub(super) fn store(
    texts: &[(String, String)],
    judged: &[Judged],
    extent: &Extent,
    mut folder: RunFolder,
    letters: Option<&FigureLetters>,
) -> Result<StoredRun, StorageFailure> {
    if interrupt::requested() {
        folder.hurry();
    }
    let tests = extent.marked(tests(judged), TESTS.len());
    folder
        .write("verdicts.csv", |out| out.write_all(statements_table(judged, extent)?.as_bytes()))?;
    folder.write("tests.csv", |out| out.write_all(csv_text(&TESTS, &tests)?.as_bytes()))?;
    folder.write_text("verdicts.md", &markdown(judged, extent))?;
    if let Some(letters) = letters {
        write_figures(&mut folder, letters.font.as_ref(), figures(judged))?;
    }
    write_page(&mut folder, || document(judged))?;
    let complete = !interrupt::requested();
    let readme = format!(
        "Statements put to the test in both hypothesis sets\n\n{}{}\n{DISCLAIMER}\n",
        state(extent, complete),
        contents(&CONTENTS, &folder.files()),
    );
    finish(folder, &readme, texts, Counted::Statements(judged.len()), complete)
}

/// The figures with their names: an overview of several statements, then those of each.
fn figures(judged: &[Judged]) -> impl Iterator<Item = (String, Result<Figure, FigureError>)> {
    let several = Some(judged).filter(|judged| judged.len() > 1).into_iter();
    let overview = several.map(|judged| {
        let chart = verdict_overview::chart(judged);
        ("overview".to_owned(), layout::figure(&chart, "verdicts"))
    });
    let of_each = judged.iter().flat_map(|one| {
        let id = &one.file.statement.id;
        let own = std::iter::once((id.clone(), layout::figure(&verdict::chart(one), "verdict")));
        let of_lesson = std::iter::once_with(|| one.lesson_figures()).flatten();
        own.chain(of_lesson.map(move |(kind, figure)| (format!("{id}_{kind}"), figure)))
    });
    overview.chain(of_each)
}
