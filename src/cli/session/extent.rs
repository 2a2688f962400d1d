//! How much of what was asked for there is, so that what an interruption left passes for nothing
//! whole.

use serde_json::{Value, json};

/// Things that were asked for, with how many there are and how many were asked for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Extent(Vec<(&'static str, usize, usize)>);

/// The first cell of a row that stands below a table which lacks rows.
const MARK: &str = "INCOMPLETE";

impl Extent {
    pub(crate) fn of(things: &'static str, done: usize, wanted: usize) -> Self {
        Self(vec![(things, done, wanted)])
    }

    /// The same with more things that were asked for.
    pub(crate) fn and(mut self, things: &'static str, done: usize, wanted: usize) -> Self {
        self.0.push((things, done, wanted));
        self
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.0.iter().all(|(_, done, wanted)| done == wanted)
    }

    /// "INCOMPLETE: interrupted after 12 of 101 trials"; `None` if nothing is missing.
    pub(crate) fn mark(&self) -> Option<String> {
        Some(format!("{MARK}: {}", self.missing()?))
    }

    fn missing(&self) -> Option<String> {
        let missing = self.0.iter().filter(|(_, done, wanted)| done != wanted);
        let told = missing.map(|(things, done, wanted)| format!("{done} of {wanted} {things}"));
        let told = told.collect::<Vec<_>>().join(", ");
        (!told.is_empty()).then(|| format!("interrupted after {told}"))
    }

    /// The rows of a table; below them, if some are missing, one that says so.
    pub(crate) fn marked(&self, mut rows: Vec<Vec<String>>, columns: usize) -> Vec<Vec<String>> {
        if let Some(missing) = self.missing() {
            let mut row = vec![MARK.to_owned(), missing];
            row.resize(columns, String::new());
            rows.push(row);
        }
        rows
    }

    /// Each of the things for other programs.
    pub(crate) fn document(&self) -> Value {
        let one = |(things, done, wanted): &(&str, usize, usize)| json!({ "of": things, "done": done, "wanted": wanted });
        self.0.iter().map(one).collect()
    }
}

/// The lines of a README about files that there was no time for; empty for a whole folder.
pub(crate) fn state(extent: &Extent, is_whole: bool) -> String {
    let files = "files for which there was no time are missing (manifest.toml names those that \
                 are there)";
    match (extent.mark(), is_whole) {
        (None, true) => String::new(),
        (None, false) => format!("{MARK}: interrupted while it was written; {files}.\n\n"),
        (Some(mark), _) => format!("{mark}; {files}.\n\n"),
    }
}

/// The rows of a README that are about files which are there: names, each with what is said of it.
pub(crate) fn contents(rows: &[(&str, &str)], files: &[String]) -> String {
    let is_there = |name: &str| match name.strip_suffix('/') {
        Some(_) => files.iter().any(|file| file.starts_with(name)),
        None => files.iter().any(|file| file == name),
    };
    let there = rows.iter().filter(|(name, _)| is_there(name));
    there.map(|(name, words)| format!("{name:<14}{words}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_every_form() {
        let part = Extent::of("trials", 12, 101).and("repetitions", 3, 3);
        let mark = "INCOMPLETE: interrupted after 12 of 101 trials";
        assert_eq!((part.is_complete(), part.mark().as_deref()), (false, Some(mark)));
        let rows = part.marked(vec![vec!["a".to_owned(); 3]], 3);
        assert_eq!(rows[1], ["INCOMPLETE", "interrupted after 12 of 101 trials", ""]);
        assert_eq!(part.document()[0], json!({ "of": "trials", "done": 12, "wanted": 101 }));
        assert!(state(&part, false).starts_with(mark));
        let whole = Extent::of("trials", 2, 2);
        assert_eq!((whole.is_complete(), whole.mark()), (true, None));
        assert_eq!(whole.marked(Vec::new(), 3), Vec::<Vec<String>>::new());
        assert_eq!(state(&whole, true), "");
        assert!(state(&whole, false).starts_with("INCOMPLETE: interrupted while it was written"));
    }

    #[test]
    fn only_files_that_are_there_are_named() {
        let files = ["a.csv".to_owned(), "figures/x.svg".to_owned()];
        let rows = [("a.csv", "rows"), ("report.html", "a page"), ("figures/", "each")];
        assert_eq!(contents(&rows, &files), "a.csv         rows\nfigures/      each\n");
    }
}
