//! `calcifate evidence`: published trials as virtual ones, in both hypothesis sets.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::charts::{forest, layout};
use crate::cli::arguments::commands::EvidenceArguments;
use crate::cli::arguments::options::FigureLetters;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::chosen::chosen_by_word;
use crate::cli::session::extent::{Extent, contents, state};
use crate::cli::session::figures::{write_figures, write_page};
use crate::cli::session::input_files::scenario_name;
use crate::cli::session::progress_bar::PatientBar;
use crate::cli::session::{Session, interrupt, start_threads};
use crate::cli::table::{headings, list, object};
use crate::cli::terminal::Terminal;
use crate::error::failure::{InputFailure, StorageFailure};
use crate::error::problem::Problem;
use crate::error::render::render;
use crate::evidence::SHIPPED;
use crate::evidence::prediction::{Agreement, Compared, Prediction, compare};
use crate::evidence::score::{Score, surprises, topics};
use crate::evidence::table::{HEADINGS, NUMBERS, observed, predicted, rows, treatment};
use crate::evidence::trial::Trial;
use crate::library::input_files::read;
use crate::parameters::Hypothesis;
use crate::printed::{in_markdown, shown_path};
use crate::report::evidence;
use crate::storage::evidence_table;
use crate::storage::evidence_table::{Counted, csv_text, finish};
use crate::storage::run_folder::{RunFolder, StoredRun};

/// Name of the folder of the shipped table.
const NAME: &str = "evidence";

/// An evidence table: the name of its folder, its own name, its text.
struct TableFile {
    folder: String,
    name: String,
    text: String,
}

/// Runs the trials, writes their folder and prints how far the model agrees.
pub(crate) fn evidence(arguments: &EvidenceArguments, session: &Session) -> CommandResult {
    let terminal = &session.terminal;
    let table = table(arguments)?;
    let (all, wanted) = (trials(&table, session)?, &arguments.chosen);
    let trials = chosen_by_word(all, |trial| Some((&trial.id, &trial.topic)), wanted, "trial")
        .map_err(CommandError::bad_input)?;
    if arguments.scenario {
        let texts: Vec<String> = trials.iter().map(Trial::scenario).collect();
        terminal.result(&texts.join("\n"));
        return Ok(ExitStatus::Success);
    }
    let threads = start_threads(&arguments.threads)?;
    interrupt::listen();
    let wanted = &arguments.folder;
    let folder = RunFolder::begin(&wanted.output, &table.folder, &table.name, wanted.force)?;
    let bar = PatientBar::new(trials.len() as u64, "trials {bar:40} {pos}/{len}", session);
    let compared =
        threads.install(|| compare(&trials, &|| !interrupt::requested(), &|| bar.advance(1)));
    bar.end();
    let extent = Extent::of("trials", compared.len(), trials.len());
    let letters = Some(&wanted.letters).filter(|_| !wanted.no_figures);
    if let Some(letters) = letters {
        letters.warn(&format!("the table {}", table.name), &table.text, terminal);
    }
    let stored = store(&table, &compared, &extent, folder, letters)?;
    terminal.remarks(&stored.notes);
    if arguments.answer.json {
        terminal.json(&json_document(&compared, &extent));
    } else if arguments.markdown {
        terminal.result(&markdown(&compared, &extent));
    } else {
        session.print_summary(&summary(&compared, &extent, &stored.path, terminal));
    }
    extent.mark().iter().for_each(|mark| terminal.error(mark));
    let failed = compared.iter().flat_map(|one| &one.predictions).any(|one| one.value.is_err());
    Ok(ExitStatus::failed_if(failed).max(interrupt::status()))
}

/// The table of the user, or the shipped one.
fn table(arguments: &EvidenceArguments) -> Result<TableFile, CommandError> {
    let Some(path) = &arguments.file else {
        let (name, text) = SHIPPED;
        let folder = NAME.to_owned();
        return Ok(TableFile { folder, name: name.to_owned(), text: text.to_owned() });
    };
    let name = path.display().to_string();
    let text = read(path).map_err(|failure| match failure {
        InputFailure::NotFound { .. } | InputFailure::Empty { .. } => {
            CommandError::bad_input(format!(
                "{failure}; calcifate evidence --no-figures -o . writes the shipped table, whose \
                     columns it has"
            ))
        }
        other => other.into(),
    })?;
    Ok(TableFile { folder: scenario_name(path)?, name, text })
}

/// The trials of a table; its problems are printed.
fn trials(table: &TableFile, session: &Session) -> Result<Vec<Trial>, CommandError> {
    evidence_table::read(&table.name, &table.text).map_err(|problems: Vec<Problem>| {
        session.terminal.talk(&render(&problems, &[], session.terminal.colored_talk));
        CommandError::printed(ExitStatus::BadInput)
    })
}

/// The files of the folder, and their content.
const CONTENTS: [(&str, &str); 4] = [
    ("evidence.csv", "every comparison with all digits"),
    ("evidence.md", "the same for reading, with citation and how the number was read"),
    ("report.html", "the same as a page for a browser, with figures; opens anywhere"),
    ("figures/", "a forest plot for each topic, as SVG and PNG"),
];

/// Writes tables, forest plots, a README and a manifest with the name and text of the table.
fn store(
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
        let figures = charts.map(|(name, chart)| (name, layout::figure(&chart, "forest")));
        write_figures(&mut folder, letters.font.as_ref(), figures)?;
    }
    let (name, text) = (&table.name, &table.text);
    let own = (name != SHIPPED.0).then_some((name.as_str(), text.as_str()));
    write_page(&mut folder, || evidence::document(compared, own))?;
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

/// Scores, and every comparison by topic.
fn summary(compared: &[Compared], extent: &Extent, path: &Path, terminal: &Terminal) -> String {
    let mut text = String::from("How far does the model agree with published trials?\n");
    extent.mark().iter().for_each(|mark| text += &format!("{mark}\n"));
    for score in scores(compared) {
        let _ = writeln!(text, "{}", score_line(&score));
    }
    let heading = headings("trial|observed [interval]|paradox|conservative|of");
    for topic in topics(compared) {
        let _ = write!(text, "\n{topic}\n");
        let own = compared.iter().filter(|one| one.trial.topic == topic);
        let cells = own.map(|one| {
            let mut row = vec![one.trial.id.clone(), observed(&one.trial)];
            row.extend(one.predictions.iter().map(|prediction| cell(&one.trial, prediction)));
            row.push(source(&one.trial));
            row
        });
        text.push_str(&list(&heading, &cells.collect::<Vec<_>>(), terminal.list_width()));
    }
    let surprises = surprises(compared);
    if !surprises.is_empty() {
        let _ = write!(text, "\nOther than expected_set says: {}\n", surprises.join(", "));
    }
    let _ = write!(
        text,
        "\n✓ hit · 0 null kept null · > direction only · ✗ miss\n\
         Tables and forest plots  {}\n",
        shown_path(path)
    );
    text
}

/// Citation and treatment of a trial.
fn source(trial: &Trial) -> String {
    let parts = [trial.citation.clone(), treatment(trial)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// The value with the mark of its agreement.
fn cell(trial: &Trial, prediction: &Prediction) -> String {
    let mark = match prediction.agreement {
        Agreement::Hit => "✓",
        Agreement::NullKeptNull => "0",
        Agreement::DirectionOnly => ">",
        Agreement::NoDifference => "≈",
        Agreement::Miss => "✗",
    };
    format!("{mark} {}", predicted(trial, prediction))
}

fn scores(compared: &[Compared]) -> impl Iterator<Item = Score> {
    Hypothesis::ALL.into_iter().map(|set| Score::of(set, compared.iter()))
}

/// "paradox: 95 of 101 hold (sizes 68 of 68, nulls 12 of 16, directions 15 of 17); 2 of 2 that no
/// study stands behind".
fn score_line(score: &Score) -> String {
    let [sizes, nulls, directions] = score.by_kind.map(|(holds, all)| format!("{holds} of {all}"));
    let beside = match score.unpublished {
        (_, 0) => String::new(),
        (holds, all) => format!("; {holds} of {all} that no study stands behind"),
    };
    format!(
        "{}: {} of {} hold (sizes {sizes}, nulls {nulls}, directions {directions}){beside}",
        score.set.name(),
        score.holds,
        score.all,
    )
}

/// The same as one JSON document.
fn json_document(compared: &[Compared], extent: &Extent) -> Value {
    let row = |row: &Vec<String>| object(HEADINGS, row, |name| NUMBERS.contains(&name));
    let score = |score: Score| {
        let (holds, all) = score.unpublished;
        let unpublished = json!({ "holds": holds, "of": all });
        let (set, of) = (score.set.name(), score.all);
        json!({ "set": set, "holds": score.holds, "of": of, "without_a_study": unpublished })
    };
    json!({
        "program": PROGRAM,
        "disclaimer": DISCLAIMER,
        "complete": extent.is_complete(),
        "extent": extent.document(),
        "scores": scores(compared).map(score).collect::<Vec<_>>(),
        "comparisons": rows(compared).iter().map(row).collect::<Vec<_>>(),
    })
}

/// The same as a Markdown document.
fn markdown(compared: &[Compared], extent: &Extent) -> String {
    let mut text = String::from("# The model beside published trials\n\n");
    extent.mark().iter().for_each(|mark| text += &format!("**{mark}.**\n\n"));
    for score in scores(compared) {
        let _ = writeln!(text, "- {}", score_line(&score));
    }
    for topic in topics(compared) {
        let _ = write!(
            text,
            "\n## {}\n\n| trial | read-out | observed [interval] | paradox | conservative | number read in | notes |\n|---|---|---|---|---|---|---|\n",
            in_markdown(topic)
        );
        for one in compared.iter().filter(|one| one.trial.topic == topic) {
            let trial = &one.trial;
            let [first, second] = [0, 1].map(|index| one.predictions.get(index));
            let cell = |prediction: Option<&Prediction>| {
                prediction.map_or_else(String::new, |one| {
                    format!("{} ({})", predicted(trial, one), one.agreement.words())
                })
            };
            let cells = [
                format!("{}: {}, {}", trial.citation, treatment(trial), trial.population),
                format!("{}, {}", trial.read_out.words, trial.comparison.name().replace('_', " ")),
                observed(trial),
                cell(first),
                cell(second),
                trial.checked.clone(),
                trial.notes.clone(),
            ];
            let _ = writeln!(text, "| {} |", cells.map(|cell| in_markdown(&cell)).join(" | "));
        }
    }
    let _ = write!(text, "\n{DISCLAIMER}\n");
    text
}
