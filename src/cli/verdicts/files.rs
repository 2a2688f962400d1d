//! The folder of judged statements.

use std::io;

use crate::about::DISCLAIMER;
use crate::charts::{layout, verdict, verdict_overview};
use crate::cli::arguments::options::FigureLetters;
use crate::cli::run::page::PAGE;
use crate::cli::session::extent::{Extent, contents, state};
use crate::cli::session::interrupt;
use crate::cli::verdicts::print::markdown;
use crate::error::failure::StorageFailure;
use crate::plots::fallback_font::FallbackFont;
use crate::plots::{Figure, FigureError};
use crate::report::html;
use crate::report::verdicts::document;
use crate::storage::evidence_table::{Counted, manifest, write_rows};
use crate::storage::figure_files::{FigureFiles, Stems};
use crate::storage::run_folder::{RunFolder, StoredRun};
use crate::verdicts::evaluation::Judged;
use crate::verdicts::table::{STATEMENTS, TESTS, statements, tests};

/// The table of statements as text with commas.
/// Errors: What the writer reports.
pub(super) fn statements_table(judged: &[Judged], extent: &Extent) -> io::Result<String> {
    let mut out = Vec::new();
    write_rows(&STATEMENTS, &extent.marked(statements(judged), STATEMENTS.len()), &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
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
    folder
        .write("verdicts.csv", |out| out.write_all(statements_table(judged, extent)?.as_bytes()))?;
    folder.write("tests.csv", |out| {
        write_rows(&TESTS, &extent.marked(tests(judged), TESTS.len()), out)
    })?;
    folder.write("verdicts.md", |out| out.write_all(markdown(judged, extent).as_bytes()))?;
    if let Some(letters) = letters {
        draw(judged, &mut folder, letters.font.as_ref())?;
    }
    if !interrupt::requested() {
        let page = html::page(&document(judged)).map_err(|error| {
            StorageFailure::new(folder.path(), io::Error::other(error.to_string()))
        })?;
        folder.write(PAGE, |out| out.write_all(page.as_bytes()))?;
    }
    let complete = !interrupt::requested();
    let readme = format!(
        "Statements put to the test in both hypothesis sets\n\n{}{}\n{DISCLAIMER}\n",
        state(extent, complete),
        contents(&CONTENTS, &folder.files()),
    );
    folder.write("README.txt", |out| out.write_all(readme.as_bytes()))?;
    let mut files = folder.files();
    files.push("manifest.toml".to_owned());
    let manifest = manifest(texts, Counted::Statements(judged.len()), files, complete);
    folder.write("manifest.toml", |out| out.write_all(manifest?.as_bytes()))?;
    folder.finish(complete)
}

fn draw(
    judged: &[Judged],
    folder: &mut RunFolder,
    font: Option<&FallbackFont>,
) -> Result<(), StorageFailure> {
    let path = folder.path().to_owned();
    let failed =
        |error: FigureError| StorageFailure::new(&path, io::Error::other(error.to_string()));
    let mut stems = Stems::default();
    let mut write = |name: &str, figure: Result<Figure, FigureError>| {
        let files = figure.and_then(|figure| FigureFiles::of(figure, font)).map_err(failed)?;
        folder.write_figure_as(&stems.free(name), &files)
    };
    if judged.len() > 1 && !interrupt::requested() {
        write("overview", layout::figure(&verdict_overview::chart(judged), "verdicts"))?;
    }
    for one in judged {
        if interrupt::requested() {
            break; // what is there so far is kept as incomplete
        }
        let id = &one.file.statement.id;
        write(id, layout::figure(&verdict::chart(one), "verdict"))?;
        for (kind, figure) in one.lesson_figures() {
            write(&format!("{id}_{kind}"), figure)?;
        }
    }
    Ok(())
}
