//! Hands everything that a run gave to its folder.

use std::io::{self, Write};

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::cli::exit_status::ExitStatus;
use crate::cli::run::finished::FinishedRun;
use crate::cli::run::summary::answer_paragraphs;
use crate::cli::session::interrupt;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::table::{README_WIDTH, paragraphs, wrapped};
use crate::cli::terminal::Terminal;
use crate::error::failure::StorageFailure;
use crate::physiology::quantities::{TrajectoryColumn, in_columns};
use crate::report::PAGE;
use crate::scenario::Overrides;
use crate::simulation::Options;
use crate::storage::manifest::{RunTiming, manifest};
use crate::storage::run_folder::{RunFolder, StoredRun};
use crate::storage::tables;
use crate::words::people;

/// Writes the result and puts it in place; an interrupted or failed one as `.incomplete`.
pub(crate) fn store(
    run: &mut FinishedRun,
    folder: RunFolder,
    settings: (&Overrides, &Options),
    timing: &RunTiming,
    bar: &PatientBar<'_>,
    terminal: &Terminal,
) -> ExitStatus {
    match write(run, folder, settings, timing, bar) {
        Ok((finished, status)) => {
            terminal.remarks(&finished.notes);
            run.folder = Some(finished.path);
            status
        }
        Err(failure) => {
            terminal.error(&failure.to_string());
            ExitStatus::Failed
        }
    }
}

fn write(
    run: &FinishedRun,
    mut folder: RunFolder,
    settings: (&Overrides, &Options),
    timing: &RunTiming,
    bar: &PatientBar<'_>,
) -> Result<(StoredRun, ExitStatus), StorageFailure> {
    write_tables(run, &mut folder, bar)?;
    for figure in &run.figures {
        folder.write_figure(figure)?;
    }
    if let Some(page) = &run.page {
        folder.write_text(PAGE, page)?;
    }
    let interrupted = interrupt::requested();
    folder.write_text("README.txt", &readme(run, interrupted))?;
    folder.write("timing.toml", |out| out.write_all(timing.text()?.as_bytes()))?;
    let mut files = folder.files();
    files.push("manifest.toml".to_owned());
    files.sort();
    let complete = run.run.is_complete() && !interrupted;
    let manifest = manifest(&run.run.scenario, settings, run.run.arms(), &files, complete);
    folder.write("manifest.toml", |out| out.write_all(manifest?.as_bytes()))?;
    Ok((folder.finish(complete)?, interrupt::status()))
}

/// Writes a table.
type Fill<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + 'a>;

/// The tables of a run by their names in its folder; those of arms stand in folders of their own.
pub(crate) fn tables(run: &FinishedRun) -> Vec<(String, Fill<'_>)> {
    let [states, flows, read_outs] = [
        in_columns(TrajectoryColumn::is_state),
        in_columns(TrajectoryColumn::is_flow),
        in_columns(TrajectoryColumn::is_read_out),
    ];
    let columns = [states.clone(), read_outs.clone()].concat();
    let mut out: Vec<(String, Fill<'_>)> = Vec::new();
    for (arm, result) in run.run.arms() {
        for (table, columns) in [("trajectory", &columns), ("flows", &flows)] {
            let (rows, columns) = (&result.trajectory, columns.clone());
            let fill = move |out: &mut dyn Write| tables::write_rows(rows, &columns, out);
            out.push((format!("{}/{table}.csv", arm.name), Box::new(fill)));
        }
    }
    let arms = run.run.arms().map(|(arm, run)| (arm.name.as_str(), &run.trajectory));
    let (arms, summarized) = (arms.collect::<Vec<_>>(), [read_outs, states].concat());
    let fill = move |out: &mut dyn Write| tables::write_summary(&arms, &summarized, out);
    out.push(("summary.csv".to_owned(), Box::new(fill)));
    let balances = run.run.balances().map(|(arm, balance)| (arm.name.as_str(), balance));
    let balances: Vec<_> = balances.collect();
    let fill = move |out: &mut dyn Write| tables::write_balance(&balances, out);
    out.push(("balance.csv".to_owned(), Box::new(fill)));
    let fill = |out: &mut dyn Write| tables::write_claims(run.run.judged_claims(), out);
    out.push(("claims.csv".to_owned(), Box::new(fill)));
    out
}

fn write_tables(
    run: &FinishedRun,
    folder: &mut RunFolder,
    bar: &PatientBar<'_>,
) -> Result<(), StorageFailure> {
    for (name, fill) in tables(run) {
        let of_arm = name.contains('/');
        if of_arm && interrupt::is_late() {
            continue;
        }
        if interrupt::requested() {
            folder.hurry();
        }
        let written = folder.write(&name, |out| match of_arm {
            true => fill(&mut CountedLines { out, bar }),
            false => fill(out),
        });
        // One that there is no time for is left out; the manifest names those that are there.
        let late = of_arm && interrupt::is_late();
        written.or_else(|failure| if late { Ok(()) } else { Err(failure) })?;
    }
    Ok(())
}

/// Number of lines of the longest tables, by which the progress of writing is told.
pub(crate) fn line_count(run: &FinishedRun) -> u64 {
    run.run.arms().map(|(_, result)| 2 * (result.trajectory.rows.len() as u64 + 1)).sum()
}

/// A file that moves a bar on by its lines.
struct CountedLines<'a> {
    out: &'a mut dyn Write,
    bar: &'a PatientBar<'a>,
}

impl Write for CountedLines<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if interrupt::is_late() {
            return Err(io::Error::other("there is no time to write it"));
        }
        let written = self.out.write(bytes)?;
        let lines = bytes.iter().take(written).filter(|byte| **byte == b'\n').count();
        self.bar.advance(lines as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Text for a person who opens the folder.
fn readme(run: &FinishedRun, interrupted: bool) -> String {
    let scenario = &run.run.scenario;
    let state = match (run.run.is_complete(), interrupted) {
        (true, false) => "",
        (true, true) => {
            "\nINCOMPLETE: interrupted while it was written; tables for which there was no time \
             are missing (manifest.toml names those that are there).\n"
        }
        (false, _) => {
            "\nINCOMPLETE: the run ended early; the tables end there (see manifest.toml).\n"
        }
    };
    let question = wrapped(&scenario.question, README_WIDTH).join("\n");
    let answer = answer_paragraphs(run).join("\n\n");
    let answer = if answer.is_empty() { answer } else { format!("Answer: {answer}") };
    let before = people::circumstances(&scenario.arms).join("\n\n");
    let texts: Vec<String> = [scenario.lesson.as_str(), &before, &answer]
        .into_iter()
        .flat_map(|text| paragraphs(text, README_WIDTH))
        .map(|text| text + "\n\n")
        .collect();
    format!(
        "{title}\n{question}\n{state}\n\
         {texts}{DISCLAIMER}\n\n\
         report.html         all of this as a page for a browser, with figures; opens anywhere\n\
         ARM/trajectory.csv  states and read-outs over time, unit in each heading\n\
         ARM/flows.csv       every movement of calcium [mg/d]\n\
         summary.csv         start, end and change of each arm side by side\n\
         balance.csv         calcium eaten = excreted + stored, with residual and tolerance\n\
         claims.csv          what the lesson says, and whether it holds\n\
         figures/            each as SVG and PNG, with a description in words\n\
         manifest.toml       all that is needed to repeat the run\n\
         timing.toml         times and machine\n\n\
         Made by {PROGRAM} with model {MODEL_VERSION}.\n",
        title = scenario.title,
        texts = texts.concat(),
    )
}
