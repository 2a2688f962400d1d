use super::*;

fn begin(parent: &Path, force: bool) -> Result<RunFolder, StorageFailure> {
    RunFolder::begin(parent, "lesson", "lesson.toml", force)
}

fn write_result(parent: &Path, content: &str, extra: &str, complete: bool) -> StoredRun {
    let mut folder = begin(parent, false).unwrap();
    folder.write("summary.csv", |out| out.write_all(content.as_bytes())).unwrap();
    folder.write(extra, |out| out.write_all(b"x")).unwrap();
    let files: Vec<_> = folder.files().iter().map(|file| format!("  {file:?},\n")).collect();
    let manifest = format!("{MARKER}\nfiles = [\n{}  \"manifest.toml\",\n]\n", files.concat());
    folder.write("manifest.toml", |out| out.write_all(manifest.as_bytes())).unwrap();
    folder.finish(complete).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn summary(parent: &Path, folder: &str) -> String {
    fs::read_to_string(parent.join(folder).join("summary.csv")).unwrap()
}

#[test]
fn a_new_result_replaces_the_earlier_one_as_a_whole() {
    let parent = tempfile::tempdir().unwrap();
    write_result(parent.path(), "one", "old_arm/trajectory.csv", true);
    let finished = write_result(parent.path(), "two", "new_arm/trajectory.csv", true);
    assert_eq!(finished.notes, Vec::<String>::new());
    assert_eq!(names(parent.path()), ["lesson"]);
    assert_eq!(names(&finished.path), ["manifest.toml", "new_arm", "summary.csv"]);
    assert_eq!(summary(parent.path(), "lesson"), "two");
}

#[test]
fn an_incomplete_result_stands_beside_and_leaves_the_earlier_one_alone() {
    let parent = tempfile::tempdir().unwrap();
    write_result(parent.path(), "whole", "a.csv", true);
    write_result(parent.path(), "half", "a.csv", false);
    write_result(parent.path(), "other half", "a.csv", false);
    assert_eq!(names(parent.path()), ["lesson", "lesson.incomplete"]);
    assert_eq!(summary(parent.path(), "lesson"), "whole");
    assert_eq!(summary(parent.path(), "lesson.incomplete"), "other half");
}

#[test]
fn an_abandoned_result_leaves_nothing() {
    let parent = tempfile::tempdir().unwrap();
    write_result(parent.path(), "one", "a.csv", true);
    let mut folder = begin(parent.path(), false).unwrap();
    folder.write("summary.csv", |out| out.write_all(b"two")).unwrap();
    let disk_full = |_: &mut dyn Write| Err(io::ErrorKind::StorageFull.into());
    let failure = folder.write("b.csv", disk_full).unwrap_err();
    assert!(failure.to_string().contains("no space left"), "{failure}");
    // The writer of tables wraps the error.
    let table_too = |_: &mut dyn Write| {
        Err(csv::Error::from(io::Error::from(io::ErrorKind::StorageFull)).into())
    };
    let failure = folder.write("c.csv", table_too).unwrap_err();
    assert!(matches!(failure, StorageFailure::Full { .. }), "{failure}");
    drop(folder);
    assert_eq!(names(parent.path()), ["lesson"]);
    assert_eq!(summary(parent.path(), "lesson"), "one");
}

#[test]
fn a_note_of_the_user_survives_the_exchange() {
    let parent = tempfile::tempdir().unwrap();
    let first = write_result(parent.path(), "one", "a.csv", true);
    fs::write(first.path.join("notes.md"), "mine").unwrap();
    fs::create_dir(first.path.join("mine")).unwrap();
    fs::write(first.path.join("mine/b.csv"), "mine").unwrap();
    fs::write(first.path.join("b.csv"), "mine").unwrap();
    let second = write_result(parent.path(), "two", "b.csv", true);
    assert_eq!(second.notes.len(), 3, "{:?}", second.notes);
    assert_eq!(fs::read_to_string(second.path.join("mine/b.csv")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(second.path.join("b.csv.kept-1")).unwrap(), "mine");
    assert_eq!(
        names(&second.path),
        ["b.csv", "b.csv.kept-1", "manifest.toml", "mine", "notes.md", "summary.csv"]
    );
}

#[test]
fn an_exchange_interrupted_before_the_new_name_puts_the_old_result_back() {
    let parent = tempfile::tempdir().unwrap();
    write_result(parent.path(), "one", "a.csv", true);
    fs::rename(parent.path().join("lesson"), parent.path().join(".lesson.old")).unwrap();
    fs::create_dir(parent.path().join(".lesson.new-4711")).unwrap();
    drop(begin(parent.path(), false).unwrap());
    assert_eq!(names(parent.path()), ["lesson"]);
    assert_eq!(summary(parent.path(), "lesson"), "one");
}

#[test]
fn an_exchange_interrupted_after_the_new_name_is_completed() {
    let parent = tempfile::tempdir().unwrap();
    let first = write_result(parent.path(), "one", "a.csv", true);
    fs::write(first.path.join("notes.md"), "mine").unwrap();
    fs::rename(&first.path, parent.path().join(".lesson.old")).unwrap();
    // A writer of an own name, so that the beginning does not put things right too early.
    fs::create_dir(parent.path().join("other")).unwrap();
    write_result(&parent.path().join("other"), "two", "a.csv", true);
    fs::rename(parent.path().join("other/lesson"), parent.path().join("lesson")).unwrap();
    fs::remove_dir(parent.path().join("other")).unwrap();
    drop(begin(parent.path(), false).unwrap());
    assert_eq!(names(parent.path()), ["lesson"]);
    assert_eq!(summary(parent.path(), "lesson"), "two");
    assert!(parent.path().join("lesson/notes.md").exists());
}

#[test]
fn a_foreign_folder_is_refused_and_with_force_moved_aside() {
    let parent = tempfile::tempdir().unwrap();
    let foreign = parent.path().join("lesson");
    fs::create_dir(&foreign).unwrap();
    drop(begin(parent.path(), false).unwrap());
    fs::write(foreign.join("thesis.tex"), "years of work").unwrap();
    fs::write(foreign.join("manifest.toml"), "name = \"another program\"").unwrap();
    let refusal = begin(parent.path(), false).err().unwrap();
    assert!(matches!(refusal, StorageFailure::Foreign { .. }), "{refusal}");
    let mut folder = begin(parent.path(), true).unwrap();
    folder.write("manifest.toml", |out| writeln!(out, "{MARKER}")).unwrap();
    let finished = folder.finish(true).unwrap();
    assert_eq!(finished.notes.len(), 1);
    let thesis = parent.path().join("lesson.before-1/thesis.tex");
    assert_eq!(fs::read_to_string(thesis).unwrap(), "years of work");
    assert_eq!(names(&finished.path), ["manifest.toml"]);
}

#[test]
fn a_file_in_place_of_a_folder_is_named() {
    let parent = tempfile::tempdir().unwrap();
    fs::write(parent.path().join("lesson"), "a file").unwrap();
    let refusal = begin(parent.path(), false).err().unwrap();
    assert!(matches!(refusal, StorageFailure::NotAFolder { .. }), "{refusal}");
    for path in ["lesson", "lesson/below"] {
        let refusal =
            RunFolder::begin(&parent.path().join(path), "x", "x.toml", false).err().unwrap();
        assert!(matches!(refusal, StorageFailure::NotAFolder { .. }), "{refusal}");
    }
    assert_eq!(names(parent.path()), ["lesson"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_never_followed() {
    let parent = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let link = parent.path().join("lesson");
    std::os::unix::fs::symlink(elsewhere.path(), &link).unwrap();
    let refusal = begin(parent.path(), false).err().unwrap();
    assert!(matches!(refusal, StorageFailure::Foreign { .. }), "{refusal}");
    let mut folder = begin(parent.path(), true).unwrap();
    folder.write("manifest.toml", |out| writeln!(out, "{MARKER}")).unwrap();
    folder.finish(true).unwrap();
    assert!(parent.path().join("lesson.before-1").is_symlink());
    assert_eq!(names(elsewhere.path()), Vec::<String>::new());
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let parent = tempfile::tempdir().unwrap();
    let mut folder = begin(parent.path(), false).unwrap();
    for name in ["../x", "/etc/x", "a//b", "", ".", "a/../../x", "a\\..\\x", "C:x", "a\0"] {
        let refusal = folder.write(name, |_| Ok(())).unwrap_err();
        assert!(matches!(refusal, StorageFailure::BadName { .. }), "{name:?}: {refusal}");
    }
}
