//! Results that were edited, cut short or lost: a page says so, shows what can be trusted, and names
//! the command that mends the folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const INPUTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/folders_of_0_1_0");

const STATEMENT: &str = r#"
title = "Own"
duration = "10 days"
[verdict]
id = "own"
topic = "K2"
kind = "claim"
statement = "A thing"
physiologist = "A word."
trials = ["rotterdam2004_aorta"]
[[claim]]
says = "Blood calcium is there"
that = "end(serum_calcium) > start(serum_calcium) by 5 %"
"#;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["tiny.toml", "doses.toml", "matters.toml"] {
            fs::copy(Path::new(INPUTS).join(name), folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("own.toml"), STATEMENT).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Exit code and talk of a command.
    fn calcifate(&self, words: &str) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
        let command = command.current_dir(self.0.path()).args(words.split(' '));
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    #[track_caller]
    fn fine(&self, words: &str) -> String {
        let (code, told) = self.calcifate(words);
        assert_eq!(code, Some(0), "{words}: {told}");
        told
    }

    /// The warning of a report, which its page repeats.
    #[track_caller]
    fn warned(&self, folder: &str) -> String {
        let told = self.fine(&format!("report {folder}"));
        let warning = told.split_once(&format!("warning: {folder}: "));
        let (_, warning) = warning.unwrap_or_else(|| panic!("no warning: {told}"));
        let warning = warning.trim().to_owned();
        let page = self.page(folder);
        let first = warning.split(':').next().unwrap();
        assert!(page.contains(first), "the page does not say: {first}");
        warning
    }

    fn page(&self, folder: &str) -> String {
        fs::read_to_string(self.path(folder).join("report.html")).unwrap()
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }
}

#[test]
fn a_sweep_whose_table_is_edited_cut_or_lost_is_shown_from_its_chunks() {
    let place = Place::new();
    let (sweep, table) = ("sweep doses.toml --no-figures", "output/doses/results.csv");
    place.fine(sweep);
    place.fine("report output/doses");
    let (whole, good) = (fs::read(place.path(table)).unwrap(), place.page("output/doses"));
    let cut = whole.len() / 2;
    let damaged = [Some(whole[..cut].to_vec()), Some([b"x", &whole[..]].concat()), None];
    for bytes in damaged {
        match &bytes {
            Some(bytes) => fs::write(place.path(table), bytes).unwrap(),
            None => fs::remove_file(place.path(table)).unwrap(),
        }
        let told = place.warned("output/doses");
        let fault = if bytes.is_some() { "is not the table" } else { "is missing" };
        assert!(told.contains(fault) && told.ends_with("calcifate sweep doses.toml"), "{told}");
        // The page has the numbers of the runs, not those of the table.
        let rows = |page: &str| page.split("<table").nth(1).map(str::to_owned);
        assert!(rows(&good).is_some() && rows(&place.page("output/doses")) == rows(&good));
    }
    place.fine(sweep);
    assert_eq!(fs::read(place.path(table)).unwrap(), whole, "the remedy does not mend it");
    assert!(!place.fine("report output/doses").contains("warning"));

    fs::remove_file(place.path(table)).unwrap();
    place.change("output/doses/chunks/000000.csv", "0", "1");
    let told = place.fine("report output/doses -o page.html");
    assert!(told.contains("only 1 of 2 chunks") && told.contains("need all"), "{told}");
    let page = fs::read_to_string(place.path("page.html")).unwrap();
    assert!(page.contains("only 1 of 2 chunks") && !page.contains("<svg"));
    let (code, told) = place.calcifate("report output/doses"); // the better page of before stays
    assert!(code == Some(1) && told.contains("was kept"), "{told}");
}

#[test]
fn an_analysis_whose_runs_are_edited_is_shown_from_its_chunks() {
    let place = Place::new();
    place.fine("sensitivity matters.toml --no-figures");
    place.fine("report output/matters");
    let good = place.page("output/matters");
    let method = fs::read_dir(place.path("output/matters")).unwrap();
    let method = method.map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    fs::write(method.join("results.csv"), "run\n").unwrap();
    let told = place.warned("output/matters");
    assert!(told.ends_with("calcifate sensitivity matters.toml"), "{told}");
    let page = place.page("output/matters");
    assert_eq!(page.matches("<tr").count(), good.matches("<tr").count());
}

#[test]
fn a_run_whose_tables_are_edited_or_lost_is_computed_anew_and_says_so() {
    let place = Place::new();
    place.fine("run tiny.toml --no-figures");
    assert!(!place.fine("report output/tiny").contains("output/tiny: "));
    let summary = fs::read(place.path("output/tiny/summary.csv")).unwrap();
    place.change("output/tiny/summary.csv", "1", "2");
    fs::remove_file(place.path("output/tiny/balance.csv")).unwrap();
    let told = place.warned("output/tiny");
    for part in ["summary.csv (changed)", "balance.csv (missing)"] {
        assert!(told.contains(part), "{told}");
    }
    let remedy = "calcifate run output/tiny/manifest.toml";
    assert!(told.ends_with(remedy), "{told}");
    place.fine(remedy.strip_prefix("calcifate ").unwrap());
    assert_eq!(fs::read(place.path("output/tiny/summary.csv")).unwrap(), summary);
    assert!(!place.fine("report output/tiny").contains("output/tiny: "));
    // Elsewhere the remedy says where.
    place.fine("run tiny.toml --no-figures -o here");
    place.change("here/tiny/summary.csv", "1", "2");
    assert!(place.warned("here/tiny").ends_with("calcifate run here/tiny/manifest.toml -o here"));
}

#[test]
fn folders_of_trials_and_of_statements_have_a_page_and_say_what_was_edited() {
    let place = Place::new();
    place.fine("evidence nakamura2014_600 --no-figures");
    place.fine("verdicts own.toml --quick --no-figures -o output");
    for (folder, table, mark) in [
        ("output/evidence", "evidence.csv", "Nakamura"),
        ("output/verdicts", "tests.csv", "A thing"),
    ] {
        fs::remove_file(place.path(folder).join("report.html")).unwrap();
        assert!(!place.fine(&format!("report {folder}")).contains("warning"));
        assert!(place.page(folder).contains(mark), "{folder}");
        // Each link leads somewhere on the page.
        let page = place.page(folder);
        for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{target}\"")), "{folder}: #{target}");
        }
        assert!(folder != "output/verdicts" || page.contains("href=\"#row-rotterdam2004_aorta\""));
        place.change(&format!("{folder}/{table}"), "2", "3");
        let told = place.warned(folder);
        assert!(told.contains(&format!("{table} (changed)")), "{told}");
    }
    let told = place.warned("output/verdicts");
    assert!(told.ends_with("calcifate verdicts own.toml"), "{told}");
    let told = place.warned("output/evidence");
    assert!(told.ends_with("calcifate evidence"), "{told}");
    // Files of people are named only where the command finds them.
    fs::create_dir(place.path("away")).unwrap();
    fs::rename(place.path("own.toml"), place.path("away/own.toml")).unwrap();
    let told = place.warned("output/verdicts");
    let lost = "calcifate verdicts FILE (FILE is the path of its file, own.toml)";
    assert!(told.ends_with(lost), "{told}");
    let shipped = include_str!("../../src/evidence/evidence.csv");
    let rows: Vec<&str> = shipped.lines().take(2).collect();
    fs::write(place.path("away/mine.csv"), rows.join("\n") + "\n").unwrap();
    place.fine("evidence --file away/mine.csv --no-figures -o mine");
    place.change("mine/mine/evidence.csv", "2", "3");
    let told = place.warned("mine/mine");
    assert!(told.ends_with("calcifate evidence --file away/mine.csv -o mine"), "{told}");
    fs::remove_file(place.path("away/mine.csv")).unwrap();
    let told = place.warned("mine/mine");
    let lost =
        "calcifate evidence --file FILE -o mine (FILE is the path of its file, away/mine.csv)";
    assert!(told.ends_with(lost), "{told}");
}
