//! `calcifate report`: one page about a folder of results or a scenario.

mod doubts;
mod folder;
mod studies;

use std::error::Error;
use std::path::{Path, PathBuf};

use rayon::ThreadPool;

use crate::cli::arguments::commands::ReportArguments;
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::run::finished::FinishedRun;
use crate::cli::run::{page, run_all};
use crate::cli::session::input_files::{ScenarioFile, load_repeated, load_scenario};
use crate::cli::session::{Session, interrupt, start_threads};
use crate::error::defect::OrDefect as _;
use crate::library::input_files::read;
use crate::printed::shown_path;
use crate::report::document::Document;
use crate::report::{MARKER, html, markdown};
use crate::scenario::Overrides;
use crate::simulation::Options;
use crate::storage::place::single_file::{write, write_all};
use crate::storage::repeat::{RepeatedRun, is_manifest};
use crate::words::catalogue::message;

/// A reason for which there is no page, in words.
type Reason = Box<dyn Error + Send + Sync>;

/// Something of which there can be a page.
struct Subject {
    document: Document,
    /// Files of its folder that are not what its command wrote.
    doubt: Option<String>,
    /// Why it shows less than the page of the whole result would, if it does.
    lacks: Option<String>,
}

impl Subject {
    /// A page that lacks nothing.
    fn whole(document: Document) -> Self {
        Self { document, doubt: None, lacks: None }
    }
}

pub(crate) fn report(arguments: &ReportArguments, session: &Session) -> CommandResult {
    interrupt::listen();
    let threads = start_threads(&arguments.threads)?;
    let (subject, beside) = if arguments.path.is_dir() {
        let subject = folder::subject(&arguments.path, &threads, session)?;
        (subject, arguments.path.join("report"))
    } else {
        of_file(&arguments.path, &threads, session)?
    };
    let Subject { mut document, doubt, lacks } = subject;
    if interrupt::requested() {
        let message = "interrupted: no page was written";
        return Err(CommandError::new(ExitStatus::Interrupted, message));
    }
    if let Some(doubt) = doubt {
        session.terminal.warning(&format!("{}: {doubt}", shown_path(&arguments.path)));
        document.notices.insert(0, doubt);
    }
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => beside.with_added_extension(if arguments.markdown { "md" } else { "html" }),
    };
    let is_file = path != Path::new("-");
    let pictures = arguments.markdown && is_file;
    let pictures = pictures.then(|| pictures_folder(&path));
    let text = if arguments.markdown {
        let name = pictures.as_ref().and_then(|folder| folder.file_name());
        markdown::text(&document, name.map(|name| name.to_string_lossy()).as_deref())
    } else {
        html::page(&document).map_err(CommandError::failed)?
    };
    let terminal = &session.terminal;
    if !is_file {
        terminal.result(&text);
        if arguments.markdown && !document.figures().is_empty() {
            terminal.remark(&message!(report.without_pictures));
        }
        return Ok(ExitStatus::Success);
    }
    if let Some(why) = lacks.filter(|_| arguments.output.is_none() && !arguments.force)
        && path.exists()
    {
        return Err(CommandError::failed(format!(
            "{}: the page that is there was kept, as only tables could be shown now: {why}; \
             -o FILE writes a page of the tables, --force replaces this one",
            shown_path(&path)
        )));
    }
    let remark = write(&path, &text, MARKER, arguments.force)?;
    terminal.remarks(remark.as_slice());
    if let Some(folder) = pictures {
        let pictures = markdown::pictures(&document).map_err(CommandError::failed)?;
        terminal.remarks(&write_all(&folder, &pictures, MARKER, arguments.force)?);
    }
    session.print_summary(&format!("Report   {}\n", shown_path(&path)));
    Ok(interrupt::status())
}

/// The folder of the pictures of a Markdown file: "report_figures" beside "report.md".
fn pictures_folder(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}_figures"))
}

/// The page of a scenario file, or of the run that a manifest repeats, and where it stands unless said
/// otherwise, without the ending.
fn of_file(
    path: &Path,
    threads: &ThreadPool,
    session: &Session,
) -> Result<(Subject, PathBuf), CommandError> {
    if let Some(text) = read(path).ok().filter(|text| is_manifest(text)) {
        let folder = path.parent().unwrap_or(Path::new(""));
        let subject = of_manifest(path, folder, &text, threads, session)?;
        return Ok((subject, folder.join("report")));
    }
    let overrides = Overrides::default();
    let file = load_scenario(path, &overrides, false, &session.terminal)?;
    let (run, document) = of_scenario(file, &overrides, &Options::default(), threads, session);
    Ok((Subject::whole(document), PathBuf::from(&run.run.scenario.name)))
}

/// The run of a manifest once more, which gives the same numbers.
fn of_manifest(
    path: &Path,
    folder: &Path,
    text: &str,
    threads: &ThreadPool,
    session: &Session,
) -> Result<Subject, CommandError> {
    let repeated = RepeatedRun::read(text)
        .map_err(|why| CommandError::failed(format!("{}: {why}", shown_path(path))))?;
    let file = load_repeated(path, &repeated, false, &session.terminal)?;
    let RepeatedRun { overrides, options, files: written, .. } = repeated;
    let (run, document) = of_scenario(file, &overrides, &options, threads, session);
    let doubt = doubts::of_run(folder, &written, &run)?;
    Ok(Subject { doubt, ..Subject::whole(document) })
}

fn of_scenario(
    file: ScenarioFile,
    overrides: &Overrides,
    options: &Options,
    threads: &ThreadPool,
    session: &Session,
) -> (FinishedRun, Document) {
    let finished = run_all(vec![file], options, threads, session).into_iter().next();
    let run = finished.or_defect("a scenario without its run");
    let document = threads.install(|| page::content(&run, overrides, options, true));
    (run, document)
}
