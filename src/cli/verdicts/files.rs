//! The folder of judged statements.

use std::io;

use crate::about::DISCLAIMER;
use crate::charts::{verdict, verdict_overview};
use crate::cli::run::page::PAGE;
use crate::cli::session::interrupt;
use crate::cli::verdicts::print::markdown;
use crate::error::failure::StorageFailure;
use crate::plots::{Figure, FigureError};
use crate::report::html;
use crate::report::verdicts::document;
use crate::storage::evidence_table::{Counted, manifest, write_rows};
use crate::storage::figure_files::FigureFiles;
use crate::storage::run_folder::{RunFolder, StoredRun};
use crate::verdicts::evaluation::Judged;
use crate::verdicts::table::{STATEMENTS, TESTS, statements, tests};

/// The table of statements as text with commas.
/// Errors: What the writer reports.
pub(super) fn statements_table(judged: &[Judged]) -> io::Result<String> {
    let mut out = Vec::new();
    write_rows(&STATEMENTS, &statements(judged), &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Writes tables, cards, figures, a README and a manifest with the texts of the files.
pub(super) fn store(
    texts: &[(String, String)],
    judged: &[Judged],
    mut folder: RunFolder,
    figures: bool,
) -> Result<StoredRun, StorageFailure> {
    folder.write("verdicts.csv", |out| write_rows(&STATEMENTS, &statements(judged), out))?;
    folder.write("tests.csv", |out| write_rows(&TESTS, &tests(judged), out))?;
    folder.write("verdicts.md", |out| out.write_all(markdown(judged).as_bytes()))?;
    if figures {
        draw(judged, &mut folder)?;
    }
    if !interrupt::requested() {
        let page = html::page(&document(judged)).map_err(|error| {
            StorageFailure::new(folder.path(), io::Error::other(error.to_string()))
        })?;
        folder.write(PAGE, |out| out.write_all(page.as_bytes()))?;
    }
    let readme = format!(
        "Statements put to the test in both hypothesis sets\n\n\
         verdicts.csv  every statement with its verdict, numbers and robustness\n\
         tests.csv     every test with its numbers\n\
         verdicts.md   a card for each statement\n\
         report.html   the same as a page for a browser; opens anywhere\n\
         figures/      one for each statement, and an overview by topic\n\n\
         {DISCLAIMER}\n"
    );
    folder.write("README.txt", |out| out.write_all(readme.as_bytes()))?;
    let complete = !interrupt::requested();
    let mut files = folder.files();
    files.push("manifest.toml".to_owned());
    let manifest = manifest(texts, Counted::Statements(judged.len()), files, complete);
    folder.write("manifest.toml", |out| out.write_all(manifest?.as_bytes()))?;
    folder.finish(complete)
}

fn draw(judged: &[Judged], folder: &mut RunFolder) -> Result<(), StorageFailure> {
    let path = folder.path().to_owned();
    let failed =
        |error: FigureError| StorageFailure::new(&path, io::Error::other(error.to_string()));
    let mut write = |name: &str, figure: Result<Figure, FigureError>| {
        let files = figure.and_then(FigureFiles::of).map_err(failed)?;
        folder.write_figure_as(name, &files)
    };
    if judged.len() > 1 {
        write("overview", verdict_overview::draw(judged))?;
    }
    for one in judged {
        if interrupt::requested() {
            break; // what is there so far is kept as incomplete
        }
        let id = &one.file.statement.id;
        write(id, verdict::draw(one))?;
        for (kind, figure) in one.lesson_figures() {
            write(&format!("{id}_{kind}"), figure)?;
        }
    }
    Ok(())
}
