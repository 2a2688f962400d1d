//! Failures of runs, of reading files and of writing results.

use thiserror::Error;

use crate::printed::shown_path;

/// The reason for which the run of an arm ended early.
///
/// ```
/// use calcifate::{Options, RunFailure, Scenario};
///
/// let scenario = Scenario::parse("duration = \"1 year\"\n")?;
/// let incomplete = scenario.run_with(&Options::default().with_step_limit(3), &|_| true);
/// let incomplete = incomplete.err().ok_or("three steps suffice")?;
/// assert!(matches!(incomplete.failures().next(), Some(RunFailure::TooManySteps { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, Error, PartialEq)]
#[allow(missing_docs)] // each field stands in the message
pub enum RunFailure {
    /// A derivative was not a finite number.
    #[error("arm {arm}: day {day:.3}: the rate of change of {state} is not a finite number")]
    NotFinite {
        arm: String,
        /// Day from the start (negative: in the lived past).
        day: f64,
        state: &'static str,
    },
    /// The step size fell below the resolution of the time.
    #[error(
        "arm {arm}: day {day:.3}: the step size became too small, {state} changes too fast; \
         try a looser --rtol, or check the values that differ from their defaults"
    )]
    StepTooSmall {
        arm: String,
        day: f64,
        /// State with the largest error.
        state: &'static str,
    },
    /// More steps than allowed.
    #[error(
        "arm {arm}: day {day:.3}: more than {limit} steps; try a looser --rtol or a shorter duration, \
         or check the values that differ from their defaults"
    )]
    TooManySteps { arm: String, day: f64, limit: u64 },
    /// An explicit method met a stiff problem.
    #[error(
        "arm {arm}: day {day:.3}: {method} gives up because the equations are stiff; \
         use --method rosenbrock"
    )]
    Stiff { arm: String, day: f64, method: &'static str },
    /// The user asked to stop.
    #[error("arm {arm}: interrupted on day {day:.3}")]
    Interrupted { arm: String, day: f64 },
    /// The solver does not take this model: a defect of the program.
    #[error("arm {arm}: the solver does not take this model; please report it")]
    Unsupported { arm: String },
}

/// The reason for which a file was refused; each message says it.
#[derive(Debug, Error)]
pub(crate) enum InputFailure {
    #[error("{path}: there is no such file; look at its name and folder")]
    NotFound { path: String },
    #[error("{path}: there is no such file; {remedy}")]
    NoScenario { path: String, remedy: String },
    /// The file is for another command.
    #[error("{path}: this is a {kind}: calcifate {command} {shown}")]
    OtherCommand {
        path: String,
        kind: &'static str,
        command: &'static str,
        /// The path as a shell takes it.
        shown: String,
    },
    #[error("{path}: this is a folder; name the files in it")]
    Folder { path: String },
    #[error("{path}: cannot be read: {source}")]
    Unreadable { path: String, source: std::io::Error },
    #[error("{path}: larger than {limit} bytes; such a file is text of a few kilobytes")]
    TooLarge { path: String, limit: u64 },
    #[error("{path}: this is no file but a pipe or a device; save the text into a file")]
    NotAFile { path: String },
    #[error("{path}: not a text file: byte {byte} is not UTF-8; save it as plain UTF-8 text")]
    NotText {
        path: String,
        /// Position of the first wrong byte, from 0.
        byte: usize,
    },
    #[error("{path}: the file is empty")]
    Empty { path: String },
    #[error("{path}: this is a folder; name the scenario files in it, such as {path}/*.toml")]
    FolderOfScenarios { path: String },
    #[error("{path}: this is a folder of results; name {path}/manifest.toml to repeat its run")]
    FolderOfResults { path: String },
    #[error("{path}: the file is empty; `calcifate new NAME` writes a starter")]
    EmptyScenario { path: String },
    #[error("{path}: {why}; give a font file (TTF or OTF)")]
    NoFont { path: String, why: String },
    #[error("{path}: the file's name would name the output folder, but {why}; rename the file")]
    UnsafeName { path: String, why: &'static str },
    #[error(
        "{first} and {second} would both write the output folder {folder}; \
         rename one, or run them apart with different -o"
    )]
    SameName {
        /// Its name in quotes, or both where only capital letters tell them apart.
        folder: String,
        first: String,
        second: String,
    },
}

/// The reason for which a result was not written; each message says it. Earlier results are untouched in
/// every case.
#[derive(Debug, Error)]
pub(crate) enum StorageFailure {
    #[error(
        "{path}: this folder is not empty and was not written by calcifate; \
         choose another with -o, or use --force, which moves it aside unharmed"
    )]
    Foreign { path: String },
    #[error(
        "{path}: a file or link stands where a folder is needed; remove it or choose another -o"
    )]
    NotAFolder { path: String },
    #[error(
        "{path}: this file was not written by calcifate; \
         choose another with -o, or use --force, which moves it aside unharmed"
    )]
    ForeignFile { path: String },
    #[error("{path}: this is not a file; choose another name with -o")]
    NotAFile { path: String },
    /// A link, a pipe or a folder has the name of a file of ours, or a link that of a folder.
    #[error(
        "{path}: {found} stands where calcifate keeps {wanted} of its own; \
         remove it, or choose another folder with -o"
    )]
    Obstructed { path: String, found: &'static str, wanted: &'static str },
    /// The same in the folder of a shard that is only read, to merge it.
    #[error(
        "{path}: {found} stands where calcifate keeps {wanted} of its own; remove it, repeat the \
         `calcifate sweep … --shard` command of this folder, which writes only what is missing, \
         then merge again"
    )]
    ObstructedShard { path: String, found: &'static str, wanted: &'static str },
    #[error(
        "{path}: this folder holds the result of {other}; rename {own}, \
         choose another folder with -o, or use --force, which moves it aside unharmed"
    )]
    OtherScenario { path: String, other: String, own: String },
    #[error("{path}: another calcifate is writing this result; wait for it or choose another -o")]
    Busy { path: String },
    /// The folder holds another sweep, or the same one of other files or another version.
    #[error(
        "{path}: this folder holds another sweep: {difference}; \
         choose another folder with -o, or use --force, which moves it aside unharmed"
    )]
    OtherSweep { path: String, difference: String },
    #[error(
        "{path}: this folder holds a part of another sweep than {first}: {difference}; \
         name the folders of one sweep only"
    )]
    OtherShard { path: String, first: String, difference: String },
    #[error(
        "{files} {}; the same `calcifate sweep … --shard` command writes what is damaged anew, \
         then merge again",
        if *.several { "are damaged" } else { "is damaged" }
    )]
    DamagedChunks { files: String, several: bool },
    /// A manifest is not as it was written.
    #[error(
        "{path} is damaged: {why}; run the same sweep again with --force, \
         which moves the folder aside unharmed"
    )]
    Damaged { path: String, why: String },
    #[error(
        "{path}: {program} wrote this folder in a layout that this version cannot go on with; \
         go on with that version, choose another folder with -o, \
         or use --force, which moves it aside unharmed"
    )]
    OtherFormat { path: String, program: String },
    #[error("{path}: this is not a folder of `calcifate sweep`; name the folders of the shards")]
    NoSweep { path: String },
    #[error(
        "{missing}; finish them with the same `calcifate sweep … --shard` command, then merge again"
    )]
    Missing { missing: String },
    #[error("{path}: no permission to write; choose another folder with -o")]
    Denied { path: String },
    #[error("{path}: the file system is read-only; choose another folder with -o")]
    ReadOnly { path: String },
    #[error("{path}: no space left; free some or choose another disk with -o")]
    Full { path: String },
    #[error(
        "{path}: larger than the system allows a file to be (ulimit -f, or that of the file system); \
         raise the limit or choose another disk with -o"
    )]
    SizeLimit { path: String },
    #[error(
        "{path}: the file system does not accept this name; rename the file or choose another -o"
    )]
    BadName { path: String },
    #[error("{path}: cannot be written: {source}; choose another folder with -o")]
    System { path: String, source: std::io::Error },
}

impl StorageFailure {
    /// Whether the same command goes on once the cause is gone.
    pub(crate) const fn can_go_on(&self) -> bool {
        matches!(
            self,
            Self::Busy { .. }
                | Self::Obstructed { .. }
                | Self::Denied { .. }
                | Self::ReadOnly { .. }
                | Self::Full { .. }
                | Self::SizeLimit { .. }
                | Self::System { .. }
        )
    }

    /// The same of the folder of a shard, with the remedy that fits there.
    pub(crate) fn of_shard(self) -> Self {
        match self {
            Self::Obstructed { path, found, wanted } => {
                Self::ObstructedShard { path, found, wanted }
            }
            other => other,
        }
    }

    /// Turns an error of the system into its cause at `path`.
    pub(crate) fn at(path: &std::path::Path) -> impl Fn(std::io::Error) -> Self + Copy {
        move |source| Self::new(path, source)
    }

    /// The cause that an error of the system at `path` stands for.
    pub(crate) fn new(path: &std::path::Path, source: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = shown_path(path);
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { path },
            ErrorKind::FileTooLarge => Self::SizeLimit { path },
            ErrorKind::PermissionDenied => Self::Denied { path },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Self::NotAFolder { path },
            ErrorKind::InvalidFilename => Self::BadName { path },
            _ => Self::System { path, source },
        }
    }
}
