//! `calcifate class --collect`: the answers of a class, put together.

use std::fs;
use std::path::Path;

use crate::class::answers::{LARGEST, OVERVIEW, Student, exercise_of};
use crate::class::tally::{HEADINGS, document, rows};
use crate::cli::arguments::commands::ClassArguments;
use crate::cli::class::exercises::Chosen;
use crate::cli::class::{page, played, put};
use crate::cli::exit_status::{CommandError, CommandResult, ExitStatus};
use crate::cli::session::Session;
use crate::cli::terminal::Terminal;
use crate::printed::shown_path;
use crate::report::{MARKER, class};
use crate::storage::evidence_table::csv_text;
use crate::storage::place::open;

/// Most files of a folder; a school has fewer students.
const MOST: usize = 2000;
/// Headings of the table, by which it is ours.
const TABLE_MARKER: &str = "student,file,step,kind,prediction,right";

/// A file with the exercise that it names.
struct Saved {
    name: String,
    text: String,
    exercise: String,
}

/// Reads every file of answers of the folder and writes one overview for each exercise among them.
///
/// Files that cannot be used are named and left out; the exit status tells of them.
pub(super) fn collect(
    folder: &Path,
    chosen: Vec<Chosen>,
    arguments: &ClassArguments,
    session: &Session,
) -> CommandResult {
    let terminal = &session.terminal;
    let (saved, mut status) = read_all(folder, terminal)?;
    let mut told = String::new();
    let mut known = Vec::new();
    for one in chosen {
        let id = one.exercise.id.clone();
        known.push(id.clone());
        let own: Vec<&Saved> = saved.iter().filter(|saved| saved.exercise == id).collect();
        if own.is_empty() {
            continue;
        }
        let played = played(one)?;
        let mut students: Vec<Student> = Vec::new();
        for saved in own {
            let read = Student::read(&saved.name, &saved.text, &played);
            match read.and_then(|student| add(student, &mut students)) {
                Ok(remark) => terminal.remarks(remark.as_slice()),
                Err(why) => refuse(&saved.name, &why, &mut status, terminal),
            }
        }
        if students.is_empty() {
            continue;
        }
        let name = |ending: &str| arguments.output.join(format!("{id}.overview.{ending}"));
        let table = csv_text(&HEADINGS, &rows(&played, &students)).map_err(CommandError::failed)?;
        let overview = format!("{:#}\n", document(&played, &students));
        let files = [
            (name("html"), page(&class::document(&played, &students))?, MARKER),
            (name("csv"), table, TABLE_MARKER),
            (name("json"), overview, OVERVIEW),
        ];
        told += &format!("Class    {id}: answers of {}\n", students.len());
        for (path, text, marker) in files {
            put(&path, &text, marker, arguments.force, session)?;
            told += &format!("         {}\n", shown_path(&path));
        }
    }
    for one in saved.iter().filter(|one| !known.contains(&one.exercise)) {
        let why = "its exercise is not among those that were named; name its file before --collect";
        refuse(&one.name, why, &mut status, terminal);
    }
    if told.is_empty() {
        return Err(CommandError::bad_input(format!(
            "{}: no answers that can be used; save them from the page of an exercise into this folder",
            shown_path(folder)
        )));
    }
    session.print_summary(&told);
    Ok(status)
}

fn refuse(file: &str, why: &str, status: &mut ExitStatus, terminal: &Terminal) {
    terminal.error(&format!("{file}: {why}"));
    *status = ExitStatus::BadInput;
}

/// Adds a student; gives a remark if the same answers are there already.
/// Errors: Another student has this name.
fn add(student: Student, students: &mut Vec<Student>) -> Result<Option<String>, String> {
    let name = student.name.to_lowercase();
    let same = students.iter().find(|other| !name.is_empty() && other.name.to_lowercase() == name);
    match same {
        Some(Student { file, predictions, .. }) if *predictions == student.predictions => {
            Ok(Some(format!("{}: the same answers as in {file}; counted once", student.file)))
        }
        Some(other) => Err(format!(
            "another student, in {}, is called \"{}\" too; change one of the names on the page and save again, or take one file out",
            other.file, student.name
        )),
        None => {
            students.push(student);
            Ok(None)
        }
    }
}

/// The files of answers in the order of their names; those that cannot be read are told.
fn read_all(folder: &Path, terminal: &Terminal) -> Result<(Vec<Saved>, ExitStatus), CommandError> {
    let unread = |error: std::io::Error| {
        let help = "name the folder with the files that students saved";
        CommandError::bad_input(format!("{}: cannot be read: {error}; {help}", shown_path(folder)))
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unread)? {
        let name = entry.map_err(unread)?.file_name().to_string_lossy().into_owned();
        let ending =
            Path::new(&name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        if ending && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    if names.len() > MOST {
        let message = format!(
            "{}: more than {MOST} files of answers; collect one class at a time",
            shown_path(folder)
        );
        return Err(CommandError::bad_input(message));
    }
    let mut status = ExitStatus::Success;
    let mut all = Vec::new();
    for name in names {
        let read = text(folder, &name).and_then(|text| Ok((exercise_of(&text)?, text)));
        match read {
            Ok((Some(exercise), text)) => all.push(Saved { name, text, exercise }),
            Ok((None, _)) => {} // an overview of before
            Err(why) => refuse(&name, &why, &mut status, terminal),
        }
    }
    Ok((all, status))
}

/// The text of a plain file that is not too large.
fn text(folder: &Path, name: &str) -> Result<String, String> {
    use std::io::Read as _;
    let file = open(&folder.join(name)).map_err(|failure| failure.to_string())?;
    let file = file.ok_or("it is gone; collect again")?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!(
            "larger than {LARGEST} bytes, and answers have a few thousand; save them again from the page"
        ));
    }
    String::from_utf8(bytes)
        .map_err(|_| "not a text file; save the answers again from the page".to_owned())
}
